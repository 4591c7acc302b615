//! A word problem, answered in steps and at once: how far does writing the steps down help, at which size?
//!
//! What to see: the chapter's 24 apples and others of their kind, solved by a real, small model in both ways, with each
//! line judged and the first wrong one marked. Below, the share of problems that each size gets right in either way.
//! Computed by the lab (`crates/worker`) on the published weights; the scores are those of
//! `content/models/manifest.json` and what is measured here.

use chapter::{FigureId, Language};
use tasks::vocabulary::{END, SEPARATOR};
use tasks::{Gift, Line as Judgement, Problem, Rng, Story, Style, Token};
use yew::prelude::*;

use super::scores::{ScoreBoard, Scores};
use super::vocabulary::word;
use super::writing::{Action, Answer, Live, Wrote, use_writing};
use crate::components::{Failure, Slider, remark, rung_line, rung_slider};
use crate::figure::{BodyProps, Drawing, Figure, FigureData, FigureError, Rung, Series, State};
use crate::lab::{Judged, Prompt, Work};
use crate::locale::words::{loading_weights, model_failed, model_prepares};
use crate::plot::{DrawError, Frame, Look, Picture};

mod words;

/// The figure `reasoning`.
#[derive(PartialEq)]
pub struct Reasoning;

/// All that the reader can change.
#[derive(Clone, Debug, PartialEq)]
pub struct Controls {
    /// The problem, one that the language has.
    pub problem: Problem,
    /// The size of model.
    pub rung: Rung,
}

impl Default for Controls {
    fn default() -> Self {
        Self { problem: Problem::CHAPTER, rung: Rung::default() }
    }
}

impl crate::figure::Controls for Controls {
    fn to_state(&self) -> State {
        let Problem { total, gifts: [first, second] } = self.problem;
        let [own_first, own_second] = Problem::CHAPTER.gifts;
        let state = State::default()
            .with_if(total != Problem::CHAPTER.total, "n", total)
            .with_if(first != own_first, "a", code(first))
            .with_if(second != own_second, "b", code(second));
        self.rung.write(state)
    }

    fn from_state(state: &State) -> Self {
        let chapter = Problem::CHAPTER;
        let total = state.number("n", 6.0..=60.0).map_or(chapter.total, |total| total as u8);
        let gift = |name, own: Gift| state.text(name).and_then(parse).unwrap_or(own);
        let gifts = [gift("a", chapter.gifts[0]), gift("b", chapter.gifts[1])];
        Self { problem: fitted(Problem { total, gifts }), rung: Rung::from_state(state) }
    }
}

/// A gift in addresses: `f3` for a third, `8` for eight.
fn code(gift: Gift) -> String {
    match gift {
        Gift::Fraction(parts) => format!("f{parts}"),
        Gift::Number(number) => number.to_string(),
    }
}

fn parse(code: &str) -> Option<Gift> {
    let number = |text| crate::browser::parse_number(text).filter(|number: &f64| *number >= 1.0);
    match code.strip_prefix('f') {
        Some(parts) => number(parts).map(|parts| Gift::Fraction(parts.clamp(2.0, 10.0) as u8)),
        None => number(code).map(|number| Gift::Number(number.min(20.0) as u8)),
    }
}

/// The gifts that the language can have in place of the first (0) or the second (1) of a problem: fractions, the
/// largest first, then numbers.
fn choices(problem: Problem, index: usize) -> Vec<Gift> {
    let all = (2..=10).map(Gift::Fraction).chain((1..=20).map(Gift::Number));
    all.filter(|&gift| with_gift(problem, index, gift).is_in_language()).collect()
}

fn with_gift(mut problem: Problem, index: usize, gift: Gift) -> Problem {
    problem.gifts[index] = gift;
    problem
}

/// A problem of the language that differs as little as can be: fractions that are whole, and something left.
fn fitted(problem: Problem) -> Problem {
    let Problem { total, gifts } = problem;
    let mut left = total;
    let mut fit = |gift: Gift, reserve: u8| {
        let fits = |gift: &Gift| {
            let is_whole = !matches!(gift, Gift::Fraction(parts) if total % parts != 0);
            is_whole && gift.amount(total) + reserve < left
        };
        let near = |gift: Gift| match gift {
            // The nearest fraction that is whole, or as many things.
            Gift::Fraction(parts) => (0..9)
                .flat_map(|off| [parts.saturating_sub(off), parts + off])
                .filter(|parts| (2..=10).contains(parts))
                .map(Gift::Fraction)
                .find(fits),
            Gift::Number(_) => Some(gift).filter(fits),
        };
        let most = left - reserve - 1;
        let fitting = near(gift).unwrap_or_else(|| Gift::Number(gift.amount(total).clamp(1, most.min(20))));
        left -= fitting.amount(total);
        fitting
    };
    // The first leaves at least one thing to give and one to keep.
    let first = fit(gifts[0], 1);
    Problem { total, gifts: [first, fit(gifts[1], 0)] }
}

/// A problem that training never shows.
fn unseen(seed: u64) -> Problem {
    let mut rng = Rng::new(seed);
    loop {
        let mut gift = || match rng.below(2) {
            0 => Gift::Fraction(2 + rng.below(9) as u8),
            _ => Gift::Number(1 + rng.below(20) as u8),
        };
        let gifts = [gift(), gift()];
        let problem = Problem { total: 6 + rng.below(55) as u8, gifts };
        if problem.is_in_language() && problem.is_held_out() && problem != Problem::CHAPTER {
            return problem;
        }
    }
}

/// The first gift and the second.
const GIFTS: [usize; 2] = [0, 1];
/// The two ways of answering, as [`Figure::ABILITIES`] names them.
const WAYS: [Style; 2] = [Style::Steps, Style::Direct];
/// Parameters of GPT-3.
const GPT3_PARAMS: &str = "gpt3.params";

impl Figure for Reasoning {
    const ABILITIES: &'static [&'static str] = &["arithmetic-steps", "arithmetic-direct"];
    const FACTS: &'static [&'static str] = &[GPT3_PARAMS];
    const HAS_RUNG: bool = true;
    const ID: FigureId = FigureId::Reasoning;
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

/// What the model is to write: the problem in both ways, always the likeliest token.
fn works(rung: &str, problem: Problem) -> Vec<Work> {
    let write = |style| Work::Write {
        rung: rung.to_owned(),
        // The chapter's people and apples with other numbers.
        prompt: Prompt::Problem(Story { problem, ..Story::CHAPTER }, style),
        temperature: 0.0,
        top_k: None,
        seed: 0,
        top: 1,
        max_len: u8::MAX,
    };
    WAYS.map(write).to_vec()
}

/// A line of an answer.
struct Written {
    /// Its tokens, without the mark at its end.
    tokens: Vec<Token>,
    /// How likely the model found it after the lines before, with the mark at its end.
    prob: f32,
    /// What is true of it, once the answer is at its end.
    judged: Option<Judgement>,
}

/// The lines of an answer so far.
fn lines(answer: &Answer) -> Vec<Written> {
    let is_mark = |token| token == SEPARATOR || token == END;
    let tokens = |piece: &[Wrote]| -> Vec<Token> {
        piece.iter().map(|wrote| wrote.token).filter(|&token| !is_mark(token)).collect()
    };
    let judged = answer.grade.as_ref().map(|grade| &grade.lines[..]).unwrap_or_default();
    let pieces = answer.tokens.split_inclusive(|wrote| wrote.token == SEPARATOR);
    pieces
        .enumerate()
        .map(|(index, piece)| Written {
            tokens: tokens(piece),
            prob: piece.iter().map(|wrote| wrote.prob).product(),
            judged: judged.get(index).map(|&Judged(line)| line),
        })
        .collect()
}

/// Controls, problem, answers and picture.
#[component]
pub fn Body(props: &BodyProps<Reasoning>) -> Html {
    let BodyProps { data, controls, .. } = props;
    let language = props.language;
    let problem = controls.problem;
    // The shell asks for the same view and has shown the reason if there is none.
    let scores = Reasoning::view(controls, data).ok();
    let rung = scores.as_ref().map(|scores| scores.chosen().rung.clone()).unwrap_or_default();
    let live = use_writing(Reasoning::ID, &works(&rung, problem));
    let (Some(scores), Ok(ladder)) = (scores, data.ladder()) else { return Html::default() };
    let set_rung = props.edit(|controls, rung| controls.rung = rung);

    html! {
        <>
            <div class="controls">
                { rung_slider(ladder, &controls.rung, language, &set_rung) }
                { Slider {
                    label: words::total(language).into(),
                    value: problem.total.into(),
                    min: 6.0,
                    max: 60.0,
                    step: 1.0,
                    text: problem.total.to_string(),
                    on_input: props.edit(|controls, total: f64| {
                        controls.problem = fitted(Problem { total: total as u8, ..controls.problem });
                    }),
                }.view() }
                { for GIFTS.map(|index| gift_slider(props, index)) }
            </div>
            { rung_line(ladder, &controls.rung, Some(Reasoning::ABILITIES[0]), data.value(GPT3_PARAMS).unwrap_or(1.0), language) }
            <div class="chips">
                <button type="button" class="chip" onclick={props.edit(|controls, _: MouseEvent| {
                    let seed = js_sys::Math::random() * f64::from(u32::MAX);
                    controls.problem = unseen(seed as u64);
                })}>{ words::another(language) }</button>
            </div>
            { answers(problem, &live, data, language) }
            <ScoreBoard
                figure={Reasoning::ID}
                drawing={Drawing::of::<Reasoning>(scores.clone())}
                {scores}
                tests={WAYS.map(tasks::Ability::Arithmetic).to_vec()}
                data={data.clone()}
                on_measured={props.on_measured.clone()}
                on_rung={set_rung}
                {language}
            />
        </>
    }
}

/// The slider of the first (0) or the second (1) gift, over all that the language can have there.
fn gift_slider(props: &BodyProps<Reasoning>, index: usize) -> Html {
    let problem = props.controls.problem;
    let all = choices(problem, index);
    let own = problem.gifts[index];
    Slider {
        label: words::gift_label(index, props.language).into(),
        value: all.iter().position(|&gift| gift == own).unwrap_or_default() as f64,
        min: 0.0,
        max: all.len() as f64 - 1.0,
        step: 1.0,
        text: words::gift(own),
        on_input: props
            .edit(|controls, (index, at): (usize, f64)| {
                // Counted anew: which there are follows from the problem.
                let all = choices(controls.problem, index);
                let gift = all[(at.max(0.0) as usize).min(all.len() - 1)];
                controls.problem = with_gift(controls.problem, index, gift);
            })
            .reform(move |at| (index, at)),
    }
    .view()
}

/// The steps as the text writes them, and what the model writes in either way.
fn answers(problem: Problem, live: &UseReducerHandle<Live>, data: &FigureData, language: Language) -> Html {
    if let Some(reason) = &live.failure {
        let live = live.dispatcher();
        let on_retry = Callback::from(move |()| live.dispatch(Action::Retry));
        return html! { <Failure {language} message={model_failed(language)} reason={reason.clone()} {on_retry} /> };
    }
    let say =
        |tokens: &[Token]| words::sentence(tokens.iter().map(|&token| word(data, token, language)), language);
    let none = Answer::default();
    let [steps, direct] = GIFTS.map(|way| live.answers.get(way).unwrap_or(&none));
    // Without the mark of the kind, which no reader needs.
    let question = |answer: &Answer| answer.prompt.get(1..).map(say);
    let panel = |title: &'static str, question: Option<String>, lines: Html| {
        html! {
            <div class="reasoning__panel">
                <p class="segmented__label">{ title }</p>
                if let Some(question) = question { <p class="reasoning__question">{ question }</p> }
                <ol class="reasoning__lines">{ lines }</ol>
            </div>
        }
    };
    let textbook = words::textbook(problem, language);
    let outcome = match live.loading {
        Some((loaded, total)) => loading_weights(loaded, total, language),
        None if live.is_done() => words::verdict(problem, [steps, direct], language),
        None => model_prepares(language).to_owned(),
    };
    html! {
        <>
            <div class="reasoning" aria-busy={(!live.is_done()).to_string()}>
                { panel(words::textbook_title(language), None, textbook.into_iter().map(|line| html! {
                    <li class="reasoning__line">{ line }</li>
                }).collect()) }
                { panel(words::steps_title(language), question(steps), step_lines(problem, steps, &say, language)) }
                { panel(words::direct_title(language), question(direct), direct_line(direct, &say, language)) }
            </div>
            <div class="reasoning__outcome">
                { remark(outcome) }
                <p>{ words::kind(problem, language) }</p>
            </div>
        </>
    }
}

/// A line of the model with its probability, and what is true of it.
fn line(text: String, prob: f32, is_right: Option<bool>, note: Option<String>, language: Language) -> Html {
    html! {
        <li class="reasoning__line" data-right={is_right.map(|is_right| is_right.to_string())}>
            <span>{ text }{ match is_right { Some(true) => " ✓", Some(false) => " ✗", None => "" } }</span>
            <span class="reasoning__prob">{ words::prob(prob, language) }</span>
            if let Some(note) = note { <strong class="reasoning__note">{ note }</strong> }
        </li>
    }
}

fn step_lines(
    problem: Problem,
    answer: &Answer,
    say: &impl Fn(&[Token]) -> String,
    language: Language,
) -> Html {
    let lines = lines(answer);
    let is_wrong = |judged: Option<Judgement>| judged.is_some_and(|judged| judged != Judgement::Right);
    let first_wrong = lines.iter().position(|line| is_wrong(line.judged));
    let right = words::steps(problem);
    let missing = answer.grade.is_some() && first_wrong.is_none() && lines.len() < right.len();
    let needed = |index: usize| right.get(index).map(String::as_str);
    html! {
        <>
            { for lines.iter().enumerate().map(|(index, written)| {
                let judged = written.judged;
                let note = judged.filter(|_| first_wrong == Some(index))
                    .map(|judged| words::first_wrong(judged, needed(index), language));
                line(say(&written.tokens), written.prob, judged.map(|judged| judged == Judgement::Right), note, language)
            }) }
            if missing {
                <li class="reasoning__line"><strong class="reasoning__note">{ words::missing(needed(lines.len()), language) }</strong></li>
            }
            if answer.grade.is_some() && !answer.is_ended() {
                <li class="reasoning__line"><strong class="reasoning__note">{ words::endless(language) }</strong></li>
            }
        </>
    }
}

fn direct_line(answer: &Answer, say: &impl Fn(&[Token]) -> String, language: Language) -> Html {
    let is_right = answer.grade.as_ref().map(|grade| grade.correct);
    lines(answer)
        .iter()
        .map(|written| line(say(&written.tokens), written.prob, is_right, None, language))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Controls as _;
    use crate::figures::writing::opening;

    fn controls(state: &str) -> Controls {
        Controls::from_state(&State::parse(state))
    }

    #[test]
    fn a_state_and_its_address_are_the_same() {
        for state in ["n=60&a=f5&b=20&rung=1x8", "a=7", "b=f6", "n=30&a=f2"] {
            let state = if state == "n=30&a=f2" { "n=30&a=f2&b=f3" } else { state };
            assert_eq!(controls(state).to_state().to_string(), state);
        }
        assert_eq!(controls("a=x&b=f&n=many"), Controls::default());
    }

    #[test]
    fn whatever_is_asked_for_the_problem_is_one_of_the_language() {
        for total in 0..=70 {
            for first in ["f2", "f3", "f7", "f10", "f99", "1", "19", "20", "999"] {
                for second in ["f2", "f4", "f9", "1", "20", "0", "-3"] {
                    let problem = controls(&format!("n={total}&a={first}&b={second}")).problem;
                    assert!(problem.is_in_language(), "{total} {first} {second}: {problem:?}");
                    for index in GIFTS {
                        let all = choices(problem, index);
                        assert!(all.contains(&problem.gifts[index]), "the slider stands where it is");
                    }
                }
            }
        }
        // What fits stays, and a fraction goes to its nearest that is whole.
        assert_eq!(fitted(Problem::CHAPTER), Problem::CHAPTER);
        let thirty = fitted(Problem { total: 30, ..Problem::CHAPTER });
        assert_eq!(thirty.gifts, [Gift::Fraction(3), Gift::Fraction(3)]);
    }

    #[test]
    fn other_problems_are_not_those_of_training() {
        let problems: Vec<Problem> = (0..100).map(unseen).collect();
        assert!(problems.iter().all(|problem| problem.is_in_language() && problem.is_held_out()));
        assert!(problems.iter().any(|problem| *problem != problems[0]));
    }

    #[test]
    fn steps_help_the_large_models_only() {
        let scores = Reasoning::view(&controls(""), &FigureData::of::<Reasoning>()).unwrap();
        let [first, last] = [0, scores.points.len() - 1].map(|index| &scores.points[index]);
        assert_eq!(scores.at, scores.points.len() - 1);
        let [steps, direct] = last.scores[..] else { panic!("two ways: {last:?}") };
        assert!(steps.interval()[0] > direct.interval()[1], "{last:?}");
        let [steps, direct] = first.scores[..] else { panic!("two ways: {first:?}") };
        assert!(steps.percent() <= direct.percent(), "{first:?}");
    }

    #[test]
    fn the_still_page_shows_what_the_published_model_writes() {
        let data = FigureData::of::<Reasoning>();
        let live = opening(&works("6x128", Problem::CHAPTER));
        assert!(live.is_done(), "{:?}", live.failure);
        let [steps, direct] = &live.answers[..] else { panic!("two answers") };
        assert!(steps.grade.is_some() && direct.grade.is_some());
        let say = |tokens: &[Token]| {
            words::sentence(tokens.iter().map(|&token| word(&data, token, Language::En)), Language::En)
        };
        let question = "Xiaoming has 24 apples, gives Xiaohong 1/3 of the original, gives Xiaoli 1/4 of the \
                        original. How many are left? Step by step:";
        assert_eq!(say(&steps.prompt[1..]), question);
        let written: Vec<String> = lines(steps).iter().map(|line| say(&line.tokens)).collect();
        assert_eq!(written, words::steps(Problem::CHAPTER));
        assert!(lines(steps).iter().all(|line| line.judged == Some(Judgement::Right)));
        // A small model fails, and one line of its answer is the first wrong one.
        let small = opening(&works("2x16", Problem::CHAPTER));
        assert!(lines(&small.answers[0]).iter().any(|line| line.judged != Some(Judgement::Right)));
    }

    #[test]
    fn an_answer_falls_into_lines() {
        let wrote = |token, prob| Wrote { token, prob, next: vec![] };
        let tokens = vec![wrote(20, 0.5), wrote(SEPARATOR, 0.5), wrote(21, 0.25), wrote(END, 1.0)];
        let lines = lines(&Answer { tokens, ..Answer::default() });
        assert_eq!(lines.iter().map(|line| line.prob).collect::<Vec<_>>(), [0.25, 0.25]);
        assert_eq!(lines[1].tokens, [21]);
    }
}
