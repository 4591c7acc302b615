//! What training a model costs, in device time, money, electricity and carbon.
//!
//! What to see: cost is a straight line of slope one against operations, and its height depends on device, utilization,
//! rent and grid; the band shows how far published values of these leave it open, and the marks what training runs are
//! reported to have taken. Computed by `scaling::TrainingCost` from tables that the content cites. The page adds, once
//! there is any, what it has itself spent on training.

use chapter::{DataTable, FigureId, Language, Provenance, Unit};
use scaling::{
    Accelerator, Flops, Params, Terms, Tokens, TrainingCost as Cost, affordable_tokens, training_flops,
};
use yew::prelude::*;

use crate::components::{Chips, LegendEntry, Line, PlotCanvas, Segmented, Slider, index_of, legend, remark};
use crate::figure::{BodyProps, Drag, Drawing, Figure, FigureData, FigureError, Series, State};
use crate::locale::number::{power_of_ten, quantity, significant};
use crate::page::flops;
use crate::plot::{Axes, Axis, DrawError, Frame, Label, Look, Picture, Plot, Scale};

mod words;

/// The figure `training-cost`.
#[derive(PartialEq)]
pub struct TrainingCost;

/// What is plotted against operations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Measure {
    /// Hours of one device.
    Hours,
    /// Rent.
    #[default]
    Money,
    /// Electricity.
    Energy,
    /// Carbon dioxide equivalent.
    Carbon,
}

impl Measure {
    const ALL: [Self; 4] = [Self::Hours, Self::Money, Self::Energy, Self::Carbon];

    const fn code(self) -> &'static str {
        match self {
            Self::Hours => "hours",
            Self::Money => "money",
            Self::Energy => "energy",
            Self::Carbon => "carbon",
        }
    }

    const fn unit(self) -> Unit {
        match self {
            Self::Hours => Unit::DeviceHours,
            Self::Money => Unit::UsDollars,
            Self::Energy => Unit::MegawattHours,
            Self::Carbon => Unit::TonnesCo2,
        }
    }

    /// Its column in the table of published runs.
    const fn column(self) -> &'static str {
        match self {
            Self::Hours => "device_hours",
            Self::Money => "dollars",
            Self::Energy => "megawatt_hours",
            Self::Carbon => "tonnes_co2",
        }
    }

    const fn of(self, cost: &Cost) -> f64 {
        match self {
            Self::Hours => cost.device_hours,
            Self::Money => cost.dollars,
            Self::Energy => cost.megawatt_hours,
            Self::Carbon => cost.tonnes_co2,
        }
    }
}

/// The accelerators to choose from, as the tables name them.
const DEVICES: [&str; 4] = ["V100", "A100", "H100", "H800"];

/// All that the reader can change. What is `None` is as published for the first preset or for the chosen device.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Controls {
    /// What is plotted.
    pub measure: Measure,
    /// Parameters that a token meets.
    pub params: Option<f64>,
    /// Training tokens.
    pub tokens: Option<f64>,
    /// Index of the accelerator.
    pub device: usize,
    /// How many of them.
    pub devices: Option<f64>,
    /// Share of the peak, percent.
    pub utilization: Option<f64>,
    /// Rent of one device, US dollars per hour.
    pub price: Option<f64>,
    /// Carbon intensity of the grid, grams per kilowatt-hour.
    pub intensity: Option<f64>,
}

/// Range of parameters: from far below the smallest published run to ten times the largest dense one.
const PARAMS: (f64, f64) = (1e7, 1e13);
/// Range of tokens.
const TOKENS: (f64, f64) = (1e8, 1e14);
/// Range of the number of devices.
const COUNTS: (f64, f64) = (1.0, 1e6);
/// Range of the utilization, percent: around what large runs report.
const UTILIZATIONS: (f64, f64) = (5.0, 80.0);
/// Range of the rent, US dollars per hour.
const PRICES: (f64, f64) = (0.1, 12.0);
/// Range of the carbon intensity, grams per kilowatt-hour.
const INTENSITIES: (f64, f64) = (5.0, 1000.0);
/// Ends of the horizontal axis, operations: from the Transformer of 2017 to beyond the largest run that is published.
const FLOPS: (f64, f64) = (1e19, 1e28);

impl crate::figure::Controls for Controls {
    fn to_state(&self) -> State {
        let default = Self::default();
        [
            ("n", self.params),
            ("d", self.tokens),
            ("k", self.devices),
            ("mfu", self.utilization),
            ("price", self.price),
            ("grid", self.intensity),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .fold(
            State::default().with_if(self.measure != default.measure, "show", self.measure.code()).with_if(
                self.device != default.device,
                "device",
                DEVICES[self.device],
            ),
            |state, (name, value)| state.with(name, format!("{value:.4e}")),
        )
    }

    fn from_state(state: &State) -> Self {
        let number = |name, (low, high): (f64, f64)| state.number(name, low..=high);
        Self {
            measure: state.choice("show", &Measure::ALL, Measure::code).unwrap_or_default(),
            params: number("n", PARAMS),
            tokens: number("d", TOKENS),
            device: state.text("device").map_or(0, |name| index_of(&DEVICES, &name)),
            devices: number("k", COUNTS),
            utilization: number("mfu", UTILIZATIONS),
            price: number("price", PRICES),
            intensity: number("grid", INTENSITIES),
        }
    }
}

/// A value with the range that published values leave open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranged<T> {
    /// The value.
    pub value: T,
    /// Lowest and highest.
    pub range: (T, T),
}

/// A run to begin from.
#[derive(Clone, Debug, PartialEq)]
pub struct Preset {
    /// Its name.
    pub name: String,
    /// Parameters that a token meets.
    pub params: f64,
    /// Training tokens.
    pub tokens: f64,
    /// Number of devices, where it is published.
    pub devices: Option<f64>,
    /// Carbon intensity of the grid, grams per kilowatt-hour.
    pub intensity: f64,
    /// Index of the accelerator.
    pub device: usize,
}

/// What a training run is reported to have taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// Name of the model.
    pub name: String,
    /// Key of the work that reports it.
    pub source: String,
    /// Operations.
    pub flops: f64,
    /// Device-hours, dollars, megawatt-hours or tonnes.
    pub value: f64,
}

/// Plain numbers to draw.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// What is plotted.
    pub measure: Measure,
    /// Parameters that a token meets.
    pub params: f64,
    /// Training tokens.
    pub tokens: f64,
    /// How many devices.
    pub devices: f64,
    /// 6 N D, and the exact counts that published models leave open.
    pub flops: Ranged<f64>,
    /// Utilization, percent.
    pub utilization: Ranged<f64>,
    /// Rent, US dollars per hour.
    pub price: Ranged<f64>,
    /// Electricity over what the data sheets' power would draw.
    pub overhead: Ranged<f64>,
    /// Carbon intensity of the grid, grams per kilowatt-hour.
    pub intensity: f64,
    /// The cost of the run.
    pub cost: Ranged<Cost>,
    /// Published runs for this measure, in the order of operations.
    pub runs: Vec<Run>,
    /// Operations that this page has spent on training.
    pub spent: f64,
}

impl View {
    fn value(&self) -> f64 {
        self.measure.of(&self.cost.value)
    }

    fn range(&self) -> (f64, f64) {
        let (low, high) = &self.cost.range;
        (self.measure.of(low), self.measure.of(high))
    }

    /// What is reported of runs with as many operations as this one, to the rounding of 6 N D.
    fn reported(&self) -> impl Iterator<Item = &Run> {
        self.runs.iter().filter(|run| (run.flops / self.flops.value - 1.0).abs() < 0.03)
    }

    /// Ends of the horizontal axis: further down once this page has spent something.
    fn flops_axis(&self) -> (f64, f64) {
        let low = if self.spent > 0.0 { 10f64.powf(self.spent.log10().floor()) } else { FLOPS.0 };
        (low.min(FLOPS.0), FLOPS.1)
    }

    /// Ends of the vertical axis. It stays where it is while the line moves, so it spans what any settings give.
    fn value_axis(&self) -> (f64, f64) {
        // What 1e19 operations take at best and 1e28 at worst, to a power of ten.
        let (low, high) = match self.measure {
            Measure::Hours | Measure::Money => (1.0, 1e11),
            Measure::Energy => (1e-3, 1e8),
            Measure::Carbon => (1e-5, 1e8),
        };
        (low * self.flops_axis().0 / FLOPS.0, high)
    }
}

/// The runs to begin from; the first is the default.
fn presets(data: &FigureData) -> Result<Vec<Preset>, FigureError> {
    let rows = &data.table("training-presets")?.rows;
    let preset = |row: &chapter::Row| {
        let &[params, tokens, devices, intensity] = row.values.as_slice() else { return None };
        let device = DEVICES.iter().position(|device| row.is(device))?;
        let devices = Some(devices).filter(|devices| devices.is_finite());
        Some(Preset { name: row.label.clone(), params, tokens, devices, intensity, device })
    };
    Ok(rows.iter().filter_map(preset).collect())
}

/// Lowest and highest of the rows of a table with the columns `low` and `high`.
fn spread<'a>(rows: impl Iterator<Item = &'a chapter::Row>) -> Option<(f64, f64)> {
    rows.filter_map(|row| Some((*row.values.first()?, *row.values.last()?)))
        .reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))
}

/// Where a device begins: the middle of its last row, as a ratio.
fn beginning(table: &DataTable, device: &str) -> Option<f64> {
    let (low, high) = spread(table.rows.iter().rfind(|row| row.is(device)).into_iter())?;
    Some((low * high).sqrt())
}

fn accelerator(data: &FigureData, device: &str) -> Result<Accelerator, FigureError> {
    let row = data.table("accelerators")?.rows.iter().find(|row| row.label == device);
    match row.map(|row| row.values.as_slice()) {
        Some(&[peak_flops, power]) => Ok(Accelerator { peak_flops, power }),
        _ => Err(FigureError::Missing(device.to_owned())),
    }
}

impl Figure for TrainingCost {
    const ID: FigureId = FigureId::TrainingCost;
    const FACTS: &'static [&'static str] =
        &["cost.exact_low", "cost.exact_high", "cost.overhead", "cost.overhead_low", "cost.overhead_high"];
    const TABLES: &'static [&'static str] =
        &["accelerators", "utilizations", "rentals", "grids", "training-presets", "training-runs"];

    type Body = Body;
    type Controls = Controls;
    type View = View;

    fn view(controls: &Controls, data: &FigureData) -> Result<View, FigureError> {
        let missing = |name: &str| FigureError::Missing(name.to_owned());
        let presets = presets(data)?;
        let first = presets.first().ok_or_else(|| missing("training-presets"))?;
        let device = DEVICES[controls.device];
        let (utilizations, rentals) = (data.table("utilizations")?, data.table("rentals")?);

        let params = controls.params.unwrap_or(first.params);
        let tokens = controls.tokens.unwrap_or(first.tokens);
        let flops = training_flops(Params(params), Tokens(tokens)).0;
        let flops = Ranged {
            value: flops,
            range: (flops * data.value("cost.exact_low")?, flops * data.value("cost.exact_high")?),
        };
        let utilization = Ranged {
            value: controls
                .utilization
                .or_else(|| beginning(utilizations, device))
                .ok_or_else(|| missing(device))?,
            range: spread(utilizations.rows.iter()).ok_or_else(|| missing("utilizations"))?,
        };
        let price = Ranged {
            value: controls.price.or_else(|| beginning(rentals, device)).ok_or_else(|| missing(device))?,
            range: spread(rentals.rows.iter().filter(|row| row.is(device))).ok_or_else(|| missing(device))?,
        };
        let overhead = Ranged {
            value: data.value("cost.overhead")?,
            range: (data.value("cost.overhead_low")?, data.value("cost.overhead_high")?),
        };
        let intensity = controls.intensity.unwrap_or(first.intensity);

        let accelerator = accelerator(data, device)?;
        let cost = |flops, utilization: f64, price, overhead| {
            let terms =
                Terms { utilization: utilization / 100.0, price, overhead, carbon_intensity: intensity };
            Cost::of(Flops(flops), accelerator, terms)
        };
        // The reader's own value may lie outside of what is published: the range then reaches to it.
        let outer = |one: Ranged<f64>| (one.range.0.min(one.value), one.range.1.max(one.value));
        let (utilizations, prices) = (outer(utilization), outer(price));
        let cost = Ranged {
            value: cost(flops.value, utilization.value, price.value, overhead.value)?,
            range: (
                cost(flops.range.0, utilizations.1, prices.0, overhead.range.0)?,
                cost(flops.range.1, utilizations.0, prices.1, overhead.range.1)?,
            ),
        };
        Ok(View {
            measure: controls.measure,
            params,
            tokens,
            devices: controls.devices.or(first.devices).ok_or_else(|| missing("devices"))?,
            flops,
            utilization,
            price,
            overhead,
            intensity,
            cost,
            runs: runs(controls.measure, data)?,
            spent: flops::spent().0,
        })
    }

    fn frame(view: &View, look: &Look) -> Frame {
        let ((left, right), (bottom, top)) = (view.flops_axis(), view.value_axis());
        Frame::new(Scale::new(left, right, 0.0), Scale::new(bottom, top, 0.0), look)
    }

    fn draw(view: &View, picture: &Picture<'_>, look: &Look) -> Result<(), DrawError> {
        let frame = Self::frame(view, look);
        let colors = look.palette;
        Axes {
            x: Axis { title: words::flops_axis(look.language), format: &power_of_ten },
            y: Axis { title: words::measure_axis(view.measure, look.language), format: &power_of_ten },
        }
        .draw(picture, &frame, look)?;

        let plot = Plot::new(picture, &frame, look);
        // All costs grow in step with the operations: straight lines, which bend only where the plot cuts them.
        let (low, high) = view.range();
        let edges = [frame.y.low(), frame.y.high()];
        let mut corners = vec![frame.x.low(), frame.x.high()];
        corners
            .extend([low, high].iter().flat_map(|value| edges.map(|edge| edge / value * view.flops.value)));
        corners.retain(|&flops| (frame.x.low()..=frame.x.high()).contains(&flops));
        corners.sort_unstable_by(f64::total_cmp);
        let along = |value: f64| -> Vec<(f64, f64)> {
            corners.iter().map(|&flops| (flops, value * flops / view.flops.value)).collect()
        };
        plot.band(&along(low), &along(high), colors.accent)?;
        plot.curve(&along(view.value()), colors.accent, 2.0)?;
        for run in &view.runs {
            plot.ring((run.flops, run.value), 4.0, colors.mark)?;
        }
        let at = (view.flops.value, view.value());
        let inside =
            |(x, y)| (0.0..=1.0).contains(&frame.x.place(x)) && (0.0..=1.0).contains(&frame.y.place(y));
        if inside(at) {
            plot.rule((at.0, frame.y.low()), at, colors.accent)?;
            plot.rule((frame.x.low(), at.1), at, colors.accent)?;
            plot.dot(at, 7.0, colors.accent)?;
        }
        let own = (view.spent, view.value() * view.spent / view.flops.value);
        let has_own = view.spent > 0.0 && inside(own);
        if has_own {
            plot.dot(own, 5.0, colors.second)?;
        }

        let mut labels = vec![Label { at, radius: 8.0, text: "", color: colors.accent }];
        if has_own {
            labels.push(Label {
                at: own,
                radius: 6.0,
                text: words::this_page(look.language),
                color: colors.second,
            });
        }
        let mut named = "";
        for run in &view.runs {
            let text = if run.name == named { "" } else { &run.name };
            named = &run.name;
            labels.push(Label { at: (run.flops, run.value), radius: 5.0, text, color: colors.ink });
        }
        plot.labels(&labels)
    }

    fn describe(view: &View, language: Language) -> String {
        words::description(view, language)
    }

    fn series(view: &View, language: Language) -> Vec<Series> {
        let columns = vec![
            (words::flops(language).to_owned(), Unit::Flop),
            (words::measure(view.measure, language).to_owned(), view.measure.unit()),
        ];
        let one = |name: &str, provenance, source: Option<String>, label: &str, values: Vec<f64>| Series {
            name: name.to_owned(),
            provenance,
            source,
            columns: columns.clone(),
            rows: vec![(label.to_owned(), values)],
        };
        let mut all = Vec::new();
        let ((low, high), name) = (view.range(), words::estimate(language));
        for (label, flops, value) in [
            (words::value(language), view.flops.value, view.value()),
            (words::lowest(language), view.flops.range.0, low),
            (words::highest(language), view.flops.range.1, high),
        ] {
            all.push(one(name, Provenance::Schematic, None, label, vec![flops, value]));
        }
        if view.spent > 0.0 {
            let value = view.value() * view.spent / view.flops.value;
            all.push(one(words::this_page(language), Provenance::Here, None, "", vec![view.spent, value]));
        }
        all.extend(view.runs.iter().map(|run| {
            let source = Some(run.source.clone());
            one(words::runs(language), Provenance::Published, source, &run.name, vec![run.flops, run.value])
        }));
        all
    }
}

fn runs(measure: Measure, data: &FigureData) -> Result<Vec<Run>, FigureError> {
    let table = data.table("training-runs")?;
    let column = |name: &str| table.column(name).ok_or_else(|| FigureError::Missing(name.to_owned()));
    let values = column("flops")?.into_iter().zip(column(measure.column())?);
    Ok(table
        .rows
        .iter()
        .zip(values)
        .filter(|(_, (_, value))| value.is_finite())
        .map(|(row, (flops, value))| Run {
            name: row.label.clone(),
            source: row.source.clone().unwrap_or_else(|| table.source.clone()),
            flops,
            value,
        })
        .collect())
}

/// Controls, picture and readouts.
#[component]
pub fn Body(props: &BodyProps<TrainingCost>) -> Html {
    let BodyProps { data, controls, .. } = props;
    let language = props.language;
    let spent = flops::use_spent();

    // The shell asks for the same view and has shown the reason if there is none.
    let (Ok(mut view), Ok(presets)) = (TrainingCost::view(controls, data), presets(data)) else {
        return Html::default();
    };
    view.spent = spent.0;
    let written = |value, unit| quantity(value, unit, Some(3), language);
    let slider = |label, value: f64, (min, max): (f64, f64), text, on_input| {
        Slider { label, value: value.log10(), min: min.log10(), max: max.log10(), step: 0.01, text, on_input }
            .view()
    };
    let grids = data.table("grids").map(|table| &table.rows[..]).unwrap_or_default();
    let params = view.params;
    let Drag { on_point, preview } = props.drag(move |controls, (flops, _)| spend(controls, params, flops));

    html! {
        <>
            { Chips {
                label: words::begin_from(language),
                chips: (0..).map(f64::from).zip(&presets).map(|(index, preset)| (preset.name.clone(), index)).collect(),
                on_pick: props.on_change.reform({
                    let (measure, devices) = (controls.measure, controls.devices);
                    let presets = presets.clone();
                    move |index: f64| presets.get(index as usize).map_or_else(Controls::default, |preset| Controls {
                        measure,
                        params: Some(preset.params),
                        tokens: Some(preset.tokens),
                        device: preset.device,
                        devices: preset.devices.or(devices),
                        intensity: Some(preset.intensity),
                        ..Controls::default()
                    })
                }),
            }.view() }
            { Segmented {
                label: words::show(language),
                name: "training-cost-show",
                choices: Measure::ALL.map(|measure| words::measure(measure, language)).to_vec(),
                selected: index_of(&Measure::ALL, &controls.measure),
                on_select: props.edit(|controls, index| controls.measure = Measure::ALL[index]),
            }.view() }
            <PlotCanvas
                drawing={Drawing::of::<TrainingCost>(view.clone())}
                {language}
                label={words::budget(language)}
                value_text={format!("{}: {}", words::flops(language), written(view.flops.value, Unit::Flop))}
                value={view.flops.value.log10()}
                min={FLOPS.0.log10()}
                max={FLOPS.1.log10()}
                step={0.1}
                on_value={on_point.reform(|decades: f64| (10f64.powf(decades), 0.0))}
                {on_point}
                {preview}
            />
            { estimates(&view, language) }
            if let Some(sentence) = words::comparison(&view, data, language) {
                { remark(sentence) }
            }
            <div class="controls">
                { slider(words::params(language), view.params, PARAMS, written(view.params, Unit::Params),
                    props.edit(|controls, decades| controls.params = Some(10f64.powf(decades)))) }
                { slider(words::tokens(language), view.tokens, TOKENS, written(view.tokens, Unit::Tokens),
                    props.edit(|controls, decades| controls.tokens = Some(10f64.powf(decades)))) }
                { Segmented {
                    label: words::device(language),
                    name: "training-cost-device",
                    choices: DEVICES.to_vec(),
                    selected: controls.device,
                    on_select: props.edit(|controls, index| {
                        // Utilization and rent are those of the device until the reader sets them.
                        *controls = Controls { device: index, utilization: None, price: None, ..controls.clone() };
                    }),
                }.view() }
                { slider(words::devices(language), view.devices, COUNTS, written(view.devices, Unit::Count),
                    props.edit(|controls, decades| controls.devices = Some(10f64.powf(decades)))) }
                { Slider {
                    label: words::utilization(language),
                    value: view.utilization.value,
                    min: UTILIZATIONS.0,
                    max: UTILIZATIONS.1,
                    step: 0.5,
                    text: written(view.utilization.value, Unit::Percent),
                    on_input: props.edit(|controls, value| controls.utilization = Some(value)),
                }.view() }
                { slider(words::price(language), view.price.value, PRICES, significant(view.price.value, Some(3)),
                    props.edit(|controls, decades| controls.price = Some(10f64.powf(decades)))) }
                { slider(words::intensity(language), view.intensity, INTENSITIES, significant(view.intensity, Some(3)),
                    props.edit(|controls, decades| controls.intensity = Some(10f64.powf(decades)))) }
            </div>
            { Chips {
                label: words::grid(language),
                chips: grids
                    .iter()
                    .filter_map(|row| Some((row.name(language).to_owned(), *row.values.first()?)))
                    .collect(),
                on_pick: props.edit(|controls, value| controls.intensity = Some(value)),
            }.view() }
            <details class="more">
                <summary class="more__summary">{ words::origin(language) }</summary>
                <p>{ words::ranges(&view, data, DEVICES[controls.device], language) }</p>
            </details>
            { legend(legend_entries(&view, language), language) }
        </>
    }
}

/// Spends so many operations on a model of this size: the tokens follow.
fn spend(controls: &mut Controls, params: f64, flops: f64) {
    controls.tokens = Some(affordable_tokens(Flops(flops), Params(params)).0.clamp(TOKENS.0, TOKENS.1));
}

/// What the run takes, each with its range.
fn estimates(view: &View, language: Language) -> Html {
    let (value, (low, high)) = (&view.cost.value, &view.cost.range);
    let days = |cost: &Cost| cost.days_on(view.devices);
    let rows = [
        (words::flops(language), Unit::Flop, [view.flops.value, view.flops.range.0, view.flops.range.1]),
        (words::device_hours(language), Unit::DeviceHours, [value, low, high].map(|cost| cost.device_hours)),
        (words::days(language), Unit::Days, [value, low, high].map(days)),
        (
            words::measure(Measure::Money, language),
            Unit::UsDollars,
            [value, low, high].map(|cost| cost.dollars),
        ),
        (
            words::measure(Measure::Energy, language),
            Unit::MegawattHours,
            [value, low, high].map(|cost| cost.megawatt_hours),
        ),
        (words::tonnes(language), Unit::Count, [value, low, high].map(|cost| cost.tonnes_co2)),
    ];
    html! {
        <table class="estimates">
            <thead class="visually-hidden">
                <tr><td></td><th scope="col">{ words::value(language) }</th><th scope="col">{ words::range(language) }</th></tr>
            </thead>
            <tbody>
                { for rows.into_iter().map(|(name, unit, [value, low, high])| {
                    let written = |value| quantity(value, unit, Some(2), language);
                    html! {
                        <tr>
                            <th scope="row">{ name }</th>
                            <td class="estimates__value">{ quantity(value, unit, Some(3), language) }</td>
                            <td>{ format!("{} – {}", written(low), written(high)) }</td>
                        </tr>
                    }
                }) }
            </tbody>
        </table>
    }
}

fn legend_entries(view: &View, language: Language) -> Vec<LegendEntry> {
    let mut entries = vec![
        LegendEntry {
            line: Line::Accent,
            name: words::estimate(language).to_owned(),
            provenance: Provenance::Schematic,
        },
        LegendEntry {
            line: Line::Mark,
            name: words::runs(language).to_owned(),
            provenance: Provenance::Published,
        },
    ];
    if view.spent > 0.0 {
        entries.push(LegendEntry {
            line: Line::SecondDot,
            name: words::this_page(language).to_owned(),
            provenance: Provenance::Here,
        });
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Controls as _;

    fn view(state: &str) -> View {
        let data = FigureData::of::<TrainingCost>();
        TrainingCost::view(&Controls::from_state(&State::parse(state)), &data).unwrap()
    }

    #[test]
    fn gpt3_reproduces_what_is_published_of_it() {
        let gpt3 = view("");
        // Brown et al. 2020, Table D.1: 3.14e23; Patterson et al. 2021, Table 4: 14.8 days on 10,000 V100.
        assert!((gpt3.flops.value / 3.14e23 - 1.0).abs() < 2e-3);
        assert!((gpt3.cost.value.days_on(gpt3.devices) - 14.8).abs() < 0.1);
        // Every published estimate of its money, energy and carbon lies within the range.
        for (measure, count) in [("hours", 2), ("money", 3), ("energy", 1), ("carbon", 2)] {
            let view = view(&format!("show={measure}"));
            let (low, high) = view.range();
            let reported: Vec<f64> = view.reported().map(|run| run.value).collect();
            assert_eq!(reported.len(), count, "{measure}");
            assert!(reported.iter().all(|value| (low..=high).contains(value)), "{measure}: {reported:?}");
        }
    }

    #[test]
    fn other_presets_come_near_their_makers_hours() {
        let presets = presets(&FigureData::of::<TrainingCost>()).unwrap();
        assert_eq!(presets.len(), 4);
        for preset in presets.iter().skip(1) {
            let device = DEVICES[preset.device];
            let view =
                view(&format!("show=hours&n={:e}&d={:e}&device={device}", preset.params, preset.tokens));
            let hours = view.reported().next().unwrap().value;
            // Hours lost to restarts and checkpoints are not in the utilization that papers state.
            assert!(
                (0.8..=1.05).contains(&(view.value() / hours)),
                "{}: {} {hours}",
                preset.name,
                view.value()
            );
        }
    }

    #[test]
    fn a_choice_of_device_brings_its_utilization_and_rent() {
        let (v100, h100) = (view(""), view("device=H100"));
        assert!((v100.utilization.value - 19.7).abs() < 1e-9 && (v100.price.value - 1.5).abs() < 1e-9);
        assert!(h100.cost.value.dollars < v100.cost.value.dollars / 4.0);
        // The reader's own values stay.
        assert_eq!(view("device=A100&mfu=30&price=2").utilization.value, 30.0);
    }

    #[test]
    fn the_range_reaches_to_the_readers_own_values() {
        let (low, _) = view("mfu=80&price=0.1").range();
        let own = view("mfu=80&price=0.1").value();
        assert!(low < own);
        assert!(view("mfu=5&price=12").range().1 > view("mfu=5&price=12").value());
    }

    #[test]
    fn a_state_and_its_address_are_the_same() {
        let state = "show=carbon&device=H800&n=3.7000e10&d=1.4800e13&k=2.0480e3&mfu=3.3000e1&price=2.0000e0&grid=3.0800e1";
        let controls = Controls::from_state(&State::parse(state));
        assert_eq!(Controls::from_state(&controls.to_state()), controls);
        assert_eq!(controls.to_state().pairs().count(), 8);
    }

    #[test]
    fn what_the_page_spends_is_shown_once_there_is_any() {
        let data = FigureData::of::<TrainingCost>();
        let names =
            |view: &View| TrainingCost::series(view, Language::En).into_iter().map(|one| one.provenance);
        let before = view("");
        assert!(names(&before).all(|provenance| provenance != Provenance::Here));
        flops::add(Flops(2e12));
        let after = TrainingCost::view(&Controls::default(), &data).unwrap();
        assert!(names(&after).any(|provenance| provenance == Provenance::Here));
        assert_eq!(after.flops_axis().0, 1e12);
    }
}
