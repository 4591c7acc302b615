//! Pressure and density answer each other as thermodynamics says.
//!
//! The virial formula is checked against independent calculations: a partition function and a second virial
//! coefficient by quadrature here, the derivative of the energy by scaling in `interactions.rs`; and against a published
//! state in `published_states.rs`.

use particles::{Ensemble, Microstate, Parameters, PeriodicBox, Simulation, SystemSize, lennard_jones};

/// B2 = -pi times the integral over r of r (exp(-u(r) / T) - 1), by the midpoint rule; in sigma^2.
fn second_virial_coefficient(temperature: f64) -> f64 {
    let n = 100_000;
    let h = lennard_jones::R_CUT / f64::from(n);
    let mayer = |r: f64| r * ((-lennard_jones::energy(r) / temperature).exp() - 1.0);
    -std::f64::consts::PI * h * (0..n).map(|k| mayer(h * (f64::from(k) + 0.5))).sum::<f64>()
}

struct Means {
    pressure: f64,
    area: f64,
    area_variance: f64,
}

/// Time averages over `samples` samples 20 steps apart, after a quarter as many to relax.
fn means(simulation: &mut Simulation, ensemble: Ensemble, samples: usize) -> Means {
    let parameters = Parameters { ensemble, ..Parameters::default() };
    simulation.advance(&parameters, 5 * samples);
    let (mut pressures, mut areas) = (Vec::new(), Vec::new());
    for _ in 0..samples {
        simulation.advance(&parameters, 20);
        pressures.push(simulation.pressure());
        let area = simulation.microstate().periodic_box().area();
        areas.push(area);
    }
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let area = mean(&areas);
    let squares: Vec<f64> = areas.iter().map(|v| (v - area).powi(2)).collect();
    Means { pressure: mean(&pressures), area, area_variance: mean(&squares) }
}

fn fluid(n_particles: usize, density: f64, temperature: f64) -> Simulation {
    let size = SystemSize::new(n_particles).expect("an even square");
    Simulation::new(Microstate::crystal(size, density, temperature, 1).expect("positive numbers"))
}

/// Mean pressure of three particles of zero total momentum in a square box: P V = 2 T + <sum of r . f> / 2, the mean
/// being over all places of two of them around the third, on a grid.
fn pressure_of_three(side: f64, temperature: f64) -> f64 {
    let n = 80;
    let h = side / f64::from(n);
    // Boltzmann factor, and virial times that, of the nearest images at each separation.
    let at = |i: i32, j: i32| {
        let r = [i, j].map(|k| h * f64::from(if 2 * k < n { k } else { k - n }));
        let r = r[0].hypot(r[1]);
        let weight = if r < 0.3 { 0.0 } else { (-lennard_jones::energy(r) / temperature).exp() };
        [weight, if r < 0.3 { 0.0 } else { weight * r * lennard_jones::force(r) }]
    };
    let grid: Vec<Vec<[f64; 2]>> = (0..n).map(|i| (0..n).map(|j| at(i, j)).collect()).collect();
    let (mut virial, mut weight) = (0.0, 0.0);
    for (a, b) in (0..n as usize).flat_map(|a| (0..n as usize).map(move |b| (a, b))) {
        // Two particles at (a, .) and (b, .): the third factor is that of their difference.
        let (row_a, row_b) = (&grid[a], &grid[b]);
        let difference = &grid[(a + n as usize - b) % n as usize];
        for (c, at_a) in row_a.iter().enumerate() {
            for (d, at_b) in row_b.iter().enumerate() {
                let others = at_b[0] * difference[(c + n as usize - d) % n as usize][0];
                weight += at_a[0] * others;
                // The three pairs are alike.
                virial += 3.0 * at_a[1] * others;
            }
        }
    }
    (2.0 * temperature + 0.5 * virial / weight) / side.powi(2)
}

#[test]
fn three_particles_have_the_pressure_of_their_partition_function() {
    // A thin gas would do as well but for its bound pairs, which only a third particle can join or part: they take
    // thousands of units of time to come into balance.
    let side = 6.0;
    for temperature in [0.6, 1.0] {
        let expected = pressure_of_three(side, temperature);
        let ideal = 2.0 * temperature / side.powi(2);
        assert!(expected < 0.97 * ideal, "attraction must show at this temperature");
        let positions = vec![[1.0, 1.0], [4.0, 3.5], [2.0, 5.0]];
        let velocities = vec![[0.6, 0.2], [-0.6, -0.2], [0.0, 0.0]];
        let periodic_box = PeriodicBox::new(side, side).expect("wider than the reach");
        let three = Microstate::new(positions, velocities, periodic_box, 1).expect("three of each");
        let ensemble = Ensemble::ConstantDensity { temperature };
        let found = means(&mut Simulation::new(three), ensemble, 100_000).pressure;
        // 10,000 units of time; the virial, of order 4, forgets itself in about 1: it scatters by 0.04, of P V = 1 and 2.
        assert!((found / expected - 1.0).abs() < 0.05, "T = {temperature}: {found} {expected}");
    }
}

#[test]
fn a_hot_gas_takes_the_volume_its_pressure_allows() {
    // V = N (T / P + B2) to first order, variance N (T / P)^2 of an ideal gas.
    let (n, temperature, pressure) = (64.0, 5.0, 0.5);
    let mut simulation = fluid(64, 0.1, temperature);
    let found = means(&mut simulation, Ensemble::ConstantPressure { temperature, pressure }, 20_000);
    let expected = n * (temperature / pressure + second_virial_coefficient(temperature));
    // 2,000 units of time hold about 40 independent areas (1 / (MOBILITY P) = 20, on either side): the mean scatters
    // by 2 %, the variance by 22 %. The third virial coefficient shifts both by about 1 %.
    assert!((found.area / expected - 1.0).abs() < 0.05, "{} {expected}", found.area);
    let variance = n * (temperature / pressure).powi(2);
    assert!((found.area_variance / variance - 1.0).abs() < 0.5, "{} {variance}", found.area_variance);
}

#[test]
fn fluctuations_of_the_area_are_its_compressibility() {
    // -dV/dP = variance / T at every pressure, so the area that is lost between two pressures is the integral of
    // the variance: Simpson's rule over three.
    let temperature = 1.0;
    let at = |pressure| {
        means(&mut fluid(64, 0.65, temperature), Ensemble::ConstantPressure { temperature, pressure }, 10_000)
    };
    let (low, middle, high) = (at(1.1), at(1.5), at(1.9));
    let lost = low.area - high.area;
    let integral =
        0.8 / 6.0 * (low.area_variance + 4.0 * middle.area_variance + high.area_variance) / temperature;
    // 1,000 units of time hold about 250 independent areas: the integral scatters by 7 %, the loss by 3 %.
    assert!((lost / integral - 1.0).abs() < 0.25, "{lost} {integral}");
}

#[test]
fn constant_pressure_and_constant_density_agree_on_a_liquid() {
    let (temperature, pressure) = (0.55, 0.5);
    let mut simulation = fluid(256, 0.7, 0.8);
    let area = means(&mut simulation, Ensemble::ConstantPressure { temperature, pressure }, 5000).area;
    let mut simulation = fluid(256, 256.0 / area, 0.8);
    let melted =
        Parameters { ensemble: Ensemble::ConstantDensity { temperature: 0.8 }, ..Parameters::default() };
    simulation.advance(&melted, 5000);
    let found = means(&mut simulation, Ensemble::ConstantDensity { temperature }, 5000).pressure;
    // The mean area scatters by 0.2 % (500 units of time, relaxation 2), times the bulk modulus of about 5: 0.01,
    // and the mean pressure by as much again.
    assert!((found - pressure).abs() < 0.06, "{found}");
}

#[test]
fn the_virial_pressure_averages_to_the_pistons() {
    let (temperature, pressure) = (0.35, 0.5);
    let mut simulation = fluid(256, 0.87, temperature);
    let found = means(&mut simulation, Ensemble::ConstantPressure { temperature, pressure }, 5000).pressure;
    // In a crystal too, where the pressure jitters most: by about 0.2 a sample, 0.01 in the mean of 500 units of time.
    assert!((found - pressure).abs() < 0.04, "{found}");
}
