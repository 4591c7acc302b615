//! Embedding of tokens, y = scale · E\[token\], and of positions, y += P\[position\].

/// Writes the embeddings `out` `[rows, d]` of `tokens` `[rows]` from `table` `[vocab_size, d]`.
pub fn forward(out: &mut [f32], table: &[f32], tokens: &[u16], scale: f32) {
    let d = out.len() / tokens.len();
    for (out, &token) in out.chunks_exact_mut(d).zip(tokens) {
        let start = usize::from(token) * d;
        for (out, value) in out.iter_mut().zip(&table[start..start + d]) {
            *out = scale * value;
        }
    }
}

/// Adds to `grad_table` `[vocab_size, d]` from `grad_out` `[rows, d]`.
pub fn backward(grad_table: &mut [f32], grad_out: &[f32], tokens: &[u16], scale: f32) {
    let d = grad_out.len() / tokens.len();
    for (grad_out, &token) in grad_out.chunks_exact(d).zip(tokens) {
        let start = usize::from(token) * d;
        for (grad, value) in grad_table[start..start + d].iter_mut().zip(grad_out) {
            *grad += scale * value;
        }
    }
}

/// Adds the vectors of positions 0, 1, … to each sequence of `out` `[batch, time, d]`, from `table` `[context_len, d]`.
pub fn add_positions(out: &mut [f32], table: &[f32], time: usize, d: usize) {
    for sequence in out.chunks_exact_mut(time * d) {
        for (out, value) in sequence.iter_mut().zip(table) {
            *out += value;
        }
    }
}

/// Adds to `grad_table` `[context_len, d]` from `grad_out` `[batch, time, d]`.
pub fn backward_positions(grad_table: &mut [f32], grad_out: &[f32], time: usize, d: usize) {
    for sequence in grad_out.chunks_exact(time * d) {
        for (grad, value) in grad_table.iter_mut().zip(sequence) {
            *grad += value;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::finite_difference::{assert_gradient, scattered, weighted_sum};

    #[test]
    fn gradient_equals_differences_also_for_a_token_that_occurs_twice() {
        let tokens = [2, 0, 2];
        let (table, weights) = (scattered(4 * 3, 1), scattered(3 * 3, 2));
        let mut gradient = vec![0.0; table.len()];
        backward(&mut gradient, &weights, &tokens, 3.0);
        // The function is linear: only rounding is left.
        assert_gradient("table", &table, &gradient, 0.1, 1e-5, |table| {
            let mut out = vec![0.0; 9];
            forward(&mut out, table, &tokens, 3.0);
            weighted_sum(&out, &weights)
        });
    }

    #[test]
    fn gradient_of_positions_equals_differences_also_over_several_sequences() {
        // Two sequences of two positions in a table of three: the third stays untouched.
        let (table, weights) = (scattered(3 * 3, 1), scattered(2 * 2 * 3, 2));
        let mut gradient = vec![0.0; table.len()];
        backward_positions(&mut gradient, &weights, 2, 3);
        // As above.
        assert_gradient("positions", &table, &gradient, 0.1, 1e-5, |table| {
            let mut out = vec![1.0; weights.len()];
            add_positions(&mut out, table, 2, 3);
            weighted_sum(&out, &weights)
        });
    }
}
