//! Tests on fresh items.

use std::rc::Rc;

use tasks::{
    Corpus, Grader, Item, Rng,
    vocabulary::{END, N_TOKENS},
};
use transformer::model::{self, Workspace};
use transformer::{Decoder, Parameters, Sampling, Sequences, likeliest};

use super::read::loss;
use super::{Desk, Job, Progress};
use crate::message::{Problem, Report, Tally, Test};
use crate::question::{self, generator};

/// Tests that are being measured, one item a step and each test in turn.
pub struct Score {
    corpus: Rc<Corpus>,
    parameters: Rc<Parameters>,
    workspace: Workspace,
    /// Writes the answers that rules judge; made when the first is needed.
    decoder: Option<Decoder>,
    tests: Vec<(Test, Rng)>,
    tallies: Vec<Tally>,
    items: u32,
    seed: u64,
    /// The test whose turn it is.
    turn: usize,
}

impl Score {
    /// Begins tests of a model.
    pub fn new(
        desk: &Desk,
        parameters: Rc<Parameters>,
        tests: Vec<Test>,
        items: u32,
        seed: u64,
    ) -> Result<Self, Problem> {
        let corpus = desk.corpus();
        if parameters.config().vocab_size() != N_TOKENS {
            return Err(Problem::Refused("the model speaks another language".to_owned()));
        }
        let tallies = vec![Tally::default(); tests.len()];
        // A stream for each test, so that its items do not depend on the others.
        let tests = (0..).zip(tests).map(|(stream, test)| (test, Rng::with_stream(seed, stream))).collect();
        let workspace = Workspace::new(parameters.config());
        Ok(Self { corpus, parameters, workspace, decoder: None, tests, tallies, items, seed, turn: 0 })
    }
}

impl Job for Score {
    fn step(&mut self, desk: &mut Desk) -> Result<Progress, Problem> {
        let Some((test, rng)) = self.tests.get_mut(self.turn) else { return Ok(Progress::Done) };
        let tally = &mut self.tallies[self.turn];
        if tally.items < self.items {
            let item = question::item(&self.corpus, *test, rng)?;
            force(&mut self.workspace, &self.parameters, &item, tally)?;
            if item.grader != Grader::Exact {
                let decoder = self.decoder.get_or_insert_with(|| Decoder::new(&self.parameters));
                let answer = write(decoder, &item, self.seed, tally.items)?;
                tally.correct += u32::from(self.corpus.grade(&item, &answer).correct);
            }
        }
        self.turn = (self.turn + 1) % self.tests.len();
        if self.turn > 0 {
            return Ok(Progress::More);
        }
        desk.report(Report::Tallies(self.tallies.clone()));
        let is_done = self.tallies.iter().all(|tally| tally.items >= self.items);
        Ok(if is_done { Progress::Done } else { Progress::More })
    }
}

/// Counts how likely each token of the right answer is after the prompt and the tokens before it.
fn force(
    workspace: &mut Workspace,
    parameters: &Parameters,
    item: &Item,
    tally: &mut Tally,
) -> Result<(), Problem> {
    let config = parameters.config();
    // The last token is only predicted.
    let known = &item.reference[..item.reference.len() - 1];
    let tokens = [&item.prompt[..], known].concat();
    let logits = model::forward(workspace, parameters, Sequences::new(config, &tokens, tokens.len())?);
    let predictions = logits.chunks_exact(config.vocab_size()).skip(item.prompt.len() - 1);
    let mut matched = 0;
    for (logits, &token) in predictions.zip(&item.reference) {
        matched += u32::from(likeliest(logits) == Some(token));
        tally.nats += f64::from(loss(logits, token));
    }
    let n_tokens = item.reference.len() as u32;
    let is_exact = u32::from(matched == n_tokens);
    tally.items += 1;
    tally.exact += is_exact;
    tally.tokens += n_tokens;
    tally.matched += matched;
    // Greedy writing gives the reference exactly if each of its tokens is the most likely one.
    tally.correct += if item.grader == Grader::Exact { is_exact } else { 0 };
    Ok(())
}

/// The model's own answer: poems are drawn, as they are meant to be new; all else is the most likely token each time.
fn write(decoder: &mut Decoder, item: &Item, seed: u64, index: u32) -> Result<Vec<u16>, Problem> {
    let sampling = match item.grader {
        Grader::Verse | Grader::Couplet => Sampling::with_temperature(1.0, None)?,
        Grader::Exact | Grader::Arithmetic(..) | Grader::Code(_) => Sampling::GREEDY,
    };
    let generator = &mut generator(seed, index);
    decoder.clear();
    let mut next = sampling.choose(decoder.read(&item.prompt)?, generator);
    let mut answer = vec![next];
    while next != END && answer.len() < item.max_answer_len() {
        next = sampling.choose(decoder.read(&[next])?, generator);
        answer.push(next);
    }
    Ok(answer)
}
