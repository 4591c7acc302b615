//! A single number that prose or a figure quotes.

use serde::{Deserialize, Serialize};

use crate::Provenance;

/// What a number counts or measures. The reader's locale decides how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A bare number: an exponent, a ratio, a score without a unit.
    One,
    /// A ratio between two quantities, written with "times".
    Times,
    /// Percent, 0 to 100.
    Percent,
    /// Model parameters.
    Params,
    /// Training tokens.
    Tokens,
    /// Words of text.
    Words,
    /// Books, documents, apples: counted things whose name the sentence supplies.
    Count,
    /// Floating-point operations.
    Flop,
    /// petaFLOP/s-days of compute; one is 8.64e19 floating-point operations.
    PfDays,
    /// Cross-entropy in nats per token.
    NatsPerToken,
    /// Bytes of data; shown in MB, GB or TB with decimal prefixes.
    Bytes,
    /// US dollars.
    UsDollars,
    /// US dollars per hour of one accelerator.
    UsDollarsPerHour,
    /// Hours of one accelerator.
    DeviceHours,
    /// Megawatt-hours of electricity.
    MegawattHours,
    /// Tonnes of carbon dioxide equivalent.
    TonnesCo2,
    /// Floating-point operations per second; shown in TFLOP/s.
    FlopPerSecond,
    /// Watts.
    Watts,
    /// Grams of carbon dioxide equivalent per kilowatt-hour of electricity.
    GramsPerKilowattHour,
    /// Days.
    Days,
    /// A month, as a year with a fraction: the middle of May 2020 is 2020.375.
    Month,
}

/// A number with its unit and its origin.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// The key that prose and figures use, such as `kaplan.alpha_n`.
    pub key: String,
    /// The value, in `unit`.
    pub value: f64,
    /// What the value counts or measures.
    pub unit: Unit,
    /// Significant digits to show; `None` shows the shortest form that reads back as the same value.
    #[serde(default)]
    pub digits: Option<u8>,
    /// Key of the work that states the value; `None` only where `place` shows how it was computed or the value is
    /// the textbook's.
    #[serde(default)]
    pub source: Option<String>,
    /// Where in that work (section, table, equation), or the arithmetic that gives the value.
    pub place: String,
    /// Where the number comes from.
    pub provenance: Provenance,
}
