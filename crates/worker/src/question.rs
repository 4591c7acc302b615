//! From a prompt of the wire to tokens and, where there is one, a right answer.

use tasks::{Ability, Corpus, Item, Pair, Rng, Task, Token, vocabulary};
use transformer::Generator;

use crate::message::{Labels, Problem, Prompt, Test};

/// What a model reads, and how its answer is judged.
#[derive(Debug)]
pub struct Question {
    /// What it reads.
    pub prompt: Vec<Token>,
    /// The item behind the prompt, if there is a right answer.
    pub item: Option<Item>,
}

impl Question {
    /// The question of a prompt.
    ///
    /// # Errors
    /// [`Problem::Refused`] if the prompt asks for what the language does not have.
    pub fn new(corpus: &Corpus, prompt: &Prompt) -> Result<Self, Problem> {
        let refused = |reason: &str| Err(Problem::Refused(reason.to_owned()));
        let item = match prompt {
            Prompt::Tokens(tokens) => return Ok(Self { prompt: tokens.clone(), item: None }),
            Prompt::Poem(kind, first) => match corpus.poem(*kind, first, &mut Rng::new(0)) {
                Some(item) => item,
                None => return refused("the language has no poem that begins like this"),
            },
            Prompt::Problem(story, style) if story.is_in_language() => corpus.problem(story, *style),
            Prompt::Problem(..) => return refused("the language has no such problem"),
        };
        Ok(Self { prompt: item.prompt.clone(), item: Some(item) })
    }

    /// The right answer, or an empty one.
    pub fn reference(&self) -> Vec<Token> {
        self.item.as_ref().map(|item| item.reference.clone()).unwrap_or_default()
    }
}

/// An item of a test.
///
/// # Errors
/// [`Problem::Refused`] for more examples than a prompt can hold.
pub fn item(corpus: &Corpus, test: Test, rng: &mut Rng) -> Result<Item, Problem> {
    let shots = match test {
        Test::Ability(Ability::Examples { shots, .. }) => shots,
        Test::Ability(_) => 0,
        Test::Task { shots, .. } | Test::Map { shots } => shots.into(),
    };
    if shots > Ability::MAX_SHOTS {
        return Err(Problem::Refused("the prompt has more examples than a model can read".to_owned()));
    }
    Ok(match test {
        Test::Ability(ability) => corpus.item(ability, rng),
        Test::Task { task, pair, labels, .. } => examples(corpus, task, pair, shots, labels, rng),
        Test::Map { .. } => map(shots, rng),
    })
}

/// A prompt of `shots` examples of a made-up map, and a key that they show; any key if there are none.
fn map(shots: usize, rng: &mut Rng) -> Item {
    // As many keys as the maps of training have.
    let n_keys = 2 + rng.below(5);
    let mut letters: Vec<Token> = (0..vocabulary::N_LETTERS).map(vocabulary::letter).collect();
    rng.draw(&mut letters, 2 * n_keys);
    let pair = |rng: &mut Rng| {
        let key = 2 * rng.below(n_keys);
        [letters[key], letters[key + 1]]
    };
    let shown: Vec<[Token; 2]> = (0..shots).map(|_| pair(rng)).collect();
    let [key, value] = if shots == 0 { pair(rng) } else { rng.pick(&shown) };
    let mut prompt = vec![vocabulary::marker(Ability::Maps.kind())];
    for &[key, value] in &shown {
        prompt.extend([key, value, vocabulary::SEPARATOR]);
    }
    prompt.push(key);
    Item { ability: Ability::Maps, prompt, reference: vec![value], grader: tasks::Grader::Exact }
}

/// A prompt of `shots` examples of a task and a question.
fn examples(corpus: &Corpus, task: Task, pair: Pair, shots: usize, labels: Labels, rng: &mut Rng) -> Item {
    let side = |side: Pair| -> Vec<(Token, Token)> {
        corpus.pairs(task).filter(|(_, own)| *own == side).map(|(pair, _)| pair).collect()
    };
    // Every task has at least 21 pairs in training: enough for the examples and a question.
    let mut shown = side(Pair::Seen);
    rng.draw(&mut shown, shots + 1);
    let (key, value) = match pair {
        Pair::Seen => shown[shots],
        Pair::HeldOut => rng.pick(&side(Pair::HeldOut)),
    };
    shown.truncate(shots);
    let mut values: Vec<Token> = shown.iter().map(|pair| pair.1).collect();
    if labels == Labels::Shuffled && shots > 1 {
        values.rotate_left(1);
    }
    let ability = Ability::Examples { family: task.family(), pair, shots };
    let mut prompt = vec![vocabulary::marker(ability.kind())];
    for ((key, _), value) in shown.iter().zip(values) {
        prompt.extend([*key, value, vocabulary::SEPARATOR]);
    }
    prompt.push(key);
    Item { ability, prompt, reference: vec![value], grader: tasks::Grader::Exact }
}

/// The generator of what is drawn in answer number `index` of a run: one answer does not change the next.
pub fn generator(seed: u64, index: u32) -> Generator {
    Generator::from_seed(seed.wrapping_add(u64::from(index)))
}

#[cfg(test)]
mod tests {
    use tasks::{Language, Style};

    use super::*;

    #[test]
    fn examples_follow_the_task_and_end_with_the_question() {
        let corpus = Corpus::new();
        let task = Task::Translate { from: Language::English, to: Language::Chinese };
        let pairs: Vec<_> = corpus.pairs(task).collect();
        for seed in 0..50 {
            for (pair, labels) in [(Pair::Seen, Labels::True), (Pair::HeldOut, Labels::Shuffled)] {
                let test = Test::Task { task, pair, shots: 3, labels };
                let item = item(&corpus, test, &mut Rng::new(seed)).unwrap();
                assert_eq!(item.prompt.len(), 1 + 3 * 3 + 1);
                let answer = (item.prompt[10], item.reference[0]);
                assert!(pairs.contains(&(answer, pair)));
                for shown in item.prompt[1..10].chunks(3) {
                    assert_ne!(shown[0], item.prompt[10], "the question is none of the examples");
                    let is_true = pairs.contains(&((shown[0], shown[1]), Pair::Seen));
                    assert_eq!(is_true, labels == Labels::True);
                }
            }
        }
    }

    #[test]
    fn a_made_up_map_shows_what_it_asks_for() {
        let corpus = Corpus::new();
        for seed in 0..50 {
            let item = item(&corpus, Test::Map { shots: 5 }, &mut Rng::new(seed)).unwrap();
            let shown: Vec<_> = item.prompt[1..16].chunks(3).collect();
            assert!(shown.iter().any(|pair| (pair[0], pair[1]) == (item.prompt[16], item.reference[0])));
            let agree = |one: &[Token], other: &[Token]| (one[0] == other[0]) == (one[1] == other[1]);
            assert!(shown.iter().all(|one| shown.iter().all(|other| agree(one, other))), "{shown:?}");
        }
    }

    #[test]
    fn what_the_language_lacks_is_refused() {
        let corpus = Corpus::new();
        let mut story = tasks::Story::CHAPTER;
        story.object = 8;
        for prompt in [Prompt::Problem(story, Style::Steps), Prompt::Poem(tasks::Kind::Verse, vec![9])] {
            assert!(matches!(Question::new(&corpus, &prompt), Err(Problem::Refused(_))), "{prompt:?}");
        }
        let test = Test::Task {
            task: Task::Categorize(Language::French),
            pair: Pair::Seen,
            shots: 20,
            labels: Labels::True,
        };
        assert!(matches!(item(&corpus, test, &mut Rng::new(0)), Err(Problem::Refused(_))));
    }
}
