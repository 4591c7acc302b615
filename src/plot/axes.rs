//! The frame of a plot: grid, tick labels and axis titles.

use plotters::element::{PathElement, Text};
use plotters::style::Color as _;
use plotters::style::text_anchor::VPos;

use super::marks::text_style;
use super::scale::Tick;
use super::{Anchor, DrawError, Frame, Look, Picture};

/// One axis: its title and how its values are written.
pub struct Axis<'a> {
    /// What is plotted and its unit.
    pub title: &'a str,
    /// Writes a tick's value.
    pub format: &'a dyn Fn(f64) -> String,
}

/// Both axes of a plot.
pub struct Axes<'a> {
    /// The horizontal axis; its title stands below, at the right.
    pub x: Axis<'a>,
    /// The vertical axis; its title stands above, at the left, so that it reads without turning one's head.
    pub y: Axis<'a>,
}

/// Half the room of a long tick label, CSS pixels.
const LABEL_ROOM: f64 = 20.0;

impl Axes<'_> {
    /// Draws the axes of `frame`.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn draw(&self, picture: &Picture<'_>, frame: &Frame, look: &Look) -> Result<(), DrawError> {
        let (left, bottom) = frame.position(frame.x.low(), frame.y.low());
        let (right, top) = frame.position(frame.x.high(), frame.y.high());
        let line = |from: (f64, f64), to: (f64, f64), color: plotters::style::RGBAColor| {
            let points = [from, to].map(|(x, y)| (look.px(x), look.px(y)));
            PathElement::new(points, color.stroke_width(look.stroke(1.0)))
        };
        let text_size = if look.is_narrow() { 11.0 } else { 12.0 };
        let text = |words: String, at: (f64, f64), color, opacity, anchor, v_pos| {
            Text::new(
                words,
                (look.px(at.0), look.px(at.1)),
                text_style(look, text_size, color, opacity, anchor, v_pos),
            )
        };

        let (across, up) =
            (frame.x.ticks((frame.width() / 64.0) as usize), frame.y.ticks((frame.height() / 44.0) as usize));
        // Lines of one style together, so that a backend can draw them as one.
        for labelled in [false, true] {
            let strength = |tick: &Tick| tick.opacity * if labelled { 1.0 } else { 0.45 };
            for tick in across.iter().filter(|tick| tick.labelled == labelled) {
                let x = frame.position(tick.value, frame.y.low()).0;
                picture.draw(&line((x, top), (x, bottom), look.palette.grid.mix(strength(tick))))?;
            }
            for tick in up.iter().filter(|tick| tick.labelled == labelled) {
                let y = frame.position(frame.x.low(), tick.value).1;
                picture.draw(&line((left, y), (right, y), look.palette.grid.mix(strength(tick))))?;
            }
        }
        for tick in across.iter().filter(|tick| tick.labelled) {
            let x = frame.position(tick.value, frame.y.low()).0;
            // The upper ones of several plots leave the labels of their common axis to the lowest.
            let words = (self.x.format)(tick.value);
            if words.is_empty() {
                continue;
            }
            // A long label at the end of the axis would be cut by the edge of the picture.
            let at_the_end = right - x < LABEL_ROOM && words.chars().count() > 4;
            let (at, anchor) = if at_the_end { (right + 10.0, Anchor::End) } else { (x, Anchor::Middle) };
            picture.draw(&text(
                words,
                (at, bottom + 7.0),
                look.palette.muted,
                tick.opacity,
                anchor,
                VPos::Top,
            ))?;
        }
        for tick in up.iter().filter(|tick| tick.labelled) {
            let y = frame.position(frame.x.low(), tick.value).1;
            let words = (self.y.format)(tick.value);
            picture.draw(&text(
                words,
                (left - 7.0, y),
                look.palette.muted,
                tick.opacity,
                Anchor::End,
                VPos::Center,
            ))?;
        }
        picture.draw(&line((left, bottom), (right, bottom), look.palette.muted.mix(0.8)))?;
        picture.draw(&line((left, top), (left, bottom), look.palette.muted.mix(0.8)))?;
        let y_title =
            text(self.y.title.to_owned(), (4.0, top - 28.0), look.palette.ink, 1.0, Anchor::Start, VPos::Top);
        picture.draw(&y_title)?;
        let below = (right, bottom + 27.0);
        let x_title = text(self.x.title.to_owned(), below, look.palette.ink, 1.0, Anchor::End, VPos::Top);
        Ok(picture.draw(&x_title)?)
    }
}
