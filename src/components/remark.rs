//! A sentence of a figure that comes and goes with its state.

use yew::prelude::*;

/// A remark, announced politely to screen readers when it changes.
pub fn remark(sentence: String) -> Html {
    html! { <p class="remark" aria-live="polite">{ sentence }</p> }
}
