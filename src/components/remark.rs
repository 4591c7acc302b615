//! A sentence of a figure that comes and goes with its state.

use yew::prelude::*;

/// Properties of [`Remark`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The sentence.
    pub children: Html,
}

/// A remark, announced politely to screen readers when it changes.
#[component]
pub fn Remark(props: &Props) -> Html {
    html! { <p class="remark" aria-live="polite">{ props.children.clone() }</p> }
}
