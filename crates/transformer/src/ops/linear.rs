//! Linear map without bias: y = x · Wᵀ.

use crate::matrix::{Matrix, MatrixMut, Multiplier};

/// A weight `[outputs, inputs]` and the number of rows that it is applied to.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Positions.
    pub rows: usize,
    /// Width of x.
    pub inputs: usize,
    /// Width of y.
    pub outputs: usize,
}

impl Shape {
    fn input(self, values: &[f32]) -> Matrix<'_> {
        Matrix::new(values, self.rows, self.inputs)
    }

    fn output(self, values: &[f32]) -> Matrix<'_> {
        Matrix::new(values, self.rows, self.outputs)
    }

    fn weight(self, values: &[f32]) -> Matrix<'_> {
        Matrix::new(values, self.outputs, self.inputs)
    }
}

/// Writes `out` `[rows, outputs]` from `input` `[rows, inputs]` and `weight` `[outputs, inputs]`.
pub fn forward(multiplier: &mut Multiplier, shape: Shape, out: &mut [f32], input: &[f32], weight: &[f32]) {
    let out = MatrixMut::new(out, shape.rows, shape.outputs);
    multiplier.set(out, shape.input(input), shape.weight(weight).transposed());
}

/// Adds the same product to `out`, which holds a residual stream.
pub fn forward_add(
    multiplier: &mut Multiplier,
    shape: Shape,
    out: &mut [f32],
    input: &[f32],
    weight: &[f32],
) {
    let out = MatrixMut::new(out, shape.rows, shape.outputs);
    multiplier.add(out, shape.input(input), shape.weight(weight).transposed());
}

/// Replaces `grad_input` `[rows, inputs]` by ∂L/∂y · W.
pub fn backward_input(
    multiplier: &mut Multiplier,
    shape: Shape,
    grad_input: &mut [f32],
    grad_out: &[f32],
    weight: &[f32],
) {
    let grad_input = MatrixMut::new(grad_input, shape.rows, shape.inputs);
    multiplier.set(grad_input, shape.output(grad_out), shape.weight(weight));
}

/// Adds (∂L/∂y)ᵀ · x to `grad_weight` `[outputs, inputs]`.
pub fn backward_weight(
    multiplier: &mut Multiplier,
    shape: Shape,
    grad_weight: &mut [f32],
    grad_out: &[f32],
    input: &[f32],
) {
    let grad_weight = MatrixMut::new(grad_weight, shape.outputs, shape.inputs);
    multiplier.add(grad_weight, shape.output(grad_out).transposed(), shape.input(input));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::finite_difference::{assert_gradient, scattered, weighted_sum};

    const SHAPE: Shape = Shape { rows: 5, inputs: 7, outputs: 3 };

    #[test]
    fn gradients_equal_differences() {
        let multiplier = &mut Multiplier::default();
        let (input, weight, weights) = (scattered(35, 1), scattered(21, 2), scattered(15, 3));
        let (mut grad_input, mut grad_weight) = ([0.0; 35], [0.0; 21]);
        backward_input(multiplier, SHAPE, &mut grad_input, &weights, &weight);
        backward_weight(multiplier, SHAPE, &mut grad_weight, &weights, &input);
        let mut value = |input: &[f32], weight: &[f32]| {
            let mut out = [0.0; 15];
            forward(multiplier, SHAPE, &mut out, input, weight);
            weighted_sum(&out, &weights)
        };
        // Linear in each factor: only rounding is left.
        assert_gradient("input", &input, &grad_input, 0.1, 1e-5, |input| value(input, &weight));
        assert_gradient("weight", &weight, &grad_weight, 0.1, 1e-5, |weight| value(&input, weight));
    }
}
