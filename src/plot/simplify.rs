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
    let inner = 1..points.len() - 1;
    let farthest =
        inner.map(|index| (index, distance(points[index], from, to))).max_by(|a, b| a.1.total_cmp(&b.1));
    if let Some((index, distance)) = farthest
        && distance > tolerance
    {
        keep_between(&points[..=index], tolerance, kept);
        kept.push(points[index]);
        keep_between(&points[index..], tolerance, kept);
    }
}

/// Distance of a point from the line through two others; from their common place if they coincide.
fn distance(point: (f64, f64), from: (f64, f64), to: (f64, f64)) -> f64 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (px, py) = (point.0 - from.0, point.1 - from.1);
    let length = dx.hypot(dy);
    if length == 0.0 { px.hypot(py) } else { (dx * py - dy * px).abs() / length }
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
            assert!(between.into_iter().all(|&point| distance(point, pair[0], pair[1]) <= 1e-3));
        }
    }

    #[test]
    fn short_lines_are_untouched() {
        assert_eq!(simplified(&[], 1.0), []);
        assert_eq!(simplified(&[(0.0, 0.0), (1.0, 1.0)], 9.0), [(0.0, 0.0), (1.0, 1.0)]);
    }
}
