//! Four-line Chinese verse after the chapter's pattern, two poems a row.
//!
//! ```text
//! 在数据的海洋里飞翔，
//! 在机器人的梦中歌唱，
//! 我是人类智慧的波涛，
//! 也是未来世界的光芒。
//! ```
//! Lines one and two: 在 owner 的 place 里|中 verb, with an owner of three characters if the place has one, so that each
//! line has nine; lines three and four: 我是|也是 quality whose 的 noun. Lines one, two and four rhyme; line three need
//! not. The two lines differ in owner, place and verb, the other two in quality, whose and noun.
//!
//! Held out: one in ten lines of the first form, the chapter's 在数据的海洋里游弋 among them. Training shows them in
//! neither place; a test begins with one.
//!
//! Entropy: a poem shows what was drawn. The first line is uniform over the F lines in training, the second over those
//! that may follow it (S, counted for each first line), the rest over fixed numbers of choices:
//! H = 2 (ln F + mean of ln S + ln(8·8·4) + ln(7·7·27)).

use std::ops::Range;

use super::rules::{
    AND_AM, AT, COMMA, I_AM, INSIDE, N_RHYMES, NOUNS, OF, POEM_LEN, QUALITIES, STOP, VERBS, WHOSE, judge,
    rhyme, scenes,
};
use crate::{
    Kind, Rng, Row, Split, Token,
    poem_rules::PoemRules,
    split::is_held_out,
    vocabulary::{END, marker},
    words::table::token,
};

const N_POEMS: usize = 2;
const LINE_LEN: usize = 7;

/// 在 owner 的 place 里|中 verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Line {
    owner: Token,
    place: Token,
    inside: Token,
    verb: Token,
}

/// 我是|也是 quality whose 的 noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Claim {
    quality: Token,
    whose: Token,
    noun: Token,
}

/// The chapter's 在数据的海洋里游弋.
const CHAPTERS_LINE: Line =
    Line { owner: token("数据"), place: token("海洋"), inside: token("里"), verb: token("游弋") };

/// The generator of verse.
#[derive(Debug)]
pub(crate) struct Verse {
    /// First-form lines in training, one rhyme after another.
    train: Vec<Line>,
    test: Vec<Line>,
    /// Where the lines of each rhyme are in `train`.
    rhymes: [Range<usize>; N_RHYMES],
}

impl Verse {
    /// Tokens after the marker.
    pub(crate) const TARGETS_PER_ROW: f64 = (N_POEMS * POEM_LEN) as f64;

    pub(crate) fn new() -> Self {
        let (mut train, mut test) = (Vec::new(), Vec::new());
        let rhymes = std::array::from_fn(|rhyme| {
            let start = train.len();
            for (owner, place) in scenes() {
                for inside in INSIDE {
                    for verb in VERBS[rhyme] {
                        let line = Line { owner, place, inside, verb };
                        let is_held = line == CHAPTERS_LINE || is_line_held_out([owner, place, inside, verb]);
                        if is_held { &mut test } else { &mut train }.push(line);
                    }
                }
            }
            start..train.len()
        });
        Self { train, test, rhymes }
    }

    /// First lines in training and in tests.
    pub(crate) fn sizes(&self) -> (usize, usize) {
        (self.train.len(), self.test.len())
    }

    /// Lines in training that end on a rhyme.
    fn lines_on(&self, rhyme: usize) -> &[Line] {
        &self.train[self.rhymes[rhyme].clone()]
    }

    pub(crate) fn sample(&self, rng: &mut Rng, split: Split) -> Row {
        let mut row = Row::new(Kind::Verse);
        for _ in 0..N_POEMS {
            let poem = self.poem(self.first_line(rng, split), rng);
            row.push_all(&poem[..LINE_LEN]);
            row.push_answers(&poem[LINE_LEN..]);
        }
        row
    }

    /// The marker and a held-out first line, and lines that fit it.
    pub(crate) fn item(&self, rng: &mut Rng) -> (Vec<Token>, Vec<Token>) {
        let poem = self.poem(self.first_line(rng, Split::Test), rng);
        ([&[marker(Kind::Verse)], &poem[..LINE_LEN]].concat(), poem[LINE_LEN..].to_vec())
    }

    /// Tokens that complete a poem after this first line, from the second line to the end mark; `None` if it is none.
    pub(crate) fn complete(&self, first: &[Token], rng: &mut Rng) -> Option<Vec<Token>> {
        let &[_, owner, _, place, inside, verb, _] = first else { return None };
        let line = Line { owner, place, inside, verb };
        let is_known = self.train.contains(&line) || self.test.contains(&line);
        let poem = is_known.then(|| self.poem(line, rng))?;
        (poem[..LINE_LEN] == *first).then(|| poem[LINE_LEN..].to_vec())
    }

    fn first_line(&self, rng: &mut Rng, split: Split) -> Line {
        match split {
            Split::Train => rng.pick(&self.train),
            Split::Test => rng.pick(&self.test),
        }
    }

    fn poem(&self, first: Line, rng: &mut Rng) -> Vec<Token> {
        let rhyme = rhyme(first.verb).expect("a line ends with a verb that rhymes");
        let second = loop {
            let line = rng.pick(self.lines_on(rhyme));
            if may_follow(line, first) {
                break line;
            }
        };
        let last =
            Claim { quality: rng.pick(&QUALITIES), whose: rng.pick(&WHOSE), noun: rng.pick(&NOUNS[rhyme]) };
        let third = loop {
            let noun = rng.pick(NOUNS.as_flattened());
            let claim = Claim { quality: rng.pick(&QUALITIES), whose: rng.pick(&WHOSE), noun };
            if differs(claim, last) {
                break claim;
            }
        };
        let mut tokens = Vec::with_capacity(POEM_LEN);
        for line in [first, second] {
            tokens.extend([AT, line.owner, OF, line.place, line.inside, line.verb, COMMA]);
        }
        for (start, claim, mark) in [(I_AM, third, COMMA), (AND_AM, last, STOP)] {
            tokens.extend([start, claim.quality, claim.whose, OF, claim.noun, mark]);
        }
        tokens.push(END);
        tokens
    }

    /// How many lines may follow a first line in training.
    fn n_second_lines(&self, first: Line, rhyme: usize) -> usize {
        self.lines_on(rhyme).iter().filter(|&&line| may_follow(line, first)).count()
    }

    /// ln of the number of choices after the second line: the last claim, then a third that differs in every word.
    fn ln_claims() -> f64 {
        256_f64.ln() + ((7 * 7 * (4 * N_RHYMES - 1)) as f64).ln()
    }

    /// The natural logarithm of a row's probability in training, or −∞ if training cannot produce it.
    pub(crate) fn log_probability(&self, tokens: &[Token]) -> f64 {
        if tokens.len() != 1 + N_POEMS * POEM_LEN || tokens[0] != marker(Kind::Verse) {
            return f64::NEG_INFINITY;
        }
        tokens[1..].chunks(POEM_LEN).map(|poem| self.poem_log_probability(poem)).sum()
    }

    fn poem_log_probability(&self, poem: &[Token]) -> f64 {
        let line = |at: usize| Line {
            owner: poem[at + 1],
            place: poem[at + 3],
            inside: poem[at + 4],
            verb: poem[at + 5],
        };
        let claim = |at: usize| Claim { quality: poem[at + 1], whose: poem[at + 2], noun: poem[at + 4] };
        let PoemRules { grammar: true, rhyme: true, meter: true } = judge(poem) else {
            return f64::NEG_INFINITY;
        };
        let (first, second) = (line(0), line(7));
        let rhyme = rhyme(first.verb).expect("the poem rhymes");
        let is_trained = |line| self.lines_on(rhyme).contains(&line);
        if !is_trained(first)
            || !is_trained(second)
            || !may_follow(second, first)
            || !differs(claim(14), claim(20))
        {
            return f64::NEG_INFINITY;
        }
        let n_second = self.n_second_lines(first, rhyme) as f64;
        -(self.train.len() as f64).ln() - n_second.ln() - Self::ln_claims()
    }

    /// The entropy of a training row, in nats.
    pub(crate) fn entropy(&self) -> f64 {
        let n_first = self.train.len() as f64;
        let ln_second = |rhyme: usize| {
            let lines = self.lines_on(rhyme);
            lines.iter().map(|&first| (self.n_second_lines(first, rhyme) as f64).ln()).sum::<f64>()
        };
        let mean_ln_second = (0..N_RHYMES).map(ln_second).sum::<f64>() / n_first;
        N_POEMS as f64 * (n_first.ln() + mean_ln_second + Self::ln_claims())
    }
}

/// Whether training never shows a first line of verse with this owner, place, 里 or 中, and verb. The chapter's own
/// line, which it never shows either, is not among those of which this is true.
pub fn is_line_held_out(words: [Token; 4]) -> bool {
    is_held_out("verse", &words.map(u64::from))
}

fn may_follow(line: Line, first: Line) -> bool {
    line.owner != first.owner && line.place != first.place && line.verb != first.verb
}

fn differs(one: Claim, other: Claim) -> bool {
    one.quality != other.quality && one.whose != other.whose && one.noun != other.noun
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Vocabulary;

    #[test]
    fn the_chapters_first_line_is_kept_for_tests() {
        let line = Vocabulary.tokens("在 数据 的 海洋 里 游弋 ，").expect("known words");
        let verse = Verse::new();
        let is_line = |l: &Line| [l.owner, l.place, l.inside, l.verb] == [line[1], line[3], line[4], line[5]];
        assert!(verse.test.iter().any(is_line));
        assert!(!verse.train.iter().any(is_line));
    }

    #[test]
    fn there_are_enough_lines_of_nine_characters() {
        let (n_train, n_test) = Verse::new().sizes();
        assert_eq!(n_train + n_test, (6 * 6 + 10 * 8) * 2 * 28);
        assert!(n_test >= 500, "{n_test}");
    }
}
