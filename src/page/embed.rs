//! A figure in a frame of another page: tells its height, and takes one command.

use chapter::FigureId;
use js_sys::{Object, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, ResizeObserver};

use super::figure_events;
use crate::browser;
use crate::figure::State;

/// The figure of this page, if it is an embed page.
fn embedded() -> Option<FigureId> {
    browser::root_data("embed").and_then(|slug| FigureId::from_slug(&slug))
}

pub(super) fn start() {
    let Some(figure) = embedded() else { return };
    tell_height(figure);
    let Some(window) = browser::window() else { return };
    super::forever(&window, "message", move |event| {
        let Some(message) = event.dyn_ref::<MessageEvent>().map(MessageEvent::data) else { return };
        let field =
            |name: &str| Reflect::get(&message, &name.into()).ok().and_then(|value| value.as_string());
        let is_for_us = field("type").as_deref() == Some("essay:set")
            && field("figure").as_deref() == Some(figure.slug());
        if let Some(state) = field("state").filter(|_| is_for_us) {
            figure_events::set(figure, &State::parse(&state));
        }
    });
}

/// Posts `{type: "essay:resize", figure, height}` to the embedding page, now and whenever the height changes.
fn tell_height(figure: FigureId) {
    let Some(body) = browser::document().and_then(|document| document.body()) else { return };
    let measured = body.clone();
    let tell = Closure::<dyn Fn()>::new(move || {
        let parent = browser::window().and_then(|window| window.parent().ok().flatten());
        let message = Object::new();
        let fields: [(&str, JsValue); 3] = [
            ("type", "essay:resize".into()),
            ("figure", figure.slug().into()),
            // Up to a whole pixel: with the fraction cut off, the frame would scroll.
            ("height", JsValue::from_f64(measured.get_bounding_client_rect().height().ceil())),
        ];
        let complete =
            fields.iter().all(|(name, value)| Reflect::set(&message, &(*name).into(), value).is_ok());
        if let Some(parent) = parent.filter(|_| complete) {
            // The height is no secret, and any page may embed.
            drop(parent.post_message(&message, "*"));
        }
    });
    if let Ok(observer) = ResizeObserver::new(tell.as_ref().unchecked_ref()) {
        observer.observe(&body);
        tell.forget();
    }
}
