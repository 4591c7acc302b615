//! Rows of code: `1 1 2 3 5 8 def 1 1 return f(n-1) + f(n-2) <end>`, three times.
//!
//! The shown terms determine how the sequence goes on, even where two programs fit them: the vector
//! (f(n-1), f(n-2), n, 1) moves by a constant 4×4 matrix, so if a second recurrence, a linear condition on that vector,
//! holds at the four terms that follow the starts, it holds at all later ones (Cayley and Hamilton).
//!
//! Held out: one in ten sequences by the hash of their six terms, with all programs that make them; 0 1 1 2 3 5 and
//! 1 1 2 3 5 8 always.
//!
//! Entropy: each of the three is uniform over the recurrences that are left, and terms follow from the recurrence:
//! H = 3 ln(number of recurrences in training).

use super::{Program, Recurrence};
use crate::{
    Kind, Rng, Row, Split, Token,
    row::CONTEXT_LEN,
    vocabulary::{END, marker, number},
};

/// Terms that a prompt shows.
pub const N_SHOWN_TERMS: usize = 6;
/// Terms after those, on which an answer is graded.
pub const N_HIDDEN_TERMS: usize = 6;

const N_PROGRAMS: usize = 3;

/// The generator of programs.
#[derive(Debug)]
pub(crate) struct Programs {
    train: Vec<Recurrence>,
    test: Vec<Recurrence>,
}

impl Programs {
    pub(crate) fn new() -> Self {
        let (test, train): (Vec<_>, Vec<_>) = Recurrence::all().into_iter().partition(|r| r.is_held_out());
        Self { train, test }
    }

    /// Recurrences in training and in tests.
    pub(crate) fn sizes(&self) -> (usize, usize) {
        (self.train.len(), self.test.len())
    }

    pub(crate) fn sample(&self, rng: &mut Rng, split: Split) -> Row {
        let recurrences = match split {
            Split::Train => &self.train,
            Split::Test => &self.test,
        };
        let mut row = Row::new(Kind::Code);
        for _ in 0..N_PROGRAMS {
            let recurrence = rng.pick(recurrences);
            row.push_all(&shown_terms(recurrence));
            row.push_answers(&recurrence.program());
        }
        debug_assert!(row.tokens().len() <= CONTEXT_LEN);
        row
    }

    /// A held-out recurrence.
    pub(crate) fn item(&self, rng: &mut Rng) -> Recurrence {
        rng.pick(&self.test)
    }

    /// The marker and the six terms, and the program.
    pub(crate) fn prompt(recurrence: Recurrence) -> (Vec<Token>, Vec<Token>) {
        let mut prompt = vec![marker(Kind::Code)];
        prompt.extend(shown_terms(recurrence));
        (prompt, recurrence.program())
    }

    /// The natural logarithm of a row's probability in training, or −∞ if training cannot produce it.
    pub(crate) fn log_probability(&self, tokens: &[Token]) -> f64 {
        let documents: Vec<&[Token]> = tokens[1..].split_inclusive(|&token| token == END).collect();
        let is_known = |document: &&[Token]| {
            self.train
                .iter()
                .any(|&r| document.starts_with(&shown_terms(r)) && document[N_SHOWN_TERMS..] == r.program())
        };
        if tokens[0] == marker(Kind::Code) && documents.len() == N_PROGRAMS && documents.iter().all(is_known)
        {
            -self.entropy()
        } else {
            f64::NEG_INFINITY
        }
    }

    /// The entropy of a training row, in nats.
    pub(crate) fn entropy(&self) -> f64 {
        N_PROGRAMS as f64 * (self.train.len() as f64).ln()
    }

    /// The mean number of tokens after the marker.
    pub(crate) fn targets_per_row(&self) -> f64 {
        let n_tokens = |recurrence: &Recurrence| N_SHOWN_TERMS + recurrence.program().len();
        let n_tokens: usize = self.train.iter().map(n_tokens).sum();
        N_PROGRAMS as f64 * n_tokens as f64 / self.train.len() as f64
    }

    /// Whether a program agrees with a recurrence on the shown terms, and on the hidden ones.
    pub(crate) fn agreement(program: &Program, recurrence: Recurrence) -> (bool, bool) {
        const N: usize = N_SHOWN_TERMS + N_HIDDEN_TERMS;
        let expected = recurrence.terms::<N>();
        let agrees = |n| program.run(n).is_ok_and(|terms| terms == expected[..n]);
        let shown = agrees(N_SHOWN_TERMS);
        (shown, program.run(N).is_ok_and(|terms| terms[N_SHOWN_TERMS..] == expected[N_SHOWN_TERMS..]))
    }
}

fn shown_terms(recurrence: Recurrence) -> [Token; N_SHOWN_TERMS] {
    recurrence.terms::<N_SHOWN_TERMS>().map(|term| number(term as usize))
}
