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

use super::{
    Problem, Story, Style,
    writing::{answer, question, read_question},
};
use crate::{
    Kind, Rng, Row, Split, Token,
    vocabulary::{END, marker},
};

/// Ways to cast a problem: three of eight people in order, one of eight things.
const N_SETTINGS: f64 = 8.0 * 7.0 * 6.0 * 8.0;

/// The generator of arithmetic.
#[derive(Debug)]
pub(crate) struct Arithmetic {
    train: [Vec<Problem>; 4],
    test: [Vec<Problem>; 4],
}

impl Arithmetic {
    /// The mean number of tokens after the marker. With two fractions: question 15, steps 24; direct answer 2. A number
    /// instead of a fraction saves one token in the question and six in the steps; half of all gifts are numbers.
    pub(crate) const TARGETS_PER_ROW: f64 = (15.0 - 1.0) + (24.0 - 6.0) + (15.0 - 1.0) + 2.0;

    pub(crate) fn new() -> Self {
        let mut arithmetic = Self { train: Default::default(), test: Default::default() };
        for problem in Problem::all().into_iter().flatten() {
            let side = if problem.is_held_out() { &mut arithmetic.test } else { &mut arithmetic.train };
            side[problem.kind()].push(problem);
        }
        arithmetic
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
            row.push_all(&question(&story, style));
            row.push_answers(&answer(story.problem, style));
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
    pub(crate) fn prompt(story: &Story, style: Style) -> (Vec<Token>, Vec<Token>) {
        let prompt = [&[marker(Kind::Arithmetic)], &question(story, style)[..]].concat();
        (prompt, answer(story.problem, style))
    }

    /// The natural logarithm of a row's probability in training, or −∞ if training cannot produce it.
    pub(crate) fn log_probability(&self, tokens: &[Token]) -> f64 {
        let documents: Vec<&[Token]> = tokens[1..].split_inclusive(|&token| token == END).collect();
        let read = |document: &&[Token]| {
            let (story, style) = read_question(document)?;
            let problems = &self.train[story.problem.kind()];
            let [a, b, c] = story.names;
            // The problem first: only a real one has an answer.
            let is_written = problems.contains(&story.problem)
                && (a != b && b != c && a != c)
                && [question(&story, style), answer(story.problem, style)].concat() == **document;
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

    /// The entropy of a training row, in nats.
    pub(crate) fn entropy(&self) -> f64 {
        let mean_ln_problems =
            self.train.iter().map(|problems| (problems.len() as f64).ln()).sum::<f64>() / 4.0;
        let nats_per_problem = 4_f64.ln() + mean_ln_problems + N_SETTINGS.ln();
        2_f64.ln() + 2.0 * nats_per_problem
    }
}
