//! Code: six terms of a sequence, then the program that makes them.

mod program;
mod recurrence;
mod rows;

pub use program::{MAX_MAGNITUDE, Program, ProgramError};
pub use recurrence::Recurrence;
pub(crate) use rows::Programs;
pub use rows::{N_HIDDEN_TERMS, N_SHOWN_TERMS};
