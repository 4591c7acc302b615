//! The frame of a figure: number, title, still picture, caption and sources. It is HTML from the start; the program
//! only replaces the island within.

use chapter::FigureBlock;
use yew::prelude::*;

use super::block::plain_text;
use super::{Context, FigureMarkup, inlines};
use crate::locale::words;

/// Sources beyond which a figure counts them instead of naming each: its data table says which number is whose.
const MANY_SOURCES: usize = 12;

/// A figure in its frame.
pub fn figure_frame(block: &FigureBlock, context: &Context<'_>) -> Html {
    let language = context.language();
    let slug = block.figure.slug();
    let FigureMarkup { island, source, references, own } = context.figure(block.figure);
    let number = format!("{} {}", words::figure(language), block.number);
    let sources = references.iter().map(|key| super::inline::citation(key, &[], context));
    html! {
        <figure
            class="figure"
            id={format!("fig-{slug}")}
            data-figure={slug}
            data-state="static"
            data-source={source}
            data-title={plain_text(&block.title)}
            aria-labelledby={format!("title-{slug}")}
        >
            <p class="figure__heading">
                <span class="figure__number">{ number }</span>
                <span class="figure__title" id={format!("title-{slug}")}>{ inlines(&block.title, context) }</span>
            </p>
            <div data-island={slug}>{ island }</div>
            <figcaption class="figure__caption">
                { for block.caption.iter().map(|paragraph| html! { <p>{ inlines(paragraph, context) }</p> }) }
                // What other parts of the project measure, a figure says itself.
                if !references.is_empty() || own.is_some() {
                    <p class="figure__sources">
                        <span class="figure__sources-label">{ words::sources(language) }</span>
                        if references.len() > MANY_SOURCES {
                            // Each is cited here all the same: the list leads back to this line.
                            { for references.iter().map(|key| html! { <span id={context.next_citation(key)} /> }) }
                            <a href={context.list_address()}>{ words::listed_sources(references.len(), language) }</a>
                        } else {
                            { for sources.map(|source| html! { <>{ " " }{ source }</> }) }
                        }
                        if let Some(file) = own { <span>{ words::own_measurements(language) }{ " " }<code>{ file }</code></span> }
                    </p>
                }
            </figcaption>
        </figure>
    }
}
