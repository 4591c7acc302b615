//! Every word once, in the order of the tokens. The compiler puts the table together and looks words up in it, so a
//! program that handles tokens alone carries no text.

use super::{arithmetic, code, couplet, lexicon, marks, verse};
use crate::vocabulary::Token;

/// A word as English readers and as Chinese readers see it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    pub(crate) text: &'static str,
    /// Empty for marks that only the model needs.
    pub(crate) chinese: &'static str,
}

/// How many words there are.
pub(crate) const N_WORDS: usize = TABLE.len;

/// The word of each token.
pub(crate) static WORDS: [Word; N_WORDS] = {
    let mut words = [TABLE.words[0]; N_WORDS];
    let mut i = 0;
    while i < N_WORDS {
        words[i] = TABLE.words[i];
        i += 1;
    }
    words
};

/// The token of a word of the tables, for constants: the compiler refuses a word that is in none of them.
///
/// # Panics
/// If there is no such word.
pub(crate) const fn token(text: &str) -> Token {
    match TABLE.place(text) {
        Some(place) => place as Token,
        None => panic!("every word of the tables is in the vocabulary"),
    }
}

/// The tokens of some words of the tables, for constants.
///
/// # Panics
/// If there is no such word, or there are not so many.
pub(crate) const fn tokens<const N: usize>(texts: &[&str]) -> [Token; N] {
    assert!(texts.len() == N, "each word has a token");
    let mut tokens = [0; N];
    let mut i = 0;
    while i < N {
        tokens[i] = token(texts[i]);
        i += 1;
    }
    tokens
}

/// The tokens of a table of words, row by row, for constants.
///
/// # Panics
/// If there is no such word.
pub(crate) const fn rows<const N: usize, const M: usize>(texts: [[&str; N]; M]) -> [[Token; N]; M] {
    let mut rows = [[0; N]; M];
    let mut i = 0;
    while i < M {
        rows[i] = tokens(&texts[i]);
        i += 1;
    }
    rows
}

/// More than there are words.
const CAPACITY: usize = 1_000;

struct Table {
    words: [Word; CAPACITY],
    /// A hash of each text, so that the compiler has little to compare.
    hashes: [u32; CAPACITY],
    len: usize,
}

/// All words; a word that is there already keeps its token.
const TABLE: Table = {
    let mut table =
        Table { words: [Word { text: "", chinese: "" }; CAPACITY], hashes: [0; CAPACITY], len: 0 };
    table.add_mark(marks::PAD);
    table.add_mark(marks::END);
    table.add(marks::SEPARATOR);
    let mut i = 0;
    while i < marks::MARKERS.len() {
        table.add_mark(marks::MARKERS[i]);
        i += 1;
    }
    table.add_pieces(marks::DIGITS, 1);
    table.add_pieces(marks::TWO_DIGITS, 2);
    table.add_pieces(marks::LETTERS, 1);

    table.add_alike(&code::ALL);

    table.add_all(&arithmetic::NAMES);
    table.add_all(&arithmetic::OBJECTS);
    table.add_alike(&arithmetic::FRACTIONS);
    {
        use arithmetic::{ASK_DIRECT, ASK_STEPS, COMMA, EQUALS, GIVES, HAS, OF_THE_ORIGINAL, TIMES};
        table.add_all(&[HAS, GIVES, COMMA, OF_THE_ORIGINAL, ASK_STEPS, ASK_DIRECT]);
        table.add_alike(&[TIMES, EQUALS]);
    }

    let mut i = 0;
    while i < lexicon::CATEGORIES.len() {
        table.add(lexicon::CATEGORIES[i].name);
        table.add_alike(lexicon::CATEGORIES[i].concepts.as_flattened());
        i += 1;
    }

    {
        use verse::{AND_AM, AT, COMMA, I_AM, OF, STOP};
        table.add_alike(&[AT, OF, I_AM, AND_AM, COMMA, STOP]);
    }
    table.add_alike(&verse::INSIDE);
    table.add_alike(&verse::LONG_OWNERS);
    table.add_alike(&verse::SHORT_OWNERS);
    table.add_alike(&verse::LONG_PLACES);
    table.add_alike(&verse::SHORT_PLACES);
    table.add_alike(&verse::QUALITIES);
    table.add_alike(&verse::WHOSE);
    let mut i = 0;
    while i < verse::RHYMES.len() {
        table.add_alike(&verse::RHYMES[i].verbs);
        table.add_alike(&verse::RHYMES[i].nouns);
        i += 1;
    }

    table.add_alike(&[couplet::THE, couplet::STOP]);
    let mut i = 0;
    while i < couplet::SLOTS.len() {
        table.add_alike(couplet::SLOTS[i][0]);
        table.add_alike(couplet::SLOTS[i][1]);
        i += 1;
    }
    table.add_alike(couplet::RHYMES.as_flattened());
    table
};

impl Table {
    /// Where a word is.
    const fn place(&self, text: &str) -> Option<usize> {
        let hash = hash(text);
        let mut i = 0;
        while i < self.len {
            if self.hashes[i] == hash && is_same(self.words[i].text, text) {
                return Some(i);
            }
            i += 1;
        }
        None
    }

    /// Adds a word that looks different to a Chinese reader.
    const fn add(&mut self, (text, chinese): (&'static str, &'static str)) {
        if self.place(text).is_none() {
            self.words[self.len] = Word { text, chinese };
            self.hashes[self.len] = hash(text);
            self.len += 1;
        }
    }

    /// Adds words that look different to a Chinese reader.
    const fn add_all(&mut self, words: &[(&'static str, &'static str)]) {
        let mut i = 0;
        while i < words.len() {
            self.add(words[i]);
            i += 1;
        }
    }

    /// Adds words that look alike to all readers.
    const fn add_alike(&mut self, texts: &[&'static str]) {
        let mut i = 0;
        while i < texts.len() {
            self.add((texts[i], texts[i]));
            i += 1;
        }
    }

    /// Adds a mark that only the model needs.
    const fn add_mark(&mut self, text: &'static str) {
        self.add((text, ""));
    }

    /// Adds the words of a text that are all so many bytes long.
    const fn add_pieces(&mut self, text: &'static str, len: usize) {
        let mut rest = text;
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(len);
            self.add((piece, piece));
            rest = after;
        }
    }
}

/// FNV-1a.
const fn hash(text: &str) -> u32 {
    let mut hash: u32 = 0x811c_9dc5;
    let mut i = 0;
    while i < text.len() {
        hash = (hash ^ text.as_bytes()[i] as u32).wrapping_mul(0x0100_0193);
        i += 1;
    }
    hash
}

/// Equality that the compiler can decide.
const fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len() != other.len() {
        return false;
    }
    let mut i = 0;
    while i < one.len() {
        if one[i] != other[i] {
            return false;
        }
        i += 1;
    }
    true
}
