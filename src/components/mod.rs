//! The pieces of interface that figures are made of. None of them knows the chapter or a particular figure.

mod chips;
mod data_table;
mod download;
pub mod failure;
pub mod figure_shell;
mod legend;
mod plot_canvas;
mod readout;
mod remark;
mod segmented;
mod share_menu;
mod slider;

pub use chips::Chips;
pub use data_table::{DataView, csv};
pub use failure::Failure;
pub use figure_shell::FigureShell;
pub use legend::{Legend, LegendEntry, Line};
pub use plot_canvas::PlotCanvas;
pub use readout::{Readout, Readouts};
pub use remark::Remark;
pub use segmented::{Choice, Segmented};
pub use slider::Slider;
