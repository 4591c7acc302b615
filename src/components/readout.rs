//! Numbers that the figure computes, with label and unit.

use yew::prelude::*;

/// A number with its label.
pub struct Readout {
    /// What is read.
    pub label: &'static str,
    /// Its value.
    pub value: String,
    /// Its unit; empty if it is part of the value.
    pub unit: &'static str,
}

/// A group of readouts as HTML.
pub fn readouts(group: impl IntoIterator<Item = Readout>) -> Html {
    html! {
        <dl class="readouts">
            { for group.into_iter().map(|Readout { label, value, unit }| html! {
                <div class="readout">
                    <dt class="readout__label">{ label }</dt>
                    <dd class="readout__value">
                        { value }
                        if !unit.is_empty() {
                            { " " }<span class="readout__unit">{ unit }</span>
                        }
                    </dd>
                </div>
            }) }
        </dl>
    }
}
