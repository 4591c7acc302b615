//! Scale & Emergence: an interactive essay.
//!
//! The chapter is data under `content/`. The native program `prerender` renders it to complete static HTML with the
//! functions of [`prose`]; in the browser the binary `essay` wakes the [`figures`] when the reader comes near them.
//! See the README for the map.

pub mod browser;
#[cfg(target_arch = "wasm32")]
pub mod canvas;
pub mod components;
pub mod figure;
pub mod figures;
pub mod hooks;
pub mod lab;
pub mod locale;
pub mod page;
pub mod particle_kernel;
pub mod plot;
pub mod prose;
#[cfg(not(target_arch = "wasm32"))]
pub mod site;
pub mod stage;

/// Whether this is the page in a browser; else it is the native build, where components are rendered once to HTML.
pub const IS_PAGE: bool = cfg!(target_arch = "wasm32");
