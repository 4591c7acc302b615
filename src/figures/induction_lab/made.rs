//! At build time: the runs that the project recorded.

use std::sync::LazyLock;

use chapter::{DataTable, Provenance};

use super::{CURVES, MAPS, SEEDS};
use crate::lab::Variant;
use crate::stage::{row, table};

/// Recorded by the crate's own example, which says how to make them anew.
const RECORDED: [&str; 3] = [
    include_str!("../../../crates/worker/data/induction_curves.csv"),
    include_str!("../../../crates/worker/data/induction_maps.csv"),
    include_str!("../../../crates/worker/data/induction_seeds.csv"),
];
/// The step by which a head counts as formed.
const IN_TIME: f64 = 300.0;

/// The three tables; read once, for the tests ask many times.
pub fn tables() -> Vec<(String, DataTable)> {
    static TABLES: LazyLock<[DataTable; 3]> = LazyLock::new(|| [curves(), maps(), seeds()]);
    [CURVES, MAPS, SEEDS].map(str::to_owned).into_iter().zip(TABLES.clone()).collect()
}

fn lines(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().skip(1).map(|line| line.split(',').collect())
}

fn number(cell: &str) -> f64 {
    cell.parse().expect("the example prints numbers")
}

fn curves() -> DataTable {
    let rows =
        lines(RECORDED[0]).map(|cells| row(cells[0], cells[1..].iter().map(|cell| number(cell)).collect()));
    let columns = ["step", "repeat_loss", "repeat_accuracy", "prefix", "previous", "flops"];
    table(Provenance::Project, &columns, rows.collect())
}

fn maps() -> DataTable {
    let index = |code| Variant::ALL.iter().position(|variant| variant.code() == code).expect("a variant");
    let rows = lines(RECORDED[1])
        .map(|cells| row(cells[3], vec![index(cells[0]) as f64, number(cells[1]), number(cells[2])]));
    table(Provenance::Project, &["variant", "step", "head"], rows.collect())
}

fn seeds() -> DataTable {
    let rows = Variant::ALL.map(|variant| {
        let runs: Vec<_> = lines(RECORDED[2]).filter(|cells| cells[0] == variant.code()).collect();
        let formed = runs.iter().filter(|cells| !cells[2].is_empty() && number(cells[2]) <= IN_TIME);
        let copied = runs.iter().filter(|cells| !cells[3].is_empty());
        let counts = [runs.len(), formed.count(), copied.count()];
        row(variant.code(), counts.map(|count| count as f64).into())
    });
    table(Provenance::Project, &["seeds", "formed", "copied"], rows.into())
}

#[cfg(test)]
mod tests {
    use worker::{ClientId, Report, Request, RunId, Session, Work};

    use super::*;

    #[test]
    fn the_recorded_run_is_what_the_lab_trains_today() {
        let recipe = Variant::TwoLayers.recipe(super::super::FIRST_SEED);
        let mut session = Session::new();
        let work = Work::Train(recipe);
        session.handle(Request::Start { client: ClientId(1), run: RunId(1), work });
        let mut steps = Vec::new();
        while steps.len() < 31 {
            session.advance(|| false);
            steps.extend(session.take_events().into_iter().filter_map(|event| match event.report {
                Report::Step(step) => Some(step),
                _ => None,
            }));
        }
        let curves = curves();
        for recorded in curves.rows.iter().take_while(|row| row.values[0] <= 30.0) {
            let step = &steps[recorded.values[0] as usize];
            // Machines add in different orders; thirty steps do not let that grow.
            assert!(
                (f64::from(step.repeat_loss) - recorded.values[1]).abs() < 0.02,
                "{step:?}, {recorded:?}"
            );
            assert_eq!(step.flops, recorded.values[5]);
        }
    }
}
