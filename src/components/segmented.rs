//! A choice among a few: radio buttons that look like one bar.

use yew::prelude::*;

/// A bar of radio buttons: arrow keys move, as in every radio group.
pub struct Segmented {
    /// What is chosen.
    pub label: &'static str,
    /// Name of the group of radio buttons, unique on the page.
    pub name: &'static str,
    /// The choices.
    pub choices: Vec<&'static str>,
    /// Index of the current one.
    pub selected: usize,
    /// Called with the index of the new one.
    pub on_select: Callback<usize>,
}

/// Where `one` stands among `all`, for [`Segmented::selected`].
pub fn index_of<T: PartialEq>(all: &[T], one: &T) -> usize {
    all.iter().position(|candidate| candidate == one).unwrap_or_default()
}

impl Segmented {
    /// The bar as HTML.
    pub fn view(self) -> Html {
        let Self { label, name, choices, selected, on_select } = self;
        html! {
            <fieldset class="segmented">
                <legend class="segmented__label">{ label }</legend>
                <div class="segmented__bar">
                    { for choices.into_iter().enumerate().map(|(index, choice)| html! {
                        <label class="segmented__choice">
                            <input
                                type="radio"
                                {name}
                                checked={index == selected}
                                onchange={on_select.reform(move |_| index)}
                            />
                            <span>{ choice }</span>
                        </label>
                    }) }
                </div>
            </fieldset>
        }
    }
}
