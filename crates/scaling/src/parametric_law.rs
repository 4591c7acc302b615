//! Loss as a floor plus what a finite model and finite data add: L(N, D) = E + A / N^alpha + B / D^beta.
//!
//! Source: Hoffmann et al. 2022, "Training Compute-Optimal Large Language Models", Eq. 2 and 10
//! (<https://arxiv.org/abs/2203.15556>).

use crate::error::{non_negative, positive};
use crate::{Error, FlooredPowerLaw, Nats, Params, Tokens};

/// The five constants of a [`ParametricLaw`], not yet checked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ParametricConstants {
    /// E, in nats per token: the loss of an ideal model of the text. Zero or more.
    pub irreducible_loss: f64,
    /// A, in nats per token: the weight of the parameter term. Positive.
    pub params_coefficient: f64,
    /// B, in nats per token: the weight of the token term. Positive.
    pub tokens_coefficient: f64,
    /// The exponent of parameters. Positive; measured values lie near a third.
    pub alpha: f64,
    /// The exponent of tokens. Positive; measured values lie near a third.
    pub beta: f64,
}

/// L(N, D) = E + A / N^alpha + B / D^beta.
///
/// N counts all parameters, embeddings included. Constants with two digits in the exponents, as the paper prints them,
/// are too coarse for the compute-optimal exponents to come out right.
///
/// ```
/// use scaling::{ParametricConstants, ParametricLaw, Params, Tokens};
///
/// # fn main() -> Result<(), scaling::Error> {
/// // Hoffmann et al. 2022, approach 3, unrounded as in the paper's TeX source.
/// let law = ParametricLaw::new(ParametricConstants {
///     irreducible_loss: 1.693374,
///     params_coefficient: 406.401,
///     tokens_coefficient: 410.723,
///     alpha: 0.33917084,
///     beta: 0.2849083,
/// })?;
/// let chinchilla = law.loss(Params(70e9), Tokens(1.4e12));
/// let gopher = law.loss(Params(280e9), Tokens(300e9));
/// // The smaller model, longer trained, wins.
/// assert!(chinchilla < gopher);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ParametricLaw {
    constants: ParametricConstants,
}

impl ParametricLaw {
    /// The law with these constants.
    ///
    /// # Errors
    /// [`Error::Negative`] when the irreducible loss is below zero or not finite; [`Error::NotPositive`] when another
    /// constant is not positive and finite.
    pub fn new(constants: ParametricConstants) -> Result<Self, Error> {
        non_negative("the irreducible loss", constants.irreducible_loss)?;
        positive("the coefficient of parameters", constants.params_coefficient)?;
        positive("the coefficient of tokens", constants.tokens_coefficient)?;
        positive("alpha", constants.alpha)?;
        positive("beta", constants.beta)?;
        Ok(Self { constants })
    }

    /// The constants, as checked.
    pub const fn constants(&self) -> &ParametricConstants {
        &self.constants
    }

    /// E: the loss at unlimited parameters and tokens.
    pub const fn irreducible_loss(&self) -> Nats {
        Nats(self.constants.irreducible_loss)
    }

    /// The loss of a model with positive `params`, trained once through positive `tokens`; either may be infinite.
    pub fn loss(&self, params: Params, tokens: Tokens) -> Nats {
        Nats(self.constants.irreducible_loss + self.params_term(params).0 + self.tokens_term(tokens).0)
    }

    /// A / N^alpha: what a finite model adds to the loss.
    pub fn params_term(&self, params: Params) -> Nats {
        Nats(self.constants.params_coefficient * params.0.powf(-self.constants.alpha))
    }

    /// B / D^beta: what finite data add to the loss.
    pub fn tokens_term(&self, tokens: Tokens) -> Nats {
        Nats(self.constants.tokens_coefficient * tokens.0.powf(-self.constants.beta))
    }

    /// The parameters a model needs to reach `loss` on `tokens`.
    ///
    /// # Errors
    /// [`Error::UnreachableLoss`] when even an infinite model would not reach it on these tokens.
    pub fn params_for_loss(&self, loss: Nats, tokens: Tokens) -> Result<Params, Error> {
        self.at_tokens(tokens).input_for_loss(loss).map(Params)
    }

    /// The tokens a model with `params` needs to reach `loss`.
    ///
    /// # Errors
    /// [`Error::UnreachableLoss`] when a model of this size would not reach it on any amount of text.
    pub fn tokens_for_loss(&self, loss: Nats, params: Params) -> Result<Tokens, Error> {
        self.at_params(params).input_for_loss(loss).map(Tokens)
    }

    /// Loss against parameters at these tokens; `Tokens(f64::INFINITY)` gives the curve for unlimited text.
    ///
    /// `tokens` must be positive: the law is infinite at zero.
    pub fn at_tokens(&self, tokens: Tokens) -> FlooredPowerLaw {
        FlooredPowerLaw::from_checked(
            self.constants.irreducible_loss + self.tokens_term(tokens).0,
            self.constants.params_coefficient,
            self.constants.alpha,
        )
    }

    /// Loss against tokens at this size; `Params(f64::INFINITY)` gives the curve for an unlimited model.
    ///
    /// `params` must be positive: the law is infinite at zero.
    pub fn at_params(&self, params: Params) -> FlooredPowerLaw {
        FlooredPowerLaw::from_checked(
            self.constants.irreducible_loss + self.params_term(params).0,
            self.constants.tokens_coefficient,
            self.constants.beta,
        )
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Hoffmann et al. 2022, approach 3, unrounded: from the paper's TeX source, as recorded in the replication
    /// notebook of Besiroglu et al. 2024.
    pub(crate) fn chinchilla() -> ParametricLaw {
        ParametricLaw::new(ParametricConstants {
            irreducible_loss: 1.693374,
            params_coefficient: 406.401,
            tokens_coefficient: 410.723,
            alpha: 0.33917084,
            beta: 0.2849083,
        })
        .unwrap()
    }

    /// Besiroglu et al. 2024 (<https://arxiv.org/abs/2404.10102>): the re-fit to the same runs.
    pub(crate) fn besiroglu() -> ParametricLaw {
        ParametricLaw::new(ParametricConstants {
            irreducible_loss: 1.8172,
            params_coefficient: 482.01,
            tokens_coefficient: 2085.43,
            alpha: 0.3478,
            beta: 0.3658,
        })
        .unwrap()
    }

    #[test]
    fn worked_losses_of_known_models_come_out() {
        // Computed from the same constants outside this crate, printed to four decimals: half a unit of the last.
        let worked = [
            ("GPT-3", 1.75e11, 3e11, 1.9764, 2.0085),
            ("Gopher", 2.8e11, 3e11, 1.9672, 1.9996),
            ("Chinchilla", 7e10, 1.4e12, 1.9208, 1.9739),
            ("Llama 3.1 405B", 4.05e11, 1.56e13, 1.8119, 1.8926),
            ("Llama 3.1 8B", 8e9, 1.5e13, 1.9436, 2.0221),
        ];
        for (model, params, tokens, hoffmann, refit) in worked {
            let (params, tokens) = (Params(params), Tokens(tokens));
            assert!((chinchilla().loss(params, tokens).0 - hoffmann).abs() < 5.1e-5, "{model}");
            assert!((besiroglu().loss(params, tokens).0 - refit).abs() < 5.1e-5, "{model}");
        }
    }

    #[test]
    fn infinite_inputs_leave_the_irreducible_loss() {
        let law = chinchilla();
        assert_eq!(law.loss(Params(f64::INFINITY), Tokens(f64::INFINITY)), law.irreducible_loss());
    }

    #[test]
    fn too_low_a_loss_names_its_floor() {
        let law = chinchilla();
        let tokens = Tokens(1e9);
        let floor = law.loss(Params(f64::INFINITY), tokens).0;
        let error = law.params_for_loss(Nats(floor - 0.01), tokens);
        assert_eq!(error, Err(Error::UnreachableLoss { loss: floor - 0.01, floor }));
    }

    #[test]
    fn each_bad_constant_is_refused() {
        let good = *chinchilla().constants();
        for bad in [
            ParametricConstants { irreducible_loss: -0.1, ..good },
            ParametricConstants { params_coefficient: 0.0, ..good },
            ParametricConstants { tokens_coefficient: f64::NAN, ..good },
            ParametricConstants { alpha: -0.3, ..good },
            ParametricConstants { beta: f64::INFINITY, ..good },
        ] {
            assert!(ParametricLaw::new(bad).is_err(), "{bad:?}");
        }
    }

    proptest! {
        #[test]
        fn the_inverses_undo_the_loss(log_n in 14.0..28.0, log_d in 16.0..32.0) {
            let law = chinchilla();
            let (params, tokens) = (Params(f64::exp(log_n)), Tokens(f64::exp(log_d)));
            let loss = law.loss(params, tokens);
            // The terms are at least 1e-2 of the loss here: cancellation costs two digits, 1 / alpha half a digit.
            let n = law.params_for_loss(loss, tokens).unwrap();
            let d = law.tokens_for_loss(loss, params).unwrap();
            prop_assert!((n.0 / params.0 - 1.0).abs() < 1e-11);
            prop_assert!((d.0 / tokens.0 - 1.0).abs() < 1e-11);
        }

        #[test]
        fn slices_agree_with_the_law(log_n in 14.0..28.0, log_d in 16.0..32.0) {
            let law = besiroglu();
            let (params, tokens) = (Params(f64::exp(log_n)), Tokens(f64::exp(log_d)));
            let loss = law.loss(params, tokens).0;
            prop_assert!((law.at_tokens(tokens).loss(params.0).0 - loss).abs() < 1e-13);
            prop_assert!((law.at_params(params).loss(tokens.0).0 - loss).abs() < 1e-13);
        }

        #[test]
        fn loss_falls_with_either(log_n in 14.0..28.0, log_d in 16.0..32.0) {
            let law = chinchilla();
            let (n, d) = (f64::exp(log_n), f64::exp(log_d));
            let loss = law.loss(Params(n), Tokens(d));
            prop_assert!(law.loss(Params(2.0 * n), Tokens(d)) < loss);
            prop_assert!(law.loss(Params(n), Tokens(2.0 * d)) < loss);
        }
    }
}
