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
    /// Filled marks of what the reader moves.
    AccentDot,
    /// Filled marks of published values.
    PublishedDot,
    /// Filled marks of a second series.
    SecondDot,
    /// A second published law behind the first.
    SecondDashed,
    /// Small marks in the background.
    MutedDot,
    /// A line in the background.
    Muted,
    /// A line in the color of marks.
    MarkLine,
    /// Rings of a second series.
    SecondRing,
}

impl Line {
    const fn code(self) -> &'static str {
        match self {
            Self::Accent => "accent",
            Self::Published => "published",
            Self::PublishedDashed => "published-dashed",
            Self::Second => "second",
            Self::Mark => "mark",
            Self::AccentDot => "accent-dot",
            Self::PublishedDot => "published-dot",
            Self::SecondDot => "second-dot",
            Self::SecondDashed => "second-dashed",
            Self::MutedDot => "muted-dot",
            Self::Muted => "muted",
            Self::MarkLine => "mark-line",
            Self::SecondRing => "second-ring",
        }
    }
}

/// One series of a plot.
pub struct LegendEntry {
    /// How it is drawn.
    pub line: Line,
    /// What it is.
    pub name: String,
    /// Where its points come from.
    pub provenance: Provenance,
}

/// The legend of a plot as HTML.
pub fn legend(entries: Vec<LegendEntry>, language: Language) -> Html {
    html! {
        <ul class="legend">
            { for entries.into_iter().map(|entry| html! {
                <li class="legend__entry">
                    <span class="legend__swatch" data-line={entry.line.code()} aria-hidden="true"></span>
                    <span class="legend__name">
                        { entry.name }
                        <span class="badge" data-provenance={entry.provenance.word()}>
                            { words::provenance(entry.provenance, language) }
                        </span>
                    </span>
                </li>
            }) }
        </ul>
    }
}
