//! A number that moves to its target instead of jumping.

use std::cell::Cell;
use std::rc::Rc;

use gloo::render::{AnimationFrame, request_animation_frame};
use yew::prelude::*;

use crate::browser;

/// How long most motions take, milliseconds: long enough to follow, short enough not to wait for.
pub const BRIEF: f64 = 700.0;

/// The current value on the way to `target`, which it reaches after `duration` milliseconds; at once the target itself
/// when the duration is zero or the reader asked for less motion.
#[hook]
pub fn use_animated(target: f64, duration: f64) -> f64 {
    let current = use_state_eq(|| target);
    let frame = use_mut_ref(|| None::<AnimationFrame>);
    // Where the value stood when its target last changed; the state would be stale inside the frames' closure.
    let shown = use_mut_ref(|| target);
    {
        let current = current.clone();
        use_effect_with(target, move |&target| {
            let from = *shown.borrow();
            if from == target {
                return;
            }
            if duration == 0.0 || browser::prefers_reduced_motion() {
                *frame.borrow_mut() = None;
                *shown.borrow_mut() = target;
                current.set(target);
                return;
            }
            let start = Rc::new(Cell::new(None::<f64>));
            next_frame(
                &frame,
                Rc::new(move |now| {
                    let began = start.get().unwrap_or(now);
                    start.set(Some(began));
                    let progress = ((now - began) / duration).clamp(0.0, 1.0);
                    let value = from + (target - from) * ease(progress);
                    *shown.borrow_mut() = value;
                    current.set(value);
                    progress < 1.0
                }),
            );
        });
    }
    *current
}

/// Slow, fast, slow: 3t² - 2t³.
fn ease(progress: f64) -> f64 {
    progress * progress * (3.0 - 2.0 * progress)
}

/// Calls `step` in each frame for as long as it returns true, or until the slot takes another motion or is dropped.
fn next_frame(slot: &Rc<std::cell::RefCell<Option<AnimationFrame>>>, step: Rc<dyn Fn(f64) -> bool>) {
    let again = Rc::downgrade(slot);
    let handle = request_animation_frame(move |now| {
        if step(now)
            && let Some(slot) = again.upgrade()
        {
            next_frame(&slot, Rc::clone(&step));
        }
    });
    *slot.borrow_mut() = Some(handle);
}

#[cfg(test)]
mod tests {
    use super::ease;

    #[test]
    fn easing_starts_and_ends_at_rest() {
        assert_eq!((ease(0.0), ease(0.5), ease(1.0)), (0.0, 0.5, 1.0));
        assert!(ease(0.01) < 0.001 && 1.0 - ease(0.99) < 0.001);
    }
}
