//! The words of verse in their places, and the rules that a poem of them keeps.

use crate::{
    Token,
    poem_rules::{PoemRules, PoemWord},
    vocabulary::END,
    words::{
        table::{N_WORDS, WORDS, token, tokens},
        verse as words,
    },
};

/// Characters in a line, as in the chapter's 在数据的海洋里游弋.
pub const LINE_CHARACTERS: usize = 9;

/// Tokens of a poem: 7 + 7 + 6 + 6 and the end mark.
pub(super) const POEM_LEN: usize = 27;
pub(super) const N_RHYMES: usize = words::RHYMES.len();

pub(super) const AT: Token = token(words::AT);
pub(super) const OF: Token = token(words::OF);
pub(super) const I_AM: Token = token(words::I_AM);
pub(super) const AND_AM: Token = token(words::AND_AM);
pub(super) const COMMA: Token = token(words::COMMA);
pub(super) const STOP: Token = token(words::STOP);

pub(super) static INSIDE: [Token; 2] = tokens(&words::INSIDE);
static LONG_OWNERS: [Token; 6] = tokens(&words::LONG_OWNERS);
static SHORT_OWNERS: [Token; 10] = tokens(&words::SHORT_OWNERS);
static LONG_PLACES: [Token; 8] = tokens(&words::LONG_PLACES);
static SHORT_PLACES: [Token; 6] = tokens(&words::SHORT_PLACES);
pub(super) static QUALITIES: [Token; 8] = tokens(&words::QUALITIES);
pub(super) static WHOSE: [Token; 8] = tokens(&words::WHOSE);
/// By rhyme.
pub(super) static VERBS: [[Token; 4]; N_RHYMES] = {
    let mut verbs = [[0; 4]; N_RHYMES];
    let mut rhyme = 0;
    while rhyme < N_RHYMES {
        verbs[rhyme] = tokens(&words::RHYMES[rhyme].verbs);
        rhyme += 1;
    }
    verbs
};
/// By rhyme.
pub(super) static NOUNS: [[Token; 4]; N_RHYMES] = {
    let mut nouns = [[0; 4]; N_RHYMES];
    let mut rhyme = 0;
    while rhyme < N_RHYMES {
        nouns[rhyme] = tokens(&words::RHYMES[rhyme].nouns);
        rhyme += 1;
    }
    nouns
};

/// Characters of every token.
static CHARACTERS: [u8; N_WORDS] = {
    let mut characters = [0; N_WORDS];
    let mut i = 0;
    while i < N_WORDS {
        let bytes = WORDS[i].text.as_bytes();
        let mut j = 0;
        while j < bytes.len() {
            // Every byte of UTF-8 but those that go on with a character.
            if bytes[j] & 0b1100_0000 != 0b1000_0000 {
                characters[i] += 1;
            }
            j += 1;
        }
        i += 1;
    }
    characters
};

/// Every owner with every place that goes with it.
pub(super) fn scenes() -> impl Iterator<Item = (Token, Token)> {
    let scenes = [(&LONG_OWNERS[..], &SHORT_PLACES[..]), (&SHORT_OWNERS, &LONG_PLACES)];
    let scenes = scenes.into_iter().flat_map(|(owners, places)| owners.iter().map(move |&own| (own, places)));
    scenes.flat_map(|(owner, places)| places.iter().map(move |&place| (owner, place)))
}

/// Characters of a word.
fn characters(word: Token) -> usize {
    CHARACTERS[usize::from(word)].into()
}

/// The words that vary: those of the first line in the slots 0 to 3 (owner, place, 里 or 中, verb), those of the
/// last lines in none. Their lengths are in characters.
pub(crate) fn varying() -> Vec<PoemWord> {
    let word = |token, slot| PoemWord { token, slot, length: characters(token), rhyme: rhyme(token) };
    let owners = [&LONG_OWNERS[..], &SHORT_OWNERS].concat();
    let mut places = [&LONG_PLACES[..], &SHORT_PLACES].concat();
    places.sort_unstable();
    let first = [&owners[..], &places, &INSIDE, VERBS.as_flattened()];
    let first = first
        .into_iter()
        .enumerate()
        .flat_map(|(slot, words)| words.iter().map(move |&own| (own, Some(slot))));
    let last = [&QUALITIES[..], &WHOSE, NOUNS.as_flattened()];
    let last = last.into_iter().flatten().map(|&own| (own, None));
    first.chain(last).map(|(own, slot)| word(own, slot)).collect()
}

/// The rhyme of a word that can end a line.
pub(super) fn rhyme(word: Token) -> Option<usize> {
    (0..N_RHYMES).find(|&rhyme| VERBS[rhyme].contains(&word) || NOUNS[rhyme].contains(&word))
}

/// Which rules a whole poem keeps, end mark included. Rhyme and meter are judged line by line, whatever the lines
/// say: rhyme asks that lines one, two and four end on different words of one rhyme, meter that there are four
/// lines of nine characters.
pub(crate) fn judge(poem: &[Token]) -> PoemRules {
    let body = poem.strip_suffix(&[END]).unwrap_or(poem);
    let body = body.strip_suffix(&[STOP]).unwrap_or(body);
    let lines: Vec<&[Token]> = body.split(|&token| token == COMMA || token == STOP).collect();
    let rhyme = match lines[..] {
        [one, two, _, four] => {
            let ends = [one, two, four].map(|line| line.last().copied());
            let rhymes = ends.map(|word| rhyme(word?));
            let is_word_twice = ends[0] == ends[1] || ends[1] == ends[2] || ends[0] == ends[2];
            rhymes[0].is_some() && rhymes[0] == rhymes[1] && rhymes[1] == rhymes[2] && !is_word_twice
        }
        _ => false,
    };
    let is_even = |line: &&[Token]| line.iter().copied().map(characters).sum::<usize>() == LINE_CHARACTERS;
    let meter = lines.len() == 4 && lines.iter().all(is_even);
    PoemRules { grammar: is_grammatical(poem), rhyme, meter }
}

/// Every word stands where its kind belongs, and the marks are right. How long the words are and what they rhyme
/// with is not grammar.
fn is_grammatical(poem: &[Token]) -> bool {
    let is_verb = |word| VERBS.as_flattened().contains(&word);
    let is_noun = |word| NOUNS.as_flattened().contains(&word);
    let is_line = |tokens: &[Token]| match *tokens {
        [at, owner, of, place, inside, verb, comma] => {
            [at, of, comma] == [AT, OF, COMMA]
                && (LONG_OWNERS.contains(&owner) || SHORT_OWNERS.contains(&owner))
                && (LONG_PLACES.contains(&place) || SHORT_PLACES.contains(&place))
                && INSIDE.contains(&inside)
                && is_verb(verb)
        }
        _ => false,
    };
    let is_claim = |tokens: &[Token], start, end| match *tokens {
        [first, quality, whose, of, noun, mark] => {
            [first, of, mark] == [start, OF, end]
                && QUALITIES.contains(&quality)
                && WHOSE.contains(&whose)
                && is_noun(noun)
        }
        _ => false,
    };
    poem.len() == POEM_LEN
        && is_line(&poem[..7])
        && is_line(&poem[7..14])
        && is_claim(&poem[14..20], I_AM, COMMA)
        && is_claim(&poem[20..26], AND_AM, STOP)
        && poem[26] == END
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Vocabulary;

    const POEM: &str = "在 数据 的 海洋 里 飞翔 ， 在 机器人 的 梦 中 歌唱 ， \
                        我是 人类 智慧 的 波涛 ， 也是 未来 世界 的 光芒 。 <end>";

    fn rules(poem: &str) -> (bool, bool, bool) {
        let rules = judge(&Vocabulary.tokens(poem).expect("known words"));
        (rules.grammar, rules.rhyme, rules.meter)
    }

    #[test]
    fn each_rule_is_judged_on_its_own() {
        assert_eq!(rules(POEM), (true, true, true));
        assert_eq!(rules(&POEM.replace("光芒", "火苗")), (true, false, true), "no rhyme");
        assert_eq!(rules(&POEM.replace("光芒", "飞翔")), (false, false, true), "a word rhymed with itself");
        assert_eq!(rules(&POEM.replace("机器人", "算法")), (true, true, false), "eight characters");
        assert_eq!(rules(&POEM.replace("在 机器人", "的 机器人")), (false, true, true), "no preposition");
        assert_eq!(rules(&POEM.replace(" <end>", "")), (false, true, true), "unfinished");
        assert_eq!(rules("在 数据 <end>"), (false, false, false));
        assert_eq!(rules("<end>"), (false, false, false));
    }
}
