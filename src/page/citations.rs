//! Closes a citation's card on Escape. Hover, focus and tap open it in the style sheet alone.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use crate::browser;

pub(super) fn start() {
    let Some(document) = browser::document() else { return };
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
