//! What is put on a plot: curves, rules, dots and labels.

use plotters::element::{Circle, DashedPathElement, PathElement, Polygon, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color as _, FontStyle, ShapeStyle, TextStyle};

use super::clip::inside_unit_square;
use super::frame::PlotArea;
use super::simplify::simplified;
use super::{Color, DrawError, Frame, Look, Picture};

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

/// A plot being drawn. Points are in the units of its axes, lengths in CSS pixels; each method fails only when the
/// backend does.
pub struct Plot<'a> {
    pub(super) area: PlotArea<'a>,
    pub(super) frame: Frame,
    pub(super) look: Look,
}

impl<'a> Plot<'a> {
    /// The plot within a frame of a picture.
    pub fn new(picture: &Picture<'a>, frame: &Frame, look: &Look) -> Self {
        Self { area: frame.plot_area(picture, look), frame: *frame, look: *look }
    }

    fn stroke(&self, color: Color, width: f64) -> ShapeStyle {
        ShapeStyle { color: color.to_rgba(), filled: false, stroke_width: self.look.stroke(width) }
    }

    /// The pieces of a curve inside the plot.
    fn pieces(&self, points: &[(f64, f64)]) -> Vec<Vec<(f64, f64)>> {
        let Frame { x: x_scale, y: y_scale, .. } = &self.frame;
        let places: Vec<_> = points.iter().map(|&(x, y)| (x_scale.place(x), y_scale.place(y))).collect();
        let to_values = |(x, y)| (x_scale.value(x), y_scale.value(y));
        inside_unit_square(&simplified(&places, UNSEEN))
            .into_iter()
            .map(|piece| piece.into_iter().map(to_values).collect())
            .collect()
    }

    /// Draws a curve through points, cut at the edges of the plot.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn curve(&self, points: &[(f64, f64)], color: Color, width: f64) -> Result<(), DrawError> {
        for piece in self.pieces(points) {
            self.area.draw(&PathElement::new(piece, self.stroke(color, width)))?;
        }
        Ok(())
    }

    /// Draws a thin, pale curve through points, for what stays in the background.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn faint_curve(&self, points: &[(f64, f64)], color: Color) -> Result<(), DrawError> {
        let stroke = self.stroke(color, 1.0);
        let stroke = ShapeStyle { color: color.mix(0.5), ..stroke };
        for piece in self.pieces(points) {
            self.area.draw(&PathElement::new(piece, stroke))?;
        }
        Ok(())
    }

    /// Draws a dashed curve through points, cut at the edges of the plot.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn dashed_curve(&self, points: &[(f64, f64)], color: Color, width: f64) -> Result<(), DrawError> {
        self.pieces(points).into_iter().try_for_each(|piece| self.dashes(piece, (5.0, 4.0), color, width))
    }

    /// Fills the region between two curves with the same horizontal values, pale enough to see the grid through; what
    /// lies beyond the plot is cut at its lower and upper edge.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn band(&self, lower: &[(f64, f64)], upper: &[(f64, f64)], color: Color) -> Result<(), DrawError> {
        let (low, high) = (self.frame.y.low(), self.frame.y.high());
        let outline = lower.iter().chain(upper.iter().rev());
        let inside: Vec<_> = outline.map(|&(x, y)| (x, y.clamp(low, high))).collect();
        Ok(self.area.draw(&Polygon::new(inside, color.mix(0.14)))?)
    }

    /// Draws a straight dotted line between two points of the plot.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn rule(&self, from: (f64, f64), to: (f64, f64), color: Color) -> Result<(), DrawError> {
        self.dashes(vec![from, to], (2.0, 3.0), color, 1.0)
    }

    fn dashes(
        &self,
        points: Vec<(f64, f64)>,
        (dash, gap): (f64, f64),
        color: Color,
        width: f64,
    ) -> Result<(), DrawError> {
        let (dash, gap) = (self.look.stroke(dash), self.look.stroke(gap));
        Ok(self.area.draw(&DashedPathElement::new(points, dash, gap, self.stroke(color, width)))?)
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
        Ok(self.area.draw(&Circle::new(at, self.look.stroke(radius), self.stroke(color, 1.5)))?)
    }

    /// Draws a disc whose area may be compared with others': seen through, with an edge.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn bubble(&self, at: (f64, f64), radius: f64, color: Color) -> Result<(), DrawError> {
        let radius = self.look.stroke(radius);
        self.area.draw(&Circle::new(at, radius, color.mix(0.45).filled()))?;
        Ok(self.area.draw(&Circle::new(at, radius, self.stroke(color, 1.0)))?)
    }

    /// Draws a filled dot without a rim, for marks by the dozen.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn disc(&self, at: (f64, f64), radius: f64, color: Color) -> Result<(), DrawError> {
        Ok(self.area.draw(&Circle::new(at, self.look.stroke(radius), color.filled()))?)
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
        let (x, y) = self.area.map_coordinate(&at);
        let (left, top) = self.area.get_base_pixel();
        let at = (x + look.px(offset.0) - left, y - look.px(offset.1) - top);
        let size = if look.is_narrow() { 11.0 } else { 12.0 };
        let style = text_style(look, size, color, 1.0, anchor, VPos::Center);
        // Labels may reach over the frame, so they are placed in pixels.
        Ok(self.area.strip_coord_spec().draw(&Text::new(text.to_owned(), at, style))?)
    }
}
