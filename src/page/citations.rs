//! Citations: a tap or click opens the card instead of jumping to the list, and Escape closes it.
//!
//! Hover and focus open the card in the style sheet alone; without the program the link leads to the list.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use crate::browser;

/// Set on a citation whose card was closed while pointer or focus stayed; the style sheet hides the card.
const CLOSED: &str = "data-closed";

pub(super) fn start() {
    let Some(document) = browser::document() else { return };
    super::forever(&document, "click", |event| {
        let link = browser::closest(event, ".cite__link");
        if let Some(link) = link {
            event.prevent_default();
            // Safari does not focus what is tapped; the card follows the focus.
            if let Some(link) = link.dyn_ref::<HtmlElement>() {
                drop(link.focus());
            }
        }
    });
    super::forever(&document, "keydown", |event| {
        if event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Escape") {
            for open in browser::all::<Element>(".cite:hover, .cite:focus-within") {
                browser::set_attribute(&open, CLOSED, "");
            }
        }
    });
    // A closed card may open again once pointer or focus has been elsewhere.
    for event in ["pointerover", "focusin"] {
        super::forever(&document, event, |event| {
            let now = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            for closed in browser::all::<Element>(".cite[data-closed]") {
                if !closed.contains(now.as_deref()) {
                    drop(closed.remove_attribute(CLOSED));
                }
            }
        });
    }
}
