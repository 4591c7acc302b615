//! The robust fit of the parametric law to training runs: L(N, D) = E + A / N^alpha + B / D^beta.
//!
//! The method is that of Hoffmann et al. 2022, approach 3 and Appendix D.3, with intervals as in Besiroglu et al. 2024
//! (<https://arxiv.org/abs/2404.10102>).
//!
//! Checked once against them, on the 240 runs they read off a figure, which are not ours to include: E = 1.8171,
//! A = 477.7, B = 2139, alpha = 0.3473, beta = 0.3671, where they print 1.8172, 482.01, 2085.43, 0.3478 and 0.3658; the
//! five standard errors agree within 7 %.

use crate::error::positive;
use crate::fit::sum_of_powers::SumOfPowers;
use crate::fit::{Bootstrap, Goodness};
use crate::{Error, Nats, ParametricConstants, ParametricLaw, Params, Tokens};

/// One finished training: the model, the text, and the loss they gave.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrainingRun {
    /// N, the size of the model.
    pub params: Params,
    /// D, the tokens it was trained on, once through.
    pub tokens: Tokens,
    /// The loss at the end.
    pub loss: Nats,
}

/// A parametric law fitted robustly.
#[derive(Clone, Debug, PartialEq)]
pub struct ParametricFit {
    /// The fitted law.
    pub law: ParametricLaw,
    /// Residuals, R^2 and the largest deviation.
    pub goodness: Goodness,
    problem: SumOfPowers,
    unknowns: Vec<f64>,
}

/// Fits the parametric law to six or more training runs.
///
/// Size and text must vary apart from each other: if all runs have the same tokens per parameter, the two terms cannot
/// be told apart, which shows in the intervals. `delta` is as in
/// [`floored_power_law`](crate::fit::floored_power_law).
///
/// # Errors
/// - [`Error::TooFewObservations`] below six runs.
/// - [`Error::NotPositive`] when a size, an amount of text, a loss or `delta` is not positive and finite, or a
///   coefficient comes out larger than a number can be.
/// - [`Error::InputsDoNotVary`] when all sizes, or all amounts of text, are equal.
/// - [`Error::NotFalling`] when the loss does not fall with either.
pub fn parametric_law(runs: &[TrainingRun], delta: f64) -> Result<ParametricFit, Error> {
    let (mut log_params, mut log_tokens, mut log_losses) = (Vec::new(), Vec::new(), Vec::new());
    for run in runs {
        log_params.push(positive("a number of parameters", run.params.0)?.ln());
        log_tokens.push(positive("a number of tokens", run.tokens.0)?.ln());
        log_losses.push(positive("a loss", run.loss.0)?.ln());
    }
    let problem = SumOfPowers::new(vec![log_params, log_tokens], log_losses, delta)?;
    let unknowns = problem.fit()?;
    Ok(ParametricFit {
        law: build(&problem, &unknowns)?,
        goodness: problem.goodness(&unknowns),
        problem,
        unknowns,
    })
}

impl ParametricFit {
    /// The law refitted to `n_replicates` (39 or more) resamples of the runs, for standard errors and intervals. The
    /// same seed gives the same resamples.
    ///
    /// # Errors
    /// [`Error::NotResampled`] when too many resamples determine no law.
    pub fn bootstrap(&self, n_replicates: usize, seed: u64) -> Result<Bootstrap<ParametricLaw>, Error> {
        let build = |unknowns: &[f64]| build(&self.problem, unknowns);
        Bootstrap::new(self.law, &self.problem, &self.unknowns, n_replicates, seed, &build)
    }
}

fn build(problem: &SumOfPowers, unknowns: &[f64]) -> Result<ParametricLaw, Error> {
    let (params, tokens) = (problem.term(unknowns, 0), problem.term(unknowns, 1));
    ParametricLaw::new(ParametricConstants {
        irreducible_loss: SumOfPowers::irreducible_loss(unknowns),
        params_coefficient: params.coefficient,
        tokens_coefficient: tokens.coefficient,
        alpha: params.exponent,
        beta: tokens.exponent,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Flops;
    use crate::fit::HOFFMANN_DELTA;
    use crate::fit::split_mix::SplitMix64;
    use crate::parametric_law::tests::besiroglu;

    /// Runs on a grid, about where Hoffmann et al. 2022 trained: seventy million to nine billion parameters on half a
    /// billion to a hundred billion tokens.
    fn observe(law: ParametricLaw, side: u32, noise: f64, generator: &mut SplitMix64) -> Vec<TrainingRun> {
        let place = |i: u32| f64::from(i) / f64::from(side - 1);
        let mut runs = Vec::new();
        for i in 0..side {
            for j in 0..side {
                let params = Params(7e7 * 130_f64.powf(place(i)));
                let tokens = Tokens(5e8 * 200_f64.powf(place(j)));
                let loss = Nats(law.loss(params, tokens).0 * (noise * generator.normal()).exp());
                runs.push(TrainingRun { params, tokens, loss });
            }
        }
        runs
    }

    #[test]
    fn truth_lies_in_the_interval_at_least_about_95_times_in_100() {
        let law = besiroglu();
        let quantities: [&dyn Fn(&ParametricLaw) -> f64; 6] = [
            &|law| law.constants().irreducible_loss,
            &|law| law.constants().params_coefficient,
            &|law| law.constants().tokens_coefficient,
            &|law| law.constants().alpha,
            &|law| law.constants().beta,
            &|law| law.allocation_rule().params_exponent,
        ];
        let mut hits = [0; 6];
        // Of the compute-optimal exponent: fitted values, and what the bootstrap takes their variance to be.
        let (mut fitted, mut variances) = (Vec::new(), Vec::new());
        let mut generator = SplitMix64::new(20240415);
        for seed in 0..200 {
            let fit = parametric_law(&observe(law, 5, 0.01, &mut generator), HOFFMANN_DELTA).unwrap();
            let bootstrap = fit.bootstrap(39, seed).unwrap();
            let exponent = bootstrap.estimate(&|law| law.allocation_rule().params_exponent);
            fitted.push(exponent.value);
            variances.push(exponent.standard_error.powi(2));
            for (hits, quantity) in hits.iter_mut().zip(quantities) {
                *hits += u32::from(bootstrap.estimate(quantity).interval.contains(quantity(&law)));
            }
        }
        // As for the law of one input: three deviations below 190, and no bound above.
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        let center = mean(&fitted);
        let scatter = mean(&fitted.iter().map(|x| (x - center).powi(2)).collect::<Vec<_>>()).sqrt();
        let ratio = mean(&variances).sqrt() / scatter;
        // Twenty-five runs for five unknowns: 1.4 when this was written, on the wide side, and closer to one with more.
        assert!((0.8..2.0).contains(&ratio), "standard error over scatter: {ratio}");
        assert!(hits.iter().all(|&hits| hits >= 181), "{hits:?}");
    }

    #[test]
    fn outliers_move_the_fit_less_than_its_noise() {
        let law = besiroglu();
        let clean = observe(law, 8, 0.005, &mut SplitMix64::new(11));
        let mut spoiled = clean.clone();
        // Three of sixty-four runs diverged.
        for index in [5, 30, 51] {
            spoiled[index].loss.0 *= 1.3;
        }
        let fit = parametric_law(&clean, HOFFMANN_DELTA).unwrap();
        let optimum = |law: &ParametricLaw| law.compute_optimal(Flops(1e21)).params.0.ln();
        let error = fit.bootstrap(99, 1).unwrap().estimate(&optimum).standard_error;
        let moved = optimum(&parametric_law(&spoiled, HOFFMANN_DELTA).unwrap().law) - optimum(&fit.law);
        assert!(moved.abs() < error, "moved {moved}, standard error {error}");
    }

    #[test]
    fn what_cannot_be_fitted_is_refused() {
        let runs = observe(besiroglu(), 3, 0.01, &mut SplitMix64::new(1));
        let refused = |runs: &[TrainingRun]| parametric_law(runs, HOFFMANN_DELTA).unwrap_err();
        assert_eq!(refused(&runs[..5]), Error::TooFewObservations { given: 5, needed: 6 });
        let same_text: Vec<_> = runs.iter().map(|run| TrainingRun { tokens: Tokens(1e9), ..*run }).collect();
        assert_eq!(refused(&same_text), Error::InputsDoNotVary);
        let mut broken = runs;
        broken[2].params = Params(f64::NAN);
        assert!(matches!(refused(&broken), Error::NotPositive { name: "a number of parameters", .. }));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]
        #[test]
        fn noiseless_runs_give_back_their_law(alpha in 0.25..0.45, beta in 0.25..0.45, floor in 1.0..2.5) {
            // Coefficients such that each term is one nat at the smallest input.
            let constants = ParametricConstants {
                irreducible_loss: floor,
                params_coefficient: 7e7_f64.powf(alpha),
                tokens_coefficient: 5e8_f64.powf(beta),
                alpha,
                beta,
            };
            let law = ParametricLaw::new(constants).unwrap();
            let runs = observe(law, 6, 0.0, &mut SplitMix64::new(0));
            let fitted = *parametric_law(&runs, HOFFMANN_DELTA).unwrap().law.constants();
            // As for the law of one input, with more unknowns to trade off.
            prop_assert!((fitted.irreducible_loss / floor - 1.0).abs() < 1e-7, "{fitted:?}");
            prop_assert!((fitted.alpha / alpha - 1.0).abs() < 1e-7, "{fitted:?}");
            prop_assert!((fitted.beta / beta - 1.0).abs() < 1e-7, "{fitted:?}");
            prop_assert!((fitted.params_coefficient / constants.params_coefficient - 1.0).abs() < 1e-6);
            prop_assert!((fitted.tokens_coefficient / constants.tokens_coefficient - 1.0).abs() < 1e-6);
        }
    }
}
