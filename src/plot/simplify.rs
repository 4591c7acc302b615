//! Drops the points of a polyline that lie on the line between their neighbors.
//!
//! Backends place points on whole pixels. A straight line drawn through many of them wobbles by half a pixel; drawn
//! through its ends alone it is straight.

/// The polyline without points closer than `tolerance` to the line that remains (Douglas and Peucker 1973).
pub fn simplified(points: &[(f64, f64)], tolerance: f64) -> Vec<(f64, f64)> {
    let [first, .., last] = points else { return points.to_vec() };
    let mut kept = vec![*first];
    keep_between(points, tolerance, &mut kept);
    kept.push(*last);
    kept
}

/// Keeps, in order, the inner points that are needed between the two ends.
fn keep_between(points: &[(f64, f64)], tolerance: f64, kept: &mut Vec<(f64, f64)>) {
    let (from, to) = (points[0], points[points.len() - 1]);
    let square = square_of_distance(from, to);
    let mut farthest = (tolerance * tolerance, None);
    for (index, &point) in points.iter().enumerate().take(points.len() - 1).skip(1) {
        let distance = square(point);
        if distance > farthest.0 {
            farthest = (distance, Some(index));
        }
    }
    if let (_, Some(index)) = farthest {
        keep_between(&points[..=index], tolerance, kept);
        kept.push(points[index]);
        keep_between(&points[index..], tolerance, kept);
    }
}

/// The square of a point's distance from the line through two others; from their common place if they coincide. No root
/// is drawn for a point: every redraw asks this of thousands.
fn square_of_distance(from: (f64, f64), to: (f64, f64)) -> impl Fn((f64, f64)) -> f64 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let square_of_length = dx * dx + dy * dy;
    move |(x, y)| {
        let (px, py) = (x - from.0, y - from.1);
        if square_of_length == 0.0 {
            px * px + py * py
        } else {
            (dx * py - dy * px).powi(2) / square_of_length
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_straight_line_keeps_its_ends_only() {
        let line: Vec<_> = (0..=10).map(|i| (f64::from(i), 2.0 * f64::from(i))).collect();
        assert_eq!(simplified(&line, 1e-6), [(0.0, 0.0), (10.0, 20.0)]);
    }

    #[test]
    fn a_curve_stays_within_the_tolerance() {
        let curve: Vec<_> = (0..=100).map(|i| f64::from(i) / 100.0).map(|x| (x, x * x)).collect();
        let kept = simplified(&curve, 1e-3);
        assert!((10..40).contains(&kept.len()), "{}", kept.len());
        for pair in kept.windows(2) {
            let between = curve.iter().filter(|point| (pair[0].0..=pair[1].0).contains(&point.0));
            assert!(between.into_iter().all(|&point| square_of_distance(pair[0], pair[1])(point) <= 1e-6));
        }
    }

    #[test]
    fn short_lines_are_untouched() {
        assert_eq!(simplified(&[], 1.0), []);
        assert_eq!(simplified(&[(0.0, 0.0), (1.0, 1.0)], 9.0), [(0.0, 0.0), (1.0, 1.0)]);
    }
}
