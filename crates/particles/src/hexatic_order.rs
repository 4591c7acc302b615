//! The hexatic order parameter: how far the six directions to neighbors agree, around one particle and overall.
//!
//! psi6(j) = (1 / n_j) sum over the n_j bonds k of j of exp(6 i theta_jk), theta the bond's angle to a fixed axis;
//! Psi6 = |(1 / N) sum over j of psi6(j)| (Nelson and Halperin 1979, Phys. Rev. B 19, 2457). Bonds are those of
//! [`Voronoi`]. Psi6 is 1 in a perfect crystal, and falls as N^(-1/2) with size in a liquid, where far regions do
//! not know of each other.

use crate::Voronoi;

/// psi6 of every particle.
#[derive(Clone, Debug)]
pub struct HexaticOrder {
    local: Vec<[f64; 2]>,
}

impl HexaticOrder {
    /// The order of particles with the given bonds.
    pub fn of(voronoi: &Voronoi) -> Self {
        let local = |i: usize| {
            let bonds = voronoi.bonds(i);
            let [re, im] =
                bonds.iter().map(|bond| sixth_power_of_direction(bond.separation)).fold([0.0; 2], add);
            [re / bonds.len() as f64, im / bonds.len() as f64]
        };
        Self { local: (0..voronoi.n_particles()).map(local).collect() }
    }

    /// psi6 of each particle as real and imaginary part; shape `[N][2]`. The modulus, 0 to 1, says how ordered its
    /// surroundings are; the argument over 6 is their orientation, so grains differ in it.
    pub fn local(&self) -> &[[f64; 2]] {
        &self.local
    }

    /// Psi6 of the whole system, 0 to 1.
    pub fn global(&self) -> f64 {
        let [re, im] = self.local.iter().copied().fold([0.0; 2], add);
        re.hypot(im) / self.local.len() as f64
    }

    /// Mean over the particles of |psi6|, 0 to 1: order near at hand, whatever the orientation.
    pub fn mean_local(&self) -> f64 {
        self.local.iter().map(|[re, im]| re.hypot(*im)).sum::<f64>() / self.local.len() as f64
    }
}

/// exp(6 i theta) for a vector at angle theta: ((x + iy)^2)^3 / r^6, which needs no angle.
fn sixth_power_of_direction([x, y]: [f64; 2]) -> [f64; 2] {
    let r_squared = x * x + y * y;
    let [a, b] = [(x * x - y * y) / r_squared, 2.0 * x * y / r_squared];
    [a * (a * a - 3.0 * b * b), b * (3.0 * a * a - b * b)]
}

fn add(a: [f64; 2], b: [f64; 2]) -> [f64; 2] {
    [a[0] + b[0], a[1] + b[1]]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Generator, PeriodicBox, SystemSize};

    #[test]
    fn direction_power_is_that_of_the_angle() {
        for angle in [0.0, 0.3, 1.0, 2.5, -2.0] {
            let [re, im] = sixth_power_of_direction([1.7 * f64::cos(angle), 1.7 * f64::sin(angle)]);
            assert!((re - f64::cos(6.0 * angle)).abs() < 1e-12 && (im - f64::sin(6.0 * angle)).abs() < 1e-12);
        }
    }

    #[test]
    fn a_perfect_crystal_has_order_one_at_every_size() {
        for n_particles in [16, 64, 1024] {
            let size = SystemSize::new(n_particles).unwrap();
            let periodic_box = size.periodic_box(0.9).unwrap();
            let order = HexaticOrder::of(&Voronoi::of(&size.sites(&periodic_box), &periodic_box));
            assert!((order.global() - 1.0).abs() < 1e-9 && (order.mean_local() - 1.0).abs() < 1e-9);
        }
    }

    #[test]
    fn the_order_of_an_ideal_gas_falls_as_the_root_of_size() {
        // N <Psi^2> would be 1 for independent unit vectors; it is less because six directions partly cancel in each
        // psi6 (0.29, over 2,000 gases of each size). What must hold is that it is of order 1 and the same at all
        // sizes. The mean of 200 such squares scatters by 7 %, so 25 % is over three of them.
        let scaled_square = |n: usize| {
            let side = (n as f64).sqrt();
            let periodic_box = PeriodicBox::new(side, side).unwrap();
            let mut generator = Generator::new(n as u64);
            let squares = (0..200).map(|_| {
                let gas: Vec<_> =
                    (0..n).map(|_| [side * generator.uniform(), side * generator.uniform()]).collect();
                HexaticOrder::of(&Voronoi::of(&gas, &periodic_box)).global().powi(2)
            });
            n as f64 * squares.sum::<f64>() / 200.0
        };
        let [small, middle, large] = [36, 144, 576].map(scaled_square);
        assert!((0.1..1.0).contains(&middle), "{middle}");
        assert!(
            (small / middle - 1.0).abs() < 0.25 && (large / middle - 1.0).abs() < 0.25,
            "{small} {large}"
        );
    }
}
