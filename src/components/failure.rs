//! An error in its place: one plain sentence and a way to start again.

use chapter::Language;
use yew::prelude::*;

use crate::locale::words;

/// Properties of [`Failure`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The reader's language.
    pub language: Language,
    /// What happened, in a sentence.
    pub message: AttrValue,
    /// The technical reason, for those who can act on it.
    #[prop_or_default]
    pub reason: AttrValue,
    /// Starts again.
    pub on_retry: Callback<()>,
}

/// A failure notice.
#[component]
pub fn Failure(props: &Props) -> Html {
    html! {
        <div class="failure" role="alert">
            <p class="failure__message">{ &props.message }</p>
            if !props.reason.is_empty() {
                <p class="failure__reason">{ &props.reason }</p>
            }
            <button type="button" class="button" onclick={props.on_retry.reform(|_| ())}>
                { words::retry(props.language) }
            </button>
        </div>
    }
}
