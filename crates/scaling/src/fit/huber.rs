//! The Huber loss: a square near zero, a straight line beyond, so that outliers pull with limited force.
//!
//! Source: Huber 1964, "Robust Estimation of a Location Parameter".

/// Where Hoffmann et al. 2022, Appendix D.3, end the square, as a residual of ln(loss): a tenth of a percent.
///
/// Noise of a percent lies beyond it, so their fit is close to one of least absolute deviations.
pub const HOFFMANN_DELTA: f64 = 1e-3;

/// The Huber loss of `residual` and its derivative, both divided by delta^2 to keep them near one.
pub(super) fn value_and_slope(residual: f64, delta: f64) -> (f64, f64) {
    let ratio = residual / delta;
    if ratio.abs() <= 1.0 {
        (0.5 * ratio * ratio, ratio / delta)
    } else {
        (ratio.abs() - 0.5, ratio.signum() / delta)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn square_and_line_meet_without_a_kink() {
        let delta = 0.1;
        let (inside, outside) = (value_and_slope(0.1 - 1e-9, delta), value_and_slope(0.1 + 1e-9, delta));
        // The value has slope 1 / delta = 10 there, so it moves by 2e-8; the slope of the square moves by 2e-7.
        assert!((inside.0 - outside.0).abs() < 3e-8);
        assert!((inside.1 - outside.1).abs() < 3e-7);
    }

    #[test]
    fn an_outlier_pulls_no_harder_than_the_edge_of_the_square() {
        assert_eq!(value_and_slope(-5.0, 0.1).1, -value_and_slope(0.1, 0.1).1);
    }
}
