//! Setting a figure from outside: a phrase of the text, or the page that embeds it.

use std::cell::RefCell;

use chapter::FigureId;
use gloo::events::EventListener;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, CustomEventInit, Event, HtmlElement, ScrollBehavior, ScrollIntoViewOptions};
use yew::prelude::*;

use crate::browser;
use crate::figure::{Rung, State};

/// The event that sets a figure; its detail is a state as text.
const SET: &str = "essay:set";

/// The figure's element in the page.
pub fn element(figure: FigureId) -> Option<HtmlElement> {
    browser::document()?.get_element_by_id(&format!("fig-{}", figure.slug()))?.dyn_into().ok()
}

/// Asks a figure to show a state.
pub fn set(figure: FigureId, state: &State) {
    let Some(target) = element(figure) else { return };
    // A figure that still sleeps reads this when it wakes.
    browser::set_attribute(&target, "data-initial", &state.to_string());
    let init = CustomEventInit::new();
    init.set_detail(&JsValue::from_str(&state.to_string()));
    if let Ok(event) = CustomEvent::new_with_event_init_dict(SET, &init) {
        drop(target.dispatch_event(&event));
    }
}

/// Calls `on_set` whenever the figure is asked to show a state.
#[hook]
pub fn use_set_event(figure: FigureId, on_set: impl Fn(&State) + 'static) {
    use_effect_with((), move |()| {
        let listener = element(figure).map(|target| {
            EventListener::new(&target, SET, move |event: &Event| {
                let detail = event.dyn_ref::<CustomEvent>().and_then(|event| event.detail().as_string());
                on_set(&State::parse(&detail.unwrap_or_default()));
            })
        });
        move || drop(listener)
    });
}

/// The event that tells figures that the reader has chosen another size of the models.
const RUNG: &str = "essay:rung";

thread_local! {
    /// The size chosen on this page, as a state; none before the first choice.
    static CHOSEN: RefCell<Option<State>> = const { RefCell::new(None) };
}

/// The size of the models that the reader has chosen on this page, as a state; `None` before the first choice.
pub fn chosen_rung() -> Option<State> {
    CHOSEN.with_borrow(Clone::clone)
}

/// Tells all figures of a choice, if it is another than before.
pub fn choose_rung(state: &State) {
    let rung = Rung::from_state(state).write(State::default());
    let before = CHOSEN.replace(Some(rung.clone()));
    if before.as_ref() != Some(&rung)
        && let Some((document, event)) = browser::document().zip(CustomEvent::new(RUNG).ok())
    {
        drop(document.dispatch_event(&event));
    }
}

/// Calls `on_choice` whenever the reader has chosen a size of the models in any figure.
#[hook]
pub fn use_rung_event(on_choice: impl Fn(&State) + 'static) {
    let latest = use_mut_ref(Callback::<State>::noop);
    *latest.borrow_mut() = Callback::from(move |state| on_choice(&state));
    use_effect_with((), move |()| {
        let listener = browser::document().map(|document| {
            EventListener::new(&document, RUNG, move |_| {
                let on_choice: Callback<State> = latest.borrow().clone();
                on_choice.emit(chosen_rung().unwrap_or_default());
            })
        });
        move || drop(listener)
    });
}

/// Makes phrases that carry a state set their figure and bring it into view.
pub(super) fn start() {
    let Some(document) = browser::document() else { return };
    super::forever(&document, "click", |event| {
        let phrase = browser::closest(event, "a[data-sets]");
        let Some(phrase) = phrase else { return };
        let figure = phrase.get_attribute("data-sets").and_then(|slug| FigureId::from_slug(&slug));
        let Some((figure, target)) = figure.and_then(|figure| Some((figure, element(figure)?))) else {
            return;
        };
        event.prevent_default();
        set(figure, &State::parse(&phrase.get_attribute("data-state").unwrap_or_default()));
        let options = ScrollIntoViewOptions::new();
        let calm = browser::prefers_reduced_motion();
        options.set_behavior(if calm { ScrollBehavior::Auto } else { ScrollBehavior::Smooth });
        target.scroll_into_view_with_scroll_into_view_options(&options);
    });
}
