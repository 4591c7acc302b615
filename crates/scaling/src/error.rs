//! What can go wrong when a law is built, inverted or fitted.

use thiserror::Error;

/// Why a law could not be built, inverted or fitted.
#[derive(Clone, Copy, Debug, PartialEq, Error)]
pub enum Error {
    /// A quantity that must be positive and finite is not.
    #[error("{name} must be positive and finite, not {value}")]
    NotPositive {
        /// The quantity, in words.
        name: &'static str,
        /// What was given.
        value: f64,
    },

    /// A quantity that must be zero or more, and finite, is not.
    #[error("{name} must be zero or more, and finite, not {value}")]
    Negative {
        /// The quantity, in words.
        name: &'static str,
        /// What was given.
        value: f64,
    },

    /// The law stays above the wanted loss, however large the remaining input.
    #[error("a loss of {loss} nats per token is out of reach: the law stays above {floor}")]
    UnreachableLoss {
        /// The wanted loss, in nats per token.
        loss: f64,
        /// What the law approaches but never reaches, in nats per token.
        floor: f64,
    },

    /// A fit needs more observations than it has unknowns.
    #[error("{given} observations are too few: this fit needs at least {needed}")]
    TooFewObservations {
        /// How many were given.
        given: usize,
        /// How many are needed.
        needed: usize,
    },

    /// Too many draws of the observations, with replacement, determine no law: there are too few, or too alike.
    #[error("{given} observations are too few or too alike for a bootstrap")]
    NotResampled {
        /// How many observations there are.
        given: usize,
    },

    /// All observations have the same input, so nothing can be said of its effect.
    #[error("all observations have the same input")]
    InputsDoNotVary,

    /// The measured loss does not fall as the input grows, so no law of this kind describes it.
    #[error("the loss does not fall as the input grows: the fitted exponent is {exponent}")]
    NotFalling {
        /// The exponent the fit came to.
        exponent: f64,
    },
}

/// `value`, if it is positive and finite.
pub(crate) const fn positive(name: &'static str, value: f64) -> Result<f64, Error> {
    if value > 0.0 && value.is_finite() { Ok(value) } else { Err(Error::NotPositive { name, value }) }
}

/// `value`, if it is zero or more, and finite.
pub(crate) const fn non_negative(name: &'static str, value: f64) -> Result<f64, Error> {
    if value >= 0.0 && value.is_finite() { Ok(value) } else { Err(Error::Negative { name, value }) }
}
