//! Causal attention of all heads: P = softmax(Q · Kᵀ / √d_head) over the past and present, Y = P · V.
//!
//! Vaswani et al., "Attention is all you need" (2017), equation 1. Rows are taken a block at a time and each block
//! only meets the positions it may see, which saves nearly half of the products.

use super::lanes::{self, Lanes};
use super::{reduce, softmax};
use crate::matrix::{Matrix, MatrixMut, Multiplier, PANEL};

/// Positions in a block: a multiple of every kernel's rows.
const BLOCK: usize = 12;

/// Dimensions of a call.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Sequences.
    pub batch: usize,
    /// Tokens of each sequence.
    pub time: usize,
    /// Heads.
    pub n_head: usize,
    /// Width of a head.
    pub d_head: usize,
}

/// Which of the three parts of a row of `[3, n_head, d_head]`.
#[derive(Clone, Copy)]
enum Part {
    Query,
    Key,
    Value,
}

impl Shape {
    const fn d_model(self) -> usize {
        self.n_head * self.d_head
    }

    /// Index of the first value of a head's part in `[batch, time, 3, n_head, d_head]`.
    const fn start(self, sequence: usize, part: Part, head: usize) -> usize {
        (sequence * self.time * 3 + part as usize) * self.d_model() + head * self.d_head
    }

    /// A head's queries, keys or values `[time, d_head]`.
    fn part(self, qkv: &[f32], sequence: usize, part: Part, head: usize) -> Matrix<'_> {
        let values = &qkv[self.start(sequence, part, head)..];
        Matrix::with_stride(values, self.time, self.d_head, 3 * self.d_model())
    }

    /// A head's part of the mixed values `[time, d_head]`.
    fn mixed(self, mixed: &[f32], sequence: usize, head: usize) -> Matrix<'_> {
        let values = &mixed[sequence * self.time * self.d_model() + head * self.d_head..];
        Matrix::with_stride(values, self.time, self.d_head, self.d_model())
    }

    /// Index of the first value of a head's map in `[batch, n_head, time, time]`.
    const fn map_start(self, sequence: usize, head: usize) -> usize {
        (sequence * self.n_head + head) * self.time * self.time
    }

    /// The least number of columns from `end` up that a product need not cut: what it writes too much is in the future
    /// and replaced by zeros.
    fn whole_panels(self, end: usize) -> usize {
        self.time.min(end.next_multiple_of(PANEL))
    }

    /// Blocks of positions, each with the end of what it may see.
    fn blocks(self) -> impl Iterator<Item = (usize, usize)> {
        (0..self.time).step_by(BLOCK).map(move |first| (first, self.time.min(first + BLOCK)))
    }
}

/// Writes the attention maps `probs` `[batch, n_head, time, time]`, zero above the diagonal, and the mixed values
/// `mixed` `[batch, time, n_head, d_head]` from `qkv` `[batch, time, 3, n_head, d_head]`, whose queries and keys are
/// rotated already.
pub fn forward(multiplier: &mut Multiplier, shape: Shape, probs: &mut [f32], mixed: &mut [f32], qkv: &[f32]) {
    let Shape { time, d_head, .. } = shape;
    let scale = 1.0 / (d_head as f32).sqrt();
    for (sequence, head) in pairs(shape) {
        let map = &mut probs[shape.map_start(sequence, head)..][..time * time];
        let query = shape.part(qkv, sequence, Part::Query, head);
        multiplier.pack(shape.part(qkv, sequence, Part::Key, head).transposed());
        for (first, end) in shape.blocks() {
            let out =
                MatrixMut::with_stride(&mut map[first * time..], end - first, shape.whole_panels(end), time);
            multiplier.set_packed(out, query.row_range(first..end), 0..d_head);
        }
        for (position, row) in map.chunks_exact_mut(time).enumerate() {
            let (seen, future) = row.split_at_mut(position + 1);
            softmax::in_place(seen, scale);
            future.fill(0.0);
        }
        multiplier.pack(shape.part(qkv, sequence, Part::Value, head));
        let map = Matrix::new(map, time, time);
        let mixed = &mut mixed[sequence * time * shape.d_model() + head * d_head..];
        for (first, end) in shape.blocks() {
            let out = &mut mixed[first * shape.d_model()..];
            let out = MatrixMut::with_stride(out, end - first, d_head, shape.d_model());
            multiplier.set_packed(out, map.row_range(first..end).col_range(0..end), 0..end);
        }
    }
}

/// Replaces `grad_qkv` `[batch, time, 3, n_head, d_head]` from `grad_mixed` `[batch, time, n_head, d_head]` and the
/// forward pass's `probs` and `qkv`; `grad_map` `[time, time]` is scratch.
///
/// ∂L/∂V = Pᵀ · ∂L/∂Y, ∂L/∂P = ∂L/∂Y · Vᵀ, ∂L/∂S = P ∘ (∂L/∂P - Σ P ∘ ∂L/∂P) / √d_head with the sum along each row,
/// ∂L/∂Q = ∂L/∂S · K and ∂L/∂K = (∂L/∂S)ᵀ · Q.
#[cfg_attr(simd128, target_feature(enable = "simd128"))]
pub fn backward(
    multiplier: &mut Multiplier,
    shape: Shape,
    grad_qkv: &mut [f32],
    grad_map: &mut [f32],
    grad_mixed: &[f32],
    probs: &[f32],
    qkv: &[f32],
) {
    let Shape { time, d_head, .. } = shape;
    let scale = 1.0 / (d_head as f32).sqrt();
    let grad_map = &mut grad_map[..time * time];
    for (sequence, head) in pairs(shape) {
        let map = &probs[shape.map_start(sequence, head)..][..time * time];
        let grad_out = shape.mixed(grad_mixed, sequence, head);

        multiplier.pack(shape.part(qkv, sequence, Part::Value, head).transposed());
        for (first, end) in shape.blocks() {
            let out = MatrixMut::with_stride(
                &mut grad_map[first * time..],
                end - first,
                shape.whole_panels(end),
                time,
            );
            multiplier.set_packed(out, grad_out.row_range(first..end), 0..d_head);
        }
        for (position, (grad, probs)) in
            grad_map.chunks_exact_mut(time).zip(map.chunks_exact(time)).enumerate()
        {
            let (grad, future) = grad.split_at_mut(position + 1);
            let probs = &probs[..=position];
            let mean = reduce::dot(grad, probs);
            let (mean, scale) = (Lanes::all(mean), Lanes::all(scale));
            lanes::each(grad, [probs], |grad, [prob]| prob.times(grad.minus(mean)).times(scale));
            future.fill(0.0);
        }
        let (map, grad_map) = (Matrix::new(map, time, time), Matrix::new(grad_map, time, time));

        multiplier.pack(shape.part(qkv, sequence, Part::Key, head));
        for (first, end) in shape.blocks() {
            let out = grad_part(shape, grad_qkv, sequence, Part::Query, head, first, end);
            multiplier.set_packed(out, grad_map.row_range(first..end).col_range(0..end), 0..end);
        }
        // A key or value is seen from its own position on.
        multiplier.pack(shape.part(qkv, sequence, Part::Query, head));
        for (first, end) in shape.blocks() {
            let out = grad_part(shape, grad_qkv, sequence, Part::Key, head, first, end);
            let seen_from = grad_map.row_range(first..time).col_range(first..end).transposed();
            multiplier.set_packed(out, seen_from, first..time);
        }
        multiplier.pack(grad_out);
        for (first, end) in shape.blocks() {
            let out = grad_part(shape, grad_qkv, sequence, Part::Value, head, first, end);
            let seen_from = map.row_range(first..time).col_range(first..end).transposed();
            multiplier.set_packed(out, seen_from, first..time);
        }
    }
}

/// Rows `first..end` of a head's part of `grad_qkv`.
fn grad_part(
    shape: Shape,
    grad_qkv: &mut [f32],
    sequence: usize,
    part: Part,
    head: usize,
    first: usize,
    end: usize,
) -> MatrixMut<'_> {
    let row_stride = 3 * shape.d_model();
    let values = &mut grad_qkv[shape.start(sequence, part, head) + first * row_stride..];
    MatrixMut::with_stride(values, end - first, shape.d_head, row_stride)
}

fn pairs(shape: Shape) -> impl Iterator<Item = (usize, usize)> {
    (0..shape.batch).flat_map(move |sequence| (0..shape.n_head).map(move |head| (sequence, head)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::finite_difference::{assert_gradient, scattered, weighted_sum};

    /// Longer than a block, so that blocks meet.
    const SHAPE: Shape = Shape { batch: 2, time: 14, n_head: 2, d_head: 6 };
    const D: usize = SHAPE.d_model();
    const N_QKV: usize = SHAPE.batch * SHAPE.time * 3 * D;

    fn run(qkv: &[f32]) -> (Vec<f32>, Vec<f32>) {
        let Shape { batch, time, n_head, .. } = SHAPE;
        // Not zero before, as a workspace holds the last batch's values.
        let mut probs = vec![7.0; batch * n_head * time * time];
        let mut mixed = vec![7.0; batch * time * D];
        forward(&mut Multiplier::default(), SHAPE, &mut probs, &mut mixed, qkv);
        (probs, mixed)
    }

    #[test]
    fn equals_the_formula() {
        let qkv = scattered(N_QKV, 1);
        let (probs, mixed) = run(&qkv);
        for (sequence, head) in pairs(SHAPE) {
            let part = |part, position: usize| {
                &qkv[SHAPE.start(sequence, part, head) + position * 3 * D..][..SHAPE.d_head]
            };
            for position in 0..SHAPE.time {
                let weights: Vec<f32> = (0..=position)
                    .map(|past| reduce::dot(part(Part::Query, position), part(Part::Key, past)))
                    .map(|product| (product / (SHAPE.d_head as f32).sqrt()).exp())
                    .collect();
                let sum: f32 = weights.iter().sum();
                let row = &probs[SHAPE.map_start(sequence, head) + position * SHAPE.time..][..SHAPE.time];
                for (past, prob) in row.iter().enumerate() {
                    let expected = weights.get(past).map_or(0.0, |weight| weight / sum);
                    assert!((prob - expected).abs() < 1e-6, "{position} {past}");
                }
                for at in 0..SHAPE.d_head {
                    let expected: f32 =
                        (0..=position).map(|past| row[past] * part(Part::Value, past)[at]).sum();
                    let value = mixed[(sequence * SHAPE.time + position) * D + head * SHAPE.d_head + at];
                    assert!((value - expected).abs() < 1e-5);
                }
            }
        }
    }

    #[test]
    fn gradients_equal_differences() {
        let Shape { time, .. } = SHAPE;
        let (qkv, weights) = (scattered(N_QKV, 1), scattered(N_QKV / 3, 2));
        let (probs, _) = run(&qkv);
        let (mut gradient, mut scratch) = (vec![7.0; N_QKV], vec![7.0; time * time]);
        let multiplier = &mut Multiplier::default();
        backward(multiplier, SHAPE, &mut gradient, &mut scratch, &weights, &probs, &qkv);
        // The function is of order ten and its largest slopes are of order one: rounding leaves 1e-4.
        assert_gradient("qkv", &qkv, &gradient, 1e-2, 1e-3, |qkv| weighted_sum(&run(qkv).1, &weights));
    }
}
