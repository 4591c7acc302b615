//! The blocks a section is made of.

use crate::{FigureId, Inline};

/// A block of a section.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A bulleted or numbered list; each item is a sequence of blocks.
    List {
        /// Whether the items are numbered.
        ordered: bool,
        /// The items.
        items: Vec<Vec<Block>>,
    },
    /// A table of the text.
    Table(TableBlock),
    /// A displayed formula as a complete `<math>` element.
    Math(String),
    /// A sample of code or of a dialogue.
    Code(CodeBlock),
    /// A figure.
    Figure(FigureBlock),
}

/// A table of the text with its caption.
#[derive(Clone, Debug, PartialEq)]
pub struct TableBlock {
    /// Header cells.
    pub header: Vec<Vec<Inline>>,
    /// Rows of cells, each as long as the header.
    pub rows: Vec<Vec<Vec<Inline>>>,
    /// Caption; empty when the table has none.
    pub caption: Vec<Inline>,
}

/// A sample, highlighted when its language is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeBlock {
    /// The language named on the fence, such as `python`; empty for plain text.
    pub language: String,
    /// Escaped HTML with `hl-…` class spans; safe to set as inner HTML.
    pub html: String,
}

/// A figure's place in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureBlock {
    /// Which figure.
    pub figure: FigureId,
    /// Running number of the figure in the chapter, from 1.
    pub number: usize,
    /// Title.
    pub title: Vec<Inline>,
    /// Caption: what to look at and what to try.
    pub caption: Vec<Vec<Inline>>,
}
