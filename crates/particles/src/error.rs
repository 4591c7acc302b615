//! What can be wrong with the numbers that start a simulation.

/// Why a box, a size or a microstate cannot be made. Nothing fails once a simulation runs.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum Error {
    /// The number of particles is not the square of an even number of at least 4.
    #[error("{0} particles do not fill a square number of lattice sites with even sides of at least 4")]
    ParticleCount(usize),
    /// A side of the box is shorter than the reach of the neighbor list, or not a number.
    #[error("box side {0} is shorter than {min}", min = crate::neighbor_list::REACH)]
    BoxSide(f64),
    /// A density that is not positive and finite.
    #[error("density {0} is not positive")]
    Density(f64),
    /// A temperature that is not positive and finite.
    #[error("temperature {0} is not positive")]
    Temperature(f64),
    /// Positions and velocities of different number.
    #[error("{positions} positions but {velocities} velocities")]
    Lengths {
        /// How many positions there are.
        positions: usize,
        /// How many velocities there are.
        velocities: usize,
    },
}
