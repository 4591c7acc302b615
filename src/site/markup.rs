//! Virtual DOM to text.

use futures::executor::block_on;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
struct Props {
    content: Html,
}

#[component]
fn Content(props: &Props) -> Html {
    props.content.clone()
}

/// The HTML of some markup.
pub fn to_text(content: Html) -> String {
    block_on(yew::LocalServerRenderer::<Content>::with_props(Props { content }).hydratable(false).render())
}

/// Text as the value of an attribute between double quotes, or between tags.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}
