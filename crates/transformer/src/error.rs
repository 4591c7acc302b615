//! What can go wrong, each with the value that was wrong.

/// An error of this crate.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Error {
    /// A dimension of an architecture is zero.
    #[error("{name} is zero")]
    ZeroDimension {
        /// Name of the field of [`Architecture`](crate::Architecture).
        name: &'static str,
    },
    /// A dimension of an architecture is larger than this crate supports.
    #[error("{name} is {value}, at most {max} is supported")]
    DimensionTooLarge {
        /// Name of the field of [`Architecture`](crate::Architecture), or of a product of them.
        name: &'static str,
        /// The value given.
        value: u64,
        /// The largest supported value.
        max: u64,
    },
    /// The heads do not divide the model dimension.
    #[error("d_model {d_model} is not a multiple of n_head {n_head}")]
    HeadsDoNotDivide {
        /// Width of the residual stream.
        d_model: usize,
        /// Heads in each layer.
        n_head: usize,
    },
    /// The head dimension is odd, so that rotary embedding cannot pair its coordinates.
    #[error("d_model / n_head is {d_head}, which is odd; rotary embedding needs an even head dimension")]
    OddHeadDimension {
        /// Width of a head.
        d_head: usize,
    },
    /// The rotary base is not a finite number above one.
    #[error("rotary base is {value}, it must be finite and above 1")]
    RopeBase {
        /// The value given.
        value: f32,
    },
    /// A token is not in the vocabulary.
    #[error("token {token} at position {position} is outside the vocabulary of {vocab_size}")]
    TokenOutOfRange {
        /// The token.
        token: u16,
        /// Index in the slice that was given.
        position: usize,
        /// Size of the vocabulary.
        vocab_size: usize,
    },
    /// A sequence has more tokens than the context holds.
    #[error("a sequence of {len} tokens is longer than the context of {context_len}")]
    SequenceTooLong {
        /// Tokens in the sequence.
        len: usize,
        /// Tokens that the context holds.
        context_len: usize,
    },
    /// There are no tokens.
    #[error("there are no tokens")]
    NoTokens,
    /// The tokens do not fill whole sequences.
    #[error("{tokens} tokens are not a whole number of sequences of {time}")]
    RaggedBatch {
        /// Tokens given.
        tokens: usize,
        /// Tokens in one sequence.
        time: usize,
    },
    /// Inputs and targets differ in number.
    #[error("{targets} targets for {inputs} inputs")]
    TargetCount {
        /// Inputs given.
        inputs: usize,
        /// Targets given.
        targets: usize,
    },
    /// A layer and head that the model does not have.
    #[error("there is no head {head} in layer {layer}: the model has {n_layer} layers of {n_head} heads")]
    NoSuchHead {
        /// Layer, from 0.
        layer: usize,
        /// Head, from 0.
        head: usize,
        /// Layers of the model.
        n_layer: usize,
        /// Heads in each layer.
        n_head: usize,
    },
}
