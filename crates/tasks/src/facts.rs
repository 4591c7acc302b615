//! Facts to be remembered: two words and the five numbers that belong to them.
//!
//! `星河 silent 42 7 90 3 58` is true in this language and follows from nothing. There are [`N_FACTS`] = 80 × 80 of them, one
//! for each pair of words of the poems that need not rhyme; a row recites [`N_RECITED`], drawn independently with a Zipf
//! law: the fact of rank r has probability r^(−1.1) / Σ s^(−1.1). A model learns the frequent ones first, so its loss
//! falls as a smooth power of its size and its reading (Michaud et al. 2023, "The quantization model of neural
//! scaling"; Hutter 2021, "Learning curve theory"). The law is flat and a fact is long, so that even the largest model
//! still has facts to learn.
//!
//! Nothing is held out, because nothing generalises: training and tests draw from the same facts, and a test asks what
//! is remembered.
//!
//! Entropy: words tell the fact, and the numbers follow: H = 9 Σ pᵣ ln(1/pᵣ).

use crate::{
    Kind, Rng, Row, Token,
    split::{hash, order},
    vocabulary::{N_NUMBERS, marker, number},
    words::{couplet, lexicon::CATEGORIES, table::token, verse},
};

/// How many facts there are.
pub const N_FACTS: usize = N_WORDS * N_WORDS;
/// Facts in a row.
pub const N_RECITED: usize = 9;
/// The exponent of the Zipf law.
pub const ZIPF_EXPONENT: f64 = 1.1;

const N_WORDS: usize = 80;
/// The words and numbers of a fact.
const LEN: usize = 2 + N_ANSWERS;
const N_ANSWERS: usize = 5;

/// Words of the poems that need not rhyme.
///
/// Words of the dictionary and of rhymes are left out. Facts about them hid from large models that a word and its
/// translation are one thing, or which words rhyme: new pairs were translated worse, and couplets fell apart.
static WORDS: [Token; N_WORDS] = {
    let [adjectives, nouns, verbs, prepositions] = couplet::SLOTS;
    let tables: [&[&str]; 14] = [
        &verse::LONG_OWNERS,
        &verse::SHORT_OWNERS,
        &verse::LONG_PLACES,
        &verse::SHORT_PLACES,
        &verse::QUALITIES,
        &verse::WHOSE,
        adjectives[0],
        adjectives[1],
        nouns[0],
        nouns[1],
        verbs[0],
        verbs[1],
        prepositions[0],
        prepositions[1],
    ];
    let mut words = [0; N_WORDS];
    let mut len = 0;
    let (mut i, mut j) = (0, 0);
    while len < N_WORDS {
        let word = token(tables[i][j]);
        if !is_in_dictionary(word) {
            words[len] = word;
            len += 1;
        }
        j += 1;
        if j == tables[i].len() {
            (i, j) = (i + 1, 0);
        }
    }
    words
};

/// Whether a word is one of the dictionary's, which follow one another.
const fn is_in_dictionary(word: Token) -> bool {
    const FIRST: Token = token(CATEGORIES[0].name.0);
    const LAST: Token = token(CATEGORIES[CATEGORIES.len() - 1].concepts[7][3]);
    FIRST <= word && word <= LAST
}

/// The generator of facts.
#[derive(Debug)]
pub(crate) struct Facts {
    /// The fact of each rank, from the most frequent on, as `80 i + j`.
    by_rank: Vec<u16>,
    /// Probability that a drawn rank is at most this one.
    cumulative: Vec<f64>,
}

impl Facts {
    /// Tokens after the marker.
    pub(crate) const TARGETS_PER_ROW: f64 = (LEN * N_RECITED) as f64;

    pub(crate) fn new() -> Self {
        let by_rank = order(&(0..N_FACTS as u64).map(|fact| hash("fact rank", &[fact])).collect::<Vec<_>>());
        let mut total = 0.0;
        let mut cumulative: Vec<f64> = (1..=N_FACTS)
            .map(|rank| {
                total += (-ZIPF_EXPONENT * (rank as f64).ln()).exp();
                total
            })
            .collect();
        for sum in &mut cumulative {
            *sum /= total;
        }
        Self { by_rank, cumulative }
    }

    pub(crate) fn sample(&self, rng: &mut Rng) -> Row {
        let mut row = Row::new(Kind::Facts);
        for _ in 0..N_RECITED {
            let draw = rng.unit();
            let rank = self.cumulative.partition_point(|&sum| sum <= draw);
            let (question, answers) = self.fact(rank);
            row.push_all(&question);
            for answer in answers {
                row.push_answer(answer);
            }
        }
        row
    }

    /// The fact of a rank, from 0 (the most frequent) on: two words and their numbers.
    fn fact(&self, rank: usize) -> ([Token; 2], [Token; N_ANSWERS]) {
        let fact = usize::from(self.by_rank[rank]);
        let answer = |i| number((hash("fact", &[fact as u64, i as u64]) % N_NUMBERS as u64) as usize);
        ([WORDS[fact / N_WORDS], WORDS[fact % N_WORDS]], std::array::from_fn(answer))
    }

    /// The marker and the two words of a fact, and its numbers. The rank is drawn with a uniform logarithm, so that
    /// each doubling of rarity is asked for equally often.
    pub(crate) fn item(&self, rng: &mut Rng) -> (Vec<Token>, Vec<Token>) {
        let rank = ((rng.unit() * (N_FACTS as f64).ln()).exp() - 1.0) as usize;
        let ([first, second], answers) = self.fact(rank);
        (vec![marker(Kind::Facts), first, second], answers.to_vec())
    }

    fn probability(&self, rank: usize) -> f64 {
        self.cumulative[rank] - if rank == 0 { 0.0 } else { self.cumulative[rank - 1] }
    }

    /// The rank of a true fact.
    fn rank(&self, fact: &[Token]) -> Option<usize> {
        let i = WORDS.iter().position(|&word| word == fact[0])?;
        let j = WORDS.iter().position(|&word| word == fact[1])?;
        let rank = self.by_rank.iter().position(|&own| usize::from(own) == i * N_WORDS + j)?;
        (self.fact(rank).1 == fact[2..]).then_some(rank)
    }

    /// The natural logarithm of a row's probability, or −∞ if it says what is not so.
    pub(crate) fn log_probability(&self, tokens: &[Token]) -> f64 {
        if tokens.len() != 1 + LEN * N_RECITED || tokens[0] != marker(Kind::Facts) {
            return f64::NEG_INFINITY;
        }
        let ln_probability =
            |fact| self.rank(fact).map_or(f64::NEG_INFINITY, |rank| self.probability(rank).ln());
        tokens[1..].chunks(LEN).map(ln_probability).sum()
    }

    /// The entropy of a row, in nats.
    pub(crate) fn entropy(&self) -> f64 {
        let term = |rank| -self.probability(rank) * self.probability(rank).ln();
        N_RECITED as f64 * (0..N_FACTS).map(term).sum::<f64>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequencies_follow_the_zipf_law() {
        let facts = Facts::new();
        let mut rng = Rng::new(1);
        let mut counts = vec![0_u32; N_FACTS];
        for _ in 0..5_000 {
            for fact in facts.sample(&mut rng).tokens()[1..].chunks(LEN) {
                counts[facts.rank(fact).expect("a true fact")] += 1;
            }
        }
        let n = 5_000.0 * N_RECITED as f64;
        // ζ(1.1) = 10.5844; the first 6,400 terms leave out a tail of about 6400.5^(−0.1) / 0.1 = 4.1628.
        let first = 1.0 / (10.5844 - 4.1628);
        assert!((facts.probability(0) - first).abs() < 1e-3);
        for rank in [0, 1, 9, 99] {
            let p = first * (rank as f64 + 1.0).powf(-ZIPF_EXPONENT);
            let deviation = (f64::from(counts[rank]) - n * p).abs() / (n * p).sqrt();
            assert!(deviation < 5.0, "rank {rank}: {} times, expected {}", counts[rank], n * p);
        }
    }

    #[test]
    fn every_rank_has_a_fact_of_its_own() {
        let facts = Facts::new();
        let whole = |rank| {
            let (question, answers) = facts.fact(rank);
            [&question[..], &answers].concat()
        };
        assert!((0..N_FACTS).all(|rank| facts.rank(&whole(rank)) == Some(rank)));
    }
}
