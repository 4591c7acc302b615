//! Measures how order sets in: cools a liquid through freezing and heats it back, at constant pressure, for
//! several sizes and seeds, and writes `crates/particles/data/freezing_curve.csv`.
//!
//!     cargo run -p particles --example freezing_curve
//!
//! The same seeds give the same file. Runs that the file already holds are not repeated, so the program may be
//! stopped and started again; delete the file to remake it all (about a quarter of an hour on one idle core, four
//! fifths of it for the largest size). What the columns mean is in `data/README.md`; what they show is claimed, and
//! checked, in `tests/freezing_curve.rs`.

use std::{
    error::Error,
    fmt::Write as _,
    fs::{self, OpenOptions},
    io::Write as _,
    path::Path,
};

use particles::{Ensemble, HexaticOrder, Microstate, Parameters, Simulation, SystemSize, Voronoi};

const HEADER: &str =
    "pressure,n_particles,seed,direction,temperature,hexatic_order,energy_per_particle,density";

/// Steps at each temperature that are left to relax: 40 units of time, ten times the area's slowest relaxation.
const STEPS_TO_RELAX: usize = 8_000;
/// Samples taken at each temperature after that, `STEPS_PER_SAMPLE` apart: 120 units of time.
const SAMPLES: usize = 300;
const STEPS_PER_SAMPLE: usize = 80;

/// One descent and ascent of the ladder of temperatures.
#[derive(Clone, Copy, PartialEq)]
struct Run {
    pressure: f64,
    /// Of the ladder, in hundredths: whole numbers step without rounding.
    hottest: u32,
    n_particles: usize,
    seed: u64,
}

/// The coldest temperature of every ladder, in hundredths.
const COLDEST: u32 = 30;

/// The sizes at the page's pressure, and one size at another pressure, for the slope of the melting line.
fn runs() -> impl Iterator<Item = Run> {
    let sizes = [(0.5, 70, 16), (0.5, 70, 64), (0.5, 70, 256), (0.3, 50, 256), (0.5, 70, 1024)];
    sizes.into_iter().flat_map(|(pressure, hottest, n_particles)| {
        (1..=3).map(move |seed| Run { pressure, hottest, n_particles, seed })
    })
}

impl Run {
    fn rows_start(&self) -> String {
        format!("{},{},{},", self.pressure, self.n_particles, self.seed)
    }

    fn parameters(&self, temperature: f64) -> Parameters {
        Parameters {
            ensemble: Ensemble::ConstantPressure { temperature, pressure: self.pressure },
            ..Parameters::default()
        }
    }

    /// The rows of the whole run, in the order of time.
    fn measure(&self) -> Result<String, particles::Error> {
        let size = SystemSize::new(self.n_particles)?;
        let hot = f64::from(self.hottest + 30) / 100.0;
        let mut simulation = Simulation::new(Microstate::crystal(size, 0.6, hot, self.seed)?);
        simulation.advance(&self.parameters(hot), STEPS_TO_RELAX);

        let mut rows = String::new();
        let cooling = (COLDEST..=self.hottest).rev().map(|t| ("cooling", t));
        let heating = (COLDEST..=self.hottest).map(|t| ("heating", t));
        for (direction, hundredths) in cooling.chain(heating) {
            let temperature = f64::from(hundredths) / 100.0;
            let [order, energy, density] = sample(&mut simulation, &self.parameters(temperature));
            let start = self.rows_start();
            writeln!(rows, "{start}{direction},{temperature},{order:.4},{energy:.4},{density:.4}")
                .expect("a string takes all that is written to it");
        }
        Ok(rows)
    }
}

/// Mean hexatic order, potential energy per particle and density.
fn sample(simulation: &mut Simulation, parameters: &Parameters) -> [f64; 3] {
    simulation.advance(parameters, STEPS_TO_RELAX);
    let mut sums = [0.0; 3];
    for _ in 0..SAMPLES {
        simulation.advance(parameters, STEPS_PER_SAMPLE);
        let state = simulation.microstate();
        let order = HexaticOrder::of(&Voronoi::of(state.positions(), state.periodic_box())).global();
        let energy = simulation.potential_energy() / state.n_particles() as f64;
        for (sum, value) in sums.iter_mut().zip([order, energy, state.density()]) {
            *sum += value;
        }
    }
    sums.map(|sum| sum / SAMPLES as f64)
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/freezing_curve.csv");
    if !path.exists() {
        fs::write(&path, format!("{HEADER}\n"))?;
    }
    for run in runs() {
        let start = run.rows_start();
        if fs::read_to_string(&path)?.lines().any(|row| row.starts_with(&start)) {
            continue;
        }
        let rows = run.measure()?;
        OpenOptions::new().append(true).open(&path)?.write_all(rows.as_bytes())?;
        println!("measured pressure {}, {} particles, seed {}", run.pressure, run.n_particles, run.seed);
    }
    Ok(())
}
