//! Products of matrices of any shape, cut into blocks that fit the caches and tiles that fit the registers.

use std::ops::Range;

use super::kernel::{PANEL, Strip, Write};
use super::{Kernel, Matrix, MatrixMut, Packed};

/// Rows of the right operand packed at a time: a panel of them takes 16 KiB, half of a usual first-level cache.
const INNER_BLOCK: usize = 256;
/// Columns of the right operand packed at a time: with [`INNER_BLOCK`] 512 KiB, half of a usual second-level cache.
const COL_BLOCK: usize = 512;

/// Rows of the left operand taken at a time: with [`INNER_BLOCK`] at most 96 KiB, which stay in the second-level cache
/// while all panels pass. A multiple of every kernel's.
const ROW_BLOCK: usize = 96;

/// A kernel together with the buffer that it packs operands into.
#[derive(Clone, Debug)]
pub struct Multiplier {
    kernel: Kernel,
    packed: Packed,
}

impl Default for Multiplier {
    fn default() -> Self {
        Self { kernel: Kernel::detect(), packed: Packed::default() }
    }
}

impl Multiplier {
    /// A multiplier that uses a given kernel rather than the fastest.
    pub fn with_kernel(kernel: Kernel) -> Self {
        Self { kernel, packed: Packed::default() }
    }

    /// out = left · right, for `[m, k]` · `[k, n]` = `[m, n]`.
    pub fn set(&mut self, out: MatrixMut, left: Matrix, right: Matrix) {
        self.product(out, left, right, Write::Set);
    }

    /// out += left · right.
    pub fn add(&mut self, out: MatrixMut, left: Matrix, right: Matrix) {
        self.product(out, left, right, Write::Add);
    }

    /// out = factor · factorᵀ, a symmetric matrix `[rows, rows]`, of which only one half is computed.
    pub fn set_gram(&mut self, out: &mut [f32], factor: Matrix) {
        /// Rows at a time: a multiple of every kernel's, small enough to leave most of the other half out.
        const BLOCK: usize = 12;
        let (n, inner) = (factor.rows(), factor.cols());
        debug_assert_eq!(out.len(), n * n);
        self.packed.pack(factor.transposed());
        for first in (0..n).step_by(BLOCK) {
            let end = n.min(first + BLOCK);
            let cols = n.min(end.next_multiple_of(PANEL));
            let block = MatrixMut::with_stride(&mut out[first * n..], end - first, cols, n);
            self.set_packed(block, factor.row_range(first..end), 0..inner);
        }
        for row in 0..n {
            for col in row + 1..n {
                out[row * n + col] = out[col * n + row];
            }
        }
    }

    /// Packs a right operand for [`set_packed`](Self::set_packed), in place of the one before.
    pub fn pack(&mut self, right: Matrix) {
        self.packed.pack(right);
    }

    /// out = left · right for some rows (`inner`) and the first `out.cols` columns of the right operand packed last.
    pub fn set_packed(&mut self, out: MatrixMut, left: Matrix, inner: Range<usize>) {
        multiply(self.kernel, out, left, &self.packed, inner, Write::Set);
    }

    fn product(&mut self, out: MatrixMut, left: Matrix, right: Matrix, write: Write) {
        let (inner, cols) = (right.rows(), right.cols());
        debug_assert_eq!((out.rows, out.cols, left.cols()), (left.rows(), cols, inner));
        let MatrixMut { values, rows, row_stride, .. } = out;
        for first_col in (0..cols).step_by(COL_BLOCK) {
            let col_range = first_col..cols.min(first_col + COL_BLOCK);
            for first_inner in (0..inner).step_by(INNER_BLOCK) {
                let inner_range = first_inner..inner.min(first_inner + INNER_BLOCK);
                self.packed.pack(right.row_range(inner_range.clone()).col_range(col_range.clone()));
                let block =
                    MatrixMut::with_stride(&mut values[first_col..], rows, col_range.len(), row_stride);
                // The first block along the sum sets, the others add to it.
                let write = if first_inner == 0 { write } else { Write::Add };
                let n_inner = inner_range.len();
                multiply(self.kernel, block, left.col_range(inner_range), &self.packed, 0..n_inner, write);
            }
        }
    }
}

/// Writes the product of `left` with rows `inner` of the first `out.cols` columns of `right`.
pub fn multiply(
    kernel: Kernel,
    out: MatrixMut,
    left: Matrix,
    right: &Packed,
    inner: Range<usize>,
    write: Write,
) {
    let MatrixMut { values, rows, cols, row_stride } = out;
    debug_assert_eq!((rows, inner.len()), (left.rows(), left.cols()));
    debug_assert!(cols <= right.cols() && inner.end <= right.inner());
    for (left, out_rows) in Strip::new(left).tiles(ROW_BLOCK, values, row_stride) {
        for first_col in (0..cols).step_by(PANEL) {
            let panel = &right.panel(first_col / PANEL)[inner.clone()];
            let out = &mut out_rows[first_col..];
            let width = PANEL.min(cols - first_col);
            if width == PANEL {
                kernel.column(left, panel, out, row_stride, write);
            } else {
                partial_column(kernel, left, panel, out, row_stride, width, write);
            }
        }
    }
}

/// A column of tiles at the right edge: each computed whole beside the matrix, of which only the columns that exist are
/// kept.
fn partial_column(
    kernel: Kernel,
    left: Strip,
    panel: &[[f32; PANEL]],
    out: &mut [f32],
    row_stride: usize,
    width: usize,
    write: Write,
) {
    /// Rows at a time: a multiple of every kernel's.
    const ROWS: usize = 6;
    let mut whole = [0.0; ROWS * PANEL];
    for (strip, out) in left.tiles(ROWS, out, row_stride) {
        kernel.column(strip, panel, &mut whole, PANEL, Write::Set);
        let rows = out.chunks_mut(row_stride).zip(whole.chunks(PANEL)).take(strip.rows());
        for (out, whole) in rows {
            for (out, whole) in out[..width].iter_mut().zip(whole) {
                match write {
                    Write::Set => *out = *whole,
                    Write::Add => *out += whole,
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Generator;

    fn random(n: usize, generator: &mut Generator) -> Vec<f32> {
        (0..n).map(|_| generator.normal() as f32).collect()
    }

    /// The definition, in f64.
    fn reference(left: Matrix, right: Matrix) -> Vec<f64> {
        let at = |m: &Matrix, i, j| f64::from(m.values()[i * m.row_stride() + j * m.col_stride()]);
        let mut out = Vec::new();
        for i in 0..left.rows() {
            for j in 0..right.cols() {
                out.push((0..left.cols()).map(|k| at(&left, i, k) * at(&right, k, j)).sum());
            }
        }
        out
    }

    #[test]
    fn every_kernel_equals_the_definition_for_all_layouts_and_edges() {
        let mut generator = Generator::from_seed(1);
        for kernel in Kernel::available() {
            let mut multiplier = Multiplier::with_kernel(kernel);
            for (m, k, n) in [(1, 1, 1), (7, 5, 16), (12, 16, 33), (5, 300, 17), (3, 9, 530), (101, 6, 18)] {
                let (a, b) = (random(m * k, &mut generator), random(k * n, &mut generator));
                let lefts = [Matrix::new(&a, m, k), Matrix::new(&a, k, m).transposed()];
                let rights = [Matrix::new(&b, k, n), Matrix::new(&b, n, k).transposed()];
                for (left, right) in lefts.iter().flat_map(|&l| rights.iter().map(move |&r| (l, r))) {
                    let expected = reference(left, right);
                    let start = random(m * n, &mut generator);
                    let (mut set, mut add) = (start.clone(), start.clone());
                    multiplier.set(MatrixMut::new(&mut set, m, n), left, right);
                    multiplier.add(MatrixMut::new(&mut add, m, n), left, right);
                    for (at, expected) in expected.iter().enumerate() {
                        // Rounding of k products of unit normals: about √k · 2⁻²⁴, with a factor of ten to spare.
                        let tolerance = 1e-6 * (k as f64 + 1.0).sqrt() * 3.0;
                        assert!((f64::from(set[at]) - expected).abs() < tolerance, "{kernel:?} {m} {k} {n}");
                        assert!((f64::from(add[at]) - f64::from(start[at]) - expected).abs() < tolerance);
                    }
                }
            }
        }
    }

    #[test]
    fn a_gram_matrix_equals_its_definition() {
        let mut generator = Generator::from_seed(4);
        for (n, inner) in [(1, 3), (20, 7), (41, 30)] {
            let values = random(n * inner, &mut generator);
            let factor = Matrix::new(&values, n, inner);
            let mut out = vec![f32::NAN; n * n];
            Multiplier::default().set_gram(&mut out, factor);
            let expected = reference(factor, factor.transposed());
            // As in the test above.
            assert!(
                out.iter().zip(&expected).all(|(out, expected)| (f64::from(*out) - expected).abs() < 1e-4)
            );
        }
    }

    #[test]
    fn a_product_leaves_its_surroundings_untouched() {
        let mut generator = Generator::from_seed(2);
        let (a, b) = (random(5 * 4, &mut generator), random(4 * 6, &mut generator));
        for kernel in Kernel::available() {
            let mut out = [9.0; 5 * 10];
            Multiplier::with_kernel(kernel).set(
                MatrixMut::with_stride(&mut out, 5, 6, 10),
                Matrix::new(&a, 5, 4),
                Matrix::new(&b, 4, 6),
            );
            assert!(out.chunks(10).all(|row| row[6..].iter().all(|&value| value == 9.0)));
        }
    }

    #[test]
    #[should_panic(expected = "outside its slice")]
    fn a_view_outside_its_slice_is_found() {
        let values = [1.0; 8];
        let left = Matrix::with_stride(&values, 2, 4, usize::MAX / 2);
        let column = Packed::of(Matrix::new(&values[..4], 4, 1));
        multiply(Kernel::detect(), MatrixMut::new(&mut [0.0; 2], 2, 1), left, &column, 0..4, Write::Set);
    }

    #[test]
    fn a_packed_operand_serves_for_parts_of_it() {
        let mut generator = Generator::from_seed(3);
        let (a, b) = (random(4 * 10, &mut generator), random(10 * 40, &mut generator));
        let (left, right) = (Matrix::new(&a, 4, 10).col_range(3..9), Matrix::new(&b, 10, 40));
        let expected = reference(left, right.row_range(3..9).col_range(0..20));
        let mut multiplier = Multiplier::default();
        let mut out = vec![0.0; 4 * 20];
        multiplier.pack(right);
        multiplier.set_packed(MatrixMut::new(&mut out, 4, 20), left, 3..9);
        assert!(out.iter().zip(&expected).all(|(out, expected)| (f64::from(*out) - expected).abs() < 1e-5));
    }
}
