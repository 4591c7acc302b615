//! A small transformer that learns to copy while the reader looks on, by two heads that form within some forty steps.
//!
//! What to see: the loss of what could be copied hardly falls at first, and then drops at once, in the very steps in which
//! one head begins to look at the token before and another at what followed the last time. Without the layer below, with
//! narrow heads or with uneven tokens there is no cliff; with one fixed period there is a cliff without the heads.
//! Computed by the lab (`crates/worker`) here in the page, beside a run that the project recorded with the same code.

use std::cell::RefCell;
use std::rc::Rc;

use chapter::{FigureId, Language, Provenance, Unit};
use gloo::timers::callback::Timeout;
use tasks::Token;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::components::{
    Failure, Guessed, LegendEntry, Line, PlotCanvas, Readout, Segmented, Select, Slider, guess_bars,
    index_of, legend, readouts, remark,
};
use crate::figure::{BodyProps, Drawing, Figure, FigureData, FigureError, Series, State};
use crate::hooks::use_lab;
use crate::lab::{Attention, Client, Model, Places, Prompt, Variant, Work};
use crate::locale::number::{quantity, scientific, significant};
use crate::locale::words::model_failed;
use crate::page::figure_events;
use crate::plot::{Axes, Axis, Color, DrawError, Frame, Look, Picture, Plot, Scale};
use crate::stage::{row, table};

mod live;
#[cfg(not(target_arch = "wasm32"))]
mod made;
mod maps;
mod words;

use live::{Probe, Progress, Trainer};
use maps::{Maps, attention};

/// The figure `induction-lab`.
#[derive(PartialEq)]
pub struct InductionLab;

/// Seed of the recorded run, and the first of the reader's.
const FIRST_SEED: u64 = 1;
/// Largest seed.
const LAST_SEED: u64 = 999;
/// Steps of a run.
const STEPS: f64 = 450.0;
/// Milliseconds that a slow training rests after a snapshot. The lab has made some more before it hears of it, so that a
/// training takes some seconds.
const REST: u32 = 250;
/// Most heads of a model.
const MAX_HEADS: f64 = 3.0;

/// All that the reader can change.
#[derive(Clone, Debug, PartialEq)]
pub struct Controls {
    /// What is trained.
    pub variant: Variant,
    /// Seed of weights and sequences.
    pub seed: u64,
    /// The step that is looked at; the last there is if `None`.
    pub at: Option<u32>,
    /// The head that is cut off when the trained model copies, layer by layer.
    pub cut: Option<usize>,
    /// Whether training goes as fast as the device can; else so slowly that the eye can follow.
    pub is_fast: bool,
}

impl Default for Controls {
    fn default() -> Self {
        Self { variant: Variant::default(), seed: FIRST_SEED, at: None, cut: None, is_fast: false }
    }
}

impl crate::figure::Controls for Controls {
    fn to_state(&self) -> State {
        State::default()
            .with_if(self.variant != Variant::default(), "model", self.variant.code())
            .with_if(self.seed != FIRST_SEED, "seed", self.seed)
            .with_if(self.at.is_some(), "at", self.at.unwrap_or_default())
            .with_if(self.cut.is_some(), "cut", self.cut.unwrap_or_default())
            .with_if(self.is_fast, "fast", "on")
    }

    fn from_state(state: &State) -> Self {
        let seeds = FIRST_SEED as f64..=LAST_SEED as f64;
        Self {
            variant: state.choice("model", &Variant::ALL, Variant::code).unwrap_or_default(),
            seed: state.number("seed", seeds).map_or(FIRST_SEED, |seed| seed as u64),
            at: state.number("at", 0.0..=STEPS).map(|step| step as u32),
            cut: state.number("cut", 0.0..=MAX_HEADS).map(|head| head as usize),
            is_fast: state.switch("fast").unwrap_or_default(),
        }
    }
}

/// One training step: what its batch showed before the weights changed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// Number of the step.
    pub step: f64,
    /// Mean loss of tokens that could be copied, nats.
    pub loss: f64,
    /// Share of them that were the likeliest.
    pub accuracy: f64,
    /// Prefix-matching score: the best head of the last layer.
    pub prefix: f64,
    /// Previous-token score: the best head of the first layer.
    pub previous: f64,
    /// Floating-point operations of all steps so far.
    pub flops: f64,
}

impl Point {
    fn values(&self) -> [f64; 6] {
        [self.step, self.loss, self.accuracy, self.prefix, self.previous, self.flops]
    }

    fn of(values: &[f64]) -> Option<Self> {
        let &[step, loss, accuracy, prefix, previous, flops] = values else { return None };
        Some(Self { step, loss, accuracy, prefix, previous, flops })
    }
}

/// In how many of the project's runs of a variant the heads formed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counts {
    /// Runs, each from its own seed.
    pub seeds: f64,
    /// Those whose prefix-matching score had passed one half by step 300.
    pub formed: f64,
    /// Those that got nine of ten repeats right at some step.
    pub copied: f64,
}

/// Plain numbers to draw.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// What is trained.
    pub variant: Variant,
    /// Its seed.
    pub seed: u64,
    /// The step that is looked at; the last there is if `None`.
    pub at: Option<u32>,
    /// The recorded run of this variant.
    pub recorded: Vec<Point>,
    /// What was trained here of it, from this seed.
    pub here: Vec<Point>,
    /// The project's twenty runs of the variant.
    pub counts: Counts,
    /// Operations of the training of GPT-3.
    pub gpt3_flops: f64,
}

impl View {
    /// The run that is looked at: the one made here, or else the recorded one.
    fn shown(&self) -> &[Point] {
        if self.here.is_empty() { &self.recorded } else { &self.here }
    }

    /// The point that is looked at.
    fn point(&self) -> Point {
        let step = self.at.map_or(f64::INFINITY, f64::from);
        let shown = self.shown();
        let before = shown.iter().rev().find(|point| point.step <= step);
        before.or(shown.first()).copied().unwrap_or_default()
    }
}

/// Name of the table of the recorded runs: variant; the numbers of a [`Point`].
const CURVES: &str = "induction-curves";
/// Name of the table of recorded attention: tenths; index of the variant, step, head.
const MAPS: &str = "induction-maps";
/// Name of the table of [`Counts`] by variant.
const SEEDS: &str = "induction-seeds";
/// Name of the table of the runs made here: variant; seed, the numbers of a [`Point`].
const HERE: &str = "induction-here";
/// Ends of the axis of the loss: a guess among 28 tokens costs 3.3 nats, and the first weights more.
const LOSSES: (f64, f64) = (0.0, 4.0);

/// What is plotted of a point.
type Quantity = fn(&Point) -> f64;

impl Figure for InductionLab {
    const FACTS: &'static [&'static str] = &[];
    const ID: FigureId = FigureId::InductionLab;
    const MEASUREMENTS: Option<&'static str> = Some("crates/worker/data/induction_curves.csv");
    const TABLES: &'static [&'static str] = &["gpt3-sizes"];
    const TALL: bool = true;

    type Body = Body;
    type Controls = Controls;
    type View = View;

    #[cfg(not(target_arch = "wasm32"))]
    fn made() -> Vec<(String, chapter::DataTable)> {
        made::tables()
    }

    fn view(controls: &Controls, data: &FigureData) -> Result<View, FigureError> {
        let code = controls.variant.code();
        let recorded = data.table(CURVES)?.rows.iter().filter(|row| row.label == code);
        let here = data.table(HERE).map(|table| &table.rows[..]).unwrap_or_default();
        let here = here.iter().filter_map(|row| {
            let (&seed, values) = row.values.split_first()?;
            let is_it = row.label == code && seed == controls.seed as f64;
            is_it.then(|| Point::of(values)).flatten()
        });
        let counts = data.table(SEEDS)?.rows.iter().find(|row| row.label == code);
        let counts = counts.and_then(|row| match row.values[..] {
            [seeds, formed, copied] => Some(Counts { seeds, formed, copied }),
            _ => None,
        });
        let flops = data.table("gpt3-sizes")?.column("flops").and_then(|mut flops| flops.pop());
        Ok(View {
            variant: controls.variant,
            seed: controls.seed,
            at: controls.at,
            recorded: recorded.filter_map(|row| Point::of(&row.values)).collect(),
            here: here.collect(),
            counts: counts.ok_or_else(|| FigureError::Missing(SEEDS.to_owned()))?,
            gpt3_flops: flops.ok_or_else(|| FigureError::Missing("gpt3-sizes.flops".to_owned()))?,
        })
    }

    fn frame(_: &View, look: &Look) -> Frame {
        frame(LOSSES, 0, look)
    }

    fn draw(view: &View, picture: &Picture<'_>, look: &Look) -> Result<(), DrawError> {
        let colors = look.palette;
        let losses: &[(Quantity, Color)] = &[(|point| point.loss, colors.ink)];
        let scores: &[(Quantity, Color)] =
            &[(|point| point.previous, colors.second), (|point| point.prefix, colors.accent)];
        let parts = [
            (frame(LOSSES, 0, look), words::loss_axis(look.language), losses),
            (frame((0.0, 1.0), 1, look), words::score_axis(look.language), scores),
        ];
        let at = view.point();
        for (index, (frame, title, quantities)) in parts.into_iter().enumerate() {
            let is_lowest = index == 1;
            Axes {
                x: Axis {
                    title: if is_lowest { words::step_axis(look.language) } else { "" },
                    format: &|step| if is_lowest { format!("{step}") } else { String::new() },
                },
                y: Axis { title, format: &|value| significant(value, Some(2)) },
            }
            .draw(picture, &frame, look)?;
            let plot = Plot::new(picture, &frame, look);
            plot.rule((at.step, frame.y.low()), (at.step, frame.y.high()), colors.muted)?;
            for &(quantity, color) in quantities {
                let points = |run: &[Point]| -> Vec<(f64, f64)> {
                    let inside = |value: f64| value.clamp(frame.y.low(), frame.y.high());
                    run.iter().map(|point| (point.step, inside(quantity(point)))).collect()
                };
                if !view.here.is_empty() {
                    plot.faint_curve(&points(&view.recorded), color)?;
                }
                plot.curve(&points(view.shown()), color, 2.2)?;
                plot.dot(points(&[at])[0], 5.0, color)?;
            }
        }
        Ok(())
    }

    fn describe(view: &View, language: Language) -> String {
        words::description(view, language)
    }

    fn series(view: &View, language: Language) -> Vec<Series> {
        let units = [Unit::Count, Unit::NatsPerToken, Unit::One, Unit::One, Unit::One, Unit::Flop];
        let columns = words::columns(language).into_iter().map(str::to_owned).zip(units);
        let columns: Vec<_> = columns.collect();
        let series = |provenance, points: &[Point]| Series {
            name: words::run(view, provenance, language),
            provenance,
            source: Self::MEASUREMENTS.filter(|_| provenance == Provenance::Project).map(str::to_owned),
            columns: columns.clone(),
            rows: points.iter().map(|point| (String::new(), point.values().to_vec())).collect(),
        };
        let mut all = vec![series(Provenance::Project, &view.recorded)];
        if !view.here.is_empty() {
            all.push(series(Provenance::Here, &view.here));
        }
        all
    }
}

/// The frame of one of the two plots, over one axis of steps.
fn frame((low, high): (f64, f64), index: usize, look: &Look) -> Frame {
    Frame::new(Scale::linear(0.0, STEPS), Scale::linear(low, high), look).part(index, 2)
}

/// Controls, picture and readouts.
#[component]
pub fn Body(props: &BodyProps<InductionLab>) -> Html {
    let BodyProps { data, controls, .. } = props;
    let language = props.language;
    let trainer = use_mut_ref(Trainer::default);
    let redraw = use_force_update();
    let own_lab = use_mut_ref(|| None::<Client>);
    let is_fast = controls.is_fast;
    let lab = use_lab(InductionLab::ID, {
        let (trainer, redraw, own_lab) = (Rc::clone(&trainer), redraw.clone(), Rc::clone(&own_lab));
        let on_measured = props.on_measured.clone();
        move |report| {
            let mut own = trainer.borrow_mut();
            if own.hear(report) {
                if own.progress == Progress::Running && !is_fast {
                    rest(&own_lab, &trainer);
                }
                let rows = own.points.iter().map(|point| {
                    let seed = own.seed as f64;
                    row(own.variant.code(), [seed].into_iter().chain(point.values()).collect())
                });
                let table = table(Provenance::Here, &[], rows.collect());
                drop(own);
                on_measured.emit(vec![(HERE.to_owned(), table)]);
                redraw.force_update();
            }
        }
    });
    *own_lab.borrow_mut() = Some(lab.clone());
    // Another model or seed is another run: the one that goes on is about nothing on the screen.
    use_effect_with((controls.variant, controls.seed, props.resets), {
        let (trainer, redraw, lab) = (Rc::clone(&trainer), redraw.clone(), lab.clone());
        move |&(variant, seed, _)| {
            let mut own = trainer.borrow_mut();
            if own.progress != Progress::Idle {
                lab.pause();
            }
            *own = Trainer { variant, seed, ..Trainer::default() };
            redraw.force_update();
        }
    });

    // The shell asks for the same view and has shown the reason if there is none.
    let Ok(view) = InductionLab::view(controls, data) else { return Html::default() };
    let own = trainer.borrow();
    let start = {
        let (trainer, redraw, lab) = (Rc::clone(&trainer), redraw.clone(), lab.clone());
        let (variant, seed) = (controls.variant, controls.seed);
        let follow = props.on_change.clone();
        let controls = Controls { at: None, cut: None, ..controls.clone() };
        Callback::from(move |()| {
            let progress = Progress::Running;
            *trainer.borrow_mut() = Trainer { variant, seed, progress, ..Trainer::default() };
            lab.start(Work::Train(variant.recipe(seed)));
            follow.emit(controls.clone());
            redraw.force_update();
        })
    };
    let hold = {
        let (trainer, redraw, lab) = (Rc::clone(&trainer), redraw.clone(), lab.clone());
        Callback::from(move |_: MouseEvent| {
            let mut own = trainer.borrow_mut();
            if own.progress == Progress::Running {
                own.progress = Progress::Paused;
                lab.pause();
            } else {
                own.progress = Progress::Running;
                lab.resume();
            }
            redraw.force_update();
        })
    };
    let last = view.shown().last().map_or(0.0, |point| point.step);
    let set_at = props.edit(|controls, step: f64| controls.at = Some(step.round().clamp(0.0, STEPS) as u32));
    let point = view.point();
    let readout = |label, value| Readout { label, value };
    let reading = words::reading(&view, language);

    html! {
        <>
            <div class="choices">
                { Select {
                    label: words::variant_label(language),
                    choices: Variant::ALL.map(|variant| words::variant(variant, language).into()).to_vec(),
                    selected: index_of(&Variant::ALL, &controls.variant),
                    on_select: props.edit(|controls, index| {
                        let (variant, seed, is_fast) = (Variant::ALL[index], controls.seed, controls.is_fast);
                        *controls = Controls { variant, seed, is_fast, ..Controls::default() };
                    }),
                }.view() }
                { Segmented {
                    label: words::speed_label(language),
                    name: "induction-lab-speed",
                    choices: words::speeds(language).to_vec(),
                    selected: controls.is_fast.into(),
                    on_select: props.edit(|controls, index| controls.is_fast = index == 1),
                }.view() }
            </div>
            { remark(words::prediction(&view, language)) }
            if let Some(reason) = &own.problem {
                <Failure {language} message={model_failed(language)} reason={reason.clone()} on_retry={start} />
            } else {
                <div class="chips">
                    <button type="button" class="button" onclick={start.reform(|_: MouseEvent| ())}>
                        { words::start(own.progress != Progress::Idle, language) }
                    </button>
                    <button type="button" class="button" disabled={!matches!(own.progress, Progress::Running | Progress::Paused)} onclick={hold}>
                        { words::hold(own.progress == Progress::Paused, language) }
                    </button>
                    <button type="button" class="chip" onclick={props.edit(|controls, _: MouseEvent| {
                        controls.seed = controls.seed % LAST_SEED + 1;
                        controls.at = None;
                    })}>{ words::other_seed(controls.seed, language) }</button>
                </div>
            }
            <PlotCanvas
                drawing={Drawing::of::<InductionLab>(view.clone())}
                {language}
                label={words::scrub(language)}
                value_text={reading.clone()}
                value={point.step}
                min={0.0}
                max={last}
                step={5.0}
                on_value={set_at.clone()}
                on_point={set_at.reform(|(step, _): (f64, f64)| step)}
            />
            { Slider {
                label: words::scrub(language).into(),
                value: point.step,
                min: 0.0,
                max: last,
                step: 1.0,
                text: format!("{}", point.step),
                on_input: set_at,
            }.view() }
            { readouts([
                readout(words::loss(language), significant(point.loss, Some(3))),
                readout(words::accuracy(language), quantity(100.0 * point.accuracy, Unit::Percent, Some(2), language)),
                readout(words::previous(language), format!("{:.2}", point.previous)),
                readout(words::prefix(language), format!("{:.2}", point.prefix)),
            ]) }
            { attention(&Maps::new(data, controls, &own, point.step), language) }
            if own.progress == Progress::Done {
                <After client={lab.id().0} variant={controls.variant} cut={controls.cut} {language}
                    on_cut={props.edit(|controls, cut| controls.cut = cut)} />
            }
            { compute(point.flops, view.gpt3_flops, language) }
            { legend(legend_entries(&view, language), language) }
        </>
    }
}

/// Lets a training rest for a moment. Whoever pauses it or begins another meanwhile is not interfered with.
fn rest(lab: &Rc<RefCell<Option<Client>>>, trainer: &Rc<RefCell<Trainer>>) {
    let Some(lab) = lab.borrow().clone() else { return };
    lab.pause();
    let trainer = Rc::clone(trainer);
    let go_on = move || {
        if trainer.borrow().progress == Progress::Running {
            lab.resume();
        }
    };
    Timeout::new(REST, go_on).forget();
}

/// The operations spent so far and those of GPT-3, on one logarithmic axis.
fn compute(spent: f64, gpt3: f64, language: Language) -> Html {
    const LENGTH: f64 = 340.0;
    // From a megaflop to ten times GPT-3.
    let ends = (6.0, gpt3.log10() + 1.0);
    let place = |flops: f64| 10.0 + (LENGTH - 20.0) * (flops.max(1e6).log10() - ends.0) / (ends.1 - ends.0);
    let mark = |flops: f64, class, name: String, anchor| {
        let x = format!("{:.1}", place(flops));
        html! {
            <>
                <circle {class} cx={x.clone()} cy="26" r="5" />
                <text {x} y="14" text-anchor={anchor}>{ name }</text>
            </>
        }
    };
    html! {
        <>
            <p class="segmented__label">{ words::compute(language) }</p>
            <svg class="induction-lab__compute" viewBox={format!("0 0 {LENGTH} 36")} role="img" aria-label={words::compute_text(spent, gpt3, language)}>
                <line x1="4" y1="26" x2={(LENGTH - 4.0).to_string()} y2="26" />
                { mark(spent, "induction-lab__spent", scientific(spent, Some(2)), "middle") }
                { mark(gpt3, "induction-lab__gpt3", format!("GPT-3 {}", scientific(gpt3, Some(3))), "end") }
            </svg>
            { remark(words::compute_text(spent, gpt3, language)) }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct AfterProps {
    /// Whose model it is.
    client: u32,
    variant: Variant,
    /// The head that is cut off.
    cut: Option<usize>,
    on_cut: Callback<Option<usize>>,
    language: Language,
}

/// What can be done with the trained model: cut off a head, and type a sequence.
#[component]
fn After(props: &AfterProps) -> Html {
    let language = props.language;
    let probe = use_mut_ref(Probe::default);
    let redraw = use_force_update();
    let listen = || {
        let (probe, redraw) = (Rc::clone(&probe), redraw.clone());
        move |report| {
            probe.borrow_mut().hear(report);
            redraw.force_update();
        }
    };
    let copier = use_lab(InductionLab::ID, listen());
    let reader = use_lab(InductionLab::ID, listen());
    // Ten letters that begin again: what follows is known only to who has read them before.
    let text = use_state_eq(|| "knowbridgeknowbri".to_owned());

    let n_head = usize::from(props.variant.recipe(FIRST_SEED).n_head);
    let head = |index: usize| ((index / n_head) as u8, (index % n_head) as u8);
    let ablated: Vec<(u8, u8)> = props.cut.map(head).into_iter().collect();
    let client = crate::lab::ClientId(props.client);
    use_effect_with((client.0, ablated.clone()), {
        let copier: Client = copier;
        move |(_, ablated)| copier.start(Work::Copy { trainer: client, ablated: ablated.clone(), seed: 1 })
    });
    use_effect_with((client.0, ablated, (*text).clone()), {
        let reader: Client = reader;
        move |(_, ablated, text)| {
            let prompt = letters(text);
            if !prompt.is_empty() {
                reader.start(Work::Read {
                    model: Model::Trained(client),
                    prompt: Prompt::Tokens(prompt),
                    ablated: ablated.clone(),
                    top: 3,
                    places: Places::Last,
                    attention: Attention::None,
                });
            }
        }
    });
    let own = probe.borrow();
    let n_heads = n_head * usize::from(props.variant.recipe(FIRST_SEED).n_layer);
    let cut = |index: usize| {
        let is_cut = props.cut == Some(index);
        let onclick = props.on_cut.reform(move |_: MouseEvent| (!is_cut).then_some(index));
        html! {
            <button type="button" class="chip" aria-pressed={is_cut.to_string()} {onclick}>
                { words::cut(head(index), language) }
            </button>
        }
    };
    let oninput = {
        let text = text.clone();
        Callback::from(move |event: InputEvent| {
            text.set(event.target_unchecked_into::<HtmlInputElement>().value());
        })
    };
    let names: Vec<String> = own.guesses.iter().map(|guess| letter(guess.token).to_string()).collect();
    let guesses = own.guesses.iter().zip(&names).map(|(guess, name)| Guessed {
        word: name,
        prob: guess.prob.into(),
        is_right: false,
    });
    html! {
        <>
            <p class="segmented__label">{ words::after(language) }</p>
            <div class="chips">{ for (0..n_heads).map(cut) }</div>
            if let Some(reason) = &own.problem {
                { remark(reason.clone()) }
            }
            { remark(words::copying(own.copying, props.cut.is_some(), language)) }
            <label class="induction-lab__typed">
                <span class="slider__label">{ words::typed(language) }</span>
                <input type="text" maxlength="32" autocomplete="off" autocapitalize="off" spellcheck="false"
                    value={(*text).clone()} {oninput} />
            </label>
            { guess_bars(guesses, true) }
            // An embedded figure stands alone.
            if figure_events::element(FigureId::FewShot).is_some() {
                <p><a href={format!("#fig-{}", FigureId::FewShot.slug())}>{ words::same_circuit(language) }</a></p>
            }
        </>
    }
}

/// The tokens of letters that a reader typed; what is no letter is passed over.
fn letters(text: &str) -> Vec<Token> {
    let letters = text.chars().map(|letter| letter.to_ascii_lowercase()).filter(char::is_ascii_lowercase);
    letters.map(|letter| Token::from(letter as u8 - b'a')).collect()
}

/// A token as a letter; the last two of the 28 are no letters.
fn letter(token: Token) -> char {
    char::from_u32(u32::from(b'a') + u32::from(token)).filter(char::is_ascii_lowercase).unwrap_or('·')
}

fn legend_entries(view: &View, language: Language) -> Vec<LegendEntry> {
    let provenance = if view.here.is_empty() { Provenance::Project } else { Provenance::Here };
    let entry = |line, name: &str| LegendEntry { line, name: name.to_owned(), provenance };
    let mut entries = vec![
        entry(Line::MarkLine, words::loss(language)),
        entry(Line::Second, words::previous(language)),
        entry(Line::Accent, words::prefix(language)),
    ];
    if !view.here.is_empty() {
        let name = words::run(view, Provenance::Project, language);
        entries.push(LegendEntry { line: Line::Muted, name, provenance: Provenance::Project });
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Controls as _;

    fn view(state: &str) -> View {
        let data = FigureData::of::<InductionLab>();
        InductionLab::view(&Controls::from_state(&State::parse(state)), &data).unwrap()
    }

    /// The largest fall of the loss within forty steps.
    fn cliff(points: &[Point]) -> f64 {
        let falls = points.iter().flat_map(|from| {
            let near = points.iter().filter(|to| (0.0..=40.0).contains(&(to.step - from.step)));
            near.map(|to| from.loss - to.loss)
        });
        falls.fold(0.0, f64::max)
    }

    #[test]
    fn loss_and_heads_change_together_in_the_recorded_run() {
        let run = view("").recorded;
        let half = run.iter().find(|point| point.prefix > 0.5).unwrap().step;
        assert!((140.0..300.0).contains(&half), "{half}");
        assert!(cliff(&run) > 1.2, "{}", cliff(&run));
        let near = |step: f64| run.iter().find(|point| point.step >= step).unwrap();
        assert!(near(half + 40.0).prefix - near(half - 40.0).prefix > 0.4);
        assert!(near(half + 40.0).previous > 2.0 * near(half - 40.0).previous);
    }

    #[test]
    fn each_variant_fails_in_its_own_way() {
        assert!(view("").counts.formed >= 18.0);
        for variant in ["one-layer", "narrow-heads", "zipf"] {
            let view = view(&format!("model={variant}"));
            assert!(view.counts.formed <= 3.0, "{variant}: {:?}", view.counts);
            assert!(view.recorded.last().unwrap().accuracy < 0.5, "{variant}");
        }
        assert_eq!(view("model=one-layer").counts.formed, 0.0);
        // The cheat mostly copies all the same, without the head.
        let cheat = view("model=fixed-period");
        assert!(cheat.counts.formed <= 1.0 && cheat.counts.copied > 15.0, "{:?}", cheat.counts);
        assert!(cheat.recorded.last().unwrap().accuracy > 0.99);
    }

    #[test]
    fn what_is_trained_here_is_shown_for_its_own_seed_only() {
        let here = Point { step: 7.0, loss: 2.0, flops: 1e9, ..Point::default() };
        let values = [4.0].into_iter().chain(here.values()).collect();
        let rows = vec![row(Variant::TwoLayers.code(), values)];
        let data = FigureData::of::<InductionLab>()
            .with_tables(vec![(HERE.to_owned(), table(Provenance::Here, &[], rows))]);
        let view =
            |state: &str| InductionLab::view(&Controls::from_state(&State::parse(state)), &data).unwrap();
        assert_eq!(view("seed=4").here, [here]);
        assert_eq!(view("seed=4").point(), here);
        assert!(view("seed=5").here.is_empty() && view("seed=4&model=zipf").here.is_empty());
        assert_eq!(InductionLab::series(&view("seed=4"), Language::En)[1].provenance, Provenance::Here);
    }

    #[test]
    fn the_scrubber_finds_the_last_step_before_it() {
        assert_eq!(view("at=103").point().step, 100.0);
        assert_eq!(view("").point().step, 449.0);
        assert_eq!(view("at=0").point().step, 0.0);
    }

    #[test]
    fn a_state_and_its_address_are_the_same() {
        for state in ["", "model=one-layer&seed=12&at=180&cut=1&fast=on"] {
            assert_eq!(Controls::from_state(&State::parse(state)).to_state().to_string(), state);
        }
        let bad = Controls::from_state(&State::parse("model=x&seed=-3&at=1e9&cut=no"));
        assert_eq!(bad, Controls { at: Some(450), ..Controls::default() });
    }

    #[test]
    fn letters_are_tokens_and_back() {
        assert_eq!(letters("a Z!b"), [0, 25, 1]);
        assert_eq!([0, 25, 26, 27].map(letter), ['a', 'z', '·', '·']);
    }
}
