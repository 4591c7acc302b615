//! The phase change of induction heads (Olsson et al. 2022), on a few seeds: two layers of attention learn to repeat a
//! pattern that they see for the first time, suddenly, when a head begins to look at what followed the last time.
//!
//! Run with `cargo run --release -p transformer --example induction -- [seeds]`. Prints one line a seed: the step at
//! which the prefix-matching score passes 0.5, the step at which accuracy passes 0.9, and the fall of the loss around
//! the former.

use transformer::optimizer::{Optimizer, Schedule, Settings};
use transformer::{
    Architecture, Batch, Config, Error, Generator, Init, Parameters, Positions, Sequences, Unembedding, model,
};

const VOCAB_SIZE: usize = 28;
const TIME: usize = 32;
const BATCH: usize = 16;
const STEPS: usize = 450;
/// Steps between measurements.
const EVERY: usize = 10;
/// Fresh sequences in a measurement.
const N_TEST: usize = 64;

/// Sequences, each a random string of its own period, tiled.
struct Rows {
    inputs: Vec<u16>,
    targets: Vec<u16>,
    periods: Vec<usize>,
}

impl Rows {
    fn draw(n: usize, generator: &mut Generator) -> Self {
        let mut rows = Self { inputs: Vec::new(), targets: Vec::new(), periods: Vec::new() };
        for _ in 0..n {
            let period = 8 + generator.below(9) as usize;
            let string: Vec<u16> = (0..period).map(|_| generator.below(VOCAB_SIZE as u64) as u16).collect();
            let tiled = |at: usize| string[at % period];
            rows.inputs.extend((0..TIME).map(tiled));
            rows.targets.extend((1..=TIME).map(tiled));
            rows.periods.push(period);
        }
        rows
    }

    /// The positions of each row whose token has been seen: sequence, position.
    fn repeated(&self) -> impl Iterator<Item = (usize, usize)> {
        self.periods.iter().enumerate().flat_map(|(row, &period)| (period..TIME).map(move |at| (row, at)))
    }
}

/// One measurement.
struct Score {
    step: usize,
    /// Mean loss of repeated tokens, in nats.
    loss: f64,
    /// Share of repeated tokens that are the most likely one.
    accuracy: f64,
    /// Attention mass on positions just after an earlier occurrence of the present token, in the last layer's best
    /// head.
    prefix: f64,
}

fn measure(
    step: usize,
    parameters: &Parameters,
    rows: &Rows,
    workspace: &mut model::Workspace,
) -> Result<Score, Error> {
    let config = *parameters.config();
    let sequences = Sequences::new(&config, &rows.inputs, TIME)?;
    let n_repeated = rows.repeated().count() as f64;

    let logits = model::forward(workspace, parameters, sequences);
    let is_right = |&(row, at): &(usize, usize)| {
        let logits = &logits[(row * TIME + at) * VOCAB_SIZE..][..VOCAB_SIZE];
        let target = logits[usize::from(rows.targets[row * TIME + at])];
        logits.iter().all(|&logit| logit <= target)
    };
    let accuracy = rows.repeated().filter(is_right).count() as f64 / n_repeated;

    let losses = model::losses(workspace, parameters, &Batch::new(&config, sequences, &rows.targets)?);
    let loss = rows.repeated().map(|(row, at)| f64::from(losses[row * TIME + at])).sum::<f64>() / n_repeated;

    let last = config.n_layer() - 1;
    let mut prefix = 0.0_f64;
    for head in 0..config.n_head() {
        let mut mass = 0.0;
        for (row, at) in rows.repeated() {
            let tokens = &rows.inputs[row * TIME..][..TIME];
            let map = workspace.attention_map(row, last, head)?;
            let follows = |past: &usize| tokens[past - 1] == tokens[at];
            mass += (1..=at).filter(follows).map(|past| f64::from(map[at * TIME + past])).sum::<f64>();
        }
        prefix = prefix.max(mass / n_repeated);
    }
    Ok(Score { step, loss, accuracy, prefix })
}

fn train(n_layer: usize, seed: u64) -> Result<Vec<Score>, Error> {
    let config = Config::new(Architecture {
        vocab_size: VOCAB_SIZE,
        context_len: TIME,
        n_layer,
        n_head: 1,
        d_model: 32,
        d_ff: None,
        unembedding: Unembedding::Untied,
        positions: Positions::Rotary { base: 100.0 },
    })?;
    let generator = &mut Generator::from_seed(seed);
    let mut parameters = Parameters::init(&config, Init { attention: 0.3 }, generator);
    let mut gradient = Parameters::zeros(&config);
    let mut optimizer = Optimizer::new(&config, Settings::adam_w());
    let schedule = Schedule { warmup: 20, total: None };
    let test_rows = Rows::draw(N_TEST, generator);
    let workspace = &mut model::Workspace::new(&config);
    let test_workspace = &mut model::Workspace::new(&config);
    let mut scores = Vec::new();
    for step in 0..=STEPS {
        if step % EVERY == 0 {
            scores.push(measure(step, &parameters, &test_rows, test_workspace)?);
        }
        let rows = Rows::draw(BATCH, generator);
        let inputs = Sequences::new(&config, &rows.inputs, TIME)?;
        let batch = Batch::new(&config, inputs, &rows.targets)?;
        gradient.values_mut().fill(0.0);
        let weight = 1.0 / (BATCH * TIME) as f32;
        model::accumulate_gradient(workspace, &mut gradient, &parameters, &batch, weight);
        optimizer.step(&mut parameters, &gradient, schedule.rate(step as u64));
    }
    Ok(scores)
}

/// The measurement nearest to a step that lies inside the run.
fn at(scores: &[Score], step: isize) -> &Score {
    let index = (step.max(0) as usize / EVERY).min(scores.len() - 1);
    &scores[index]
}

fn main() -> Result<(), Error> {
    let n_seeds = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(3);
    println!("layers seed  t_pre  t_acc  loss before/after 30 steps  prefix before/after  last loss");
    for n_layer in [2, 1] {
        for seed in 1..=n_seeds {
            let scores = train(n_layer, seed)?;
            let first = |passed: fn(&Score) -> bool| scores.iter().find(|score| passed(score));
            let pre = first(|score| score.prefix > 0.5);
            let step_or_dash =
                |score: Option<&Score>| score.map_or("-".into(), |score| score.step.to_string());
            let t_acc = step_or_dash(first(|score| score.accuracy > 0.9));
            let around =
                pre.map(|score| score.step as isize).map(|t| (at(&scores, t - 30), at(&scores, t + 30)));
            let change = around.map_or("-".into(), |(before, after)| {
                format!("{:.2} / {:.2}   {:.2} / {:.2}", before.loss, after.loss, before.prefix, after.prefix)
            });
            let last = at(&scores, STEPS as isize).loss;
            println!("{n_layer} {seed:>9} {:>6} {t_acc:>6}   {change}   {last:.2}", step_or_dash(pre));
        }
    }
    Ok(())
}
