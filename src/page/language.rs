//! The language switch keeps the place in the text and the state of the figures.

use web_sys::{Element, HtmlAnchorElement, Url};

use crate::browser;

/// Height of the bar at the top of the page, CSS pixels; what lies below it is what is being read.
const BAR: f64 = 64.0;

pub(super) fn start() {
    for link in browser::all::<HtmlAnchorElement>("[data-language-switch]") {
        let target = link.clone();
        // In time for every way to follow a link: a click, a new tab, a long press.
        for event in ["pointerdown", "focus", "mouseenter"] {
            let link = link.clone();
            super::forever(&target, event, move |_| aim(&link));
        }
    }
}

/// Points the switch at the block that is being read. Blocks have the same ids in both languages.
fn aim(link: &HtmlAnchorElement) {
    let Ok(url) = Url::new(&link.href()) else { return };
    if let Some(search) = browser::window().and_then(|window| window.location().search().ok()) {
        url.set_search(&search);
    }
    url.search_params().delete("lang");
    let reading = browser::all::<Element>("[data-block]")
        .into_iter()
        .find(|block| block.get_bounding_client_rect().bottom() > BAR);
    url.set_hash(&reading.map(|block| block.id()).unwrap_or_default());
    link.set_href(&url.href());
}
