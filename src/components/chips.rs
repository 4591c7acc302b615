//! A row of buttons that set one value: named points to jump to.

use yew::prelude::*;

/// A row of small buttons.
pub struct Chips {
    /// What the buttons do.
    pub label: &'static str,
    /// Name and value of each.
    pub chips: Vec<(String, f64)>,
    /// Called with the value of the chosen one.
    pub on_pick: Callback<f64>,
}

impl Chips {
    /// The row as HTML.
    pub fn view(self) -> Html {
        let Self { label, chips, on_pick } = self;
        html! {
            <div class="chips" role="group" aria-label={label}>
                <span class="chips__label" aria-hidden="true">{ label }</span>
                { for chips.into_iter().map(|(name, value)| {
                    html! {
                        <button type="button" class="chip" onclick={on_pick.reform(move |_| value)}>{ name }</button>
                    }
                }) }
            </div>
        }
    }
}
