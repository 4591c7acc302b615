//! How well a fitted law describes the losses it was fitted to.

/// The residuals of a fit in log space, and what they amount to.
#[derive(Clone, Debug, PartialEq)]
pub struct Goodness {
    /// ln(measured / fitted) for each observation, in the order given: 0.01 is a loss one percent above the law.
    pub residuals: Vec<f64>,
    /// R^2: the share of the variance of ln(loss) that the law accounts for; 1 is all of it.
    pub r_squared: f64,
    /// The largest |measured / fitted - 1| of any observation.
    pub largest_relative_deviation: f64,
}

impl Goodness {
    /// Compares logarithms of measured losses, at least one, with those of fitted ones.
    pub(super) fn new(log_measured: &[f64], log_fitted: &[f64]) -> Self {
        let residuals: Vec<f64> = log_measured.iter().zip(log_fitted).map(|(y, fit)| y - fit).collect();
        let mean = log_measured.iter().sum::<f64>() / log_measured.len() as f64;
        let total: f64 = log_measured.iter().map(|y| (y - mean).powi(2)).sum();
        let left: f64 = residuals.iter().map(|r| r * r).sum();
        let largest = residuals.iter().map(|r| r.exp_m1().abs()).fold(0.0, f64::max);
        Self { residuals, r_squared: 1.0 - left / total, largest_relative_deviation: largest }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_explains_nothing_and_the_data_explain_everything() {
        let measured = [1.0, 2.0, 3.0];
        assert_eq!(Goodness::new(&measured, &[2.0; 3]).r_squared, 0.0);
        assert_eq!(Goodness::new(&measured, &measured).r_squared, 1.0);
    }

    #[test]
    fn the_largest_deviation_is_relative_and_has_no_sign() {
        let measured = [1.1_f64.ln(), 0.7_f64.ln()];
        let deviation = Goodness::new(&measured, &[0.0, 0.0]).largest_relative_deviation;
        // Rounding of one logarithm and one exponential.
        assert!((deviation - 0.3).abs() < 1e-15);
    }
}
