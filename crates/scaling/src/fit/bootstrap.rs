//! Intervals by resampling: how much a fitted law changes when the observations are drawn anew from themselves.
//!
//! Source: Efron and Tibshirani 1993, "An Introduction to the Bootstrap", sections 9.5 (resampling cases) and 13.3
//! (percentile intervals). Besiroglu et al. 2024 do the same for the law of Hoffmann et al. 2022.
//!
//! Why not the curvature at the minimum, or a profile? With the small delta of Hoffmann et al. the fit is nearly one of
//! least absolute deviations, whose errors depend on the density of residuals at zero, which few data do not show.
//! Resampling cases needs no model of the noise, which may differ from point to point and have outliers. Its price: with
//! few observations, where each matters, intervals come out wider than they need be, by about 1.4 for 25 runs and five
//! unknowns.

use crate::Error;
use crate::fit::estimate::CONFIDENCE;
use crate::fit::split_mix::SplitMix64;
use crate::fit::sum_of_powers::SumOfPowers;
use crate::fit::{Estimate, Interval};

/// The least number of replicates from which a 95 % interval can be read: its ends are then the extremes.
pub(super) const MIN_REPLICATES: usize = 39;

/// Draws per replicate before giving up; the least data that can be fitted need about four.
const MAX_DRAWS_PER_REPLICATE: usize = 100;

/// A fitted law and its replicates, each fitted to observations drawn with replacement from the measured ones.
#[derive(Clone, Debug, PartialEq)]
pub struct Bootstrap<Law> {
    law: Law,
    replicates: Vec<Law>,
}

impl<Law> Bootstrap<Law> {
    /// Draws and refits until there are `n_replicates` laws, but at least [`MIN_REPLICATES`]; `build` makes a law of
    /// fitted unknowns, if they are one.
    pub(super) fn new(
        law: Law,
        problem: &SumOfPowers,
        unknowns: &[f64],
        n_replicates: usize,
        seed: u64,
        build: &dyn Fn(&[f64]) -> Result<Law, Error>,
    ) -> Result<Self, Error> {
        let n_replicates = n_replicates.max(MIN_REPLICATES);
        let n = problem.n_observations();
        let mut generator = SplitMix64::new(seed);
        let mut replicates = Vec::with_capacity(n_replicates);
        for _ in 0..n_replicates.saturating_mul(MAX_DRAWS_PER_REPLICATE) {
            if replicates.len() == n_replicates {
                break;
            }
            let mut counts = vec![0; n];
            for _ in 0..n {
                counts[generator.index(n)] += 1;
            }
            // Fewer different observations than unknowns determine no law: draw again.
            let n_different = counts.iter().filter(|count| **count > 0).count();
            if n_different >= problem.n_unknowns() {
                // So does a fit that runs off to an infinite coefficient.
                replicates.extend(build(&problem.refit(&counts, unknowns)));
            }
        }
        if replicates.len() < n_replicates {
            return Err(Error::NotResampled { given: n });
        }
        Ok(Self { law, replicates })
    }

    /// The laws fitted to the resampled observations, in the order drawn.
    pub fn replicates(&self) -> &[Law] {
        &self.replicates
    }

    /// Any `quantity` of the fitted law with its uncertainty: a constant, the loss somewhere, a compute-optimal size.
    ///
    /// The standard error is the standard deviation over the replicates, the interval their middle 95 %. `quantity`
    /// must be a number for each of them; an infinite one makes the standard error undefined.
    pub fn estimate(&self, quantity: &dyn Fn(&Law) -> f64) -> Estimate {
        let mut values: Vec<f64> = self.replicates.iter().map(quantity).collect();
        values.sort_by(f64::total_cmp);
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let variance = values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / (n - 1.0);
        let tail = 0.5 * (1.0 - CONFIDENCE);
        Estimate {
            value: quantity(&self.law),
            standard_error: variance.sqrt(),
            interval: Interval { low: quantile(&values, tail), high: quantile(&values, 1.0 - tail) },
        }
    }
}

/// The value below which a fraction `p` of the population lies: n sorted values divide it into n + 1 equal parts.
fn quantile(sorted: &[f64], p: f64) -> f64 {
    let last = sorted.len() - 1;
    let position = (p * (sorted.len() + 1) as f64 - 1.0).clamp(0.0, last as f64);
    let below = position as usize;
    let above = (below + 1).min(last);
    let share = position - below as f64;
    // Not a weighted mean of both: zero times an infinite neighbor is not a number.
    if share == 0.0 { sorted[below] } else { sorted[below] + share * (sorted[above] - sorted[below]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirty_nine_values_have_their_extremes_as_ends_of_the_interval() {
        let sorted: Vec<f64> = (1..=39).map(f64::from).collect();
        // Rounding of 0.025 * 40.
        assert!((quantile(&sorted, 0.025) - 1.0).abs() < 1e-12);
        assert!((quantile(&sorted, 0.5) - 20.0).abs() < 1e-12);
        assert!((quantile(&sorted, 0.975) - 39.0).abs() < 1e-12);
    }

    #[test]
    fn an_estimate_is_the_spread_of_the_replicates_about_the_fitted_law() {
        let bootstrap = Bootstrap { law: 100.0, replicates: (0..=198).map(f64::from).collect() };
        let estimate = bootstrap.estimate(&|law| *law);
        assert_eq!(estimate.value, 100.0);
        // Of 199 equally spaced values the 5th and the 195th; their variance is 199 * 200 / 12.
        assert!((estimate.interval.low - 4.0).abs() < 1e-10);
        assert!((estimate.interval.high - 194.0).abs() < 1e-10);
        assert!((estimate.standard_error - (199.0 * 200.0 / 12.0_f64).sqrt()).abs() < 1e-10);
    }
}
