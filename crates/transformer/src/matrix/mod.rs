//! Matrix products, where nearly all time goes: views with strides, operands packed into panels, and register tiles
//! for each instruction set.

mod kernel;
mod multiplier;
mod packed;
mod view;

pub use kernel::{Kernel, PANEL, Write};
pub use multiplier::{Multiplier, multiply};
pub use packed::Packed;
pub use view::{Matrix, MatrixMut};
