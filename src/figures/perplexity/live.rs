//! A row of the models' language that training never shows, and how sure a model was of each of its words.

use std::rc::Rc;

use chapter::{Language, Row};
use scaling::Nats;
use tasks::Token;
use yew::prelude::*;

use super::{Controls, Perplexity, words};
use crate::components::{
    Chips, Failure, Guessed, Readout, Segmented, guess_bars, readouts, remark, rung_line, rung_slider,
};
use crate::figure::{BodyProps, Figure as _, FigureData};
use crate::figures::vocabulary::word;
use crate::hooks::use_lab;
use crate::lab::{Attention, Guess, Model, Places, Prompt, Report, Work};
use crate::locale::number::significant;
use crate::locale::words::{loading_weights, model_failed, model_prepares};

/// Name of the table of rows: a row's kind, and its tokens.
pub const ROWS: &str = "perplexity-rows";
/// Most rows that an address can name.
pub const MAX_ROWS: usize = 9;
/// Most words of a row.
pub const MAX_WORDS: usize = 63;
/// Guesses that are shown for a word.
const TOP: u8 = 5;

/// The rows, drawn by the build from what training never shows.
#[cfg(not(target_arch = "wasm32"))]
pub fn made() -> Vec<(String, chapter::DataTable)> {
    use std::sync::LazyLock;

    use tasks::{Corpus, Kind, Rng, Split};

    use crate::figures::vocabulary::{self, WORDS};
    use crate::stage::{row, table};

    /// The shortest of so many rows fits a phone best.
    const DRAWS: usize = 200;
    /// Tokens after which a row is cut off: of examples the mark and nine pairs, of verse about two lines.
    const CUT: usize = 1 + 9 * 3;
    const KINDS: [Kind; 4] = [Kind::Verse, Kind::Couplets, Kind::Arithmetic, Kind::Examples];

    static TABLES: LazyLock<[(String, chapter::DataTable); 2]> = LazyLock::new(|| {
        let corpus = Corpus::new();
        let rows = KINDS.map(|kind| {
            let mut rng = Rng::new(1);
            let drawn = (0..DRAWS).map(|_| corpus.sample_kind(kind, &mut rng, Split::Test));
            let shortest = drawn.min_by_key(|row| row.tokens().len()).expect("some were drawn");
            row(kind.name(), shortest.tokens().iter().take(CUT).map(|&token| token.into()).collect())
        });
        let rows = table(chapter::Provenance::Project, &["token"], rows.into());
        [(WORDS.to_owned(), vocabulary::made(&corpus)), (ROWS.to_owned(), rows)]
    });
    TABLES.to_vec()
}

fn tokens(row: &Row) -> Vec<Token> {
    row.values.iter().map(|&token| token as Token).collect()
}

/// What the lab has told about the row that was asked for last.
#[derive(Default)]
struct Live {
    asked: Option<(String, Vec<Token>)>,
    /// Guesses after each token.
    next: Vec<Vec<Guess>>,
    /// How surprising each token after the first was, nats.
    losses: Vec<f32>,
    loading: Option<(u32, u32)>,
    problem: Option<String>,
}

impl Live {
    fn hear(&mut self, report: Report) {
        match report {
            Report::Loading { loaded, total } => self.loading = Some((loaded, total)),
            Report::Reading { next, losses, .. } => {
                (self.next, self.losses, self.loading) = (next, losses, None);
            }
            Report::Failed(problem) => (self.loading, self.problem) = (None, Some(problem.to_string())),
            _ => {}
        }
    }
}

/// The words of a row, how surprised a model of the reader's choice was by each, and the guesses for one of them.
#[component]
pub fn Sentence(props: &BodyProps<Perplexity>) -> Html {
    let BodyProps { data, controls, .. } = props;
    let language = props.language;
    let live = use_mut_ref(Live::default);
    let redraw = use_force_update();
    let lab = use_lab(Perplexity::ID, {
        let (live, redraw) = (Rc::clone(&live), redraw.clone());
        move |report| {
            live.borrow_mut().hear(report);
            redraw.force_update();
        }
    });
    let rows = data.table(ROWS).map(|table| &table.rows[..]).unwrap_or_default();
    let chosen = controls.row.min(rows.len().saturating_sub(1));
    let row = rows.get(chosen).map(tokens).unwrap_or_default();
    let rung = data.ladder().ok().and_then(|ladder| controls.rung.of(ladder));
    let asked = (rung.map(|rung| rung.name.clone()).unwrap_or_default(), row.clone());
    let ask = {
        let live = Rc::clone(&live);
        Callback::from(move |(rung, row): (String, Vec<Token>)| {
            *live.borrow_mut() = Live { asked: Some((rung.clone(), row.clone())), ..Live::default() };
            lab.start(Work::Read {
                model: Model::Rung(rung),
                prompt: Prompt::Tokens(row),
                ablated: Vec::new(),
                top: TOP,
                places: Places::All,
                attention: Attention::None,
            });
        })
    };
    use_effect_with(asked.clone(), {
        let ask = ask.clone();
        move |asked| ask.emit(asked.clone())
    });
    let Ok(ladder) = data.ladder() else { return Html::default() };

    let live = live.borrow();
    // What was read of another row or by another model says nothing about this one.
    let is_fresh = live.asked.as_ref() == Some(&asked) && live.losses.len() + 1 == row.len();
    let losses = if is_fresh { &live.losses[..] } else { &[] };
    let at = controls.at.clamp(1, row.len().saturating_sub(1).max(1));
    let choose = props.on_change.reform({
        let controls = controls.clone();
        move |at| Controls { at, ..controls.clone() }
    });
    let shown = |index: usize, &token: &Token| {
        let loss = index.checked_sub(1).and_then(|index| losses.get(index));
        show_word(
            data,
            token,
            loss,
            (index > 0).then(|| (index == at, choose.reform(move |_: MouseEvent| index))),
            language,
        )
    };
    let guesses = if is_fresh { live.next.get(at - 1).map_or(&[][..], Vec::as_slice) } else { &[] };
    let guesses = guesses.iter().map(|guess| Guessed {
        word: word(data, guess.token, language),
        prob: guess.prob.into(),
        is_right: row.get(at) == Some(&guess.token),
    });
    let said = match (&live.problem, live.loading) {
        (Some(reason), _) => {
            let on_retry = ask.reform(move |()| asked.clone());
            html! { <Failure {language} message={model_failed(language)} reason={reason.clone()} {on_retry} /> }
        }
        (None, Some((loaded, total))) => remark(loading_weights(loaded, total, language)),
        (None, None) if !is_fresh => remark(model_prepares(language).to_owned()),
        (None, None) => outcome(props, losses, language),
    };
    html! {
        <>
            { Segmented {
                label: words::row_label(language),
                name: "perplexity-row",
                choices: rows.iter().map(|row| words::kind(&row.label, language)).collect(),
                selected: chosen,
                on_select: props.edit(|controls, row| (controls.row, controls.at) = (row, 2)),
            }.view() }
            <div class="controls">
                { rung_slider(ladder, &controls.rung, language, &props.edit(|controls, rung| controls.rung = rung)) }
            </div>
            <ol class="surprise" aria-busy={(!is_fresh).to_string()}>
                { for row.iter().enumerate().map(|(index, token)| shown(index, token)) }
            </ol>
            <p class="segmented__label">{ words::guesses(row.get(at).map_or("", |&token| word(data, token, language)), language) }</p>
            { guess_bars(guesses, is_fresh) }
            <div class="surprise__outcome">{ said }</div>
            { rung_line(ladder, &controls.rung, None, data.value(super::GPT3_PARAMS).unwrap_or(1.0), language) }
        </>
    }
}

/// One word with the number of equally likely words that it was as surprising as; to be chosen, unless it is the mark
/// that the row begins with.
fn show_word(
    data: &FigureData,
    token: Token,
    loss: Option<&f32>,
    choice: Option<(bool, Callback<MouseEvent>)>,
    language: Language,
) -> Html {
    let text = word(data, token, language);
    let Some((is_chosen, onclick)) = choice else {
        return html! { <li><span class="surprise__word surprise__word--mark">{ text }</span></li> };
    };
    if !crate::IS_PAGE {
        // Nothing listens where no script runs.
        return html! { <li><span class="surprise__word">{ text }<small>{ "…" }</small></span></li> };
    }
    let among = loss.map(|&loss| Nats(loss.into()).perplexity());
    // A shade for each fourfold: 1 to 4 words, up to 16, up to 64, and more.
    let shade = among.map_or(0, |among| (among.log2() / 2.0).clamp(0.0, 3.0) as u8);
    let among = among.map_or_else(|| "…".to_owned(), |among| significant(among, Some(2)));
    html! {
        <li>
            <button type="button" class="surprise__word" aria-pressed={is_chosen.to_string()} data-shade={shade.to_string()} {onclick}>
                { text }<small>{ among }</small>
            </button>
        </li>
    }
}

/// The perplexity of the whole row, and a way to set the board above to it.
fn outcome(props: &BodyProps<Perplexity>, losses: &[f32], language: Language) -> Html {
    let mean = losses.iter().sum::<f32>() / losses.len() as f32;
    let perplexity = Nats(mean.into()).perplexity();
    let text = significant(perplexity, Some(3));
    let readout = |label, value| Readout { label, value };
    html! {
        <>
            { readouts([
                readout(words::row_perplexity(language), text.clone()),
                readout(words::mean_loss(language), significant(mean.into(), Some(3))),
            ]) }
            { Chips {
                label: words::board(language),
                chips: vec![(format!("k = {text}"), perplexity)],
                on_pick: props.edit(|controls, value: f64| controls.words = value.clamp(super::WORDS.0, super::WORDS.1)),
            }.view() }
        </>
    }
}
