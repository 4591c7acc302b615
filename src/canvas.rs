//! The canvas that plots are painted on: plotters-canvas, spared most of its calls.
//!
//! Every call leaves the WebAssembly, and every color is text that the browser reads. So lines and discs of one style
//! that follow each other become one path here (a dotted rule is a hundred dashes, a field of dots a thousand discs), and
//! colors and widths that are set already are not set again. Boxes and text go to plotters-canvas as they come.

use plotters::drawing::IntoDrawingArea;
use plotters::prelude::DrawingBackend;
use plotters::style::Color as _;
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingErrorKind};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::plot::{Backend, DrawError, Look, Picture};

/// Paints a picture on the whole of a canvas, whose size it sets.
///
/// # Errors
/// When the browser offers no canvas, or the drawing fails.
pub fn paint(
    canvas: &HtmlCanvasElement,
    look: &Look,
    draw: &dyn Fn(&Picture<'_>) -> Result<(), DrawError>,
) -> Result<(), DrawError> {
    let (width, height) = (look.stroke(look.size.width), look.stroke(look.size.height));
    // Setting a size, even the same one, makes a new surface; while a point is dragged the old one serves.
    if (canvas.width(), canvas.height()) != (width, height) {
        canvas.set_width(width);
        canvas.set_height(height);
    }
    let picture = Backend::Canvas(Canvas::new(canvas).ok_or(DrawError::no_canvas())?).into_drawing_area();
    picture.fill(&look.palette.surface.to_rgba())?;
    draw(&picture)?;
    Ok(picture.present()?)
}

/// A canvas while a picture is painted on it.
pub struct Canvas {
    backend: CanvasBackend,
    /// The backend's own context, which it does not lend.
    context: CanvasRenderingContext2d,
    /// Style of the path that is open.
    path: Option<Paint>,
    fill: Option<Color>,
    stroke: Option<Color>,
    width: Option<u32>,
}

/// Red, green, blue, opacity.
type Color = [u8; 4];

/// How a path is painted.
#[derive(Clone, Copy, PartialEq)]
enum Paint {
    Filled(Color),
    Stroked(Color, u32),
}

type Drawn = Result<(), DrawingErrorKind<<CanvasBackend as DrawingBackend>::ErrorType>>;

fn color(color: BackendColor) -> Color {
    let (red, green, blue) = color.rgb;
    [red, green, blue, (color.alpha * 255.0).round() as u8]
}

/// The color as CSS.
fn css(color: Color) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |value: u8| char::from(DIGITS[usize::from(value)]);
    let digits = color.into_iter().flat_map(|part| [part >> 4, part & 15]).map(digit);
    ['#'].into_iter().chain(digits).collect()
}

impl Canvas {
    fn new(canvas: &HtmlCanvasElement) -> Option<Self> {
        let context = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        let backend = CanvasBackend::with_canvas_object(canvas.clone())?;
        Some(Self { backend, context, path: None, fill: None, stroke: None, width: None })
    }

    /// The backend, to paint what is no part of a path: above all before it, and in a fill color of its own.
    fn backend(&mut self) -> &mut CanvasBackend {
        self.finish_path();
        self.fill = None;
        &mut self.backend
    }

    /// Goes on with a path of this style: with the open one, unless what is see-through would no longer show twice
    /// where it overlaps.
    fn continue_path(&mut self, paint: Paint) {
        let joins = !matches!(paint, Paint::Filled([.., opacity]) if opacity < u8::MAX);
        if self.path != Some(paint) || !joins {
            self.finish_path();
            self.context.begin_path();
            self.path = Some(paint);
        }
    }

    /// Paints the open path.
    fn finish_path(&mut self) {
        match self.path.take() {
            Some(Paint::Filled(color)) => {
                if self.fill != Some(color) {
                    self.context.set_fill_style_str(&css(color));
                    self.fill = Some(color);
                }
                self.context.fill();
            }
            Some(Paint::Stroked(color, width)) => {
                if self.stroke != Some(color) {
                    self.context.set_stroke_style_str(&css(color));
                    self.stroke = Some(color);
                }
                if self.width != Some(width) {
                    self.context.set_line_width(width.into());
                    self.width = Some(width);
                }
                self.context.stroke();
            }
            None => {}
        }
    }

    // Without the types of styles and iterators, of which each would be a copy to fetch.

    fn lines(&self, points: &mut dyn Iterator<Item = BackendCoord>) {
        for (index, (x, y)) in points.enumerate() {
            if index == 0 {
                self.context.move_to(x.into(), y.into());
            } else {
                self.context.line_to(x.into(), y.into());
            }
        }
    }

    fn circle(&mut self, paint: Paint, x: f64, y: f64, radius: f64) {
        self.continue_path(paint);
        // An arc is joined to what was drawn before it.
        self.context.move_to(x + radius, y);
        // Fails only for a negative radius.
        drop(self.context.arc(x, y, radius, 0.0, std::f64::consts::TAU));
    }
}

fn paint_of(style: &impl BackendStyle, fill: bool) -> Paint {
    let color = color(style.color());
    if fill { Paint::Filled(color) } else { Paint::Stroked(color, style.stroke_width()) }
}

impl DrawingBackend for Canvas {
    type ErrorType = <CanvasBackend as DrawingBackend>::ErrorType;

    fn get_size(&self) -> (u32, u32) {
        self.backend.get_size()
    }

    fn ensure_prepared(&mut self) -> Drawn {
        self.backend.ensure_prepared()
    }

    fn present(&mut self) -> Drawn {
        self.backend().present()
    }

    fn draw_pixel(&mut self, place: BackendCoord, color: BackendColor) -> Drawn {
        self.backend().draw_pixel(place, color)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        debug_assert!(fill, "no plot has an empty box");
        self.backend().draw_rect(upper_left, bottom_right, style, true)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.continue_path(paint_of(style, false));
        self.lines(&mut path.into_iter());
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        (x, y): BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        self.circle(paint_of(style, fill), x.into(), y.into(), radius.into());
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        outline: I,
        style: &S,
    ) -> Drawn {
        // A path of its own: where an outline turns the other way round than another, both would leave a hole.
        self.finish_path();
        self.continue_path(paint_of(style, true));
        self.lines(&mut outline.into_iter());
        self.finish_path();
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, place: BackendCoord) -> Drawn {
        self.backend().draw_text(text, style, place)
    }
}
