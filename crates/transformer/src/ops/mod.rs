//! The operations a transformer is made of: one a file, the backward pass beside the forward.
//!
//! Arrays are slices, row-major. `[rows, d]` stands for any number of positions of any number of sequences. A backward
//! pass is given ∂L/∂output and adds to ∂L/∂weights; whether it adds to or replaces ∂L/∂input is said where it is
//! defined.
//!
//! Hot loops over slices work on [`lanes`]. For WebAssembly those are vectors, which only functions that say
//! `target_feature` may use; a function without that line is not hot.

pub mod attention;
pub mod cross_entropy;
pub mod embedding;
pub mod exp;
pub mod lanes;
pub mod linear;
pub mod reduce;
pub mod relu_squared;
pub mod rms_norm;
pub mod rope;
pub mod softmax;

#[cfg(test)]
pub mod finite_difference;
