//! TOML files whose every entry is read on its own and knows its line, so that one bad entry hides no other.

use std::{collections::BTreeMap, sync::Arc};

use serde::de::DeserializeOwned;
use toml::{
    Spanned,
    de::{DeTable, DeValue, ValueDeserializer},
};

use crate::{Place, Problems, Sources};

/// An entry of a file, with its place.
#[derive(Clone, Debug)]
pub struct Entry<T> {
    /// Its first line.
    pub place: Place,
    /// What it says; `None` if that could not be read, which has then been reported.
    pub value: Option<T>,
    /// The work that it names as its `source`, known even where the rest could not be read, so that the work is not
    /// called unused.
    pub source: Option<String>,
}

/// A parsed TOML file.
pub struct TomlFile<'a> {
    /// Its name.
    pub file: Arc<str>,
    text: &'a str,
    table: Spanned<DeTable<'a>>,
}

impl<'a> TomlFile<'a> {
    /// Parses the file at this path inside the content folder. What is broken is reported; the rest is kept.
    pub fn parse(sources: &'a Sources, path: &str, problems: &mut Problems) -> Option<Self> {
        let file = sources.name(path);
        let Some(text) = sources.text(path) else {
            problems.add(Place::new(&file, 1), "missing file");
            return None;
        };
        let (table, errors) = DeTable::parse_recoverable(text);
        let parsed = Self { file, text, table };
        for error in errors {
            problems.add(parsed.place(error.span()), format!("TOML: {}", error.message()));
        }
        Some(parsed)
    }

    /// The whole file as one value.
    pub fn document<T: DeserializeOwned>(&self, problems: &mut Problems) -> Option<T> {
        let value = DeValue::Table(self.table.get_ref().clone());
        self.read(Spanned::new(self.table.span(), value), problems)
    }

    /// The entries of the array of tables `[[name]]`, the only thing in the file, by their `key`.
    pub fn entries<T: DeserializeOwned>(
        &self,
        name: &str,
        problems: &mut Problems,
    ) -> BTreeMap<String, Entry<T>> {
        let mut entries = BTreeMap::<String, Entry<T>>::new();
        for (key, value) in self.table.get_ref() {
            if key.get_ref() != name {
                problems.add(
                    self.place(Some(key.span())),
                    format!("expected [[{name}]], found \"{}\"", key.get_ref()),
                );
                continue;
            }
            let Some(array) = value.get_ref().as_array() else {
                problems.add(self.place(Some(key.span())), format!("expected [[{name}]]"));
                continue;
            };
            for item in array {
                let place = self.place(Some(item.span()));
                let value = self.read(item.clone(), problems);
                let string = |name: &str| item.get_ref().get(name).and_then(|value| value.get_ref().as_str());
                // The key is known even where the rest is broken, so that no use of it is called unknown.
                let Some(key) = string("key") else { continue };
                if let Some(first) = entries.get(key) {
                    problems.add(place, format!("{name} \"{key}\" is already at line {}", first.place.line));
                } else {
                    entries.insert(
                        key.to_owned(),
                        Entry { place, value, source: string("source").map(str::to_owned) },
                    );
                }
            }
        }
        entries
    }

    /// The string at the top of the file with this name.
    pub fn string(&self, name: &str) -> Option<&str> {
        self.table.get_ref().get(name)?.get_ref().as_str()
    }

    /// The line of each item of the array with this name.
    pub fn item_places(&self, name: &str) -> Vec<Place> {
        let array = self.table.get_ref().get(name).and_then(|value| value.get_ref().as_array());
        array.into_iter().flat_map(|array| array.iter()).map(|item| self.place(Some(item.span()))).collect()
    }

    /// The line on which the text of a string value starts.
    pub fn text_place(&self, value: &Spanned<String>) -> Place {
        let span = value.span();
        let written = self.text.get(span.start..).unwrap_or_default();
        // The newline right after an opening triple quote is not part of the value.
        let skipped = written.starts_with("\"\"\"\n") || written.starts_with("'''\n");
        let mut place = self.place(Some(span));
        place.line += usize::from(skipped);
        place
    }

    fn read<T: DeserializeOwned>(&self, value: Spanned<DeValue<'a>>, problems: &mut Problems) -> Option<T> {
        T::deserialize(ValueDeserializer::from(value))
            .map_err(|error| problems.add(self.place(error.span()), error.message()))
            .ok()
    }

    fn place(&self, span: Option<std::ops::Range<usize>>) -> Place {
        let start = span.map_or(0, |span| span.start);
        let lines_before = self.text.get(..start).unwrap_or(self.text).matches('\n').count();
        Place::new(&self.file, lines_before + 1)
    }
}
