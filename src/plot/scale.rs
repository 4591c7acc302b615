//! One axis: from values to places between 0 and 1, logarithmic, linear, or on the way from one to the other.

/// A range and how it is spread along an axis: positive and growing, unless the axis is linear for good.
///
/// A value's place is `(1 - linearity) * log place + linearity * linear place`, so that a change of scale can be shown
/// as a motion: 0 is a logarithmic axis, 1 a linear one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    low: f64,
    high: f64,
    linearity: f64,
    /// Logarithm of high over low; one where the axis is linear for good.
    log_ratio: f64,
}

/// A marked place on an axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tick {
    /// The value.
    pub value: f64,
    /// Whether it carries a label; minor ticks have a line only.
    pub labelled: bool,
    /// How visible it is, 0 to 1: ticks of the logarithmic axis fade while those of the linear one appear.
    pub opacity: f64,
}

/// Ratio of the ends below which a logarithmic axis is marked at equal steps, because it has too few round digits.
const SHORT: f64 = 5.0;

impl Scale {
    /// A scale from `low` to `high`, both positive.
    ///
    /// # Panics
    /// If the range is not positive and growing: ranges are constants of a figure.
    pub fn new(low: f64, high: f64, linearity: f64) -> Self {
        assert!(0.0 < low && low < high && high.is_finite(), "a scale needs 0 < low < high");
        Self { low, high, linearity: linearity.clamp(0.0, 1.0), log_ratio: (high / low).ln() }
    }

    /// A linear scale from `low` to `high`, which may be zero or negative; if `high` is the smaller one, values fall
    /// along the axis.
    ///
    /// # Panics
    /// If the ends are equal or not finite: ranges are constants of a figure.
    pub fn linear(low: f64, high: f64) -> Self {
        assert!(low.is_finite() && high.is_finite() && low != high, "a scale needs two ends");
        Self { low, high, linearity: 1.0, log_ratio: 1.0 }
    }

    /// The value at the start of the axis.
    pub fn low(&self) -> f64 {
        self.low
    }

    /// The value at its end.
    pub fn high(&self) -> f64 {
        self.high
    }

    /// The same range spread differently.
    pub fn with_linearity(self, linearity: f64) -> Self {
        Self::new(self.low, self.high, linearity)
    }

    /// Place of a value: 0 at the low end, 1 at the high end, beyond them outside of the range.
    pub fn place(&self, value: f64) -> f64 {
        // A pure scale must not pass through the other's infinities.
        let log = || (value.max(f64::MIN_POSITIVE) / self.low).ln() / self.log_ratio;
        let linear = || (value - self.low) / (self.high - self.low);
        match self.linearity {
            0.0 => log(),
            1.0 => linear(),
            linearity => (1.0 - linearity) * log() + linearity * linear(),
        }
    }

    /// The value at a place between 0 and 1, the inverse of [`Scale::place`].
    pub fn value(&self, place: f64) -> f64 {
        let place = place.clamp(0.0, 1.0);
        let log = || self.low * (self.high / self.low).powf(place);
        let linear = || self.low + place * (self.high - self.low);
        match self.linearity {
            0.0 => log(),
            1.0 => linear(),
            _ => {
                // The blend grows with the value, and lies between the two pure scales: halve their gap in log space
                // until it is far below a pixel.
                let (log, linear) = (log(), linear());
                let (mut below, mut above) = (log.min(linear).ln(), log.max(linear).ln());
                for _ in 0..60 {
                    let middle = f64::midpoint(below, above);
                    if self.place(middle.exp()) < place { below = middle } else { above = middle }
                }
                f64::midpoint(below, above).exp()
            }
        }
    }

    /// Values along the axis dense enough for a smooth curve at any linearity, growing, about `2 * count` of them.
    pub fn samples(&self, count: usize) -> Vec<f64> {
        let log = self.with_linearity(0.0);
        let linear = self.with_linearity(1.0);
        let places = (0..=count).map(|index| index as f64 / count as f64);
        let mut values: Vec<f64> = places.flat_map(|place| [log.value(place), linear.value(place)]).collect();
        values.sort_unstable_by(f64::total_cmp);
        values.dedup();
        values
    }

    /// Ticks of the axis, about `count` of them labelled.
    pub fn ticks(&self, count: usize) -> Vec<Tick> {
        let mut ticks = Vec::new();
        if self.linearity < 1.0 {
            let opacity = 1.0 - self.linearity;
            if self.high / self.low < SHORT {
                ticks.extend(self.linear_ticks(count).map(|value| Tick { value, labelled: true, opacity }));
            } else {
                let decades = self.decade_ticks(count);
                ticks.extend(decades.map(|(value, labelled)| Tick { value, labelled, opacity }));
            }
        }
        if self.linearity > 0.0 {
            let opacity = self.linearity;
            ticks.extend(self.linear_ticks(count).map(|value| Tick { value, labelled: true, opacity }));
        }
        ticks
    }

    /// Powers of ten; over less than two decades the digits between them too.
    fn decade_ticks(&self, count: usize) -> impl Iterator<Item = (f64, bool)> {
        let (low, high) = (self.low, self.high);
        let first = low.log10().floor() as i32;
        let last = high.log10().ceil() as i32;
        let decades = (high / low).log10();
        let few_decades = decades < 2.0;
        let every = (decades / count as f64).ceil().max(1.0) as i32;
        (first..=last)
            .flat_map(move |exponent| (1..10).map(move |digit| (exponent, digit)))
            .map(move |(exponent, digit)| {
                let value = f64::from(digit) * 10f64.powi(exponent);
                let labelled = if few_decades {
                    matches!(digit, 1 | 2 | 3 | 5 | 7)
                } else {
                    digit == 1 && exponent.rem_euclid(every) == 0
                };
                (value, labelled, digit)
            })
            .filter(move |&(value, labelled, digit)| {
                let in_range = value >= low * (1.0 - 1e-9) && value <= high * (1.0 + 1e-9);
                // Digits between powers of ten are noise when many decades share the axis.
                in_range && (labelled || few_decades || digit == 1)
            })
            .map(|(value, labelled, _)| (value, labelled))
    }

    /// Multiples of 1, 2 or 5 times a power of ten.
    fn linear_ticks(&self, count: usize) -> impl Iterator<Item = f64> {
        let (low, high) = (self.low.min(self.high), self.low.max(self.high));
        let rough = (high - low) / count.max(1) as f64;
        let power = 10f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0].map(|factor| factor * power).into_iter().find(|&step| step >= rough);
        let step = step.unwrap_or(10.0 * power);
        // An end that is itself a multiple counts in spite of rounding.
        let (first, last) = (low / step, high / step);
        let first = (first - 1e-9 * first.abs()).ceil() as i64;
        let last = (last + 1e-9 * last.abs()).floor() as i64;
        (first..=last).map(move |multiple| multiple as f64 * step)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn value_inverts_place_at_any_linearity() {
        for linearity in [0.0, 0.2, 0.7, 1.0] {
            let scale = Scale::new(1e3, 1e13, linearity);
            for place in [0.0, 0.01, 0.3, 0.77, 1.0] {
                let there_and_back = scale.place(scale.value(place));
                // A thousandth of a pixel on the widest screen.
                assert!((there_and_back - place).abs() < 1e-7, "{linearity} {place} {there_and_back}");
            }
        }
    }

    #[test]
    fn place_grows_with_the_value() {
        for linearity in [0.0, 0.5, 1.0] {
            let scale = Scale::new(1.0, 10.0, linearity);
            let places: Vec<f64> = scale.samples(50).into_iter().map(|value| scale.place(value)).collect();
            assert!(places.is_sorted_by(|a, b| a < b));
        }
    }

    #[test]
    fn ticks_lie_in_range_and_some_are_labelled() {
        for (low, high) in [(1.0, 10.0), (1e3, 1e13), (1e-9, 1e6), (2.5, 7.0)] {
            for linearity in [0.0, 0.5, 1.0] {
                let ticks = Scale::new(low, high, linearity).ticks(6);
                assert!(ticks.iter().all(|tick| tick.value >= low * 0.999 && tick.value <= high * 1.001));
                let labelled = ticks.iter().filter(|tick| tick.labelled).count();
                assert!((2..=24).contains(&labelled), "{low} {high} {linearity}: {labelled}");
            }
        }
    }

    #[test]
    fn a_linear_scale_may_hold_zero_and_may_run_backwards() {
        let backwards = Scale::linear(2.5, -0.5);
        assert_eq!([2.5, 1.0, -0.5].map(|value| backwards.place(value)), [0.0, 0.5, 1.0]);
        assert_eq!(backwards.value(0.5), 1.0);
        let ticks: Vec<f64> = backwards.ticks(6).iter().map(|tick| tick.value).collect();
        assert_eq!(ticks, [-0.5, 0.0, 0.5, 1.0, 1.5, 2.0, 2.5]);
    }

    #[test]
    fn a_short_logarithmic_axis_is_labelled_at_equal_steps() {
        let ticks: Vec<f64> = Scale::new(0.95, 2.1, 0.0).ticks(6).iter().map(|tick| tick.value).collect();
        assert!(ticks.len() >= 5 && ticks.windows(2).all(|pair| (pair[1] - pair[0] - 0.2).abs() < 1e-9));
    }

    #[test]
    #[should_panic(expected = "0 < low < high")]
    fn an_empty_range_is_refused() {
        Scale::new(2.0, 1.0, 0.0);
    }
}
