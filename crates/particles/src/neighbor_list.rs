//! Who can feel whom: a Verlet list with a skin, built from cells.
//!
//! The list holds every pair within [`REACH`] = cutoff + skin once, together with the periodic image of the
//! second particle, so the force loop neither searches nor rounds. It stays valid until two particles could
//! have met that were farther apart than `REACH` when it was built; see [`NeighborList::is_stale`].

use crate::{PeriodicBox, lennard_jones::R_CUT};

/// How much farther than the cutoff the list looks, in sigma: a thicker skin means fewer rebuilds but more pairs
/// to pass over. From 0.3 to 0.5 the speed of a liquid of 64 to 1,024 particles is the same within 5 %
/// (measured with `benches/steps.rs`).
const SKIN: f64 = 0.4;

/// How far the list looks, in sigma; no box may be shorter.
pub(crate) const REACH: f64 = R_CUT + SKIN;

/// The second particle of a pair and its periodic image, in one word: the index above, three bits of image below.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Neighbor(u32);

impl Neighbor {
    const IMAGE_BITS: u32 = 3;

    /// Only forward images occur: x in -1..=1 and y in 0..=1.
    fn new(index: usize, image: [i32; 2]) -> Self {
        let image = (image[0] + 1 + 3 * image[1]) as u32;
        Self((index as u32) << Self::IMAGE_BITS | image)
    }

    pub(crate) fn index(self) -> usize {
        (self.0 >> Self::IMAGE_BITS) as usize
    }

    fn image(self) -> usize {
        (self.0 & ((1 << Self::IMAGE_BITS) - 1)) as usize
    }
}

/// Pairs within reach; derived from a microstate, and no part of it.
#[derive(Clone, Debug)]
pub(crate) struct NeighborList {
    /// Neighbors of particle i are `neighbors[starts[i]..starts[i + 1]]`.
    starts: Vec<usize>,
    neighbors: Vec<Neighbor>,
    /// Displacement of each image; the last two of the eight codes do not occur.
    image_shifts: [[f64; 2]; 8],
    /// Positions when the list was built, scaled with the box since.
    reference: Vec<[f64; 2]>,
    /// Side of the box now over its side when the list was built.
    scale: f64,
}

impl NeighborList {
    /// The list for `positions`, all of which lie in the box.
    pub(crate) fn new(positions: &[[f64; 2]], periodic_box: &PeriodicBox) -> Self {
        let mut list = Self {
            starts: Vec::new(),
            neighbors: Vec::new(),
            image_shifts: [[0.0; 2]; 8],
            reference: Vec::new(),
            scale: 1.0,
        };
        list.rebuild(positions, periodic_box);
        list
    }

    /// Finds all pairs anew for `positions`, all of which lie in the box.
    pub(crate) fn rebuild(&mut self, positions: &[[f64; 2]], periodic_box: &PeriodicBox) {
        self.set_image_shifts(periodic_box);
        self.scale = 1.0;
        self.reference.clear();
        self.reference.extend_from_slice(positions);
        self.starts.clear();
        self.neighbors.clear();

        let cells = Cells::new(positions, periodic_box);
        for (i, &position) in positions.iter().enumerate() {
            self.starts.push(self.neighbors.len());
            let [column, row] = cells.cell_of(position);
            self.list_within_reach(position, cells.members([column, row]), [0, 0], |j| j > i);
            // Half of the eight cells around: the other half finds this particle from its own side.
            for [dx, dy] in [[1, 0], [-1, 1], [0, 1], [1, 1]] {
                let (cell, image) = cells.wrap([column + dx, row + dy]);
                self.list_within_reach(position, cells.members(cell), image, |_| true);
            }
        }
        self.starts.push(self.neighbors.len());
    }

    /// Lists those of `candidates`, in the given image, that are wanted and within reach of `position`.
    ///
    /// Which ones are is anyone's guess, the processor's too: every candidate is written, and the next one written
    /// over it if it was out of reach. That takes two thirds of the time of branching.
    fn list_within_reach(
        &mut self,
        position: [f64; 2],
        candidates: &[usize],
        image: [i32; 2],
        wanted: impl Fn(usize) -> bool,
    ) {
        let mut n_listed = self.neighbors.len();
        self.neighbors.resize(n_listed + candidates.len(), Neighbor(0));
        for &j in candidates {
            let neighbor = Neighbor::new(j, image);
            self.neighbors[n_listed] = neighbor;
            let ([x, y], [shift_x, shift_y]) = (self.reference[j], self.image_shift(neighbor));
            let (dx, dy) = (x + shift_x - position[0], y + shift_y - position[1]);
            let within_reach = dx * dx + dy * dy < REACH * REACH;
            n_listed += usize::from(within_reach) & usize::from(wanted(j));
        }
        self.neighbors.truncate(n_listed);
    }

    /// Whether a pair that is not listed could be within the cutoff.
    ///
    /// An unlisted pair was at least `REACH` apart. Since then the box has scaled by s, and no particle has moved
    /// more than d besides, so the pair is at least s REACH - 2 d apart now.
    pub(crate) fn is_stale(&self, positions: &[[f64; 2]]) -> bool {
        let allowance = (0.5 * (self.scale * REACH - R_CUT)).max(0.0);
        let moved_too_far = |(a, b): (&[f64; 2], &[f64; 2])| {
            let (dx, dy) = (a[0] - b[0], a[1] - b[1]);
            dx * dx + dy * dy > allowance * allowance
        };
        positions.iter().zip(&self.reference).any(moved_too_far)
    }

    /// Follows a box and its particles, scaled by `factor` about the origin to `periodic_box`.
    pub(crate) fn rescale(&mut self, factor: f64, periodic_box: &PeriodicBox) {
        self.set_image_shifts(periodic_box);
        self.scale *= factor;
        for position in &mut self.reference {
            *position = position.map(|x| factor * x);
        }
    }

    /// The listed neighbors of particle `i`; each pair appears with one of its two particles only.
    pub(crate) fn of(&self, i: usize) -> &[Neighbor] {
        &self.neighbors[self.starts[i]..self.starts[i + 1]]
    }

    /// What to add to the neighbor's position to find its image.
    pub(crate) fn image_shift(&self, neighbor: Neighbor) -> [f64; 2] {
        self.image_shifts[neighbor.image()]
    }

    fn set_image_shifts(&mut self, periodic_box: &PeriodicBox) {
        let [width, height] = periodic_box.sides();
        self.image_shifts =
            std::array::from_fn(|image| [(image as f64 % 3.0 - 1.0) * width, (image / 3) as f64 * height]);
    }
}

/// Particles sorted into cells no narrower than the reach, so that neighbors are in the same or a touching cell.
struct Cells {
    n_columns: i32,
    n_rows: i32,
    /// Columns and rows per unit of length.
    frequency: [f64; 2],
    members: Vec<Vec<usize>>,
}

impl Cells {
    fn new(positions: &[[f64; 2]], periodic_box: &PeriodicBox) -> Self {
        let [width, height] = periodic_box.sides();
        let (n_columns, n_rows) = ((width / REACH) as i32, (height / REACH) as i32);
        let mut cells = Self {
            n_columns,
            n_rows,
            frequency: [f64::from(n_columns) / width, f64::from(n_rows) / height],
            members: vec![Vec::new(); (n_columns * n_rows) as usize],
        };
        for (i, &position) in positions.iter().enumerate() {
            let cell = cells.index(cells.cell_of(position));
            cells.members[cell].push(i);
        }
        cells
    }

    /// Column and row of the cell that holds `position`; a position rounded up to the far edge is in the last.
    fn cell_of(&self, position: [f64; 2]) -> [i32; 2] {
        let [x, y] = [position[0] * self.frequency[0], position[1] * self.frequency[1]];
        [(x as i32).min(self.n_columns - 1), (y as i32).min(self.n_rows - 1)]
    }

    /// The cell inside the box that stands for `cell`, and the image of the box that `cell` lies in.
    fn wrap(&self, cell: [i32; 2]) -> ([i32; 2], [i32; 2]) {
        let inside = [cell[0].rem_euclid(self.n_columns), cell[1].rem_euclid(self.n_rows)];
        (inside, [cell[0].div_euclid(self.n_columns), cell[1].div_euclid(self.n_rows)])
    }

    fn index(&self, [column, row]: [i32; 2]) -> usize {
        (row * self.n_columns + column) as usize
    }

    fn members(&self, cell: [i32; 2]) -> &[usize] {
        &self.members[self.index(cell)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Generator;

    /// Every pair within reach over all images, by trying them all: sorted (i, j, squared distance), i < j.
    fn brute_force(positions: &[[f64; 2]], periodic_box: &PeriodicBox) -> Vec<(usize, usize, f64)> {
        let [width, height] = periodic_box.sides();
        let mut pairs = Vec::new();
        for (j, b) in positions.iter().enumerate() {
            for (i, a) in positions[..j].iter().enumerate() {
                for (m, n) in (-2..=2).flat_map(|m| (-2..=2).map(move |n| (f64::from(m), f64::from(n)))) {
                    let (dx, dy) = (b[0] + m * width - a[0], b[1] + n * height - a[1]);
                    if dx * dx + dy * dy < REACH * REACH {
                        pairs.push((i, j, dx * dx + dy * dy));
                    }
                }
            }
        }
        pairs
    }

    fn listed(list: &NeighborList, positions: &[[f64; 2]]) -> Vec<(usize, usize, f64)> {
        let mut pairs = Vec::new();
        for (i, a) in positions.iter().enumerate() {
            for &neighbor in list.of(i) {
                let (b, shift) = (positions[neighbor.index()], list.image_shift(neighbor));
                let (dx, dy) = (b[0] + shift[0] - a[0], b[1] + shift[1] - a[1]);
                let j = neighbor.index();
                pairs.push((i.min(j), i.max(j), dx * dx + dy * dy));
            }
        }
        pairs
    }

    #[test]
    fn list_equals_brute_force_from_one_cell_to_many() {
        // Sides of 1, 1 and 2, 3 and many cells: the wrap of a single cell onto itself is the delicate case.
        for (n, width, height) in [(20, 3.0, 2.95), (30, 4.6, 6.1), (60, 9.0, 8.8), (200, 17.0, 12.0)] {
            let periodic_box = PeriodicBox::new(width, height).unwrap();
            let mut generator = Generator::new(n);
            let positions: Vec<[f64; 2]> =
                (0..n).map(|_| [width * generator.uniform(), height * generator.uniform()]).collect();
            let list = NeighborList::new(&positions, &periodic_box);
            let by_key = |a: &(usize, usize, f64), b: &(usize, usize, f64)| a.partial_cmp(b).unwrap();
            let (mut expected, mut found) =
                (brute_force(&positions, &periodic_box), listed(&list, &positions));
            expected.sort_by(by_key);
            found.sort_by(by_key);
            assert_eq!(expected.len(), found.len(), "{width} x {height}");
            for (e, f) in expected.iter().zip(&found) {
                assert!(e.0 == f.0 && e.1 == f.1 && (e.2 - f.2).abs() < 1e-12, "{e:?} {f:?}");
            }
        }
    }

    #[test]
    fn list_goes_stale_when_two_particles_could_have_met() {
        let periodic_box = PeriodicBox::new(10.0, 10.0).unwrap();
        let positions = vec![[2.0, 5.0], [8.0, 5.0]];
        let list = NeighborList::new(&positions, &periodic_box);
        // Half the skin is 0.2.
        assert!(!list.is_stale(&[[2.199, 5.0], [8.0, 5.0]]));
        assert!(list.is_stale(&[[2.201, 5.0], [8.0, 5.0]]));
    }

    #[test]
    fn shrinking_the_box_uses_up_the_skin() {
        let positions = [[2.0, 5.0], [8.0, 5.0]];
        let shrunk_by = |factor: f64| {
            let mut list = NeighborList::new(&positions, &PeriodicBox::new(10.0, 10.0).unwrap());
            list.rescale(factor, &PeriodicBox::new(10.0, 10.0).unwrap().scaled(factor));
            list.is_stale(&positions.map(|[x, y]| [factor * x + 0.1, factor * y]))
        };
        // Moved by 0.1 each, the allowance is 0.2 of the 0.4 skin; the box may take the rest: 2.7 / 2.9 = 0.931.
        assert!(!shrunk_by(0.932));
        assert!(shrunk_by(0.930));
    }
}
