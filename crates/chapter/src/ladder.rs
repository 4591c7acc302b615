//! The essay's own models and what was measured of them, for figures.

use serde::{Deserialize, Serialize};

/// A family of models that differ in size only, and the exact floor of their loss.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ladder {
    /// Entropy of the language that all of them learned, nats per token: no loss can be lower.
    pub floor: f64,
    /// Names of the abilities that were tested, in the order of [`Run::scores`].
    pub abilities: Vec<String>,
    /// The sizes, the smallest first.
    pub rungs: Vec<Rung>,
}

/// All runs of one size.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rung {
    /// Layers and width: `4x64`.
    pub name: String,
    /// Parameters without the embedding: the N of the scaling law.
    pub params_non_embedding: u64,
    /// Parameters in all.
    pub params: u64,
    /// Seed of the run whose weights are published: the median by loss.
    pub shipped_seed: u64,
    /// Every finished run, by seed; at least one.
    pub runs: Vec<Run>,
}

/// One model: a size trained from one seed, measured at int8, the precision of published weights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// Seed of its initial weights and its training data.
    pub seed: u64,
    /// Training tokens.
    pub tokens: u64,
    /// Operations spent on its training.
    pub flops: f64,
    /// Loss on new rows of the distribution it was trained on, nats per token.
    pub loss: f64,
    /// Its score in each ability.
    pub scores: Vec<Score>,
    /// The model on its way, by tokens; empty for most runs.
    pub history: Vec<Snapshot>,
}

/// A score in one ability, on problems that training did not show. Shares are between 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// Number of problems.
    pub items: u64,
    /// Share of answers that are right as a whole: programs by running them, poems by their rules, all else by
    /// comparison.
    pub correct: f64,
    /// Share of the reference answers' tokens that the model finds most likely.
    pub token_accuracy: f64,
    /// Mean loss on the reference answers' tokens, nats.
    pub nats_per_token: f64,
}

/// A model before the end of its training; its learning rate had not fallen yet.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Training tokens so far.
    pub tokens: u64,
    /// Loss, nats per token.
    pub loss: f64,
}

impl Ladder {
    /// The same models with only these abilities, in this order; `None` if one is unknown.
    pub fn with_abilities(&self, names: &[&str]) -> Option<Self> {
        let index = |name: &&str| self.abilities.iter().position(|own| own == name);
        let indices: Vec<usize> = names.iter().map(index).collect::<Option<_>>()?;
        let mut chosen = self.clone();
        chosen.abilities = names.iter().map(|&name| name.to_owned()).collect();
        for run in chosen.rungs.iter_mut().flat_map(|rung| &mut rung.runs) {
            run.scores = indices.iter().map(|&index| run.scores[index]).collect();
        }
        Some(chosen)
    }
}

impl Rung {
    /// The run whose weights are published.
    pub fn shipped(&self) -> Option<&Run> {
        self.runs.iter().find(|run| run.seed == self.shipped_seed)
    }
}
