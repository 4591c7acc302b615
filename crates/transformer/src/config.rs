//! The shape of a model: what an [`Architecture`] asks for and a [`Config`] has proved.

use crate::Error;

/// Whether the matrix that turns the last hidden state into logits is the embedding itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unembedding {
    /// The embedding E serves twice: the input is √d_model · E\[token\] and the logits are h · Eᵀ. The factor gives
    /// the residual stream unit variance although E has variance 1/d_model.
    Tied,
    /// A matrix of its own; the input is E\[token\] without a factor.
    Untied,
}

/// How a model tells positions apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Positions {
    /// Queries and keys are rotated (RoPE), so that attention sees distances.
    Rotary {
        /// Base of the frequencies base^(-2i/d_head). The longest wavelength is about 2π · base tokens, so the base
        /// should be a few times the context.
        base: f32,
    },
    /// A trained vector for each position is added to the embedding (Radford et al. 2018), so that attention can learn
    /// places.
    Learned,
}

/// The dimensions of a decoder-only or attention-only transformer.
///
/// Every model of this crate normalizes before each block (RMSNorm with gain), masks the future, and has no biases.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Architecture {
    /// Tokens in the vocabulary, at most 65,535: one value of `u16` is kept for [`IGNORED`](crate::IGNORED).
    pub vocab_size: usize,
    /// Longest sequence, in tokens; at most 4,096, as attention maps take its square.
    pub context_len: usize,
    /// Layers, at most 64.
    pub n_layer: usize,
    /// Heads in each layer, at most 64; divides `d_model`, and the quotient is even if positions are rotary.
    pub n_head: usize,
    /// Width of the residual stream, at most 4,096.
    pub d_model: usize,
    /// Width of the hidden layer of the ReLU² MLP, usually 4 · `d_model` and at most 65,536; `None` builds an
    /// attention-only model.
    pub d_ff: Option<usize>,
    /// Whether embedding and unembedding share their matrix.
    pub unembedding: Unembedding,
    /// How positions are told apart.
    pub positions: Positions,
}

/// An [`Architecture`] whose dimensions fit together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Config {
    architecture: Architecture,
}

/// Most parameters that a model may have: 1 GiB in f32, a hundred times the largest model of the essay.
pub const MAX_PARAMS: u64 = 1 << 28;

impl Config {
    /// Checks an architecture.
    ///
    /// # Errors
    /// [`Error::ZeroDimension`], [`Error::DimensionTooLarge`], [`Error::HeadsDoNotDivide`],
    /// [`Error::OddHeadDimension`] and [`Error::RopeBase`].
    ///
    /// ```
    /// use transformer::{Architecture, Config, Positions, Unembedding};
    /// let config = Config::new(Architecture {
    ///     vocab_size: 28,
    ///     context_len: 32,
    ///     n_layer: 2,
    ///     n_head: 1,
    ///     d_model: 32,
    ///     d_ff: None,
    ///     unembedding: Unembedding::Untied,
    ///     positions: Positions::Rotary { base: 100.0 },
    /// })?;
    /// assert_eq!(config.n_params(), 10_080);
    /// # Ok::<(), transformer::Error>(())
    /// ```
    pub fn new(architecture: Architecture) -> Result<Self, Error> {
        let Architecture { vocab_size, context_len, n_layer, n_head, d_model, d_ff, positions, .. } =
            architecture;
        in_range("vocab_size", vocab_size, u16::MAX.into())?;
        in_range("context_len", context_len, 4096)?;
        in_range("n_layer", n_layer, 64)?;
        in_range("n_head", n_head, 64)?;
        in_range("d_model", d_model, 4096)?;
        in_range("d_ff", d_ff.unwrap_or(1), 65_536)?;
        if d_model % n_head != 0 {
            return Err(Error::HeadsDoNotDivide { d_model, n_head });
        }
        if let Positions::Rotary { base } = positions {
            let d_head = d_model / n_head;
            if d_head % 2 != 0 {
                return Err(Error::OddHeadDimension { d_head });
            }
            if !(base.is_finite() && base > 1.0) {
                return Err(Error::RopeBase { value: base });
            }
        }
        let config = Self { architecture };
        let params = config.n_params();
        if params > MAX_PARAMS {
            return Err(Error::DimensionTooLarge {
                name: "number of parameters",
                value: params,
                max: MAX_PARAMS,
            });
        }
        Ok(config)
    }

    /// The architecture that was checked.
    pub const fn architecture(&self) -> &Architecture {
        &self.architecture
    }

    /// Tokens in the vocabulary.
    pub const fn vocab_size(&self) -> usize {
        self.architecture.vocab_size
    }

    /// Longest sequence, in tokens.
    pub const fn context_len(&self) -> usize {
        self.architecture.context_len
    }

    /// Layers.
    pub const fn n_layer(&self) -> usize {
        self.architecture.n_layer
    }

    /// Heads in each layer.
    pub const fn n_head(&self) -> usize {
        self.architecture.n_head
    }

    /// Width of the residual stream.
    pub const fn d_model(&self) -> usize {
        self.architecture.d_model
    }

    /// Width of one head, d_model / n_head; even if positions are rotary.
    pub const fn d_head(&self) -> usize {
        self.architecture.d_model / self.architecture.n_head
    }

    /// Width of the MLP's hidden layer; `None` in an attention-only model.
    pub const fn d_ff(&self) -> Option<usize> {
        self.architecture.d_ff
    }

    /// Whether embedding and unembedding share their matrix.
    pub const fn unembedding(&self) -> Unembedding {
        self.architecture.unembedding
    }

    /// How positions are told apart.
    pub const fn positions(&self) -> Positions {
        self.architecture.positions
    }

    /// The factor on the embedding at the input: √d_model when it is tied, else 1.
    pub fn input_scale(&self) -> f32 {
        match self.unembedding() {
            Unembedding::Tied => (self.d_model() as f32).sqrt(),
            Unembedding::Untied => 1.0,
        }
    }

    /// Parameters in all.
    pub const fn n_params(&self) -> u64 {
        let embedding = (self.vocab_size() * self.d_model()) as u64;
        let n_embedding = match self.unembedding() {
            Unembedding::Tied => 1,
            Unembedding::Untied => 2,
        };
        let positions = match self.positions() {
            Positions::Rotary { .. } => 0,
            Positions::Learned => (self.context_len() * self.d_model()) as u64,
        };
        self.n_params_non_embedding() + n_embedding * embedding + positions
    }

    /// Parameters N without embedding, positions and unembedding, the measure that scaling laws are drawn against (Kaplan et al.
    /// 2020, section 2.1), gains included.
    pub const fn n_params_non_embedding(&self) -> u64 {
        let d = self.d_model() as u64;
        let mlp = match self.d_ff() {
            Some(d_ff) => 2 * d * d_ff as u64 + d,
            None => 0,
        };
        self.n_layer() as u64 * (4 * d * d + d + mlp) + d
    }

    /// Floating-point operations of the matrix products in one forward pass over sequences of `time` tokens, per
    /// token. A multiplication and an addition count as two; attention counts the (time + 1) / 2 positions that a
    /// token sees on average, not the masked ones; the embedding look-up is free, the unembedding is not.
    pub fn forward_flops_per_token(&self, time: usize) -> f64 {
        let d = self.d_model() as f64;
        let mlp = 2.0 * d * self.d_ff().unwrap_or(0) as f64;
        let weights = self.n_layer() as f64 * (4.0 * d * d + mlp) + d * self.vocab_size() as f64;
        let attended = 2.0 * d * (time as f64 + 1.0) / 2.0;
        2.0 * (weights + self.n_layer() as f64 * attended)
    }

    /// Floating-point operations of one training step, per token: three times the forward pass, since the backward
    /// pass multiplies once for the gradient of each factor. The optimizer's are not counted.
    pub fn training_flops_per_token(&self, time: usize) -> f64 {
        3.0 * self.forward_flops_per_token(time)
    }
}

fn in_range(name: &'static str, value: usize, max: u64) -> Result<(), Error> {
    match value as u64 {
        0 => Err(Error::ZeroDimension { name }),
        value if value > max => Err(Error::DimensionTooLarge { name, value, max }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DECODER: Architecture = Architecture {
        vocab_size: 600,
        context_len: 64,
        n_layer: 4,
        n_head: 2,
        d_model: 64,
        d_ff: Some(256),
        unembedding: Unembedding::Tied,
        positions: Positions::Rotary { base: 1000.0 },
    };

    #[test]
    fn dimensions_that_do_not_fit_together_are_named() {
        let error = |architecture| Config::new(architecture).unwrap_err().to_string();
        assert_eq!(error(Architecture { n_layer: 0, ..DECODER }), "n_layer is zero");
        assert_eq!(error(Architecture { d_ff: Some(0), ..DECODER }), "d_ff is zero");
        assert_eq!(error(Architecture { n_head: 3, ..DECODER }), "d_model 64 is not a multiple of n_head 3");
        assert!(error(Architecture { n_head: 64, ..DECODER }).contains("which is odd"));
        assert!(error(Architecture { vocab_size: 65_536, ..DECODER }).contains("at most 65535"));
        assert!(
            error(Architecture { positions: Positions::Rotary { base: f32::NAN }, ..DECODER })
                .contains("the rotary base must")
        );
        assert!(
            error(Architecture { n_layer: 64, d_model: 4096, ..DECODER }).contains("number of parameters")
        );
    }

    #[test]
    fn non_embedding_parameters_equal_a_count_by_hand() {
        // Four layers of 4·64² + 2·64·256 weights and 2·64 gains, and the last gain.
        let config = Config::new(DECODER).unwrap();
        assert_eq!(config.n_params_non_embedding(), 4 * (16_384 + 32_768 + 128) + 64);
        assert_eq!(config.n_params(), config.n_params_non_embedding() + 600 * 64);
        let learned = Config::new(Architecture { positions: Positions::Learned, ..DECODER }).unwrap();
        assert_eq!(learned.n_params_non_embedding(), config.n_params_non_embedding());
        assert_eq!(learned.n_params(), config.n_params() + 64 * 64);
    }

    #[test]
    fn training_flops_follow_six_n_d_plus_attention() {
        // 6(12·L·d² + V·d) + 6·L·(T+1)·d for a 4x MLP.
        let expected = 6.0 * (12.0 * 4.0 * 4096.0 + 600.0 * 64.0) + 6.0 * 4.0 * 65.0 * 64.0;
        assert_eq!(Config::new(DECODER).unwrap().training_flops_per_token(64), expected);
    }
}
