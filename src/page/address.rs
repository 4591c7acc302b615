//! The state of figures in the page's address, and addresses that readers take along.

use chapter::FigureId;
use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::{Url, UrlSearchParams};
use yew::AttrValue;

use crate::browser;
use crate::figure::{Rung, State};
use crate::figures;

fn current() -> Option<Url> {
    Url::new(&browser::window()?.location().href().ok()?).ok()
}

/// Names and values in an address's query, decoded.
fn query(url: &Url) -> Vec<(String, String)> {
    let entries = url.search_params().entries();
    let Ok(Some(iterator)) = js_sys::try_iter(&entries) else { return Vec::new() };
    iterator
        .filter_map(|entry| {
            let pair: Array = entry.ok()?.into();
            Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
        })
        .collect()
}

fn prefix(figure: FigureId) -> String {
    format!("{}.", figure.slug())
}

/// The key of a figure's control. The size of the project's models is one for all figures that run them.
fn key(figure: FigureId, control: &str) -> String {
    if control == Rung::KEY { control.to_owned() } else { format!("{}{control}", prefix(figure)) }
}

/// The control of a figure that a key of the address sets.
fn control(figure: FigureId, key: &str) -> Option<&str> {
    let is_shared = key == Rung::KEY && figures::has_rung(figure);
    if is_shared { Some(key) } else { key.strip_prefix(&prefix(figure)) }
}

/// The state of a figure in the page's address.
pub fn state_of(figure: FigureId) -> State {
    let pairs = current().map(|url| query(&url)).unwrap_or_default();
    pairs.into_iter().filter_map(|(key, value)| Some((control(figure, &key)?.to_owned(), value))).collect()
}

/// Whether the page's address holds anything of a figure.
pub fn has_state(figure: FigureId) -> bool {
    crate::IS_PAGE && state_of(figure).pairs().next().is_some()
}

/// Replaces a figure's state in an address.
fn set_state(url: &Url, figure: FigureId, state: &State) {
    let params: UrlSearchParams = url.search_params();
    for (key, _) in query(url) {
        if control(figure, &key).is_some() {
            params.delete(&key);
        }
    }
    for (name, value) in state.pairs() {
        params.set(&key(figure, name), value);
    }
}

/// Writes a figure's state into the page's address without a new entry in the history.
pub fn write_state(figure: FigureId, state: &State) {
    let Some((url, history)) = current().zip(browser::window().and_then(|window| window.history().ok()))
    else {
        return;
    };
    set_state(&url, figure, state);
    // Refused in some frames and when called too often; the figure itself does not depend on it.
    drop(history.replace_state_with_url(&JsValue::NULL, "", Some(&url.href())));
}

/// Address of the essay with one figure in this state and in view. Empty at build time.
pub fn link_to(figure: FigureId, state: &State) -> AttrValue {
    let essay = || {
        let url = Url::new(&browser::resolve(&browser::root_data("essay")?)?).ok()?;
        set_state(&url, figure, state);
        url.set_hash(&format!("fig-{}", figure.slug()));
        Some(url.href())
    };
    if crate::IS_PAGE { essay().unwrap_or_default().into() } else { AttrValue::default() }
}

/// HTML that shows one figure in this state in another page. Empty at build time.
pub fn embed_code(figure: FigureId, state: &State, title: &str) -> AttrValue {
    let code = || {
        let folder = browser::root_data("embeds")?;
        let url = Url::new(&browser::resolve(&format!("{folder}{}.html", figure.slug()))?).ok()?;
        set_state(&url, figure, state);
        let (address, title) = (escaped(&url.href()), escaped(title));
        Some(format!(
            "<iframe src=\"{address}\" title=\"{title}\" width=\"100%\" height=\"900\" loading=\"lazy\" allow=\"clipboard-write\"></iframe>"
        ))
    };
    if crate::IS_PAGE { code().unwrap_or_default().into() } else { AttrValue::default() }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    #[test]
    fn attribute_values_are_escaped() {
        assert_eq!(super::escaped("a\"b&c<d"), "a&quot;b&amp;c&lt;d");
    }
}
