//! Judging an answer: do the steps hold, and is the last number right?

use super::{
    Gift, Problem, Style,
    writing::{EQUALS, MINUS, PLUS, TIMES, fraction, parts},
};
use crate::{
    Line, Token,
    vocabulary::{END, SEPARATOR, as_number, number},
};

/// What is true of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// Every equation can be read and holds, and they are the right steps for the problem. True for direct answers
    /// that are one number.
    pub(crate) steps_hold: bool,
    /// The last number is what is left.
    pub(crate) ends_right: bool,
    /// Each line of an answer in steps, ended or not.
    pub(crate) lines: Vec<Line>,
}

/// Judges an answer. The steps may come in another order, and sums may be turned round, as long as each equation
/// holds and each gift is worked out.
pub(crate) fn judge(problem: Problem, style: Style, answer: &[Token]) -> Verdict {
    let (is_ended, body) = match answer.split_last() {
        Some((&END, body)) => (true, body),
        _ => (false, answer),
    };
    let last = body.last().and_then(|&token| as_number(token));
    let (holds, lines) = match style {
        Style::Direct => (body.len() == 1 && last.is_some(), Vec::new()),
        Style::Steps => check(problem, body),
    };
    let ends_right = is_ended && last == Some(usize::from(problem.left()));
    Verdict { steps_hold: is_ended && holds, ends_right, lines }
}

/// Whether these are the steps of the problem, and each of them.
fn check(problem: Problem, body: &[Token]) -> (bool, Vec<Line>) {
    let number = |value: u8| number(usize::from(value));
    let total = problem.total;
    let product = |gift: Gift| match gift {
        Gift::Fraction(parts) => {
            let amount = number(gift.amount(total));
            Some([number(total), TIMES, fraction(parts), EQUALS, amount])
        }
        Gift::Number(_) => None,
    };
    let mut products: Vec<[Token; 5]> = problem.gifts.into_iter().filter_map(product).collect();
    let n_products = products.len();
    let [first, second] = problem.gifts.map(|gift| number(gift.amount(total)));
    let given = number(total - problem.left());
    let sum = [first, PLUS, second, EQUALS, given];
    let sum_turned_round = [second, PLUS, first, EQUALS, given];
    let difference = [number(total), MINUS, given, EQUALS, number(problem.left())];
    let lines = body.split(|&token| token == SEPARATOR).enumerate().map(|(index, line)| {
        let is_needed = match index.checked_sub(n_products) {
            // There are at most two; each is needed once.
            None => {
                let found = products.iter().position(|product| line == product);
                found.map(|index| products.swap_remove(index)).is_some()
            }
            Some(0) => line == sum || line == sum_turned_round,
            Some(1) => line == difference,
            Some(_) => false,
        };
        if is_needed { Line::Right } else { fault(line) }
    });
    let lines: Vec<Line> = lines.collect();
    (lines.len() == n_products + 2 && lines.iter().all(|&line| line == Line::Right), lines)
}

/// What is wrong with a line that is not the one that is needed.
fn fault(line: &[Token]) -> Line {
    let &[left, sign, right, equals, result] = line else { return Line::Unreadable };
    let (Some(left), Some(result), true) = (as_number(left), as_number(result), equals == EQUALS) else {
        return Line::Unreadable;
    };
    let holds = match as_number(right) {
        Some(right) if sign == PLUS => left + right == result,
        Some(right) if sign == MINUS => left == right + result,
        Some(right) if sign == TIMES => left * right == result,
        None if sign == TIMES => match parts(right) {
            Some(parts) => left == result * parts,
            None => return Line::Unreadable,
        },
        _ => return Line::Unreadable,
    };
    if holds { Line::Misplaced } else { Line::Miscalculated }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Rng, Vocabulary};

    #[test]
    fn steps_may_be_reordered_but_not_wrong() {
        let judge = |text| {
            let answer = Vocabulary.tokens(text).expect("known words");
            let verdict = judge(Problem::CHAPTER, Style::Steps, &answer);
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
    fn each_line_is_judged() {
        use Line::{Miscalculated, Misplaced, Right, Unreadable};
        let lines = |text| {
            let answer = Vocabulary.tokens(text).expect("known words");
            judge(Problem::CHAPTER, Style::Steps, &answer).lines
        };
        let turned_round = "24 × 1/4 = 6 ; 24 × 1/3 = 8 ; 6 + 8 = 14 ; 24 - 14 = 10 <end>";
        assert_eq!(lines(turned_round), [Right; 4]);
        // A mistake, and what follows from it.
        let slip = "24 × 1/3 = 7 ; 24 × 1/4 = 6 ; 7 + 6 = 13 ; 24 - 13 = 11 <end>";
        assert_eq!(lines(slip), [Miscalculated, Right, Misplaced, Misplaced]);
        assert_eq!(lines("24 × 1/3 = 8 ; 24 × 1/3 = 8"), [Right, Misplaced], "each gift is worked out once");
        assert_eq!(lines("24 × = 8 ; 24 1/3 ; apples"), [Unreadable; 3]);
        let longer = "24 × 1/3 = 8 ; 24 × 1/4 = 6 ; 8 + 6 = 14 ; 24 - 14 = 10 ; 10 - 0 = 10 <end>";
        assert_eq!(lines(longer), [Right, Right, Right, Right, Misplaced]);
        assert!(judge(Problem::CHAPTER, Style::Direct, &[number(10), END]).lines.is_empty());
    }

    #[test]
    fn any_answer_can_be_judged() {
        let alphabet = Vocabulary.tokens("24 8 6 1/3 1/4 × + - = ; <end>").expect("known words");
        let mut rng = Rng::new(3);
        for _ in 0..50_000 {
            let answer: Vec<Token> = (0..rng.below(30)).map(|_| rng.pick(&alphabet)).collect();
            judge(Problem::CHAPTER, Style::Steps, &answer);
        }
    }
}
