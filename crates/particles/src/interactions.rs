//! Forces on all particles, with the energy and virial that the same pass over the pairs yields.

use crate::{lennard_jones::PowerSums, neighbor_list::NeighborList};

/// What the particles do to each other at the present positions; derived from a microstate, and no part of it.
#[derive(Clone, Debug)]
pub(crate) struct Interactions {
    /// Force on each particle, in epsilon / sigma.
    pub(crate) forces: Vec<[f64; 2]>,
    sums: PowerSums,
}

impl Interactions {
    pub(crate) fn new(positions: &[[f64; 2]], neighbor_list: &NeighborList) -> Self {
        let mut interactions = Self { forces: vec![[0.0; 2]; positions.len()], sums: PowerSums::default() };
        interactions.update(positions, neighbor_list);
        interactions
    }

    /// Computes everything anew; the list is not stale.
    pub(crate) fn update(&mut self, positions: &[[f64; 2]], neighbor_list: &NeighborList) {
        debug_assert_eq!(positions.len(), self.forces.len());
        let mut sums = PowerSums::default();
        self.forces.fill([0.0; 2]);
        for (i, &[x, y]) in positions.iter().enumerate() {
            let [mut force_x, mut force_y] = [0.0; 2];
            for &neighbor in neighbor_list.of(i) {
                let j = neighbor.index();
                let ([other_x, other_y], [shift_x, shift_y]) =
                    (positions[j], neighbor_list.image_shift(neighbor));
                let (dx, dy) = (x - (other_x + shift_x), y - (other_y + shift_y));
                let Some(force_over_distance) = sums.add_pair(dx * dx + dy * dy) else { continue };
                let (pair_x, pair_y) = (force_over_distance * dx, force_over_distance * dy);
                force_x += pair_x;
                force_y += pair_y;
                let reaction = &mut self.forces[j];
                reaction[0] -= pair_x;
                reaction[1] -= pair_y;
            }
            self.forces[i][0] += force_x;
            self.forces[i][1] += force_y;
        }
        self.sums = sums;
    }

    /// Potential energy of the whole system, in epsilon.
    pub(crate) fn energy(&self) -> f64 {
        self.sums.energy()
    }

    /// Sum of r . f over the pairs, in epsilon.
    pub(crate) fn virial(&self) -> f64 {
        self.sums.virial()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Generator, PeriodicBox, SystemSize, lennard_jones};

    /// A crystal shaken by 0.1 sigma: all forces differ, and no pair is absurdly close.
    fn shaken(n_particles: usize) -> (Vec<[f64; 2]>, PeriodicBox) {
        let size = SystemSize::new(n_particles).unwrap();
        let periodic_box = size.periodic_box(0.8).unwrap();
        let mut generator = Generator::new(5);
        let mut shake = |x: f64| x + 0.1 * generator.normal();
        let positions = size.sites(&periodic_box).into_iter().map(|p| periodic_box.wrap(p.map(&mut shake)));
        (positions.collect(), periodic_box)
    }

    /// Energy and forces from the pair functions over all images, with no list and no half counting.
    fn brute_force(positions: &[[f64; 2]], periodic_box: &PeriodicBox) -> (f64, Vec<[f64; 2]>) {
        let [width, height] = periodic_box.sides();
        let mut energy = 0.0;
        let mut forces = vec![[0.0; 2]; positions.len()];
        for (i, a) in positions.iter().enumerate() {
            for (_, b) in positions.iter().enumerate().filter(|(j, _)| *j != i) {
                for (m, n) in (-1..=1).flat_map(|m| (-1..=1).map(move |n| (f64::from(m), f64::from(n)))) {
                    let (dx, dy) = (a[0] - b[0] + m * width, a[1] - b[1] + n * height);
                    let r = dx.hypot(dy);
                    energy += 0.5 * lennard_jones::energy(r);
                    forces[i][0] += lennard_jones::force(r) * dx / r;
                    forces[i][1] += lennard_jones::force(r) * dy / r;
                }
            }
        }
        (energy, forces)
    }

    fn interactions(positions: &[[f64; 2]], periodic_box: &PeriodicBox) -> Interactions {
        Interactions::new(positions, &NeighborList::new(positions, periodic_box))
    }

    #[test]
    fn forces_and_energy_equal_brute_force() {
        // 16 particles see two images of the same neighbor; 256 need the cells.
        for n_particles in [16, 256] {
            let (positions, periodic_box) = shaken(n_particles);
            let found = interactions(&positions, &periodic_box);
            let (energy, forces) = brute_force(&positions, &periodic_box);
            // Sums of a few thousand terms of size 1 to 100, in another order.
            assert!((found.energy() - energy).abs() < 1e-10 * energy.abs());
            for (f, e) in found.forces.iter().flatten().zip(forces.iter().flatten()) {
                assert!((f - e).abs() < 1e-10, "{f} {e}");
            }
        }
    }

    #[test]
    fn forces_are_minus_the_gradient_of_the_energy() {
        let (positions, periodic_box) = shaken(64);
        let found = interactions(&positions, &periodic_box);
        for (i, axis) in [(0, 0), (17, 1), (40, 0), (63, 1)] {
            let energy_at = |h: f64| {
                let mut moved = positions.clone();
                moved[i][axis] += h;
                interactions(&moved, &periodic_box).energy()
            };
            let h = 1e-5;
            let gradient = (energy_at(h) - energy_at(-h)) / (2.0 * h);
            // h^2 u'''/6 is below 1e-6 here, and energies of size 100 rounded to 1e-14 of themselves give 1e-7.
            assert!((found.forces[i][axis] + gradient).abs() < 1e-5, "{gradient}");
        }
    }

    #[test]
    fn forces_sum_to_zero() {
        let (positions, periodic_box) = shaken(256);
        let forces = interactions(&positions, &periodic_box).forces;
        for axis in 0..2 {
            assert!(forces.iter().map(|f| f[axis]).sum::<f64>().abs() < 1e-10);
        }
    }

    #[test]
    fn virial_is_the_response_of_the_energy_to_scaling() {
        // dU/d(ln length) = -virial, whatever the formula for the virial says.
        let (positions, periodic_box) = shaken(256);
        let energy_at = |factor: f64| {
            let scaled: Vec<_> = positions.iter().map(|p| p.map(|x| factor * x)).collect();
            interactions(&scaled, &periodic_box.scaled(factor)).energy()
        };
        let h = 1e-6;
        let slope = (energy_at(1.0 + h) - energy_at(1.0 - h)) / (2.0 * h);
        let virial = interactions(&positions, &periodic_box).virial();
        // A pair that crosses the cutoff within h changes the energy by 0.039 h, the slope by as much at most.
        assert!((virial + slope).abs() < 1e-4 * virial.abs().max(100.0), "{virial} {slope}");
    }
}
