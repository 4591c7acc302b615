//! The table of sizes against abilities, for people: `content/models/README.md`.

use crate::manifest::{Manifest, Model, Run};
use crate::{LADDER, SEEDS};

/// Abilities of the table, by their names in the manifest, which has more.
const COLUMNS: [(&str, &str); 10] = [
    ("translation-seen-2", "translation, seen, 2 examples"),
    ("translation-held-out-4", "translation, held out, 4 examples"),
    ("category-held-out-4", "category, held out, 4 examples"),
    ("maps", "made-up maps"),
    ("repeats", "repeats"),
    ("code", "code"),
    ("arithmetic-steps", "arithmetic, steps"),
    ("arithmetic-direct", "arithmetic, direct"),
    ("verse", "verse"),
    ("couplets", "couplets"),
];

const ABOUT: &str = "\
# The trained models

One family of decoder-only transformers, all trained by this project on the synthetic language of `crates/tasks`.
`manifest.json` has every number of this page and many more; the weights lie beside it at int8, one file a size, named
after their content. This page is written by the trainer.

To make everything again, in about as long as the manifest's `seconds` say, which depends on what else the machine does:

```
cargo xtask train --all                 # every size and seed; Ctrl-C saves, the same command goes on
cargo xtask train --size 4x64 --seed 1  # one run
cargo xtask evaluate                    # measures the shipped weights and compares with the manifest
```

- A size is layers x width. N counts parameters without the embedding. Tokens are those predicted, without padding.
- Losses are in nats per token on new rows of the training distribution. Below the floor, the entropy of the language, no
  model can be.
- Scores are shares of right answers among 512 test items. *Seen* asks for a pair that training shows, in a row of other
  examples; everything else asks for what training never shows: held-out pairs, problems, sequences and first lines, and
  maps and strings made up for the item. Programs are run on terms that they were not shown, steps and poems are judged by
  rules, all else is compared. Poems are drawn at temperature 1 and count if they keep grammar, rhyme and meter.
- A cell is the shipped run at int8, the median of its seeds by loss; in brackets the least and the largest of all seeds.
";

/// The whole page.
pub fn text(manifest: &Manifest) -> String {
    let mut text = ABOUT.to_owned();
    let n_runs: usize = manifest.models.iter().map(|model| model.runs.len()).sum();
    let n_planned = LADDER.len() * SEEDS.len();
    let floor = manifest.language.floor;
    let mut add = |line: String| {
        text.push_str(&line);
        text.push('\n');
    };
    add(format!("\n{n_runs} of {n_planned} planned runs are done. The floor of the loss is {floor:.4}.\n"));
    let head: Vec<&str> = COLUMNS.iter().map(|column| column.1).collect();
    add(format!("| size | N | seeds | tokens | loss | loss at f32 | {} |", head.join(" | ")));
    add(format!("|{}", "---|".repeat(6 + head.len())));
    for model in &manifest.models {
        let Some(run) = model.shipped() else { continue };
        let mut row = format!("| {} | {} | {} ", model.size, model.params_non_embedding, model.runs.len());
        row += &format!(
            "| {:.1} M | {} ",
            run.tokens as f64 / 1e6,
            cell(model, run, |run| Some(run.int8.loss.fresh))
        );
        row += &format!("| {:.4} ", run.f32.loss.fresh);
        for (ability, _) in COLUMNS {
            let score = |run: &Run| run.int8.scores.get(ability).map(|score| score.correct);
            row += &format!("| {} ", cell(model, run, score));
        }
        add(row + "|");
    }
    text
}

/// The value of the shipped run, and the range over several.
fn cell(model: &Model, shipped: &Run, value: impl Fn(&Run) -> Option<f64>) -> String {
    let Some(own) = value(shipped) else { return "–".to_owned() };
    let values: Vec<f64> = model.runs.iter().filter_map(&value).collect();
    let least = values.iter().copied().fold(own, f64::min);
    let largest = values.iter().copied().fold(own, f64::max);
    if values.len() > 1 { format!("{own:.3} [{least:.3}, {largest:.3}]") } else { format!("{own:.3}") }
}
