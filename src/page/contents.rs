//! The table of contents: marks the section being read, and folds away after use on narrow screens.

use std::cell::RefCell;

use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{
    Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit, KeyboardEvent,
};

use crate::browser;

/// The strip of the window, below its upper edge, in which the section being read lies.
const READING_STRIP: &str = "-15% 0px -75% 0px";

pub(super) fn start() {
    mark_while_reading();
    fold_after_use();
}

/// Closes the menu in the bar on a choice, on Escape and on a click elsewhere.
fn fold_after_use() {
    let Some(document) = browser::document() else { return };
    let close = |menus: Vec<Element>| {
        for menu in menus {
            // Removing an attribute that is not there is no error.
            drop(menu.remove_attribute("open"));
        }
    };
    super::forever(&document, "click", move |event| {
        let within = |selector| browser::closest(event, selector).is_some();
        if within(".contents__link") || !within(".bar__contents") {
            close(browser::all(".bar__contents[open]"));
        }
    });
    super::forever(&document, "keydown", move |event| {
        if event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Escape") {
            close(browser::all(".bar__contents[open]"));
        }
    });
}

fn mark_while_reading() {
    let sections = browser::all::<Element>("main section[id]");
    let order: Vec<String> = sections.iter().map(Element::id).collect();
    let visible = RefCell::new(vec![false; order.len()]);
    let on_change = Closure::<dyn Fn(Array)>::new(move |entries: Array| {
        let mut visible = visible.borrow_mut();
        for entry in entries.iter().filter_map(|entry| entry.dyn_into::<IntersectionObserverEntry>().ok()) {
            let Some(index) = order.iter().position(|id| *id == entry.target().id()) else { continue };
            visible[index] = entry.is_intersecting();
        }
        // A part lies inside its section: the last in reading order is the innermost.
        if let Some(id) = visible.iter().rposition(|&visible| visible).and_then(|index| order.get(index)) {
            mark(id);
        }
    });
    let options = IntersectionObserverInit::new();
    options.set_root_margin(READING_STRIP);
    let callback = on_change.as_ref().unchecked_ref();
    if let Ok(observer) = IntersectionObserver::new_with_options(callback, &options) {
        for section in &sections {
            observer.observe(section);
        }
        on_change.forget();
    }
}

fn mark(id: &str) {
    let href = format!("#{id}");
    for link in browser::all::<Element>(".contents__link") {
        if link.get_attribute("href").as_deref() == Some(&href) {
            browser::set_attribute(&link, "aria-current", "true");
        } else {
            // Removing an attribute that is not there is no error.
            drop(link.remove_attribute("aria-current"));
        }
    }
}
