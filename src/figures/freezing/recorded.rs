//! At build time: what the project has measured of freezing, and the moment that the still picture shows.

use std::sync::LazyLock;

use chapter::{DataTable, Provenance};
use particles::{Microstate, SystemSize};

use super::{CURVE, Controls, FIRST_SEED, STILL, default_bath, measured_curve};
use crate::stage::{HOTTEST, LIQUID_DENSITY, PRESSURE, Snapshot, caught_freezing, row, table};

/// Measured by the crate's own example; see the README beside it.
const MEASURED: &str = include_str!("../../../crates/particles/data/freezing_curve.csv");

/// The two tables; made once, for the tests ask many times.
pub fn tables() -> Vec<(String, DataTable)> {
    static TABLES: LazyLock<[DataTable; 2]> = LazyLock::new(|| {
        let curve = curve();
        let still = freezing_moment(&curve).to_table(Provenance::Project);
        [curve, still]
    });
    let [curve, still] = TABLES.clone();
    vec![(CURVE.to_owned(), curve), (STILL.to_owned(), still)]
}

/// The measured curve at the page's pressure, averaged over the seeds.
fn curve() -> DataTable {
    let mut sums: Vec<([f64; 3], [f64; 2], f64)> = Vec::new();
    for line in MEASURED.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let number = |index: usize| -> f64 { cells[index].parse().expect("the crate's table holds numbers") };
        if number(0) != PRESSURE {
            continue;
        }
        let key = [number(1), f64::from(u8::from(cells[3] == "heating")), number(4)];
        let values = [number(5), number(6)];
        match sums.iter_mut().find(|(own, ..)| *own == key) {
            Some((_, sum, count)) => {
                *sum = [sum[0] + values[0], sum[1] + values[1]];
                *count += 1.0;
            }
            None => sums.push((key, values, 1.0)),
        }
    }
    let rows = sums.into_iter().map(|([n, heating, temperature], [order, energy], count)| {
        row("", vec![n, heating, temperature, order / count, energy / count])
    });
    let columns = ["n_particles", "heating", "temperature", "order", "energy"];
    table(Provenance::Project, &columns, rows.collect())
}

/// A liquid on its way to a crystal at the figure's first temperature.
fn freezing_moment(curve: &DataTable) -> Snapshot {
    let n_particles = Controls::default().size.n_particles();
    let size = SystemSize::new(n_particles).expect("the figure's sizes are even squares");
    let crystal = Microstate::crystal(size, LIQUID_DENSITY, HOTTEST, FIRST_SEED.into())
        .expect("density and temperature are positive");
    let curve = measured_curve(curve, n_particles).expect("the crate's table holds both directions");
    caught_freezing(crystal, default_bath(&curve))
}
