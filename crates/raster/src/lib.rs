//! Discs and lines with soft edges, as pixels in memory.
//!
//! A browser is then asked for one picture a frame instead of one copy a particle, which costs it far more than the
//! pixels do where no graphics card helps (`tests/browser/stage-bench.mjs`). It is a crate of its own because its loops
//! are compiled for speed, unlike the rest of the page.

use std::ops::Range;

/// Red, green and blue.
pub type Color = [u8; 3];

/// A picture of pixels, each with how far it covers what lies behind. All lengths are in pixels, from the upper left.
#[derive(Clone, Debug, Default)]
pub struct Raster {
    width: usize,
    height: usize,
    /// Red in the lowest byte, then green and blue, not multiplied with the coverage in the highest.
    pixels: Vec<u32>,
}

/// The highest byte of a pixel that hides what lies behind.
const OPAQUE: u32 = 0xff00_0000;

impl Raster {
    /// Makes the picture empty, and this large, in the memory that it has.
    pub fn clear(&mut self, width: usize, height: usize) {
        (self.width, self.height) = (width, height);
        self.pixels.clear();
        self.pixels.resize(width * height, 0);
    }

    /// The pixels row by row: red, green, blue and coverage, where memory is little-endian, as WebAssembly's is.
    pub fn bytes(&self) -> &[u8] {
        // SAFETY: they are as many bytes as they are pixels times four, and any byte is a number.
        unsafe { std::slice::from_raw_parts(self.pixels.as_ptr().cast(), size_of_val(&*self.pixels)) }
    }

    /// Fills a disc.
    pub fn disc(&mut self, [x, y]: [f32; 2], radius: f32, color: Color) {
        let color = packed(color);
        let squared = radius * radius;
        for row in centers(y - radius - 0.5, y + radius + 0.5, self.height) {
            let up = row as f32 + 0.5 - y;
            // Half a pixel beyond the edge and within it, but for the square of a half.
            let [soft, solid] = [squared + radius, squared - radius].map(|squared| {
                let left = squared - up * up;
                // Less than nothing holds no center of a pixel, not even one that is met exactly.
                let half = if left > 0.0 { left.sqrt() } else { -0.5 };
                centers(x - half, x + half, self.width)
            });
            let pixels = &mut self.pixels[row * self.width..][..self.width];
            pixels[solid.clone()].fill(color | OPAQUE);
            let mut soften = |columns: Range<usize>| {
                for column in columns {
                    let across = column as f32 + 0.5 - x;
                    // The distance to the edge, to first order.
                    let share = 0.5 + (squared - across * across - up * up) / (2.0 * radius);
                    blend(&mut pixels[column], color, share);
                }
            };
            soften(soft.start..solid.start);
            soften(solid.end..soft.end);
        }
    }

    /// Draws a straight line.
    pub fn line(&mut self, from: [f32; 2], to: [f32; 2], width: f32, color: Color) {
        let color = packed(color);
        // Column by column, or row by row where it is steep; `along` and `across` are x and y, or y and x.
        let is_steep = (to[1] - from[1]).abs() > (to[0] - from[0]).abs();
        let turned = |[x, y]: [f32; 2]| if is_steep { [y, x] } else { [x, y] };
        let [mut start, mut end] = [turned(from), turned(to)];
        if start[0] > end[0] {
            (start, end) = (end, start);
        }
        let slope = (end[1] - start[1]) / (end[0] - start[0]);
        let half = 0.5 * width * (1.0 + slope * slope).sqrt();
        let [length, breadth] = if is_steep { [self.height, self.width] } else { [self.width, self.height] };
        for along in centers(start[0], end[0], length) {
            let middle = start[1] + slope * (along as f32 + 0.5 - start[0]);
            let [low, high] = [middle - half, middle + half];
            for across in centers(low - 0.5, high + 0.5, breadth) {
                // The part of the pixel that lies between both edges.
                let share = high.min(across as f32 + 1.0) - low.max(across as f32);
                let [column, row] = if is_steep { [across, along] } else { [along, across] };
                blend(&mut self.pixels[row * self.width + column], color, share);
            }
        }
    }
}

/// The pixels, up to `end`, whose centers lie between two places.
fn centers(from: f32, to: f32, end: usize) -> Range<usize> {
    // Casts stop at zero.
    let start = ((from - 0.5).ceil() as usize).min(end);
    start..((to + 0.5).floor() as usize).clamp(start, end)
}

fn packed([red, green, blue]: Color) -> u32 {
    u32::from_le_bytes([red, green, blue, 0])
}

/// Lays a color that covers a share of the pixel over what is there.
fn blend(pixel: &mut u32, color: u32, share: f32) {
    // In parts of 256.
    let share = (256.0 * share).clamp(0.0, 256.0) as u32;
    let behind = *pixel >> 24;
    let (part, alpha) = if behind == 255 {
        (share, 255)
    } else {
        let own = (255 * share) >> 8;
        let alpha = own + ((behind * (256 - share)) >> 8);
        (256 * own / alpha.max(1), alpha)
    };
    // Two channels at once, for there is room between them.
    let mix = |mask: u32| (((*pixel & mask) * (256 - part) + (color & mask) * part) >> 8) & mask;
    *pixel = mix(0x00ff_00ff) | mix(0x0000_ff00) | (alpha << 24);
}

#[cfg(test)]
mod tests {
    use super::*;

    const RED: Color = [255, 0, 0];
    const BLUE: Color = [0, 0, 255];

    fn raster() -> Raster {
        let mut raster = Raster::default();
        raster.clear(30, 20);
        raster
    }

    /// How many pixels are covered.
    fn area(raster: &Raster) -> f64 {
        raster.bytes().chunks(4).map(|pixel| f64::from(pixel[3]) / 255.0).sum()
    }

    #[test]
    fn a_disc_has_its_area_wherever_its_center_is() {
        for (radius, center) in [(5.0, [15.0, 10.0]), (5.3, [14.7, 9.2]), (2.0, [3.5, 3.1])] {
            let mut raster = raster();
            raster.disc(center, radius, RED);
            let expected = std::f64::consts::PI * f64::from(radius).powi(2);
            // Coverage is told by distance alone, which is right but for the curve of the edge.
            assert!((area(&raster) / expected - 1.0).abs() < 0.02, "{radius}: {}", area(&raster));
        }
    }

    #[test]
    fn a_disc_at_the_border_is_cut_off() {
        let mut raster = raster();
        raster.disc([0.0, 10.0], 5.0, RED);
        raster.disc([30.0, 20.0], 4.0, RED);
        raster.disc([-9.0, -9.0], 4.0, RED);
        let expected = std::f64::consts::PI * (0.5 * 25.0 + 0.25 * 16.0);
        assert!((area(&raster) / expected - 1.0).abs() < 0.03, "{}", area(&raster));
    }

    #[test]
    fn a_line_covers_its_length_times_its_width_in_every_direction() {
        for to in [[25.0, 10.0], [24.0, 15.0], [8.0, 18.0], [5.0, 3.0], [15.0, 2.0]] {
            let mut raster = raster();
            raster.line([15.0, 10.0], to, 1.5, RED);
            let length = f64::from((to[0] - 15.0_f32).hypot(to[1] - 10.0));
            // A pixel more or less at either end.
            assert!((area(&raster) / (1.5 * length) - 1.0).abs() < 0.15, "{to:?}: {}", area(&raster));
        }
    }

    #[test]
    fn what_is_drawn_later_lies_above_and_soft_edges_mix() {
        let mut raster = raster();
        raster.disc([10.0, 10.0], 4.0, RED);
        raster.disc([16.0, 10.0], 4.0, BLUE);
        let at = |column: usize| raster.pixels[10 * 30 + column].to_le_bytes();
        assert_eq!((at(8), at(14)), ([255, 0, 0, 255], [0, 0, 255, 255]));
        let half_blue_over = |pixel: [u8; 4]| {
            let mut pixel = u32::from_le_bytes(pixel);
            blend(&mut pixel, packed(BLUE), 0.5);
            pixel.to_le_bytes()
        };
        // Down to whole steps of 255.
        assert_eq!(half_blue_over([255, 0, 0, 255]), [127, 0, 127, 255]);
        assert_eq!(half_blue_over([0; 4]), [0, 0, 255, 127]);
    }

    #[test]
    fn a_dot_smaller_than_a_pixel_does_not_fail() {
        let mut raster = raster();
        raster.disc([10.0, 10.0], 0.2, RED);
        raster.line([10.0, 10.0], [10.0, 10.0], 1.0, RED);
        assert!(area(&raster) < 2.0);
    }
}
