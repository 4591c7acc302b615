//! The interpreter: reads a program from tokens and runs it.
//!
//! ```text
//! program = "def" number number "return" term { ("+" | "-") term } <end>
//! term    = [ number "*" ] value
//! value   = "f(n-1)" | "f(n-2)" | "n" | number
//! ```
//! The two numbers after `def` are f(0) and f(1); the rest gives f(n) for n ≥ 2. The grammar is a little wider than
//! what the generator writes, so a model may find a program of its own.

use crate::{
    Token,
    vocabulary::{END, as_number},
    words::{code, table::token},
};

/// A run stops with [`ProgramError::TooLarge`] at a term beyond this: far above the 20,088 that the first twelve terms
/// of a generated program reach, far below what would overflow 64 bits in the next step.
pub const MAX_MAGNITUDE: i64 = 1_000_000_000_000;

/// Why tokens are no program, or a program gives no terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProgramError {
    /// A token that cannot stand at its place.
    #[error("token {token} cannot stand at place {place}")]
    Unexpected {
        /// The token.
        token: Token,
        /// Its index in the program.
        place: usize,
    },
    /// The tokens end before the program does.
    #[error("the program is not finished after {len} tokens")]
    Unfinished {
        /// How many tokens there are.
        len: usize,
    },
    /// A term beyond [`MAX_MAGNITUDE`].
    #[error("f({n}) is beyond ±10^12")]
    TooLarge {
        /// The index of the term.
        n: usize,
    },
}

pub(super) const DEF: Token = token(code::DEF);
pub(super) const RETURN: Token = token(code::RETURN);
pub(super) const PREVIOUS: Token = token(code::PREVIOUS);
pub(super) const BEFORE_PREVIOUS: Token = token(code::BEFORE_PREVIOUS);
pub(super) const INDEX: Token = token("n");
pub(super) const TIMES: Token = token(code::TIMES);
pub(super) const PLUS: Token = token(code::PLUS);
pub(super) const MINUS: Token = token(code::MINUS);

/// A program that was read: f(0), f(1) and the sum that gives every later term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    starts: [i64; 2],
    sum: Vec<Term>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Term {
    /// With the sign that stands before it.
    factor: i64,
    value: Value,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Value {
    Previous,
    BeforePrevious,
    Index,
    One,
}

impl Program {
    /// Reads a program that takes up all tokens, from `def` to the end mark.
    ///
    /// # Errors
    /// [`ProgramError`] at the first token that fits no program.
    pub fn parse(tokens: &[Token]) -> Result<Self, ProgramError> {
        let mut reader = Reader { tokens, place: 0 };
        reader.expect(DEF)?;
        let starts = [reader.number()?, reader.number()?];
        reader.expect(RETURN)?;
        let mut sum = vec![reader.term(1)?];
        loop {
            let token = reader.next()?;
            let sign = if token == PLUS {
                1
            } else if token == MINUS {
                -1
            } else if token == END && reader.place == tokens.len() {
                return Ok(Self { starts, sum });
            } else {
                return Err(reader.unexpected(token));
            };
            sum.push(reader.term(sign)?);
        }
    }

    /// f(0), …, f(`n_terms` − 1).
    ///
    /// # Errors
    /// [`ProgramError::TooLarge`] if one of them is beyond [`MAX_MAGNITUDE`].
    pub fn run(&self, n_terms: usize) -> Result<Vec<i64>, ProgramError> {
        let mut terms: Vec<i64> = self.starts.into_iter().take(n_terms).collect();
        for n in 2..n_terms {
            let value = |term: &Term| {
                let value = match term.value {
                    Value::Previous => terms[n - 1],
                    Value::BeforePrevious => terms[n - 2],
                    Value::Index => n as i64,
                    Value::One => 1,
                };
                term.factor.checked_mul(value)
            };
            let next = self.sum.iter().try_fold(0_i64, |sum, term| sum.checked_add(value(term)?));
            match next {
                Some(next) if next.abs() <= MAX_MAGNITUDE => terms.push(next),
                _ => return Err(ProgramError::TooLarge { n }),
            }
        }
        Ok(terms)
    }
}

/// A place in the tokens.
struct Reader<'a> {
    tokens: &'a [Token],
    place: usize,
}

impl Reader<'_> {
    fn next(&mut self) -> Result<Token, ProgramError> {
        let token =
            *self.tokens.get(self.place).ok_or(ProgramError::Unfinished { len: self.tokens.len() })?;
        self.place += 1;
        Ok(token)
    }

    /// The error for the token that was just read.
    fn unexpected(&self, token: Token) -> ProgramError {
        ProgramError::Unexpected { token, place: self.place - 1 }
    }

    fn expect(&mut self, expected: Token) -> Result<(), ProgramError> {
        let token = self.next()?;
        if token == expected { Ok(()) } else { Err(self.unexpected(token)) }
    }

    fn number(&mut self) -> Result<i64, ProgramError> {
        let token = self.next()?;
        as_number(token).map(|number| number as i64).ok_or_else(|| self.unexpected(token))
    }

    fn term(&mut self, sign: i64) -> Result<Term, ProgramError> {
        let mut factor = sign;
        let mut token = self.next()?;
        if let Some(number) = as_number(token) {
            factor *= number as i64;
            if self.tokens.get(self.place) != Some(&TIMES) {
                return Ok(Term { factor, value: Value::One });
            }
            self.place += 1;
            token = self.next()?;
        }
        let value = if token == PREVIOUS {
            Value::Previous
        } else if token == BEFORE_PREVIOUS {
            Value::BeforePrevious
        } else if token == INDEX {
            Value::Index
        } else if let Some(number) = as_number(token) {
            factor *= number as i64;
            Value::One
        } else {
            return Err(self.unexpected(token));
        };
        Ok(Term { factor, value })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Rng, Vocabulary};

    fn parse(text: &str) -> Result<Program, ProgramError> {
        Program::parse(&Vocabulary.tokens(text).expect("known words"))
    }

    fn run(text: &str) -> Vec<i64> {
        parse(text).expect("a program").run(8).expect("small terms")
    }

    #[test]
    fn programs_compute_what_they_say() {
        assert_eq!(run("def 1 1 return f(n-1) + f(n-2) <end>"), [1, 1, 2, 3, 5, 8, 13, 21]);
        assert_eq!(run("def 0 1 return f(n-2) + f(n-1) <end>"), [0, 1, 1, 2, 3, 5, 8, 13]);
        assert_eq!(run("def 1 3 return 2 * f(n-1) + 1 <end>"), [1, 3, 7, 15, 31, 63, 127, 255]);
        assert_eq!(run("def 0 1 return f(n-1) + n <end>"), [0, 1, 3, 6, 10, 15, 21, 28]);
    }

    #[test]
    fn terms_may_be_fewer_than_two() {
        let program = parse("def 4 7 return 3 <end>").expect("a program");
        assert_eq!(program.run(0), Ok(vec![]));
        assert_eq!(program.run(1), Ok(vec![4]));
        assert_eq!(program.run(3), Ok(vec![4, 7, 3]));
    }

    #[test]
    fn what_is_no_program_is_an_error() {
        let unexpected = |text, place| {
            let error = parse(text).expect_err("no program");
            assert!(
                matches!(error, ProgramError::Unexpected { place: at, .. } if at == place),
                "{text}: {error:?}"
            );
        };
        unexpected("def 1 return f(n-1) <end>", 2);
        unexpected("def 1 1 return + n <end>", 4);
        unexpected("def 1 1 return n * 2 <end>", 5);
        unexpected("def 1 1 return n <end> <end>", 5);
        assert_eq!(parse("def 1 1 return n +"), Err(ProgramError::Unfinished { len: 6 }));
        assert_eq!(parse(""), Err(ProgramError::Unfinished { len: 0 }));
    }

    #[test]
    fn a_program_that_explodes_is_stopped() {
        let program = parse("def 1 99 return 99 * f(n-1) <end>").expect("a program");
        // f(n) = 99ⁿ; 99⁶ is 9.4·10¹¹.
        assert_eq!(program.run(7).map(|terms| terms[6]), Ok(99_i64.pow(6)));
        assert_eq!(program.run(64), Err(ProgramError::TooLarge { n: 7 }));
    }

    #[test]
    fn no_tokens_make_the_interpreter_panic() {
        let alphabet =
            Vocabulary.tokens("def return f(n-1) f(n-2) n * + - 0 2 99 <end>").expect("known words");
        let mut rng = Rng::new(4);
        for _ in 0..200_000 {
            let mut tokens = Vocabulary.tokens("def 3 5 return").expect("known words");
            tokens.extend((0..rng.below(12)).map(|_| rng.pick(&alphabet)));
            tokens.drain(..rng.below(3).min(tokens.len()));
            tokens.push(END);
            if let Ok(program) = Program::parse(&tokens) {
                let _ = program.run(64);
            }
        }
    }
}
