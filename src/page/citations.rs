//! Citations: a tap or click opens the card instead of jumping to the list, and Escape closes it.
//!
//! Hover and focus open the card in the style sheet alone; without the program the link leads to the list.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use crate::browser;

pub(super) fn start() {
    let Some(document) = browser::document() else { return };
    super::forever(&document, "click", |event| {
        let link = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .and_then(|target| target.closest(".cite__link").ok().flatten());
        if let Some(link) = link {
            event.prevent_default();
            // Safari does not focus what is tapped; the card follows the focus.
            if let Some(link) = link.dyn_ref::<HtmlElement>() {
                drop(link.focus());
            }
        }
    });
    super::forever(&document, "keydown", |event| {
        let escape = event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Escape");
        let focused = browser::document().and_then(|document| document.active_element());
        if let Some(focused) = focused.filter(|_| escape)
            && focused.closest(".cite").ok().flatten().is_some()
            && let Some(focused) = focused.dyn_ref::<HtmlElement>()
        {
            // Blurring what is focused cannot fail.
            drop(focused.blur());
        }
    });
}
