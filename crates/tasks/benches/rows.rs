//! How fast rows are drawn, in tokens per second: training must not wait for its text.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use tasks::{Corpus, Kind, Rng, Split};

fn rows(c: &mut Criterion) {
    let corpus = Corpus::new();
    let mut group = c.benchmark_group("rows");
    group.throughput(Throughput::Elements(corpus.mixture_floor().targets_per_row as u64));
    let mut rng = Rng::new(1);
    group.bench_function("mixture", |b| b.iter(|| corpus.sample_row(&mut rng, Split::Train)));
    for kind in Kind::ALL {
        group.throughput(Throughput::Elements(corpus.floor(kind).targets_per_row as u64));
        group.bench_function(kind.name(), |b| b.iter(|| corpus.sample_kind(kind, &mut rng, Split::Train)));
    }
    group.finish();
    c.bench_function("corpus", |b| b.iter(Corpus::new));
}

criterion_group!(benches, rows);
criterion_main!(benches);
