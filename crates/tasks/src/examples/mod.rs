//! In-context learning: rows of `x y ;` pairs that follow one task, which only the pairs tell.

mod rows;
mod task;

pub(crate) use rows::Examples;
pub use rows::{N_PAIRS, Pair};
pub use task::{Family, Language, LetterRule, NumberRule, Task};
