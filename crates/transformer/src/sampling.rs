//! Choosing the next token from its logits.

use crate::{Error, Generator};

/// A rule for choosing a token.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sampling {
    rule: Rule,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Rule {
    Greedy,
    Random { temperature: f32, top_k: usize },
}

impl Sampling {
    /// Always the most likely token; the first of several.
    pub const GREEDY: Self = Self { rule: Rule::Greedy };

    /// Draws from softmax(logits / `temperature`), restricted to the `top_k` most likely tokens if that is given. A
    /// temperature of 0 is greedy; 1 is the model's own distribution.
    ///
    /// # Errors
    /// [`Error::Temperature`] if it is negative or not finite, [`Error::NoCandidates`] if `top_k` is 0.
    pub fn with_temperature(temperature: f32, top_k: Option<usize>) -> Result<Self, Error> {
        if !temperature.is_finite() || temperature < 0.0 {
            return Err(Error::Temperature { value: temperature });
        }
        if top_k == Some(0) {
            return Err(Error::NoCandidates);
        }
        if temperature == 0.0 {
            return Ok(Self::GREEDY);
        }
        Ok(Self { rule: Rule::Random { temperature, top_k: top_k.unwrap_or(usize::MAX) } })
    }

    /// The tokens that can be chosen and their probabilities, the most likely first.
    pub fn candidates(&self, logits: &[f32]) -> Vec<(u16, f64)> {
        let mut tokens: Vec<u16> = (0..=u16::MAX).take(logits.len()).collect();
        let logit = |token: &u16| logits[usize::from(*token)];
        // The sort is stable: among equals the first token comes first.
        tokens.sort_by(|a, b| logit(b).total_cmp(&logit(a)));
        let (temperature, top_k) = match self.rule {
            Rule::Greedy => (1.0, 1),
            Rule::Random { temperature, top_k } => (temperature, top_k),
        };
        tokens.truncate(top_k);
        let Some(first) = tokens.first() else { return Vec::new() };
        let max = logit(first);
        let weight = |token: &u16| (f64::from(logit(token) - max) / f64::from(temperature)).exp();
        let sum: f64 = tokens.iter().map(weight).sum();
        tokens.iter().map(|&token| (token, weight(&token) / sum)).collect()
    }

    /// Chooses a token from its logits `[vocab_size]`.
    ///
    /// # Panics
    /// If there are no logits.
    pub fn choose(&self, logits: &[f32], generator: &mut Generator) -> u16 {
        let candidates = self.candidates(logits);
        let mut left = generator.uniform();
        for &(token, prob) in &candidates {
            left -= prob;
            if left < 0.0 {
                return token;
            }
        }
        // Rounding can leave a sum just below one.
        candidates.last().expect("there is at least one logit").0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOGITS: [f32; 4] = [1.0, 3.0, 3.0, 0.0];

    #[test]
    fn greedy_takes_the_first_of_the_largest() {
        let generator = &mut Generator::from_seed(1);
        assert_eq!(Sampling::GREEDY.choose(&LOGITS, generator), 1);
        assert_eq!(Sampling::with_temperature(0.0, None).unwrap(), Sampling::GREEDY);
    }

    #[test]
    fn frequencies_are_those_of_the_softmax() {
        const N: usize = 20_000;
        let sampling = Sampling::with_temperature(2.0, Some(3)).unwrap();
        let generator = &mut Generator::from_seed(2);
        let mut counts = [0_usize; 4];
        for _ in 0..N {
            counts[usize::from(sampling.choose(&LOGITS, generator))] += 1;
        }
        let weights = [(-1_f64).exp(), 1.0, 1.0, 0.0];
        let sum: f64 = weights.iter().sum();
        for (count, weight) in counts.into_iter().zip(weights) {
            // Four standard errors of a frequency, at most 4 · √(1/4 / N).
            assert!((count as f64 / N as f64 - weight / sum).abs() < 2.0 / (N as f64).sqrt());
        }
        assert_eq!(counts[3], 0);
    }

    #[test]
    fn senseless_settings_are_refused() {
        assert_eq!(Sampling::with_temperature(-1.0, None), Err(Error::Temperature { value: -1.0 }));
        assert!(Sampling::with_temperature(f32::NAN, None).is_err());
        assert_eq!(Sampling::with_temperature(1.0, Some(0)), Err(Error::NoCandidates));
    }
}
