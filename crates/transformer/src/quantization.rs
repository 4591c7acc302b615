//! Weights in few bits: whole numbers times one scale for each row.
//!
//! A row w becomes round(w / s) with s = max|w| / (2^(bits-1) - 1), so that zero stays zero, the largest weight is kept
//! and every other is off by at most s / 2. In narrow models s is the one, of this and some wider ones, that leaves the
//! least squared error.

use crate::{Config, Error, Parameters, Role};

/// Bits of a quantized weight, 2 to 8.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bits(u8);

impl Bits {
    /// One byte, which costs the essay's models next to nothing.
    pub const EIGHT: Self = Self(8);

    /// A number of bits.
    ///
    /// # Errors
    /// [`Error::Bits`] unless it is between 2 and 8.
    pub const fn new(bits: u8) -> Result<Self, Error> {
        match bits {
            2..=8 => Ok(Self(bits)),
            _ => Err(Error::Bits { value: bits }),
        }
    }

    /// The number.
    pub const fn count(self) -> u8 {
        self.0
    }

    /// The largest code, 2^(bits-1) - 1; the smallest is its negative.
    pub const fn max_code(self) -> i8 {
        ((1_u16 << (self.0 - 1)) - 1) as i8
    }
}

/// The widest model whose steps are searched for. A short row has few weights to please, and rounding costs its model
/// most: the search brought that from 0.0036 to 0.0016 nats at a width of 8 and from 0.0033 to 0.0005 at 16. From 24 on
/// it is at most 0.0011 without.
const NARROW: usize = 16;

/// Steps that are tried for a row of a narrow model.
const STEPS_TRIED: u16 = 512;

/// The widest step that is tried, in units of the least. Wider ones lose more by being coarse than they win.
const WIDEST: f32 = 1.5;

/// What chooses the step s of a row, the weight of one unit, in models of a shape. It is zero for a row of zeros.
pub fn scale_rule(config: &Config) -> fn(&[f32], Bits) -> f32 {
    if config.d_model() > NARROW { least_scale } else { best_scale }
}

/// The least step that reaches the largest weight.
fn least_scale(row: &[f32], bits: Bits) -> f32 {
    let largest = row.iter().fold(0.0_f32, |largest, value| largest.max(value.abs()));
    largest / f32::from(bits.max_code())
}

/// The step that leaves the least squared error.
fn best_scale(row: &[f32], bits: Bits) -> f32 {
    let least = least_scale(row, bits);
    let mut best = (least, squared_error(row, least, bits));
    for index in 1..STEPS_TRIED {
        let scale = least * (1.0 + (WIDEST - 1.0) * f32::from(index) / f32::from(STEPS_TRIED - 1));
        let error = squared_error(row, scale, bits);
        if error < best.1 {
            best = (scale, error);
        }
    }
    best.0
}

/// What rounding a row to codes of this scale costs.
fn squared_error(row: &[f32], scale: f32, bits: Bits) -> f64 {
    let errors = row.iter().map(|&value| f64::from(value - f32::from(code(value, scale, bits)) * scale));
    errors.map(|error| error * error).sum()
}

/// The code of a weight in a row of this scale.
pub fn code(value: f32, scale: f32, bits: Bits) -> i8 {
    let max = f32::from(bits.max_code());
    // A scale so small that its reciprocal overflows gives infinity, which the clamp turns into the largest code.
    if scale > 0.0 { (value / scale).round().clamp(-max, max) as i8 } else { 0 }
}

/// The parameters as they are after quantization: every row of a matrix or table rounded to its codes, gains as they
/// were.
pub fn round_trip(parameters: &Parameters, bits: Bits) -> Parameters {
    let mut rounded = parameters.clone();
    let row_scale = scale_rule(parameters.config());
    for tensor in parameters.layout().tensors() {
        if tensor.role() == Role::Gain {
            continue;
        }
        for row in rounded.tensor_mut(tensor.weight).chunks_exact_mut(tensor.cols) {
            let scale = row_scale(row, bits);
            for value in row {
                *value = f32::from(code(*value, scale, bits)) * scale;
            }
        }
    }
    rounded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Architecture, Config, Generator, Init, Positions, Unembedding};

    #[test]
    fn weights_come_back_within_half_a_step_and_gains_exactly() {
        for d_model in [6, NARROW + 4] {
            let config = Config::new(Architecture {
                vocab_size: 9,
                context_len: 4,
                n_layer: 1,
                n_head: 1,
                d_model,
                d_ff: Some(24),
                unembedding: Unembedding::Untied,
                positions: Positions::Rotary { base: 100.0 },
            })
            .unwrap();
            let row_scale = scale_rule(&config);
            let parameters = Parameters::init(&config, Init::default(), &mut Generator::from_seed(1));
            for bits in 2..=8 {
                let bits = Bits::new(bits).unwrap();
                let rounded = round_trip(&parameters, bits);
                for tensor in parameters.layout().tensors() {
                    let rows = |p: &Parameters| -> Vec<Vec<f32>> {
                        p.tensor(tensor.weight).chunks(tensor.cols).map(<[f32]>::to_vec).collect()
                    };
                    for (row, rounded) in rows(&parameters).iter().zip(rows(&rounded)) {
                        let half_step =
                            if tensor.role() == Role::Gain { 0.0 } else { row_scale(row, bits) / 2.0 };
                        for (value, rounded) in row.iter().zip(rounded) {
                            // The product of code and scale rounds once more, by 2⁻²⁴ of a weight.
                            let is_close = (value - rounded).abs() <= half_step * 1.0001;
                            assert!(is_close, "{bits:?} {value} {rounded}");
                        }
                    }
                }
                // Rounded weights are whole steps already.
                let again = round_trip(&rounded, bits);
                let close = |(a, b): (&f32, &f32)| (a - b).abs() <= 1e-6 * a.abs();
                assert!(d_model <= NARROW || rounded.values().iter().zip(again.values()).all(close));
            }
        }
    }

    #[test]
    fn a_step_is_chosen_that_leaves_less_than_the_one_that_reaches_the_largest() {
        let mut generator = Generator::from_seed(2);
        let (mut chosen, mut reaching) = (0.0, 0.0);
        for _ in 0..200 {
            let row: Vec<f32> = (0..8).map(|_| generator.normal() as f32).collect();
            chosen += squared_error(&row, best_scale(&row, Bits::EIGHT), Bits::EIGHT);
            reaching += squared_error(&row, least_scale(&row, Bits::EIGHT), Bits::EIGHT);
        }
        // 0.45 in a simulation of 200 rows of eight by another program.
        assert!(chosen < 0.5 * reaching, "{chosen} {reaching}");
    }

    #[test]
    fn codes_use_the_whole_symmetric_range() {
        for (bits, max) in [(2, 1), (3, 3), (4, 7), (8, 127)] {
            let bits = Bits::new(bits).unwrap();
            let row = [-2.0, 0.0, 2.0, 0.9];
            let scale = least_scale(&row, bits);
            assert_eq!([-2.0, 0.0, 2.0].map(|value| code(value, scale, bits)), [-max, 0, max]);
        }
        assert_eq!(code(0.0, best_scale(&[0.0; 3], Bits::EIGHT), Bits::EIGHT), 0);
        assert_eq!(Bits::new(1), Err(Error::Bits { value: 1 }));
        assert_eq!(Bits::new(9), Err(Error::Bits { value: 9 }));
    }
}
