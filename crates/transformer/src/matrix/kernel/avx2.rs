//! Tiles of 6 by 16 with AVX2 and fused multiply-add.

use std::arch::x86_64::{
    __m256, _mm256_add_ps, _mm256_fmadd_ps, _mm256_loadu_ps, _mm256_set1_ps, _mm256_setzero_ps,
    _mm256_storeu_ps,
};

use super::{PANEL, PanelRow, Strip, Write};

/// Six rows: twelve accumulators, two registers of the panel and one factor fill fifteen of sixteen registers.
const TILE_ROWS: usize = 6;

/// Proof that this machine has AVX2 and FMA: only [`detect`](Self::detect) makes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Avx2(());

impl Avx2 {
    /// The proof, if the machine has both.
    pub fn detect() -> Option<Self> {
        (is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma")).then_some(Self(()))
    }

    #[expect(clippy::unused_self, reason = "a value is the proof that the call is sound")]
    pub fn column(self, left: Strip, panel: &[PanelRow], out: &mut [f32], row_stride: usize, write: Write) {
        // SAFETY: `self` exists, so the machine has the instructions that the tiles are compiled for.
        unsafe { column(left, panel, out, row_stride, write) }
    }
}

#[target_feature(enable = "avx2,fma")]
fn column(left: Strip, panel: &[PanelRow], out: &mut [f32], row_stride: usize, write: Write) {
    for (strip, out) in left.tiles(TILE_ROWS, out, row_stride) {
        match strip.rows() {
            1 => tile_of::<1>(strip, panel, out, row_stride, write),
            2 => tile_of::<2>(strip, panel, out, row_stride, write),
            3 => tile_of::<3>(strip, panel, out, row_stride, write),
            4 => tile_of::<4>(strip, panel, out, row_stride, write),
            5 => tile_of::<5>(strip, panel, out, row_stride, write),
            _ => tile_of::<TILE_ROWS>(strip, panel, out, row_stride, write),
        }
    }
}

#[target_feature(enable = "avx2,fma")]
fn tile_of<const ROWS: usize>(
    strip: Strip,
    panel: &[PanelRow],
    out: &mut [f32],
    row_stride: usize,
    write: Write,
) {
    assert!((strip.rows(), strip.inner()) == (ROWS, panel.len()), "operands do not fit together");
    let mut sums = [[_mm256_setzero_ps(); 2]; ROWS];
    for (inner, panel_row) in panel.iter().enumerate() {
        let (low, high) = load(panel_row);
        for (row, sums) in sums.iter_mut().enumerate() {
            // SAFETY: there are `ROWS` rows and `panel.len()` columns, as asserted above.
            let factor = _mm256_set1_ps(unsafe { strip.at(row, inner) });
            sums[0] = _mm256_fmadd_ps(factor, low, sums[0]);
            sums[1] = _mm256_fmadd_ps(factor, high, sums[1]);
        }
    }
    for (row, [low, high]) in sums.into_iter().enumerate() {
        let out = out[row * row_stride..].first_chunk_mut::<PANEL>().expect("a tile lies inside its matrix");
        match write {
            Write::Set => store(out, low, high),
            Write::Add => {
                let (old_low, old_high) = load(out);
                store(out, _mm256_add_ps(old_low, low), _mm256_add_ps(old_high, high));
            }
        }
    }
}

#[target_feature(enable = "avx2,fma")]
fn load(row: &PanelRow) -> (__m256, __m256) {
    // SAFETY: a row has sixteen values, of which each load reads eight.
    unsafe { (_mm256_loadu_ps(row.as_ptr()), _mm256_loadu_ps(row.as_ptr().add(8))) }
}

#[target_feature(enable = "avx2,fma")]
fn store(row: &mut PanelRow, low: __m256, high: __m256) {
    // SAFETY: a row has sixteen values, of which each store writes eight.
    unsafe {
        _mm256_storeu_ps(row.as_mut_ptr(), low);
        _mm256_storeu_ps(row.as_mut_ptr().add(8), high);
    }
}
