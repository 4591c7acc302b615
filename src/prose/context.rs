//! What rendering needs to know about the whole chapter, and what it counts on the way.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use chapter::{Chapter, Fact, FigureId, Language, Note, Reference};
use yew::Html;

/// What the build provides for one figure.
pub struct FigureMarkup {
    /// The figure's island, rendered once with its still picture.
    pub island: Html,
    /// Address of its data, relative to the page.
    pub source: String,
    /// Keys of the works that its facts and tables cite.
    pub references: Vec<String>,
    /// File of the project with measurements of its own that it shows.
    pub own: Option<&'static str>,
}

/// The chapter being rendered, with the counters that give each element its id.
pub struct Context<'a> {
    /// The chapter.
    pub chapter: &'a Chapter,
    figures: &'a dyn Fn(FigureId) -> FigureMarkup,
    /// How often each work has been cited so far: gives each citation an id to link back to.
    citations: RefCell<BTreeMap<String, usize>>,
    blocks: Cell<usize>,
    /// Whether citations get an id: not in a repeated text, whose ids would clash.
    counts: Cell<bool>,
    /// Where the reference list stands, relative to the page: empty when on it.
    list: &'a str,
}

impl<'a> Context<'a> {
    /// A context for a page on which the chapter's figures look as `figures` says, and whose citations lead to the list
    /// on the page `list` (empty: the same page).
    pub fn new(chapter: &'a Chapter, figures: &'a dyn Fn(FigureId) -> FigureMarkup, list: &'a str) -> Self {
        Self {
            chapter,
            figures,
            citations: RefCell::default(),
            blocks: Cell::default(),
            counts: Cell::new(true),
            list,
        }
    }

    /// The language of the chapter.
    pub fn language(&self) -> Language {
        self.chapter.language
    }

    /// A fact by its key; the compiler has checked that it is there.
    pub fn fact(&self, key: &str) -> Option<&Fact> {
        self.chapter.facts.get(key)
    }

    /// A work by its key; the compiler has checked that it is there.
    pub fn reference(&self, key: &str) -> Option<&Reference> {
        self.chapter.references.iter().find(|reference| reference.key == key)
    }

    /// The year of a work, with a letter where the same authors have several in that year: `2022b`.
    pub fn year(&self, work: &Reference) -> String {
        let alike = |other: &&Reference| (&other.short, other.year) == (&work.short, work.year);
        let twins: Vec<_> = self.chapter.references.iter().filter(alike).collect();
        let letter = match twins.iter().position(|twin| twin.key == work.key) {
            Some(index) if twins.len() > 1 => ('a'..='z').nth(index),
            _ => None,
        };
        letter.map_or_else(|| work.year.to_string(), |letter| format!("{}{letter}", work.year))
    }

    /// A note with its number, from 1.
    pub fn note(&self, key: &str) -> Option<(usize, &Note)> {
        (1..).zip(&self.chapter.notes).find(|(_, note)| note.key == key)
    }

    /// What the build provides for a figure.
    pub fn figure(&self, figure: FigureId) -> FigureMarkup {
        (self.figures)(figure)
    }

    /// Page and fragment of the reference list.
    pub fn list_address(&self) -> String {
        format!("{}#references", self.list)
    }

    /// Page and fragment of a work's entry in the list.
    pub fn entry_address(&self, key: &str) -> String {
        format!("{}#ref-{key}", self.list)
    }

    /// The address of a margin note.
    pub fn note_address(&self, key: &str) -> String {
        format!("{}#note-{key}", self.list)
    }

    /// The id of the next citation of a work; `None` while ids are not given.
    pub fn next_citation(&self, key: &str) -> Option<String> {
        self.counts.get().then(|| {
            let mut citations = self.citations.borrow_mut();
            let count = citations.entry(key.to_owned()).or_default();
            *count += 1;
            citation_id(key, *count)
        })
    }

    /// How often a work has been cited so far.
    pub fn citations_of(&self, key: &str) -> usize {
        self.citations.borrow().get(key).copied().unwrap_or_default()
    }

    /// The id of the next block; the same in both languages, because they have the same blocks.
    pub fn next_block(&self) -> String {
        self.blocks.set(self.blocks.get() + 1);
        format!("b{}", self.blocks.get())
    }

    /// Renders something whose citations were rendered before: they get no ids this time.
    pub fn repeated<T>(&self, render: impl FnOnce() -> T) -> T {
        self.counts.set(false);
        let rendered = render();
        self.counts.set(true);
        rendered
    }
}

/// The id of a work's n-th citation.
pub fn citation_id(key: &str, count: usize) -> String {
    format!("cite-{key}-{count}")
}
