//! Running text.

use crate::FigureId;

/// A piece of running text.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    /// Plain text. Line breaks of the source are already joined.
    Text(String),
    /// A forced line break.
    LineBreak,
    /// Strong emphasis.
    Strong(Vec<Inline>),
    /// Emphasis.
    Emphasis(Vec<Inline>),
    /// Inline code.
    Code(String),
    /// A formula as a complete `<math>` element.
    Math(String),
    /// A citation of the work with this key, `<cite:key>` or `[where in it](cite:key)`.
    Citation {
        /// Key of the cited work.
        key: String,
        /// Where in the work; empty when the work as a whole is cited.
        locator: Vec<Inline>,
    },
    /// The value of the fact with this key, `<fact:key>`.
    Fact(String),
    /// The mark of the margin note with this key, `<note:key>`.
    Note(String),
    /// A link to a margin note that stands elsewhere, `[text](note:key)`.
    NoteLink {
        /// Key of the note.
        key: String,
        /// What is linked.
        content: Vec<Inline>,
    },
    /// A link out of the essay.
    Link {
        /// Absolute address.
        href: String,
        /// What is linked.
        content: Vec<Inline>,
    },
    /// A link to a section, `[text](sec:slug)`.
    SectionLink {
        /// Slug of the section.
        slug: String,
        /// What is linked.
        content: Vec<Inline>,
    },
    /// A link to a figure, `[text](fig:slug)`, or a phrase that also sets it, `[text](fig:slug?control=value)`.
    FigureLink {
        /// The figure.
        figure: FigureId,
        /// State to set, as `control=value&…` without the figure's prefix; empty for a plain link.
        state: String,
        /// What is linked.
        content: Vec<Inline>,
    },
}
