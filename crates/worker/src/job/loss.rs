//! The loss on fresh rows.

use std::rc::Rc;

use tasks::{Corpus, Kind, NO_TARGET, Rng, Split, vocabulary::N_TOKENS};
use transformer::model::{self, Workspace};
use transformer::{Batch, IGNORED, Parameters, Sequences};

use super::{Desk, Job, Progress};
use crate::message::{KindLoss, Problem, Report};

// The language and the engine mean the same position without a target.
const _: () = assert!(NO_TARGET == IGNORED);

/// A loss that is being measured, one row a step and each kind in turn.
pub struct Loss {
    corpus: Rc<Corpus>,
    parameters: Rc<Parameters>,
    workspace: Workspace,
    kinds: Vec<(Kind, Rng, Sums)>,
    rows: u32,
    turn: usize,
}

/// Sums over the rows of a kind.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    rows: f64,
    tokens: f64,
    nats: f64,
    /// Σ of the squared mean loss of each row.
    squares: f64,
    /// Σ of the mean loss of each row.
    means: f64,
}

impl Sums {
    fn loss(&self) -> f64 {
        self.nats / self.tokens
    }

    /// From the spread of the rows' means, which are independent of each other as their tokens are not.
    fn standard_error(&self) -> f64 {
        let mean = self.means / self.rows;
        let variance = (self.squares / self.rows - mean * mean).max(0.0);
        (variance / (self.rows - 1.0).max(1.0)).sqrt()
    }
}

impl Loss {
    /// Begins to measure a model.
    pub fn new(desk: &Desk, parameters: Rc<Parameters>, rows: u32, seed: u64) -> Result<Self, Problem> {
        let corpus = desk.corpus();
        if parameters.config().vocab_size() != N_TOKENS {
            return Err(Problem::Refused("the model speaks another language".to_owned()));
        }
        let kinds = Kind::ALL.map(|kind| (kind, Rng::with_stream(seed, kind as u64), Sums::default()));
        let workspace = Workspace::new(parameters.config());
        Ok(Self { corpus, parameters, workspace, kinds: kinds.into(), rows, turn: 0 })
    }

    /// The loss of the mixture and its standard error: those of each kind, weighted with its expected number of tokens.
    /// To draw as many rows of each kind is less noisy than to draw from the mixture.
    fn mixture(&self) -> (f64, f64) {
        let corpus = &self.corpus;
        let tokens = |kind| corpus.mixture().share(kind) * corpus.targets_per_row(kind);
        let total: f64 = Kind::ALL.iter().map(|&kind| tokens(kind)).sum();
        let shares = self.kinds.iter().map(|(kind, _, sums)| (tokens(*kind) / total, sums));
        let (loss, variance) = shares.fold((0.0, 0.0), |(loss, variance), (share, sums)| {
            (loss + share * sums.loss(), variance + (share * sums.standard_error()).powi(2))
        });
        (loss, variance.sqrt())
    }
}

impl Job for Loss {
    fn step(&mut self, desk: &mut Desk) -> Result<Progress, Problem> {
        let (kind, rng, sums) = &mut self.kinds[self.turn];
        let row = self.corpus.sample_kind(*kind, rng, Split::Train);
        let config = self.parameters.config();
        let (inputs, targets) = (row.inputs(), row.targets());
        let batch = Batch::new(config, Sequences::new(config, inputs, inputs.len())?, &targets)?;
        let losses = model::losses(&mut self.workspace, &self.parameters, &batch);
        let nats: f64 = losses.iter().map(|&loss| f64::from(loss)).sum();
        let tokens = batch.n_targets() as f64;
        let mean = nats / tokens;
        sums.rows += 1.0;
        sums.tokens += tokens;
        sums.nats += nats;
        sums.means += mean;
        sums.squares += mean * mean;

        self.turn = (self.turn + 1) % self.kinds.len();
        if self.turn > 0 {
            return Ok(Progress::More);
        }
        let kinds = self.kinds.iter().map(|(kind, _, sums)| KindLoss {
            kind: *kind,
            rows: sums.rows as u32,
            loss: sums.loss() as f32,
            standard_error: sums.standard_error() as f32,
        });
        let kinds = kinds.collect();
        let (mixture, standard_error) = self.mixture();
        let (mixture, standard_error) = (mixture as f32, standard_error as f32);
        desk.report(Report::Losses { kinds, mixture, standard_error });
        let is_done = self.kinds.iter().all(|(_, _, sums)| sums.rows >= f64::from(self.rows));
        Ok(if is_done { Progress::Done } else { Progress::More })
    }
}
