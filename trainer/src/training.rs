//! A run in memory: its state, and the step that changes it.

use tasks::{Corpus, Rng};
use transformer::optimizer::{Optimizer, StepPart};
use transformer::{Generator, Init, Parameters};

use crate::shard::Shard;
use crate::{Result, Settings, parallel};

/// A model in training. What happens depends on the settings alone, not on the number of threads nor on where the run
/// was interrupted.
#[derive(Debug)]
pub struct Training {
    pub(crate) settings: Settings,
    pub(crate) parameters: Parameters,
    pub(crate) optimizer: Optimizer,
    /// Draws the rows.
    pub(crate) rng: Rng,
    pub(crate) progress: Progress,
    corpus: Corpus,
    shards: Vec<Shard>,
}

/// How far a run has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Progress {
    /// Steps made.
    pub step: u64,
    /// Tokens predicted, padding not counted.
    pub tokens: u64,
    /// Loss summed over the tokens since the last line of the log, in nats.
    pub recent_loss: f64,
    /// Tokens since the last line of the log.
    pub recent_tokens: u64,
    /// Time spent on steps, over all sessions.
    pub seconds: f64,
}

impl Progress {
    /// Mean training loss since the last line of the log, in nats per token.
    pub fn mean_loss(&self) -> f64 {
        self.recent_loss / self.recent_tokens.max(1) as f64
    }
}

impl Training {
    /// The beginning of a run.
    ///
    /// # Errors
    /// If the dimensions of the model do not fit together.
    pub fn start(settings: Settings) -> Result<Self> {
        let config = settings.config()?;
        let generator = &mut Generator::from_seed(settings.seed);
        let parameters = Parameters::init(&config, Init::default(), generator);
        let optimizer = Optimizer::new(&config, Settings::optimizer());
        let rng = Rng::new(settings.seed);
        Ok(Self::from_parts(settings, parameters, optimizer, rng, Progress::default()))
    }

    /// A run with a state of its own.
    pub(crate) fn from_parts(
        settings: Settings,
        parameters: Parameters,
        optimizer: Optimizer,
        rng: Rng,
        progress: Progress,
    ) -> Self {
        let config = parameters.config();
        let shards = (0..settings.shards).map(|_| Shard::new(config)).collect();
        Self { settings, parameters, optimizer, rng, progress, corpus: Corpus::new(), shards }
    }

    /// Makes a step on up to this many threads.
    ///
    /// # Errors
    /// If a row does not fit the model.
    pub fn step(&mut self, threads: usize) -> Result<()> {
        let n_shards = self.shards.len();
        for (index, shard) in self.shards.iter_mut().enumerate() {
            let start = |index| self.settings.batch_rows * index / n_shards;
            shard.draw(start(index + 1) - start(index), &self.corpus, &mut self.rng);
        }
        let n_targets: usize = self.shards.iter().map(|shard| shard.n_targets).sum();
        let weight = 1.0 / n_targets as f32;
        let parameters = &self.parameters;
        let parts = self.shards.chunks_mut(n_shards.div_ceil(threads));
        let losses = parallel::run(parts, |shards| {
            shards
                .iter_mut()
                .map(|shard| shard.differentiate(parameters, weight))
                .collect::<Result<Vec<f64>>>()
        });
        for loss in losses.into_iter().collect::<Result<Vec<_>>>()?.into_iter().flatten() {
            self.progress.recent_loss += loss;
        }
        if let [first, others @ ..] = self.shards.as_mut_slice() {
            for other in others {
                first.gradient.add(&other.gradient);
            }
            let rate = self.settings.schedule().rate(self.progress.step);
            let parts = self.optimizer.step_in_parts(&mut self.parameters, &first.gradient, rate, threads);
            parallel::run(parts, StepPart::run);
        }
        self.progress.step += 1;
        self.progress.tokens += n_targets as u64;
        self.progress.recent_tokens += n_targets as u64;
        Ok(())
    }

    /// What decides the run.
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The model as it is.
    pub const fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    /// How far the run has come.
    pub const fn progress(&self) -> &Progress {
        &self.progress
    }

    /// Whether all steps have been made.
    pub const fn is_complete(&self) -> bool {
        self.progress.step >= self.settings.steps
    }

    /// Operations of the matrix products in one step, counted for every position of the batch, padding included.
    pub fn flops_per_step(&self) -> f64 {
        let shape = &self.settings.shape;
        let positions = (self.settings.batch_rows * shape.context_len) as f64;
        self.parameters.config().training_flops_per_token(shape.context_len) * positions
    }
}
