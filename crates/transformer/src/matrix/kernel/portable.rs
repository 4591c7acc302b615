//! Tiles of 2 by 16 in plain Rust, which compilers turn into the vectors that every machine of the target has.

use super::{PANEL, PanelRow, Strip, Write};

/// Two rows: eight accumulators of four numbers, half of the sixteen registers of SSE2 and of WebAssembly's engines.
const TILE_ROWS: usize = 2;

pub fn column(left: Strip, panel: &[PanelRow], out: &mut [f32], row_stride: usize, write: Write) {
    for (strip, out) in left.tiles(TILE_ROWS, out, row_stride) {
        match strip.rows() {
            1 => tile_of::<1>(strip, panel, out, row_stride, write),
            _ => tile_of::<TILE_ROWS>(strip, panel, out, row_stride, write),
        }
    }
}

fn tile_of<const ROWS: usize>(
    strip: Strip,
    panel: &[PanelRow],
    out: &mut [f32],
    row_stride: usize,
    write: Write,
) {
    assert!((strip.rows(), strip.inner()) == (ROWS, panel.len()), "operands do not fit together");
    let mut sums = [[0.0; PANEL]; ROWS];
    for (inner, panel_row) in panel.iter().enumerate() {
        for (row, sums) in sums.iter_mut().enumerate() {
            // SAFETY: there are `ROWS` rows and `panel.len()` columns, as asserted above.
            let factor = unsafe { strip.at(row, inner) };
            for (sum, value) in sums.iter_mut().zip(panel_row) {
                *sum += factor * value;
            }
        }
    }
    for (out, sums) in out.chunks_mut(row_stride).zip(&sums) {
        for (out, sum) in out[..PANEL].iter_mut().zip(sums) {
            match write {
                Write::Set => *out = *sum,
                Write::Add => *out += sum,
            }
        }
    }
}

/// The columns of a square as its rows.
pub fn transpose(columns: [&[f32; 4]; 4]) -> [[f32; 4]; 4] {
    std::array::from_fn(|row| columns.map(|column| column[row]))
}
