//! How well a small model copies, with or without some of its heads.

use std::rc::Rc;

use transformer::model::{self, Workspace};
use transformer::{Generator, HeadSet, Parameters, Sequences};

use super::read::loss;
use super::{Desk, Job, Progress};
use crate::induction::{CONTEXT_LEN, Recipe, Rows, VOCAB_SIZE};
use crate::message::{Problem, Report};

/// Fresh sequences in the measurement.
const N_ROWS: usize = 32;

/// A measurement, done in one step.
pub struct Copy {
    /// The model.
    pub parameters: Rc<Parameters>,
    /// Heads that are cut off.
    pub heads: HeadSet,
    /// Seed of the sequences.
    pub seed: u64,
}

impl Job for Copy {
    fn step(&mut self, desk: &mut Desk) -> Result<Progress, Problem> {
        let config = self.parameters.config();
        let rows = Rows::draw(&Recipe::default(), N_ROWS, &mut Generator::from_seed(self.seed));
        let sequences = Sequences::new(config, &rows.inputs, CONTEXT_LEN)?;
        let workspace = &mut Workspace::new(config);
        let logits = model::forward_without(workspace, &self.parameters, sequences, &self.heads);
        let loss = rows.mean_over_repeats(|row, at| {
            let index = row * CONTEXT_LEN + at;
            f64::from(loss(&logits[index * VOCAB_SIZE..][..VOCAB_SIZE], rows.targets[index]))
        });
        let accuracy = rows.accuracy(logits);
        desk.report(Report::Copying { loss, accuracy });
        Ok(Progress::Done)
    }
}
