//! Tokens checked against a model: sequences to read, and targets to predict.

use crate::{Config, Error};

/// A target that does not count: the loss of its position is zero. No vocabulary contains it.
pub const IGNORED: u16 = u16::MAX;

/// Sequences of equal length whose tokens are in the vocabulary and which fit the context.
#[derive(Clone, Copy, Debug)]
pub struct Sequences<'a> {
    tokens: &'a [u16],
    time: usize,
}

impl<'a> Sequences<'a> {
    /// Checks tokens `[batch, time]` for a model.
    ///
    /// # Errors
    /// [`Error::NoTokens`], [`Error::SequenceTooLong`], [`Error::RaggedBatch`], [`Error::TokenOutOfRange`].
    pub fn new(config: &Config, tokens: &'a [u16], time: usize) -> Result<Self, Error> {
        if tokens.is_empty() || time == 0 {
            return Err(Error::NoTokens);
        }
        if time > config.context_len() {
            return Err(Error::SequenceTooLong { len: time, context_len: config.context_len() });
        }
        if !tokens.len().is_multiple_of(time) {
            return Err(Error::RaggedBatch { tokens: tokens.len(), time });
        }
        check_tokens(config, tokens, |_| true)?;
        Ok(Self { tokens, time })
    }

    /// The tokens, `[batch, time]`.
    pub const fn tokens(&self) -> &'a [u16] {
        self.tokens
    }

    /// Tokens in each sequence.
    pub const fn time(&self) -> usize {
        self.time
    }

    /// Number of sequences.
    pub const fn batch(&self) -> usize {
        self.tokens.len() / self.time
    }
}

/// Sequences together with the token that should follow each position.
#[derive(Clone, Copy, Debug)]
pub struct Batch<'a> {
    inputs: Sequences<'a>,
    targets: &'a [u16],
    n_targets: usize,
}

impl<'a> Batch<'a> {
    /// Checks targets `[batch, time]`, each a token or [`IGNORED`].
    ///
    /// # Errors
    /// [`Error::TargetCount`], [`Error::TokenOutOfRange`].
    pub fn new(config: &Config, inputs: Sequences<'a>, targets: &'a [u16]) -> Result<Self, Error> {
        if targets.len() != inputs.tokens.len() {
            return Err(Error::TargetCount { inputs: inputs.tokens.len(), targets: targets.len() });
        }
        check_tokens(config, targets, |token| token != IGNORED)?;
        let n_targets = targets.iter().filter(|&&target| target != IGNORED).count();
        Ok(Self { inputs, targets, n_targets })
    }

    /// What the model reads.
    pub const fn inputs(&self) -> Sequences<'a> {
        self.inputs
    }

    /// What it should predict, `[batch, time]`.
    pub const fn targets(&self) -> &'a [u16] {
        self.targets
    }

    /// Targets that count.
    pub const fn n_targets(&self) -> usize {
        self.n_targets
    }
}

/// Finds the first token that counts and is not in the vocabulary.
fn check_tokens(config: &Config, tokens: &[u16], counts: impl Fn(u16) -> bool) -> Result<(), Error> {
    let vocab_size = config.vocab_size();
    let outside = |&token: &u16| counts(token) && usize::from(token) >= vocab_size;
    match tokens.iter().position(outside) {
        Some(position) => Err(Error::TokenOutOfRange { token: tokens[position], position, vocab_size }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Architecture, Positions, Unembedding};

    fn config() -> Config {
        Config::new(Architecture {
            vocab_size: 10,
            context_len: 4,
            n_layer: 1,
            n_head: 1,
            d_model: 4,
            d_ff: None,
            unembedding: Unembedding::Tied,
            positions: Positions::Rotary { base: 10.0 },
        })
        .unwrap()
    }

    #[test]
    fn bad_tokens_are_refused_with_what_is_wrong() {
        let config = config();
        let error = |tokens, time| Sequences::new(&config, tokens, time).unwrap_err();
        assert_eq!(error(&[], 1), Error::NoTokens);
        assert_eq!(error(&[1], 0), Error::NoTokens);
        assert_eq!(error(&[1; 5], 5), Error::SequenceTooLong { len: 5, context_len: 4 });
        assert_eq!(error(&[1; 5], 2), Error::RaggedBatch { tokens: 5, time: 2 });
        assert_eq!(error(&[1, 9, 10], 3), Error::TokenOutOfRange { token: 10, position: 2, vocab_size: 10 });
        assert!(error(&[IGNORED], 1).to_string().contains("token 65535 at position 0"));
    }

    #[test]
    fn ignored_targets_are_allowed_and_not_counted() {
        let config = config();
        let inputs = Sequences::new(&config, &[1, 2, 3, 4], 2).unwrap();
        assert_eq!(Batch::new(&config, inputs, &[2, IGNORED, 4, 5]).unwrap().n_targets(), 3);
        assert_eq!(
            Batch::new(&config, inputs, &[2, 3]).unwrap_err(),
            Error::TargetCount { inputs: 4, targets: 2 }
        );
        assert!(Batch::new(&config, inputs, &[2, 11, 4, 5]).is_err());
    }
}
