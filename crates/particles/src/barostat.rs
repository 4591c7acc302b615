//! The piston: stochastic cell rescaling (Bernetti and Bussi 2020, J. Chem. Phys. 153, 114107), isotropic.
//!
//! With lambda the square root of the area V, here simply the length of the box,
//! d lambda = -(lambda b / 2) (P0 - P - T / 2V) dt + sqrt(b T / 2) dW, b = compressibility / relaxation time,
//! samples the isothermal-isobaric ensemble: the noise has a constant strength in this variable and in two
//! dimensions. Positions follow lambda and velocities go against it, so that each keeps its share of phase space.
//! Chosen over Monte Carlo moves of the volume because it asks for no trial energy, and over an inertial piston
//! because it has no mass to tune and does not ring when the reader jerks the pressure.
//!
//! The scaling is isotropic: the box keeps the shape that fits the crystal (see [`crate::SystemSize`]).

use crate::{Generator, PeriodicBox, neighbor_list::REACH};

/// Compressibility over relaxation time, in sigma^2 / epsilon per unit of time.
///
/// Only this ratio matters, and only to how fast the area relaxes, never to what is sampled. The bulk modulus at
/// pressure 0.5 is about 5 epsilon / sigma^2 for the liquid about to freeze and 20 for the crystal: their areas
/// relax in about 2 and 0.5 units of time, slower than the pressure's own jitter and faster than the eye.
const MOBILITY: f64 = 0.1;

/// The number to multiply all lengths by, for a piston of `target` pressure and a bath of `temperature` that act
/// for the time `elapsed` on a box whose present pressure is `pressure`.
pub(crate) fn length_factor(
    periodic_box: &PeriodicBox,
    pressure: f64,
    target: f64,
    temperature: f64,
    elapsed: f64,
    generator: &mut Generator,
) -> f64 {
    let area = periodic_box.area();
    let drift = -0.5 * MOBILITY * (target - pressure - 0.5 * temperature / area) * elapsed;
    let noise = (0.5 * MOBILITY * temperature * elapsed / area).sqrt() * generator.normal();
    let [width, height] = periodic_box.sides();
    // A box may not become shorter than the neighbor list's reach; no liquid or crystal comes near it.
    (1.0 + drift + noise).max(REACH / width.min(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ideal_gas_has_its_volume_distribution() {
        // With zero total momentum and no forces, P = K / V, and the ensemble has p(V) ~ V^(N-1) exp(-P0 V / T):
        // mean N T / P0, variance N (T / P0)^2. The kinetic energy is drawn as a perfect thermostat would.
        let (n, temperature, target) = (16.0, 1.0, 0.4);
        let mut generator = Generator::new(3);
        let mut periodic_box = PeriodicBox::new(6.3, 6.3).unwrap();
        let n_samples = 400_000;
        let areas: Vec<f64> = (0..n_samples)
            .map(|_| {
                let pressure = temperature * generator.gamma(n - 1.0) / periodic_box.area();
                periodic_box = periodic_box.scaled(length_factor(
                    &periodic_box,
                    pressure,
                    target,
                    temperature,
                    0.5,
                    &mut generator,
                ));
                periodic_box.area()
            })
            .collect();
        let mean = areas.iter().sum::<f64>() / f64::from(n_samples);
        let variance = areas.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / f64::from(n_samples);
        // Areas are correlated over about 1 / (MOBILITY P0 0.5) = 50 draws: some 4,000 independent ones. Standard
        // errors 0.4 % and 2.5 %; the finite step adds about 1 % (half of 0.5 * MOBILITY * P0).
        assert!((mean / (n * temperature / target) - 1.0).abs() < 0.02, "mean {mean}");
        assert!((variance / (n * (temperature / target).powi(2)) - 1.0).abs() < 0.1, "variance {variance}");
    }
}
