//! A measurement that the reader asks for: the button, how far it is, and why it failed.

use chapter::Language;
use yew::prelude::*;

use super::Failure;
use crate::locale::words;

/// A measurement in the lab.
pub struct Measuring {
    /// What the button says.
    pub label: String,
    /// How much is done and how much there is; none while nothing is measured.
    pub progress: Option<(u32, u32)>,
    /// Why the last one failed.
    pub problem: Option<String>,
    /// Starts it, again after a failure.
    pub on_start: Callback<()>,
}

impl Measuring {
    /// Its HTML.
    pub fn view(self, language: Language) -> Html {
        if let Some(reason) = self.problem {
            return html! {
                <Failure {language} message={words::model_failed(language)} {reason} on_retry={self.on_start} />
            };
        }
        html! {
            <div class="chips">
                <button type="button" class="button" disabled={self.progress.is_some()} onclick={self.on_start.reform(|_| ())}>
                    { self.label }
                </button>
                if let Some((done, all)) = self.progress {
                    <progress aria-label={words::measuring(language)} max={all.to_string()} value={done.to_string()}></progress>
                }
            </div>
        }
    }
}
