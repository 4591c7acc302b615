//! Cosine and sine without the general ones, most of whose code reduces angles that nobody asks for.

use std::f64::consts::TAU;

/// The cosine and the sine of an angle in turns, to about the rounding of f64.
///
/// The angle less the nearest quarter turn, θ, is at most π/4; there e^{iθ} = 1 + iθ/1 (1 + iθ/2 (1 + …)), whose
/// remainder after the 17th power, θ¹⁸/18!, is below 3e-18.
pub fn cos_sin(turns: f64) -> (f64, f64) {
    let quarters = (4.0 * turns).round_ties_even();
    let theta = TAU * (turns - quarters / 4.0);
    let (mut cos, mut sin) = (1.0, 0.0);
    for power in (1..=17).rev() {
        let factor = theta / f64::from(power);
        (cos, sin) = (1.0 - factor * sin, factor * cos);
    }
    match quarters as i64 & 3 {
        0 => (cos, sin),
        1 => (-sin, cos),
        2 => (-cos, -sin),
        _ => (sin, -cos),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equals_cosine_and_sine() {
        for step in -10_000..10_000 {
            // One turn in radians is rounded by 2⁻⁵¹, and 2π itself off by half of that, before the library sees it.
            let turns = f64::from(step) / 10_000.0;
            let (cos, sin) = cos_sin(turns);
            let (exact_sin, exact_cos) = (TAU * turns).sin_cos();
            assert!((cos - exact_cos).abs() < 1e-15 && (sin - exact_sin).abs() < 1e-15, "{turns}");
            // Up to a radian nothing but the last operations rounds: one unit in the last place of numbers below 1.
            let radians = f64::from(step) / 10_000.0;
            let (cos, sin) = cos_sin(radians / TAU);
            let (exact_sin, exact_cos) = radians.sin_cos();
            assert!((cos - exact_cos).abs() < 3e-16 && (sin - exact_sin).abs() < 3e-16, "{radians}");
        }
    }

    #[test]
    fn quarter_turns_are_exact() {
        let expected = [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)];
        for quarter in -8..8_i32 {
            assert_eq!(cos_sin(f64::from(quarter) / 4.0), expected[quarter.rem_euclid(4) as usize]);
        }
    }
}
