//! What the two languages must have in common: files, and in each file the same parts, figures, tables, notes, code
//! blocks and displayed formulas in the same order.

use std::{collections::BTreeMap, sync::Arc};

use chapter::Language;

use crate::{Place, Problems, Sources, reader::Landmark};

type Landmarks = BTreeMap<String, Vec<Landmark>>;

/// Compares the languages, given the landmarks of each file in the order of [`Language::ALL`].
pub fn compare(landmarks: [&Landmarks; 2], sources: &Sources, problems: &mut Problems) {
    let file = |language: Language, name: &str| sources.name(&format!("{}/{name}", language.folder()));
    for (language, own, others) in
        [(Language::Zh, landmarks[0], landmarks[1]), (Language::En, landmarks[1], landmarks[0])]
    {
        for name in own.keys().filter(|name| !others.contains_key(*name)) {
            let missing = Place::new(&file(language.other(), name), 1);
            problems.add(missing, format!("missing file: {} has no counterpart", file(language, name)));
        }
    }
    for (name, zh) in landmarks[0] {
        if let Some(en) = landmarks[1].get(name) {
            compare_file(zh, en, &file(Language::Zh, name), &file(Language::En, name), problems);
        }
    }
}

fn compare_file(
    zh: &[Landmark],
    en: &[Landmark],
    zh_file: &Arc<str>,
    en_file: &Arc<str>,
    problems: &mut Problems,
) {
    let (extra_zh, extra_en) = (without_counterpart(zh, en), without_counterpart(en, zh));
    for (extra, other) in [(&extra_zh, en_file), (&extra_en, zh_file)] {
        for landmark in extra {
            problems.add(landmark.place.clone(), format!("{} has no counterpart in {other}", landmark.name));
        }
    }
    let common = |all: &[Landmark], extra: &[&Landmark]| -> Vec<Landmark> {
        all.iter().filter(|landmark| !extra.contains(landmark)).cloned().collect()
    };
    let (zh, en) = (common(zh, &extra_zh), common(en, &extra_en));
    if let Some((zh, en)) = zh.iter().zip(&en).find(|(zh, en)| zh.name != en.name) {
        problems.add(en.place.clone(), format!("{} stands where {} has {}", en.name, zh.place, zh.name));
    }
}

/// The landmarks that `others` has fewer of; of several with one name, the last ones.
fn without_counterpart<'a>(own: &'a [Landmark], others: &[Landmark]) -> Vec<&'a Landmark> {
    let mut unmatched: Vec<&str> = others.iter().map(|landmark| landmark.name.as_str()).collect();
    own.iter()
        .filter(|landmark| match unmatched.iter().position(|name| *name == landmark.name) {
            Some(index) => {
                unmatched.swap_remove(index);
                false
            }
            None => true,
        })
        .collect()
}
