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
//! that may follow it, the rest over fixed numbers of choices: H = 2 (ln F + mean over first lines of ln(second lines)
//! + ln(8·8·4) + ln(7·7·27)).

use crate::{
    Floor, Kind, Rng, Row, Rule, Split, Token, Vocabulary,
    split::is_held_out,
    vocabulary::{END, marker},
    words::verse::{
        AND_AM, AT, COMMA, I_AM, INSIDE, LONG_OWNERS, LONG_PLACES, OF, QUALITIES, RHYMES, SHORT_OWNERS,
        SHORT_PLACES, STOP, WHOSE,
    },
};

/// Characters in a line, as in the chapter's 在数据的海洋里游弋.
pub const LINE_CHARACTERS: usize = 9;

const N_POEMS: usize = 2;
/// Tokens of a poem: 7 + 7 + 6 + 6 and the end mark.
const POEM_LEN: usize = 27;
const LINE_LEN: usize = 7;
const N_RHYMES: usize = RHYMES.len();

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

/// Which rules a poem keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PoemRules {
    pub(crate) grammar: bool,
    pub(crate) rhyme: bool,
    pub(crate) meter: bool,
}

impl PoemRules {
    pub(crate) fn to_rules(self) -> Vec<(Rule, bool)> {
        vec![(Rule::Grammar, self.grammar), (Rule::Rhyme, self.rhyme), (Rule::Meter, self.meter)]
    }
}

/// The generator of verse.
#[derive(Debug)]
pub(crate) struct Verse {
    at: Token,
    of: Token,
    i_am: Token,
    and_am: Token,
    comma: Token,
    stop: Token,
    qualities: [Token; 8],
    whose: [Token; 8],
    nouns: [[Token; 4]; N_RHYMES],
    verbs: [[Token; 4]; N_RHYMES],
    /// First-form lines in training, by rhyme.
    train: [Vec<Line>; N_RHYMES],
    test: Vec<Line>,
    /// Owner and place that stand together, and the words for "in".
    scenes: Vec<(Token, Token)>,
    inside: [Token; 2],
    characters: Vec<usize>,
}

impl Verse {
    pub(crate) fn new(vocabulary: &Vocabulary) -> Self {
        let word = |text: &str| vocabulary.of(text);
        let scene = |owner: &&str, place: &&str| (word(owner), word(place));
        let long =
            LONG_OWNERS.iter().flat_map(|owner| SHORT_PLACES.iter().map(move |place| scene(owner, place)));
        let short =
            SHORT_OWNERS.iter().flat_map(|owner| LONG_PLACES.iter().map(move |place| scene(owner, place)));
        let mut verse = Self {
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
            train: Default::default(),
            test: Vec::new(),
            scenes: long.chain(short).collect(),
            inside: INSIDE.map(word),
            characters: (0..vocabulary.len() as Token).map(|t| vocabulary.text(t).chars().count()).collect(),
        };
        verse.split_lines(Line {
            owner: word("数据"),
            place: word("海洋"),
            inside: word("里"),
            verb: word("游弋"),
        });
        verse
    }

    /// Puts every line of the first form on its side.
    fn split_lines(&mut self, chapters_line: Line) {
        for (rhyme, verbs) in self.verbs.iter().enumerate() {
            for &(owner, place) in &self.scenes {
                for (inside, verb) in
                    self.inside.iter().flat_map(|&inside| verbs.iter().map(move |&v| (inside, v)))
                {
                    let line = Line { owner, place, inside, verb };
                    let key = [owner, place, inside, verb].map(u64::from);
                    if line == chapters_line || is_held_out("verse", &key) {
                        self.test.push(line);
                    } else {
                        self.train[rhyme].push(line);
                    }
                }
            }
        }
    }

    /// First lines in training and in tests.
    pub(crate) fn sizes(&self) -> (usize, usize) {
        (self.train.iter().map(Vec::len).sum(), self.test.len())
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

    fn first_line(&self, rng: &mut Rng, split: Split) -> Line {
        match split {
            Split::Train => {
                let mut i = rng.below(self.sizes().0);
                let rhyme = self.train.iter().find(|lines| {
                    let is_here = i < lines.len();
                    i -= if is_here { 0 } else { lines.len() };
                    is_here
                });
                rhyme.expect("the index is below the number of lines")[i]
            }
            Split::Test => rng.pick(&self.test),
        }
    }

    fn poem(&self, first: Line, rng: &mut Rng) -> Vec<Token> {
        let rhyme = self.rhyme(first.verb).expect("a line ends with a verb that rhymes");
        let second = loop {
            let line = rng.pick(&self.train[rhyme]);
            if may_follow(line, first) {
                break line;
            }
        };
        let last = Claim {
            quality: rng.pick(&self.qualities),
            whose: rng.pick(&self.whose),
            noun: rng.pick(&self.nouns[rhyme]),
        };
        let third = loop {
            let noun = rng.pick(self.nouns.as_flattened());
            let claim = Claim { quality: rng.pick(&self.qualities), whose: rng.pick(&self.whose), noun };
            if differs(claim, last) {
                break claim;
            }
        };
        let mut tokens = Vec::with_capacity(POEM_LEN);
        for line in [first, second] {
            tokens.extend([self.at, line.owner, self.of, line.place, line.inside, line.verb, self.comma]);
        }
        for (start, claim, mark) in [(self.i_am, third, self.comma), (self.and_am, last, self.stop)] {
            tokens.extend([start, claim.quality, claim.whose, self.of, claim.noun, mark]);
        }
        tokens.push(END);
        tokens
    }

    /// The rhyme of a word that can end a line.
    fn rhyme(&self, word: Token) -> Option<usize> {
        (0..N_RHYMES).find(|&rhyme| self.verbs[rhyme].contains(&word) || self.nouns[rhyme].contains(&word))
    }

    /// Which rules a whole poem keeps, end mark included. Rhyme and meter are judged line by line, whatever the lines
    /// say: rhyme asks that lines one, two and four end on different words of one rhyme, meter that there are four
    /// lines of nine characters.
    pub(crate) fn judge(&self, poem: &[Token]) -> PoemRules {
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

    /// How many lines may follow a first line in training.
    fn n_second_lines(&self, first: Line, rhyme: usize) -> usize {
        self.train[rhyme].iter().filter(|&&line| may_follow(line, first)).count()
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
        let PoemRules { grammar: true, rhyme: true, meter: true } = self.judge(poem) else {
            return f64::NEG_INFINITY;
        };
        let (first, second) = (line(0), line(7));
        let rhyme = self.rhyme(first.verb).expect("the poem rhymes");
        let is_trained = |line| self.train[rhyme].contains(&line);
        if !is_trained(first)
            || !is_trained(second)
            || !may_follow(second, first)
            || !differs(claim(14), claim(20))
        {
            return f64::NEG_INFINITY;
        }
        let n_second = self.n_second_lines(first, rhyme) as f64;
        -(self.sizes().0 as f64).ln() - n_second.ln() - Self::ln_claims()
    }

    pub(crate) fn floor(&self) -> Floor {
        let n_first = self.sizes().0 as f64;
        let ln_second = |rhyme: usize| {
            let lines = &self.train[rhyme];
            lines.iter().map(|&first| (self.n_second_lines(first, rhyme) as f64).ln()).sum::<f64>()
        };
        let mean_ln_second = (0..N_RHYMES).map(ln_second).sum::<f64>() / n_first;
        Floor {
            nats_per_row: N_POEMS as f64 * (n_first.ln() + mean_ln_second + Self::ln_claims()),
            targets_per_row: (N_POEMS * POEM_LEN) as f64,
        }
    }
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

    const POEM: &str = "在 数据 的 海洋 里 飞翔 ， 在 机器人 的 梦 中 歌唱 ， \
                        我是 人类 智慧 的 波涛 ， 也是 未来 世界 的 光芒 。 <end>";

    fn rules(poem: &str) -> (bool, bool, bool) {
        let vocabulary = Vocabulary::new();
        let rules = Verse::new(&vocabulary).judge(&vocabulary.tokens(poem).expect("known words"));
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

    #[test]
    fn the_chapters_first_line_is_kept_for_tests() {
        let vocabulary = Vocabulary::new();
        let line = vocabulary.tokens("在 数据 的 海洋 里 游弋 ，").expect("known words");
        let verse = Verse::new(&vocabulary);
        let is_line = |l: &Line| [l.owner, l.place, l.inside, l.verb] == [line[1], line[3], line[4], line[5]];
        assert!(verse.test.iter().any(is_line));
        assert!(!verse.train.iter().flatten().any(is_line));
    }

    #[test]
    fn there_are_enough_lines_of_nine_characters() {
        let (n_train, n_test) = Verse::new(&Vocabulary::new()).sizes();
        assert_eq!(n_train + n_test, (6 * 6 + 10 * 8) * 2 * 28);
        assert!(n_test >= 500, "{n_test}");
    }
}
