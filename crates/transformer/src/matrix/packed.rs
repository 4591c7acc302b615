//! The right operand of a product, copied into panels that a register tile reads from start to end.

use super::Matrix;
use super::kernel::{self, PANEL, PanelRow};

/// A matrix `[inner, cols]` cut into panels of 16 columns, padded with zeros; each panel holds its rows one after
/// the other.
#[derive(Clone, Debug, Default)]
pub struct Packed {
    rows: Vec<PanelRow>,
    inner: usize,
    cols: usize,
}

impl Packed {
    /// A packed copy of a matrix.
    pub fn of(matrix: Matrix) -> Self {
        let mut packed = Self::default();
        packed.pack(matrix);
        packed
    }

    /// Replaces the content by a matrix. The buffer is kept and only ever grows.
    pub fn pack(&mut self, matrix: Matrix) {
        let (inner, cols) = (matrix.rows(), matrix.cols());
        (self.inner, self.cols) = (inner, cols);
        self.rows.resize(inner * cols.div_ceil(PANEL), [0.0; PANEL]);
        if inner == 0 {
            return;
        }
        for (index, panel) in self.rows.chunks_exact_mut(inner).enumerate() {
            let first = index * PANEL;
            let columns = matrix.col_range(first..cols.min(first + PANEL));
            if columns.col_stride() == 1 {
                pack_contiguous(panel, columns);
            } else {
                pack_transposed(panel, columns);
            }
        }
    }

    /// Rows of the matrix: the dimension that a product sums over.
    pub const fn inner(&self) -> usize {
        self.inner
    }

    /// Columns of the matrix.
    pub const fn cols(&self) -> usize {
        self.cols
    }

    /// The panel that holds columns `16 * index` and following.
    pub fn panel(&self, index: usize) -> &[PanelRow] {
        &self.rows[index * self.inner..(index + 1) * self.inner]
    }
}

#[cfg_attr(simd128, target_feature(enable = "simd128"))]
fn pack_contiguous(panel: &mut [PanelRow], columns: Matrix) {
    let width = columns.cols();
    for (row, source) in panel.iter_mut().zip(columns.values().chunks(columns.row_stride())) {
        match source.first_chunk() {
            Some(source) if width == PANEL => *row = *source,
            _ => {
                row[..width].copy_from_slice(&source[..width]);
                row[width..].fill(0.0);
            }
        }
    }
}

/// The columns of a transposed row-major matrix are the contiguous ones; squares of four by four are turned in registers.
#[cfg_attr(simd128, target_feature(enable = "simd128"))]
fn pack_transposed(panel: &mut [PanelRow], columns: Matrix) {
    const SIDE: usize = 4;
    debug_assert_eq!(columns.row_stride(), 1);
    let (width, stride, inner) = (columns.cols(), columns.col_stride(), panel.len());
    if width < PANEL {
        panel.fill([0.0; PANEL]);
    }
    let column = |index: usize| &columns.values()[index * stride..][..inner];
    let turned = width - width % SIDE;
    for first in (0..turned).step_by(SIDE) {
        let sources: [&[[f32; SIDE]]; SIDE] =
            std::array::from_fn(|index| column(first + index).as_chunks().0);
        for (at, rows) in panel.as_chunks_mut::<SIDE>().0.iter_mut().enumerate() {
            let square = kernel::transpose(sources.map(|source| &source[at]));
            for (row, part) in rows.iter_mut().zip(&square) {
                row[first..first + SIDE].copy_from_slice(part);
            }
        }
    }
    // What no square covers: the last rows of the turned columns, and columns of their own.
    for index in 0..width {
        let rest = if index < turned { inner - inner % SIDE } else { 0 };
        for (row, value) in panel[rest..].iter_mut().zip(&column(index)[rest..]) {
            row[index] = *value;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panels_hold_the_matrix_padded_with_zeros() {
        for inner in [3, 10] {
            let values: Vec<f32> = (0..inner * 19).map(|value| value as f32).collect();
            let matrix = Matrix::new(&values, inner, 19);
            let transposed: Vec<f32> =
                (0..19 * inner).map(|at| values[at % inner * 19 + at / inner]).collect();
            for source in [matrix, Matrix::new(&transposed, 19, inner).transposed()] {
                let packed = Packed::of(source);
                for column in 0..32 {
                    let panel = packed.panel(column / PANEL);
                    for (row, panel_row) in panel.iter().enumerate() {
                        let expected = if column < 19 { values[row * 19 + column] } else { 0.0 };
                        assert_eq!(panel_row[column % PANEL], expected);
                    }
                }
            }
        }
    }
}
