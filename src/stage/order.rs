//! How ordered the surroundings of a particle are, and the color that stands for it.

use particles::{HexaticOrder, Voronoi};

/// Orders that take the first and the last color. In the liquid the median order is about 0.35 and in the crystal
/// about 0.85, with thermal scatter of 0.1 to 0.2 around either: between these two each phase has colors of its own.
const SPAN: (f64, f64) = (0.3, 0.92);

/// Order around each particle, 0 to 1: the modulus of psi6 averaged over the particle and its neighbors.
///
/// The psi6 of single particles scatters widely in both phases; averaged over a neighborhood, six directions that do
/// not agree cancel, and liquid and crystal come apart (compare Lechner and Dellago 2008, J. Chem. Phys. 129, 114707,
/// who average the three-dimensional order parameters so).
pub fn local_order(voronoi: &Voronoi, hexatic: &HexaticOrder) -> Vec<f64> {
    let local = hexatic.local();
    let around = |i: usize| {
        let bonds = voronoi.bonds(i);
        let [re, im] = bonds.iter().fold(local[i], |[re, im], bond| {
            let [a, b] = local[bond.neighbor];
            [re + a, im + b]
        });
        re.hypot(im) / (1 + bonds.len()) as f64
    };
    (0..local.len()).map(around).collect()
}

/// Which of so many even steps from disorder to order stands for an order.
pub fn step(order: f64, n_steps: usize) -> usize {
    let share = (order - SPAN.0) / (SPAN.1 - SPAN.0);
    (share * n_steps as f64).clamp(0.0, n_steps as f64 - 1.0) as usize
}

#[cfg(test)]
mod tests {
    use particles::{Generator, Microstate, PeriodicBox, SystemSize};

    use super::*;

    fn of(positions: &[[f64; 2]], periodic_box: &PeriodicBox) -> Vec<f64> {
        let voronoi = Voronoi::of(positions, periodic_box);
        local_order(&voronoi, &HexaticOrder::of(&voronoi))
    }

    #[test]
    fn a_crystal_has_the_last_color_and_a_gas_the_first_ones() {
        let crystal = Microstate::crystal(SystemSize::new(256).unwrap(), 0.85, 0.3, 1).unwrap();
        let order = of(crystal.positions(), crystal.periodic_box());
        assert!(order.iter().all(|&order| step(order, 6) == 5));
        let mut generator = Generator::new(1);
        let side = 20.0;
        let gas: Vec<_> =
            (0..400).map(|_| [side * generator.uniform(), side * generator.uniform()]).collect();
        let order = of(&gas, &PeriodicBox::new(side, side).unwrap());
        let low = order.iter().filter(|&&order| step(order, 6) < 2).count();
        assert!(low > 300, "{low} of 400");
    }
}
