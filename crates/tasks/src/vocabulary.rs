//! The closed vocabulary: every token, its text, and how it looks to a Chinese and to an English reader.
//!
//! Tokens are whole words. A word has one token wherever it is used: *moon* in the dictionary and *moon* at the end of
//! a verse are the same word. Tokens 0 to 162 have a fixed meaning (see the functions of this module); the rest follow
//! in the order of the word tables.

use crate::{
    Kind,
    words::{arithmetic, code, couplet, lexicon, verse},
};

/// A word's number, at most [`Vocabulary::len`] − 1.
pub type Token = u16;

/// Fills a row that is shorter than the context; never predicted.
pub const PAD: Token = 0;
/// Ends a problem, a program or a poem.
pub const END: Token = 1;
/// Ends an `x y ;` pair.
pub const SEPARATOR: Token = 2;
/// How many numbers are tokens: 0 to 99.
pub const N_NUMBERS: usize = 100;
/// How many letters are tokens: a to z, then A to Z.
pub const N_LETTERS: usize = 52;

const FIRST_MARKER: Token = 3;
const FIRST_NUMBER: Token = FIRST_MARKER + Kind::ALL.len() as Token;
const FIRST_LETTER: Token = FIRST_NUMBER + N_NUMBERS as Token;

/// The token that opens a row of this kind.
pub const fn marker(kind: Kind) -> Token {
    FIRST_MARKER + kind as Token
}

/// The token of a number from 0 to 99.
///
/// # Panics
/// If the number is above 99.
pub const fn number(value: usize) -> Token {
    assert!(value < N_NUMBERS, "only 0 to 99 are tokens");
    FIRST_NUMBER + value as Token
}

/// The number that a token writes, if it writes one.
pub const fn as_number(token: Token) -> Option<usize> {
    let last = FIRST_NUMBER + N_NUMBERS as Token;
    if token >= FIRST_NUMBER && token < last { Some((token - FIRST_NUMBER) as usize) } else { None }
}

/// The token of a letter: 0 to 25 are a to z, 26 to 51 are A to Z.
///
/// # Panics
/// If the index is above 51.
pub const fn letter(index: usize) -> Token {
    assert!(index < N_LETTERS, "there are 52 letters");
    FIRST_LETTER + index as Token
}

/// The index (0 to 51) of the letter that a token writes, if it writes one.
pub const fn as_letter(token: Token) -> Option<usize> {
    let last = FIRST_LETTER + N_LETTERS as Token;
    if token >= FIRST_LETTER && token < last { Some((token - FIRST_LETTER) as usize) } else { None }
}

/// Whose eyes a token is shown to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reader {
    /// A reader of the Chinese page.
    Chinese,
    /// A reader of the English page.
    English,
}

/// A piece of text that is no word of the language.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown word {word:?} at byte {at}")]
pub struct UnknownWord {
    /// The text from there to the next space.
    pub word: String,
    /// Its place in the text, in bytes.
    pub at: usize,
}

#[derive(Debug)]
struct Word {
    text: String,
    chinese: String,
}

/// All words of the language, both ways: token to text and text to token.
///
/// ```
/// let vocabulary = tasks::Vocabulary::new();
/// let tokens = vocabulary.tokens("Hello 你好 ; Thank you 谢谢 ;")?;
/// assert_eq!(tokens.len(), 6);
/// assert_eq!(vocabulary.text(tokens[3]), "Thank you");
/// # Ok::<(), tasks::UnknownWord>(())
/// ```
#[derive(Debug)]
pub struct Vocabulary {
    words: Vec<Word>,
    /// All tokens in the order of their texts, so that a text is found by halving.
    by_text: Vec<Token>,
}

impl Default for Vocabulary {
    fn default() -> Self {
        Self::new()
    }
}

impl Vocabulary {
    /// The vocabulary; there is only one.
    pub fn new() -> Self {
        let mut vocabulary = Self { words: Vec::new(), by_text: Vec::new() };
        vocabulary.add("<pad>", "");
        vocabulary.add("<end>", "");
        vocabulary.add(";", "；");
        for kind in Kind::ALL {
            vocabulary.add(&format!("<{}>", kind.name()), "");
        }
        vocabulary.add_all((0..N_NUMBERS).map(|value| value.to_string()));
        vocabulary.add_all(('a'..='z').chain('A'..='Z').map(String::from));
        vocabulary.add_all(code::ALL);
        vocabulary.add_arithmetic();
        for category in &lexicon::CATEGORIES {
            vocabulary.add(category.name.0, category.name.1);
            vocabulary.add_all(category.concepts.as_flattened());
        }
        vocabulary.add_verse();
        vocabulary.add_couplet();
        vocabulary
    }

    fn add_arithmetic(&mut self) {
        use arithmetic::{ASK_DIRECT, ASK_STEPS, COMMA, GIVES, HAS, OF_THE_ORIGINAL};
        for (text, chinese) in arithmetic::NAMES.iter().chain(&arithmetic::OBJECTS) {
            self.add(text, chinese);
        }
        self.add_all(arithmetic::FRACTIONS);
        for (text, chinese) in [HAS, GIVES, COMMA, OF_THE_ORIGINAL, ASK_STEPS, ASK_DIRECT] {
            self.add(text, chinese);
        }
        self.add_all([arithmetic::TIMES, arithmetic::EQUALS]);
    }

    fn add_verse(&mut self) {
        use verse::{AND_AM, AT, COMMA, I_AM, INSIDE, OF, STOP};
        self.add_all([AT, OF, I_AM, AND_AM, COMMA, STOP]);
        self.add_all(INSIDE);
        self.add_all(verse::LONG_OWNERS);
        self.add_all(verse::SHORT_OWNERS);
        self.add_all(verse::LONG_PLACES);
        self.add_all(verse::SHORT_PLACES);
        self.add_all(verse::QUALITIES);
        self.add_all(verse::WHOSE);
        for rhyme in &verse::RHYMES {
            self.add_all(rhyme.verbs);
            self.add_all(rhyme.nouns);
        }
    }

    fn add_couplet(&mut self) {
        self.add_all([couplet::THE, couplet::STOP]);
        for words in couplet::SLOTS.as_flattened() {
            self.add_all(*words);
        }
        self.add_all(couplet::RHYMES.as_flattened());
    }

    /// Adds words that look alike to all readers.
    fn add_all(&mut self, texts: impl IntoIterator<Item = impl AsRef<str>>) {
        for text in texts {
            self.add(text.as_ref(), text.as_ref());
        }
    }

    /// Adds a word that looks different to a Chinese reader; a word that is there already keeps its token.
    fn add(&mut self, text: &str, chinese: &str) {
        if let Err(place) = self.place(text) {
            self.by_text.insert(place, self.words.len() as Token);
            self.words.push(Word { text: text.to_owned(), chinese: chinese.to_owned() });
        }
    }

    /// How many tokens there are.
    #[expect(clippy::len_without_is_empty, reason = "a language without words is not one")]
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// The text of a token, which no other token has.
    ///
    /// # Panics
    /// If there is no such token.
    pub fn text(&self, token: Token) -> &str {
        &self.words[usize::from(token)].text
    }

    /// What a reader sees for a token; nothing for the marks that only the model needs.
    ///
    /// # Panics
    /// If there is no such token.
    pub fn display(&self, token: Token, reader: Reader) -> &str {
        let word = &self.words[usize::from(token)];
        match reader {
            Reader::Chinese => &word.chinese,
            Reader::English if word.chinese.is_empty() => "",
            Reader::English => &word.text,
        }
    }

    /// The token with this text.
    pub fn token(&self, text: &str) -> Option<Token> {
        self.place(text).ok().map(|place| self.by_text[place])
    }

    /// Where a text is in the order of texts, or where it would be.
    fn place(&self, text: &str) -> Result<usize, usize> {
        self.by_text.binary_search_by(|&token| self.text(token).cmp(text))
    }

    /// Reads words separated by spaces; the longest word that fits wins (`Thank you` is one).
    ///
    /// # Errors
    /// [`UnknownWord`] at the first text that is no word of the language.
    pub fn tokens(&self, text: &str) -> Result<Vec<Token>, UnknownWord> {
        let mut tokens = Vec::new();
        let mut rest = text.trim_start();
        while !rest.is_empty() {
            let (token, len) = self.longest_word(rest).ok_or_else(|| UnknownWord {
                word: rest.split_whitespace().next().unwrap_or_default().to_owned(),
                at: text.len() - rest.len(),
            })?;
            tokens.push(token);
            rest = rest[len..].trim_start();
        }
        Ok(tokens)
    }

    fn longest_word(&self, text: &str) -> Option<(Token, usize)> {
        let ends =
            text.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at).chain([text.len()]);
        // No word of the language has more than five parts.
        let candidates = ends.take(8).filter_map(|end| Some((self.token(&text[..end])?, end)));
        candidates.last()
    }

    /// Tokens whose text or Chinese form begins with a prefix, in token order: what can complete it.
    pub fn starting_with<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = Token> + 'a {
        let fits = move |word: &Word| word.text.starts_with(prefix) || word.chinese.starts_with(prefix);
        (0..).zip(&self.words).filter(move |(_, word)| fits(word)).map(|(token, _)| token)
    }

    /// The token of a word from this crate's own tables, all of which are in the vocabulary.
    pub(crate) fn of(&self, text: &str) -> Token {
        self.token(text).expect("every word of the tables is in the vocabulary")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Rng;

    #[test]
    fn the_vocabulary_has_681_words() {
        // Marks 3, markers 8, numbers 100, letters 52, code 7, arithmetic 8 + 8 + 9 + 6 + 2, dictionary 8 + 256,
        // verse 8 + 46 + 56 less 心 风 雪, couplets 2 + 116 less eleven words that were there before.
        assert_eq!(Vocabulary::new().len(), 681);
    }

    #[test]
    fn fixed_tokens_have_their_text() {
        let vocabulary = Vocabulary::new();
        for value in 0..N_NUMBERS {
            assert_eq!(vocabulary.text(number(value)), value.to_string());
            assert_eq!(as_number(number(value)), Some(value));
        }
        assert_eq!(vocabulary.text(letter(0)), "a");
        assert_eq!(vocabulary.text(letter(51)), "Z");
        assert_eq!(as_letter(letter(51)), Some(51));
        assert_eq!((as_number(letter(0)), as_letter(number(99))), (None, None));
        for kind in Kind::ALL {
            assert_eq!(vocabulary.text(marker(kind)), format!("<{}>", kind.name()));
        }
        assert_eq!([PAD, END, SEPARATOR].map(|t| vocabulary.text(t)), ["<pad>", "<end>", ";"]);
    }

    #[test]
    fn text_and_tokens_are_one_to_one() {
        let vocabulary = Vocabulary::new();
        for token in 0..vocabulary.len() as Token {
            assert_eq!(vocabulary.token(vocabulary.text(token)), Some(token));
        }
    }

    #[test]
    fn any_tokens_survive_the_way_through_text() {
        let vocabulary = Vocabulary::new();
        let mut rng = Rng::new(5);
        for _ in 0..2_000 {
            let tokens: Vec<Token> = (0..30).map(|_| rng.below(vocabulary.len()) as Token).collect();
            let text: Vec<&str> = tokens.iter().map(|&token| vocabulary.text(token)).collect();
            assert_eq!(vocabulary.tokens(&text.join(" ")), Ok(tokens));
        }
    }

    #[test]
    fn an_unknown_word_is_named_with_its_place() {
        let error = Vocabulary::new().tokens("Hello 你好 ; 你们好 ;").expect_err("你们好 is no word");
        assert_eq!(error, UnknownWord { word: "你们好".to_owned(), at: 15 });
    }

    #[test]
    fn a_prefix_finds_words_in_either_language() {
        let vocabulary = Vocabulary::new();
        let found = |prefix| vocabulary.starting_with(prefix).map(|t| vocabulary.text(t)).collect::<Vec<_>>();
        assert_eq!(found("Good"), ["Good morning", "Good night", "Goodbye"]);
        assert_eq!(found("小明"), ["Xiaoming"]);
    }
}
