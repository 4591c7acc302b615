//! The reference list with links back into the text, and the notes once more for print.

use yew::prelude::*;

use super::context::citation_id;
use super::inline::entry;
use super::{Context, inlines};
use crate::locale::words;

/// Every cited work, each with links back to where it is cited. To be rendered after the text, whose citations it
/// counts.
pub fn reference_list(context: &Context<'_>) -> Html {
    let language = context.language();
    html! {
        <section class="references" id="references">
            <h2 class="heading">{ words::references(language) }</h2>
            <ol class="references__list">
                { for context.chapter.references.iter().map(|work| {
                    let count = context.citations_of(&work.key);
                    html! {
                        <li id={format!("ref-{}", work.key)}>
                            { entry(work, context) }
                            if let Some(address) = work.address() {
                                { " " }<a href={address} rel="external">{ words::read_it(language) }</a>
                            }
                            if count > 0 {
                                <span class="references__back">
                                    { " ↩" }
                                    { for (1..=count).map(|index| html! {
                                        <>{ " " }<a
                                            href={format!("#{}", citation_id(&work.key, index))}
                                            aria-label={format!("{} {index}", words::back_to_text(language))}
                                        >{ index }</a></>
                                    }) }
                                </span>
                            }
                        </li>
                    }
                }) }
            </ol>
        </section>
    }
}

/// The notes as a list at the end: print has no margin to tap. Hidden on screens.
pub fn endnotes(context: &Context<'_>) -> Html {
    html! {
        <section class="endnotes" aria-hidden="true">
            <h2>{ words::notes(context.language()) }</h2>
            <ol>
                { for context.chapter.notes.iter().map(|note| html! {
                    <li>{ context.repeated(|| inlines(&note.content, context)) }</li>
                }) }
            </ol>
        </section>
    }
}
