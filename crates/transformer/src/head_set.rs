//! A set of attention heads, such as those to leave out of a forward pass.

use crate::{Config, Error};

/// Heads of a model, by layer and index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadSet {
    n_head: usize,
    /// A bit for each head, one word a layer: a configuration has at most 64 heads.
    layers: Vec<u64>,
}

impl HeadSet {
    /// The empty set.
    pub fn new(config: &Config) -> Self {
        Self { n_head: config.n_head(), layers: vec![0; config.n_layer()] }
    }

    /// Adds a head.
    ///
    /// # Errors
    /// [`Error::NoSuchHead`].
    pub fn insert(&mut self, layer: usize, head: usize) -> Result<(), Error> {
        let n_layer = self.layers.len();
        match self.layers.get_mut(layer) {
            Some(heads) if head < self.n_head => {
                *heads |= 1 << head;
                Ok(())
            }
            _ => Err(Error::NoSuchHead { layer, head, n_layer, n_head: self.n_head }),
        }
    }

    /// Whether a head is in the set.
    pub fn contains(&self, layer: usize, head: usize) -> bool {
        self.layers.get(layer).is_some_and(|heads| head < self.n_head && heads >> head & 1 == 1)
    }

    /// Removes all heads.
    pub fn clear(&mut self) {
        self.layers.fill(0);
    }

    /// The heads of one layer that are in the set.
    pub(crate) fn of_layer(&self, layer: usize) -> impl Iterator<Item = usize> {
        (0..self.n_head).filter(move |&head| self.contains(layer, head))
    }
}
