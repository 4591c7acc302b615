//! Running text.

use chapter::{Inline, Language, Reference};
use yew::prelude::*;

use super::Context;
use crate::locale::{number, words};

/// Running text as HTML.
pub fn inlines(content: &[Inline], context: &Context<'_>) -> Html {
    html! { { for content.iter().map(|piece| inline(piece, context)) } }
}

fn inline(piece: &Inline, context: &Context<'_>) -> Html {
    match piece {
        Inline::Text(text) => html! { { text } },
        Inline::LineBreak => html! { <br /> },
        Inline::Strong(content) => html! { <strong>{ inlines(content, context) }</strong> },
        Inline::Emphasis(content) => html! { <em>{ inlines(content, context) }</em> },
        Inline::Code(code) => html! { <code>{ code }</code> },
        Inline::Math(math) => Html::from_html_unchecked(math.clone().into()),
        Inline::Citation { key, locator } => citation(key, locator, context),
        Inline::Fact(key) => {
            let written = context.fact(key).map(|fact| number::fact(fact, context.language()));
            html! { <span class="fact">{ for written }</span> }
        }
        Inline::Note(key) => note(key, context),
        Inline::Link { href, content } => {
            html! { <a href={href.clone()} rel="external">{ inlines(content, context) }</a> }
        }
        Inline::NoteLink { key, content } => {
            html! { <a href={context.note_address(key)}>{ inlines(content, context) }</a> }
        }
        Inline::SectionLink { slug, content } => {
            html! { <a href={format!("#sec-{slug}")}>{ inlines(content, context) }</a> }
        }
        Inline::FigureLink { figure, state, content } => html! {
            <a
                class="figure-link"
                href={format!("#fig-{}", figure.slug())}
                data-sets={(!state.is_empty()).then(|| figure.slug())}
                data-state={(!state.is_empty()).then(|| state.clone())}
            >{ inlines(content, context) }</a>
        },
    }
}

/// A citation: a link to the list that names the work, and a card that opens on hover, focus and tap.
pub fn citation(key: &str, locator: &[Inline], context: &Context<'_>) -> Html {
    let Some(work) = context.reference(key) else { return Html::default() };
    let language = context.language();
    html! {
        <span class="cite" id={context.next_citation(key)}>
            <a class="cite__link" href={context.entry_address(key)}>
                { format!("{} {}", work.short, context.year(work)) }
                if !locator.is_empty() {
                    { separator(language) }{ inlines(locator, context) }
                }
            </a>
            <span class="cite__card">
                { entry(work, context) }
                <span class="cite__links">
                    if let Some(address) = work.address() {
                        <a href={address} rel="external">{ words::read_it(language) }</a>
                    }
                    <a href={context.entry_address(key)}>{ words::in_the_list(language) }</a>
                </span>
            </span>
        </span>
    }
}

const fn separator(language: Language) -> &'static str {
    match language {
        Language::Zh => "，",
        Language::En => ", ",
    }
}

/// A work as the reference list prints it.
pub fn entry(work: &Reference, context: &Context<'_>) -> Html {
    html! {
        <span class="work">
            { format!("{} ({}). ", work.authors, context.year(work)) }
            <cite>{ &work.title }</cite>
            { format!(". {}.", work.venue) }
            if let Some(arxiv) = &work.arxiv { { format!(" arXiv:{arxiv}.") } }
        </span>
    }
}

/// The mark of a margin note and the note itself, right after the sentence that it is about.
fn note(key: &str, context: &Context<'_>) -> Html {
    let Some((number, note)) = context.note(key) else { return Html::default() };
    // The word joiner keeps the mark on the line where its sentence ends.
    let label = format!("{} {number}", words::note(context.language()));
    html! {
        <>
            { "\u{2060}" }<a class="note-mark" id={format!("mark-{key}")} href={format!("#note-{key}")} aria-label={label.clone()}>{ number }</a>
            <span class="note" id={format!("note-{key}")} role="note" aria-label={label}>
                <span class="note__number" aria-hidden="true">{ number }</span>
                { inlines(&note.content, context) }
            </span>
        </>
    }
}
