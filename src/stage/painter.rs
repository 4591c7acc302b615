//! Particles on a canvas.

use particles::{PeriodicBox, Voronoi};
use raster::Raster;
use wasm_bindgen::{Clamped, JsCast};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

use super::{RADIUS, Show, step};
use crate::browser;
use crate::plot::{Color, Palette, Size};

/// What is painted.
pub struct Scene<'a> {
    /// Where the particles are, in sigma.
    pub positions: &'a [[f64; 2]],
    /// The box.
    pub periodic_box: &'a PeriodicBox,
    /// The order around each particle, 0 to 1.
    pub order: &'a [f64],
    /// Who is next to whom, for bonds and defects.
    pub voronoi: &'a Voronoi,
    /// What is shown.
    pub show: Show,
    /// Colors.
    pub palette: Palette,
    /// Size of the canvas, CSS pixels.
    pub size: Size,
    /// The most device pixels for a CSS pixel, at least 1.
    pub most_density: f64,
}

/// A canvas, and the pixels that are put onto it.
pub struct Painter {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    raster: Raster,
}

/// How many shades there are from disorder to order: so many that the steps between them are not seen.
const SHADES: usize = 24;
/// How much lighter than its shade a disc is where light falls on it.
const GLEAM: f64 = 0.09;
/// How much of its color a disc keeps where others are to be seen.
const FADED: f64 = 0.3;

impl Painter {
    /// A painter on this canvas; none where the browser offers no drawing.
    pub fn new(canvas: HtmlCanvasElement) -> Option<Self> {
        let context = canvas.get_context("2d").ok().flatten()?.dyn_into().ok()?;
        Some(Self { canvas, context, raster: Raster::default() })
    }

    /// Paints the scene; the box covers the canvas.
    pub fn paint(&mut self, scene: &Scene<'_>) {
        let density = browser::device_pixel_ratio().clamp(1.0, scene.most_density);
        let [width, height] = [scene.size.width, scene.size.height].map(|side| (side * density).round());
        if (f64::from(self.canvas.width()), f64::from(self.canvas.height())) != (width, height) {
            self.canvas.set_width(width as u32);
            self.canvas.set_height(height as u32);
        }
        let sides = scene.periodic_box.sides();
        let scale = (width / sides[0]).max(height / sides[1]);
        let origin = [0.5 * (width - scale * sides[0]), 0.5 * (height - scale * sides[1])];
        let place = |position: [f64; 2]| {
            let inside = scene.periodic_box.wrap(position);
            [0, 1].map(|axis| origin[axis] + scale * inside[axis])
        };
        let radius = scale * RADIUS * if scene.show == Show::Bonds { 0.42 } else { 1.0 };

        self.raster.clear(width as usize, height as usize);
        if scene.show == Show::Bonds {
            self.bonds(scene, scale, place);
        }
        let [across, down] = sides.map(|side| scale * side);
        let counts = scene.voronoi.neighbor_counts();
        for ((position, &order), n_neighbors) in scene.positions.iter().zip(scene.order).zip(counts) {
            let ball = Ball::of(order, n_neighbors, scene);
            let [x, y] = place(*position);
            for x in [x, x - across, x + across] {
                if !(-radius..width + radius).contains(&x) {
                    continue;
                }
                for y in [y, y - down, y + down] {
                    if (-radius..height + radius).contains(&y) {
                        ball.paint(&mut self.raster, [x as f32, y as f32], radius as f32);
                    }
                }
            }
        }
        let pixels = Clamped(self.raster.bytes());
        // Fails only for a picture without area.
        if let Ok(image) = ImageData::new_with_u8_clamped_array_and_sh(pixels, width as u32, height as u32) {
            drop(self.context.put_image_data(&image, 0.0, 0.0));
        }
    }

    fn bonds(&mut self, scene: &Scene<'_>, scale: f64, place: impl Fn([f64; 2]) -> [f64; 2]) {
        let width = (0.06 * scale).max(1.0) as f32;
        let sides = scene.periodic_box.sides();
        for (i, position) in scene.positions.iter().enumerate() {
            let from = place(*position);
            for bond in scene.voronoi.bonds(i) {
                // Each bond is known to both its ends. The line to the middle from either end makes it whole, also
                // where it leaves the box. The ends have moved since the bond was found: its vector only tells which
                // image of the neighbor is meant.
                let to = [0, 1].map(|axis| {
                    let apart = scene.positions[bond.neighbor][axis] - position[axis];
                    let images = ((bond.separation[axis] - apart) / sides[axis]).round();
                    (from[axis] + 0.5 * scale * (apart + images * sides[axis])) as f32
                });
                self.raster.line(from.map(|along| along as f32), to, width, bytes(scene.palette.muted));
            }
        }
    }
}

/// How a particle looks.
struct Ball {
    color: Color,
    /// Color and radius, in its own, of what is in its middle.
    middle: Option<(Color, f32)>,
}

impl Ball {
    fn of(order: f64, n_neighbors: usize, scene: &Scene<'_>) -> Self {
        let Palette { surface, accent, second, order: shades, .. } = &scene.palette;
        let shade = shade(shades, step(order, SHADES) as f64 / (SHADES - 1) as f64);
        // Told apart by form as well as color: a five has a hole, a seven a dot.
        let (color, middle) = match (scene.show, n_neighbors) {
            (Show::Defects, ..=5) => (*accent, Some((*surface, 0.5))),
            (Show::Defects, 7..) => (*second, Some((*surface, 0.3))),
            (Show::Defects, _) => (mix(*surface, shade, FADED), None),
            _ => (shade, None),
        };
        Self { color, middle }
    }

    fn paint(&self, raster: &mut Raster, [x, y]: [f32; 2], radius: f32) {
        raster.disc([x, y], radius, bytes(self.color));
        // A little light from above lets a disc read as a ball.
        let lit = mix(self.color, Color { 0: 255, 1: 255, 2: 255 }, GLEAM);
        raster.disc([x - 0.14 * radius, y - 0.14 * radius], 0.68 * radius, bytes(lit));
        if let Some((color, share)) = self.middle {
            raster.disc([x, y], share * radius, bytes(color));
        }
    }
}

/// The color at a share, 0 to 1, of the way through all colors.
fn shade(colors: &[Color], share: f64) -> Color {
    let along = share * (colors.len() - 1) as f64;
    let index = (along as usize).min(colors.len() - 2);
    mix(colors[index], colors[index + 1], along - index as f64)
}

/// A color between two, so much of the way to the second.
fn mix(from: Color, to: Color, part: f64) -> Color {
    let mix = |from: u8, to: u8| (f64::from(from) + part * (f64::from(to) - f64::from(from))).round() as u8;
    Color { 0: mix(from.0, to.0), 1: mix(from.1, to.1), 2: mix(from.2, to.2) }
}

fn bytes(Color { 0: red, 1: green, 2: blue }: Color) -> raster::Color {
    [red, green, blue]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shades_pass_through_every_color() {
        let colors = Palette::light().order;
        for (index, color) in colors.into_iter().enumerate() {
            assert_eq!(shade(&colors, index as f64 / 5.0), color);
        }
    }
}
