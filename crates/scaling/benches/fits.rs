//! How long the fits take at the sizes figures use: a dozen measured models, and the 240 runs of a scaling study.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use scaling::fit::{self, HOFFMANN_DELTA, Observation, TrainingRun};
use scaling::{Nats, ParametricConstants, ParametricLaw, Params, Tokens};

/// The constants of Besiroglu et al. 2024.
fn law() -> ParametricLaw {
    ParametricLaw::new(ParametricConstants {
        irreducible_loss: 1.8172,
        params_coefficient: 482.01,
        tokens_coefficient: 2085.43,
        alpha: 0.3478,
        beta: 0.3658,
    })
    .expect("the constants are positive")
}

/// A percent of pseudo-noise: the fractional parts of a sine, which repeat in every run.
fn jitter(index: u32) -> f64 {
    1.0 + 0.02 * ((f64::from(index) * 78.233).sin().abs() - 0.5)
}

fn observations() -> Vec<Observation> {
    let curve = law().at_tokens(Tokens(f64::INFINITY));
    (0..12)
        .map(|i| {
            let input = 1e6 * 10_f64.powf(0.4 * f64::from(i));
            Observation { input, loss: Nats(curve.loss(input).0 * jitter(i)) }
        })
        .collect()
}

fn runs() -> Vec<TrainingRun> {
    (0..240)
        .map(|i| {
            let params = Params(7e7 * 1.35_f64.powi((i % 16) as i32));
            let tokens = Tokens(5e8 * 1.4_f64.powi((i / 16) as i32));
            TrainingRun { params, tokens, loss: Nats(law().loss(params, tokens).0 * jitter(i)) }
        })
        .collect()
}

fn fits(criterion: &mut Criterion) {
    let (observations, runs) = (observations(), runs());
    criterion.bench_function("power law, 12 observations", |bencher| {
        bencher.iter(|| fit::power_law(black_box(&observations)));
    });
    criterion.bench_function("floored power law, 12 observations", |bencher| {
        bencher.iter(|| fit::floored_power_law(black_box(&observations), HOFFMANN_DELTA));
    });
    criterion.bench_function("parametric law, 240 runs", |bencher| {
        bencher.iter(|| fit::parametric_law(black_box(&runs), HOFFMANN_DELTA));
    });
    let floored = fit::floored_power_law(&observations, HOFFMANN_DELTA).expect("the data follow a law");
    criterion.bench_function("floored power law, 199 replicates", |bencher| {
        bencher.iter(|| floored.bootstrap(199, black_box(1)));
    });
    let parametric = fit::parametric_law(&runs, HOFFMANN_DELTA).expect("the data follow a law");
    let mut slow = criterion.benchmark_group("slow");
    slow.sample_size(10);
    slow.bench_function("parametric law, 199 replicates", |bencher| {
        bencher.iter(|| parametric.bootstrap(199, black_box(1)));
    });
    slow.finish();
}

criterion_group!(benches, fits);
criterion_main!(benches);
