//! Exponential growth over time by least squares: a straight line through ln(value) against the date.

use std::f64::consts::LN_2;

use crate::Error;
use crate::error::positive;
use crate::fit::line::Line;
use crate::fit::{Estimate, Interval};

/// Growth by a constant factor in a constant time, fitted to dated values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GrowthFit {
    /// Growth of ln(value) per unit of time, with its uncertainty; negative for a decline.
    pub rate: Estimate,
    line: Line,
}

/// Fits exponential growth to three or more pairs of a date and a positive value. Dates may be in any unit of time;
/// rates and doubling times are in the same unit.
///
/// ```
/// // Ten times as much every two years: a doubling in 2 / log2(10) = 0.602 years.
/// let fit = scaling::fit::growth(&[(2018.0, 1e19), (2020.0, 1e20), (2022.0, 1e21)])?;
/// assert!((fit.doubling_time() - 0.602).abs() < 1e-4);
/// # Ok::<(), scaling::Error>(())
/// ```
///
/// # Errors
/// - [`Error::TooFewObservations`] below three.
/// - [`Error::NotPositive`] when a value is not positive and finite.
/// - [`Error::InputsDoNotVary`] when all dates are equal.
pub fn growth(dated: &[(f64, f64)]) -> Result<GrowthFit, Error> {
    let dates: Vec<f64> = dated.iter().map(|&(date, _)| date).collect();
    let logs = dated.iter().map(|&(_, value)| Ok(positive("a value", value)?.ln()));
    let line = Line::new(&dates, &logs.collect::<Result<Vec<f64>, Error>>()?)?;
    Ok(GrowthFit { rate: line.slope(), line })
}

impl GrowthFit {
    /// ln 2 / rate: the time in which the value doubles; negative if it halves instead.
    pub fn doubling_time(&self) -> f64 {
        LN_2 / self.rate.value
    }

    /// The 95 % interval of the doubling time; `None` when the data could as well be flat or turn the other way, so that
    /// no finite range holds it.
    pub fn doubling_time_interval(&self) -> Option<Interval> {
        let Interval { low, high } = self.rate.interval;
        (low > 0.0 || high < 0.0).then(|| Interval { low: LN_2 / high, high: LN_2 / low })
    }

    /// The factor by which the value grows in one unit of time, with its 95 % interval.
    pub fn factor(&self) -> (f64, Interval) {
        let Interval { low, high } = self.rate.interval;
        (self.rate.value.exp(), Interval { low: low.exp(), high: high.exp() })
    }

    /// The fitted value at a date.
    pub fn value(&self, date: f64) -> f64 {
        self.line.at(date).exp()
    }

    /// The 95 % interval of the fitted trend at a date. Single values scatter more.
    pub fn value_interval(&self, date: f64) -> Interval {
        let Interval { low, high } = self.line.interval_at(date);
        Interval { low: low.exp(), high: high.exp() }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::fit::split_mix::SplitMix64;

    #[test]
    fn ten_doublings_in_five_years_take_half_a_year_each() {
        let dated: Vec<_> =
            (0..=10).map(f64::from).map(|step| (2015.0 + step / 2.0, f64::exp2(step))).collect();
        let fit = growth(&dated).unwrap();
        // Dates of four digits cost three of the sixteen.
        assert!((fit.doubling_time() - 0.5).abs() < 1e-12);
        assert!((fit.factor().0 - 4.0).abs() < 1e-11);
        assert!((fit.value(2016.0) - 4.0).abs() < 1e-10);
    }

    #[test]
    fn truth_lies_in_the_interval_about_95_times_in_100() {
        // Growth of 2.4 a year (Cottier et al. 2024), twelve models over six years, scattered by a factor of about two.
        let rate = 2.4_f64.ln();
        let mut generator = SplitMix64::new(20240531);
        let (mut slope, mut level) = (0, 0);
        for _ in 0..200 {
            let dated: Vec<_> = (0..12)
                .map(|half_years| 2017.0 + f64::from(half_years) / 2.0)
                .map(|date| (date, (rate * (date - 2017.0) + 0.7 * generator.normal()).exp()))
                .collect();
            let fit = growth(&dated).unwrap();
            slope += u32::from(fit.rate.interval.contains(rate));
            level += u32::from(fit.value_interval(2024.0).contains((rate * 7.0).exp()));
        }
        // Exact intervals: binomial with mean 190 and deviation 3.1; three deviations either way.
        assert!((181..=199).contains(&slope) && (181..=199).contains(&level), "{slope} {level}");
    }

    #[test]
    fn scatter_around_no_trend_gives_no_range_of_doubling_times() {
        let fit = growth(&[(2020.0, 1.0), (2021.0, 3.0), (2022.0, 1.1), (2023.0, 2.5)]).unwrap();
        assert!(fit.rate.interval.contains(0.0));
        assert_eq!(fit.doubling_time_interval(), None);
    }

    #[test]
    fn what_cannot_be_fitted_is_refused() {
        assert_eq!(
            growth(&[(2020.0, 1.0), (2021.0, 2.0)]),
            Err(Error::TooFewObservations { given: 2, needed: 3 })
        );
        assert_eq!(growth(&[(2020.0, 1.0); 4]), Err(Error::InputsDoNotVary));
        let broken = growth(&[(2020.0, 1.0), (2021.0, 2.0), (2022.0, 0.0)]);
        assert_eq!(broken, Err(Error::NotPositive { name: "a value", value: 0.0 }));
    }

    proptest! {
        #[test]
        fn the_doubling_time_lies_in_its_interval(seed: u64, doublings in 0.3..5.0) {
            let mut generator = SplitMix64::new(seed);
            let dated: Vec<_> = (0..8)
                .map(f64::from)
                .map(|year: f64| (year, f64::exp2(doublings * year + 0.1 * generator.normal())))
                .collect();
            let fit = growth(&dated).unwrap();
            prop_assert!(fit.doubling_time_interval().unwrap().contains(fit.doubling_time()));
        }
    }
}
