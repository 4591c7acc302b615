//! Trains the small model of induction heads in all its variants, and prints what the figure `induction-lab` shows before
//! a reader trains one, as comma-separated values:
//!
//! ```sh
//! cargo run --profile train -p worker --example induction curves > crates/worker/data/induction_curves.csv
//! cargo run --profile train -p worker --example induction maps > crates/worker/data/induction_maps.csv
//! cargo run --profile train -p worker --example induction seeds > crates/worker/data/induction_seeds.csv
//! ```
//!
//! `curves` and `maps` are of one seed, `seeds` says of twenty when the prefix-matching score passed one half and when
//! nine of ten repeats were predicted, or nothing where that did not happen.

use worker::{CONTEXT_LEN, ClientId, Recipe, Report, Request, RunId, Session, Step, Variant, Work};

/// Seed of the recorded run.
const SEED: u64 = 1;
/// Seeds that are counted.
const SEEDS: std::ops::RangeInclusive<u64> = 1..=20;
/// Steps between points of the curves.
const CURVE_EVERY: u32 = 5;
/// Steps between maps of the recipe; of the other variants only the last ones are kept.
const MAPS_EVERY: u32 = 50;

fn main() {
    match std::env::args().nth(1).as_deref() {
        Some("curves") => curves(),
        Some("maps") => maps(),
        Some("seeds") => seeds(),
        _ => eprintln!("say curves, maps or seeds"),
    }
}

/// What is plotted of a step.
fn numbers(recipe: &Recipe, step: &Step) -> [f32; 4] {
    let prefix = recipe.best_of_last_layer(&step.prefix);
    let previous = recipe.best_of_first_layer(&step.previous);
    [step.repeat_loss, step.repeat_accuracy, prefix, previous]
}

fn curves() {
    println!("variant,step,repeat_loss,repeat_accuracy,prefix,previous,flops");
    for variant in Variant::ALL {
        let recipe = variant.recipe(SEED);
        for report in trained(recipe) {
            let Report::Step(step) = report else { continue };
            if step.step.is_multiple_of(CURVE_EVERY) || step.step + 1 == recipe.steps {
                let [loss, accuracy, prefix, previous] = numbers(&recipe, &step);
                let (code, at, flops) = (variant.code(), step.step, step.flops);
                println!("{code},{at},{loss:.3},{accuracy:.3},{prefix:.3},{previous:.3},{flops}");
            }
        }
    }
}

/// The lower triangle of each map, row by row, a digit for each tenth.
fn maps() {
    println!("variant,step,head,tenths");
    for variant in Variant::ALL {
        let recipe = variant.recipe(SEED);
        for report in trained(recipe) {
            let Report::Snapshot { step, maps } = report else { continue };
            let is_kept = variant == Variant::TwoLayers && step.is_multiple_of(MAPS_EVERY);
            if !is_kept && step != recipe.steps {
                continue;
            }
            for (head, map) in maps.iter().enumerate() {
                let seen = (0..CONTEXT_LEN).flat_map(|row| &map[row * CONTEXT_LEN..][..=row]);
                let tenths = |&prob: &u8| char::from(b'0' + (u32::from(prob) * 9 / 255) as u8);
                let tenths: String = seen.map(tenths).collect();
                println!("{},{step},{head},{tenths}", variant.code());
            }
        }
    }
}

fn seeds() {
    println!("variant,seed,prefix_half_at,nine_of_ten_at");
    for variant in Variant::ALL {
        for seed in SEEDS {
            let recipe = variant.recipe(seed);
            let steps: Vec<_> = trained(recipe)
                .into_iter()
                .filter_map(|report| match report {
                    Report::Step(step) => Some((step.step, numbers(&recipe, &step))),
                    _ => None,
                })
                .collect();
            let first = |is_there: &dyn Fn([f32; 4]) -> bool| {
                let found = steps.iter().find(|(_, numbers)| is_there(*numbers));
                found.map_or_else(String::new, |(step, _)| step.to_string())
            };
            let half = first(&|[_, _, prefix, _]| prefix > 0.5);
            let nine = first(&|[_, accuracy, _, _]| accuracy > 0.9);
            println!("{},{seed},{half},{nine}", variant.code());
        }
    }
}

fn trained(recipe: Recipe) -> Vec<Report> {
    let mut session = Session::new();
    let work = Work::Train(recipe);
    session.handle(Request::Start { client: ClientId(1), run: RunId(1), work });
    while session.is_busy() {
        session.advance(|| true);
    }
    session.take_events().into_iter().map(|event| event.report).collect()
}
