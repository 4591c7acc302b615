//! The three rules that poems of both languages are judged by.

use crate::Rule;

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
