//! The best use of a training budget: L(N, D) of Hoffmann et al. 2022 over parameters and tokens.
//!
//! What to see: above, contours of equal loss over parameters and tokens, with the line of all models that one budget
//! can train; below, the loss along that line, a valley. Its bottom is the model to train, and as the budget grows the
//! bottom follows a straight line through the map, on which both grow together. Computed by the crate `scaling` from
//! the constants of the paper or of the new fit by Besiroglu et al. 2024. What the published models are plotted by is
//! their size and their text; the losses are the law's.

use chapter::{FigureId, Language, Provenance, Unit};
use scaling::{
    Allocation, Flops, Nats, ParametricConstants, ParametricLaw, Params, Tokens, affordable_tokens,
};
use yew::prelude::*;

use crate::components::{
    Chips, LegendEntry, Line, PlotCanvas, Readout, Segmented, Slider, index_of, legend, readouts, remark,
};
use crate::figure::{BodyProps, Drag, Drawing, Figure, FigureData, FigureError, Series, State};
use crate::locale::number::{power_of_ten, quantity, scientific, significant};
use crate::plot::{Anchor, Axes, Axis, DrawError, Frame, Label, Look, Picture, Plot, Scale, Size};

mod ground;
mod words;

use ground::Ground;

/// The figure `compute-optimal`.
#[derive(PartialEq)]
pub struct ComputeOptimal;

/// Whose constants the law has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Constants {
    /// The new fit of Besiroglu et al. 2024 to the same runs.
    #[default]
    Besiroglu,
    /// Those of Hoffmann et al. 2022, before rounding.
    Hoffmann,
}

impl Constants {
    const ALL: [Self; 2] = [Self::Besiroglu, Self::Hoffmann];

    const fn code(self) -> &'static str {
        match self {
            Self::Besiroglu => "besiroglu",
            Self::Hoffmann => "hoffmann",
        }
    }

    const fn source(self) -> &'static str {
        match self {
            Self::Besiroglu => "besiroglu2024",
            Self::Hoffmann => "hoffmann2022",
        }
    }

    const fn other(self) -> Self {
        match self {
            Self::Besiroglu => Self::Hoffmann,
            Self::Hoffmann => Self::Besiroglu,
        }
    }

    fn law(self, data: &FigureData) -> Result<ParametricLaw, FigureError> {
        let value = |name: &str| data.value(&format!("{}.{name}", self.code()));
        Ok(ParametricLaw::new(ParametricConstants {
            irreducible_loss: value("e")?,
            params_coefficient: value("a")?,
            tokens_coefficient: value("b")?,
            alpha: value("alpha")?,
            beta: value("beta")?,
        })?)
    }
}

/// All that the reader can change.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Controls {
    /// Whose constants the law has.
    pub constants: Constants,
    /// The budget in FLOPs; GPT-3's if `None`.
    pub flops: Option<f64>,
    /// Parameters of the reader's model; GPT-3's if `None`.
    pub params: Option<f64>,
}

/// Ends of the axis of parameters.
const PARAMS: (f64, f64) = (1e8, 4e12);
/// Ends of the axis of tokens.
const TOKENS: (f64, f64) = (1e9, 3e14);
/// Ends of the axis of loss, nats per token.
const LOSSES: (f64, f64) = (1.65, 2.65);
/// Budgets the reader can choose: from those of the paper's runs to beyond the largest published one.
const BUDGETS: (f64, f64) = (1e19, 1e27);

impl crate::figure::Controls for Controls {
    fn to_state(&self) -> State {
        let number = |value: Option<f64>| format!("{:.4e}", value.unwrap_or_default());
        State::default()
            .with_if(self.constants != Constants::default(), "constants", self.constants.code())
            .with_if(self.flops.is_some(), "c", number(self.flops))
            .with_if(self.params.is_some(), "n", number(self.params))
    }

    fn from_state(state: &State) -> Self {
        Self {
            constants: state.choice("constants", &Constants::ALL, Constants::code).unwrap_or_default(),
            flops: state.number("c", BUDGETS.0..=BUDGETS.1),
            params: state.number("n", PARAMS.0..=PARAMS.1),
        }
    }
}

/// Plain numbers to draw.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// Whose constants the law has.
    pub constants: Constants,
    /// The law.
    pub law: ParametricLaw,
    /// The law with the other constants.
    pub other: ParametricLaw,
    /// The reader's model, which spends the whole budget.
    pub own: Allocation,
    /// The model that the budget is best spent on.
    pub best: Allocation,
    /// The same by the other constants.
    pub other_best: Allocation,
    /// Published models.
    pub models: Vec<Model>,
    /// Compute-optimal models as the paper's first two approaches tabulate them.
    pub tabulated: Vec<Allocation>,
    /// Parameters and tokens between which the fitted runs lie.
    pub fitted: [(f64, f64); 2],
}

/// A published model.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Its name.
    pub name: String,
    /// Its parameters and tokens.
    pub size: Allocation,
    /// Key of the work that states them.
    pub source: String,
}

impl View {
    /// The budget.
    pub fn flops(&self) -> Flops {
        self.own.flops()
    }

    /// The law's loss of a model.
    pub fn loss(&self, model: Allocation) -> Nats {
        self.law.loss(model.params, model.tokens)
    }

    /// The part of the budget that, spent best, gives the loss of the reader's model.
    pub fn enough(&self) -> f64 {
        // At the bottom of the valley rounding may put the loss a hair off the frontier.
        self.law.flops_for_loss(self.loss(self.own)).map_or(1.0, |flops| (flops.0 / self.flops().0).min(1.0))
    }

    /// The published model that the reader has chosen, if it is one.
    pub fn chosen(&self) -> Option<&Model> {
        self.models.iter().find(|model| {
            (model.size.params.0 / self.own.params.0 - 1.0).abs() < 1e-3
                && (model.size.tokens.0 / self.own.tokens.0 - 1.0).abs() < 1e-3
        })
    }
}

/// Parameters of a model that the budget trains on so many tokens.
fn affordable_params(flops: Flops, tokens: f64) -> f64 {
    // 6 N D is symmetric in N and D.
    affordable_tokens(flops, Params(tokens)).0
}

fn models(data: &FigureData) -> Result<Vec<Model>, FigureError> {
    let table = data.table("landmark-models")?;
    let column = |name: &str| {
        table.column(name).ok_or_else(|| FigureError::Missing(format!("landmark-models.{name}")))
    };
    let (params, tokens) = (column("params")?, column("tokens")?);
    SHOWN
        .into_iter()
        .map(|name| {
            let index = table.rows.iter().position(|row| row.label == name);
            let index = index.ok_or_else(|| FigureError::Missing(name.to_owned()))?;
            Ok(Model {
                name: name.to_owned(),
                size: Allocation { params: Params(params[index]), tokens: Tokens(tokens[index]) },
                source: table.rows[index].source.clone().unwrap_or_else(|| table.source.clone()),
            })
        })
        .collect()
}

fn tabulated(data: &FigureData) -> Result<Vec<Allocation>, FigureError> {
    let table = data.table("hoffmann-optima")?;
    Ok(table
        .rows
        .iter()
        .filter_map(|row| row.values.split_first())
        .flat_map(|(&params, tokens)| {
            tokens.iter().map(move |&tokens| Allocation { params: Params(params), tokens: Tokens(tokens) })
        })
        .collect())
}

/// Dense models that are shown, the one that the figure opens with first: as many as there is room for.
const SHOWN: [&str; 7] =
    ["GPT-3", "Gopher", "Chinchilla", "PaLM", "LLaMA-65B", "Qwen2.5-72B", "Llama 3.1 405B"];
/// The map's part of the picture's height; the valley has the rest.
const MAP: f64 = 0.58;

impl Figure for ComputeOptimal {
    const ID: FigureId = FigureId::ComputeOptimal;
    const FACTS: &'static [&'static str] = &[
        "hoffmann.e",
        "hoffmann.a",
        "hoffmann.b",
        "hoffmann.alpha",
        "hoffmann.beta",
        "hoffmann.fit_n_min",
        "hoffmann.fit_n_max",
        "hoffmann.fit_d_min",
        "hoffmann.fit_d_max",
        "hoffmann.exponent_low",
        "hoffmann.exponent_high",
        "besiroglu.e",
        "besiroglu.a",
        "besiroglu.b",
        "besiroglu.alpha",
        "besiroglu.beta",
        "besiroglu.e_low",
        "besiroglu.e_high",
        "besiroglu.a_low",
        "besiroglu.a_high",
        "besiroglu.b_low",
        "besiroglu.b_high",
        "besiroglu.alpha_low",
        "besiroglu.alpha_high",
        "besiroglu.beta_low",
        "besiroglu.beta_high",
    ];
    const TABLES: &'static [&'static str] = &["landmark-models", "hoffmann-optima"];
    const TALL: bool = true;

    type Body = Body;
    type Controls = Controls;
    type View = View;

    fn view(controls: &Controls, data: &FigureData) -> Result<View, FigureError> {
        let law = controls.constants.law(data)?;
        let other = controls.constants.other().law(data)?;
        let models = models(data)?;
        let gpt3 = models.first().ok_or_else(|| FigureError::Missing("GPT-3".to_owned()))?.size;
        let flops = controls.flops.map_or(gpt3.flops(), Flops);
        // A model without tokens on the map could not be shown.
        let params = controls.params.unwrap_or(gpt3.params.0);
        let spent = |tokens| affordable_params(flops, tokens);
        let params = Params(params.clamp(spent(TOKENS.1).max(PARAMS.0), spent(TOKENS.0).min(PARAMS.1)));
        let range = |name: &str| {
            let end = |end: &str| data.value(&format!("hoffmann.fit_{name}_{end}"));
            Ok::<_, FigureError>((end("min")?, end("max")?))
        };
        Ok(View {
            constants: controls.constants,
            own: Allocation { params, tokens: affordable_tokens(flops, params) },
            best: law.compute_optimal(flops),
            other_best: other.compute_optimal(flops),
            law,
            other,
            models,
            tabulated: tabulated(data)?,
            fitted: [range("n")?, range("d")?],
        })
    }

    fn frame(_: &View, look: &Look) -> Frame {
        let size = Size { height: look.size.height * MAP, ..look.size };
        Frame::new(params_scale(), tokens_scale(), &Look { size, ..*look })
    }

    fn draw(view: &View, picture: &Picture<'_>, look: &Look) -> Result<(), DrawError> {
        let size = |share: f64| Size { height: look.size.height * share, ..look.size };
        let (above, below) = picture.split_vertically(look.px(look.size.height * MAP));
        draw_map(view, &above, &Look { size: size(MAP), ..*look })?;
        draw_valley(view, &below, &Look { size: size(1.0 - MAP), ..*look })
    }

    fn describe(view: &View, language: Language) -> String {
        words::description(view, language)
    }

    fn series(view: &View, language: Language) -> Vec<Series> {
        let columns = [
            ("N".to_owned(), Unit::Params),
            ("D".to_owned(), Unit::Tokens),
            (words::loss(language).to_owned(), Unit::NatsPerToken),
        ];
        let row = |name: &str, model: Allocation| {
            (name.to_owned(), vec![model.params.0, model.tokens.0, view.loss(model).0])
        };
        let series = |name: &str, source: &str, columns: &[_], rows| Series {
            name: name.to_owned(),
            provenance: Provenance::Published,
            source: Some(source.to_owned()),
            columns: columns.to_vec(),
            rows,
        };
        let bottom = budgets(1.0).map(|flops| row("", view.law.compute_optimal(Flops(flops)))).collect();
        let mut all = vec![series(words::frontier(language), view.constants.source(), &columns, bottom)];
        let tabulated = view
            .tabulated
            .iter()
            .map(|model| (String::new(), vec![model.params.0, model.tokens.0]))
            .collect();
        all.push(series(words::tabulated(language), "hoffmann2022", &columns[..2], tabulated));
        for model in &view.models {
            let rows = vec![row(&model.name, model.size)];
            all.push(series(words::models(language), &model.source, &columns, rows));
        }
        all.push(Series {
            name: words::own(language).to_owned(),
            provenance: Provenance::Schematic,
            source: None,
            columns: columns.to_vec(),
            rows: vec![row("", view.own)],
        });
        all
    }
}

/// Budgets from the smallest to the largest, FLOPs, so many to a power of ten.
fn budgets(per_decade: f64) -> impl Iterator<Item = f64> {
    let decades = (BUDGETS.1 / BUDGETS.0).log10();
    let count = (decades * per_decade).round() as usize;
    (0..=count).map(move |index| BUDGETS.0 * 10f64.powf(index as f64 / per_decade))
}

fn params_scale() -> Scale {
    Scale::new(PARAMS.0, PARAMS.1, 0.0)
}

fn tokens_scale() -> Scale {
    Scale::new(TOKENS.0, TOKENS.1, 0.0)
}

fn loss_scale() -> Scale {
    Scale::new(LOSSES.0, LOSSES.1, 1.0)
}

/// Sizes of models along the axis of parameters, close enough for a smooth curve.
fn samples() -> impl Iterator<Item = f64> {
    let axis = params_scale();
    (0..=160).map(move |index| axis.value(f64::from(index) / 160.0))
}

/// The loss along the models that a budget can train.
fn valley(law: ParametricLaw, flops: Flops) -> Vec<(f64, f64)> {
    let isoflop = law.isoflop(flops);
    samples().map(|params| (params, isoflop.loss(Params(params)).0)).collect()
}

fn draw_map(view: &View, picture: &Picture<'_>, look: &Look) -> Result<(), DrawError> {
    let colors = look.palette;
    let frame = Frame::new(params_scale(), tokens_scale(), look);
    Axes {
        x: Axis { title: words::params_axis(look.language), format: &power_of_ten },
        y: Axis { title: words::tokens_axis(look.language), format: &power_of_ten },
    }
    .draw(picture, &frame, look)?;
    let plot = Plot::new(picture, &frame, look);

    let ground = Ground::of(view.law);
    for contour in &ground.contours {
        plot.faint_trace(&contour.trace, colors.muted)?;
    }
    let mut labels: Vec<Label<'_>> = Vec::new();
    for contour in &ground.contours {
        let Some(end) = contour.end else { continue };
        plot.label(end, (-3.0, 7.0), Anchor::End, colors.muted, &format!("{}", contour.loss))?;
        // The names of models keep off it.
        let (x, y) = frame.position(end.0, end.1);
        labels.push(Label {
            at: frame.values((x - 14.0, y - 7.0)),
            radius: 9.0,
            text: "",
            color: colors.muted,
        });
    }

    // The runs that were fitted lie in the corner of few parameters and few tokens.
    let [(n_min, n_max), (d_min, d_max)] = view.fitted;
    let n_min = n_min.max(PARAMS.0);
    for (from, to) in
        [((n_max, d_min), (n_max, d_max)), ((n_min, d_max), (n_max, d_max)), ((n_min, d_min), (n_max, d_min))]
    {
        plot.rule(from, to, colors.muted)?;
    }

    // A power law: straight from end to end.
    let path = |law: &ParametricLaw| -> Vec<(f64, f64)> {
        let ends = [BUDGETS.0 / 1e3, BUDGETS.1 * 1e3];
        ends.map(|flops| law.compute_optimal(Flops(flops))).map(|best| (best.params.0, best.tokens.0)).into()
    };
    plot.dashed_curve(&path(&view.other), colors.second, 1.5)?;
    plot.curve(&path(&view.law), colors.published, 2.5)?;
    for model in &view.tabulated {
        plot.dot((model.params.0, model.tokens.0), 2.0, colors.muted)?;
    }

    let flops = view.flops();
    let line = [PARAMS.0, PARAMS.1].map(|params| (params, affordable_tokens(flops, Params(params)).0));
    plot.curve(&line, colors.accent, 1.5)?;

    let at = |model: Allocation| (model.params.0, model.tokens.0);
    let tabulated = view.tabulated.iter();
    labels.extend(tabulated.map(|&model| Label { at: at(model), radius: 2.0, text: "", color: colors.ink }));
    for model in &view.models {
        plot.ring(at(model.size), 4.0, colors.mark)?;
        labels.push(Label { at: at(model.size), radius: 5.0, text: &model.name, color: colors.ink });
    }
    plot.dot(at(view.best), 5.0, colors.published)?;
    plot.dot(at(view.own), 7.0, colors.accent)?;
    for (model, radius) in [(view.best, 6.0), (view.own, 8.0)] {
        labels.push(Label { at: at(model), radius, text: "", color: colors.ink });
    }
    plot.plated_labels(&labels)
}

fn draw_valley(view: &View, picture: &Picture<'_>, look: &Look) -> Result<(), DrawError> {
    let colors = look.palette;
    let frame = Frame::new(params_scale(), loss_scale(), look);
    Axes {
        x: Axis { title: words::params_axis(look.language), format: &power_of_ten },
        y: Axis { title: words::loss_axis(look.language), format: &|loss| significant(loss, Some(2)) },
    }
    .draw(picture, &frame, look)?;
    let plot = Plot::new(picture, &frame, look);
    let ground = Ground::of(view.law);
    for valley in &ground.valleys {
        plot.faint_trace(valley, colors.muted)?;
    }
    plot.trace(&ground.bottoms, colors.published, 1.5)?;
    plot.curve(&valley(view.law, view.flops()), colors.accent, 2.5)?;
    let at = |model: Allocation| (model.params.0, view.loss(model).0);
    let floor = view.law.irreducible_loss().0;
    plot.rule((PARAMS.0, floor), (PARAMS.1, floor), colors.muted)?;
    let best = at(view.best);
    plot.rule((best.0, LOSSES.0), best, colors.published)?;
    plot.dot(best, 5.0, colors.published)?;
    let own = at(view.own);
    if own.1 <= LOSSES.1 {
        plot.rule((own.0, LOSSES.0), own, colors.accent)?;
        plot.dot(own, 7.0, colors.accent)?;
    }
    Ok(())
}

/// Controls, picture and readouts.
#[component]
pub fn Body(props: &BodyProps<ComputeOptimal>) -> Html {
    let BodyProps { data, controls, .. } = props;
    let language = props.language;
    // The shell asks for the same view and has shown the reason if there is none.
    let Ok(view) = ComputeOptimal::view(controls, data) else { return Html::default() };
    let params = |model: Allocation| quantity(model.params.0, Unit::Params, Some(3), language);
    let tokens = |model: Allocation| quantity(model.tokens.0, Unit::Tokens, Some(3), language);
    let per_param = |model: Allocation| significant(model.tokens_per_param(), Some(2));
    let loss = |model: Allocation| significant(view.loss(model).0, Some(4));
    let readout = |label, value| Readout { label, value };
    let flops = view.flops();
    let sizes: Vec<Allocation> = view.models.iter().map(|model| model.size).collect();
    let Drag { on_point, preview } = props.drag(|controls, (params, _)| controls.params = Some(params));

    html! {
        <>
            <PlotCanvas
                drawing={Drawing::of::<ComputeOptimal>(view.clone())}
                {language}
                label={words::own_size(language)}
                value_text={words::value_text(&view, language)}
                value={view.own.params.0.log10()}
                min={PARAMS.0.log10()}
                max={PARAMS.1.log10()}
                step={0.05}
                on_value={props.edit(|controls, value: f64| controls.params = Some(10f64.powf(value)))}
                {on_point}
                {preview}
            />
            <div class="controls">
                { Slider {
                    label: html! { { words::budget(language) } },
                    value: flops.0.log10(),
                    min: BUDGETS.0.log10(),
                    max: BUDGETS.1.log10(),
                    step: 0.05,
                    text: scientific(flops.0, Some(3)),
                    on_input: props.edit(|controls, value: f64| controls.flops = Some(10f64.powf(value))),
                }.view() }
                { Segmented {
                    label: words::constants_label(language),
                    name: "compute-optimal-constants",
                    choices: Constants::ALL.map(words::constants).to_vec(),
                    selected: index_of(&Constants::ALL, &controls.constants),
                    on_select: props.edit(|controls, index| controls.constants = Constants::ALL[index]),
                }.view() }
            </div>
            { Chips {
                label: words::instead_of(language),
                chips: view.models.iter().zip(0..).map(|(model, index)| (model.name.clone(), f64::from(index))).collect(),
                on_pick: props.on_change.reform({
                    let constants = controls.constants;
                    move |index: f64| {
                        let size = sizes[index as usize];
                        Controls { constants, flops: Some(size.flops().0), params: Some(size.params.0) }
                    }
                }),
            }.view() }
            { remark(words::answer(&view, language)) }
            { readouts([
                readout(words::best_params(language), params(view.best)),
                readout(words::best_tokens(language), tokens(view.best)),
                readout(words::best_per_param(language), per_param(view.best)),
                readout(words::best_loss(language), loss(view.best)),
                readout(words::own_params(language), params(view.own)),
                readout(words::own_tokens(language), tokens(view.own)),
                readout(words::own_per_param(language), per_param(view.own)),
                readout(words::own_loss(language), loss(view.own)),
            ]) }
            { remark(words::uncertainty(&view, data, language)) }
            { legend(legend_entries(&view, data, language), language) }
        </>
    }
}

fn legend_entries(view: &View, data: &FigureData, language: Language) -> Vec<LegendEntry> {
    let by = |name: &str, constants: Constants| format!("{name} ({})", data.cite(constants.source()));
    let published = |line, name| LegendEntry { line, name, provenance: Provenance::Published };
    vec![
        LegendEntry {
            line: Line::Accent,
            name: words::own_line(view, language),
            provenance: Provenance::Schematic,
        },
        published(Line::Published, by(words::frontier(language), view.constants)),
        published(Line::SecondDashed, by(words::frontier(language), view.constants.other())),
        published(Line::Mark, words::models(language).to_owned()),
        published(Line::MutedDot, words::tabulated(language).to_owned()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Controls as _;

    fn view(state: &str) -> View {
        let data = FigureData::of::<ComputeOptimal>();
        ComputeOptimal::view(&Controls::from_state(&State::parse(state)), &data).unwrap()
    }

    #[test]
    fn it_opens_at_gpt_3_and_its_better_alternative() {
        // Worked from the constants outside of this crate for 3.14e23 FLOP; GPT-3's 6 N D is 3.143e23.
        let refit = view("");
        assert_eq!(refit.chosen().map(|model| model.name.as_str()), Some("GPT-3"));
        assert!((refit.best.params.0 / 5.29e10 - 1.0).abs() < 0.01);
        assert!((refit.best.tokens.0 / 9.89e11 - 1.0).abs() < 0.01);
        assert!((refit.loss(refit.own).0 - 2.0085).abs() < 2e-4);
        let paper = view("constants=hoffmann");
        assert!((paper.best.params.0 / 3.06e10 - 1.0).abs() < 0.01);
        assert_eq!(paper.best, refit.other_best);
    }

    #[test]
    fn the_best_model_leaves_nothing_to_save() {
        let best = view("c=5.76e23").best.params.0;
        let at_best = view(&format!("c=5.76e23&n={best:e}"));
        assert!((at_best.enough() - 1.0).abs() < 1e-6);
        let gpt3 = view("").enough();
        assert!((0.3..0.9).contains(&gpt3), "{gpt3}");
    }

    #[test]
    fn the_readers_model_spends_the_budget() {
        let view = view("c=1e24&n=2e10");
        assert!((view.flops().0 / 1e24 - 1.0).abs() < 1e-12);
        assert_eq!(view.chosen(), None);
    }

    #[test]
    fn every_model_lies_on_the_map_and_within_the_budgets() {
        for Model { name, size, .. } in view("").models {
            assert!((PARAMS.0..PARAMS.1).contains(&size.params.0), "{name}");
            assert!((TOKENS.0..TOKENS.1).contains(&size.tokens.0), "{name}");
            assert!((BUDGETS.0..BUDGETS.1).contains(&size.flops().0), "{name}");
        }
    }

    #[test]
    fn a_state_and_its_address_are_the_same() {
        for state in ["constants=hoffmann&c=1.0000e25&n=2.0000e10", "n=7.0000e10"] {
            let controls = Controls::from_state(&State::parse(state));
            assert_eq!(controls.to_state(), State::parse(state));
        }
    }
}
