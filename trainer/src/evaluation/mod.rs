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

/// Items of each ability, unless it has fewer.
const N_ITEMS: usize = 512;

/// Rows of each kind like those of training, and as many with something that training never shows.
const N_ROWS: usize = 512;

/// Items or rows that are read at once.
const BATCH: usize = 32;

/// Measures a model on up to this many threads, which do not change the result.
///
/// # Errors
/// If the model does not fit the language.
pub fn measure(corpus: &Corpus, parameters: &Parameters, threads: usize) -> Result<Measured> {
    let mut measured = losses::measure(corpus, parameters, N_ROWS, threads)?;
    for (index, ability) in (0..).zip(Ability::PUBLISHED) {
        let rng = &mut Rng::with_stream(SEED, 1000 + index);
        let items = corpus.items(ability, N_ITEMS, rng);
        measured.scores.insert(ability.name(), score(corpus, parameters, &items, threads)?);
    }
    Ok(measured)
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
