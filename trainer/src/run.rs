//! A run from its beginning, or from where it was interrupted, to its measured end.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tasks::{Corpus, Kind, Split};
use transformer::Parameters;
use transformer::checkpoint::{Precision, decode, encode};
use transformer::quantization::Bits;

use crate::evaluation::{self, Extent, mean_losses};
use crate::log::{Line, Log};
use crate::manifest::{Run, Snapshot, Weights};
use crate::progress::ProgressLine;
use crate::{Error, Result, Settings, Training, checkpoint, files};

/// Longest time between checkpoints: what an interruption can cost.
const BETWEEN_CHECKPOINTS: Duration = Duration::from_mins(4);

/// Steps between lines of the log.
const LOG_EVERY: u64 = 100;

/// Rows of each kind for a line of the log: a hundredth of the time of its steps.
const LOG_ROWS: usize = 16;

/// How a run is carried out; none of it changes the weights.
#[derive(Clone, Copy, Debug)]
pub struct Conduct<'a> {
    /// Threads to use.
    pub threads: usize,
    /// How much is measured at the end.
    pub extent: Extent,
    /// Set when the run is to save and stop.
    pub stop: &'a AtomicBool,
}

/// Trains and measures a model in a folder of its own, and returns the record of the run; if the folder has it
/// already, nothing is computed.
///
/// # Errors
/// [`Error::Stopped`] when [`Conduct::stop`] is set, after saving; [`Error::Busy`] if another process trains in this folder;
/// [`Error::OtherSettings`] and [`Error::Checkpoint`] if what is in the folder cannot be continued.
pub fn complete(settings: &Settings, folder: &Path, conduct: Conduct) -> Result<Run> {
    files::make_folder(folder)?;
    let _lock = files::lock(&folder.join("lock"), false)?;
    let record = folder.join("run.json");
    if let Some(run) = files::read_json::<Run>(&record)? {
        let differences = run.settings.differences(settings);
        return if differences.is_empty() {
            Ok(run)
        } else {
            Err(Error::OtherSettings { path: record, differences })
        };
    }
    let corpus = Corpus::new();
    let training = train(settings, &corpus, folder, conduct)?;
    eprintln!("{}: measuring", settings.name());
    let run = measure(&training, &corpus, folder, conduct)?;
    files::write_json(&record, &run)?;
    Ok(run)
}

/// Makes all steps.
fn train(
    settings: &Settings,
    corpus: &Corpus,
    folder: &Path,
    Conduct { threads, stop, .. }: Conduct,
) -> Result<Training> {
    let path = folder.join("checkpoint");
    let mut training = match checkpoint::load(settings, &path)? {
        Some(training) => training,
        None => Training::start(settings.clone())?,
    };
    let mut log = Log::open(&folder.join("log.jsonl"), training.progress().step)?;
    let mut line = ProgressLine::new(&training);
    let mut saved = Instant::now();
    while !training.is_complete() {
        let start = Instant::now();
        training.step(threads)?;
        training.progress.seconds += start.elapsed().as_secs_f64();
        line.update(&training);
        let step = training.progress().step;
        if step.is_multiple_of(LOG_EVERY) || training.is_complete() {
            log.write(&log_line(&mut training, corpus, threads)?)?;
        }
        if settings.snapshots.contains(&step) {
            checkpoint::save(&training, &folder.join(format!("snapshot-{step}")))?;
        }
        let is_stopped = stop.load(Ordering::Relaxed);
        if is_stopped || training.is_complete() || saved.elapsed() > BETWEEN_CHECKPOINTS {
            checkpoint::save(&training, &path)?;
            saved = Instant::now();
        }
        if is_stopped && !training.is_complete() {
            line.end();
            return Err(Error::Stopped);
        }
    }
    line.end();
    Ok(training)
}

fn log_line(training: &mut Training, corpus: &Corpus, threads: usize) -> Result<Line> {
    let losses = mean_losses(corpus, training.parameters(), Split::Train, LOG_ROWS, threads)?;
    let progress = *training.progress();
    training.progress.recent_loss = 0.0;
    training.progress.recent_tokens = 0;
    Ok(Line {
        step: progress.step,
        tokens: progress.tokens,
        loss: progress.mean_loss(),
        kinds: Kind::ALL.iter().map(|kind| (kind.name().to_owned(), losses[*kind as usize])).collect(),
        learning_rate: training.settings().schedule().rate(progress.step - 1),
        seconds: progress.seconds,
    })
}

/// Measures the model and its snapshots, and leaves their weights at int8 in the folder.
fn measure(
    training: &Training,
    corpus: &Corpus,
    folder: &Path,
    Conduct { threads, extent, stop }: Conduct,
) -> Result<Run> {
    let settings = training.settings();
    let measure = |parameters: &Parameters| {
        if stop.load(Ordering::Relaxed) {
            return Err(Error::Stopped);
        }
        evaluation::measure(corpus, parameters, extent, threads)
    };
    let mut snapshots = Vec::new();
    for step in &settings.snapshots {
        let path = folder.join(format!("snapshot-{step}"));
        let missing = || Error::Checkpoint { path: path.clone(), what: "the file is not there" };
        let snapshot = checkpoint::load(settings, &path)?.ok_or_else(missing)?;
        let (weights, rounded) = ship(&snapshot, folder)?;
        snapshots.push(Snapshot {
            step: *step,
            tokens: snapshot.progress().tokens,
            flops: *step as f64 * snapshot.flops_per_step(),
            weights,
            int8: measure(&rounded)?,
        });
    }
    let (weights, rounded) = ship(training, folder)?;
    let progress = training.progress();
    Ok(Run {
        settings: settings.clone(),
        tokens: progress.tokens,
        flops: progress.step as f64 * training.flops_per_step(),
        seconds: progress.seconds.round(),
        weights,
        f32: measure(training.parameters())?,
        int8: measure(&rounded)?,
        snapshots,
    })
}

/// Writes the weights at int8 and returns them as a reader will have them.
fn ship(training: &Training, folder: &Path) -> Result<(Weights, Parameters)> {
    let bytes = encode(training.parameters(), Precision::Quantized(Bits::EIGHT));
    let weights = Weights::describe(&training.settings().size, &bytes);
    files::write(&folder.join(&weights.file), &bytes)?;
    Ok((weights, decode(&bytes)?.0))
}
