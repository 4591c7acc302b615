//! The wire form of the language's types, which know no serialization themselves. The compiler checks that each mirror
//! equals its original.

use serde::{Deserialize, Serialize};
use tasks::{
    Ability, Family, Gift, Kind, Language, LetterRule, Line, NumberRule, Pair, Rule, Story, Style, Task,
};

#[derive(Serialize, Deserialize)]
#[serde(remote = "Family")]
pub enum FamilyWire {
    Translation,
    Category,
    Letters,
    Numbers,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Pair")]
pub enum PairWire {
    Seen,
    HeldOut,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Style")]
pub enum StyleWire {
    Steps,
    Direct,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Ability")]
pub enum AbilityWire {
    Examples {
        #[serde(with = "FamilyWire")]
        family: Family,
        #[serde(with = "PairWire")]
        pair: Pair,
        shots: usize,
    },
    Maps,
    Repeats,
    Arithmetic(#[serde(with = "StyleWire")] Style),
    Code,
    Verse,
    Couplets,
    Facts,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Language")]
pub enum LanguageWire {
    English,
    Chinese,
    French,
    Japanese,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "LetterRule")]
pub enum LetterRuleWire {
    Same,
    Next,
    SecondNext,
    Previous,
    Upper,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "NumberRule")]
pub enum NumberRuleWire {
    Same,
    Add1,
    Add2,
    Add5,
    Add10,
    Subtract1,
    Double,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Task")]
pub enum TaskWire {
    Translate {
        #[serde(with = "LanguageWire")]
        from: Language,
        #[serde(with = "LanguageWire")]
        to: Language,
    },
    Categorize(#[serde(with = "LanguageWire")] Language),
    Letters(#[serde(with = "LetterRuleWire")] LetterRule),
    Numbers(#[serde(with = "NumberRuleWire")] NumberRule),
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Gift")]
enum GiftWire {
    Fraction(u8),
    Number(u8),
}

#[derive(Serialize, Deserialize)]
struct WiredGift(#[serde(with = "GiftWire")] Gift);

/// A story as a flat record: arrays cannot borrow the mirror of what they hold.
#[derive(Serialize, Deserialize)]
pub struct StoryWire {
    total: u8,
    gifts: [WiredGift; 2],
    names: [u8; 3],
    object: u8,
}

impl StoryWire {
    pub fn serialize<S: serde::Serializer>(story: &Story, serializer: S) -> Result<S::Ok, S::Error> {
        let Story { problem, names, object } = *story;
        let record = Self { total: problem.total, gifts: problem.gifts.map(WiredGift), names, object };
        Serialize::serialize(&record, serializer)
    }

    pub fn deserialize<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Story, D::Error> {
        let Self { total, gifts, names, object } = Deserialize::deserialize(deserializer)?;
        let problem = tasks::Problem { total, gifts: gifts.map(|WiredGift(gift)| gift) };
        Ok(Story { problem, names, object })
    }
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Rule")]
pub enum RuleWire {
    Steps,
    Result,
    Runs,
    ShownTerms,
    HiddenTerms,
    Grammar,
    Rhyme,
    Meter,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Line")]
pub enum LineWire {
    Right,
    Miscalculated,
    Misplaced,
    Unreadable,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Kind")]
pub enum KindWire {
    Examples,
    Maps,
    Repeats,
    Arithmetic,
    Code,
    Verse,
    Couplets,
    Facts,
}
