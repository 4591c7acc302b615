//! What an isolated system keeps, and what a seed determines.

use particles::{Ensemble, Microstate, Parameters, Simulation, SystemSize};

fn liquid(n_particles: usize, density: f64, temperature: f64, seed: u64) -> Simulation {
    let size = SystemSize::new(n_particles).expect("an even square");
    let mut simulation =
        Simulation::new(Microstate::crystal(size, density, temperature, seed).expect("positive numbers"));
    let ensemble = Ensemble::ConstantDensity { temperature };
    simulation.advance(&Parameters { ensemble, ..Parameters::default() }, 4000);
    simulation
}

fn isolated() -> Parameters {
    Parameters { ensemble: Ensemble::ConstantEnergy, ..Parameters::default() }
}

/// Mean energy per particle over a thousand steps: the mean takes out the bounded ripple of velocity Verlet, of
/// order the time step squared, and leaves the drift.
fn mean_energy(simulation: &mut Simulation) -> f64 {
    let samples = 200;
    let mut sum = 0.0;
    for _ in 0..samples {
        simulation.advance(&isolated(), 5);
        sum += simulation.total_energy();
    }
    sum / f64::from(samples) / simulation.microstate().n_particles() as f64
}

#[test]
fn energy_drifts_by_less_than_1e_4_per_particle_over_ten_thousand_steps() {
    // A hot liquid, one about to freeze, and a crystal, at all sizes of the page. The drift is a random walk that
    // falls as N^(-1/2); over 24 seeds of the smallest system its standard deviation is 2e-5.
    for n_particles in [16, 64, 256, 1024] {
        for (density, temperature) in [(0.75, 0.7), (0.78, 0.5), (0.88, 0.3)] {
            for seed in 1..=if n_particles < 256 { 4 } else { 1 } {
                let mut simulation = liquid(n_particles, density, temperature, seed);
                let start = mean_energy(&mut simulation);
                simulation.advance(&isolated(), 9000);
                let drift = mean_energy(&mut simulation) - start;
                assert!(drift.abs() < 1e-4, "N = {n_particles}, T = {temperature}, seed {seed}: {drift:.1e}");
            }
        }
    }
}

#[test]
fn energy_error_falls_as_the_square_of_the_time_step() {
    // Second order is what makes the integrator velocity Verlet: half the step, a quarter of the ripple.
    let ripple = |time_step: f64| {
        let mut simulation = liquid(256, 0.88, 0.3, 2);
        let parameters = Parameters { ensemble: Ensemble::ConstantEnergy, time_step };
        let energies: Vec<f64> = (0..1000)
            .map(|_| {
                simulation.advance(&parameters, 1);
                simulation.total_energy()
            })
            .collect();
        let mean = energies.iter().sum::<f64>() / 1000.0;
        (energies.iter().map(|e| (e - mean).powi(2)).sum::<f64>() / 1000.0).sqrt()
    };
    let ratio = ripple(0.01) / ripple(0.005);
    // The two cover different lengths of time: between 3 and 5, not 2.
    assert!((3.0..5.0).contains(&ratio), "{ratio}");
}

#[test]
fn momentum_stays_zero_in_every_ensemble() {
    let ensembles = [
        Ensemble::ConstantEnergy,
        Ensemble::ConstantDensity { temperature: 0.5 },
        Ensemble::ConstantPressure { temperature: 0.5, pressure: 0.5 },
    ];
    for ensemble in ensembles {
        let mut simulation = liquid(256, 0.75, 0.6, 3);
        simulation.advance(&Parameters { ensemble, ..Parameters::default() }, 5000);
        for axis in 0..2 {
            let momentum: f64 = simulation.microstate().velocities().iter().map(|v| v[axis]).sum();
            // Forces on pairs cancel exactly, but the sums of 256 times a dozen of them are rounded to single precision,
            // about 1e-6 each, 5,000 times. The momentum of one particle is 0.7.
            assert!(momentum.abs() < 1e-4, "{ensemble:?}: {momentum:e}");
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_run_and_another_seed_another() {
    let run = |seed| {
        let mut simulation = liquid(64, 0.75, 0.6, seed);
        simulation.advance(&Parameters::default(), 5000);
        simulation.into_microstate()
    };
    assert_eq!(run(4), run(4));
    assert_ne!(run(4).positions(), run(5).positions());
}

#[test]
fn a_run_does_not_depend_on_how_it_is_cut_into_calls() {
    let mut whole = liquid(64, 0.75, 0.6, 6);
    let mut pieces = whole.clone();
    whole.advance(&Parameters::default(), 1000);
    for n_steps in [1, 7, 13, 29, 450, 500] {
        pieces.advance(&Parameters::default(), n_steps);
    }
    assert_eq!(whole.microstate(), pieces.microstate());
}
