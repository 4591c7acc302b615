//! Cross-entropy of the next token: L = -ln softmax(logits)\[target\], in nats.

use super::lanes::{self, Lanes};
use super::softmax;
use crate::IGNORED;

/// Writes the losses `[rows]` and the probabilities `[rows, vocab_size]` from `logits` `[rows, vocab_size]` and
/// `targets` `[rows]`. A position whose target is [`IGNORED`] has loss 0.
pub fn forward(losses: &mut [f32], probs: &mut [f32], logits: &[f32], targets: &[u16]) {
    let vocab_size = logits.len() / targets.len();
    let rows = probs.chunks_exact_mut(vocab_size).zip(logits.chunks_exact(vocab_size));
    for (((probs, logits), loss), &target) in rows.zip(losses).zip(targets) {
        *loss = 0.0;
        if target != IGNORED {
            probs.copy_from_slice(logits);
            let log_sum = softmax::in_place(probs, 1.0);
            *loss = log_sum - logits[usize::from(target)];
        }
    }
}

/// Replaces the probabilities by scale · ∂(Σ losses)/∂logits = scale · (probs - onehot(target)), and by zero where the
/// target is [`IGNORED`].
#[cfg_attr(simd128, target_feature(enable = "simd128"))]
pub fn backward_in_place(probs: &mut [f32], targets: &[u16], scale: f32) {
    let vocab_size = probs.len() / targets.len();
    for (row, &target) in probs.chunks_exact_mut(vocab_size).zip(targets) {
        if target == IGNORED {
            row.fill(0.0);
            continue;
        }
        row[usize::from(target)] -= 1.0;
        lanes::each(row, [], |value, []| value.times(Lanes::all(scale)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::finite_difference::{assert_gradient, scattered};

    const TARGETS: [u16; 3] = [1, IGNORED, 4];

    fn losses(logits: &[f32]) -> ([f32; 3], Vec<f32>) {
        let (mut losses, mut probs) = ([0.0; 3], vec![0.0; logits.len()]);
        forward(&mut losses, &mut probs, logits, &TARGETS);
        (losses, probs)
    }

    #[test]
    fn equal_logits_cost_the_logarithm_of_the_vocabulary() {
        let (losses, _) = losses(&[2.0; 15]);
        assert!((losses[0] - 5_f32.ln()).abs() < 1e-6);
        assert_eq!(losses[1], 0.0);
    }

    #[test]
    fn gradient_equals_differences() {
        let logits = scattered(15, 1);
        let (_, mut gradient) = losses(&logits);
        backward_in_place(&mut gradient, &TARGETS, 0.5);
        // Losses are f32 of order two: rounding 1e-7 over a step of 1e-2 leaves 1e-5, curvature as much again.
        assert_gradient("logits", &logits, &gradient, 1e-2, 1e-3, |logits| {
            0.5 * losses(logits).0.iter().map(|&loss| f64::from(loss)).sum::<f64>()
        });
    }
}
