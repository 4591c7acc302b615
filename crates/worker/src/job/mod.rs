//! Runs at work: each is cut into steps of a few milliseconds, so that others get their turn and a pause is heard.

mod copy;
mod loss;
mod read;
mod score;
mod train;
mod write;

use std::cell::OnceCell;
use std::rc::Rc;

use tasks::{Corpus, Token};
use transformer::{Config, Error, HeadSet, Parameters, Sampling};

use crate::message::{ClientId, Grade, Guess, Judged, Kept, Model, Problem, Report, Work};
use crate::shelf::Shelf;

pub use copy::Copy;
pub use loss::Loss;
pub use score::Score;
pub use train::Train;
pub use write::Write;

/// A run at work.
pub trait Job {
    /// Does the next small part.
    ///
    /// # Errors
    /// What ends the run before its end.
    fn step(&mut self, desk: &mut Desk) -> Result<Progress, Problem>;
}

/// Whether a run is at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// There is more to do.
    More,
    /// There is not.
    Done,
}

/// What jobs work with.
#[derive(Debug)]
pub struct Desk {
    /// Made when first needed, which takes some milliseconds.
    corpus: OnceCell<Rc<Corpus>>,
    /// Models.
    pub shelf: Shelf,
    /// What the present job has to tell.
    pub reports: Vec<Report>,
}

impl Desk {
    /// A desk without models.
    pub const fn new() -> Self {
        Self { corpus: OnceCell::new(), shelf: Shelf::new(), reports: Vec::new() }
    }

    /// The language.
    pub fn corpus(&self) -> Rc<Corpus> {
        Rc::clone(self.corpus.get_or_init(|| Rc::new(Corpus::new())))
    }

    /// Tells something.
    pub fn report(&mut self, report: Report) {
        self.reports.push(report);
    }
}

/// A run that has begun.
pub enum Begun {
    /// It was so short that it is over.
    Done,
    /// It takes several steps.
    Job(Box<dyn Job>),
    /// Its model is not there yet.
    Waiting,
}

/// Begins work.
///
/// # Errors
/// [`Problem::Refused`] if the work makes no sense.
pub fn begin(client: ClientId, work: &Work, desk: &mut Desk) -> Result<Begun, Problem> {
    let found = model_of(work).map(|model| desk.shelf.find(&model)).transpose()?;
    match (work, found) {
        (Work::Train(recipe), _) => Ok(Begun::Job(Box::new(Train::new(client, *recipe, desk)?))),
        (_, Some(Some(parameters))) => with_model(work, desk, parameters),
        _ => Ok(Begun::Waiting),
    }
}

/// The model that work needs, if any.
pub fn model_of(work: &Work) -> Option<Model> {
    match work {
        Work::Read { model, .. } | Work::Checksum { model } => Some(model.clone()),
        Work::Write { rung, .. } | Work::Score { rung, .. } | Work::Loss { rung, .. } => {
            Some(Model::Rung(rung.clone()))
        }
        Work::Copy { trainer, .. } => Some(Model::Trained(*trainer)),
        Work::Train(_) => None,
    }
}

/// Begins work that needs a model.
fn with_model(work: &Work, desk: &mut Desk, parameters: Rc<Parameters>) -> Result<Begun, Problem> {
    Ok(Begun::Job(match work {
        Work::Write { .. } => Box::new(Write::new(work, desk, &parameters)?),
        Work::Score { tests, items, seed, .. } => {
            Box::new(Score::new(desk, parameters, tests.clone(), *items, *seed)?)
        }
        Work::Loss { rows, seed, .. } => Box::new(Loss::new(desk, parameters, *rows, *seed)?),
        Work::Copy { ablated, seed, .. } => {
            let heads = head_set(&parameters, ablated)?;
            Box::new(Copy { parameters, heads, seed: *seed })
        }
        Work::Checksum { .. } => {
            desk.report(Report::Checksum(checksum(&parameters)));
            return Ok(Begun::Done);
        }
        _ => {
            read::read(work, desk, &parameters)?;
            return Ok(Begun::Done);
        }
    }))
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Self::Refused(in_plain_words(&error).to_owned())
    }
}

/// What a reader is told of an error. Its own text has numbers for developers, and what writes them would have to be
/// fetched with every lab.
pub const fn in_plain_words(error: &Error) -> &'static str {
    match error {
        Error::TokenOutOfRange { .. } => "the model does not know one of the words",
        Error::SequenceTooLong { .. } => "the prompt is longer than the model can read",
        Error::NoTokens => "the prompt is empty",
        Error::NoSuchHead { .. } => "the model has no such head",
        Error::NotACheckpoint => "what came is no model",
        Error::CheckpointVersion { .. } => "the model is of another version than the page",
        Error::CheckpointLength { .. }
        | Error::CheckpointChecksum { .. }
        | Error::CheckpointField { .. }
        | Error::CheckpointValue { .. } => "the model was damaged on its way",
        _ => "no model can do this",
    }
}

/// The wire form of a grade.
fn grade(grade: &tasks::Grade) -> Grade {
    let rules = grade.rules.iter().map(|&(rule, kept)| Kept { rule, kept }).collect();
    let lines = grade.lines.iter().map(|&line| Judged(line)).collect();
    Grade { correct: grade.correct, exact: grade.exact, rules, lines }
}

/// The `top` most likely tokens.
fn guesses(logits: &[f32], top: u8) -> Vec<Guess> {
    // The rule is an error only for none.
    let Ok(sampling) = Sampling::with_temperature(1.0, Some(top.into())) else { return Vec::new() };
    // Probabilities are those of the whole distribution, not of the top alone.
    let max = logits.iter().fold(f32::NEG_INFINITY, |max, &logit| max.max(logit));
    let sum: f64 = logits.iter().map(|logit| f64::from(logit - max).exp()).sum();
    let prob = |token: Token| (f64::from(logits[usize::from(token)] - max).exp() / sum) as f32;
    sampling.candidates(logits).iter().map(|&(token, _)| Guess { token, prob: prob(token) }).collect()
}

/// Something of every head, layer by layer.
fn of_heads<T>(
    config: &Config,
    mut of: impl FnMut(usize, usize) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    let mut all = Vec::new();
    for layer in 0..config.n_layer() {
        for head in 0..config.n_head() {
            all.push(of(layer, head)?);
        }
    }
    Ok(all)
}

fn head_set(parameters: &Parameters, heads: &[(u8, u8)]) -> Result<HeadSet, Problem> {
    let mut set = HeadSet::new(parameters.config());
    for &(layer, head) in heads {
        set.insert(layer.into(), head.into())?;
    }
    Ok(set)
}

/// FNV-1a over the bits of the weights, a word at a time.
fn checksum(parameters: &Parameters) -> u32 {
    parameters
        .values()
        .iter()
        .fold(0x811c_9dc5, |hash: u32, value| (hash ^ value.to_bits()).wrapping_mul(0x0100_0193))
}
