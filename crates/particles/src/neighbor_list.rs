//! Who can feel whom: a Verlet list with a skin, built from cells.
//!
//! The list holds every pair within [`REACH`] = cutoff + skin once. It stays valid until
//! two particles could have met that were farther apart than `REACH` when it was built. Here the sites are sorted into
//! cells; the search itself is the kernel's.

use crate::{
    kernel::{Cell, Frame, Row, SITE, Site},
    lennard_jones::R_CUT,
};

/// How much farther than the cutoff the list looks, in sigma: a thicker skin means fewer rebuilds but more pairs
/// to pass over. From 0.3 to 0.5 the speed of a liquid of 500 to 2,000 particles is the same within 5 %
/// (measured in Chromium with `cargo xtask bench`).
const SKIN: f64 = 0.4;

/// How far the list looks, in sigma; no box may be shorter.
pub(crate) const REACH: f64 = R_CUT + SKIN;

/// How many sorted sites may be read beyond the last.
const OVERRUN: usize = 3;

/// Pairs within reach; derived from a microstate, and no part of it.
#[derive(Clone, Debug)]
pub(crate) struct NeighborList {
    rows: Vec<Row>,
    unsorted_rows: Vec<Row>,
    row_starts: Vec<usize>,
    neighbors: Vec<u32>,
    /// Coordinates of the sites when the list was built.
    reference: Vec<[i32; 2]>,
    /// Side of the box now over its side when the list was built.
    scale: f64,
    cells: Vec<Cell>,
    /// From and to, in sorted sites.
    spans: Vec<[u32; 2]>,
    sorted_x: Vec<i32>,
    sorted_y: Vec<i32>,
    sorted_places: Vec<i32>,
}

impl NeighborList {
    /// An empty list, to be prepared and made.
    pub(crate) fn new() -> Self {
        Self {
            rows: Vec::new(),
            unsorted_rows: Vec::new(),
            row_starts: Vec::new(),
            neighbors: Vec::new(),
            reference: Vec::new(),
            scale: 1.0,
            cells: Vec::new(),
            spans: Vec::new(),
            sorted_x: Vec::new(),
            sorted_y: Vec::new(),
            sorted_places: Vec::new(),
        }
    }

    /// Sorts the first `n_sites` of `sites`, whose coordinates repeat after `period` (sigma), for the kernel to search,
    /// and makes room for all it may find.
    pub(crate) fn prepare(&mut self, sites: &[Site], n_sites: usize, period: [f64; 2]) {
        self.scale = 1.0;
        self.reference.clear();
        self.reference.extend(sites.iter().map(|site| site.coordinates));
        self.rows.resize(n_sites, Row::default());
        let grid = period.map(|length| (length / REACH) as usize);
        self.sort(&sites[..n_sites], grid);
        let room = self.span_cells(grid);
        if self.neighbors.len() < room {
            self.neighbors.resize(room, 0);
        }
    }

    /// Sorts sites by cell, cells no narrower than the reach in the given number of columns and rows.
    fn sort(&mut self, sites: &[Site], [n_columns, n_rows]: [usize; 2]) {
        // Coordinates are whole numbers of 2^-32 of the period, counted from 0 when taken as unsigned.
        let index = |coordinate: i32, n: usize| ((u64::from(coordinate as u32) * n as u64) >> 32) as usize;
        let cell_of = |[x, y]: [i32; 2]| index(y, n_rows) * n_columns + index(x, n_columns);

        // Of each cell: how many members it has, then where they begin, then, when all are placed, where they end.
        self.cells.clear();
        self.cells.resize(n_columns * n_rows, Cell::default());
        for site in sites {
            self.cells[cell_of(site.coordinates)].members[1] += 1;
        }
        let mut start = 0;
        for cell in &mut self.cells {
            let n_members = cell.members[1];
            cell.members = [start; 2];
            start += n_members;
        }
        for sorted in [&mut self.sorted_x, &mut self.sorted_y, &mut self.sorted_places] {
            sorted.resize(sites.len() + OVERRUN, 0);
        }
        for (i, site) in sites.iter().enumerate() {
            let end = &mut self.cells[cell_of(site.coordinates)].members[1];
            let slot = *end as usize;
            *end += 1;
            [self.sorted_x[slot], self.sorted_y[slot]] = site.coordinates;
            self.sorted_places[slot] = (SITE * i) as i32;
        }
    }

    /// Names for each cell the spans of sorted sites in it and around it, and returns an upper bound of how many
    /// neighbors there are, each row filled up to a multiple of four.
    fn span_cells(&mut self, [n_columns, n_rows]: [usize; 2]) -> usize {
        let mut room = 0;
        self.spans.clear();
        for row in 0..n_rows {
            for column in 0..n_columns {
                let first_span = self.spans.len();
                for near_row in around(row, n_rows) {
                    // Cells of a row follow each other, and so do their sites: one span unless the row wraps around.
                    for [from, to] in stretches(column, n_columns) {
                        let members = |column: usize| self.cells[near_row * n_columns + column].members;
                        self.spans.push([members(from)[0], members(to)[1]]);
                    }
                }
                let n_candidates: u32 = self.spans[first_span..].iter().map(|[from, to]| to - from).sum();
                let cell = &mut self.cells[row * n_columns + column];
                cell.spans = [first_span as u32, self.spans.len() as u32];
                // The last four that are tried may all be written beyond the last that is listed.
                room +=
                    ((cell.members[1] - cell.members[0]) * (n_candidates + 4).next_multiple_of(4)) as usize;
            }
        }
        room
    }

    /// Sorts the rows by length, so that the processor guesses right where a row ends.
    pub(crate) fn sort_rows(&mut self) {
        let Some(longest) = self.rows.iter().map(|row| row.n_fours as usize).max() else { return };
        // Where the rows of each length begin.
        self.row_starts.clear();
        self.row_starts.resize(longest + 2, 0);
        for row in &self.rows {
            self.row_starts[row.n_fours as usize + 1] += 1;
        }
        for length in 0..=longest {
            self.row_starts[length + 1] += self.row_starts[length];
        }
        self.unsorted_rows.clone_from(&self.rows);
        for row in &self.unsorted_rows {
            let slot = &mut self.row_starts[row.n_fours as usize];
            self.rows[*slot] = *row;
            *slot += 1;
        }
    }

    /// How far a particle may move before a pair that is not listed could be within the cutoff, in sigma.
    ///
    /// An unlisted pair was at least `REACH` apart. Since then the box has scaled by s, and no particle has moved
    /// more than d besides, so the pair is at least s REACH - 2 d apart now.
    fn allowance(&self) -> f64 {
        (0.5 * (self.scale * REACH - R_CUT)).max(0.0)
    }

    /// Follows a box and its particles, scaled by `factor`.
    pub(crate) fn rescale(&mut self, factor: f64) {
        self.scale *= factor;
    }

    /// Lends the kernel the list.
    pub(crate) fn lend(&mut self, frame: &mut Frame) {
        frame.rows = self.rows.as_mut_ptr();
        frame.neighbors = self.neighbors.as_mut_ptr();
        frame.reference = self.reference.as_ptr();
        frame.cells = self.cells.as_ptr();
        frame.n_cells = self.cells.len();
        frame.spans = self.spans.as_ptr();
        frame.sorted_x = self.sorted_x.as_ptr();
        frame.sorted_y = self.sorted_y.as_ptr();
        frame.sorted_places = self.sorted_places.as_ptr();
        frame.allowance_squared = self.allowance().powi(2) as f32;
        frame.reach_squared = (REACH * REACH) as f32;
    }
}

/// The indices next to `index` and itself, around the end of `n`, each once.
fn around(index: usize, n: usize) -> impl Iterator<Item = usize> {
    let (first, count) = if n <= 3 { (0, n) } else { (index + n - 1, 3) };
    (first..first + count).map(move |k| k % n)
}

/// [`around`] as unbroken stretches, from and to inclusive.
fn stretches(index: usize, n: usize) -> impl Iterator<Item = [usize; 2]> {
    let (one, other) = if n <= 3 {
        ([0, n - 1], None)
    } else if index == 0 {
        ([0, 1], Some([n - 1, n - 1]))
    } else if index == n - 1 {
        ([n - 2, n - 1], Some([0, 0]))
    } else {
        ([index - 1, index + 1], None)
    };
    std::iter::once(one).chain(other)
}

#[cfg(test)]
impl NeighborList {
    /// The pairs of sites listed, without `filler`.
    pub(crate) fn pairs(&self, filler: usize) -> Vec<[usize; 2]> {
        let row = |row: &Row| {
            let start = row.start as usize;
            let site = row.site as usize;
            let places = self.neighbors[start..start + 4 * row.n_fours as usize].iter();
            places.map(move |&place| [site, place as usize / SITE]).collect::<Vec<_>>()
        };
        self.rows.iter().flat_map(row).filter(|pair| pair[1] != filler).collect()
    }
}
