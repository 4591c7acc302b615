//! Fits of the laws to measured losses and of growth to dated values, with intervals.
//!
//! All fits are in log space: a residual is the logarithm of measured over fitted loss, so that a percent counts the
//! same at high and low loss.
//!
//! - [`power_law`]: ordinary least squares of a straight line, with exact intervals.
//! - [`growth`]: the same line through dated values, for doubling times.
//! - [`floored_power_law`] and [`parametric_law`]: the robust fit of Hoffmann et al. 2022, with bootstrap intervals.

mod bfgs;
mod bootstrap;
mod estimate;
mod floored;
mod goodness;
mod growth;
mod huber;
mod line;
mod log_linear;
mod parametric;
mod split_mix;
mod student_t;
mod sum_of_powers;

pub use bootstrap::Bootstrap;
pub use estimate::{Estimate, Interval};
pub use floored::{FlooredPowerLawFit, floored_power_law};
pub use goodness::Goodness;
pub use growth::{GrowthFit, growth};
pub use huber::HOFFMANN_DELTA;
pub use log_linear::{Observation, PowerLawFit, power_law};
pub use parametric::{ParametricFit, TrainingRun, parametric_law};
