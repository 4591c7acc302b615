//! Arithmetic in words: how a problem and its answer are written, and how a problem is read.

use super::{Gift, Problem, Story, Style};
use crate::{
    Token,
    vocabulary::{END, SEPARATOR, as_number, number},
    words::{
        arithmetic as words, code,
        table::{token, tokens},
    },
};

const HAS: Token = token(words::HAS.0);
const GIVES: Token = token(words::GIVES.0);
const COMMA: Token = token(words::COMMA.0);
const OF_THE_ORIGINAL: Token = token(words::OF_THE_ORIGINAL.0);
const ASK_STEPS: Token = token(words::ASK_STEPS.0);
const ASK_DIRECT: Token = token(words::ASK_DIRECT.0);
pub(super) const TIMES: Token = token(words::TIMES);
pub(super) const PLUS: Token = token(code::PLUS);
pub(super) const MINUS: Token = token(code::MINUS);
pub(super) const EQUALS: Token = token(words::EQUALS);

static NAMES: [Token; 8] = english(words::NAMES);
static OBJECTS: [Token; 8] = english(words::OBJECTS);
/// One over `i + 2`.
static FRACTIONS: [Token; 9] = tokens(&words::FRACTIONS);

/// The tokens of words that have an English and a Chinese text.
const fn english<const N: usize>(words: [(&str, &str); N]) -> [Token; N] {
    let mut tokens = [0; N];
    let mut i = 0;
    while i < N {
        tokens[i] = token(words[i].0);
        i += 1;
    }
    tokens
}

/// A problem up to the request for an answer.
pub(super) fn question(story: &Story, style: Style) -> Vec<Token> {
    let [giver, receivers @ ..] = story.names.map(|i| NAMES[usize::from(i)]);
    let object = OBJECTS[usize::from(story.object)];
    let mut tokens = vec![giver, HAS, number(usize::from(story.problem.total)), object];
    for (receiver, gift) in receivers.into_iter().zip(story.problem.gifts) {
        tokens.extend([COMMA, GIVES, receiver]);
        match gift {
            Gift::Fraction(parts) => tokens.extend([fraction(parts), OF_THE_ORIGINAL]),
            Gift::Number(given) => tokens.push(number(usize::from(given))),
        }
    }
    tokens.push(match style {
        Style::Steps => ASK_STEPS,
        Style::Direct => ASK_DIRECT,
    });
    tokens
}

/// The answer, with the end mark.
pub(super) fn answer(problem: Problem, style: Style) -> Vec<Token> {
    let number = |value: u8| number(usize::from(value));
    let total = problem.total;
    let [first, second] = problem.gifts.map(|gift| gift.amount(total));
    let mut tokens = Vec::new();
    if style == Style::Steps {
        for gift in problem.gifts {
            if let Gift::Fraction(parts) = gift {
                let amount = number(gift.amount(total));
                tokens.extend([number(total), TIMES, fraction(parts), EQUALS, amount, SEPARATOR]);
            }
        }
        let given = number(first + second);
        tokens.extend([number(first), PLUS, number(second), EQUALS, given, SEPARATOR]);
        tokens.extend([number(total), MINUS, given, EQUALS]);
    }
    tokens.extend([number(problem.left()), END]);
    tokens
}

/// Reads the question that a document begins with.
pub(super) fn read_question(tokens: &[Token]) -> Option<(Story, Style)> {
    let mut rest = tokens.iter().copied();
    let index = |token, of: &[Token]| of.iter().position(|&t| t == token).map(|i| i as u8);
    let giver = index(rest.next()?, &NAMES)?;
    (rest.next()? == HAS).then_some(())?;
    let total = as_number(rest.next()?)? as u8;
    let object = index(rest.next()?, &OBJECTS)?;
    let mut names = [giver; 3];
    let mut gifts = [Gift::Number(0); 2];
    for i in 0..2 {
        (rest.next()? == COMMA && rest.next()? == GIVES).then_some(())?;
        names[i + 1] = index(rest.next()?, &NAMES)?;
        let amount = rest.next()?;
        gifts[i] = if let Some(given) = as_number(amount) {
            Gift::Number(given as u8)
        } else {
            let parts = index(amount, &FRACTIONS)? + 2;
            (rest.next()? == OF_THE_ORIGINAL).then_some(Gift::Fraction(parts))?
        };
    }
    let ask = rest.next()?;
    let style = [(ASK_STEPS, Style::Steps), (ASK_DIRECT, Style::Direct)];
    let style = style.iter().find(|(token, _)| *token == ask)?.1;
    Some((Story { problem: Problem { total, gifts }, names, object }, style))
}

/// The parts that a token writes one over, if it writes a fraction.
pub(super) fn parts(token: Token) -> Option<usize> {
    FRACTIONS.iter().position(|&fraction| fraction == token).map(|index| index + 2)
}

/// The token of one over `parts`.
pub(super) fn fraction(parts: u8) -> Token {
    FRACTIONS[usize::from(parts) - 2]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Vocabulary;

    #[test]
    fn the_chapters_problem_reads_as_in_the_chapter() {
        let asked = question(&Story::CHAPTER, Style::Steps);
        let text = "Xiaoming has 24 apples , gives Xiaohong 1/3 of the original , gives Xiaoli 1/4 \
                    of the original . How many are left? Step by step:";
        assert_eq!(Ok(asked.clone()), Vocabulary.tokens(text));
        assert_eq!(read_question(&asked), Some((Story::CHAPTER, Style::Steps)));
        let answered = answer(Problem::CHAPTER, Style::Steps);
        let text = "24 × 1/3 = 8 ; 24 × 1/4 = 6 ; 8 + 6 = 14 ; 24 - 14 = 10 <end>";
        assert_eq!(Ok(answered), Vocabulary.tokens(text));
    }
}
