//! Particles that live on the page: the experiment, and its pictures on a canvas while they move, as SVG while they
//! rest.
//!
//! A picture is filled by the periodic box; what sticks out of it at one side comes in at the other. Color is the order
//! around each particle.

use particles::{Ensemble, Parameters};

#[cfg(not(target_arch = "wasm32"))]
mod caught;
mod experiment;
mod lab;
mod order;
mod painter;
mod snapshot;
mod still;

#[cfg(not(target_arch = "wasm32"))]
pub use caught::caught_freezing;
pub use experiment::{Experiment, Measured, Point, Visited};
pub use lab::{Lab, NOW, STEPS_BY_HAND, Steering, VISITED};
pub use order::{local_order, step};
pub use painter::{Painter, Scene};
pub use snapshot::{Snapshot, row, table};
pub use still::{read, svg};

/// Temperature at which a crystal melts before an experiment that begins with a liquid, in epsilon.
pub const HOTTEST: f64 = 0.9;
/// Density of that crystal, per sigma^2: of the liquid at about 0.65.
pub const LIQUID_DENSITY: f64 = 0.65;
/// Pressure of the piston, in epsilon / sigma^2: that of the curve which the project measured.
pub const PRESSURE: f64 = 0.5;

/// The surroundings of every experiment on the page, at this temperature.
pub fn parameters(temperature: f64) -> Parameters {
    let ensemble = Ensemble::ConstantPressure { temperature, pressure: PRESSURE };
    Parameters { ensemble, ..Parameters::default() }
}

/// Radius at which particles are drawn, in sigma: half their distance at the bottom of the potential's well is 0.56, so
/// neighbors in a crystal nearly touch.
pub const RADIUS: f64 = 0.5;

/// What a picture shows of the particles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Show {
    /// Discs, colored by order.
    #[default]
    Particles,
    /// Who is next to whom, with smaller discs.
    Bonds,
    /// Particles with five or seven neighbors instead of six.
    Defects,
}
