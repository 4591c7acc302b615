//! Judging an answer: do the steps hold, and is the last number right?

use super::{Gift, Problem, Style, Words};
use crate::{
    Token,
    vocabulary::{END, SEPARATOR, as_number, number},
};

/// What is true of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// Every equation can be read and holds, and they are the right steps for the problem. True for direct answers
    /// that are one number.
    pub(crate) steps_hold: bool,
    /// The last number is what is left.
    pub(crate) ends_right: bool,
}

impl Words {
    /// Judges an answer. The steps may come in another order, and sums may be turned round, as long as each equation
    /// holds and each gift is worked out.
    pub(super) fn judge(&self, problem: Problem, style: Style, answer: &[Token]) -> Verdict {
        let Some((&END, body)) = answer.split_last() else {
            return Verdict { steps_hold: false, ends_right: false };
        };
        let ends_right = body.last().and_then(|&token| as_number(token)) == Some(usize::from(problem.left()));
        let steps_hold = match style {
            Style::Direct => body.len() == 1 && as_number(body[0]).is_some(),
            Style::Steps => self.steps_hold(problem, body),
        };
        Verdict { steps_hold, ends_right }
    }

    fn steps_hold(&self, problem: Problem, body: &[Token]) -> bool {
        let number = |value: u8| number(usize::from(value));
        let total = problem.total;
        let product = |gift: Gift| match gift {
            Gift::Fraction(parts) => {
                let amount = number(gift.amount(total));
                Some([number(total), self.times, self.fraction(parts), self.equals, amount])
            }
            Gift::Number(_) => None,
        };
        let mut products: Vec<[Token; 5]> = problem.gifts.into_iter().filter_map(product).collect();
        let equations: Vec<&[Token]> = body.split(|&token| token == SEPARATOR).collect();
        let Some((written, rest)) = equations.split_at_checked(products.len()) else {
            return false;
        };
        // There are at most two.
        if written.first().zip(products.first()).is_some_and(|(written, product)| *written != product) {
            products.reverse();
        }
        let [first, second] = problem.gifts.map(|gift| number(gift.amount(total)));
        let given = number(total - problem.left());
        let sum = [first, self.plus, second, self.equals, given];
        let sum_turned_round = [second, self.plus, first, self.equals, given];
        let difference = [number(total), self.minus, given, self.equals, number(problem.left())];
        products == written && (rest == [sum, difference] || rest == [sum_turned_round, difference])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Rng, Vocabulary};

    #[test]
    fn steps_may_be_reordered_but_not_wrong() {
        let vocabulary = Vocabulary::new();
        let words = Words::new(&vocabulary);
        let judge = |text| {
            let answer = vocabulary.tokens(text).expect("known words");
            let verdict = words.judge(Problem::CHAPTER, Style::Steps, &answer);
            (verdict.steps_hold, verdict.ends_right)
        };
        let swapped = "24 × 1/4 = 6 ; 24 × 1/3 = 8 ; 6 + 8 = 14 ; 24 - 14 = 10 <end>";
        assert_eq!(judge(swapped), (true, true));
        assert_eq!(judge("24 × 1/3 = 8 ; 24 × 1/3 = 8 ; 8 + 6 = 14 ; 24 - 14 = 10 <end>"), (false, true));
        assert_eq!(judge("24 × 1/3 = 8 ; 24 × 1/4 = 6 ; 8 + 6 = 15 ; 24 - 14 = 10 <end>"), (false, true));
        assert_eq!(judge("24 × 1/3 = 8 ; 24 × 1/4 = 6 ; 8 + 6 = 14 ; 24 - 14 = 9 <end>"), (false, false));
        assert_eq!(judge("24 × 1/3 = 8 ; 24 × 1/4 = 6 ; 8 + 6 = 14 ; 24 - 14 = 10"), (false, false));
        assert_eq!(judge("10 <end>"), (false, true));
        assert_eq!(judge("<end>"), (false, false));
    }

    #[test]
    fn any_answer_can_be_judged() {
        let vocabulary = Vocabulary::new();
        let words = Words::new(&vocabulary);
        let alphabet = vocabulary.tokens("24 8 6 1/3 1/4 × + - = ; <end>").expect("known words");
        let mut rng = Rng::new(3);
        for _ in 0..50_000 {
            let answer: Vec<Token> = (0..rng.below(30)).map(|_| rng.pick(&alphabet)).collect();
            words.judge(Problem::CHAPTER, Style::Steps, &answer);
        }
    }
}
