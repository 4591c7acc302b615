//! The robust fit of a power law above a floor: L(x) = E + A / x^alpha.
//!
//! The method is that of Hoffmann et al. 2022, Appendix D.3, for one input instead of two: the sum of Huber losses of
//! the residuals of ln(loss) is made least.

use crate::fit::log_linear::{Observation, logarithms};
use crate::fit::sum_of_powers::SumOfPowers;
use crate::fit::{Bootstrap, Goodness};
use crate::{Error, FlooredPowerLaw, Nats};

/// A power law above a floor, fitted robustly.
#[derive(Clone, Debug, PartialEq)]
pub struct FlooredPowerLawFit {
    /// The fitted law.
    pub law: FlooredPowerLaw,
    /// Residuals, R^2 and the largest deviation.
    pub goodness: Goodness,
    problem: SumOfPowers,
    unknowns: Vec<f64>,
}

/// Fits a floor and a power law to four or more observations.
///
/// `delta`, positive, is where the Huber loss of a residual of ln(loss) turns from square to line:
/// [`HOFFMANN_DELTA`](crate::fit::HOFFMANN_DELTA) all but ignores outliers, one above the noise gives least squares.
/// Without a floor in the data E comes out near zero.
///
/// ```
/// use scaling::{fit, FlooredPowerLaw, Nats};
///
/// # fn main() -> Result<(), scaling::Error> {
/// let truth = FlooredPowerLaw::new(Nats(1.7), 400.0, 0.34)?;
/// let mut observations =
///     [1e6, 1e7, 1e8, 1e9, 1e10, 1e11].map(|input| fit::Observation { input, loss: truth.loss(input) });
/// // One run went wrong.
/// observations[2].loss.0 *= 1.2;
/// let fit = fit::floored_power_law(&observations, fit::HOFFMANN_DELTA)?;
/// assert!((fit.law.irreducible_loss().0 - 1.7).abs() < 0.01);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// - [`Error::TooFewObservations`] below four.
/// - [`Error::NotPositive`] when an input, a loss or `delta` is not positive and finite, or a coefficient comes out
///   larger than a number can be.
/// - [`Error::InputsDoNotVary`] when all inputs are equal.
/// - [`Error::NotFalling`] when the loss does not fall as the input grows.
pub fn floored_power_law(observations: &[Observation], delta: f64) -> Result<FlooredPowerLawFit, Error> {
    let (log_inputs, log_losses) = logarithms(observations)?;
    let problem = SumOfPowers::new(vec![log_inputs], log_losses, delta)?;
    let unknowns = problem.fit()?;
    Ok(FlooredPowerLawFit {
        law: build(&problem, &unknowns)?,
        goodness: problem.goodness(&unknowns),
        problem,
        unknowns,
    })
}

impl FlooredPowerLawFit {
    /// The law refitted to `n_replicates` (39 or more) resamples of the observations, for standard errors and
    /// intervals. The same seed gives the same resamples.
    ///
    /// # Errors
    /// [`Error::NotResampled`] when too many resamples determine no law.
    pub fn bootstrap(&self, n_replicates: usize, seed: u64) -> Result<Bootstrap<FlooredPowerLaw>, Error> {
        let build = |unknowns: &[f64]| build(&self.problem, unknowns);
        Bootstrap::new(self.law, &self.problem, &self.unknowns, n_replicates, seed, &build)
    }
}

fn build(problem: &SumOfPowers, unknowns: &[f64]) -> Result<FlooredPowerLaw, Error> {
    let term = problem.term(unknowns, 0);
    FlooredPowerLaw::new(Nats(SumOfPowers::irreducible_loss(unknowns)), term.coefficient, term.exponent)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::PowerLaw;
    use crate::fit::split_mix::SplitMix64;
    use crate::fit::{HOFFMANN_DELTA, power_law};

    // The parameter term of Hoffmann et al. 2022, Eq. 10.
    fn chinchilla_params() -> FlooredPowerLaw {
        FlooredPowerLaw::new(Nats(1.69), 406.4, 0.34).unwrap()
    }

    /// `n` inputs evenly spaced in the logarithm, from a million to a hundred billion.
    fn inputs(n: usize) -> impl Iterator<Item = f64> {
        (0..n).map(move |i| 10_f64.powf(6.0 + 5.0 * i as f64 / (n - 1) as f64))
    }

    fn observe(law: FlooredPowerLaw, n: usize, noise: f64, generator: &mut SplitMix64) -> Vec<Observation> {
        inputs(n)
            .map(|input| {
                let loss = Nats(law.loss(input).0 * (noise * generator.normal()).exp());
                Observation { input, loss }
            })
            .collect()
    }

    #[test]
    fn truth_lies_in_the_interval_at_least_about_95_times_in_100() {
        let law = chinchilla_params();
        let mut generator = SplitMix64::new(20220329);
        let [mut floor, mut coefficient, mut exponent] = [0; 3];
        for seed in 0..200 {
            let observations = observe(law, 15, 0.01, &mut generator);
            let fit = floored_power_law(&observations, HOFFMANN_DELTA).unwrap();
            let bootstrap = fit.bootstrap(99, seed).unwrap();
            let covers = |quantity: &dyn Fn(&FlooredPowerLaw) -> f64| {
                u32::from(bootstrap.estimate(quantity).interval.contains(quantity(&law)))
            };
            floor += covers(&|law| law.irreducible_loss().0);
            coefficient += covers(&|law| law.coefficient());
            exponent += covers(&|law| law.exponent());
        }
        // Exact intervals would give a binomial count with mean 190 and deviation 3.1. Three deviations below that are
        // the least allowed; resampling few cases errs on the wide side, so there is no bound above.
        for hits in [floor, coefficient, exponent] {
            assert!(hits >= 181, "floor {floor}, coefficient {coefficient}, exponent {exponent}");
        }
    }

    #[test]
    fn intervals_narrow_as_the_root_of_the_observations() {
        let width = |n| {
            let observations = observe(chinchilla_params(), n, 0.01, &mut SplitMix64::new(3));
            let fit = floored_power_law(&observations, HOFFMANN_DELTA).unwrap();
            let estimate = fit.bootstrap(199, 4).unwrap().estimate(&|law| law.irreducible_loss().0);
            estimate.interval.high - estimate.interval.low
        };
        // Sixteen times the data should quarter the width; chance and the few cases of the first allow a factor two.
        let ratio = width(20) / width(320);
        assert!((2.0..8.0).contains(&ratio), "{ratio}");
    }

    #[test]
    fn data_without_a_floor_give_the_line_of_least_squares() {
        let law = PowerLaw::new(8.8e13, 0.076).unwrap();
        let observations: Vec<_> =
            inputs(12).map(|input| Observation { input, loss: law.loss(input) }).collect();
        let (line, floored) =
            (power_law(&observations).unwrap(), floored_power_law(&observations, HOFFMANN_DELTA).unwrap());
        // The floor reaches zero only in the limit (its logarithm is fitted); a part in a hundred of the loss is near.
        assert!(floored.law.irreducible_loss().0 < 0.02, "{:?}", floored.law);
        assert!((floored.law.exponent() - line.exponent.value).abs() < 1e-3, "{:?}", floored.law);
    }

    #[test]
    fn the_same_seed_gives_the_same_replicates() {
        let observations = observe(chinchilla_params(), 10, 0.01, &mut SplitMix64::new(8));
        let fit = floored_power_law(&observations, HOFFMANN_DELTA).unwrap();
        assert_eq!(fit.bootstrap(50, 1).unwrap(), fit.bootstrap(50, 1).unwrap());
        assert_ne!(fit.bootstrap(50, 1).unwrap(), fit.bootstrap(50, 2).unwrap());
    }

    #[test]
    fn what_cannot_be_fitted_is_refused() {
        let fit = |points: &[(f64, f64)]| {
            let observations: Vec<_> =
                points.iter().map(|&(input, loss)| Observation { input, loss: Nats(loss) }).collect();
            floored_power_law(&observations, HOFFMANN_DELTA).map(|fit| fit.law)
        };
        assert_eq!(
            fit(&[(1.0, 3.0), (2.0, 2.0), (4.0, 1.5)]),
            Err(Error::TooFewObservations { given: 3, needed: 4 })
        );
        assert_eq!(fit(&[(7.0, 3.0); 5]), Err(Error::InputsDoNotVary));
        assert!(matches!(
            fit(&[(1.0, 1.0), (2.0, 1.1), (4.0, 1.3), (8.0, 1.6), (16.0, 2.0)]),
            Err(Error::NotFalling { .. })
        ));
        assert!(matches!(fit(&[(1.0, 1.0), (-2.0, 1.1)]), Err(Error::NotPositive { name: "an input", .. })));
        let observations = observe(chinchilla_params(), 10, 0.01, &mut SplitMix64::new(8));
        assert!(matches!(
            floored_power_law(&observations, 0.0),
            Err(Error::NotPositive { name: "delta", .. })
        ));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn noiseless_data_give_back_their_law(floor in 0.5..3.0, exponent in 0.15..0.6, log_excess in -1.0..2.0) {
            // The excess at the smallest input, a million, from a third of a nat to seven nats.
            let coefficient = f64::exp(log_excess) * 1e6_f64.powf(exponent);
            let law = FlooredPowerLaw::new(Nats(floor), coefficient, exponent).unwrap();
            let observations = observe(law, 12, 0.0, &mut SplitMix64::new(0));
            let fitted = floored_power_law(&observations, HOFFMANN_DELTA).unwrap().law;
            // The fit ends at gradients of 1e-8 in units of delta^2, 1e-14 in those of residuals; floor and exponent
            // trade off, which weighs up to 1e5.
            prop_assert!((fitted.irreducible_loss().0 / floor - 1.0).abs() < 1e-8, "{fitted:?}");
            prop_assert!((fitted.exponent() / exponent - 1.0).abs() < 1e-8, "{fitted:?}");
            prop_assert!((fitted.coefficient() / coefficient - 1.0).abs() < 1e-7, "{fitted:?}");
        }
    }
}
