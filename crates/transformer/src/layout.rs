//! Where each weight lies in the flat buffer of parameters.

use std::ops::Range;

use crate::{Config, Positions, Unembedding};

/// The name of a tensor of parameters. Layers count from 0. Matrices are `[outputs, inputs]`, row-major.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Weight {
    /// `[vocab_size, d_model]`.
    Embedding,
    /// `[context_len, d_model]`; only in models that learn positions.
    Position,
    /// Gain of the norm before attention, `[d_model]`.
    AttentionNorm(usize),
    /// Query projection, `[d_model, d_model]`; head h makes rows h · d_head and following.
    Query(usize),
    /// Key projection, `[d_model, d_model]`, heads as in the query.
    Key(usize),
    /// Value projection, `[d_model, d_model]`, heads as in the query.
    Value(usize),
    /// Projection of the mixed values back to the residual stream, `[d_model, d_model]`.
    AttentionOutput(usize),
    /// Gain of the norm before the MLP, `[d_model]`.
    MlpNorm(usize),
    /// First matrix of the MLP, `[d_ff, d_model]`.
    MlpUp(usize),
    /// Second matrix of the MLP, `[d_model, d_ff]`.
    MlpDown(usize),
    /// Gain of the norm before the unembedding, `[d_model]`.
    FinalNorm,
    /// `[vocab_size, d_model]`; only in untied models.
    Unembedding,
}

/// What a tensor is to the optimizer and to quantization.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// A table of vectors, one for each token or position.
    Table,
    /// A matrix between hidden states.
    Matrix,
    /// A gain of a norm.
    Gain,
}

/// A tensor's place and shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tensor {
    /// Its name.
    pub weight: Weight,
    /// Index of its first value in the flat buffer.
    pub offset: usize,
    /// Rows: outputs of a matrix, tokens or positions of a table, 1 for a gain.
    pub rows: usize,
    /// Columns: inputs of a matrix, `d_model` for tables and gains.
    pub cols: usize,
}

impl Tensor {
    /// Indices of its values in the flat buffer.
    pub const fn range(&self) -> Range<usize> {
        self.offset..self.offset + self.rows * self.cols
    }

    /// What it is to the optimizer and to quantization.
    pub const fn role(&self) -> Role {
        match self.weight {
            Weight::Embedding | Weight::Position | Weight::Unembedding => Role::Table,
            Weight::AttentionNorm(_) | Weight::MlpNorm(_) | Weight::FinalNorm => Role::Gain,
            _ => Role::Matrix,
        }
    }
}

/// The tensors of a model in the order in which they lie: embedding, positions, layers, last gain, unembedding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    tensors: Vec<Tensor>,
    /// Tensors before the first layer.
    before_layers: usize,
    per_layer: usize,
    n_layer: usize,
}

impl Layout {
    /// The layout of a configuration.
    pub fn new(config: &Config) -> Self {
        let d = config.d_model();
        let mut shapes = vec![(Weight::Embedding, config.vocab_size(), d)];
        if config.positions() == Positions::Learned {
            shapes.push((Weight::Position, config.context_len(), d));
        }
        let before_layers = shapes.len();
        for layer in 0..config.n_layer() {
            shapes.extend([
                (Weight::AttentionNorm(layer), 1, d),
                (Weight::Query(layer), d, d),
                (Weight::Key(layer), d, d),
                (Weight::Value(layer), d, d),
                (Weight::AttentionOutput(layer), d, d),
            ]);
            if let Some(d_ff) = config.d_ff() {
                shapes.extend([
                    (Weight::MlpNorm(layer), 1, d),
                    (Weight::MlpUp(layer), d_ff, d),
                    (Weight::MlpDown(layer), d, d_ff),
                ]);
            }
        }
        shapes.push((Weight::FinalNorm, 1, d));
        if config.unembedding() == Unembedding::Untied {
            shapes.push((Weight::Unembedding, config.vocab_size(), d));
        }
        let mut offset = 0;
        let tensors = shapes
            .into_iter()
            .map(|(weight, rows, cols)| {
                let tensor = Tensor { weight, offset, rows, cols };
                offset += rows * cols;
                tensor
            })
            .collect();
        let per_layer = if config.d_ff().is_some() { 8 } else { 5 };
        Self { tensors, before_layers, per_layer, n_layer: config.n_layer() }
    }

    /// Every tensor, in the order of the flat buffer.
    pub fn tensors(&self) -> &[Tensor] {
        &self.tensors
    }

    /// Values in the flat buffer.
    pub fn len(&self) -> usize {
        self.tensors.last().map_or(0, |tensor| tensor.range().end)
    }

    /// Whether there are no values; never so for a layout of a [`Config`].
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The tensor of this name; `None` if the model has none, such as the MLP of an attention-only model.
    pub fn tensor(&self, weight: Weight) -> Option<&Tensor> {
        let in_layer = |layer: usize, index: usize| self.before_layers + layer * self.per_layer + index;
        let index = match weight {
            Weight::Embedding => 0,
            Weight::Position => 1,
            Weight::AttentionNorm(layer) => in_layer(layer, 0),
            Weight::Query(layer) => in_layer(layer, 1),
            Weight::Key(layer) => in_layer(layer, 2),
            Weight::Value(layer) => in_layer(layer, 3),
            Weight::AttentionOutput(layer) => in_layer(layer, 4),
            Weight::MlpNorm(layer) => in_layer(layer, 5),
            Weight::MlpUp(layer) => in_layer(layer, 6),
            Weight::MlpDown(layer) => in_layer(layer, 7),
            Weight::FinalNorm => in_layer(self.n_layer, 0),
            Weight::Unembedding => in_layer(self.n_layer, 1),
        };
        // The index of a tensor that the model lacks falls on another one, whose name differs.
        self.tensors.get(index).filter(|tensor| tensor.weight == weight)
    }

    /// Indices of a tensor's values in the flat buffer.
    ///
    /// # Panics
    /// If the model has no such tensor.
    pub fn range(&self, weight: Weight) -> Range<usize> {
        self.tensor(weight).expect("the model has a tensor of this name").range()
    }

    /// Indices of a layer's query, key and value projections, which lie together as one matrix
    /// `[3 * d_model, d_model]`.
    ///
    /// # Panics
    /// If the model has no such layer.
    pub fn query_key_value(&self, layer: usize) -> Range<usize> {
        self.range(Weight::Query(layer)).start..self.range(Weight::Value(layer)).end
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Architecture;

    fn configs() -> [Config; 3] {
        let architecture = Architecture {
            vocab_size: 5,
            context_len: 4,
            n_layer: 3,
            n_head: 1,
            d_model: 4,
            d_ff: Some(16),
            unembedding: Unembedding::Tied,
            positions: Positions::Rotary { base: 10.0 },
        };
        let attention_only = Architecture { d_ff: None, unembedding: Unembedding::Untied, ..architecture };
        let learned = Architecture { positions: Positions::Learned, ..attention_only };
        [architecture, attention_only, learned].map(|architecture| Config::new(architecture).unwrap())
    }

    #[test]
    fn tensors_fill_the_buffer_without_gaps_and_are_found_by_name() {
        for config in configs() {
            let layout = Layout::new(&config);
            let mut end = 0;
            for tensor in layout.tensors() {
                assert_eq!(tensor.offset, end);
                assert_eq!(layout.tensor(tensor.weight), Some(tensor));
                end = tensor.range().end;
            }
            assert_eq!(end as u64, config.n_params());
        }
    }

    #[test]
    fn tensors_that_a_model_lacks_are_not_found() {
        let [decoder, attention_only, _] = configs().map(|config| Layout::new(&config));
        assert_eq!(decoder.tensor(Weight::Unembedding), None);
        assert_eq!(decoder.tensor(Weight::MlpUp(3)), None);
        assert_eq!(decoder.tensor(Weight::Position), None);
        for absent in [Weight::MlpNorm(0), Weight::MlpUp(0), Weight::MlpDown(2), Weight::Query(3)] {
            assert_eq!(attention_only.tensor(absent), None, "{absent:?}");
        }
    }
}
