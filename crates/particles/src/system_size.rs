//! How many particles there are, such that a triangular lattice fills the box.

use crate::{Error, PeriodicBox};

/// A number of particles N = n^2, with n even: n rows of n sites are one crystal in a periodic rectangle.
///
/// Rows of a triangular lattice with spacing a are a sqrt(3)/2 apart and alternate by a/2, so an even number of
/// rows closes on itself. n rows of n sites measure n a by n a sqrt(3)/2: the box of aspect ratio 2/sqrt(3) fits
/// the perfect crystal without strain at every density, and isotropic scaling keeps it so. Any other shape
/// would make the crystal choose between strain and defects, and blur the transition in small systems.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SystemSize {
    per_side: usize,
}

impl SystemSize {
    /// The size for `n_particles`, such as 16, 64, 256 or 1,024.
    ///
    /// # Errors
    /// [`Error::ParticleCount`] if `n_particles` is not the square of an even number of at least 4.
    pub fn new(n_particles: usize) -> Result<Self, Error> {
        let per_side = n_particles.isqrt();
        if per_side * per_side == n_particles && per_side.is_multiple_of(2) && per_side >= 4 {
            Ok(Self { per_side })
        } else {
            Err(Error::ParticleCount(n_particles))
        }
    }

    /// The number of particles, N.
    pub fn n_particles(self) -> usize {
        self.per_side * self.per_side
    }

    /// The box in which these particles have the given number density, in particles per sigma^2.
    ///
    /// # Errors
    /// [`Error::Density`] if `density` is not positive and finite; [`Error::BoxSide`] if it is so high that the
    /// box is shorter than the reach of the interaction (about 1.66 for 16 particles).
    pub fn periodic_box(self, density: f64) -> Result<PeriodicBox, Error> {
        if !(density > 0.0 && density.is_finite()) {
            return Err(Error::Density(density));
        }
        let spacing = lattice_spacing(density);
        let n = self.per_side as f64;
        PeriodicBox::new(n * spacing, n * spacing * row_height())
    }

    /// The sites of the triangular lattice that fills `periodic_box`, row by row, in sigma.
    pub(crate) fn sites(self, periodic_box: &PeriodicBox) -> Vec<[f64; 2]> {
        let n = self.per_side;
        let [width, height] = periodic_box.sides();
        let (column, row) = (width / n as f64, height / n as f64);
        (0..n * n)
            .map(|site| {
                let (x, y) = (site % n, site / n);
                // A quarter column and half a row in from the edge, so that no site lies on the boundary.
                [(x as f64 + 0.25 + 0.5 * (y % 2) as f64) * column, (y as f64 + 0.5) * row]
            })
            .collect()
    }
}

/// Distance between neighbors of the triangular lattice of the given density: density = 2 / (sqrt(3) a^2).
fn lattice_spacing(density: f64) -> f64 {
    (1.0 / (row_height() * density)).sqrt()
}

/// Distance between rows of a triangular lattice, in lattice spacings.
fn row_height() -> f64 {
    0.75f64.sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_even_squares_are_sizes() {
        for n_particles in [16, 36, 64, 256, 1024] {
            assert_eq!(SystemSize::new(n_particles).unwrap().n_particles(), n_particles);
        }
        for n_particles in [0, 4, 15, 25, 60, 1000] {
            assert_eq!(SystemSize::new(n_particles), Err(Error::ParticleCount(n_particles)));
        }
    }

    #[test]
    fn every_site_has_six_neighbors_at_one_spacing() {
        let size = SystemSize::new(64).unwrap();
        let periodic_box = size.periodic_box(0.86).unwrap();
        assert!((periodic_box.area() * 0.86 - 64.0).abs() < 1e-9);
        let sites = size.sites(&periodic_box);
        let spacing = lattice_spacing(0.86);
        for a in &sites {
            // The next shell is at sqrt(3) spacings; 1.2 separates the two.
            let near = sites.iter().map(|b| periodic_box.distance(*a, *b)).filter(|r| *r < 1.2 * spacing);
            let near: Vec<f64> = near.filter(|r| *r > 0.0).collect();
            assert_eq!(near.len(), 6);
            assert!(near.iter().all(|r| (r - spacing).abs() < 1e-9), "rounding only");
        }
    }

    #[test]
    fn impossible_densities_are_refused() {
        let size = SystemSize::new(16).unwrap();
        assert_eq!(size.periodic_box(0.0), Err(Error::Density(0.0)));
        assert!(matches!(size.periodic_box(2.0), Err(Error::BoxSide(_))));
    }
}
