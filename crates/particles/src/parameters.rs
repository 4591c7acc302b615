//! What steers a simulation; passed in with every advance, and no part of the microstate.

/// What the surroundings hold fixed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Ensemble {
    /// Nothing is exchanged: Newton's equations alone, at constant energy and density.
    ConstantEnergy,
    /// Heat is exchanged with a bath.
    ConstantDensity {
        /// Of the bath, in epsilon; positive.
        temperature: f64,
    },
    /// Heat is exchanged with a bath, and the box breathes under a piston. A liquid can then freeze without
    /// tearing: it is denser as a solid.
    ConstantPressure {
        /// Of the bath, in epsilon; positive.
        temperature: f64,
        /// Of the piston, in epsilon / sigma^2; positive, or a warm liquid boils away.
        pressure: f64,
    },
}

/// The ensemble and the time step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parameters {
    /// What the surroundings hold fixed. By default a warm liquid at pressure 0.5, where freezing is the only
    /// transition: heated on, the liquid thins without boiling (`data/freezing_curve.csv`).
    pub ensemble: Ensemble,
    /// Time of one step, in sigma (m / epsilon)^(1/2). The default, 0.005, is 1/68 of the period of the crystal's
    /// fastest vibration, 2 pi (6 u'')^(-1/2) with u'' = 57 at the bottom of the well. The energy of an isolated
    /// system then stays within 1e-4 per particle over 10^4 steps at every size (`tests/conservation.rs`).
    pub time_step: f64,
}

impl Default for Parameters {
    fn default() -> Self {
        Self { ensemble: Ensemble::ConstantPressure { temperature: 0.7, pressure: 0.5 }, time_step: 0.005 }
    }
}
