//! What a simulation needs to continue: one point of phase space, and where time and chance have got to.

use crate::{Error, Generator, PeriodicBox, SystemSize};

/// Positions, velocities, box, step and generator. All particles have mass 1, and their total momentum is zero.
///
/// What steers (temperature, pressure, time step) is in [`crate::Parameters`]; what follows from the positions
/// (forces, neighbor list) is in [`crate::Simulation`].
#[derive(Clone, Debug, PartialEq)]
pub struct Microstate {
    /// In the box or a little outside: they are wrapped when the neighbor list is rebuilt.
    pub(crate) positions: Vec<[f64; 2]>,
    /// Which image of the box each position has been wrapped from.
    pub(crate) images: Vec<[i32; 2]>,
    pub(crate) velocities: Vec<[f64; 2]>,
    pub(crate) periodic_box: PeriodicBox,
    pub(crate) step: u64,
    pub(crate) generator: Generator,
}

impl Microstate {
    /// A microstate of the given positions (sigma) and velocities (sigma per unit of time), from which the mean
    /// velocity is taken away.
    ///
    /// # Errors
    /// [`Error::Lengths`] if there are not as many velocities as positions.
    pub fn new(
        positions: Vec<[f64; 2]>,
        velocities: Vec<[f64; 2]>,
        periodic_box: PeriodicBox,
        seed: u64,
    ) -> Result<Self, Error> {
        if positions.len() != velocities.len() {
            return Err(Error::Lengths { positions: positions.len(), velocities: velocities.len() });
        }
        let images = vec![[0; 2]; positions.len()];
        let generator = Generator::new(seed);
        let mut microstate = Self { positions, images, velocities, periodic_box, step: 0, generator };
        microstate.wrap();
        microstate.stop_drift();
        Ok(microstate)
    }

    /// The perfect triangular crystal of the given number density (per sigma^2), with velocities drawn for
    /// `temperature` (epsilon).
    ///
    /// # Errors
    /// [`Error::Density`] and [`Error::BoxSide`] as [`SystemSize::periodic_box`]; [`Error::Temperature`] if
    /// `temperature` is not positive and finite.
    pub fn crystal(size: SystemSize, density: f64, temperature: f64, seed: u64) -> Result<Self, Error> {
        if !(temperature > 0.0 && temperature.is_finite()) {
            return Err(Error::Temperature(temperature));
        }
        let periodic_box = size.periodic_box(density)?;
        let positions = size.sites(&periodic_box);
        let velocities = vec![[0.0; 2]; positions.len()];
        let mut microstate = Self::new(positions, velocities, periodic_box, seed)?;
        microstate.thermalize(temperature);
        Ok(microstate)
    }

    /// Draws all velocities anew from the Maxwell-Boltzmann distribution of `temperature > 0` (epsilon).
    pub fn thermalize(&mut self, temperature: f64) {
        let deviation = temperature.sqrt();
        for velocity in &mut self.velocities {
            *velocity = std::array::from_fn(|_| deviation * self.generator.normal());
        }
        self.stop_drift();
    }

    /// Stirs: adds `velocity` (sigma per unit of time) to particles near `center`, fading to nothing at `radius`
    /// (sigma), and takes away the mean so that the total momentum stays zero.
    ///
    /// Speeds of about 10 are safe: a step then moves a particle by 0.04 sigma. At ten times that particles jump
    /// into each other's cores, and the forces there have no bound.
    pub fn push(&mut self, center: [f64; 2], radius: f64, velocity: [f64; 2]) {
        for (position, own) in self.positions.iter().zip(&mut self.velocities) {
            let reach = self.periodic_box.distance(center, *position) / radius;
            if reach < 1.0 {
                let weight = (1.0 - reach * reach).powi(2);
                own[0] += weight * velocity[0];
                own[1] += weight * velocity[1];
            }
        }
        self.stop_drift();
    }

    /// Positions, in sigma; shape `[N][2]`. A position may lie a few tenths outside the box, until the neighbor list
    /// is next rebuilt; [`PeriodicBox::wrap`] brings it in.
    pub fn positions(&self) -> &[[f64; 2]] {
        &self.positions
    }

    /// Velocities, in sigma per unit of time; shape `[N][2]`.
    pub fn velocities(&self) -> &[[f64; 2]] {
        &self.velocities
    }

    /// The box as it is now.
    pub fn periodic_box(&self) -> &PeriodicBox {
        &self.periodic_box
    }

    /// Steps taken so far.
    pub fn step(&self) -> u64 {
        self.step
    }

    /// The number of particles, N.
    pub fn n_particles(&self) -> usize {
        self.positions.len()
    }

    /// Particles per sigma^2.
    pub fn density(&self) -> f64 {
        self.n_particles() as f64 / self.periodic_box.area()
    }

    /// Kinetic energy of the whole system, in epsilon.
    pub fn kinetic_energy(&self) -> f64 {
        0.5 * self.velocities.iter().map(|[x, y]| x * x + y * y).sum::<f64>()
    }

    /// Instantaneous temperature, in epsilon: twice the kinetic energy per degree of freedom.
    pub fn temperature(&self) -> f64 {
        2.0 * self.kinetic_energy() / self.degrees_of_freedom()
    }

    /// Two per particle, less the two of the total momentum, which is fixed.
    pub(crate) fn degrees_of_freedom(&self) -> f64 {
        2.0 * (self.n_particles() as f64 - 1.0)
    }

    /// Brings all positions into the box and remembers which image they came from.
    pub(crate) fn wrap(&mut self) {
        let [width, height] = self.periodic_box.sides();
        for (position, image) in self.positions.iter_mut().zip(&mut self.images) {
            let [x, y] = self.periodic_box.image(*position);
            position[0] -= f64::from(x) * width;
            position[1] -= f64::from(y) * height;
            image[0] += x;
            image[1] += y;
        }
    }

    /// Where each particle has got to without wrapping, in sides of the box, so that a change of the box's size
    /// alone moves nobody.
    pub(crate) fn unwrapped_fractions(&self) -> impl Iterator<Item = [f64; 2]> {
        let sides = self.periodic_box.sides();
        let fraction = move |(p, n): (&[f64; 2], &[i32; 2])| {
            [0, 1].map(|axis| p[axis] / sides[axis] + f64::from(n[axis]))
        };
        self.positions.iter().zip(&self.images).map(fraction)
    }

    /// Takes the mean velocity from every particle.
    fn stop_drift(&mut self) {
        let n = self.n_particles() as f64;
        let [sum_x, sum_y] = self.velocities.iter().fold([0.0; 2], |[x, y], v| [x + v[0], y + v[1]]);
        for velocity in &mut self.velocities {
            velocity[0] -= sum_x / n;
            velocity[1] -= sum_y / n;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crystal() -> Microstate {
        Microstate::crystal(SystemSize::new(1024).unwrap(), 0.8, 0.5, 1).unwrap()
    }

    fn momentum(microstate: &Microstate) -> f64 {
        microstate
            .velocities
            .iter()
            .fold([0.0; 2], |[x, y], v| [x + v[0], y + v[1]])
            .map(f64::abs)
            .iter()
            .sum()
    }

    #[test]
    fn a_crystal_has_the_density_and_temperature_asked_for() {
        let microstate = crystal();
        assert!((microstate.density() - 0.8).abs() < 1e-12);
        // The kinetic temperature of 2,046 degrees of freedom fluctuates by sqrt(2 / 2046) = 3 %.
        assert!((microstate.temperature() / 0.5 - 1.0).abs() < 0.1);
        assert!(momentum(&microstate) < 1e-10);
    }

    #[test]
    fn a_push_moves_its_neighborhood_and_no_center_of_mass() {
        let mut pushed = crystal();
        let before = pushed.clone();
        pushed.push(before.positions[100], 3.0, [2.0, 0.0]);
        let change = |i: usize| pushed.velocities[i][0] - before.velocities[i][0];
        // About 8 of 1,024 particles take the push in full, so everyone else gives back 2 * 8 / 1024.
        assert!(change(100) > 1.9 && (-0.03..0.0).contains(&change(600)));
        assert!(momentum(&pushed) < 1e-10);
    }

    #[test]
    fn wrapping_keeps_the_unwrapped_place() {
        let mut microstate = crystal();
        microstate.positions[3] = [100.0, -50.0];
        let before: Vec<_> = microstate.unwrapped_fractions().collect();
        microstate.wrap();
        let after: Vec<_> = microstate.unwrapped_fractions().collect();
        assert!((before[3][0] - after[3][0]).abs() < 1e-12 && (before[3][1] - after[3][1]).abs() < 1e-12);
        assert!(microstate.positions[3][0] >= 0.0 && microstate.positions[3][1] >= 0.0);
    }

    #[test]
    fn wrong_numbers_are_refused() {
        let size = SystemSize::new(16).unwrap();
        assert_eq!(Microstate::crystal(size, 0.8, 0.0, 1), Err(Error::Temperature(0.0)));
        let periodic_box = size.periodic_box(0.8).unwrap();
        let unequal = Microstate::new(vec![[1.0; 2]], Vec::new(), periodic_box, 1);
        assert_eq!(unequal, Err(Error::Lengths { positions: 1, velocities: 0 }));
    }
}
