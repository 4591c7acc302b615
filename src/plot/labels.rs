//! Names beside the marks of a plot, each where it covers neither a mark nor another name.

use plotters::element::Rectangle;
use plotters::style::Color as _;

use super::{Anchor, Color, DrawError, Frame, Plot};

/// A mark's name. An empty one still keeps other names off its mark.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Label<'a> {
    /// The mark's place, in the units of the axes.
    pub at: (f64, f64),
    /// The mark's radius, CSS pixels.
    pub radius: f64,
    /// What is written.
    pub text: &'a str,
    /// Its color.
    pub color: Color,
}

/// Pieces of a curve between two of its points, none longer than a name is high.
const PIECES: u32 = 16;

impl Label<'_> {
    /// Empty names that keep others off a curve, given by its points.
    pub fn along(curve: &[(f64, f64)], frame: &Frame, color: Color) -> impl Iterator<Item = Self> {
        curve.windows(2).flat_map(move |ends| {
            let [from, to] = [ends[0], ends[1]].map(|end| frame.position(end.0, end.1));
            (0..=PIECES).map(move |piece| {
                let part = f64::from(piece) / f64::from(PIECES);
                let between = (from.0 + part * (to.0 - from.0), from.1 + part * (to.1 - from.1));
                Self { at: frame.values(between), radius: 2.0, text: "", color }
            })
        })
    }
}

/// Left, top, right and bottom, CSS pixels.
type Edges = [f64; 4];

/// Height of a line of text, CSS pixels.
const LINE: f64 = 14.0;
/// Gap between a mark and its name, CSS pixels.
const GAP: f64 = 4.0;

/// Where a name may stand: on which side of its mark it begins, and how far up, in radii and lines. First choice first.
const PLACES: [(Anchor, f64); 8] = [
    (Anchor::Start, 0.0),
    (Anchor::Middle, 1.0),
    (Anchor::Middle, -1.0),
    (Anchor::End, 0.0),
    (Anchor::Start, 1.0),
    (Anchor::End, 1.0),
    (Anchor::Start, -1.0),
    (Anchor::End, -1.0),
];

impl Plot<'_> {
    /// Writes the names of marks, those that come first in the best places; a name without any free place is left
    /// out. Marks outside of the plot have no name.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn labels(&self, labels: &[Label<'_>]) -> Result<(), DrawError> {
        self.labels_in_turn(&[labels])
    }

    /// The same on pale plates, for names that may stand on curves.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn plated_labels(&self, labels: &[Label<'_>]) -> Result<(), DrawError> {
        self.labels_in_turn(&[labels, &[]])
    }

    /// Writes the names of marks group by group: the names of a group keep off its own marks and off the groups before
    /// it, and may cover marks of the groups after it, on a pale plate. For marks so dense that the important names would
    /// find no place.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn labels_in_turn(&self, groups: &[&[Label<'_>]]) -> Result<(), DrawError> {
        let last = groups.iter().rev().skip(1).map(|group| group.len()).sum();
        let labels = groups.iter().copied().flatten();
        for (index, (label, place)) in labels.zip(placed(groups, &self.frame)).enumerate() {
            if let Some((offset, anchor)) = place {
                if index < last {
                    self.plated_label(label.at, offset, anchor, label.color, label.text)?;
                } else {
                    self.label(label.at, offset, anchor, label.color, label.text)?;
                }
            }
        }
        Ok(())
    }

    /// Writes a label as [`Plot::label`] does, on a pale plate that keeps it readable on a line.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn plated_label(
        &self,
        at: (f64, f64),
        offset: (f64, f64),
        anchor: Anchor,
        color: Color,
        text: &str,
    ) -> Result<(), DrawError> {
        self.plate(&Label { at, radius: 0.0, text, color }, offset, anchor)?;
        self.label(at, offset, anchor, color, text)
    }

    /// Draws the plate behind a name.
    fn plate(&self, label: &Label<'_>, offset: (f64, f64), anchor: Anchor) -> Result<(), DrawError> {
        let (x, y) = self.at(label.at);
        // A phone's letters are smaller by a twelfth.
        let width = width(label.text) * if self.look.is_narrow() { 11.0 / 12.0 } else { 1.0 };
        let left = offset.0
            - match anchor {
                Anchor::Start => 0.0,
                Anchor::Middle => width / 2.0,
                Anchor::End => width,
            };
        let corner = |across: f64, down: f64| (x + self.look.px(across), y + self.look.px(down));
        let corners = [corner(left, -offset.1 - LINE / 2.0), corner(left + width, -offset.1 + LINE / 2.0)];
        let style = self.look.palette.surface.mix(0.75).filled();
        Ok(self.inside.draw(&Rectangle::new(corners, style))?)
    }
}

/// For each label the offset of its text from its mark (to the right and upwards) and its anchor.
fn placed(groups: &[&[Label<'_>]], frame: &Frame) -> Vec<Option<((f64, f64), Anchor)>> {
    let mut taken: Vec<Edges> = Vec::new();
    let (left, bottom) = frame.position(frame.x.low(), frame.y.low());
    let (right, top) = frame.position(frame.x.high(), frame.y.high());
    let inside =
        |edges: &Edges| edges[0] >= left && edges[1] >= top && edges[2] <= right && edges[3] <= bottom;
    let mut places = Vec::new();
    for labels in groups {
        let first = taken.len();
        taken.extend(labels.iter().map(|label| {
            let (x, y) = frame.position(label.at.0, label.at.1);
            [x - label.radius, y - label.radius, x + label.radius, y + label.radius]
        }));
        for (own, label) in (first..).zip(*labels) {
            let (x, y) = frame.position(label.at.0, label.at.1);
            let width = width(label.text);
            let free = PLACES.into_iter().filter(|_| !label.text.is_empty()).find_map(|(anchor, up)| {
                // Beside its mark at its height, or beyond it above and below.
                let aside = if up == 0.0 { label.radius + GAP } else { 0.0 };
                let (dx, start) = match anchor {
                    Anchor::Start => (aside, x + aside),
                    Anchor::Middle => (0.0, x - width / 2.0),
                    Anchor::End => (-aside, x - aside - width),
                };
                let dy = up * (label.radius + GAP + LINE / 2.0);
                let edges = [start, y - dy - LINE / 2.0, start + width, y - dy + LINE / 2.0];
                let mut others = taken.iter().enumerate().filter(|&(index, _)| index != own);
                let is_free = inside(&edges) && others.all(|(_, other)| !overlap(&edges, other));
                is_free.then_some(((dx, dy), anchor, edges))
            });
            places.push(free.map(|(offset, anchor, [left, top, right, bottom])| {
                // Two names on one line would otherwise read as one.
                taken.push([left - GAP, top, right + GAP, bottom]);
                (offset, anchor)
            }));
        }
    }
    places
}

fn overlap(one: &Edges, other: &Edges) -> bool {
    one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3]
}

/// About how wide a text is in a plot's size, CSS pixels.
fn width(text: &str) -> f64 {
    text.chars().map(|letter| if letter.is_ascii() { 6.8 } else { 12.0 }).sum()
}

#[cfg(test)]
mod tests {
    use chapter::Language;

    use super::*;
    use crate::plot::{Look, Palette, Scale, Size};

    fn places(marks: &[((f64, f64), &str)]) -> Vec<Option<Anchor>> {
        let look = Look {
            size: Size { width: 640.0, height: 400.0 },
            density: 2.0,
            palette: Palette::light(),
            language: Language::En,
        };
        let frame = Frame::new(Scale::new(1.0, 1e4, 0.0), Scale::new(1.0, 1e4, 0.0), &look);
        let labels: Vec<_> = marks
            .iter()
            .map(|&(at, text)| Label { at, radius: 4.0, text, color: look.palette.ink })
            .collect();
        placed(&[&labels], &frame).into_iter().map(|place| place.map(|(_, anchor)| anchor)).collect()
    }

    #[test]
    fn a_name_stands_to_the_right_where_there_is_room() {
        assert_eq!(places(&[((100.0, 100.0), "GPT-3")]), [Some(Anchor::Start)]);
        assert_eq!(places(&[((9e3, 100.0), "GPT-3")]), [Some(Anchor::End)]);
    }

    #[test]
    fn names_keep_off_marks_and_each_other() {
        let crowd = places(&[((100.0, 100.0), "GPT-3"), ((115.0, 100.0), "OPT"), ((100.0, 108.0), "")]);
        assert_ne!(crowd[0], Some(Anchor::Start));
        assert_eq!(crowd[1], Some(Anchor::Start));
        assert_eq!(crowd[2], None);
        // Many names at one place: those without room are left out, and none is written twice.
        let pile = places(&[((100.0, 100.0), "Chinchilla"); 12]);
        assert!((2..9).contains(&pile.iter().flatten().count()), "{pile:?}");
    }

    #[test]
    fn names_in_turn_may_cover_later_marks_only() {
        let look = Look {
            size: Size { width: 640.0, height: 400.0 },
            density: 2.0,
            palette: Palette::light(),
            language: Language::En,
        };
        let frame = Frame::new(Scale::new(1.0, 1e4, 0.0), Scale::new(1.0, 1e4, 0.0), &look);
        let label = |at, text| Label { at, radius: 4.0, text, color: look.palette.ink };
        let named = [label((10.0, 100.0), "a name")];
        let beside = [label((15.0, 100.0), "other")];
        let together = placed(&[&[named[0], beside[0]]], &frame);
        let in_turn = placed(&[&named, &beside], &frame);
        assert_ne!(together[0].map(|place| place.1), Some(Anchor::Start));
        assert_eq!(in_turn[0].map(|place| place.1), Some(Anchor::Start));
    }
}
