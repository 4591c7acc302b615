//! The lab as a figure sees it, with the essay's own smallest models.

use std::cell::Cell;

use tasks::vocabulary::SEPARATOR;
use tasks::{Ability, Corpus, Family, Kind, Language, Pair, Story, Style, Task};
use worker::{
    Attention, ClientId, Event, Labels, Model, Places, Problem, Prompt, Recipe, Report, Request, RunId,
    Session, Step, Tally, Test, Visibility, Work, decode, encode,
};

const RUNG: &str = "2x16";
const ONE: ClientId = ClientId(1);
const TWO: ClientId = ClientId(2);

fn weights() -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../content/models");
    let files = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let is_rung = |path: &std::path::PathBuf| {
        path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&format!("{RUNG}-")))
    };
    std::fs::read(files.into_iter().find(is_rung).expect("a shipped model")).expect("its bytes")
}

/// A number of the manifest about the shipped weights.
fn published(path: &str) -> f64 {
    let text = include_str!("../../../content/models/manifest.json");
    let manifest: serde_json::Value = serde_json::from_str(text).expect("JSON");
    let models = manifest["models"].as_array().expect("models");
    let model = models.iter().find(|model| model["size"] == RUNG).expect("a shipped model");
    let runs = model["runs"].as_array().expect("runs");
    let run =
        runs.iter().find(|run| run["settings"]["seed"] == model["shipped_seed"]).expect("the shipped run");
    run["int8"].pointer(path).and_then(serde_json::Value::as_f64).expect("a number")
}

fn start(client: ClientId, run: u32, work: Work) -> Request {
    Request::Start { client, run: RunId(run), work }
}

/// Works for some steps at most.
fn advance(session: &mut Session, steps: u32) {
    let left = Cell::new(steps);
    session.advance(|| {
        left.set(left.get() - 1);
        left.get() > 0
    });
}

/// Works until there is nothing to do, handing out weights; returns what happened.
fn finish(session: &mut Session) -> Vec<Event> {
    let mut events = Vec::new();
    loop {
        session.advance(|| true);
        events.extend(session.take_events());
        match session.wanted() {
            Some(name) if name == RUNG => session.provide(&name, &weights()).expect("whole weights"),
            Some(name) => session.fail(&name, "there is no such model"),
            None => return events,
        }
    }
}

fn reports(work: Work) -> Vec<Report> {
    let mut session = Session::new();
    session.handle(start(ONE, 1, work));
    finish(&mut session).into_iter().map(|event| event.report).collect()
}

fn read(prompt: Prompt, attention: Attention) -> Work {
    Work::Read {
        model: Model::Rung(RUNG.to_owned()),
        prompt,
        ablated: vec![],
        top: 5,
        places: Places::Last,
        attention,
    }
}

fn write(prompt: Prompt, temperature: f32, seed: u64) -> Work {
    Work::Write { rung: RUNG.to_owned(), prompt, temperature, top_k: None, seed, top: 3, max_len: 64 }
}

fn score(tests: Vec<Test>, items: u32) -> Work {
    Work::Score { rung: RUNG.to_owned(), tests, items, seed: 5 }
}

fn tallies(reports: &[Report]) -> Vec<Tally> {
    let last = reports.iter().rev().find_map(|report| match report {
        Report::Tallies(tallies) => Some(tallies.clone()),
        _ => None,
    });
    last.expect("tallies")
}

/// The chapter's greetings.
fn greetings() -> Prompt {
    Prompt::Tokens(Corpus::new().greetings().prompt)
}

fn examples(shots: usize, pair: Pair) -> Test {
    Test::Ability(Ability::Examples { family: Family::Translation, pair, shots })
}

#[test]
fn the_chapters_greetings_are_answered_once_the_weights_are_there() {
    let mut session = Session::new();
    session.handle(start(ONE, 1, read(greetings(), Attention::Last)));
    advance(&mut session, 5);
    assert!(!session.is_busy(), "it waits");
    assert_eq!(session.wanted().as_deref(), Some(RUNG));
    assert_eq!(session.wanted(), None, "each model is fetched once");
    session.loading(RUNG, 100, 200);
    let loading = Report::Loading { loaded: 100, total: 200 };
    assert_eq!(session.take_events(), [Event { client: ONE, run: RunId(1), report: loading }]);
    session.provide(RUNG, &weights()).unwrap();
    let events = finish(&mut session);

    let Report::Reading { prompt, next, attention, .. } = &events[0].report else { panic!("{events:?}") };
    assert_eq!(next.len(), 1);
    let probs: Vec<f32> = next[0].iter().map(|guess| guess.prob).collect();
    assert_eq!(probs.len(), 5);
    assert!(probs.is_sorted_by(|a, b| a >= b) && probs.iter().sum::<f32>() <= 1.0001, "{probs:?}");
    // Two layers of one head; each looks from the last token over all, and attention sums to one.
    assert_eq!(attention.len(), 2);
    for map in attention {
        assert_eq!(map.probs.len(), prompt.len());
        assert!((map.probs.iter().sum::<f32>() - 1.0).abs() < 1e-5);
    }
    assert_eq!(events[1].report, Report::Finished);
}

#[test]
fn damaged_or_missing_weights_end_the_run_with_a_sentence_and_can_be_asked_for_again() {
    let mut session = Session::new();
    session.handle(start(ONE, 1, read(greetings(), Attention::None)));
    advance(&mut session, 5);
    let name = session.wanted().unwrap();
    let mut damaged = weights();
    damaged[100] ^= 1;
    let error = session.provide(&name, &damaged).unwrap_err().to_string();
    assert!(error.contains("checksum"), "{error}");
    assert!(!session.is_busy(), "still waiting");
    session.fail(&name, &error);
    let events = session.take_events();
    let Report::Failed(problem @ Problem::Weights { .. }) = &events[0].report else { panic!("{events:?}") };
    assert!(problem.to_string().contains(RUNG));

    session.handle(start(ONE, 2, read(greetings(), Attention::None)));
    let events = finish(&mut session);
    assert!(matches!(events[0].report, Report::Reading { .. }), "{events:?}");
}

#[test]
fn the_last_request_of_a_client_wins() {
    let mut session = Session::new();
    session.handle(start(ONE, 1, score(vec![examples(2, Pair::Seen)], 1000)));
    assert_eq!(session.wanted(), None, "nothing happens before it is given time");
    advance(&mut session, 1);
    let name = session.wanted().unwrap();
    session.provide(&name, &weights()).unwrap();
    advance(&mut session, 20);
    session.handle(start(ONE, 2, Work::Checksum { model: Model::Rung(RUNG.to_owned()) }));
    let events = finish(&mut session);
    assert!(events.iter().all(|event| event.run == RunId(2)), "{events:?}");
    assert!(matches!(events[0].report, Report::Checksum(_)));
}

#[test]
fn a_pause_stops_and_a_resumed_run_ends_as_if_nothing_had_been() {
    let recipe = Recipe { steps: 12, snapshot_every: 4, ..Recipe::default() };
    let undisturbed = reports(Work::Train(recipe));

    let mut session = Session::new();
    session.handle(start(ONE, 1, Work::Train(recipe)));
    advance(&mut session, 5);
    session.handle(Request::Pause(ONE));
    assert!(!session.is_busy());
    advance(&mut session, 5);
    session.handle(Request::Resume(ONE));
    advance(&mut session, 3);
    session.handle(Request::Page(Visibility::Hidden));
    assert!(!session.is_busy(), "nothing runs for a hidden page");
    session.handle(Request::Page(Visibility::Visible));
    let disturbed: Vec<Report> = finish(&mut session).into_iter().map(|event| event.report).collect();
    assert_eq!(disturbed, undisturbed);
}

#[test]
fn who_is_on_the_screen_goes_first_and_nobody_starves() {
    let mut session = Session::new();
    let recipe = Recipe { steps: 300, ..Recipe::default() };
    session.handle(start(ONE, 1, Work::Train(recipe)));
    session.handle(start(TWO, 1, Work::Train(recipe)));
    session.handle(Request::Seen(ONE, Visibility::Hidden));
    advance(&mut session, 90);
    let steps = |events: &[Event], client| {
        let is_step = |event: &&Event| event.client == client && matches!(event.report, Report::Step(_));
        events.iter().filter(is_step).count()
    };
    let events = session.take_events();
    let (hidden, seen) = (steps(&events, ONE), steps(&events, TWO));
    assert!((8..=12).contains(&hidden) && seen >= 75, "{hidden} hidden, {seen} seen");

    // What the reader just did is answered by the next step, whoever works.
    session.handle(start(ClientId(3), 1, Work::Checksum { model: Model::Trained(ONE) }));
    advance(&mut session, 1);
    assert!(matches!(session.take_events()[0].report, Report::Checksum(_)));
}

#[test]
fn a_client_that_leaves_is_forgotten_with_its_model() {
    let mut session = Session::new();
    session.handle(start(ONE, 1, Work::Train(Recipe { steps: 1, ..Recipe::default() })));
    finish(&mut session);
    let copy = |run| start(TWO, run, Work::Copy { trainer: ONE, ablated: vec![], seed: 1 });
    session.handle(copy(1));
    assert!(matches!(finish(&mut session)[0].report, Report::Copying { .. }));
    session.handle(Request::Leave(ONE));
    session.handle(copy(2));
    assert!(matches!(finish(&mut session)[0].report, Report::Failed(Problem::Refused(_))));
}

#[test]
fn a_damaged_message_is_an_event_and_not_a_panic() {
    let mut session = Session::new();
    let bytes = encode(&start(ONE, 1, Work::Checksum { model: Model::Rung(RUNG.to_owned()) }));
    session.handle_bytes(&bytes[..bytes.len() - 1]);
    session.handle_bytes(&[255; 40]);
    let events: Vec<Event> = decode(&session.take_bytes().unwrap()).unwrap();
    let report = Report::Failed(Problem::Damaged);
    let event = Event { client: ClientId::NOBODY, run: RunId(0), report };
    assert_eq!(events, [event.clone(), event]);
    assert_eq!(session.take_bytes(), None);
    session.handle_bytes(&bytes);
    assert!(matches!(finish(&mut session)[0].report, Report::Checksum(_)));
}

#[test]
fn senseless_requests_are_refused() {
    let recipe = Recipe::default();
    for work in [
        Work::Train(Recipe { n_layer: 0, ..recipe }),
        Work::Train(Recipe { n_head: 5, ..recipe }),
        Work::Train(Recipe { steps: u32::MAX, ..recipe }),
        Work::Train(Recipe { snapshot_every: 0, ..recipe }),
        read(Prompt::Tokens(vec![]), Attention::None),
        read(Prompt::Tokens(vec![9999]), Attention::None),
        read(Prompt::Tokens(vec![5; 65]), Attention::None),
        read(greetings(), Attention::Head { layer: 9, head: 0 }),
        write(greetings(), -1.0, 0),
        write(Prompt::Tokens(vec![5; 65]), 0.0, 0),
        score(vec![examples(20, Pair::Seen)], 10),
        write(Prompt::Poem(Kind::Verse, vec![5]), 0.0, 0),
        Work::Checksum { model: Model::Trained(TWO) },
    ] {
        let reports = reports(work.clone());
        assert!(matches!(reports.last(), Some(Report::Failed(Problem::Refused(_)))), "{work:?}: {reports:?}");
    }
    // No tests and no items are little to do, but no mistake.
    for work in [score(vec![], 10), score(vec![examples(1, Pair::Seen)], 0)] {
        assert_eq!(reports(work).last(), Some(&Report::Finished));
    }
}

#[test]
fn a_problem_is_solved_token_by_token_and_graded() {
    let reports = reports(write(Prompt::Problem(Story::CHAPTER, Style::Steps), 0.0, 0));
    let Report::Asked { reference, .. } = &reports[0] else { panic!("{reports:?}") };
    let written: Vec<u16> = reports
        .iter()
        .filter_map(|report| match report {
            Report::Wrote { token, next } => {
                assert_eq!(token.token, next[0].token, "without temperature the likeliest is taken");
                Some(token.token)
            }
            _ => None,
        })
        .collect();
    let [.., Report::Graded(grade), Report::Finished] = &reports[..] else { panic!("{reports:?}") };
    assert_eq!(grade.exact, written == *reference);
    assert_eq!(
        (grade.rules.len(), grade.lines.len()),
        (2, written.split(|&token| token == SEPARATOR).count())
    );
}

#[test]
fn a_seed_decides_what_is_drawn() {
    let corpus = Corpus::new();
    let first = corpus.vocabulary().tokens("在 数据 的 海洋 里 游弋 ，").unwrap();
    let verse = || Prompt::Poem(Kind::Verse, first.clone());
    assert_eq!(reports(write(verse(), 1.0, 1)), reports(write(verse(), 1.0, 1)));
    assert_ne!(reports(write(verse(), 1.0, 1)), reports(write(verse(), 1.0, 2)));
}

#[test]
fn scores_agree_with_the_published_ones() {
    let names = ["translation-seen-2", "maps", "translation-seen-0"];
    let tests = vec![examples(2, Pair::Seen), Test::Ability(Ability::Maps), examples(0, Pair::Seen)];
    let tallies = tallies(&reports(score(tests, 200)));
    assert!(tallies.iter().all(|tally| tally.items == 200 && tally.tokens == 200), "{tallies:?}");
    for (name, tally) in names.iter().zip(&tallies) {
        let share = published(&format!("/scores/{name}/correct"));
        // Both are shares of random items, 200 here and 512 there; four standard errors of their difference.
        let tolerance = 0.01 + 4.0 * (share * (1.0 - share) * (1.0 / 200.0 + 1.0 / 512.0)).sqrt();
        let difference = f64::from(tally.correct) / 200.0 - share;
        assert!(difference.abs() < tolerance, "{name}: {tally:?}, published {share}");
    }
    for tally in tallies {
        assert_eq!((tally.correct, tally.matched), (tally.exact, tally.exact));
    }
}

#[test]
fn graded_tests_are_written_and_a_task_can_be_tested_alone() {
    let task = Task::Translate { from: Language::English, to: Language::Chinese };
    let test = |labels| Test::Task { task, pair: Pair::Seen, shots: 4, labels };
    let tests =
        vec![Test::Ability(Ability::Arithmetic(Style::Direct)), test(Labels::True), test(Labels::Shuffled)];
    let tallies = tallies(&reports(score(tests, 60)));
    assert!(tallies[0].tokens >= 2 * 60, "a number and the end mark");
    assert!(tallies[1].correct >= 54, "{tallies:?}");
    assert!(tallies.iter().all(|tally| tally.items == 60));
}

#[test]
fn the_loss_on_fresh_rows_is_the_published_one() {
    let work = Work::Loss { rung: RUNG.to_owned(), rows: 24, seed: 3 };
    let reports = reports(work);
    let Some(Report::Losses { kinds, mixture, standard_error }) =
        reports.iter().rev().find(|report| matches!(report, Report::Losses { .. }))
    else {
        panic!("{reports:?}")
    };
    let loss = published("/loss/fresh");
    let miss = (f64::from(*mixture) - loss).abs();
    assert!(miss < 4.0 * f64::from(*standard_error), "{mixture} ± {standard_error}, published {loss}");
    assert!((0.01..0.1).contains(standard_error), "{standard_error}");
    assert!(kinds.len() == 8 && kinds.iter().all(|kind| kind.rows == 24 && kind.standard_error < 0.2));
}

fn steps(recipe: Recipe) -> Vec<Step> {
    let steps = reports(Work::Train(recipe)).into_iter().filter_map(|report| match report {
        Report::Step(step) => Some(step),
        _ => None,
    });
    steps.collect()
}

/// The prefix-matching score of the last layer's best head, over ten steps.
fn prefix_score(steps: &[Step], last_heads: usize) -> f32 {
    let last = &steps[steps.len() - 10..];
    let best =
        |step: &Step| step.prefix[step.prefix.len() - last_heads..].iter().copied().fold(0.0, f32::max);
    last.iter().map(best).sum::<f32>() / 10.0
}

#[test]
fn induction_heads_form_in_two_layers_and_not_in_one() {
    let recipe = Recipe { steps: 300, ..Recipe::default() };
    let two = steps(recipe);
    assert!(prefix_score(&two, 1) > 0.5);
    let mean_loss =
        |steps: &[Step]| steps.iter().map(|step| step.repeat_loss).sum::<f32>() / steps.len() as f32;
    assert!(mean_loss(&two[..10]) > 3.2 && mean_loss(&two[290..]) < 1.6);
    assert!(two[299].previous[0] > two[0].previous[0] + 0.2, "the first layer looks one back");
    // 3 · 2 · (2 · 4 · 32² + 32 · 28 + 2 · 2 · 32 · 33/2) a token, 512 tokens a step.
    assert_eq!(two[0].flops, 6.0 * (8192.0 + 896.0 + 2112.0) * 512.0);
    assert_eq!(two[299].flops, 300.0 * two[0].flops);

    let one = steps(Recipe { n_layer: 1, ..recipe });
    assert!(prefix_score(&one, 1) < 0.3 && mean_loss(&one[290..]) > 2.3);
}

#[test]
fn a_trained_model_can_be_read_and_cut() {
    let mut session = Session::new();
    session.handle(start(
        ONE,
        1,
        Work::Train(Recipe { steps: 300, snapshot_every: 100, ..Recipe::default() }),
    ));
    let trained = finish(&mut session);
    let snapshots: Vec<u32> = trained
        .iter()
        .filter_map(|event| match &event.report {
            Report::Snapshot { step, maps } => {
                assert_eq!((maps.len(), maps[0].len()), (2, 32 * 32));
                Some(*step)
            }
            _ => None,
        })
        .collect();
    assert_eq!(snapshots, [0, 100, 200, 300]);

    let copying = |session: &mut Session, ablated| {
        session.handle(start(TWO, 1, Work::Copy { trainer: ONE, ablated, seed: 9 }));
        match finish(session)[0].report {
            Report::Copying { loss, accuracy } => (loss, accuracy),
            ref other => panic!("{other:?}"),
        }
    };
    let (whole, cut) = (copying(&mut session, vec![]), copying(&mut session, vec![(1, 0)]));
    assert!(whole.1 > 0.6 && cut.1 < whole.1 - 0.3 && cut.0 > whole.0 + 1.0, "{whole:?} {cut:?}");

    let tokens: Vec<u16> = (0..30).map(|at| [3, 9, 14, 1, 20, 5, 7, 11, 2, 26][at % 10]).collect();
    session.handle(start(
        TWO,
        2,
        Work::Read {
            model: Model::Trained(ONE),
            prompt: Prompt::Tokens(tokens.clone()),
            ablated: vec![],
            top: 1,
            places: Places::All,
            attention: Attention::Maps,
        },
    ));
    let events = finish(&mut session);
    let Report::Reading { next, losses, attention, .. } = &events[0].report else { panic!("{events:?}") };
    assert_eq!((next.len(), losses.len(), attention.len()), (30, 29, 2));
    let right = (15..29).filter(|&at| next[at][0].token == tokens[at + 1]).count();
    assert!(right >= 9, "{right} of 14 copied");
}
