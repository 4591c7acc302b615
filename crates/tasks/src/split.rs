//! What training may see and what is kept for tests.

use std::collections::BinaryHeap;

/// The fixed seed of everything that is part of the language itself: what is held out, which facts are true. It is a
/// constant because models, scores and pages must mean the same language.
const LANGUAGE_SEED: u64 = 0x5ca1_e5c4_1e00_0001;

/// Which side of the hold-out a row comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Split {
    /// What models are trained on.
    Train,
    /// Rows that training can never produce, because each contains something that is held out. For
    /// [`Kind::Facts`](crate::Kind::Facts), where there is nothing to generalise, the same as `Train`.
    Test,
}

/// A scrambled 64-bit number (the finalizer of SplitMix64: Steele, Lea and Flood 2014).
fn mix(mut z: u64) -> u64 {
    z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A number that looks random but is fixed for each `part` of the language and each `key`; the same on machines of 32
/// and 64 bits.
pub(crate) fn hash(part: &str, key: &[u64]) -> u64 {
    hash_pieces(&[part], key)
}

/// The same for a part whose name is given in pieces.
pub(crate) fn hash_pieces(part: &[&str], key: &[u64]) -> u64 {
    let bytes = part.iter().flat_map(|piece| piece.bytes());
    let start = bytes.fold(LANGUAGE_SEED, |h, byte| mix(h ^ u64::from(byte)));
    key.iter().fold(start, |h, &word| mix(h ^ word))
}

/// Whether a key is held out: one in ten, by its hash.
pub(crate) fn is_held_out(part: &str, key: &[u64]) -> bool {
    hash(part, key).is_multiple_of(10)
}

/// The indices of some keys, at most 65,536, from the smallest key to the largest; equal keys keep their order.
pub(crate) fn order(keys: &[u64]) -> Vec<u16> {
    // A heap sorts with little code, of which the page's programs have to carry all.
    let numbered: BinaryHeap<(u64, u16)> = keys.iter().copied().zip(0..=u16::MAX).collect();
    numbered.into_sorted_vec().into_iter().map(|(_, index)| index).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_ordered_and_equal_ones_keep_their_order() {
        assert_eq!(order(&[7, 3, 7, 0, 3]), [3, 1, 4, 0, 2]);
    }

    #[test]
    fn one_key_in_ten_is_held_out() {
        let n_held = (0..100_000).filter(|&i| is_held_out("test", &[i / 300, i % 300])).count();
        // Mean 10,000, standard deviation 95: five of those.
        assert!(n_held.abs_diff(10_000) < 475, "{n_held}");
    }

    #[test]
    fn parts_of_the_language_are_held_out_independently() {
        let both = (0..100_000).filter(|&i| is_held_out("one", &[i]) && is_held_out("two", &[i])).count();
        // Mean 1,000, standard deviation 31.5.
        assert!(both.abs_diff(1_000) < 158, "{both}");
    }
}
