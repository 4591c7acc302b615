//! Several numbers at once. Whether the compiler makes vectors of a plain loop depends on settings of the program as a
//! whole, and those of the page's programs are for small code. So loops over slices are written with these: four numbers
//! where WebAssembly has vectors, and elsewhere one, of which the compiler makes vectors as it can.

#![cfg_attr(
    not(simd128),
    expect(clippy::trivially_copy_pass_by_ref, reason = "vectors are read from memory")
)]

#[cfg(simd128)]
use std::arch::wasm32::{
    f32x4_add, f32x4_div, f32x4_mul, f32x4_pmax, f32x4_pmin, f32x4_splat, f32x4_sqrt, f32x4_sub, i32x4_add,
    i32x4_shl, v128, v128_load, v128_store,
};

/// How many numbers.
#[cfg(simd128)]
pub const WIDTH: usize = 4;
#[cfg(not(simd128))]
pub const WIDTH: usize = 1;

#[cfg(simd128)]
type Inner = v128;
#[cfg(not(simd128))]
type Inner = f32;

/// [`WIDTH`] numbers, each in a lane of its own.
#[derive(Clone, Copy)]
pub struct Lanes(Inner);

/// Operations with vectors; safe to call from functions that say `target_feature`, and only from those.
#[cfg(simd128)]
impl Lanes {
    /// The same number in each lane.
    #[inline]
    #[target_feature(enable = "simd128")]
    pub fn all(value: f32) -> Self {
        Self(f32x4_splat(value))
    }

    /// These numbers.
    #[inline]
    #[target_feature(enable = "simd128")]
    pub fn of(values: &[f32; WIDTH]) -> Self {
        // SAFETY: there are as many values as are read, of any alignment.
        Self(unsafe { v128_load(values.as_ptr().cast()) })
    }

    /// Writes the numbers.
    #[inline]
    #[target_feature(enable = "simd128")]
    pub fn store(self, out: &mut [f32; WIDTH]) {
        // SAFETY: there is room for as many values as are written, of any alignment.
        unsafe { v128_store(out.as_mut_ptr().cast(), self.0) };
    }

    /// Sums.
    #[inline]
    #[target_feature(enable = "simd128")]
    pub fn plus(self, other: Self) -> Self {
        Self(f32x4_add(self.0, other.0))
    }

    /// Differences.
    #[inline]
    #[target_feature(enable = "simd128")]
    pub fn minus(self, other: Self) -> Self {
        Self(f32x4_sub(self.0, other.0))
    }

    /// Products.
    #[inline]
    #[target_feature(enable = "simd128")]
    pub fn times(self, other: Self) -> Self {
        Self(f32x4_mul(self.0, other.0))
    }

    /// Quotients.
    #[inline]
    #[target_feature(enable = "simd128")]
    pub fn over(self, other: Self) -> Self {
        Self(f32x4_div(self.0, other.0))
    }

    /// Square roots.
    #[inline]
    #[target_feature(enable = "simd128")]
    pub fn sqrt(self) -> Self {
        Self(f32x4_sqrt(self.0))
    }

    /// The other number where it is larger.
    #[inline]
    #[target_feature(enable = "simd128")]
    pub fn or_larger(self, other: Self) -> Self {
        Self(f32x4_pmax(self.0, other.0))
    }

    /// The other number where it is smaller.
    #[inline]
    #[target_feature(enable = "simd128")]
    pub fn or_smaller(self, other: Self) -> Self {
        Self(f32x4_pmin(self.0, other.0))
    }

    /// Each number times two to the power of an integer that is in the lowest nine bits of the other's representation.
    #[inline]
    #[target_feature(enable = "simd128")]
    pub fn scaled(self, power: Self) -> Self {
        Self(i32x4_add(self.0, i32x4_shl(power.0, 23)))
    }
}

#[cfg(not(simd128))]
impl Lanes {
    /// The same number in each lane.
    #[inline]
    pub const fn all(value: f32) -> Self {
        Self(value)
    }

    /// These numbers.
    #[inline]
    pub const fn of(&[value]: &[f32; WIDTH]) -> Self {
        Self(value)
    }

    /// Writes the numbers.
    #[inline]
    pub const fn store(self, out: &mut [f32; WIDTH]) {
        *out = [self.0];
    }

    /// Sums.
    #[inline]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }

    /// Differences.
    #[inline]
    pub const fn minus(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }

    /// Products.
    #[inline]
    pub const fn times(self, other: Self) -> Self {
        Self(self.0 * other.0)
    }

    /// Quotients.
    #[inline]
    pub const fn over(self, other: Self) -> Self {
        Self(self.0 / other.0)
    }

    /// Square roots.
    #[inline]
    pub fn sqrt(self) -> Self {
        Self(self.0.sqrt())
    }

    /// The other number where it is larger.
    #[inline]
    pub const fn or_larger(self, other: Self) -> Self {
        if self.0 < other.0 { other } else { self }
    }

    /// The other number where it is smaller.
    #[inline]
    pub const fn or_smaller(self, other: Self) -> Self {
        if other.0 < self.0 { other } else { self }
    }

    /// Each number times two to the power of an integer that is in the lowest nine bits of the other's representation.
    #[inline]
    pub const fn scaled(self, power: Self) -> Self {
        Self(f32::from_bits(self.0.to_bits().wrapping_add(power.0.to_bits() << 23)))
    }
}

/// Replaces each value of `out` by a function of it and of the values at its place in `others`.
///
/// # Panics
/// If one of the others is shorter.
#[inline]
#[cfg_attr(simd128, target_feature(enable = "simd128"))]
pub fn each<const N: usize>(out: &mut [f32], others: [&[f32]; N], new: impl Fn(Lanes, [Lanes; N]) -> Lanes) {
    let others = others.map(|other| &other[..out.len()]);
    let mut start = 0;
    while start < out.len() {
        let mut values = [Lanes::all(0.0); N];
        for (values, other) in values.iter_mut().zip(others) {
            *values = from(other, start);
        }
        put(out, start, new(from(out, start), values));
        start += WIDTH;
    }
}

/// The numbers of a slice from an index on, with zeros after its end.
#[inline]
#[cfg_attr(simd128, target_feature(enable = "simd128"))]
pub fn from(values: &[f32], start: usize) -> Lanes {
    let rest = &values[start..];
    match rest.first_chunk() {
        Some(values) => Lanes::of(values),
        None => Lanes::of(&padded(rest)),
    }
}

/// Writes numbers to a slice from an index on, as far as it goes.
#[inline]
#[cfg_attr(simd128, target_feature(enable = "simd128"))]
pub fn put(out: &mut [f32], start: usize, values: Lanes) {
    let rest = &mut out[start..];
    if let Some(rest) = rest.first_chunk_mut() {
        values.store(rest);
        return;
    }
    let mut last = [0.0; WIDTH];
    values.store(&mut last);
    put_some(rest, &last);
}

#[cold]
#[inline(never)]
fn put_some(out: &mut [f32], values: &[f32; WIDTH]) {
    for (out, value) in out.iter_mut().zip(values) {
        *out = *value;
    }
}

#[cold]
#[inline(never)]
fn padded(rest: &[f32]) -> [f32; WIDTH] {
    let mut values = [0.0; WIDTH];
    for (value, rest) in values.iter_mut().zip(rest) {
        *value = *rest;
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_value_meets_those_at_its_place_whatever_the_length() {
        for n in 0..10 {
            let one: Vec<f32> = (0..n).map(|i| i as f32).collect();
            let other: Vec<f32> = (0..n).map(|i| 10.0 * i as f32).collect();
            let mut out = vec![1.0; n];
            each(&mut out, [&one, &other], |out, [one, other]| out.plus(one.times(other)));
            let expected: Vec<f32> = (0..n).map(|i| 1.0 + 10.0 * (i * i) as f32).collect();
            assert_eq!(out, expected);
        }
    }

    #[test]
    fn the_first_number_stays_where_the_other_is_none() {
        let number = |lanes: Lanes| {
            let mut out = [0.0; WIDTH];
            lanes.store(&mut out);
            out[0]
        };
        for (other, larger, smaller) in [(f32::NAN, 2.0, 2.0), (1.0, 2.0, 1.0), (3.0, 3.0, 2.0)] {
            assert_eq!(number(Lanes::all(2.0).or_larger(Lanes::all(other))), larger);
            assert_eq!(number(Lanes::all(2.0).or_smaller(Lanes::all(other))), smaller);
        }
    }
}
