//! Two-dimensional Lennard-Jones matter: particles that attract each other a little apart, repel when pressed
//! together, and freeze when cooled.
//!
//! Everything is in reduced Lennard-Jones units: length in sigma, energy in epsilon, the particle's mass and
//! k_B are 1; the unit of time is then sigma (m / epsilon)^(1/2), about 2.2 ps for argon.
//!
//! The [`Microstate`] is what is needed to continue (positions, velocities, box, step, generator);
//! [`Parameters`] steer and are passed in; a [`Simulation`] advances the one under the other. Observables are
//! read from either: [`Simulation::pressure`], [`Voronoi`], [`HexaticOrder`], [`PairCorrelation`],
//! [`MeanSquareDisplacement`].
//!
//! Positions, velocities and sums are `f64`; forces on pairs are computed four at a time in `f32`, from differences
//! that are exact (see `kernel.rs`), so that the drift of the energy is left to the time step. In the page a
//! [`Kernel`] with WebAssembly's vectors can take over the inner loops.
//!
//! ```
//! use particles::{Ensemble, HexaticOrder, Microstate, Parameters, Simulation, SystemSize, Voronoi};
//!
//! let size = SystemSize::new(64)?;
//! let mut simulation = Simulation::new(Microstate::crystal(size, 0.85, 0.3, 1)?);
//! let parameters = Parameters {
//!     ensemble: Ensemble::ConstantPressure { temperature: 0.3, pressure: 0.5 },
//!     ..Parameters::default()
//! };
//! simulation.advance(&parameters, 200);
//! let voronoi = Voronoi::of(simulation.microstate().positions(), simulation.microstate().periodic_box());
//! assert!(HexaticOrder::of(&voronoi).global() > 0.8, "a cold crystal stays a crystal");
//! # Ok::<(), particles::Error>(())
//! ```

mod barostat;
mod error;
mod generator;
mod hexatic_order;
mod interactions;
mod kernel;
mod lanes;
pub mod lennard_jones;
mod mean_square_displacement;
mod microstate;
mod neighbor_list;
mod pair_correlation;
mod parameters;
mod periodic_box;
mod simulation;
mod system_size;
mod thermostat;
mod voronoi;

/// The kernel as a WebAssembly module with vectors, for a [`Kernel`]. It imports the memory to work on as `memory` of
/// `env`, and exports `run(task, frame)`.
#[cfg(target_arch = "wasm32")]
pub static SIMD_MODULE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/simd.wasm"));

pub use error::Error;
pub use generator::Generator;
pub use hexatic_order::HexaticOrder;
pub use interactions::Kernel;
pub use kernel::{Frame, Task};
pub use mean_square_displacement::MeanSquareDisplacement;
pub use microstate::Microstate;
pub use pair_correlation::PairCorrelation;
pub use parameters::{Ensemble, Parameters};
pub use periodic_box::PeriodicBox;
pub use simulation::Simulation;
pub use system_size::SystemSize;
pub use voronoi::{Bond, Voronoi};
