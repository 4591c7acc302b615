//! Cuts a polyline at the edges of a plot, so that a curve leaves it cleanly.

/// The pieces of a polyline inside the unit square. Points are places on the two axes (0 to 1).
pub fn inside_unit_square(points: &[(f64, f64)]) -> Vec<Vec<(f64, f64)>> {
    let mut pieces: Vec<Vec<(f64, f64)>> = Vec::new();
    for segment in points.windows(2) {
        let Some((from, to)) = segment_inside(segment[0], segment[1]) else { continue };
        match pieces.last_mut() {
            Some(piece) if piece.last() == Some(&from) => piece.push(to),
            _ => pieces.push(vec![from, to]),
        }
    }
    pieces
}

/// The part of a segment inside the unit square (Liang and Barsky 1984).
fn segment_inside(from: (f64, f64), to: (f64, f64)) -> Option<((f64, f64), (f64, f64))> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (step, room) in [(-dx, from.0), (dx, 1.0 - from.0), (-dy, from.1), (dy, 1.0 - from.1)] {
        if step == 0.0 {
            if room < 0.0 {
                return None;
            }
        } else if step < 0.0 {
            enter = enter.max(room / step);
        } else {
            leave = leave.min(room / step);
        }
    }
    let at = |t: f64| if t == 1.0 { to } else { (from.0 + t * dx, from.1 + t * dy) };
    (enter < leave).then(|| (at(enter), at(leave)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_inside_is_untouched() {
        let line = [(0.1, 0.2), (0.5, 0.5), (0.9, 0.1)];
        assert_eq!(inside_unit_square(&line), vec![line.to_vec()]);
    }

    #[test]
    fn a_line_through_is_cut_at_both_edges() {
        assert_eq!(inside_unit_square(&[(-1.0, 0.5), (2.0, 0.5)]), vec![vec![(0.0, 0.5), (1.0, 0.5)]]);
    }

    #[test]
    fn a_line_that_leaves_and_returns_is_in_two_pieces() {
        let pieces = inside_unit_square(&[(0.2, 0.5), (0.4, 1.5), (0.6, 0.5)]);
        assert_eq!(pieces.len(), 2);
        assert!((pieces[0][1].1 - 1.0).abs() < 1e-12 && (pieces[1][0].1 - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_line_outside_is_gone() {
        assert!(inside_unit_square(&[(1.2, 0.0), (1.2, 1.0)]).is_empty());
    }
}
