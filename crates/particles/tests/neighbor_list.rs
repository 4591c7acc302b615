//! The neighbor list forgets nobody, however long and in whatever box a run goes on.

use particles::{Ensemble, Microstate, Parameters, Simulation, SystemSize, lennard_jones};

/// Energy over all pairs and images, with no list.
fn brute_force_energy(state: &Microstate) -> f64 {
    let [width, height] = state.periodic_box().sides();
    let mut energy = 0.0;
    for (i, a) in state.positions().iter().enumerate() {
        for b in &state.positions()[..i] {
            for (m, n) in (-2..=2).flat_map(|m| (-2..=2).map(move |n| (f64::from(m), f64::from(n)))) {
                energy += lennard_jones::energy((b[0] - a[0] + m * width).hypot(b[1] - a[1] + n * height));
            }
        }
    }
    energy
}

#[test]
fn energy_equals_brute_force_all_along_a_violent_run() {
    // From a dense crystal to a hot gas that expands, back under a strong piston that shrinks the box, and at
    // every size: 16 particles live in one cell. Odd intervals land at all ages of the list.
    for n_particles in [16, 64, 256] {
        let size = SystemSize::new(n_particles).unwrap();
        let mut simulation = Simulation::new(Microstate::crystal(size, 0.9, 1.0, 1).unwrap());
        for (temperature, pressure) in [(2.0, 0.2), (0.5, 5.0), (1.0, 0.5)] {
            let ensemble = Ensemble::ConstantPressure { temperature, pressure };
            let parameters = Parameters { ensemble, ..Parameters::default() };
            for _ in 0..50 {
                simulation.advance(&parameters, 33);
                let expected = brute_force_energy(simulation.microstate());
                // Rounding to single precision. A pair forgotten 0.2 inside the cutoff would show as 2e-3.
                let error = (simulation.potential_energy() - expected).abs();
                assert!(error < 1e-6 * expected.abs().max(100.0), "N = {n_particles}: {error:e}");
            }
        }
    }
}
