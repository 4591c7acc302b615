//! Pictures as SVG: the static twin in the page's HTML, and the file that a reader saves.

use chapter::Language;
use plotters::drawing::IntoDrawingArea;
use plotters::style::{Color as _, RGBColor};
use plotters_svg::SVGBackend;

use super::{Backend, DrawError, Look, Palette, Picture, Size};

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

/// Draws a picture and returns it as an element of the page: it follows the page's theme, fills its box and says
/// nothing to screen readers.
///
/// # Errors
/// When the drawing fails.
pub fn twin(
    size: Size,
    language: Language,
    draw: impl FnOnce(&Picture<'_>, &Look) -> Result<(), DrawError>,
) -> Result<String, DrawError> {
    let look = Look { size, density: 2.0, palette: placeholder_palette(), language };
    let drawn = document(&look, |picture| draw(picture, &look))?;
    Ok(for_page(&with_custom_properties(&drawn), &look))
}

/// A palette of placeholders: [`with_custom_properties`] turns each into the custom property of its role.
fn placeholder_palette() -> Palette {
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
fn with_custom_properties(svg: &str) -> String {
    (1..).zip(Palette::ROLES).fold(svg.to_owned(), |svg, (index, role)| {
        let RGBColor(red, green, blue) = placeholder(index);
        svg.replace(&format!("#{red:02X}{green:02X}{blue:02X}"), &format!("var(--plot-{role})"))
    })
}

/// Turns a document into an element that fills its box and says nothing to screen readers.
fn for_page(svg: &str, look: &Look) -> String {
    let content = svg.split_once('>').map_or("", |(_, content)| content);
    // What is opaque need not say so: a few hundred bytes of the page after compression.
    let content = with_joined_lines(&content.replace(" opacity=\"1\"", ""));
    let (width, height) = (look.stroke(look.size.width), look.stroke(look.size.height));
    format!("<svg class=\"plot__svg\" viewBox=\"0 0 {width} {height}\" focusable=\"false\">{content}")
}

/// Joins neighboring lines of the same style into one path: a dashed curve is an element for each dash otherwise.
fn with_joined_lines(svg: &str) -> String {
    const LINE: &str = "<polyline ";
    let mut joined = String::new();
    // Attributes and points of the lines that are being joined.
    let mut open: Option<(&str, Vec<&str>)> = None;
    let close = |joined: &mut String, open: &mut Option<(&str, Vec<&str>)>| {
        if let Some((style, lines)) = open.take() {
            *joined += &paths(style, &lines);
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
        let points = points.trim_end_matches('"').trim_end();
        match &mut open {
            Some((own, all)) if *own == style => all.push(points),
            _ => {
                close(&mut joined, &mut open);
                open = Some((style, vec![points]));
            }
        }
        rest = after;
    }
    close(&mut joined, &mut open);
    joined + rest
}

/// Two ends of a line.
type Ends = [(f64, f64); 2];

/// How far the ends of dashes may lie from where equal steps would put them: they are rounded to whole pixels, of which
/// there are two or more to a CSS pixel.
const ROUNDED: f64 = 2.5;

/// Lines of one style as paths: straight rows of dashes as one dashed line each, as a dotted rule through a plot is a
/// hundred lines otherwise; all others together.
fn paths(style: &str, lines: &[&str]) -> String {
    let ends: Vec<_> = lines.iter().map(|line| ends(line)).collect();
    let (mut dashed, mut plain) = (String::new(), String::new());
    let mut first = 0;
    while first < lines.len() {
        let row = row_of_dashes(&ends[first..]);
        if let Some(([from, to], dash, gap)) = straight(&row) {
            dashed += &format!(
                "<path {style} stroke-dasharray=\"{dash:.1} {gap:.1}\" d=\"M{},{} {},{}\"/>",
                from.0, from.1, to.0, to.1
            );
        } else {
            plain.extend(lines[first..first + row.len().max(1)].iter().map(|line| format!("M{line}")));
        }
        first += row.len().max(1);
    }
    if !plain.is_empty() {
        dashed += &format!("<path {style} d=\"{plain}\"/>");
    }
    dashed
}

/// The ends of a polyline of two points; nothing for longer ones.
fn ends(line: &str) -> Option<Ends> {
    let point = |text: &str| {
        let (x, y) = text.split_once(',')?;
        Some((x.parse().ok()?, y.parse().ok()?))
    };
    let (from, to) = line.split_once(' ')?;
    Some([point(from)?, point(to)?])
}

fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    (b.0 - a.0).hypot(b.1 - a.1)
}

/// The lines from the first on that follow each other in equal steps.
fn row_of_dashes(lines: &[Option<Ends>]) -> Vec<Ends> {
    let mut row: Vec<Ends> = Vec::new();
    for line in lines.iter().map_while(|&line| line) {
        if let [.., before, last] = &row[..] {
            let next = (2.0 * last[0].0 - before[0].0, 2.0 * last[0].1 - before[0].1);
            if distance(next, line[0]) > ROUNDED {
                break;
            }
        }
        row.push(line);
    }
    row
}

/// Ends, dash and gap of a row of dashes, if it is long and lies in one straight line.
fn straight(row: &[Ends]) -> Option<(Ends, f64, f64)> {
    let [first, .., last] = row else { return None };
    let (from, to) = (first[0], last[1]);
    let (period, dash) = (distance(from, last[0]) / (row.len() - 1) as f64, distance(from, first[1]));
    let is_straight = row.iter().zip(0..).all(|(line, index)| {
        let along = f64::from(index) * period / distance(from, to).max(1.0);
        let expected = (from.0 + along * (to.0 - from.0), from.1 + along * (to.1 - from.1));
        distance(expected, line[0]) < ROUNDED && distance(line[0], line[1]) < dash + ROUNDED
    });
    // Few lines are as short as they are.
    (is_straight && row.len() > 4).then_some(([from, to], dash, (period - dash).max(0.1)))
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn dashes_of_a_straight_line_become_one() {
        let dashes: String = (0..50)
            .map(|i| format!("<polyline s=\"1\" points=\"{},7 {},7 \"/>", 10 * i, 10 * i + 4))
            .collect();
        assert_eq!(
            with_joined_lines(&dashes),
            "<path s=\"1\" stroke-dasharray=\"4.0 6.0\" d=\"M0,7 494,7\"/>"
        );
        // Pieces of a curve stay as they are.
        let curve: String = (0..50)
            .map(|i| format!("<polyline s=\"1\" points=\"{},{} {},{} \"/>", 10 * i, i * i, 10 * i + 4, i * i))
            .collect();
        assert_eq!(with_joined_lines(&curve).matches('M').count(), 50);
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
