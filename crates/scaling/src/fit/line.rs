//! A straight line by least squares, with the errors of its slope and its height.
//!
//! With independent normal errors of equal size in y the intervals are exact. Source of the formulas: Draper and
//! Smith 1998, "Applied Regression Analysis", section 1.4.

use crate::Error;
use crate::fit::estimate::CONFIDENCE;
use crate::fit::{Estimate, Interval, student_t};

/// Least squares of y on x, about the means so that slope and level do not correlate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Line {
    pub n: f64,
    pub mean_x: f64,
    pub mean_y: f64,
    pub slope: f64,
    /// Sum of squares of x about its mean.
    pub spread: f64,
    /// Standard deviation of the residuals, over n - 2.
    pub deviation: f64,
    /// Student's t for the intervals.
    pub t: f64,
}

impl Line {
    /// The line through three or more points.
    pub fn new(x: &[f64], y: &[f64]) -> Result<Self, Error> {
        if x.len() < 3 {
            return Err(Error::TooFewObservations { given: x.len(), needed: 3 });
        }
        let n = x.len() as f64;
        let mean_x = x.iter().sum::<f64>() / n;
        let mean_y = y.iter().sum::<f64>() / n;
        let spread: f64 = x.iter().map(|x| (x - mean_x).powi(2)).sum();
        // Equal inputs leave only the rounding of their mean.
        if spread <= n * (mean_x * f64::EPSILON).powi(2) {
            return Err(Error::InputsDoNotVary);
        }
        let slope = x.iter().zip(y).map(|(x, y)| (x - mean_x) * (y - mean_y)).sum::<f64>() / spread;
        let left: f64 = x.iter().zip(y).map(|(x, y)| (y - mean_y - slope * (x - mean_x)).powi(2)).sum();
        let degrees_of_freedom = x.len() - 2;
        Ok(Self {
            n,
            mean_x,
            mean_y,
            slope,
            spread,
            deviation: (left / degrees_of_freedom as f64).sqrt(),
            t: student_t::critical_value(CONFIDENCE, degrees_of_freedom),
        })
    }

    pub fn at(&self, x: f64) -> f64 {
        self.mean_y + self.slope * (x - self.mean_x)
    }

    /// The standard error of the line at x.
    pub fn error_at(&self, x: f64) -> f64 {
        self.deviation * (self.n.recip() + (x - self.mean_x).powi(2) / self.spread).sqrt()
    }

    /// The 95 % interval of the line itself at x.
    pub fn interval_at(&self, x: f64) -> Interval {
        let (center, half) = (self.at(x), self.t * self.error_at(x));
        Interval { low: center - half, high: center + half }
    }

    /// The slope with its uncertainty.
    pub fn slope(&self) -> Estimate {
        let standard_error = self.deviation / self.spread.sqrt();
        let (value, half) = (self.slope, self.t * standard_error);
        Estimate { value, standard_error, interval: Interval { low: value - half, high: value + half } }
    }
}
