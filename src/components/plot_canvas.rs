//! A chart that can be explored: by pointer, by touch and by keyboard.
//!
//! In the page the chart is a canvas; at build time it is its SVG twin, in a wide and a narrow layout of which the
//! style sheet shows the one that fits.
//!
//! While a pointer drags, the picture follows each of its moves, and everything else (readouts, sliders, the words for
//! those who do not see) a few times a second: a redraw of all of it would take three times as long.

use std::rc::Rc;

use chapter::Language;
use gloo::timers::callback::Timeout;
use yew::prelude::*;

use crate::figure::Drawing;
use crate::hooks::{use_element_size, use_palette};
use crate::plot::{Look, Palette, Size};

/// Movement of a finger, CSS pixels, that tells a sideways drag from a scroll or a tap.
const DRAG_THRESHOLD: f64 = 6.0;

/// How long everything but the picture may lag behind a drag, milliseconds: what is read still seems to follow.
const LAG: f64 = 100.0;

/// Properties of [`PlotCanvas`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What to draw: a figure's view, by [`Drawing::of`].
    pub drawing: Drawing,
    /// The reader's language.
    pub language: Language,
    /// Name of what the reader moves.
    pub label: AttrValue,
    /// Its value in words.
    pub value_text: AttrValue,
    /// Its value, in the steps of the arrow keys.
    pub value: f64,
    /// Smallest value.
    pub min: f64,
    /// Largest value.
    pub max: f64,
    /// Step of the arrow keys; the page keys move ten.
    pub step: f64,
    /// Called with a new value from the keyboard.
    pub on_value: Callback<f64>,
    /// Called with the horizontal and the vertical value under the pointer.
    pub on_point: Callback<(f64, f64)>,
    /// What would be drawn for such a place. With it `on_point` may be called for some places of a drag only: for the
    /// first, then a few times a second, and for the last.
    #[prop_or_default]
    pub preview: Option<Callback<(f64, f64), Option<Drawing>>>,
    /// Called with the same before the first `on_point` of each drag or tap: the place that was taken hold of.
    #[prop_or_default]
    pub on_hold: Callback<(f64, f64)>,
    /// Called with 1 or -1 steps for the arrows up and down, where they mean something else than right and left.
    #[prop_or_default]
    pub on_lift: Option<Callback<f64>>,
    /// Whether a finger draws in every direction; else it moves things sideways, and scrolls the page up and down.
    #[prop_or_default]
    pub draws: bool,
}

/// How a pointer holds the chart.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Hold {
    /// It does not.
    #[default]
    Free,
    /// A finger is down and may yet become a scroll.
    Undecided { x: f64, y: f64 },
    /// The reader's point follows.
    Dragging,
}

/// A chart.
#[component]
pub fn PlotCanvas(props: &Props) -> Html {
    let node = use_node_ref();
    let size = use_element_size(&node);
    let palette = use_palette();
    let hold = use_mut_ref(Hold::default);
    let canvas = use_node_ref();
    let told = use_mut_ref(Told::default);

    let values = {
        let (drawing, language) = (props.drawing.clone(), props.language);
        move |at: (f64, f64)| {
            let look = Look { size: size?, density: 1.0, palette, language };
            Some(drawing.frame(&look).values(at))
        }
    };
    let emit: Rc<dyn Fn(&PointerEvent)> = {
        let (values, told) = (values.clone(), Rc::clone(&told));
        let (on_point, preview) = (props.on_point.clone(), props.preview.clone());
        let (canvas, language) = (canvas.clone(), props.language);
        Rc::new(move |event| {
            let Some(values) = values(place(event)) else { return };
            let lag = told.borrow().lag(event.time_stamp());
            let drawn = preview.as_ref().filter(|_| lag > 0.0).and_then(|preview| preview.emit(values));
            let Some(drawn) = drawn.zip(size) else {
                *told.borrow_mut() = Told { at: event.time_stamp(), rest: None };
                on_point.emit(values);
                return;
            };
            paint(&canvas, drawn, palette, language);
            let (on_point, later) = (on_point.clone(), Rc::clone(&told));
            let wait = Timeout::new(lag as u32, move || tell_rest(&later));
            told.borrow_mut().rest = Some((wait, Box::new(move || on_point.emit(values))));
        })
    };
    let take: Rc<dyn Fn((f64, f64))> = {
        let on_hold = props.on_hold.clone();
        Rc::new(move |at| {
            if let Some(values) = values(at) {
                on_hold.emit(values);
            }
        })
    };
    let onpointerdown = {
        let (hold, take, emit) = (Rc::clone(&hold), Rc::clone(&take), Rc::clone(&emit));
        let draws = props.draws;
        Callback::from(move |event: PointerEvent| {
            if event.button() != 0 {
                return;
            }
            let may_scroll = event.pointer_type() == "touch" && !draws;
            let (x, y) = place(&event);
            *hold.borrow_mut() = if may_scroll { Hold::Undecided { x, y } } else { Hold::Dragging };
            if !may_scroll {
                capture(&event);
                take((x, y));
                emit(&event);
            }
        })
    };
    let onpointermove = {
        let (hold, take, emit) = (Rc::clone(&hold), Rc::clone(&take), Rc::clone(&emit));
        Callback::from(move |event: PointerEvent| {
            let held = *hold.borrow();
            match held {
                Hold::Free => {}
                Hold::Undecided { x, y } => {
                    let (now_x, now_y) = place(&event);
                    let (across, down) = ((now_x - x).abs(), (now_y - y).abs());
                    if across > DRAG_THRESHOLD && across > down {
                        *hold.borrow_mut() = Hold::Dragging;
                        capture(&event);
                        take((x, y));
                        emit(&event);
                    }
                }
                Hold::Dragging => emit(&event),
            }
        })
    };
    let onpointerup = {
        let (hold, told) = (Rc::clone(&hold), Rc::clone(&told));
        Callback::from(move |event: PointerEvent| {
            tell_rest(&told);
            // A finger that came and went without moving is a tap.
            let held = std::mem::take(&mut *hold.borrow_mut());
            if let Hold::Undecided { x, y } = held {
                take((x, y));
                emit(&event);
            }
        })
    };
    let onpointercancel = Callback::from(move |_: PointerEvent| {
        tell_rest(&told);
        *hold.borrow_mut() = Hold::Free;
    });
    let onkeydown = {
        let (value, min, max, step) = (props.value, props.min, props.max, props.step);
        let (on_value, on_lift) = (props.on_value.clone(), props.on_lift.clone());
        Callback::from(move |event: KeyboardEvent| {
            let lift = match event.key().as_str() {
                "ArrowUp" => 1.0,
                "ArrowDown" => -1.0,
                _ => 0.0,
            };
            if let Some(on_lift) = on_lift.as_ref().filter(|_| lift != 0.0) {
                event.prevent_default();
                on_lift.emit(lift);
                return;
            }
            let moved = match event.key().as_str() {
                "ArrowRight" | "ArrowUp" => value + step,
                "ArrowLeft" | "ArrowDown" => value - step,
                "PageUp" => value + 10.0 * step,
                "PageDown" => value - 10.0 * step,
                "Home" => min,
                "End" => max,
                _ => return,
            };
            event.prevent_default();
            on_value.emit(moved.clamp(min, max));
        })
    };

    html! {
        <div
            class="plot"
            data-tall={props.drawing.is_tall().then_some("")}
            role="slider"
            tabindex={if crate::IS_PAGE { "0" } else { "-1" }}
            aria-label={&props.label}
            aria-valuemin={props.min.to_string()}
            aria-valuemax={props.max.to_string()}
            aria-valuenow={props.value.to_string()}
            aria-valuetext={&props.value_text}
            data-draws={props.draws.then_some("")}
            ref={&node}
            {onpointerdown} {onpointermove} {onpointerup} {onpointercancel} {onkeydown}
        >
            { picture(props, size, palette, canvas) }
        </div>
    }
}

/// What has been told of a drag.
#[derive(Default)]
struct Told {
    /// When the last place was, milliseconds.
    at: f64,
    /// What tells of the last place, if only the picture shows it yet, and the wait for that.
    rest: Option<(Timeout, Box<dyn FnOnce()>)>,
}

impl Told {
    /// How long to wait before the next place may be told, milliseconds.
    fn lag(&self, now: f64) -> f64 {
        (self.at + LAG - now).max(0.0)
    }
}

/// Tells of the last place now.
fn tell_rest(told: &Rc<std::cell::RefCell<Told>>) {
    // The borrow ends before the figure is rendered.
    let rest = told.borrow_mut().rest.take();
    if let Some((_, tell)) = rest {
        told.borrow_mut().at += LAG;
        tell();
    }
}

/// Where a pointer is in the chart, CSS pixels.
fn place(event: &PointerEvent) -> (f64, f64) {
    (f64::from(event.offset_x()), f64::from(event.offset_y()))
}

/// Keeps the pointer's events coming while it is outside of the chart.
fn capture(event: &PointerEvent) {
    if let Some(element) = event.target_dyn_into::<web_sys::Element>() {
        // Fails only when the pointer is gone already; then there is nothing to follow.
        drop(element.set_pointer_capture(event.pointer_id()));
    }
}

/// The canvas of the page.
#[cfg(target_arch = "wasm32")]
fn picture(props: &Props, size: Option<Size>, palette: Palette, node: NodeRef) -> Html {
    html! { <canvas::Canvas drawing={props.drawing.clone()} language={props.language} {size} {palette} {node} /> }
}

/// Paints what a drag would show.
#[cfg(target_arch = "wasm32")]
fn paint(canvas: &NodeRef, (drawing, size): (Drawing, Size), palette: Palette, language: Language) {
    // A failure shows when the figure is rendered, at most a moment later.
    drop(canvas::paint(canvas, &drawing, size, palette, language));
}

/// Nothing is dragged at build time.
#[cfg(not(target_arch = "wasm32"))]
fn paint(_: &NodeRef, _: (Drawing, Size), _: Palette, _: Language) {}

#[cfg(target_arch = "wasm32")]
mod canvas {
    use web_sys::HtmlCanvasElement;
    use yew::prelude::*;

    use super::{Drawing, Language, Look, Palette, Size};
    use crate::plot::DrawError;
    use crate::{browser, canvas};

    #[derive(Properties, PartialEq)]
    pub struct CanvasProps {
        pub drawing: Drawing,
        pub language: Language,
        pub size: Option<Size>,
        pub palette: Palette,
        pub node: NodeRef,
    }

    /// A canvas that is painted again when the view, its size or the theme changes.
    #[component]
    pub fn Canvas(props: &CanvasProps) -> Html {
        let problem = use_state_eq(|| None);
        {
            let (node, problem) = (props.node.clone(), problem.clone());
            let of = (props.drawing.clone(), props.language, props.size, props.palette);
            use_effect_with(of, move |(drawing, language, size, palette)| {
                let Some(size) = *size else { return };
                let painted = paint(&node, drawing, size, *palette, *language);
                problem.set(painted.err().map(|error| error.to_string()));
            });
        }
        html! {
            <>
                <canvas class="plot__canvas" aria-hidden="true" ref={&props.node}></canvas>
                if let Some(problem) = &*problem { <p class="plot__problem" role="alert">{ problem }</p> }
            </>
        }
    }

    /// Paints a drawing on a canvas, if it stands in the page.
    pub fn paint(
        node: &NodeRef,
        drawing: &Drawing,
        size: Size,
        palette: Palette,
        language: Language,
    ) -> Result<(), DrawError> {
        let Some(canvas) = node.cast::<HtmlCanvasElement>() else { return Ok(()) };
        // Two backend pixels for a CSS pixel at least: points lie on whole backend pixels.
        let density = browser::device_pixel_ratio().clamp(2.0, 3.0);
        let look = Look { size, density, palette, language };
        canvas::paint(&canvas, &look, &|picture| drawing.draw(picture, &look))
    }
}

/// The static twin, in two layouts.
#[cfg(not(target_arch = "wasm32"))]
fn picture(props: &Props, _size: Option<Size>, _palette: Palette, _canvas: NodeRef) -> Html {
    use crate::plot::svg;
    let twin = |width: f64, height: f64| {
        let drawn = svg::twin(Size { width, height }, props.language, |picture, look| {
            props.drawing.draw(picture, look)
        });
        // Drawing into text fails only if a drawing is wrong; the build must not go on then.
        Html::from_html_unchecked(drawn.expect("a figure draws itself").into())
    };
    // The heights that the style sheet gives to a plot.
    let (wide, narrow) = if props.drawing.is_tall() { (640.0, 560.0) } else { (420.0, 340.0) };
    html! {
        <>
            <div class="plot__twin plot__twin--wide" aria-hidden="true">{ twin(560.0, wide) }</div>
            <div class="plot__twin plot__twin--narrow" aria-hidden="true">{ twin(320.0, narrow) }</div>
        </>
    }
}
