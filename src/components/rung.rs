//! The size of the project's model that a figure runs: a slider to choose it, and a line that says what it is.

use chapter::{Ladder, Language, Unit};
use yew::prelude::*;

use super::Slider;
use crate::figure::Rung;
use crate::lab::wilson;
use crate::locale::number::{named, quantity};
use crate::locale::words;

/// A slider over the sizes.
pub fn rung_slider(ladder: &Ladder, rung: &Rung, language: Language, on_input: &Callback<Rung>) -> Html {
    let Some(chosen) = rung.of(ladder) else { return Html::default() };
    let rungs: Vec<Rung> = (0..ladder.rungs.len()).map(|index| Rung::at(ladder, index)).collect();
    let params = named(chosen.params as f64, Some(3), language);
    Slider {
        label: html! { words::model_size(language) },
        value: rung.index(ladder) as f64,
        min: 0.0,
        max: rungs.len() as f64 - 1.0,
        step: 1.0,
        text: words::rung(&chosen.name, &params, language),
        on_input: on_input.reform(move |index: f64| {
            let last = rungs.len() - 1;
            rungs[(index.max(0.0) as usize).min(last)].clone()
        }),
    }
    .view()
}

/// What the model is beside GPT-3 with its `gpt3_params` parameters, and its measured score in an ability of `ladder`,
/// so that nobody is fooled by one lucky answer.
pub fn rung_line(
    ladder: &Ladder,
    rung: &Rung,
    ability: Option<&str>,
    gpt3_params: f64,
    language: Language,
) -> Html {
    let Some(chosen) = rung.of(ladder) else { return Html::default() };
    let params = chosen.params as f64;
    let size = words::toy_model(
        &chosen.name,
        &named(params, Some(3), language),
        &named(gpt3_params / params, Some(2), language),
        language,
    );
    let index = ladder.abilities.iter().position(|own| Some(own.as_str()) == ability);
    let score = index.zip(chosen.shipped()).and_then(|(index, run)| run.scores.get(index));
    let score = score.map(|score| {
        let percent = |share: f64| quantity(100.0 * share, Unit::Percent, Some(2), language);
        let n_right = (score.correct * score.items as f64).round();
        let [low, high] = wilson(n_right as u32, score.items as u32).map(|end| percent(f64::from(end)));
        let items = named(score.items as f64, None, language);
        words::measured_score(&percent(score.correct), &low, &high, &items, language)
    });
    html! { <p class="rung-line">{ size }{ for score }</p> }
}
