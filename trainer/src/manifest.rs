//! What is published about the models: `content/models/manifest.json`.

use serde::{Deserialize, Serialize};

use crate::evaluation::Measured;
use crate::{Language, Settings};

/// All published models, with what was measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// The language that all of them were trained on.
    pub language: Language,
    /// Models, the smallest first.
    pub models: Vec<Model>,
}

/// All runs of one size.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Model {
    /// Name of the size, such as `4x64`.
    pub size: String,
    /// Parameters without the embedding, gains included: the N of the scaling law.
    pub params_non_embedding: u64,
    /// Parameters in all.
    pub params: u64,
    /// Seed of the run whose weights are shipped: the median by loss at int8, or the better of the middle two.
    pub shipped_seed: u64,
    /// Every run, by seed.
    pub runs: Vec<Run>,
}

impl Model {
    /// The run whose weights are shipped.
    pub fn shipped(&self) -> Option<&Run> {
        self.runs.iter().find(|run| run.settings.seed == self.shipped_seed)
    }
}

/// A finished run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// What decided it.
    pub settings: Settings,
    /// Tokens predicted in training, padding not counted.
    pub tokens: u64,
    /// Operations of the matrix products in training, padding included.
    pub flops: f64,
    /// Time that its steps took, at whatever else the machine did.
    pub seconds: f64,
    /// Its weights at int8.
    pub weights: Weights,
    /// Measured with the weights as trained.
    pub f32: Measured,
    /// Measured with the weights as shipped.
    pub int8: Measured,
    /// The model along the way, by steps; empty for most runs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub snapshots: Vec<Snapshot>,
}

/// A model on its way. Its learning rate had not fallen yet, so it is worse than a run that ended there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Steps made.
    pub step: u64,
    /// Tokens predicted in training so far.
    pub tokens: u64,
    /// Operations in training so far.
    pub flops: f64,
    /// Its weights at int8.
    pub weights: Weights,
    /// Measured with the weights as shipped.
    pub int8: Measured,
}

/// A file of weights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Weights {
    /// Its name, which ends with the first digits of the hash.
    pub file: String,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of its content, in hexadecimal.
    pub sha256: String,
}

impl Weights {
    /// The description of a file with this content and a name that begins like this.
    pub fn describe(name: &str, bytes: &[u8]) -> Self {
        let sha256 = crate::files::sha256(bytes);
        Self { file: format!("{name}-{}.bin", &sha256[..12]), bytes: bytes.len() as u64, sha256 }
    }
}

impl Manifest {
    /// A manifest without models.
    pub const fn new(language: Language) -> Self {
        Self { language, models: Vec::new() }
    }

    /// Adds a run, in place of an earlier one of the same size and seed, and chooses again which to ship.
    pub fn insert(&mut self, run: Run, params: u64, params_non_embedding: u64) {
        let size = run.settings.size.clone();
        let index = self.models.iter().position(|model| model.size == size).unwrap_or_else(|| {
            let (runs, shipped_seed) = (Vec::new(), run.settings.seed);
            self.models.push(Model { size, params_non_embedding, params, shipped_seed, runs });
            self.models.len() - 1
        });
        let model = &mut self.models[index];
        model.runs.retain(|other| other.settings.seed != run.settings.seed);
        model.runs.push(run);
        model.runs.sort_by_key(|run| run.settings.seed);
        let mut by_loss: Vec<&Run> = model.runs.iter().collect();
        by_loss.sort_by(|a, b| a.int8.loss.fresh.total_cmp(&b.int8.loss.fresh));
        model.shipped_seed = by_loss[(by_loss.len() - 1) / 2].settings.seed;
        self.models.sort_by_key(|model| (model.params_non_embedding, model.params));
    }

    /// Every file that ought to lie beside the manifest, with what its model was measured to do and its name for
    /// people.
    pub fn shipped(&self) -> impl Iterator<Item = (String, &Weights, &Measured)> {
        self.models.iter().flat_map(|model| {
            let last = model.shipped().map(|run| (run.settings.name(), &run.weights, &run.int8));
            let snapshots = model.runs.iter().flat_map(|run| {
                run.snapshots.iter().map(|snapshot| {
                    let name = format!("{} step {}", run.settings.name(), snapshot.step);
                    (name, &snapshot.weights, &snapshot.int8)
                })
            });
            last.into_iter().chain(snapshots)
        })
    }
}
