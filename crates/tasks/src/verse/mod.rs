//! Chinese verse: how it is written, and how it is judged.

mod rows;
mod rules;

pub(crate) use rows::Verse;
pub use rows::is_line_held_out;
pub use rules::LINE_CHARACTERS;
pub(crate) use rules::{judge, varying};
