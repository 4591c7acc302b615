//! What the model says to the present prompt: the weights' checksum, the answer, and the checksum again.

use std::rc::Rc;

use tasks::Token;
use yew::Reducible;

use crate::lab::{Attention, AttentionMap, Guess, Model, Places, Prompt, Report, Work};

/// How many guesses are shown.
pub const TOP: u8 = 5;

/// What is to be done next.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Step {
    /// The checksum before any answer of this model.
    Weigh,
    Read,
    /// The checksum after the answer.
    WeighAgain,
    #[default]
    Rest,
}

/// What the lab has told so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Live {
    rung: String,
    tokens: Vec<Token>,
    step: Step,
    /// How often the reader has tried again.
    tries: u32,
    /// The weights' checksum before the first answer.
    pub before: Option<u32>,
    /// The weights' checksum after the last one.
    pub after: Option<u32>,
    /// The likeliest next tokens; of the prompt before until this one is read.
    pub guesses: Vec<Guess>,
    /// Where every head looked from the question, with the prompt that was read.
    pub attention: Vec<AttentionMap>,
    /// Whether guesses and attention are about the present prompt.
    pub is_fresh: bool,
    /// Bytes of the weights that have come, and in all.
    pub loading: Option<(u32, u32)>,
    /// Why there is no answer.
    pub problem: Option<String>,
}

/// What happens to it.
pub enum Action {
    /// The reader asks this model this.
    Ask(String, Vec<Token>),
    /// The lab tells something.
    Hear(Report),
    /// The reader tries again after a failure.
    Retry,
}

impl Live {
    /// What to have done now; none while there is nothing to do.
    pub fn work(&self) -> Option<Work> {
        let model = Model::Rung(self.rung.clone());
        match self.step {
            Step::Weigh | Step::WeighAgain => Some(Work::Checksum { model }),
            Step::Read => Some(Work::Read {
                model,
                prompt: Prompt::Tokens(self.tokens.clone()),
                ablated: Vec::new(),
                top: TOP,
                places: Places::Last,
                attention: Attention::Last,
            }),
            Step::Rest => None,
        }
    }

    /// How often the reader has tried again: the same work is then done anew.
    pub fn tries(&self) -> u32 {
        self.tries
    }

    fn begin(&mut self) {
        self.step = if self.before.is_some() { Step::Read } else { Step::Weigh };
        (self.after, self.is_fresh, self.problem) = (None, false, None);
    }

    fn hear(&mut self, report: Report) {
        match report {
            Report::Loading { loaded, total } => self.loading = Some((loaded, total)),
            Report::Checksum(sum) if self.step == Step::Weigh => self.before = Some(sum),
            Report::Checksum(sum) => self.after = Some(sum),
            Report::Reading { next, attention, .. } => {
                self.guesses = next.into_iter().next().unwrap_or_default();
                self.attention = attention;
                self.is_fresh = true;
            }
            Report::Finished => {
                self.loading = None;
                self.step = match self.step {
                    Step::Weigh => Step::Read,
                    Step::Read => Step::WeighAgain,
                    Step::WeighAgain | Step::Rest => Step::Rest,
                };
            }
            Report::Failed(problem) => {
                (self.loading, self.step) = (None, Step::Rest);
                self.problem = Some(problem.to_string());
            }
            _ => {}
        }
    }
}

impl Reducible for Live {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut live = (*self).clone();
        match action {
            Action::Ask(rung, tokens) => {
                if rung != live.rung {
                    live = Self { rung, tries: live.tries, ..Self::default() };
                }
                live.tokens = tokens;
                live.begin();
            }
            Action::Hear(report) => live.hear(report),
            Action::Retry => {
                live.tries += 1;
                live.begin();
            }
        }
        Rc::new(live)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::Problem;

    fn after(actions: impl IntoIterator<Item = Action>) -> Rc<Live> {
        actions.into_iter().fold(Rc::new(Live::default()), Live::reduce)
    }

    fn ask(rung: &str) -> Action {
        Action::Ask(rung.to_owned(), vec![3, 9])
    }

    fn read() -> Action {
        let guess = Guess { token: 7, prob: 0.5 };
        Action::Hear(Report::Reading {
            prompt: vec![3, 9],
            reference: vec![],
            next: vec![vec![guess]],
            losses: vec![],
            attention: vec![],
        })
    }

    #[test]
    fn weights_are_weighed_before_and_after_the_answer() {
        let sum = |sum| [Action::Hear(Report::Checksum(sum)), Action::Hear(Report::Finished)];
        let mut actions = vec![ask("4x64")];
        assert!(matches!(after([ask("4x64")]).work(), Some(Work::Checksum { .. })));
        actions.extend(sum(5));
        actions.extend([read(), Action::Hear(Report::Finished)]);
        actions.extend(sum(5));
        let live = after(actions);
        assert_eq!((live.before, live.after, live.is_fresh), (Some(5), Some(5), true));
        assert_eq!(live.work(), None);
        // The next prompt is read at once; its answer is weighed anew.
        let next = live.clone().reduce(ask("4x64"));
        assert!(matches!(next.work(), Some(Work::Read { .. })));
        assert_eq!((next.after, next.guesses.len(), next.is_fresh), (None, 1, false));
        let other = live.reduce(ask("1x8"));
        assert_eq!((other.before, other.guesses.len()), (None, 0));
    }

    #[test]
    fn after_a_failure_the_same_is_asked_again() {
        let problem = Problem::Weights { rung: "1x8".to_owned(), reason: "HTTP 404".to_owned() };
        let failed = after([ask("1x8"), Action::Hear(Report::Failed(problem))]);
        assert!(failed.problem.as_ref().is_some_and(|problem| problem.contains("404")));
        assert_eq!(failed.work(), None);
        let again = failed.clone().reduce(Action::Retry);
        assert!(again.problem.is_none() && again.work().is_some() && again.tries() != failed.tries());
    }
}
