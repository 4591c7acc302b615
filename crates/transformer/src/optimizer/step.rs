//! A training step over all tensors of a model.

use std::fmt;

use super::{adam_w, muon};
use crate::ops::reduce;
use crate::{Config, Layout, Parameters, Role, Tensor};

/// Which rule trains what.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Matrices between hidden states.
    pub matrices: MatrixRule,
    /// Embedding and unembedding.
    pub tables: adam_w::Settings,
    /// Gains of norms.
    pub gains: adam_w::Settings,
    /// Largest norm of the gradient of everything that AdamW trains, taken together; a longer one is scaled down to it.
    pub clip_norm: Option<f32>,
}

/// How matrices between hidden states are trained.
#[derive(Clone, Copy)]
pub enum MatrixRule {
    /// Like everything else.
    AdamW(adam_w::Settings),
    /// By orthogonalized momentum.
    Muon(muon::Settings, muon::Step),
}

impl fmt::Debug for MatrixRule {
    /// Without the function, whose address is another in each process: runs are told apart by how their settings look.
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::AdamW(settings) => f.debug_tuple("AdamW").field(settings).finish(),
            Self::Muon(settings, _) => f.debug_tuple("Muon").field(settings).finish(),
        }
    }
}

impl Settings {
    /// The recipe for the family of language models: Muon for matrices, AdamW without decay and with clipping for the
    /// rest. Measured against AdamW alone in the project's prototypes: lower loss after the same tokens.
    pub const fn muon() -> Self {
        let rest = adam_w::Settings {
            learning_rate: 5e-3,
            beta_1: 0.9,
            beta_2: 0.98,
            epsilon: 1e-10,
            weight_decay: 0.0,
        };
        Self {
            matrices: MatrixRule::Muon(
                muon::Settings { learning_rate: 0.02, momentum: 0.95, weight_decay: 0.05 },
                muon::step,
            ),
            tables: rest,
            gains: rest,
            clip_norm: Some(1.0),
        }
    }

    /// The recipe for the small model that trains while the reader looks on: AdamW, with decay on all but gains.
    pub const fn adam_w() -> Self {
        let decayed = adam_w::Settings {
            learning_rate: 1e-2,
            beta_1: 0.9,
            beta_2: 0.99,
            epsilon: 1e-8,
            weight_decay: 0.01,
        };
        Self {
            matrices: MatrixRule::AdamW(decayed),
            tables: decayed,
            gains: adam_w::Settings { weight_decay: 0.0, ..decayed },
            clip_norm: None,
        }
    }

    /// The AdamW settings of a role; `None` where Muon rules.
    const fn adam_w_of(&self, role: Role) -> Option<&adam_w::Settings> {
        match (role, &self.matrices) {
            (Role::Table, _) => Some(&self.tables),
            (Role::Gain, _) => Some(&self.gains),
            (Role::Matrix, MatrixRule::AdamW(settings)) => Some(settings),
            (Role::Matrix, MatrixRule::Muon(..)) => None,
        }
    }

    /// The work of a tensor's step, in operations: about ten a weight for AdamW, and the products of Muon.
    fn work(&self, tensor: &Tensor) -> f64 {
        let n = tensor.range().len() as f64;
        match self.adam_w_of(tensor.role()) {
            Some(_) => 10.0 * n,
            None => muon::flops(tensor.rows, tensor.cols),
        }
    }
}

/// What the optimizer remembers from step to step.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// Steps made.
    pub steps: u64,
    /// Mean gradients, in the order of the [`Layout`]: AdamW's first moment or Muon's momentum.
    pub first: Vec<f32>,
    /// Mean squared gradients, in the order of the [`Layout`]; zero where Muon rules.
    pub second: Vec<f32>,
}

/// An optimizer of one model.
#[derive(Clone, Debug)]
pub struct Optimizer {
    settings: Settings,
    layout: Layout,
    state: State,
    /// One for each part that a step has been cut into.
    scratches: Vec<muon::Scratch>,
}

impl Optimizer {
    /// An optimizer that has not made a step.
    pub fn new(config: &Config, settings: Settings) -> Self {
        let layout = Layout::new(config);
        let zeros = vec![0.0; layout.len()];
        let state = State { steps: 0, first: zeros.clone(), second: zeros };
        Self { settings, layout, state, scratches: Vec::new() }
    }

    /// An optimizer that continues from a saved state; `None` if the state belongs to a model of another size.
    pub fn from_state(config: &Config, settings: Settings, state: State) -> Option<Self> {
        let layout = Layout::new(config);
        let fits = state.first.len() == layout.len() && state.second.len() == layout.len();
        fits.then(|| Self { settings, layout, state, scratches: Vec::new() })
    }

    /// All that is needed to continue.
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// Changes the parameters by one step down the gradient, with `rate` times the learning rates (see
    /// [`Schedule`](super::Schedule)).
    ///
    /// # Panics
    /// If parameters or gradient belong to a model of another shape.
    pub fn step(&mut self, parameters: &mut Parameters, gradient: &Parameters, rate: f32) {
        self.step_in_parts(parameters, gradient, rate, 1).for_each(StepPart::run);
    }

    /// Cuts the same step into at most `n_parts` parts of about equal work that may run on threads of their own. The
    /// step is made when all have run, and its result does not depend on their number.
    ///
    /// # Panics
    /// If parameters or gradient belong to a model of another shape, or `n_parts` is zero.
    pub fn step_in_parts<'a>(
        &'a mut self,
        parameters: &'a mut Parameters,
        gradient: &'a Parameters,
        rate: f32,
        n_parts: usize,
    ) -> impl Iterator<Item = StepPart<'a>> {
        assert!(parameters.layout() == &self.layout, "parameters of a model of another shape");
        assert!(gradient.layout() == &self.layout, "a gradient for a model of another shape");
        assert!(n_parts > 0, "a step has at least one part");
        self.state.steps += 1;
        self.scratches.resize_with(n_parts.max(self.scratches.len()), muon::Scratch::default);
        let gradient_scale = self.clip_factor(gradient);
        let settings = &self.settings;
        let State { steps, first, second } = &mut self.state;
        let steps = *steps;
        let mut tensors = self.layout.tensors();
        let mut values = parameters.values_mut();
        let mut gradient = gradient.values();
        let (mut first, mut second) = (first.as_mut_slice(), second.as_mut_slice());
        let total: f64 = tensors.iter().map(|tensor| settings.work(tensor)).sum();
        let mut left = total;
        self.scratches[..n_parts].iter_mut().enumerate().map(move |(part, scratch)| {
            let target = total * (n_parts - 1 - part) as f64 / n_parts as f64;
            let mut n_tensors = 0;
            while n_tensors < tensors.len() && (left > target || part == n_parts - 1) {
                left -= settings.work(&tensors[n_tensors]);
                n_tensors += 1;
            }
            let own = tensors.split_off(..n_tensors).unwrap_or_default();
            let len = own.iter().map(|tensor| tensor.range().len()).sum();
            StepPart {
                settings,
                tensors: own,
                values: split_front(&mut values, len),
                gradient: gradient.split_off(..len).unwrap_or_default(),
                first: split_front(&mut first, len),
                second: split_front(&mut second, len),
                steps,
                rate,
                gradient_scale,
                scratch,
            }
        })
    }

    /// What the gradient of everything that AdamW trains is multiplied by to stay below the largest norm.
    fn clip_factor(&self, gradient: &Parameters) -> f32 {
        let Some(clip_norm) = self.settings.clip_norm else { return 1.0 };
        let clipped = self.layout.tensors().iter().filter(|t| self.settings.adam_w_of(t.role()).is_some());
        let squares = clipped.map(|tensor| {
            let values = &gradient.values()[tensor.range()];
            f64::from(reduce::dot(values, values))
        });
        let norm = squares.sum::<f64>().sqrt() as f32;
        if norm > clip_norm { clip_norm / norm } else { 1.0 }
    }
}

/// A part of a step: some tensors with all that changes them.
#[derive(Debug)]
pub struct StepPart<'a> {
    settings: &'a Settings,
    tensors: &'a [Tensor],
    values: &'a mut [f32],
    gradient: &'a [f32],
    first: &'a mut [f32],
    second: &'a mut [f32],
    steps: u64,
    rate: f32,
    gradient_scale: f32,
    scratch: &'a mut muon::Scratch,
}

impl StepPart<'_> {
    /// Changes this part's tensors.
    pub fn run(self) {
        let Self { settings, tensors, values, gradient, first, second, steps, rate, gradient_scale, scratch } =
            self;
        let Some(start) = tensors.first().map(|tensor| tensor.offset) else { return };
        for tensor in tensors {
            let range = tensor.range().start - start..tensor.range().end - start;
            let values = &mut values[range.clone()];
            let gradient = &gradient[range.clone()];
            let first = &mut first[range.clone()];
            match (settings.adam_w_of(tensor.role()), &settings.matrices) {
                (Some(settings), _) | (None, MatrixRule::AdamW(settings)) => {
                    let tensor = adam_w::Tensor { values, gradient, first, second: &mut second[range] };
                    adam_w::step(tensor, settings, steps, rate, gradient_scale);
                }
                (None, MatrixRule::Muon(settings, step)) => {
                    let (rows, cols) = (tensor.rows, tensor.cols);
                    let tensor = muon::Tensor { values, gradient, momentum: first, rows, cols };
                    step(tensor, settings, rate, scratch);
                }
            }
        }
    }
}

/// Takes the first `len` values off a slice.
#[expect(clippy::mut_mut, reason = "the slice itself is what changes")]
fn split_front<'a>(slice: &mut &'a mut [f32], len: usize) -> &'a mut [f32] {
    slice.split_off_mut(..len).expect("parts are cut from the whole in order")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Architecture, Generator, Init, Positions, Unembedding, Weight};

    fn start() -> (Parameters, Parameters) {
        let config = Config::new(Architecture {
            vocab_size: 6,
            context_len: 4,
            n_layer: 1,
            n_head: 1,
            d_model: 4,
            d_ff: Some(8),
            unembedding: Unembedding::Tied,
            positions: Positions::Rotary { base: 10.0 },
        })
        .unwrap();
        let generator = &mut Generator::from_seed(1);
        let parameters = Parameters::init(&config, Init::default(), generator);
        let mut gradient = Parameters::zeros(&config);
        gradient.values_mut().fill_with(|| generator.normal() as f32);
        (parameters, gradient)
    }

    #[test]
    fn a_restored_state_makes_the_same_next_step() {
        for settings in [Settings::muon(), Settings::adam_w()] {
            let (mut parameters, gradient) = start();
            let config = *parameters.config();
            let mut optimizer = Optimizer::new(&config, settings);
            optimizer.step(&mut parameters, &gradient, 1.0);
            let state = optimizer.state().clone();
            let mut restored = Optimizer::from_state(&config, settings, state).unwrap();
            let mut copy = parameters.clone();
            optimizer.step(&mut parameters, &gradient, 0.5);
            restored.step(&mut copy, &gradient, 0.5);
            assert_eq!(parameters, copy);
            assert_eq!(restored.state().steps, 2);
        }
    }

    #[test]
    fn a_step_in_parts_is_the_same_step() {
        for settings in [Settings::muon(), Settings::adam_w()] {
            let (mut whole, gradient) = start();
            let config = *whole.config();
            let before = whole.clone();
            Optimizer::new(&config, settings).step(&mut whole, &gradient, 1.0);
            for n_parts in [2, 3, 100] {
                let mut parts = before.clone();
                let mut optimizer = Optimizer::new(&config, settings);
                std::thread::scope(|scope| {
                    for part in optimizer.step_in_parts(&mut parts, &gradient, 1.0, n_parts) {
                        scope.spawn(|| part.run());
                    }
                });
                assert_eq!(parts, whole);
            }
        }
    }

    #[test]
    fn clipping_sees_only_what_adam_w_trains() {
        let (parameters, mut gradient) = start();
        gradient.values_mut().fill(0.0);
        let optimizer = Optimizer::new(parameters.config(), Settings::muon());
        gradient.tensor_mut(Weight::MlpUp(0)).fill(100.0);
        assert_eq!(optimizer.clip_factor(&gradient), 1.0);
        gradient.tensor_mut(Weight::FinalNorm).fill(2.0);
        assert_eq!(optimizer.clip_factor(&gradient), 0.25);
    }

    #[test]
    fn decay_spares_gains() {
        let (mut parameters, mut gradient) = start();
        gradient.values_mut().fill(0.0);
        let before = parameters.clone();
        Optimizer::new(parameters.config(), Settings::adam_w()).step(&mut parameters, &gradient, 1.0);
        assert_eq!(parameters.tensor(Weight::FinalNorm), before.tensor(Weight::FinalNorm));
        let (after, before) = (parameters.tensor(Weight::MlpUp(0))[0], before.tensor(Weight::MlpUp(0))[0]);
        // η · λ = 1e-4, of which f32 carries three digits beside a 1.
        assert!((after / before - (1.0 - 1e-4)).abs() < 1e-6);
    }
}
