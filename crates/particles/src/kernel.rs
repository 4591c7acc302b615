//! The inner loops: steps of velocity Verlet, forces, and the search for neighbors.
//!
//! This file, `lanes.rs` and `lennard_jones.rs` are compiled twice for the page: into it, as part of this crate, and
//! with WebAssembly's vectors into a module of their own (`simd/module.rs`), which works on the page's memory where
//! the browser knows vectors. Hence raw pointers, and nothing here that may panic, allocate, or need a stack or
//! constants in memory.
//!
//! Positions are f64; forces are f32 from differences of fixed-point coordinates, whole numbers of 2^-32 of the
//! period. Their difference wraps around to the nearest image by itself, and is exact: only what the f32 make of it
//! is rounded, by about 1e-7 of itself. The energy drifts as it does with f64 throughout.

use crate::lanes::{F32x2, F32x4, F64x2, I32x4};
use crate::lennard_jones::{ENERGY_SHIFT, FORCE_SHIFT, R_CUT_SQUARED};

/// Adding it to a number below 2^51 leaves the number's integer part in the low bits, two's complement.
const TO_FIXED_POINT: f64 = 6_755_399_441_055_744.0; // 1.5 * 2^52

/// Bytes of a site.
pub(crate) const SITE: usize = size_of::<Site>();

/// What to do with a [`Frame`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Task {
    /// Take steps until none is left or the neighbor list is stale.
    Advance,
    /// Compute forces, energy and virial at the present coordinates.
    Interact,
    /// List the neighbors of all particles.
    List,
}

/// A particle, or one of its images: see [`Frame`].
#[derive(Clone, Copy, Debug, Default)]
#[repr(C)]
pub(crate) struct Site {
    /// Fixed-point.
    pub(crate) coordinates: [i32; 2],
    /// In epsilon / sigma.
    pub(crate) force: [f32; 2],
}

/// The neighbors of one site: where they start, and how many fours they are.
#[derive(Clone, Copy, Debug, Default)]
#[repr(C)]
pub(crate) struct Row {
    pub(crate) site: u32,
    pub(crate) start: u32,
    pub(crate) n_fours: u32,
}

/// The sorted sites of one cell, and the spans of sorted sites in and around it.
#[derive(Clone, Copy, Debug, Default)]
#[repr(C)]
pub(crate) struct Cell {
    pub(crate) members: [u32; 2],
    pub(crate) spans: [u32; 2],
}

/// Everything that the kernel reads and writes, by address.
///
/// A *site* is a particle or, in a box shorter than two reaches, one of its images: there the period is two boxes
/// long either way and every particle has four sites, particle + n_particles * copy, which all interact.
#[derive(Debug)]
#[repr(C)]
pub struct Frame {
    pub(crate) time_step: f64,
    /// Fixed-point units per sigma, either way.
    pub(crate) units: [f64; 2],
    /// Sums over all pairs of sites: energy and virial, both in epsilon.
    pub(crate) sums: [f64; 2],
    /// Sigma per fixed-point unit, either way.
    pub(crate) lengths: [f32; 2],
    /// The farthest that a particle may move before the list is stale, squared.
    pub(crate) allowance_squared: f32,
    pub(crate) reach_squared: f32,
    pub(crate) n_particles: usize,
    pub(crate) n_sites: usize,
    pub(crate) n_cells: usize,
    pub(crate) steps_left: usize,
    /// Whether the next step has already moved the particles and waits for a new list.
    pub(crate) moved: bool,
    /// Shape `[n_particles]`, as are velocities.
    pub(crate) positions: *mut [f64; 2],
    pub(crate) velocities: *mut [f64; 2],
    /// The sites, then unused ones up to a multiple of four, then the filler: when the neighbors of a site are taken by
    /// fours, it fills the last four up from half a period away.
    pub(crate) sites: *mut Site,
    /// Coordinates of the sites, and of the unused ones, when the list was made.
    pub(crate) reference: *const [i32; 2],
    /// One for each site.
    pub(crate) rows: *mut Row,
    /// Where among the sites each neighbor is, in bytes.
    pub(crate) neighbors: *mut u32,
    /// The cells, and spans of sorted sites.
    pub(crate) cells: *const Cell,
    pub(crate) spans: *const [u32; 2],
    /// Sites sorted by cell: coordinates, and where they are among the sites in bytes. Three more may be read.
    pub(crate) sorted_x: *const i32,
    pub(crate) sorted_y: *const i32,
    pub(crate) sorted_places: *const i32,
}

/// Does `task`.
///
/// # Safety
/// The pointers of `frame` are those that [`crate::interactions::Interactions`] sets.
pub(crate) unsafe fn run(task: Task, frame: &mut Frame) {
    // SAFETY: the caller's.
    unsafe {
        match task {
            Task::Advance => advance(frame),
            Task::Interact => {
                set_sites(frame);
                interact::<true>(frame);
            }
            Task::List => list(frame),
        }
    }
}

/// Velocity Verlet: kick for half a step, drift, compute forces, kick for half a step. The second kick of a step is
/// given together with the first of the next.
unsafe fn advance(frame: &mut Frame) {
    let mut n_kicks = 1;
    while frame.steps_left > 0 {
        if !frame.moved {
            // SAFETY: as in `run`.
            frame.moved = unsafe {
                drift(frame, n_kicks);
                is_stale(frame)
            };
            if frame.moved {
                return;
            }
        }
        frame.moved = false;
        frame.steps_left -= 1;
        n_kicks = 2;
        // SAFETY: as in `run`.
        unsafe {
            if frame.steps_left == 0 {
                interact::<true>(frame);
            } else {
                interact::<false>(frame);
            }
        }
    }
    for i in 0..frame.n_particles {
        // SAFETY: i is a particle.
        unsafe { kicked(frame, i, 1).store(frame.velocities.add(i)) };
    }
}

/// The velocity of particle `i` after so many kicks, each for half a time step.
#[inline]
unsafe fn kicked(frame: &Frame, i: usize, n_kicks: u32) -> F64x2 {
    // SAFETY: the caller's.
    unsafe {
        let kick = F32x2::load(&raw const (*frame.sites.add(i)).force).to_f64()
            * F64x2::new([0.5 * frame.time_step; 2]);
        let velocity = F64x2::load(frame.velocities.add(i)) + kick;
        if n_kicks == 2 { velocity + kick } else { velocity }
    }
}

/// Kicks, and lets all particles drift for a time step.
unsafe fn drift(frame: &Frame, n_kicks: u32) {
    let time_step = F64x2::new([frame.time_step; 2]);
    for i in 0..frame.n_particles {
        // SAFETY: i is a particle.
        unsafe {
            let velocity = kicked(frame, i, n_kicks);
            let position = F64x2::load(frame.positions.add(i)) + velocity * time_step;
            velocity.store(frame.velocities.add(i));
            position.store(frame.positions.add(i));
            set_site(frame, i, position);
        }
    }
    // SAFETY: as in `run`.
    unsafe { copy_sites(frame) };
}

/// Sets all sites where the particles are, without forces.
///
/// # Safety
/// As for [`run`].
pub(crate) unsafe fn set_sites(frame: &Frame) {
    for i in 0..frame.n_particles {
        // SAFETY: i is a particle.
        unsafe { set_site(frame, i, F64x2::load(frame.positions.add(i))) };
    }
    // SAFETY: the caller's.
    unsafe { copy_sites(frame) };
}

#[inline]
unsafe fn set_site(frame: &Frame, i: usize, position: F64x2) {
    let fixed_point = position * F64x2::new(frame.units) + F64x2::new([TO_FIXED_POINT; 2]);
    // SAFETY: the caller's; a site is four numbers of 32 bits.
    unsafe { fixed_point.store_low_bits(frame.sites.add(i).cast()) };
}

/// Sets the images of the particles, where there are any.
unsafe fn copy_sites(frame: &Frame) {
    let half_period = |copied: usize| (copied as i32) << 31;
    let (mut site, mut copy) = (frame.n_particles, 1);
    while site < frame.n_sites {
        for i in 0..frame.n_particles {
            // SAFETY: i is a particle, and its copy a site.
            unsafe {
                let Site { coordinates: [x, y], force } = *frame.sites.add(i);
                let coordinates =
                    [x.wrapping_add(half_period(copy & 1)), y.wrapping_add(half_period(copy >> 1))];
                *frame.sites.add(site) = Site { coordinates, force };
            }
            site += 1;
        }
        copy += 1;
    }
}

/// Whether a pair that is not listed could be within the cutoff.
///
/// # Safety
/// As for [`run`].
pub(crate) unsafe fn is_stale(frame: &Frame) -> bool {
    let [lx, ly] = frame.lengths.map(F32x4::splat);
    let allowance_squared = F32x4::splat(frame.allowance_squared);
    let mut far = I32x4::splat(0);
    let mut i = 0;
    while i < frame.n_particles {
        let four = [i, i + 1, i + 2, i + 3];
        // SAFETY: there are sites up to a multiple of four.
        let ([x, y], [x_then, y_then]) = unsafe {
            let now = I32x4::gather(four.map(|k| &raw const (*frame.sites.add(k)).coordinates));
            (now, I32x4::gather(four.map(|k| frame.reference.add(k))))
        };
        let (x, y) = ((x - x_then).to_f32() * lx, (y - y_then).to_f32() * ly);
        far = far.or(allowance_squared.below(x * x + y * y));
        i += 4;
    }
    far.bits() != 0
}

/// Adds all forces to those of the sites; sums energy and virial up if told to.
#[inline]
unsafe fn interact<const SUMMED: bool>(frame: &mut Frame) {
    let [lx, ly] = frame.lengths.map(F32x4::splat);
    let [r_cut_squared, force_shift] = [R_CUT_SQUARED as f32, FORCE_SHIFT as f32].map(F32x4::splat);
    let [half_shift, energy_shift] = [0.5 * FORCE_SHIFT as f32, ENERGY_SHIFT as f32].map(F32x4::splat);
    let [four, twenty_four, forty_eight] = [4.0, 24.0, 48.0].map(F32x4::splat);
    let sites = frame.sites;
    let filler = frame.n_sites.next_multiple_of(4);
    let mut sums = F64x2::new([0.0; 2]);
    // SAFETY: rows, neighbors and sites are as `Frame` says.
    unsafe {
        for row in 0..frame.n_sites {
            let Row { site, start, n_fours } = *frame.rows.add(row);
            let site = sites.add(site as usize);
            let [x, y] = (*site).coordinates;
            (*sites.add(filler)).coordinates = [x.wrapping_add(i32::MIN), y];
            let (x, y) = (I32x4::splat(x), I32x4::splat(y));
            let mut force = [F32x4::splat(0.0); 2];
            let mut energy_and_virial = [F32x4::splat(0.0); 2];
            let mut neighbor = frame.neighbors.add(start as usize).cast_const();
            let end = neighbor.add(4 * n_fours as usize);
            while neighbor < end {
                let others = [0, 1, 2, 3].map(|k| sites.byte_add(*neighbor.add(k) as usize));
                neighbor = neighbor.add(4);
                let [other_x, other_y] = I32x4::gather(others.map(|other| &raw const (*other).coordinates));
                let (dx, dy) = ((x - other_x).to_f32() * lx, (y - other_y).to_f32() * ly);
                let r_squared = dx * dx + dy * dy;
                let within = r_squared.below(r_cut_squared);
                let inverse = r_squared.reciprocal();
                let r6 = inverse * inverse * inverse;
                let force_over_distance =
                    ((r6 * forty_eight - twenty_four) * (r6 * inverse) - force_shift).masked(within);
                let (fx, fy) = (force_over_distance * dx, force_over_distance * dy);
                force = [force[0] + fx, force[1] + fy];
                F32x4::take_from(fx, fy, others.map(|other| &raw mut (*other).force));
                if SUMMED {
                    let energy = (r6 * r6 - r6) * four + r_squared * half_shift - energy_shift;
                    energy_and_virial[0] = energy_and_virial[0] + energy.masked(within);
                    energy_and_virial[1] =
                        energy_and_virial[1] + (force_over_distance * r_squared).masked(within);
                }
            }
            let own = &raw mut (*site).force;
            (F32x2::load(own) + F32x4::sums(force[0], force[1])).store(own);
            if SUMMED {
                sums = sums + F32x4::sums(energy_and_virial[0], energy_and_virial[1]).to_f64();
            }
        }
        if SUMMED {
            sums.store(&raw mut frame.sums);
        }
    }
}

/// Lists for every site those within reach that come after it in the order of the cells: each pair once.
///
/// Which ones are is anyone's guess, the processor's too: every candidate is written, and the next one written over
/// it if it was out of reach.
unsafe fn list(frame: &mut Frame) {
    let [lx, ly] = frame.lengths.map(F32x4::splat);
    let reach_squared = F32x4::splat(frame.reach_squared);
    let filler = (SITE * frame.n_sites.next_multiple_of(4)) as u32;
    let mut row = frame.rows;
    let mut n_listed = 0;
    // SAFETY: cells, spans and sorted sites are as `Frame` says, and there is room for all candidates.
    unsafe {
        for cell in 0..frame.n_cells {
            let cell = *frame.cells.add(cell);
            for member in cell.members[0]..cell.members[1] {
                let k = member as usize;
                let start = n_listed;
                let [x, y] = [frame.sorted_x, frame.sorted_y].map(|sorted| I32x4::splat(*sorted.add(k)));
                for span in cell.spans[0]..cell.spans[1] {
                    let [start, end] = *frame.spans.add(span as usize);
                    let mut candidate = start.max(member + 1);
                    while candidate < end {
                        let k = candidate as usize;
                        let dx = (I32x4::load(frame.sorted_x.add(k)) - x).to_f32() * lx;
                        let dy = (I32x4::load(frame.sorted_y.add(k)) - y).to_f32() * ly;
                        let mut wanted = (dx * dx + dy * dy).below(reach_squared).bits();
                        if end - candidate < 4 {
                            wanted &= (1 << (end - candidate)) - 1;
                        }
                        for lane in 0..4 {
                            *frame.neighbors.add(n_listed as usize) =
                                *frame.sorted_places.add(k + lane) as u32;
                            n_listed += (wanted >> lane) & 1;
                        }
                        candidate += 4;
                    }
                }
                while !n_listed.is_multiple_of(4) {
                    *frame.neighbors.add(n_listed as usize) = filler;
                    n_listed += 1;
                }
                let site = *frame.sorted_places.add(member as usize) as u32 / SITE as u32;
                *row = Row { site, start, n_fours: (n_listed - start) / 4 };
                row = row.add(1);
            }
        }
    }
}
