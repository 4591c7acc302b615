//! Numbers that the figure computes, with label and unit.

use yew::prelude::*;

/// A number with its label.
pub struct Readout {
    /// What is read; names the unit where the value does not.
    pub label: &'static str,
    /// Its value.
    pub value: String,
}

/// A group of readouts as HTML.
pub fn readouts(group: impl IntoIterator<Item = Readout>) -> Html {
    html! {
        <dl class="readouts">
            { for group.into_iter().map(|Readout { label, value }| html! {
                <div class="readout">
                    <dt class="readout__label">{ label }</dt>
                    <dd class="readout__value">{ value }</dd>
                </div>
            }) }
        </dl>
    }
}
