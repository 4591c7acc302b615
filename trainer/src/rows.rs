//! Rows of text as a batch.

use tasks::Row;
use transformer::{Batch, Config, Sequences};

use crate::Result;

// Rows mark what is not predicted just as batches do.
const _: () = assert!(tasks::NO_TARGET == transformer::IGNORED);

/// Inputs and targets of some rows, `[rows, context_len]`.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    inputs: Vec<u16>,
    targets: Vec<u16>,
}

impl Rows {
    /// Leaves no row.
    pub fn clear(&mut self) {
        self.inputs.clear();
        self.targets.clear();
    }

    /// Adds a row.
    pub fn push(&mut self, row: &Row) {
        self.inputs.extend(row.inputs());
        self.targets.extend(row.targets());
    }

    /// The rows for a model.
    pub fn batch(&self, config: &Config) -> Result<Batch<'_>> {
        let inputs = Sequences::new(config, &self.inputs, tasks::CONTEXT_LEN)?;
        Ok(Batch::new(config, inputs, &self.targets)?)
    }
}
