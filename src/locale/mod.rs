//! What depends on the reader's language outside of the chapter: interface words and the writing of numbers.

use chapter::Language;

pub mod number;
pub mod words;

/// The one of two texts that is in the reader's language.
pub const fn pick(language: Language, zh: &'static str, en: &'static str) -> &'static str {
    match language {
        Language::Zh => zh,
        Language::En => en,
    }
}
