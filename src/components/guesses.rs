//! What a model holds to come next, as bars.

use yew::prelude::*;

/// A word that may come next.
pub struct Guessed<'a> {
    /// As the reader sees it.
    pub word: &'a str,
    /// How likely it is, from 0 to 1.
    pub prob: f64,
    /// Whether it is what does come.
    pub is_right: bool,
}

/// The words as a list of bars, five high also while there are fewer, so that nothing below jumps.
pub fn guess_bars<'a>(guesses: impl Iterator<Item = Guessed<'a>>, is_fresh: bool) -> Html {
    let bars = guesses.map(|Guessed { word, prob, is_right }| {
        html! {
            <li class="guess" data-right={is_right.then_some("")}>
                <span>{ word }{ if is_right { " ✓" } else { "" } }</span>
                <svg class="guess__bar" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
                    <rect width={prob.to_string()} height="1" />
                </svg>
                <span class="guess__percent">{ format!("{:.1}%", 100.0 * prob) }</span>
            </li>
        }
    });
    html! { <ol class="guesses" aria-busy={(!is_fresh).to_string()}>{ for bars }</ol> }
}
