//! A chapter and its sections.

use std::collections::BTreeMap;

use crate::{Block, Fact, FigureBlock, Inline, Language, Note, Reference};

/// A chapter in one language, checked: every key that its text uses is present in its maps.
#[derive(Clone, Debug, PartialEq)]
pub struct Chapter {
    /// The language it is written in.
    pub language: Language,
    /// Title with its number, such as `5.4 规模效应与涌现能力`.
    pub title: String,
    /// One-paragraph description for search engines and link previews.
    pub description: String,
    /// Blocks before the first section.
    pub opening: Vec<Block>,
    /// The sections, in order.
    pub sections: Vec<Section>,
    /// Margin notes in the order in which their marks appear; a note's number is its position from 1.
    pub notes: Vec<Note>,
    /// Cited works in the order of the list (by author, then year).
    pub references: Vec<Reference>,
    /// Facts that the text or a figure quotes, by key.
    pub facts: BTreeMap<String, Fact>,
}

/// A section or a part of one.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Name in addresses, the same in both languages; the id is `sec-<slug>`.
    pub slug: String,
    /// Heading with its number.
    pub heading: Vec<Inline>,
    /// Blocks before the first part.
    pub blocks: Vec<Block>,
    /// Parts, one heading level down.
    pub parts: Vec<Section>,
}

impl Chapter {
    /// Every block of the chapter that stands directly in a section or part, in order.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        let of_sections = self.sections.iter().flat_map(Section::all_blocks);
        self.opening.iter().chain(of_sections)
    }

    /// The figures of the chapter, in order.
    pub fn figures(&self) -> impl Iterator<Item = &FigureBlock> {
        self.blocks().filter_map(|block| match block {
            Block::Figure(figure) => Some(figure),
            _ => None,
        })
    }
}

impl Section {
    fn all_blocks(&self) -> Box<dyn Iterator<Item = &Block> + '_> {
        Box::new(self.blocks.iter().chain(self.parts.iter().flat_map(Section::all_blocks)))
    }
}
