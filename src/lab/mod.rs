//! The page's side of the lab (`crates/worker`): one worker for all figures of the page.
//!
//! A figure calls [`use_lab`](crate::hooks::use_lab) once for each kind of work that should not replace the others, and
//! starts a [`Work`] when the reader asks for it; what happens comes back as [`Report`]s. Nothing is fetched before the
//! first start: then the worker's program (about 70 kB), and a model's weights when they are first needed.
//!
//! What figures need not care about: a start ends the run before and drops its late reports; work for a figure off the
//! screen makes way for that on it; nothing runs while the tab is hidden, and all goes on exactly where it was; a worker
//! that breaks down is started again with the runs that it had; where no worker can start, the same program runs on the
//! page in short slices. What they must do: show [`Report::Failed`] as a sentence, with a way to start again.

mod host;
mod hub;

pub use hub::Client;
pub use worker::{
    Attention, AttentionMap, CONTEXT_LEN, ClientId, Grade, Guess, Judged, Kept, KindLoss, Labels, Model,
    Periods, Places, Positions, Problem, Prompt, Recipe, Report, RunId, Step, Tally, Test, Tokens, Variant,
    Work, wilson,
};
