//! Muon: momentum whose update is replaced by the nearest orthogonal matrix, so that every direction of a weight
//! matrix is trained at the same pace.
//!
//! Jordan et al., "Muon: an optimizer for hidden layers in neural networks" (2024),
//! <https://kellerjordan.github.io/posts/muon/>.

use crate::matrix::{Matrix, MatrixMut, Multiplier};
use crate::ops::reduce;

/// Settings of Muon.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// Step size η: the spectral norm of an update of a matrix that is not taller than wide.
    pub learning_rate: f32,
    /// Decay μ of the mean gradient, below 1.
    pub momentum: f32,
    /// Decay λ: a step first takes η · λ of each weight away.
    pub weight_decay: f32,
}

/// Newton-Schulz iterations.
const ITERATIONS: usize = 5;

/// Coefficients a, b, c of the odd polynomial a·s + b·s³ + c·s⁵ that pushes singular values s towards 1. They are those
/// of the reference: fastest near zero, at the price of values that end anywhere between about 0.7 and 1.2.
const COEFFICIENTS: [f32; 3] = [3.4445, -4.7750, 2.0315];

/// Keeps the quotient finite for a gradient of zeros; as in the reference.
const EPSILON: f32 = 1e-7;

/// A weight matrix `[rows, cols]`, its gradient and momentum.
#[derive(Debug)]
pub struct Tensor<'a> {
    /// Weights.
    pub values: &'a mut [f32],
    /// Gradient of the loss.
    pub gradient: &'a [f32],
    /// Mean gradient.
    pub momentum: &'a mut [f32],
    /// Outputs of the matrix.
    pub rows: usize,
    /// Inputs of the matrix.
    pub cols: usize,
}

/// [`step`] as a value: settings that carry it link it, and programs without such settings do not.
pub type Step = fn(Tensor, &Settings, f32, &mut Scratch);

/// Floating-point operations of the products in a step: X · Xᵀ and its square, of both of which one half is computed, and
/// the polynomial times X in each iteration.
pub fn flops(rows: usize, cols: usize) -> f64 {
    let (short, long) = (rows.min(cols) as f64, rows.max(cols) as f64);
    ITERATIONS as f64 * short * short * (3.0 * long + short)
}

/// Buffers that a step needs, kept from one to the next.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    multiplier: Multiplier,
    /// `[short, long]`: the update, with the shorter side first.
    update: Vec<f32>,
    next: Vec<f32>,
    /// `[short, short]`: A = X · Xᵀ.
    gram: Vec<f32>,
    /// `[short, short]`: b · A + c · A².
    polynomial: Vec<f32>,
}

/// Makes a step with `rate` times the learning rate.
///
/// m ← μ m + (1-μ) g, O = orthogonal((1-μ) g + μ m), W ← (1-ηλ) W - η · √max(1, rows/cols) · O.
pub fn step(tensor: Tensor, settings: &Settings, rate: f32, scratch: &mut Scratch) {
    let Settings { learning_rate, momentum: decay, weight_decay } = *settings;
    let learning_rate = rate * learning_rate;
    let Tensor { values, gradient, momentum, rows, cols } = tensor;
    scratch.resize(rows, cols);
    for ((momentum, gradient), update) in momentum.iter_mut().zip(gradient).zip(&mut scratch.update) {
        *momentum = decay * *momentum + (1.0 - decay) * gradient;
        *update = decay * *momentum + (1.0 - decay) * gradient;
    }
    if rows > cols {
        transpose(&mut scratch.next, &scratch.update, rows, cols);
        std::mem::swap(&mut scratch.update, &mut scratch.next);
    }
    scratch.orthogonalize(rows.min(cols), rows.max(cols));
    if rows > cols {
        transpose(&mut scratch.next, &scratch.update, cols, rows);
        std::mem::swap(&mut scratch.update, &mut scratch.next);
    }
    let keep = 1.0 - learning_rate * weight_decay;
    let size = learning_rate * (rows as f32 / cols as f32).max(1.0).sqrt();
    for (value, update) in values.iter_mut().zip(&scratch.update) {
        *value = keep * *value - size * update;
    }
}

impl Scratch {
    fn resize(&mut self, rows: usize, cols: usize) {
        let short = rows.min(cols);
        self.update.resize(rows * cols, 0.0);
        self.next.resize(rows * cols, 0.0);
        self.gram.resize(short * short, 0.0);
        self.polynomial.resize(short * short, 0.0);
    }

    /// Moves the singular values of `update` `[short, long]` close to 1.
    #[cfg_attr(simd128, target_feature(enable = "simd128"))]
    fn orthogonalize(&mut self, short: usize, long: usize) {
        let Self { multiplier, update, next, gram, polynomial } = self;
        let [a, b, c] = COEFFICIENTS;
        let norm = reduce::dot(update, update).sqrt() + EPSILON;
        for value in update.iter_mut() {
            *value /= norm;
        }
        for _ in 0..ITERATIONS {
            let x = Matrix::new(update, short, long);
            multiplier.set_gram(gram, x);
            // A is symmetric, so its square is A · Aᵀ.
            multiplier.set_gram(polynomial, Matrix::new(gram, short, short));
            for (polynomial, gram) in polynomial.iter_mut().zip(gram.iter()) {
                *polynomial = b * gram + c * *polynomial;
            }
            let factor = Matrix::new(polynomial, short, short);
            multiplier.set(MatrixMut::new(next, short, long), factor, x);
            for (update, next) in update.iter_mut().zip(next.iter()) {
                *update = a * *update + next;
            }
        }
    }
}

/// Writes `out` `[cols, rows]` from `values` `[rows, cols]`.
fn transpose(out: &mut [f32], values: &[f32], rows: usize, cols: usize) {
    for (col, out) in out.chunks_exact_mut(rows).enumerate() {
        for (out, row) in out.iter_mut().zip(values.chunks_exact(cols)) {
            *out = row[col];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Generator;

    fn random(n: usize) -> Vec<f32> {
        let mut generator = Generator::from_seed(1);
        (0..n).map(|_| generator.normal() as f32).collect()
    }

    #[test]
    fn singular_values_of_an_update_are_near_one() {
        for (rows, cols) in [(8, 32), (32, 8)] {
            let mut scratch = Scratch::default();
            let settings = Settings { learning_rate: 1.0, momentum: 0.0, weight_decay: 0.0 };
            let (mut values, mut momentum) = (vec![0.0; rows * cols], vec![0.0; rows * cols]);
            let tensor = Tensor {
                values: &mut values,
                gradient: &random(rows * cols),
                momentum: &mut momentum,
                rows,
                cols,
            };
            step(tensor, &settings, 1.0, &mut scratch);
            // The Gram matrix along the short side has the squared singular values as eigenvalues: its trace is
            // their sum and the sum of its squares that of their squares. A tall matrix is scaled by √(rows/cols).
            let update = Matrix::new(&values, rows, cols);
            let short = if rows < cols { update } else { update.transposed() };
            let mut gram = [0.0; 64];
            Multiplier::default().set(MatrixMut::new(&mut gram, 8, 8), short, short.transposed());
            let scale = (rows as f32 / cols as f32).max(1.0);
            let mean = (0..8).map(|at| gram[at * 9]).sum::<f32>() / 8.0 / scale;
            let mean_square = reduce::dot(&gram, &gram) / 8.0 / scale / scale;
            // Singular values between 0.7 and 1.2 have squares between 0.5 and 1.44.
            assert!((0.5..1.44).contains(&mean), "{mean}");
            assert!(mean_square - mean * mean < 0.2, "{mean_square} {mean}");
        }
    }

    #[test]
    fn update_keeps_the_singular_vectors() {
        // A diagonal gradient has the coordinate axes as singular vectors.
        let gradient = [3.0, 0.0, 0.0, -0.1];
        let (mut values, mut momentum) = ([0.0; 4], [0.0; 4]);
        let tensor =
            Tensor { values: &mut values, gradient: &gradient, momentum: &mut momentum, rows: 2, cols: 2 };
        let settings = Settings { learning_rate: 1.0, momentum: 0.0, weight_decay: 0.0 };
        step(tensor, &settings, 1.0, &mut Scratch::default());
        assert_eq!((values[1], values[2]), (0.0, 0.0));
        assert!((-1.3..-0.6).contains(&values[0]) && (0.6..1.3).contains(&values[3]), "{values:?}");
    }

    #[test]
    fn a_gradient_of_zeros_only_decays() {
        let (mut values, mut momentum) = ([2.0; 6], [0.0; 6]);
        let tensor =
            Tensor { values: &mut values, gradient: &[0.0; 6], momentum: &mut momentum, rows: 2, cols: 3 };
        let settings = Settings { learning_rate: 0.5, momentum: 0.9, weight_decay: 0.1 };
        step(tensor, &settings, 1.0, &mut Scratch::default());
        assert_eq!(values, [1.9; 6]);
    }
}
