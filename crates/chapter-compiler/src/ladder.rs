//! `models/manifest.json`, as the trainer writes it: of its many numbers, those that figures show.

use std::collections::BTreeMap;

use chapter::{Ladder, Run, Rung, Score, Snapshot};
use serde::Deserialize;

use crate::{FigureNeeds, Place, Problems, Sources, nearest::unknown};

/// Path of the manifest inside the content folder.
pub const PATH: &str = "models/manifest.json";

#[derive(Deserialize)]
struct Manifest {
    language: Language,
    models: Vec<Model>,
}

#[derive(Deserialize)]
struct Language {
    floor: f64,
}

#[derive(Deserialize)]
struct Model {
    size: String,
    params_non_embedding: u64,
    params: u64,
    shipped_seed: u64,
    runs: Vec<ManifestRun>,
}

#[derive(Deserialize)]
struct ManifestRun {
    settings: Settings,
    tokens: u64,
    flops: f64,
    int8: Measured,
    #[serde(default)]
    snapshots: Vec<ManifestSnapshot>,
}

#[derive(Deserialize)]
struct Settings {
    seed: u64,
}

#[derive(Deserialize)]
struct ManifestSnapshot {
    tokens: u64,
    int8: Measured,
}

#[derive(Deserialize)]
struct Measured {
    loss: Loss,
    scores: BTreeMap<String, Score>,
}

#[derive(Deserialize)]
struct Loss {
    fresh: f64,
}

/// The models with every ability; empty when there is no manifest, or one that cannot be read, which is reported.
pub fn read(sources: &Sources, problems: &mut Problems) -> Ladder {
    let Some(text) = sources.text(PATH) else { return Ladder::default() };
    match serde_json::from_str::<Manifest>(text) {
        Ok(manifest) => ladder(manifest),
        Err(error) => {
            problems.add(Place::new(&sources.name(PATH), error.line()), error.to_string());
            Ladder::default()
        }
    }
}

fn ladder(manifest: Manifest) -> Ladder {
    // An ability that some model lacks cannot be compared.
    let mut all = manifest.models.iter().flat_map(|model| &model.runs).map(|run| &run.int8.scores);
    let abilities: Vec<String> = all.next().map_or_else(Vec::new, |first| {
        let everywhere: Vec<_> = all.collect();
        let is_everywhere = |name: &&String| everywhere.iter().all(|scores| scores.contains_key(*name));
        first.keys().filter(is_everywhere).cloned().collect()
    });
    let run = |run: ManifestRun| Run {
        seed: run.settings.seed,
        tokens: run.tokens,
        flops: run.flops,
        loss: run.int8.loss.fresh,
        scores: abilities.iter().map(|name| run.int8.scores[name]).collect(),
        history: run
            .snapshots
            .iter()
            .map(|snapshot| Snapshot { tokens: snapshot.tokens, loss: snapshot.int8.loss.fresh })
            .collect(),
    };
    let rungs = manifest.models.into_iter().map(|model| Rung {
        name: model.size,
        params_non_embedding: model.params_non_embedding,
        params: model.params,
        shipped_seed: model.shipped_seed,
        runs: model.runs.into_iter().map(run).collect(),
    });
    Ladder { floor: manifest.language.floor, rungs: rungs.collect(), abilities }
}

/// Reports abilities that figures read and the manifest lacks.
pub fn check(ladder: &Ladder, figures: &[FigureNeeds], sources: &Sources, problems: &mut Problems) {
    for needs in figures {
        for name in needs.abilities.iter().filter(|name| !ladder.abilities.iter().any(|own| own == *name)) {
            let what = unknown("ability", name, ladder.abilities.iter().map(String::as_str));
            let needed_by = format!("needed by figure \"{}\"", needs.figure.slug());
            problems.add(Place::new(&sources.name(PATH), 1), format!("{what} ({needed_by})"));
        }
    }
}
