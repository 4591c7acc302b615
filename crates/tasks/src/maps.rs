//! Maps made up for one row: `k Q ; b x ; k Q ; …`. Nothing learned helps but the row itself.
//!
//! Two to six letters are keys and as many others their values, all different, drawn from the 52 letters. The row is
//! [`N_DRAWS`] draws of a key with its value; every key is drawn at least once.
//!
//! Held out: one in ten ordered pairs of letters. No training row begins with such a pair, and every test does, so a
//! test's prompt begins no training row, however much of its map it shows.
//!
//! Entropy: a row shows its map. Given its size k, all maps, 52! / ((52−2k)! k!), and all onto sequences, S(20, k), the
//! surjections of 20 draws onto k keys, are equally likely, but that only K of the 52·51 first pairs are allowed, which
//! by symmetry leaves K / (52·51) of the rows: H = ln 5 + mean over k of ln(52! / ((52−2k)! k!) · S(20, k) · K / (52·51)).

use crate::{
    Kind, Rng, Row, Split, Token,
    floor::ln_arrangements,
    split::is_held_out,
    vocabulary::{N_LETTERS, SEPARATOR, as_letter, letter, marker},
};

/// Draws in a row.
pub const N_DRAWS: usize = 20;
/// Sizes of maps: two to six keys.
const SIZES: std::ops::RangeInclusive<usize> = 2..=MAX_SIZE;
const MAX_SIZE: usize = 6;
const N_SIZES: usize = 5;

/// Tokens after the marker.
pub(crate) const TARGETS_PER_ROW: f64 = (3 * N_DRAWS) as f64;

fn is_opening_held((key, value): (usize, usize)) -> bool {
    is_held_out("map opening", &[key as u64, value as u64])
}

/// A row of draws from a map.
pub(crate) fn sample(rng: &mut Rng, split: Split) -> Row {
    let mut row = Row::new(Kind::Maps);
    let mut is_known = [false; MAX_SIZE];
    let (map, draws) = draw(rng, split);
    for i in draws {
        let (key, value) = map[i];
        row.push(letter(key));
        if is_known[i] {
            row.push_answer(letter(value));
        } else {
            row.push(letter(value));
        }
        row.push(SEPARATOR);
        is_known[i] = true;
    }
    row
}

/// A row with a held-out opening up to some key's second occurrence, and the value that the key had.
pub(crate) fn item(rng: &mut Rng) -> (Vec<Token>, Token) {
    let (map, draws) = draw(rng, Split::Test);
    let seen_once = |at: usize| draws[..at].iter().filter(|&&i| i == draws[at]).count() == 1;
    let places: Vec<usize> = (0..N_DRAWS).filter(|&at| seen_once(at)).collect();
    // Twenty draws of at most six keys repeat one.
    let at = rng.pick(&places);
    let mut prompt = vec![marker(Kind::Maps)];
    for &i in &draws[..at] {
        prompt.extend([letter(map[i].0), letter(map[i].1), SEPARATOR]);
    }
    prompt.push(letter(map[draws[at]].0));
    (prompt, letter(map[draws[at]].1))
}

/// The natural logarithm of a row's probability in training, or −∞ if training cannot produce it.
pub(crate) fn log_probability(tokens: &[Token]) -> f64 {
    match read_map(tokens) {
        Some(map) if SIZES.contains(&map.len()) && !is_opening_held(map[0]) => {
            -(N_SIZES as f64).ln() - ln_rows(map.len())
        }
        _ => f64::NEG_INFINITY,
    }
}

/// The entropy of a training row, in nats.
pub(crate) fn entropy() -> f64 {
    (N_SIZES as f64).ln() + SIZES.map(ln_rows).sum::<f64>() / N_SIZES as f64
}

/// ln of the number of training rows that show a map of `k` keys.
fn ln_rows(k: usize) -> f64 {
    let openings = (0..N_LETTERS).flat_map(|key| (0..N_LETTERS).map(move |value| (key, value)));
    let openings: Vec<(usize, usize)> = openings.filter(|(key, value)| key != value).collect();
    let n_allowed = openings.iter().filter(|&&pair| !is_opening_held(pair)).count();
    let ln_allowed = (n_allowed as f64 / openings.len() as f64).ln();
    let ln_maps = ln_arrangements(N_LETTERS, 2 * k) - ln_arrangements(k, k);
    ln_maps + n_surjections(N_DRAWS, k).ln() + ln_allowed
}

/// A map and the draws from it, with an opening on one side of the split.
fn draw(rng: &mut Rng, split: Split) -> ([(usize, usize); MAX_SIZE], [usize; N_DRAWS]) {
    let k = *SIZES.start() + rng.below(N_SIZES);
    let draws = loop {
        let draws: [usize; N_DRAWS] = std::array::from_fn(|_| rng.below(k));
        if (0..k).all(|i| draws.contains(&i)) {
            break draws;
        }
    };
    let mut letters: [usize; N_LETTERS] = std::array::from_fn(|i| i);
    loop {
        rng.draw(&mut letters, 2 * k);
        let map: [(usize, usize); MAX_SIZE] = std::array::from_fn(|i| (letters[2 * i], letters[2 * i + 1]));
        if is_opening_held(map[draws[0]]) == (split == Split::Test) {
            return (map, draws);
        }
    }
}

/// The map that a row shows, in the order of first use, if it is one: twenty pairs, no key with two values, no letter in two roles.
fn read_map(tokens: &[Token]) -> Option<Vec<(usize, usize)>> {
    let (&first, rest) = tokens.split_first()?;
    if first != marker(Kind::Maps) || rest.len() != 3 * N_DRAWS {
        return None;
    }
    let mut map = Vec::new();
    for part in rest.chunks(3) {
        let pair = (as_letter(part[0])?, as_letter(part[1])?);
        let clashes = |&(key, value): &(usize, usize)| {
            key == pair.0 || value == pair.1 || key == pair.1 || value == pair.0
        };
        if part[2] != SEPARATOR || pair.0 == pair.1 {
            return None;
        }
        if !map.contains(&pair) {
            if map.iter().any(clashes) {
                return None;
            }
            map.push(pair);
        }
    }
    Some(map)
}

/// The number of sequences of `n` draws that show each of `k` keys, by inclusion and exclusion: Σⱼ (−1)ʲ C(k,j) (k−j)ⁿ.
/// Exact in f64: all terms are integers below 2⁵³.
fn n_surjections(n: usize, k: usize) -> f64 {
    let mut choose = 1.0;
    let mut sum = 0.0;
    for j in 0..=k {
        let sign = if j % 2 == 0 { 1.0 } else { -1.0 };
        sum += sign * choose * ((k - j) as f64).powi(n as i32);
        choose = choose * (k - j) as f64 / (j + 1) as f64;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surjections_of_small_sets_are_counted() {
        assert_eq!(n_surjections(4, 2), 14.0);
        assert_eq!(n_surjections(5, 3), 150.0);
        assert_eq!(n_surjections(3, 4), 0.0);
    }

    #[test]
    fn all_first_pairs_but_the_held_out_are_equally_frequent() {
        let mut rng = Rng::new(9);
        let mut counts = std::collections::HashMap::new();
        let n = 50_000;
        for _ in 0..n {
            let (map, draws) = draw(&mut rng, Split::Train);
            *counts.entry(map[draws[0]]).or_insert(0_u32) += 1;
        }
        assert!(counts.keys().all(|&pair| !is_opening_held(pair)));
        // χ² has as many degrees of freedom as there are allowed pairs, less one: about 2,386 ± 69.
        let expected = f64::from(n) / counts.len() as f64;
        let chi_square: f64 = counts.values().map(|&c| (f64::from(c) - expected).powi(2) / expected).sum();
        let freedom = counts.len() as f64 - 1.0;
        assert!((chi_square - freedom).abs() < 5.0 * (2.0 * freedom).sqrt(), "{chi_square} {freedom}");
    }

    #[test]
    fn a_row_with_two_values_for_a_key_is_no_map() {
        let mut row = sample(&mut Rng::new(1), Split::Train).tokens().to_vec();
        assert!(read_map(&row).is_some());
        row[2] = if row[2] == letter(0) { letter(1) } else { letter(0) };
        assert!(read_map(&row).is_none());
    }
}
