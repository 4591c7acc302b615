//! The training of a small model.

use std::rc::Rc;

use transformer::model::{self, Workspace};
use transformer::optimizer::{Optimizer, Schedule, Settings};
use transformer::{Batch, Error, Generator, Init, Parameters, Sequences};

use super::{Desk, Job, Progress, of_heads};
use crate::induction::{BATCH, CONTEXT_LEN, Recipe, Rows};
use crate::message::{ClientId, Problem, Report, Step};

/// Steps until the full learning rate, which then stays.
const SCHEDULE: Schedule = Schedule { warmup: 20, total: None };
/// Factor on the initial attention weights: heads start indifferent, and then form earlier and higher.
const INIT: Init = Init { attention: 0.3 };
/// Most steps that a request may ask for.
const MAX_STEPS: u32 = 5000;

/// A model that is being trained, one step at a time.
pub struct Train {
    client: ClientId,
    recipe: Recipe,
    parameters: Parameters,
    gradient: Parameters,
    optimizer: Optimizer,
    generator: Generator,
    workspace: Workspace,
    /// A sequence whose attention maps are recorded.
    probe: Rows,
    probe_workspace: Workspace,
    step: u32,
}

impl Train {
    /// Begins to train.
    pub fn new(client: ClientId, recipe: Recipe, desk: &mut Desk) -> Result<Self, Problem> {
        if recipe.steps > MAX_STEPS || recipe.snapshot_every == 0 {
            return Err(Problem::Refused("the recipe asks for too many steps or snapshots".to_owned()));
        }
        let config = recipe.config()?;
        let generator = &mut Generator::from_seed(recipe.seed);
        let parameters = Parameters::init(&config, INIT, generator);
        let probe = Rows::draw(&recipe, 1, generator);
        desk.shelf.drop_trained(client);
        desk.report(Report::Began {
            probe: probe.inputs.clone(),
            period: probe.periods[0] as u8,
            params: config.n_params() as u32,
        });
        Ok(Self {
            client,
            recipe,
            parameters,
            gradient: Parameters::zeros(&config),
            optimizer: Optimizer::new(&config, Settings::adam_w()),
            generator: generator.clone(),
            workspace: Workspace::new(&config),
            probe,
            probe_workspace: Workspace::new(&config),
            step: 0,
        })
    }

    /// Publishes the model as it is, and its maps of the probe.
    fn snapshot(&mut self, desk: &mut Desk) -> Result<(), Error> {
        let config = *self.parameters.config();
        desk.shelf.keep(self.client, Rc::new(self.parameters.clone()));
        let sequences = Sequences::new(&config, &self.probe.inputs, CONTEXT_LEN)?;
        model::forward(&mut self.probe_workspace, &self.parameters, sequences);
        let in_bytes = |map: &[f32]| map.iter().map(|prob| (255.0 * prob).round() as u8).collect();
        let maps = of_heads(&config, |layer, head| {
            self.probe_workspace.attention_map(0, layer, head).map(in_bytes)
        })?;
        desk.report(Report::Snapshot { step: self.step, maps });
        Ok(())
    }

    /// Makes a step and returns what its batch showed before the weights changed.
    fn train(&mut self) -> Result<Step, Error> {
        let config = *self.parameters.config();
        let rows = Rows::draw(&self.recipe, BATCH, &mut self.generator);
        let inputs = Sequences::new(&config, &rows.inputs, CONTEXT_LEN)?;
        let batch = Batch::new(&config, inputs, &rows.targets)?;
        let n_tokens = rows.inputs.len() as f32;
        self.gradient.values_mut().fill(0.0);
        let workspace = &mut self.workspace;
        let loss = model::accumulate_gradient(
            workspace,
            &mut self.gradient,
            &self.parameters,
            &batch,
            1.0 / n_tokens,
        );
        let losses = workspace.losses();
        let flops_per_step = config.training_flops_per_token(CONTEXT_LEN) * f64::from(n_tokens);
        let step = Step {
            step: self.step,
            loss: loss as f32 / n_tokens,
            repeat_loss: rows.mean_over_repeats(|row, at| f64::from(losses[row * CONTEXT_LEN + at])),
            repeat_accuracy: rows.accuracy(workspace.logits()),
            prefix: of_heads(&config, |layer, head| rows.prefix_score(workspace, layer, head))?,
            previous: of_heads(&config, |layer, head| rows.previous_score(workspace, layer, head))?,
            flops: flops_per_step * f64::from(self.step + 1),
        };
        self.optimizer.step(&mut self.parameters, &self.gradient, SCHEDULE.rate(self.step.into()));
        self.step += 1;
        Ok(step)
    }
}

impl Job for Train {
    fn step(&mut self, desk: &mut Desk) -> Result<Progress, Problem> {
        if self.step.is_multiple_of(self.recipe.snapshot_every) || self.step == self.recipe.steps {
            self.snapshot(desk)?;
        }
        if self.step == self.recipe.steps {
            return Ok(Progress::Done);
        }
        let step = self.train()?;
        desk.report(Report::Step(step));
        Ok(Progress::More)
    }
}
