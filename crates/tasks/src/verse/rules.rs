//! The words of verse in their places, and the rules that a poem of them keeps.

use crate::{
    Token, Vocabulary,
    poem_rules::{PoemRules, PoemWord},
    vocabulary::END,
    words::verse::{
        AND_AM, AT, COMMA, I_AM, INSIDE, LONG_OWNERS, LONG_PLACES, OF, QUALITIES, RHYMES, SHORT_OWNERS,
        SHORT_PLACES, STOP, WHOSE,
    },
};

/// Characters in a line, as in the chapter's 在数据的海洋里游弋.
pub const LINE_CHARACTERS: usize = 9;

/// Tokens of a poem: 7 + 7 + 6 + 6 and the end mark.
pub(super) const POEM_LEN: usize = 27;
pub(super) const N_RHYMES: usize = RHYMES.len();

/// The tokens of verse, looked up once.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) at: Token,
    pub(super) of: Token,
    pub(super) i_am: Token,
    pub(super) and_am: Token,
    pub(super) comma: Token,
    pub(super) stop: Token,
    pub(super) qualities: [Token; 8],
    pub(super) whose: [Token; 8],
    /// By rhyme.
    pub(super) nouns: [[Token; 4]; N_RHYMES],
    /// By rhyme.
    pub(super) verbs: [[Token; 4]; N_RHYMES],
    /// Owner and place that stand together.
    pub(super) scenes: Vec<(Token, Token)>,
    pub(super) inside: [Token; 2],
    /// Characters of every token.
    characters: Vec<usize>,
}

impl Words {
    pub(super) fn new(vocabulary: &Vocabulary) -> Self {
        let word = |text: &str| vocabulary.of(text);
        let mut scenes = Vec::new();
        for (owners, places) in [(&LONG_OWNERS[..], &SHORT_PLACES[..]), (&SHORT_OWNERS, &LONG_PLACES)] {
            for owner in owners {
                scenes.extend(places.iter().map(|place| (word(owner), word(place))));
            }
        }
        Self {
            at: word(AT),
            of: word(OF),
            i_am: word(I_AM),
            and_am: word(AND_AM),
            comma: word(COMMA),
            stop: word(STOP),
            qualities: QUALITIES.map(word),
            whose: WHOSE.map(word),
            nouns: RHYMES.each_ref().map(|rhyme| rhyme.nouns.map(word)),
            verbs: RHYMES.each_ref().map(|rhyme| rhyme.verbs.map(word)),
            scenes,
            inside: INSIDE.map(word),
            characters: (0..vocabulary.len() as Token).map(|t| vocabulary.text(t).chars().count()).collect(),
        }
    }

    /// The words that vary: those of the first line in the slots 0 to 3 (owner, place, 里 or 中, verb), those of the
    /// last lines in none. Their lengths are in characters.
    pub(super) fn varying(&self) -> Vec<PoemWord> {
        let word = |token, slot| {
            let length = self.characters[usize::from(token)];
            PoemWord { token, slot, length, rhyme: self.rhyme(token) }
        };
        let mut owners: Vec<Token> = self.scenes.iter().map(|scene| scene.0).collect();
        let mut places: Vec<Token> = self.scenes.iter().map(|scene| scene.1).collect();
        for words in [&mut owners, &mut places] {
            words.sort_unstable();
            words.dedup();
        }
        let first = [&owners[..], &places, &self.inside, self.verbs.as_flattened()];
        let first = first
            .into_iter()
            .enumerate()
            .flat_map(|(slot, words)| words.iter().map(move |&own| (own, Some(slot))));
        let last = [&self.qualities[..], &self.whose, self.nouns.as_flattened()];
        let last = last.into_iter().flatten().map(|&own| (own, None));
        first.chain(last).map(|(own, slot)| word(own, slot)).collect()
    }

    /// The rhyme of a word that can end a line.
    pub(super) fn rhyme(&self, word: Token) -> Option<usize> {
        (0..N_RHYMES).find(|&rhyme| self.verbs[rhyme].contains(&word) || self.nouns[rhyme].contains(&word))
    }

    /// Which rules a whole poem keeps, end mark included. Rhyme and meter are judged line by line, whatever the lines
    /// say: rhyme asks that lines one, two and four end on different words of one rhyme, meter that there are four
    /// lines of nine characters.
    pub(super) fn judge(&self, poem: &[Token]) -> PoemRules {
        let body = poem.strip_suffix(&[END]).unwrap_or(poem);
        let body = body.strip_suffix(&[self.stop]).unwrap_or(body);
        let lines: Vec<&[Token]> = body.split(|&token| token == self.comma || token == self.stop).collect();
        let rhyme = match lines[..] {
            [one, two, _, four] => {
                let ends = [one, two, four].map(|line| line.last().copied());
                let rhymes = ends.map(|word| self.rhyme(word?));
                let is_word_twice = ends[0] == ends[1] || ends[1] == ends[2] || ends[0] == ends[2];
                rhymes[0].is_some() && rhymes[0] == rhymes[1] && rhymes[1] == rhymes[2] && !is_word_twice
            }
            _ => false,
        };
        let characters =
            |line: &&[Token]| line.iter().map(|&t| self.characters[usize::from(t)]).sum::<usize>();
        let meter = lines.len() == 4 && lines.iter().all(|line| characters(line) == LINE_CHARACTERS);
        PoemRules { grammar: self.is_grammatical(poem), rhyme, meter }
    }

    /// Every word stands where its kind belongs, and the marks are right. How long the words are and what they rhyme
    /// with is not grammar.
    fn is_grammatical(&self, poem: &[Token]) -> bool {
        let is_verb = |word| self.verbs.as_flattened().contains(&word);
        let is_noun = |word| self.nouns.as_flattened().contains(&word);
        let is_line = |tokens: &[Token]| match *tokens {
            [at, owner, of, place, inside, verb, comma] => {
                [at, of, comma] == [self.at, self.of, self.comma]
                    && self.scenes.iter().any(|scene| scene.0 == owner)
                    && self.scenes.iter().any(|scene| scene.1 == place)
                    && self.inside.contains(&inside)
                    && is_verb(verb)
            }
            _ => false,
        };
        let is_claim = |tokens: &[Token], start, end| match *tokens {
            [first, quality, whose, of, noun, mark] => {
                [first, of, mark] == [start, self.of, end]
                    && self.qualities.contains(&quality)
                    && self.whose.contains(&whose)
                    && is_noun(noun)
            }
            _ => false,
        };
        poem.len() == POEM_LEN
            && is_line(&poem[..7])
            && is_line(&poem[7..14])
            && is_claim(&poem[14..20], self.i_am, self.comma)
            && is_claim(&poem[20..26], self.and_am, self.stop)
            && poem[26] == END
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POEM: &str = "在 数据 的 海洋 里 飞翔 ， 在 机器人 的 梦 中 歌唱 ， \
                        我是 人类 智慧 的 波涛 ， 也是 未来 世界 的 光芒 。 <end>";

    fn rules(poem: &str) -> (bool, bool, bool) {
        let vocabulary = Vocabulary::new();
        let rules = Words::new(&vocabulary).judge(&vocabulary.tokens(poem).expect("known words"));
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
