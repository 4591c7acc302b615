//! Rows of arithmetic: one problem answered with steps and one answered directly, in random order.
//!
//! ```text
//! Xiaoming has 24 apples , gives Xiaohong 1/3 of the original , gives Xiaoli 1/4 of the original
//!   . How many are left? Step by step: 24 × 1/3 = 8 ; 24 × 1/4 = 6 ; 8 + 6 = 14 ; 24 - 14 = 10 <end>
//!   . How many are left? Answer: 10 <end>
//! ```
//! A gift that is a number has no step of its own. Of the four kinds of problem (each gift a fraction or a number) all
//! are equally likely, and so are the problems of a kind. Held out: one in ten problems, whatever the order of the
//! gifts, the people, the things and the style.
//!
//! Entropy: a row shows all that was drawn and the answers follow, so with Pᵢ problems in training of kind i,
//! H = ln 2 + 2 (ln 4 + mean of ln Pᵢ + ln(8·7·6) + ln 8).

use super::{Gift, Problem, Story, Style};
use crate::{
    Floor, Kind, Rng, Row, Split, Token, Vocabulary,
    vocabulary::{END, SEPARATOR, as_number, marker, number},
    words::{
        arithmetic::{
            ASK_DIRECT, ASK_STEPS, COMMA, EQUALS, FRACTIONS, GIVES, HAS, NAMES, OBJECTS, OF_THE_ORIGINAL,
            TIMES,
        },
        code::{MINUS, PLUS},
    },
};

/// Ways to cast a problem: three of eight people in order, one of eight things.
const N_SETTINGS: f64 = 8.0 * 7.0 * 6.0 * 8.0;

/// The generator of arithmetic.
#[derive(Debug)]
pub(crate) struct Arithmetic {
    words: Words,
    train: [Vec<Problem>; 4],
    test: [Vec<Problem>; 4],
}

#[derive(Debug)]
struct Words {
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
    times: Token,
    plus: Token,
    minus: Token,
    equals: Token,
}

/// What is true of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// Every equation can be read and holds, and they are the right steps for the problem. True for direct answers
    /// that are one number.
    pub(crate) steps_hold: bool,
    /// The last number is what is left.
    pub(crate) ends_right: bool,
}

impl Arithmetic {
    pub(crate) fn new(vocabulary: &Vocabulary) -> Self {
        let words = Words {
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
        };
        let mut train = Problem::all();
        let test = train
            .each_mut()
            .map(|problems| problems.extract_if(.., |problem| problem.is_kept_for_tests()).collect());
        Self { words, train, test }
    }

    /// Problems in training and in tests, of each kind.
    pub(crate) fn sizes(&self) -> ([usize; 4], [usize; 4]) {
        (self.train.each_ref().map(Vec::len), self.test.each_ref().map(Vec::len))
    }

    pub(crate) fn sample(&self, rng: &mut Rng, split: Split) -> Row {
        let styles =
            if rng.below(2) == 0 { [Style::Steps, Style::Direct] } else { [Style::Direct, Style::Steps] };
        let mut row = Row::new(Kind::Arithmetic);
        for style in styles {
            let story = self.story(rng, split);
            row.push_all(&self.question(&story, style));
            row.push_answers(&self.answer(story.problem, style));
        }
        row
    }

    /// A story whose problem is on one side of the split.
    pub(crate) fn story(&self, rng: &mut Rng, split: Split) -> Story {
        let kinds = match split {
            Split::Train => &self.train,
            Split::Test => &self.test,
        };
        let kind = rng.below(kinds.len());
        let problem = rng.pick(&kinds[kind]);
        let mut names = [0, 1, 2, 3, 4, 5, 6, 7];
        rng.draw(&mut names, 3);
        Story { problem, names: [names[0], names[1], names[2]], object: rng.below(8) as u8 }
    }

    /// The marker and the question, and its answer.
    pub(crate) fn prompt(&self, story: &Story, style: Style) -> (Vec<Token>, Vec<Token>) {
        let prompt = [&[marker(Kind::Arithmetic)], &self.question(story, style)[..]].concat();
        (prompt, self.answer(story.problem, style))
    }

    fn question(&self, story: &Story, style: Style) -> Vec<Token> {
        let words = &self.words;
        let [giver, receivers @ ..] = story.names.map(|i| words.names[usize::from(i)]);
        let object = words.objects[usize::from(story.object)];
        let mut tokens = vec![giver, words.has, number(usize::from(story.problem.total)), object];
        for (receiver, gift) in receivers.into_iter().zip(story.problem.gifts) {
            tokens.extend([words.comma, words.gives, receiver]);
            match gift {
                Gift::Fraction(parts) => tokens.extend([words.fraction(parts), words.of_the_original]),
                Gift::Number(given) => tokens.push(number(usize::from(given))),
            }
        }
        tokens.push(match style {
            Style::Steps => words.ask_steps,
            Style::Direct => words.ask_direct,
        });
        tokens
    }

    fn answer(&self, problem: Problem, style: Style) -> Vec<Token> {
        let words = &self.words;
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
                        words.times,
                        words.fraction(parts),
                        words.equals,
                        amount,
                        SEPARATOR,
                    ]);
                }
            }
            let given = number(first + second);
            tokens.extend([number(first), words.plus, number(second), words.equals, given, SEPARATOR]);
            tokens.extend([number(total), words.minus, given, words.equals]);
        }
        tokens.extend([number(problem.left()), END]);
        tokens
    }

    /// Judges an answer. The steps may come in another order, and sums may be turned round, as long as each equation
    /// holds and each gift is worked out.
    pub(crate) fn judge(&self, problem: Problem, style: Style, answer: &[Token]) -> Verdict {
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
        let words = &self.words;
        let n_fractions = problem.gifts.iter().filter(|gift| matches!(gift, Gift::Fraction(_))).count();
        let equations: Vec<&[Token]> = body.split(|&token| token == SEPARATOR).collect();
        let is_product = |gift: Gift, equation: &[Token]| match gift {
            Gift::Fraction(parts) => {
                let (total, amount) = (usize::from(problem.total), usize::from(gift.amount(problem.total)));
                equation == [number(total), words.times, words.fraction(parts), words.equals, number(amount)]
            }
            Gift::Number(_) => false,
        };
        let [first, second] = problem.gifts.map(|gift| number(usize::from(gift.amount(problem.total))));
        let given = number(usize::from(problem.total - problem.left()));
        let is_sum = |equation: &[Token]| {
            [[first, second], [second, first]]
                .iter()
                .any(|[a, b]| equation == [*a, words.plus, *b, words.equals, given])
        };
        let (total, left) = (number(usize::from(problem.total)), number(usize::from(problem.left())));
        equations.len() == n_fractions + 2
            && problem.gifts.iter().all(|&gift| {
                matches!(gift, Gift::Number(_))
                    || equations[..n_fractions].iter().any(|e| is_product(gift, e))
            })
            && equations[..n_fractions].iter().all(|e| problem.gifts.iter().any(|&g| is_product(g, e)))
            && is_sum(equations[n_fractions])
            && equations[n_fractions + 1] == [total, words.minus, given, words.equals, left]
    }

    /// Reads the question that a document begins with.
    fn read_question(&self, tokens: &[Token]) -> Option<(Story, Style)> {
        let words = &self.words;
        let mut rest = tokens.iter().copied();
        let index = |token, of: &[Token]| of.iter().position(|&t| t == token).map(|i| i as u8);
        let giver = index(rest.next()?, &words.names)?;
        (rest.next()? == words.has).then_some(())?;
        let total = as_number(rest.next()?)? as u8;
        let object = index(rest.next()?, &words.objects)?;
        let mut names = [giver; 3];
        let mut gifts = [Gift::Number(0); 2];
        for i in 0..2 {
            (rest.next()? == words.comma && rest.next()? == words.gives).then_some(())?;
            names[i + 1] = index(rest.next()?, &words.names)?;
            let amount = rest.next()?;
            gifts[i] = if let Some(given) = as_number(amount) {
                Gift::Number(given as u8)
            } else {
                let parts = index(amount, &words.fractions)? + 2;
                (rest.next()? == words.of_the_original).then_some(Gift::Fraction(parts))?
            };
        }
        let ask = rest.next()?;
        let style = [(words.ask_steps, Style::Steps), (words.ask_direct, Style::Direct)];
        let style = style.iter().find(|(token, _)| *token == ask)?.1;
        Some((Story { problem: Problem { total, gifts }, names, object }, style))
    }

    /// The natural logarithm of a row's probability in training, or −∞ if training cannot produce it.
    pub(crate) fn log_probability(&self, tokens: &[Token]) -> f64 {
        let documents: Vec<&[Token]> = tokens[1..].split_inclusive(|&token| token == END).collect();
        let read = |document: &&[Token]| {
            let (story, style) = self.read_question(document)?;
            let problems = &self.train[story.problem.kind()];
            let [a, b, c] = story.names;
            // The problem first: only a real one has an answer.
            let is_written = problems.contains(&story.problem)
                && (a != b && b != c && a != c)
                && [self.question(&story, style), self.answer(story.problem, style)].concat() == **document;
            let ln_choices = (4.0 * problems.len() as f64 * N_SETTINGS).ln();
            is_written.then_some((style, -ln_choices))
        };
        let documents: Option<Vec<(Style, f64)>> = documents.iter().map(read).collect();
        match documents.as_deref() {
            Some(&[(one, first), (other, second)])
                if one != other && tokens[0] == marker(Kind::Arithmetic) =>
            {
                first + second - 2_f64.ln()
            }
            _ => f64::NEG_INFINITY,
        }
    }

    pub(crate) fn floor(&self) -> Floor {
        let mean_ln_problems =
            self.train.iter().map(|problems| (problems.len() as f64).ln()).sum::<f64>() / 4.0;
        let nats_per_problem = 4_f64.ln() + mean_ln_problems + N_SETTINGS.ln();
        // Tokens, with two fractions: question 15, steps 24; direct answer 2. A number instead of a fraction saves one
        // token in the question and six in the steps; half of all gifts are numbers.
        let targets_per_row = (15.0 - 1.0) + (24.0 - 6.0) + (15.0 - 1.0) + 2.0;
        Floor { nats_per_row: 2_f64.ln() + 2.0 * nats_per_problem, targets_per_row }
    }
}

impl Words {
    fn fraction(&self, parts: u8) -> Token {
        self.fractions[usize::from(parts) - 2]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chapters_problem_reads_as_in_the_chapter() {
        let vocabulary = Vocabulary::new();
        let arithmetic = Arithmetic::new(&vocabulary);
        let (prompt, answer) = arithmetic.prompt(&Story::CHAPTER, Style::Steps);
        let text = "<arithmetic> Xiaoming has 24 apples , gives Xiaohong 1/3 of the original , gives Xiaoli 1/4 \
                    of the original . How many are left? Step by step:";
        assert_eq!(Ok(prompt), vocabulary.tokens(text));
        let text = "24 × 1/3 = 8 ; 24 × 1/4 = 6 ; 8 + 6 = 14 ; 24 - 14 = 10 <end>";
        assert_eq!(Ok(answer), vocabulary.tokens(text));
    }

    #[test]
    fn steps_may_be_reordered_but_not_wrong() {
        let vocabulary = Vocabulary::new();
        let arithmetic = Arithmetic::new(&vocabulary);
        let judge = |text| {
            let answer = vocabulary.tokens(text).expect("known words");
            let verdict = arithmetic.judge(Problem::CHAPTER, Style::Steps, &answer);
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
        let arithmetic = Arithmetic::new(&vocabulary);
        let alphabet = vocabulary.tokens("24 8 6 1/3 1/4 × + - = ; <end>").expect("known words");
        let mut rng = Rng::new(3);
        for _ in 0..50_000 {
            let answer: Vec<Token> = (0..rng.below(30)).map(|_| rng.pick(&alphabet)).collect();
            arithmetic.judge(Problem::CHAPTER, Style::Steps, &answer);
        }
    }
}
