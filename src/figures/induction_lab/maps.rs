//! Where each head looks: a square of shades for each, the reading token downwards, what it looks at to the right.

use chapter::{Language, Row};
use yew::prelude::*;

use super::live::Trainer;
use super::{Controls, MAPS, words};
use crate::figure::FigureData;
use crate::lab::{CONTEXT_LEN, Variant};

/// Shades of a map, from nothing to all of the attention.
const SHADES: u8 = 9;

/// The maps of one step.
pub struct Maps {
    /// Steps made before them.
    pub step: u32,
    /// Whether they were recorded by the project, or come from a run made here.
    pub is_recorded: bool,
    /// Heads of a layer.
    n_head: usize,
    /// For each head, layer by layer, the cells of each shade above 0, as the path of an SVG.
    heads: Vec<Vec<String>>,
}

impl Maps {
    /// The last maps at or before a step: of the run made here, or else the recorded ones.
    pub fn new(data: &FigureData, controls: &Controls, trainer: &Trainer, step: f64) -> Self {
        let n_head = usize::from(controls.variant.recipe(controls.seed).n_head);
        // The last maps are made after the last step.
        let until = (step + 1.0) as u32;
        let here = trainer.snapshots.iter().rev().find(|(at, _)| *at <= until).or(trainer.snapshots.first());
        if let Some((at, maps)) = here {
            let tenths = |map: &Vec<u8>| {
                let cell = |(row, column): (usize, usize)| map[row * CONTEXT_LEN + column];
                triangle().map(|at| (u32::from(cell(at)) * u32::from(SHADES) / 255) as u8).collect()
            };
            return Self {
                step: *at,
                is_recorded: false,
                n_head,
                heads: maps.iter().map(|map| paths(tenths(map))).collect(),
            };
        }
        let rows = data.table(MAPS).map(|table| &table.rows[..]).unwrap_or_default();
        let variant = Variant::ALL.iter().position(|one| *one == controls.variant).unwrap_or_default() as f64;
        let steps = || rows.iter().filter(move |row| row.values[0] == variant).map(|row| row.values[1]);
        let before = steps().filter(|at| *at <= until.into()).fold(f64::NAN, f64::max);
        // Of the variants only the last maps are recorded.
        let at = if before.is_nan() { steps().fold(f64::INFINITY, f64::min) } else { before };
        let is_it = |row: &&Row| row.values[..2] == [variant, at];
        let tenths = |row: &Row| paths(row.label.bytes().map(|digit| digit - b'0').collect());
        Self {
            step: at as u32,
            is_recorded: true,
            n_head,
            heads: rows.iter().filter(is_it).map(tenths).collect(),
        }
    }
}

/// The cells that a head can look at, row by row.
fn triangle() -> impl Iterator<Item = (usize, usize)> {
    (0..CONTEXT_LEN).flat_map(|row| (0..=row).map(move |column| (row, column)))
}

/// The cells of each shade above 0.
fn paths(shades: Vec<u8>) -> Vec<String> {
    let mut paths = vec![String::new(); SHADES.into()];
    for ((row, column), shade) in triangle().zip(shades) {
        if let Some(path) = usize::from(shade).checked_sub(1).and_then(|index| paths.get_mut(index)) {
            path.push_str(&format!("M{column} {row}h1v1h-1z"));
        }
    }
    paths
}

/// The maps side by side.
pub fn attention(maps: &Maps, language: Language) -> Html {
    let head = |(index, paths): (usize, &Vec<String>)| {
        let (layer, head) = (index / maps.n_head, index % maps.n_head);
        let name = words::head((layer as u8, head as u8), language);
        html! {
            <figure class="induction-lab__map">
                <svg viewBox="0 0 32 32" role="img" aria-label={words::map(&name, language)}>
                    { for paths.iter().enumerate().map(|(index, path)| {
                        let opacity = format!("{:.2}", (index + 1) as f64 / f64::from(SHADES));
                        html! { <path d={path.clone()} fill-opacity={opacity} /> }
                    }) }
                </svg>
                <figcaption>{ name }</figcaption>
            </figure>
        }
    };
    html! {
        <>
            <p class="segmented__label">{ words::maps(maps, language) }</p>
            <div class="induction-lab__maps">{ for maps.heads.iter().enumerate().map(head) }</div>
        </>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Controls as _;
    use crate::figure::State;
    use crate::figures::InductionLab;

    fn maps(state: &str, trainer: &Trainer, step: f64) -> Maps {
        let data = FigureData::of::<InductionLab>();
        Maps::new(&data, &Controls::from_state(&State::parse(state)), trainer, step)
    }

    #[test]
    fn recorded_maps_follow_the_scrubber() {
        let idle = Trainer::default();
        assert_eq!(maps("", &idle, 449.0).step, 450);
        assert_eq!(maps("", &idle, 120.0).step, 100);
        assert_eq!(maps("", &idle, 120.0).heads.len(), 2);
        assert_eq!(maps("model=one-layer", &idle, 10.0).step, 450);
        assert_eq!(maps("model=narrow-heads", &idle, 449.0).heads.len(), 4);
    }

    #[test]
    fn maps_made_here_come_first() {
        let mut map = vec![0; CONTEXT_LEN * CONTEXT_LEN];
        map[CONTEXT_LEN] = 255;
        let trainer =
            Trainer { snapshots: vec![(0, vec![map.clone()]), (10, vec![map])], ..Trainer::default() };
        let maps = maps("", &trainer, 4.0);
        assert!(!maps.is_recorded && maps.step == 0);
        assert_eq!(maps.heads[0][8], "M0 1h1v1h-1z");
        assert!(maps.heads[0][..8].iter().all(String::is_empty));
    }
}
