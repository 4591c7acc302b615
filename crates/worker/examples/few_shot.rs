//! Measures every published model on examples of some tasks, by the number of examples, and prints the counts as
//! comma-separated values:
//!
//! ```sh
//! cargo run --profile train -p worker --example few_shot > crates/worker/data/few_shot.csv
//! ```
//!
//! The figure `few-shot` shows them behind what the reader measures in the page by the same code.

use std::path::Path;

use tasks::{Language, LetterRule, NumberRule, Pair, Task};
use worker::{ClientId, Labels, Report, Request, RunId, Session, Test, Work};

/// Most examples.
const MAX_SHOTS: u8 = 8;
/// Fresh prompts for each number of examples.
const ITEMS: u32 = 200;
const SEED: u64 = 1;

/// The tasks of the figure, by the codes of its addresses.
const TASKS: [(&str, Task); 9] = [
    ("en-zh", Task::Translate { from: Language::English, to: Language::Chinese }),
    ("zh-en", Task::Translate { from: Language::Chinese, to: Language::English }),
    ("en-fr", Task::Translate { from: Language::English, to: Language::French }),
    ("fr-ja", Task::Translate { from: Language::French, to: Language::Japanese }),
    ("category", Task::Categorize(Language::English)),
    ("next", Task::Letters(LetterRule::Next)),
    ("upper", Task::Letters(LetterRule::Upper)),
    ("add10", Task::Numbers(NumberRule::Add10)),
    ("double", Task::Numbers(NumberRule::Double)),
];

fn main() {
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/models");
    let manifest = std::fs::read_to_string(models.join("manifest.json")).expect("the manifest is there");
    let manifest: serde_json::Value = serde_json::from_str(&manifest).expect("it is JSON");
    let shots: Vec<String> = (0..=MAX_SHOTS).map(|shots| format!("correct_{shots}")).collect();
    println!("weights,task,pair,labels,prompts,{}", shots.join(","));
    for model in manifest["models"].as_array().expect("a list of models") {
        let runs = model["runs"].as_array().expect("a list of runs");
        let shipped = runs.iter().find(|run| run["settings"]["seed"] == model["shipped_seed"]);
        let file = shipped.and_then(|run| run["weights"]["file"].as_str()).expect("published weights");
        let weights = std::fs::read(models.join(file)).expect("the weights are there");
        let mut session = Session::new();
        let mut line = |what: String, test: &dyn Fn(u8) -> Test| {
            let tests = (0..=MAX_SHOTS).map(test).collect();
            let counts: Vec<String> =
                measured(&mut session, &weights, tests).iter().map(u32::to_string).collect();
            println!("{file},{what},{ITEMS},{}", counts.join(","));
        };
        for (code, task) in TASKS {
            for (pair, side) in [("seen", Pair::Seen), ("held-out", Pair::HeldOut)] {
                for (name, labels) in [("true", Labels::True), ("shuffled", Labels::Shuffled)] {
                    line(format!("{code},{pair},{name}"), &|shots| Test::Task {
                        task,
                        pair: side,
                        shots,
                        labels,
                    });
                }
            }
        }
        line("map,seen,true".to_owned(), &|shots| Test::Map { shots });
        eprintln!("{file}");
    }
}

/// How many answers of each test are right.
fn measured(session: &mut Session, weights: &[u8], tests: Vec<Test>) -> Vec<u32> {
    let work = Work::Score { rung: String::new(), tests, items: ITEMS, seed: SEED };
    session.handle(Request::Start { client: ClientId(1), run: RunId(1), work });
    let mut counts = Vec::new();
    loop {
        session.advance(|| true);
        for event in session.take_events() {
            match event.report {
                Report::Tallies(tallies) => counts = tallies.iter().map(|tally| tally.correct).collect(),
                Report::Failed(problem) => panic!("{problem}"),
                _ => {}
            }
        }
        match session.wanted() {
            Some(name) => session.provide(&name, weights).expect("whole weights"),
            None => return counts,
        }
    }
}
