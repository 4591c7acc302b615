//! The wire form of the language's types, which know no serialization themselves. The compiler checks that each mirror
//! equals its original; what there is a list of goes as its place in the list.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};
use tasks::{Ability, Gift, Kind, Line, Pair, Rule, Story, Style, Task};

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

/// A published ability as its place among them.
pub struct AbilityWire;

impl AbilityWire {
    pub fn serialize<S: Serializer>(ability: &Ability, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_place(&Ability::PUBLISHED, ability, serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Ability, D::Error> {
        deserialize_place(&Ability::PUBLISHED, deserializer)
    }
}

/// A task as its place among all.
pub struct TaskWire;

impl TaskWire {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
    pub fn serialize<S: Serializer>(task: &Task, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_place(&Task::ALL, task, serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Task, D::Error> {
        deserialize_place(&Task::ALL, deserializer)
    }
}

fn serialize_place<T: PartialEq, S: Serializer>(
    list: &[T],
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let place = list.iter().position(|own| own == value);
    let place = place.ok_or_else(|| ser::Error::custom("it is none of the list"))?;
    serializer.serialize_u8(place as u8)
}

fn deserialize_place<'de, T: Copy, D: Deserializer<'de>>(list: &[T], deserializer: D) -> Result<T, D::Error> {
    let place = u8::deserialize(deserializer)?;
    list.get(usize::from(place)).copied().ok_or_else(|| de::Error::custom("the list is shorter"))
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
    pub fn serialize<S: Serializer>(story: &Story, serializer: S) -> Result<S::Ok, S::Error> {
        let Story { problem, names, object } = *story;
        let record = Self { total: problem.total, gifts: problem.gifts.map(WiredGift), names, object };
        Serialize::serialize(&record, serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Story, D::Error> {
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
