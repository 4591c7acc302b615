//! Margin notes on narrow screens: a tap on the mark opens the note below its sentence, another closes it.
//!
//! Without the program the mark is a link to the note, and the style sheet opens the note that is the link's target.

use web_sys::Element;

use crate::browser;

/// As in `styles/layout.css`: from this width on notes stand beside the text.
const BESIDE: &str = "(min-width: 62rem)";

pub(super) fn start() {
    let Some(document) = browser::document() else { return };
    for mark in browser::all::<Element>(".note-mark") {
        browser::set_attribute(&mark, "aria-expanded", "false");
    }
    super::forever(&document, "click", |event| {
        let mark = browser::closest(event, ".note-mark");
        let Some(mark) = mark else { return };
        if browser::media(BESIDE) {
            return;
        }
        let id = mark.get_attribute("href").unwrap_or_default();
        let note =
            browser::document().and_then(|document| document.get_element_by_id(id.trim_start_matches('#')));
        let Some(note) = note else { return };
        event.prevent_default();
        let open = note.get_attribute("data-open").as_deref() != Some("true");
        browser::set_attribute(&note, "data-open", if open { "true" } else { "false" });
        browser::set_attribute(&mark, "aria-expanded", if open { "true" } else { "false" });
    });
}
