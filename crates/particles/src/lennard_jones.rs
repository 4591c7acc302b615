//! The pair potential: Lennard-Jones, cut at [`R_CUT`] and shifted so that energy and force vanish there.
//!
//! u(r) = 4 (r^-12 - r^-6) + c r^2 / 2 - d for r < R_CUT, else 0, with epsilon = sigma = 1; c and d are
//! [`FORCE_SHIFT`] and [`ENERGY_SHIFT`]. A potential of which only the energy is shifted leaves a jump of 0.039 in the
//! force, and each pair that crosses the cutoff then changes the energy of an isolated system a little, by chance: too
//! much for small systems. A term in r^2 costs the inner loop one subtraction and needs no square root.
//!
//! Cutting and shifting matter for the phase diagram, because they weaken the attraction: the well is 0.945 deep.

/// The cutoff, in sigma. 2.5 is the customary choice.
pub const R_CUT: f64 = 2.5;

pub(crate) const R_CUT_SQUARED: f64 = R_CUT * R_CUT;

/// R_CUT^-6.
const R6_AT_CUT: f64 = 1.0 / (R_CUT_SQUARED * R_CUT_SQUARED * R_CUT_SQUARED);

/// Force of the uncut potential at the cutoff over R_CUT, in epsilon / sigma^2: -0.0156.
pub(crate) const FORCE_SHIFT: f64 = (48.0 * R6_AT_CUT * R6_AT_CUT - 24.0 * R6_AT_CUT) / R_CUT_SQUARED;

/// What makes the energy vanish at the cutoff, in epsilon: -0.0651.
pub(crate) const ENERGY_SHIFT: f64 =
    4.0 * (R6_AT_CUT * R6_AT_CUT - R6_AT_CUT) + 0.5 * FORCE_SHIFT * R_CUT_SQUARED;

/// Potential energy of two particles at distance `r > 0`, in epsilon.
pub fn energy(r: f64) -> f64 {
    if r >= R_CUT {
        return 0.0;
    }
    let r6 = 1.0 / (r * r * r * r * r * r);
    4.0 * (r6 * r6 - r6) + 0.5 * FORCE_SHIFT * r * r - ENERGY_SHIFT
}

/// Force between two particles at distance `r > 0`, in epsilon / sigma; positive is repulsive.
pub fn force(r: f64) -> f64 {
    if r >= R_CUT {
        return 0.0;
    }
    let r6 = 1.0 / (r * r * r * r * r * r);
    (48.0 * r6 * r6 - 24.0 * r6) / r - FORCE_SHIFT * r
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn energy_and_force_are_lennard_joness_but_for_the_shifts() {
        let r_min = 2f64.powf(1.0 / 6.0);
        // Rounding of the sixth power only.
        assert!((energy(r_min) - (-1.0 + 0.5 * FORCE_SHIFT * r_min * r_min - ENERGY_SHIFT)).abs() < 1e-14);
        assert!((force(r_min) + FORCE_SHIFT * r_min).abs() < 1e-13);
        assert!((force(1.0) - (24.0 - FORCE_SHIFT)).abs() < 1e-12);
        // What the documentation says of the depth, and of the shifts.
        assert!((energy(r_min) + 0.945).abs() < 1e-3);
        assert!((FORCE_SHIFT + 0.0156).abs() < 1e-4 && (ENERGY_SHIFT + 0.0651).abs() < 1e-4);
    }

    #[test]
    fn energy_and_force_reach_zero_at_the_cutoff() {
        // Near the cutoff the force is 0.12 (R_CUT - r), and the energy the integral of that.
        assert!(force(R_CUT - 1e-9).abs() < 1e-9);
        assert!(energy(R_CUT - 1e-6).abs() < 1e-12);
        assert_eq!(energy(R_CUT), 0.0);
        assert_eq!(force(3.0), 0.0);
    }

    #[test]
    fn force_is_minus_the_slope_of_the_energy() {
        for r in [0.9, 1.0, 1.2, 1.7, 2.4] {
            let h = 1e-5;
            let slope = (energy(r + h) - energy(r - h)) / (2.0 * h);
            // Central differences: h^2 u'''/6 is about 1e-6 of the force at r = 0.9, where u''' is steepest.
            assert!((force(r) + slope).abs() < 1e-5 * force(r).abs().max(1.0), "r = {r}");
        }
    }
}
