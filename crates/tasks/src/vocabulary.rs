//! The closed vocabulary: every token, its text, and how it looks to a Chinese and to an English reader.
//!
//! Tokens are whole words. A word has one token wherever it is used: *moon* in the dictionary and *moon* at the end of
//! a verse are the same word. Tokens 0 to 162 have a fixed meaning (see the functions of this module); the rest follow
//! in the order of the word tables.

use crate::{
    Kind,
    words::table::{self, WORDS, Word},
};

/// A word's number, below [`N_TOKENS`].
pub type Token = u16;

/// Fills a row that is shorter than the context; never predicted.
pub const PAD: Token = 0;
/// Ends a problem, a program or a poem.
pub const END: Token = 1;
/// Ends an `x y ;` pair.
pub const SEPARATOR: Token = 2;
/// How many tokens there are.
pub const N_TOKENS: usize = table::N_WORDS;
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

/// All words of the language, both ways: token to text and text to token.
///
/// ```
/// let tokens = tasks::Vocabulary.tokens("Hello 你好 ; Thank you 谢谢 ;")?;
/// assert_eq!(tokens.len(), 6);
/// assert_eq!(tasks::Vocabulary.text(tokens[3]), "Thank you");
/// # Ok::<(), tasks::UnknownWord>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Vocabulary;

impl Vocabulary {
    /// The text of a token, which no other token has.
    ///
    /// # Panics
    /// If there is no such token.
    pub fn text(self, token: Token) -> &'static str {
        word(token).text
    }

    /// What a reader sees for a token; nothing for the marks that only the model needs.
    ///
    /// # Panics
    /// If there is no such token.
    pub fn display(self, token: Token, reader: Reader) -> &'static str {
        let word = word(token);
        match reader {
            Reader::Chinese => word.chinese,
            Reader::English if word.chinese.is_empty() => "",
            Reader::English => word.text,
        }
    }

    /// The token with this text.
    pub fn token(self, text: &str) -> Option<Token> {
        WORDS.iter().position(|word| word.text == text).map(|place| place as Token)
    }

    /// Reads words separated by spaces; the longest word that fits wins (`Thank you` is one).
    ///
    /// # Errors
    /// [`UnknownWord`] at the first text that is no word of the language.
    pub fn tokens(self, text: &str) -> Result<Vec<Token>, UnknownWord> {
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

    fn longest_word(self, text: &str) -> Option<(Token, usize)> {
        let ends =
            text.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at).chain([text.len()]);
        // No word of the language has more than five parts.
        let candidates = ends.take(8).filter_map(|end| Some((self.token(&text[..end])?, end)));
        candidates.last()
    }

    /// Tokens whose text or Chinese form begins with a prefix, in token order: what can complete it.
    pub fn starting_with(self, prefix: &str) -> impl Iterator<Item = Token> {
        let fits = move |word: &Word| word.text.starts_with(prefix) || word.chinese.starts_with(prefix);
        (0..).zip(&WORDS).filter(move |(_, word)| fits(word)).map(|(token, _)| token)
    }
}

fn word(token: Token) -> Word {
    WORDS[usize::from(token)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Rng;

    #[test]
    fn the_vocabulary_has_681_words() {
        // Marks 3, markers 8, numbers 100, letters 52, code 7, arithmetic 8 + 8 + 9 + 6 + 2, dictionary 8 + 256,
        // verse 8 + 46 + 56 less 心 风 雪, couplets 2 + 116 less eleven words that were there before.
        assert_eq!(N_TOKENS, 681);
    }

    #[test]
    fn fixed_tokens_have_their_text() {
        for value in 0..N_NUMBERS {
            assert_eq!(Vocabulary.text(number(value)), value.to_string());
            assert_eq!(as_number(number(value)), Some(value));
        }
        assert_eq!(Vocabulary.text(letter(0)), "a");
        assert_eq!(Vocabulary.text(letter(51)), "Z");
        assert_eq!(as_letter(letter(51)), Some(51));
        assert_eq!((as_number(letter(0)), as_letter(number(99))), (None, None));
        for kind in Kind::ALL {
            assert_eq!(Vocabulary.text(marker(kind)), format!("<{}>", kind.name()));
        }
        assert_eq!([PAD, END, SEPARATOR].map(|t| Vocabulary.text(t)), ["<pad>", "<end>", ";"]);
    }

    #[test]
    fn text_and_tokens_are_one_to_one() {
        for token in 0..N_TOKENS as Token {
            assert_eq!(Vocabulary.token(Vocabulary.text(token)), Some(token));
        }
    }

    #[test]
    fn any_tokens_survive_the_way_through_text() {
        let mut rng = Rng::new(5);
        for _ in 0..2_000 {
            let tokens: Vec<Token> = (0..30).map(|_| rng.below(N_TOKENS) as Token).collect();
            let text: Vec<&str> = tokens.iter().map(|&token| Vocabulary.text(token)).collect();
            assert_eq!(Vocabulary.tokens(&text.join(" ")), Ok(tokens));
        }
    }

    #[test]
    fn an_unknown_word_is_named_with_its_place() {
        let error = Vocabulary.tokens("Hello 你好 ; 你们好 ;").expect_err("你们好 is no word");
        assert_eq!(error, UnknownWord { word: "你们好".to_owned(), at: 15 });
    }

    #[test]
    fn a_prefix_finds_words_in_either_language() {
        let found = |prefix| Vocabulary.starting_with(prefix).map(|t| Vocabulary.text(t)).collect::<Vec<_>>();
        assert_eq!(found("Good"), ["Good morning", "Good night", "Goodbye"]);
        assert_eq!(found("小明"), ["Xiaoming"]);
    }
}
