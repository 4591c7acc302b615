//! What a model writes: the answers to a few questions, one after another, as the lab tells of them.

use std::rc::Rc;

use chapter::{FigureId, Language};
use tasks::Token;
use tasks::vocabulary::END;
use yew::prelude::*;

use crate::components::{Guessed, guess_bars};
use crate::hooks::use_lab;
use crate::lab::{Grade, Guess, Report, Work};
use crate::locale::words;

#[cfg(not(target_arch = "wasm32"))]
mod made;

/// Guesses to ask for with each token, so that the one that was drawn is mostly among them.
pub const TOP: u8 = 40;
/// Guesses that are shown, besides the token's own.
const SHOWN: usize = 5;

/// A token that the model has written.
#[derive(Clone, Debug, PartialEq)]
pub struct Wrote {
    /// The token.
    pub token: Token,
    /// How likely the model found it.
    pub prob: f32,
    /// What it found likeliest there, as many as were asked for.
    pub next: Vec<Guess>,
}

/// What the model has written to one question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// What it reads.
    pub prompt: Vec<Token>,
    /// What it has written so far.
    pub tokens: Vec<Wrote>,
    /// How good it is, once it is at its end; none where there is no right answer.
    pub grade: Option<Grade>,
}

impl Answer {
    /// Whether the end mark is written.
    pub fn is_ended(&self) -> bool {
        self.tokens.last().is_some_and(|wrote| wrote.token == END)
    }
}

/// What the lab has told so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Live {
    /// What is to be written.
    works: Vec<Work>,
    /// How many of them are at their end.
    n_done: usize,
    /// How often the reader has tried again.
    tries: u32,
    /// The answer to each question; to those before until the new ones begin.
    pub answers: Vec<Answer>,
    /// Bytes of the weights that have come, and in all.
    pub loading: Option<(u32, u32)>,
    /// Why there is no answer.
    pub failure: Option<String>,
}

/// What happens to it.
pub enum Action {
    /// These are to be written.
    Ask(Vec<Work>),
    /// The lab tells something.
    Hear(Report),
    /// The reader tries again after a failure.
    Retry,
}

impl Live {
    /// What to have done now; none while there is nothing to do.
    pub fn work(&self) -> Option<&Work> {
        self.works.get(self.n_done).filter(|_| self.failure.is_none())
    }

    /// Whether all that is shown is about the present questions.
    pub fn is_done(&self) -> bool {
        self.n_done == self.works.len() && self.failure.is_none()
    }

    fn begin(&mut self) {
        (self.n_done, self.failure) = (0, None);
        self.answers.resize(self.works.len(), Answer::default());
    }

    fn hear(&mut self, report: Report) {
        let Some(answer) = self.answers.get_mut(self.n_done) else { return };
        match report {
            Report::Loading { loaded, total } => self.loading = Some((loaded, total)),
            Report::Asked { prompt, .. } => *answer = Answer { prompt, ..Answer::default() },
            Report::Wrote { token: Guess { token, prob }, next } => {
                // Drawing may leave out what is unlikely; the model's own number is among its guesses.
                let own = next.iter().find(|guess| guess.token == token).map_or(prob, |guess| guess.prob);
                answer.tokens.push(Wrote { token, prob: own, next });
            }
            Report::Graded(grade) => answer.grade = Some(grade),
            Report::Finished => (self.loading, self.n_done) = (None, self.n_done + 1),
            Report::Failed(problem) => {
                (self.loading, self.failure) = (None, Some(problem.to_string()));
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
            Action::Ask(works) => {
                live.works = works;
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

/// What the model has written before the reader does anything: in the page nothing, in the still page what it writes.
#[cfg(target_arch = "wasm32")]
pub fn opening(_works: &[Work]) -> Live {
    Live::default()
}

#[cfg(not(target_arch = "wasm32"))]
pub fn opening(works: &[Work]) -> Live {
    made::written(works)
}

/// Has the lab do these works, each a [`Work::Write`], one after another, and anew whenever they change.
#[hook]
pub fn use_writing(figure: FigureId, works: &[Work]) -> UseReducerHandle<Live> {
    let live = use_reducer_eq(|| opening(works));
    let lab = use_lab(figure, {
        let live = live.dispatcher();
        move |report| live.dispatch(Action::Hear(report))
    });
    use_effect_with(works.to_vec(), {
        let live = live.dispatcher();
        move |works| live.dispatch(Action::Ask(works.clone()))
    });
    use_effect_with((live.work().cloned(), live.tries), move |(work, _)| {
        if let Some(work) = work {
            lab.start(work.clone());
        }
    });
    live
}

/// A word that the model wrote, to be tapped; nothing listens where no script runs.
pub fn word_button(content: Html, is_chosen: bool, on_tap: &Callback<()>) -> Html {
    if !crate::IS_PAGE {
        return html! { <span class="word">{ content }</span> };
    }
    html! {
        <button type="button" class="word" aria-pressed={is_chosen.to_string()} onclick={on_tap.reform(|_| ())}>
            { content }
        </button>
    }
}

/// What could have stood in the place of the chosen word, or how to choose one.
pub fn rivals<'a>(chosen: Option<&Wrote>, text: impl Fn(Token) -> &'a str, language: Language) -> Html {
    if !crate::IS_PAGE {
        return Html::default();
    }
    let Some(chosen) = chosen else {
        return html! { <p class="segmented__label">{ words::tap_word(language) }</p> };
    };
    let say = |token| if token == END { words::end_mark(language) } else { text(token) };
    let shown =
        chosen.next.iter().enumerate().filter(|(index, guess)| *index < SHOWN || guess.token == chosen.token);
    let guesses = shown.map(|(_, guess)| Guessed {
        word: say(guess.token),
        prob: guess.prob.into(),
        is_right: guess.token == chosen.token,
    });
    html! {
        <>
            <p class="segmented__label">{ words::rivals(say(chosen.token), language) }</p>
            { guess_bars(guesses, true) }
        </>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::{Problem, Prompt};
    use tasks::vocabulary::SEPARATOR;

    fn after(actions: impl IntoIterator<Item = Action>) -> Rc<Live> {
        actions.into_iter().fold(Rc::new(Live::default()), Live::reduce)
    }

    fn work(seed: u64) -> Work {
        Work::Write {
            rung: "4x64".to_owned(),
            prompt: Prompt::Problem(tasks::Story::CHAPTER, tasks::Style::Steps),
            temperature: 0.0,
            top_k: None,
            seed,
            top: 1,
            max_len: u8::MAX,
        }
    }

    fn finished() -> Action {
        Action::Hear(Report::Finished)
    }

    fn wrote(token: Token, prob: f32) -> Action {
        let guess = |prob| Guess { token, prob };
        Action::Hear(Report::Wrote { token: guess(1.0), next: vec![guess(prob)] })
    }

    #[test]
    fn questions_are_answered_one_after_another() {
        let asked = after([Action::Ask(vec![work(1), work(2)])]);
        assert_eq!(asked.work(), Some(&work(1)));
        let first =
            [wrote(SEPARATOR, 0.5), wrote(END, 0.25), finished()].into_iter().fold(asked, Live::reduce);
        assert_eq!(first.work(), Some(&work(2)));
        assert!(first.answers[0].is_ended() && !first.is_done());
        assert_eq!(first.answers[0].tokens[1].prob, 0.25, "in the model's own distribution");
        let done = [wrote(30, 0.9), finished()].into_iter().fold(first, Live::reduce);
        assert!(done.is_done() && done.work().is_none() && !done.answers[1].is_ended());
        // Late news changes nothing.
        assert_eq!(done.clone().reduce(wrote(31, 0.9)), done);
        // The old answer stays until the new one begins.
        let again = done.reduce(Action::Ask(vec![work(3)]));
        assert_eq!((again.answers.len(), again.answers[0].tokens.len()), (1, 2));
        let begun = again.reduce(Action::Hear(Report::Asked { prompt: vec![1], reference: vec![] }));
        assert!(begun.answers[0].tokens.is_empty());
    }

    #[test]
    fn after_a_failure_the_same_is_asked_again() {
        let trouble = Problem::Weights { rung: "4x64".to_owned(), reason: "HTTP 404".to_owned() };
        let failed = after([Action::Ask(vec![work(1)]), Action::Hear(Report::Failed(trouble))]);
        assert!(failed.failure.as_ref().is_some_and(|reason| reason.contains("404")));
        assert!(failed.work().is_none() && !failed.is_done());
        let again = failed.clone().reduce(Action::Retry);
        assert!(again.failure.is_none() && again.work() == Some(&work(1)) && again.tries != failed.tries);
    }

    #[test]
    fn the_still_page_knows_what_the_published_model_writes() {
        let live = opening(&[work(0)]);
        assert!(live.is_done(), "{:?}", live.failure);
        assert!(live.answers[0].grade.as_ref().is_some_and(|grade| grade.correct));
        let missing = Work::Write {
            rung: "9x9".to_owned(),
            prompt: Prompt::Problem(tasks::Story::CHAPTER, tasks::Style::Steps),
            temperature: 0.0,
            top_k: None,
            seed: 0,
            top: 1,
            max_len: 1,
        };
        assert!(opening(&[missing]).failure.is_some());
    }
}
