//! Particles as SVG, in few bytes: they are part of the page's HTML.

use super::{RADIUS, Snapshot, step};

/// Units of the picture for a sigma: a step is then less than a pixel in a picture of this width on a phone.
const UNITS: f64 = 16.0;

/// The snapshot as an element that fills its box as the canvas does, and says nothing to screen readers. Its colors are
/// the custom properties of the theme.
///
/// A particle is a line without length and with round ends: `m3 17h0`. One path for each color, each point relative to
/// the one before: that compresses to about three bytes a particle.
pub fn svg(snapshot: &Snapshot, class: &str) -> String {
    let [width, height] = snapshot.sides.map(|side| (side * UNITS).round());
    let mut paths = [const { String::new() }; 6];
    let mut last = [[0; 2]; 6];
    let mut put = |paths: &mut [String; 6], step: usize, at: [f64; 2]| {
        let [x, y] = at.map(|coordinate| (coordinate * UNITS).round() as i32);
        let [from_x, from_y] = std::mem::replace(&mut last[step], [x, y]);
        let sign = if y < from_y { "" } else { " " };
        paths[step] += &format!("m{}{sign}{}h0", x - from_x, y - from_y);
    };
    // From top to bottom in rows: neighbors in the text are neighbors in the picture.
    let mut particles: Vec<_> = snapshot.positions.iter().zip(&snapshot.order).collect();
    particles
        .sort_by(|([ax, ay], _), ([bx, by], _)| ay.floor().total_cmp(&by.floor()).then(ax.total_cmp(bx)));
    for (&position, &order) in particles {
        for image in images(position, snapshot.sides) {
            put(&mut paths, step(order, 6), image);
        }
    }
    let paths: String = (0..)
        .zip(paths)
        .filter(|(_, data)| !data.is_empty())
        .map(|(step, data)| format!("<path stroke=\"var(--plot-order-{step})\" d=\"M0 0{data}\"/>"))
        .collect();
    let diameter = 2.0 * RADIUS * UNITS;
    format!(
        "<svg class=\"{class}\" viewBox=\"0 0 {width} {height}\" preserveAspectRatio=\"xMidYMid slice\" aria-hidden=\"true\" focusable=\"false\"><g fill=\"none\" stroke-width=\"{diameter}\" stroke-linecap=\"round\">{paths}</g></svg>"
    )
}

/// The particles of such a picture, out of its view box and the data of its paths, so that they need not be sent twice;
/// none if they are of another form. Their places are rounded, and their order is left at zero.
pub fn read(view_box: &str, paths: impl IntoIterator<Item = String>) -> Option<Snapshot> {
    let mut sides = view_box.split(' ').skip(2).map(|side| side.parse::<i32>().ok());
    let (width, height) = (sides.next()??, sides.next()??);
    let mut positions = Vec::new();
    for path in paths {
        let (mut x, mut y) = (0, 0);
        for dot in path.strip_prefix("M0 0m")?.split('m') {
            let dot = dot.strip_suffix("h0")?;
            // Either a space or the second number's sign stands between the two.
            let end = 1 + dot.get(1..)?.find([' ', '-'])?;
            x += dot[..end].parse::<i32>().ok()?;
            y += dot[end..].trim_start().parse::<i32>().ok()?;
            // The rest are periodic images.
            if (0..width).contains(&x) && (0..height).contains(&y) {
                positions.push([x, y].map(|units| f64::from(units) / UNITS));
            }
        }
    }
    let sides = [width, height].map(|side| f64::from(side) / UNITS);
    Some(Snapshot { sides, order: vec![0.0; positions.len()], positions })
}

/// A particle and those of its periodic images that reach into the box.
fn images([x, y]: [f64; 2], [width, height]: [f64; 2]) -> impl Iterator<Item = [f64; 2]> {
    let along = |at: f64, side: f64| {
        [at, at - side, at + side].into_iter().filter(move |at| (-RADIUS..side + RADIUS).contains(at))
    };
    along(x, width).flat_map(move |x| along(y, height).map(move |y| [x, y]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_sticks_out_at_one_side_comes_in_at_the_other() {
        let inside = images([5.0, 5.0], [10.0, 8.0]).count();
        let at_an_edge: Vec<_> = images([9.9, 5.0], [10.0, 8.0]).collect();
        let in_a_corner = images([9.9, 0.1], [10.0, 8.0]).count();
        assert_eq!((inside, at_an_edge.len(), in_a_corner), (1, 2, 4));
        assert!((at_an_edge[1][0] + 0.1).abs() < 1e-12);
    }

    #[test]
    fn a_picture_gives_its_particles_back() {
        let snapshot = Snapshot {
            sides: [10.0, 8.0],
            positions: vec![[5.0, 5.0], [9.98, 4.0], [0.01, 7.9], [3.0, 2.5]],
            order: vec![0.9, 0.9, 0.2, 0.2],
        };
        let svg = svg(&snapshot, "still");
        let paths = svg.split(" d=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
        let read = read("0 0 160 128", paths).unwrap();
        assert_eq!((read.sides, read.positions.len()), ([10.0, 8.0], 4));
        for [x, y] in snapshot.positions {
            let near = |[a, b]: &[f64; 2]| {
                let apart = |d: f64, side: f64| (d - side * (d / side).round()).abs();
                // Half a unit, and the rounding of the division.
                apart(a - x, 10.0) <= 0.5 / UNITS + 1e-9 && apart(b - y, 8.0) <= 0.5 / UNITS + 1e-9
            };
            assert!(read.positions.iter().any(near), "{x} {y}");
        }
        assert_eq!(super::read("0 0 160 128", ["M0 0z".to_owned()]), None);
    }

    #[test]
    fn a_particle_is_a_dot_in_the_color_of_its_order() {
        let snapshot =
            Snapshot { sides: [10.0, 8.0], positions: vec![[5.0, 5.0], [6.0, 4.0]], order: vec![0.9, 0.9] };
        let svg = svg(&snapshot, "still");
        assert!(svg.contains("viewBox=\"0 0 160 128\""), "{svg}");
        assert!(svg.contains("<path stroke=\"var(--plot-order-5)\" d=\"M0 0m96 64h0m-16 16h0\"/>"), "{svg}");
    }
}
