//! Particles at one moment, and their form as a table.

use chapter::{Column, DataTable, Provenance, Row, Unit};
use particles::{Microstate, PeriodicBox};

/// Particles at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// Width and height of the periodic box, in sigma.
    pub sides: [f64; 2],
    /// Where the particles are, in sigma; in the box.
    pub positions: Vec<[f64; 2]>,
    /// The order around each, 0 to 1.
    pub order: Vec<f64>,
}

/// Label of the row that holds the box.
const BOX: &str = "box";

impl Snapshot {
    /// The particles of a microstate, with the order around each.
    pub fn of(microstate: &Microstate, order: Vec<f64>) -> Self {
        let periodic_box = microstate.periodic_box();
        let positions = microstate.positions().iter().map(|&at| periodic_box.wrap(at)).collect();
        Self { sides: periodic_box.sides(), positions, order }
    }

    /// A microstate with these particles, and velocities drawn for `temperature` (epsilon).
    ///
    /// # Errors
    /// If the box is smaller than the reach of the interaction.
    pub fn to_microstate(&self, temperature: f64, seed: u64) -> Result<Microstate, particles::Error> {
        let [width, height] = self.sides;
        let at_rest = vec![[0.0; 2]; self.positions.len()];
        let periodic_box = PeriodicBox::new(width, height)?;
        let mut microstate = Microstate::new(self.positions.clone(), at_rest, periodic_box, seed)?;
        microstate.thermalize(temperature);
        Ok(microstate)
    }

    /// The snapshot as a table: a row for the box, then one for each particle.
    pub fn to_table(&self, provenance: Provenance) -> DataTable {
        let [width, height] = self.sides;
        let of_box = row(BOX, vec![width, height, 0.0]);
        let particles =
            self.positions.iter().zip(&self.order).map(|(&[x, y], &order)| row("", vec![x, y, order]));
        table(provenance, &["x", "y", "order"], std::iter::once(of_box).chain(particles).collect())
    }

    /// The snapshot that a table holds; none if it holds another thing.
    pub fn from_table(table: &DataTable) -> Option<Self> {
        let (of_box, particles) = table.rows.split_first().filter(|(row, _)| row.label == BOX)?;
        let &[width, height, _] = &of_box.values[..] else { return None };
        let mut snapshot = Self { sides: [width, height], positions: Vec::new(), order: Vec::new() };
        for row in particles {
            let &[x, y, order] = &row.values[..] else { return None };
            snapshot.positions.push([x, y]);
            snapshot.order.push(order);
        }
        Some(snapshot)
    }
}

/// A table of bare numbers that this project measured.
pub fn table(provenance: Provenance, columns: &[&str], rows: Vec<Row>) -> DataTable {
    let column = |name: &&str| Column { name: (*name).to_owned(), unit: Unit::One };
    DataTable {
        source: String::new(),
        place: String::new(),
        provenance,
        columns: columns.iter().map(column).collect(),
        rows,
    }
}

/// A row of such a table.
pub fn row(label: &str, values: Vec<f64>) -> Row {
    Row { label: label.to_owned(), zh: None, values, source: None, tags: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_and_its_snapshot_are_the_same() {
        let snapshot =
            Snapshot { sides: [4.0, 3.5], positions: vec![[0.5, 1.0], [2.0, 3.0]], order: vec![0.25, 0.75] };
        assert_eq!(Snapshot::from_table(&snapshot.to_table(Provenance::Here)), Some(snapshot));
        assert_eq!(Snapshot::from_table(&table(Provenance::Here, &["x"], vec![row("", vec![1.0])])), None);
    }
}
