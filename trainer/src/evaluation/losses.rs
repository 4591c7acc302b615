//! Mean loss on rows of each kind.

use std::collections::BTreeMap;

use tasks::{Corpus, Kind, Rng, Split};
use transformer::Parameters;
use transformer::model::{self, Workspace};

use super::measured::{Loss, Measured, rounded};
use super::{BATCH, SEED};
use crate::rows::Rows;
use crate::{Result, parallel};

/// The losses of a model on `n_rows` fresh and as many held-out rows of each kind.
pub fn measure(corpus: &Corpus, parameters: &Parameters, n_rows: usize, threads: usize) -> Result<Measured> {
    let fresh = mean_losses(corpus, parameters, Split::Train, n_rows, threads)?;
    let held_out = mean_losses(corpus, parameters, Split::Test, n_rows, threads)?;
    let loss = |kind: Kind| Loss {
        fresh: rounded(fresh[kind as usize]),
        held_out: rounded(held_out[kind as usize]),
    };
    Ok(Measured {
        loss: Loss { fresh: rounded(mixed(corpus, &fresh)), held_out: rounded(mixed(corpus, &held_out)) },
        kinds: Kind::ALL.iter().map(|&kind| (kind.name().to_owned(), loss(kind))).collect(),
        scores: BTreeMap::new(),
    })
}

/// Mean loss on new rows of each kind, in nats per token and in the order of [`Kind::ALL`].
///
/// # Errors
/// If the model does not fit the language.
pub fn mean_losses(
    corpus: &Corpus,
    parameters: &Parameters,
    split: Split,
    n_rows: usize,
    threads: usize,
) -> Result<[f64; Kind::ALL.len()]> {
    let mut batches = Vec::new();
    for kind in Kind::ALL {
        let rng = &mut Rng::with_stream(SEED, 2 * kind as u64 + u64::from(split == Split::Test));
        for start in (0..n_rows).step_by(BATCH) {
            let mut rows = Rows::default();
            for _ in start..n_rows.min(start + BATCH) {
                rows.push(&corpus.sample_kind(kind, rng, split));
            }
            batches.push((kind, rows));
        }
    }
    let sums = parallel::map(
        &batches,
        threads,
        || Workspace::new(parameters.config()),
        |workspace, (kind, rows)| -> Result<(Kind, f64, usize)> {
            let batch = rows.batch(parameters.config())?;
            let losses = model::losses(workspace, parameters, &batch);
            Ok((*kind, losses.iter().map(|&loss| f64::from(loss)).sum(), batch.n_targets()))
        },
    );
    let mut totals = [(0.0, 0); Kind::ALL.len()];
    for sum in sums {
        let (kind, loss, n_targets) = sum?;
        let total = &mut totals[kind as usize];
        *total = (total.0 + loss, total.1 + n_targets);
    }
    Ok(totals.map(|(loss, n_targets)| loss / n_targets as f64))
}

/// The loss of the mixture: that of each kind, weighted with its expected number of tokens. Drawing as many rows of
/// each and weighting them exactly is less noisy than drawing from the mixture.
fn mixed(corpus: &Corpus, losses: &[f64; Kind::ALL.len()]) -> f64 {
    let tokens = |kind| corpus.mixture().share(kind) * corpus.targets_per_row(kind);
    let total: f64 = Kind::ALL.iter().map(|&kind| tokens(kind)).sum();
    Kind::ALL.iter().map(|&kind| tokens(kind) * losses[kind as usize]).sum::<f64>() / total
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_floors_of_the_kinds_mix_to_that_of_the_mixture() {
        let corpus = Corpus::new();
        let floors = Kind::ALL.map(|kind| corpus.floor(kind).nats_per_token());
        assert!((mixed(&corpus, &floors) - corpus.mixture_floor().nats_per_token()).abs() < 1e-12);
    }
}
