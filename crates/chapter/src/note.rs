//! A margin note: an editor's remark on a sentence of the chapter.

use crate::Inline;

/// A margin note in one language. It stands beside the sentence that it is about and leaves that sentence as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// Stable key, the same in both languages, such as `gpt1-data`.
    pub key: String,
    /// The remark; one paragraph.
    pub content: Vec<Inline>,
}
