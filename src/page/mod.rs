//! What the page does around the figures once its program runs: wakes them, and serves the reader's controls.
//!
//! The text needs none of this; each part only adds to what HTML and CSS already give.

pub mod address;
pub mod embed;
pub mod figure_events;
pub mod flops;

mod citations;
mod contents;
mod language;
mod notes;
mod notice;
#[cfg(target_arch = "wasm32")]
mod opening;
mod theme;
#[cfg(target_arch = "wasm32")]
mod wake;

use chapter::Language;
use gloo::events::{EventListener, EventListenerOptions};
use web_sys::{Event, EventTarget};

use crate::browser;

/// The language of the page.
pub fn page_language() -> Language {
    let tag = browser::root_data("language");
    Language::ALL
        .into_iter()
        .find(|language| Some(language.folder()) == tag.as_deref())
        .unwrap_or(Language::Zh)
}

/// Starts everything. Called once, when the program has loaded.
pub fn start() {
    #[cfg(target_arch = "wasm32")]
    notice::stop_on_panic();
    let language = page_language();
    theme::start(language);
    contents::start();
    language::start();
    notes::start();
    citations::start();
    embed::start();
    figure_events::start();
    #[cfg(target_arch = "wasm32")]
    wake::start(language);
    #[cfg(target_arch = "wasm32")]
    opening::start();
    notice::started();
}

/// Listens for the life of the page. The listener may prevent what the browser would do; none listens to scrolling.
fn forever(target: &EventTarget, event: &'static str, handle: impl FnMut(&Event) + 'static) {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(target, event, options, handle).forget();
}
