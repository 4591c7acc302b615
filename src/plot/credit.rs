//! A picture that leaves the page takes its title and its sources along.

use plotters::element::Text;
use plotters::style::text_anchor::VPos;

use super::marks::text_style;
use super::{Anchor, DrawError, Look, Picture, Size};

/// Height of the strip for the title and of that for the sources, CSS pixels.
const STRIP: f64 = 30.0;

/// Draws a title above and a credit line below what `draw` draws between them.
///
/// # Errors
/// When the backend fails.
pub fn with_credit(
    picture: &Picture<'_>,
    look: &Look,
    title: &str,
    credit: &str,
    draw: &dyn Fn(&Picture<'_>, &Look) -> Result<(), DrawError>,
) -> Result<(), DrawError> {
    let margin = look.px(12.0);
    let strip = look.px(STRIP);
    let Size { width, height } = look.size;
    let inner = picture.margin(strip, strip, 0, 0);
    draw(&inner, &Look { size: Size { width, height: height - 2.0 * STRIP }, ..*look })?;
    let bold = text_style(look, 15.0, look.palette.ink, 1.0, Anchor::Start, VPos::Center);
    picture.draw(&Text::new(title.to_owned(), (margin, strip / 2), bold))?;
    let quiet = text_style(look, 11.0, look.palette.muted, 1.0, Anchor::Start, VPos::Center);
    let below = look.px(height) - strip / 2;
    Ok(picture.draw(&Text::new(credit.to_owned(), (margin, below), quiet))?)
}
