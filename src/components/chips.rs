//! A row of buttons that set one value: named points to jump to.

use yew::prelude::*;

/// Properties of [`Chips`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What the buttons do.
    pub label: AttrValue,
    /// Name and value of each.
    pub chips: Vec<(AttrValue, f64)>,
    /// Called with the value of the chosen one.
    pub on_pick: Callback<f64>,
}

/// A row of small buttons.
#[component]
pub fn Chips(props: &Props) -> Html {
    html! {
        <div class="chips" role="group" aria-label={&props.label}>
            <span class="chips__label" aria-hidden="true">{ &props.label }</span>
            { for props.chips.iter().map(|(name, value)| {
                let value = *value;
                html! {
                    <button type="button" class="chip" onclick={props.on_pick.reform(move |_| value)}>{ name }</button>
                }
            }) }
        </div>
    }
}
