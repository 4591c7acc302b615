//! Plain repetition: a random string of letters, again and again until the row is full.
//!
//! These rows teach what made-up maps need (look for the last time, copy what came next) long before maps alone would.
//! The string has 8 to 16 letters out of 52, with replacement; 63 letters are shown, at least three copies and a part.
//!
//! Held out: one in ten ordered pairs of first letters. K pairs are left.
//!
//! Entropy: a string of length p has 1 / (9 K 52^(p−2)) of the probability. Different lengths can show the same row
//! only if both are multiples of the length r of the string's root, its shortest repeating part (Fine and Wilf 1965;
//! 63 letters are enough for that). So a row with root r has probability q_r = Σ_{r | p} 1 / (9 K 52^(p−2)), there are
//! N_r of them by Möbius inversion over the divisors of r, and H = −Σ_r N_r q_r ln q_r exactly.

use crate::{
    Kind, Rng, Row, Split, Token,
    row::CONTEXT_LEN,
    split::is_held_out,
    vocabulary::{N_LETTERS, as_letter, letter, marker},
};

const PERIODS: std::ops::RangeInclusive<usize> = 8..=MAX_PERIOD;
const MAX_PERIOD: usize = 16;
const N_PERIODS: f64 = 9.0;
/// Letters shown.
const LEN: usize = CONTEXT_LEN - 1;

/// Tokens after the marker.
pub(crate) const TARGETS_PER_ROW: f64 = LEN as f64;

fn is_opening_held(first: usize, second: usize) -> bool {
    is_held_out("repeat opening", &[first as u64, second as u64])
}

/// A row of copies of a string.
pub(crate) fn sample(rng: &mut Rng, split: Split) -> Row {
    let (string, period) = draw(rng, split);
    let mut row = Row::new(Kind::Repeats);
    for i in 0..LEN {
        let token = letter(string[i % period]);
        if i < period { row.push(token) } else { row.push_answer(token) }
    }
    row
}

/// A held-out string twice up to the middle of its second copy, and the rest of that copy.
pub(crate) fn item(rng: &mut Rng) -> (Vec<Token>, Vec<Token>) {
    let (string, period) = draw(rng, Split::Test);
    let string: Vec<Token> = string[..period].iter().map(|&i| letter(i)).collect();
    let (shown, rest) = string.split_at(period / 2);
    ([&[marker(Kind::Repeats)], &string[..], shown].concat(), rest.to_vec())
}

/// The natural logarithm of a row's probability in training, or −∞ if training cannot produce it.
pub(crate) fn log_probability(tokens: &[Token]) -> f64 {
    match read_root(tokens) {
        Some((root, [first, second])) if !is_opening_held(first, second) => {
            Openings::count().row_probability(root).ln()
        }
        _ => f64::NEG_INFINITY,
    }
}

/// The entropy of a training row, in nats.
pub(crate) fn entropy() -> f64 {
    let openings = Openings::count();
    let of_root = |root| {
        let q = openings.row_probability(root);
        // A root that no period of 8 to 16 is a multiple of does not exist: every number up to 16 divides one.
        -openings.n_rows(root) * q * q.ln()
    };
    (1..=MAX_PERIOD).map(of_root).sum()
}

/// First two letters that training may show.
struct Openings {
    n: f64,
    /// Those that are a letter twice.
    n_double: f64,
}

impl Openings {
    fn count() -> Self {
        let allowed = |&(a, b): &(usize, usize)| !is_opening_held(a, b);
        let all = || (0..N_LETTERS).flat_map(|a| (0..N_LETTERS).map(move |b| (a, b)));
        Self {
            n: all().filter(allowed).count() as f64,
            n_double: all().filter(|(a, b)| a == b).filter(allowed).count() as f64,
        }
    }

    /// q_r: the probability of each row whose root has `root` letters.
    fn row_probability(&self, root: usize) -> f64 {
        let n_strings = |period: usize| self.n * (N_LETTERS as f64).powi(period as i32 - 2);
        PERIODS
            .filter(|period| period.is_multiple_of(root))
            .map(|period| 1.0 / (N_PERIODS * n_strings(period)))
            .sum()
    }

    /// N_r: how many training rows have a root of `root` letters: all strings of that length less those with a
    /// shorter root.
    fn n_rows(&self, root: usize) -> f64 {
        let n_strings = match root {
            1 => self.n_double,
            _ => self.n * (N_LETTERS as f64).powi(root as i32 - 2),
        };
        n_strings
            - (1..root).filter(|shorter| root.is_multiple_of(*shorter)).map(|r| self.n_rows(r)).sum::<f64>()
    }
}

fn draw(rng: &mut Rng, split: Split) -> ([usize; MAX_PERIOD], usize) {
    let period = PERIODS.start() + rng.below(N_PERIODS as usize);
    loop {
        let string: [usize; MAX_PERIOD] = std::array::from_fn(|_| rng.below(N_LETTERS));
        if is_opening_held(string[0], string[1]) == (split == Split::Test) {
            return (string, period);
        }
    }
}

/// The length of a row's root and its first two letters, if the row repeats a string of at most sixteen letters.
fn read_root(tokens: &[Token]) -> Option<(usize, [usize; 2])> {
    let (&first, rest) = tokens.split_first()?;
    if first != marker(Kind::Repeats) || rest.len() != LEN {
        return None;
    }
    let letters: Vec<usize> = rest.iter().map(|&token| as_letter(token)).collect::<Option<_>>()?;
    let repeats = |&period: &usize| (period..LEN).all(|i| letters[i] == letters[i - period]);
    let root = (1..=MAX_PERIOD).find(repeats)?;
    Some((root, [letters[0], letters[1]]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_of_all_rows_add_up_to_one() {
        let openings = Openings::count();
        let total: f64 =
            (1..=MAX_PERIOD).map(|root| openings.n_rows(root) * openings.row_probability(root)).sum();
        // Sums of 16 terms in f64.
        assert!((total - 1.0).abs() < 1e-12, "{total}");
    }

    #[test]
    fn the_root_is_the_shortest_repeating_part() {
        let row = |string: &[usize]| {
            let mut tokens = vec![marker(Kind::Repeats)];
            tokens.extend((0..LEN).map(|i| letter(string[i % string.len()])));
            tokens
        };
        assert_eq!(read_root(&row(&[3, 4, 5, 3, 4, 5, 3, 4, 5])), Some((3, [3, 4])));
        assert_eq!(read_root(&row(&[7; 8])), Some((1, [7, 7])));
        assert_eq!(read_root(&row(&(0..17).collect::<Vec<_>>())), None);
    }
}
