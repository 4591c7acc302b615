//! The words of the language, as tables: what a translator or a proofreader would want to see.

pub(crate) mod arithmetic;
pub(crate) mod code;
pub(crate) mod couplet;
pub(crate) mod lexicon;
pub(crate) mod verse;
