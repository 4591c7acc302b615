//! A power law of one quantity above a floor: L(x) = E + A / x^alpha.
//!
//! Every straight cut through the law of Hoffmann et al. 2022 has this form: fixed or infinite tokens, fixed or
//! infinite parameters, and the compute-optimal frontier.

use crate::error::{non_negative, positive};
use crate::{Error, Nats};

/// L(x) = E + A / x^alpha: on logarithmic axes, a line that bends toward the floor E.
///
/// The input x is a plain number: parameters, tokens or FLOPs, according to where the law came from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FlooredPowerLaw {
    irreducible_loss: f64,
    coefficient: f64,
    exponent: f64,
}

impl FlooredPowerLaw {
    /// The law with this floor E, coefficient A (nats per token at x = 1) and exponent alpha.
    ///
    /// # Errors
    /// [`Error::Negative`] when the floor is below zero or not finite; [`Error::NotPositive`] when the coefficient or
    /// the exponent is not positive and finite.
    pub fn new(irreducible_loss: Nats, coefficient: f64, exponent: f64) -> Result<Self, Error> {
        Ok(Self {
            irreducible_loss: non_negative("the irreducible loss", irreducible_loss.0)?,
            coefficient: positive("the coefficient", coefficient)?,
            exponent: positive("the exponent", exponent)?,
        })
    }

    /// The law with constants that another law has already checked.
    pub(crate) fn from_checked(irreducible_loss: f64, coefficient: f64, exponent: f64) -> Self {
        debug_assert!(irreducible_loss >= 0.0 && coefficient > 0.0 && exponent > 0.0);
        Self { irreducible_loss, coefficient, exponent }
    }

    /// E: the loss that no input, however large, gets below.
    pub const fn irreducible_loss(self) -> Nats {
        Nats(self.irreducible_loss)
    }

    /// A: how far above the floor the law is at x = 1, in nats per token.
    pub const fn coefficient(self) -> f64 {
        self.coefficient
    }

    /// alpha: by how many percent the excess over the floor falls when the input grows by one percent.
    pub const fn exponent(self) -> f64 {
        self.exponent
    }

    /// The loss at a positive `input`; at an infinite one, the floor.
    pub fn loss(self, input: f64) -> Nats {
        Nats(self.irreducible_loss + self.reducible_loss(input).0)
    }

    /// The part of the loss above the floor, A / x^alpha.
    pub fn reducible_loss(self, input: f64) -> Nats {
        Nats(self.coefficient * input.powf(-self.exponent))
    }

    /// The input at which the law gives `loss`.
    ///
    /// # Errors
    /// [`Error::UnreachableLoss`] when `loss` is at or below the floor.
    pub fn input_for_loss(self, loss: Nats) -> Result<f64, Error> {
        let excess = loss.0 - self.irreducible_loss;
        if excess > 0.0 {
            Ok((self.coefficient / excess).powf(self.exponent.recip()))
        } else {
            Err(Error::UnreachableLoss { loss: loss.0, floor: self.irreducible_loss })
        }
    }

    /// The slope on logarithmic axes at `input`, d ln L / d ln x: between -alpha and zero.
    pub fn log_slope(self, input: f64) -> f64 {
        -self.exponent * self.reducible_loss(input).0 / self.loss(input).0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::PowerLaw;

    // The parameter term of Hoffmann et al. 2022, Eq. 10.
    fn chinchilla_params() -> FlooredPowerLaw {
        FlooredPowerLaw::new(Nats(1.69), 406.4, 0.34).unwrap()
    }

    #[test]
    fn without_a_floor_it_is_a_power_law() {
        let (scale, exponent) = (8.8e13_f64, 0.076);
        let floored = FlooredPowerLaw::new(Nats(0.0), scale.powf(exponent), exponent).unwrap();
        let pure = PowerLaw::new(scale, exponent).unwrap();
        // Two orders of the same multiplications: they differ by rounding.
        assert!((floored.loss(1e9).0 / pure.loss(1e9).0 - 1.0).abs() < 1e-14);
    }

    #[test]
    fn an_infinite_input_reaches_the_floor() {
        assert_eq!(chinchilla_params().loss(f64::INFINITY), Nats(1.69));
    }

    #[test]
    fn the_slope_flattens_from_minus_alpha_to_zero() {
        let law = chinchilla_params();
        assert!((law.log_slope(1e-12) + 0.34).abs() < 1e-6);
        assert!(law.log_slope(1e6) < law.log_slope(1e9));
        assert!(law.log_slope(1e30).abs() < 1e-6);
    }

    #[test]
    fn the_slope_is_the_derivative() {
        let (law, x, step) = (chinchilla_params(), 1e8_f64, 1e-4_f64);
        let log_loss = |shift: f64| law.loss(x * shift.exp()).0.ln();
        let numeric = (log_loss(step) - log_loss(-step)) / (2.0 * step);
        // Central difference: error of order step^2, plus rounding of order 1e-16 / step.
        assert!((law.log_slope(x) - numeric).abs() < 1e-8);
    }

    #[test]
    fn the_floor_itself_is_out_of_reach() {
        assert_eq!(
            chinchilla_params().input_for_loss(Nats(1.69)),
            Err(Error::UnreachableLoss { loss: 1.69, floor: 1.69 })
        );
    }

    proptest! {
        #[test]
        fn input_for_loss_inverts_loss(exponent in 0.05..1.0, log_input in 0.0..30.0) {
            let law = FlooredPowerLaw::new(Nats(1.69), 400.0, exponent).unwrap();
            let input = f64::exp(log_input);
            let loss = law.loss(input);
            let back = law.input_for_loss(loss).unwrap();
            // Subtracting the floor cancels digits: a rounding of L weighs L / (L - E), then 1 / alpha.
            let amplified = f64::EPSILON * loss.0 / law.reducible_loss(input).0 / exponent;
            prop_assert!((back / input - 1.0).abs() < 10.0 * amplified + 1e-13 / exponent);
        }
    }
}
