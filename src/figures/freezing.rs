//! A liquid that freezes: particles in two dimensions under a heat bath, and their order against temperature.
//!
//! What to see: rules between two particles, which know nothing of a solid, make one when it is cold enough; many
//! particles do it at once, few by degrees. The order jumps; the energy per particle moves much less, by the latent heat.
//! Computed by the crate `particles` here in the page, over the curve that the project measured with the same crate.

use std::cell::RefCell;
use std::rc::Rc;

use chapter::{FigureId, Language, Provenance, Unit};
use plotters::element::Circle;
use plotters::style::Color as _;
use web_sys::{Element, HtmlCanvasElement};
use yew::prelude::*;

use crate::browser;
use crate::components::{
    LegendEntry, Line, PlotCanvas, Readout, Segmented, Slider, index_of, legend, readouts, remark,
};
use crate::figure::{BodyProps, Drawing, Figure, FigureData, FigureError, Series, State};
use crate::hooks::{Animation, use_element_size, use_palette};
use crate::page::figure_events;
use crate::plot::{Axes, Axis, DrawError, Frame, Look, Picture, Plot, Scale, Size as PictureSize};
use crate::stage::{
    Lab, NOW, Point, RADIUS, STEPS_BY_HAND, Show, Snapshot, Steering, VISITED, Visited, step,
};

mod analogy;
#[cfg(not(target_arch = "wasm32"))]
mod recorded;
mod words;

/// The figure `freezing`.
#[derive(PartialEq)]
pub struct Freezing;

/// How many particles there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Size {
    /// 4 rows of 4.
    N16,
    /// 8 rows of 8.
    N64,
    /// 16 rows of 16.
    #[default]
    N256,
    /// 32 rows of 32.
    N1024,
}

impl Size {
    const ALL: [Self; 4] = [Self::N16, Self::N64, Self::N256, Self::N1024];

    const fn code(self) -> &'static str {
        match self {
            Self::N16 => "16",
            Self::N64 => "64",
            Self::N256 => "256",
            Self::N1024 => "1024",
        }
    }

    /// The number of particles.
    pub const fn n_particles(self) -> usize {
        match self {
            Self::N16 => 16,
            Self::N64 => 64,
            Self::N256 => 256,
            Self::N1024 => 1024,
        }
    }
}

/// How much time passes on the stage in a second, where the reader's machine can.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Speed {
    /// Slow enough to follow one particle.
    Slow,
    /// A liquid freezes in some seconds.
    #[default]
    Normal,
    /// Three times that.
    Fast,
}

impl Speed {
    const ALL: [Self; 3] = [Self::Slow, Self::Normal, Self::Fast];

    const fn code(self) -> &'static str {
        match self {
            Self::Slow => "slow",
            Self::Normal => "normal",
            Self::Fast => "fast",
        }
    }

    /// In units of the particles' time.
    const fn time_per_second(self) -> f64 {
        match self {
            Self::Slow => 1.5,
            Self::Normal => 7.5,
            Self::Fast => 22.0,
        }
    }
}

const SHOWS: [Show; 3] = [Show::Particles, Show::Bonds, Show::Defects];

const fn show_code(show: Show) -> &'static str {
    match show {
        Show::Particles => "particles",
        Show::Bonds => "bonds",
        Show::Defects => "defects",
    }
}

/// All that the reader can change.
#[derive(Clone, Debug, PartialEq)]
pub struct Controls {
    /// How many particles.
    pub size: Size,
    /// Temperature of the bath; a little below freezing if `None`.
    pub bath: Option<f64>,
    /// How fast time passes.
    pub speed: Speed,
    /// What the stage shows.
    pub show: Show,
    /// Seed of the experiment.
    pub seed: u32,
}

impl Default for Controls {
    fn default() -> Self {
        Self {
            size: Size::default(),
            bath: None,
            speed: Speed::default(),
            show: Show::default(),
            seed: FIRST_SEED,
        }
    }
}

const FIRST_SEED: u32 = 1;
const LAST_SEED: u32 = 9999;
/// Ends of the temperature: those of the measured curve.
const BATHS: (f64, f64) = (0.3, 0.7);

impl crate::figure::Controls for Controls {
    fn to_state(&self) -> State {
        let default = Self::default();
        State::default()
            .with_if(self.size != default.size, "n", self.size.code())
            .with_if(self.bath.is_some(), "t", format!("{:.3}", self.bath.unwrap_or_default()))
            .with_if(self.speed != default.speed, "speed", self.speed.code())
            .with_if(self.show != default.show, "show", show_code(self.show))
            .with_if(self.seed != default.seed, "seed", self.seed)
    }

    fn from_state(state: &State) -> Self {
        let seeds = f64::from(FIRST_SEED)..=f64::from(LAST_SEED);
        Self {
            size: state.choice("n", &Size::ALL, Size::code).unwrap_or_default(),
            bath: state.number("t", BATHS.0..=BATHS.1),
            speed: state.choice("speed", &Speed::ALL, Speed::code).unwrap_or_default(),
            show: state.choice("show", &SHOWS, show_code).unwrap_or_default(),
            seed: state.number("seed", seeds).map_or(FIRST_SEED, |seed| seed as u32),
        }
    }
}

/// One of the numbers of a state.
type Quantity = fn(&Point) -> f64;

/// What the project measured for one number of particles, from cold to hot.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// While the temperature was lowered by steps.
    pub cooling: Vec<Point>,
    /// While it was raised by steps.
    pub heating: Vec<Point>,
}

/// Plain numbers to draw.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// How many particles.
    pub n_particles: usize,
    /// Temperature of the bath.
    pub bath: f64,
    /// The measured curve.
    pub curve: Curve,
    /// What the experiment here has visited.
    pub visited: Vec<Visited>,
    /// Where it is now, in the page.
    pub now: Option<Point>,
    /// The particles, where the picture shows them too: as recorded, or as they were at the last visited state.
    pub still: Option<Snapshot>,
}

/// Name of the table of the measured curve.
const CURVE: &str = "freezing-curve";
/// Name of the table of the recorded moment.
const STILL: &str = "freezing-still";
/// The sizes of GPT-3, on the axis of the figure `emergence`.
const SIZES: &str = "gpt3-sizes";

/// How far around the transition, in temperature, the two rulers are compared.
const AROUND: f64 = 0.02;

/// The measured curve of a table; none if it does not hold both directions.
fn measured_curve(table: &chapter::DataTable, n_particles: usize) -> Option<Curve> {
    let [mut cooling, mut heating] = [Vec::new(), Vec::new()];
    for row in &table.rows {
        let &[n, direction, temperature, order, energy] = &row.values[..] else { continue };
        if n == n_particles as f64 {
            let points = if direction > 0.5 { &mut heating } else { &mut cooling };
            points.push(Point { temperature, order, energy });
        }
    }
    // The descent was written from hot to cold.
    cooling.reverse();
    (cooling.len() > 1 && heating.len() > 1).then_some(Curve { cooling, heating })
}

/// Where the order of a curve falls through one half.
fn half_order(points: &[Point]) -> f64 {
    let pair = points.windows(2).find(|pair| pair[0].order >= 0.5 && pair[1].order < 0.5);
    pair.map_or(BATHS.0, |pair| {
        let [cold, hot] = [pair[0], pair[1]];
        let share = (cold.order - 0.5) / (cold.order - hot.order);
        cold.temperature + share * (hot.temperature - cold.temperature)
    })
}

/// The bath in which the figure begins: the liquid of this size freezes in it within some seconds.
fn default_bath(curve: &Curve) -> f64 {
    let below = half_order(&curve.cooling) - 0.04;
    ((below * 100.0).round() / 100.0).clamp(BATHS.0, BATHS.1)
}

impl Curve {
    /// Temperatures at which half of the order is gained on cooling, and lost on heating.
    pub fn freezing_and_melting(&self) -> (f64, f64) {
        (half_order(&self.cooling), half_order(&self.heating))
    }

    /// The share, 0 to 1, of its whole change that a quantity makes close to the transition; both directions' mean.
    pub fn share_around_transition(&self, quantity: Quantity) -> f64 {
        let of = |points: &[Point]| {
            let middle = half_order(points);
            let at = |temperature: f64| {
                let pair = points.windows(2).find(|pair| temperature <= pair[1].temperature)?;
                let [cold, hot] = [&pair[0], &pair[1]];
                let share = (temperature - cold.temperature) / (hot.temperature - cold.temperature);
                Some(quantity(cold) + share * (quantity(hot) - quantity(cold)))
            };
            let change = at(middle + AROUND)? - at(middle - AROUND)?;
            Some(change / (quantity(points.last()?) - quantity(points.first()?)))
        };
        let both = of(&self.cooling).zip(of(&self.heating));
        both.map_or(0.0, |(cooling, heating)| f64::midpoint(cooling, heating))
    }
}

impl Figure for Freezing {
    const ID: FigureId = FigureId::Freezing;
    const MEASUREMENTS: Option<&'static str> = Some("crates/particles/data/freezing_curve.csv");
    const FACTS: &'static [&'static str] = &[];
    const TABLES: &'static [&'static str] = &[SIZES];

    type Body = Body;
    type Controls = Controls;
    type View = View;

    #[cfg(not(target_arch = "wasm32"))]
    fn made() -> Vec<(String, chapter::DataTable)> {
        recorded::tables()
    }

    fn view(controls: &Controls, data: &FigureData) -> Result<View, FigureError> {
        let n_particles = controls.size.n_particles();
        let curve = measured_curve(data.table(CURVE)?, n_particles)
            .ok_or_else(|| FigureError::Missing(format!("{CURVE}, {n_particles}")))?;
        let visited = data.table(VISITED).map_or_else(|_| Vec::new(), visited);
        let still = data.table(NOW).or_else(|_| data.table(STILL))?;
        Ok(View {
            n_particles,
            bath: controls.bath.unwrap_or_else(|| default_bath(&curve)),
            curve,
            visited,
            now: None,
            still: Snapshot::from_table(still),
        })
    }

    fn frame(_: &View, look: &Look) -> Frame {
        order_frame(look)
    }

    fn draw(view: &View, picture: &Picture<'_>, look: &Look) -> Result<(), DrawError> {
        let Some(still) = &view.still else { return draw_plots(view, picture, look) };
        let PictureSize { width, height } = look.size;
        let (stage, plots, of_stage, of_plots) = if look.is_narrow() {
            let (above, below) = picture.split_vertically(look.px(0.5 * height));
            let half = PictureSize { width, height: 0.5 * height };
            (above, below, half, half)
        } else {
            let (left, right) = picture.split_horizontally(look.px(0.5 * width));
            let half = PictureSize { width: 0.5 * width, height };
            (left, right, half, half)
        };
        draw_still(still, &stage, &Look { size: of_stage, ..*look })?;
        draw_plots(view, &plots, &Look { size: of_plots, ..*look })
    }

    fn describe(view: &View, language: Language) -> String {
        words::description(view, language)
    }

    fn series(view: &View, language: Language) -> Vec<Series> {
        let series = |heating: bool, provenance: Provenance, points: Vec<Point>| Series {
            name: words::series(heating, provenance, language).to_owned(),
            provenance,
            source: Self::MEASUREMENTS.filter(|_| provenance == Provenance::Project).map(str::to_owned),
            columns: words::columns(language).map(|name| (name.to_owned(), Unit::One)).to_vec(),
            rows: points
                .iter()
                .map(|point| (String::new(), vec![point.temperature, point.order, point.energy]))
                .collect(),
        };
        let here = |heating: bool| -> Vec<Point> {
            view.visited.iter().filter(|one| one.heating == heating).map(|one| one.point).collect()
        };
        let mut all = vec![
            series(false, Provenance::Project, view.curve.cooling.clone()),
            series(true, Provenance::Project, view.curve.heating.clone()),
        ];
        let visited = [false, true].map(|heating| series(heating, Provenance::Here, here(heating)));
        all.extend(visited.into_iter().filter(|series| !series.rows.is_empty()));
        all
    }
}

fn visited(table: &chapter::DataTable) -> Vec<Visited> {
    let rows = table.rows.iter().filter_map(|row| {
        let &[heating, temperature, order, energy] = &row.values[..] else { return None };
        Some(Visited { heating: heating > 0.5, point: Point { temperature, order, energy } })
    });
    rows.collect()
}

fn temperatures() -> Scale {
    Scale::linear(BATHS.0 - 0.01, BATHS.1 + 0.01)
}

fn order_frame(look: &Look) -> Frame {
    Frame::new(temperatures(), Scale::linear(0.0, 1.0), look).part(0, 2)
}

/// Both rulers over one axis of temperature: order above, energy below.
fn draw_plots(view: &View, picture: &Picture<'_>, look: &Look) -> Result<(), DrawError> {
    let Curve { cooling, heating } = &view.curve;
    let both = || cooling.iter().chain(heating);
    let low = both().map(|point| point.energy).fold(f64::INFINITY, f64::min);
    let high = both().map(|point| point.energy).fold(f64::NEG_INFINITY, f64::max);
    // Out to whole numbers: a small picture has room for little more than their marks.
    let energies = Scale::linear(low.floor(), high.ceil());
    let energy_frame = Frame::new(temperatures(), energies, look).part(1, 2);
    let order: Quantity = |point| point.order;
    let energy: Quantity = |point| point.energy;
    let rulers = [
        (order_frame(look), order, words::order_axis(look.language)),
        (energy_frame, energy, words::energy_axis(look.language)),
    ];
    for (index, (frame, quantity, title)) in rulers.into_iter().enumerate() {
        let is_lowest = index == 1;
        Axes {
            x: Axis {
                title: if is_lowest { words::temperature_axis(look.language) } else { "" },
                format: &|value| if is_lowest { mark(value) } else { String::new() },
            },
            y: Axis { title, format: &mark },
        }
        .draw(picture, &frame, look)?;
        let plot = Plot::new(picture, &frame, look);
        plot.rule((view.bath, frame.y.low()), (view.bath, frame.y.high()), look.palette.muted)?;
        let colors = [look.palette.published, look.palette.accent];
        for (points, color) in [cooling, heating].into_iter().zip(colors) {
            let points: Vec<_> = points.iter().map(|point| (point.temperature, quantity(point))).collect();
            plot.curve(&points, color, 2.0)?;
        }
        let inside = |value: f64| value.clamp(frame.y.low(), frame.y.high());
        for Visited { heating, point } in &view.visited {
            plot.dot((point.temperature, inside(quantity(point))), 2.5, colors[usize::from(*heating)])?;
        }
        if let Some(now) = &view.now {
            plot.ring((now.temperature, inside(quantity(now))), 5.0, look.palette.mark)?;
        }
    }
    Ok(())
}

/// The particles in the middle of a picture.
fn draw_still(still: &Snapshot, picture: &Picture<'_>, look: &Look) -> Result<(), DrawError> {
    let [width, height] = still.sides;
    let margin = 2.0 * RADIUS;
    let scale = (look.size.width / (width + margin)).min(look.size.height / (height + margin));
    let left = 0.5 * (look.size.width - scale * width);
    let top = 0.5 * (look.size.height - scale * height);
    for (&[x, y], &order) in still.positions.iter().zip(&still.order) {
        let at = (look.px(left + scale * x), look.px(top + scale * y));
        let color = look.palette.order[step(order, look.palette.order.len())];
        picture.draw(&Circle::new(at, look.stroke(RADIUS * scale), color.filled()))?;
    }
    Ok(())
}

/// Controls, stage, plots and readouts.
#[component]
pub fn Body(props: &BodyProps<Freezing>) -> Html {
    let BodyProps { data, controls, resets, .. } = props;
    let language = props.language;
    let stage = use_node_ref();
    let canvas = use_node_ref();
    let size = use_element_size(&stage);
    let palette = use_palette();
    let plays = use_state_eq(|| !browser::prefers_reduced_motion());
    let redraw = use_force_update();
    let lab = use_memo((), |()| RefCell::new(Lab::default()));
    let animation = use_mut_ref(|| None::<Animation>);

    // The shell asks for the same view and has shown the reason if there is none.
    let view = Freezing::view(controls, data).ok();
    let begins_at = view.as_ref().map(|view| view.bath);

    // Another size, seed or run: another experiment.
    let run = (controls.size.n_particles(), controls.seed, *resets);
    {
        let mut lab = lab.borrow_mut();
        lab.steer(Steering {
            time_per_second: controls.speed.time_per_second(),
            show: controls.show,
            palette,
            size,
            on_measured: Some(props.on_measured.clone()),
            on_bath: props.edit(|controls, bath| controls.bath = Some(bath)),
        });
        if let Some(bath) = begins_at {
            let is_recorded = (controls.size, controls.seed) == (Size::default(), FIRST_SEED);
            let moment = data.table(STILL).ok().filter(|_| is_recorded).and_then(Snapshot::from_table);
            lab.begin(run, bath, moment.as_ref());
        }
    }
    let measured_run = use_mut_ref(|| run);
    use_effect_with(run, {
        let on_measured = props.on_measured.clone();
        move |run| {
            if measured_run.replace(*run) != *run {
                on_measured.emit(Vec::new());
            }
        }
    });
    use_effect_with((), {
        let (lab, canvas) = (Rc::clone(&lab), canvas.clone());
        move |()| {
            if let Some(canvas) = canvas.cast::<HtmlCanvasElement>() {
                lab.borrow_mut().attach(canvas);
            }
        }
    });
    use_effect_with(begins_at, {
        let lab = Rc::clone(&lab);
        move |bath| {
            if let Some(bath) = bath {
                lab.borrow_mut().set_bath(*bath);
            }
        }
    });
    use_effect_with((), {
        let (lab, animation, stage) = (Rc::clone(&lab), animation.clone(), stage.clone());
        move |()| {
            *animation.borrow_mut() = stage.cast::<Element>().map(|element| {
                Animation::new(&element, move |elapsed| Lab::frame(&lab, elapsed), tell_running)
            });
            move || drop(animation.take())
        }
    });
    use_effect_with(*plays, {
        let animation = animation.clone();
        move |&plays| {
            if let Some(animation) = &*animation.borrow() {
                animation.set_wanted(plays);
            }
        }
    });
    // While nothing moves, a change of look is painted here.
    use_effect({
        let lab = Rc::clone(&lab);
        move || lab.borrow_mut().paint()
    });

    let (Some(mut view), Some((bath, measured))) = (view, lab.borrow().measured()) else {
        return Html::default();
    };
    view.bath = bath;
    view.now = Some(Point { temperature: bath, order: measured.order, energy: measured.energy });
    let still = view.still.take();
    let sizes = data.table(SIZES).ok().and_then(|sizes| sizes.column("params")).unwrap_or_default();
    let (freezing, melting) = view.curve.freezing_and_melting();
    let readout = |label, value| Readout { label, value };

    let set_bath = {
        let (lab, edit) = (Rc::clone(&lab), props.edit(|controls, bath| controls.bath = Some(bath)));
        Callback::from(move |bath: f64| {
            lab.borrow_mut().set_bath(bath);
            edit.emit(bath);
        })
    };
    let toggle = {
        let plays = plays.clone();
        Callback::from(move |_: MouseEvent| plays.set(!*plays))
    };
    let one_step = {
        let (lab, redraw) = (Rc::clone(&lab), redraw.clone());
        Callback::from(move |_: MouseEvent| {
            Lab::advance(&lab, STEPS_BY_HAND);
            redraw.force_update();
        })
    };
    let anneal = {
        let (lab, plays, redraw) = (Rc::clone(&lab), plays.clone(), redraw.clone());
        Callback::from(move |_: MouseEvent| {
            lab.borrow_mut().anneal(melting - AROUND, BATHS.0);
            plays.set(true);
            redraw.force_update();
        })
    };
    let jump = |bath: f64| {
        let plays = plays.clone();
        set_bath.reform(move |_: MouseEvent| {
            plays.set(true);
            bath
        })
    };
    let chip = |label: &'static str, onclick: Callback<MouseEvent>| {
        html! { <button type="button" class="chip" {onclick}>{ label }</button> }
    };

    html! {
        <>
            <div class="freezing">
                <div class="freezing__stage" ref={stage} role="img" aria-label={words::stage(language)}
                    onpointerdown={held(&lab)} onpointermove={held(&lab)} onpointerup={released(&lab)}
                    onpointercancel={released(&lab)} onpointerleave={released(&lab)}
                >
                    { picture(&canvas, still) }
                </div>
                <div class="freezing__bath">
                    <div class="controls">
                        { Slider {
                            label: html! { words::temperature(language) },
                            value: bath,
                            min: BATHS.0,
                            max: BATHS.1,
                            step: 0.005,
                            text: fixed(bath, 3),
                            on_input: set_bath.clone(),
                        }.view() }
                    </div>
                    <div class="chips">
                        { chip(words::quench(language), jump(BATHS.0)) }
                        { chip(words::anneal(language), anneal) }
                        { chip(words::melt(language), jump(BATHS.1)) }
                    </div>
                    <div class="chips">
                        { chip(if *plays { words::pause(language) } else { words::play(language) }, toggle) }
                        if !*plays { { chip(words::step(language), one_step) } }
                        { chip(words::again(language), props.edit(|controls, _: MouseEvent| {
                            controls.seed = controls.seed % LAST_SEED + 1;
                        })) }
                    </div>
                </div>
            </div>
            { readouts([
                readout(words::order(language), fixed(measured.order, 2)),
                readout(words::energy(language), fixed(measured.energy, 2)),
                readout(words::density(language), fixed(measured.density, 3)),
                readout(words::defects(language), format!("{:.0}%", 100.0 * measured.defects)),
            ]) }
            <PlotCanvas
                drawing={Drawing::of::<Freezing>(view.clone())}
                {language}
                label={words::temperature(language)}
                value_text={fixed(bath, 3)}
                value={bath}
                min={BATHS.0}
                max={BATHS.1}
                step={0.01}
                on_value={set_bath.clone()}
                on_point={set_bath.reform(|(bath, _): (f64, f64)| bath.clamp(BATHS.0, BATHS.1))}
            />
            { remark(words::rulers(&view, freezing, melting, language)) }
            <div class="controls">
                { Segmented {
                    label: words::n_particles(language),
                    name: "freezing-n",
                    choices: Size::ALL.map(Size::code).to_vec(),
                    selected: index_of(&Size::ALL, &controls.size),
                    on_select: props.edit(|controls, index| controls.size = Size::ALL[index]),
                }.view() }
                { Segmented {
                    label: words::shows(language),
                    name: "freezing-show",
                    choices: SHOWS.map(|show| words::show(show, language)).to_vec(),
                    selected: index_of(&SHOWS, &controls.show),
                    on_select: props.edit(|controls, index| controls.show = SHOWS[index]),
                }.view() }
                { Segmented {
                    label: words::speed(language),
                    name: "freezing-speed",
                    choices: Speed::ALL.map(|speed| words::speeds(speed, language)).to_vec(),
                    selected: index_of(&Speed::ALL, &controls.speed),
                    on_select: props.edit(|controls, index| controls.speed = Speed::ALL[index]),
                }.view() }
            </div>
            { legend(legend_entries(language), language) }
            if let [smallest, .., largest] = sizes[..] {
                { analogy::analogy(bath, [smallest, largest], language) }
            }
        </>
    }
}

/// The number at a mark of an axis, with a second decimal where it has one.
fn mark(value: f64) -> String {
    let written = fixed(value, 2);
    written.strip_suffix('0').map_or(written.clone(), str::to_owned)
}

fn fixed(value: f64, digits: usize) -> String {
    format!("{value:.digits$}").replace('-', "−")
}

/// The canvas of the page.
#[cfg(target_arch = "wasm32")]
fn picture(canvas: &NodeRef, _: Option<Snapshot>) -> Html {
    html! { <canvas class="freezing__canvas" aria-hidden="true" ref={canvas}></canvas> }
}

/// The recorded moment.
#[cfg(not(target_arch = "wasm32"))]
fn picture(_: &NodeRef, still: Option<Snapshot>) -> Html {
    let svg = still.map(|still| crate::stage::svg(&still, "freezing__canvas"));
    svg.map(|svg| Html::from_html_unchecked(svg.into())).unwrap_or_default()
}

/// The figure's state as its frame tells it.
fn tell_running(running: bool) {
    if let Some(frame) = figure_events::element(Freezing::ID) {
        browser::set_attribute(&frame, "data-state", if running { "running" } else { "ready" });
    }
}

/// A pointer that is pressed takes the particles along.
fn held(lab: &Rc<RefCell<Lab>>) -> Callback<PointerEvent> {
    let lab = Rc::clone(lab);
    Callback::from(move |event: PointerEvent| {
        if event.buttons() & 1 == 1 {
            let at = [f64::from(event.offset_x()), f64::from(event.offset_y())];
            lab.borrow_mut().drag(at, event.time_stamp());
        }
    })
}

fn released(lab: &Rc<RefCell<Lab>>) -> Callback<PointerEvent> {
    let lab = Rc::clone(lab);
    Callback::from(move |_: PointerEvent| lab.borrow_mut().release())
}

fn legend_entries(language: Language) -> Vec<LegendEntry> {
    let entry = |line, name: &str, provenance| LegendEntry { line, name: name.to_owned(), provenance };
    vec![
        entry(Line::Published, words::series(false, Provenance::Project, language), Provenance::Project),
        entry(Line::Accent, words::series(true, Provenance::Project, language), Provenance::Project),
        entry(Line::Mark, words::dots(language), Provenance::Here),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Controls as _;

    fn view(state: &str) -> View {
        let controls = Controls::from_state(&State::parse(state));
        Freezing::view(&controls, &FigureData::of::<Freezing>()).unwrap()
    }

    #[test]
    fn a_state_and_its_address_are_the_same() {
        for state in ["n=1024&t=0.450&speed=fast&show=bonds&seed=7", "n=16&show=defects", "t=0.300"] {
            let controls = Controls::from_state(&State::parse(state));
            assert_eq!(controls.to_state().to_string(), state);
        }
    }

    #[test]
    fn the_figure_begins_below_freezing_with_half_the_order() {
        let view = view("");
        let (freezing, melting) = view.curve.freezing_and_melting();
        assert!(view.bath < freezing && freezing < melting, "{} {freezing} {melting}", view.bath);
        let still = view.still.unwrap();
        assert_eq!(still.positions.len(), view.n_particles);
        let ordered = still.order.iter().filter(|&&order| step(order, 6) >= 3).count();
        assert!((64..224).contains(&ordered), "{ordered} of 256 ordered");
    }

    #[test]
    fn order_jumps_where_energy_moves_less_and_only_in_large_systems() {
        let shares = |n: &str| {
            let curve = view(n).curve;
            let share = |quantity: Quantity| curve.share_around_transition(quantity);
            (share(|point| point.order), share(|point| point.energy))
        };
        let (small, large) = (shares("n=16"), shares("n=1024"));
        assert!(large.0 > 0.6 && large.0 > 1.5 * large.1, "{large:?}");
        assert!(small.0 < 0.4, "{small:?}");
    }

    #[test]
    fn marks_say_what_they_stand_at() {
        let written = [0.3, 0.35, 1.0, -2.5, 0.1 + 0.2].map(mark);
        assert_eq!(written, ["0.3", "0.35", "1.0", "−2.5", "0.3"]);
    }

    #[test]
    fn what_was_measured_here_is_exported() {
        let mut experiment = crate::stage::Experiment::liquid(64, 0.3, 1).unwrap();
        experiment.advance(4_000);
        let data = FigureData::of::<Freezing>();
        let more = data.with_tables(vec![
            (VISITED.to_owned(), experiment.visited()),
            (NOW.to_owned(), experiment.snapshot().to_table(Provenance::Here)),
        ]);
        let view = Freezing::view(&Controls::default(), &more).unwrap();
        assert!(!view.visited.is_empty());
        assert_eq!(view.still.as_ref().unwrap().positions.len(), 64);
        let here = |one: &Series| one.provenance == Provenance::Here;
        assert!(Freezing::series(&view, Language::En).iter().any(here));
        assert!(!Freezing::series(&self::view(""), Language::En).iter().any(here));
    }
}
