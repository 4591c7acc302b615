//! What perplexity is, and the numbers of the chapter's Table 5-2 beside published ones.
//!
//! What to see: a perplexity of k is the loss of a model that hesitates between k equally likely next words, so k = e^L.
//! Then the table's perplexities beside the one published series on a single text, the Penn Treebank, and the scores of
//! the eight sizes of GPT-3 on SuperGLUE beside the table's and the human level. Below the board of words a model of
//! the essay reads a row of its language, and is surprised by each word as if it had guessed among so many.

use chapter::{FigureId, Language, Provenance, Unit};
use plotters::element::Rectangle;
use plotters::style::{Color as _, ShapeStyle};
use scaling::Nats;
use yew::prelude::*;

use crate::components::{
    Chips, LegendEntry, Line, PlotCanvas, Readout, Segmented, Slider, index_of, legend, readouts, remark,
};
use crate::figure::{BodyProps, Drag, Drawing, Figure, FigureData, FigureError, Rung, Series, State};
use crate::locale::number::{power_of_ten, quantity, significant};
use crate::plot::{Anchor, Axes, Axis, Color, DrawError, Frame, Label, Look, Picture, Plot, Scale};

mod live;
mod words;

use live::{MAX_ROWS, MAX_WORDS, Sentence};

/// The figure `perplexity`.
#[derive(Clone, PartialEq)]
pub struct Perplexity;

/// What is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scene {
    /// So many equally likely words.
    #[default]
    Words,
    /// Perplexity against model size.
    Sizes,
    /// SuperGLUE against model size.
    SuperGlue,
}

impl Scene {
    const ALL: [Self; 3] = [Self::Words, Self::Sizes, Self::SuperGlue];

    const fn code(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Sizes => "sizes",
            Self::SuperGlue => "superglue",
        }
    }
}

/// All that the reader can change.
#[derive(Clone, Debug, PartialEq)]
pub struct Controls {
    /// What is shown.
    pub scene: Scene,
    /// Equally likely words.
    pub words: f64,
    /// Index of the size of GPT-3 whose scores are read off.
    pub size: usize,
    /// Index of the row that a model reads.
    pub row: usize,
    /// The word of the row whose guesses are shown; the first is the mark of the row's kind.
    pub at: usize,
    /// The size of the model that reads.
    pub rung: Rung,
}

/// Perplexities the reader can choose: from certainty to a hundred words.
const WORDS: (f64, f64) = (1.0, 100.0);
/// Sizes of GPT-3.
const SIZES: usize = 8;

impl Default for Controls {
    fn default() -> Self {
        // The perplexity that the chapter gives for GPT-2.
        Self { scene: Scene::Words, words: 20.0, size: SIZES - 1, row: 0, at: 2, rung: Rung::default() }
    }
}

impl crate::figure::Controls for Controls {
    fn to_state(&self) -> State {
        let default = Self::default();
        let state = State::default()
            .with_if(self.scene != default.scene, "view", self.scene.code())
            .with_if(self.words != default.words, "k", format!("{:.2}", self.words))
            .with_if(self.size != default.size, "size", self.size)
            .with_if(self.row != default.row, "row", self.row)
            .with_if(self.at != default.at, "at", self.at);
        self.rung.write(state)
    }

    fn from_state(state: &State) -> Self {
        let default = Self::default();
        Self {
            scene: state.choice("view", &Scene::ALL, Scene::code).unwrap_or_default(),
            words: state.number("k", WORDS.0..=WORDS.1).unwrap_or(default.words),
            size: state.number("size", 0.0..=(SIZES - 1) as f64).map_or(default.size, |size| size as usize),
            row: state.number("row", 0.0..=MAX_ROWS as f64).map_or(default.row, |row| row as usize),
            at: state.number("at", 1.0..=MAX_WORDS as f64).map_or(default.at, |at| at as usize),
            rung: Rung::from_state(state),
        }
    }
}

/// Plain numbers to draw.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// What is shown.
    pub scene: Scene,
    /// Equally likely words.
    pub words: f64,
    /// Index of the size of GPT-3 whose scores are read off.
    pub size: usize,
    /// The chapter's three models by its own tables.
    pub table: Vec<Stated>,
    /// The human level on SuperGLUE as the chapter states it.
    pub stated_human: f64,
    /// Perplexity on the Penn Treebank.
    pub treebank: Vec<Measured>,
    /// Scores on SuperGLUE of the sizes of GPT-3, with no, one and more examples in the prompt.
    pub superglue: Vec<Scores>,
    /// Work that the scores are from.
    pub scores_source: String,
    /// The human level on SuperGLUE.
    pub human: f64,
    /// Work that it is from.
    pub human_source: String,
}

/// What the chapter says of a model.
#[derive(Clone, Debug, PartialEq)]
pub struct Stated {
    /// Its name.
    pub name: &'static str,
    /// Its parameters.
    pub params: f64,
    /// Its perplexity.
    pub perplexity: f64,
    /// Its score on SuperGLUE.
    pub score: f64,
}

/// A perplexity that a paper reports.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// The model.
    pub name: String,
    /// Its parameters.
    pub params: f64,
    /// Its perplexity.
    pub perplexity: f64,
    /// Key of the work.
    pub source: String,
}

/// Scores of one model on SuperGLUE.
#[derive(Clone, Debug, PartialEq)]
pub struct Scores {
    /// The model.
    pub name: String,
    /// Its parameters.
    pub params: f64,
    /// Averages with no, one and 32 examples.
    pub by_examples: [f64; 3],
}

fn stated(data: &FigureData) -> Result<Vec<Stated>, FigureError> {
    [("GPT-1", "gpt1"), ("GPT-2", "gpt2"), ("GPT-3", "gpt3")]
        .into_iter()
        .map(|(name, key)| {
            Ok(Stated {
                name,
                params: data.value(&format!("table51.{key}_params"))?,
                perplexity: data.value(&format!("table52.{key}_perplexity"))?,
                score: data.value(&format!("table52.{key}_superglue"))?,
            })
        })
        .collect()
}

fn treebank(data: &FigureData) -> Result<Vec<Measured>, FigureError> {
    let table = data.table("penn-treebank")?;
    let measured = table.rows.iter().filter_map(|row| {
        let &[params, perplexity] = &row.values[..] else { return None };
        let source = row.source.clone().unwrap_or_else(|| table.source.clone());
        Some(Measured { name: row.label.clone(), params, perplexity, source })
    });
    Ok(measured.collect())
}

fn superglue(data: &FigureData) -> Result<Vec<Scores>, FigureError> {
    let missing = || FigureError::Missing("gpt3-sizes.params".to_owned());
    let params = data.table("gpt3-sizes")?.column("params").ok_or_else(missing)?;
    let rows = data.table("gpt3-superglue")?.rows.iter().zip(params);
    let scores = rows.filter_map(|(row, params)| {
        let &[zero, one, few] = &row.values[..] else { return None };
        Some(Scores { name: row.label.clone(), params, by_examples: [zero, one, few] })
    });
    Ok(scores.collect())
}

/// Ends of the axis of parameters.
const PARAMS: (f64, f64) = (6e7, 5e11);
/// Ends of the axis of perplexity.
const PERPLEXITIES: (f64, f64) = (10.0, 100.0);
/// Ends of the axis of scores.
const SCORES: (f64, f64) = (20.0, 100.0);

/// Parameters of GPT-3.
const GPT3_PARAMS: &str = "gpt3.params";

impl Figure for Perplexity {
    const ABILITIES: &'static [&'static str] = &["verse"];
    const ID: FigureId = FigureId::Perplexity;
    const FACTS: &'static [&'static str] = &[
        "table51.gpt1_params",
        "table51.gpt2_params",
        "table51.gpt3_params",
        "table52.gpt1_perplexity",
        "table52.gpt2_perplexity",
        "table52.gpt3_perplexity",
        "table52.gpt1_superglue",
        "table52.gpt2_superglue",
        "table52.gpt3_superglue",
        "table52.human_superglue",
        "superglue.human",
        GPT3_PARAMS,
    ];
    const HAS_RUNG: bool = true;
    const TABLES: &'static [&'static str] = &["penn-treebank", "gpt3-superglue", "gpt3-sizes"];

    type Body = Body;
    type Controls = Controls;
    type View = View;

    #[cfg(not(target_arch = "wasm32"))]
    fn made() -> Vec<(String, chapter::DataTable)> {
        live::made()
    }

    fn view(controls: &Controls, data: &FigureData) -> Result<View, FigureError> {
        let superglue = superglue(data)?;
        let human = data.fact("superglue.human");
        let human = human.ok_or_else(|| FigureError::Missing("superglue.human".to_owned()))?;
        if superglue.len() != SIZES {
            return Err(FigureError::Missing("gpt3-superglue".to_owned()));
        }
        Ok(View {
            scene: controls.scene,
            words: controls.words,
            size: controls.size,
            table: stated(data)?,
            stated_human: data.value("table52.human_superglue")?,
            treebank: treebank(data)?,
            superglue,
            scores_source: data.table("gpt3-superglue")?.source.clone(),
            human: human.value,
            human_source: human.source.clone().unwrap_or_default(),
        })
    }

    fn frame(view: &View, look: &Look) -> Frame {
        let log = |(low, high)| Scale::new(low, high, 0.0);
        match view.scene {
            Scene::Words => Frame::new(log(WORDS), log(WORDS), look),
            Scene::Sizes => Frame::new(log(PARAMS), log(PERPLEXITIES), look),
            Scene::SuperGlue => Frame::new(log(PARAMS), Scale::new(SCORES.0, SCORES.1, 1.0), look),
        }
    }

    fn draw(view: &View, picture: &Picture<'_>, look: &Look) -> Result<(), DrawError> {
        let frame = Self::frame(view, look);
        match view.scene {
            Scene::Words => draw_words(view, picture, &frame, look),
            Scene::Sizes => draw_sizes(view, picture, &frame, look),
            Scene::SuperGlue => draw_superglue(view, picture, &frame, look),
        }
    }

    fn describe(view: &View, language: Language) -> String {
        words::description(view, language)
    }

    fn series(view: &View, language: Language) -> Vec<Series> {
        let params = ("N".to_owned(), Unit::Params);
        let perplexity = [params.clone(), (words::perplexity(language).to_owned(), Unit::One)];
        let score = [params, (words::score(language).to_owned(), Unit::One)];
        let series = |name: &str, source: Option<&str>, columns: &[_; 2], rows| Series {
            name: name.to_owned(),
            provenance: if source.is_some() { Provenance::Published } else { Provenance::Textbook },
            source: source.map(str::to_owned),
            columns: columns.to_vec(),
            rows,
        };
        let table = |value: fn(&Stated) -> f64| -> Vec<_> {
            view.table.iter().map(|one| (one.name.to_owned(), vec![one.params, value(one)])).collect()
        };
        if view.scene == Scene::SuperGlue {
            let mut all = vec![series(words::by_table(language), None, &score, table(|one| one.score))];
            for index in 0..3 {
                let rows = view
                    .superglue
                    .iter()
                    .map(|one| (one.name.clone(), vec![one.params, one.by_examples[index]]));
                all.push(series(
                    words::shots(index, language),
                    Some(&view.scores_source),
                    &score,
                    rows.collect(),
                ));
            }
            let human = vec![(String::new(), vec![view.human])];
            let mut human = series(words::human(language), Some(&view.human_source), &score, human);
            human.columns.remove(0);
            all.push(human);
            return all;
        }
        let mut all = vec![series(words::by_table(language), None, &perplexity, table(|one| one.perplexity))];
        for one in &view.treebank {
            let rows = vec![(one.name.clone(), vec![one.params, one.perplexity])];
            all.push(series(words::treebank(language), Some(&one.source), &perplexity, rows));
        }
        all
    }
}

/// Words in a row of the board of a hundred.
const COLUMNS: usize = 10;
/// Height of the line of words above the board, CSS pixels.
const ABOVE: f64 = 38.0;

fn draw_words(view: &View, picture: &Picture<'_>, frame: &Frame, look: &Look) -> Result<(), DrawError> {
    let colors = look.palette;
    let (width, height) = (look.size.width, look.size.height);
    let side = ((width - 16.0).min(height - ABOVE - 8.0) / COLUMNS as f64).max(1.0);
    let left = (width - side * COLUMNS as f64) / 2.0;
    let square = |index: usize, share: f64, style: ShapeStyle| {
        let (x, y) = (left + side * (index % COLUMNS) as f64, ABOVE + side * (index / COLUMNS) as f64);
        let edge = (side - 3.0).max(1.0);
        let corners = [(x, y), (x + edge * share, y + edge)].map(|(x, y)| (look.px(x), look.px(y)));
        picture.draw(&Rectangle::new(corners, style))
    };
    for index in 0..COLUMNS * COLUMNS {
        let share = (view.words - index as f64).clamp(0.0, 1.0);
        if share < 1.0 {
            square(index, 1.0, colors.grid.filled())?;
        }
        if share > 0.0 {
            let color = if index == 0 { colors.accent } else { colors.published };
            square(index, share, color.filled())?;
        }
    }
    let plot = Plot::new(picture, frame, look);
    let corner = (frame.x.low(), frame.y.high());
    plot.label(corner, (-24.0, 16.0), Anchor::Start, colors.ink, &words::one_word(view, look.language))
}

/// Dots joined by a line.
fn line(plot: &Plot<'_>, points: &[(f64, f64)], color: Color) -> Result<(), DrawError> {
    plot.curve(points, color, 2.0)?;
    points.iter().try_for_each(|&point| plot.dot(point, 4.0, color))
}

/// What the chapter states, as rings with names.
fn rings(
    view: &View,
    plot: &Plot<'_>,
    look: &Look,
    value: fn(&Stated) -> f64,
    others: impl Iterator<Item = (f64, f64)>,
) -> Result<(), DrawError> {
    let colors = look.palette;
    let mut labels = Vec::new();
    for one in &view.table {
        let at = (one.params, value(one));
        plot.ring(at, 5.0, colors.second)?;
        labels.push(Label { at, radius: 6.0, text: one.name, color: colors.second });
    }
    labels.extend(others.map(|at| Label { at, radius: 5.0, text: "", color: colors.ink }));
    plot.labels(&labels)
}

fn draw_sizes(view: &View, picture: &Picture<'_>, frame: &Frame, look: &Look) -> Result<(), DrawError> {
    let colors = look.palette;
    Axes {
        x: Axis { title: words::params_axis(look.language), format: &power_of_ten },
        y: Axis { title: words::perplexity_axis(look.language), format: &|value| significant(value, None) },
    }
    .draw(picture, frame, look)?;
    let plot = Plot::new(picture, frame, look);
    if view.words >= PERPLEXITIES.0 {
        plot.rule((PARAMS.0, view.words), (PARAMS.1, view.words), colors.accent)?;
    }
    let measured: Vec<_> = view.treebank.iter().map(|one| (one.params, one.perplexity)).collect();
    line(&plot, &measured, colors.published)?;
    rings(view, &plot, look, |one| one.perplexity, measured.into_iter())
}

fn draw_superglue(view: &View, picture: &Picture<'_>, frame: &Frame, look: &Look) -> Result<(), DrawError> {
    let colors = look.palette;
    Axes {
        x: Axis { title: words::params_axis(look.language), format: &power_of_ten },
        y: Axis { title: words::score_axis(look.language), format: &|value| significant(value, None) },
    }
    .draw(picture, frame, look)?;
    let plot = Plot::new(picture, frame, look);
    plot.rule((PARAMS.0, view.human), (PARAMS.1, view.human), colors.ink)?;
    let human = words::human_level(view.human, look.language);
    plot.label((PARAMS.0, view.human), (6.0, 9.0), Anchor::Start, colors.ink, &human)?;
    let picked = view.superglue[view.size].params;
    plot.rule((picked, SCORES.0), (picked, SCORES.1), colors.accent)?;
    for (index, color) in [colors.muted, colors.mark, colors.published].into_iter().enumerate() {
        let points: Vec<_> = view.superglue.iter().map(|one| (one.params, one.by_examples[index])).collect();
        line(&plot, &points, color)?;
    }
    let scores = view.superglue.iter().flat_map(|one| one.by_examples.map(|score| (one.params, score)));
    rings(view, &plot, look, |one| one.score, scores)
}

/// Controls, picture and readouts.
#[component]
pub fn Body(props: &BodyProps<Perplexity>) -> Html {
    let BodyProps { data, controls, .. } = props;
    let language = props.language;
    // The shell asks for the same view and has shown the reason if there is none.
    let Ok(view) = Perplexity::view(controls, data) else { return Html::default() };
    let is_superglue = view.scene == Scene::SuperGlue;
    let picked = &view.superglue[view.size];
    let (label, value_text, value, max, step) = if is_superglue {
        (words::size(language), picked.name.clone(), view.size as f64, (SIZES - 1) as f64, 1.0)
    } else {
        let decades = view.words.log10();
        (words::words(language), words::one_word(&view, language), decades, WORDS.1.log10(), 0.02)
    };
    let loss = Nats::from_perplexity(view.words);
    let readout = |label, value| Readout { label, value };
    let sizes: Vec<f64> = view.superglue.iter().map(|one| one.params).collect();
    let Drag { on_point, preview } = props.drag(move |controls, (x, y)| match controls.scene {
        Scene::Words => controls.words = x,
        Scene::Sizes => controls.words = y,
        Scene::SuperGlue => controls.size = nearest(&sizes, x),
    });
    let chips =
        view.table.iter().map(|one| (words::chip(one.name, one.perplexity, language), one.perplexity)).chain(
            view.treebank.iter().map(|one| (format!("{} {}", one.name, one.perplexity), one.perplexity)),
        );

    html! {
        <>
            { Segmented {
                label: words::scene_label(language),
                name: "perplexity-view",
                choices: Scene::ALL.map(|scene| words::scene(scene, language)).to_vec(),
                selected: index_of(&Scene::ALL, &controls.scene),
                on_select: props.edit(|controls, index| controls.scene = Scene::ALL[index]),
            }.view() }
            <PlotCanvas
                drawing={Drawing::of::<Perplexity>(view.clone())}
                {language}
                {label}
                {value_text}
                {value}
                min={0.0}
                {max}
                {step}
                on_value={props.edit(|controls, value: f64| match controls.scene {
                    Scene::SuperGlue => controls.size = value as usize,
                    _ => controls.words = 10f64.powf(value),
                })}
                {on_point}
                {preview}
            />
            if is_superglue {
                { readouts((0..3).map(|index| readout(words::shots(index, language), significant(picked.by_examples[index], Some(3))))) }
                { remark(words::superglue(&view, language)) }
            } else {
                { Slider {
                    label: html! { { words::words(language) } },
                    value,
                    min: 0.0,
                    max,
                    step: 0.01,
                    text: significant(view.words, Some(3)),
                    on_input: props.edit(|controls, value: f64| controls.words = 10f64.powf(value)),
                }.view() }
                { Chips {
                    label: words::set_to(language),
                    chips: chips.collect(),
                    on_pick: props.edit(|controls, value| controls.words = value),
                }.view() }
                { readouts([
                    readout(words::probability(language), quantity(100.0 / view.words, Unit::Percent, Some(3), language)),
                    readout(words::loss(language), significant(loss.0, Some(3))),
                    readout(words::bits(language), significant(loss.to_bits(), Some(3))),
                ]) }
                { remark(words::series(&view, language).to_owned()) }
            }
            if view.scene == Scene::Words {
                <Sentence ..props.clone() />
            }
            { legend(legend_entries(&view, data, language), language) }
        </>
    }
}

/// Index of the value that lies nearest by its factor; the values grow.
fn nearest(values: &[f64], to: f64) -> usize {
    values.windows(2).take_while(|pair| to > (pair[0] * pair[1]).sqrt()).count()
}

fn legend_entries(view: &View, data: &FigureData, language: Language) -> Vec<LegendEntry> {
    let entry = |line, name: String, provenance| LegendEntry { line, name, provenance };
    let table = entry(Line::SecondRing, words::by_table(language).to_owned(), Provenance::Textbook);
    match view.scene {
        Scene::Words => {
            vec![entry(Line::PublishedDot, words::equally_likely(language).to_owned(), Provenance::Schematic)]
        }
        Scene::Sizes => {
            let name = words::treebank(language).to_owned();
            vec![entry(Line::Published, name, Provenance::Published), table]
        }
        Scene::SuperGlue => {
            let source = data.cite(&view.scores_source);
            let shots = |index| format!("{} ({source})", words::shots(index, language));
            vec![
                entry(Line::Published, shots(2), Provenance::Published),
                entry(Line::MarkLine, shots(1), Provenance::Published),
                entry(Line::Muted, shots(0), Provenance::Published),
                table,
            ]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Controls as _;

    fn view(state: &str) -> View {
        let data = FigureData::of::<Perplexity>();
        Perplexity::view(&Controls::from_state(&State::parse(state)), &data).unwrap()
    }

    #[test]
    fn perplexity_falls_with_size_on_one_text() {
        let treebank = view("view=sizes").treebank;
        assert_eq!(treebank.len(), 5);
        assert!(
            treebank.is_sorted_by(|one, next| one.params < next.params && one.perplexity > next.perplexity)
        );
        // Radford et al. 2019, Table 3, and Brown et al. 2020, Table 3.1: as the margin note quotes them.
        assert_eq!([0, 3, 4].map(|index| treebank[index].perplexity), [65.85, 35.76, 20.5]);
    }

    #[test]
    fn no_size_of_gpt_3_reaches_the_human_level() {
        let view = view("view=superglue");
        assert!(view.superglue.iter().flat_map(|one| one.by_examples).all(|score| score < view.human));
        // Brown et al. 2020, Table H.1.
        assert_eq!(view.superglue[7].by_examples, [58.2, 68.9, 73.2]);
        assert_eq!(view.superglue[0].params, 1.25e8);
    }

    #[test]
    fn the_rows_that_models_read_fit_a_phone() {
        let data = FigureData::of::<Perplexity>();
        let rows = &data.table(live::ROWS).unwrap().rows;
        assert_eq!(rows.len(), 4);
        for row in rows {
            assert!((8..=28).contains(&row.values.len()), "{}: {}", row.label, row.values.len());
        }
    }

    #[test]
    fn the_pointer_picks_the_nearest_size() {
        assert_eq!([0.5, 2.0, 4.0, 99.0].map(|to| nearest(&[1.0, 10.0, 100.0], to)), [0, 0, 1, 2]);
    }

    #[test]
    fn a_state_and_its_address_are_the_same() {
        for state in ["view=sizes&k=35.76", "view=superglue&size=3", "row=2&at=7&rung=2x32"] {
            let controls = Controls::from_state(&State::parse(state));
            assert_eq!(controls.to_state(), State::parse(state));
        }
    }
}
