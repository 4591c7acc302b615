//! The programs that the generator writes.

use super::{
    N_SHOWN_TERMS,
    program::{BEFORE_PREVIOUS, DEF, INDEX, MINUS, PLUS, PREVIOUS, RETURN, TIMES},
};
use crate::{
    Token, split,
    vocabulary::{END, N_NUMBERS, number},
};

/// A sequence `a0 a1 …` with f(n) = [2 *] f(n-1) [+ f(n-2)] [+ n] [± k].
///
/// ```text
/// 1 1 2 3 5 8    def 1 1 return f(n-1) + f(n-2) <end>
/// 3 4 6 10 18 34 def 3 4 return 2 * f(n-1) - 2 <end>
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Recurrence {
    /// f(0) and f(1), 0 to 9.
    pub starts: [u8; 2],
    /// f(n-1) counts twice.
    pub doubles: bool,
    /// f(n-2) is added.
    pub adds_before_previous: bool,
    /// n is added.
    pub adds_index: bool,
    /// k, from −9 to 9, written only if it is not 0.
    pub constant: i8,
}

impl Recurrence {
    /// All recurrences whose six shown terms are tokens, that is, between 0 and 99.
    pub(crate) fn all() -> Vec<Self> {
        let mut all = Vec::new();
        for form in 0..8 {
            for constant in -9..=9 {
                for starts in 0..100 {
                    let recurrence = Self {
                        starts: [starts / 10, starts % 10],
                        doubles: form & 4 != 0,
                        adds_before_previous: form & 2 != 0,
                        adds_index: form & 1 != 0,
                        constant,
                    };
                    if recurrence.is_in_language() {
                        all.push(recurrence);
                    }
                }
            }
        }
        all
    }

    /// A recurrence of the language with these six terms; the terms after them are the same for all that have them.
    pub fn fitting(terms: [u8; N_SHOWN_TERMS]) -> Option<Self> {
        let starts = [terms[0], terms[1]];
        let mut all = (0..8_u8).flat_map(|form| (-9..=9).map(move |constant| (form, constant)));
        let recurrence = |(form, constant): (u8, i8)| Self {
            starts,
            doubles: form & 4 != 0,
            adds_before_previous: form & 2 != 0,
            adds_index: form & 1 != 0,
            constant,
        };
        all.find_map(|choice| {
            let own = recurrence(choice);
            (own.is_in_language() && own.terms() == terms.map(i64::from)).then_some(own)
        })
    }

    /// Whether the language has the recurrence: starts and constant are in range, and the six shown terms are tokens.
    pub fn is_in_language(self) -> bool {
        self.starts.iter().all(|&start| start < 10)
            && (-9..=9).contains(&self.constant)
            && self.terms::<N_SHOWN_TERMS>().iter().all(|term| (0..N_NUMBERS as i64).contains(term))
    }

    /// Whether its sequence is kept for tests: one in ten by its shown terms, and the two Fibonaccis always.
    pub fn is_held_out(self) -> bool {
        let terms = self.terms::<N_SHOWN_TERMS>();
        let is_fibonacci = terms == [0, 1, 1, 2, 3, 5] || terms == [1, 1, 2, 3, 5, 8];
        is_fibonacci || split::is_held_out("code", &terms.map(|term| term as u64))
    }

    /// f(0), …, f(N − 1), for N up to 20.
    pub fn terms<const N: usize>(self) -> [i64; N] {
        let mut terms = [0; N];
        for n in 0..N {
            terms[n] = if n < 2 {
                i64::from(self.starts[n])
            } else {
                (1 + i64::from(self.doubles)) * terms[n - 1]
                    + i64::from(self.adds_before_previous) * terms[n - 2]
                    + i64::from(self.adds_index) * n as i64
                    + i64::from(self.constant)
            };
        }
        terms
    }

    /// The program, from `def` to the end mark; at most 14 tokens.
    pub(crate) fn program(self) -> Vec<Token> {
        let number = |value: u8| number(usize::from(value));
        let mut tokens = vec![DEF, number(self.starts[0]), number(self.starts[1]), RETURN];
        if self.doubles {
            tokens.extend([number(2), TIMES]);
        }
        tokens.push(PREVIOUS);
        if self.adds_before_previous {
            tokens.extend([PLUS, BEFORE_PREVIOUS]);
        }
        if self.adds_index {
            tokens.extend([PLUS, INDEX]);
        }
        if self.constant != 0 {
            let sign = if self.constant > 0 { PLUS } else { MINUS };
            tokens.extend([sign, number(self.constant.unsigned_abs())]);
        }
        tokens.push(END);
        tokens
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::code::Program;

    #[test]
    fn a_program_computes_the_terms_of_its_recurrence() {
        for recurrence in Recurrence::all() {
            let program = Program::parse(&recurrence.program()).expect("a program");
            let terms = recurrence.terms::<12>();
            assert_eq!(program.run(12), Ok(terms.to_vec()));
            assert!(terms.iter().all(|term| term.abs() <= 20_088));
        }
    }

    #[test]
    fn six_terms_determine_the_rest() {
        let mut continuations = HashMap::new();
        for recurrence in Recurrence::all() {
            let terms = recurrence.terms::<20>();
            let rest = continuations.entry(terms[..6].to_vec()).or_insert(terms);
            assert_eq!(*rest, terms);
        }
    }

    #[test]
    fn terms_tell_the_recurrence_if_the_language_has_one() {
        for recurrence in Recurrence::all() {
            let shown = recurrence.terms::<6>().map(|term| term as u8);
            let found = Recurrence::fitting(shown).expect("there is one");
            assert_eq!(found.terms::<20>(), recurrence.terms::<20>());
        }
        assert_eq!(Recurrence::fitting([0, 1, 4, 9, 16, 25]), None, "squares need 2n − 1");
        assert_eq!(Recurrence::fitting([10, 1, 2, 3, 5, 8]), None);
    }
}
