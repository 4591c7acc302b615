//! Loss as a joint power law of parameters and tokens, without a floor.
//!
//! Source: Kaplan et al. 2020, Eq. 1.5 and Table 2 (<https://arxiv.org/abs/2001.08361>).

use crate::{Nats, Params, PowerLaw, Tokens};

/// L(N, D) = [ (N_c / N)^(alpha_N / alpha_D) + D_c / D ]^alpha_D.
///
/// It joins two power laws so that each is the limit where the other quantity is plentiful. Whichever is scarcer
/// holds the loss up.
///
/// ```
/// use scaling::{JointLaw, Params, PowerLaw, Tokens};
///
/// # fn main() -> Result<(), scaling::Error> {
/// // Kaplan et al. 2020, Table 2.
/// let law = JointLaw { params: PowerLaw::new(6.4e13, 0.076)?, tokens: PowerLaw::new(1.8e13, 0.103)? };
/// // Ten times the parameters help less when tokens are few.
/// let gain = |tokens| law.loss(Params(1e8), tokens).0 - law.loss(Params(1e9), tokens).0;
/// assert!(gain(Tokens(1e8)) < gain(Tokens(1e11)));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct JointLaw {
    /// L(N) at unlimited tokens; N in non-embedding parameters.
    pub params: PowerLaw,
    /// L(D) at unlimited parameters; D in tokens.
    pub tokens: PowerLaw,
}

impl JointLaw {
    /// The loss of a model with positive `params`, trained on positive `tokens` until it stops improving.
    pub fn loss(self, params: Params, tokens: Tokens) -> Nats {
        let (alpha_params, alpha_tokens) = (self.params.exponent(), self.tokens.exponent());
        let params_term = (self.params.scale() / params.0).powf(alpha_params / alpha_tokens);
        let tokens_term = self.tokens.scale() / tokens.0;
        Nats((params_term + tokens_term).powf(alpha_tokens))
    }

    /// The exponent of "tokens must grow like N^x to avoid overfitting": x = alpha_N / alpha_D.
    ///
    /// Along such a path the two terms keep their ratio, and so does the penalty for limited data.
    pub fn data_need_exponent(self) -> f64 {
        self.params.exponent() / self.tokens.exponent()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    // Kaplan et al. 2020, Table 2.
    fn kaplan() -> JointLaw {
        JointLaw {
            params: PowerLaw::new(6.4e13, 0.076).unwrap(),
            tokens: PowerLaw::new(1.8e13, 0.103).unwrap(),
        }
    }

    #[test]
    fn unlimited_tokens_leave_the_law_in_parameters() {
        let law = kaplan();
        let limit = law.loss(Params(1e9), Tokens(f64::INFINITY));
        // The same power taken in one step or in two: rounding only.
        assert!((limit.0 / law.params.loss(1e9).0 - 1.0).abs() < 1e-14);
    }

    #[test]
    fn unlimited_parameters_leave_the_law_in_tokens() {
        let law = kaplan();
        let limit = law.loss(Params(f64::INFINITY), Tokens(1e9));
        assert!((limit.0 / law.tokens.loss(1e9).0 - 1.0).abs() < 1e-14);
    }

    #[test]
    fn eight_times_the_model_needs_about_five_times_the_data() {
        // Kaplan et al. 2020, section 1.1, prints N^0.74 and "roughly 5x".
        let exponent = kaplan().data_need_exponent();
        assert!((exponent - 0.74).abs() < 5e-3);
        assert!((8_f64.powf(exponent) - 5.0).abs() < 0.5);
    }

    proptest! {
        #[test]
        fn loss_falls_with_either_and_lies_above_both_limits(log_n in 10.0..28.0, log_d in 12.0..30.0) {
            let law = kaplan();
            let (n, d) = (f64::exp(log_n), f64::exp(log_d));
            let loss = law.loss(Params(n), Tokens(d));
            prop_assert!(law.loss(Params(2.0 * n), Tokens(d)) < loss);
            prop_assert!(law.loss(Params(n), Tokens(2.0 * d)) < loss);
            prop_assert!(loss >= law.params.loss(n) && loss >= law.tokens.loss(d));
        }

        #[test]
        fn the_data_penalty_is_constant_along_its_path(log_n in 10.0..28.0, growth in 1.0..1e3) {
            let law = kaplan();
            let penalty = |n: f64, d: f64| law.loss(Params(n), Tokens(d)).0 / law.params.loss(n).0;
            let (n, d) = (f64::exp(log_n), 1e9);
            let grown = penalty(n * growth, d * f64::powf(growth, law.data_need_exponent()));
            prop_assert!((grown / penalty(n, d) - 1.0).abs() < 1e-13);
        }
    }
}
