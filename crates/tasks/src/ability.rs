//! What is tested.

use crate::{
    Kind,
    arithmetic::Style,
    examples::{Family, Pair},
};

/// An ability with a score of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ability {
    /// Continue a row of examples.
    Examples {
        /// The sort of task.
        family: Family,
        /// Whether training shows the pair that is asked for.
        pair: Pair,
        /// Pairs before it, at most [`Ability::MAX_SHOTS`]. Without any the task is unknown, so a good score is
        /// impossible: that is the baseline.
        shots: usize,
    },
    /// The value of a made-up key that occurred once before.
    Maps,
    /// The rest of a string's second copy.
    Repeats,
    /// A held-out problem.
    Arithmetic(Style),
    /// A program for six terms of a held-out sequence.
    Code,
    /// Three lines after a held-out first one.
    Verse,
    /// A second line after a held-out first one.
    Couplets,
    /// The numbers of a fact; facts are learned by heart, so these were in training.
    Facts,
}

/// Examples in the short form of the list below.
const fn examples(family: Family, pair: Pair, shots: usize) -> Ability {
    Ability::Examples { family, pair, shots }
}

impl Ability {
    /// The longest prompt of examples: with its answer it is as long as a row of training.
    pub const MAX_SHOTS: usize = crate::N_PAIRS - 1;

    /// The abilities whose scores are published.
    pub const PUBLISHED: [Self; 22] = [
        examples(Family::Translation, Pair::Seen, 0),
        examples(Family::Translation, Pair::Seen, 1),
        examples(Family::Translation, Pair::Seen, 2),
        examples(Family::Translation, Pair::Seen, 4),
        examples(Family::Translation, Pair::HeldOut, 1),
        examples(Family::Translation, Pair::HeldOut, 2),
        examples(Family::Translation, Pair::HeldOut, 4),
        examples(Family::Translation, Pair::HeldOut, 14),
        examples(Family::Category, Pair::Seen, 4),
        examples(Family::Category, Pair::HeldOut, 4),
        examples(Family::Letters, Pair::Seen, 8),
        examples(Family::Letters, Pair::HeldOut, 8),
        examples(Family::Numbers, Pair::Seen, 8),
        examples(Family::Numbers, Pair::HeldOut, 8),
        Self::Maps,
        Self::Repeats,
        Self::Arithmetic(Style::Steps),
        Self::Arithmetic(Style::Direct),
        Self::Code,
        Self::Verse,
        Self::Couplets,
        Self::Facts,
    ];

    /// The kind of row that its prompts begin like.
    pub fn kind(self) -> Kind {
        match self {
            Self::Examples { .. } => Kind::Examples,
            Self::Maps => Kind::Maps,
            Self::Repeats => Kind::Repeats,
            Self::Arithmetic(_) => Kind::Arithmetic,
            Self::Code => Kind::Code,
            Self::Verse => Kind::Verse,
            Self::Couplets => Kind::Couplets,
            Self::Facts => Kind::Facts,
        }
    }

    /// The name in data files, such as `translation-held-out-4`.
    pub fn name(self) -> String {
        let fixed = match self {
            Self::Examples { family, pair, shots } => {
                let family = match family {
                    Family::Translation => "translation",
                    Family::Category => "category",
                    Family::Letters => "letters",
                    Family::Numbers => "numbers",
                };
                let pair = match pair {
                    Pair::Seen => "seen",
                    Pair::HeldOut => "held-out",
                };
                return format!("{family}-{pair}-{shots}");
            }
            Self::Maps => "maps",
            Self::Repeats => "repeats",
            Self::Arithmetic(Style::Steps) => "arithmetic-steps",
            Self::Arithmetic(Style::Direct) => "arithmetic-direct",
            Self::Code => "code",
            Self::Verse => "verse",
            Self::Couplets => "couplets",
            Self::Facts => "facts",
        };
        fixed.to_owned()
    }
}
