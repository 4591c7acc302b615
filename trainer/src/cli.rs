//! The command line of the trainer.

use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tasks::Corpus;

use crate::evaluation::Extent;
use crate::run::{self, Conduct};
use crate::{Error, Folders, LADDER, Language, Result, SEEDS, Settings, Size, TOKENS, check, publication};

const HELP: &str = "\
cargo xtask train [--size 4x64]… [--seed 0]… [--all] [--tokens 30e6] [--threads N]

Trains models on the synthetic language, measures what they can do, and puts weights at int8 and scores into
content/models. Ctrl-C saves; the same command goes on where it stopped, bit for bit. Checkpoints and logs
(log.jsonl) lie in target/training. Runs of another length than 30e6 tokens are measured, not published.

  --size S      1x8 1x16 2x16 2x24 2x32 3x48 4x64 4x96 or 6x128; again for more than one
  --seed N      seed of weights and rows; again for more than one
  --all         every size with seeds 0, 1 and 2, as far as they are not published
  --tokens N    about how many tokens to learn from
  --threads N   threads to use, at most 4; all cores if not given. The result does not depend on it

cargo xtask evaluate [--size 4x64]… [--threads N]

Measures the weights in content/models again and fails if the scores are not those of the manifest.";

/// What the command line asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// Whether to measure what is published rather than to train.
    pub evaluate: bool,
    /// Sizes; none means the default or all.
    pub sizes: Vec<Size>,
    /// Seeds; none means the default.
    pub seeds: Vec<u64>,
    /// The whole ladder.
    pub all: bool,
    /// Length of a run, in tokens.
    pub tokens: f64,
    /// Threads to use.
    pub threads: usize,
}

/// Reads the arguments; `None` if they ask for help.
///
/// # Errors
/// [`Error::Usage`].
pub fn parse(arguments: &[String]) -> Result<Option<Request>> {
    let usage = |text: String| Error::Usage(format!("{text}; `--help` lists what there is"));
    let mut words = arguments.iter().map(String::as_str);
    let evaluate = match words.next() {
        Some("train") => false,
        Some("evaluate") => true,
        None | Some("--help" | "-h" | "help") => return Ok(None),
        Some(other) => return Err(usage(format!("there is no command {other}"))),
    };
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
    let mut request =
        Request { evaluate, sizes: Vec::new(), seeds: Vec::new(), all: false, tokens: TOKENS, threads };
    while let Some(option) = words.next() {
        let mut value = || words.next().ok_or_else(|| usage(format!("{option} needs a value")));
        let bad = |value: &str| usage(format!("{option} cannot be {value}"));
        match option {
            "--help" | "-h" => return Ok(None),
            "--size" => request.sizes.push(value()?.parse()?),
            "--threads" => {
                let value = value()?;
                request.threads = value.parse::<NonZero<usize>>().map_err(|_| bad(value))?.get();
            }
            "--seed" if !evaluate => {
                let value = value()?;
                request.seeds.push(value.parse().map_err(|_| bad(value))?);
            }
            "--tokens" if !evaluate => {
                let value = value()?;
                let tokens = value.parse().ok().filter(|tokens: &f64| tokens.is_finite() && *tokens > 0.0);
                request.tokens = tokens.ok_or_else(|| bad(value))?;
            }
            "--all" if !evaluate => request.all = true,
            _ => return Err(usage(format!("there is no option {option}"))),
        }
    }
    if request.all && !(request.sizes.is_empty() && request.seeds.is_empty()) {
        return Err(usage("--all chooses sizes and seeds itself".to_owned()));
    }
    Ok(Some(request))
}

/// Does what the arguments ask for.
///
/// # Errors
/// Those of the work.
pub fn perform(arguments: &[String]) -> Result<()> {
    let Some(request) = parse(arguments)? else {
        println!("{HELP}");
        return Ok(());
    };
    let folders = Folders::of_project();
    if request.evaluate {
        return check::published(&request.sizes, Extent::PUBLISHED, request.threads, &folders);
    }
    let stop = Arc::new(AtomicBool::new(false));
    let handler = Arc::clone(&stop);
    ctrlc::set_handler(move || handler.store(true, Ordering::Relaxed))
        .map_err(|error| Error::Usage(format!("Ctrl-C cannot be listened to: {error}")))?;
    train(&request, &folders, &stop)
}

fn train(request: &Request, folders: &Folders, stop: &AtomicBool) -> Result<()> {
    let corpus = Corpus::new();
    let language = Language::new(&corpus);
    let conduct = Conduct { threads: request.threads, extent: Extent::PUBLISHED, stop };
    for (size, seed) in request.runs() {
        let settings = |tokens| Settings::new(size, seed, tokens, &corpus, &language);
        let (settings, of_ladder) = (settings(request.tokens), settings(TOKENS));
        let published = publication::read(&language, folders)?;
        let models = published.iter().flat_map(|manifest| &manifest.models);
        if request.all && models.flat_map(|model| &model.runs).any(|run| run.settings == settings) {
            println!("{}: is published", settings.name());
            continue;
        }
        let run = run::complete(&settings, &folders.run(&settings), conduct)?;
        println!(
            "{}: loss {:.4} after {:.1} M tokens, {:.4} at int8; floor {:.4}",
            settings.name(),
            run.f32.loss.fresh,
            run.tokens as f64 / 1e6,
            run.int8.loss.fresh,
            language.floor
        );
        if settings == of_ladder {
            publication::publish(run, &language, folders)?;
        } else {
            println!("not published: the ladder's runs have {TOKENS:e} tokens");
        }
    }
    Ok(())
}

impl Request {
    /// The runs to make, in order. The whole ladder is climbed seed by seed, so that it is complete early.
    fn runs(&self) -> Vec<(Size, u64)> {
        let (sizes, seeds) = if self.all {
            (LADDER.to_vec(), SEEDS.to_vec())
        } else {
            let or =
                |given: &[Size], default: Size| if given.is_empty() { vec![default] } else { given.to_vec() };
            let seeds = if self.seeds.is_empty() { vec![0] } else { self.seeds.clone() };
            (or(&self.sizes, DEFAULT_SIZE), seeds)
        };
        seeds.iter().flat_map(|&seed| sizes.iter().map(move |&size| (size, seed))).collect()
    }
}

/// The size that the essay uses most.
const DEFAULT_SIZE: Size = LADDER[6];

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_line(line: &str) -> Result<Option<Request>> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        parse(&words)
    }

    #[test]
    fn options_are_read_in_any_order() {
        let request =
            parse_line("train --tokens 1e6 --size 2x16 --seed 3 --size 1x8 --threads 1").unwrap().unwrap();
        assert_eq!(request.runs(), [("2x16".parse().unwrap(), 3), ("1x8".parse().unwrap(), 3)]);
        assert_eq!((request.tokens, request.threads), (1e6, 1));
    }

    #[test]
    fn the_default_is_one_run_and_all_is_the_ladder() {
        let runs = |line| parse_line(line).unwrap().unwrap().runs();
        assert_eq!(runs("train"), [("4x64".parse().unwrap(), 0)]);
        let all = runs("train --all");
        assert_eq!(all.len(), LADDER.len() * SEEDS.len());
        assert!(all[..LADDER.len()].iter().all(|&(_, seed)| seed == SEEDS[0]));
    }

    #[test]
    fn what_makes_no_sense_is_an_error_that_names_it() {
        for line in [
            "trian",
            "train --size 5x5",
            "train --seed x",
            "train --tokens -1",
            "train --threads 0",
            "train --tokens",
            "evaluate --seed",
            "train --size 1x8 --all",
        ] {
            let error = parse_line(line).unwrap_err().to_string();
            let word = line.split(' ').next_back().unwrap();
            assert!(error.contains(word), "{line}: {error}");
        }
    }
}
