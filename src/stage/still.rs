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
    fn a_particle_is_a_dot_in_the_color_of_its_order() {
        let snapshot =
            Snapshot { sides: [10.0, 8.0], positions: vec![[5.0, 5.0], [6.0, 4.0]], order: vec![0.9, 0.9] };
        let svg = svg(&snapshot, "still");
        assert!(svg.contains("viewBox=\"0 0 160 128\""), "{svg}");
        assert!(svg.contains("<path stroke=\"var(--plot-order-5)\" d=\"M0 0m96 64h0m-16 16h0\"/>"), "{svg}");
    }
}
