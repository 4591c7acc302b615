//! Answers that a model writes itself, graded by rules.

use tasks::{Corpus, Grade, Grader, Item, vocabulary::END};
use transformer::{Decoder, Generator, Parameters, Sampling};

use super::SEED;
use crate::{Result, parallel};

/// The grade of the model's answer to each item.
pub fn grades(
    corpus: &Corpus,
    parameters: &Parameters,
    items: &[Item],
    threads: usize,
) -> Result<Vec<Grade>> {
    let numbered: Vec<(u64, &Item)> = (0..).zip(items).collect();
    let grades = parallel::map(
        &numbered,
        threads,
        || Decoder::new(parameters),
        |decoder, (number, item)| {
            // A generator for each item, so that one answer does not change the next.
            let generator = &mut Generator::from_seed(SEED + number);
            Ok(corpus.grade(item, &answer(decoder, item, generator)?))
        },
    );
    grades.into_iter().collect()
}

fn answer(decoder: &mut Decoder, item: &Item, generator: &mut Generator) -> Result<Vec<u16>> {
    let sampling = match item.grader {
        // Poems are meant to be new.
        Grader::Verse | Grader::Couplet => Sampling::with_temperature(1.0, None)?,
        Grader::Exact | Grader::Arithmetic(..) | Grader::Code(_) => Sampling::GREEDY,
    };
    let mut choose = |logits: &[f32]| sampling.choose(logits, generator);
    decoder.clear();
    let mut next = choose(decoder.read(&item.prompt)?);
    let mut answer = vec![next];
    while next != END && answer.len() < item.max_answer_len() {
        next = choose(decoder.read(&[next])?);
        answer.push(next);
    }
    Ok(answer)
}
