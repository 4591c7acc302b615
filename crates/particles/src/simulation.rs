//! Advances a microstate in time: velocity Verlet, with a heat bath and a piston coupled on at intervals.

use crate::{
    Ensemble, Microstate, Parameters, barostat, interactions::Interactions, neighbor_list::NeighborList,
    thermostat,
};

/// Steps between two actions of thermostat and barostat.
///
/// Both are exact or mild over many steps (relaxation takes 100), and the forces must be computed once more after
/// the box has changed: ten steps make that a tenth of the work.
const COUPLING_INTERVAL: u64 = 10;

/// A microstate together with what follows from its positions: neighbor list, forces, energy, virial.
#[derive(Clone, Debug)]
pub struct Simulation {
    microstate: Microstate,
    neighbor_list: NeighborList,
    interactions: Interactions,
}

impl Simulation {
    /// Readies `microstate` to be advanced.
    pub fn new(mut microstate: Microstate) -> Self {
        microstate.wrap();
        let neighbor_list = NeighborList::new(&microstate.positions, &microstate.periodic_box);
        let interactions = Interactions::new(&microstate.positions, &neighbor_list);
        Self { microstate, neighbor_list, interactions }
    }

    /// Takes `n_steps` steps under `parameters`.
    pub fn advance(&mut self, parameters: &Parameters, n_steps: usize) {
        for _ in 0..n_steps {
            self.step(parameters.time_step);
            if self.microstate.step.is_multiple_of(COUPLING_INTERVAL) {
                let elapsed = COUPLING_INTERVAL as f64 * parameters.time_step;
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

    /// One step of velocity Verlet; velocities are at half steps between the two kicks.
    fn step(&mut self, time_step: f64) {
        self.kick(0.5 * time_step);
        for (position, velocity) in self.microstate.positions.iter_mut().zip(&self.microstate.velocities) {
            position[0] += time_step * velocity[0];
            position[1] += time_step * velocity[1];
        }
        self.update_interactions();
        self.kick(0.5 * time_step);
        self.microstate.step += 1;
    }

    fn kick(&mut self, time: f64) {
        for (velocity, force) in self.microstate.velocities.iter_mut().zip(&self.interactions.forces) {
            velocity[0] += time * force[0];
            velocity[1] += time * force[1];
        }
    }

    fn update_interactions(&mut self) {
        if self.neighbor_list.is_stale(&self.microstate.positions) {
            self.microstate.wrap();
            self.neighbor_list.rebuild(&self.microstate.positions, &self.microstate.periodic_box);
        }
        self.interactions.update(&self.microstate.positions, &self.neighbor_list);
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
        self.neighbor_list.rescale(factor, &state.periodic_box);
        self.update_interactions();
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
