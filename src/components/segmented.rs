//! A choice among a few: radio buttons that look like one bar.

use yew::prelude::*;

/// One of the choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice(AttrValue);

impl From<&'static str> for Choice {
    fn from(name: &'static str) -> Self {
        Self(name.into())
    }
}

/// Properties of [`Segmented`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is chosen.
    pub label: AttrValue,
    /// Name of the group of radio buttons, unique on the page.
    pub name: AttrValue,
    /// The choices.
    pub choices: Vec<Choice>,
    /// Index of the current one.
    pub selected: usize,
    /// Called with the index of the new one.
    pub on_select: Callback<usize>,
}

/// A bar of radio buttons: arrow keys move, as in every radio group.
#[component]
pub fn Segmented(props: &Props) -> Html {
    html! {
        <fieldset class="segmented">
            <legend class="segmented__label">{ &props.label }</legend>
            <div class="segmented__bar">
                { for props.choices.iter().enumerate().map(|(index, Choice(name))| html! {
                    <label class="segmented__choice">
                        <input
                            type="radio"
                            name={&props.name}
                            checked={index == props.selected}
                            onchange={props.on_select.reform(move |_| index)}
                        />
                        <span>{ name }</span>
                    </label>
                }) }
            </div>
        </fieldset>
    }
}
