//! Installing what the other commands need: found first, installed only if missing, never by halves.

mod apt;
mod browser;
mod cargo_tool;
mod debian_std;
mod fonts;
mod install_folder;
mod launchers;
mod node;
mod rust_components;
mod stages;
mod wasm_compiler;

pub use browser::Browser;
pub use node::has_node;
pub use stages::{
    all, for_comparison, for_page, for_publication, for_tests_in_browser, for_tests_without_browser,
};
pub use wasm_compiler::WasmCompiler;
