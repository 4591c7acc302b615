//! How a compute budget is split between model size and data, as a rule: N and D as powers of C.
//!
//! The form is shared by Kaplan et al. 2020, Table 6, and Hoffmann et al. 2022, Eq. 4; only constants differ.

use crate::{Flops, Params, Tokens, training_flops};

/// A model size and an amount of text to train it on, once through.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Allocation {
    /// N: the size of the model.
    pub params: Params,
    /// D: the tokens it is trained on.
    pub tokens: Tokens,
}

impl Allocation {
    /// C = 6 N D: what this training costs.
    pub fn flops(self) -> Flops {
        training_flops(self.params, self.tokens)
    }

    /// D / N: about 20 for Chinchilla, 1.7 for GPT-3.
    pub fn tokens_per_param(self) -> f64 {
        self.tokens.0 / self.params.0
    }
}

/// N(C) = N_u (C / C_u)^p and D(C) = D_u (C / C_u)^q: a budget split by two power laws.
///
/// ```
/// use scaling::{AllocationRule, Flops, Params, Tokens};
///
/// // Kaplan et al. 2020, Table 6: compute in PF-days, non-embedding parameters.
/// let kaplan = AllocationRule {
///     unit: Flops::from_pf_days(1.0),
///     params_at_unit: Params(1.3e9),
///     params_exponent: 0.73,
///     tokens_at_unit: Tokens(2.0e10),
///     tokens_exponent: 0.27,
/// };
/// // Ten times the compute: a model 5.4 times larger, on 1.9 times the text.
/// let (one, ten) = (kaplan.allocation(Flops(1e21)), kaplan.allocation(Flops(1e22)));
/// assert!((ten.params.0 / one.params.0 - 5.4).abs() < 0.05);
/// assert!((ten.tokens.0 / one.tokens.0 - 1.9).abs() < 0.05);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AllocationRule {
    /// C_u: the budget that the two constants belong to. Positive.
    pub unit: Flops,
    /// N_u: the size of the model at that budget. Positive.
    pub params_at_unit: Params,
    /// p: by how many percent the model grows when the budget grows by one percent.
    pub params_exponent: f64,
    /// D_u: the tokens at that budget. Positive.
    pub tokens_at_unit: Tokens,
    /// q: by how many percent the text grows when the budget grows by one percent.
    pub tokens_exponent: f64,
}

impl AllocationRule {
    /// The model and the text that the rule advises for a positive budget.
    pub fn allocation(self, flops: Flops) -> Allocation {
        let budget = flops.0 / self.unit.0;
        Allocation {
            params: Params(self.params_at_unit.0 * budget.powf(self.params_exponent)),
            tokens: Tokens(self.tokens_at_unit.0 * budget.powf(self.tokens_exponent)),
        }
    }

    /// The budget at which the rule advises a model of this size.
    pub fn flops_for_params(self, params: Params) -> Flops {
        Flops(self.unit.0 * (params.0 / self.params_at_unit.0).powf(self.params_exponent.recip()))
    }

    /// The budget at which the rule advises this much text.
    pub fn flops_for_tokens(self, tokens: Tokens) -> Flops {
        Flops(self.unit.0 * (tokens.0 / self.tokens_at_unit.0).powf(self.tokens_exponent.recip()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    // Kaplan et al. 2020, Table 6.
    fn kaplan() -> AllocationRule {
        AllocationRule {
            unit: Flops::from_pf_days(1.0),
            params_at_unit: Params(1.3e9),
            params_exponent: 0.73,
            tokens_at_unit: Tokens(2.0e10),
            tokens_exponent: 0.27,
        }
    }

    #[test]
    fn kaplans_rule_gives_the_worked_sizes() {
        // Computed from the same constants outside this crate, printed to three digits: half a unit of the last.
        let worked = [
            (1e19, 2.69e8, 1.12e10),
            (1e21, 7.77e9, 3.87e10),
            (3.14e23, 5.16e11, 1.83e11),
            (5.76e23, 8.04e11, 2.16e11),
            (3.8e25, 1.71e13, 6.68e11),
        ];
        for (flops, params, tokens) in worked {
            let allocation = kaplan().allocation(Flops(flops));
            assert!((allocation.params.0 / params - 1.0).abs() < 5e-3, "{flops:e}: {allocation:?}");
            assert!((allocation.tokens.0 / tokens - 1.0).abs() < 5e-3, "{flops:e}: {allocation:?}");
        }
    }

    #[test]
    fn chinchilla_has_twenty_tokens_per_parameter() {
        let chinchilla = Allocation { params: Params(70e9), tokens: Tokens(1.4e12) };
        assert_eq!(chinchilla.tokens_per_param(), 20.0);
        // Hoffmann et al. 2022, Table 3: 5.76e23 for 67e9 parameters; Chinchilla itself is a little larger.
        assert!((chinchilla.flops().0 / 5.76e23 - 1.0).abs() < 0.03);
    }

    proptest! {
        #[test]
        fn budgets_can_be_read_back_from_either(log_flops in 30.0..65.0) {
            let flops = Flops(f64::exp(log_flops));
            let allocation = kaplan().allocation(flops);
            // Rounding of two powers, amplified by 1 / 0.27.
            prop_assert!((kaplan().flops_for_params(allocation.params).0 / flops.0 - 1.0).abs() < 1e-13);
            prop_assert!((kaplan().flops_for_tokens(allocation.tokens).0 / flops.0 - 1.0).abs() < 1e-13);
        }
    }
}
