//! Sums and maxima over a slice in eight lanes at once, which vector units can do and a sum in order cannot.

use super::lanes::{Lanes, WIDTH};

/// Two vectors, so that the next addition need not wait for the last.
const CHUNK: usize = 2 * WIDTH;

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
) -> [f32; CHUNK] {
    let mut low = Lanes::all(start);
    let mut high = low;
    let chunks = slices.map(|slice| slice.as_chunks::<CHUNK>().0);
    for index in 0..chunks[0].len() {
        let mut values = [[low; N]; 2];
        let [low_values, high_values] = &mut values;
        for ((low, high), chunks) in low_values.iter_mut().zip(high_values).zip(chunks) {
            let (first, second) = halves(&chunks[index]);
            (*low, *high) = (Lanes::of(first), Lanes::of(second));
        }
        low = next(low, values[0]);
        high = next(high, values[1]);
    }
    let mut lanes = [0.0; CHUNK];
    let (first, second) = lanes.split_at_mut(WIDTH);
    if let (Some(first), Some(second)) = (first.first_chunk_mut(), second.first_chunk_mut()) {
        low.store(first);
        high.store(second);
    }
    lanes
}

const fn halves(chunk: &[f32; CHUNK]) -> (&[f32; WIDTH], &[f32; WIDTH]) {
    match (chunk.first_chunk(), chunk.last_chunk()) {
        (Some(first), Some(second)) => (first, second),
        _ => panic!("a chunk has two halves"),
    }
}

/// What the whole chunks leave.
const fn rest(values: &[f32]) -> &[f32] {
    values.as_chunks::<CHUNK>().1
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
