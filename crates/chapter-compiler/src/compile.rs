//! The compiler as a whole: a folder in, two checked chapters out.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use chapter::{Chapter, DataTable, FigureId, Ladder, Language, Note};
use serde::Deserialize;

use crate::{
    Problems, Sources, ladder, languages,
    library::Library,
    nearest::unknown,
    reader::{Met, Reader},
    sections::Text,
    toml_file::TomlFile,
    usage,
};

/// What the code of a figure reads from the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FigureNeeds {
    /// The figure.
    pub figure: FigureId,
    /// Keys of the facts it quotes.
    pub facts: &'static [&'static str],
    /// Names of the tables it draws.
    pub tables: &'static [&'static str],
    /// Abilities of the trained models that it shows; empty for a figure that is not about them.
    pub abilities: &'static [&'static str],
}

/// The compiled essay.
#[derive(Clone, Debug, PartialEq)]
pub struct Essay {
    /// The chapter in each language, in the order of [`Language::ALL`].
    pub chapters: [Chapter; 2],
    /// The tables of measurements, by file name without its ending.
    pub tables: BTreeMap<String, DataTable>,
    /// The trained models with every ability.
    pub ladder: Ladder,
}

impl Essay {
    /// The chapter in this language.
    pub fn chapter(&self, language: Language) -> &Chapter {
        let [zh, en] = &self.chapters;
        match language {
            Language::Zh => zh,
            Language::En => en,
        }
    }
}

/// `chapter.toml`.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    title: String,
    description: String,
}

/// Compiles a content folder.
///
/// Each language has a folder, `zh` and `en`:
/// - `chapter.toml` holds `title` and `description`;
/// - the sections are the files `NN-slug.md` in file-name order, the same names in both languages;
/// - `00-opening.md` is what stands before the first section and has no heading;
/// - any other file starts with the section's heading, `## 5.4.1 大就是好`, and its slug is in the file name;
/// - parts of a section start with `### （2）代码生成 {#code-generation}`.
///
/// Beside them, `notes.toml`, `references.toml`, `facts.toml` and `data/*.toml` hold what the text points at, and
/// `models/manifest.json` what was measured of the trained models. Both
/// languages have the same parts, figures, tables, notes, code blocks and displayed formulas, in the same order.
/// Every note, fact, work and table is used; every figure of [`FigureId::ALL`] is placed once.
///
/// # Errors
/// Everything that is wrong with the content, at once.
pub fn compile(content: &Path, figures: &[FigureNeeds]) -> Result<Essay, Problems> {
    let mut problems = Problems::default();
    let sources = Sources::read(content, &mut problems);
    checked(compile_into(&sources, figures, &mut problems), problems)
}

/// Compiles content that is already in memory; see [`compile`].
///
/// # Errors
/// Everything that is wrong with the content, at once.
pub fn compile_sources(sources: &Sources, figures: &[FigureNeeds]) -> Result<Essay, Problems> {
    let mut problems = Problems::default();
    checked(compile_into(sources, figures, &mut problems), problems)
}

fn checked(essay: Essay, problems: Problems) -> Result<Essay, Problems> {
    if problems.is_empty() { Ok(essay) } else { Err(problems) }
}

fn compile_into(sources: &Sources, figures: &[FigureNeeds], problems: &mut Problems) -> Essay {
    let library = Library::read(sources, problems);
    let [zh, en] = Language::ALL.map(|language| Draft::read(language, sources, &library, problems));
    languages::compare([&zh.text.landmarks, &en.text.landmarks], sources, problems);
    usage::check([&zh.met, &en.met], figures, &library, sources, problems);
    let ladder = ladder::read(sources, problems);
    ladder::check(&ladder, figures, sources, problems);
    Essay {
        chapters: [zh, en].map(|draft| draft.into_chapter(figures, &library)),
        tables: library.tables.into_iter().filter_map(|(name, entry)| Some((name, entry.value?))).collect(),
        ladder,
    }
}

/// One language as it was read, before anything is known of the other.
struct Draft {
    language: Language,
    head: Head,
    text: Text,
    notes: Vec<Note>,
    met: Met,
}

impl Draft {
    fn read(language: Language, sources: &Sources, library: &Library, problems: &mut Problems) -> Self {
        let head_path = format!("{}/chapter.toml", language.folder());
        let head = TomlFile::parse(sources, &head_path, problems)
            .and_then(|file| file.document::<Head>(problems))
            .unwrap_or_default();
        let mut reader = Reader {
            language,
            library,
            file: sources.name(&head_path),
            in_note: false,
            met: Met::default(),
            problems,
        };
        let text = reader.text(sources);
        let notes = reader.notes();
        let met = reader.met;
        for (slug, place) in &met.section_links {
            if !met.sections.contains_key(slug) {
                problems
                    .add(place.clone(), unknown("section", slug, met.sections.keys().map(String::as_str)));
            }
        }
        Self { language, head, text, notes, met }
    }

    fn into_chapter(self, figures: &[FigureNeeds], library: &Library) -> Chapter {
        Chapter {
            language: self.language,
            title: self.head.title,
            description: self.head.description,
            opening: self.text.opening,
            sections: self.text.sections,
            notes: self.notes,
            references: usage::references(&self.met, figures, library),
            facts: usage::facts(&self.met, figures, library),
        }
    }
}

impl Reader<'_> {
    /// Every note of the library in this language: those with a mark, in the order of the marks, are returned; the
    /// others are read for their problems.
    fn notes(&mut self) -> Vec<Note> {
        self.in_note = true;
        let library = self.library;
        let mut notes = BTreeMap::new();
        for key in library.notes.keys() {
            let Some(note) = library.note(key, self.language) else { continue };
            self.file = Arc::clone(&note.place.file);
            if let Some(content) = self.paragraph(&note.text, note.place.line - 1, "a note") {
                notes.insert(key.as_str(), content);
            }
        }
        self.in_note = false;
        self.met
            .notes
            .iter()
            .filter_map(|(key, _)| Some(Note { key: key.clone(), content: notes.remove(key.as_str())? }))
            .collect()
    }
}
