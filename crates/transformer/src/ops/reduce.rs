//! Sums and maxima over a slice in eight lanes at once, which vector units can do and a sum in order cannot.

use super::lanes::{Lanes, WIDTH};

/// More than a vector has, so that the next addition need not wait for the last.
const LANES: usize = 8;

/// Σ a
#[inline]
#[cfg_attr(simd128, target_feature(enable = "simd128"))]
pub fn sum(values: &[f32]) -> f32 {
    let lanes = fold([values], 0.0, |sum, [value]| sum.plus(value));
    lanes.iter().sum::<f32>() + rest(values).iter().sum::<f32>()
}

/// Σ a · b
#[inline]
#[cfg_attr(simd128, target_feature(enable = "simd128"))]
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    debug_assert_eq!(a.len(), b.len());
    let lanes = fold([a, b], 0.0, |sum, [a, b]| sum.plus(a.times(b)));
    lanes.iter().sum::<f32>() + rest(a).iter().zip(rest(b)).map(|(a, b)| a * b).sum::<f32>()
}

/// Σ a · b · weight
#[inline]
#[cfg_attr(simd128, target_feature(enable = "simd128"))]
pub fn weighted_dot(a: &[f32], b: &[f32], weight: &[f32]) -> f32 {
    let mut lanes = fold([a, b, weight], 0.0, |sum, [a, b, weight]| sum.plus(a.times(b).times(weight)));
    for (((lane, a), b), weight) in lanes.iter_mut().zip(rest(a)).zip(rest(b)).zip(rest(weight)) {
        *lane += a * b * weight;
    }
    lanes.iter().sum()
}

/// max a; negative infinity for an empty slice.
#[inline]
#[cfg_attr(simd128, target_feature(enable = "simd128"))]
pub fn max(values: &[f32]) -> f32 {
    let lanes = fold([values], f32::NEG_INFINITY, |max, [value]| max.or_larger(value));
    let larger = |a: f32, b: f32| if b > a { b } else { a };
    lanes.iter().chain(rest(values)).copied().fold(f32::NEG_INFINITY, larger)
}

/// Folds the whole chunks of some slices, lane by lane.
#[inline]
#[cfg_attr(simd128, target_feature(enable = "simd128"))]
fn fold<const N: usize>(
    slices: [&[f32]; N],
    start: f32,
    next: impl Fn(Lanes, [Lanes; N]) -> Lanes,
) -> [f32; LANES] {
    let mut vectors = [Lanes::all(start); LANES / WIDTH];
    let slices = slices.map(|slice| slice.as_chunks::<LANES>().0);
    for chunk in 0..slices[0].len() {
        for (index, vector) in vectors.iter_mut().enumerate() {
            let mut values = [*vector; N];
            for (values, slice) in values.iter_mut().zip(slices) {
                *values = Lanes::of(&slice[chunk].as_chunks().0[index]);
            }
            *vector = next(*vector, values);
        }
    }
    let mut lanes = [0.0; LANES];
    for (out, vector) in lanes.as_chunks_mut().0.iter_mut().zip(vectors) {
        vector.store(out);
    }
    lanes
}

/// What the whole chunks leave.
const fn rest(values: &[f32]) -> &[f32] {
    values.as_chunks::<LANES>().1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_and_rest_are_both_counted() {
        // Small integers, so that every sum is exact.
        for n in [0, 1, 7, 8, 9, 31] {
            let a: Vec<f32> = (0..n).map(|i| (i % 5) as f32 - 2.0).collect();
            let b: Vec<f32> = (0..n).map(|i| (i % 3) as f32).collect();
            assert_eq!(sum(&a), a.iter().sum::<f32>());
            assert_eq!(dot(&a, &b), a.iter().zip(&b).map(|(a, b)| a * b).sum::<f32>());
            assert_eq!(max(&a), a.iter().copied().fold(f32::NEG_INFINITY, f32::max));
        }
    }
}
