//! A labelled range input with its value written beside it.

use web_sys::HtmlInputElement;
use yew::prelude::*;

/// A slider.
pub struct Slider {
    /// What is set, with its unit.
    pub label: Html,
    /// Current value.
    pub value: f64,
    /// Smallest value.
    pub min: f64,
    /// Largest value.
    pub max: f64,
    /// Step of the arrow keys.
    pub step: f64,
    /// The value as the reader's language writes it.
    pub text: String,
    /// Called with the new value.
    pub on_input: Callback<f64>,
}

impl Slider {
    /// The slider as HTML.
    pub fn view(self) -> Html {
        let Self { label, value, min, max, step, text, on_input } = self;
        let oninput = on_input
            .reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value_as_number());
        html! {
            <label class="slider">
                <span class="slider__label">{ label }</span>
                <output class="slider__value">{ text.clone() }</output>
                <input
                    class="slider__input"
                    type="range"
                    min={min.to_string()}
                    max={max.to_string()}
                    step={step.to_string()}
                    value={value.to_string()}
                    aria-valuetext={text}
                    {oninput}
                />
            </label>
        }
    }
}
