//! The colors of charts, following the theme.

use gloo::events::EventListener;
use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{MutationObserver, MutationObserverInit};
use yew::prelude::*;

use crate::browser;
use crate::plot::Palette;

/// The palette of the current theme: changes when the reader switches it or the device does.
#[hook]
pub fn use_palette() -> Palette {
    let palette = use_state_eq(browser::palette);
    {
        let palette = palette.clone();
        use_effect_with((), move |()| {
            let update = move || palette.set(browser::palette());
            let device = browser::window()
                .and_then(|window| window.match_media("(prefers-color-scheme: dark)").ok().flatten())
                .map(|media| {
                    let update = update.clone();
                    EventListener::new(&media, "change", move |_| update())
                });
            let on_change = Closure::<dyn Fn()>::new(update);
            let observer = MutationObserver::new(on_change.as_ref().unchecked_ref()).ok();
            if let (Some(observer), Some(root)) = (&observer, browser::root()) {
                let options = MutationObserverInit::new();
                options.set_attributes(true);
                options.set_attribute_filter(&Array::of1(&"data-theme".into()));
                // Fails only for contradictory options.
                let observing = observer.observe_with_options(&root, &options);
                debug_assert!(observing.is_ok());
            }
            move || {
                if let Some(observer) = observer {
                    observer.disconnect();
                }
                drop((on_change, device));
            }
        });
    }
    *palette
}
