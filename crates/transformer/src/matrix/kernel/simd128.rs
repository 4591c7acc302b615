//! Tiles of 2 by 16 with WebAssembly's 128-bit vectors.
//!
//! No `unsafe` call is needed to enter: a module with vectors only runs where they exist.

use std::arch::wasm32::{
    f32x4_add, f32x4_mul, f32x4_splat, i32x4_shuffle, i64x2_shuffle, v128, v128_load, v128_store,
};

use super::{PANEL, PanelRow, Strip, Write};

/// Two rows: eight accumulators, four registers of the panel and two factors; browsers have sixteen on x86-64.
const TILE_ROWS: usize = 2;

/// Vectors in a row of a panel.
const VECTORS: usize = PANEL / 4;

#[target_feature(enable = "simd128")]
pub fn column(left: Strip, panel: &[PanelRow], out: &mut [f32], row_stride: usize, write: Write) {
    for (strip, out) in left.tiles(TILE_ROWS, out, row_stride) {
        match strip.rows() {
            1 => tile_of::<1>(strip, panel, out, row_stride, write),
            _ => tile_of::<TILE_ROWS>(strip, panel, out, row_stride, write),
        }
    }
}

#[target_feature(enable = "simd128")]
fn tile_of<const ROWS: usize>(
    strip: Strip,
    panel: &[PanelRow],
    out: &mut [f32],
    row_stride: usize,
    write: Write,
) {
    assert!((strip.rows(), strip.inner()) == (ROWS, panel.len()), "operands do not fit together");
    let mut sums = [[f32x4_splat(0.0); VECTORS]; ROWS];
    for (inner, panel_row) in panel.iter().enumerate() {
        let values = load(panel_row);
        for (row, sums) in sums.iter_mut().enumerate() {
            // SAFETY: there are `ROWS` rows and `panel.len()` columns, as asserted above.
            let factor = f32x4_splat(unsafe { strip.at(row, inner) });
            for (sum, value) in sums.iter_mut().zip(values) {
                *sum = f32x4_add(*sum, f32x4_mul(factor, value));
            }
        }
    }
    for (row, sums) in sums.into_iter().enumerate() {
        let out = out[row * row_stride..].first_chunk_mut::<PANEL>().expect("a tile lies inside its matrix");
        let old = match write {
            Write::Set => [f32x4_splat(0.0); VECTORS],
            Write::Add => load(out),
        };
        for (index, (sum, old)) in sums.into_iter().zip(old).enumerate() {
            // SAFETY: a row has four times `VECTORS` values.
            unsafe { v128_store(out.as_mut_ptr().add(4 * index).cast(), f32x4_add(old, sum)) };
        }
    }
}

#[target_feature(enable = "simd128")]
fn load(row: &PanelRow) -> [v128; VECTORS] {
    // SAFETY: a row has four times `VECTORS` values.
    std::array::from_fn(|index| unsafe { v128_load(row.as_ptr().add(4 * index).cast()) })
}

/// The columns of a square as its rows.
#[inline]
#[target_feature(enable = "simd128")]
pub fn transpose(columns: [&[f32; 4]; 4]) -> [[f32; 4]; 4] {
    // SAFETY: each column has the four values that are read.
    let [a, b, c, d] = columns.map(|column| unsafe { v128_load(column.as_ptr().cast()) });
    let [ab_low, ab_high] = [i32x4_shuffle::<0, 4, 1, 5>(a, b), i32x4_shuffle::<2, 6, 3, 7>(a, b)];
    let [cd_low, cd_high] = [i32x4_shuffle::<0, 4, 1, 5>(c, d), i32x4_shuffle::<2, 6, 3, 7>(c, d)];
    let mut rows = [[0.0; 4]; 4];
    let halves = [(ab_low, cd_low), (ab_high, cd_high)];
    for (rows, (ab, cd)) in rows.as_chunks_mut::<2>().0.iter_mut().zip(halves) {
        // SAFETY: each row has room for the four values that are written.
        unsafe {
            v128_store(rows[0].as_mut_ptr().cast(), i64x2_shuffle::<0, 2>(ab, cd));
            v128_store(rows[1].as_mut_ptr().cast(), i64x2_shuffle::<1, 3>(ab, cd));
        }
    }
    rows
}
