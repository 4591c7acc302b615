//! The two languages the essay is written in.

use serde::{Deserialize, Serialize};

/// A language of the essay. Chinese is the original; English is a translation of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Simplified Chinese, the original.
    Zh,
    /// English, the translation.
    En,
}

impl Language {
    /// Both languages, the original first.
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];

    /// The folder under `content/` that holds this language: `zh` or `en`.
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }

    /// The BCP 47 tag for the `lang` attribute.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// The other language.
    pub const fn other(self) -> Self {
        match self {
            Self::Zh => Self::En,
            Self::En => Self::Zh,
        }
    }
}
