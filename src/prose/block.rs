//! Paragraphs, lists, tables, formulas and samples.

use chapter::{Block, CodeBlock, TableBlock};
use yew::prelude::*;

use super::figure_frame::figure_frame;
use super::{Context, inlines};

/// Blocks as HTML, each with an id that is the same in both languages.
pub fn blocks(content: &[Block], context: &Context<'_>) -> Html {
    html! { { for content.iter().map(|one| block(one, context, Some(context.next_block()))) } }
}

fn block(content: &Block, context: &Context<'_>, id: Option<String>) -> Html {
    let data_block = id.as_ref().map(|_| "");
    match content {
        Block::Paragraph(text) => html! { <p {id} data-block={data_block}>{ inlines(text, context) }</p> },
        Block::List { ordered, items } => {
            let items = items.iter().map(|item| {
                html! {
                    <li>{ for item.iter().map(|one| item_block(one, context)) }</li>
                }
            });
            if *ordered {
                html! { <ol {id} data-block={data_block}>{ for items }</ol> }
            } else {
                html! { <ul {id} data-block={data_block}>{ for items }</ul> }
            }
        }
        Block::Table(content) => table(content, context, id),
        Block::Math(math) => html! {
            <div class="formula" {id} data-block={data_block} tabindex="0" role="group" aria-label="L(N) = (N_c/N)^α_N">{ Html::from_html_unchecked(math.clone().into()) }</div>
        },
        Block::Code(sample) => code(sample, id),
        Block::Figure(figure) => {
            html! { <div {id} data-block={data_block}>{ figure_frame(figure, context) }</div> }
        }
    }
}

/// A block within a list item: a lone paragraph stands without its element.
fn item_block(content: &Block, context: &Context<'_>) -> Html {
    match content {
        Block::Paragraph(text) => inlines(text, context),
        other => block(other, context, None),
    }
}

/// A table that scrolls inside its own box. The box takes the focus, so that arrow keys scroll it too.
fn table(content: &TableBlock, context: &Context<'_>, id: Option<String>) -> Html {
    let cells = |row: &[Vec<chapter::Inline>]| -> Html {
        row.iter()
            .enumerate()
            .map(|(index, cell)| {
                let cell = inlines(cell, context);
                // The first column names what its row is about.
                if index == 0 {
                    html! { <th scope="row">{ cell }</th> }
                } else {
                    html! { <td>{ cell }</td> }
                }
            })
            .collect()
    };
    let label = plain_text(&content.caption);
    html! {
        <div class="table" id={id.clone()} data-block={id.map(|_| "")} tabindex="0" role="region" aria-label={label}>
            <table>
                if !content.caption.is_empty() { <caption>{ inlines(&content.caption, context) }</caption> }
                <thead>
                    <tr>{ for content.header.iter().map(|cell| html! { <th scope="col">{ inlines(cell, context) }</th> }) }</tr>
                </thead>
                <tbody>{ for content.rows.iter().map(|row| html! { <tr>{ cells(row) }</tr> }) }</tbody>
            </table>
        </div>
    }
}

fn code(sample: &CodeBlock, id: Option<String>) -> Html {
    let language = (!sample.language.is_empty()).then(|| sample.language.clone());
    let content = Html::from_html_unchecked(format!("<code>{}</code>", sample.html).into());
    html! { <pre class="sample" id={id.clone()} data-block={id.map(|_| "")} data-language={language} tabindex="0">{ content }</pre> }
}

/// The words of running text, for attributes.
pub fn plain_text(content: &[chapter::Inline]) -> String {
    use chapter::Inline;
    content
        .iter()
        .map(|piece| match piece {
            Inline::Text(text) | Inline::Code(text) => text.clone(),
            Inline::Strong(content)
            | Inline::Emphasis(content)
            | Inline::Link { content, .. }
            | Inline::NoteLink { content, .. }
            | Inline::SectionLink { content, .. }
            | Inline::FigureLink { content, .. } => plain_text(content),
            Inline::LineBreak => " ".to_owned(),
            Inline::Math(_) | Inline::Citation { .. } | Inline::Fact(_) | Inline::Note(_) => String::new(),
        })
        .collect()
}
