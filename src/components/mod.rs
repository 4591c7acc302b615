//! The pieces of interface that figures are made of. None of them knows the chapter or a particular figure.
//!
//! What has a state of its own is a component. What only shows what it is given is a plain struct or function that
//! gives HTML: each component costs a kilobyte of WebAssembly, a function next to nothing.

mod chips;
mod data_table;
mod download;
pub mod failure;
pub mod figure_shell;
mod guesses;
mod legend;
mod measuring;
mod plot_canvas;
mod prediction;
mod readout;
mod remark;
mod rung;
mod segmented;
mod select;
mod share_menu;
mod slider;

pub use chips::Chips;
pub use data_table::{csv, data_tables};
pub use failure::Failure;
pub use figure_shell::FigureShell;
#[cfg(target_arch = "wasm32")]
pub use figure_shell::{Mount, mount};
pub use guesses::{Guessed, guess_bars};
pub use legend::{LegendEntry, Line, legend};
pub use measuring::Measuring;
pub use plot_canvas::PlotCanvas;
pub use prediction::{PredictionBar, Sketch, Stage};
pub use readout::{Readout, readouts};
pub use remark::remark;
pub use rung::{rung_line, rung_slider};
pub use segmented::{Segmented, index_of};
pub use select::Select;
pub use slider::Slider;
