//! The state of reading one language: where the reader is, what it has met, what it may point at.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chapter::{FigureId, Language};
use comrak::Options;

use crate::{Place, Problems, library::Library};

/// Something that must stand in the same order in both languages, such as `figure "scaling-law"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Landmark {
    /// Its kind and name.
    pub name: String,
    /// Where it stands.
    pub place: Place,
}

/// What the text of one language points at, gathered while it is read.
#[derive(Clone, Debug, Default)]
pub struct Met {
    /// Keys of cited works.
    pub references: BTreeSet<String>,
    /// Keys of quoted facts.
    pub facts: BTreeSet<String>,
    /// Keys of the notes in the order of their marks, and where.
    pub notes: Vec<(String, Place)>,
    /// Slugs of linked sections, and where.
    pub section_links: Vec<(String, Place)>,
    /// Slugs of sections and parts, and where.
    pub sections: BTreeMap<String, Place>,
    /// Placed figures, and where.
    pub figures: BTreeMap<FigureId, Place>,
    /// What the other language must have as well, since the start of the file.
    pub landmarks: Vec<Landmark>,
}

/// Reads the Markdown of one language into the document model.
pub struct Reader<'a> {
    /// The language of the text.
    pub language: Language,
    /// What the text can point at.
    pub library: &'a Library,
    /// The file being read.
    pub file: Arc<str>,
    /// Whether the text is a margin note, which has no notes of its own.
    pub in_note: bool,
    /// What has been met.
    pub met: Met,
    /// Where problems go.
    pub problems: &'a mut Problems,
}

impl Reader<'_> {
    /// Reports a problem on a line of the current file.
    pub fn problem(&mut self, line: usize, what: impl Into<String>) {
        self.problems.add(self.place(line), what);
    }

    /// A line of the current file.
    pub fn place(&self, line: usize) -> Place {
        Place::new(&self.file, line)
    }

    /// Records something that the other language must have at the same place.
    pub fn landmark(&mut self, line: usize, name: String) {
        let place = self.place(line);
        self.met.landmarks.push(Landmark { name, place });
    }
}

/// The Markdown that the content is written in: CommonMark with tables, `$…$`, and bold that ends at Chinese
/// punctuation.
pub fn markdown() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.math_dollars = true;
    options.extension.cjk_friendly_emphasis = true;
    // A line of dashes under a paragraph is a slip here, not a heading.
    options.parse.ignore_setext = true;
    options
}
