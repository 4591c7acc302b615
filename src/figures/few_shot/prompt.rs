//! The prompt that the model reads: examples and a question, as the controls and the language make them.

use tasks::{Kind, Token, vocabulary};

use super::{Controls, MAX_SHOTS, PAIRS, Task, WORDS};
use crate::figure::{FigureData, FigureError};

/// Examples and a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Prompt {
    task: Task,
    /// All examples that the slider can show, and after them the question: what an edit changes.
    pool: Vec<Token>,
    n_shots: usize,
    is_shuffled: bool,
    /// The right answer, and whether training shows it to this question.
    expected: Option<(Token, bool)>,
}

/// A pair of a task, and whether training shows it.
type Pair = ((Token, Token), bool);

/// The pairs of a task, those of training first.
fn pairs(task: Task, data: &FigureData) -> Result<Vec<Pair>, FigureError> {
    let rows = data.table(PAIRS)?.rows.iter().filter(|row| row.label == task.code());
    Ok(rows
        .filter_map(|row| {
            let &[x, y, seen] = &row.values[..] else { return None };
            Some(((x as Token, y as Token), seen > 0.5))
        })
        .collect())
}

/// Keys of a made-up map.
const N_KEYS: usize = 4;

/// Examples and a question that are not the reader's own.
fn drawn(controls: &Controls, pairs: &[Pair]) -> (Vec<(Token, Token)>, Token) {
    let draw = controls.draw;
    // A step that has no divisor in common with the number of letters meets each once.
    let letter = |index: usize| vocabulary::letter((19 * index + 7 * draw + 5) % vocabulary::N_LETTERS);
    let n_seen = pairs.iter().filter(|pair| pair.1).count();
    if n_seen <= MAX_SHOTS || n_seen == pairs.len() {
        let pair = |index: usize| (letter(2 * (index % N_KEYS)), letter(2 * (index % N_KEYS) + 1));
        return ((0..MAX_SHOTS).map(pair).collect(), letter(0));
    }
    let (seen, held) = pairs.split_at(n_seen);
    let seen = |index: usize| seen[((MAX_SHOTS + 1) * draw + index) % n_seen].0;
    let question = if controls.is_held_out() { held[draw % held.len()].0 } else { seen(MAX_SHOTS) };
    ((0..MAX_SHOTS).map(seen).collect(), question.0)
}

impl Prompt {
    /// The prompt of these controls.
    ///
    /// # Errors
    /// If the data lack the language.
    pub fn new(controls: &Controls, data: &FigureData) -> Result<Self, FigureError> {
        let task = controls.task;
        let pairs = pairs(task, data)?;
        let n_words = data.table(WORDS)?.rows.len();
        let (examples, question) = drawn(controls, &pairs);
        let own = &controls.own[..];
        let is_own = own.len() % 2 == 1 && own.iter().all(|&token| usize::from(token) < n_words);
        let pool = if is_own {
            let mut pool = own[..own.len() - 1].to_vec();
            // The reader's own examples first, then others of the task.
            for (x, y) in examples {
                if pool.len() < 2 * MAX_SHOTS
                    && (task == Task::Map || !own.iter().step_by(2).any(|&own| own == x))
                {
                    pool.extend([x, y]);
                }
            }
            pool.truncate(2 * MAX_SHOTS);
            pool.push(own[own.len() - 1]);
            pool
        } else {
            let words = examples.into_iter().flat_map(|(x, y)| [x, y]);
            words.chain([question]).collect()
        };
        let n_shots = controls.shots.min((pool.len() - 1) / 2);
        let is_shuffled = controls.wrong && n_shots > 1;
        let mut prompt = Self { task, pool, n_shots, is_shuffled, expected: None };
        prompt.expected = prompt.find_expected(&pairs);
        Ok(prompt)
    }

    fn find_expected(&self, pairs: &[Pair]) -> Option<(Token, bool)> {
        let question = self.question();
        if self.task != Task::Map {
            let pair = pairs.iter().find(|((x, _), _)| *x == question);
            return pair.map(|&((_, y), is_seen)| (y, is_seen));
        }
        let mut values = (0..self.n_shots).filter(|&row| self.example(row).0 == question);
        let value = self.example(values.next()?).1;
        values.all(|row| self.example(row).1 == value).then_some((value, false))
    }

    /// How many examples it shows.
    pub fn n_shots(&self) -> usize {
        self.n_shots
    }

    /// Whether it shows a made-up map.
    pub fn is_map(&self) -> bool {
        self.task == Task::Map
    }

    /// Whether each example has the answer of the next one.
    pub fn is_shuffled(&self) -> bool {
        self.is_shuffled
    }

    /// The right answer, and whether training shows it to this question; none where there is no right one.
    pub fn expected(&self) -> Option<(Token, bool)> {
        self.expected
    }

    /// Where the answer of a shown example stands in the pool.
    fn answer_place(&self, row: usize) -> usize {
        let of = if self.is_shuffled { (row + 1) % self.n_shots } else { row };
        2 * of + 1
    }

    /// A shown example.
    pub fn example(&self, row: usize) -> (Token, Token) {
        (self.pool[2 * row], self.pool[self.answer_place(row)])
    }

    /// What is asked.
    pub fn question(&self) -> Token {
        self.pool[self.pool.len() - 1]
    }

    /// What the model reads.
    pub fn tokens(&self) -> Vec<Token> {
        let kind = if self.task == Task::Map { Kind::Maps } else { Kind::Examples };
        let mut tokens = vec![vocabulary::marker(kind)];
        for row in 0..self.n_shots {
            let (x, y) = self.example(row);
            tokens.extend([x, y, vocabulary::SEPARATOR]);
        }
        tokens.push(self.question());
        tokens
    }

    /// The pool with another word in an example: its question, or its answer.
    pub fn with_word(&self, row: usize, is_answer: bool, token: Token) -> Vec<Token> {
        let mut pool = self.pool.clone();
        let place = if is_answer { self.answer_place(row) } else { 2 * row };
        pool[place] = token;
        pool
    }

    /// The pool with another question.
    pub fn with_question(&self, token: Token) -> Vec<Token> {
        let mut pool = self.pool.clone();
        pool.pop();
        pool.push(token);
        pool
    }

    /// The pool without an example.
    pub fn without(&self, row: usize) -> Vec<Token> {
        let mut pool = self.pool.clone();
        pool.drain(2 * row..2 * row + 2);
        pool
    }

    /// The pool with an example before the one that it followed.
    pub fn raised(&self, row: usize) -> Vec<Token> {
        let mut pool = self.pool.clone();
        pool[2 * row - 2..2 * row + 2].rotate_left(2);
        pool
    }

    /// How much a head looked at the two words and the separator of an example, by what it gave to each token.
    pub fn looks(row: usize, probs: &[f32]) -> [f32; 3] {
        let first = 1 + 3 * row;
        [0, 1, 2].map(|index| probs.get(first + index).copied().unwrap_or_default())
    }

    /// How much a head looked from the question at answers that could be copied: those of examples with the same
    /// question, or where there are none, of all.
    pub fn reads(&self, probs: &[f32]) -> f32 {
        let is_same = |row: &usize| self.example(*row).0 == self.question();
        let has_same = (0..self.n_shots).any(|row| is_same(&row));
        let rows = (0..self.n_shots).filter(|row| !has_same || is_same(row));
        rows.map(|row| Self::looks(row, probs)[1]).sum()
    }
}

/// The word that a reader has typed, in either language.
pub fn typed(data: &FigureData, text: &str) -> Option<Token> {
    let text = text.trim();
    let is_it = |row: &chapter::Row| row.label == text || row.zh.as_deref() == Some(text);
    let rows = &data.table(WORDS).ok()?.rows;
    let index = rows.iter().position(|row| row.values.first() == Some(&1.0) && is_it(row))?;
    Some(index as Token)
}

#[cfg(test)]
mod tests {
    use chapter::Language;

    use super::super::FewShot;
    use super::*;
    use crate::figure::{Controls as _, State};
    use crate::figures::vocabulary::word;

    fn data() -> FigureData {
        FigureData::of::<FewShot>()
    }

    fn prompt(state: &str, data: &FigureData) -> Prompt {
        Prompt::new(&Controls::from_state(&State::parse(state)), data).unwrap()
    }

    fn written(prompt: &Prompt, data: &FigureData) -> String {
        let words: Vec<&str> = prompt.tokens().iter().map(|&token| word(data, token, Language::En)).collect();
        words.join(" ")
    }

    #[test]
    fn the_figure_begins_with_the_chapters_prompt() {
        let data = data();
        let first = prompt("", &data);
        assert_eq!(written(&first, &data), "<examples> Hello 你好 ; Thank you 谢谢 ; Good morning");
        let (answer, is_seen) = first.expected().unwrap();
        assert_eq!((word(&data, answer, Language::Zh), is_seen), ("早上好", false));
        let corpus = tasks::Corpus::new();
        assert_eq!(first.tokens(), corpus.greetings().prompt);
    }

    #[test]
    fn every_task_has_a_prompt_of_every_length_with_an_answer() {
        let data = data();
        for task in Task::ALL {
            for state in ["", "&pair=seen", "&pair=held-out", "&draw=5", "&draw=999&wrong=on"] {
                for n in 0..=MAX_SHOTS {
                    let prompt = prompt(&format!("task={}&n={n}{state}", task.code()), &data);
                    assert_eq!(prompt.tokens().len(), 3 * n + 2);
                    let has_answer = prompt.expected().is_some();
                    assert!(
                        has_answer || task == Task::Map && (n == 0 || prompt.is_shuffled()),
                        "{task:?} {n}"
                    );
                }
            }
        }
    }

    #[test]
    fn wrong_examples_have_the_answers_of_others() {
        let data = data();
        let wrong = prompt("n=3&wrong=on", &data);
        let right = prompt("n=3", &data);
        for row in 0..3 {
            assert_eq!(wrong.example(row), (right.example(row).0, right.example((row + 1) % 3).1));
        }
        assert_eq!(wrong.expected(), right.expected());
        assert!(!prompt("n=1&wrong=on", &data).is_shuffled(), "one answer cannot change places");
        // An answer is edited where it is shown.
        let edited = wrong.with_word(2, true, 99);
        assert_eq!(edited[1], 99);
    }

    #[test]
    fn edits_change_one_thing_each() {
        let data = data();
        let state = |pool: Vec<Token>| Controls { own: pool, ..Controls::default() }.to_state().to_string();
        let first = prompt("", &data);
        let raised = prompt(&state(first.raised(1)), &data);
        assert_eq!(written(&raised, &data), "<examples> Thank you 谢谢 ; Hello 你好 ; Good morning");
        let shorter = prompt(&state(first.without(0)), &data);
        assert_eq!(shorter.example(0), first.example(1));
        assert_eq!(shorter.pool.len(), 2 * MAX_SHOTS + 1, "the slider still goes to the end");
        let cat = typed(&data, "cat").unwrap();
        let other = prompt(&state(first.with_question(cat)), &data);
        assert_eq!(word(&data, other.expected().unwrap().0, Language::En), "猫");
    }

    #[test]
    fn words_are_found_in_both_languages_and_marks_are_not() {
        let data = data();
        assert_eq!(typed(&data, "动物"), typed(&data, " animal "));
        assert!(typed(&data, "动物").is_some());
        for text in [";", "<end>", "xyzzy", ""] {
            assert_eq!(typed(&data, text), None, "{text:?}");
        }
    }

    #[test]
    fn a_head_reads_where_the_same_question_was_answered() {
        let data = data();
        let map = prompt("task=map&n=2", &data);
        let probs = [0.1, 0.0, 0.6, 0.0, 0.0, 0.3, 0.0, 0.0];
        assert_eq!(map.reads(&probs), 0.6);
        assert!((prompt("n=2", &data).reads(&probs) - 0.9).abs() < 1e-6);
        assert_eq!(Prompt::looks(1, &probs), [0.0, 0.3, 0.0]);
    }
}
