//! Training steps: Muon for matrices between hidden states, AdamW for everything else, or AdamW for all.

pub mod adam_w;
pub mod muon;
mod schedule;
mod step;

pub use schedule::Schedule;
pub use step::{MatrixRule, Optimizer, Settings, State, StepPart};
