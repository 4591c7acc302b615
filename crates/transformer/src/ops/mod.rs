//! The operations a transformer is made of: one a file, the backward pass beside the forward.
//!
//! Arrays are slices, row-major. `[rows, d]` stands for any number of positions of any number of sequences. A backward
//! pass is given ∂L/∂output and adds to ∂L/∂weights; whether it adds to or replaces ∂L/∂input is said where it is
//! defined.
//!
//! Loops over slices are left to the compiler to turn into vectors. For WebAssembly it may only do so in functions that
//! say `target_feature`; a function without that line is either not hot or is inlined into one that has it.

pub mod attention;
pub mod cross_entropy;
pub mod embedding;
pub mod exp;
pub mod linear;
pub mod reduce;
pub mod relu_squared;
pub mod rms_norm;
pub mod rope;
pub mod softmax;

#[cfg(test)]
pub mod finite_difference;
