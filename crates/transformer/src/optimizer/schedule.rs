//! How the learning rate moves through a run.

/// A linear warm-up, then constant or linear to zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// Steps until the full rate; 0 starts with it.
    pub warmup: u64,
    /// Steps of the whole run, at whose end the rate reaches zero; `None` keeps the full rate.
    pub total: Option<u64>,
}

impl Schedule {
    /// The factor on the learning rate in a step, counted from 0; between 0 and 1.
    ///
    /// ```
    /// use transformer::optimizer::Schedule;
    /// let schedule = Schedule { warmup: 4, total: Some(14) };
    /// assert_eq!([0, 3, 4, 9, 13, 14].map(|step| schedule.rate(step)), [0.25, 1.0, 1.0, 0.5, 0.1, 0.0]);
    /// ```
    pub fn rate(&self, step: u64) -> f32 {
        let warm = if step < self.warmup { (step + 1) as f32 / self.warmup as f32 } else { 1.0 };
        let left = match self.total {
            Some(total) if step >= total => 0.0,
            Some(total) if step >= self.warmup => (total - step) as f32 / (total - self.warmup) as f32,
            _ => 1.0,
        };
        warm * left
    }
}
