//! The pair correlation g(r): how much likelier a neighbor is at distance r than if nobody minded anybody.

use crate::Microstate;

/// A histogram of distances, averaged over as many microstates as are added.
#[derive(Clone, Debug)]
pub struct PairCorrelation {
    bin_width: f64,
    /// Pairs found in each bin, each divided by the number expected of an ideal gas of the same density.
    ratios: Vec<f64>,
    n_samples: usize,
}

impl PairCorrelation {
    /// An empty histogram of `n_bins` bins from 0 to `r_max`, in sigma.
    pub fn new(r_max: f64, n_bins: usize) -> Self {
        Self { bin_width: r_max / n_bins as f64, ratios: vec![0.0; n_bins], n_samples: 0 }
    }

    /// Adds the pairs of `microstate`. Distances are to nearest images, so bins beyond half the shorter side of
    /// the box find too few: `r_max` should not be longer.
    pub fn add(&mut self, microstate: &Microstate) {
        let (positions, periodic_box) = (microstate.positions(), microstate.periodic_box());
        let mut counts = vec![0u32; self.ratios.len()];
        for (i, a) in positions.iter().enumerate() {
            for b in &positions[..i] {
                let bin = (periodic_box.distance(*a, *b) / self.bin_width) as usize;
                if let Some(count) = counts.get_mut(bin) {
                    *count += 1;
                }
            }
        }
        let n = positions.len() as f64;
        let pairs_per_area = 0.5 * n * (n - 1.0) / periodic_box.area();
        for (bin, (ratio, count)) in self.ratios.iter_mut().zip(counts).enumerate() {
            let ring_area = std::f64::consts::PI * self.bin_width.powi(2) * (2 * bin + 1) as f64;
            *ratio += f64::from(count) / (pairs_per_area * ring_area);
        }
        self.n_samples += 1;
    }

    /// Pairs (r at the bin's middle in sigma, g); empty until a microstate was added.
    pub fn values(&self) -> Vec<[f64; 2]> {
        if self.n_samples == 0 {
            return Vec::new();
        }
        let value = |(bin, ratio): (usize, &f64)| {
            [(bin as f64 + 0.5) * self.bin_width, ratio / self.n_samples as f64]
        };
        self.ratios.iter().enumerate().map(value).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Ensemble, Generator, Parameters, PeriodicBox, Simulation, SystemSize};

    #[test]
    fn an_ideal_gas_has_no_correlation() {
        let mut correlation = PairCorrelation::new(5.0, 10);
        assert!(correlation.values().is_empty());
        let mut generator = Generator::new(4);
        for seed in 0..50 {
            let gas: Vec<_> =
                (0..200).map(|_| [10.0 * generator.uniform(), 12.0 * generator.uniform()]).collect();
            let periodic_box = PeriodicBox::new(10.0, 12.0).unwrap();
            correlation.add(&Microstate::new(gas, vec![[0.0; 2]; 200], periodic_box, seed).unwrap());
        }
        // The first bin counts some 6,500 pairs over 50 gases: 1.2 % standard error, and the others more.
        assert!(correlation.values().iter().all(|[_, g]| (g - 1.0).abs() < 0.05));
    }

    #[test]
    fn a_liquid_has_a_core_a_first_shell_and_a_second() {
        let size = SystemSize::new(256).unwrap();
        let mut simulation = Simulation::new(Microstate::crystal(size, 0.7, 0.8, 3).unwrap());
        let ensemble = Ensemble::ConstantDensity { temperature: 0.8 };
        let parameters = Parameters { ensemble, ..Parameters::default() };
        simulation.advance(&parameters, 2000);
        let mut correlation = PairCorrelation::new(5.0, 100);
        for _ in 0..50 {
            simulation.advance(&parameters, 100);
            correlation.add(simulation.microstate());
        }
        let values = correlation.values();
        let largest = |from: f64, to: f64| {
            let shell = values.iter().filter(|[r, _]| (from..to).contains(r));
            *shell.max_by(|a, b| a[1].total_cmp(&b[1])).unwrap()
        };
        assert_eq!(largest(0.0, 0.75)[1], 0.0, "at 0.75 the potential is over 90 times the temperature");
        let [r, g] = largest(0.0, 5.0);
        assert!((1.0..1.2).contains(&r) && g > 2.0, "first shell near the minimum of the potential: {r} {g}");
        let [r, g] = largest(1.7, 2.8);
        assert!((2.0..2.4).contains(&r) && g > 1.1, "second shell: {r} {g}");
        assert!((values[99][1] - 1.0).abs() < 0.1, "far away the memory is gone");
    }
}
