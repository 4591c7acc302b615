//! Who is next to whom: the Voronoi cells of the particles in the periodic box.
//!
//! Neighbors are particles whose Voronoi cells share an edge (equivalently, a Delaunay bond). That definition has
//! no length to tune, works at every density, and gives each particle its own number of neighbors, so a crystal's
//! defects show as 5s and 7s; "the six nearest" could not show them, and a cutoff would mix density with order.
//! It is the usual choice in studies of two-dimensional melting.

use crate::PeriodicBox;

/// A shared edge of two Voronoi cells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bond {
    /// Index of the neighbor.
    pub neighbor: usize,
    /// Vector to the neighbor's image that is next to this particle, in sigma.
    pub separation: [f64; 2],
}

/// The bonds of every particle.
#[derive(Clone, Debug)]
pub struct Voronoi {
    /// Bonds of particle i are `bonds[starts[i]..starts[i + 1]]`, in order of angle.
    starts: Vec<usize>,
    bonds: Vec<Bond>,
}

impl Voronoi {
    /// The bonds of particles at `positions` (sigma; shape `[N][2]`, anywhere) in `periodic_box`.
    pub fn of(positions: &[[f64; 2]], periodic_box: &PeriodicBox) -> Self {
        let grid = Grid::new(positions, periodic_box);
        let mut voronoi = Self { starts: vec![0], bonds: Vec::with_capacity(6 * positions.len()) };
        let mut cell = Cell::default();
        for (i, &position) in grid.positions.iter().enumerate() {
            cell.reset(i, periodic_box.sides());
            for ring in 0.. {
                // Whoever is in this ring of the grid is at least this far away, and cuts only what is nearer
                // than half of it.
                let distance = (f64::from(ring - 1) * grid.narrowest).max(0.0);
                let may_cut = distance * distance <= 4.0 * cell.radius_squared();
                if !may_cut {
                    break;
                }
                grid.visit_ring(position, ring, |j, separation| {
                    if j != i || separation != [0.0, 0.0] {
                        cell.cut(Bond { neighbor: j, separation });
                    }
                });
            }
            voronoi.bonds.extend(cell.corners.iter().map(|corner| corner.next_edge));
            voronoi.starts.push(voronoi.bonds.len());
        }
        voronoi
    }

    /// The number of particles, N.
    pub fn n_particles(&self) -> usize {
        self.starts.len() - 1
    }

    /// The bonds of particle `i`, in order of angle. Each bond appears with both of its particles.
    ///
    /// # Panics
    /// If `i` is not below the number of particles.
    pub fn bonds(&self, i: usize) -> &[Bond] {
        &self.bonds[self.starts[i]..self.starts[i + 1]]
    }

    /// How many neighbors each particle has: 6 in a perfect crystal, and 6 on average always (Euler).
    pub fn neighbor_counts(&self) -> impl Iterator<Item = usize> {
        self.starts.windows(2).map(|range| range[1] - range[0])
    }

    /// The fraction of particles that do not have six neighbors, 0 to 1.
    pub fn defect_fraction(&self) -> f64 {
        self.neighbor_counts().filter(|&n| n != 6).count() as f64 / self.n_particles() as f64
    }
}

/// A corner of a cell, relative to its particle, and the edge that leads on from it counterclockwise.
#[derive(Clone, Copy, Debug)]
struct Corner {
    at: [f64; 2],
    next_edge: Bond,
}

/// A convex polygon that is cut down to a Voronoi cell.
#[derive(Clone, Debug, Default)]
struct Cell {
    corners: Vec<Corner>,
    cut_corners: Vec<Corner>,
}

impl Cell {
    /// The rectangle that a particle's own images leave it.
    fn reset(&mut self, i: usize, [width, height]: [f64; 2]) {
        let corner = |x: f64, y: f64, separation| Corner {
            at: [0.5 * x * width, 0.5 * y * height],
            next_edge: Bond { neighbor: i, separation },
        };
        self.corners.clear();
        self.corners.extend([
            corner(-1.0, -1.0, [0.0, -height]),
            corner(1.0, -1.0, [width, 0.0]),
            corner(1.0, 1.0, [0.0, height]),
            corner(-1.0, 1.0, [-width, 0.0]),
        ]);
    }

    /// Takes away what is nearer to the neighbor than to the particle.
    fn cut(&mut self, bond: Bond) {
        let [dx, dy] = bond.separation;
        let middle = 0.5 * (dx * dx + dy * dy);
        let excess = |corner: &Corner| corner.at[0] * dx + corner.at[1] * dy - middle;
        if self.corners.iter().all(|corner| excess(corner) <= 0.0) {
            return;
        }
        self.cut_corners.clear();
        for (k, corner) in self.corners.iter().enumerate() {
            let next = &self.corners[(k + 1) % self.corners.len()];
            let (here, there) = (excess(corner), excess(next));
            if here <= 0.0 {
                self.cut_corners.push(*corner);
            }
            if (here <= 0.0) != (there <= 0.0) {
                let along = here / (here - there);
                let at = [0, 1].map(|axis| corner.at[axis] + along * (next.at[axis] - corner.at[axis]));
                // Leaving the kept side, the new edge leads on; entering it, the rest of the old one.
                self.cut_corners
                    .push(Corner { at, next_edge: if here <= 0.0 { bond } else { corner.next_edge } });
            }
        }
        std::mem::swap(&mut self.corners, &mut self.cut_corners);
    }

    fn radius_squared(&self) -> f64 {
        self.corners.iter().map(|corner| corner.at[0].powi(2) + corner.at[1].powi(2)).fold(0.0, f64::max)
    }
}

/// Particles sorted into cells of about one particle each.
struct Grid {
    positions: Vec<[f64; 2]>,
    sides: [f64; 2],
    counts: [i32; 2],
    narrowest: f64,
    members: Vec<Vec<usize>>,
}

impl Grid {
    fn new(positions: &[[f64; 2]], periodic_box: &PeriodicBox) -> Self {
        let sides = periodic_box.sides();
        let spacing = (periodic_box.area() / positions.len().max(1) as f64).sqrt();
        let counts = sides.map(|side| ((side / spacing) as i32).max(1));
        let mut grid = Self {
            positions: positions.iter().map(|&p| periodic_box.wrap(p)).collect(),
            sides,
            counts,
            narrowest: (sides[0] / f64::from(counts[0])).min(sides[1] / f64::from(counts[1])),
            members: vec![Vec::new(); (counts[0] * counts[1]) as usize],
        };
        for i in 0..grid.positions.len() {
            let [column, row] = grid.cell_of(grid.positions[i]);
            grid.members[(row * counts[0] + column) as usize].push(i);
        }
        grid
    }

    fn cell_of(&self, position: [f64; 2]) -> [i32; 2] {
        [0, 1].map(|axis| {
            let cell = position[axis] / self.sides[axis] * f64::from(self.counts[axis]);
            (cell as i32).min(self.counts[axis] - 1)
        })
    }

    /// Calls `visit` with every particle in the square of cells at `ring` cells from that of `position`, and the
    /// vector to it.
    fn visit_ring(&self, position: [f64; 2], ring: i32, mut visit: impl FnMut(usize, [f64; 2])) {
        let [column, row] = self.cell_of(position);
        for dy in -ring..=ring {
            let stride = if dy.abs() == ring { 1 } else { (2 * ring).max(1) };
            for dx in (-ring..=ring).step_by(stride as usize) {
                let cell = [column + dx, row + dy];
                let inside = [0, 1].map(|axis| cell[axis].rem_euclid(self.counts[axis]));
                let shift =
                    [0, 1].map(|axis| f64::from(cell[axis].div_euclid(self.counts[axis])) * self.sides[axis]);
                for &j in &self.members[(inside[1] * self.counts[0] + inside[0]) as usize] {
                    visit(j, [0, 1].map(|axis| self.positions[j][axis] + shift[axis] - position[axis]));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Generator, SystemSize};
    use proptest::prelude::*;

    fn random(n: usize, seed: u64) -> (Vec<[f64; 2]>, PeriodicBox) {
        let periodic_box = PeriodicBox::new(9.0, 7.0).unwrap();
        let mut generator = Generator::new(seed);
        ((0..n).map(|_| [9.0 * generator.uniform(), 7.0 * generator.uniform()]).collect(), periodic_box)
    }

    #[test]
    fn a_crystal_has_six_neighbors_at_one_spacing_everywhere() {
        let size = SystemSize::new(64).unwrap();
        let periodic_box = size.periodic_box(0.9).unwrap();
        let voronoi = Voronoi::of(&size.sites(&periodic_box), &periodic_box);
        assert_eq!(voronoi.defect_fraction(), 0.0);
        let spacing = (2.0 / (3f64.sqrt() * 0.9)).sqrt();
        for bond in (0..64).flat_map(|i| voronoi.bonds(i)) {
            assert!((bond.separation[0].hypot(bond.separation[1]) - spacing).abs() < 1e-9);
        }
    }

    #[test]
    fn a_vacancy_turns_its_neighbors_into_defects() {
        let size = SystemSize::new(64).unwrap();
        let periodic_box = size.periodic_box(0.9).unwrap();
        let mut sites = size.sites(&periodic_box);
        sites.remove(27);
        assert!(Voronoi::of(&sites, &periodic_box).defect_fraction() > 0.0);
    }

    #[test]
    fn no_particle_is_nearer_to_a_voronoi_corner_than_its_owner() {
        // The defining property, by brute force over all images.
        let (positions, periodic_box) = random(40, 9);
        let grid = Grid::new(&positions, &periodic_box);
        let mut cell = Cell::default();
        for (i, &position) in positions.iter().enumerate() {
            cell.reset(i, periodic_box.sides());
            (0..6).for_each(|ring| {
                grid.visit_ring(position, ring, |j, separation| {
                    if separation != [0.0, 0.0] {
                        cell.cut(Bond { neighbor: j, separation });
                    }
                });
            });
            let found = Voronoi::of(&positions, &periodic_box);
            assert_eq!(found.bonds(i).len(), cell.corners.len(), "stopping early must lose nobody");
            for corner in &cell.corners {
                let place = [position[0] + corner.at[0], position[1] + corner.at[1]];
                let own = corner.at[0].hypot(corner.at[1]);
                let nearest =
                    positions.iter().map(|&p| periodic_box.distance(p, place)).fold(f64::MAX, f64::min);
                assert!((nearest - own).abs() < 1e-9, "{nearest} {own}");
            }
        }
    }

    proptest! {
        #[test]
        fn bonds_are_mutual_and_six_on_average(n in 4usize..60, seed in 0u64..1000) {
            let (positions, periodic_box) = random(n, seed);
            let voronoi = Voronoi::of(&positions, &periodic_box);
            prop_assert_eq!(voronoi.neighbor_counts().sum::<usize>(), 6 * n, "Euler's formula on a torus");
            for i in 0..n {
                for bond in voronoi.bonds(i) {
                    let back = |b: &&Bond| b.neighbor == i
                        && (b.separation[0] + bond.separation[0]).abs() < 1e-9
                        && (b.separation[1] + bond.separation[1]).abs() < 1e-9;
                    prop_assert!(voronoi.bonds(bond.neighbor).iter().any(|b| back(&b)));
                }
            }
        }
    }
}
