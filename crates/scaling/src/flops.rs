//! What training and using a model cost in floating-point operations.
//!
//! The rule of thumb counts two operations (multiply, add) per parameter and token forward, and twice that backward.
//! Source: Kaplan et al. 2020, section 2.1; Hoffmann et al. 2022, Appendix F, checks it within 10 % of an exact count
//! for models of 73 million parameters and more. It leaves out attention over the context, which is small while the
//! context is much shorter than `12 * d_model`, and re-computation. For a mixture of experts, count active parameters.

use crate::{Flops, Params, Tokens};

/// One petaFLOP/s-day: 1e15 operations a second for 86 400 seconds.
pub const FLOPS_PER_PF_DAY: f64 = 1e15 * 86_400.0;

/// Operations per parameter and token of training: forward 2, backward 4.
pub(crate) const TRAINING_FLOPS_PER_PARAM_TOKEN: f64 = 6.0;

/// Operations per parameter and generated token.
const GENERATION_FLOPS_PER_PARAM_TOKEN: f64 = 2.0;

/// C = 6 N D: what training a model once through `tokens` costs.
///
/// ```
/// use scaling::{training_flops, Params, Tokens};
///
/// // GPT-3: 175 billion parameters on 300 billion tokens, 3.15e23 (Brown et al. 2020, Table D.1: 3.14e23).
/// let flops = training_flops(Params(175e9), Tokens(300e9));
/// assert!((flops.0 / 3.14e23 - 1.0).abs() < 5e-3);
/// ```
pub fn training_flops(params: Params, tokens: Tokens) -> Flops {
    Flops(TRAINING_FLOPS_PER_PARAM_TOKEN * params.0 * tokens.0)
}

/// D = C / (6 N): the tokens a model of this size can be trained on with this budget.
pub fn affordable_tokens(flops: Flops, params: Params) -> Tokens {
    Tokens(flops.0 / (TRAINING_FLOPS_PER_PARAM_TOKEN * params.0))
}

/// 2 N D: what generating (or reading) `tokens` with a trained model costs.
pub fn generation_flops(params: Params, tokens: Tokens) -> Flops {
    Flops(GENERATION_FLOPS_PER_PARAM_TOKEN * params.0 * tokens.0)
}

impl Flops {
    /// The operations in this many petaFLOP/s-days.
    pub const fn from_pf_days(pf_days: f64) -> Self {
        Self(pf_days * FLOPS_PER_PF_DAY)
    }

    /// These operations in petaFLOP/s-days, the unit of Kaplan et al. 2020 and Brown et al. 2020.
    pub const fn to_pf_days(self) -> f64 {
        self.0 / FLOPS_PER_PF_DAY
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gpt3_took_3640_petaflop_days() {
        // Brown et al. 2020, Table D.1: 3.64e3 PF-days and 3.14e23 FLOPs, three digits each.
        assert!((Flops(3.14e23).to_pf_days() - 3640.0).abs() < 10.0);
    }

    #[test]
    fn a_pf_day_is_8_64e19_operations() {
        assert_eq!(Flops::from_pf_days(1.0), Flops(8.64e19));
    }

    #[test]
    fn training_costs_three_times_reading() {
        let (params, tokens) = (Params(1e9), Tokens(2e10));
        assert_eq!(training_flops(params, tokens).0, 3.0 * generation_flops(params, tokens).0);
    }

    #[test]
    fn affordable_tokens_spend_the_whole_budget() {
        let budget = Flops(1e21);
        let spent = training_flops(Params(3e9), affordable_tokens(budget, Params(3e9)));
        // One division and one product: at most two roundings.
        assert!((spent.0 / budget.0 - 1.0).abs() < 1e-15);
    }
}
