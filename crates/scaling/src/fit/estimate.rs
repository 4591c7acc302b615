//! A fitted number with its uncertainty.

/// How sure every interval of this crate is meant to be.
pub(super) const CONFIDENCE: f64 = 0.95;

/// A range of values, both ends included; an end may be infinite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Interval {
    /// Whether `value` lies in the interval.
    pub fn contains(self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }
}

/// A fitted value, its standard error and its 95 % confidence interval, all in the value's unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The fitted value.
    pub value: f64,
    /// The standard deviation the value would show if the measurements were repeated.
    pub standard_error: f64,
    /// The 95 % confidence interval; it need not be symmetric.
    pub interval: Interval,
}
