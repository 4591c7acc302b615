//! Arithmetic: the chapter's apples. Someone has n things and gives a part or a number of them away, twice.

mod judge;
mod problem;
mod rows;
mod writing;

pub(crate) use judge::judge;
pub use problem::{Gift, Problem, Story, Style};
pub(crate) use rows::Arithmetic;
