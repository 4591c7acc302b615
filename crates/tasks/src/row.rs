//! One row of text: what the model reads at once.

use crate::{
    Kind, Token,
    vocabulary::{PAD, marker},
};

/// Positions in a row: the context of every model that is trained on this language.
pub const CONTEXT_LEN: usize = 64;

/// Stands in [`Row::targets`] where there is nothing to predict; no token has this value.
pub const NO_TARGET: Token = Token::MAX;

/// Documents of one kind, opened by the kind's marker and padded on the right.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Row {
    kind: Kind,
    tokens: [Token; CONTEXT_LEN],
    len: usize,
    /// Bit `i` is set if token `i` belongs to an answer.
    answers: u64,
}

impl Row {
    /// A row that has its marker only.
    pub(crate) fn new(kind: Kind) -> Self {
        let mut row = Self { kind, tokens: [PAD; CONTEXT_LEN], len: 0, answers: 0 };
        row.push(marker(kind));
        row
    }

    pub(crate) fn push(&mut self, token: Token) {
        self.tokens[self.len] = token;
        self.len += 1;
    }

    pub(crate) fn push_all(&mut self, tokens: &[Token]) {
        for &token in tokens {
            self.push(token);
        }
    }

    pub(crate) fn push_answer(&mut self, token: Token) {
        self.answers |= 1 << self.len;
        self.push(token);
    }

    pub(crate) fn push_answers(&mut self, tokens: &[Token]) {
        for &token in tokens {
            self.push_answer(token);
        }
    }

    /// The row with another token at one place.
    #[cfg(test)]
    pub(crate) fn with_token(&self, index: usize, token: Token) -> Self {
        let mut row = self.clone();
        row.tokens[index] = token;
        row
    }

    /// What the row is about.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The tokens without padding; the first is the kind's marker.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens[..self.len]
    }

    /// The tokens with padding: what goes into a model.
    pub fn inputs(&self) -> &[Token; CONTEXT_LEN] {
        &self.tokens
    }

    /// At each position the token that comes next, or [`NO_TARGET`] at the last token and on padding.
    pub fn targets(&self) -> [Token; CONTEXT_LEN] {
        let mut targets = [NO_TARGET; CONTEXT_LEN];
        targets[..self.len - 1].copy_from_slice(&self.tokens[1..self.len]);
        targets
    }

    /// How many positions have a target.
    pub fn n_targets(&self) -> usize {
        self.len - 1
    }

    /// Whether token `index` belongs to an answer: it follows from what is before it (or, in a poem, must fit it),
    /// and tests ask for it.
    ///
    /// # Panics
    /// If `index` is not below [`CONTEXT_LEN`].
    pub fn is_answer(&self, index: usize) -> bool {
        assert!(index < CONTEXT_LEN, "a row has {CONTEXT_LEN} tokens");
        self.answers >> index & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_the_inputs_one_later() {
        let mut row = Row::new(Kind::Facts);
        row.push(20);
        row.push_answer(30);
        assert_eq!(row.tokens(), [marker(Kind::Facts), 20, 30]);
        assert_eq!(row.targets()[..4], [20, 30, NO_TARGET, NO_TARGET]);
        assert_eq!((row.n_targets(), row.is_answer(1), row.is_answer(2)), (2, false, true));
        assert_eq!(row.inputs()[3], PAD);
    }
}
