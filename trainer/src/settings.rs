//! Everything that decides what a run computes.

use serde::{Deserialize, Serialize};
use tasks::Corpus;
use transformer::optimizer::{self, Schedule};
use transformer::{Architecture, Config, Positions, Unembedding};

use crate::{Language, Result, Size};

/// Tokens that each model of the ladder learns from.
pub const TOKENS: f64 = 30e6;

/// Rows in a batch. In trials 32 reached a lower loss than 64 after the same tokens.
const BATCH_ROWS: usize = 32;

/// Parts of a batch whose gradients are computed on their own and summed in order, so that the sum does not depend on
/// the number of threads. No more threads than this help.
const SHARDS: usize = 4;

/// Steps until the full learning rate.
const WARMUP: u64 = 100;

/// A few times the context; trained models were better with it than with the usual 10,000 of long contexts.
const ROPE_BASE: f32 = 1000.0;

/// The run whose weights are kept along the way.
const HISTORY: (&str, u64) = ("4x64", 0);
/// How many of them, on a logarithmic scale …
const N_SNAPSHOTS: u32 = 12;
/// … that begins at this part of the run.
const FIRST_SNAPSHOT: f64 = 1e-3;

/// The dimensions of a model, as data files state them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shape {
    /// Layers.
    pub n_layer: usize,
    /// Heads in each layer.
    pub n_head: usize,
    /// Width of the residual stream.
    pub d_model: usize,
    /// Width of the MLP's hidden layer.
    pub d_ff: usize,
    /// Tokens in the vocabulary.
    pub vocab_size: usize,
    /// Longest sequence, in tokens.
    pub context_len: usize,
    /// Base of the rotary frequencies.
    pub rope_base: f32,
}

/// The settings of a run. Two runs with equal settings on one machine give equal weights, bit for bit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// Name of the size.
    pub size: String,
    /// Dimensions of the model; the embedding is tied.
    pub shape: Shape,
    /// Seed of the first weights and of the rows.
    pub seed: u64,
    /// Steps of the whole run.
    pub steps: u64,
    /// Steps until the full learning rate, which then falls linearly to zero at the end.
    pub warmup: u64,
    /// Rows in the batch of a step.
    pub batch_rows: usize,
    /// Parts of a batch that are summed in order.
    pub shards: usize,
    /// The optimizer's settings, in words; see [`transformer::optimizer::Settings::muon`].
    pub optimizer: String,
    /// Fingerprint of the language; see [`Language`].
    pub language: String,
    /// Steps after which weights are kept for the history of the run.
    pub snapshots: Vec<u64>,
}

impl Settings {
    /// The recipe for a size, for as many steps as make about this number of tokens.
    pub fn new(size: Size, seed: u64, tokens: f64, corpus: &Corpus, language: &Language) -> Self {
        let tokens_per_step = BATCH_ROWS as f64 * corpus.mixture_floor().targets_per_row;
        let steps = (tokens / tokens_per_step).round().max(1.0) as u64;
        let has_history = (size.to_string().as_str(), seed) == HISTORY;
        Self {
            size: size.to_string(),
            shape: Shape {
                n_layer: size.n_layer,
                n_head: size.n_head,
                d_model: size.d_model,
                d_ff: 4 * size.d_model,
                vocab_size: tasks::vocabulary::N_TOKENS,
                context_len: tasks::CONTEXT_LEN,
                rope_base: ROPE_BASE,
            },
            seed,
            steps,
            warmup: WARMUP,
            batch_rows: BATCH_ROWS,
            shards: SHARDS,
            optimizer: format!("{:?}", Self::optimizer()),
            language: language.fingerprint.clone(),
            snapshots: if has_history { snapshots(steps) } else { Vec::new() },
        }
    }

    /// How weights are changed.
    pub const fn optimizer() -> optimizer::Settings {
        optimizer::Settings::muon()
    }

    /// How the learning rate moves.
    pub const fn schedule(&self) -> Schedule {
        Schedule { warmup: self.warmup, total: Some(self.steps) }
    }

    /// The model's configuration.
    ///
    /// # Errors
    /// If the dimensions do not fit together.
    pub fn config(&self) -> Result<Config> {
        let Shape { n_layer, n_head, d_model, d_ff, vocab_size, context_len, rope_base } = self.shape;
        Ok(Config::new(Architecture {
            vocab_size,
            context_len,
            n_layer,
            n_head,
            d_model,
            d_ff: Some(d_ff),
            unembedding: Unembedding::Tied,
            positions: Positions::Rotary { base: rope_base },
        })?)
    }

    /// Size and seed as one says them.
    pub fn name(&self) -> String {
        format!("{} seed {}", self.size, self.seed)
    }

    /// What differs in others, for people; empty if they are equal.
    pub fn differences(&self, other: &Self) -> Vec<String> {
        let fields = |settings: &Self| match serde_json::to_value(settings) {
            Ok(serde_json::Value::Object(fields)) => fields,
            _ => serde_json::Map::new(),
        };
        let others = fields(other);
        let differs = |(name, value): &(String, serde_json::Value)| others.get(name) != Some(value);
        let describe = |(name, value): (String, serde_json::Value)| {
            let other = others.get(&name).map_or("nothing".into(), ToString::to_string);
            format!("{name}: {value} and {other}")
        };
        fields(self).into_iter().filter(differs).map(describe).collect()
    }
}

/// Steps on a logarithmic scale, the last of which is the end.
fn snapshots(steps: u64) -> Vec<u64> {
    let part = |i: u32| FIRST_SNAPSHOT.powf(1.0 - f64::from(i) / f64::from(N_SNAPSHOTS - 1));
    let mut steps: Vec<u64> =
        (0..N_SNAPSHOTS).map(|i| ((steps as f64 * part(i)).round() as u64).max(1)).collect();
    steps.dedup();
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snapshots_grow_by_equal_factors_up_to_the_end() {
        let steps = snapshots(16_648);
        assert_eq!((steps.len(), steps[0], steps[11]), (12, 17, 16_648));
        // 1000^(1/11) = 1.874; the first few are rounded to whole steps.
        assert!(steps.windows(2).all(|pair| (1.80..1.95).contains(&(pair[1] as f64 / pair[0] as f64))));
        assert_eq!(snapshots(1), [1]);
    }

    #[test]
    fn differences_name_what_differs() {
        let (corpus, language) = (Corpus::new(), Language::new(&Corpus::new()));
        let settings = Settings::new(crate::LADDER[0], 0, 1e6, &corpus, &language);
        let longer = Settings { steps: settings.steps + 1, ..settings.clone() };
        assert!(settings.differences(&settings).is_empty());
        assert_eq!(settings.differences(&longer), ["steps: 546 and 547"]);
    }
}
