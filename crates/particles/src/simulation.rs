//! Advances a microstate in time: velocity Verlet, with a heat bath and a piston coupled on at intervals.

use crate::{Ensemble, Kernel, Microstate, Parameters, barostat, interactions::Interactions, thermostat};

/// Steps between two actions of thermostat and barostat.
///
/// Both are exact or mild over many steps (relaxation takes 100), and the forces must be computed once more after
/// the box has changed: ten steps make that a tenth of the work.
const COUPLING_INTERVAL: u64 = 10;

/// A microstate together with what follows from its positions: neighbor list, forces, energy, virial.
#[derive(Clone, Debug)]
pub struct Simulation {
    microstate: Microstate,
    interactions: Interactions,
}

impl Simulation {
    /// Readies `microstate` to be advanced.
    pub fn new(mut microstate: Microstate) -> Self {
        let interactions = Interactions::new(&mut microstate);
        Self { microstate, interactions }
    }

    /// Lets `kernel` run the inner loops from now on. It changes the speed and nothing else, to the last bit.
    pub fn with_kernel(mut self, kernel: Kernel) -> Self {
        self.interactions.set_kernel(kernel);
        self
    }

    /// Takes `n_steps` steps under `parameters`.
    pub fn advance(&mut self, parameters: &Parameters, n_steps: usize) {
        let end = self.microstate.step + n_steps as u64;
        let elapsed = COUPLING_INTERVAL as f64 * parameters.time_step;
        while self.microstate.step < end {
            let next_coupling = match parameters.ensemble {
                Ensemble::ConstantEnergy => end,
                _ => (self.microstate.step / COUPLING_INTERVAL + 1) * COUPLING_INTERVAL,
            };
            let n_steps = (next_coupling.min(end) - self.microstate.step) as usize;
            self.interactions.advance(&mut self.microstate, parameters.time_step, n_steps);
            if self.microstate.step == next_coupling {
                match parameters.ensemble {
                    Ensemble::ConstantEnergy => {}
                    Ensemble::ConstantDensity { temperature } => self.exchange_heat(temperature, elapsed),
                    Ensemble::ConstantPressure { temperature, pressure } => {
                        self.exchange_heat(temperature, elapsed);
                        self.move_piston(temperature, pressure, elapsed);
                    }
                }
            }
        }
    }

    /// The microstate as it is now.
    pub fn microstate(&self) -> &Microstate {
        &self.microstate
    }

    /// Gives the microstate back, to be kept or changed.
    pub fn into_microstate(self) -> Microstate {
        self.microstate
    }

    /// Stirs the particles near a point; see [`Microstate::push`].
    pub fn push(&mut self, center: [f64; 2], radius: f64, velocity: [f64; 2]) {
        self.microstate.push(center, radius, velocity);
    }

    /// Draws all velocities anew, for a sudden heating or quench; see [`Microstate::thermalize`].
    pub fn thermalize(&mut self, temperature: f64) {
        self.microstate.thermalize(temperature);
    }

    /// Potential energy of the whole system, in epsilon.
    pub fn potential_energy(&self) -> f64 {
        self.interactions.energy()
    }

    /// Potential plus kinetic energy of the whole system, in epsilon.
    pub fn total_energy(&self) -> f64 {
        self.potential_energy() + self.microstate.kinetic_energy()
    }

    /// Instantaneous pressure, in epsilon / sigma^2, from the virial theorem in two dimensions:
    /// P = (2 K + sum over pairs of r . f) / 2 V.
    ///
    /// Its mean is the thermodynamic pressure of a system of zero total momentum, which for an ideal gas is
    /// (N - 1) T / V.
    pub fn pressure(&self) -> f64 {
        (self.microstate.kinetic_energy() + 0.5 * self.interactions.virial())
            / self.microstate.periodic_box.area()
    }

    fn exchange_heat(&mut self, temperature: f64, elapsed: f64) {
        let state = &mut self.microstate;
        if state.kinetic_energy() == 0.0 {
            // Nothing that could be scaled: a system at rest is set in motion.
            state.thermalize(temperature);
            return;
        }
        let (kinetic_energy, degrees_of_freedom) = (state.kinetic_energy(), state.degrees_of_freedom());
        let factor = thermostat::velocity_factor(
            kinetic_energy,
            degrees_of_freedom,
            temperature,
            elapsed,
            &mut state.generator,
        );
        scale(&mut state.velocities, factor);
    }

    fn move_piston(&mut self, temperature: f64, target: f64, elapsed: f64) {
        let pressure = self.pressure();
        let state = &mut self.microstate;
        let factor = barostat::length_factor(
            &state.periodic_box,
            pressure,
            target,
            temperature,
            elapsed,
            &mut state.generator,
        );
        scale(&mut state.positions, factor);
        scale(&mut state.velocities, 1.0 / factor);
        state.periodic_box = state.periodic_box.scaled(factor);
        self.interactions.rescale(state, factor);
    }
}

fn scale(vectors: &mut [[f64; 2]], factor: f64) {
    for vector in vectors {
        vector[0] *= factor;
        vector[1] *= factor;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SystemSize;

    #[test]
    fn a_bath_sets_a_crystal_at_rest_in_motion() {
        let size = SystemSize::new(64).unwrap();
        let crystal = Microstate::crystal(size, 0.86, 0.3, 1).unwrap();
        let positions = crystal.positions().to_vec();
        let at_rest = Microstate::new(positions, vec![[0.0; 2]; 64], *crystal.periodic_box(), 1).unwrap();
        let mut simulation = Simulation::new(at_rest);
        let ensemble = Ensemble::ConstantDensity { temperature: 0.3 };
        simulation.advance(&Parameters { ensemble, ..Parameters::default() }, 2000);
        // 126 degrees of freedom fluctuate by 13 %.
        assert!((simulation.microstate().temperature() / 0.3 - 1.0).abs() < 0.5);
    }

    #[test]
    fn a_push_warms_only_the_velocities() {
        let size = SystemSize::new(64).unwrap();
        let mut simulation = Simulation::new(Microstate::crystal(size, 0.86, 0.3, 1).unwrap());
        let (potential, kinetic) = (simulation.potential_energy(), simulation.microstate().kinetic_energy());
        simulation.push([4.0, 4.0], 2.0, [5.0, 0.0]);
        assert_eq!(simulation.potential_energy(), potential);
        assert!(simulation.microstate().kinetic_energy() > kinetic + 5.0);
        simulation.thermalize(0.01);
        assert!(simulation.microstate().temperature() < 0.02);
    }
}
