//! Minimises a smooth function of a few variables: the quasi-Newton method BFGS, with a line search that also works
//! where slopes change abruptly.
//!
//! Source: Lewis and Overton 2013, "Nonsmooth Optimization via Quasi-Newton Methods", Algorithms 2.1 and 2.6. The
//! Huber loss with a small delta is smooth only in name: most residuals lie on its straight parts, and the slope turns
//! within a tenth of a percent. A line search for smooth functions stops there too early.

/// Iterations before giving up on more digits; a refit takes about 20 with three unknowns, 50 with five.
const MAX_ITERATIONS: usize = 500;

/// Bisections of one step; 40 halve it to rounding.
const MAX_BISECTIONS: usize = 40;

/// The least share of the promised descent that a step must bring (weak Wolfe condition).
const SUFFICIENT_DESCENT: f64 = 1e-4;

/// The largest share of the initial slope that may be left after a step (weak Wolfe condition).
const SLOPE_LEFT: f64 = 0.9;

/// Where a minimisation ended.
#[derive(Clone, Debug)]
pub(super) struct Minimum {
    pub(super) point: Vec<f64>,
    pub(super) value: f64,
}

/// A function to minimise: given a point, fills in its gradient and returns its value.
pub(super) type Objective<'a> = dyn Fn(&[f64], &mut [f64]) -> f64 + 'a;

/// Follows `objective` downhill from `start` until no component of the gradient exceeds `tolerance`, or until no step
/// brings it lower.
pub(super) fn minimize(objective: &Objective, start: &[f64], tolerance: f64) -> Minimum {
    let n = start.len();
    let mut point = start.to_vec();
    let mut gradient = vec![0.0; n];
    let mut value = objective(&point, &mut gradient);
    let mut inverse_hessian = identity(n, 1.0);
    // Before the first step the curvature is unknown: the identity may be off by orders of magnitude.
    let mut is_scaled = false;

    for _ in 0..MAX_ITERATIONS {
        if gradient.iter().all(|g| g.abs() <= tolerance) {
            break;
        }
        let uphill = product(&inverse_hessian, &gradient);
        let direction: Vec<f64> = uphill.iter().map(|x| -x).collect();
        let Some(step) = line_search(objective, &point, value, &gradient, &direction) else {
            if !is_scaled {
                break;
            }
            // The curvature model may be stale: forget it once before giving up.
            inverse_hessian = identity(n, 1.0);
            is_scaled = false;
            continue;
        };
        let moved: Vec<f64> = step.point.iter().zip(&point).map(|(new, old)| new - old).collect();
        let turned: Vec<f64> = step.gradient.iter().zip(&gradient).map(|(new, old)| new - old).collect();
        (point, value, gradient) = (step.point, step.value, step.gradient);

        // The weak Wolfe condition makes this positive; rounding near the minimum may not.
        let curvature = dot(&moved, &turned);
        if curvature > 0.0 {
            if !is_scaled {
                inverse_hessian = identity(n, curvature / dot(&turned, &turned));
                is_scaled = true;
            }
            update(&mut inverse_hessian, &moved, &turned, curvature);
        }
    }
    Minimum { point, value }
}

struct Step {
    point: Vec<f64>,
    value: f64,
    gradient: Vec<f64>,
}

/// A point along `direction` that is lower by enough and where the slope has flattened by enough; if there is none
/// with both, the lowest found; none when nothing is lower.
fn line_search(
    objective: &Objective,
    point: &[f64],
    value: f64,
    gradient: &[f64],
    direction: &[f64],
) -> Option<Step> {
    let slope = dot(gradient, direction);
    if slope >= 0.0 {
        return None;
    }
    let (mut low, mut high, mut length) = (0.0, f64::INFINITY, 1.0);
    let mut lowest: Option<Step> = None;
    for _ in 0..MAX_BISECTIONS {
        let trial: Vec<f64> = point.iter().zip(direction).map(|(p, d)| p + length * d).collect();
        let mut trial_gradient = vec![0.0; point.len()];
        let trial_value = objective(&trial, &mut trial_gradient);
        // A value that is not a number is no descent either.
        let is_lower = trial_value < value + SUFFICIENT_DESCENT * length * slope;
        if is_lower {
            let is_flatter = dot(&trial_gradient, direction) >= SLOPE_LEFT * slope;
            lowest = Some(Step { point: trial, value: trial_value, gradient: trial_gradient });
            if is_flatter {
                break;
            }
            low = length;
        } else {
            high = length;
        }
        length = if high.is_finite() { 0.5 * (low + high) } else { 2.0 * low };
    }
    lowest
}

/// The BFGS update: after it, the inverse Hessian maps `turned` (change of gradient) to `moved` (change of point).
fn update(inverse_hessian: &mut [Vec<f64>], moved: &[f64], turned: &[f64], curvature: f64) {
    let image = product(inverse_hessian, turned);
    let weight = (1.0 + dot(turned, &image) / curvature) / curvature;
    for (i, row) in inverse_hessian.iter_mut().enumerate() {
        for (j, entry) in row.iter_mut().enumerate() {
            *entry += weight * moved[i] * moved[j] - (moved[i] * image[j] + image[i] * moved[j]) / curvature;
        }
    }
}

fn identity(n: usize, scale: f64) -> Vec<Vec<f64>> {
    (0..n).map(|i| (0..n).map(|j| if i == j { scale } else { 0.0 }).collect()).collect()
}

fn product(matrix: &[Vec<f64>], vector: &[f64]) -> Vec<f64> {
    matrix.iter().map(|row| dot(row, vector)).collect()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curved_valley_of_rosenbrock_is_followed_to_its_end() {
        // Rosenbrock 1960: minimum 0 at (1, 1), start (-1.2, 1).
        let rosenbrock = |p: &[f64], g: &mut [f64]| {
            let (x, y) = (p[0], p[1]);
            g[0] = -400.0 * x * (y - x * x) - 2.0 * (1.0 - x);
            g[1] = 200.0 * (y - x * x);
            100.0 * (y - x * x).powi(2) + (1.0 - x).powi(2)
        };
        let minimum = minimize(&rosenbrock, &[-1.2, 1.0], 1e-10);
        // The smallest curvature there is 0.4: the error is at most about 3 times the tolerance.
        assert!(minimum.point.iter().all(|x| (x - 1.0).abs() < 1e-9), "{minimum:?}");
    }

    #[test]
    fn a_kink_does_not_stop_it() {
        // |x| + 10 |y - x|, and a little curvature: not differentiable at its minimum, the origin.
        let kinked = |p: &[f64], g: &mut [f64]| {
            let (x, y) = (p[0], p[1]);
            let across = 10.0 * (y - x).signum();
            g[0] = x.signum() - across + 0.1 * x;
            g[1] = across;
            x.abs() + 10.0 * (y - x).abs() + 0.05 * x * x
        };
        let minimum = minimize(&kinked, &[3.0, -7.0], 1e-10);
        assert!(minimum.value < 1e-6, "{minimum:?}");
    }
}
