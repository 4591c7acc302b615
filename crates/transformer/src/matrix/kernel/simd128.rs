//! Tiles of 2 by 16 with WebAssembly's 128-bit vectors.
//!
//! No `unsafe` call is needed to enter: a module with vectors only runs where they exist.

use std::arch::wasm32::{f32x4_add, f32x4_mul, f32x4_splat, v128, v128_load, v128_store};

use super::{PANEL, PanelRow, Strip, Write};

/// Two rows: eight accumulators, four registers of the panel and two factors; browsers have sixteen on x86-64.
pub const TILE_ROWS: usize = 2;

/// Vectors in a row of a panel.
const VECTORS: usize = PANEL / 4;

#[target_feature(enable = "simd128")]
pub fn tile(strip: Strip, panel: &[PanelRow], out: &mut [f32], row_stride: usize, write: Write) {
    match strip.rows() {
        1 => tile_of::<1>(strip, panel, out, row_stride, write),
        _ => tile_of::<TILE_ROWS>(strip, panel, out, row_stride, write),
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
