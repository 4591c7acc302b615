//! The 28 tasks that a row of examples can follow.

use crate::{
    Token,
    vocabulary::{letter, number},
    words::{
        lexicon::CATEGORIES,
        table::{rows, token},
    },
};

/// The concepts of each category, each in every language, and the category's name.
static DICTIONARY: [([[Token; 4]; 8], Token); CATEGORIES.len()] = {
    let mut dictionary = [([[0; 4]; 8], 0); CATEGORIES.len()];
    let mut i = 0;
    while i < CATEGORIES.len() {
        dictionary[i] = (rows(CATEGORIES[i].concepts), token(CATEGORIES[i].name.0));
        i += 1;
    }
    dictionary
};

/// A language of the dictionary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    English,
    /// Chinese, in simplified characters.
    Chinese,
    /// French.
    French,
    /// Japanese, in kana.
    Japanese,
}

impl Language {
    /// All four, in the order of the dictionary's columns.
    pub const ALL: [Self; 4] = [Self::English, Self::Chinese, Self::French, Self::Japanese];

    const fn name(self) -> &'static str {
        ["English", "Chinese", "French", "Japanese"][self as usize]
    }
}

/// What happens to a letter. Letters at the end of the alphabet that have no image are not asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LetterRule {
    /// a → a.
    Same,
    /// a → b.
    Next,
    /// a → c.
    SecondNext,
    /// b → a.
    Previous,
    /// a → A.
    Upper,
}

/// What happens to a number from 0 to 49.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NumberRule {
    /// x → x.
    Same,
    /// x → x + 1.
    Add1,
    /// x → x + 2.
    Add2,
    /// x → x + 5.
    Add5,
    /// x → x + 10.
    Add10,
    /// x → x − 1, from 1 on.
    Subtract1,
    /// x → 2x.
    Double,
}

/// What a row of examples does to each `x`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Task {
    /// A word into the same word of another language.
    Translate {
        /// The language of `x`.
        from: Language,
        /// The language of `y`.
        to: Language,
    },
    /// A word of this language into its category.
    Categorize(Language),
    /// A letter into a letter.
    Letters(LetterRule),
    /// A number into a number.
    Numbers(NumberRule),
}

/// Tasks of one sort, which are scored together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    /// The twelve ordered pairs of languages.
    Translation,
    /// The four languages.
    Category,
    /// The five letter rules.
    Letters,
    /// The seven number rules.
    Numbers,
}

impl Task {
    /// All 28, family by family.
    pub const ALL: [Self; 28] = {
        use Language::{Chinese, English, French, Japanese};
        const fn translate(from: Language, to: Language) -> Task {
            Task::Translate { from, to }
        }
        [
            translate(English, Chinese),
            translate(English, French),
            translate(English, Japanese),
            translate(Chinese, English),
            translate(Chinese, French),
            translate(Chinese, Japanese),
            translate(French, English),
            translate(French, Chinese),
            translate(French, Japanese),
            translate(Japanese, English),
            translate(Japanese, Chinese),
            translate(Japanese, French),
            Self::Categorize(English),
            Self::Categorize(Chinese),
            Self::Categorize(French),
            Self::Categorize(Japanese),
            Self::Letters(LetterRule::Same),
            Self::Letters(LetterRule::Next),
            Self::Letters(LetterRule::SecondNext),
            Self::Letters(LetterRule::Previous),
            Self::Letters(LetterRule::Upper),
            Self::Numbers(NumberRule::Same),
            Self::Numbers(NumberRule::Add1),
            Self::Numbers(NumberRule::Add2),
            Self::Numbers(NumberRule::Add5),
            Self::Numbers(NumberRule::Add10),
            Self::Numbers(NumberRule::Subtract1),
            Self::Numbers(NumberRule::Double),
        ]
    };

    /// The family that the task belongs to.
    pub fn family(self) -> Family {
        match self {
            Self::Translate { .. } => Family::Translation,
            Self::Categorize(_) => Family::Category,
            Self::Letters(_) => Family::Letters,
            Self::Numbers(_) => Family::Numbers,
        }
    }

    /// The parts of what decides with a pair which side of the hold-out it is on. Together they look as `Debug` writes the
    /// task, which is not called because it would bring all that formats values.
    pub(crate) const fn key(self) -> [&'static str; 5] {
        match self {
            Self::Translate { from, to } => ["Translate { from: ", from.name(), ", to: ", to.name(), " }"],
            Self::Categorize(language) => ["Categorize(", language.name(), ")", "", ""],
            Self::Letters(rule) => {
                let name = ["Same", "Next", "SecondNext", "Previous", "Upper"][rule as usize];
                ["Letters(", name, ")", "", ""]
            }
            Self::Numbers(rule) => {
                let name = ["Same", "Add1", "Add2", "Add5", "Add10", "Subtract1", "Double"][rule as usize];
                ["Numbers(", name, ")", "", ""]
            }
        }
    }

    /// Every `x` of the task with its `y`; no `x` occurs twice.
    pub(crate) fn pairs(self) -> Vec<(Token, Token)> {
        let concepts =
            || DICTIONARY.iter().flat_map(|(concepts, name)| concepts.iter().map(|own| (own, *name)));
        match self {
            Self::Translate { from, to } => {
                concepts().map(|(words, _)| (words[from as usize], words[to as usize])).collect()
            }
            Self::Categorize(language) => {
                concepts().map(|(words, name)| (words[language as usize], name)).collect()
            }
            Self::Letters(rule) => {
                (0..26).filter_map(|x| Some((letter(x), letter(rule.apply(x)?)))).collect()
            }
            Self::Numbers(rule) => {
                (0..50).filter_map(|x| Some((number(x), number(rule.apply(x)?)))).collect()
            }
        }
    }
}

impl LetterRule {
    /// The letter index that a lower-case letter index goes to, if it has one.
    fn apply(self, x: usize) -> Option<usize> {
        let lower = |y: usize| (y < 26).then_some(y);
        match self {
            Self::Same => Some(x),
            Self::Next => lower(x + 1),
            Self::SecondNext => lower(x + 2),
            Self::Previous => x.checked_sub(1),
            Self::Upper => Some(x + 26),
        }
    }
}

impl NumberRule {
    fn apply(self, x: usize) -> Option<usize> {
        match self {
            Self::Same => Some(x),
            Self::Add1 => Some(x + 1),
            Self::Add2 => Some(x + 2),
            Self::Add5 => Some(x + 5),
            Self::Add10 => Some(x + 10),
            Self::Subtract1 => x.checked_sub(1),
            Self::Double => Some(2 * x),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn there_are_28_tasks_of_64_concepts_26_letters_or_50_numbers() {
        let sizes: Vec<usize> = Task::ALL.iter().map(|task| task.pairs().len()).collect();
        assert_eq!(sizes[..16], [64; 16]);
        assert_eq!(sizes[16..21], [26, 25, 24, 25, 26]);
        assert_eq!(sizes[21..], [50, 50, 50, 50, 50, 49, 50]);
    }

    #[test]
    fn keys_are_written_like_the_tasks() {
        assert!(Task::ALL.into_iter().all(|task| task.key().concat() == format!("{task:?}")));
    }

    #[test]
    fn no_two_words_of_the_dictionary_are_written_alike() {
        let words: HashSet<&str> = CATEGORIES.iter().flat_map(|c| c.concepts).flatten().collect();
        assert_eq!(words.len(), 256);
        assert!(CATEGORIES.iter().all(|category| !words.contains(category.name.0)));
    }

    #[test]
    fn tasks_map_what_their_names_say() {
        let goes = |task: Task, x: &str, y: &str| {
            let pair = (token(x), token(y));
            assert!(task.pairs().contains(&pair), "{task:?}: {x} {y}");
        };
        goes(Task::Translate { from: Language::English, to: Language::Chinese }, "Good morning", "早上好");
        goes(Task::Translate { from: Language::French, to: Language::Japanese }, "chat", "ねこ");
        goes(Task::Categorize(Language::Japanese), "あか", "color");
        goes(Task::Letters(LetterRule::SecondNext), "x", "z");
        goes(Task::Letters(LetterRule::Upper), "n", "N");
        goes(Task::Numbers(NumberRule::Double), "49", "98");
    }
}
