//! Runs of a tiny model: they learn, repeat, and survive interruption.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use tasks::Corpus;
use trainer::evaluation::Extent;
use trainer::manifest::{Manifest, Run};
use trainer::run::{self, Conduct};
use trainer::{
    Error, Folders, LADDER, Language, Settings, Size, TOKENS, Training, checkpoint, files, publication,
};

/// The smallest size for a few steps of small batches, cut unevenly.
fn settings(seed: u64, steps: u64) -> Settings {
    let corpus = Corpus::new();
    let settings = Settings::new(LADDER[0], seed, 1e6, &corpus, &Language::new(&corpus));
    Settings { steps, warmup: 4, batch_rows: 7, ..settings }
}

/// Enough to see that every measurement is made.
const EXTENT: Extent = Extent { items: 10, rows: 10 };

/// An empty folder of this test's own.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    files::make_folder(&folder).expect("tests may write to their own folder");
    folder
}

fn trained(settings: &Settings, threads: usize) -> Training {
    let mut training = Training::start(settings.clone()).expect("the ladder's sizes are valid");
    while !training.is_complete() {
        training.step(threads).expect("rows fit the models of their language");
    }
    training
}

#[test]
fn a_run_is_the_same_again_on_any_number_of_threads() {
    let settings = settings(1, 6);
    let one = trained(&settings, 1);
    for threads in [1, 2, 3, 9] {
        let other = trained(&settings, threads);
        assert_eq!(one.parameters(), other.parameters(), "{threads} threads");
        assert_eq!(one.progress(), other.progress());
    }
    let other_seed = trained(&Settings { seed: 2, ..settings }, 1);
    assert_ne!(one.parameters(), other_seed.parameters());
}

#[test]
fn published_runs_have_the_settings_that_a_run_has_now() {
    let corpus = Corpus::new();
    let language = Language::new(&corpus);
    let manifest =
        publication::read(&language, &Folders::of_project()).unwrap().expect("models are published");
    for run in manifest.models.iter().flat_map(|model| &model.runs) {
        let size: Size = run.settings.size.parse().unwrap();
        let now = Settings::new(size, run.settings.seed, TOKENS, &corpus, &language);
        // Or `--all` would make again what is published, and an interrupted run could not go on.
        assert_eq!(run.settings.differences(&now), Vec::<String>::new());
    }
}

#[test]
fn an_interrupted_run_ends_bit_for_bit_like_an_uninterrupted_one() {
    let settings = settings(3, 9);
    let path = folder("interrupted").join("checkpoint");
    let mut training = Training::start(settings.clone()).unwrap();
    while !training.is_complete() {
        training.step(2).unwrap();
        checkpoint::save(&training, &path).unwrap();
        training = checkpoint::load(&settings, &path).unwrap().unwrap();
    }
    let whole = trained(&settings, 1);
    assert_eq!(training.parameters(), whole.parameters());
    assert_eq!(training.progress(), whole.progress());
}

#[test]
fn the_loss_falls() {
    let mut training = Training::start(Settings { batch_rows: 16, ..settings(0, 150) }).unwrap();
    let mut mean_over = |steps| {
        let before = *training.progress();
        for _ in 0..steps {
            training.step(2).unwrap();
        }
        let now = training.progress();
        (now.recent_loss - before.recent_loss) / (now.tokens - before.tokens) as f64
    };
    let first = mean_over(5);
    mean_over(130);
    let last = mean_over(15);
    // Before training every word is about as likely, ln 681 = 6.52, or somewhat worse. So short a run of the smallest
    // model learns little more than how frequent words are, which is worth more than one nat.
    assert!(first > 6.0 && last < first - 1.0, "{first} {last}");
}

#[test]
fn a_saved_run_of_other_settings_or_with_damage_is_refused() {
    let path = folder("refused").join("checkpoint");
    let settings = settings(1, 5);
    assert!(checkpoint::load(&settings, &path).unwrap().is_none());
    checkpoint::save(&Training::start(settings.clone()).unwrap(), &path).unwrap();

    let longer = Settings { steps: 6, ..settings.clone() };
    let error = checkpoint::load(&longer, &path).unwrap_err();
    assert!(error.to_string().contains("steps: 5 and 6"), "{error}");

    let bytes = files::read(&path).unwrap();
    for len in [0, 20, bytes.len() - 1] {
        files::write(&path, &bytes[..len]).unwrap();
        assert!(matches!(checkpoint::load(&settings, &path), Err(Error::Checkpoint { .. })));
    }
    let mut flipped = bytes.clone();
    flipped[bytes.len() / 2] ^= 1;
    files::write(&path, &flipped).unwrap();
    assert!(matches!(checkpoint::load(&settings, &path), Err(Error::Checkpoint { .. })));
}

#[test]
fn a_stopped_run_goes_on_is_measured_and_published() {
    let root = folder("published");
    let folders = Folders { runs: root.join("runs"), models: root.join("models") };
    let language = Language::new(&Corpus::new());
    let mut records: Vec<Run> = Vec::new();
    for (seed, snapshots) in [(0, vec![2]), (1, Vec::new())] {
        let settings = Settings { snapshots, ..settings(seed, 5) };
        let run_folder = folders.run(&settings);
        let complete = |stop| {
            let stop = &AtomicBool::new(stop);
            run::complete(&settings, &run_folder, Conduct { threads: 2, extent: EXTENT, stop })
        };
        assert!(matches!(complete(true), Err(Error::Stopped)));
        let record = complete(false).unwrap();
        let log = String::from_utf8(files::read(&run_folder.join("log.jsonl")).unwrap()).unwrap();
        assert_eq!(log.lines().count(), 1, "one line, at the end: {log}");
        publication::publish(record.clone(), &language, &folders).unwrap();
        records.push(record);
    }

    let manifest: Manifest = files::read_json(&folders.manifest()).unwrap().unwrap();
    assert_eq!(manifest.models.len(), 1);
    let model = &manifest.models[0];
    assert_eq!(model.runs, records, "what was measured comes back exactly");
    let shipped = model.shipped().unwrap();
    // Of two, the better is shipped, and so is the snapshot; nothing else stays.
    assert!(records.iter().all(|run| shipped.int8.loss.fresh <= run.int8.loss.fresh));
    let n_files = std::fs::read_dir(&folders.models).unwrap().count();
    assert_eq!(n_files, 2 + 2, "manifest, README, and two files of weights");

    trainer::check::published(&[], EXTENT, 1, &folders).unwrap();
    let weights = folders.models.join(&shipped.weights.file);
    let mut bytes = files::read(&weights).unwrap();
    bytes[100] ^= 1;
    files::write(&weights, &bytes).unwrap();
    assert!(matches!(trainer::check::published(&[], EXTENT, 1, &folders), Err(Error::Damaged { .. })));
}
