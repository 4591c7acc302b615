//! What depends on the reader's language outside of the chapter: interface words and the writing of numbers.

pub mod number;
pub mod words;
