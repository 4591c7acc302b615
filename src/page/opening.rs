//! The strip of particles between title and text: a liquid at first, a crystal when the reader has scrolled past.
//!
//! It is quiet. It moves only while it is on the screen, and for some seconds after the reader last scrolled. Where
//! motion or data are to be saved it stays the still picture, and where frames come slowly, as on a phone that saves its
//! battery, it soon rests for good.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::events::EventListener;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use web_sys::{Element, HtmlCanvasElement};
use yew::prelude::*;

use crate::browser;
use crate::hooks::{Animation, use_element_size, use_palette};
use crate::stage::{self, Lab, Show, Snapshot, Steering};

/// Milliseconds after the last scrolling until the particles rest.
const REST_AFTER: f64 = 5_000.0;
/// Units of the particles' time in a second: fewer than in the figure, for it stands beside text.
const TIME_PER_SECOND: f64 = 5.0;
/// Temperatures at the top of the page, of a liquid, and further down, of a crystal.
const BATHS: (f64, f64) = (0.52, 0.34);
/// The part of the strip's way off the screen over which the temperature falls: a crystal needs time to grow.
const FALL: f64 = 0.4;
/// Frames whose pace is judged, and the mean milliseconds between them that are too many.
const JUDGED_FRAMES: u32 = 60;
const SLOW_FRAME: f64 = 40.0;

/// Sets the strip in motion, where reader and machine allow it.
pub(super) fn start() {
    if browser::prefers_reduced_motion() || browser::saves_data() {
        return;
    }
    for strip in browser::all::<Element>("[data-opening]") {
        let part = |selector| strip.query_selector(selector).ok().flatten();
        let (Some(picture), Some(place)) = (part("svg"), part("div")) else { continue };
        let paths: Vec<Element> = browser::all("[data-opening] path");
        let data = paths.iter().filter_map(|path| path.get_attribute("d"));
        let view_box = picture.get_attribute("viewBox").unwrap_or_default();
        if let Some(still) = stage::read(&view_box, data) {
            let strip = strip.clone();
            // Without its part of the program the strip stays the still picture.
            wasm_bindgen_futures::spawn_local(async move { drop(opening(place, strip, still).await) });
        }
    }
}

/// Puts the moving particles into the page.
#[wasm_split(opening, fallible)]
fn opening(place: Element, strip: Element, still: Snapshot) -> Result<(), SplitLoaderError> {
    let props = Props { strip, still: Rc::new(still) };
    // They live as long as the page: their handle is not kept.
    drop(yew::Renderer::<Opening>::with_root_and_props(place, props).render());
    Ok(())
}

#[derive(Properties, PartialEq)]
struct Props {
    /// Still picture and canvas.
    strip: Element,
    /// The particles of the still picture.
    still: Rc<Snapshot>,
}

#[component]
fn Opening(props: &Props) -> Html {
    let canvas = use_node_ref();
    let size = use_element_size(&canvas);
    let palette = use_palette();
    let lab = use_memo((), |()| RefCell::new(Lab::default()));
    {
        let mut lab = lab.borrow_mut();
        lab.steer(Steering {
            time_per_second: TIME_PER_SECOND,
            show: Show::Particles,
            palette,
            size,
            on_measured: None,
            on_bath: Callback::noop(),
        });
        lab.begin((props.still.positions.len(), 1, 0), BATHS.0, Some(&*props.still));
    }
    use_effect_with((), {
        let (lab, canvas, strip) = (Rc::clone(&lab), canvas.clone(), props.strip.clone());
        move |()| {
            if let Some(canvas) = canvas.cast::<HtmlCanvasElement>() {
                lab.borrow_mut().attach(canvas);
                animate(lab, strip);
            }
        }
    });
    use_effect({
        let lab = Rc::clone(&lab);
        move || lab.borrow_mut().paint()
    });
    html! { <canvas class="opening__canvas" ref={canvas}></canvas> }
}

/// Moves the particles for as long as the page lives.
fn animate(lab: Rc<RefCell<Lab>>, strip: Element) {
    let animation = Rc::new(RefCell::new(None::<Animation>));
    let rested = Rc::new(Cell::new(0.0));
    let pace = Cell::new((0, 0.0));
    let on_running = {
        let strip = strip.clone();
        move |running| {
            browser::set_attribute(&strip, "data-state", if running { "running" } else { "resting" })
        }
    };
    let is_slow = Rc::new(Cell::new(false));
    let step = {
        let (animation, rested, is_slow, strip) =
            (Rc::clone(&animation), Rc::clone(&rested), Rc::clone(&is_slow), strip.clone());
        move |elapsed: f64| {
            rested.set(rested.get() + elapsed);
            let (frames, time) = pace.get();
            if frames < JUDGED_FRAMES && elapsed > 0.0 {
                pace.set((frames + 1, time + elapsed));
                is_slow.set(
                    frames + 1 == JUDGED_FRAMES && time + elapsed > SLOW_FRAME * f64::from(JUDGED_FRAMES),
                );
            }
            lab.borrow_mut().set_bath(bath(&strip));
            Lab::frame(&lab, elapsed);
            if rested.get() > REST_AFTER || is_slow.get() {
                want(&animation, false);
            }
        }
    };
    *animation.borrow_mut() = Some(Animation::new(&strip, step, on_running));
    want(&animation, true);
    if let Some(window) = browser::window() {
        let on_scroll = move |_: &Event| {
            rested.set(0.0);
            want(&animation, !is_slow.get());
        };
        EventListener::new(&window, "scroll", on_scroll).forget();
    }
}

fn want(animation: &RefCell<Option<Animation>>, wanted: bool) {
    if let Some(animation) = &*animation.borrow() {
        animation.set_wanted(wanted);
    }
}

/// The temperature for how far the strip has been scrolled towards the upper end of the window.
fn bath(strip: &Element) -> f64 {
    let scrolled = browser::window().and_then(|window| window.scroll_y().ok()).unwrap_or_default();
    let way = strip.get_bounding_client_rect().bottom() + scrolled;
    let share = (scrolled / (FALL * way)).clamp(0.0, 1.0);
    BATHS.0 + share * (BATHS.1 - BATHS.0)
}
