//! What a model can do: its loss on each kind of row, and its score in each published ability.
//!
//! Rows and items are drawn from a fixed seed, so every model gets the same ones.

mod forced;
mod losses;
mod measured;
mod written;

use tasks::{Ability, Corpus, Grader, Item, Rng};
use transformer::Parameters;

use crate::Result;

pub use losses::mean_losses;
pub use measured::{Difference, Loss, Measured, Score};

/// Seed of rows and items. Streams of the generator keep them apart from each other and, with the seed, from training.
const SEED: u64 = 0x7e57;

/// How much is measured.
#[derive(Clone, Copy, Debug)]
pub struct Extent {
    /// Items of each ability, unless it has fewer.
    pub items: usize,
    /// Rows of each kind like those of training, and as many with something that training never shows.
    pub rows: usize,
}

impl Extent {
    /// For the manifest: the standard error of a share is at most 0.022.
    pub const PUBLISHED: Self = Self { items: 512, rows: 512 };
}

/// Items or rows that are read at once.
const BATCH: usize = 32;

/// Measures a model on up to this many threads, which do not change the result.
///
/// # Errors
/// If the model does not fit the language.
pub fn measure(corpus: &Corpus, parameters: &Parameters, extent: Extent, threads: usize) -> Result<Measured> {
    let mut measured = losses::measure(corpus, parameters, extent.rows, threads)?;
    for (index, ability) in (0..).zip(Ability::PUBLISHED) {
        let items = items(corpus, ability, index, extent);
        measured.scores.insert(ability.name(), score(corpus, parameters, &items, threads)?);
    }
    Ok(measured)
}

/// The items of the ability with this index.
fn items(corpus: &Corpus, ability: Ability, index: u64, extent: Extent) -> Vec<Item> {
    corpus.items(ability, extent.items, &mut Rng::with_stream(SEED, 1000 + index))
}

fn score(corpus: &Corpus, parameters: &Parameters, items: &[Item], threads: usize) -> Result<Score> {
    let mut score = forced::score(parameters, items, threads)?;
    if items.iter().any(|item| item.grader != Grader::Exact) {
        let grades = written::grades(corpus, parameters, items, threads)?;
        let share = |n: usize| measured::rounded(n as f64 / grades.len() as f64);
        score.correct = share(grades.iter().filter(|grade| grade.correct).count());
        for (rule, _) in grades.iter().flat_map(|grade| &grade.rules) {
            let kept = grades.iter().filter(|grade| grade.keeps(*rule) == Some(true)).count();
            score.rules.entry(measured::rule_name(*rule).to_owned()).or_insert_with(|| share(kept));
        }
    }
    Ok(score)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_scores_rest_on_at_least_500_items_where_there_are_as_many() {
        let corpus = Corpus::new();
        for (index, ability) in (0..).zip(Ability::PUBLISHED) {
            let n_items = items(&corpus, ability, index, Extent::PUBLISHED).len();
            // Without examples a prompt is one of at most 256 words: 64 concepts in four languages.
            let least = if ability.name() == "translation-seen-0" { 200 } else { 500 };
            assert!(n_items >= least, "{}: {n_items}", ability.name());
        }
    }
}
