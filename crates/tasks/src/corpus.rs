//! The language as a whole: rows to train on, items to test with, graders, and the floors of the loss.

use std::collections::HashSet;

use crate::{
    Ability, Floor, Grade, Grader, Item, Kind, Mixture, PoemWord, Program, Rng, Row, Rule, Split, Token,
    Vocabulary,
    arithmetic::{self, Arithmetic, Story, Style},
    code::{Programs, Recurrence},
    couplets::Couplets,
    examples::{Examples, Family, Pair, Task},
    facts::Facts,
    maps, repeats,
    verse::{self, Verse},
    vocabulary,
};

/// All generators and graders; they have no state, so one corpus serves any number of threads.
///
/// ```
/// use tasks::{Ability, Corpus, Rng, Split};
///
/// let corpus = Corpus::new();
/// let mut rng = Rng::new(1);
/// let row = corpus.sample_row(&mut rng, Split::Train);
/// assert_eq!(row.inputs().len(), tasks::CONTEXT_LEN);
///
/// let item = corpus.item(Ability::Code, &mut rng);
/// assert!(corpus.grade(&item, &item.reference).correct);
/// ```
#[derive(Debug)]
pub struct Corpus {
    mixture: Mixture,
    examples: Examples,
    arithmetic: Arithmetic,
    programs: Programs,
    verse: Verse,
    couplets: Couplets,
    facts: Facts,
}

/// How many different things (problems, sequences with their programs, first lines) are on each side of a hold-out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// In training.
    pub train: usize,
    /// Kept for tests.
    pub test: usize,
}

impl Default for Corpus {
    fn default() -> Self {
        Self::new()
    }
}

impl Corpus {
    /// The language with the mixture of the shipped models.
    pub fn new() -> Self {
        Self::with_mixture(Mixture::default())
    }

    /// The language with another mixture of kinds.
    pub fn with_mixture(mixture: Mixture) -> Self {
        Self {
            mixture,
            examples: Examples::new(),
            arithmetic: Arithmetic::new(),
            programs: Programs::new(),
            verse: Verse::new(),
            couplets: Couplets::new(),
            facts: Facts::new(),
        }
    }

    /// The words of the language.
    pub fn vocabulary(&self) -> Vocabulary {
        Vocabulary
    }

    /// How often each kind of row is drawn.
    pub fn mixture(&self) -> &Mixture {
        &self.mixture
    }

    /// A row of a kind drawn from the mixture.
    pub fn sample_row(&self, rng: &mut Rng, split: Split) -> Row {
        let kind = self.mixture.sample(rng);
        self.sample_kind(kind, rng, split)
    }

    /// A row of this kind.
    pub fn sample_kind(&self, kind: Kind, rng: &mut Rng, split: Split) -> Row {
        match kind {
            Kind::Examples => self.examples.sample(rng, split),
            Kind::Maps => maps::sample(rng, split),
            Kind::Repeats => repeats::sample(rng, split),
            Kind::Arithmetic => self.arithmetic.sample(rng, split),
            Kind::Code => self.programs.sample(rng, split),
            Kind::Verse => self.verse.sample(rng, split),
            Kind::Couplets => self.couplets.sample(rng, split),
            Kind::Facts => self.facts.sample(rng),
        }
    }

    /// The natural logarithm of the probability, given its kind, that training draws this row; −∞ if it cannot.
    pub fn log_probability(&self, row: &Row) -> f64 {
        let tokens = row.tokens();
        match row.kind() {
            Kind::Examples => self.examples.log_probability(tokens),
            Kind::Maps => maps::log_probability(tokens),
            Kind::Repeats => repeats::log_probability(tokens),
            Kind::Arithmetic => self.arithmetic.log_probability(tokens),
            Kind::Code => self.programs.log_probability(tokens),
            Kind::Verse => self.verse.log_probability(tokens),
            Kind::Couplets => self.couplets.log_probability(tokens),
            Kind::Facts => self.facts.log_probability(tokens),
        }
    }

    /// The mean number of tokens after the marker in training rows of a kind.
    pub fn targets_per_row(&self, kind: Kind) -> f64 {
        match kind {
            Kind::Examples => Examples::TARGETS_PER_ROW,
            Kind::Maps => maps::TARGETS_PER_ROW,
            Kind::Repeats => repeats::TARGETS_PER_ROW,
            Kind::Arithmetic => Arithmetic::TARGETS_PER_ROW,
            Kind::Code => self.programs.targets_per_row(),
            Kind::Verse => Verse::TARGETS_PER_ROW,
            Kind::Couplets => Couplets::TARGETS_PER_ROW,
            Kind::Facts => Facts::TARGETS_PER_ROW,
        }
    }

    /// The exact entropy of training rows of a kind, given the marker. Each generator's module derives it.
    pub fn floor(&self, kind: Kind) -> Floor {
        let nats_per_row = match kind {
            Kind::Examples => self.examples.entropy(),
            Kind::Maps => maps::entropy(),
            Kind::Repeats => repeats::entropy(),
            Kind::Arithmetic => self.arithmetic.entropy(),
            Kind::Code => self.programs.entropy(),
            Kind::Verse => self.verse.entropy(),
            Kind::Couplets => self.couplets.entropy(),
            Kind::Facts => self.facts.entropy(),
        };
        Floor { nats_per_row, targets_per_row: self.targets_per_row(kind) }
    }

    /// The floor of the whole mixture: entropy and tokens of its mean row. The marker is given, never predicted, so
    /// kinds add no entropy of their own.
    pub fn mixture_floor(&self) -> Floor {
        let mean = |of: fn(Floor) -> f64| {
            Kind::ALL.iter().map(|&kind| self.mixture.share(kind) * of(self.floor(kind))).sum()
        };
        Floor {
            nats_per_row: mean(|floor| floor.nats_per_row),
            targets_per_row: mean(|floor| floor.targets_per_row),
        }
    }

    /// What is in training and what is held out, for kinds whose documents can be listed.
    pub fn counts(&self, kind: Kind) -> Option<Counts> {
        let (train, test) = match kind {
            Kind::Arithmetic => {
                let (train, test) = self.arithmetic.sizes();
                (train.iter().sum(), test.iter().sum())
            }
            Kind::Code => self.programs.sizes(),
            Kind::Verse => self.verse.sizes(),
            Kind::Couplets => self.couplets.sizes(),
            Kind::Examples | Kind::Maps | Kind::Repeats | Kind::Facts => return None,
        };
        Some(Counts { train, test })
    }

    /// A test item. Its prompt begins no training row (see each generator's module), with two exceptions:
    /// [`Ability::Facts`] asks what was learned by heart, and examples without shots are a bare word.
    ///
    /// # Panics
    /// If an ability has more than [`Ability::MAX_SHOTS`] shots.
    pub fn item(&self, ability: Ability, rng: &mut Rng) -> Item {
        let exact = |prompt, reference| Item { ability, prompt, reference, grader: Grader::Exact };
        match ability {
            Ability::Examples { family, pair, shots } => {
                assert!(shots <= Ability::MAX_SHOTS, "a row has room for {} shots", Ability::MAX_SHOTS);
                let (prompt, answer) = self.examples.item(family, pair, shots, rng);
                exact(prompt, vec![answer])
            }
            Ability::Maps => {
                let (prompt, answer) = maps::item(rng);
                exact(prompt, vec![answer])
            }
            Ability::Repeats => {
                let (prompt, reference) = repeats::item(rng);
                exact(prompt, reference)
            }
            Ability::Arithmetic(style) => self.problem(&self.arithmetic.story(rng, Split::Test), style),
            Ability::Code => self.sequence(self.programs.item(rng)),
            Ability::Verse => {
                let (prompt, reference) = self.verse.item(rng);
                Item { ability, prompt, reference, grader: Grader::Verse }
            }
            Ability::Couplets => {
                let (prompt, reference) = self.couplets.item(rng);
                Item { ability, prompt, reference, grader: Grader::Couplet }
            }
            Ability::Facts => {
                let (prompt, reference) = self.facts.item(rng);
                exact(prompt, reference)
            }
        }
    }

    /// `n` test items with different prompts, or fewer if the ability has so few that a hundred draws find no new one.
    pub fn items(&self, ability: Ability, n: usize, rng: &mut Rng) -> Vec<Item> {
        let mut seen = HashSet::new();
        let mut items = Vec::with_capacity(n);
        while items.len() < n {
            let new = (0..100).map(|_| self.item(ability, rng)).find(|item| !seen.contains(&item.prompt));
            let Some(item) = new else { break };
            seen.insert(item.prompt.clone());
            items.push(item);
        }
        items
    }

    /// The chapter's greetings: Hello 你好, Thank you 谢谢, and Good morning is asked for.
    pub fn greetings(&self) -> Item {
        let (prompt, answer) = Examples::greetings();
        let ability = Ability::Examples { family: Family::Translation, pair: Pair::HeldOut, shots: 2 };
        Item { ability, prompt, reference: vec![answer], grader: Grader::Exact }
    }

    /// The chapter's Fibonacci: 1 1 2 3 5 8, and its program is asked for.
    pub fn fibonacci(&self) -> Item {
        self.sequence(Recurrence {
            starts: [1, 1],
            doubles: false,
            adds_before_previous: true,
            adds_index: false,
            constant: 0,
        })
    }

    /// The chapter's 24 apples.
    pub fn apples(&self, style: Style) -> Item {
        self.problem(&Story::CHAPTER, style)
    }

    /// A problem of one's own, held out or not ([`Problem::is_held_out`](crate::Problem::is_held_out) tells).
    ///
    /// # Panics
    /// If the language does not have the story ([`Story::is_in_language`] tells).
    pub fn problem(&self, story: &Story, style: Style) -> Item {
        assert!(story.is_in_language(), "the language has no such problem");
        let (prompt, reference) = Arithmetic::prompt(story, style);
        let grader = Grader::Arithmetic(story.problem, style);
        Item { ability: Ability::Arithmetic(style), prompt, reference, grader }
    }

    /// A sequence of one's own, held out or not ([`Recurrence::is_held_out`] tells).
    ///
    /// # Panics
    /// If the language does not have the recurrence ([`Recurrence::is_in_language`] tells).
    pub fn sequence(&self, recurrence: Recurrence) -> Item {
        assert!(recurrence.is_in_language(), "the language has no such sequence");
        let (prompt, reference) = Programs::prompt(recurrence);
        Item { ability: Ability::Code, prompt, reference, grader: Grader::Code(recurrence) }
    }

    /// A poem of one's own, whose first line is `first`, with its mark at the end; the rest is asked for. `None` if the
    /// language has no such line. [`is_line_held_out`](crate::is_line_held_out) and
    /// [`is_middle_held_out`](crate::is_middle_held_out) tell whether training shows it.
    pub fn poem(&self, kind: Kind, first: &[Token], rng: &mut Rng) -> Option<Item> {
        let (ability, grader, reference) = match kind {
            Kind::Verse => (Ability::Verse, Grader::Verse, self.verse.complete(first, rng)?),
            Kind::Couplets => (Ability::Couplets, Grader::Couplet, self.couplets.complete(first, rng)?),
            _ => return None,
        };
        let prompt = [&[vocabulary::marker(kind)], first].concat();
        Some(Item { ability, prompt, reference, grader })
    }

    /// The words of poems that vary; none for a kind without verse.
    pub fn poem_words(&self, kind: Kind) -> Vec<PoemWord> {
        match kind {
            Kind::Verse => verse::varying(),
            Kind::Couplets => Couplets::words(),
            _ => Vec::new(),
        }
    }

    /// Every pair of a task, and whether training shows it: what prompts of one's own can be made of.
    pub fn pairs(&self, task: Task) -> impl Iterator<Item = ((Token, Token), Pair)> {
        self.examples.pairs(task).into_iter()
    }

    /// Grades an answer: the tokens after the prompt, up to and with the end mark where the reference has one. Any
    /// tokens can be graded.
    ///
    /// # Panics
    /// If a token is not in the vocabulary.
    pub fn grade(&self, item: &Item, answer: &[Token]) -> Grade {
        let poem = || [&item.prompt[1..], answer].concat();
        let mut lines = Vec::new();
        let rules = match &item.grader {
            Grader::Exact => Vec::new(),
            Grader::Arithmetic(problem, style) => {
                let verdict = arithmetic::judge(*problem, *style, answer);
                lines = verdict.lines;
                vec![(Rule::Steps, verdict.steps_hold), (Rule::Result, verdict.ends_right)]
            }
            Grader::Code(recurrence) => {
                let program = Program::parse(answer);
                let agreement = program.as_ref().map(|program| Programs::agreement(program, *recurrence));
                let (shown, hidden) = agreement.unwrap_or_default();
                vec![(Rule::Runs, program.is_ok()), (Rule::ShownTerms, shown), (Rule::HiddenTerms, hidden)]
            }
            Grader::Verse => verse::judge(&poem()).to_rules(),
            Grader::Couplet => Couplets::judge(&poem()).to_rules(),
        };
        Grade { lines, ..Grade::new(answer, &item.reference, rules) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::is_middle_held_out;

    #[test]
    fn every_training_row_can_be_read_back() {
        let corpus = Corpus::new();
        let mut rng = Rng::new(14);
        for kind in Kind::ALL {
            for _ in 0..300 {
                let row = corpus.sample_kind(kind, &mut rng, Split::Train);
                assert!(corpus.log_probability(&row).is_finite(), "{:?}", row.tokens());
            }
        }
    }

    #[test]
    fn a_poem_of_ones_own_begins_as_asked_and_keeps_the_rules() {
        let corpus = Corpus::new();
        let mut rng = Rng::new(16);
        for (kind, ability) in [(Kind::Verse, Ability::Verse), (Kind::Couplets, Ability::Couplets)] {
            for _ in 0..100 {
                let test = corpus.item(ability, &mut rng);
                let first = &test.prompt[1..];
                let item = corpus.poem(kind, first, &mut rng).expect("the language has the line");
                assert_eq!((&item.prompt, item.grader), (&test.prompt, test.grader));
                assert!(corpus.grade(&item, &item.reference).correct);
                let mut other = first.to_vec();
                other.swap(1, 3);
                assert_eq!(corpus.poem(kind, &other, &mut rng), None);
                assert_eq!(corpus.poem(kind, &first[1..], &mut rng), None);
            }
        }
        assert_eq!(corpus.poem(Kind::Code, &[], &mut rng), None);
    }

    #[test]
    fn poem_words_fill_the_slots_of_first_lines() {
        let corpus = Corpus::new();
        let mut rng = Rng::new(17);
        let (verse, couplets) = (corpus.poem_words(Kind::Verse), corpus.poem_words(Kind::Couplets));
        for _ in 0..100 {
            let has = |words: &[PoemWord], token, slot| {
                words.iter().any(|word| word.token == token && word.slot == Some(slot))
            };
            let line = corpus.item(Ability::Verse, &mut rng).prompt;
            assert!([2, 4, 5, 6].iter().enumerate().all(|(slot, &at)| has(&verse, line[at], slot)));
            let line = corpus.item(Ability::Couplets, &mut rng).prompt;
            assert!([2, 3, 4, 5, 7].iter().enumerate().all(|(slot, &at)| has(&couplets, line[at], slot)));
            assert!(is_middle_held_out([line[2], line[3], line[4], line[5]]), "a test begins with one");
        }
        assert!(corpus.poem_words(Kind::Facts).is_empty());
    }

    #[test]
    fn a_row_with_a_wrong_answer_cannot_be_drawn() {
        let corpus = Corpus::new();
        let mut rng = Rng::new(15);
        // Poems are left out: another word can be as right as the one that stands there.
        let kinds = Kind::ALL.into_iter().filter(|kind| !matches!(kind, Kind::Verse | Kind::Couplets));
        for kind in kinds {
            for _ in 0..100 {
                let row = corpus.sample_kind(kind, &mut rng, Split::Train);
                for index in (0..row.tokens().len()).filter(|&index| row.is_answer(index)) {
                    let other = rng.below(vocabulary::N_TOKENS) as Token;
                    if other != row.tokens()[index] {
                        let wrong = row.with_token(index, other);
                        assert_eq!(corpus.log_probability(&wrong), f64::NEG_INFINITY, "{:?}", wrong.tokens());
                    }
                }
            }
        }
    }
}
