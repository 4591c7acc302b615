//! The experiment on the stage: particles, their heat bath, and what is measured of them on the way.
//!
//! It knows steps, not time: how many are taken in a frame is the page's business, and what they lead to does not
//! depend on it.

use chapter::{DataTable, Provenance};
use particles::{HexaticOrder, Microstate, Simulation, SystemSize, Voronoi};

use super::{HOTTEST, LIQUID_DENSITY, Snapshot, local_order, parameters, row, table};
use crate::particle_kernel;

/// Steps for which a crystal melts before an experiment with a liquid: about 5 units of time.
const STEPS_TO_MELT: usize = 1_000;
/// Steps between two looks at the order.
const STEPS_PER_SAMPLE: usize = 40;
/// Samples that a dot averages: 1,600 steps, about 8 units of time.
const SAMPLES_PER_DOT: u32 = 40;
/// Most dots that are kept.
const MOST_DOTS: usize = 400;
/// By how much annealing lowers the temperature in a unit of time.
const ANNEALING_RATE: f64 = 0.0015;
/// Weight of the newest look in a particle's color: colors follow over about three looks instead of flickering.
const NEWEST: f64 = 0.35;
/// Fastest push, sigma per unit of time, a few times the thermal speed.
const FASTEST_PUSH: f64 = 1.5;
/// How far a push reaches, in sigma.
const PUSH_RADIUS: f64 = 2.5;

/// A state of the matter, averaged over time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Of the bath, epsilon.
    pub temperature: f64,
    /// Global hexatic order, 0 to 1.
    pub order: f64,
    /// Potential energy per particle, epsilon.
    pub energy: f64,
}

/// A state that an experiment has passed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Visited {
    /// Whether the temperature was raised last, or lowered.
    pub heating: bool,
    /// The state.
    pub point: Point,
}

/// What is measured of a state.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Measured {
    /// Global hexatic order, 0 to 1.
    pub order: f64,
    /// Potential energy per particle, epsilon.
    pub energy: f64,
    /// Particles per sigma^2.
    pub density: f64,
    /// Particles without six neighbors, 0 to 1.
    pub defects: f64,
}

/// A running experiment.
pub struct Experiment {
    simulation: Simulation,
    bath: f64,
    heating: bool,
    /// The temperature at which annealing ends, while it goes on.
    annealing_to: Option<f64>,
    steps_to_melt: usize,
    steps_to_sample: usize,
    voronoi: Voronoi,
    order: Vec<f64>,
    sum: Measured,
    n_samples: u32,
    latest: Measured,
    visited: Vec<Visited>,
}

impl Experiment {
    /// An experiment that goes on from a microstate.
    pub fn resumed(microstate: Microstate, bath: f64) -> Self {
        Self::new(microstate, bath, 0)
    }

    /// An experiment with a liquid, made by melting a crystal far above any melting point, and then cooled to `bath`.
    ///
    /// # Errors
    /// If there is no such size.
    pub fn liquid(n_particles: usize, bath: f64, seed: u64) -> Result<Self, particles::Error> {
        let crystal = Microstate::crystal(SystemSize::new(n_particles)?, LIQUID_DENSITY, HOTTEST, seed)?;
        Ok(Self::new(crystal, bath, STEPS_TO_MELT))
    }

    fn new(microstate: Microstate, bath: f64, steps_to_melt: usize) -> Self {
        let voronoi = Voronoi::of(microstate.positions(), microstate.periodic_box());
        let simulation = Simulation::new(microstate);
        let mut experiment = Self {
            simulation: match particle_kernel::kernel() {
                Some(kernel) => simulation.with_kernel(kernel),
                None => simulation,
            },
            bath,
            heating: false,
            annealing_to: None,
            steps_to_melt,
            steps_to_sample: STEPS_PER_SAMPLE,
            order: local_order(&voronoi, &HexaticOrder::of(&voronoi)),
            voronoi,
            sum: Measured::default(),
            n_samples: 0,
            latest: Measured::default(),
            visited: Vec::new(),
        };
        experiment.latest = experiment.look();
        experiment
    }

    /// Sets the temperature of the bath at once, and ends annealing.
    pub fn set_bath(&mut self, bath: f64) {
        if bath != self.bath {
            self.heating = bath > self.bath;
            self.bath = bath;
            self.annealing_to = None;
            self.start_dot();
        }
    }

    /// Sets the temperature to `from` at once, and lowers it slowly from there.
    pub fn anneal(&mut self, from: f64, to: f64) {
        self.set_bath(from);
        self.heating = false;
        self.annealing_to = Some(to);
    }

    /// Temperature of the bath, epsilon.
    pub fn bath(&self) -> f64 {
        self.bath
    }

    /// Whether the temperature is falling by itself.
    pub fn is_annealing(&self) -> bool {
        self.annealing_to.is_some()
    }

    /// Takes steps; returns whether a dot was added.
    pub fn advance(&mut self, n_steps: usize) -> bool {
        let mut dotted = false;
        let mut left = n_steps;
        while left > 0 {
            let melting = self.steps_to_melt > 0;
            let until_event = if melting { self.steps_to_melt } else { usize::MAX };
            let steps = left.min(self.steps_to_sample).min(until_event);
            self.simulation.advance(&parameters(if melting { HOTTEST } else { self.bath }), steps);
            left -= steps;
            self.steps_to_melt -= if melting { steps } else { 0 };
            self.steps_to_sample -= steps;
            if self.steps_to_sample == 0 {
                self.steps_to_sample = STEPS_PER_SAMPLE;
                self.latest = self.look();
                if melting {
                    self.start_dot();
                } else {
                    dotted |= self.sample();
                }
            }
        }
        dotted
    }

    /// Looks at the order now, for colors and measurement.
    fn look(&mut self) -> Measured {
        let state = self.simulation.microstate();
        self.voronoi = Voronoi::of(state.positions(), state.periodic_box());
        let hexatic = HexaticOrder::of(&self.voronoi);
        for (shown, new) in self.order.iter_mut().zip(local_order(&self.voronoi, &hexatic)) {
            *shown += NEWEST * (new - *shown);
        }
        Measured {
            order: hexatic.global(),
            energy: self.simulation.potential_energy() / state.n_particles() as f64,
            density: state.density(),
            defects: self.voronoi.defect_fraction(),
        }
    }

    /// Adds the latest look to the next dot, and lowers the temperature if that is going on.
    fn sample(&mut self) -> bool {
        let (sum, latest) = (&mut self.sum, &self.latest);
        sum.order += latest.order;
        sum.energy += latest.energy;
        self.n_samples += 1;
        let done = self.n_samples == SAMPLES_PER_DOT;
        if done {
            let n = f64::from(SAMPLES_PER_DOT);
            let point = Point { temperature: self.bath, order: sum.order / n, energy: sum.energy / n };
            if self.visited.len() == MOST_DOTS {
                self.visited.remove(0);
            }
            self.visited.push(Visited { heating: self.heating, point });
            self.start_dot();
        }
        if let Some(end) = self.annealing_to {
            let fall = ANNEALING_RATE * parameters(self.bath).time_step * STEPS_PER_SAMPLE as f64;
            self.bath = (self.bath - fall).max(end);
            self.annealing_to = self.annealing_to.filter(|_| self.bath > end);
        }
        done
    }

    fn start_dot(&mut self) {
        self.sum = Measured::default();
        self.n_samples = 0;
    }

    /// Pushes the particles around `center` (sigma) with `velocity` (sigma per unit of time).
    pub fn push(&mut self, center: [f64; 2], velocity: [f64; 2]) {
        let speed = velocity[0].hypot(velocity[1]);
        if speed > 0.0 {
            let factor = speed.min(FASTEST_PUSH) / speed;
            self.simulation.push(center, PUSH_RADIUS, velocity.map(|along| factor * along));
        }
    }

    /// Units of the particles' time that a step takes.
    pub fn time_step(&self) -> f64 {
        parameters(self.bath).time_step
    }

    /// What was last measured.
    pub fn latest(&self) -> &Measured {
        &self.latest
    }

    /// The particles.
    pub fn microstate(&self) -> &Microstate {
        self.simulation.microstate()
    }

    /// The order around each particle as it is shown: it follows the measured one smoothly.
    pub fn order(&self) -> &[f64] {
        &self.order
    }

    /// Who was next to whom at the latest look.
    pub fn voronoi(&self) -> &Voronoi {
        &self.voronoi
    }

    /// The dots so far, as a table.
    pub fn visited(&self) -> DataTable {
        let rows = self.visited.iter().map(|Visited { heating, point }| {
            let heating = f64::from(u8::from(*heating));
            row("", vec![heating, point.temperature, point.order, point.energy])
        });
        table(Provenance::Here, &["heating", "temperature", "order", "energy"], rows.collect())
    }

    /// The particles as they are now.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot::of(self.microstate(), self.order.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at_the_end(n_particles: usize, bath: f64, chunk: usize, n_steps: usize) -> Experiment {
        let mut experiment = Experiment::liquid(n_particles, bath, 1).unwrap();
        for _ in 0..n_steps / chunk {
            experiment.advance(chunk);
        }
        experiment
    }

    #[test]
    fn what_happens_does_not_depend_on_how_many_steps_a_frame_takes() {
        let (one, other) = (at_the_end(64, 0.4, 7, 7 * 400), at_the_end(64, 0.4, 100, 7 * 400));
        assert_eq!(one.microstate(), other.microstate());
        assert_eq!(one.visited, other.visited);
        assert!(!one.visited.is_empty());
    }

    #[test]
    fn a_cold_bath_orders_the_liquid_and_a_hot_one_undoes_it() {
        let mut experiment = at_the_end(64, 0.3, 100, 20_000);
        assert!(experiment.visited.last().unwrap().point.order > 0.6);
        experiment.set_bath(0.7);
        experiment.advance(10_000);
        let last = experiment.visited.last().unwrap();
        assert!(last.point.order < 0.3 && last.heating, "{last:?}");
    }

    #[test]
    fn annealing_lowers_the_temperature_to_its_end_and_stops() {
        let mut experiment = at_the_end(16, 0.6, 100, 2_000);
        experiment.anneal(0.33, 0.3);
        experiment.advance(1_000);
        assert!(experiment.is_annealing() && experiment.bath() < 0.33 && experiment.bath() > 0.3);
        experiment.advance(6_000);
        assert!(!experiment.is_annealing());
        assert_eq!(experiment.bath(), 0.3);
    }

    #[test]
    fn dots_are_bounded() {
        let mut experiment = at_the_end(16, 0.5, 100, 2_000);
        let dot = Visited { heating: false, point: Point { temperature: 0.5, order: 0.0, energy: 0.0 } };
        experiment.visited = vec![dot; MOST_DOTS];
        assert!(experiment.advance(2_000));
        assert_eq!(experiment.visited.len(), MOST_DOTS);
    }

    #[test]
    fn a_reader_who_pushes_without_mercy_breaks_nothing() {
        let mut experiment = at_the_end(64, 0.3, 100, 5_000);
        for frame in 0..300 {
            let x = 0.1 * f64::from(frame % 80);
            experiment.push([x, 4.0], [1e3, -1e3]);
            experiment.advance(16);
        }
        assert!(experiment.latest().energy.is_finite());
        experiment.advance(10_000);
        assert!(experiment.latest().energy < -1.5, "{:?}", experiment.latest());
    }
}
