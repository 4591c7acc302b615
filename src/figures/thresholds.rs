//! The text's three thresholds of size, against published scores by size.
//!
//! What to see: where an ability "appears" depends on the bar one sets and on the family of models. The reader moves the
//! bar; for each family the smallest model above it is marked and compared with the text's threshold.

use chapter::{FigureId, Language, Provenance, Unit};
use yew::prelude::*;

use crate::components::{LegendEntry, Line, PlotCanvas, Segmented, Slider, index_of, legend};
use crate::figure::{BodyProps, Drag, Drawing, Figure, FigureData, FigureError, Series, State};
use crate::locale::number::{power_of_ten, quantity};
use crate::plot::{Anchor, Axes, Axis, DrawError, Frame, Label, Look, Picture, Plot, Scale};

mod words;

/// The figure `thresholds`.
#[derive(PartialEq)]
pub struct Thresholds;

/// An ability to which the text gives a threshold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ability {
    /// Learning from examples in the prompt.
    #[default]
    Examples,
    /// Writing code.
    Code,
    /// Mathematical reasoning.
    Reasoning,
}

impl Ability {
    const ALL: [Self; 3] = [Self::Examples, Self::Code, Self::Reasoning];

    const fn code(self) -> &'static str {
        match self {
            Self::Examples => "examples",
            Self::Code => "code",
            Self::Reasoning => "reasoning",
        }
    }

    /// Upper end of the vertical axis, percent: gains from examples are smaller than scores.
    const fn highest(self) -> f64 {
        match self {
            Self::Examples => 30.0,
            Self::Code | Self::Reasoning => 100.0,
        }
    }

    /// The text's threshold, parameters.
    fn threshold(self, data: &FigureData) -> Result<(f64, f64), FigureError> {
        Ok(match self {
            Self::Examples => (data.value("thresholds.examples")?, data.value("thresholds.examples")?),
            Self::Code => (data.value("thresholds.code_low")?, data.value("thresholds.code_high")?),
            Self::Reasoning => (data.value("thresholds.reasoning")?, f64::INFINITY),
        })
    }
}

/// All that the reader can change.
#[derive(Clone, Debug, PartialEq)]
pub struct Controls {
    /// Which ability is shown.
    pub ability: Ability,
    /// From which score on a model counts as able, percent.
    pub bar: f64,
}

impl Default for Controls {
    fn default() -> Self {
        Self { ability: Ability::default(), bar: 10.0 }
    }
}

/// Lowest bar, percent.
const LOWEST: f64 = 1.0;
/// Step of the bar, percent.
const STEP: f64 = 0.5;
/// Ends of the horizontal axis, parameters: from the smallest Codex to beyond PaLM.
const PARAMS: (f64, f64) = (1e7, 1e12);

impl crate::figure::Controls for Controls {
    fn to_state(&self) -> State {
        let default = Self::default();
        State::default().with_if(self.ability != default.ability, "ability", self.ability.code()).with_if(
            self.bar != default.bar,
            "bar",
            self.bar,
        )
    }

    fn from_state(state: &State) -> Self {
        let default = Self::default();
        let ability = state.choice("ability", &Ability::ALL, Ability::code).unwrap_or_default();
        Self { ability, bar: state.number("bar", LOWEST..=ability.highest()).unwrap_or(default.bar) }
    }
}

impl Controls {
    /// Sets the bar, to a whole step.
    fn raise(&mut self, bar: f64) {
        self.bar = ((bar / STEP).round() * STEP).clamp(LOWEST, self.ability.highest());
    }
}

/// Models that were trained and tested alike, in several sizes.
#[derive(Clone, Debug, PartialEq)]
pub struct Family {
    /// Name in Chinese and English.
    pub names: [String; 2],
    /// Key of the work that states the scores.
    pub source: String,
    /// Whether it is a small model of a later year.
    pub is_later: bool,
    /// Parameters and score in percent, growing.
    pub scores: Vec<(f64, f64)>,
}

impl Family {
    fn name(&self, language: Language) -> &str {
        let [zh, en] = &self.names;
        match language {
            Language::Zh => zh,
            Language::En => en,
        }
    }

    /// The smallest model whose score reaches the bar, and its score.
    fn first_above(&self, bar: f64) -> Option<(f64, f64)> {
        self.scores.iter().copied().find(|&(_, score)| score >= bar)
    }
}

/// Plain numbers to draw.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// Which ability is shown.
    pub ability: Ability,
    /// The bar, percent.
    pub bar: f64,
    /// The text's thresholds, in the order of [`Ability::ALL`], parameters.
    pub thresholds: Vec<(f64, f64)>,
    /// Published scores.
    pub families: Vec<Family>,
}

impl View {
    /// The text's threshold for the ability that is shown.
    fn threshold(&self) -> (f64, f64) {
        self.thresholds[index_of(&Ability::ALL, &self.ability)]
    }
}

impl Figure for Thresholds {
    const ID: FigureId = FigureId::Thresholds;
    const FACTS: &'static [&'static str] =
        &["thresholds.examples", "thresholds.code_low", "thresholds.code_high", "thresholds.reasoning"];
    const TABLES: &'static [&'static str] = &["threshold-evidence"];

    type Body = Body;
    type Controls = Controls;
    type View = View;

    fn view(controls: &Controls, data: &FigureData) -> Result<View, FigureError> {
        let table = data.table("threshold-evidence")?;
        let mut families: Vec<Family> = Vec::new();
        for row in table.rows.iter().filter(|row| row.is(controls.ability.code())) {
            let &[params, score] = row.values.as_slice() else {
                return Err(FigureError::Missing(row.label.clone()));
            };
            match families.last_mut() {
                Some(family) if family.names[1] == row.label => family.scores.push((params, score)),
                _ => families.push(Family {
                    names: [Language::Zh, Language::En].map(|language| row.name(language).to_owned()),
                    source: row.source.as_deref().unwrap_or(&table.source).to_owned(),
                    is_later: row.is("later"),
                    scores: vec![(params, score)],
                }),
            }
        }
        let thresholds =
            Ability::ALL.iter().map(|ability| ability.threshold(data)).collect::<Result<_, _>>()?;
        Ok(View {
            ability: controls.ability,
            bar: controls.bar.min(controls.ability.highest()),
            thresholds,
            families,
        })
    }

    fn frame(view: &View, look: &Look) -> Frame {
        // Some room below zero, for scores of zero, and above all scores, for the names of the thresholds.
        let high = view.ability.highest();
        Frame::new(Scale::new(PARAMS.0, PARAMS.1, 0.0), Scale::linear(-0.05 * high, 1.35 * high), look)
    }

    fn draw(view: &View, picture: &Picture<'_>, look: &Look) -> Result<(), DrawError> {
        let frame = Self::frame(view, look);
        let colors = look.palette;
        let score =
            |score: f64| if score > view.ability.highest() { String::new() } else { format!("{score}") };
        Axes {
            x: Axis { title: words::params(look.language), format: &power_of_ten },
            y: Axis { title: words::score(view.ability, look.language), format: &score },
        }
        .draw(picture, &frame, look)?;

        let plot = Plot::new(picture, &frame, look);
        let (low, high) = (frame.y.low(), frame.y.high());
        for ((ability, &(from, to)), line) in Ability::ALL.iter().zip(&view.thresholds).zip(0..) {
            let color = if *ability == view.ability { colors.published } else { colors.muted };
            let to = to.min(PARAMS.1);
            if from < to {
                plot.band(&[(from, low), (to, low)], &[(from, high), (to, high)], color)?;
            }
            plot.curve(&[(from, low), (from, high)], color, 1.5)?;
            // A line of its own for each name: on a phone they would lie on each other.
            let (at, anchor) = match ability {
                Ability::Examples => (from, Anchor::Middle),
                Ability::Code | Ability::Reasoning => (to, Anchor::End),
            };
            let name = words::threshold(*ability, look.language);
            plot.plated_label((at, high), (0.0, -10.0 - 15.0 * f64::from(line)), anchor, color, name)?;
        }

        plot.curve(&[(PARAMS.0, view.bar), (PARAMS.1, view.bar)], colors.accent, 1.5)?;
        plot.dot((PARAMS.0, view.bar), 6.0, colors.accent)?;
        let mut labels = Vec::new();
        for family in &view.families {
            let color = if family.is_later { colors.second } else { colors.mark };
            plot.curve(&family.scores, color, 1.0)?;
            for &at in &family.scores {
                plot.disc(at, 3.0, color)?;
                labels.push(Label { at, radius: 3.0, text: "", color });
            }
            let marked = family.first_above(view.bar);
            if let Some(at) = marked {
                plot.dot(at, 5.5, if family.is_later { colors.second } else { colors.accent })?;
            }
            if let Some(&at) = family.scores.last() {
                labels.push(Label { at, radius: 5.5, text: family.name(look.language), color });
            }
        }
        plot.plated_labels(&labels)
    }

    fn describe(view: &View, language: Language) -> String {
        words::description(view, language)
    }

    fn series(view: &View, language: Language) -> Vec<Series> {
        let params = (words::params(language).to_owned(), Unit::Params);
        let columns = vec![params.clone(), (words::score(view.ability, language).to_owned(), Unit::Percent)];
        let mut all: Vec<Series> = view
            .families
            .iter()
            .map(|family| Series {
                name: words::evidence(view.ability, language).to_owned(),
                provenance: Provenance::Published,
                source: Some(family.source.clone()),
                columns: columns.clone(),
                rows: family
                    .scores
                    .iter()
                    .map(|&(params, score)| (family.name(language).to_owned(), vec![params, score]))
                    .collect(),
            })
            .collect();
        all.push(Series {
            name: words::thresholds(language).to_owned(),
            provenance: Provenance::Textbook,
            source: None,
            columns: vec![params.clone(), (words::up_to(language).to_owned(), Unit::Params)],
            rows: Ability::ALL
                .iter()
                .zip(&view.thresholds)
                .map(|(ability, &(from, to))| (words::ability(*ability, language).to_owned(), vec![from, to]))
                .collect(),
        });
        all
    }
}

/// Controls, picture and readouts.
#[component]
pub fn Body(props: &BodyProps<Thresholds>) -> Html {
    let BodyProps { data, controls, .. } = props;
    let language = props.language;

    // The shell asks for the same view and has shown the reason if there is none.
    let Ok(view) = Thresholds::view(controls, data) else { return Html::default() };
    let bar = quantity(view.bar, Unit::Percent, None, language);
    let raise = props.edit(|controls: &mut Controls, bar: f64| controls.raise(bar));
    let Drag { on_point, preview } = props.drag(|controls, (_, score)| controls.raise(score));

    html! {
        <>
            { Segmented {
                label: words::ability_label(language),
                name: "thresholds-ability",
                choices: Ability::ALL.map(|ability| words::ability(ability, language)).to_vec(),
                selected: index_of(&Ability::ALL, &controls.ability),
                on_select: props.edit(|controls, index| {
                    controls.ability = Ability::ALL[index];
                    controls.raise(controls.bar);
                }),
            }.view() }
            <PlotCanvas
                drawing={Drawing::of::<Thresholds>(view.clone())}
                {language}
                label={words::bar(language)}
                value_text={bar.clone()}
                value={view.bar}
                min={LOWEST}
                max={view.ability.highest()}
                step={STEP}
                on_value={raise.clone()}
                {on_point}
                {preview}
            />
            <div class="controls">
                { Slider {
                    label: html! { { words::bar(language) } },
                    value: view.bar,
                    min: LOWEST,
                    max: view.ability.highest(),
                    step: STEP,
                    text: bar,
                    on_input: raise,
                }.view() }
            </div>
            { verdicts(&view, language) }
            { legend(legend_entries(&view, language), language) }
        </>
    }
}

/// For each family the smallest model above the bar, beside the text's threshold.
fn verdicts(view: &View, language: Language) -> Html {
    html! {
        <table class="estimates">
            <thead>
                <tr>
                    <th scope="col">{ words::family(view.ability, language) }</th>
                    <th scope="col">{ words::smallest(language) }</th>
                    <th scope="col">{ words::compared(language) }</th>
                </tr>
            </thead>
            <tbody>
                { for view.families.iter().map(|family| {
                    let first = family.first_above(view.bar).map(|(params, _)| params);
                    html! {
                        <tr>
                            <th scope="row">{ family.name(language) }</th>
                            <td class="estimates__value">
                                { first.map_or_else(|| "–".to_owned(), |params| quantity(params, Unit::Params, Some(2), language)) }
                            </td>
                            <td>{ words::verdict(family, first, view.threshold(), language) }</td>
                        </tr>
                    }
                }) }
            </tbody>
        </table>
    }
}

fn legend_entries(view: &View, language: Language) -> Vec<LegendEntry> {
    let entry = |line, name: &str, provenance| LegendEntry { line, name: name.to_owned(), provenance };
    let mut entries = vec![
        entry(Line::Published, words::thresholds(language), Provenance::Textbook),
        entry(Line::Mark, words::evidence(view.ability, language), Provenance::Published),
    ];
    if view.families.iter().any(|family| family.is_later) {
        entries.push(entry(Line::SecondDot, words::later(language), Provenance::Published));
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Controls as _;

    fn view(state: &str) -> View {
        let data = FigureData::of::<Thresholds>();
        Thresholds::view(&Controls::from_state(&State::parse(state)), &data).unwrap()
    }

    fn first(view: &View, family: &str) -> Option<f64> {
        view.families
            .iter()
            .find(|one| one.names[1] == family)
            .unwrap()
            .first_above(view.bar)
            .map(|(params, _)| params)
    }

    #[test]
    fn the_threshold_moves_with_the_bar() {
        // TriviaQA: examples add 2.81 points at 125 million parameters, 12.5 at 760 million.
        assert_eq!(first(&view("bar=2.5"), "TriviaQA"), Some(1.25e8));
        assert_eq!(first(&view("bar=10"), "TriviaQA"), Some(7.6e8));
    }

    #[test]
    fn code_comes_far_below_its_threshold_to_models_trained_on_code() {
        let view = view("ability=code");
        assert_eq!(first(&view, "Codex"), Some(3.0e8));
        assert_eq!(first(&view, "GPT (no code)"), None);
        assert!(first(&view, "Llama 3.1").unwrap() < view.threshold().0);
    }

    #[test]
    fn reasoning_fits_its_threshold_in_2022_but_not_later() {
        let view = view("ability=reasoning&bar=30");
        assert_eq!(first(&view, "GPT-3 (API)"), Some(1.75e11));
        assert_eq!(first(&view, "PaLM"), Some(5.4e11));
        assert_eq!(first(&view, "Llama 3.1"), Some(8.0e9));
        assert_eq!(view.threshold(), (1e11, f64::INFINITY));
    }

    #[test]
    fn families_grow_and_every_score_is_on_the_axes() {
        for ability in Ability::ALL {
            let view = view(&format!("ability={}", ability.code()));
            for family in &view.families {
                assert!(family.scores.is_sorted_by(|one, other| one.0 < other.0), "{}", family.names[1]);
                for &(params, score) in &family.scores {
                    assert!((PARAMS.0..=PARAMS.1).contains(&params), "{}", family.names[1]);
                    assert!((-0.05 * ability.highest()..=ability.highest()).contains(&score), "{score}");
                }
            }
        }
    }

    #[test]
    fn a_state_and_its_address_are_the_same() {
        let controls = Controls::from_state(&State::parse("ability=code&bar=42.5"));
        assert_eq!(Controls::from_state(&controls.to_state()), controls);
        // The gains from examples have a shorter axis.
        assert_eq!(Controls::from_state(&State::parse("bar=80")).bar, 30.0);
    }
}
