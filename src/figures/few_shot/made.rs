//! At build time: the words and pairs that prompts are made of, and how the published models follow examples.

use std::sync::LazyLock;

use chapter::{DataTable, Provenance};
use tasks::{Corpus, Pair};

use super::{MAX_SHOTS, PAIRS, RECORDED, Task};
use crate::figures::vocabulary::{self, WORDS};
use crate::stage::{row, table};

/// Measured by the crate's own example, which says how to make it anew.
const MEASURED: &str = include_str!("../../../crates/worker/data/few_shot.csv");

/// The three tables; made once, for the tests ask many times.
pub fn tables() -> Vec<(String, DataTable)> {
    static TABLES: LazyLock<[DataTable; 3]> = LazyLock::new(|| {
        let corpus = Corpus::new();
        [vocabulary::made(&corpus), pairs(&corpus), recorded()]
    });
    let names = [WORDS, PAIRS, RECORDED].map(str::to_owned);
    names.into_iter().zip(TABLES.clone()).collect()
}

/// The pairs of each task, those of training first, and among them those of the chapter.
fn pairs(corpus: &Corpus) -> DataTable {
    let chapter = ["Thank you", "Hello"].map(|text| corpus.vocabulary().token(text));
    let mut rows = Vec::new();
    for task in Task::ALL {
        let Some(own) = task.own() else { continue };
        let mut pairs: Vec<_> = corpus.pairs(own).collect();
        pairs.sort_by_key(|&((x, _), _)| chapter.iter().rev().position(|one| *one == Some(x)).unwrap_or(2));
        pairs.sort_by_key(|&(_, side)| side == Pair::HeldOut);
        rows.extend(pairs.into_iter().map(|((x, y), side)| {
            let seen = u8::from(side == Pair::Seen);
            row(task.code(), vec![x.into(), y.into(), seen.into()])
        }));
    }
    table(Provenance::Project, &["x", "y", "seen"], rows)
}

/// The counts of the crate's table.
fn recorded() -> DataTable {
    let rows = MEASURED.lines().skip(1).filter_map(|line| {
        let cells: Vec<&str> = line.split(',').collect();
        let (size, _) = cells[0].split_once('-').expect("weights are named after their size");
        let task = Task::ALL.iter().position(|task| task.code() == cells[1])?;
        let flags = [cells[2] == "held-out", cells[3] == "shuffled"].map(|is| f64::from(u8::from(is)));
        let counts =
            cells[4..].iter().map(|cell| cell.parse::<f64>().expect("the crate's table holds counts"));
        Some(row(size, [task as f64].into_iter().chain(flags).chain(counts).collect()))
    });
    let mut columns = ["task", "held_out", "shuffled", "prompts"].map(str::to_owned).to_vec();
    columns.extend((0..=MAX_SHOTS).map(|shots| format!("correct_{shots}")));
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    table(Provenance::Project, &columns, rows.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_recorded_is_about_the_published_weights() {
        let manifest = include_str!("../../../content/models/manifest.json");
        let manifest: serde_json::Value = serde_json::from_str(manifest).unwrap();
        for model in manifest["models"].as_array().unwrap() {
            let runs = model["runs"].as_array().unwrap();
            let shipped = runs.iter().find(|run| run["settings"]["seed"] == model["shipped_seed"]).unwrap();
            let file = shipped["weights"]["file"].as_str().unwrap();
            let n_rows = MEASURED.lines().filter(|line| line.starts_with(file)).count();
            let anew =
                "cargo run --profile train -p worker --example few_shot > crates/worker/data/few_shot.csv";
            // Nine tasks with both sorts of pairs and both sorts of labels, and the made-up maps.
            assert_eq!(n_rows, 9 * 4 + 1, "{file} has not been measured; run\n{anew}");
        }
    }
}
