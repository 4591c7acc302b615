//! Writing token by token.

use tasks::{Item, vocabulary::END};
use transformer::{Decoder, Generator, Parameters, Sampling};

use super::{Desk, Job, Progress, grade, guesses};
use crate::message::{Guess, Problem, Report, Work};
use crate::question::{Question, generator};

/// An answer that is being written.
pub struct Write {
    decoder: Decoder,
    sampling: Sampling,
    generator: Generator,
    item: Option<Item>,
    top: u8,
    max_len: usize,
    /// What to read next: the prompt, then the token that was written last.
    unread: Vec<u16>,
    answer: Vec<u16>,
}

impl Write {
    /// Does [`Work::Write`].
    pub fn new(work: &Work, desk: &mut Desk, parameters: &Parameters) -> Result<Self, Problem> {
        let Work::Write { prompt, temperature, top_k, seed, top, max_len, .. } = work else {
            return Err(Problem::Damaged);
        };
        let Question { prompt, item } = Question::new(&desk.corpus(), prompt)?;
        let sampling = Sampling::with_temperature(*temperature, top_k.map(usize::from))?;
        let context_left = parameters.config().context_len().saturating_sub(prompt.len());
        let answer_len = item.as_ref().map_or(context_left, Item::max_answer_len);
        let reference = item.as_ref().map(|item| item.reference.clone()).unwrap_or_default();
        desk.report(Report::Asked { prompt: prompt.clone(), reference });
        Ok(Self {
            decoder: Decoder::new(parameters),
            sampling,
            generator: generator(*seed, 0),
            item,
            top: *top,
            // What has been read already must leave room for each token but the last, which is not read.
            max_len: usize::from(*max_len).min(answer_len).min(context_left + 1),
            unread: prompt,
            answer: Vec::new(),
        })
    }
}

impl Job for Write {
    fn step(&mut self, desk: &mut Desk) -> Result<Progress, Problem> {
        let logits = self.decoder.read(&self.unread)?;
        let token = self.sampling.choose(logits, &mut self.generator);
        let drawn_from = self.sampling.candidates(logits);
        let prob = drawn_from.iter().find(|(own, _)| *own == token).map_or(0.0, |(_, prob)| *prob) as f32;
        desk.report(Report::Wrote { token: Guess { token, prob }, next: guesses(logits, self.top) });
        self.answer.push(token);
        self.unread = vec![token];
        if token != END && self.answer.len() < self.max_len {
            return Ok(Progress::More);
        }
        if let Some(item) = &self.item {
            desk.report(Report::Graded(grade(&desk.corpus().grade(item, &self.answer))));
        }
        Ok(Progress::Done)
    }
}
