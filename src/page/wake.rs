//! Wakes a figure when the reader comes near it: fetches its part of the program and its data, and mounts it in place of
//! its still picture.

use std::cell::RefCell;
use std::rc::Rc;

use chapter::{FigureId, Language};
use gloo::events::EventListener;
use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{
    Element, HtmlElement, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit,
};

use super::address;
use crate::browser;
use crate::components::Mount;
use crate::figure::State;
use crate::figures::parts;
use crate::locale::words;

/// How near: about a phone's screen before the figure comes into view.
const NEAR: &str = "700px 0px";

pub(super) fn start(language: Language) {
    let on_near = Closure::<dyn Fn(Array, IntersectionObserver)>::new(
        move |entries: Array, observer: IntersectionObserver| {
            let near = entries
                .iter()
                .filter_map(|entry| entry.dyn_into::<IntersectionObserverEntry>().ok())
                .filter(IntersectionObserverEntry::is_intersecting);
            for entry in near {
                observer.unobserve(&entry.target());
                if let Some(sleeper) = Sleeper::new(entry.target(), language) {
                    Rc::new(sleeper).wake();
                }
            }
        },
    );
    let options = IntersectionObserverInit::new();
    options.set_root_margin(NEAR);
    let callback = on_near.as_ref().unchecked_ref();
    if let Ok(observer) = IntersectionObserver::new_with_options(callback, &options) {
        for figure in browser::all::<Element>("figure[data-figure]") {
            observer.observe(&figure);
        }
        on_near.forget();
    }
}

/// A figure that is still its static picture.
struct Sleeper {
    figure: FigureId,
    frame: HtmlElement,
    island: Element,
    language: Language,
    /// The failure notice, while one is shown.
    notice: RefCell<Option<Element>>,
}

impl Sleeper {
    fn new(frame: Element, language: Language) -> Option<Self> {
        let figure = FigureId::from_slug(&frame.get_attribute("data-figure")?)?;
        let island = frame.query_selector("[data-island]").ok().flatten()?;
        Some(Self { figure, frame: frame.dyn_into().ok()?, island, language, notice: RefCell::default() })
    }

    fn set_state(&self, state: &str) {
        browser::set_attribute(&self.frame, "data-state", state);
    }

    fn wake(self: Rc<Self>) {
        self.set_state("loading");
        // Asked for at once: data and program arrive side by side.
        let data = self.frame.get_attribute("data-source").map(|source| browser::fetch(&source));
        let state = {
            let sleeper = Rc::clone(&self);
            Box::new(move || match sleeper.frame.get_attribute("data-initial") {
                Some(initial) => State::parse(&initial),
                None => address::state_of(sleeper.figure),
            })
        };
        let on_done = {
            let sleeper = Rc::clone(&self);
            Box::new(move |done| sleeper.finish(done))
        };
        let mount = Mount {
            island: self.island.clone(),
            data: Box::pin(async move { data.ok_or("no address of its data")?.await }),
            state,
            language: self.language,
            title: self.frame.get_attribute("data-title").unwrap_or_default(),
            on_done,
        };
        wasm_bindgen_futures::spawn_local(async move {
            if let Err(error) = parts::mount(self.figure, mount).await {
                self.finish(Err(error.to_string()));
            }
        });
    }

    /// Ends the waking: the figure stands in the page, or the reader is told why not.
    fn finish(self: &Rc<Self>, done: Result<(), String>) {
        if let Some(notice) = self.notice.take() {
            notice.remove();
        }
        match done {
            Ok(()) => self.set_state("ready"),
            Err(reason) => {
                self.set_state("failed");
                self.notice.replace(self.notify(&reason));
            }
        }
    }

    /// Puts a failure notice above the figure's controls; the still picture above it stays. It looks like
    /// [`Failure`](crate::components::Failure), which is in a part of the program that may just have failed to load.
    fn notify(self: &Rc<Self>, reason: &str) -> Option<Element> {
        let document = browser::document()?;
        let element = |name, class, text: &str| {
            let element: Element = document.create_element(name).ok()?;
            element.set_class_name(class);
            element.set_text_content(Some(text));
            Some(element)
        };
        let notice = element("div", "failure", "")?;
        browser::set_attribute(&notice, "role", "alert");
        let button = element("button", "button", words::retry(self.language))?;
        browser::set_attribute(&button, "type", "button");
        let sleeper = Rc::clone(self);
        EventListener::new(&button, "click", move |_| Rc::clone(&sleeper).wake()).forget();
        let message = element("p", "failure__message", words::not_loaded(self.language))?;
        let reason = element("p", "failure__reason", reason)?;
        notice.append_with_node_3(&message, &reason, &button).ok()?;
        self.island.before_with_node_1(&notice).ok()?;
        Some(notice)
    }
}
