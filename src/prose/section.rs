//! Sections, their headings and the table of contents.

use chapter::{Chapter, Section};
use yew::prelude::*;

use super::block::{blocks, plain_text};
use super::{Context, inlines};
use crate::locale::words;

/// The whole text: the opening and every section.
pub fn chapter_body(context: &Context<'_>) -> Html {
    let Chapter { opening, sections, .. } = context.chapter;
    html! {
        <>
            { blocks(opening, context) }
            { for sections.iter().map(|one| section(one, context, 2)) }
        </>
    }
}

#[expect(clippy::ignored_unit_patterns, reason = "in what `html!` makes of a dynamic tag")]
fn section(section: &Section, context: &Context<'_>, level: u8) -> Html {
    let id = format!("sec-{}", section.slug);
    let label = format!("{}: {}", words::link_to_section(context.language()), plain_text(&section.heading));
    html! {
        <section id={id.clone()}>
            <@{format!("h{level}")} class="heading">
                { inlines(&section.heading, context) }
                <a class="heading__link" href={format!("#{id}")} aria-label={label}>{ "#" }</a>
            </@>
            { blocks(&section.blocks, context) }
            { for section.parts.iter().map(|part| self::section(part, context, level + 1)) }
        </section>
    }
}

/// The table of contents.
pub fn contents(chapter: &Chapter) -> Html {
    fn list(sections: &[Section]) -> Html {
        html! {
            <ol class="contents__list">
                { for sections.iter().map(|section| html! {
                    <li>
                        <a class="contents__link" href={format!("#sec-{}", section.slug)}>{ plain_text(&section.heading) }</a>
                        if !section.parts.is_empty() { { list(&section.parts) } }
                    </li>
                }) }
            </ol>
        }
    }
    list(&chapter.sections)
}
