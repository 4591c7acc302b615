//! The exponential without a call, so that loops over it become vector code.

/// e^x to within 2 units in the last place for -87 ≤ x ≤ 88; arguments outside are taken as the nearer bound.
///
/// x = n · ln 2 + r with |r| ≤ ln 2 / 2; then e^x = 2^n · e^r, the power made in the exponent bits and e^r by its Taylor
/// polynomial of degree 7, whose remainder r⁸/8! is below 6e-9.
#[inline]
pub fn exp(x: f32) -> f32 {
    /// 1.5 · 2²³: adding it moves the integer part of a small number to the lowest bits.
    const TO_INTEGER: f32 = 12_582_912.0;
    /// ln 2 in two parts; the high one has so few digits that its product with n is exact.
    const LN_2_HIGH: f32 = 0.693_359_4;
    const LN_2_LOW: f32 = -2.121_944_4e-4;

    let x = if x > -87.0 { x } else { -87.0 };
    let x = if x < 88.0 { x } else { 88.0 };
    let shifted = x * std::f32::consts::LOG2_E + TO_INTEGER;
    let n = shifted - TO_INTEGER;
    let r = x - n * LN_2_HIGH - n * LN_2_LOW;
    let polynomial = 1.0 / 5040.0;
    let polynomial = polynomial * r + 1.0 / 720.0;
    let polynomial = polynomial * r + 1.0 / 120.0;
    let polynomial = polynomial * r + 1.0 / 24.0;
    let polynomial = polynomial * r + 1.0 / 6.0;
    let polynomial = polynomial * r + 0.5;
    let polynomial = polynomial * r + 1.0;
    let polynomial = polynomial * r + 1.0;
    // The lowest bits of `shifted` are n; moved to the exponent they multiply by 2^n.
    f32::from_bits(polynomial.to_bits().wrapping_add(shifted.to_bits() << 23))
}

#[cfg(test)]
mod tests {
    use super::*;

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
