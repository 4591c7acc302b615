//! The kinds of rows that the language has.

/// What a row is about. Every row opens with the marker of its kind, so a model always knows which it reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// `x y ;` pairs of one task: translation, category, letter rule, number rule.
    Examples,
    /// `x y ;` pairs of a map made up for this row.
    Maps,
    /// A random string, again and again.
    Repeats,
    /// Things given away, counted with steps and without.
    Arithmetic,
    /// Six terms of a sequence and the program that makes them.
    Code,
    /// Four-line verse in Chinese.
    Verse,
    /// Couplets in English.
    Couplets,
    /// Made-up facts to be remembered.
    Facts,
}

impl Kind {
    /// Every kind, in the order of [`Mixture`](crate::Mixture) shares.
    pub const ALL: [Self; 8] = [
        Self::Examples,
        Self::Maps,
        Self::Repeats,
        Self::Arithmetic,
        Self::Code,
        Self::Verse,
        Self::Couplets,
        Self::Facts,
    ];

    /// The name in data files and in the marker's text.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Examples => "examples",
            Self::Maps => "maps",
            Self::Repeats => "repeats",
            Self::Arithmetic => "arithmetic",
            Self::Code => "code",
            Self::Verse => "verse",
            Self::Couplets => "couplets",
            Self::Facts => "facts",
        }
    }
}
