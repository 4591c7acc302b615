//! Fits of the laws to measured losses, with intervals.
//!
//! All fits are in log space: a residual is the logarithm of measured over fitted loss, so that a percent counts the
//! same at high and low loss.
//!
//! - [`power_law`]: ordinary least squares of a straight line, with exact intervals.

mod estimate;
mod goodness;
mod log_linear;
mod student_t;

#[cfg(test)]
mod split_mix;

pub use estimate::{Estimate, Interval};
pub use goodness::Goodness;
pub use log_linear::{Observation, PowerLawFit, power_law};
