//! A choice among many: the browser's own list.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// A list that opens.
pub struct Select {
    /// What is chosen.
    pub label: &'static str,
    /// The choices.
    pub choices: Vec<AttrValue>,
    /// Index of the current one.
    pub selected: usize,
    /// Called with the index of the new one.
    pub on_select: Callback<usize>,
}

impl Select {
    /// The list as HTML.
    pub fn view(self) -> Html {
        let Self { label, choices, selected, on_select } = self;
        let onchange = on_select.reform(|event: Event| {
            let list: HtmlSelectElement = event.target_unchecked_into();
            usize::try_from(list.selected_index()).unwrap_or_default()
        });
        let options = choices.into_iter().enumerate().map(|(index, choice)| {
            html! { <option value={index.to_string()} selected={index == selected}>{ choice }</option> }
        });
        html! {
            <label class="select">
                <span class="segmented__label">{ label }</span>
                { list(options.collect(), selected, onchange) }
            </label>
        }
    }
}

/// The list in the page. The attribute of an option counts only until the reader chooses; after that it is the property
/// of the list that shows.
#[cfg(target_arch = "wasm32")]
fn list(options: Html, selected: usize, onchange: Callback<Event>) -> Html {
    html! { <select class="select__list" ~value={selected.to_string()} {onchange}>{ options }</select> }
}

/// The list at build time, where nothing has properties.
#[cfg(not(target_arch = "wasm32"))]
fn list(options: Html, _selected: usize, onchange: Callback<Event>) -> Html {
    html! { <select class="select__list" {onchange}>{ options }</select> }
}
