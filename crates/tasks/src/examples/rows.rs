//! Rows of examples: how they are drawn, what is held out, and how likely each is.
//!
//! A row is the marker and [`N_PAIRS`] pairs `x y ;` of one of the 28 tasks, without repetition:
//! `<examples> cat 猫 ; Hello 你好 ; …`. Three things are held out:
//! - of each task, 12 % of its pairs: a training row never shows them (the same words do occur in other tasks, so a
//!   model can know 早上好 and *Good morning* and must put them together);
//! - *Good morning* 早上好 from English to Chinese always, so that the chapter's own example is one of these;
//! - one in ten ordered choices of a row's first two `x`, the opening. So even a prompt of pairs that were all seen is
//!   not the beginning of any training row.
//!
//! Entropy: a row tells its task (two tasks agree on at most one pair), so a row of task t has probability
//! 1 / (28 Oₜ (nₜ−2)! / (nₜ−20)!) with nₜ trained pairs and Oₜ allowed openings, and the entropy is
//! ln 28 plus the mean of ln(Oₜ (nₜ−2)! / (nₜ−20)!) over tasks.

use super::{Family, Task};
use crate::{
    Kind, Rng, Row, Split, Token,
    floor::ln_arrangements,
    split::{hash_pieces, is_held_out, order},
    vocabulary::{SEPARATOR, marker},
    words::table::token,
};

/// The chapter's examples, of which the last is asked for.
const GREETINGS: [(Token, Token); 3] = [
    (token("Hello"), token("你好")),
    (token("Thank you"), token("谢谢")),
    (token("Good morning"), token("早上好")),
];

/// Pairs in a row.
pub const N_PAIRS: usize = 20;

/// Of a test row's pairs, the last so many are held out.
const N_HELD_IN_TEST_ROW: usize = 3;

/// Whether the pair that a test asks for occurs in training.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pair {
    /// It does; the prompt is new, but all its pairs are known.
    Seen,
    /// It never does, in this task.
    HeldOut,
}

/// One task with its pairs split in two.
#[derive(Debug)]
struct Drill {
    task: Task,
    trained: Vec<(Token, Token)>,
    held: Vec<(Token, Token)>,
    /// Tells tasks with the same words apart: openings are held out for each task on its own.
    tag: u64,
}

impl Drill {
    fn new(task: Task) -> Self {
        let pairs = task.pairs();
        // 12 % of 24 to 64 pairs: 3 to 8. At least 21 trained pairs are left, enough for a row.
        let n_held = (0.12 * pairs.len() as f64).round() as usize;
        let part = task.key();
        // No hash is below zero.
        let key = |pair: &(Token, Token)| {
            if *pair == GREETINGS[2] { 0 } else { hash_pieces(&part, &[u64::from(pair.0)]) }
        };
        let order = order(&pairs.iter().map(key).collect::<Vec<_>>());
        let mut pairs: Vec<(Token, Token)> =
            order.into_iter().map(|index| pairs[usize::from(index)]).collect();
        let trained = pairs.split_off(n_held);
        let tag = hash_pieces(&part, &[]);
        Self { task, trained, held: pairs, tag }
    }

    /// ln of the number of training rows that follow this task.
    fn ln_rows(&self) -> f64 {
        let xs = || self.trained.iter().map(|pair| pair.0);
        let openings = xs().flat_map(|first| xs().map(move |second| (first, second)));
        let n_openings = openings.filter(|&(a, b)| a != b && !self.is_opening_held(a, b)).count();
        (n_openings as f64).ln() + ln_arrangements(self.trained.len() - 2, N_PAIRS - 2)
    }

    fn is_opening_held(&self, first: Token, second: Token) -> bool {
        is_held_out("opening", &[self.tag, u64::from(first), u64::from(second)])
    }
}

/// The generator of example rows.
#[derive(Debug)]
pub(crate) struct Examples {
    drills: Vec<Drill>,
}

impl Examples {
    /// Tokens after the marker.
    pub(crate) const TARGETS_PER_ROW: f64 = (3 * N_PAIRS) as f64;

    pub(crate) fn new() -> Self {
        Self { drills: Task::ALL.into_iter().map(Drill::new).collect() }
    }

    pub(crate) fn sample(&self, rng: &mut Rng, split: Split) -> Row {
        let drill = &self.drills[rng.below(self.drills.len())];
        let n_trained = match split {
            Split::Train => N_PAIRS,
            Split::Test => N_PAIRS - N_HELD_IN_TEST_ROW,
        };
        let mut pairs = draw_trained(drill, rng, n_trained, Some(split));
        if split == Split::Test {
            let mut held = drill.held.clone();
            rng.draw(&mut held, N_HELD_IN_TEST_ROW);
            pairs.extend(&held[..N_HELD_IN_TEST_ROW]);
        }
        let mut row = Row::new(Kind::Examples);
        for (i, &(x, y)) in pairs.iter().enumerate() {
            row.push(x);
            // The first pair tells the task; its `y` cannot be known.
            if i == 0 {
                row.push(y);
            } else {
                row.push_answer(y);
            }
            row.push(SEPARATOR);
        }
        row
    }

    /// A prompt of `shots` pairs and an `x`, with its `y`. No training row begins like the prompt, or, with
    /// [`Pair::HeldOut`], shows the pair at all; without shots the prompt is a bare word and only the latter holds.
    pub(crate) fn item(
        &self,
        family: Family,
        pair: Pair,
        shots: usize,
        rng: &mut Rng,
    ) -> (Vec<Token>, Token) {
        let drills: Vec<&Drill> = self.drills.iter().filter(|drill| drill.task.family() == family).collect();
        let drill = drills[rng.below(drills.len())];
        let pairs = match pair {
            Pair::Seen => draw_trained(drill, rng, shots + 1, (shots > 0).then_some(Split::Test)),
            Pair::HeldOut => {
                let mut pairs = draw_trained(drill, rng, shots, None);
                pairs.push(rng.pick(&drill.held));
                pairs
            }
        };
        prompt(&pairs)
    }

    /// Every pair of a task, and whether training shows it.
    pub(crate) fn pairs(&self, task: Task) -> Vec<((Token, Token), Pair)> {
        let mut pairs = Vec::new();
        for drill in self.drills.iter().filter(|drill| drill.task == task) {
            pairs.extend(drill.trained.iter().map(|&pair| (pair, Pair::Seen)));
            pairs.extend(drill.held.iter().map(|&pair| (pair, Pair::HeldOut)));
        }
        pairs
    }

    /// The chapter's prompt: Hello 你好 ; Thank you 谢谢 ; Good morning …
    pub(crate) fn greetings() -> (Vec<Token>, Token) {
        prompt(&GREETINGS)
    }

    /// The natural logarithm of a row's probability in training, or −∞ if training cannot produce it.
    pub(crate) fn log_probability(&self, tokens: &[Token]) -> f64 {
        let likelihoods =
            self.drills.iter().filter(|drill| can_produce(drill, tokens)).map(|d| (-d.ln_rows()).exp());
        (likelihoods.sum::<f64>() / self.drills.len() as f64).ln()
    }

    /// The entropy of a training row, in nats.
    pub(crate) fn entropy(&self) -> f64 {
        let n = self.drills.len() as f64;
        n.ln() + self.drills.iter().map(Drill::ln_rows).sum::<f64>() / n
    }
}

/// A uniform ordered sample of a task's trained pairs whose opening is on one side of the split, if one is asked for.
fn draw_trained(drill: &Drill, rng: &mut Rng, n: usize, opening: Option<Split>) -> Vec<(Token, Token)> {
    let mut pairs = drill.trained.clone();
    let fixed = 2.min(n);
    loop {
        rng.draw(&mut pairs, fixed);
        let is_held = fixed == 2 && drill.is_opening_held(pairs[0].0, pairs[1].0);
        if opening.is_none_or(|split| is_held == (split == Split::Test)) {
            break;
        }
    }
    rng.draw(&mut pairs[fixed..], n - fixed);
    pairs.truncate(n);
    pairs
}

/// The tokens up to the last pair's `x`, and its `y`.
fn prompt(pairs: &[(Token, Token)]) -> (Vec<Token>, Token) {
    let mut tokens = vec![marker(Kind::Examples)];
    for &(x, y) in pairs {
        tokens.extend([x, y, SEPARATOR]);
    }
    tokens.truncate(tokens.len() - 2);
    (tokens, pairs[pairs.len() - 1].1)
}

fn can_produce(drill: &Drill, tokens: &[Token]) -> bool {
    let mut used = 0_u64;
    let is_new_pair = |part: &[Token]| {
        let place = drill.trained.iter().position(|&(x, y)| part == [x, y, SEPARATOR]);
        place.is_some_and(|i| {
            let is_new = used >> i & 1 == 0;
            used |= 1 << i;
            is_new
        })
    };
    tokens.len() == 1 + 3 * N_PAIRS
        && tokens[0] == marker(Kind::Examples)
        && !drill.is_opening_held(tokens[1], tokens[4])
        && tokens[1..].chunks(3).all(is_new_pair)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::Language;

    #[test]
    fn twelve_percent_of_the_pairs_are_held_out_and_a_row_is_left() {
        for drill in Examples::new().drills {
            let n = drill.trained.len() + drill.held.len();
            assert!((drill.held.len() as f64 / n as f64 - 0.12).abs() < 0.5 / n as f64 + 1e-12);
            assert!(drill.trained.len() > N_PAIRS && drill.held.len() >= N_HELD_IN_TEST_ROW);
        }
    }

    #[test]
    fn good_morning_is_held_out_from_english_to_chinese_only() {
        let (good_morning, zaoshang_hao) = GREETINGS[2];
        let (english, chinese) = (Language::English, Language::Chinese);
        let examples = Examples::new();
        let is =
            |from, to, x, y, side| examples.pairs(Task::Translate { from, to }).contains(&((x, y), side));
        assert!(is(english, chinese, good_morning, zaoshang_hao, Pair::HeldOut));
        assert!(is(chinese, english, zaoshang_hao, good_morning, Pair::Seen), "so that both words are known");
    }

    #[test]
    fn a_row_tells_its_task() {
        let examples = Examples::new();
        let mut rng = Rng::new(6);
        for _ in 0..1_000 {
            let row = examples.sample(&mut rng, Split::Train);
            assert_eq!(examples.drills.iter().filter(|drill| can_produce(drill, row.tokens())).count(), 1);
        }
    }

    #[test]
    fn a_wrong_pair_or_a_pair_twice_cannot_be_drawn() {
        let examples = Examples::new();
        let row = examples.sample(&mut Rng::new(7), Split::Train).tokens().to_vec();
        assert!(examples.log_probability(&row).is_finite());
        let mut wrong = row.clone();
        wrong.swap(2, 5);
        let mut twice = row.clone();
        twice.copy_within(1..4, 7);
        let is_other = |tokens: &Vec<Token>| *tokens != row;
        for tokens in [wrong, twice].iter().filter(|tokens| is_other(tokens)) {
            assert_eq!(examples.log_probability(tokens), f64::NEG_INFINITY);
        }
    }
}
