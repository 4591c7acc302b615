//! A small model reads six terms of a sequence and writes the program that makes them.
//!
//! What to see: the program word by word, run term by term beside the true ones, of which the model was shown only six;
//! then the share of right programs at each size, and, of the text's own recursive function, the tree of its calls.
//! Computed by the lab (`crates/worker`) on the published weights and by the interpreter of `crates/tasks`; the scores
//! are those of `content/models/manifest.json` and what is measured here.

use chapter::{FigureId, Language};
use tasks::vocabulary::{END, marker, number};
use tasks::{Kind, N_HIDDEN_TERMS, N_SHOWN_TERMS, Program, ProgramError, Recurrence, Rng, Token};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::scores::{ScoreBoard, Scores};
use super::vocabulary::word;
use super::writing::{Action, Answer, Live, TOP, rivals, use_writing, word_button};
use crate::components::{Failure, Slider, remark, rung_line, rung_slider};
use crate::figure::{BodyProps, Drawing, Figure, FigureData, FigureError, Rung, Series, State};
use crate::lab::{Prompt, Work};
use crate::locale::words::{loading_weights, model_failed, model_prepares};
use crate::plot::{DrawError, Frame, Look, Picture};

mod calls;
mod words;

use calls::{Calls, call_tree};

/// The figure `code`.
#[derive(PartialEq)]
pub struct Code;

type Terms = [u8; N_SHOWN_TERMS];

/// Terms that are computed: those shown to the model, and as many more.
const N_TERMS: usize = N_SHOWN_TERMS + N_HIDDEN_TERMS;
/// The first terms of the text's function.
const FIBONACCI: Terms = [0, 1, 1, 2, 3, 5];
/// The same from its second term on.
const FIBONACCI_FROM_1: Terms = [1, 1, 2, 3, 5, 8];
/// Sequences to start from. The language has no program for the last, the squares.
const SEQUENCES: [Terms; 5] =
    [FIBONACCI, FIBONACCI_FROM_1, [1, 2, 4, 8, 16, 32], [0, 1, 3, 6, 10, 15], [0, 1, 4, 9, 16, 25]];
/// Most words of a program: twice what those of the language have.
const MAX_LEN: u8 = 28;
/// Largest number whose calls are drawn: with more, a phone has no room for the dots.
const MAX_CALLED: u8 = 9;

/// All that the reader can change.
#[derive(Clone, Debug, PartialEq)]
pub struct Controls {
    /// What the model is shown.
    terms: Terms,
    /// Index of the last term that is computed.
    last: u8,
    /// The number that the text's function is called with.
    called: u8,
    /// The word whose rivals are shown, by its index in what the model wrote.
    at: Option<usize>,
    /// The size of model.
    rung: Rung,
}

impl Default for Controls {
    fn default() -> Self {
        Self { terms: FIBONACCI, last: N_TERMS as u8 - 1, called: 5, at: None, rung: Rung::default() }
    }
}

impl crate::figure::Controls for Controls {
    fn to_state(&self) -> State {
        let own = Self::default();
        let terms: Vec<String> = self.terms.iter().map(u8::to_string).collect();
        let state = State::default()
            .with_if(self.terms != own.terms, "a", terms.join("."))
            .with_if(self.last != own.last, "last", self.last)
            .with_if(self.called != own.called, "n", self.called)
            .with_if(self.at.is_some(), "at", self.at.unwrap_or_default());
        self.rung.write(state)
    }

    fn from_state(state: &State) -> Self {
        let own = Self::default();
        let mut terms = own.terms;
        let given = state.text("a").unwrap_or_default().split('.');
        for (term, given) in terms.iter_mut().zip(given) {
            *term = given.parse().map_or(*term, |given: u8| given.min(99));
        }
        let number = |name, range, own: u8| state.number(name, range).map_or(own, |number| number as u8);
        Self {
            terms,
            last: number("last", 0.0..=N_TERMS as f64 - 1.0, own.last),
            called: number("n", 0.0..=MAX_CALLED.into(), own.called),
            at: state.number("at", 0.0..=63.0).map(|at| at as usize),
            rung: Rung::from_state(state),
        }
    }
}

/// Six terms that training never shows.
fn unseen(seed: u64) -> Terms {
    let mut rng = Rng::new(seed);
    loop {
        let mut choice = || rng.below(2) == 0;
        let [doubles, adds_before_previous, adds_index] = [choice(), choice(), choice()];
        let starts = [rng.below(10) as u8, rng.below(10) as u8];
        let constant = rng.below(19) as i8 - 9;
        let recurrence = Recurrence { starts, doubles, adds_before_previous, adds_index, constant };
        if recurrence.is_in_language() && recurrence.is_held_out() {
            // In the language the shown terms are from 0 to 99.
            return recurrence.terms().map(|term| term as u8);
        }
    }
}

/// What came of running what the model wrote.
#[derive(Clone, Debug, PartialEq)]
enum Outcome {
    /// It is no program, or a term is too large.
    Broken(ProgramError),
    /// A term, from 0, is not the given one.
    Misses(usize),
    /// The given terms are made, but a later one, which the language knows, is not the true one.
    MissesLater(usize),
    /// The given terms are made; the language has no recurrence with them, so nobody can say how it goes on.
    Fits,
    /// All terms are right.
    Right,
}

/// What a program computes, and what it should.
#[derive(Clone, Debug, PartialEq)]
struct Run {
    /// The terms of the program, as far as it has any.
    computed: Vec<i64>,
    /// The terms that are given or that follow from them.
    expected: Vec<i64>,
    outcome: Outcome,
}

impl Run {
    fn new(program: Result<Program, ProgramError>, terms: Terms) -> Self {
        let expected: Vec<i64> = match Recurrence::fitting(terms) {
            Some(recurrence) => recurrence.terms::<N_TERMS>().to_vec(),
            None => terms.map(i64::from).to_vec(),
        };
        let run = program.and_then(|program| {
            let terms = program.run(N_TERMS);
            // Up to a term that is too large.
            let some = (0..N_TERMS).rev().find_map(|n| program.run(n).ok());
            terms.or_else(|error| some.filter(|some| some.len() > N_SHOWN_TERMS).ok_or(error))
        });
        let computed = run.as_ref().cloned().unwrap_or_default();
        let first_wrong =
            (0..expected.len()).find(|&n| computed.get(n).is_none_or(|&computed| computed != expected[n]));
        let outcome = match (run, first_wrong) {
            (Err(error), _) => Outcome::Broken(error),
            (Ok(_), Some(n)) if n < N_SHOWN_TERMS => Outcome::Misses(n),
            (Ok(_), Some(n)) => Outcome::MissesLater(n),
            (Ok(_), None) if expected.len() == N_SHOWN_TERMS => Outcome::Fits,
            (Ok(_), None) => Outcome::Right,
        };
        Self { computed, expected, outcome }
    }
}

/// Parameters of GPT-3.
const GPT3_PARAMS: &str = "gpt3.params";

impl Figure for Code {
    const ABILITIES: &'static [&'static str] = &["code"];
    const FACTS: &'static [&'static str] = &[GPT3_PARAMS];
    const HAS_RUNG: bool = true;
    const ID: FigureId = FigureId::Code;
    const TABLES: &'static [&'static str] = &[];

    type Body = Body;
    type Controls = Controls;
    type View = Scores;

    #[cfg(not(target_arch = "wasm32"))]
    fn made() -> Vec<(String, chapter::DataTable)> {
        super::vocabulary::tables()
    }

    fn view(controls: &Controls, data: &FigureData) -> Result<Scores, FigureError> {
        Scores::new(Self::ABILITIES, &controls.rung, data)
    }

    fn frame(scores: &Scores, look: &Look) -> Frame {
        scores.frame(look)
    }

    fn draw(scores: &Scores, picture: &Picture<'_>, look: &Look) -> Result<(), DrawError> {
        scores.draw(picture, look)
    }

    fn describe(scores: &Scores, language: Language) -> String {
        scores.describe(language)
    }

    fn series(scores: &Scores, language: Language) -> Vec<Series> {
        scores.series(language)
    }
}

/// What the model is to write: always the likeliest word.
fn works(rung: &str, terms: Terms) -> Vec<Work> {
    let terms = terms.map(|term| number(term.into()));
    vec![Work::Write {
        rung: rung.to_owned(),
        prompt: Prompt::Tokens([&[marker(Kind::Code)], &terms[..]].concat()),
        temperature: 0.0,
        top_k: None,
        seed: 0,
        top: TOP,
        max_len: MAX_LEN,
    }]
}

/// The program that was written.
fn program(answer: &Answer) -> Result<Program, ProgramError> {
    let tokens: Vec<Token> = answer.tokens.iter().map(|wrote| wrote.token).collect();
    Program::parse(&tokens)
}

/// Controls, program, run, calls and picture.
#[component]
pub fn Body(props: &BodyProps<Code>) -> Html {
    let BodyProps { data, controls, .. } = props;
    let language = props.language;
    // The shell asks for the same view and has shown the reason if there is none.
    let scores = Code::view(controls, data).ok();
    let rung = scores.as_ref().map(|scores| scores.chosen().rung.clone()).unwrap_or_default();
    let live = use_writing(Code::ID, &works(&rung, controls.terms));
    let (Some(scores), Ok(ladder)) = (scores, data.ladder()) else { return Html::default() };
    let set_rung = props.edit(|controls, rung| controls.rung = rung);
    let set_terms = props.edit(|controls, terms| (controls.terms, controls.at) = (terms, None));

    html! {
        <>
            <div class="chips" role="group" aria-label={words::sequences(language)}>
                { for SEQUENCES.into_iter().zip(words::sequence_names(language)).map(|(terms, name)| html! {
                    <button
                        type="button"
                        class="chip"
                        aria-pressed={(terms == controls.terms).to_string()}
                        onclick={set_terms.reform(move |_: MouseEvent| terms)}
                    >{ name }</button>
                }) }
                <button type="button" class="chip" onclick={set_terms.reform(|_: MouseEvent| {
                    let seed = js_sys::Math::random() * f64::from(u32::MAX);
                    unseen(seed as u64)
                })}>{ words::another(language) }</button>
            </div>
            <div class="controls">
                { term_inputs(controls.terms, &set_terms, language) }
                { rung_slider(ladder, &controls.rung, language, &set_rung) }
            </div>
            { written(props, &live) }
            { rung_line(ladder, &controls.rung, Some(Code::ABILITIES[0]), data.value(GPT3_PARAMS).unwrap_or(1.0), language) }
            <ScoreBoard
                figure={Code::ID}
                drawing={Drawing::of::<Code>(scores.clone())}
                {scores}
                tests={vec![tasks::Ability::Code]}
                data={data.clone()}
                on_measured={props.on_measured.clone()}
                on_rung={set_rung}
                {language}
            />
            <div class="calls">
                <p class="segmented__label">{ words::calls_title(language) }</p>
                <div class="controls">
                    { Slider {
                        label: "n".into(),
                        value: controls.called.into(),
                        min: 0.0,
                        max: MAX_CALLED.into(),
                        step: 1.0,
                        text: controls.called.to_string(),
                        on_input: props.edit(|controls, called: f64| controls.called = called as u8),
                    }.view() }
                </div>
                { call_tree(&Calls::of(controls.called), language) }
                { remark(words::calls(controls.called, language)) }
            </div>
        </>
    }
}

/// A field for each term.
fn term_inputs(terms: Terms, on_terms: &Callback<Terms>, language: Language) -> Html {
    let field = |index: usize| {
        let oninput = on_terms.reform(move |term: u8| {
            let mut terms = terms;
            terms[index] = term;
            terms
        });
        // A field that is empty or out of range for now changes nothing.
        let oninput = Callback::from(move |event: InputEvent| {
            let field: HtmlInputElement = event.target_unchecked_into();
            if let Some(term) = field.value().trim().parse().ok().filter(|term| *term < 100) {
                oninput.emit(term);
            }
        });
        html! {
            <input
                class="code__term"
                type="text"
                inputmode="numeric"
                maxlength="2"
                autocomplete="off"
                aria-label={words::term(index, language)}
                value={terms[index].to_string()}
                {oninput}
            />
        }
    };
    html! {
        <fieldset class="segmented">
            <legend class="segmented__label">{ words::terms_label(language) }</legend>
            <div class="code__terms">{ for (0..N_SHOWN_TERMS).map(field) }</div>
        </fieldset>
    }
}

/// What the model wrote, what it computes, and what to think of it.
fn written(props: &BodyProps<Code>, live: &UseReducerHandle<Live>) -> Html {
    let BodyProps { data, controls, .. } = props;
    let language = props.language;
    if let Some(reason) = &live.failure {
        let live = live.dispatcher();
        let on_retry = Callback::from(move |()| live.dispatch(Action::Retry));
        return html! { <Failure {language} message={model_failed(language)} reason={reason.clone()} {on_retry} /> };
    }
    let none = Answer::default();
    let answer = live.answers.first().unwrap_or(&none);
    let text = |token| word(data, token, Language::En);
    let shown = answer.tokens.iter().enumerate().filter(|(_, wrote)| wrote.token != END);
    let choose = props.edit(|controls, at: Option<usize>| controls.at = at);
    let words = shown.map(|(index, wrote)| {
        let is_chosen = controls.at == Some(index);
        let choose = choose.reform(move |()| (!is_chosen).then_some(index));
        word_button(html! { { text(wrote.token) } }, is_chosen, &choose)
    });
    let words: Vec<Html> = words.collect();
    let program = program(answer);
    let tokens: Vec<&str> = answer.tokens.iter().map(|wrote| text(wrote.token)).collect();
    let python = program.is_ok().then(|| words::python(&tokens)).flatten();
    let run = live.is_done().then(|| Run::new(program, controls.terms));
    let outcome = match (live.loading, &run) {
        (Some((loaded, total)), _) => loading_weights(loaded, total, language),
        (None, None) => model_prepares(language).to_owned(),
        (None, Some(run)) => words::outcome(&run.outcome, Recurrence::fitting(controls.terms), language),
    };
    html! {
        <>
            <p class="segmented__label">{ words::written(language) }</p>
            <div class="code__words" aria-busy={(!live.is_done()).to_string()}>{ words }</div>
            { rivals(controls.at.and_then(|at| answer.tokens.get(at)), text, language) }
            <div class="code__panels">
                <div>
                    <p class="segmented__label">{ words::in_python(language) }</p>
                    <pre class="code__python"><code>{ python.unwrap_or_default() }</code></pre>
                    <div class="code__outcome">{ remark(outcome) }</div>
                </div>
                <div>
                    <div class="controls">
                        { Slider {
                            label: words::run_to(language).into(),
                            value: controls.last.into(),
                            min: 0.0,
                            max: N_TERMS as f64 - 1.0,
                            step: 1.0,
                            text: format!("f({})", controls.last),
                            on_input: props.edit(|controls, last: f64| controls.last = last as u8),
                        }.view() }
                    </div>
                    { steps(run.as_ref(), &tokens, controls.last.into(), language) }
                </div>
            </div>
        </>
    }
}

/// The terms one by one: how each is computed, and what it should be.
fn steps(run: Option<&Run>, tokens: &[&str], last: usize, language: Language) -> Html {
    let row = |n: usize| {
        let computed = run.and_then(|run| run.computed.get(n)).filter(|_| n <= last);
        let expected = run.and_then(|run| run.expected.get(n));
        let is_right = computed.zip(expected).map(|(computed, expected)| computed == expected);
        let how = match (run, computed) {
            (Some(run), Some(_)) => words::substituted(tokens, n, &run.computed),
            _ => String::new(),
        };
        let show = |value: Option<&i64>, or: &str| {
            value.map_or_else(|| or.to_owned(), |&term| words::value_of(term))
        };
        html! {
            <tr data-hidden={(n >= N_SHOWN_TERMS).then_some("")} data-right={is_right.map(|is_right| is_right.to_string())}>
                <th scope="row">{ format!("f({n})") }</th>
                <td class="code__how">{ how }</td>
                <td>{ show(computed, "") }</td>
                <td>{ show(expected, if run.is_some() { "?" } else { "" }) }{ match is_right {
                    Some(true) => " ✓",
                    Some(false) => " ✗",
                    None => "",
                } }</td>
            </tr>
        }
    };
    let [n, how, computed, expected] = words::columns(language);
    html! {
        <table class="code__steps">
            <thead><tr><th scope="col">{ n }</th><th scope="col" class="code__how">{ how }</th><th scope="col">{ computed }</th><th scope="col">{ expected }</th></tr></thead>
            <tbody>{ for (0..N_TERMS).map(row) }</tbody>
        </table>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Controls as _;
    use crate::figures::writing::opening;

    fn controls(state: &str) -> Controls {
        Controls::from_state(&State::parse(state))
    }

    fn run(text: &str, terms: Terms) -> Run {
        let tokens = tasks::Vocabulary.tokens(text).expect("known words");
        Run::new(Program::parse(&tokens), terms)
    }

    #[test]
    fn a_state_and_its_address_are_the_same() {
        for state in ["a=1.2.4.8.16.32&last=3&n=7&at=4&rung=1x8", "n=0", "last=0"] {
            assert_eq!(controls(state).to_state().to_string(), state);
        }
        assert_eq!(controls("a=x&n=many&last=&at=-"), Controls::default());
        assert_eq!(controls("a=200.1&n=99").to_state().to_string(), "a=99.1.1.2.3.5&n=9");
    }

    #[test]
    fn what_is_written_is_judged_by_running_it() {
        let outcome = |text| run(text, FIBONACCI).outcome;
        assert_eq!(outcome("def 0 1 return f(n-1) + f(n-2) <end>"), Outcome::Right);
        assert_eq!(outcome("def 0 1 return f(n-1) + n <end>"), Outcome::Misses(2));
        assert_eq!(
            outcome("def 0 1 return +"),
            Outcome::Broken(ProgramError::Unexpected {
                token: tasks::Vocabulary.token("+").unwrap(),
                place: 4,
            })
        );
        assert!(matches!(
            outcome("def 0 1 return f(n-1)"),
            Outcome::Broken(ProgramError::Unfinished { len: 5 })
        ));
        let squares = [0, 1, 4, 9, 16, 25];
        let run = run("def 0 1 return f(n-1) + f(n-2) <end>", squares);
        assert_eq!((run.outcome, run.expected.len()), (Outcome::Misses(2), N_SHOWN_TERMS));
        // A program that explodes after the given terms has made them.
        let large = self::run("def 0 0 return 99 * f(n-1) + 99 * n <end>", [0, 0, 99, 99, 99, 99]);
        assert_eq!(large.outcome, Outcome::Misses(2));
    }

    #[test]
    fn other_sequences_are_not_those_of_training() {
        let all: Vec<Terms> = (0..50).map(unseen).collect();
        assert!(all.iter().all(|&terms| Recurrence::fitting(terms).is_some_and(Recurrence::is_held_out)));
        assert!(all.iter().any(|terms| *terms != all[0]));
        let known: Vec<bool> = SEQUENCES.map(|terms| Recurrence::fitting(terms).is_some()).to_vec();
        assert_eq!(known, [true, true, true, true, false], "the language has no squares");
    }

    #[test]
    fn a_lucky_or_unlucky_answer_says_little() {
        let data = FigureData::of::<Code>();
        let outcome = |rung: &str, terms| {
            let live = opening(&works(rung, terms));
            assert!(live.is_done(), "{:?}", live.failure);
            let answer = &live.answers[0];
            let run = Run::new(program(answer), terms);
            let words = answer.tokens.iter().map(|wrote| word(&data, wrote.token, Language::En));
            (run, words.map(str::to_owned).collect::<Vec<_>>())
        };
        // What the caption says: a model that is right in seven of eight fails in the text's own sequence, and a
        // smaller one does not.
        let (run, words) = outcome("4x64", FIBONACCI);
        assert_eq!(run.outcome, Outcome::Misses(4), "{words:?}");
        assert_eq!(outcome("3x48", FIBONACCI).0.outcome, Outcome::Right);
        let scores = Code::view(&controls("rung=4x64"), &data).unwrap();
        assert!((scores.chosen().scores[0].percent() - 87.5).abs() < 2.0);

        assert_eq!(outcome("6x128", FIBONACCI).0.outcome, Outcome::Right);
        let (run, words) = outcome("6x128", FIBONACCI_FROM_1);
        assert_eq!(run.outcome, Outcome::Right);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        assert_eq!(
            words::python(&words).as_deref(),
            Some("def f(n):\n    if n < 2:\n        return [1, 1][n]\n    return f(n-1) + f(n-2)")
        );
        assert_eq!(words::substituted(&words, 6, &run.computed), "8 + 5");
        assert_eq!(
            words::substituted(&["def", "1", "2", "return", "f(n-1)", "-", "n"], 3, &[1, 2, -7]),
            "(−7) − 3"
        );
        assert_ne!(outcome("1x8", FIBONACCI).0.outcome, Outcome::Right);
    }
}
