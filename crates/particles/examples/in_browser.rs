//! Isolated liquids for the benchmark in a browser (`tests/browser/particles-bench.mjs`), which calls these functions
//! and looks into this module's memory.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs, reason = "called by one script")]

use particles::{
    Ensemble, Frame, Kernel, Microstate, Parameters, PeriodicBox, SIMD_MODULE, Simulation, Task,
};

#[link(wasm_import_module = "bench")]
unsafe extern "C" {
    /// The vector module's.
    fn run(task: Task, frame: *mut Frame);
}

/// A liquid at about the pressure of the page, not far above freezing.
const DENSITY: f64 = 0.75;
const TEMPERATURE: f64 = 0.55;

/// A liquid of `n_columns` by `n_rows` particles that has forgotten the lattice it was.
#[unsafe(no_mangle)]
extern "C" fn liquid(n_columns: usize, n_rows: usize) -> *mut Simulation {
    let row_height = 0.75f64.sqrt();
    let spacing = (1.0 / (DENSITY * row_height)).sqrt();
    let site = |k: usize| {
        let (column, row) = (k % n_columns, k / n_columns);
        [(column as f64 + 0.5 * (row % 2) as f64) * spacing, row as f64 * row_height * spacing]
    };
    let sides = [n_columns as f64 * spacing, n_rows as f64 * row_height * spacing];
    let n = n_columns * n_rows;
    let microstate = Microstate::new(
        (0..n).map(site).collect(),
        vec![[0.0; 2]; n],
        PeriodicBox::new(sides[0], sides[1]).expect("hundreds of particles need a large box"),
        1,
    );
    let mut simulation = Simulation::new(microstate.expect("as many velocities as positions"));
    for temperature in [2.0 * TEMPERATURE, TEMPERATURE] {
        let ensemble = Ensemble::ConstantDensity { temperature };
        simulation.advance(&Parameters { ensemble, ..Parameters::default() }, 4000);
    }
    Box::into_raw(Box::new(simulation))
}

/// A copy, and whether it uses the vector module.
#[unsafe(no_mangle)]
extern "C" fn copy(simulation: &Simulation, vectors: bool) -> *mut Simulation {
    let mut copy = simulation.clone();
    if vectors {
        // SAFETY: the script binds `run` to the vector module on this memory.
        copy = copy.with_kernel(unsafe { Kernel::new(|task, frame| run(task, frame)) });
    }
    Box::into_raw(Box::new(copy))
}

#[unsafe(no_mangle)]
extern "C" fn advance(simulation: &mut Simulation, n_steps: usize) {
    simulation.advance(&Parameters { ensemble: Ensemble::ConstantEnergy, ..Parameters::default() }, n_steps);
}

#[unsafe(no_mangle)]
extern "C" fn total_energy(simulation: &Simulation) -> f64 {
    simulation.total_energy()
}

#[unsafe(no_mangle)]
extern "C" fn positions(simulation: &Simulation) -> *const [f64; 2] {
    simulation.microstate().positions().as_ptr()
}

#[unsafe(no_mangle)]
extern "C" fn velocities(simulation: &Simulation) -> *const [f64; 2] {
    simulation.microstate().velocities().as_ptr()
}

#[unsafe(no_mangle)]
extern "C" fn side(simulation: &Simulation, axis: usize) -> f64 {
    simulation.microstate().periodic_box().sides()[axis]
}

#[unsafe(no_mangle)]
extern "C" fn time_step() -> f64 {
    Parameters::default().time_step
}

#[unsafe(no_mangle)]
extern "C" fn simd_module() -> *const u8 {
    SIMD_MODULE.as_ptr()
}

#[unsafe(no_mangle)]
extern "C" fn simd_module_len() -> usize {
    SIMD_MODULE.len()
}
