//! Ability against size, scored in three ways: does it appear suddenly, or does the score make it look so?
//!
//! What to see: the share of answers that are right as a whole often jumps; the same models scored token by token, or by
//! the probability they give the right answer, often rise smoothly, and sometimes do not. With k tokens that must all be
//! right, each with probability p on its own, the share of right answers would be p^k: a model of the jump, not a
//! measurement. Sources: Wei et al. 2022 (the claim), Schaeffer et al. 2023 (the metric), Du et al. 2024 (loss on the
//! horizontal axis). The scores are those of `content/models/manifest.json` and of Brown et al. 2020, Table H.1.

use std::rc::Rc;

use chapter::{FigureId, Language, Provenance, Unit};
use yew::prelude::*;

use crate::components::{
    LegendEntry, Line, PlotCanvas, PredictionBar, Readout, Segmented, Select, Sketch, Slider, Stage,
    index_of, legend, readouts, remark,
};
use crate::figure::{BodyProps, Drawing, Figure, FigureData, FigureError, Series, State};
use crate::locale::number::power_of_ten;
use crate::plot::{Axes, Axis, DrawError, Frame, Label, Look, Picture, Plot, Scale};

mod words;

/// The figure `emergence`.
#[derive(PartialEq)]
pub struct Emergence;

/// Who is tested, and in what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Task {
    /// GPT-3: adding numbers of two digits.
    #[default]
    Addition2,
    /// GPT-3: of three.
    Addition3,
    /// GPT-3: of four.
    Addition4,
    /// GPT-3: multiplying numbers of two digits.
    Multiplication2,
    /// GPT-3: taking out symbols put between the letters of a word.
    Symbols,
    /// GPT-3: general knowledge.
    Trivia,
    /// GPT-3: the last word of a story.
    Lambada,
    /// GPT-3: questions with several right answers each.
    MultiRc,
    /// GPT-3: whether a word means the same twice.
    WordInContext,
    /// Our models: word problems, in steps.
    Arithmetic,
    /// Our models: the same without steps.
    ArithmeticDirect,
    /// Our models: a program for a sequence.
    Code,
    /// Our models: a map made up for the question.
    Maps,
    /// Our models: a pair of words that training does not show, after four examples.
    Translation,
    /// Our models: four lines by the rules.
    Verse,
}

impl Task {
    const ALL: [Self; 15] = [
        Self::Addition2,
        Self::Addition3,
        Self::Addition4,
        Self::Multiplication2,
        Self::Symbols,
        Self::Trivia,
        Self::Lambada,
        Self::MultiRc,
        Self::WordInContext,
        Self::Arithmetic,
        Self::ArithmeticDirect,
        Self::Code,
        Self::Maps,
        Self::Translation,
        Self::Verse,
    ];

    const fn code(self) -> &'static str {
        match self {
            Self::Addition2 => "add2",
            Self::Addition3 => "add3",
            Self::Addition4 => "add4",
            Self::Multiplication2 => "mul2",
            Self::Symbols => "symbols",
            Self::Trivia => "trivia",
            Self::Lambada => "lambada",
            Self::MultiRc => "multirc",
            Self::WordInContext => "wic",
            Self::Arithmetic => "arithmetic",
            Self::ArithmeticDirect => "direct",
            Self::Code => "code",
            Self::Maps => "maps",
            Self::Translation => "translation",
            Self::Verse => "verse",
        }
    }

    /// Where its scores are.
    const fn scores(self) -> Scores {
        match self {
            Self::Addition2 => Scores::column("addition_2"),
            Self::Addition3 => Scores::column("addition_3"),
            Self::Addition4 => Scores::column("addition_4"),
            Self::Multiplication2 => Scores::column("multiplication_2"),
            Self::Symbols => Scores::column("symbol_insertion"),
            Self::Trivia => Scores::column("triviaqa"),
            Self::Lambada => {
                Scores::Published { whole: "lambada", part: None, perplexity: Some("lambada_perplexity") }
            }
            Self::MultiRc => {
                Scores::Published { whole: "multirc", part: Some("multirc_f1a"), perplexity: None }
            }
            Self::WordInContext => Scores::column("wic"),
            Self::Arithmetic => Scores::Own(0),
            Self::ArithmeticDirect => Scores::Own(1),
            Self::Code => Scores::Own(2),
            Self::Maps => Scores::Own(3),
            Self::Translation => Scores::Own(4),
            Self::Verse => Scores::Own(5),
        }
    }

    /// Tokens of an answer that has to be right as a whole, where that is more than one: for our models the mean of
    /// the reference answers (a test holds it to the crate `tasks`), for sums and products of GPT-3 the most digits.
    const fn answer_len(self) -> Option<f64> {
        match self {
            Self::Addition2 => Some(3.0),
            Self::Addition3 | Self::Multiplication2 => Some(4.0),
            Self::Addition4 => Some(5.0),
            Self::Arithmetic => Some(18.0),
            Self::ArithmeticDirect => Some(2.0),
            Self::Code => Some(10.0),
            // The answers to our maps and translations are one token; verse is right in many ways; of the others the
            // length is not published.
            _ => None,
        }
    }

    const fn is_own(self) -> bool {
        matches!(self.scores(), Scores::Own(_))
    }
}

/// Where a task's scores are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scores {
    /// Columns of the table of GPT-3: percent right, percent with credit for parts, and perplexity of the answer.
    Published { whole: &'static str, part: Option<&'static str>, perplexity: Option<&'static str> },
    /// The ability of our models with this index in [`Emergence::ABILITIES`].
    Own(usize),
}

impl Scores {
    const fn column(whole: &'static str) -> Self {
        Self::Published { whole, part: None, perplexity: None }
    }
}

/// How answers are scored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Metric {
    /// The share of answers that are right as a whole.
    #[default]
    Exact,
    /// The share of single tokens that are right.
    Token,
    /// The mean logarithm of the probability of a right token.
    LogProbability,
}

impl Metric {
    const ALL: [Self; 3] = [Self::Exact, Self::Token, Self::LogProbability];

    const fn code(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Token => "token",
            Self::LogProbability => "logprob",
        }
    }
}

/// What ability is plotted against.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Against {
    /// Parameters.
    #[default]
    Params,
    /// Loss, falling to the right.
    Loss,
}

impl Against {
    const ALL: [Self; 2] = [Self::Params, Self::Loss];

    const fn code(self) -> &'static str {
        match self {
            Self::Params => "n",
            Self::Loss => "loss",
        }
    }

    const fn unit(self) -> Unit {
        match self {
            Self::Params => Unit::Params,
            Self::Loss => Unit::NatsPerToken,
        }
    }
}

/// All that the reader can change.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Controls {
    /// Who is tested, and in what.
    pub task: Task,
    /// How answers are scored.
    pub metric: Metric,
    /// What the scores are plotted against.
    pub against: Against,
    /// Length of an answer in the model p^k; the task's own if `None`.
    pub answer_len: Option<f64>,
    /// Whether all but the smallest sizes are held back; see [`Stage::FIRST`].
    pub stage: Option<Stage>,
    /// What the reader drew in their place.
    pub sketch: Sketch,
    /// The size that is read or drawn, from 0; the largest, or while drawing the first to be drawn, if `None`.
    pub at: Option<usize>,
}

/// Sizes that the reader is given to predict from.
const N_GIVEN: usize = 3;
/// Sizes that are held back at least, or there is nothing to predict.
const LEAST_HELD: usize = 2;
/// Most sizes of a family.
const MOST_SIZES: usize = 20;
/// Answer lengths of the slider, tokens: up to four lines of verse.
const ANSWER_LENS: (f64, f64) = (1.0, 40.0);
/// What the keys up and down add to a height, as a part of the axis.
const LIFT: f64 = 0.025;

impl crate::figure::Controls for Controls {
    fn to_state(&self) -> State {
        let default = Self::default();
        State::default()
            .with_if(self.task != default.task, "task", self.task.code())
            .with_if(self.metric != default.metric, "metric", self.metric.code())
            .with_if(self.against != default.against, "axis", self.against.code())
            .with_if(self.answer_len.is_some(), "k", self.answer_len.unwrap_or_default())
            .with_if(self.stage.is_some(), "stage", self.stage.unwrap_or(Stage::FIRST).code())
            .with_if(!self.sketch.is_empty(), "sketch", &self.sketch)
            .with_if(self.at.is_some(), "at", self.at.unwrap_or_default())
    }

    fn from_state(state: &State) -> Self {
        let len = state.number("k", ANSWER_LENS.0..=ANSWER_LENS.1);
        let at = state.number("at", 0.0..=MOST_SIZES as f64);
        Self {
            task: state.choice("task", &Task::ALL, Task::code).unwrap_or_default(),
            metric: state.choice("metric", &Metric::ALL, Metric::code).unwrap_or_default(),
            against: state.choice("axis", &Against::ALL, Against::code).unwrap_or_default(),
            answer_len: len.map(f64::round),
            stage: state.choice("stage", &Stage::ALL, Stage::code),
            sketch: Sketch::parse(state.text("sketch").unwrap_or_default(), MOST_SIZES),
            at: at.map(|at| at as usize),
        }
    }
}

impl Controls {
    /// Another picture needs another sketch.
    fn take_away_sketch(&mut self) {
        (self.sketch, self.at) = (Sketch::default(), None);
    }
}

/// One size.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Its name.
    pub name: String,
    /// Parameters or loss.
    pub input: f64,
    /// Its score; for our models that of the published run. None if it is not published.
    pub score: Option<f64>,
    /// The scores of other seeds, with their inputs.
    pub others: Vec<(f64, f64)>,
    /// What the score would be if k tokens were right or wrong on their own.
    pub modeled: Option<f64>,
}

/// Plain numbers to draw.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// Who is tested, and in what.
    pub task: Task,
    /// How answers are scored.
    pub metric: Metric,
    /// What the scores are plotted against.
    pub against: Against,
    /// The sizes, from the left.
    pub points: Vec<Point>,
    /// Length of an answer in the model, for tasks that have one.
    pub answer_len: Option<f64>,
    /// Whether sizes are held back.
    pub stage: Stage,
    /// What the reader drew, in the units of the axes; empty or longer than one.
    pub sketch: Vec<(f64, f64)>,
    /// The size that is read or drawn.
    pub at: usize,
    /// Whether each answer is one token: then the first two metrics are the same number.
    pub is_one_token: bool,
}

impl View {
    /// Whether there is enough to hold back.
    fn can_predict(&self) -> bool {
        let scored = self.points.iter().filter(|point| point.score.is_some()).count();
        scored >= N_GIVEN + LEAST_HELD
    }

    /// How many sizes the reader sees.
    fn n_shown(&self) -> usize {
        if self.stage == Stage::Draw && self.can_predict() { N_GIVEN } else { self.points.len() }
    }

    fn shown(&self) -> &[Point] {
        &self.points[..self.n_shown()]
    }

    /// The axes. What is held back does not show in where they end, but for the sizes.
    fn scales(&self) -> (Scale, Scale) {
        let inputs = self.points.iter().map(|point| point.input);
        let (low, high) = inputs.fold((f64::INFINITY, 0.0_f64), |(low, high), x| (low.min(x), high.max(x)));
        let x = match self.against {
            Against::Params => Scale::new(low / 1.6, high * 1.8, 0.0),
            Against::Loss => {
                let room = (0.06 * (high - low)).max(0.01 * high);
                Scale::linear(high + room, low - room)
            }
        };
        let y = match self.metric {
            Metric::Exact | Metric::Token => Scale::linear(0.0, 1.0),
            Metric::LogProbability => {
                let scores = self.points.iter().filter_map(|point| point.score.or(point.modeled));
                Scale::linear((1.1 * scores.fold(-0.5, f64::min)).max(-12.0), 0.0)
            }
        };
        (x, y)
    }

    /// How far the sketch is off where it was drawn, on average, in the unit of the scores; once all is shown.
    fn outcome(&self) -> Option<f64> {
        if self.stage == Stage::Draw || self.sketch.is_empty() {
            return None;
        }
        let drawn = self.sketch.iter().zip(&self.points[N_GIVEN - 1..]).skip(1);
        let misses = drawn.filter_map(|((_, drawn), point)| Some((drawn - point.score?).abs()));
        let (sum, n) = misses.fold((0.0, 0.0), |(sum, n), miss| (sum + miss, n + 1.0));
        (n > 0.0).then(|| sum / n)
    }

    /// The largest rise from one size to the next, and the index of the larger.
    fn largest_rise(&self) -> Option<(f64, usize)> {
        let rise = |index: usize| Some((self.points[index].score? - self.points[index - 1].score?, index));
        let rises = (1..self.n_shown()).filter_map(rise);
        rises.fold(None, |largest: Option<(f64, usize)>, rise| match largest {
            Some(largest) if largest.0 >= rise.0 => Some(largest),
            _ => Some(rise),
        })
    }
}

/// The share of right answers if each of `k` tokens were right with probability `p` on its own.
fn all_right(p: f64, k: f64) -> f64 {
    p.powf(k)
}

/// The probability of a right token that would give this share of right answers; the inverse of [`all_right`].
fn each_right(share: f64, k: f64) -> f64 {
    share.powf(1.0 / k)
}

fn own_points(
    controls: &Controls,
    ability: usize,
    k: Option<f64>,
    data: &FigureData,
) -> Result<Vec<Point>, FigureError> {
    let score = |run: &chapter::Run| -> f64 {
        let score = &run.scores[ability];
        match controls.metric {
            Metric::Exact => score.correct,
            Metric::Token => score.token_accuracy,
            Metric::LogProbability => -score.nats_per_token,
        }
    };
    let points = data.ladder()?.rungs.iter().filter_map(|rung| {
        let shipped = rung.shipped()?;
        let input = |run: &chapter::Run| match controls.against {
            Against::Params => rung.params_non_embedding as f64,
            Against::Loss => run.loss,
        };
        let others = rung.runs.iter().filter(|run| run.seed != shipped.seed);
        let modeled = k.filter(|_| controls.metric == Metric::Exact);
        Some(Point {
            name: rung.name.clone(),
            input: input(shipped),
            score: Some(score(shipped)),
            others: others.map(|run| (input(run), score(run))).collect(),
            modeled: modeled.map(|k| all_right(shipped.scores[ability].token_accuracy, k)),
        })
    });
    Ok(points.collect())
}

fn published_points(
    controls: &Controls,
    k: Option<f64>,
    data: &FigureData,
) -> Result<Vec<Point>, FigureError> {
    let Scores::Published { whole, part, perplexity } = controls.task.scores() else { return Ok(Vec::new()) };
    let (sizes, scores) = (data.table(SIZES)?, data.table(SCORES)?);
    let column = |table: &chapter::DataTable, name: &str| {
        table.column(name).ok_or_else(|| FigureError::Missing(name.to_owned()))
    };
    let inputs = match controls.against {
        Against::Params => column(sizes, "params")?,
        Against::Loss => column(scores, "lambada_perplexity_zero_shot")?.into_iter().map(f64::ln).collect(),
    };
    let shares: Vec<f64> = column(scores, whole)?.into_iter().map(|percent| percent / 100.0).collect();
    let measured: Option<Vec<f64>> = match controls.metric {
        Metric::Exact => Some(shares.clone()),
        Metric::Token => match part {
            Some(part) => Some(column(scores, part)?.into_iter().map(|percent| percent / 100.0).collect()),
            None => None,
        },
        Metric::LogProbability => match perplexity {
            Some(perplexity) => {
                Some(column(scores, perplexity)?.into_iter().map(|value| -value.ln()).collect())
            }
            None => None,
        },
    };
    let modeled = |share: f64| {
        let each = each_right(share, k?);
        match controls.metric {
            Metric::Exact => None,
            Metric::Token => Some(each),
            Metric::LogProbability => (each > 0.0).then(|| each.ln()),
        }
    };
    let points = scores.rows.iter().enumerate().map(|(index, row)| Point {
        name: row.label.replace("GPT-3 ", ""),
        input: inputs.get(index).copied().unwrap_or_default(),
        score: measured.as_ref().and_then(|measured| measured.get(index).copied()),
        others: Vec::new(),
        modeled: modeled(shares[index]),
    });
    Ok(points.collect())
}

/// The sizes of GPT-3.
const SIZES: &str = "gpt3-sizes";
/// Their scores, in the same order.
const SCORES: &str = "gpt3-few-shot";

impl Figure for Emergence {
    const ABILITIES: &'static [&'static str] =
        &["arithmetic-steps", "arithmetic-direct", "code", "maps", "translation-held-out-4", "verse"];
    const FACTS: &'static [&'static str] = &[];
    const ID: FigureId = FigureId::Emergence;
    const TABLES: &'static [&'static str] = &[SIZES, SCORES];

    type Body = Body;
    type Controls = Controls;
    type View = View;

    fn view(controls: &Controls, data: &FigureData) -> Result<View, FigureError> {
        let k = controls.task.answer_len().map(|own| controls.answer_len.unwrap_or(own));
        let (mut points, is_one_token) = match controls.task.scores() {
            Scores::Own(ability) => {
                let runs = data.ladder()?.rungs.iter().flat_map(|rung| &rung.runs);
                let mut scores = runs.map(|run| &run.scores[ability]);
                let is_one_token = scores.all(|score| score.correct == score.token_accuracy);
                (own_points(controls, ability, k, data)?, is_one_token)
            }
            Scores::Published { .. } => (published_points(controls, k, data)?, false),
        };
        if controls.against == Against::Loss {
            points.sort_by(|one, other| other.input.total_cmp(&one.input));
        }
        let mut view = View {
            task: controls.task,
            metric: controls.metric,
            against: controls.against,
            points,
            answer_len: k,
            stage: controls.stage.unwrap_or(Stage::FIRST),
            sketch: Vec::new(),
            at: 0,
            is_one_token,
        };
        let first = if view.n_shown() < view.points.len() { N_GIVEN } else { view.points.len() - 1 };
        view.at = controls.at.unwrap_or(first).min(view.points.len() - 1);
        if view.can_predict() && !controls.sketch.is_empty() {
            let (x, y) = view.scales();
            let place = |point: &Point| (x.place(point.input), y.place(point.score.unwrap_or_default()));
            let columns: Vec<f64> = view.points[N_GIVEN..].iter().map(|point| place(point).0).collect();
            let line = controls.sketch.line(place(&view.points[N_GIVEN - 1]), &columns);
            view.sketch = line.into_iter().map(|(across, up)| (x.value(across), y.value(up))).collect();
        }
        Ok(view)
    }

    fn frame(view: &View, look: &Look) -> Frame {
        let (x, y) = view.scales();
        Frame::new(x, y, look)
    }

    fn draw(view: &View, picture: &Picture<'_>, look: &Look) -> Result<(), DrawError> {
        let frame = Self::frame(view, look);
        let colors = look.palette;
        let tick = |input: f64| match view.against {
            Against::Params => power_of_ten(input),
            Against::Loss => words::nats_tick(input),
        };
        Axes {
            x: Axis { title: words::x_title(view.task, view.against, look.language), format: &tick },
            y: Axis {
                title: words::y_title(view.metric, look.language),
                format: &|score| words::score_tick(score, view.metric),
            },
        }
        .draw(picture, &frame, look)?;
        let plot = Plot::new(picture, &frame, look);
        let color = if view.task.is_own() { colors.mark } else { colors.published };

        for point in &view.points[view.n_shown()..] {
            plot.rule((point.input, frame.y.low()), (point.input, frame.y.high()), colors.grid)?;
        }
        let modeled: Vec<_> =
            view.shown().iter().filter_map(|point| Some((point.input, point.modeled?))).collect();
        plot.dashed_curve(&modeled, colors.second, 2.0)?;
        for &at in &modeled {
            plot.dot(at, 2.5, colors.second)?;
        }
        let scored: Vec<_> =
            view.shown().iter().filter_map(|point| Some((point.input, point.score?))).collect();
        plot.curve(&scored, color, 2.0)?;
        let others = view.shown().iter().flat_map(|point| &point.others);
        for &other in others {
            plot.ring(other, 2.5, color)?;
        }
        for &at in &scored {
            plot.dot(at, 4.5, color)?;
        }
        if !view.sketch.is_empty() {
            plot.curve(&view.sketch, colors.accent, 2.5)?;
            for &at in &view.sketch[1..] {
                plot.dot(at, 4.0, colors.accent)?;
            }
        }
        let height = |index: usize, point: &Point| {
            let drawn = view.sketch.get((index + 1).wrapping_sub(N_GIVEN)).map(|drawn| drawn.1);
            let shown = if index < view.n_shown() { point.score.or(point.modeled) } else { drawn };
            shown.unwrap_or_else(|| view.points[N_GIVEN - 1].score.unwrap_or(frame.y.low()))
        };
        let places: Vec<_> = view
            .points
            .iter()
            .enumerate()
            .map(|(index, point)| (point.input, height(index, point)))
            .collect();
        plot.circle(places[view.at], 8.0, colors.accent)?;
        let labels: Vec<Label<'_>> = places
            .iter()
            .zip(&view.points)
            .map(|(&at, point)| Label { at, radius: 6.0, text: &point.name, color: colors.ink })
            .collect();
        plot.plated_labels(&labels)
    }

    fn describe(view: &View, language: Language) -> String {
        words::description(view, language)
    }

    fn series(view: &View, language: Language) -> Vec<Series> {
        let unit = match view.metric {
            Metric::Exact | Metric::Token => Unit::Percent,
            Metric::LogProbability => Unit::NatsPerToken,
        };
        let factor = if unit == Unit::Percent { 100.0 } else { 1.0 };
        let columns = vec![
            (words::against(view.against, language).to_owned(), view.against.unit()),
            (words::metric(view.metric, language).to_owned(), unit),
        ];
        let series = |name: String, provenance, source: Option<&str>, rows: Vec<(String, f64, f64)>| Series {
            name,
            provenance,
            source: source.map(str::to_owned),
            columns: columns.clone(),
            rows: rows.into_iter().map(|(label, x, y)| (label, vec![x, factor * y])).collect(),
        };
        let (provenance, source) = if view.task.is_own() {
            (Provenance::Project, FigureData::MODELS)
        } else {
            (Provenance::Published, "brown2020")
        };
        let mut rows = Vec::new();
        let mut modeled = Vec::new();
        for point in view.shown() {
            rows.extend(point.score.map(|score| (point.name.clone(), point.input, score)));
            rows.extend(point.others.iter().map(|&(x, y)| (point.name.clone(), x, y)));
            modeled.extend(point.modeled.map(|score| (point.name.clone(), point.input, score)));
        }
        let mut all =
            vec![series(words::task(view.task, language).to_owned(), provenance, Some(source), rows)];
        if let Some(k) = view.answer_len.filter(|_| !modeled.is_empty()) {
            all.push(series(words::modeled(view, k, language), Provenance::Schematic, None, modeled));
        }
        if !view.sketch.is_empty() {
            let drawn = view.sketch[1..].iter().map(|&(x, y)| (String::new(), x, y)).collect();
            all.push(series(words::sketch(language).to_owned(), Provenance::Schematic, None, drawn));
        }
        all.retain(|series| !series.rows.is_empty());
        all
    }
}

/// The size whose column is nearest to a place on the horizontal axis.
fn nearest(view: &View, input: f64) -> usize {
    let x = view.scales().0;
    let distance = |point: &Point| (x.place(point.input) - x.place(input)).abs();
    let mut nearest = 0;
    for (index, point) in view.points.iter().enumerate() {
        if distance(point) < distance(&view.points[nearest]) {
            nearest = index;
        }
    }
    nearest
}

/// Controls, picture and readouts.
#[component]
pub fn Body(props: &BodyProps<Emergence>) -> Html {
    let BodyProps { data, controls, .. } = props;
    let language = props.language;

    // The shell asks for the same view and has shown the reason if there is none.
    let Ok(view) = Emergence::view(controls, data) else { return Html::default() };
    let view = Rc::new(view);
    let draws = view.n_shown() < view.points.len();
    let on_point = {
        let (view, controls) = (Rc::clone(&view), controls.clone());
        props.on_change.reform(move |(x, y)| {
            let mut controls: Controls = controls.clone();
            let at = nearest(&view, x);
            // The given sizes are read; the others are drawn.
            if draws {
                let column = at.max(N_GIVEN);
                controls.sketch.draw(column - N_GIVEN, view.scales().1.place(y));
                controls.at = Some(column);
            } else {
                controls.at = Some(at);
            }
            controls
        })
    };
    let on_lift = draws.then(|| {
        let (view, controls) = (Rc::clone(&view), controls.clone());
        props.on_change.reform(move |steps: f64| {
            let mut controls: Controls = controls.clone();
            let column = view.at.max(N_GIVEN) - N_GIVEN;
            // A column that is not drawn yet begins at the height of the last one before it.
            let drawn = view.sketch.get(column + 1).or(view.sketch.last()).map(|drawn| drawn.1);
            let from = drawn.or(view.points[N_GIVEN - 1].score).unwrap_or_default();
            controls.sketch.draw(column, view.scales().1.place(from) + LIFT * steps);
            controls.at = Some(column + N_GIVEN);
            controls
        })
    });
    let at = &view.points[view.at];
    let drawn = view.sketch.get((view.at + 1).wrapping_sub(N_GIVEN)).map(|drawn| drawn.1);
    let read = if view.at < view.n_shown() { at.score.or(at.modeled) } else { drawn };
    let read = read.map_or_else(|| "?".to_owned(), |score| words::score(score, view.metric));
    let readout = |label, value| Readout { label, value };
    let first = if draws { N_GIVEN } else { 0 };

    html! {
        <>
            <div class="choices">
                { Select {
                    label: words::task_label(language),
                    choices: Task::ALL.map(|task| words::task(task, language).into()).to_vec(),
                    selected: index_of(&Task::ALL, &view.task),
                    on_select: props.edit(|controls, index| {
                        controls.task = Task::ALL[index];
                        controls.answer_len = None;
                        controls.take_away_sketch();
                    }),
                }.view() }
                { Segmented {
                    label: words::metric_label(language),
                    name: "emergence-metric",
                    choices: Metric::ALL.map(|metric| words::metric(metric, language)).to_vec(),
                    selected: index_of(&Metric::ALL, &view.metric),
                    on_select: props.edit(|controls, index| {
                        controls.metric = Metric::ALL[index];
                        controls.take_away_sketch();
                    }),
                }.view() }
                { Segmented {
                    label: words::against_label(language),
                    name: "emergence-axis",
                    choices: Against::ALL.map(|against| words::against(against, language)).to_vec(),
                    selected: index_of(&Against::ALL, &view.against),
                    on_select: props.edit(|controls, index| {
                        controls.against = Against::ALL[index];
                        controls.take_away_sketch();
                    }),
                }.view() }
            </div>
            if view.can_predict() {
                { PredictionBar {
                    stage: view.stage,
                    task: words::prediction(language).to_owned(),
                    is_drawn: !view.sketch.is_empty(),
                    outcome: view.outcome().map(|miss| words::outcome(miss, view.metric, language)),
                    on_stage: props.edit(|controls, stage| (controls.stage, controls.at) = (Some(stage), None)),
                    language,
                }.view() }
            }
            <PlotCanvas
                drawing={Drawing::of::<Emergence>((*view).clone())}
                {language}
                label={words::handle(draws, language)}
                value_text={format!("{}: {read}", at.name)}
                value={view.at as f64}
                min={first as f64}
                max={(view.points.len() - 1) as f64}
                step={1.0}
                on_value={props.edit(|controls, value: f64| controls.at = Some(value as usize))}
                {on_point}
                {on_lift}
                {draws}
            />
            { readouts([
                readout(words::at(draws, language), format!("{}: {read}", at.name)),
                readout(words::largest_rise(language), words::rise(&view)),
            ]) }
            if let Some(k) = view.answer_len.filter(|_| view.points.iter().any(|point| point.modeled.is_some())) {
                <div class="controls">
                    { Slider {
                        label: words::answer_len(language).into(),
                        value: k,
                        min: ANSWER_LENS.0,
                        max: ANSWER_LENS.1,
                        step: 1.0,
                        text: format!("{k}"),
                        on_input: props.edit(|controls, value| controls.answer_len = Some(value)),
                    }.view() }
                </div>
            }
            { for words::remarks(&view, language).into_iter().map(|sentence| remark(sentence.to_owned())) }
            { legend(legend_entries(&view, data, language), language) }
        </>
    }
}

fn legend_entries(view: &View, data: &FigureData, language: Language) -> Vec<LegendEntry> {
    let entry = |line, name, provenance| LegendEntry { line, name, provenance };
    let mut entries = Vec::new();
    let name = words::task(view.task, language);
    if view.points.iter().any(|point| point.score.is_some()) {
        entries.push(if view.task.is_own() {
            entry(Line::Mark, words::own(name, language), Provenance::Project)
        } else {
            entry(Line::Published, format!("{name} ({})", data.cite("brown2020")), Provenance::Published)
        });
    }
    if let Some(k) = view.answer_len.filter(|_| view.points.iter().any(|point| point.modeled.is_some())) {
        entries.push(entry(Line::Second, words::modeled(view, k, language), Provenance::Schematic));
    }
    if !view.sketch.is_empty() {
        entries.push(entry(Line::Accent, words::sketch(language).to_owned(), Provenance::Schematic));
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Controls as _;

    fn view(state: &str) -> View {
        Emergence::view(&Controls::from_state(&State::parse(state)), &FigureData::of::<Emergence>()).unwrap()
    }

    #[test]
    fn addition_jumps_between_the_last_sizes() {
        let view = view("task=add2&stage=shown");
        // Brown et al. 2020, Table H.1: 11.9 % at 6.7B, 55.5 % at 13B, 100 % at 175B.
        let (rise, index) = view.largest_rise().unwrap();
        assert!((rise - 0.445).abs() < 1e-9 && index == 7, "{rise} {index}");
        assert_eq!(words::rise(&view), "55.5% → 100.0% (13B → 175B)");
    }

    #[test]
    fn what_is_held_back_is_nowhere_to_be_read() {
        let view = view("task=add2&stage=draw");
        assert_eq!(view.shown().len(), 3);
        assert_eq!(Emergence::series(&view, Language::En)[0].rows.len(), 3);
        assert!(!Emergence::describe(&view, Language::En).contains("55.5"));
        assert_eq!(view.at, 3, "the first size to draw");
    }

    #[test]
    fn a_sketch_is_compared_where_it_was_drawn() {
        // 13B at 50 % and 175B at 90 %, where 55.5 % and 100 % were measured; the three before at the line between.
        let view = view("task=add2&stage=shown&sketch=0.0.0.500.900");
        let misses = [0.045, 0.089, 0.119, 0.055, 0.1];
        assert!((view.outcome().unwrap() - misses.iter().sum::<f64>() / 5.0).abs() < 1e-9);
        assert_eq!(self::view("task=add2&stage=shown").outcome(), None);
    }

    #[test]
    fn the_model_and_its_inverse_agree() {
        assert!((all_right(0.9, 3.0) - 0.729).abs() < 1e-12);
        assert!((each_right(all_right(0.8, 7.0), 7.0) - 0.8).abs() < 1e-12);
        let implied = view("task=add2&metric=token&stage=shown&k=2");
        assert_eq!(implied.points[7].modeled, Some(1.0));
        assert!((implied.points[6].modeled.unwrap() - 0.555_f64.sqrt()).abs() < 1e-12);
        assert!(implied.points.iter().all(|point| point.score.is_none()), "it is not published");
        assert_eq!(Emergence::series(&implied, Language::En)[0].provenance, Provenance::Schematic);
    }

    #[test]
    fn published_partial_scores_are_shown() {
        // Table H.1: MultiRC 32.5 % of questions, F1 of 74.8 % over options; LAMBADA perplexity 1.92.
        assert_eq!(view("task=multirc&stage=shown").points[7].score, Some(0.325));
        assert_eq!(view("task=multirc&metric=token&stage=shown").points[7].score, Some(0.748));
        let lambada = view("task=lambada&metric=logprob&stage=shown").points[7].score.unwrap();
        assert!((lambada + 1.92_f64.ln()).abs() < 1e-12);
    }

    #[test]
    fn loss_falls_to_the_right() {
        for task in Task::ALL {
            let view = view(&format!("task={}&axis=loss&stage=shown", task.code()));
            let (x, y) = view.scales();
            let places: Vec<f64> = view.points.iter().map(|point| x.place(point.input)).collect();
            assert!(places.is_sorted() && places.iter().all(|place| (0.0..=1.0).contains(place)), "{task:?}");
            let inside = |score: f64| (0.0..=1.0).contains(&y.place(score));
            assert!(view.points.iter().filter_map(|point| point.score).all(inside), "{task:?}");
        }
    }

    #[test]
    fn answers_are_as_long_as_the_language_makes_them() {
        let corpus = tasks::Corpus::new();
        for task in Task::ALL {
            let (Scores::Own(index), Some(len)) = (task.scores(), task.answer_len()) else { continue };
            let ability = tasks::Ability::PUBLISHED
                .into_iter()
                .find(|ability| ability.name() == Emergence::ABILITIES[index])
                .unwrap();
            let items = corpus.items(ability, 200, &mut tasks::Rng::new(1));
            let tokens: usize = items.iter().map(|item| item.reference.len()).sum();
            let mean = tokens as f64 / items.len() as f64;
            assert!((mean - len).abs() < 1.0, "{task:?}: {mean}");
        }
    }

    #[test]
    fn a_state_and_its_address_are_the_same() {
        for state in
            ["task=maps&metric=token&axis=loss&stage=shown&at=2", "k=12&stage=draw&sketch=100..300&at=5"]
        {
            let controls = Controls::from_state(&State::parse(state));
            assert_eq!(Controls::from_state(&controls.to_state()), controls);
        }
    }
}
