//! Loss against parameters, tokens or compute, after Kaplan et al. 2020.
//!
//! What to see: on logarithmic axes the law is a straight line, and each further tenth of loss costs several times
//! more; on linear axes the same line is a cliff with a very long tail. A second law, of Hoffmann et al. 2022, bends
//! towards a floor. The laws are computed by the crate `scaling` from constants that the content cites. The marks show
//! where published models fall on the law's axis; their height is the law's prediction, not a measured loss.

use chapter::{FigureId, Language, Provenance, Unit};
use scaling::{FlooredPowerLaw, Nats, ParametricConstants, ParametricLaw, Params, PowerLaw, Tokens};
use yew::prelude::*;

use crate::components::{
    Chips, LegendEntry, Line, PlotCanvas, Readout, Segmented, Slider, index_of, legend, readouts, remark,
};
use crate::figure::{BodyProps, Drag, Drawing, Figure, FigureData, FigureError, Series, State};
use crate::hooks::{BRIEF, use_animated};
use crate::locale::number::{named, power_of_ten, quantity, scientific, significant};
use crate::plot::{Anchor, Axes, Axis, Color, DrawError, Frame, Look, Picture, Plot, Scale};

mod words;

/// The figure `scaling-law`.
#[derive(PartialEq)]
pub struct ScalingLaw;

/// What the loss is plotted against.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Input {
    /// Non-embedding parameters, N.
    #[default]
    Params,
    /// Training tokens, D.
    Tokens,
    /// Compute in PF-days, C.
    Compute,
}

impl Input {
    const ALL: [Self; 3] = [Self::Params, Self::Tokens, Self::Compute];

    const fn code(self) -> &'static str {
        match self {
            Self::Params => "n",
            Self::Tokens => "d",
            Self::Compute => "c",
        }
    }

    const fn unit(self) -> Unit {
        match self {
            Self::Params => Unit::Params,
            Self::Tokens => Unit::Tokens,
            Self::Compute => Unit::PfDays,
        }
    }

    /// Ends of the horizontal axis: from the smallest runs of the paper to beyond the largest models of today.
    const fn range(self) -> (f64, f64) {
        match self {
            Self::Params => (1e2, 1e14),
            Self::Tokens => (1e6, 1e15),
            Self::Compute => (1e-9, 1e8),
        }
    }

    /// End of a linear horizontal axis: about twice GPT-3, so that it stands in the middle.
    const fn linear_end(self) -> f64 {
        match self {
            Self::Params => 4e11,
            Self::Tokens => 6e11,
            Self::Compute => 8e3,
        }
    }
}

/// A second law, drawn on demand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SecondLaw {
    /// None.
    #[default]
    None,
    /// Hoffmann et al. 2022 with the constants behind the rounded printed ones.
    Hoffmann,
    /// The fit of Besiroglu et al. 2024 to the same runs.
    Besiroglu,
}

impl SecondLaw {
    const ALL: [Self; 3] = [Self::None, Self::Hoffmann, Self::Besiroglu];

    const fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Hoffmann => "hoffmann",
            Self::Besiroglu => "besiroglu",
        }
    }
}

/// How an axis is spread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Spread {
    /// Equal factors are equally long.
    #[default]
    Log,
    /// Equal differences are equally long.
    Linear,
}

impl Spread {
    const ALL: [Self; 2] = [Self::Log, Self::Linear];

    const fn code(self) -> &'static str {
        match self {
            Self::Log => "log",
            Self::Linear => "linear",
        }
    }

    fn linearity(self) -> f64 {
        match self {
            Self::Log => 0.0,
            Self::Linear => 1.0,
        }
    }
}

/// All that the reader can change.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Controls {
    /// What the loss is plotted against.
    pub input: Input,
    /// Where the reader's point stands on the horizontal axis; GPT-3 if `None`.
    pub point: Option<f64>,
    /// The reader's exponent; the published one if `None`.
    pub exponent: Option<f64>,
    /// The reader's scale (N_c, D_c or C_c); the published one if `None`.
    pub scale: Option<f64>,
    /// Spread of the horizontal axis.
    pub x: Spread,
    /// Spread of the vertical axis.
    pub y: Spread,
    /// A second law.
    pub second: SecondLaw,
}

/// Range of the reader's exponent: an order of magnitude around the three published ones (0.050 to 0.095).
const EXPONENTS: (f64, f64) = (0.02, 0.2);
/// How far the reader's scale may leave the published one, in powers of ten.
const SCALE_DECADES: f64 = 4.0;
/// Ends of the vertical axis, nats per token.
const LOSSES: (f64, f64) = (1.0, 10.0);
/// By how much the readout asks the loss to fall.
const LOWER_LOSS: f64 = 0.1;

impl crate::figure::Controls for Controls {
    fn to_state(&self) -> State {
        let default = Self::default();
        let number = |value: f64| format!("{value:.4e}");
        State::default()
            .with_if(self.input != default.input, "axis", self.input.code())
            .with_if(self.point.is_some(), "at", number(self.point.unwrap_or_default()))
            .with_if(self.exponent.is_some(), "alpha", format!("{:.4}", self.exponent.unwrap_or_default()))
            .with_if(self.scale.is_some(), "scale", number(self.scale.unwrap_or_default()))
            .with_if(self.x != default.x, "x", self.x.code())
            .with_if(self.y != default.y, "y", self.y.code())
            .with_if(self.second != default.second, "second", self.second.code())
    }

    fn from_state(state: &State) -> Self {
        let spread = |name| state.choice(name, &Spread::ALL, Spread::code).unwrap_or_default();
        let input = state.choice("axis", &Input::ALL, Input::code).unwrap_or_default();
        let (low, high) = input.range();
        Self {
            input,
            point: state.number("at", low..=high),
            exponent: state.number("alpha", EXPONENTS.0..=EXPONENTS.1),
            scale: state.number("scale", 1e-6..=1e20),
            x: spread("x"),
            y: spread("y"),
            second: state.choice("second", &SecondLaw::ALL, SecondLaw::code).unwrap_or_default(),
        }
    }
}

/// Plain numbers to draw.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// What the loss is plotted against.
    pub input: Input,
    /// How linear the two axes are, 0 to 1; between them while an axis changes.
    pub linearity: (f64, f64),
    /// The published law.
    pub published: PowerLaw,
    /// Inputs over which it was fitted.
    pub fitted: (f64, f64),
    /// The reader's law, once bent away from the published one.
    pub bent: Option<PowerLaw>,
    /// The second law.
    pub second: Option<FlooredCurve>,
    /// Published models, where they fall on the horizontal axis.
    pub marks: Vec<Mark>,
    /// The reader's point.
    pub point: Point,
}

/// A law with a floor, and the inputs over which it was fitted.
#[derive(Clone, Debug, PartialEq)]
pub struct FlooredCurve {
    /// The law in the one variable of the plot.
    pub law: FlooredPowerLaw,
    /// Inputs over which it was fitted.
    pub fitted: (f64, f64),
    /// Name and year of its source.
    pub name: String,
    /// Key of its source.
    pub source: &'static str,
}

/// A published model on the horizontal axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Its name.
    pub name: String,
    /// Its parameters, tokens or compute.
    pub input: f64,
    /// Key of the work that states the input.
    pub source: String,
    /// Whether its name is written in the plot; the smaller sizes of GPT-3 are dots only.
    pub named: bool,
}

/// The reader's point on the curve and what it says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Parameters, tokens or compute.
    pub input: f64,
    /// Predicted loss.
    pub loss: Nats,
    /// How many times larger the input must be for a loss lower by a tenth.
    pub factor: f64,
    /// The same by the second law, if there is one; no factor when its floor is in the way.
    pub second: Option<(Nats, Option<f64>)>,
}

impl View {
    /// The law that the reader's point moves along.
    pub fn law(&self) -> PowerLaw {
        self.bent.unwrap_or(self.published)
    }

    fn is_extrapolated(&self) -> bool {
        !(self.fitted.0..=self.fitted.1).contains(&self.point.input)
    }
}

/// Keys of the facts of one law.
struct LawKeys {
    scale: &'static str,
    exponent: &'static str,
    fitted: (&'static str, &'static str),
}

const fn law_keys(input: Input) -> LawKeys {
    match input {
        Input::Params => LawKeys {
            scale: "kaplan.n_c",
            exponent: "kaplan.alpha_n",
            fitted: ("kaplan.fit_n_min", "kaplan.fit_n_max"),
        },
        Input::Tokens => LawKeys {
            scale: "kaplan.d_c",
            exponent: "kaplan.alpha_d",
            fitted: ("kaplan.fit_d_min", "kaplan.fit_d_max"),
        },
        Input::Compute => LawKeys {
            scale: "kaplan.c_c",
            exponent: "kaplan.alpha_c",
            fitted: ("kaplan.fit_c_min", "kaplan.fit_c_max"),
        },
    }
}

fn second_law(
    second: SecondLaw,
    input: Input,
    data: &FigureData,
) -> Result<Option<FlooredCurve>, FigureError> {
    let (prefix, source) = match second {
        SecondLaw::None => return Ok(None),
        SecondLaw::Hoffmann => ("hoffmann", "hoffmann2022"),
        SecondLaw::Besiroglu => ("besiroglu", "besiroglu2024"),
    };
    let value = |name: &str| data.value(&format!("{prefix}.{name}"));
    let law = ParametricLaw::new(ParametricConstants {
        irreducible_loss: value("e")?,
        params_coefficient: value("a")?,
        tokens_coefficient: value("b")?,
        alpha: value("alpha")?,
        beta: value("beta")?,
    })?;
    // Both fits describe the runs of Hoffmann et al., so they share the range.
    let params = (data.value("hoffmann.fit_n_min")?, data.value("hoffmann.fit_n_max")?);
    let tokens = (data.value("hoffmann.fit_d_min")?, data.value("hoffmann.fit_d_max")?);
    let pf_day = data.value("units.pf_day")?;
    let (law, fitted) = match input {
        Input::Params => (law.at_tokens(Tokens(f64::INFINITY)), params),
        Input::Tokens => (law.at_params(Params(f64::INFINITY)), tokens),
        Input::Compute => {
            let frontier = law.frontier();
            // In PF-days the coefficient takes up the unit: B C^-g = (B pf_day^-g) (C / pf_day)^-g.
            let coefficient = frontier.coefficient() * pf_day.powf(-frontier.exponent());
            let in_pf_days =
                FlooredPowerLaw::new(frontier.irreducible_loss(), coefficient, frontier.exponent())?;
            let budget = |end: fn(&(f64, f64)) -> f64| {
                scaling::training_flops(Params(end(&params)), Tokens(end(&tokens))).0 / pf_day
            };
            (in_pf_days, (budget(|range| range.0), budget(|range| range.1)))
        }
    };
    Ok(Some(FlooredCurve { law, fitted, name: data.cite(source), source }))
}

fn marks(input: Input, data: &FigureData) -> Result<Vec<Mark>, FigureError> {
    let pf_day = data.value("units.pf_day")?;
    let (own_table, column) = match input {
        Input::Params => (Some("gpt-params"), "params"),
        Input::Tokens => (None, "tokens"),
        Input::Compute => (Some("gpt-flops"), "flops"),
    };
    let unit = if input == Input::Compute { pf_day } else { 1.0 };
    let mut marks = Vec::new();
    for name in own_table.into_iter().chain(["gpt3-sizes"]) {
        let table = data.table(name)?;
        let values = table.column(column).ok_or_else(|| FigureError::Missing(format!("{name}.{column}")))?;
        for (row, value) in table.rows.iter().zip(values) {
            let is_small = name == "gpt3-sizes" && row.label != LARGEST;
            marks.push(Mark {
                name: row.label.replace(LARGEST, "GPT-3"),
                input: value / unit,
                source: table.source.clone(),
                named: !is_small,
            });
        }
    }
    if input == Input::Tokens {
        // All eight sizes were trained on the same tokens: one mark.
        marks.retain(|mark| mark.named);
    }
    Ok(marks)
}

/// Label of the row that is meant by "GPT-3".
const LARGEST: &str = "GPT-3 175B";

impl Figure for ScalingLaw {
    const ID: FigureId = FigureId::ScalingLaw;
    const FACTS: &'static [&'static str] = &[
        "units.pf_day",
        "kaplan.n_c",
        "kaplan.alpha_n",
        "kaplan.fit_n_min",
        "kaplan.fit_n_max",
        "kaplan.d_c",
        "kaplan.alpha_d",
        "kaplan.fit_d_min",
        "kaplan.fit_d_max",
        "kaplan.c_c",
        "kaplan.alpha_c",
        "kaplan.fit_c_min",
        "kaplan.fit_c_max",
        "hoffmann.e",
        "hoffmann.a",
        "hoffmann.b",
        "hoffmann.alpha",
        "hoffmann.beta",
        "hoffmann.printed_alpha",
        "hoffmann.printed_beta",
        "hoffmann.fit_n_min",
        "hoffmann.fit_n_max",
        "hoffmann.fit_d_min",
        "hoffmann.fit_d_max",
        "besiroglu.e",
        "besiroglu.a",
        "besiroglu.b",
        "besiroglu.alpha",
        "besiroglu.beta",
    ];
    const TABLES: &'static [&'static str] = &["gpt-params", "gpt-flops", "gpt3-sizes"];

    type Body = Body;
    type Controls = Controls;
    type View = View;

    fn view(controls: &Controls, data: &FigureData) -> Result<View, FigureError> {
        let keys = law_keys(controls.input);
        let published = PowerLaw::new(data.value(keys.scale)?, data.value(keys.exponent)?)?;
        let scale = controls.scale.map(|scale| clamp_scale(scale, published));
        let bent = (controls.exponent.is_some() || scale.is_some())
            .then(|| {
                let exponent = controls.exponent.unwrap_or_else(|| published.exponent());
                PowerLaw::new(scale.unwrap_or_else(|| published.scale()), exponent)
            })
            .transpose()?;
        let law = bent.unwrap_or(published);
        let marks = marks(controls.input, data)?;
        let gpt3 = marks.last().map(|mark| mark.input);
        let input = controls.point.or(gpt3).ok_or_else(|| FigureError::Missing(LARGEST.to_owned()))?;
        let second = second_law(controls.second, controls.input, data)?;
        let second_point = second.as_ref().map(|second| {
            let loss = second.law.loss(input);
            let target = Nats(loss.0 * (1.0 - LOWER_LOSS));
            (loss, second.law.input_for_loss(target).ok().map(|needed| needed / input))
        });
        Ok(View {
            input: controls.input,
            linearity: (controls.x.linearity(), controls.y.linearity()),
            published,
            fitted: (data.value(keys.fitted.0)?, data.value(keys.fitted.1)?),
            bent,
            second,
            marks,
            point: Point {
                input,
                loss: law.loss(input),
                factor: law.factor_for_lower_loss(LOWER_LOSS),
                second: second_point,
            },
        })
    }

    fn frame(view: &View, look: &Look) -> Frame {
        let (low, log_end) = view.input.range();
        // A linear axis as long as the logarithmic one would press all models against its start.
        let linear_end = view.input.linear_end().max(1.2 * view.point.input).min(log_end);
        let (linear_x, linear_y) = view.linearity;
        let high = log_end.powf(1.0 - linear_x) * linear_end.powf(linear_x);
        Frame::new(Scale::new(low, high, linear_x), Scale::new(LOSSES.0, LOSSES.1, linear_y), look)
    }

    fn draw(view: &View, picture: &Picture<'_>, look: &Look) -> Result<(), DrawError> {
        let frame = Self::frame(view, look);
        let colors = look.palette;
        let tick = |value: f64| {
            if view.linearity.0 > 0.5 { named(value, None, look.language) } else { power_of_ten(value) }
        };
        Axes {
            x: Axis { title: words::x_title(view.input, look.language), format: &tick },
            y: Axis { title: words::y_title(look.language), format: &|loss| format!("{loss}") },
        }
        .draw(picture, &frame, look)?;

        let plot = Plot::new(picture, &frame, look);
        let samples = frame.x.samples((frame.width() / 3.0) as usize);
        let (low, high) = (frame.x.low(), frame.x.high());

        if let Some(second) = &view.second {
            let floor = second.law.irreducible_loss().0;
            plot.rule((low, floor), (high, floor), colors.second)?;
            let words = words::floor(floor, look.language);
            plot.label((low, floor), (6.0, 9.0), Anchor::Start, colors.second, &words)?;
            let loss = |input| second.law.loss(input).0;
            fitted_curve(&plot, &samples, &loss, second.fitted, colors.second)?;
        }
        let published = |input| view.published.loss(input).0;
        if let Some(bent) = view.bent {
            let points: Vec<_> = samples.iter().map(|&input| (input, published(input))).collect();
            plot.dashed_curve(&points, colors.published, 1.5)?;
            let points: Vec<_> = samples.iter().map(|&input| (input, bent.loss(input).0)).collect();
            plot.curve(&points, colors.accent, 2.5)?;
        } else {
            fitted_curve(&plot, &samples, &published, view.fitted, colors.published)?;
        }
        draw_marks(view, &plot, &frame, look)?;

        let at = (view.point.input, view.point.loss.0);
        if (frame.y.low()..=frame.y.high()).contains(&at.1) {
            plot.rule((at.0, frame.y.low()), at, colors.accent)?;
            plot.rule((low, at.1), at, colors.accent)?;
            plot.dot(at, 7.0, colors.accent)?;
        }
        Ok(())
    }

    fn describe(view: &View, language: Language) -> String {
        words::description(view, language)
    }

    fn series(view: &View, language: Language) -> Vec<Series> {
        let (low, high) = view.input.range();
        let decades: Vec<f64> = std::iter::successors(Some(low), |input| Some(input * 10.0))
            .take_while(|&input| input <= high * 1.01)
            .collect();
        let columns = vec![
            (words::input_symbol(view.input).to_owned(), view.input.unit()),
            (words::loss(language).to_owned(), Unit::NatsPerToken),
        ];
        let along = |name: String, provenance, source: Option<&str>, loss: &dyn Fn(f64) -> Nats| Series {
            name,
            provenance,
            source: source.map(str::to_owned),
            columns: columns.clone(),
            rows: decades.iter().map(|&input| (String::new(), vec![input, loss(input).0])).collect(),
        };
        let mut all = vec![along(
            words::published_law(language).to_owned(),
            Provenance::Published,
            Some("kaplan2020"),
            &|input| view.published.loss(input),
        )];
        if let Some(bent) = view.bent {
            let name = words::bent_law(language).to_owned();
            all.push(along(name, Provenance::Schematic, None, &|input| bent.loss(input)));
        }
        if let Some(second) = &view.second {
            let loss = |input| second.law.loss(input);
            all.push(along(second.name.clone(), Provenance::Published, Some(second.source), &loss));
        }
        // One series for each work that states inputs; the height of a mark is the published law's.
        let mut sources: Vec<&str> = view.marks.iter().map(|mark| mark.source.as_str()).collect();
        sources.dedup();
        for source in sources {
            let rows = view.marks.iter().filter(|mark| mark.source == source);
            all.push(Series {
                name: words::marks(language).to_owned(),
                provenance: Provenance::Published,
                source: Some(source.to_owned()),
                columns: columns.clone(),
                rows: rows
                    .map(|mark| (mark.name.clone(), vec![mark.input, view.published.loss(mark.input).0]))
                    .collect(),
            });
        }
        all
    }
}

/// Keeps a scale within the slider's reach of the published one.
fn clamp_scale(scale: f64, published: PowerLaw) -> f64 {
    let reach = 10f64.powf(SCALE_DECADES);
    scale.clamp(published.scale() / reach, published.scale() * reach)
}

/// A law as a curve: solid where it was fitted, dashed where it is extended.
fn fitted_curve(
    plot: &Plot<'_>,
    samples: &[f64],
    loss: &dyn Fn(f64) -> f64,
    fitted: (f64, f64),
    color: Color,
) -> Result<(), DrawError> {
    let within = |low: f64, high: f64| -> Vec<(f64, f64)> {
        let inner = samples.iter().copied().filter(|&input| low < input && input < high);
        std::iter::once(low).chain(inner).chain([high]).map(|input| (input, loss(input))).collect()
    };
    let &[low, .., high] = samples else { return Ok(()) };
    if low < fitted.0 {
        plot.dashed_curve(&within(low, fitted.0), color, 1.5)?;
    }
    if fitted.1 < high {
        plot.dashed_curve(&within(fitted.1, high), color, 1.5)?;
    }
    plot.curve(&within(fitted.0.max(low), fitted.1.min(high)), color, 2.5)
}

fn draw_marks(view: &View, plot: &Plot<'_>, frame: &Frame, look: &Look) -> Result<(), DrawError> {
    let law = view.published;
    // Labels stand above their mark, or below where the one before leaves no room above.
    let mut above_end = f64::NEG_INFINITY;
    let mut below_end = f64::NEG_INFINITY;
    for mark in &view.marks {
        let at = (mark.input, law.loss(mark.input).0);
        plot.ring(at, if mark.named { 4.5 } else { 2.5 }, look.palette.mark)?;
        if !mark.named {
            continue;
        }
        let x = frame.position(at.0, at.1).0;
        let width = LETTER * mark.name.len() as f64;
        if x > above_end {
            plot.label(at, (4.0, 14.0), Anchor::Start, look.palette.ink, &mark.name)?;
            above_end = x + width;
        } else if x - width > below_end.max(frame.position(frame.x.low(), at.1).0) {
            plot.label(at, (-6.0, -14.0), Anchor::End, look.palette.ink, &mark.name)?;
            below_end = x;
        }
    }
    Ok(())
}

/// Room for a letter of a label, CSS pixels.
const LETTER: f64 = 8.0;

/// Controls, picture and readouts.
#[component]
pub fn Body(props: &BodyProps<ScalingLaw>) -> Html {
    let BodyProps { data, controls, .. } = props;
    let language = props.language;
    let linearity =
        (use_animated(controls.x.linearity(), BRIEF), use_animated(controls.y.linearity(), BRIEF));

    // The shell asks for the same view and has shown the reason if there is none.
    let Ok(mut view) = ScalingLaw::view(controls, data) else { return Html::default() };
    let law = view.law();
    let point = view.point;
    view.linearity = linearity;
    let unit = view.input.unit();
    let symbol = words::input_symbol(view.input);
    let in_law = |value: f64| quantity(value, unit, Some(3), language);

    let spreads = Spread::ALL.map(|spread| words::spread(spread, language)).to_vec();
    let decades = |value: f64| value.log10();
    let published_decades = decades(view.published.scale());
    let (low, high) = view.input.range();
    let readout = |label, value| Readout { label, value };
    let Drag { on_point, preview } = props.drag(|controls, (value, _)| {
        let (low, high) = controls.input.range();
        controls.point = Some(value.clamp(low, high));
    });

    html! {
        <>
            { Segmented {
                label: words::axis(language),
                name: "scaling-law-axis",
                choices: Input::ALL.map(|input| words::input(input, language)).to_vec(),
                selected: index_of(&Input::ALL, &controls.input),
                on_select: props.edit(|controls, index| {
                    // Another quantity has other constants: only the choice of axes and laws carries over.
                    let Controls { x, y, second, .. } = *controls;
                    *controls = Controls { input: Input::ALL[index], x, y, second, ..Controls::default() };
                }),
            }.view() }
            <PlotCanvas
                drawing={Drawing::of::<ScalingLaw>(view.clone())}
                {language}
                label={words::point(language)}
                value_text={format!("{symbol}: {}", in_law(point.input))}
                value={decades(point.input)}
                min={decades(low)}
                max={decades(high)}
                step={0.1}
                on_value={props.edit(|controls, value| controls.point = Some(10f64.powf(value)))}
                {on_point}
                {preview}
            />
            { Chips {
                label: words::go_to(language),
                chips: view.marks.iter().filter(|mark| mark.named).map(|mark| (mark.name.clone(), mark.input)).collect(),
                on_pick: props.edit(|controls, value| controls.point = Some(value)),
            }.view() }
            { readouts([
                readout(words::input(view.input, language), in_law(point.input)),
                readout(words::predicted_loss(language), significant(point.loss.0, Some(3))),
                readout(words::perplexity(language), significant(point.loss.perplexity(), Some(3))),
                readout(words::lower_loss(view.input, language), quantity(point.factor, Unit::Times, Some(2), language)),
            ]) }
            if view.is_extrapolated() {
                { remark(words::extrapolated(&view, language)) }
            }
            <div class="controls">
                { Slider {
                    label: words::exponent(view.input, language),
                    value: law.exponent(),
                    min: EXPONENTS.0,
                    max: EXPONENTS.1,
                    step: 0.001,
                    text: significant(law.exponent(), Some(2)),
                    on_input: props.edit(|controls, value| controls.exponent = Some(value)),
                }.view() }
                { Slider {
                    label: words::scale(view.input, language),
                    value: decades(law.scale()),
                    min: published_decades - SCALE_DECADES,
                    max: published_decades + SCALE_DECADES,
                    step: 0.02,
                    text: scientific(law.scale(), Some(2)),
                    on_input: props.edit(|controls, value| controls.scale = Some(10f64.powf(value))),
                }.view() }
                if view.bent.is_some() {
                    <button type="button" class="button" onclick={props.edit(|controls, _: MouseEvent| {
                        controls.exponent = None;
                        controls.scale = None;
                    })}>{ words::published_constants(language) }</button>
                }
                { Segmented {
                    label: words::x_axis(language),
                    name: "scaling-law-x",
                    choices: spreads.clone(),
                    selected: index_of(&Spread::ALL, &controls.x),
                    on_select: props.edit(|controls, index| controls.x = Spread::ALL[index]),
                }.view() }
                { Segmented {
                    label: words::y_axis(language),
                    name: "scaling-law-y",
                    choices: spreads,
                    selected: index_of(&Spread::ALL, &controls.y),
                    on_select: props.edit(|controls, index| controls.y = Spread::ALL[index]),
                }.view() }
                { Segmented {
                    label: words::second_law(language),
                    name: "scaling-law-second",
                    choices: SecondLaw::ALL.map(|second| words::second(second, language)).to_vec(),
                    selected: index_of(&SecondLaw::ALL, &controls.second),
                    on_select: props.edit(|controls, index| controls.second = SecondLaw::ALL[index]),
                }.view() }
            </div>
            if let Some(second) = &view.second {
                { remark(words::second_remark(controls.second, second, &point, view.input, data, language)) }
            }
            { legend(legend_entries(&view, data, language), language) }
        </>
    }
}

fn legend_entries(view: &View, data: &FigureData, language: Language) -> Vec<LegendEntry> {
    let mut entries = Vec::new();
    if view.bent.is_some() {
        entries.push(LegendEntry {
            line: Line::Accent,
            name: words::bent_law(language).to_owned(),
            provenance: Provenance::Schematic,
        });
    }
    entries.push(LegendEntry {
        line: if view.bent.is_some() { Line::PublishedDashed } else { Line::Published },
        name: format!("{} ({})", words::published_law(language), data.cite("kaplan2020")),
        provenance: Provenance::Published,
    });
    if let Some(second) = &view.second {
        entries.push(LegendEntry {
            line: Line::Second,
            name: second.name.clone(),
            provenance: Provenance::Published,
        });
    }
    entries.push(LegendEntry {
        line: Line::Mark,
        name: words::marks(language).to_owned(),
        provenance: Provenance::Published,
    });
    entries
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Controls as _;

    fn view(state: &str) -> View {
        let data = FigureData::of::<ScalingLaw>();
        ScalingLaw::view(&Controls::from_state(&State::parse(state)), &data).unwrap()
    }

    #[test]
    fn a_loss_lower_by_a_tenth_takes_four_times_the_parameters() {
        // Kaplan et al. 2020, Eq. 1.1: 0.9^(-1/0.076) = 4.0.
        assert!((view("").point.factor - 4.0).abs() < 0.01);
        // Doubling the parameters multiplies the loss by 2^-0.076 = 0.95, as the paper says.
        let (one, two) = (view("at=1e9").point.loss.0, view("at=2e9").point.loss.0);
        assert!((two / one - 0.95).abs() < 0.002);
    }

    #[test]
    fn the_point_begins_at_gpt_3_on_every_axis() {
        for (axis, input) in [("n", 1.746e11), ("d", 3e11), ("c", 3.14e23 / 8.64e19)] {
            let point = view(&format!("axis={axis}")).point;
            // The table prints three or four digits.
            assert!((point.input / input - 1.0).abs() < 0.003, "{axis}: {}", point.input);
        }
    }

    #[test]
    fn bending_moves_the_readers_law_and_leaves_the_published_one() {
        let (straight, bent) = (view("at=1e9"), view("at=1e9&alpha=0.15"));
        assert_eq!(straight.published, bent.published);
        assert_eq!(straight.bent, None);
        assert!(bent.point.loss.0 > straight.point.loss.0);
    }

    #[test]
    fn a_state_and_its_address_are_the_same() {
        for state in ["axis=c&at=1.0000e3&second=besiroglu&x=linear", "alpha=0.1000&scale=1.0000e14&y=linear"]
        {
            let controls = Controls::from_state(&State::parse(state));
            assert_eq!(Controls::from_state(&controls.to_state()), controls);
        }
    }

    #[test]
    fn the_second_law_reproduces_the_worked_losses() {
        // Hoffmann et al. 2022 with unrounded constants: 1.9764 for N = 1.75e11 and D = 3e11; the two one-variable
        // slices share the floor, so N term + D term + floor must give the same.
        let at = |axis: &str, at: &str| {
            view(&format!("axis={axis}&at={at}&second=hoffmann")).point.second.unwrap().0.0
        };
        let floor = view("second=hoffmann").second.unwrap().law.irreducible_loss().0;
        assert!((at("n", "1.75e11") + at("d", "3e11") - floor - 1.9764).abs() < 1e-4);
    }

    #[test]
    fn compute_in_pf_days_gives_the_frontier_loss() {
        // The optimum of the unrounded law at 5.76e23 FLOP: 4.04e10 parameters on 2.38e12 tokens.
        let pf_days = 5.76e23 / 8.64e19;
        let loss = view(&format!("axis=c&at={pf_days:e}&second=hoffmann")).point.second.unwrap().0.0;
        let direct =
            1.693374 + 406.401 * 4.04e10_f64.powf(-0.33917084) + 410.723 * 2.38e12_f64.powf(-0.2849083);
        assert!((loss - direct).abs() < 1e-4, "{loss} {direct}");
    }

    #[test]
    fn a_target_below_the_floor_is_out_of_reach() {
        assert_eq!(view("at=1e14&second=besiroglu").point.second.unwrap().1, None);
    }

    #[test]
    fn fitted_ranges_are_the_papers() {
        let view = view("");
        assert_eq!(view.fitted, (768.0, 1.5e9));
        assert!(view.is_extrapolated());
        assert_eq!(view.marks.iter().filter(|mark| mark.named).count(), 3);
        assert_eq!(view.marks.len(), 10);
    }
}
