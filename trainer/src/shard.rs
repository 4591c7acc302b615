//! A part of a batch with all that its gradient needs.

use tasks::{Corpus, Rng, Split};
use transformer::model::{self, Workspace};
use transformer::{Config, Parameters};

use crate::Result;
use crate::rows::Rows;

/// Some rows of a batch and the gradient of their loss.
#[derive(Debug)]
pub struct Shard {
    rows: Rows,
    workspace: Workspace,
    /// Of the last step.
    pub gradient: Parameters,
    /// Targets of the last step.
    pub n_targets: usize,
}

impl Shard {
    /// A shard of batches for models of this shape.
    pub fn new(config: &Config) -> Self {
        Self {
            rows: Rows::default(),
            workspace: Workspace::new(config),
            gradient: Parameters::zeros(config),
            n_targets: 0,
        }
    }

    /// Draws the rows of the next step.
    pub fn draw(&mut self, n_rows: usize, corpus: &Corpus, rng: &mut Rng) {
        self.rows.clear();
        self.n_targets = 0;
        for _ in 0..n_rows {
            let row = corpus.sample_row(rng, Split::Train);
            self.n_targets += row.n_targets();
            self.rows.push(&row);
        }
    }

    /// Computes `weight` times the gradient of the summed loss and returns that sum, in nats.
    pub fn differentiate(&mut self, parameters: &Parameters, weight: f32) -> Result<f64> {
        let batch = self.rows.batch(parameters.config())?;
        self.gradient.values_mut().fill(0.0);
        Ok(model::accumulate_gradient(&mut self.workspace, &mut self.gradient, parameters, &batch, weight))
    }
}
