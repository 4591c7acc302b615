//! The exponential without a call, of several numbers at once.

use super::lanes::Lanes;

/// e^x to within 2 units in the last place for -87 ≤ x ≤ 88; arguments outside are taken as the nearer bound.
///
/// x = n · ln 2 + r with |r| ≤ ln 2 / 2; then e^x = 2^n · e^r, the power made in the exponent bits and e^r by its Taylor
/// polynomial of degree 7, whose remainder r⁸/8! is below 6e-9.
#[inline]
#[cfg_attr(simd128, target_feature(enable = "simd128"))]
pub fn exp(x: Lanes) -> Lanes {
    /// 1.5 · 2²³: adding it moves the integer part of a small number to the lowest bits.
    const TO_INTEGER: f32 = 12_582_912.0;
    /// ln 2 in two parts; the high one has so few digits that its product with n is exact.
    const LN_2_HIGH: f32 = 0.693_359_4;
    const LN_2_LOW: f32 = -2.121_944_4e-4;

    // From here on no number is smaller than the bound, nor is one that is none.
    let x = Lanes::all(-87.0).or_larger(x);
    let x = Lanes::all(88.0).or_smaller(x);
    let shifted = x.times(Lanes::all(std::f32::consts::LOG2_E)).plus(Lanes::all(TO_INTEGER));
    let n = shifted.minus(Lanes::all(TO_INTEGER));
    let r = x.minus(n.times(Lanes::all(LN_2_HIGH))).minus(n.times(Lanes::all(LN_2_LOW)));
    let polynomial = Lanes::all(1.0 / 5040.0);
    let polynomial = polynomial.times(r).plus(Lanes::all(1.0 / 720.0));
    let polynomial = polynomial.times(r).plus(Lanes::all(1.0 / 120.0));
    let polynomial = polynomial.times(r).plus(Lanes::all(1.0 / 24.0));
    let polynomial = polynomial.times(r).plus(Lanes::all(1.0 / 6.0));
    let polynomial = polynomial.times(r).plus(Lanes::all(0.5));
    let polynomial = polynomial.times(r).plus(Lanes::all(1.0));
    let polynomial = polynomial.times(r).plus(Lanes::all(1.0));
    // The lowest bits of `shifted` are n.
    polynomial.scaled(shifted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::lanes::WIDTH;

    fn exp(x: f32) -> f32 {
        let mut out = [0.0; WIDTH];
        super::exp(Lanes::all(x)).store(&mut out);
        out[0]
    }

    #[test]
    fn equals_the_exponential_to_two_units_in_the_last_place() {
        for step in -87_000..88_000 {
            let x = step as f32 / 1000.0;
            let exact = f64::from(x).exp();
            // One unit in the last place is 2⁻²³ of a number just above a power of two.
            let error = (f64::from(exp(x)) - exact).abs() / exact;
            assert!(error < 2.0 / f64::from(1 << 23), "exp({x}) is off by {error:e}");
        }
    }

    #[test]
    fn arguments_out_of_range_stay_finite_and_ordered() {
        assert_eq!(exp(0.0), 1.0);
        assert!(exp(-1e30) > 0.0 && exp(-1e30) < 1e-37);
        assert_eq!(exp(f32::NEG_INFINITY), exp(-87.0));
        assert!(exp(1e30).is_finite());
    }
}
