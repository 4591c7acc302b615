//! The weights of a model, or anything shaped like them: gradients and the moments of an optimizer.

use crate::{Config, Generator, Layout, Role, Weight};

/// One number for each parameter of a model, in one flat buffer with named views.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameters {
    config: Config,
    layout: Layout,
    values: Vec<f32>,
}

/// How weights are drawn at the start. Every matrix is normal with variance 1 / inputs; matrices that write to the
/// residual stream are divided by the square root of the number of such writes, so that the stream's variance does
/// not grow with depth (Radford et al. 2019). Embeddings are normal with variance 1, or 1 / `d_model` when they are
/// tied; positions with variance 1; gains are 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Init {
    /// Factor on the standard deviation of the four attention projections; above 0 and usually at most 1. Small
    /// values let heads start indifferent and then form early.
    pub attention: f32,
}

impl Default for Init {
    /// The plain rule, without a factor.
    fn default() -> Self {
        Self { attention: 1.0 }
    }
}

impl Parameters {
    /// Zeros in the shape of a model, such as a gradient to accumulate into.
    pub fn zeros(config: &Config) -> Self {
        let layout = Layout::new(config);
        Self { config: *config, values: vec![0.0; layout.len()], layout }
    }

    /// Random weights to start training from.
    pub fn init(config: &Config, init: Init, generator: &mut Generator) -> Self {
        let mut parameters = Self::zeros(config);
        let writes_per_layer = if config.d_ff().is_some() { 2 } else { 1 };
        let residual_writes = (config.n_layer() * writes_per_layer) as f32;
        let tied = config.unembedding() == crate::Unembedding::Tied;
        for tensor in parameters.layout.tensors() {
            let values = &mut parameters.values[tensor.range()];
            if tensor.role() == Role::Gain {
                values.fill(1.0);
                continue;
            }
            let fan_in = 1.0 / (tensor.cols as f32).sqrt();
            let deviation = match tensor.weight {
                Weight::Embedding if !tied => 1.0,
                // As large as the embedding is at the input.
                Weight::Position => 1.0,
                Weight::Query(_) | Weight::Key(_) | Weight::Value(_) => init.attention * fan_in,
                Weight::AttentionOutput(_) => init.attention * fan_in / residual_writes.sqrt(),
                Weight::MlpDown(_) => fan_in / residual_writes.sqrt(),
                _ => fan_in,
            };
            values.fill_with(|| deviation * generator.normal() as f32);
        }
        parameters
    }

    /// Parameters with these values, in the order of the [`Layout`]; `None` unless there are as many as the model has.
    pub fn from_values(config: &Config, values: Vec<f32>) -> Option<Self> {
        let layout = Layout::new(config);
        (values.len() == layout.len()).then_some(Self { config: *config, layout, values })
    }

    /// The shape of the model.
    pub const fn config(&self) -> &Config {
        &self.config
    }

    /// Where each tensor lies.
    pub const fn layout(&self) -> &Layout {
        &self.layout
    }

    /// All values, in the order of the [`Layout`].
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// All values, to change.
    pub fn values_mut(&mut self) -> &mut [f32] {
        &mut self.values
    }

    /// The values of one tensor, row-major.
    ///
    /// # Panics
    /// If the model has no such tensor.
    // Once in the program rather than in each of its many callers: three hundredths of the lab's.
    #[inline(never)]
    pub fn tensor(&self, weight: Weight) -> &[f32] {
        &self.values[self.layout.range(weight)]
    }

    /// The values of one tensor, to change.
    ///
    /// # Panics
    /// If the model has no such tensor.
    #[inline(never)]
    pub fn tensor_mut(&mut self, weight: Weight) -> &mut [f32] {
        &mut self.values[self.layout.range(weight)]
    }

    /// The table that makes logits: the unembedding, or the embedding where they are tied. `[vocab_size, d_model]`.
    pub fn unembedding(&self) -> &[f32] {
        self.tensor(self.unembedding_name())
    }

    pub(crate) fn unembedding_mut(&mut self) -> &mut [f32] {
        self.tensor_mut(self.unembedding_name())
    }

    /// A layer's query, key and value projections as one matrix, `[3 * d_model, d_model]`.
    ///
    /// # Panics
    /// If the model has no such layer.
    #[inline(never)]
    pub fn query_key_value(&self, layer: usize) -> &[f32] {
        &self.values[self.layout.query_key_value(layer)]
    }

    pub(crate) fn query_key_value_mut(&mut self, layer: usize) -> &mut [f32] {
        &mut self.values[self.layout.query_key_value(layer)]
    }

    /// Adds another's values to these, such as the gradient of the other half of a batch.
    ///
    /// # Panics
    /// If the other belongs to a model of another shape.
    pub fn add(&mut self, other: &Self) {
        assert!(self.config == other.config, "parameters of models of different shape");
        for (value, other) in self.values.iter_mut().zip(&other.values) {
            *value += other;
        }
    }

    fn unembedding_name(&self) -> Weight {
        match self.config.unembedding() {
            crate::Unembedding::Tied => Weight::Embedding,
            crate::Unembedding::Untied => Weight::Unembedding,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Architecture, Positions, Unembedding};

    fn config(unembedding: Unembedding) -> Config {
        Config::new(Architecture {
            vocab_size: 100,
            context_len: 8,
            n_layer: 2,
            n_head: 2,
            d_model: 32,
            d_ff: Some(128),
            unembedding,
            positions: Positions::Rotary { base: 100.0 },
        })
        .unwrap()
    }

    fn deviation(values: &[f32]) -> f32 {
        (values.iter().map(|value| value * value).sum::<f32>() / values.len() as f32).sqrt()
    }

    #[test]
    fn initial_deviations_are_those_of_the_rule() {
        let tied = Parameters::init(
            &config(Unembedding::Tied),
            Init { attention: 0.3 },
            &mut Generator::from_seed(1),
        );
        let untied =
            Parameters::init(&config(Unembedding::Untied), Init::default(), &mut Generator::from_seed(1));
        let fan_in = 1.0 / 32_f32.sqrt();
        for (values, expected) in [
            (tied.tensor(Weight::Embedding), fan_in),
            (tied.query_key_value(1), 0.3 * fan_in),
            (tied.tensor(Weight::AttentionOutput(0)), 0.3 * fan_in / 2.0),
            (tied.tensor(Weight::MlpUp(0)), fan_in),
            (tied.tensor(Weight::MlpDown(1)), fan_in / 2.0 / 2.0),
            (untied.tensor(Weight::Embedding), 1.0),
            (untied.unembedding(), fan_in),
        ] {
            // The relative standard error of a deviation is 1/√(2n): 2.2 % for the smallest tensor here.
            assert!((deviation(values) / expected - 1.0).abs() < 0.08, "{} {expected}", deviation(values));
        }
        assert!(tied.tensor(Weight::FinalNorm).iter().all(|&gain| gain == 1.0));
    }

    #[test]
    fn values_of_another_length_are_refused() {
        let config = config(Unembedding::Tied);
        let n = config.n_params() as usize;
        assert!(Parameters::from_values(&config, vec![0.0; n]).is_some());
        assert!(Parameters::from_values(&config, vec![0.0; n - 1]).is_none());
    }
}
