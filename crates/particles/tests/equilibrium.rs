//! The heat bath brings the canonical ensemble.

use particles::{Ensemble, Microstate, Parameters, Simulation, SystemSize};

const TEMPERATURE: f64 = 0.6;

fn bath() -> Parameters {
    Parameters { ensemble: Ensemble::ConstantDensity { temperature: TEMPERATURE }, ..Parameters::default() }
}

/// A liquid that starts far from Maxwell and Boltzmann: all particles are equally fast.
fn equally_fast() -> Simulation {
    let size = SystemSize::new(256).expect("an even square");
    let crystal = Microstate::crystal(size, 0.75, TEMPERATURE, 1).expect("positive numbers");
    let speed = (2.0 * TEMPERATURE).sqrt();
    let velocities = (0..256).map(f64::from).map(|angle| [speed * angle.cos(), speed * angle.sin()]);
    let positions = crystal.positions().to_vec();
    Simulation::new(
        Microstate::new(positions, velocities.collect(), *crystal.periodic_box(), 1).expect("256 of each"),
    )
}

/// Chi-squared of the kinetic energies of single particles against the exponential distribution that Maxwell and
/// Boltzmann give them in two dimensions, over 20 equally likely bins.
fn chi_squared(kinetic_energies: &[f64]) -> f64 {
    let mut counts = [0.0; 20];
    for energy in kinetic_energies {
        let quantile = 1.0 - (-energy / TEMPERATURE).exp();
        counts[((quantile * 20.0) as usize).min(19)] += 1.0;
    }
    let expected = kinetic_energies.len() as f64 / 20.0;
    counts.iter().map(|count: &f64| (count - expected).powi(2) / expected).sum()
}

fn kinetic_energies(simulation: &Simulation) -> Vec<f64> {
    simulation.microstate().velocities().iter().map(|[x, y]| 0.5 * (x * x + y * y)).collect()
}

#[test]
fn speeds_become_those_of_maxwell_and_boltzmann() {
    let mut simulation = equally_fast();
    assert!(chi_squared(&kinetic_energies(&simulation)) > 1000.0, "the start must not already pass");
    simulation.advance(&bath(), 5000);
    let mut all = Vec::new();
    for _ in 0..60 {
        // Two units of time: ten times what a velocity remembers itself for.
        simulation.advance(&bath(), 500);
        all.extend(kinetic_energies(&simulation));
    }
    // 15,360 energies, 19 degrees of freedom (temperature is not fitted): the chance to exceed 43.8 is 0.001.
    let statistic = chi_squared(&all);
    assert!(statistic < 43.8, "{statistic}");
}

#[test]
fn the_mean_temperature_is_the_baths() {
    let mut simulation = equally_fast();
    simulation.advance(&bath(), 5000);
    let samples = 1000;
    let mut sum = 0.0;
    for _ in 0..samples {
        simulation.advance(&bath(), 50);
        sum += simulation.microstate().temperature();
    }
    // 200 units of time hold about 200 independent temperatures, each scattering by sqrt(2 / 510) = 6 %.
    assert!((sum / f64::from(samples) / TEMPERATURE - 1.0).abs() < 0.02);
}
