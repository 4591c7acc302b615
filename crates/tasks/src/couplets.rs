//! English couplets of two nine-syllable lines that rhyme, three a row.
//!
//! ```text
//! the old robot wanders by the lake,
//! the golden bird whispers past the flake.
//! ```
//! A line is `the adjective noun verb preposition the noun`. The four words in the middle have one or two syllables
//! and six together; the last noun has one, and ends on one of twelve rhymes. A word does not rhyme with itself.
//!
//! Held out: one in ten choices of the four middle words. Training shows them in neither line; a test begins with one.
//!
//! Entropy: a couplet shows what was drawn: with M choices of middle words in training,
//! H = 3 (2 ln M + ln 72 + ln 5).

use crate::{
    Kind, Rng, Row, Split, Token, Vocabulary,
    poem_rules::{PoemRules, PoemWord},
    split::is_held_out,
    vocabulary::{END, marker},
    words::couplet::{COMMA, RHYMES, SLOTS, STOP, THE},
};

/// Syllables in a line.
pub const LINE_SYLLABLES: usize = 9;

const N_POEMS: usize = 3;
/// Two lines of eight tokens and the end mark.
const POEM_LEN: usize = 17;
const LINE_LEN: usize = 8;
const N_RHYMES: usize = RHYMES.len();

/// Adjective, noun, verb, preposition.
type Middle = [Token; 4];

/// The generator of couplets.
#[derive(Debug)]
pub(crate) struct Couplets {
    the: Token,
    comma: Token,
    stop: Token,
    /// Words of each slot.
    slots: [Vec<Token>; 4],
    rhymes: [[Token; 6]; N_RHYMES],
    /// Syllables of every token; none for what is no English verse.
    syllables: Vec<usize>,
    train: Vec<Middle>,
    test: Vec<Middle>,
}

impl Couplets {
    /// Tokens after the marker.
    pub(crate) const TARGETS_PER_ROW: f64 = (N_POEMS * POEM_LEN) as f64;

    pub(crate) fn new(vocabulary: &Vocabulary) -> Self {
        let word = |text: &str| vocabulary.of(text);
        let slots = SLOTS.map(|slot| slot.concat().into_iter().map(word).collect());
        let rhymes = RHYMES.map(|rhyme| rhyme.map(word));
        let mut syllables = vec![0; vocabulary.len()];
        for slot in SLOTS {
            for (n, words) in (1..).zip(slot) {
                for text in words {
                    syllables[usize::from(word(text))] = n;
                }
            }
        }
        for &token in rhymes.as_flattened() {
            syllables[usize::from(token)] = 1;
        }
        syllables[usize::from(word(THE))] = 1;
        let (test, train) =
            middles(&slots, &syllables).into_iter().partition(|&middle| is_middle_held_out(middle));
        Self { the: word(THE), comma: word(COMMA), stop: word(STOP), slots, rhymes, syllables, train, test }
    }

    /// Choices of middle words in training and in tests.
    pub(crate) fn sizes(&self) -> (usize, usize) {
        (self.train.len(), self.test.len())
    }

    pub(crate) fn sample(&self, rng: &mut Rng, split: Split) -> Row {
        let mut row = Row::new(Kind::Couplets);
        for _ in 0..N_POEMS {
            let couplet = self.couplet(rng, split);
            row.push_all(&couplet[..LINE_LEN]);
            row.push_answers(&couplet[LINE_LEN..]);
        }
        row
    }

    /// The marker and a held-out first line, and a line that fits it.
    pub(crate) fn item(&self, rng: &mut Rng) -> (Vec<Token>, Vec<Token>) {
        let couplet = self.couplet(rng, Split::Test);
        ([&[marker(Kind::Couplets)], &couplet[..LINE_LEN]].concat(), couplet[LINE_LEN..].to_vec())
    }

    fn couplet(&self, rng: &mut Rng, split: Split) -> [Token; POEM_LEN] {
        let first = match split {
            Split::Train => rng.pick(&self.train),
            Split::Test => rng.pick(&self.test),
        };
        let second = rng.pick(&self.train);
        let mut ends = self.rhymes[rng.below(N_RHYMES)];
        rng.draw(&mut ends, 2);
        self.of([first, second], [ends[0], ends[1]])
    }

    fn of(&self, [[a, b, c, d], [e, f, g, h]]: [Middle; 2], ends: [Token; 2]) -> [Token; POEM_LEN] {
        let (the, comma, stop) = (self.the, self.comma, self.stop);
        [the, a, b, c, d, the, ends[0], comma, the, e, f, g, h, the, ends[1], stop, END]
    }

    /// Tokens that complete a couplet after this first line, from the second line to the end mark; `None` if it is
    /// none.
    pub(crate) fn complete(&self, first: &[Token], rng: &mut Rng) -> Option<Vec<Token>> {
        let &[_, a, b, c, d, _, end, _] = first else { return None };
        let middle = [a, b, c, d];
        let is_known = self.train.contains(&middle) || self.test.contains(&middle);
        let rhyming = self.rhymes[self.rhyme(end).filter(|_| is_known)?];
        let other = loop {
            let other = rng.pick(&rhyming);
            if other != end {
                break other;
            }
        };
        let poem = self.of([middle, rng.pick(&self.train)], [end, other]);
        (poem[..LINE_LEN] == *first).then(|| poem[LINE_LEN..].to_vec())
    }

    /// The words that vary: adjective, noun, verb, preposition and last noun in the slots 0 to 4. Their lengths are in
    /// syllables.
    pub(crate) fn words(&self) -> Vec<PoemWord> {
        let slots = self.slots.iter().map(|slot| &slot[..]).chain([self.rhymes.as_flattened()]);
        let words = slots.enumerate().flat_map(|(slot, words)| words.iter().map(move |&own| (own, slot)));
        words
            .map(|(token, slot)| PoemWord {
                token,
                slot: Some(slot),
                length: self.syllables[usize::from(token)],
                rhyme: (slot == self.slots.len()).then(|| self.rhyme(token)).flatten(),
            })
            .collect()
    }

    /// Which rules a whole couplet keeps, end mark included. Rhyme and meter are judged line by line, whatever the
    /// lines say: rhyme asks for two different words of one rhyme at the ends, meter for two lines of nine syllables.
    pub(crate) fn judge(&self, poem: &[Token]) -> PoemRules {
        let body = poem.strip_suffix(&[END]).unwrap_or(poem);
        let body = body.strip_suffix(&[self.stop]).unwrap_or(body);
        let lines: Vec<&[Token]> = body.split(|&token| token == self.comma || token == self.stop).collect();
        let rhyme = match lines[..] {
            [&[.., one], &[.., two]] => {
                one != two && self.rhyme(one).is_some() && self.rhyme(one) == self.rhyme(two)
            }
            _ => false,
        };
        let syllables = |line: &&[Token]| line.iter().map(|&t| self.syllables[usize::from(t)]).sum::<usize>();
        let meter = lines.len() == 2 && lines.iter().all(|line| syllables(line) == LINE_SYLLABLES);
        PoemRules { grammar: self.is_grammatical(poem), rhyme, meter }
    }

    /// The rhyme of a word that can end a line.
    fn rhyme(&self, word: Token) -> Option<usize> {
        self.rhymes.iter().position(|words| words.contains(&word))
    }

    fn is_grammatical(&self, poem: &[Token]) -> bool {
        let is_line = |tokens: &[Token], end: Token| {
            tokens[0] == self.the
                && self.slots.iter().zip(&tokens[1..5]).all(|(slot, word)| slot.contains(word))
                && tokens[5] == self.the
                && self.rhyme(tokens[6]).is_some()
                && tokens[7] == end
        };
        poem.len() == POEM_LEN
            && is_line(&poem[..LINE_LEN], self.comma)
            && is_line(&poem[LINE_LEN..2 * LINE_LEN], self.stop)
            && poem[2 * LINE_LEN] == END
    }

    /// The natural logarithm of a row's probability in training, or −∞ if training cannot produce it.
    pub(crate) fn log_probability(&self, tokens: &[Token]) -> f64 {
        let can_be_drawn = |poem: &[Token]| {
            let PoemRules { grammar, rhyme, meter } = self.judge(poem);
            let is_trained = |at: usize| self.train.iter().any(|middle| *middle == poem[at..at + 4]);
            grammar && rhyme && meter && is_trained(1) && is_trained(LINE_LEN + 1)
        };
        let is_row = tokens.len() == 1 + N_POEMS * POEM_LEN && tokens[0] == marker(Kind::Couplets);
        if is_row && tokens[1..].chunks(POEM_LEN).all(can_be_drawn) {
            -self.entropy()
        } else {
            f64::NEG_INFINITY
        }
    }

    /// The entropy of a training row, in nats.
    pub(crate) fn entropy(&self) -> f64 {
        N_POEMS as f64 * (2.0 * (self.train.len() as f64).ln() + (72.0 * 5.0_f64).ln())
    }
}

/// Every choice of four middle words with the right number of syllables.
fn middles(slots: &[Vec<Token>; 4], syllables: &[usize]) -> Vec<Middle> {
    // `the` twice and a rhyme word have one syllable each.
    let wanted = LINE_SYLLABLES - 3;
    let mut middles = Vec::new();
    for &a in &slots[0] {
        for &b in &slots[1] {
            for &c in &slots[2] {
                for &d in &slots[3] {
                    if [a, b, c, d].map(|t| syllables[usize::from(t)]).iter().sum::<usize>() == wanted {
                        middles.push([a, b, c, d]);
                    }
                }
            }
        }
    }
    middles
}

/// Whether training never shows a line of couplets with this adjective, noun, verb and preposition.
pub fn is_middle_held_out(words: [Token; 4]) -> bool {
    is_held_out("couplet", &words.map(u64::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    const COUPLET: &str =
        "the old robot wanders by the lake , the golden bird whispers past the flake . <end>";

    fn rules(poem: &str) -> (bool, bool, bool) {
        let vocabulary = Vocabulary::new();
        let rules = Couplets::new(&vocabulary).judge(&vocabulary.tokens(poem).expect("known words"));
        (rules.grammar, rules.rhyme, rules.meter)
    }

    #[test]
    fn each_rule_is_judged_on_its_own() {
        assert_eq!(rules(COUPLET), (true, true, true));
        assert_eq!(rules(&COUPLET.replace("flake", "moon")), (true, false, true), "no rhyme");
        assert_eq!(
            rules(&COUPLET.replace("flake", "lake")),
            (true, false, true),
            "a word rhymed with itself"
        );
        assert_eq!(rules(&COUPLET.replace("golden", "bright")), (true, true, false), "eight syllables");
        assert_eq!(rules(&COUPLET.replace("old robot", "robot old")), (false, true, true), "no word order");
        assert_eq!(rules(&COUPLET.replace(" . <end>", "")), (false, true, true), "unfinished");
        assert_eq!(rules("<end>"), (false, false, false));
    }

    #[test]
    fn six_patterns_of_syllables_fill_a_line() {
        let (n_train, n_test) = Couplets::new(&Vocabulary::new()).sizes();
        // Two of the four slots have two syllables: 6 patterns of 6·6·6·4 words.
        assert_eq!(n_train + n_test, 6 * 6 * 6 * 6 * 4);
        assert!(n_test.abs_diff(518) < 110, "a tenth, within five standard deviations: {n_test}");
    }
}
