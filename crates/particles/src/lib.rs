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
//! Numbers are `f64`: scalar machines, wasm's included, multiply and divide them about as fast as `f32`, and 1,024
//! particles fit into the first levels of cache either way. Rounding then plays no part in the drift of the
//! energy, which is left to the time step and the cutoff alone.
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

pub use error::Error;
pub use generator::Generator;
pub use hexatic_order::HexaticOrder;
pub use mean_square_displacement::MeanSquareDisplacement;
pub use microstate::Microstate;
pub use pair_correlation::PairCorrelation;
pub use parameters::{Ensemble, Parameters};
pub use periodic_box::PeriodicBox;
pub use simulation::Simulation;
pub use system_size::SystemSize;
pub use voronoi::{Bond, Voronoi};
