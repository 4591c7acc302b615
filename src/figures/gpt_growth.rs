//! Parameters and training data of GPT-1, GPT-2 and GPT-3, as the chapter's Table 5-1 has them and corrected.
//!
//! What to see: parameters grew by a factor near 1,500, data by far less than the 1,000 that the chapter states,
//! unless the text before filtering is counted for one model and not for the others. A second scene draws a dot for
//! each 117 million parameters, one for GPT-1, and steps back until the whole of GPT-3 is in view.

use chapter::{FigureId, Language, Provenance, Unit};
use plotters::element::Circle;
use plotters::style::Color as _;
use yew::prelude::*;

use crate::components::{
    Chips, LegendEntry, Line, PlotCanvas, Readout, Segmented, index_of, legend, readouts, remark,
};
use crate::figure::{BodyProps, Drawing, Figure, FigureData, FigureError, Series, State};
use crate::hooks::{BRIEF, use_animated};
use crate::locale::number::power_of_ten;
use crate::plot::{Anchor, Axes, Axis, Color, DrawError, Frame, Label, Look, Palette, Picture, Plot, Scale};

mod words;

/// The figure `gpt-growth`.
#[derive(PartialEq)]
pub struct GptGrowth;

/// How growth is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scene {
    /// Parameters against data.
    #[default]
    Plane,
    /// A dot for each GPT-1.
    Dots,
}

impl Scene {
    const ALL: [Self; 2] = [Self::Plane, Self::Dots];

    const fn code(self) -> &'static str {
        match self {
            Self::Plane => "plane",
            Self::Dots => "dots",
        }
    }
}

/// Whose numbers are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Account {
    /// The chapter's Table 5-1.
    #[default]
    Table,
    /// The sizes that the sources give.
    Corrected,
    /// The table, but for GPT-3 the text before filtering.
    Unfiltered,
}

impl Account {
    const ALL: [Self; 3] = [Self::Table, Self::Corrected, Self::Unfiltered];

    const fn code(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Corrected => "corrected",
            Self::Unfiltered => "unfiltered",
        }
    }

    /// Keys of the facts that give the bytes of training text.
    const fn bytes(self) -> [&'static str; 3] {
        match self {
            Self::Table => ["table51.gpt1_bytes", "table51.gpt2_bytes", "table51.gpt3_bytes"],
            Self::Corrected => ["bookcorpus.bytes", "webtext.bytes", "commoncrawl.bytes"],
            Self::Unfiltered => ["table51.gpt1_bytes", "table51.gpt2_bytes", "commoncrawl.raw_bytes"],
        }
    }
}

/// The models, from the smallest.
const NAMES: [&str; 3] = ["GPT-1", "GPT-2", "GPT-3"];
/// Their names in an address.
const CODES: [&str; 3] = ["gpt1", "gpt2", "gpt3"];

/// All that the reader can change.
#[derive(Clone, Debug, PartialEq)]
pub struct Controls {
    /// How growth is shown.
    pub scene: Scene,
    /// Whose numbers are shown.
    pub account: Account,
    /// Index of the model that is read off, or whose dots fill the picture.
    pub model: usize,
    /// Dots that the picture has room for, when the reader holds the zoom.
    pub room: Option<f64>,
}

impl Default for Controls {
    fn default() -> Self {
        Self { scene: Scene::Plane, account: Account::Table, model: 2, room: None }
    }
}

/// The most dots that the picture has room for: those of GPT-3 and a rim.
const MOST_ROOM: f64 = 1500.0;

impl crate::figure::Controls for Controls {
    fn to_state(&self) -> State {
        let default = Self::default();
        State::default()
            .with_if(self.scene != default.scene, "view", self.scene.code())
            .with_if(self.account != default.account, "data", self.account.code())
            .with_if(self.model != default.model, "model", CODES[self.model])
            .with_if(self.room.is_some(), "room", format!("{:.1}", self.room.unwrap_or_default()))
    }

    fn from_state(state: &State) -> Self {
        let default = Self::default();
        Self {
            scene: state.choice("view", &Scene::ALL, Scene::code).unwrap_or_default(),
            account: state.choice("data", &Account::ALL, Account::code).unwrap_or_default(),
            model: state.choice("model", &[0, 1, 2], |index| CODES[index]).unwrap_or(default.model),
            room: state.number("room", 1.0..=MOST_ROOM),
        }
    }
}

/// Plain numbers to draw.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// How growth is shown.
    pub scene: Scene,
    /// Whose numbers are shown.
    pub account: Account,
    /// Index of the model that is read off.
    pub model: usize,
    /// Parameters and bytes of training text of each model.
    pub models: [Model; 3],
    /// The same by the chapter's table.
    pub table: [Model; 3],
    /// Growth from GPT-1 to GPT-3 as the chapter states it: of parameters, of data.
    pub stated: (f64, f64),
    /// Bytes where each model stands now, on the way while the account changes.
    pub shown: [f64; 3],
    /// Dots that the picture has room for.
    pub room: f64,
}

/// A model's two sizes.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Parameters.
    pub params: Given,
    /// Training text, bytes.
    pub bytes: Given,
}

/// A number and who gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    /// The number.
    pub value: f64,
    /// Significant digits to show.
    pub digits: Option<usize>,
    /// Key of the work; none for the textbook.
    pub source: Option<String>,
}

impl View {
    /// How many times GPT-3 is GPT-1: in parameters, in data.
    pub fn growth(&self) -> (f64, f64) {
        let [first, _, last] = &self.models;
        (last.params.value / first.params.value, last.bytes.value / first.bytes.value)
    }

    /// Dots of each model, one for every GPT-1.
    pub fn dots(&self) -> [usize; 3] {
        let one = self.models[0].params.value;
        [0, 1, 2].map(|index| (self.models[index].params.value / one).round() as usize)
    }
}

fn models(account: Account, data: &FigureData) -> Result<[Model; 3], FigureError> {
    let fact = |key: &str| {
        let fact = data.fact(key).ok_or_else(|| FigureError::Missing(key.to_owned()))?;
        Ok::<_, FigureError>(Given {
            value: fact.value,
            digits: fact.digits.map(usize::from),
            source: fact.source.clone(),
        })
    };
    let published = |name: &str| {
        let table = data.table("gpt-params")?;
        let row = table.rows.iter().find(|row| row.label == name);
        let value = row.and_then(|row| row.values.first().copied());
        let value = value.ok_or_else(|| FigureError::Missing(name.to_owned()))?;
        Ok::<_, FigureError>(Given { value, digits: None, source: Some(table.source.clone()) })
    };
    let params = match account {
        Account::Table | Account::Unfiltered => {
            [fact("table51.gpt1_params")?, fact("table51.gpt2_params")?, fact("table51.gpt3_params")?]
        }
        Account::Corrected => [published(NAMES[0])?, published(NAMES[1])?, fact("gpt3.params")?],
    };
    let [p1, p2, p3] = params;
    let [b1, b2, b3] = account.bytes();
    Ok([
        Model { params: p1, bytes: fact(b1)? },
        Model { params: p2, bytes: fact(b2)? },
        Model { params: p3, bytes: fact(b3)? },
    ])
}

/// Ends of the axis of parameters.
const PARAMS: (f64, f64) = (3e7, 2e12);
/// The least bytes on the axis of data; its other end is as many times GPT-3's.
const LEAST_BYTES: f64 = 1e9;
const BYTES_ABOVE: f64 = 12.0;
/// Radius of the largest model's bubble as a part of the plot's smaller side.
const LARGEST: f64 = 0.15;
/// A bubble's radius is never less, CSS pixels: GPT-1's is 1.6 where GPT-3's is 60.
const SMALLEST: f64 = 1.5;

impl Figure for GptGrowth {
    const ID: FigureId = FigureId::GptGrowth;
    const FACTS: &'static [&'static str] = &[
        "table51.gpt1_params",
        "table51.gpt2_params",
        "table51.gpt3_params",
        "table51.gpt1_bytes",
        "table51.gpt2_bytes",
        "table51.gpt3_bytes",
        "table51.params_growth",
        "table51.data_growth",
        "gpt3.params",
        "bookcorpus.bytes",
        "webtext.bytes",
        "commoncrawl.bytes",
        "commoncrawl.raw_bytes",
    ];
    const TABLES: &'static [&'static str] = &["gpt-params"];

    type Body = Body;
    type Controls = Controls;
    type View = View;

    fn view(controls: &Controls, data: &FigureData) -> Result<View, FigureError> {
        let models = models(controls.account, data)?;
        let shown = [0, 1, 2].map(|index| models[index].bytes.value);
        let mut view = View {
            scene: controls.scene,
            account: controls.account,
            model: controls.model,
            table: self::models(Account::Table, data)?,
            stated: (data.value("table51.params_growth")?, data.value("table51.data_growth")?),
            shown,
            room: 1.0,
            models,
        };
        view.room = controls.room.unwrap_or(view.dots()[controls.model] as f64);
        Ok(view)
    }

    fn frame(view: &View, look: &Look) -> Frame {
        match view.scene {
            Scene::Plane => {
                let most = view.shown[2] * BYTES_ABOVE;
                Frame::new(Scale::new(PARAMS.0, PARAMS.1, 0.0), Scale::new(LEAST_BYTES, most, 0.0), look)
            }
            Scene::Dots => Frame::new(Scale::new(1.0, MOST_ROOM, 0.0), Scale::new(1.0, 2.0, 0.0), look),
        }
    }

    fn draw(view: &View, picture: &Picture<'_>, look: &Look) -> Result<(), DrawError> {
        let frame = Self::frame(view, look);
        match view.scene {
            Scene::Plane => draw_plane(view, picture, &frame, look),
            Scene::Dots => draw_dots(view, picture, &frame, look),
        }
    }

    fn describe(view: &View, language: Language) -> String {
        words::description(view, language)
    }

    fn series(view: &View, language: Language) -> Vec<Series> {
        let mut all = series(&view.table, language);
        for one in series(&view.models, language) {
            if !all.contains(&one) {
                all.push(one);
            }
        }
        all
    }
}

/// The sizes of the models, those of one source and one kind together.
fn series(models: &[Model; 3], language: Language) -> Vec<Series> {
    let mut all: Vec<Series> = Vec::new();
    let mut add = |name: &str, unit, quantity: fn(&Model) -> &Given| {
        for (model, own_name) in models.iter().zip(NAMES) {
            let Given { value, source, .. } = quantity(model);
            let row = (own_name.to_owned(), vec![*value]);
            match all.iter_mut().find(|one| one.source == *source && one.name == name) {
                Some(one) => one.rows.push(row),
                None => all.push(Series {
                    name: name.to_owned(),
                    provenance: provenance(source.as_ref()),
                    source: source.clone(),
                    columns: vec![(name.to_owned(), unit)],
                    rows: vec![row],
                }),
            }
        }
    };
    add(words::params(language), Unit::Params, |model| &model.params);
    add(words::bytes(language), Unit::Bytes, |model| &model.bytes);
    all
}

fn provenance(source: Option<&String>) -> Provenance {
    if source.is_some() { Provenance::Published } else { Provenance::Textbook }
}

fn draw_plane(view: &View, picture: &Picture<'_>, frame: &Frame, look: &Look) -> Result<(), DrawError> {
    let colors = look.palette;
    Axes {
        x: Axis { title: words::x_title(look.language), format: &power_of_ten },
        y: Axis { title: words::y_title(look.language), format: &power_of_ten },
    }
    .draw(picture, frame, look)?;
    let plot = Plot::new(picture, frame, look);
    let largest = LARGEST * frame.width().min(frame.height());
    let radius = |params: f64| (largest * (params / view.models[2].params.value).sqrt()).max(SMALLEST);

    let picked = &view.models[view.model];
    let at = (picked.params.value, view.shown[view.model]);
    plot.rule((at.0, frame.y.low()), at, colors.accent)?;
    plot.rule((frame.x.low(), at.1), at, colors.accent)?;

    let mut labels = Vec::new();
    let texts = [0, 1, 2].map(|index| {
        format!(
            "{} · {}",
            NAMES[index],
            words::written(&view.models[index].bytes, Unit::Bytes, look.language)
        )
    });
    for (index, model) in view.models.iter().enumerate() {
        let at = (model.params.value, view.shown[index]);
        let radius = radius(model.params.value);
        let before = (at.0, view.table[index].bytes.value);
        if view.table[index].bytes.value != model.bytes.value {
            plot.rule(before, at, colors.second)?;
            plot.ring(before, 3.0, colors.second)?;
            labels.push(Label { at: before, radius: 3.0, text: "", color: colors.ink });
        }
        plot.bubble(at, radius, account_color(&model.bytes, colors))?;
        labels.push(Label { at, radius, text: &texts[index], color: colors.ink });
    }
    plot.labels(&labels)
}

fn account_color(bytes: &Given, colors: Palette) -> Color {
    if bytes.source.is_some() { colors.published } else { colors.second }
}

/// Cosine and sine of the golden angle, π (3 − √5): turned by it from one to the next, no two dots of a field lie in one
/// line (Vogel 1979). Numbers rather than calls, as the browser would have to fetch 3 kB of sine for this one angle.
const TURN: (f64, f64) = (-0.737_368_878_078_319_9, 0.675_490_294_261_524);
/// Radius of a dot, in units in which a field of n dots has the radius √n.
const DOT: f64 = 0.72;
/// By how many dots the second one is further out than its place in the spiral, so that it does not lie on the first.
const AROUND_FIRST: f64 = 1.1;
/// Height of the line of words above the dots, CSS pixels.
const WORDS: f64 = 34.0;

fn draw_dots(view: &View, picture: &Picture<'_>, frame: &Frame, look: &Look) -> Result<(), DrawError> {
    let colors = look.palette;
    let (width, height) = (look.size.width, look.size.height);
    let [one, two, all] = view.dots();
    // Room for the field and for the line of words above it.
    let unit = (width.min(height - WORDS) / 2.0 - 8.0).max(1.0) / (view.room.sqrt() + DOT);
    let center = (width / 2.0, f64::midpoint(WORDS, height));
    let radius = look.stroke(unit * DOT);
    let mut direction = (1.0, 0.0);
    for index in 0..all {
        let distance = if index == 0 { 0.0 } else { unit * (index as f64 + AROUND_FIRST).sqrt() };
        let (x, y) = (center.0 + distance * direction.0, center.1 + distance * direction.1);
        direction =
            (direction.0 * TURN.0 - direction.1 * TURN.1, direction.0 * TURN.1 + direction.1 * TURN.0);
        let out = unit * DOT;
        if x < -out || y < WORDS + out || x > width + out || y > height + out {
            continue;
        }
        let color = match index {
            _ if index < one => colors.accent,
            _ if index < two => colors.second,
            _ => colors.published,
        };
        picture.draw(&Circle::new((look.px(x), look.px(y)), radius, color.filled()))?;
    }
    let plot = Plot::new(picture, frame, look);
    let corner = (frame.x.low(), frame.y.high());
    let words = words::one_dot(view, look.language);
    plot.label(corner, (-24.0, 20.0), Anchor::Start, colors.ink, &words)
}

/// How long stepping back to all of GPT-3 takes, milliseconds: long enough to feel the dots become many.
const ZOOM: f64 = 2600.0;

/// Controls, picture and readouts.
#[component]
pub fn Body(props: &BodyProps<GptGrowth>) -> Html {
    let BodyProps { data, controls, .. } = props;
    let language = props.language;
    let view = GptGrowth::view(controls, data).ok();
    // Positions move in powers of ten, as they are drawn.
    let bytes = |index: usize| view.as_ref().map_or(0.0, |view| view.shown[index].log10());
    let shown = [use_animated(bytes(0), BRIEF), use_animated(bytes(1), BRIEF), use_animated(bytes(2), BRIEF)];
    // Dots begin at the one of GPT-1, and stand still under the reader's hand.
    let is_dots = controls.scene == Scene::Dots;
    let room = view.as_ref().filter(|_| is_dots).map_or(0.0, |view| view.room.log10());
    let room = use_animated(room, if is_dots && controls.room.is_none() { ZOOM } else { 0.0 });

    // The shell asks for the same view and has shown the reason if there is none.
    let Some(mut view) = view else { return Html::default() };
    view.shown = shown.map(|decades| 10f64.powf(decades));
    view.room = 10f64.powf(room);
    let model = &view.models[view.model];
    let name = NAMES[view.model];
    let dots = view.dots();
    let (label, value_text, value, max, step) = match view.scene {
        Scene::Plane => (words::model(language), name.to_owned(), controls.model as f64, 2.0, 1.0),
        Scene::Dots => {
            let decades = controls.room.unwrap_or(dots[view.model] as f64).log10();
            (
                words::room(language),
                words::in_view(10f64.powf(decades), language),
                decades,
                MOST_ROOM.log10(),
                0.1,
            )
        }
    };
    let readout = |label, value| Readout { label, value };

    html! {
        <>
            { Segmented {
                label: words::scene_label(language),
                name: "gpt-growth-view",
                choices: Scene::ALL.map(|scene| words::scene(scene, language)).to_vec(),
                selected: index_of(&Scene::ALL, &controls.scene),
                on_select: props.edit(|controls, index| {
                    *controls = Controls { scene: Scene::ALL[index], account: controls.account, ..Controls::default() };
                }),
            }.view() }
            <PlotCanvas
                drawing={Drawing::of::<GptGrowth>(view.clone())}
                {language}
                {label}
                {value_text}
                {value}
                min={0.0}
                {max}
                {step}
                on_value={props.edit(|controls, value: f64| match controls.scene {
                    Scene::Plane => controls.model = value as usize,
                    Scene::Dots => controls.room = Some(10f64.powf(value)),
                })}
                on_point={
                    let params = [0, 1, 2].map(|index| view.models[index].params.value.ln());
                    props.on_change.reform({
                        let controls = controls.clone();
                        move |(x, _): (f64, f64)| {
                            let mut controls = controls.clone();
                            match controls.scene {
                                Scene::Plane => controls.model = nearest(params, x.ln()),
                                Scene::Dots => controls.room = Some(x),
                            }
                            controls
                        }
                    })
                }
            />
            { Chips {
                label: words::go_to(controls.scene, language),
                chips: NAMES.iter().zip(0..).map(|(name, index)| ((*name).to_owned(), f64::from(index))).collect(),
                on_pick: props.edit(|controls, value: f64| {
                    controls.model = value as usize;
                    controls.room = None;
                }),
            }.view() }
            if is_dots {
                { readouts(NAMES.into_iter().zip(dots).map(|(name, dots)| readout(name, words::dots(dots, language)))) }
            } else {
                { readouts([
                    readout(words::params_of(view.model, language), words::written(&model.params, Unit::Params, language)),
                    readout(words::against_first(language), words::times(model.params.value / view.models[0].params.value, language)),
                    readout(words::bytes_of(view.model, language), words::written(&model.bytes, Unit::Bytes, language)),
                    readout(words::against_first(language), words::times(model.bytes.value / view.models[0].bytes.value, language)),
                ]) }
            }
            { remark(words::growth(&view, language)) }
            <div class="controls">
                { Segmented {
                    label: words::account_label(language),
                    name: "gpt-growth-data",
                    choices: Account::ALL.map(|account| words::account(account, language)).to_vec(),
                    selected: index_of(&Account::ALL, &controls.account),
                    on_select: props.edit(|controls, index| controls.account = Account::ALL[index]),
                }.view() }
            </div>
            { legend(legend_entries(&view, language), language) }
        </>
    }
}

/// Index of the value that lies nearest.
fn nearest(values: [f64; 3], to: f64) -> usize {
    let middle = |index: usize| f64::midpoint(values[index], values[index + 1]);
    usize::from(to > middle(0)) + usize::from(to > middle(1))
}

fn legend_entries(view: &View, language: Language) -> Vec<LegendEntry> {
    let entry = |line, name: &str, provenance| LegendEntry { line, name: name.to_owned(), provenance };
    if view.scene == Scene::Dots {
        let given = provenance(view.models[2].params.source.as_ref());
        let lines = [Line::AccentDot, Line::SecondDot, Line::PublishedDot];
        return NAMES.into_iter().zip(lines).map(|(name, line)| entry(line, name, given)).collect();
    }
    let mut entries = Vec::new();
    if view.account != Account::Corrected {
        entries.push(entry(Line::SecondDot, words::by_table(language), Provenance::Textbook));
    }
    if view.account != Account::Table {
        entries.push(entry(Line::PublishedDot, words::by_source(language), Provenance::Published));
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Controls as _;

    fn view(state: &str) -> View {
        let data = FigureData::of::<GptGrowth>();
        GptGrowth::view(&Controls::from_state(&State::parse(state)), &data).unwrap()
    }

    #[test]
    fn growth_is_the_quotient_of_the_sizes() {
        let growth = |state: &str| {
            let (params, data) = view(state).growth();
            (params.round(), data.round())
        };
        // 175 / 0.117 and 570 / 40 from the table; 174.6 / 0.117 and 570 / 4.854 from the sources; 45,000 / 40.
        assert_eq!(growth(""), (1496.0, 14.0));
        assert_eq!(growth("data=corrected"), (1492.0, 117.0));
        assert_eq!(growth("data=unfiltered"), (1496.0, 1125.0));
    }

    #[test]
    fn one_dot_is_one_gpt_1() {
        assert_eq!(view("view=dots").dots(), [1, 13, 1496]);
        assert_eq!(view("view=dots&data=corrected").dots(), [1, 13, 1492]);
        assert_eq!(view("view=dots&model=gpt2").room, 13.0);
        assert!(view("view=dots").room <= MOST_ROOM);
    }

    #[test]
    fn every_number_has_its_own_source() {
        let sources: Vec<_> = series(&view("data=corrected").models, Language::En)
            .into_iter()
            .map(|one| (one.columns[0].1, one.source.unwrap_or_default(), one.rows.len()))
            .collect();
        let named = |unit, source: &str, rows| (unit, source.to_owned(), rows);
        assert_eq!(
            sources,
            [
                named(Unit::Params, "radford2019", 2),
                named(Unit::Params, "brown2020", 1),
                named(Unit::Bytes, "hfbookcorpus", 1),
                named(Unit::Bytes, "radford2019", 1),
                named(Unit::Bytes, "brown2020", 1),
            ]
        );
        let table = view("");
        assert!(
            GptGrowth::series(&table, Language::En).iter().all(|one| one.provenance == Provenance::Textbook)
        );
    }

    #[test]
    fn dots_turn_by_the_golden_angle() {
        let angle = std::f64::consts::PI * (3.0 - 5f64.sqrt());
        assert!((TURN.0 - angle.cos()).abs() < 1e-15 && (TURN.1 - angle.sin()).abs() < 1e-15);
    }

    #[test]
    fn the_pointer_picks_the_nearest_model() {
        assert_eq!([0.0, 4.0, 6.0, 19.0, 30.0].map(|to| nearest([1.0, 10.0, 20.0], to)), [0, 0, 1, 2, 2]);
    }

    #[test]
    fn a_state_and_its_address_are_the_same() {
        for state in ["view=dots&model=gpt1&room=90.0", "data=unfiltered&model=gpt2"] {
            let controls = Controls::from_state(&State::parse(state));
            assert_eq!(controls.to_state(), State::parse(state));
        }
    }
}
