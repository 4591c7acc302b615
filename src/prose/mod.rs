//! The chapter as HTML: from the document model to Yew's virtual DOM, rendered once at build time.
//!
//! Nothing here knows what is inside a figure; it gives each a frame with number, title, caption and sources.

mod block;
mod context;
mod figure_frame;
mod inline;
mod references;
mod section;

pub use block::plain_text;
pub use context::{Context, FigureMarkup};
pub use figure_frame::figure_frame;
pub use inline::inlines;
pub use references::{endnotes, reference_list};
pub use section::{chapter_body, contents};
