//! Scaling laws of language models: how loss falls with parameters, tokens and compute.
//!
//! Numbers in, numbers out. The crate knows forms, not findings: published constants belong to the content, and
//! appear here only in tests and examples, beside their source.
//!
//! - [`PowerLaw`] and [`JointLaw`]: Kaplan et al. 2020, loss as a straight line on logarithmic axes.
//! - [`FlooredPowerLaw`] and [`ParametricLaw`]: Hoffmann et al. 2022, loss above an irreducible floor.
//! - [`AllocationRule`], [`Isoflop`] and [`ParametricLaw::frontier`]: the best use of a compute budget.
//! - [`TrainingCost`]: device time, money, electricity and carbon of a training run.
//! - [`fit`]: the laws from measured losses, and growth from dated values, with intervals.
//! - [`Params`], [`Tokens`], [`Flops`], [`Nats`]: the four quantities that could be mistaken for each other.
//!
//! Constants of one paper must not be mixed with losses of another: they depend on tokenizer and corpus.

mod allocation;
mod compute_optimal;
mod cost;
mod error;
pub mod fit;
mod floored_power_law;
mod flops;
mod joint_law;
mod parametric_law;
mod power_law;
mod quantity;

pub use allocation::{Allocation, AllocationRule};
pub use compute_optimal::Isoflop;
pub use cost::{Accelerator, Terms, TrainingCost};
pub use error::Error;
pub use floored_power_law::FlooredPowerLaw;
pub use flops::{FLOPS_PER_PF_DAY, affordable_tokens, generation_flops, training_flops};
pub use joint_law::JointLaw;
pub use parametric_law::{ParametricConstants, ParametricLaw};
pub use power_law::PowerLaw;
pub use quantity::{Flops, Nats, Params, Tokens};
