//! The calls that the text's recursive function makes.

use chapter::Language;
use yew::prelude::*;

use super::words;

/// One call.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Call {
    /// What it is called with.
    n: u8,
    /// Calls above it.
    depth: u8,
    /// Its place from left to right: 0 is the first leaf, 1 the second; calls above leaves stand between them.
    place: f64,
    /// Index of the call that made it.
    parent: Option<usize>,
    /// Whether the same number was computed before.
    is_repeated: bool,
}

/// All calls, in the order in which they are made.
#[derive(Clone, Debug, PartialEq)]
pub struct Calls {
    calls: Vec<Call>,
    n_leaves: u32,
}

impl Calls {
    /// Those of fib(n).
    pub fn of(n: u8) -> Self {
        let mut own = Self { calls: Vec::new(), n_leaves: 0 };
        own.call(n, 0, None);
        own
    }

    fn call(&mut self, n: u8, depth: u8, parent: Option<usize>) -> f64 {
        let index = self.calls.len();
        let is_repeated = self.calls.iter().any(|call| call.n == n);
        self.calls.push(Call { n, depth, place: 0.0, parent, is_repeated });
        let place = if n <= 1 {
            self.n_leaves += 1;
            f64::from(self.n_leaves - 1)
        } else {
            let left = self.call(n - 1, depth + 1, Some(index));
            let right = self.call(n - 2, depth + 1, Some(index));
            f64::midpoint(left, right)
        };
        self.calls[index].place = place;
        place
    }
}

/// How many calls fib(n) makes: itself, and those of the two before.
pub fn count(n: u8) -> u64 {
    let (mut own, mut next) = (1, 1);
    for _ in 0..n {
        (own, next) = (next, own + next + 1);
    }
    own
}

/// Height of a row of calls, CSS pixels.
const ROW: u32 = 32;
/// Most leaves whose calls have room for what they are called with.
const NAMED: u32 = 8;
/// Most leaves whose dots have room for more than the smallest on a phone.
const CLOSE: u32 = 34;

/// The calls as a tree. Places are in percent of the width, so that dots and text keep their size on every screen.
pub fn call_tree(calls: &Calls, language: Language) -> Html {
    let across = |call: &Call| format!("{:.2}%", 100.0 * (call.place + 0.5) / f64::from(calls.n_leaves));
    let down = |call: &Call| (ROW * u32::from(call.depth) + ROW / 2).to_string();
    let is_named = calls.n_leaves <= NAMED;
    let depth = calls.calls.iter().map(|call| u32::from(call.depth)).max().unwrap_or_default();
    let lines = calls.calls.iter().filter_map(|call| {
        let parent = calls.calls.get(call.parent?)?;
        Some(html! { <line x1={across(parent)} y1={down(parent)} x2={across(call)} y2={down(call)} /> })
    });
    let radius = match calls.n_leaves {
        _ if is_named => "13",
        ..=CLOSE => "3.5",
        _ => "2.5",
    };
    let dots = calls.calls.iter().map(|call| {
        html! {
            <>
                <circle cx={across(call)} cy={down(call)} r={radius} data-repeated={call.is_repeated.then_some("")} />
                if is_named { <text x={across(call)} y={down(call)} dy="0.35em" data-repeated={call.is_repeated.then_some("")}>{ call.n }</text> }
            </>
        }
    });
    html! {
        <svg
            class="calls__tree"
            height={(ROW * (depth + 1)).to_string()}
            role="img"
            aria-label={words::tree(calls.calls.len(), calls.calls.iter().filter(|call| !call.is_repeated).count(), language)}
        >
            { for lines }
            { for dots }
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The function of the text, counting its calls.
    fn fibonacci(n: u8, calls: &mut u64) -> u64 {
        *calls += 1;
        if n <= 1 { n.into() } else { fibonacci(n - 1, calls) + fibonacci(n - 2, calls) }
    }

    #[test]
    fn calls_are_those_of_the_function() {
        for n in 0..=20 {
            let mut calls = 0;
            fibonacci(n, &mut calls);
            assert_eq!(count(n), calls, "fib({n})");
            assert_eq!(Calls::of(n).calls.len() as u64, calls);
        }
        assert_eq!(count(40), 331_160_281);
        let ratio = count(30) as f64 / count(29) as f64;
        assert!((ratio - f64::midpoint(1.0, 5_f64.sqrt())).abs() < 1e-5, "{ratio}");
    }

    #[test]
    fn each_number_is_new_once() {
        let Calls { calls, n_leaves } = Calls::of(7);
        assert_eq!(calls.iter().filter(|call| !call.is_repeated).count(), 8);
        assert!(calls.iter().all(|call| (0.0..f64::from(n_leaves)).contains(&call.place)));
        assert!(calls.iter().skip(1).all(|call| calls[call.parent.unwrap()].depth + 1 == call.depth));
    }
}
