//! Steps per second of a liquid at constant pressure.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use particles::{Ensemble, HexaticOrder, Microstate, Parameters, Simulation, SystemSize, Voronoi};

const STEPS: usize = 100;

fn liquid(n_particles: usize, parameters: &Parameters) -> Simulation {
    let size = SystemSize::new(n_particles).expect("an even square");
    let crystal = Microstate::crystal(size, 0.7, 0.7, 1).expect("density and temperature are positive");
    let mut simulation = Simulation::new(crystal);
    simulation.advance(parameters, 5000);
    simulation
}

fn steps(criterion: &mut Criterion) {
    let ensemble = Ensemble::ConstantPressure { temperature: 0.6, pressure: 0.5 };
    let parameters = Parameters { ensemble, ..Parameters::default() };
    for n_particles in [64, 256, 1024] {
        let mut simulation = liquid(n_particles, &parameters);
        let mut group = criterion.benchmark_group("advance");
        group.throughput(Throughput::Elements(STEPS as u64));
        group.bench_function(n_particles.to_string(), |bencher| {
            bencher.iter(|| simulation.advance(&parameters, STEPS));
        });
        group.finish();
        criterion.bench_function(&format!("hexatic order/{n_particles}"), |bencher| {
            let state = simulation.microstate();
            bencher.iter(|| HexaticOrder::of(&Voronoi::of(state.positions(), state.periodic_box())).global());
        });
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = steps
}
criterion_main!(benches);
