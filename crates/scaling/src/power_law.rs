//! Loss as a pure power law of one quantity: L(x) = (x_c / x)^alpha.
//!
//! Source: Kaplan et al. 2020, "Scaling Laws for Neural Language Models", Eq. 1.1 to 1.3
//! (<https://arxiv.org/abs/2001.08361>). It leaves out any floor: the loss falls to zero as x grows, so the law can
//! hold only in the range where it was measured.

use crate::error::positive;
use crate::{Error, Nats};

/// L(x) = (scale / x)^exponent: a straight line on logarithmic axes.
///
/// The input x is a plain number in the unit of `scale`: parameters, tokens, or PF-days of compute.
///
/// ```
/// use scaling::PowerLaw;
///
/// # fn main() -> Result<(), scaling::Error> {
/// // Kaplan et al. 2020, Eq. 1.1: loss against non-embedding parameters.
/// let law = PowerLaw::new(8.8e13, 0.076)?;
/// assert!((law.loss(1.5e9).0 - 2.304).abs() < 5e-4);
/// // Four times the parameters for a loss lower by a tenth.
/// assert!((law.factor_for_lower_loss(0.1) - 4.0).abs() < 5e-3);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PowerLaw {
    scale: f64,
    exponent: f64,
}

impl PowerLaw {
    /// The law with this scale (in the unit of the input) and exponent.
    ///
    /// # Errors
    /// [`Error::NotPositive`] when either is not positive and finite.
    pub const fn new(scale: f64, exponent: f64) -> Result<Self, Error> {
        match (positive("the scale", scale), positive("the exponent", exponent)) {
            (Ok(scale), Ok(exponent)) => Ok(Self { scale, exponent }),
            (Err(error), _) | (_, Err(error)) => Err(error),
        }
    }

    /// x_c: the input at which the loss is one nat per token, far beyond what was measured.
    pub const fn scale(self) -> f64 {
        self.scale
    }

    /// alpha: by how many percent the loss falls when the input grows by one percent.
    pub const fn exponent(self) -> f64 {
        self.exponent
    }

    /// The loss at a positive `input`.
    pub fn loss(self, input: f64) -> Nats {
        Nats((self.scale / input).powf(self.exponent))
    }

    /// The input at which the law gives a positive `loss`; the inverse of [`PowerLaw::loss`].
    pub fn input_for_loss(self, loss: Nats) -> f64 {
        self.scale * loss.0.powf(-self.exponent.recip())
    }

    /// How many times larger the input must be for a loss lower by `fraction`, in `0.0..1.0`.
    ///
    /// (1 - fraction)^(-1 / alpha): the same wherever on the line one starts.
    pub fn factor_for_lower_loss(self, fraction: f64) -> f64 {
        (1.0 - fraction).powf(-self.exponent.recip())
    }

    /// By what the loss is multiplied when the input doubles: 2^-alpha, below one.
    pub fn doubling_ratio(self) -> f64 {
        (-self.exponent).exp2()
    }

    /// The slope on logarithmic axes, d ln L / d ln x = -alpha.
    pub const fn log_slope(self) -> f64 {
        -self.exponent
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    // Kaplan et al. 2020, Table 5.
    fn kaplan_params() -> PowerLaw {
        PowerLaw::new(8.8e13, 0.076).unwrap()
    }
    fn kaplan_tokens() -> PowerLaw {
        PowerLaw::new(5.4e13, 0.095).unwrap()
    }
    fn kaplan_compute_in_pf_days() -> PowerLaw {
        PowerLaw::new(3.1e8, 0.050).unwrap()
    }

    #[test]
    fn loss_at_the_scale_is_one_nat() {
        assert_eq!(kaplan_params().loss(8.8e13), Nats(1.0));
    }

    #[test]
    fn doubling_parameters_leaves_95_percent_of_the_loss() {
        // Kaplan et al. 2020, section 1.2, prints 2^-0.076 as 0.95: two digits.
        assert!((kaplan_params().doubling_ratio() - 0.95).abs() < 5e-3);
    }

    #[test]
    fn a_tenth_less_loss_costs_the_stated_factors() {
        // ln(10/9) = 0.1053605; divided by each exponent, then exponentiated, to the digits shown.
        assert!((kaplan_params().factor_for_lower_loss(0.1) - 4.0001).abs() < 5.1e-5);
        assert!((kaplan_tokens().factor_for_lower_loss(0.1) - 3.0315).abs() < 5.1e-5);
        assert!((kaplan_compute_in_pf_days().factor_for_lower_loss(0.1) - 8.2253).abs() < 5.1e-5);
    }

    #[test]
    fn constants_that_make_no_law_are_refused() {
        for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(matches!(PowerLaw::new(bad, 0.1), Err(Error::NotPositive { name: "the scale", .. })));
            assert!(matches!(PowerLaw::new(1.0, bad), Err(Error::NotPositive { name: "the exponent", .. })));
        }
    }

    proptest! {
        #[test]
        fn input_for_loss_inverts_loss(log_scale in 0.0..80.0, exponent in 0.03..1.0, log_input in 0.0..80.0) {
            let law = PowerLaw::new(f64::exp(log_scale), exponent).unwrap();
            let input = f64::exp(log_input);
            let back = law.input_for_loss(law.loss(input));
            // One rounding of the loss is amplified by 1 / alpha < 34; a hundred roundings leave room.
            prop_assert!((back / input - 1.0).abs() < 100.0 * f64::EPSILON / exponent);
        }

        #[test]
        fn loss_falls_as_input_grows(exponent in 0.01..1.0, log_input in 0.0..60.0, growth in 1.001..1e3) {
            let law = PowerLaw::new(1e13, exponent).unwrap();
            let input = f64::exp(log_input);
            prop_assert!(law.loss(input * growth) < law.loss(input));
        }

        #[test]
        fn only_the_ratio_of_input_to_scale_matters(exponent in 0.01..1.0, log_unit in -40.0..40.0) {
            let unit = f64::exp(log_unit);
            let (one, other) = (PowerLaw::new(1e13, exponent).unwrap(), PowerLaw::new(1e13 * unit, exponent).unwrap());
            prop_assert!((one.loss(1e9).0 / other.loss(1e9 * unit).0 - 1.0).abs() < 1e-14);
        }

        #[test]
        fn the_factor_does_what_it_says_anywhere(exponent in 0.03..1.0, fraction in 0.0..0.5, log_input in 0.0..60.0) {
            let law = PowerLaw::new(1e13, exponent).unwrap();
            let input = f64::exp(log_input);
            let lower = law.loss(input * law.factor_for_lower_loss(fraction));
            // Rounding of the two powers, a few parts in 1e16 times the logarithms involved (below 60).
            prop_assert!((lower.0 / law.loss(input).0 - (1.0 - fraction)).abs() < 1e-13);
        }
    }
}
