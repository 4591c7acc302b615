//! The few things that figures and page ask of the browser, as plain functions that cannot panic.

use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Element, Event, HtmlElement, Response, Window};

use crate::plot::{Color, Palette};

/// The window; none at build time.
pub fn window() -> Option<Window> {
    if crate::IS_PAGE { web_sys::window() } else { None }
}

/// The document, when there is one.
pub fn document() -> Option<Document> {
    window()?.document()
}

/// The root element, `<html>`.
pub fn root() -> Option<HtmlElement> {
    document()?.document_element()?.dyn_into().ok()
}

/// A `data-` attribute of the root element.
pub fn root_data(name: &str) -> Option<String> {
    root()?.get_attribute(&format!("data-{name}"))
}

/// Sets a `data-` attribute of the root element.
pub fn set_root_data(name: &str, value: &str) {
    if let Some(root) = root() {
        set_attribute(&root, &format!("data-{name}"), value);
    }
}

/// Sets an attribute. The names are this project's own constants, so the one error (a malformed name) cannot occur.
pub fn set_attribute(element: &Element, name: &str, value: &str) {
    let set = element.set_attribute(name, value);
    debug_assert!(set.is_ok(), "{name} is a malformed attribute name");
}

/// Every element that matches a selector.
pub fn all<T: JsCast>(selector: &str) -> Vec<T> {
    let Some(found) = document().and_then(|document| document.query_selector_all(selector).ok()) else {
        return Vec::new();
    };
    (0..found.length()).filter_map(|index| found.item(index)?.dyn_into().ok()).collect()
}

/// The nearest element around an event's target that matches a selector.
pub fn closest(event: &Event, selector: &str) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest(selector).ok().flatten()
}

/// Whether a media query holds.
pub fn media(query: &str) -> bool {
    window().and_then(|window| window.match_media(query).ok().flatten()).is_some_and(|media| media.matches())
}

/// Whether the reader asked for less motion.
pub fn prefers_reduced_motion() -> bool {
    media("(prefers-reduced-motion: reduce)")
}

/// Whether the reader asked for less data: what has a still picture needs no program.
pub fn saves_data() -> bool {
    let of = |object: &JsValue, name: &str| Reflect::get(object, &name.into()).ok();
    let connection = window().and_then(|window| of(&window.navigator(), "connection"));
    connection.and_then(|connection| of(&connection, "saveData")).is_some_and(|saves| saves.is_truthy())
}

/// Device pixels for one CSS pixel.
pub fn device_pixel_ratio() -> f64 {
    window().map_or(1.0, |window| window.device_pixel_ratio())
}

/// The colors of charts in the current theme, read from the custom properties `--plot-…`.
pub fn palette() -> Palette {
    let fallback = Palette::light();
    let style =
        window().zip(root()).and_then(|(window, root)| window.get_computed_style(&root).ok().flatten());
    let Some(style) = style else { return fallback };
    Palette::from_roles(|role| {
        let value = style.get_property_value(&format!("--plot-{role}")).unwrap_or_default();
        parse_color(value.trim()).unwrap_or(fallback.ink)
    })
}

/// Reads a number. The browser does it in the page, where Rust's own reader would add 12 KB to fetch.
#[cfg(target_arch = "wasm32")]
pub fn parse_number(text: &str) -> Option<f64> {
    let number = js_sys::Number::from(JsValue::from_str(text)).value_of();
    // JavaScript takes empty text for zero.
    (!text.trim().is_empty() && !number.is_nan()).then_some(number)
}

/// Reads a number.
#[cfg(not(target_arch = "wasm32"))]
pub fn parse_number(text: &str) -> Option<f64> {
    text.parse().ok()
}

/// Reads `#rrggbb`.
fn parse_color(text: &str) -> Option<Color> {
    let hex = text.strip_prefix('#').filter(|hex| hex.len() == 6)?;
    let part = |range| u8::from_str_radix(hex.get(range)?, 16).ok();
    Some(Color { 0: part(0..2)?, 1: part(2..4)?, 2: part(4..6)? })
}

/// Fetches a file.
///
/// # Errors
/// The browser's message when there is no answer, or the answer's status when it is not a success.
pub fn fetch(address: &str) -> impl Future<Output = Result<Vec<u8>, String>> + use<> {
    let answer = window().map(|window| JsFuture::from(window.fetch_with_str(address)));
    async {
        let answer = answer.ok_or("no window")?.await.map_err(|error| message(&error))?;
        let response: Response = answer.dyn_into().map_err(|_| "not a response")?;
        if !response.ok() {
            return Err(format!("HTTP {}", response.status()));
        }
        let body = response.array_buffer().map_err(|error| message(&error))?;
        let buffer = JsFuture::from(body).await.map_err(|error| message(&error))?;
        Ok(Uint8Array::new(&buffer).to_vec())
    }
}

/// Resolves a relative address against the page.
pub fn resolve(address: &str) -> Option<String> {
    let base = document()?.base_uri().ok().flatten()?;
    web_sys::Url::new_with_base(address, &base).ok().map(|url| url.href())
}

/// The message of a thrown value.
pub fn message(thrown: &JsValue) -> String {
    Reflect::get(thrown, &"message".into())
        .ok()
        .and_then(|message| message.as_string())
        .or_else(|| thrown.as_string())
        .unwrap_or_else(|| "unknown error".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colors_are_read_from_hex_only() {
        assert_eq!(parse_color("#0a10ff"), Some(Color { 0: 10, 1: 16, 2: 255 }));
        for bad in ["", "red", "#fff", "#gggggg", "rgb(0,0,0)"] {
            assert_eq!(parse_color(bad), None, "{bad}");
        }
    }
}
