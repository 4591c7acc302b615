//! The ladder of sizes.

use std::fmt::{self, Display, Formatter};
use std::str::FromStr;

use crate::Error;

/// The part of a model's shape that differs between sizes; [`Shape`](crate::Shape) has the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Layers.
    pub n_layer: usize,
    /// Width of the residual stream; the MLP's hidden layer is four times as wide.
    pub d_model: usize,
    /// Heads in each layer.
    pub n_head: usize,
}

const fn size(n_layer: usize, d_model: usize, n_head: usize) -> Size {
    Size { n_layer, d_model, n_head }
}

/// All sizes, the smallest first. Heads are as near to 32 wide as the width allows: in trials heads of 16 learned to
/// rhyme much later.
pub const LADDER: [Size; 9] = [
    size(1, 8, 1),
    size(1, 16, 1),
    size(2, 16, 1),
    size(2, 24, 1),
    size(2, 32, 1),
    size(3, 48, 2),
    size(4, 64, 2),
    size(4, 96, 3),
    size(6, 128, 4),
];

/// Seeds that every size is trained with.
pub const SEEDS: [u64; 3] = [0, 1, 2];

impl Display for Size {
    /// Layers and width, as in `4x64`.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}x{}", self.n_layer, self.d_model)
    }
}

impl FromStr for Size {
    type Err = Error;

    /// The size of the ladder with this name.
    fn from_str(name: &str) -> Result<Self, Error> {
        let names = || LADDER.map(|size| size.to_string()).join(", ");
        LADDER
            .into_iter()
            .find(|size| size.to_string() == name)
            .ok_or_else(|| Error::Usage(format!("there is no size {name}; there are {}", names())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_to_their_sizes() {
        for size in LADDER {
            assert_eq!(size.to_string().parse::<Size>().unwrap(), size);
        }
        assert!("5x64".parse::<Size>().unwrap_err().to_string().contains("4x64"));
    }
}
