//! A table of published measurements, for figures.

use serde::{Deserialize, Serialize};

use crate::{Provenance, Unit};

/// A column of a [`DataTable`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Name, such as `params`.
    pub name: String,
    /// What the column's numbers count or measure.
    pub unit: Unit,
}

/// Measurements with one source: a label and numbers for each row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataTable {
    /// Key of the work that the numbers come from.
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
    /// What the row is about, such as `GPT-3 13B`; a proper name, the same in both languages.
    pub label: String,
    /// One number for each column.
    pub values: Vec<f64>,
}

impl DataTable {
    /// The values of the column with this name, row by row; `None` if there is no such column.
    pub fn column(&self, name: &str) -> Option<Vec<f64>> {
        let index = self.columns.iter().position(|column| column.name == name)?;
        self.rows.iter().map(|row| row.values.get(index).copied()).collect()
    }
}
