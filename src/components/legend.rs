//! What each line and dot of a plot is, with the badge of its provenance.

use chapter::{Language, Provenance};
use yew::prelude::*;

use crate::locale::words;

/// How a series is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// What the reader moves.
    Accent,
    /// A published law.
    Published,
    /// A published law behind the reader's.
    PublishedDashed,
    /// A second published law.
    Second,
    /// Marked points.
    Mark,
}

impl Line {
    const fn code(self) -> &'static str {
        match self {
            Self::Accent => "accent",
            Self::Published => "published",
            Self::PublishedDashed => "published-dashed",
            Self::Second => "second",
            Self::Mark => "mark",
        }
    }
}

/// One series of a plot.
#[derive(Clone, Debug, PartialEq)]
pub struct LegendEntry {
    /// How it is drawn.
    pub line: Line,
    /// What it is.
    pub name: AttrValue,
    /// Where its points come from.
    pub provenance: Provenance,
}

/// Properties of [`Legend`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The reader's language.
    pub language: Language,
    /// The series.
    pub entries: Vec<LegendEntry>,
}

/// The legend of a plot.
#[component]
pub fn Legend(props: &Props) -> Html {
    html! {
        <ul class="legend">
            { for props.entries.iter().map(|entry| html! {
                <li class="legend__entry">
                    <span class="legend__swatch" data-line={entry.line.code()} aria-hidden="true"></span>
                    <span class="legend__name">
                        { &entry.name }
                        <span class="badge" data-provenance={entry.provenance.word()}>
                            { words::provenance(entry.provenance, props.language) }
                        </span>
                    </span>
                </li>
            }) }
        </ul>
    }
}
