//! Numbers that the figure computes, with label and unit.

use yew::prelude::*;

/// Properties of [`Readouts`].
#[derive(Properties, PartialEq)]
pub struct GroupProps {
    /// The readouts.
    pub children: Html,
}

/// A group of readouts.
#[component]
pub fn Readouts(props: &GroupProps) -> Html {
    html! { <dl class="readouts">{ props.children.clone() }</dl> }
}

/// Properties of [`Readout`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is read.
    pub label: AttrValue,
    /// Its value.
    pub value: AttrValue,
    /// Its unit, if it is not part of the value.
    #[prop_or_default]
    pub unit: AttrValue,
}

/// A number with its label.
#[component]
pub fn Readout(props: &Props) -> Html {
    html! {
        <div class="readout">
            <dt class="readout__label">{ &props.label }</dt>
            <dd class="readout__value">
                { &props.value }
                if !props.unit.is_empty() {
                    <span class="readout__unit">{ "\u{a0}" }{ &props.unit }</span>
                }
            </dd>
        </div>
    }
}
