//! What the reader is told when the program stops or the network is gone.
//!
//! The sentences stand in the HTML from the start; an attribute of the root element shows them.

use crate::browser;

/// Tells the reader, in place of a page that silently stops, that figures have stopped. All figures share one
/// program, so a panic in one ends all; the text is HTML and stays.
#[cfg(target_arch = "wasm32")]
pub(super) fn stop_on_panic() {
    // Not the standard hook: Yew would put its own in its place.
    yew::set_custom_panic_hook(Box::new(|info| {
        browser::set_root_data("figures", "stopped");
        web_sys::console::error_1(&info.to_string().into());
    }));
}

/// Says that figures can be used, and follows the state of the network.
pub(super) fn started() {
    browser::set_root_data("figures", "ready");
    let Some(window) = browser::window() else { return };
    let follow = || {
        let online = browser::window().is_none_or(|window| window.navigator().on_line());
        browser::set_root_data("network", if online { "online" } else { "offline" });
    };
    follow();
    super::forever(&window, "online", move |_| follow());
    super::forever(&window, "offline", move |_| follow());
}
