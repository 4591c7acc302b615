//! What is used: unused entries are reported, and each chapter gets the facts and works that it needs.

use std::collections::{BTreeMap, BTreeSet};

use chapter::{DataTable, Fact, FigureId, Reference};

use crate::{
    FigureNeeds, Place, Problems, Sources, library::Library, nearest::unknown, reader::Met, toml_file::Entry,
};

/// The facts that a text and the figures quote, by key.
pub fn facts(met: &Met, figures: &[FigureNeeds], library: &Library) -> BTreeMap<String, Fact> {
    fact_keys(met, figures)
        .into_iter()
        .filter_map(|key| Some((key.to_owned(), library.facts.get(key)?.value.clone()?)))
        .collect()
}

/// The works that a text cites, and those that its facts and the figures' tables are from, by author, then year.
pub fn references(met: &Met, figures: &[FigureNeeds], library: &Library) -> Vec<Reference> {
    let mut works: Vec<Reference> = reference_keys(met, figures, library)
        .into_iter()
        .filter_map(|key| library.references.get(key)?.value.clone())
        .collect();
    works.sort_by_cached_key(|work| (work.authors.to_lowercase(), work.year, work.key.clone()));
    works
}

fn fact_keys<'a>(met: &'a Met, figures: &[FigureNeeds]) -> BTreeSet<&'a str> {
    let of_figures = figures.iter().flat_map(|needs| needs.facts.iter().copied());
    met.facts.iter().map(String::as_str).chain(of_figures).collect()
}

fn reference_keys<'a>(met: &'a Met, figures: &[FigureNeeds], library: &'a Library) -> BTreeSet<&'a str> {
    let of_facts =
        fact_keys(met, figures).into_iter().filter_map(|key| library.facts.get(key)?.source.as_deref());
    let of_tables =
        figures.iter().flat_map(|needs| needs.tables).filter_map(|name| library.tables.get(*name)).flat_map(
            |entry| {
                entry.source.as_deref().into_iter().chain(entry.value.iter().flat_map(DataTable::sources))
            },
        );
    met.references.iter().map(String::as_str).chain(of_facts).chain(of_tables).collect()
}

/// Reports what a figure needs and the library lacks, what the library has and nothing uses, and figures that are
/// placed in neither language. (One that is missing in one language is the comparison of languages' to report.)
pub fn check(
    met: [&Met; 2],
    figures: &[FigureNeeds],
    library: &Library,
    sources: &Sources,
    problems: &mut Problems,
) {
    check_figures(met, figures, library, sources, problems);

    let used: BTreeSet<&str> = met.iter().flat_map(|met| fact_keys(met, figures)).collect();
    unused("fact", &library.facts, &used, problems);

    let used = met.iter().flat_map(|met| reference_keys(met, figures, library)).collect();
    unused("reference", &library.references, &used, problems);

    let used = met.iter().flat_map(|met| met.notes.iter().map(|(key, _)| key.as_str())).collect();
    unused("note", &library.notes, &used, problems);

    let used = figures.iter().flat_map(|needs| needs.tables.iter().copied()).collect();
    unused("table", &library.tables, &used, problems);
}

fn unused<T>(
    kind: &str,
    entries: &BTreeMap<String, Entry<T>>,
    used: &BTreeSet<&str>,
    problems: &mut Problems,
) {
    for (key, entry) in entries {
        if !used.contains(key.as_str()) {
            problems.add(entry.place.clone(), format!("{kind} \"{key}\" is not used"));
        }
    }
}

fn check_figures(
    met: [&Met; 2],
    figures: &[FigureNeeds],
    library: &Library,
    sources: &Sources,
    problems: &mut Problems,
) {
    for figure in FigureId::ALL {
        if met.iter().all(|met| !met.figures.contains_key(&figure)) {
            let what = format!("figure \"{}\" is placed in no section", figure.slug());
            problems.add(Place::new(&sources.name("zh/chapter.toml"), 1), what.clone());
            problems.add(Place::new(&sources.name("en/chapter.toml"), 1), what);
        }
    }
    for needs in figures {
        let needed_by = format!("needed by figure \"{}\"", needs.figure.slug());
        for key in needs.facts.iter().filter(|key| !library.facts.contains_key(**key)) {
            let what = unknown("fact", key, library.facts.keys().map(String::as_str));
            problems.add(Place::new(&sources.name("facts.toml"), 1), format!("{what} ({needed_by})"));
        }
        for name in needs.tables.iter().filter(|name| !library.tables.contains_key(**name)) {
            let what = unknown("table", name, library.tables.keys().map(String::as_str));
            let file = sources.name(&format!("data/{name}.toml"));
            problems.add(Place::new(&file, 1), format!("{what} ({needed_by})"));
        }
    }
}
