//! Arithmetic in words: how a problem and its answer are written, and how a problem is read.

use super::{Gift, Problem, Story, Style};
use crate::{
    Token, Vocabulary,
    vocabulary::{END, SEPARATOR, as_number, number},
    words::{
        arithmetic::{
            ASK_DIRECT, ASK_STEPS, COMMA, EQUALS, FRACTIONS, GIVES, HAS, NAMES, OBJECTS, OF_THE_ORIGINAL,
            TIMES,
        },
        code::{MINUS, PLUS},
    },
};

/// The tokens of arithmetic, looked up once.
#[derive(Debug)]
pub(super) struct Words {
    names: [Token; 8],
    objects: [Token; 8],
    /// One over `i + 2`.
    fractions: [Token; 9],
    has: Token,
    gives: Token,
    comma: Token,
    of_the_original: Token,
    ask_steps: Token,
    ask_direct: Token,
    pub(super) times: Token,
    pub(super) plus: Token,
    pub(super) minus: Token,
    pub(super) equals: Token,
}

impl Words {
    pub(super) fn new(vocabulary: &Vocabulary) -> Self {
        Self {
            names: NAMES.map(|name| vocabulary.of(name.0)),
            objects: OBJECTS.map(|object| vocabulary.of(object.0)),
            fractions: FRACTIONS.map(|fraction| vocabulary.of(fraction)),
            has: vocabulary.of(HAS.0),
            gives: vocabulary.of(GIVES.0),
            comma: vocabulary.of(COMMA.0),
            of_the_original: vocabulary.of(OF_THE_ORIGINAL.0),
            ask_steps: vocabulary.of(ASK_STEPS.0),
            ask_direct: vocabulary.of(ASK_DIRECT.0),
            times: vocabulary.of(TIMES),
            plus: vocabulary.of(PLUS),
            minus: vocabulary.of(MINUS),
            equals: vocabulary.of(EQUALS),
        }
    }

    /// A problem up to the request for an answer.
    pub(super) fn question(&self, story: &Story, style: Style) -> Vec<Token> {
        let [giver, receivers @ ..] = story.names.map(|i| self.names[usize::from(i)]);
        let object = self.objects[usize::from(story.object)];
        let mut tokens = vec![giver, self.has, number(usize::from(story.problem.total)), object];
        for (receiver, gift) in receivers.into_iter().zip(story.problem.gifts) {
            tokens.extend([self.comma, self.gives, receiver]);
            match gift {
                Gift::Fraction(parts) => tokens.extend([self.fraction(parts), self.of_the_original]),
                Gift::Number(given) => tokens.push(number(usize::from(given))),
            }
        }
        tokens.push(match style {
            Style::Steps => self.ask_steps,
            Style::Direct => self.ask_direct,
        });
        tokens
    }

    /// The answer, with the end mark.
    pub(super) fn answer(&self, problem: Problem, style: Style) -> Vec<Token> {
        let number = |value: u8| number(usize::from(value));
        let total = problem.total;
        let [first, second] = problem.gifts.map(|gift| gift.amount(total));
        let mut tokens = Vec::new();
        if style == Style::Steps {
            for gift in problem.gifts {
                if let Gift::Fraction(parts) = gift {
                    let amount = number(gift.amount(total));
                    tokens.extend([
                        number(total),
                        self.times,
                        self.fraction(parts),
                        self.equals,
                        amount,
                        SEPARATOR,
                    ]);
                }
            }
            let given = number(first + second);
            tokens.extend([number(first), self.plus, number(second), self.equals, given, SEPARATOR]);
            tokens.extend([number(total), self.minus, given, self.equals]);
        }
        tokens.extend([number(problem.left()), END]);
        tokens
    }

    /// Reads the question that a document begins with.
    pub(super) fn read_question(&self, tokens: &[Token]) -> Option<(Story, Style)> {
        let mut rest = tokens.iter().copied();
        let index = |token, of: &[Token]| of.iter().position(|&t| t == token).map(|i| i as u8);
        let giver = index(rest.next()?, &self.names)?;
        (rest.next()? == self.has).then_some(())?;
        let total = as_number(rest.next()?)? as u8;
        let object = index(rest.next()?, &self.objects)?;
        let mut names = [giver; 3];
        let mut gifts = [Gift::Number(0); 2];
        for i in 0..2 {
            (rest.next()? == self.comma && rest.next()? == self.gives).then_some(())?;
            names[i + 1] = index(rest.next()?, &self.names)?;
            let amount = rest.next()?;
            gifts[i] = if let Some(given) = as_number(amount) {
                Gift::Number(given as u8)
            } else {
                let parts = index(amount, &self.fractions)? + 2;
                (rest.next()? == self.of_the_original).then_some(Gift::Fraction(parts))?
            };
        }
        let ask = rest.next()?;
        let style = [(self.ask_steps, Style::Steps), (self.ask_direct, Style::Direct)];
        let style = style.iter().find(|(token, _)| *token == ask)?.1;
        Some((Story { problem: Problem { total, gifts }, names, object }, style))
    }

    /// The parts that a token writes one over, if it writes a fraction.
    pub(super) fn parts(&self, token: Token) -> Option<usize> {
        self.fractions.iter().position(|&fraction| fraction == token).map(|index| index + 2)
    }

    /// The token of one over `parts`.
    pub(super) fn fraction(&self, parts: u8) -> Token {
        self.fractions[usize::from(parts) - 2]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chapters_problem_reads_as_in_the_chapter() {
        let vocabulary = Vocabulary::new();
        let words = Words::new(&vocabulary);
        let question = words.question(&Story::CHAPTER, Style::Steps);
        let text = "Xiaoming has 24 apples , gives Xiaohong 1/3 of the original , gives Xiaoli 1/4 \
                    of the original . How many are left? Step by step:";
        assert_eq!(Ok(question.clone()), vocabulary.tokens(text));
        assert_eq!(words.read_question(&question), Some((Story::CHAPTER, Style::Steps)));
        let answer = words.answer(Problem::CHAPTER, Style::Steps);
        let text = "24 × 1/3 = 8 ; 24 × 1/4 = 6 ; 8 + 6 = 14 ; 24 - 14 = 10 <end>";
        assert_eq!(Ok(answer), vocabulary.tokens(text));
    }
}
