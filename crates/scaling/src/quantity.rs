//! The four quantities of a scaling law, as types, so that one cannot be passed for another.
//!
//! Each wraps an `f64` in the open: the type carries the unit, not an invariant. Laws take positive values; an
//! infinite one is allowed where a limit makes sense.

use std::f64::consts::LN_2;

/// N: a number of model parameters.
///
/// Which parameters count depends on the law: Kaplan et al. 2020 leave embeddings out, Hoffmann et al. 2022 count
/// them.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Params(pub f64);

/// D: a number of training tokens.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Tokens(pub f64);

/// C: a number of floating-point operations.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Flops(pub f64);

/// L: a cross-entropy loss, in nats per token.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Nats(pub f64);

impl Nats {
    /// The loss of a model with this perplexity: `ln perplexity`.
    pub fn from_perplexity(perplexity: f64) -> Self {
        Self(perplexity.ln())
    }

    /// The perplexity, `exp(loss)`: among how many equally likely tokens the model would be as unsure.
    ///
    /// Comparable only between models with the same tokenizer on the same corpus.
    ///
    /// ```
    /// use scaling::Nats;
    ///
    /// let uniform_over_ten = Nats(10_f64.ln());
    /// assert!((uniform_over_ten.perplexity() - 10.0).abs() < 1e-12);
    /// ```
    pub fn perplexity(self) -> f64 {
        self.0.exp()
    }

    /// The loss in bits per token: `loss / ln 2`.
    pub fn to_bits(self) -> f64 {
        self.0 / LN_2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certain_model_has_perplexity_one_and_needs_no_bits() {
        assert_eq!(Nats(0.0).perplexity(), 1.0);
        assert_eq!(Nats(0.0).to_bits(), 0.0);
    }

    #[test]
    fn halving_perplexity_saves_one_bit() {
        let (worse, better) = (Nats::from_perplexity(20.0), Nats::from_perplexity(10.0));
        // A few roundings of numbers of size one.
        assert!((worse.to_bits() - better.to_bits() - 1.0).abs() < 1e-14);
    }
}
