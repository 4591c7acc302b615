//! Reading references: how likely a model finds each token of a right answer after the prompt and the tokens before it.

use std::collections::BTreeMap;

use tasks::{Item, vocabulary::PAD};
use transformer::model::{self, Workspace};
use transformer::{Parameters, Sequences, likeliest};

use super::BATCH;
use super::measured::{Score, rounded};
use crate::{Result, parallel};

/// What a model made of one reference.
struct Reading {
    n_tokens: usize,
    /// Tokens that were the most likely one.
    n_matched: usize,
    /// Summed loss.
    nats: f64,
}

/// The score of a model on items whose answers are right if they equal the reference.
pub fn score(parameters: &Parameters, items: &[Item], threads: usize) -> Result<Score> {
    let batches: Vec<&[Item]> = items.chunks(BATCH).collect();
    let readings = parallel::map(
        &batches,
        threads,
        || Workspace::new(parameters.config()),
        |workspace, items| read(workspace, parameters, items),
    );
    let readings: Vec<Reading> =
        readings.into_iter().collect::<Result<Vec<_>>>()?.into_iter().flatten().collect();
    let n_tokens = readings.iter().map(|reading| reading.n_tokens).sum::<usize>() as f64;
    let n_matched: usize = readings.iter().map(|reading| reading.n_matched).sum();
    let n_exact = readings.iter().filter(|reading| reading.n_matched == reading.n_tokens).count();
    let exact = rounded(n_exact as f64 / readings.len() as f64);
    Ok(Score {
        items: items.len(),
        // Greedy writing gives the reference exactly if each of its tokens is the most likely one.
        correct: exact,
        exact,
        token_accuracy: rounded(n_matched as f64 / n_tokens),
        nats_per_token: rounded(readings.iter().map(|reading| reading.nats).sum::<f64>() / n_tokens),
        rules: BTreeMap::new(),
    })
}

fn read(workspace: &mut Workspace, parameters: &Parameters, items: &[Item]) -> Result<Vec<Reading>> {
    let config = parameters.config();
    let len = |item: &Item| item.prompt.len() + item.reference.len();
    // The last token is only predicted.
    let time = items.iter().map(len).max().unwrap_or(0).saturating_sub(1);
    let mut tokens = vec![PAD; items.len() * time];
    for (row, item) in tokens.chunks_exact_mut(time).zip(items) {
        let text = item.prompt.iter().chain(&item.reference);
        row.iter_mut().zip(text).for_each(|(slot, &token)| *slot = token);
    }
    let logits = model::forward(workspace, parameters, Sequences::new(config, &tokens, time)?);
    let rows = logits.chunks_exact(time * config.vocab_size());
    Ok(rows
        .zip(items)
        .map(|(row, item)| {
            let predictions = row.chunks_exact(config.vocab_size()).skip(item.prompt.len() - 1);
            let mut reading = Reading { n_tokens: item.reference.len(), n_matched: 0, nats: 0.0 };
            for (logits, &token) in predictions.zip(&item.reference) {
                let own = logits[usize::from(token)];
                let first = likeliest(logits).expect("a vocabulary is not empty");
                let max = logits[usize::from(first)];
                reading.n_matched += usize::from(first == token);
                let sum: f64 = logits.iter().map(|&logit| f64::from(logit - max).exp()).sum();
                reading.nats += sum.ln() - f64::from(own - max);
            }
            reading
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use tasks::{Ability, Corpus, Rng};
    use transformer::{Decoder, Generator, Init};

    use super::*;
    use crate::{LADDER, Language, Settings};

    #[test]
    fn an_untrained_model_is_as_surprised_as_by_its_own_decoder() {
        let corpus = Corpus::new();
        let settings = Settings::new(LADDER[0], 0, 1e3, &corpus, &Language::new(&corpus));
        let config = settings.config().unwrap();
        let parameters = Parameters::init(&config, Init::default(), &mut Generator::from_seed(1));
        let items = corpus.items(Ability::Repeats, 40, &mut Rng::new(1));
        let score = score(&parameters, &items, 2).unwrap();

        let mut decoder = Decoder::new(&parameters);
        let mut nats = 0.0;
        let mut n_tokens = 0;
        for item in &items {
            decoder.clear();
            let mut logits = decoder.read(&item.prompt).unwrap().to_vec();
            for &token in &item.reference {
                let sum: f64 = logits.iter().map(|&logit| f64::from(logit).exp()).sum();
                nats += sum.ln() - f64::from(logits[usize::from(token)]);
                n_tokens += 1;
                logits = decoder.read(&[token]).unwrap().to_vec();
            }
        }
        // Rounding to six decimals, and sums in another order in f32.
        assert!((score.nats_per_token - nats / f64::from(n_tokens)).abs() < 1e-5);
        assert_eq!(score.items, 40);
    }
}
