//! Particles on a canvas.
//!
//! Discs are painted once for each color and then copied: a thousand copies cost a third of a thousand filled arcs.

use particles::{PeriodicBox, Voronoi};
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

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

/// A canvas and the discs that are copied onto it.
pub struct Painter {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    discs: HtmlCanvasElement,
    discs_context: CanvasRenderingContext2d,
    /// Radius in device pixels and colors of the present discs.
    painted: Option<(f64, Palette)>,
}

/// How many shades there are from disorder to order: so many that the steps between them are not seen.
const SHADES: usize = 24;
/// Places of the discs: the shades, then five and seven neighbors.
const FIVE: usize = SHADES;
const SEVEN: usize = SHADES + 1;
/// Light on a disc.
const GLEAM: &str = "rgb(255 255 255/9%)";
/// Part by which the radius may be off before the discs are painted anew: the box breathes all the time.
const TOLERANCE: f64 = 0.015;

impl Painter {
    /// A painter on this canvas; none where the browser offers no drawing.
    pub fn new(canvas: HtmlCanvasElement) -> Option<Self> {
        let discs: HtmlCanvasElement = browser::document()?.create_element("canvas").ok()?.dyn_into().ok()?;
        Some(Self {
            context: context(&canvas)?,
            canvas,
            discs_context: context(&discs)?,
            discs,
            painted: None,
        })
    }

    /// Paints the scene; the box covers the canvas.
    pub fn paint(&mut self, scene: &Scene<'_>) {
        let density = browser::device_pixel_ratio().clamp(1.0, scene.most_density);
        let (width, height) = ((scene.size.width * density).round(), (scene.size.height * density).round());
        if (f64::from(self.canvas.width()), f64::from(self.canvas.height())) != (width, height) {
            self.canvas.set_width(width as u32);
            self.canvas.set_height(height as u32);
        }
        let sides = scene.periodic_box.sides();
        let scale = (width / sides[0]).max(height / sides[1]);
        let origin = [0.5 * (width - scale * sides[0]), 0.5 * (height - scale * sides[1])];
        let radius = scale * RADIUS * if scene.show == Show::Bonds { 0.42 } else { 1.0 };
        self.prepare_discs(radius, scene.palette);
        let (radius, _) = self.painted.unwrap_or((radius, scene.palette));
        let tile = tile(radius);

        self.context.clear_rect(0.0, 0.0, width, height);
        if scene.show == Show::Bonds {
            self.bonds(scene, scale, origin);
        }
        let counts = scene.voronoi.neighbor_counts();
        for ((position, &order), n_neighbors) in scene.positions.iter().zip(scene.order).zip(counts) {
            let place = match (scene.show, n_neighbors) {
                (Show::Defects, ..=5) => FIVE,
                (Show::Defects, 7..) => SEVEN,
                _ => step(order, SHADES),
            };
            if scene.show == Show::Defects {
                self.context.set_global_alpha(if place < FIVE { 0.3 } else { 1.0 });
            }
            let [x, y] = scene.periodic_box.wrap(*position);
            let (x, y) = (origin[0] + scale * x, origin[1] + scale * y);
            let [across, down] = sides.map(|side| scale * side);
            for x in [x, x - across, x + across] {
                if !(-radius..width + radius).contains(&x) {
                    continue;
                }
                for y in [y, y - down, y + down] {
                    if (-radius..height + radius).contains(&y) {
                        self.copy(place, tile, x, y);
                    }
                }
            }
        }
        self.context.set_global_alpha(1.0);
    }

    /// Copies a disc to be centered at a place in device pixels.
    fn copy(&self, place: usize, tile: f64, x: f64, y: f64) {
        let (from, half) = (place as f64 * tile, 0.5 * tile);
        // Fails only for a source without area.
        drop(self.context.draw_image_with_html_canvas_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
            &self.discs,
            from,
            0.0,
            tile,
            tile,
            x - half,
            y - half,
            tile,
            tile,
        ));
    }

    fn bonds(&self, scene: &Scene<'_>, scale: f64, origin: [f64; 2]) {
        let context = &self.context;
        context.begin_path();
        for (i, position) in scene.positions.iter().enumerate() {
            let [x, y] = scene.periodic_box.wrap(*position);
            let (x, y) = (origin[0] + scale * x, origin[1] + scale * y);
            for bond in scene.voronoi.bonds(i) {
                // Each bond is known to both its ends. The line to the middle from either end makes it whole, also
                // where it leaves the box.
                let [dx, dy] = bond.separation.map(|along| 0.5 * scale * along);
                context.move_to(x, y);
                context.line_to(x + dx, y + dy);
            }
        }
        context.set_stroke_style_str(&css(scene.palette.muted));
        context.set_line_width((0.06 * scale).max(1.0));
        context.stroke();
    }

    /// Paints the discs unless they are there in nearly this radius.
    fn prepare_discs(&mut self, radius: f64, palette: Palette) {
        if let Some((painted, colors)) = self.painted
            && (radius / painted - 1.0).abs() < TOLERANCE
            && colors == palette
        {
            return;
        }
        let tile = tile(radius);
        self.discs.set_width(((SHADES + 2) as f64 * tile) as u32);
        self.discs.set_height(tile as u32);
        let disc = |place: usize, color: Color| {
            let center = (place as f64 + 0.5) * tile;
            self.circle(center, 0.5 * tile, radius, &css(color));
            // A little light from above lets a disc read as a ball.
            self.circle(center - 0.14 * radius, 0.5 * tile - 0.14 * radius, 0.68 * radius, GLEAM);
            center
        };
        for place in 0..SHADES {
            disc(place, shade(&palette.order, place as f64 / (SHADES - 1) as f64));
        }
        // Told apart by form as well as color: a five has a hole, a seven a dot.
        let five = disc(FIVE, palette.accent);
        self.circle(five, 0.5 * tile, 0.5 * radius, &css(palette.surface));
        let seven = disc(SEVEN, palette.second);
        self.circle(seven, 0.5 * tile, 0.3 * radius, &css(palette.surface));
        self.painted = Some((radius, palette));
    }

    fn circle(&self, x: f64, y: f64, radius: f64, color: &str) {
        let context = &self.discs_context;
        context.begin_path();
        // Fails only for a negative radius.
        drop(context.arc(x, y, radius, 0.0, std::f64::consts::TAU));
        context.set_fill_style_str(color);
        context.fill();
    }
}

/// Side of the square around a disc, device pixels: a pixel of room on each side for its soft edge.
fn tile(radius: f64) -> f64 {
    (2.0 * radius).ceil() + 2.0
}

/// The color at a share, 0 to 1, of the way through all colors.
fn shade(colors: &[Color], share: f64) -> Color {
    let along = share * (colors.len() - 1) as f64;
    let index = (along as usize).min(colors.len() - 2);
    let (from, to, part) = (colors[index], colors[index + 1], along - index as f64);
    let mix = |from: u8, to: u8| (f64::from(from) + part * (f64::from(to) - f64::from(from))).round() as u8;
    Color { 0: mix(from.0, to.0), 1: mix(from.1, to.1), 2: mix(from.2, to.2) }
}

fn css(Color { 0: red, 1: green, 2: blue }: Color) -> String {
    format!("rgb({red},{green},{blue})")
}

fn context(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok().flatten()?.dyn_into().ok()
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
