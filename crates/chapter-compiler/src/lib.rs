//! Reads the essay's `content/` folder, Markdown and TOML, into checked [`chapter`] documents.
//!
//! It runs natively at build time only. Everything that can be wrong with the content is found here and reported
//! all at once, each problem as `file:line: what`; a compiled [`Essay`] can be rendered without another check.
//!
//! Where each rule of the content format is written down:
//! - sections, their files and headings: [`compile()`];
//! - figures, `::: figure`: module `directive`;
//! - addresses, `<cite:key>` and its like: module `address`;
//! - line breaks between Chinese characters: module `line_join`;
//! - facts, references, notes and data tables: module `library`;
//! - the trained models: module `ladder`.

mod address;
mod blocks;
mod compile;
mod directive;
mod highlight;
mod inlines;
mod ladder;
mod languages;
mod library;
mod line_join;
mod math;
mod nearest;
mod problem;
mod reader;
mod sections;
mod sources;
mod toml_file;
mod usage;

pub use compile::{Essay, FigureNeeds, compile, compile_sources};
pub use problem::{Place, Problem, Problems};
pub use sources::Sources;
