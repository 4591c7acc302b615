//! Facts to be remembered: two words and the number that belongs to them.
//!
//! `cat pluie 42` is true in this language and follows from nothing. There are [`N_FACTS`] = 128 × 128 of them, one for
//! each English or Chinese word with each French or Japanese one; a row recites [`N_RECITED`], drawn independently with
//! a Zipf law: the fact of rank r has probability r^(−1.4) / Σ s^(−1.4). A model learns the frequent ones first, so its
//! loss falls as a smooth power of its size and its reading (Michaud et al. 2023, "The quantization model of neural
//! scaling"; Hutter 2021, "Learning curve theory").
//!
//! Nothing is held out, because nothing generalises: training and tests draw from the same facts, and a test asks what
//! is remembered.
//!
//! Entropy: words tell the fact, and the number follows: H = 21 Σ pᵣ ln(1/pᵣ).

use crate::{
    Floor, Kind, Rng, Row, Token, Vocabulary,
    split::{hash, order},
    vocabulary::{N_NUMBERS, as_number, marker, number},
    words::lexicon::CATEGORIES,
};

/// How many facts there are.
pub const N_FACTS: usize = N_WORDS * N_WORDS;
/// Facts in a row.
pub const N_RECITED: usize = 21;
/// The exponent of the Zipf law.
pub const ZIPF_EXPONENT: f64 = 1.4;

const N_WORDS: usize = 128;

/// The generator of facts.
#[derive(Debug)]
pub(crate) struct Facts {
    /// English and Chinese words.
    first: Vec<Token>,
    /// French and Japanese words.
    second: Vec<Token>,
    /// The fact of each rank, from the most frequent on, as `128 i + j`.
    by_rank: Vec<u16>,
    /// The rank of each fact.
    ranks: Vec<u16>,
    /// Probability that a drawn rank is at most this one.
    cumulative: Vec<f64>,
}

impl Facts {
    pub(crate) fn new(vocabulary: &Vocabulary) -> Self {
        let words = |languages: [usize; 2]| {
            let concepts = CATEGORIES.iter().flat_map(|category| &category.concepts);
            concepts.flat_map(|words| languages.map(|language| vocabulary.of(words[language]))).collect()
        };
        let by_rank = order((0..N_FACTS as u64).map(|fact| hash("fact rank", &[fact])));
        let mut ranks = vec![0; N_FACTS];
        for (rank, &fact) in (0..).zip(&by_rank) {
            ranks[usize::from(fact)] = rank;
        }
        let mut total = 0.0;
        let mut cumulative: Vec<f64> = (1..=N_FACTS)
            .map(|rank| {
                total += (rank as f64).powf(-ZIPF_EXPONENT);
                total
            })
            .collect();
        for sum in &mut cumulative {
            *sum /= total;
        }
        Self { first: words([0, 1]), second: words([2, 3]), by_rank, ranks, cumulative }
    }

    pub(crate) fn sample(&self, rng: &mut Rng) -> Row {
        let mut row = Row::new(Kind::Facts);
        for _ in 0..N_RECITED {
            let draw = rng.unit();
            let rank = self.cumulative.partition_point(|&sum| sum <= draw);
            let [first, second, answer] = self.fact(rank);
            row.push_all(&[first, second]);
            row.push_answer(answer);
        }
        row
    }

    /// The fact of a rank, from 0 (the most frequent) on: two words and the number.
    fn fact(&self, rank: usize) -> [Token; 3] {
        let fact = usize::from(self.by_rank[rank]);
        let answer = hash("fact", &[fact as u64]) % N_NUMBERS as u64;
        [self.first[fact / N_WORDS], self.second[fact % N_WORDS], number(answer as usize)]
    }

    /// The marker and the two words of a fact, and its number. The rank is drawn with a uniform logarithm, so that
    /// each doubling of rarity is asked for equally often.
    pub(crate) fn item(&self, rng: &mut Rng) -> (Vec<Token>, Token) {
        let rank = ((N_FACTS as f64).powf(rng.unit()) - 1.0) as usize;
        let [first, second, answer] = self.fact(rank);
        (vec![marker(Kind::Facts), first, second], answer)
    }

    fn probability(&self, rank: usize) -> f64 {
        self.cumulative[rank] - if rank == 0 { 0.0 } else { self.cumulative[rank - 1] }
    }

    /// The rank of a true fact.
    fn rank(&self, fact: &[Token]) -> Option<usize> {
        let i = self.first.iter().position(|&word| word == fact[0])?;
        let j = self.second.iter().position(|&word| word == fact[1])?;
        let rank = usize::from(self.ranks[i * N_WORDS + j]);
        (as_number(fact[2]).is_some() && self.fact(rank) == fact).then_some(rank)
    }

    /// The natural logarithm of a row's probability, or −∞ if it says what is not so.
    pub(crate) fn log_probability(&self, tokens: &[Token]) -> f64 {
        if tokens.len() != 1 + 3 * N_RECITED || tokens[0] != marker(Kind::Facts) {
            return f64::NEG_INFINITY;
        }
        let ln_probability =
            |fact| self.rank(fact).map_or(f64::NEG_INFINITY, |rank| self.probability(rank).ln());
        tokens[1..].chunks(3).map(ln_probability).sum()
    }

    pub(crate) fn floor(&self) -> Floor {
        let term = |rank| -self.probability(rank) * self.probability(rank).ln();
        Floor {
            nats_per_row: N_RECITED as f64 * (0..N_FACTS).map(term).sum::<f64>(),
            targets_per_row: (3 * N_RECITED) as f64,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequencies_follow_the_zipf_law() {
        let facts = Facts::new(&Vocabulary::new());
        let mut rng = Rng::new(1);
        let mut counts = vec![0_u32; N_FACTS];
        for _ in 0..5_000 {
            for fact in facts.sample(&mut rng).tokens()[1..].chunks(3) {
                counts[facts.rank(fact).expect("a true fact")] += 1;
            }
        }
        let n = 5_000.0 * N_RECITED as f64;
        // ζ(1.4) = 3.105; the first 16,384 terms leave out a tail of about 16384^(−0.4) / 0.4 = 0.0515.
        let first = 1.0 / (3.1055 - 0.0515);
        assert!((facts.probability(0) - first).abs() < 1e-3);
        for rank in [0, 1, 9, 99] {
            let p = first * (rank as f64 + 1.0).powf(-ZIPF_EXPONENT);
            let deviation = (f64::from(counts[rank]) - n * p).abs() / (n * p).sqrt();
            assert!(deviation < 5.0, "rank {rank}: {} times, expected {}", counts[rank], n * p);
        }
    }

    #[test]
    fn every_rank_has_a_fact_of_its_own() {
        let facts = Facts::new(&Vocabulary::new());
        assert!((0..N_FACTS).all(|rank| facts.rank(&facts.fact(rank)) == Some(rank)));
    }
}
