//! Setting a figure from outside: a phrase of the text, or the page that embeds it.

use chapter::FigureId;
use gloo::events::EventListener;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, CustomEventInit, Event, HtmlElement, ScrollBehavior, ScrollIntoViewOptions};
use yew::prelude::*;

use crate::browser;
use crate::figure::State;

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
