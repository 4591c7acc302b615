//! Charts over any plotters backend: the same drawing runs on a canvas in the page and in SVG at build time.
//!
//! Nothing here knows the browser. Sizes are CSS pixels until [`Look::px`] turns them into the backend's pixels.

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind};

mod axes;
mod backend;
mod clip;
mod credit;
mod frame;
mod labels;
mod look;
mod marks;
mod scale;
mod simplify;
pub mod svg;

pub use axes::{Axes, Axis};
pub use backend::{Backend, BackendError};
pub use credit::with_credit;
pub use frame::Frame;
pub use labels::Label;
pub use look::{Color, Look, Palette, Size};
pub use marks::{Anchor, Plot, Trace};
pub use scale::Scale;

/// A picture being drawn, in the backend's pixels.
pub type Picture<'a> = DrawingArea<Backend<'a>, Shift>;

/// Why a picture could not be drawn: the backend's own words.
#[derive(Debug, thiserror::Error)]
#[error("the picture could not be drawn: {0}")]
pub struct DrawError(String);

impl DrawError {
    /// The browser gave no drawing context.
    pub fn no_canvas() -> Self {
        Self("the browser offers no canvas".to_owned())
    }
}

impl From<DrawingAreaErrorKind<BackendError>> for DrawError {
    fn from(error: DrawingAreaErrorKind<BackendError>) -> Self {
        Self(error.to_string())
    }
}
