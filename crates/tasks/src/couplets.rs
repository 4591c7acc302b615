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
    Kind, Rng, Row, Split, Token,
    poem_rules::{PoemRules, PoemWord},
    split::is_held_out,
    vocabulary::{END, marker},
    words::{
        couplet as words,
        table::{N_WORDS, rows, token},
    },
};

/// Syllables in a line.
pub const LINE_SYLLABLES: usize = 9;

const N_POEMS: usize = 3;
/// Two lines of eight tokens and the end mark.
const POEM_LEN: usize = 17;
const LINE_LEN: usize = 8;
const N_RHYMES: usize = words::RHYMES.len();

const THE: Token = token(words::THE);
const COMMA: Token = token(words::COMMA);
const STOP: Token = token(words::STOP);

static ADJECTIVES: [Token; 12] = of_both_lengths(words::SLOTS[0]);
static NOUNS: [Token; 12] = of_both_lengths(words::SLOTS[1]);
static VERBS: [Token; 12] = of_both_lengths(words::SLOTS[2]);
static PREPOSITIONS: [Token; 8] = of_both_lengths(words::SLOTS[3]);

/// Words of the four slots between `the` and `the`.
static SLOTS: [&[Token]; 4] = [&ADJECTIVES, &NOUNS, &VERBS, &PREPOSITIONS];
/// Words that end a line; those of a row rhyme.
static RHYMES: [[Token; 6]; N_RHYMES] = rows(words::RHYMES);

/// Syllables of every token; none for what is no English verse.
static SYLLABLES: [u8; N_WORDS] = {
    let mut syllables = [0; N_WORDS];
    syllables[THE as usize] = 1;
    let mut i = 0;
    while i < RHYMES.as_flattened().len() {
        syllables[RHYMES.as_flattened()[i] as usize] = 1;
        i += 1;
    }
    let mut slot = 0;
    while slot < SLOTS.len() {
        let mut i = 0;
        while i < SLOTS[slot].len() {
            let is_long = i >= words::SLOTS[slot][0].len();
            syllables[SLOTS[slot][i] as usize] = if is_long { 2 } else { 1 };
            i += 1;
        }
        slot += 1;
    }
    syllables
};

/// The words of a slot: those of one syllable, then those of two.
const fn of_both_lengths<const N: usize>([short, long]: [&[&str]; 2]) -> [Token; N] {
    assert!(short.len() + long.len() == N, "each word has a token");
    let mut tokens = [0; N];
    let mut i = 0;
    while i < N {
        tokens[i] = token(if i < short.len() { short[i] } else { long[i - short.len()] });
        i += 1;
    }
    tokens
}

/// Adjective, noun, verb, preposition.
type Middle = [Token; 4];

/// The generator of couplets.
#[derive(Debug)]
pub(crate) struct Couplets {
    train: Vec<Middle>,
    test: Vec<Middle>,
}

impl Couplets {
    /// Tokens after the marker.
    pub(crate) const TARGETS_PER_ROW: f64 = (N_POEMS * POEM_LEN) as f64;

    pub(crate) fn new() -> Self {
        let (test, train) = middles().into_iter().partition(|&middle| is_middle_held_out(middle));
        Self { train, test }
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
        let mut ends = RHYMES[rng.below(N_RHYMES)];
        rng.draw(&mut ends, 2);
        Self::of([first, second], [ends[0], ends[1]])
    }

    fn of([[a, b, c, d], [e, f, g, h]]: [Middle; 2], ends: [Token; 2]) -> [Token; POEM_LEN] {
        [THE, a, b, c, d, THE, ends[0], COMMA, THE, e, f, g, h, THE, ends[1], STOP, END]
    }

    /// Tokens that complete a couplet after this first line, from the second line to the end mark; `None` if it is
    /// none.
    pub(crate) fn complete(&self, first: &[Token], rng: &mut Rng) -> Option<Vec<Token>> {
        let &[_, a, b, c, d, _, end, _] = first else { return None };
        let middle = [a, b, c, d];
        let is_known = self.train.contains(&middle) || self.test.contains(&middle);
        let rhyming = RHYMES[Self::rhyme(end).filter(|_| is_known)?];
        let other = loop {
            let other = rng.pick(&rhyming);
            if other != end {
                break other;
            }
        };
        let poem = Self::of([middle, rng.pick(&self.train)], [end, other]);
        (poem[..LINE_LEN] == *first).then(|| poem[LINE_LEN..].to_vec())
    }

    /// The words that vary: adjective, noun, verb, preposition and last noun in the slots 0 to 4. Their lengths are in
    /// syllables.
    pub(crate) fn words() -> Vec<PoemWord> {
        let slots = SLOTS.iter().map(|slot| &slot[..]).chain([RHYMES.as_flattened()]);
        let words = slots.enumerate().flat_map(|(slot, words)| words.iter().map(move |&own| (own, slot)));
        words
            .map(|(token, slot)| PoemWord {
                token,
                slot: Some(slot),
                length: syllables(token),
                rhyme: (slot == SLOTS.len()).then(|| Self::rhyme(token)).flatten(),
            })
            .collect()
    }

    /// Which rules a whole couplet keeps, end mark included. Rhyme and meter are judged line by line, whatever the
    /// lines say: rhyme asks for two different words of one rhyme at the ends, meter for two lines of nine syllables.
    pub(crate) fn judge(poem: &[Token]) -> PoemRules {
        let body = poem.strip_suffix(&[END]).unwrap_or(poem);
        let body = body.strip_suffix(&[STOP]).unwrap_or(body);
        let lines: Vec<&[Token]> = body.split(|&token| token == COMMA || token == STOP).collect();
        let rhyme = match lines[..] {
            [&[.., one], &[.., two]] => {
                one != two && Self::rhyme(one).is_some() && Self::rhyme(one) == Self::rhyme(two)
            }
            _ => false,
        };
        let is_even = |line: &&[Token]| line.iter().copied().map(syllables).sum::<usize>() == LINE_SYLLABLES;
        let meter = lines.len() == 2 && lines.iter().all(is_even);
        PoemRules { grammar: Self::is_grammatical(poem), rhyme, meter }
    }

    /// The rhyme of a word that can end a line.
    fn rhyme(word: Token) -> Option<usize> {
        RHYMES.iter().position(|words| words.contains(&word))
    }

    fn is_grammatical(poem: &[Token]) -> bool {
        let is_line = |tokens: &[Token], end: Token| {
            tokens[0] == THE
                && SLOTS.iter().zip(&tokens[1..5]).all(|(slot, word)| slot.contains(word))
                && tokens[5] == THE
                && Self::rhyme(tokens[6]).is_some()
                && tokens[7] == end
        };
        poem.len() == POEM_LEN
            && is_line(&poem[..LINE_LEN], COMMA)
            && is_line(&poem[LINE_LEN..2 * LINE_LEN], STOP)
            && poem[2 * LINE_LEN] == END
    }

    /// The natural logarithm of a row's probability in training, or −∞ if training cannot produce it.
    pub(crate) fn log_probability(&self, tokens: &[Token]) -> f64 {
        let can_be_drawn = |poem: &[Token]| {
            let PoemRules { grammar, rhyme, meter } = Self::judge(poem);
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

/// Syllables of a word.
fn syllables(word: Token) -> usize {
    SYLLABLES[usize::from(word)].into()
}

/// Every choice of four middle words with the right number of syllables.
fn middles() -> Vec<Middle> {
    // `the` twice and a rhyme word have one syllable each.
    let wanted = LINE_SYLLABLES - 3;
    let mut middles = Vec::new();
    for &a in SLOTS[0] {
        for &b in SLOTS[1] {
            for &c in SLOTS[2] {
                for &d in SLOTS[3] {
                    if [a, b, c, d].map(syllables).iter().sum::<usize>() == wanted {
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
    use crate::Vocabulary;

    const COUPLET: &str =
        "the old robot wanders by the lake , the golden bird whispers past the flake . <end>";

    fn rules(poem: &str) -> (bool, bool, bool) {
        let rules = Couplets::judge(&Vocabulary.tokens(poem).expect("known words"));
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
        let (n_train, n_test) = Couplets::new().sizes();
        // Two of the four slots have two syllables: 6 patterns of 6·6·6·4 words.
        assert_eq!(n_train + n_test, 6 * 6 * 6 * 6 * 4);
        assert!(n_test.abs_diff(518) < 110, "a tenth, within five standard deviations: {n_test}");
    }
}
