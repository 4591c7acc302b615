//! The pair potential: Lennard-Jones, cut at [`R_CUT`] and shifted to zero there.
//!
//! u(r) = 4 (r^-12 - r^-6) - 4 (R_CUT^-12 - R_CUT^-6) for r < R_CUT, else 0, with epsilon = sigma = 1.
//!
//! The shift makes the energy continuous; the force still jumps by 0.039 at the cutoff. Cutting matters for the
//! phase diagram: it weakens the attraction, so a cut system under pressure P behaves about like a full one
//! under P - 0.241 density^2 (see [`TAIL_PRESSURE`]).

/// The cutoff, in sigma. 2.5 is the customary choice, for which the truncated potential has been studied most.
pub const R_CUT: f64 = 2.5;

const R_CUT_SQUARED: f64 = R_CUT * R_CUT;

/// Energy of the uncut potential at the cutoff, in epsilon: -0.0163.
const ENERGY_AT_CUT: f64 = {
    let r6 = 1.0 / (R_CUT_SQUARED * R_CUT_SQUARED * R_CUT_SQUARED);
    4.0 * (r6 * r6 - r6)
};

/// Pressure that the cut-off tail would add, divided by density^2, if the fluid beyond the cutoff were uniform:
/// -(pi/2) times the integral of r^2 u'(r) from R_CUT, to leading order -(pi/2) 6 / R_CUT^4. In reduced units.
pub const TAIL_PRESSURE: f64 = -3.0 * std::f64::consts::PI / (R_CUT_SQUARED * R_CUT_SQUARED);

/// Potential energy of two particles at distance `r > 0`, in epsilon.
pub fn energy(r: f64) -> f64 {
    let mut sums = PowerSums::default();
    sums.add_pair(r * r);
    sums.energy()
}

/// Force between two particles at distance `r > 0`, in epsilon / sigma; positive is repulsive.
pub fn force(r: f64) -> f64 {
    PowerSums::default().add_pair(r * r).map_or(0.0, |force_over_distance| force_over_distance * r)
}

/// Sums over interacting pairs, from which energy and virial follow: collecting r^-6 and r^-12 costs the inner
/// loop less than collecting the two results.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct PowerSums {
    r6: f64,
    r12: f64,
    n_pairs: f64,
}

impl PowerSums {
    /// Counts a pair at the squared distance `r_squared` and returns its force divided by its distance; none if
    /// the pair is beyond the cutoff.
    #[inline]
    pub(crate) fn add_pair(&mut self, r_squared: f64) -> Option<f64> {
        if r_squared >= R_CUT_SQUARED {
            return None;
        }
        let inverse = 1.0 / r_squared;
        let r6 = inverse * inverse * inverse;
        let r12 = r6 * r6;
        self.r6 += r6;
        self.r12 += r12;
        self.n_pairs += 1.0;
        Some((48.0 * r12 - 24.0 * r6) * inverse)
    }

    /// Sum of u(r) over the pairs, in epsilon.
    pub(crate) fn energy(&self) -> f64 {
        4.0 * (self.r12 - self.r6) - self.n_pairs * ENERGY_AT_CUT
    }

    /// Sum of r . f = -r u'(r) over the pairs, in epsilon.
    pub(crate) fn virial(&self) -> f64 {
        48.0 * self.r12 - 24.0 * self.r6
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_well_is_one_deep_at_two_to_the_sixth() {
        let r_min = 2f64.powf(1.0 / 6.0);
        // Rounding of the sixth power only.
        assert!((energy(r_min) - (-1.0 - ENERGY_AT_CUT)).abs() < 1e-14);
        assert!(force(r_min).abs() < 1e-13);
        assert!((energy(1.0) + ENERGY_AT_CUT).abs() < 1e-14, "the uncut potential is zero at sigma");
        assert!((force(1.0) - 24.0).abs() < 1e-12);
    }

    #[test]
    fn energy_is_continuous_and_zero_beyond_the_cutoff() {
        // The slope at the cutoff is 0.039, so the energy 1e-9 inside is 4e-11.
        assert!(energy(R_CUT - 1e-9).abs() < 1e-10);
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

    #[test]
    fn tail_pressure_is_the_integral_it_says() {
        // The midpoint rule from 2.5 to 50; the rest is below 1e-5, the neglected r^-12 term 0.1 %.
        let (n, from, to) = (100_000, R_CUT, 50.0);
        let h = (to - from) / f64::from(n);
        let slope = |r: f64| 24.0 * (r.powi(-7) - 2.0 * r.powi(-13));
        let integral: f64 =
            (0..n).map(|k| from + h * (f64::from(k) + 0.5)).map(|r| r * r * slope(r) * h).sum();
        let tail = -0.5 * std::f64::consts::PI * integral;
        assert!((tail - TAIL_PRESSURE).abs() < 0.005 * tail.abs());
    }
}
