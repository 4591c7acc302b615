//! What components need of the browser over time. Each hook cleans up after itself.

mod animation;
mod use_animated;
mod use_element_size;
mod use_lab;
mod use_palette;

pub use animation::Animation;
pub use use_animated::{BRIEF, use_animated};
pub use use_element_size::use_element_size;
pub use use_lab::use_lab;
pub use use_palette::use_palette;
