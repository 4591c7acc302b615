//! The floating-point operations that this page has spent on training since it was opened, over all its figures.

use std::cell::Cell;

use gloo::events::EventListener;
use scaling::Flops;
use web_sys::Event;
use yew::prelude::*;

use crate::browser;

/// The event that tells figures of more operations.
const SPENT: &str = "essay:flops";

thread_local! {
    static TOTAL: Cell<f64> = const { Cell::new(0.0) };
}

/// Adds operations that a figure has spent.
pub fn add(flops: Flops) {
    TOTAL.set(TOTAL.get() + flops.0);
    if let Some(window) = browser::window()
        && let Ok(event) = Event::new(SPENT)
    {
        drop(window.dispatch_event(&event));
    }
}

/// All operations spent so far.
pub fn spent() -> Flops {
    Flops(TOTAL.get())
}

/// All operations spent so far; the component is rendered again when there are more.
#[hook]
pub fn use_spent() -> Flops {
    let shown = use_state_eq(|| spent().0);
    {
        let shown = shown.clone();
        use_effect_with((), move |()| {
            let listener = browser::window()
                .map(|window| EventListener::new(&window, SPENT, move |_| shown.set(spent().0)));
            move || drop(listener)
        });
    }
    Flops(*shown)
}
