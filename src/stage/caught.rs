//! At build time: a moment for still pictures.

use particles::{HexaticOrder, Microstate, Simulation, Voronoi};

use super::{HOTTEST, Snapshot, local_order, parameters};

/// Steps for which a crystal melts: 30 units of time, far longer than it takes to lose all order.
const STEPS_TO_MELT: usize = 6_000;
const STEPS_BETWEEN_LOOKS: usize = 200;
/// Looks after which it must have frozen: 500 units of time, ten times what it takes.
const MOST_LOOKS: usize = 500;
/// Mean of the local order at which the particles are caught, about half way from liquid to crystal.
const HALF_WAY: f64 = 0.62;

/// Particles on their way from liquid to crystal: melted far above any melting point, then cooled at once to `bath`.
///
/// # Panics
/// If they do not freeze at this temperature.
pub fn caught_freezing(crystal: Microstate, bath: f64) -> Snapshot {
    let mut simulation = Simulation::new(crystal);
    simulation.advance(&parameters(HOTTEST), STEPS_TO_MELT);
    for _ in 0..MOST_LOOKS {
        simulation.advance(&parameters(bath), STEPS_BETWEEN_LOOKS);
        let state = simulation.microstate();
        let voronoi = Voronoi::of(state.positions(), state.periodic_box());
        let order = local_order(&voronoi, &HexaticOrder::of(&voronoi));
        if order.iter().sum::<f64>() > HALF_WAY * order.len() as f64 {
            return Snapshot::of(state, order);
        }
    }
    panic!("no order at temperature {bath} after {} steps", MOST_LOOKS * STEPS_BETWEEN_LOOKS);
}
