//! What can go wrong, each with the value that was wrong. Messages are for developers; readers of the page are told in the
//! lab's own words.

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
    #[error("the rotary base must be finite and above 1")]
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
    /// A sampling temperature that is negative or not finite.
    #[error("the temperature must be finite and not negative")]
    Temperature {
        /// The value given.
        value: f32,
    },
    /// A sampling rule that leaves no token to choose.
    #[error("top_k is zero, which leaves no token to choose")]
    NoCandidates,
    /// A number of bits that weights cannot be quantized to.
    #[error("{value} bits are not between 2 and 8")]
    Bits {
        /// The value given.
        value: u8,
    },
    /// Bytes that do not begin as a checkpoint does.
    #[error("the bytes are not a checkpoint of this crate")]
    NotACheckpoint,
    /// A checkpoint of another version.
    #[error("checkpoint version {version} is not supported, only {supported} is")]
    CheckpointVersion {
        /// Version of the checkpoint.
        version: u32,
        /// Version that this crate reads.
        supported: u32,
    },
    /// A checkpoint that is longer or shorter than its dimensions ask for.
    #[error("the checkpoint has {len} bytes, its dimensions ask for {expected}")]
    CheckpointLength {
        /// Bytes given.
        len: u64,
        /// Bytes that the header asks for, or the least that a checkpoint has.
        expected: u64,
    },
    /// A damaged checkpoint.
    #[error("the checkpoint is damaged: its checksum is {stored:08x}, its content has {computed:08x}")]
    CheckpointChecksum {
        /// Checksum at the end of the bytes.
        stored: u32,
        /// Checksum of the bytes before it.
        computed: u32,
    },
    /// A field of a checkpoint with a value that has no meaning.
    #[error("field {name} of the checkpoint has the unknown value {value}")]
    CheckpointField {
        /// Name of the field.
        name: &'static str,
        /// The value.
        value: u32,
    },
    /// A weight that is infinite or not a number.
    #[error("weight {index} of the checkpoint is not finite")]
    CheckpointValue {
        /// Index in the flat buffer of parameters.
        index: usize,
    },
}
