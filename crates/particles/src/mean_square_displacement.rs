//! How far particles have wandered: in a solid they rattle in place, in a liquid they diffuse.

use crate::Microstate;

/// Displacements since a moment, over any number of crossings of the box.
#[derive(Clone, Debug)]
pub struct MeanSquareDisplacement {
    /// Unwrapped positions at the start, in sides of the box.
    start: Vec<[f64; 2]>,
    start_step: u64,
}

impl MeanSquareDisplacement {
    /// Starts measuring at `microstate`.
    pub fn since(microstate: &Microstate) -> Self {
        Self { start: microstate.unwrapped_fractions().collect(), start_step: microstate.step() }
    }

    /// Mean square displacement from the start to `microstate`, a later state of the same particles, in sigma^2.
    ///
    /// Measured in sides of the box, then in sigma as the box is now: breathing with the box is no displacement.
    pub fn to(&self, microstate: &Microstate) -> f64 {
        debug_assert_eq!(self.start.len(), microstate.n_particles());
        let [width, height] = microstate.periodic_box().sides();
        let squares = self.start.iter().zip(microstate.unwrapped_fractions());
        let sum: f64 =
            squares.map(|(a, b)| ((b[0] - a[0]) * width).powi(2) + ((b[1] - a[1]) * height).powi(2)).sum();
        sum / self.start.len() as f64
    }

    /// Diffusion coefficient, in sigma^2 per unit of time, by Einstein's relation in two dimensions,
    /// D = displacement^2 / 4 t, after steps of `time_step`; zero before any step.
    ///
    /// An estimate: it includes the ballistic start, and in two dimensions D grows slowly with the size of the
    /// system. A solid's tends to zero as 1 / t.
    pub fn diffusion(&self, microstate: &Microstate, time_step: f64) -> f64 {
        let n_steps = microstate.step() - self.start_step;
        if n_steps == 0 { 0.0 } else { self.to(microstate) / (4.0 * n_steps as f64 * time_step) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Ensemble, Parameters, Simulation, SystemSize};

    #[test]
    fn free_flight_covers_velocity_times_time_across_the_boundary() {
        // Two particles too far apart to feel each other cross a box of 20 one and a half times.
        let periodic_box = crate::PeriodicBox::new(20.0, 20.0).unwrap();
        let state =
            Microstate::new(vec![[1.0, 2.0], [1.0, 12.0]], vec![[3.0, 0.0], [-3.0, 0.0]], periodic_box, 1);
        let mut simulation = Simulation::new(state.unwrap());
        let since = MeanSquareDisplacement::since(simulation.microstate());
        let parameters = Parameters { ensemble: Ensemble::ConstantEnergy, time_step: 0.01 };
        simulation.advance(&parameters, 1000);
        assert!((since.to(simulation.microstate()) - 900.0).abs() < 1e-6);
        assert!((since.diffusion(simulation.microstate(), 0.01) - 900.0 / 40.0).abs() < 1e-7);
    }

    #[test]
    fn a_liquid_diffuses_and_a_crystal_does_not() {
        let displacement = |density, temperature| {
            let size = SystemSize::new(64).unwrap();
            let mut simulation = Simulation::new(Microstate::crystal(size, density, temperature, 1).unwrap());
            let parameters =
                Parameters { ensemble: Ensemble::ConstantDensity { temperature }, ..Parameters::default() };
            simulation.advance(&parameters, 4000);
            let since = MeanSquareDisplacement::since(simulation.microstate());
            simulation.advance(&parameters, 8000);
            since.to(simulation.microstate())
        };
        // Lindemann's rule: a crystal has melted when it rattles by more than about 0.15 spacings, 0.02 sigma^2 each way.
        assert!(displacement(0.9, 0.3) < 0.2);
        assert!(displacement(0.7, 0.8) > 2.0);
    }
}
