//! Frames for something that moves: only while it is on the screen, in a visible tab, and wanted.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::render::{AnimationFrame, request_animation_frame};
use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry};

use crate::browser;

/// Calls a step in each frame, or not at all. Dropping it ends it.
pub struct Animation {
    frames: Rc<Frames>,
    observer: Option<IntersectionObserver>,
    _on_cross: Closure<dyn Fn(Array)>,
    _on_visibility: Option<EventListener>,
}

struct Frames {
    wanted: Cell<bool>,
    on_screen: Cell<bool>,
    next: RefCell<Option<AnimationFrame>>,
    /// When the last frame was, milliseconds; none in the first frame after a pause.
    last: Cell<Option<f64>>,
    step: Box<dyn Fn(f64)>,
    on_running: Box<dyn Fn(bool)>,
}

impl Animation {
    /// An animation of `element`, not yet wanted. `step` is given the milliseconds since the frame before, zero after
    /// a pause: time in which nothing was shown does not pass. `on_running` is told when frames begin and end.
    pub fn new(element: &Element, step: impl Fn(f64) + 'static, on_running: impl Fn(bool) + 'static) -> Self {
        let frames = Rc::new(Frames {
            wanted: Cell::new(false),
            on_screen: Cell::new(false),
            next: RefCell::new(None),
            last: Cell::new(None),
            step: Box::new(step),
            on_running: Box::new(on_running),
        });
        let on_cross = Closure::<dyn Fn(Array)>::new({
            let frames = Rc::clone(&frames);
            move |entries: Array| {
                let latest = entries.pop().dyn_into::<IntersectionObserverEntry>();
                frames.on_screen.set(latest.is_ok_and(|entry| entry.is_intersecting()));
                frames.update();
            }
        });
        let observer = IntersectionObserver::new(on_cross.as_ref().unchecked_ref()).ok();
        if let Some(observer) = &observer {
            observer.observe(element);
        }
        let on_visibility = browser::document().map(|document| {
            let frames = Rc::clone(&frames);
            EventListener::new(&document, "visibilitychange", move |_| frames.update())
        });
        Self { frames, observer, _on_cross: on_cross, _on_visibility: on_visibility }
    }

    /// Whether frames are wanted at all.
    pub fn set_wanted(&self, wanted: bool) {
        self.frames.wanted.set(wanted);
        self.frames.update();
    }
}

impl Drop for Animation {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
        self.frames.next.take();
    }
}

impl Frames {
    fn update(self: &Rc<Self>) {
        let visible = browser::document().is_some_and(|document| !document.hidden());
        let runs = self.wanted.get() && self.on_screen.get() && visible;
        if runs == self.next.borrow().is_some() {
            return;
        }
        if runs {
            self.request();
        } else {
            self.next.take();
            self.last.set(None);
        }
        (self.on_running)(runs);
    }

    fn request(self: &Rc<Self>) {
        let frames = Rc::downgrade(self);
        let next = request_animation_frame(move |now| {
            let Some(frames) = frames.upgrade() else { return };
            let elapsed = frames.last.replace(Some(now)).map_or(0.0, |last| now - last);
            frames.request();
            (frames.step)(elapsed);
        });
        *self.next.borrow_mut() = Some(next);
    }
}
