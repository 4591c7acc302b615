//! Trains the family of models that the page ships, and measures what each can do.
//!
//! A [`Settings`] says all that decides a run; [`Training`] makes its steps on any number of threads with the same
//! result; [`run`] carries a run to its end through interruptions; [`evaluation`] measures a model; [`publication`] puts
//! weights and scores into `content/models`, and [`check`] makes the scores again from there.

pub mod check;
pub mod checkpoint;
pub mod cli;
mod error;
pub mod evaluation;
pub mod files;
mod folders;
mod language;
mod log;
pub mod manifest;
mod parallel;
mod progress;
pub mod publication;
mod readme;
mod rows;
pub mod run;
mod settings;
mod shard;
mod size;
mod training;

pub use error::{Error, Result};
pub use folders::Folders;
pub use language::Language;
pub use settings::{Settings, Shape, TOKENS};
pub use size::{LADDER, SEEDS, Size};
pub use training::{Progress, Training};
