//! A small transformer in plain Rust: forward and backward by hand, training, sampling and checkpoints.
//!
//! A [`Config`] fixes the shape of a decoder-only or attention-only model; [`Parameters`] hold its weights in one flat
//! buffer; [`model`] runs it on a [`Batch`] and accumulates gradients; [`optimizer`] turns them into steps. A
//! [`Decoder`] reads token by token, [`Sampling`] chooses the next one, and [`checkpoint`] stores a model. Everything is
//! single-threaded `f32`, the same for the same seed on the same machine, and does no input or output.
//!
//! Read `ops` first, then [`model`]; [`matrix`] makes it fast.

mod batch;
pub mod checkpoint;
mod checksum;
mod config;
mod decoder;
mod error;
mod generator;
mod head_set;
mod layout;
pub mod matrix;
pub mod model;
mod ops;
pub mod optimizer;
mod parameters;
pub mod quantization;
mod sampling;
mod turn;

pub use batch::{Batch, IGNORED, Sequences};
pub use config::{Architecture, Config, MAX_PARAMS, Positions, Unembedding};
pub use decoder::Decoder;
pub use error::Error;
pub use generator::Generator;
pub use head_set::HeadSet;
pub use layout::{Layout, Role, Tensor, Weight};
pub use parameters::{Init, Parameters};
pub use sampling::{Sampling, likeliest};
