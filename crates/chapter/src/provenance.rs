//! Where a number comes from: every plotted series and every fact says one of these.

use serde::{Deserialize, Serialize};

/// The origin of a number or a series of points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Provenance {
    /// Measured in this page, just now.
    Here,
    /// Measured by this project's trainer or simulations; in its manifest.
    Project,
    /// Published by others; carries a source.
    Published,
    /// As the chapter states it.
    Textbook,
    /// Drawn to show an idea; not a measurement.
    Schematic,
}

impl Provenance {
    /// The word used in files and exports: `here`, `project`, `published`, `textbook`, `schematic`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Here => "here",
            Self::Project => "project",
            Self::Published => "published",
            Self::Textbook => "textbook",
            Self::Schematic => "schematic",
        }
    }
}
