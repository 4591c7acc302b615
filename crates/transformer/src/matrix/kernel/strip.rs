//! The left operand of tiles: some rows, read in place.

use crate::matrix::Matrix;

/// Rows of a matrix `[rows, inner]`, each of whose elements is known to lie in its slice.
#[derive(Clone, Copy, Debug)]
pub struct Strip<'a> {
    values: &'a [f32],
    rows: usize,
    inner: usize,
    row_stride: usize,
    col_stride: usize,
}

impl<'a> Strip<'a> {
    /// All rows of a view.
    ///
    /// # Panics
    /// If the last element of the view lies outside its slice.
    pub fn new(matrix: Matrix<'a>) -> Self {
        let (rows, inner) = (matrix.rows(), matrix.cols());
        let (row_stride, col_stride) = (matrix.row_stride(), matrix.col_stride());
        if rows > 0 && inner > 0 {
            // Strides are not negative, so no element lies behind the last one.
            let down = (rows - 1).checked_mul(row_stride);
            let across = (inner - 1).checked_mul(col_stride);
            let last = down.zip(across).and_then(|(down, across)| down.checked_add(across));
            let lies_inside = last.is_some_and(|last| last < matrix.values().len());
            assert!(lies_inside, "a view reaches outside its slice");
        }
        Self { values: matrix.values(), rows, inner, row_stride, col_stride }
    }

    /// Strips of `n_rows` rows, of which the last may have fewer, each with its rows of `out`, which start `row_stride`
    /// values apart.
    pub fn tiles(
        self,
        n_rows: usize,
        out: &mut [f32],
        row_stride: usize,
    ) -> impl Iterator<Item = (Self, &mut [f32])> {
        let strips = (0..self.rows).step_by(n_rows).map(move |first| {
            let values = &self.values[first * self.row_stride..];
            Self { values, rows: n_rows.min(self.rows - first), ..self }
        });
        strips.zip(out.chunks_mut(n_rows * row_stride))
    }

    /// Number of rows.
    pub const fn rows(&self) -> usize {
        self.rows
    }

    /// Number of columns: the dimension that a product sums over.
    pub const fn inner(&self) -> usize {
        self.inner
    }

    /// The element in a row and column.
    ///
    /// # Safety
    /// `row` is below [`rows`](Self::rows) and `inner` below [`inner`](Self::inner).
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "it is one load of the innermost loop")]
    pub unsafe fn at(&self, row: usize, inner: usize) -> f32 {
        debug_assert!(row < self.rows && inner < self.inner);
        // SAFETY: `new` has found the last element inside the slice, and none lies behind it.
        unsafe { *self.values.get_unchecked(row * self.row_stride + inner * self.col_stride) }
    }
}
