//! The document model of the essay: sections, blocks and inlines, and the facts, references, notes and tables
//! that they point at.
//!
//! This crate says what a chapter *is*. How it is read from Markdown and TOML is `chapter-compiler`'s business;
//! how it looks is the app's. It is the only vocabulary that the two share.

mod block;
mod data_table;
mod document;
mod fact;
mod figure_id;
mod inline;
mod ladder;
mod language;
mod note;
mod provenance;
mod reference;

pub use block::{Block, CodeBlock, FigureBlock, TableBlock};
pub use data_table::{Column, DataTable, Row};
pub use document::{Chapter, Section};
pub use fact::{Fact, Unit};
pub use figure_id::FigureId;
pub use inline::Inline;
pub use ladder::{Ladder, Run, Rung, Score, Snapshot};
pub use language::Language;
pub use note::Note;
pub use provenance::Provenance;
pub use reference::Reference;
