//! The rectangle that repeats for ever in both directions.

use crate::{Error, neighbor_list};

/// A periodic rectangle whose sides are at least the reach of the neighbor list, 2.9 sigma.
///
/// That is less than twice the cutoff: the neighbor list names the periodic image of every pair, so a particle
/// may meet two images of the same neighbor (it does when N = 16), but never its own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PeriodicBox {
    width: f64,
    height: f64,
}

impl PeriodicBox {
    /// A box of the given sides, in sigma.
    ///
    /// # Errors
    /// [`Error::BoxSide`] if a side is shorter than 2.9 sigma or not finite.
    pub fn new(width: f64, height: f64) -> Result<Self, Error> {
        for side in [width, height] {
            if !(side >= neighbor_list::REACH && side.is_finite()) {
                return Err(Error::BoxSide(side));
            }
        }
        Ok(Self { width, height })
    }

    /// Width and height, in sigma.
    pub fn sides(&self) -> [f64; 2] {
        [self.width, self.height]
    }

    /// Area, in sigma^2: the volume of two dimensions.
    pub fn area(&self) -> f64 {
        self.width * self.height
    }

    /// The vector from `from` to the nearest periodic image of `to`, in sigma.
    pub fn separation(&self, from: [f64; 2], to: [f64; 2]) -> [f64; 2] {
        let nearest = |d: f64, side: f64| d - side * (d / side).round();
        [nearest(to[0] - from[0], self.width), nearest(to[1] - from[1], self.height)]
    }

    /// The distance between the nearest periodic images of two points, in sigma.
    pub fn distance(&self, a: [f64; 2], b: [f64; 2]) -> f64 {
        let [dx, dy] = self.separation(a, b);
        dx.hypot(dy)
    }

    /// The image of `position` inside the box, from the origin to its sides (which rounding may just reach).
    pub fn wrap(&self, position: [f64; 2]) -> [f64; 2] {
        let [x, y] = self.image(position);
        [position[0] - f64::from(x) * self.width, position[1] - f64::from(y) * self.height]
    }

    /// Which periodic image of the box `position` lies in; the box itself is `[0, 0]`.
    pub(crate) fn image(&self, position: [f64; 2]) -> [i32; 2] {
        [(position[0] / self.width).floor() as i32, (position[1] / self.height).floor() as i32]
    }

    /// The box scaled about the origin by `factor`.
    pub(crate) fn scaled(&self, factor: f64) -> Self {
        Self { width: factor * self.width, height: factor * self.height }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn separation_is_the_shortest_of_all_images(
            ax in -20.0..20.0, ay in -20.0..20.0, bx in -20.0..20.0, by in -20.0..20.0,
        ) {
            let periodic_box = PeriodicBox::new(5.0, 4.0).unwrap();
            let shortest = (-10..=10)
                .flat_map(|i| (-12..=12).map(move |j| (f64::from(i), f64::from(j))))
                .map(|(i, j)| f64::hypot(bx - ax + 5.0 * i, by - ay + 4.0 * j))
                .fold(f64::INFINITY, f64::min);
            // Coordinates of size 20 are rounded to about 4e-15.
            prop_assert!((periodic_box.distance([ax, ay], [bx, by]) - shortest).abs() < 1e-12);
        }

        #[test]
        fn wrapping_moves_a_point_by_whole_boxes_into_the_box(x in -20.0..20.0, y in -20.0..20.0) {
            let periodic_box = PeriodicBox::new(5.0, 4.0).unwrap();
            let [wx, wy] = periodic_box.wrap([x, y]);
            // A point a rounding error below 0 may land on the far side itself.
            prop_assert!((0.0..=5.0).contains(&wx) && (0.0..=4.0).contains(&wy));
            prop_assert!(periodic_box.distance([x, y], [wx, wy]) < 1e-12);
        }
    }
}
