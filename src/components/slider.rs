//! A labelled range input with its value written beside it.

use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Properties of [`Slider`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is set, with its unit.
    pub label: AttrValue,
    /// Current value.
    pub value: f64,
    /// Smallest value.
    pub min: f64,
    /// Largest value.
    pub max: f64,
    /// Step of the arrow keys.
    pub step: f64,
    /// The value as the reader's language writes it.
    pub text: AttrValue,
    /// Called with the new value.
    pub on_input: Callback<f64>,
}

/// A slider.
#[component]
pub fn Slider(props: &Props) -> Html {
    let oninput = props
        .on_input
        .reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value_as_number());
    html! {
        <label class="slider">
            <span class="slider__label">{ &props.label }</span>
            <output class="slider__value">{ &props.text }</output>
            <input
                class="slider__input"
                type="range"
                min={props.min.to_string()}
                max={props.max.to_string()}
                step={props.step.to_string()}
                value={props.value.to_string()}
                aria-valuetext={&props.text}
                {oninput}
            />
        </label>
    }
}
