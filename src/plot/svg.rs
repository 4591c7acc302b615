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
    let pixels = (look.stroke(look.size.width), look.stroke(look.size.height));
    {
        let picture = Backend::Svg(SVGBackend::with_string(&mut text, pixels)).into_drawing_area();
        picture.fill(&look.palette.surface.to_rgba())?;
        draw(&picture)?;
        picture.present()?;
    }
    // The drawing's many pixels are for precision; shown, the picture has the size that was asked for.
    let drawn = format!("width=\"{}\" height=\"{}\"", pixels.0, pixels.1);
    let shown = format!("width=\"{}\" height=\"{}\"", look.size.width, look.size.height);
    Ok(text.replacen(&drawn, &shown, 1))
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
    let content = with_joined_lines(svg.split_once('>').map_or("", |(_, content)| content));
    let (width, height) = (look.stroke(look.size.width), look.stroke(look.size.height));
    format!("<svg class=\"plot__svg\" viewBox=\"0 0 {width} {height}\" focusable=\"false\">{content}")
}

/// Joins neighboring lines of the same style into one path: a dashed curve is an element for each dash otherwise.
fn with_joined_lines(svg: &str) -> String {
    const LINE: &str = "<polyline ";
    let mut joined = String::new();
    // Attributes and path data of the lines that are being joined.
    let mut open: Option<(&str, String)> = None;
    let close = |joined: &mut String, open: &mut Option<(&str, String)>| {
        if let Some((style, data)) = open.take() {
            *joined += &format!("<path {style} d=\"{data}\"/>");
        }
    };
    let mut rest = svg;
    while let Some((before, after)) = rest.split_once(LINE) {
        let Some((element, after)) = after.split_once("/>") else { break };
        let Some((style, points)) = element.split_once(" points=\"") else { break };
        if !before.trim().is_empty() {
            close(&mut joined, &mut open);
            joined += before;
        }
        let data = format!("M{}", points.trim_end_matches('"').trim_end());
        match &mut open {
            Some((own, all)) if *own == style => all.push_str(&data),
            _ => {
                close(&mut joined, &mut open);
                open = Some((style, data));
            }
        }
        rest = after;
    }
    close(&mut joined, &mut open);
    joined + rest
}

#[cfg(test)]
mod tests {
    use chapter::Language;

    use super::*;
    use crate::plot::Size;

    #[test]
    fn a_document_has_the_size_that_was_asked_for() {
        let size = Size { width: 10.0, height: 20.0 };
        let look = Look { size, density: 4.0, palette: Palette::light(), language: Language::En };
        let svg = document(&look, |_| Ok(())).unwrap();
        assert!(svg.starts_with("<svg width=\"10\" height=\"20\" viewBox=\"0 0 40 80\""), "{svg}");
    }

    #[test]
    fn lines_of_one_style_become_one_path() {
        let svg = "<a/>\n<polyline s=\"1\" points=\"0,0 1,1 \"/>\n<polyline s=\"1\" points=\"2,2 3,3 \"/><polyline s=\"2\" points=\"4,4 5,5 \"/><b/>";
        let joined = "<a/>\n<path s=\"1\" d=\"M0,0 1,1M2,2 3,3\"/><path s=\"2\" d=\"M4,4 5,5\"/><b/>";
        assert_eq!(with_joined_lines(svg), joined);
    }

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
