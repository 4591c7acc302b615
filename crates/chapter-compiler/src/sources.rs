//! The texts of the content folder.

use std::{collections::BTreeMap, fs, path::Path, sync::Arc};

use crate::{Place, Problems};

/// The files of a content folder by name, such as `content/zh/chapter.toml`, with forward slashes on every platform.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    root: String,
    files: BTreeMap<Arc<str>, String>,
}

impl Sources {
    /// No files yet, in a folder of this name.
    pub fn new(root: &str) -> Self {
        Self { root: root.to_owned(), files: BTreeMap::new() }
    }

    /// Adds or replaces a file; its path starts inside the folder: `zh/chapter.toml`.
    pub fn insert(&mut self, path: &str, text: impl Into<String>) {
        let name = self.name(path);
        self.files.insert(name, text.into());
    }

    /// Takes a file out and returns its text, if it was there.
    pub fn remove(&mut self, path: &str) -> Option<String> {
        self.files.remove(&self.name(path))
    }

    /// The text of the file at this path inside the folder.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.get(&self.name(path)).map(String::as_str)
    }

    /// The name by which problems call the file at this path inside the folder.
    pub(crate) fn name(&self, path: &str) -> Arc<str> {
        format!("{}/{path}", self.root).into()
    }

    /// The names of the files with this ending directly in a folder inside the content folder, in order.
    pub(crate) fn names_in<'a>(&'a self, folder: &str, ending: &'a str) -> impl Iterator<Item = &'a str> {
        let prefix = format!("{}/{folder}/", self.root);
        self.files
            .keys()
            .filter_map(move |name| name.strip_prefix(prefix.as_str()))
            .filter(move |name| name.ends_with(ending) && !name.contains('/'))
    }

    /// Reads what the compiler reads of a content folder: the Markdown of both languages, the TOML and the JSON.
    ///
    /// A file that cannot be read, or is not UTF-8, is added to `problems`.
    pub(crate) fn read(content: &Path, problems: &mut Problems) -> Self {
        let root = content.file_name().map_or_else(|| "content".into(), |name| name.to_string_lossy());
        let mut sources = Self::new(&root);
        for folder in ["", "zh", "en", "data", "models"] {
            let Ok(entries) = fs::read_dir(content.join(folder)) else {
                // What is missing in it is reported file by file.
                continue;
            };
            for entry in entries.flatten() {
                let name = entry.file_name().to_string_lossy().into_owned();
                let path = entry.path();
                let is_content = path
                    .extension()
                    .is_some_and(|ending| ["md", "toml", "json"].iter().any(|own| ending == *own));
                // Dot files are what editors leave beside a file that is open.
                if !is_content || name.starts_with('.') {
                    continue;
                }
                let inside = if folder.is_empty() { name } else { format!("{folder}/{name}") };
                match fs::read_to_string(&path) {
                    Ok(text) => sources.insert(&inside, text.replace("\r\n", "\n")),
                    Err(error) => problems.add(Place::new(&sources.name(&inside), 1), error.to_string()),
                }
            }
        }
        sources
    }
}
