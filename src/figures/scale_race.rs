//! Landmark language models from 2017 to 2025: parameters, tokens and operations against the date.
//!
//! What to see: until 2021 size races ahead; then the dense models stop growing, sparse ones carry on in total but not in
//! active parameters, and the race moves to tokens. The trend is an exponential through the models that the filters leave
//! within the reader's range of dates, fitted by `scaling::fit::growth`. What is not published is listed, not guessed.

use std::rc::Rc;

use chapter::{FigureId, Language, Provenance, Row, Unit};
use scaling::fit::{self, GrowthFit};
use yew::prelude::*;

use crate::components::{
    LegendEntry, Line, PlotCanvas, Readout, Segmented, Slider, index_of, legend, readouts, remark,
};
use crate::figure::{BodyProps, Drag, Drawing, Figure, FigureData, FigureError, Series, State};
use crate::locale::number::{month, power_of_ten, quantity};
use crate::plot::{Axes, Axis, DrawError, Frame, Label, Look, Picture, Plot, Scale};

mod words;

/// The figure `scale-race`.
#[derive(PartialEq)]
pub struct ScaleRace;

/// What is plotted against the date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Measure {
    /// Parameters.
    #[default]
    Params,
    /// Training tokens.
    Tokens,
    /// Training operations.
    Flops,
}

impl Measure {
    const ALL: [Self; 3] = [Self::Params, Self::Tokens, Self::Flops];

    const fn code(self) -> &'static str {
        match self {
            Self::Params => "params",
            Self::Tokens => "tokens",
            Self::Flops => "flops",
        }
    }

    const fn unit(self) -> Unit {
        match self {
            Self::Params => Unit::Params,
            Self::Tokens => Unit::Tokens,
            Self::Flops => Unit::Flop,
        }
    }

    /// Ends of the vertical axis: around all that is published.
    const fn range(self) -> (f64, f64) {
        match self {
            Self::Params => (5e7, 5e13),
            Self::Tokens => (1e11, 1e14),
            Self::Flops => (1e19, 1e26),
        }
    }
}

/// Whose models are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Country {
    /// Everybody's.
    #[default]
    All,
    /// Those of the United States.
    Us,
    /// Those of China.
    Cn,
    /// Those of all others.
    Other,
}

impl Country {
    const ALL: [Self; 4] = [Self::All, Self::Us, Self::Cn, Self::Other];

    const fn code(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Us => "us",
            Self::Cn => "cn",
            Self::Other => "other",
        }
    }

    fn has(self, row: &Row) -> bool {
        match self {
            Self::All => true,
            Self::Us | Self::Cn => row.is(self.code()),
            Self::Other => !row.is("us") && !row.is("cn"),
        }
    }
}

/// Which architectures are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Both.
    #[default]
    All,
    /// Every token meets every parameter.
    Dense,
    /// A token meets a part of the parameters.
    Sparse,
}

impl Kind {
    const ALL: [Self; 3] = [Self::All, Self::Dense, Self::Sparse];

    const fn code(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Dense => "dense",
            Self::Sparse => "sparse",
        }
    }
}

/// Which parameters of sparse models the trend counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Counted {
    /// All.
    #[default]
    Total,
    /// Those that a token meets.
    Active,
}

impl Counted {
    const ALL: [Self; 2] = [Self::Total, Self::Active];

    const fn code(self) -> &'static str {
        match self {
            Self::Total => "total",
            Self::Active => "active",
        }
    }
}

/// All that the reader can change.
#[derive(Clone, Debug, PartialEq)]
pub struct Controls {
    /// What is plotted.
    pub measure: Measure,
    /// Whose models are shown.
    pub country: Country,
    /// Which architectures are shown.
    pub kind: Kind,
    /// Which parameters the trend counts.
    pub counted: Counted,
    /// Dates between which the trend is fitted, years with a fraction.
    pub range: (f64, f64),
}

/// Ends of the horizontal axis.
const DATES: (f64, f64) = (2017.0, 2026.0);
/// A month, the step of the range's ends.
const MONTH: f64 = 1.0 / 12.0;

impl Default for Controls {
    /// From GPT-1 to the end of 2021, the race that the text speaks of.
    fn default() -> Self {
        Self {
            measure: Measure::default(),
            country: Country::default(),
            kind: Kind::default(),
            counted: Counted::default(),
            range: (2018.0, 2022.0),
        }
    }
}

impl crate::figure::Controls for Controls {
    fn to_state(&self) -> State {
        let default = Self::default();
        let date = |date: f64| format!("{date:.2}");
        State::default()
            .with_if(self.measure != default.measure, "show", self.measure.code())
            .with_if(self.country != default.country, "country", self.country.code())
            .with_if(self.kind != default.kind, "kind", self.kind.code())
            .with_if(self.counted != default.counted, "count", self.counted.code())
            .with_if(self.range.0 != default.range.0, "from", date(self.range.0))
            .with_if(self.range.1 != default.range.1, "to", date(self.range.1))
    }

    fn from_state(state: &State) -> Self {
        let default = Self::default();
        let date = |name, default| state.number(name, DATES.0..=DATES.1).unwrap_or(default);
        let (from, to) = (date("from", default.range.0), date("to", default.range.1));
        Self {
            measure: state.choice("show", &Measure::ALL, Measure::code).unwrap_or_default(),
            country: state.choice("country", &Country::ALL, Country::code).unwrap_or_default(),
            kind: state.choice("kind", &Kind::ALL, Kind::code).unwrap_or_default(),
            counted: state.choice("count", &Counted::ALL, Counted::code).unwrap_or_default(),
            range: (from.min(to), from.max(to)),
        }
    }
}

impl Controls {
    /// Whether the end of the range is nearer to a date than its start.
    fn is_nearer_end(&self, date: f64) -> bool {
        let (from, to) = self.range;
        (date - to).abs() <= (date - from).abs()
    }

    /// Moves the end of the range to a date, or its start; neither passes the other.
    fn brush(&mut self, is_end: bool, date: f64) {
        let (from, to) = self.range;
        self.range = if is_end { (from, date.max(from)) } else { (date.min(to), to) };
    }
}

/// A model with what is plotted of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Name in Chinese and English.
    pub names: [String; 2],
    /// Key of the work that states the value.
    pub source: String,
    /// When it was released: the middle of a month, as a year with a fraction.
    pub date: f64,
    /// Parameters (all of them), tokens or operations.
    pub value: f64,
    /// Active parameters, on the axis of parameters, where they are published and fewer.
    pub active: Option<f64>,
    /// Whether it is sparse.
    pub is_sparse: bool,
    /// Whether the text names it or its family.
    pub is_in_chapter: bool,
}

impl Model {
    fn name(&self, language: Language) -> &str {
        let [zh, en] = &self.names;
        match language {
            Language::Zh => zh,
            Language::En => en,
        }
    }
}

/// Plain numbers to draw.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// What is plotted.
    pub measure: Measure,
    /// Which parameters the trend counts.
    pub counted: Counted,
    /// Dates between which it is fitted.
    pub range: (f64, f64),
    /// The models that the filters leave, by date.
    pub models: Vec<Model>,
    /// Those of them without a published value, by name in Chinese and English.
    pub without_value: Vec<[String; 2]>,
    /// How many models the trend goes through.
    pub fitted: usize,
    /// The trend, if there are models enough.
    pub trend: Option<GrowthFit>,
}

/// A row's date: the middle of its month.
fn date(year: f64, month: f64) -> f64 {
    year + (month - 0.5) / 12.0
}

/// A row's names in Chinese and English, with a sign where its makers state "over" its number.
fn names(row: &Row) -> [String; 2] {
    let sign = if row.is("least") { "≥ " } else { "" };
    [Language::Zh, Language::En].map(|language| format!("{sign}{}", row.name(language)))
}

impl Figure for ScaleRace {
    const ID: FigureId = FigureId::ScaleRace;
    const FACTS: &'static [&'static str] = &[];
    const TABLES: &'static [&'static str] = &["landmark-models", "undisclosed-models"];

    type Body = Body;
    type Controls = Controls;
    type View = View;

    fn view(controls: &Controls, data: &FigureData) -> Result<View, FigureError> {
        let Controls { measure, country, kind, counted, range } = *controls;
        let table = data.table("landmark-models")?;
        let (mut models, mut without_value) = (Vec::new(), Vec::new());
        for row in &table.rows {
            let is_sparse = row.is("sparse");
            let is_shown = kind == Kind::All || is_sparse == (kind == Kind::Sparse);
            if !is_shown || !country.has(row) {
                continue;
            }
            let &[year, month, params, active, tokens, flops] = row.values.as_slice() else {
                return Err(FigureError::Missing(row.label.clone()));
            };
            let value = match measure {
                Measure::Params => params,
                Measure::Tokens => tokens,
                Measure::Flops => flops,
            };
            if !value.is_finite() {
                without_value.push(names(row));
                continue;
            }
            let is_estimate = measure == Measure::Flops && row.is("estimate");
            models.push(Model {
                names: names(row),
                source: if is_estimate {
                    "epoch2026"
                } else {
                    row.source.as_deref().unwrap_or(&table.source)
                }
                .to_owned(),
                date: date(year, month),
                value,
                active: Some(active).filter(|active| measure == Measure::Params && active.is_finite()),
                is_sparse,
                is_in_chapter: row.is("chapter"),
            });
        }
        let counted = if measure == Measure::Params { counted } else { Counted::Total };
        let dated: Vec<(f64, f64)> = models
            .iter()
            .filter(|model| (range.0..=range.1).contains(&model.date))
            .filter_map(|model| match counted {
                Counted::Active if model.is_sparse => Some((model.date, model.active?)),
                _ => Some((model.date, model.value)),
            })
            .collect();
        // Too few models, or all of one month: there is no trend, and the readouts say so.
        let trend = fit::growth(&dated).ok();
        Ok(View { measure, counted, range, models, without_value, fitted: dated.len(), trend })
    }

    fn frame(view: &View, look: &Look) -> Frame {
        let (low, high) = view.measure.range();
        Frame::new(Scale::linear(DATES.0, DATES.1), Scale::new(low, high, 0.0), look)
    }

    fn draw(view: &View, picture: &Picture<'_>, look: &Look) -> Result<(), DrawError> {
        let frame = Self::frame(view, look);
        let colors = look.palette;
        Axes {
            x: Axis { title: words::date(look.language), format: &|year| format!("{year}") },
            y: Axis { title: words::axis(view.measure, look.language), format: &power_of_ten },
        }
        .draw(picture, &frame, look)?;

        let plot = Plot::new(picture, &frame, look);
        let (low, high) = (frame.y.low(), frame.y.high());
        let (from, to) = view.range;
        plot.band(&[(from, low), (to, low)], &[(from, high), (to, high)], colors.muted)?;
        for end in [from, to] {
            plot.curve(&[(end, low), (end, high)], colors.accent, 1.5)?;
            plot.dot((end, low), 6.0, colors.accent)?;
        }
        if let Some(trend) = &view.trend {
            let dates: Vec<f64> = (0..=24).map(|step| from + (to - from) * f64::from(step) / 24.0).collect();
            let edge = |end: fn(fit::Interval) -> f64| -> Vec<(f64, f64)> {
                dates.iter().map(|&date| (date, end(trend.value_interval(date)))).collect()
            };
            plot.band(&edge(|interval| interval.low), &edge(|interval| interval.high), colors.accent)?;
            let line = |from: f64, to: f64| [(from, trend.value(from)), (to, trend.value(to))];
            plot.curve(&line(from, to), colors.accent, 2.5)?;
            plot.dashed_curve(&line(DATES.0, from), colors.accent, 1.5)?;
            plot.dashed_curve(&line(to, DATES.1), colors.accent, 1.5)?;
        }
        for model in &view.models {
            let color = if model.is_sparse { colors.second } else { colors.published };
            let at = (model.date, model.value);
            if let Some(active) = model.active {
                plot.curve(&[(model.date, active), at], color, 1.0)?;
                plot.ring((model.date, active), 3.5, color)?;
            }
            if model.is_in_chapter {
                plot.dot(at, 5.0, color)?;
            } else {
                plot.disc(at, 3.5, color)?;
            }
        }
        let (named, others) = labels(view, look);
        plot.labels_in_turn(&[&named, &others])
    }

    fn describe(view: &View, language: Language) -> String {
        words::description(view, language)
    }

    fn series(view: &View, language: Language) -> Vec<Series> {
        let mut columns = vec![
            (words::date(language).to_owned(), Unit::Month),
            (words::measure(view.measure, language).to_owned(), view.measure.unit()),
        ];
        let mut all = Vec::new();
        if let Some(trend) = &view.trend {
            let row = |date| (String::new(), vec![date, trend.value(date)]);
            all.push(Series {
                name: words::trend(language).to_owned(),
                provenance: Provenance::Schematic,
                source: None,
                columns: columns.clone(),
                rows: vec![row(view.range.0), row(view.range.1)],
            });
        }
        if view.measure == Measure::Params {
            columns.push((words::active(language).to_owned(), Unit::Params));
        }
        all.extend(view.models.iter().map(|model| Series {
            name: words::models(language).to_owned(),
            provenance: Provenance::Published,
            source: Some(model.source.clone()),
            columns: columns.clone(),
            rows: vec![(
                model.name(language).to_owned(),
                [model.date, model.value, model.active.unwrap_or(f64::NAN)][..columns.len()].to_vec(),
            )],
        }));
        all
    }
}

/// The names of the models that the text names, and of the others.
fn labels<'a>(view: &'a View, look: &Look) -> (Vec<Label<'a>>, Vec<Label<'a>>) {
    let label = |model: &'a Model| Label {
        at: (model.date, model.value),
        radius: if model.is_in_chapter { 5.0 } else { 3.5 },
        text: model.name(look.language),
        color: if model.is_in_chapter { look.palette.ink } else { look.palette.muted },
    };
    let (first, then): (Vec<&Model>, Vec<&Model>) = view.models.iter().partition(|model| model.is_in_chapter);
    let active = view.models.iter().filter_map(|model| {
        Some(Label { at: (model.date, model.active?), radius: 3.5, text: "", color: look.palette.ink })
    });
    (first.into_iter().map(label).collect(), then.into_iter().map(label).chain(active).collect())
}

/// Controls, picture and readouts.
#[component]
pub fn Body(props: &BodyProps<ScaleRace>) -> Html {
    let BodyProps { data, controls, .. } = props;
    let language = props.language;

    // Whether the pointer has taken hold of the end of the range, or of its start.
    let holds_end = use_mut_ref(|| true);

    // The shell asks for the same view and has shown the reason if there is none.
    let Ok(view) = ScaleRace::view(controls, data) else { return Html::default() };
    let (from, to) = view.range;
    let on_hold = {
        let (holds_end, controls) = (Rc::clone(&holds_end), controls.clone());
        Callback::from(move |(date, _)| *holds_end.borrow_mut() = controls.is_nearer_end(date))
    };
    let Drag { on_point, preview } =
        props.drag(move |controls, (date, _)| controls.brush(*holds_end.borrow(), date));
    let readout = |label, value| Readout { label, value };
    let end = |label, value: f64, on_input| {
        Slider { label, value, min: DATES.0, max: DATES.1, step: MONTH, text: month(value), on_input }.view()
    };

    html! {
        <>
            { Segmented {
                label: words::show(language),
                name: "scale-race-show",
                choices: Measure::ALL.map(|measure| words::measure(measure, language)).to_vec(),
                selected: index_of(&Measure::ALL, &controls.measure),
                on_select: props.edit(|controls, index| controls.measure = Measure::ALL[index]),
            }.view() }
            <PlotCanvas
                drawing={Drawing::of::<ScaleRace>(view.clone())}
                {language}
                label={words::range(language)}
                value_text={format!("{} – {}", month(from), month(to))}
                value={to}
                min={from}
                max={DATES.1}
                step={MONTH}
                on_value={props.edit(|controls, value| controls.range.1 = value)}
                {on_hold}
                {on_point}
                {preview}
            />
            { readouts([
                readout(words::doubling_time(language), words::months(&view, language)),
                readout(words::interval(language), words::months_interval(&view, language)),
                readout(words::factor(language), words::factor_value(&view, language)),
                readout(words::fitted(language), quantity(view.fitted as f64, Unit::Count, None, language)),
            ]) }
            <div class="controls">
                { end(words::from(language), from, props.edit(|controls, value: f64| {
                    controls.range = (value.min(controls.range.1), controls.range.1);
                })) }
                { end(words::to(language), to, props.edit(|controls, value: f64| {
                    controls.range = (controls.range.0, value.max(controls.range.0));
                })) }
                { Segmented {
                    label: words::country_label(language),
                    name: "scale-race-country",
                    choices: Country::ALL.map(|country| words::country(country, language)).to_vec(),
                    selected: index_of(&Country::ALL, &controls.country),
                    on_select: props.edit(|controls, index| controls.country = Country::ALL[index]),
                }.view() }
                { Segmented {
                    label: words::kind_label(language),
                    name: "scale-race-kind",
                    choices: Kind::ALL.map(|kind| words::kind(kind, language)).to_vec(),
                    selected: index_of(&Kind::ALL, &controls.kind),
                    on_select: props.edit(|controls, index| controls.kind = Kind::ALL[index]),
                }.view() }
                if controls.measure == Measure::Params {
                    { Segmented {
                        label: words::counted_label(language),
                        name: "scale-race-count",
                        choices: Counted::ALL.map(|counted| words::counted(counted, language)).to_vec(),
                        selected: index_of(&Counted::ALL, &controls.counted),
                        on_select: props.edit(|controls, index| controls.counted = Counted::ALL[index]),
                    }.view() }
                }
            </div>
            { remark(words::undisclosed(&view, data, language)) }
            { legend(legend_entries(&view, language), language) }
        </>
    }
}

fn legend_entries(view: &View, language: Language) -> Vec<LegendEntry> {
    let entry = |line, name: &str, provenance| LegendEntry { line, name: name.to_owned(), provenance };
    let mut entries = Vec::new();
    if view.models.iter().any(|model| !model.is_sparse) {
        entries.push(entry(Line::PublishedDot, words::dense(language), Provenance::Published));
    }
    if view.models.iter().any(|model| model.is_sparse) {
        entries.push(entry(Line::SecondDot, words::sparse(view.measure, language), Provenance::Published));
    }
    if view.trend.is_some() {
        entries.push(entry(Line::Accent, words::trend(language), Provenance::Schematic));
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Controls as _;

    fn view(state: &str) -> View {
        let data = FigureData::of::<ScaleRace>();
        ScaleRace::view(&Controls::from_state(&State::parse(state)), &data).unwrap()
    }

    #[test]
    fn the_texts_models_are_there_with_their_sizes() {
        let view = view("");
        for (name, params) in
            [("Switch Transformer", 1.6e12), ("Gopher", 2.8e11), ("OPT-175B", 1.75e11), ("GPT-3", 1.75e11)]
        {
            let model = view.models.iter().find(|model| model.names[1] == name).unwrap();
            // The text rounds to two or three digits.
            assert!((model.value / params - 1.0).abs() < 0.02 && model.is_in_chapter, "{name}");
        }
        assert!(view.models.is_sorted_by_key(|model| model.date));
    }

    #[test]
    fn size_raced_until_2021_and_tokens_since() {
        let (before, after) = (view("from=2018&to=2022"), view("from=2022&to=2026"));
        assert!(before.trend.unwrap().doubling_time_interval().unwrap().high < 1.0);
        assert_eq!(after.trend.unwrap().doubling_time_interval(), None, "no clear trend in size since");
        let tokens = view("show=tokens&from=2020&to=2026").trend.unwrap();
        assert!(tokens.doubling_time_interval().unwrap().high < 1.5);
    }

    #[test]
    fn counting_active_parameters_makes_sparse_models_small() {
        let (total, active) = (view("from=2022&to=2026"), view("from=2022&to=2026&count=active"));
        assert!(active.trend.unwrap().value(2025.5) < total.trend.unwrap().value(2025.5) / 2.0);
        // Sparse models whose active parameters are unpublished are left out.
        assert!(active.fitted < total.fitted);
    }

    #[test]
    fn filters_part_the_models() {
        let all = view("").models.len();
        let by_country: usize =
            ["us", "cn", "other"].map(|code| view(&format!("country={code}")).models.len()).iter().sum();
        let by_kind = view("kind=dense").models.len() + view("kind=sparse").models.len();
        assert_eq!((by_country, by_kind), (all, all));
        // What has no value on an axis is listed.
        let tokens = view("show=tokens");
        assert_eq!(tokens.models.len() + tokens.without_value.len(), all);
    }

    #[test]
    fn too_few_models_have_no_trend() {
        let narrow = view("from=2017&to=2018");
        assert!(narrow.fitted < 3 && narrow.trend.is_none());
    }

    #[test]
    fn a_state_and_its_address_are_the_same() {
        let state = "show=flops&country=cn&kind=sparse&count=active&from=2019.50&to=2024.25";
        let controls = Controls::from_state(&State::parse(state));
        assert_eq!(Controls::from_state(&controls.to_state()), controls);
        assert_eq!(controls.to_state().pairs().count(), 6);
        // Ends in the wrong order are put right.
        assert_eq!(Controls::from_state(&State::parse("from=2025&to=2020")).range, (2020.0, 2025.0));
    }

    #[test]
    fn the_nearer_end_of_the_range_is_held_and_passes_no_other() {
        let mut controls = Controls::default();
        assert_eq!([2018.5, 2021.5].map(|date| controls.is_nearer_end(date)), [false, true]);
        controls.brush(false, 2019.0);
        controls.brush(true, 2024.0);
        assert_eq!(controls.range, (2019.0, 2024.0));
        controls.brush(false, 2025.0);
        assert_eq!(controls.range, (2024.0, 2024.0));
    }
}
