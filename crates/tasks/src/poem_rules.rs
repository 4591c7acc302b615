//! The three rules that poems of both languages are judged by, and what they depend on.

use crate::{Rule, Token};

/// Which rules a poem keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PoemRules {
    pub(crate) grammar: bool,
    pub(crate) rhyme: bool,
    pub(crate) meter: bool,
}

impl PoemRules {
    pub(crate) fn to_rules(self) -> Vec<(Rule, bool)> {
        vec![(Rule::Grammar, self.grammar), (Rule::Rhyme, self.rhyme), (Rule::Meter, self.meter)]
    }
}

/// A word of poems that is not in all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoemWord {
    /// The word.
    pub token: Token,
    /// Where it stands among the words of a first line that vary; none for words of other lines.
    pub slot: Option<usize>,
    /// Characters of Chinese words, syllables of English ones.
    pub length: usize,
    /// Words that can end a line and have the same number here rhyme.
    pub rhyme: Option<usize>,
}
