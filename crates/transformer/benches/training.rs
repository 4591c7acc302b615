//! Floating-point operations per second of whole training steps (forward, backward, optimizer) on one thread, for the
//! sizes of the ladder: vocabulary 600, context 64, 16 rows. "Elements" in criterion's report are operations.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use transformer::optimizer::{Optimizer, Settings};
use transformer::{
    Architecture, Batch, Config, Generator, Init, Parameters, Positions, Sequences, Unembedding, model,
};

const TIME: usize = 64;
const ROWS: usize = 16;

fn training_steps(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("training step");
    for (n_layer, d_model) in [(1, 16), (2, 32), (4, 64), (4, 96), (6, 128)] {
        let config = Config::new(Architecture {
            vocab_size: 600,
            context_len: TIME,
            n_layer,
            n_head: (d_model / 32).max(1),
            d_model,
            d_ff: Some(4 * d_model),
            unembedding: Unembedding::Tied,
            positions: Positions::Rotary { base: 1000.0 },
        })
        .expect("the ladder's sizes are valid");
        let generator = &mut Generator::from_seed(1);
        let mut parameters = Parameters::init(&config, Init::default(), generator);
        let tokens: Vec<u16> = (0..=ROWS * TIME).map(|_| generator.below(600) as u16).collect();
        let inputs = Sequences::new(&config, &tokens[1..], TIME).expect("tokens are below 600");
        let batch = Batch::new(&config, inputs, &tokens[..ROWS * TIME]).expect("tokens are below 600");
        let mut workspace = model::Workspace::new(&config);
        let mut gradient = Parameters::zeros(&config);
        let mut optimizer = Optimizer::new(&config, Settings::muon());
        let weight = 1.0 / (ROWS * TIME) as f32;

        let flops = config.training_flops_per_token(TIME) * (ROWS * TIME) as f64;
        group.throughput(Throughput::Elements(flops as u64));
        let size = format!("{n_layer}x{d_model}");
        group.bench_function(BenchmarkId::new("gradient", &size), |bencher| {
            bencher.iter(|| {
                gradient.values_mut().fill(0.0);
                model::accumulate_gradient(
                    &mut workspace,
                    &mut gradient,
                    &parameters,
                    black_box(&batch),
                    weight,
                )
            });
        });
        group.bench_function(BenchmarkId::new("whole", &size), |bencher| {
            bencher.iter(|| {
                gradient.values_mut().fill(0.0);
                model::accumulate_gradient(
                    &mut workspace,
                    &mut gradient,
                    &parameters,
                    black_box(&batch),
                    weight,
                );
                optimizer.step(&mut parameters, &gradient, 0.1);
            });
        });
    }
    group.finish();
}

criterion_group!(benches, training_steps);
criterion_main!(benches);
