//! The background lab: what figures may ask of a model, and the session that does it.
//!
//! A figure sends a [`Request`] and receives [`Event`]s; both are bytes on the way ([`encode`], [`decode`]). A
//! [`Session`] is a plain state machine: [`handle`](Session::handle) takes a request, [`advance`](Session::advance)
//! works for as long as the caller has time, [`take_events`](Session::take_events) hands out what happened. It has no
//! clock and fetches nothing, so that the same code runs in a web worker, on a page that may not start one, and in
//! native tests. In the browser `assets/lab.js` gives it time and weights.
//!
//! The page links the messages only; everything else of this crate stays in the worker's program.

mod induction;
mod interval;
mod job;
mod language;
mod message;
mod question;
mod session;
mod shelf;
#[cfg(feature = "web")]
mod web;

pub use induction::{CONTEXT_LEN, Periods, Positions, Recipe, Tokens, VOCAB_SIZE, Variant};
pub use interval::wilson;
pub use message::{
    Attention, AttentionMap, ClientId, Damaged, Event, Grade, Guess, Judged, Kept, KindLoss, Labels, Model,
    Places, Problem, Prompt, Report, Request, RunId, Step, Tally, Test, Visibility, Work, decode, encode,
};
pub use session::Session;
#[cfg(feature = "web")]
pub use web::{advance, events, fail, handle, loading, provide, wanted};
