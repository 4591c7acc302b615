//! The heat bath: stochastic velocity rescaling (Bussi, Donadio and Parrinello 2007, J. Chem. Phys. 126, 014101,
//! equation A7).
//!
//! All velocities are multiplied by one number, drawn so that the kinetic energy walks through its canonical
//! distribution. Unlike Langevin's noise it leaves the momentum zero and hardly disturbs how particles move, so
//! diffusion can be measured while it acts; unlike Nosé and Hoover's it has no memory and cannot ring; unlike
//! Berendsen's it samples the canonical ensemble.

use crate::Generator;

/// Time in which the kinetic energy relaxes to the bath's, in units of time.
///
/// Longer than a velocity remembers itself in the liquid (about 0.2), so that the dynamics stay their own;
/// short enough to carry off the heat of freezing, and that a page showing a few units of time a second
/// follows its temperature slider at once.
const RELAXATION_TIME: f64 = 0.5;

/// The number to multiply all velocities by, for a bath of `temperature` that acts for the time `elapsed` on
/// `kinetic_energy > 0` in `degrees_of_freedom`.
pub(crate) fn velocity_factor(
    kinetic_energy: f64,
    degrees_of_freedom: f64,
    temperature: f64,
    elapsed: f64,
    generator: &mut Generator,
) -> f64 {
    let kept = (-elapsed / RELAXATION_TIME).exp();
    let ratio = temperature / (2.0 * kinetic_energy);
    let first = generator.normal();
    // The squares of all other normal numbers at once: a chi-squared variable is twice a gamma variable.
    let others = 2.0 * generator.gamma(0.5 * (degrees_of_freedom - 1.0));
    let squared = kept
        + (1.0 - kept) * ratio * (first * first + others)
        + 2.0 * first * (kept * (1.0 - kept) * ratio).sqrt();
    // Not negative but by rounding: it is a sum of squares.
    squared.max(0.0).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinetic_energy_walks_through_its_canonical_distribution() {
        // Alone, the thermostat must give K the gamma distribution of shape d/2: mean dT/2, variance dT^2/2.
        let (d, temperature, elapsed) = (30.0, 0.7, 0.25);
        let mut generator = Generator::new(1);
        let mut kinetic_energy = 40.0;
        let n = 100_000;
        let energies: Vec<f64> = (0..n)
            .map(|_| {
                kinetic_energy *=
                    velocity_factor(kinetic_energy, d, temperature, elapsed, &mut generator).powi(2);
                kinetic_energy
            })
            .collect();
        let mean = energies.iter().sum::<f64>() / f64::from(n);
        let variance = energies.iter().map(|k| (k - mean).powi(2)).sum::<f64>() / f64::from(n);
        // About 25,000 independent samples (correlated over (1 + c) / (1 - c) = 4): standard errors 0.2 % and 1 %.
        assert!((mean / (0.5 * d * temperature) - 1.0).abs() < 0.01, "mean {mean}");
        assert!((variance / (0.5 * d * temperature.powi(2)) - 1.0).abs() < 0.05, "variance {variance}");
    }

    #[test]
    fn the_excess_decays_in_the_relaxation_time() {
        let mut generator = Generator::new(2);
        let (d, start) = (2046.0, 4000.0);
        let n = 2000;
        let after: f64 = (0..n)
            .map(|_| start * velocity_factor(start, d, 1.0, RELAXATION_TIME, &mut generator).powi(2))
            .sum();
        let expected = 0.5 * d + (start - 0.5 * d) * (-1f64).exp();
        // Each draw scatters by about 60; the mean of 2,000 by 1.4.
        assert!((after / f64::from(n) - expected).abs() < 7.0);
    }
}
