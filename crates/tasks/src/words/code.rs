//! The words of programs. Numbers and the variable `n` are tokens that the vocabulary has already.

pub(crate) const DEF: &str = "def";
pub(crate) const RETURN: &str = "return";
pub(crate) const PREVIOUS: &str = "f(n-1)";
pub(crate) const BEFORE_PREVIOUS: &str = "f(n-2)";
pub(crate) const TIMES: &str = "*";
pub(crate) const PLUS: &str = "+";
pub(crate) const MINUS: &str = "-";

/// All of them, in the order of their tokens.
pub(crate) const ALL: [&str; 7] = [DEF, RETURN, PREVIOUS, BEFORE_PREVIOUS, TIMES, PLUS, MINUS];
