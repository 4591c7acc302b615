//! How a picture looks: its size, its pixels and its colors.

use chapter::Language;
use plotters::style::RGBColor;

/// A color of a picture.
pub type Color = RGBColor;

/// A size in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// Width, CSS pixels.
    pub width: f64,
    /// Height, CSS pixels.
    pub height: f64,
}

/// The colors of a chart, named by their role; each is a custom property `--plot-<role>` in `styles/tokens.css`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Text and the frame.
    pub ink: Color,
    /// Tick labels and quiet text.
    pub muted: Color,
    /// Grid lines.
    pub grid: Color,
    /// Background.
    pub surface: Color,
    /// What the reader holds and moves.
    pub accent: Color,
    /// What is published and stays where it is.
    pub published: Color,
    /// A second published law or series.
    pub second: Color,
    /// Marked points.
    pub mark: Color,
    /// From disorder to order, in steps of even lightness, so that they can be told apart without seeing hues.
    pub order: [Color; 6],
}

impl Palette {
    /// The roles, in the order of the fields; `--plot-` and one of these is the custom property's name.
    pub const ROLES: [&'static str; 14] = [
        "ink",
        "muted",
        "grid",
        "surface",
        "accent",
        "published",
        "second",
        "mark",
        "order-0",
        "order-1",
        "order-2",
        "order-3",
        "order-4",
        "order-5",
    ];

    /// The palette whose colors are `color(role)`.
    pub fn from_roles(color: impl FnMut(&str) -> Color) -> Self {
        let [ink, muted, grid, surface, accent, published, second, mark, order @ ..] = Self::ROLES.map(color);
        Self { ink, muted, grid, surface, accent, published, second, mark, order }
    }

    /// The light theme's colors, for pictures that leave the page.
    pub fn light() -> Self {
        Self {
            ink: RGBColor(0x1d, 0x20, 0x26),
            muted: RGBColor(0x5d, 0x64, 0x70),
            grid: RGBColor(0xe3, 0xe1, 0xda),
            surface: RGBColor(0xff, 0xff, 0xff),
            accent: RGBColor(0xb8, 0x3a, 0x1e),
            published: RGBColor(0x1f, 0x5f, 0x8b),
            second: RGBColor(0x6d, 0x4a, 0x9c),
            mark: RGBColor(0x1d, 0x20, 0x26),
            order: [
                RGBColor(0xf2, 0xbd, 0x84),
                RGBColor(0xdf, 0xb8, 0x9a),
                RGBColor(0xb7, 0xae, 0xa9),
                RGBColor(0x82, 0x9d, 0xb3),
                RGBColor(0x4d, 0x7f, 0xa6),
                RGBColor(0x1b, 0x55, 0x80),
            ],
        }
    }
}

/// Everything about a picture that is not its content.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// Size of the whole picture, CSS pixels.
    pub size: Size,
    /// Backend pixels for one CSS pixel: at least the device pixel ratio. Backends place points on whole pixels,
    /// so a larger value also makes curves smoother.
    pub density: f64,
    /// Colors.
    pub palette: Palette,
    /// The language of words in the picture.
    pub language: Language,
}

impl Look {
    /// CSS pixels below which a picture is laid out for a phone.
    const NARROW: f64 = 520.0;

    /// Backend pixels for a length in CSS pixels.
    pub fn px(&self, css: f64) -> i32 {
        (css * self.density).round() as i32
    }

    /// Backend pixels for a stroke or radius in CSS pixels, at least one.
    pub fn stroke(&self, css: f64) -> u32 {
        (css * self.density).round().max(1.0) as u32
    }

    /// Whether the picture is as narrow as a phone's.
    pub fn is_narrow(&self) -> bool {
        self.size.width < Self::NARROW
    }
}
