//! The words of the language, as tables: what a translator or a proofreader would want to see.

pub(crate) mod arithmetic;
pub(crate) mod code;
pub(crate) mod couplet;
pub(crate) mod lexicon;
mod marks;
pub(crate) mod table;
pub(crate) mod verse;
