//! Matrices as views of slices: a part, a transpose or a head of a larger buffer without a copy.

use std::ops::Range;

/// A matrix to read. Element (i, j) is `values[i * row_stride + j * col_stride]`.
#[derive(Clone, Copy, Debug)]
pub struct Matrix<'a> {
    values: &'a [f32],
    rows: usize,
    cols: usize,
    row_stride: usize,
    col_stride: usize,
}

impl<'a> Matrix<'a> {
    /// A row-major matrix that fills the slice.
    pub fn new(values: &'a [f32], rows: usize, cols: usize) -> Self {
        debug_assert_eq!(values.len(), rows * cols);
        Self::with_stride(values, rows, cols, cols)
    }

    /// A matrix whose rows are contiguous and start `row_stride` values apart.
    pub fn with_stride(values: &'a [f32], rows: usize, cols: usize, row_stride: usize) -> Self {
        Self { values, rows, cols, row_stride, col_stride: 1 }
    }

    /// The same values with rows and columns exchanged.
    pub fn transposed(self) -> Self {
        Self {
            rows: self.cols,
            cols: self.rows,
            row_stride: self.col_stride,
            col_stride: self.row_stride,
            ..self
        }
    }

    /// Some of the rows.
    pub fn row_range(self, range: Range<usize>) -> Self {
        debug_assert!(range.end <= self.rows);
        let values = &self.values[range.start * self.row_stride..];
        Self { values, rows: range.len(), ..self }
    }

    /// Some of the columns.
    pub fn col_range(self, range: Range<usize>) -> Self {
        self.transposed().row_range(range).transposed()
    }

    /// Number of rows.
    pub const fn rows(&self) -> usize {
        self.rows
    }

    /// Number of columns.
    pub const fn cols(&self) -> usize {
        self.cols
    }

    /// Distance between rows, in values.
    pub const fn row_stride(&self) -> usize {
        self.row_stride
    }

    /// Distance between columns, in values.
    pub const fn col_stride(&self) -> usize {
        self.col_stride
    }

    /// The slice from element (0, 0) on.
    pub const fn values(&self) -> &'a [f32] {
        self.values
    }
}

/// A matrix to write, with contiguous rows. Element (i, j) is `values[i * row_stride + j]`.
#[derive(Debug)]
pub struct MatrixMut<'a> {
    /// The slice from element (0, 0) on.
    pub values: &'a mut [f32],
    /// Number of rows.
    pub rows: usize,
    /// Number of columns.
    pub cols: usize,
    /// Distance between rows, in values.
    pub row_stride: usize,
}

impl<'a> MatrixMut<'a> {
    /// A row-major matrix that fills the slice.
    pub fn new(values: &'a mut [f32], rows: usize, cols: usize) -> Self {
        debug_assert_eq!(values.len(), rows * cols);
        Self::with_stride(values, rows, cols, cols)
    }

    /// A matrix whose rows start `row_stride` values apart.
    pub fn with_stride(values: &'a mut [f32], rows: usize, cols: usize, row_stride: usize) -> Self {
        Self { values, rows, cols, row_stride }
    }
}
