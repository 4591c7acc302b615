//! Critical values of Student's t distribution for whole degrees of freedom.
//!
//! Source: Abramowitz and Stegun 1964, "Handbook of Mathematical Functions", 26.7.3 and 26.7.4: with
//! theta = atan(t / sqrt(nu)), the probability of |T| < t is a finite sum of powers of cos(theta).

use std::f64::consts::{FRAC_2_PI, FRAC_PI_2};

/// Halvings of the angle's range: a bit of the result each, until the range is as small as rounding.
const HALVINGS: u32 = 55;

/// The t for which |T| < t with this `confidence`, in `0.0..1.0`, at one degree of freedom or more.
pub(super) fn critical_value(confidence: f64, degrees_of_freedom: usize) -> f64 {
    debug_assert!((0.0..1.0).contains(&confidence) && degrees_of_freedom > 0);
    // The angle, unlike t, has a finite range, so halving needs no guess of where to start.
    let (mut low, mut high) = (0.0, FRAC_PI_2);
    for _ in 0..HALVINGS {
        let middle = 0.5 * (low + high);
        if central_probability(middle, degrees_of_freedom) < confidence {
            low = middle;
        } else {
            high = middle;
        }
    }
    (0.5 * (low + high)).tan() * (degrees_of_freedom as f64).sqrt()
}

/// The probability of |T| < sqrt(nu) tan(theta).
fn central_probability(theta: f64, degrees_of_freedom: usize) -> f64 {
    let (sin, cos) = theta.sin_cos();
    let is_odd = degrees_of_freedom % 2 == 1;
    // Odd: cos + 2/3 cos^3 + (2*4)/(3*5) cos^5 + …; even: 1 + 1/2 cos^2 + (1*3)/(2*4) cos^4 + …; up to cos^(nu - 2).
    let mut sum = 0.0;
    let mut term = if is_odd { cos } else { 1.0 };
    let mut power = usize::from(is_odd);
    while power + 2 <= degrees_of_freedom {
        sum += term;
        power += 2;
        term *= cos * cos * (power - 1) as f64 / power as f64;
    }
    if is_odd { FRAC_2_PI * (theta + sin * sum) } else { sin * sum }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabulated_values_come_out() {
        // Abramowitz and Stegun 1964, Table 26.10, three decimals: (degrees of freedom, 90 %, 95 %, 99 %).
        let table = [
            (1, 6.314, 12.706, 63.657),
            (2, 2.920, 4.303, 9.925),
            (3, 2.353, 3.182, 5.841),
            (5, 2.015, 2.571, 4.032),
            (10, 1.812, 2.228, 3.169),
            (30, 1.697, 2.042, 2.750),
            (120, 1.658, 1.980, 2.617),
        ];
        for (degrees, ninety, ninety_five, ninety_nine) in table {
            for (confidence, tabulated) in [(0.90, ninety), (0.95, ninety_five), (0.99, ninety_nine)] {
                let t = critical_value(confidence, degrees);
                assert!((t - tabulated).abs() <= 5.1e-4, "{degrees} degrees, {confidence}: {t}");
            }
        }
    }

    #[test]
    fn one_and_two_degrees_have_closed_forms() {
        // nu = 1: tan(pi p / 2). nu = 2: p sqrt(2 / (1 - p^2)). Halving to 2^-55 leaves rounding.
        for p in [0.1, 0.5, 0.95, 0.999] {
            assert!((critical_value(p, 1) / (FRAC_PI_2 * p).tan() - 1.0).abs() < 1e-11);
            assert!((critical_value(p, 2) / (p * (2.0 / (1.0 - p * p)).sqrt()) - 1.0).abs() < 1e-11);
        }
    }

    #[test]
    fn many_degrees_approach_the_normal_distribution() {
        // The normal value is 1.959964; t exceeds it by about (z^3 + z) / (4 nu) = 2.4 / nu.
        let t = critical_value(0.95, 100_000);
        assert!((t - 1.959964 - 2.4e-5).abs() < 1e-6);
    }
}
