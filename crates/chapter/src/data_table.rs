//! A table of published measurements, for figures.

use serde::{Deserialize, Serialize};

use crate::{Language, Provenance, Unit};

/// A column of a [`DataTable`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Name, such as `params`.
    pub name: String,
    /// What the column's numbers count or measure.
    pub unit: Unit,
}

/// Measurements: a label and numbers for each row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataTable {
    /// Key of the work that the numbers come from, where a row does not name its own; empty if all do.
    #[serde(default)]
    pub source: String,
    /// Where in that work.
    pub place: String,
    /// Where the numbers come from.
    pub provenance: Provenance,
    /// The numeric columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A row of a [`DataTable`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// What the row is about, such as `GPT-3 13B`; a proper name, the same in both languages unless `zh` is given.
    pub label: String,
    /// The label in Chinese, where it is another.
    #[serde(default)]
    pub zh: Option<String>,
    /// One number for each column; NaN where the source states none.
    pub values: Vec<f64>,
    /// Key of the work that this row's numbers come from, where it is not the table's.
    #[serde(default)]
    pub source: Option<String>,
    /// What kind of thing the row is about, in words that the figure knows, such as `cn` or `sparse`.
    #[serde(default)]
    pub tags: Vec<String>,
}

impl Row {
    /// The label in this language.
    pub fn name(&self, language: Language) -> &str {
        match (language, &self.zh) {
            (Language::Zh, Some(zh)) => zh,
            _ => &self.label,
        }
    }

    /// Whether the row carries this tag.
    pub fn is(&self, tag: &str) -> bool {
        self.tags.iter().any(|own| own == tag)
    }
}

impl DataTable {
    /// Keys of the works that the table cites: its own and those of its rows.
    pub fn sources(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.source.as_str())
            .filter(|source| !source.is_empty())
            .chain(self.rows.iter().filter_map(|row| row.source.as_deref()))
    }

    /// The values of the column with this name, row by row; `None` if there is no such column.
    pub fn column(&self, name: &str) -> Option<Vec<f64>> {
        let index = self.columns.iter().position(|column| column.name == name)?;
        self.rows.iter().map(|row| row.values.get(index).copied()).collect()
    }
}
