//! A model learns a task from examples in its prompt: no weight changes, and the answer follows.
//!
//! What to see: the likeliest answers of a real, small model to examples that the reader chooses, where its heads looked
//! for them, and the checksum of its weights before and after. Below, the share of right answers against the number of
//! examples, of every size of model: as recorded by the project, and as measured here. Computed by the lab
//! (`crates/worker`) on the published weights.

use std::rc::Rc;

use chapter::{FigureId, Language, Provenance, Unit};
use tasks::Token;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::components::{
    Failure, Guessed, LegendEntry, Line, Measuring, PlotCanvas, Segmented, Select, Slider, guess_bars,
    index_of, legend, remark, rung_line, rung_slider,
};
use crate::figure::{BodyProps, Drawing, Figure, FigureData, FigureError, Rung, Series, State};
use crate::figures::vocabulary::{WORDS, word};
use crate::hooks::use_lab;
use crate::lab::{AttentionMap, Labels, Report, Tally, Test, Work, wilson};
use crate::locale::words::{loading_weights, model_failed, model_prepares};
use crate::plot::{Axes, Axis, Color, DrawError, Frame, Label, Look, Picture, Plot, Scale};
use crate::stage::{row, table};

mod live;
#[cfg(not(target_arch = "wasm32"))]
mod made;
mod prompt;
mod words;

use live::{Action, Live};
use prompt::{Prompt, typed};

/// The figure `few-shot`.
#[derive(PartialEq)]
pub struct FewShot;

/// What the examples do to each word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Task {
    /// English into Chinese.
    #[default]
    EnglishChinese,
    /// Chinese into English.
    ChineseEnglish,
    /// English into French.
    EnglishFrench,
    /// French into Japanese.
    FrenchJapanese,
    /// An English word into its category.
    Category,
    /// A letter into the next.
    NextLetter,
    /// A small letter into the capital.
    Capital,
    /// Ten more.
    Add10,
    /// Twice as much.
    Double,
    /// A map from letters to letters that is made up for the prompt.
    Map,
}

impl Task {
    /// All tasks; the recorded counts name them by their index.
    pub const ALL: [Self; 10] = [
        Self::EnglishChinese,
        Self::ChineseEnglish,
        Self::EnglishFrench,
        Self::FrenchJapanese,
        Self::Category,
        Self::NextLetter,
        Self::Capital,
        Self::Add10,
        Self::Double,
        Self::Map,
    ];

    /// The name in addresses and in the recorded counts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::EnglishChinese => "en-zh",
            Self::ChineseEnglish => "zh-en",
            Self::EnglishFrench => "en-fr",
            Self::FrenchJapanese => "fr-ja",
            Self::Category => "category",
            Self::NextLetter => "next",
            Self::Capital => "upper",
            Self::Add10 => "add10",
            Self::Double => "double",
            Self::Map => "map",
        }
    }

    /// The task of the language; none for made-up maps, which are none.
    pub const fn own(self) -> Option<tasks::Task> {
        use tasks::{Language, LetterRule, NumberRule, Task};
        Some(match self {
            Self::EnglishChinese => Task::Translate { from: Language::English, to: Language::Chinese },
            Self::ChineseEnglish => Task::Translate { from: Language::Chinese, to: Language::English },
            Self::EnglishFrench => Task::Translate { from: Language::English, to: Language::French },
            Self::FrenchJapanese => Task::Translate { from: Language::French, to: Language::Japanese },
            Self::Category => Task::Categorize(Language::English),
            Self::NextLetter => Task::Letters(LetterRule::Next),
            Self::Capital => Task::Letters(LetterRule::Upper),
            Self::Add10 => Task::Numbers(NumberRule::Add10),
            Self::Double => Task::Numbers(NumberRule::Double),
            Self::Map => return None,
        })
    }

    /// The published ability whose score stands beside the single answer.
    const fn ability(self) -> &'static str {
        match self {
            Self::EnglishChinese | Self::ChineseEnglish | Self::EnglishFrench | Self::FrenchJapanese => {
                FewShot::ABILITIES[0]
            }
            Self::Category => FewShot::ABILITIES[1],
            Self::NextLetter | Self::Capital => FewShot::ABILITIES[2],
            Self::Add10 | Self::Double => FewShot::ABILITIES[3],
            Self::Map => FewShot::ABILITIES[4],
        }
    }

    /// Whether the figure begins with questions that training does not show. Letters and numbers have no other way to
    /// the answer than to have seen it: every size fails there.
    const fn begins_held_out(self) -> bool {
        !matches!(self, Self::NextLetter | Self::Capital | Self::Add10 | Self::Double | Self::Map)
    }

    /// Examples to begin with: the chapter's two, or enough to see the rule.
    const fn begins_with(self) -> usize {
        if matches!(self, Self::EnglishChinese) { 2 } else { 4 }
    }
}

/// Most examples.
const MAX_SHOTS: usize = 8;
/// How often other examples can be drawn.
const MAX_DRAW: usize = 999;
/// Most heads that an address can name.
const MAX_HEADS: f64 = 63.0;

/// All that the reader can change.
#[derive(Clone, Debug, PartialEq)]
pub struct Controls {
    /// What the examples do.
    pub task: Task,
    /// How many examples are shown.
    pub shots: usize,
    /// Whether training never shows the pair that is asked for; the task's own way if `None`.
    pub held_out: Option<bool>,
    /// Whether the examples' answers have changed places.
    pub wrong: bool,
    /// Which of the drawn prompts it is.
    pub draw: usize,
    /// The reader's own examples and question, as tokens; empty for a drawn prompt.
    pub own: Vec<Token>,
    /// The head whose look is shown, layer by layer; the one that reads most from the examples if `None`.
    pub head: Option<usize>,
    /// The size of model.
    pub rung: Rung,
}

impl Default for Controls {
    fn default() -> Self {
        Self {
            task: Task::default(),
            shots: Task::default().begins_with(),
            held_out: None,
            wrong: false,
            draw: 0,
            own: Vec::new(),
            head: None,
            rung: Rung::default(),
        }
    }
}

impl Controls {
    /// Whether training never shows the pair that a drawn prompt asks for.
    fn is_held_out(&self) -> bool {
        self.task != Task::Map && self.held_out.unwrap_or(self.task.begins_held_out())
    }
}

impl crate::figure::Controls for Controls {
    fn to_state(&self) -> State {
        let own: Vec<String> = self.own.iter().map(Token::to_string).collect();
        let state = State::default()
            .with_if(self.task != Task::default(), "task", self.task.code())
            .with_if(self.shots != self.task.begins_with(), "n", self.shots)
            .with_if(
                self.held_out.is_some(),
                "pair",
                if self.held_out == Some(true) { "held-out" } else { "seen" },
            )
            .with_if(self.wrong, "wrong", "on")
            .with_if(self.draw > 0, "draw", self.draw)
            .with_if(!own.is_empty(), "p", own.join("."))
            .with_if(self.head.is_some(), "head", self.head.unwrap_or_default());
        self.rung.write(state)
    }

    fn from_state(state: &State) -> Self {
        let task = state.choice("task", &Task::ALL, Task::code).unwrap_or_default();
        let shots = state.number("n", 0.0..=MAX_SHOTS as f64);
        let own = state.text("p").unwrap_or_default().split('.');
        // What is no number is no word either.
        let token = |text| crate::browser::parse_number(text).map_or(Token::MAX, |token| token as Token);
        let own: Vec<Token> = own.map(token).collect();
        let is_prompt = own.len() % 2 == 1 && own.len() <= 2 * MAX_SHOTS + 1 && !own.contains(&Token::MAX);
        Self {
            task,
            shots: shots.map_or(task.begins_with(), |shots| shots as usize),
            held_out: state.choice(
                "pair",
                &[true, false],
                |held_out| if held_out { "held-out" } else { "seen" },
            ),
            wrong: state.switch("wrong").unwrap_or_default(),
            draw: state.number("draw", 0.0..=MAX_DRAW as f64).unwrap_or_default() as usize,
            own: if is_prompt { own } else { Vec::new() },
            head: state.number("head", 0.0..=MAX_HEADS).map(|head| head as usize),
            rung: Rung::from_state(state),
        }
    }
}

/// How often one size of model was right, by the number of examples.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// Its name, such as `4x64`.
    pub rung: String,
    /// Prompts for each number of examples.
    pub prompts: u32,
    /// Right answers.
    pub correct: Vec<u32>,
}

impl Curve {
    fn share(&self, shots: usize) -> f64 {
        f64::from(self.correct[shots]) / f64::from(self.prompts)
    }

    /// The 95 % interval of the share.
    fn interval(&self, shots: usize) -> [f64; 2] {
        wilson(self.correct[shots], self.prompts).map(f64::from)
    }

    fn points(&self, value: impl Fn(&Self, usize) -> f64) -> Vec<(f64, f64)> {
        (0..self.correct.len()).map(|shots| (shots as f64, 100.0 * value(self, shots))).collect()
    }
}

/// What is counted: a task, whether the pair that is asked for is held out, and whether the examples are wrong.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Counted {
    task: Task,
    is_held_out: bool,
    is_shuffled: bool,
}

impl Counted {
    fn of(controls: &Controls) -> Self {
        // A made-up map with its values exchanged is another made-up map.
        let is_shuffled = controls.wrong && controls.task != Task::Map;
        Self { task: controls.task, is_held_out: controls.is_held_out(), is_shuffled }
    }

    /// The first columns of the tables of counts.
    fn key(self) -> [f64; 3] {
        let flag = |is| f64::from(u8::from(is));
        [index_of(&Task::ALL, &self.task) as f64, flag(self.is_held_out), flag(self.is_shuffled)]
    }

    /// The tests, from no example on.
    fn tests(self) -> Vec<Test> {
        let pair = if self.is_held_out { tasks::Pair::HeldOut } else { tasks::Pair::Seen };
        let labels = if self.is_shuffled { Labels::Shuffled } else { Labels::True };
        let test = |shots| match self.task.own() {
            Some(task) => Test::Task { task, pair, shots, labels },
            None => Test::Map { shots },
        };
        (0..=MAX_SHOTS as u8).map(test).collect()
    }

    /// The curves of a table of counts.
    fn curves(self, table: &chapter::DataTable) -> Vec<Curve> {
        let key = self.key();
        let rows = table.rows.iter().filter(|row| row.values.starts_with(&key));
        rows.filter_map(|row| {
            let (&prompts, correct) = row.values[key.len()..].split_first()?;
            let correct: Vec<u32> = correct.iter().map(|&count| count as u32).collect();
            let is_whole = correct.len() == MAX_SHOTS + 1 && prompts > 0.0;
            is_whole.then(|| Curve { rung: row.label.clone(), prompts: prompts as u32, correct })
        })
        .collect()
    }
}

/// Plain numbers to draw.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// What is counted.
    pub counted: Counted,
    /// How many examples the prompt shows.
    pub shots: usize,
    /// Name of the chosen model.
    pub rung: String,
    /// What the project recorded, the smallest model first.
    pub recorded: Vec<Curve>,
    /// What was measured here.
    pub here: Vec<Curve>,
}

impl View {
    /// The curve of the chosen model: measured here, or else recorded.
    fn chosen(&self) -> Option<&Curve> {
        let is_it = |curve: &&Curve| curve.rung == self.rung;
        self.here.iter().find(is_it).or_else(|| self.recorded.iter().find(is_it))
    }
}

/// Name of the table of the tasks' pairs.
const PAIRS: &str = "few-shot-pairs";
/// Name of the table of recorded counts.
const RECORDED: &str = "few-shot-recorded";
/// Name of the table of counts measured here.
const HERE: &str = "few-shot-here";
/// Fresh prompts for each number of examples.
const PROMPTS: u32 = 200;
/// Parameters of GPT-3.
const GPT3_PARAMS: &str = "gpt3.params";

impl Figure for FewShot {
    const ABILITIES: &'static [&'static str] =
        &["translation-held-out-2", "category-held-out-4", "letters-seen-8", "numbers-seen-8", "maps"];
    const FACTS: &'static [&'static str] = &[GPT3_PARAMS];
    const HAS_RUNG: bool = true;
    const ID: FigureId = FigureId::FewShot;
    const MEASUREMENTS: Option<&'static str> = Some("crates/worker/data/few_shot.csv");
    const TABLES: &'static [&'static str] = &[];

    type Body = Body;
    type Controls = Controls;
    type View = View;

    #[cfg(not(target_arch = "wasm32"))]
    fn made() -> Vec<(String, chapter::DataTable)> {
        made::tables()
    }

    fn view(controls: &Controls, data: &FigureData) -> Result<View, FigureError> {
        let ladder = data.ladder()?;
        let counted = Counted::of(controls);
        Ok(View {
            counted,
            shots: Prompt::new(controls, data)?.n_shots(),
            rung: controls.rung.of(ladder).map(|rung| rung.name.clone()).unwrap_or_default(),
            recorded: counted.curves(data.table(RECORDED)?),
            here: data.table(HERE).map(|table| counted.curves(table)).unwrap_or_default(),
        })
    }

    fn frame(_: &View, look: &Look) -> Frame {
        // Room at the right for the models' names.
        let room = if look.is_narrow() { 1.7 } else { 0.9 };
        Frame::new(Scale::linear(-0.2, MAX_SHOTS as f64 + room), Scale::linear(0.0, 100.0), look)
    }

    fn draw(view: &View, picture: &Picture<'_>, look: &Look) -> Result<(), DrawError> {
        let frame = Self::frame(view, look);
        let colors = look.palette;
        let shots = |value: f64| if value <= MAX_SHOTS as f64 { format!("{value}") } else { String::new() };
        Axes {
            x: Axis { title: words::shots(look.language), format: &shots },
            y: Axis { title: words::share_axis(look.language), format: &|value| format!("{value}") },
        }
        .draw(picture, &frame, look)?;
        let plot = Plot::new(picture, &frame, look);
        let at = view.shots as f64;
        plot.rule((at, 0.0), (at, 100.0), colors.ink)?;
        for curve in view.recorded.iter().filter(|curve| curve.rung != view.rung) {
            plot.curve(&curve.points(Curve::share), colors.muted, 1.2)?;
        }
        let own = view.recorded.iter().filter(|curve| curve.rung == view.rung);
        for curve in own {
            draw_curve(&plot, curve, colors.published)?;
        }
        for curve in &view.here {
            draw_curve(&plot, curve, colors.accent)?;
        }
        let end = |curve: &Curve| (MAX_SHOTS as f64, 100.0 * curve.share(MAX_SHOTS));
        let label = |curve| Label { at: end(curve), radius: 4.0, text: "", color: colors.muted };
        let mut labels: Vec<Label<'_>> =
            view.recorded.iter().map(|curve| Label { text: &curve.rung, ..label(curve) }).collect();
        // Where names crowd, the first ones stay.
        if let Some(index) = labels.iter().position(|label| label.text == view.rung) {
            labels.swap(0, index);
        }
        // Empty names keep the others off the curves.
        for curve in &view.recorded {
            labels.extend(Label::along(&curve.points(Curve::share), &frame, colors.muted));
        }
        plot.labels(&labels)
    }

    fn describe(view: &View, language: Language) -> String {
        words::description(view, language)
    }

    fn series(view: &View, language: Language) -> Vec<Series> {
        let columns: Vec<(String, Unit)> = words::columns(language)
            .into_iter()
            .zip([Unit::One, Unit::Percent, Unit::Percent, Unit::Percent, Unit::Count])
            .map(|(name, unit)| (name.to_owned(), unit))
            .collect();
        let series = |provenance, curves: &[Curve]| Series {
            name: words::series(view, provenance, language),
            provenance,
            source: Self::MEASUREMENTS.filter(|_| provenance == Provenance::Project).map(str::to_owned),
            columns: columns.clone(),
            rows: curves
                .iter()
                .flat_map(|curve| {
                    (0..=MAX_SHOTS).map(|shots| {
                        let [low, high] = curve.interval(shots).map(|end| 100.0 * end);
                        let values =
                            vec![shots as f64, 100.0 * curve.share(shots), low, high, curve.prompts.into()];
                        (curve.rung.clone(), values)
                    })
                })
                .collect(),
        };
        let mut all = vec![series(Provenance::Project, &view.recorded), series(Provenance::Here, &view.here)];
        all.retain(|series| !series.rows.is_empty());
        all
    }
}

/// A curve with dots, in the band of its confidence.
fn draw_curve(plot: &Plot<'_>, curve: &Curve, color: Color) -> Result<(), DrawError> {
    let end = |index: usize| curve.points(move |curve, shots| curve.interval(shots)[index]);
    plot.band(&end(0), &end(1), color)?;
    let points = curve.points(Curve::share);
    plot.curve(&points, color, 2.2)?;
    points.into_iter().try_for_each(|point| plot.dot(point, 3.5, color))
}

/// A measurement on its way.
#[derive(Default)]
struct Measurement {
    of: Option<(String, Counted)>,
    tallies: Vec<Tally>,
    problem: Option<String>,
    /// How many there have been: each asks other prompts.
    count: u32,
}

/// The table of counts measured here, with one more row in place of any on the same.
fn measured(data: &FigureData, rung: &str, counted: Counted, tallies: &[Tally]) -> chapter::DataTable {
    let key = counted.key();
    let mut rows = data.table(HERE).map(|table| table.rows.clone()).unwrap_or_default();
    rows.retain(|row| row.label != rung || !row.values.starts_with(&key));
    let items = tallies.first().map_or(0, |tally| tally.items);
    let correct = tallies.iter().map(|tally| f64::from(tally.correct));
    rows.push(row(rung, key.into_iter().chain([items.into()]).chain(correct).collect()));
    table(Provenance::Here, &[], rows)
}

/// Controls, prompt, answer and picture.
#[component]
pub fn Body(props: &BodyProps<FewShot>) -> Html {
    let BodyProps { data, controls, .. } = props;
    let language = props.language;

    let live = use_reducer_eq(Live::default);
    let reader = use_lab(FewShot::ID, {
        let live = live.dispatcher();
        move |report| live.dispatch(Action::Hear(report))
    });
    let unknown = use_state_eq(|| None::<String>);
    let measurement = use_mut_ref(Measurement::default);
    let redraw = use_force_update();
    let scorer = use_lab(FewShot::ID, {
        let (measurement, redraw) = (measurement.clone(), redraw.clone());
        let (data, on_measured) = (Rc::clone(data), props.on_measured.clone());
        move |report| {
            let mut own = measurement.borrow_mut();
            match report {
                Report::Tallies(tallies) => own.tallies = tallies,
                Report::Failed(problem) => (own.of, own.problem) = (None, Some(problem.to_string())),
                Report::Finished => {
                    if let Some((rung, counted)) = own.of.take() {
                        let table = measured(&data, &rung, counted, &own.tallies);
                        on_measured.emit(vec![(HERE.to_owned(), table)]);
                    }
                }
                _ => {}
            }
            redraw.force_update();
        }
    });

    // The shell asks for the same view and has shown the reason if there is none.
    let view = FewShot::view(controls, data).ok();
    let prompt = Prompt::new(controls, data).ok();
    let rung = view.as_ref().map(|view| view.rung.clone()).unwrap_or_default();
    use_effect_with((rung, prompt.as_ref().map(Prompt::tokens)), {
        let live = live.dispatcher();
        move |(rung, tokens)| {
            if let Some(tokens) = tokens {
                live.dispatch(Action::Ask(rung.clone(), tokens.clone()));
            }
        }
    });
    use_effect_with((live.work(), live.tries()), move |(work, _)| {
        if let Some(work) = work {
            reader.start(work.clone());
        }
    });

    let (Some(view), Some(prompt), Ok(ladder)) = (view, prompt, data.ladder()) else {
        return Html::default();
    };
    let prompt = Rc::new(prompt);
    let measure = {
        let (measurement, redraw) = (measurement.clone(), redraw.clone());
        let (rung, counted) = (view.rung.clone(), view.counted);
        Callback::from(move |()| {
            let mut own = measurement.borrow_mut();
            let count = own.count + 1;
            *own = Measurement { of: Some((rung.clone(), counted)), count, ..Measurement::default() };
            scorer.start(Work::Score {
                rung: rung.clone(),
                tests: counted.tests(),
                items: PROMPTS,
                // Other prompts than those of the record, and than the last time.
                seed: 1_000 + u64::from(count),
            });
            redraw.force_update();
        })
    };
    let set_shots = props
        .edit(|controls, shots: f64| controls.shots = shots.round().clamp(0.0, MAX_SHOTS as f64) as usize);

    html! {
        <>
            <div class="choices">
                { Select {
                    label: words::task_label(language),
                    choices: Task::ALL.map(|task| words::task(task, language).into()).to_vec(),
                    selected: index_of(&Task::ALL, &controls.task),
                    on_select: props.edit(|controls, index| {
                        let rung = controls.rung.clone();
                        let task: Task = Task::ALL[index];
                        *controls = Controls { task, shots: task.begins_with(), rung, ..Controls::default() };
                    }),
                }.view() }
                if controls.task != Task::Map {
                    { Segmented {
                        label: words::pair_label(language),
                        name: "few-shot-pair",
                        choices: words::pairs(language).to_vec(),
                        selected: usize::from(!controls.is_held_out()),
                        on_select: props.edit(|controls, index| {
                            (controls.held_out, controls.own) = (Some(index == 0), Vec::new());
                        }),
                    }.view() }
                }
            </div>
            <div class="controls">
                { rung_slider(ladder, &controls.rung, language, &props.edit(|controls, rung| controls.rung = rung)) }
                { Slider {
                    label: words::shots(language).into(),
                    value: prompt.n_shots() as f64,
                    min: 0.0,
                    max: MAX_SHOTS as f64,
                    step: 1.0,
                    text: prompt.n_shots().to_string(),
                    on_input: set_shots.clone(),
                }.view() }
            </div>
            { rung_line(ladder, &controls.rung, Some(controls.task.ability()), data.value(GPT3_PARAMS).unwrap_or(1.0), language) }
            { bench(props, &prompt, &live, &unknown) }
            if let Some(text) = &*unknown { { remark(words::unknown(text, language)) } }
            <div class="chips">
                { chip(words::other(language), props.edit(|controls, _: MouseEvent| {
                    controls.draw = (controls.draw + 1) % (MAX_DRAW + 1);
                    controls.own = Vec::new();
                })) }
                <button type="button" class="chip" aria-pressed={controls.wrong.to_string()} disabled={prompt.n_shots() < 2}
                    onclick={props.edit(|controls, _: MouseEvent| controls.wrong = !controls.wrong)}
                >{ words::wrong(language) }</button>
            </div>
            { answer(data, &prompt, &live, language) }
            <PlotCanvas
                drawing={Drawing::of::<FewShot>(view.clone())}
                {language}
                label={words::shots(language)}
                value_text={words::reading(&view, language)}
                value={view.shots as f64}
                min={0.0}
                max={MAX_SHOTS as f64}
                step={1.0}
                on_value={set_shots.clone()}
                on_point={set_shots.reform(|(shots, _): (f64, f64)| shots)}
            />
            { measuring(&measurement.borrow(), &view, &measure, language) }
            { remark(words::reading(&view, language)) }
            { legend(legend_entries(&view, language), language) }
        </>
    }
}

fn chip(label: &'static str, onclick: Callback<MouseEvent>) -> Html {
    html! { <button type="button" class="chip" {onclick}>{ label }</button> }
}

/// The button that measures, and how far it is.
fn measuring(measurement: &Measurement, view: &View, measure: &Callback<()>, language: Language) -> Html {
    let done = measurement.tallies.first().map_or(0, |tally| tally.items);
    Measuring {
        label: words::measure(&view.rung, PROMPTS, language),
        progress: measurement.of.is_some().then_some((done, PROMPTS)),
        problem: measurement.problem.clone(),
        on_start: measure.clone(),
    }
    .view(language)
}

/// Height of a row of the prompt in the units of the arcs.
const ROW: usize = 48;

/// The prompt, to be edited, with arcs from the question to where a head looked.
fn bench(
    props: &BodyProps<FewShot>,
    prompt: &Rc<Prompt>,
    live: &Live,
    unknown: &UseStateHandle<Option<String>>,
) -> Html {
    let BodyProps { data, controls, .. } = props;
    let language = props.language;
    let set_own = {
        let controls = controls.clone();
        props.on_change.reform(move |(own, shots): (Vec<Token>, usize)| Controls {
            shots,
            own,
            ..controls.clone()
        })
    };
    let n_shots = prompt.n_shots();
    let field = |token: Token, label: String, share: f32, edit: Callback<Token>| {
        // Nothing listens where no script runs.
        if !crate::IS_PAGE {
            return html! { <span class="few-shot__word">{ word(data, token, language) }</span> };
        }
        let (words, unknown) = (Rc::clone(data), unknown.clone());
        let onchange = Callback::from(move |event: Event| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            match typed(&words, &text) {
                Some(token) => {
                    unknown.set(None);
                    edit.emit(token);
                }
                // The new remark draws the figure again, and with it the word that stood there.
                None => unknown.set(Some(text)),
            }
        });
        html! {
            <input class="few-shot__word" list="few-shot-words" autocomplete="off" spellcheck="false"
                value={word(data, token, language).to_owned()} aria-label={label} {onchange}
                data-look={((4.0 * share).round() as u8).to_string()}
            />
        }
    };
    let heads = if live.is_fresh { &live.attention[..] } else { &[] };
    let head = shown_head(controls, prompt, heads);
    let probs = head.map(|index| &heads[index].probs[..]).unwrap_or_default();
    let button = |label: String,
                  sign: &'static str,
                  disabled: bool,
                  pool: Option<Vec<Token>>,
                  shots: usize| {
        if !crate::IS_PAGE {
            return html! { <span></span> };
        }
        let set_own = set_own.clone();
        let onclick = Callback::from(move |_: MouseEvent| {
            if let Some(pool) = &pool {
                set_own.emit((pool.clone(), shots));
            }
        });
        html! { <button type="button" class="few-shot__tool" aria-label={label} {disabled} {onclick}>{ sign }</button> }
    };
    let example = |index: usize| {
        let (x, y) = prompt.example(index);
        let [at_x, at_y, _] = Prompt::looks(index, probs);
        let edit = |is_answer: bool| {
            let prompt = Rc::clone(prompt);
            set_own.reform(move |token| (prompt.with_word(index, is_answer, token), n_shots))
        };
        let raised = (index > 0).then(|| prompt.raised(index));
        html! {
            <li class="few-shot__row">
                { field(x, words::input(index, language), at_x, edit(false)) }
                <span aria-hidden="true">{ "→" }</span>
                { field(y, words::output(index, language), at_y, edit(true)) }
                { button(words::raise(index, language), "↑", index == 0, raised, n_shots) }
                { button(words::remove(index, language), "×", false, Some(prompt.without(index)), n_shots - 1) }
            </li>
        }
    };
    let ask = {
        let prompt = Rc::clone(prompt);
        set_own.reform(move |token| (prompt.with_question(token), n_shots))
    };
    let guess = live.guesses.first().map_or("…", |guess| word(data, guess.token, language));
    html! {
        <>
            <div class="few-shot">
                { arcs(n_shots, probs) }
                <ol class="few-shot__prompt">
                    { for (0..n_shots).map(example) }
                    <li class="few-shot__row">
                        { field(prompt.question(), words::question(language).to_owned(), 0.0, ask) }
                        <span aria-hidden="true">{ "→" }</span>
                        <output class="few-shot__guess" aria-busy={(!live.is_fresh).to_string()}>{ guess }</output>
                    </li>
                </ol>
            </div>
            { vocabulary(data, language) }
            { Slider {
                label: words::head_label(language).into(),
                value: head.unwrap_or_default() as f64,
                min: 0.0,
                max: heads.len().saturating_sub(1) as f64,
                step: 1.0,
                text: head.map_or_else(|| "…".to_owned(), |index| words::head(&heads[index], language)),
                on_input: props.edit(|controls, head: f64| controls.head = Some(head as usize)),
            }.view() }
        </>
    }
}

/// The head whose look is shown: the reader's, or the one that reads most from the examples.
fn shown_head(controls: &Controls, prompt: &Prompt, heads: &[AttentionMap]) -> Option<usize> {
    let chosen = controls.head.filter(|&head| head < heads.len());
    chosen.or_else(|| {
        let reads = heads.iter().map(|map| prompt.reads(&map.probs)).enumerate();
        reads.max_by(|one, other| one.1.total_cmp(&other.1)).map(|(index, _)| index)
    })
}

/// Arcs from the question up to the examples, as thick as a head looked at them, with the share beside.
fn arcs(n_shots: usize, probs: &[f32]) -> Html {
    let middle = |row: usize| ROW * row + ROW / 2;
    let question = middle(n_shots);
    let arc = |index: usize| {
        let share = f64::from(Prompt::looks(index, probs).iter().sum::<f32>());
        let y = middle(index);
        let left = 38 - 6 * (n_shots - index).min(3);
        html! {
            <>
                <path d={format!("M46 {question}C{left} {question} {left} {y} 46 {y}")}
                    stroke-width={format!("{:.1}", 0.6 + 7.0 * share)} opacity={format!("{:.1}", 0.2 + 0.8 * share)} />
                <text x="0" y={(y + 4).to_string()}>{ format!("{:.0}%", 100.0 * share) }</text>
            </>
        }
    };
    let height = middle(n_shots) + ROW / 2;
    html! {
        <svg class="few-shot__arcs" width="48" height={height.to_string()} aria-hidden="true">
            if !probs.is_empty() { { for (0..n_shots).map(arc) } }
        </svg>
    }
}

/// The words to choose from while typing. Only in the page: they would weigh more than the figure.
fn vocabulary(data: &FigureData, language: Language) -> Html {
    let Some(words) = data.table(WORDS).ok().filter(|_| crate::IS_PAGE) else { return Html::default() };
    let offered = words.rows.iter().filter(|row| row.values.first() == Some(&1.0));
    html! {
        <datalist id="few-shot-words">
            { for offered.map(|row| {
                // A word with two faces can be typed by either.
                let other = if language == Language::Zh { Some(&row.label) } else { row.zh.as_ref() };
                html! { <option value={row.name(language).to_owned()} label={other.cloned()} /> }
            }) }
        </datalist>
    }
}

/// The likeliest answers as bars, what to think of them, and that no weight changed.
fn answer(data: &FigureData, prompt: &Prompt, live: &UseReducerHandle<Live>, language: Language) -> Html {
    if let Some(reason) = &live.problem {
        let live = live.dispatcher();
        let on_retry = Callback::from(move |()| live.dispatch(Action::Retry));
        return html! { <Failure {language} message={model_failed(language)} reason={reason.clone()} {on_retry} /> };
    }
    let expected = prompt.expected().map(|(token, _)| token);
    let guesses = live.guesses.iter().map(|guess| Guessed {
        word: word(data, guess.token, language),
        prob: guess.prob.into(),
        is_right: expected == Some(guess.token),
    });
    let verdict = match (live.loading, live.guesses.first()) {
        (Some((loaded, total)), _) => loading_weights(loaded, total, language),
        (None, None) => model_prepares(language).to_owned(),
        (None, Some(guess)) => {
            words::verdict(prompt, *guess, |token| word(data, token, language).to_owned(), language)
        }
    };
    html! {
        <>
            <p class="segmented__label">{ words::answers(language) }</p>
            { guess_bars(guesses, live.is_fresh) }
            <div class="few-shot__outcome">
                { remark(verdict) }
                <p class="few-shot__weights">{ words::weights(live.before, live.after, language) }</p>
            </div>
        </>
    }
}

fn legend_entries(view: &View, language: Language) -> Vec<LegendEntry> {
    let entry = |line, name, provenance| LegendEntry { line, name, provenance };
    let mut entries = vec![
        entry(Line::Published, words::recorded(&view.rung, language), Provenance::Project),
        entry(Line::Muted, words::others(language).to_owned(), Provenance::Project),
    ];
    if !view.here.is_empty() {
        entries.push(entry(Line::Accent, words::here(view, language), Provenance::Here));
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Controls as _;

    fn view(state: &str) -> View {
        FewShot::view(&Controls::from_state(&State::parse(state)), &FigureData::of::<FewShot>()).unwrap()
    }

    #[test]
    fn a_state_and_its_address_are_the_same() {
        for state in [
            "task=map&n=0&draw=3&rung=1x8",
            "n=5&pair=seen&wrong=on&p=200.201.202&head=3",
            "task=next&pair=held-out",
        ] {
            assert_eq!(Controls::from_state(&State::parse(state)).to_state().to_string(), state);
        }
        let bad = Controls::from_state(&State::parse("p=1.2&n=99&draw=-4&head=x&pair=maybe"));
        assert_eq!(bad, Controls { shots: MAX_SHOTS, ..Controls::default() });
        // Words that the language lacks are no prompt of one's own.
        assert_eq!(view("p=9999.1.2").shots, 2);
    }

    #[test]
    fn examples_help_and_size_decides_how_much() {
        let translation = view("");
        let largest = translation.chosen().unwrap();
        assert_eq!(largest.rung, "6x128");
        assert!(largest.share(0) < 0.05 && largest.share(2) > 0.8, "{largest:?}");
        assert!(largest.interval(2)[0] > largest.share(0));
        // Made-up maps are copied by the larger models and not by the smaller.
        let maps = view("task=map&rung=2x16");
        let share = |name: &str| maps.recorded.iter().find(|curve| curve.rung == name).unwrap().share(4);
        assert!(share("2x16") < 0.3 && share("4x64") > 0.9);
        assert_eq!(maps.chosen().unwrap().rung, "2x16");
        // Training never shows a question of letters that is held out: no size answers it.
        let letters = view("task=upper&pair=held-out");
        assert!(letters.recorded.iter().all(|curve| curve.share(MAX_SHOTS) < 0.05));
    }

    #[test]
    fn what_was_measured_here_is_shown_and_exported_for_its_own_task_only() {
        let data = FigureData::of::<FewShot>();
        let controls = Controls::default();
        let counted = Counted::of(&controls);
        let tally = |correct| Tally { items: 200, correct, ..Tally::default() };
        let tallies: Vec<Tally> = (0..=MAX_SHOTS as u32).map(|shots| tally(10 * shots)).collect();
        let twice = [1, 2].into_iter().fold(data.clone(), |data, _| {
            let table = measured(&data, "6x128", counted, &tallies);
            self::data().with_tables(vec![(HERE.to_owned(), table)])
        });
        let view = FewShot::view(&controls, &twice).unwrap();
        assert_eq!(view.here.len(), 1, "the second measurement replaces the first");
        assert_eq!(view.chosen().unwrap().share(4), 0.2);
        let series = FewShot::series(&view, Language::En);
        assert_eq!((series.len(), series[1].provenance, series[1].rows.len()), (2, Provenance::Here, 9));
        let other = FewShot::view(&Controls { wrong: true, ..controls }, &twice).unwrap();
        assert!(other.here.is_empty());
    }

    fn data() -> FigureData {
        FigureData::of::<FewShot>()
    }

    #[test]
    fn the_head_that_reads_most_is_shown_unless_another_is_chosen() {
        let prompt = Prompt::new(&Controls::default(), &data()).unwrap();
        let map = |at: usize| {
            let mut probs = vec![0.0; 8];
            probs[at] = 1.0;
            AttentionMap { layer: 0, head: 0, probs }
        };
        // The marker, the first answer, the question itself.
        let heads = [map(0), map(2), map(7)];
        assert_eq!(shown_head(&Controls::default(), &prompt, &heads), Some(1));
        assert_eq!(shown_head(&Controls { head: Some(2), ..Controls::default() }, &prompt, &heads), Some(2));
        assert_eq!(shown_head(&Controls { head: Some(9), ..Controls::default() }, &prompt, &heads), Some(1));
        assert_eq!(shown_head(&Controls::default(), &prompt, &[]), None);
    }
}
