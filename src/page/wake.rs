//! Wakes a figure when the reader comes near it: fetches its data and mounts it in place of its still picture.

use std::cell::RefCell;
use std::rc::Rc;

use chapter::{FigureId, Language};
use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{
    Element, HtmlElement, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit,
};

use yew::{AppHandle, Callback, Renderer};

use super::address;
use crate::browser;
use crate::components::{Failure, FigureShell, failure, figure_shell};
use crate::figure::{FigureData, State};
use crate::figures;
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
    notice: RefCell<Option<Notice>>,
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
        wasm_bindgen_futures::spawn_local(async move {
            match self.load().await {
                Ok(data) => {
                    drop(self.notice.take());
                    let state = match self.frame.get_attribute("data-initial") {
                        Some(initial) => State::parse(&initial),
                        None => address::state_of(self.figure),
                    };
                    let title = self.frame.get_attribute("data-title").unwrap_or_default();
                    let sleeper = Rc::clone(&self);
                    let props = figure_shell::Props {
                        settings: figures::settings(self.figure, &state),
                        data: Rc::new(data),
                        language: self.language,
                        title: title.into(),
                        on_ready: Callback::from(move |()| sleeper.set_state("ready")),
                    };
                    // The figure lives as long as the page: its handle is not kept.
                    drop(Renderer::<FigureShell>::with_root_and_props(self.island.clone(), props).render());
                }
                Err(reason) => {
                    self.set_state("failed");
                    drop(self.notice.take());
                    let sleeper = Rc::clone(&self);
                    let retry = move || Rc::clone(&sleeper).wake();
                    *self.notice.borrow_mut() = Notice::show(&self.island, self.language, &reason, retry);
                }
            }
        });
    }

    /// Fetches the figure's data.
    async fn load(&self) -> Result<FigureData, String> {
        let source = self.frame.get_attribute("data-source").ok_or("no address of its data")?;
        let bytes = browser::fetch(&source).await?;
        postcard::from_bytes(&bytes).map_err(|error| error.to_string())
    }
}

/// A failure notice in place of the figure's controls; the still picture above it stays.
struct Notice {
    handle: Option<AppHandle<Failure>>,
    place: Element,
}

impl Notice {
    fn show(island: &Element, language: Language, reason: &str, retry: impl Fn() + 'static) -> Option<Self> {
        let place = browser::document()?.create_element("div").ok()?;
        island.before_with_node_1(&place).ok()?;
        let props = failure::Props {
            language,
            message: words::not_loaded(language).into(),
            reason: reason.to_owned().into(),
            on_retry: Callback::from(move |()| retry()),
        };
        let handle = Some(Renderer::<Failure>::with_root_and_props(place.clone(), props).render());
        Some(Self { handle, place })
    }
}

impl Drop for Notice {
    fn drop(&mut self) {
        if let Some(handle) = self.handle.take() {
            handle.destroy();
        }
        self.place.remove();
    }
}
