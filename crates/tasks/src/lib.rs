//! The synthetic language that the trained models read: a closed vocabulary, generators of eight kinds of rows,
//! held-out tests with graders, and the exact entropy of each kind.
//!
//! [`Corpus`] is the door to all of it. Rows have [`CONTEXT_LEN`] positions; `x y ;` pairs carry no arrow (a page draws
//! it), because the answer is then one step behind the key it copies from, and small models learn to copy at all.
//! What is held out, which facts are true and which token is which are fixed: one language, for every model and page.

mod ability;
mod arithmetic;
mod code;
mod corpus;
mod couplets;
mod examples;
mod facts;
mod floor;
mod item;
mod kind;
mod maps;
mod mixture;
mod poem_rules;
mod render;
mod repeats;
mod rng;
mod row;
mod split;
mod verse;
pub mod vocabulary;
mod words;

pub use ability::Ability;
pub use arithmetic::{Gift, Problem, Story, Style};
pub use code::{MAX_MAGNITUDE, N_HIDDEN_TERMS, N_SHOWN_TERMS, Program, ProgramError, Recurrence};
pub use corpus::{Corpus, Counts};
pub use couplets::{LINE_SYLLABLES, is_middle_held_out};
pub use examples::{Family, Language, LetterRule, N_PAIRS, NumberRule, Pair, Task};
pub use facts::{N_FACTS, N_RECITED, ZIPF_EXPONENT};
pub use floor::Floor;
pub use item::{Grade, Grader, Item, Line, Rule};
pub use kind::Kind;
pub use maps::N_DRAWS;
pub use mixture::{Mixture, MixtureError};
pub use poem_rules::PoemWord;
pub use rng::Rng;
pub use row::{CONTEXT_LEN, NO_TARGET, Row};
pub use split::Split;
pub use verse::{LINE_CHARACTERS, is_line_held_out};
pub use vocabulary::{Reader, Token, UnknownWord, Vocabulary};
