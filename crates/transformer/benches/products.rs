//! Floating-point operations per second of matrix products, for every kernel of this machine. "Elements" in criterion's
//! report are operations.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use transformer::Generator;
use transformer::matrix::{Kernel, Matrix, MatrixMut, Multiplier};

fn products(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("product");
    for (m, k, n) in [(64, 64, 64), (128, 512, 128), (1024, 64, 600)] {
        let generator = &mut Generator::from_seed(1);
        let mut random = |n: usize| -> Vec<f32> { (0..n).map(|_| generator.normal() as f32).collect() };
        let (left, weight) = (random(m * k), random(n * k));
        let mut out = vec![0.0; m * n];
        group.throughput(Throughput::Elements(2 * (m * k * n) as u64));
        for kernel in Kernel::available() {
            let mut multiplier = Multiplier::with_kernel(kernel);
            let size = format!("{m}x{k}x{n} {kernel:?}");
            // As in a forward pass: the right operand is a weight, transposed and packed each time.
            group.bench_function(BenchmarkId::new("forward", size), |bencher| {
                bencher.iter(|| {
                    let left = Matrix::new(black_box(&left), m, k);
                    let right = Matrix::new(&weight, n, k).transposed();
                    multiplier.set(MatrixMut::new(&mut out, m, n), left, right);
                });
            });
        }
    }
    group.finish();
}

criterion_group!(benches, products);
criterion_main!(benches);
