//! Forces on all particles, with the energy and virial that the same pass over the pairs yields; and the steps that
//! the kernel takes under them.

use std::{fmt, ptr, rc::Rc};

use crate::{
    Microstate,
    kernel::{self, Frame, Site, Task},
    neighbor_list::{NeighborList, REACH},
};

/// Another implementation of the inner loops than this program's own: in the page, the module with vectors.
#[derive(Clone)]
pub struct Kernel(Rc<dyn Fn(Task, *mut Frame)>);

impl Kernel {
    /// The kernel that `run` calls.
    ///
    /// # Safety
    /// `run` does with the frame what this crate's own kernel does.
    pub unsafe fn new(run: impl Fn(Task, *mut Frame) + 'static) -> Self {
        Self(Rc::new(run))
    }
}

impl fmt::Debug for Kernel {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Kernel")
    }
}

/// What the particles do to each other at the present positions; derived from a microstate, and no part of it.
#[derive(Clone, Debug)]
pub(crate) struct Interactions {
    /// As [`Frame`] says.
    sites: Vec<Site>,
    /// Sites of each particle: 1, or 4 in a box shorter than two reaches.
    n_copies: usize,
    neighbor_list: NeighborList,
    energy: f64,
    virial: f64,
    kernel: Option<Kernel>,
}

impl Interactions {
    /// The interactions in `microstate`, which is wrapped.
    pub(crate) fn new(microstate: &mut Microstate) -> Self {
        let mut interactions = Self {
            sites: Vec::new(),
            n_copies: 1,
            neighbor_list: NeighborList::new(),
            energy: 0.0,
            virial: 0.0,
            kernel: None,
        };
        interactions.list(microstate);
        interactions.update(microstate);
        interactions
    }

    /// Lets `kernel` do the work from now on.
    pub(crate) fn set_kernel(&mut self, kernel: Kernel) {
        self.kernel = Some(kernel);
    }

    /// Takes `n_steps` steps of velocity Verlet.
    pub(crate) fn advance(&mut self, microstate: &mut Microstate, time_step: f64, n_steps: usize) {
        let (mut steps_left, mut moved) = (n_steps, false);
        while steps_left > 0 {
            let mut frame = Frame { time_step, steps_left, moved, ..self.frame(microstate) };
            self.run(Task::Advance, &mut frame);
            (steps_left, moved) = (frame.steps_left, frame.moved);
            if moved {
                self.list(microstate);
            } else {
                self.keep_sums(&frame);
            }
        }
        microstate.step += n_steps as u64;
    }

    /// Follows a box and its particles that have been scaled by `factor`.
    pub(crate) fn rescale(&mut self, microstate: &mut Microstate, factor: f64) {
        self.neighbor_list.rescale(factor);
        let frame = self.frame(microstate);
        // SAFETY: the frame is this one's.
        if unsafe { kernel::is_stale(&frame) } {
            self.list(microstate);
        }
        self.update(microstate);
    }

    /// Potential energy of the whole system, in epsilon.
    pub(crate) fn energy(&self) -> f64 {
        self.energy
    }

    /// Sum of r . f over the pairs, in epsilon.
    pub(crate) fn virial(&self) -> f64 {
        self.virial
    }

    /// Computes everything anew; the list is not stale.
    fn update(&mut self, microstate: &mut Microstate) {
        let mut frame = self.frame(microstate);
        self.run(Task::Interact, &mut frame);
        self.keep_sums(&frame);
    }

    /// Lists all neighbors anew, and wraps the microstate.
    fn list(&mut self, microstate: &mut Microstate) {
        microstate.wrap();
        let is_short = microstate.periodic_box.sides().iter().any(|&side| side < 2.0 * REACH);
        self.n_copies = if is_short { 4 } else { 1 };
        let n_sites = self.n_copies * microstate.n_particles();
        self.sites.resize(n_sites.next_multiple_of(4) + 1, Site::default());
        let frame = self.frame(microstate);
        // SAFETY: the frame is this one's.
        unsafe { kernel::set_sites(&frame) };
        self.neighbor_list.prepare(&self.sites, n_sites, self.period(microstate));
        let mut frame = self.frame(microstate);
        self.run(Task::List, &mut frame);
        self.neighbor_list.sort_rows();
    }

    /// After which lengths the coordinates repeat, in sigma: the sides of the box, or twice them.
    fn period(&self, microstate: &Microstate) -> [f64; 2] {
        microstate.periodic_box.sides().map(|side| if self.n_copies == 1 { side } else { 2.0 * side })
    }

    /// What the kernel works on; valid until this or the microstate is changed otherwise.
    fn frame(&mut self, microstate: &mut Microstate) -> Frame {
        let period = self.period(microstate);
        let range = 32f64.exp2();
        let n_particles = microstate.n_particles();
        let mut frame = Frame {
            time_step: 0.0,
            units: period.map(|length| range / length),
            sums: [0.0; 2],
            lengths: period.map(|length| (length / range) as f32),
            allowance_squared: 0.0,
            reach_squared: 0.0,
            n_particles,
            n_sites: self.n_copies * n_particles,
            n_cells: 0,
            steps_left: 0,
            moved: false,
            positions: microstate.positions.as_mut_ptr(),
            velocities: microstate.velocities.as_mut_ptr(),
            sites: self.sites.as_mut_ptr(),
            reference: ptr::null(),
            rows: ptr::null_mut(),
            neighbors: ptr::null_mut(),
            cells: ptr::null(),
            spans: ptr::null(),
            sorted_x: ptr::null(),
            sorted_y: ptr::null(),
            sorted_places: ptr::null(),
        };
        self.neighbor_list.lend(&mut frame);
        frame
    }

    fn run(&self, task: Task, frame: &mut Frame) {
        match &self.kernel {
            Some(kernel) => (kernel.0)(task, frame),
            // SAFETY: the frame is this one's.
            None => unsafe { kernel::run(task, frame) },
        }
    }

    fn keep_sums(&mut self, frame: &Frame) {
        [self.energy, self.virial] = frame.sums.map(|sum| sum / self.n_copies as f64);
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::{Ensemble, Generator, Parameters, PeriodicBox, Simulation, SystemSize, lennard_jones};

    fn at(positions: &[[f64; 2]], periodic_box: PeriodicBox) -> Microstate {
        let at_rest = vec![[0.0; 2]; positions.len()];
        Microstate::new(positions.to_vec(), at_rest, periodic_box, 1).unwrap()
    }

    /// A crystal shaken by 0.1 sigma: all forces differ, and no pair is absurdly close.
    fn shaken(n_particles: usize) -> Microstate {
        let size = SystemSize::new(n_particles).unwrap();
        let periodic_box = size.periodic_box(0.8).unwrap();
        let mut generator = Generator::new(5);
        let sites = size.sites(&periodic_box).into_iter();
        let positions: Vec<_> = sites.map(|site| site.map(|x| x + 0.1 * generator.normal())).collect();
        at(&positions, periodic_box)
    }

    /// The separations of all pairs and images that are below `reach`: (i, j, dx, dy), j < i.
    fn pairs(microstate: &Microstate, reach: f64) -> Vec<(usize, usize, f64, f64)> {
        let [width, height] = microstate.periodic_box.sides();
        let mut pairs = Vec::new();
        for (i, a) in microstate.positions.iter().enumerate() {
            for (j, b) in microstate.positions[..i].iter().enumerate() {
                for (m, n) in (-2..=2).flat_map(|m| (-2..=2).map(move |n| (f64::from(m), f64::from(n)))) {
                    let (dx, dy) = (a[0] - b[0] + m * width, a[1] - b[1] + n * height);
                    if dx.hypot(dy) < reach {
                        pairs.push((i, j, dx, dy));
                    }
                }
            }
        }
        pairs
    }

    fn energy(microstate: &Microstate) -> f64 {
        let pairs = pairs(microstate, lennard_jones::R_CUT);
        pairs.iter().map(|&(_, _, dx, dy)| lennard_jones::energy(dx.hypot(dy))).sum()
    }

    /// Forces from the pair function, and for each particle the sum of their moduli, attraction and repulsion apart.
    fn forces(microstate: &Microstate) -> Vec<([f64; 2], f64)> {
        let mut forces = vec![([0.0; 2], 0.0); microstate.n_particles()];
        for (i, j, dx, dy) in pairs(microstate, lennard_jones::R_CUT) {
            let r = dx.hypot(dy);
            let force = lennard_jones::force(r);
            for (particle, sign) in [(i, 1.0), (j, -1.0)] {
                forces[particle].0[0] += sign * force * dx / r;
                forces[particle].0[1] += sign * force * dy / r;
                forces[particle].1 += 48.0 * r.powi(-13) + 24.0 * r.powi(-7);
            }
        }
        forces
    }

    #[test]
    fn forces_and_energy_equal_brute_force() {
        // 16 particles see two images of the same neighbor; 36 and 64 have few cells, 256 and 1,024 many.
        for n_particles in [16, 36, 64, 256, 1024] {
            let mut microstate = shaken(n_particles);
            let found = Interactions::new(&mut microstate);
            // Single precision: half of 1e-7 in each difference, fourteen times that in r^-14, a few roundings more.
            let expected = energy(&microstate);
            assert!((found.energy() - expected).abs() < 1e-6 * expected.abs(), "N = {n_particles}");
            for (site, (force, moduli)) in found.sites.iter().zip(forces(&microstate)) {
                for (found, expected) in site.force.into_iter().zip(force) {
                    let error = (f64::from(found) - expected).abs();
                    assert!(error < 1e-6 * moduli, "N = {n_particles}: {error:e} of {moduli}");
                }
            }
        }
    }

    #[test]
    fn forces_sum_to_zero() {
        let found = Interactions::new(&mut shaken(256));
        for axis in 0..2 {
            let sum: f64 = found.sites[..256].iter().map(|site| f64::from(site.force[axis])).sum();
            // Pairs cancel exactly; the sums of a dozen forces of about 10 are rounded.
            assert!(sum.abs() < 1e-3, "{sum:e}");
        }
    }

    #[test]
    fn virial_is_the_response_of_the_energy_to_scaling() {
        // dU/d(ln length) = -virial, whatever the formula for the virial says.
        for n_particles in [16, 256] {
            let mut microstate = shaken(n_particles);
            let energy_at = |factor: f64| {
                let positions: Vec<_> = microstate.positions.iter().map(|p| p.map(|x| factor * x)).collect();
                energy(&at(&positions, microstate.periodic_box.scaled(factor)))
            };
            let h = 1e-6;
            let slope = (energy_at(1.0 + h) - energy_at(1.0 - h)) / (2.0 * h);
            let virial = Interactions::new(&mut microstate).virial();
            assert!((virial + slope).abs() < 1e-5 * virial.abs().max(100.0), "{virial} {slope}");
        }
    }

    #[test]
    fn list_equals_brute_force_from_one_cell_to_many() {
        // Sides of 1, 1 and 2, 2 and 3, 3 and 4, and many cells: what wraps onto itself is the delicate case.
        let sizes = [(20, 3.0, 2.95), (30, 4.6, 6.1), (35, 6.0, 8.8), (61, 9.0, 11.7), (200, 17.0, 15.0)];
        for (n, width, height) in sizes {
            let mut generator = Generator::new(n);
            let positions: Vec<[f64; 2]> =
                (0..n).map(|_| [width * generator.uniform(), height * generator.uniform()]).collect();
            let mut microstate = at(&positions, PeriodicBox::new(width, height).unwrap());
            let interactions = Interactions::new(&mut microstate);

            let mut found = interactions.neighbor_list.pairs(interactions.sites.len() - 1);
            for pair in &mut found {
                let [i, j] = pair.map(|site| site % n as usize);
                *pair = [i.max(j), i.min(j)];
            }
            let mut expected: Vec<_> =
                pairs(&microstate, REACH).into_iter().map(|(i, j, _, _)| [i, j]).collect();
            expected = expected.repeat(interactions.n_copies);
            found.sort_unstable();
            expected.sort_unstable();
            assert_eq!(found, expected, "{width} x {height}");
        }
    }

    #[test]
    fn list_goes_stale_when_two_particles_could_have_met() {
        let stale_after = |move_by: f64, scale_by: f64| {
            let periodic_box = PeriodicBox::new(10.0, 10.0).unwrap();
            let mut microstate = at(&[[2.0, 5.0], [8.0, 5.0]], periodic_box);
            let mut interactions = Interactions::new(&mut microstate);
            microstate.positions =
                vec![[scale_by * 2.0 + move_by, scale_by * 5.0], [scale_by * 8.0, scale_by * 5.0]];
            microstate.periodic_box = periodic_box.scaled(scale_by);
            interactions.neighbor_list.rescale(scale_by);
            let frame = interactions.frame(&mut microstate);
            // SAFETY: the frame is this one's.
            unsafe {
                kernel::set_sites(&frame);
                kernel::is_stale(&frame)
            }
        };
        // Half the skin is 0.2.
        assert!(!stale_after(0.199, 1.0));
        assert!(stale_after(0.201, 1.0));
        // Moved by 0.1 each, the allowance is 0.2 of the 0.4 skin; the box may take the rest: 2.7 / 2.9 = 0.931.
        assert!(!stale_after(0.1, 0.932));
        assert!(stale_after(0.1, 0.930));
    }

    #[test]
    fn another_kernel_is_called_and_gives_the_same_run() {
        let n_calls = Rc::new(Cell::new(0));
        let counter = Rc::clone(&n_calls);
        // SAFETY: it calls this crate's own kernel.
        let kernel = unsafe {
            Kernel::new(move |task, frame| {
                counter.set(counter.get() + 1);
                kernel::run(task, &mut *frame);
            })
        };
        let size = SystemSize::new(64).unwrap();
        let start = Simulation::new(Microstate::crystal(size, 0.8, 0.5, 1).unwrap());
        let parameters = Parameters {
            ensemble: Ensemble::ConstantPressure { temperature: 0.5, pressure: 0.5 },
            ..Parameters::default()
        };
        let mut with = start.clone().with_kernel(kernel);
        let mut without = start;
        with.advance(&parameters, 500);
        without.advance(&parameters, 500);
        assert!(n_calls.get() >= 100, "50 advances and 50 moves of the piston");
        assert_eq!(with.microstate(), without.microstate());
    }
}
