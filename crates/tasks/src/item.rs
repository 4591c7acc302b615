//! Test items, and how an answer to one is graded.

use crate::{
    Ability, CONTEXT_LEN, Token,
    arithmetic::{Problem, Style},
    code::Recurrence,
    vocabulary::END,
};

/// A question with an answer that is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it tests.
    pub ability: Ability,
    /// What the model reads, from the kind's marker on.
    pub prompt: Vec<Token>,
    /// A right answer; the only one, except for programs, poems and the order of steps.
    pub reference: Vec<Token>,
    /// How other answers are judged.
    pub grader: Grader,
}

impl Item {
    /// How many tokens to let a model write: as many as the reference has, or, where the answer ends with the end
    /// mark, whatever the context still holds.
    pub fn max_answer_len(&self) -> usize {
        if self.reference.last() == Some(&END) {
            CONTEXT_LEN - self.prompt.len()
        } else {
            self.reference.len()
        }
    }
}

/// What makes an answer right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grader {
    /// It is the reference.
    Exact,
    /// Every step holds and the last number is what is left.
    Arithmetic(Problem, Style),
    /// It is a program whose terms are those of the sequence, shown and hidden.
    Code(Recurrence),
    /// With the prompt it is a Chinese verse.
    Verse,
    /// With the prompt it is an English couplet.
    Couplet,
}

/// A rule that an answer can keep or break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rule {
    /// Arithmetic: each equation holds and the steps are those that the problem needs.
    Steps,
    /// Arithmetic: the last number is right.
    Result,
    /// Code: it can be read and run.
    Runs,
    /// Code: it makes the terms of the prompt.
    ShownTerms,
    /// Code: it makes the next terms, which the prompt does not show.
    HiddenTerms,
    /// Poems: each word stands where its kind belongs.
    Grammar,
    /// Poems: the ends of the lines rhyme.
    Rhyme,
    /// Poems: lines are equally long (nine characters, nine syllables).
    Meter,
}

/// What is true of one line of an answer in steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Line {
    /// It is a step that the problem needs, where it is needed.
    Right,
    /// It is an equation that does not hold.
    Miscalculated,
    /// It is an equation that holds, but not the step that is needed here.
    Misplaced,
    /// It is no equation.
    Unreadable,
}

/// The judgement of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grade {
    /// The answer is right: it keeps every rule, or, where there are none, equals the reference.
    pub correct: bool,
    /// The answer equals the reference.
    pub exact: bool,
    /// Tokens that equal the reference's at the same place.
    pub n_matched: usize,
    /// Tokens of the reference.
    pub n_expected: usize,
    /// Each rule of the grader, and whether it was kept.
    pub rules: Vec<(Rule, bool)>,
    /// Arithmetic in steps: each line. Empty for all else.
    pub lines: Vec<Line>,
}

impl Grade {
    /// The grade of an answer against a reference, with what the rules said.
    pub(crate) fn new(answer: &[Token], reference: &[Token], rules: Vec<(Rule, bool)>) -> Self {
        let exact = answer == reference;
        let correct = if rules.is_empty() { exact } else { rules.iter().all(|&(_, kept)| kept) };
        let n_matched = answer.iter().zip(reference).filter(|(a, b)| a == b).count();
        Self { correct, exact, n_matched, n_expected: reference.len(), rules, lines: Vec::new() }
    }

    /// Whether a rule was kept; `None` if the grader does not have it.
    pub fn keeps(&self, rule: Rule) -> Option<bool> {
        self.rules.iter().find(|(r, _)| *r == rule).map(|&(_, kept)| kept)
    }
}
