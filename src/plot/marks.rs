//! What is put on a plot: curves, rules, dots and labels.

use plotters::element::{Circle, DashedPathElement, PathElement, Polygon, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color as _, FontStyle, ShapeStyle, TextStyle};

use super::clip::inside_unit_square;
use super::simplify::simplified;
use super::{Color, DrawError, Frame, Look, Picture, Scale};

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

/// Deviation from a curve that nobody sees: a fifth of a CSS pixel on a plot of 600, as a part of the axes.
const UNSEEN: f64 = 0.2 / 600.0;

/// A curve as it will be drawn on two axes: its pieces inside the plot, in places from 0 to 1. What is the same from
/// picture to picture is traced once.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace(Vec<Vec<(f64, f64)>>);

impl Trace {
    /// The curve through points on these axes.
    pub fn new(points: &[(f64, f64)], x_axis: &Scale, y_axis: &Scale) -> Self {
        let places: Vec<_> = points.iter().map(|&(x, y)| (x_axis.place(x), y_axis.place(y))).collect();
        Self(inside_unit_square(&simplified(&places, UNSEEN)))
    }
}

/// A plot being drawn. Points are in the units of its axes, lengths in CSS pixels; each method fails only when the
/// backend does.
pub struct Plot<'a> {
    /// What lies inside the axes. It is drawn on in pixels from its upper left corner: in the units of the axes, as
    /// plotters can, each point of a curve would cost four more logarithms.
    pub(super) inside: Picture<'a>,
    pub(super) frame: Frame,
    pub(super) look: Look,
}

impl<'a> Plot<'a> {
    /// The plot within a frame of a picture.
    pub fn new(picture: &Picture<'a>, frame: &Frame, look: &Look) -> Self {
        Self { inside: frame.inside(picture, look), frame: *frame, look: *look }
    }

    fn stroke(&self, color: Color, width: f64) -> ShapeStyle {
        ShapeStyle { color: color.to_rgba(), filled: false, stroke_width: self.look.stroke(width) }
    }

    /// Places on the two axes.
    fn place(&self, (x, y): (f64, f64)) -> (f64, f64) {
        (self.frame.x.place(x), self.frame.y.place(y))
    }

    /// Pixels of a place on the two axes, from the upper left corner inside.
    fn pixel(&self, (across, up): (f64, f64)) -> (i32, i32) {
        let (columns, rows) = self.inside.get_pixel_range();
        // Far outside of the range a pixel number could overflow; nothing is drawn there anyway.
        let pixels = |place: f64, all: i32| (place.clamp(-10.0, 10.0) * f64::from(all)).round() as i32;
        let height = rows.end - rows.start;
        (pixels(across, columns.end - columns.start), height - pixels(up, height))
    }

    /// Pixels of a point, from the upper left corner inside.
    pub(super) fn at(&self, point: (f64, f64)) -> (i32, i32) {
        self.pixel(self.place(point))
    }

    /// The pieces of a curve inside the plot.
    fn pieces(&self, trace: &Trace) -> Vec<Vec<(i32, i32)>> {
        trace.0.iter().map(|piece| piece.iter().map(|&place| self.pixel(place)).collect()).collect()
    }

    fn traced(&self, points: &[(f64, f64)]) -> Trace {
        Trace::new(points, &self.frame.x, &self.frame.y)
    }

    /// Draws a curve through points, cut at the edges of the plot.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn curve(&self, points: &[(f64, f64)], color: Color, width: f64) -> Result<(), DrawError> {
        self.trace(&self.traced(points), color, width)
    }

    /// Draws a curve that was traced on the same axes.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn trace(&self, trace: &Trace, color: Color, width: f64) -> Result<(), DrawError> {
        self.draw_trace(trace, self.stroke(color, width))
    }

    /// Draws a curve that was traced on the same axes, thin and pale: what stays in the background.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn faint_trace(&self, trace: &Trace, color: Color) -> Result<(), DrawError> {
        self.draw_trace(trace, ShapeStyle { color: color.mix(0.5), ..self.stroke(color, 1.0) })
    }

    fn draw_trace(&self, trace: &Trace, style: ShapeStyle) -> Result<(), DrawError> {
        for piece in self.pieces(trace) {
            self.inside.draw(&PathElement::new(piece, style))?;
        }
        Ok(())
    }

    /// Draws a thin, pale curve through points.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn faint_curve(&self, points: &[(f64, f64)], color: Color) -> Result<(), DrawError> {
        self.faint_trace(&self.traced(points), color)
    }

    /// Draws a dashed curve through points, cut at the edges of the plot.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn dashed_curve(&self, points: &[(f64, f64)], color: Color, width: f64) -> Result<(), DrawError> {
        self.pieces(&self.traced(points))
            .into_iter()
            .try_for_each(|piece| self.dashes(piece, (5.0, 4.0), color, width))
    }

    /// Fills the region between two curves with the same horizontal values, pale enough to see the grid through; what
    /// lies beyond the plot is cut at its lower and upper edge.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn band(&self, lower: &[(f64, f64)], upper: &[(f64, f64)], color: Color) -> Result<(), DrawError> {
        let (low, high) = (self.frame.y.low(), self.frame.y.high());
        let outline = lower.iter().chain(upper.iter().rev());
        let inside: Vec<_> = outline.map(|&(x, y)| self.at((x, y.clamp(low, high)))).collect();
        Ok(self.inside.draw(&Polygon::new(inside, color.mix(0.14)))?)
    }

    /// Draws a straight dotted line between two points of the plot.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn rule(&self, from: (f64, f64), to: (f64, f64), color: Color) -> Result<(), DrawError> {
        let ends = [from, to].map(|end| self.at(end));
        self.dashes(ends.into(), (2.0, 3.0), color, 1.0)
    }

    fn dashes(
        &self,
        points: Vec<(i32, i32)>,
        (dash, gap): (f64, f64),
        color: Color,
        width: f64,
    ) -> Result<(), DrawError> {
        let (dash, gap) = (self.look.stroke(dash), self.look.stroke(gap));
        Ok(self.inside.draw(&DashedPathElement::new(points, dash, gap, self.stroke(color, width)))?)
    }

    /// Draws a filled dot, with a rim of the background's color that sets it off.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn dot(&self, at: (f64, f64), radius: f64, color: Color) -> Result<(), DrawError> {
        self.disc(at, radius + 1.5, self.look.palette.surface)?;
        self.disc(at, radius, color)
    }

    /// Draws a ring, filled with the background's color.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn ring(&self, at: (f64, f64), radius: f64, color: Color) -> Result<(), DrawError> {
        self.disc(at, radius, self.look.palette.surface)?;
        self.circle(at, radius, color)
    }

    /// Draws a circle around what is there.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn circle(&self, at: (f64, f64), radius: f64, color: Color) -> Result<(), DrawError> {
        self.round(at, radius, self.stroke(color, 1.5))
    }

    /// Draws a disc whose area may be compared with others': seen through, with an edge.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn bubble(&self, at: (f64, f64), radius: f64, color: Color) -> Result<(), DrawError> {
        self.round(at, radius, color.mix(0.45).filled())?;
        self.round(at, radius, self.stroke(color, 1.0))
    }

    /// Draws a filled dot without a rim, for marks by the dozen.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn disc(&self, at: (f64, f64), radius: f64, color: Color) -> Result<(), DrawError> {
        self.round(at, radius, color.filled())
    }

    fn round(&self, at: (f64, f64), radius: f64, style: ShapeStyle) -> Result<(), DrawError> {
        Ok(self.inside.draw(&Circle::new(self.at(at), self.look.stroke(radius), style))?)
    }

    /// Writes a label next to a point; the offset is to the right and upwards.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn label(
        &self,
        at: (f64, f64),
        offset: (f64, f64),
        anchor: Anchor,
        color: Color,
        text: &str,
    ) -> Result<(), DrawError> {
        let look = &self.look;
        let (x, y) = self.at(at);
        let at = (x + look.px(offset.0), y - look.px(offset.1));
        let size = if look.is_narrow() { 11.0 } else { 12.0 };
        let style = text_style(look, size, color, 1.0, anchor, VPos::Center);
        Ok(self.inside.draw(&Text::new(text.to_owned(), at, style))?)
    }
}
