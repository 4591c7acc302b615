//! What stays behind while the reader drags: contours, valleys of other budgets, and the path of their bottoms.
//!
//! All of it follows from the law alone, and is computed and traced once for each. Computed with each redraw it was most
//! of a redraw's mathematics.

use std::cell::RefCell;
use std::rc::Rc;

use scaling::{Flops, Nats, ParametricLaw, Params};

use super::{TOKENS, budgets, loss_scale, params_scale, samples, tokens_scale, valley};
use crate::plot::Trace;

/// Losses whose contours are drawn, nats per token.
const CONTOURS: [f64; 10] = [1.8, 1.85, 1.9, 1.95, 2.0, 2.1, 2.2, 2.4, 2.7, 3.0];
/// Budgets whose valleys stay in the background, FLOPs.
const VALLEYS: [f64; 4] = [1e21, 1e23, 1e25, 1e27];

/// The background of both plots.
pub struct Ground {
    /// On the map, curves of equal loss.
    pub contours: Vec<Contour>,
    /// Below, the loss along the models of some budgets.
    pub valleys: Vec<Trace>,
    /// Below, the lowest loss of every budget.
    pub bottoms: Trace,
}

/// A curve of equal loss.
pub struct Contour {
    /// The loss, nats per token.
    pub loss: f64,
    /// The curve.
    pub trace: Trace,
    /// Where it leaves the map at the right, if there is room to name it.
    pub end: Option<(f64, f64)>,
}

thread_local! {
    /// The background of the law that was drawn last.
    static LAST: RefCell<Option<(ParametricLaw, Rc<Ground>)>> = const { RefCell::new(None) };
}

impl Ground {
    /// The background of a law.
    pub fn of(law: ParametricLaw) -> Rc<Self> {
        LAST.with_borrow_mut(|last| match last {
            Some((own, ground)) if *own == law => Rc::clone(ground),
            _ => Rc::clone(&last.insert((law, Rc::new(Self::new(law)))).1),
        })
    }

    fn new(law: ParametricLaw) -> Self {
        let below = |points: &[(f64, f64)]| Trace::new(points, &params_scale(), &loss_scale());
        let bottoms: Vec<_> = budgets(8.0)
            .map(|flops| law.compute_optimal(Flops(flops)))
            .map(|best| (best.params.0, law.loss(best.params, best.tokens).0))
            .collect();
        Self {
            contours: CONTOURS.map(|loss| Contour::new(law, loss)).into(),
            valleys: VALLEYS.map(|flops| below(&valley(law, Flops(flops)))).into(),
            bottoms: below(&bottoms),
        }
    }
}

impl Contour {
    fn new(law: ParametricLaw, loss: f64) -> Self {
        // D follows from N; the curve begins where even endless text would not do for N.
        let points: Vec<_> = samples()
            .filter_map(|params| Some((params, law.tokens_for_loss(Nats(loss), Params(params)).ok()?.0)))
            .collect();
        let has_room = |end: &&(f64, f64)| (TOKENS.0..TOKENS.1 * 0.3).contains(&end.1);
        Self {
            loss,
            trace: Trace::new(&points, &params_scale(), &tokens_scale()),
            end: points.last().filter(has_room).copied(),
        }
    }
}
