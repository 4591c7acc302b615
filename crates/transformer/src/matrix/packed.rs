//! The right operand of a product, copied into panels that a register tile reads from start to end.

use super::Matrix;
use super::kernel::{PANEL, PanelRow};

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
                pack_strided(panel, columns);
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

fn pack_strided(panel: &mut [PanelRow], columns: Matrix) {
    if columns.cols() < PANEL {
        panel.fill([0.0; PANEL]);
    }
    // Column by column: the source is the transpose of a row-major matrix, so its columns are the contiguous ones.
    for (column, source) in columns.values().chunks(columns.col_stride()).take(columns.cols()).enumerate() {
        for (row, value) in panel.iter_mut().zip(source.iter().step_by(columns.row_stride())) {
            row[column] = *value;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panels_hold_the_matrix_padded_with_zeros() {
        let values: Vec<f32> = (0..3 * 20).map(|value| value as f32).collect();
        let matrix = Matrix::new(&values, 3, 20);
        let transposed: Vec<f32> = (0..20 * 3).map(|at| values[at % 3 * 20 + at / 3]).collect();
        for source in [matrix, Matrix::new(&transposed, 20, 3).transposed()] {
            let packed = Packed::of(source);
            for column in 0..32 {
                let panel = packed.panel(column / PANEL);
                for (row, panel_row) in panel.iter().enumerate() {
                    let expected = if column < 20 { values[row * 20 + column] } else { 0.0 };
                    assert_eq!(panel_row[column % PANEL], expected);
                }
            }
        }
    }
}
