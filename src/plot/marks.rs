//! What is put on a plot: curves, rules, dots and labels. Values are in the units of the plot's axes.

use plotters::element::{Circle, DashedPathElement, PathElement, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color as _, FontStyle, ShapeStyle, TextStyle};

use super::clip::inside_unit_square;
use super::simplify::simplified;
use super::{Color, DrawError, Frame, Look, PlotArea};

/// The families a canvas and an SVG ask for, so that both scripts are drawn with the interface's font.
pub const FONT: &str = "system-ui, -apple-system, \"Segoe UI\", Roboto, \"PingFang SC\", \"Hiragino Sans GB\", \
                        \"Microsoft YaHei\", \"Noto Sans CJK SC\", \"Noto Sans SC\", sans-serif";

/// On which side of its point a label stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The label begins at the point.
    Start,
    /// The label is centered on the point.
    Middle,
    /// The label ends at the point.
    End,
}

/// A text style in this look.
pub fn text_style<'a>(
    look: &Look,
    css_size: f64,
    color: Color,
    opacity: f64,
    anchor: Anchor,
    v_pos: VPos,
) -> TextStyle<'a> {
    let h_pos = match anchor {
        Anchor::Start => HPos::Left,
        Anchor::Middle => HPos::Center,
        Anchor::End => HPos::Right,
    };
    let color = color.mix(opacity);
    let style = TextStyle::from((FONT, css_size * look.density, FontStyle::Normal));
    TextStyle { color: color.to_backend_color(), ..style }.pos(Pos::new(h_pos, v_pos))
}

fn stroke(look: &Look, color: Color, width: f64) -> ShapeStyle {
    ShapeStyle { color: color.to_rgba(), filled: false, stroke_width: look.stroke(width) }
}

/// Deviation from a curve that nobody sees: a fifth of a CSS pixel on a plot of 600, as a part of the axes.
const UNSEEN: f64 = 0.2 / 600.0;

/// The pieces of a curve inside the plot, in values.
fn pieces(frame: &Frame, points: &[(f64, f64)]) -> Vec<Vec<(f64, f64)>> {
    let places: Vec<_> = points.iter().map(|&(x, y)| (frame.x.place(x), frame.y.place(y))).collect();
    let to_values = |(x, y)| (frame.x.value(x), frame.y.value(y));
    inside_unit_square(&simplified(&places, UNSEEN))
        .into_iter()
        .map(|piece| piece.into_iter().map(to_values).collect())
        .collect()
}

/// Draws a curve through points, cut at the edges of the plot; `width` in CSS pixels.
///
/// # Errors
/// When the backend fails.
pub fn curve(
    plot: &PlotArea<'_>,
    frame: &Frame,
    look: &Look,
    points: &[(f64, f64)],
    color: Color,
    width: f64,
) -> Result<(), DrawError> {
    for piece in pieces(frame, points) {
        plot.draw(&PathElement::new(piece, stroke(look, color, width)))?;
    }
    Ok(())
}

/// Draws a dashed curve through points, cut at the edges of the plot; `width` in CSS pixels.
///
/// # Errors
/// When the backend fails.
pub fn dashed_curve(
    plot: &PlotArea<'_>,
    frame: &Frame,
    look: &Look,
    points: &[(f64, f64)],
    color: Color,
    width: f64,
) -> Result<(), DrawError> {
    let (dash, gap) = (look.stroke(5.0), look.stroke(4.0));
    for piece in pieces(frame, points) {
        plot.draw(&DashedPathElement::new(piece, dash, gap, stroke(look, color, width)))?;
    }
    Ok(())
}

/// Draws a straight dashed line between two points of the plot.
///
/// # Errors
/// When the backend fails.
pub fn rule(
    plot: &PlotArea<'_>,
    look: &Look,
    from: (f64, f64),
    to: (f64, f64),
    color: Color,
) -> Result<(), DrawError> {
    let (dash, gap) = (look.stroke(2.0), look.stroke(3.0));
    Ok(plot.draw(&DashedPathElement::new([from, to], dash, gap, stroke(look, color, 1.0)))?)
}

/// Draws a filled dot of this radius (CSS pixels), with a rim of the background's color that sets it off.
///
/// # Errors
/// When the backend fails.
pub fn dot(
    plot: &PlotArea<'_>,
    look: &Look,
    at: (f64, f64),
    radius: f64,
    color: Color,
) -> Result<(), DrawError> {
    plot.draw(&Circle::new(at, look.stroke(radius + 1.5), look.palette.surface.filled()))?;
    Ok(plot.draw(&Circle::new(at, look.stroke(radius), color.filled()))?)
}

/// Draws a ring of this radius (CSS pixels), filled with the background's color.
///
/// # Errors
/// When the backend fails.
pub fn ring(
    plot: &PlotArea<'_>,
    look: &Look,
    at: (f64, f64),
    radius: f64,
    color: Color,
) -> Result<(), DrawError> {
    plot.draw(&Circle::new(at, look.stroke(radius), look.palette.surface.filled()))?;
    Ok(plot.draw(&Circle::new(at, look.stroke(radius), stroke(look, color, 1.5)))?)
}

/// Writes a label next to a point: `offset` is in CSS pixels, to the right and upwards.
///
/// # Errors
/// When the backend fails.
pub fn label(
    plot: &PlotArea<'_>,
    look: &Look,
    at: (f64, f64),
    offset: (f64, f64),
    anchor: Anchor,
    color: Color,
    text: &str,
) -> Result<(), DrawError> {
    let (x, y) = plot.map_coordinate(&at);
    let at = (x + look.px(offset.0), y - look.px(offset.1));
    let style =
        text_style(look, if look.is_narrow() { 11.0 } else { 12.0 }, color, 1.0, anchor, VPos::Center);
    let (left, top) = plot.get_base_pixel();
    // Labels may reach over the frame, so they are drawn in the picture's own pixels.
    Ok(plot.strip_coord_spec().draw(&Text::new(text.to_owned(), (at.0 - left, at.1 - top), style))?)
}
