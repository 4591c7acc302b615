//! What the text points at: facts, references, margin notes and tables of measurements.
//!
//! | file | holds | as |
//! |---|---|---|
//! | `facts.toml` | `[[fact]]` | [`Fact`] |
//! | `references.toml` | `[[reference]]` | [`Reference`] |
//! | `notes.toml` | `[[note]]` with `key`, `zh`, `en` | one paragraph of inline Markdown in each language |
//! | `data/<name>.toml` | one table | [`DataTable`] |
//!
//! Keys are unique in their file. A published number names the work it is from, unless it was computed from such
//! numbers: then its `place` shows the arithmetic, with a spaced operator or `=`, as in `175e9 / 117e6`.

use std::collections::{BTreeMap, BTreeSet};

use chapter::{DataTable, Fact, Language, Provenance, Reference};
use serde::Deserialize;
use toml::Spanned;

use crate::{
    Place, Problems, Sources,
    nearest::unknown,
    toml_file::{Entry, TomlFile},
};

/// The text of a note in one language, before it is read as Markdown.
#[derive(Clone, Debug)]
pub struct NoteText {
    /// The Markdown.
    pub text: String,
    /// Where it starts.
    pub place: Place,
}

/// Everything the text can point at, by key.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// Numbers.
    pub facts: BTreeMap<String, Entry<Fact>>,
    /// Works.
    pub references: BTreeMap<String, Entry<Reference>>,
    /// Margin notes, in the order of [`Language::ALL`].
    pub notes: BTreeMap<String, Entry<[NoteText; 2]>>,
    /// Measurements; the key is the file's name without its ending.
    pub tables: BTreeMap<String, Entry<DataTable>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawNote {
    #[serde(rename = "key")]
    _key: String,
    zh: Spanned<String>,
    en: Spanned<String>,
}

impl Library {
    /// Reads and checks the four kinds of files.
    pub fn read(sources: &Sources, problems: &mut Problems) -> Self {
        let mut library = Self {
            facts: read_entries(sources, "facts.toml", "fact", problems),
            references: read_entries(sources, "references.toml", "reference", problems),
            notes: read_notes(sources, problems),
            tables: BTreeMap::new(),
        };
        let names: Vec<&str> = sources.names_in("data", ".toml").collect();
        for file_name in names {
            if let Some(file) = TomlFile::parse(sources, &format!("data/{file_name}"), problems) {
                let key = file_name.trim_end_matches(".toml").to_owned();
                library.tables.insert(key, library.read_table(&file, problems));
            }
        }
        library.check_facts(problems);
        library
    }

    /// The text of a note in this language.
    pub fn note(&self, key: &str, language: Language) -> Option<&NoteText> {
        let [zh, en] = self.notes.get(key)?.value.as_ref()?;
        Some(match language {
            Language::Zh => zh,
            Language::En => en,
        })
    }

    fn check_facts(&self, problems: &mut Problems) {
        for entry in self.facts.values() {
            let Some(fact) = &entry.value else { continue };
            let mut problem = |what: String| problems.add(entry.place.clone(), what);
            if !fact.value.is_finite() {
                problem(format!("fact \"{}\" is not a finite number", fact.key));
            }
            if fact.place.trim().is_empty() {
                problem(format!("fact \"{}\" does not say where its value stands", fact.key));
            }
            match &fact.source {
                Some(source) if !self.references.contains_key(source) => {
                    problem(self.unknown_reference(source));
                }
                None if fact.provenance == Provenance::Published && !shows_arithmetic(&fact.place) => {
                    problem(format!(
                        "fact \"{}\" is published but names no source and no arithmetic",
                        fact.key
                    ));
                }
                _ => {}
            }
        }
    }

    fn read_table(&self, file: &TomlFile<'_>, problems: &mut Problems) -> Entry<DataTable> {
        let place = Place::new(&file.file, 1);
        let value = file.document::<DataTable>(problems);
        if let Some(table) = &value {
            let rows_name_theirs = table.rows.iter().all(|row| row.source.is_some());
            let needs_source = table.provenance == Provenance::Published && !rows_name_theirs;
            let is_unknown = |source: &str| !self.references.contains_key(source);
            if (needs_source || !table.source.is_empty()) && is_unknown(&table.source) {
                problems.add(place.clone(), self.unknown_reference(&table.source));
            }
            let mut names = BTreeSet::new();
            for (column, at) in table.columns.iter().zip(file.item_places("columns")) {
                if !names.insert(&column.name) {
                    problems.add(at, format!("column \"{}\" appears twice", column.name));
                }
            }
            let width = table.columns.len();
            for (row, at) in table.rows.iter().zip(file.item_places("rows")) {
                if row.values.len() != width {
                    let what =
                        format!("row \"{}\" has {} values for {width} columns", row.label, row.values.len());
                    problems.add(at.clone(), what);
                }
                if let Some(source) = row.source.as_deref().filter(|source| is_unknown(source)) {
                    problems.add(at, self.unknown_reference(source));
                }
            }
        }
        Entry { place, value, source: file.string("source").map(str::to_owned) }
    }

    fn unknown_reference(&self, key: &str) -> String {
        unknown("reference", key, self.references.keys().map(String::as_str))
    }
}

/// Whether a fact's place shows how its value was computed. A slash or a hyphen without spaces may be part of a word.
fn shows_arithmetic(place: &str) -> bool {
    ["=", " / ", " × ", " + ", " − "].iter().any(|operator| place.contains(operator))
}

fn read_entries<T: serde::de::DeserializeOwned>(
    sources: &Sources,
    path: &str,
    name: &str,
    problems: &mut Problems,
) -> BTreeMap<String, Entry<T>> {
    TomlFile::parse(sources, path, problems).map(|file| file.entries(name, problems)).unwrap_or_default()
}

fn read_notes(sources: &Sources, problems: &mut Problems) -> BTreeMap<String, Entry<[NoteText; 2]>> {
    let Some(file) = TomlFile::parse(sources, "notes.toml", problems) else {
        return BTreeMap::new();
    };
    let text = |raw: Spanned<String>| NoteText { place: file.text_place(&raw), text: raw.into_inner() };
    file.entries::<RawNote>("note", problems)
        .into_iter()
        .map(|(key, entry)| {
            let value = entry.value.map(|raw| [text(raw.zh), text(raw.en)]);
            (key, Entry { place: entry.place, value, source: None })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arithmetic_is_told_from_a_place_in_a_work() {
        assert!(shows_arithmetic("175e9 / 117e6"));
        assert!(shows_arithmetic("24 × (1 − 1/3 − 1/4) = 10"));
        assert!(!shows_arithmetic("Table D.1"));
        assert!(!shows_arithmetic("section 2.2, the train/test split of GPT-3"));
    }
}
