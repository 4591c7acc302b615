//! Pictures as SVG: the static twin in the page's HTML, and the file that a reader saves.

use plotters::drawing::IntoDrawingArea;
use plotters::style::{Color as _, RGBColor};
use plotters_svg::SVGBackend;

use super::{Backend, DrawError, Look, Palette, Picture};

/// Draws a picture and returns it as a complete SVG document in the look's own colors.
///
/// # Errors
/// When the drawing fails.
pub fn document(
    look: &Look,
    draw: impl FnOnce(&Picture<'_>) -> Result<(), DrawError>,
) -> Result<String, DrawError> {
    let mut text = String::new();
    {
        let pixels = (look.stroke(look.size.width), look.stroke(look.size.height));
        let picture = Backend::Svg(SVGBackend::with_string(&mut text, pixels)).into_drawing_area();
        picture.fill(&look.palette.surface.to_rgba())?;
        draw(&picture)?;
        picture.present()?;
    }
    Ok(text)
}

/// A palette of placeholders: [`with_custom_properties`] turns each into the custom property of its role.
pub fn placeholder_palette() -> Palette {
    let mut index = 0;
    Palette::from_roles(|_| {
        index += 1;
        placeholder(index)
    })
}

/// A color that no drawing uses for anything else.
fn placeholder(index: u8) -> RGBColor {
    RGBColor(0xfe, 0xdc, index)
}

/// Replaces the colors of [`placeholder_palette`] by `var(--plot-<role>)`, so that an SVG within the page follows its
/// theme.
pub fn with_custom_properties(svg: &str) -> String {
    (1..).zip(Palette::ROLES).fold(svg.to_owned(), |svg, (index, role)| {
        let RGBColor(red, green, blue) = placeholder(index);
        svg.replace(&format!("#{red:02X}{green:02X}{blue:02X}"), &format!("var(--plot-{role})"))
    })
}

/// Turns a document into an element of the page: it fills its box and says nothing to screen readers.
pub fn for_page(svg: &str, look: &Look) -> String {
    let content = svg.split_once('>').map_or("", |(_, content)| content);
    let (width, height) = (look.stroke(look.size.width), look.stroke(look.size.height));
    format!("<svg class=\"plot__svg\" viewBox=\"0 0 {width} {height}\" focusable=\"false\">{content}")
}

#[cfg(test)]
mod tests {
    use chapter::Language;

    use super::*;
    use crate::plot::Size;

    #[test]
    fn placeholders_become_custom_properties() {
        let look = Look {
            size: Size { width: 10.0, height: 10.0 },
            density: 1.0,
            palette: placeholder_palette(),
            language: Language::Zh,
        };
        let svg = with_custom_properties(&document(&look, |_| Ok(())).unwrap());
        assert!(svg.contains("var(--plot-surface)"), "{svg}");
        assert!(!svg.contains("#FEDC"), "{svg}");
    }
}
