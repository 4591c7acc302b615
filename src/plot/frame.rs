//! Where the plot lies inside its picture, and the way back from a pointer to values.

use super::{Look, Picture, Scale, Size};

/// The plot's rectangle within the picture and the scales along its sides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Horizontal axis.
    pub x: Scale,
    /// Vertical axis, growing upwards.
    pub y: Scale,
    size: Size,
    /// Room around the plot, CSS pixels: top, right, bottom, left.
    margins: [f64; 4],
}

/// Room around the plot for tick labels and axis titles, CSS pixels: top, right, bottom, left.
const MARGINS: [f64; 4] = [34.0, 18.0, 50.0, 44.0];
/// The same on a phone.
const NARROW_MARGINS: [f64; 4] = [32.0, 12.0, 48.0, 34.0];

impl Frame {
    /// The frame of a plot with these scales in a picture of this look.
    pub fn new(x: Scale, y: Scale, look: &Look) -> Self {
        let margins = if look.is_narrow() { NARROW_MARGINS } else { MARGINS };
        Self { x, y, size: look.size, margins }
    }

    /// The frame of one of several plots above each other: the picture is cut into equal parts, of which this is the
    /// one with this index from above.
    pub fn part(self, index: usize, count: usize) -> Self {
        let [top, right, bottom, left] = self.margins;
        let whole = self.size.height - bottom;
        let (above, below) = (index as f64 / count as f64, (count - 1 - index) as f64 / count as f64);
        // A title stands clear of the last label of the plot above it.
        let gap = if index > 0 { 8.0 } else { 0.0 };
        Self { margins: [top + above * whole + gap, right, bottom + below * whole, left], ..self }
    }

    /// Width of the plot, CSS pixels.
    pub fn width(&self) -> f64 {
        let [_, right, _, left] = self.margins;
        (self.size.width - left - right).max(1.0)
    }

    /// Height of the plot, CSS pixels.
    pub fn height(&self) -> f64 {
        let [top, _, bottom, _] = self.margins;
        (self.size.height - top - bottom).max(1.0)
    }

    /// Place in the picture of a pair of values, CSS pixels from its upper left corner.
    pub fn position(&self, x: f64, y: f64) -> (f64, f64) {
        let [top, _, _, left] = self.margins;
        (left + self.x.place(x) * self.width(), top + (1.0 - self.y.place(y)) * self.height())
    }

    /// Values under a place in the picture (CSS pixels from its upper left corner), clamped to the axes.
    pub fn values(&self, position: (f64, f64)) -> (f64, f64) {
        let [top, _, _, left] = self.margins;
        let place_x = (position.0 - left) / self.width();
        let place_y = 1.0 - (position.1 - top) / self.height();
        (self.x.value(place_x), self.y.value(place_y))
    }

    /// The part of the picture inside the axes.
    pub fn inside<'a>(&self, picture: &Picture<'a>, look: &Look) -> Picture<'a> {
        let [top, right, bottom, left] = self.margins.map(|margin| look.px(margin));
        picture.margin(top, bottom, left, right)
    }
}

#[cfg(test)]
mod tests {
    use chapter::Language;

    use super::*;
    use crate::plot::Palette;

    #[test]
    fn values_invert_position() {
        let look = Look {
            size: Size { width: 640.0, height: 400.0 },
            density: 2.0,
            palette: Palette::light(),
            language: Language::En,
        };
        let frame = Frame::new(Scale::new(1e3, 1e13, 0.0), Scale::new(1.0, 10.0, 0.0), &look);
        let (x, y) = frame.values(frame.position(1.75e11, 1.6));
        assert!((x / 1.75e11 - 1.0).abs() < 1e-9 && (y / 1.6 - 1.0).abs() < 1e-9);
    }
}
