//! Choosing the next token from its logits.

use std::cmp::Ordering;

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
        let Some(max) = likeliest(logits) else { return Vec::new() };
        let Rule::Random { temperature, top_k } = self.rule else { return vec![(max, 1.0)] };
        let ranking = Ranking { logits, max: logits[usize::from(max)], temperature };
        let mut tokens: Vec<u16> = Vec::new();
        for token in ranking.tokens() {
            let place = tokens.partition_point(|&likelier| ranking.compare(likelier, token).is_lt());
            if place < top_k {
                tokens.truncate(top_k - 1);
                tokens.insert(place, token);
            }
        }
        let sum: f64 = ranking.weight_of(&tokens);
        tokens.iter().map(|&token| (token, ranking.weight(token) / sum)).collect()
    }

    /// Chooses a token from its logits `[vocab_size]`, in time proportional to their number.
    ///
    /// # Panics
    /// If there are no logits.
    pub fn choose(&self, logits: &[f32], generator: &mut Generator) -> u16 {
        let max = likeliest(logits).expect("there is at least one logit");
        let uniform = generator.uniform();
        let Rule::Random { temperature, top_k } = self.rule else { return max };
        let ranking = Ranking { logits, max: logits[usize::from(max)], temperature };
        // Only the sums over ranks count, so all tokens need no sorting.
        let mut tokens: Vec<u16> = if top_k < logits.len() {
            self.candidates(logits).into_iter().map(|(token, _)| token).collect()
        } else {
            ranking.tokens().collect()
        };
        let mut point = uniform * ranking.weight_of(&tokens);
        // The token at whose rank the sum of weights passes the point, found by parting the rest at some token.
        while tokens.len() > 1 {
            let middle = tokens[tokens.len() / 2];
            let is_likelier = |&token: &u16| ranking.compare(token, middle).is_lt();
            let likelier: f64 =
                tokens.iter().copied().filter(is_likelier).map(|token| ranking.weight(token)).sum();
            if point < likelier {
                tokens.retain(is_likelier);
                continue;
            }
            point -= likelier + ranking.weight(middle);
            if point < 0.0 {
                return middle;
            }
            tokens.retain(|&token| ranking.compare(middle, token).is_lt());
            if tokens.is_empty() {
                return middle;
            }
        }
        tokens[0]
    }
}

/// The token with the largest logit, the first of several; `None` without logits.
pub fn likeliest(logits: &[f32]) -> Option<u16> {
    let mut best = None;
    for (token, &logit) in (0..=u16::MAX).zip(logits) {
        if best.is_none_or(|(_, largest)| logit > largest) {
            best = Some((token, logit));
        }
    }
    best.map(|(token, _)| token)
}

/// Tokens from the most to the least likely.
struct Ranking<'a> {
    logits: &'a [f32],
    max: f32,
    temperature: f32,
}

impl Ranking<'_> {
    /// All tokens.
    fn tokens(&self) -> impl Iterator<Item = u16> + use<> {
        (0..=u16::MAX).take(self.logits.len())
    }

    /// The likelier token is less; among equals the first.
    fn compare(&self, a: u16, b: u16) -> Ordering {
        let logit = |token: u16| self.logits[usize::from(token)];
        logit(b).total_cmp(&logit(a)).then(a.cmp(&b))
    }

    /// e^((logit - max) / temperature), which the probability is proportional to.
    fn weight(&self, token: u16) -> f64 {
        (f64::from(self.logits[usize::from(token)] - self.max) / f64::from(self.temperature)).exp()
    }

    fn weight_of(&self, tokens: &[u16]) -> f64 {
        tokens.iter().map(|&token| self.weight(token)).sum()
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

    #[test]
    fn a_choice_is_the_candidate_at_which_the_probabilities_pass_the_drawn_number() {
        let generator = &mut Generator::from_seed(3);
        for round in 0..200 {
            let logits: Vec<f32> = (0..60).map(|_| (3.0 * generator.normal() as f32).round()).collect();
            let top_k = [None, Some(1), Some(7), Some(100)][round % 4];
            let sampling = Sampling::with_temperature(0.8, top_k).unwrap();
            let mut left = generator.clone().uniform();
            let candidates = sampling.candidates(&logits);
            assert!(candidates.windows(2).all(|pair| pair[0].1 >= pair[1].1));
            let passes = |&&(_, prob): &&(u16, f64)| {
                left -= prob;
                left < 0.0
            };
            let expected = candidates.iter().find(passes).map(|(token, _)| *token);
            assert_eq!(Some(sampling.choose(&logits, generator)), expected);
        }
    }
}
