//! A small model continues a poem: does it keep the rules, and what does chance do to it?
//!
//! What to see: four lines of Chinese verse, or an English couplet, whose first line the reader puts together; each line
//! is measured as it comes, and the three rules are judged at the end. A tap on a word shows what else could have stood
//! there. Below, the share of poems that keep all rules at each size. Computed by the lab (`crates/worker`) on the
//! published weights; the scores are those of `content/models/manifest.json` and what is measured here.

use chapter::{FigureId, Language, Row};
use tasks::vocabulary::END;
use tasks::{Kind, Rule, Token};
use yew::prelude::*;

use super::scores::{ScoreBoard, Scores};
use super::vocabulary::{WORDS, word};
use super::writing::{Action, Answer, Live, TOP, rivals, use_writing, word_button};
use crate::components::{Failure, Segmented, Select, Slider, index_of, remark, rung_line, rung_slider};
use crate::figure::{BodyProps, Drawing, Figure, FigureData, FigureError, Rung, Series, State};
use crate::lab::{Prompt, Work};
use crate::locale::words::{loading_weights, model_failed, model_prepares};
use crate::plot::{DrawError, Frame, Look, Picture};

#[cfg(not(target_arch = "wasm32"))]
mod made;
mod words;

/// The figure `verse`.
#[derive(PartialEq)]
pub struct Verse;

/// A kind of poem.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// Four lines in Chinese.
    #[default]
    Verse,
    /// Two lines in English.
    Couplet,
}

impl Form {
    const ALL: [Self; 2] = [Self::Verse, Self::Couplet];

    fn code(self) -> &'static str {
        match self {
            Self::Verse => "verse",
            Self::Couplet => "couplet",
        }
    }

    fn kind(self) -> Kind {
        match self {
            Self::Verse => Kind::Verse,
            Self::Couplet => Kind::Couplets,
        }
    }

    /// The first line with these words in its slots, each after the words that always stand before it.
    fn pattern(self) -> &'static [&'static str] {
        match self {
            Self::Verse => &["在", "", "的", "", "", "", "，"],
            Self::Couplet => &["the", "", "", "", "", "the", "", ","],
        }
    }

    fn marks(self) -> [&'static str; 2] {
        match self {
            Self::Verse => ["，", "。"],
            Self::Couplet => [",", "."],
        }
    }

    fn n_slots(self) -> usize {
        self.pattern().iter().filter(|word| word.is_empty()).count()
    }

    /// Slots whose words together have a fixed length, and that length: the line then has nine characters or syllables.
    fn fixed(self) -> (usize, usize) {
        match self {
            Self::Verse => (2, 4),
            Self::Couplet => (4, 6),
        }
    }

    /// Characters or syllables of a line.
    fn line_length(self) -> usize {
        match self {
            Self::Verse => tasks::LINE_CHARACTERS,
            Self::Couplet => tasks::LINE_SYLLABLES,
        }
    }

    /// Lines that rhyme, from 0.
    fn rhyming(self) -> &'static [usize] {
        match self {
            Self::Verse => &[0, 1, 3],
            Self::Couplet => &[0, 1],
        }
    }
}

/// Most slots of a first line.
const MAX_SLOTS: usize = 5;

/// All that the reader can change.
#[derive(Clone, Debug, PartialEq)]
pub struct Controls {
    /// The kind of poem.
    form: Form,
    /// The word in each slot of the first line, by its index among those that fit there.
    first: [usize; MAX_SLOTS],
    /// 0 always takes the likeliest word, 1 draws from the model's own distribution.
    temperature: f64,
    /// Draw from so many of the likeliest words only; [`ALL_WORDS`] for no such limit.
    top_k: u16,
    /// Seed of the draws.
    seed: u32,
    /// The word whose rivals are shown, by its index in what the model wrote.
    at: Option<usize>,
    /// The size of model.
    rung: Rung,
}

impl Default for Controls {
    fn default() -> Self {
        Self {
            form: Form::default(),
            first: [0; MAX_SLOTS],
            temperature: 1.0,
            top_k: ALL_WORDS,
            seed: 1,
            at: None,
            rung: Rung::default(),
        }
    }
}

/// Highest temperature that the reader can choose.
const HOTTEST: f64 = 2.0;
/// At the right end of the slider of `top_k`: one more than it can hold back to.
const ALL_WORDS: u16 = 41;
/// Last of the seeds.
const LAST_SEED: f64 = 9_999.0;
impl crate::figure::Controls for Controls {
    fn to_state(&self) -> State {
        let own = Self::default();
        let first: Vec<String> = self.first[..self.form.n_slots()].iter().map(usize::to_string).collect();
        let state = State::default()
            .with_if(self.form != own.form, "form", self.form.code())
            .with_if(self.first != own.first, "w", first.join("."))
            .with_if(self.temperature != own.temperature, "t", self.temperature)
            .with_if(self.top_k != own.top_k, "k", self.top_k)
            .with_if(self.seed != own.seed, "s", self.seed)
            .with_if(self.at.is_some(), "at", self.at.unwrap_or_default());
        self.rung.write(state)
    }

    fn from_state(state: &State) -> Self {
        let own = Self::default();
        let form = state.choice("form", &Form::ALL, Form::code).unwrap_or_default();
        let mut first = own.first;
        let indices = state.text("w").unwrap_or_default().split('.').take(form.n_slots());
        for (slot, index) in first.iter_mut().zip(indices) {
            *slot = index.parse().unwrap_or_default();
        }
        let number = |name, range, own: f64| state.number(name, range).unwrap_or(own);
        Self {
            form,
            first,
            // Two digits are what the slider gives.
            temperature: (10.0 * number("t", 0.0..=HOTTEST, own.temperature)).round() / 10.0,
            top_k: number("k", 1.0..=ALL_WORDS.into(), own.top_k.into()) as u16,
            seed: number("s", 1.0..=LAST_SEED, own.seed.into()) as u32,
            at: state.number("at", 0.0..=63.0).map(|at| at as usize),
            rung: Rung::from_state(state),
        }
    }
}

/// Name of the table of the words of poems. Columns: form, token, slot of the first line (−1 for none), length in
/// characters or syllables, rhyme (−1 for none). The label is what an English reader is told of a Chinese word.
const POEM_WORDS: &str = "poem-words";

/// A word of poems.
#[derive(Clone, Copy, Debug, PartialEq)]
struct PoemWord<'a> {
    gloss: &'a str,
    token: Token,
    length: usize,
    rhyme: Option<usize>,
}

/// The words of one kind of poem.
struct Lexicon<'a> {
    form: Form,
    data: &'a FigureData,
    /// Words for each slot of the first line, those of the opening first.
    slots: Vec<Vec<PoemWord<'a>>>,
    /// All words.
    all: Vec<PoemWord<'a>>,
}

impl<'a> Lexicon<'a> {
    fn new(form: Form, data: &'a FigureData) -> Result<Self, FigureError> {
        let number =
            |index: usize, value: f64| (value >= 0.0).then_some(value as usize).filter(|_| index > 0);
        let read = |row: &'a Row| {
            let &[of, token, slot, length, rhyme] = &row.values[..] else { return None };
            let word = PoemWord {
                gloss: &row.label,
                token: token as Token,
                length: length as usize,
                rhyme: number(4, rhyme),
            };
            (of as usize == index_of(&Form::ALL, &form)).then_some((word, number(2, slot)))
        };
        let words: Vec<_> = data.table(POEM_WORDS)?.rows.iter().filter_map(read).collect();
        let slots = (0..form.n_slots())
            .map(|slot| words.iter().filter(|(_, own)| *own == Some(slot)).map(|(word, _)| *word).collect());
        let slots: Vec<Vec<PoemWord<'a>>> = slots.collect();
        if slots.iter().any(Vec::is_empty) {
            return Err(FigureError::Missing(form.code().to_owned()));
        }
        Ok(Self { form, data, slots, all: words.into_iter().map(|(word, _)| word).collect() })
    }

    fn find(&self, token: Token) -> Option<&PoemWord<'a>> {
        self.all.iter().find(|word| word.token == token)
    }

    fn text(&self, token: Token) -> &'a str {
        word(self.data, token, Language::En)
    }

    fn token(&self, text: &str) -> Token {
        let rows = self.data.table(WORDS).map(|table| &table.rows[..]).unwrap_or_default();
        rows.iter().position(|row| row.label == text).unwrap_or_default() as Token
    }

    /// Indices of the first line as near to these as the meter allows: words that do not exist are the first, and a
    /// line that would be too long or too short gets other words, in the slot `kept` last of all.
    fn fitted(&self, wanted: [usize; MAX_SLOTS], kept: usize) -> [usize; MAX_SLOTS] {
        let mut first = [0; MAX_SLOTS];
        for (slot, words) in self.slots.iter().enumerate() {
            first[slot] = if wanted[slot] < words.len() { wanted[slot] } else { 0 };
        }
        let (n_fixed, length) = self.form.fixed();
        let total = |first: &[usize]| -> usize {
            (0..n_fixed).map(|slot| self.slots[slot][first[slot]].length).sum()
        };
        let others = (0..n_fixed).rev().filter(|&slot| slot != kept);
        for slot in others.chain([kept.min(n_fixed - 1)]) {
            let own = self.slots[slot][first[slot]].length;
            let needed = (own + length).saturating_sub(total(&first));
            let off = |word: &PoemWord<'_>| word.length.abs_diff(needed);
            let words = self.slots[slot].iter().enumerate();
            if let Some((index, best)) = words.min_by_key(|(_, word)| off(word))
                && off(best) < own.abs_diff(needed)
            {
                first[slot] = index;
            }
        }
        first
    }

    /// The first line with its mark.
    fn line(&self, first: &[usize; MAX_SLOTS]) -> Vec<Token> {
        let mut own = self.slots.iter().zip(first).map(|(words, &index)| words[index].token);
        let pattern = self.form.pattern().iter();
        pattern
            .map(|&text| if text.is_empty() { own.next().unwrap_or_default() } else { self.token(text) })
            .collect()
    }

    /// Whether training never shows the first line.
    fn is_held_out(&self, first: &[usize; MAX_SLOTS]) -> bool {
        let [a, b, c, d] = std::array::from_fn(|slot| self.slots[slot][first[slot]].token);
        match self.form {
            // The chapter's own line is never shown, and is the opening's.
            Form::Verse => first[..4] == [0; 4] || tasks::is_line_held_out([a, b, c, d]),
            Form::Couplet => tasks::is_middle_held_out([a, b, c, d]),
        }
    }

    fn is_mark(&self, token: Token) -> bool {
        self.form.marks().contains(&self.text(token))
    }

    /// Characters or syllables of any word.
    fn length(&self, token: Token) -> usize {
        match (self.find(token), self.form) {
            (Some(word), _) => word.length,
            (None, Form::Verse) => self.text(token).chars().count(),
            (None, Form::Couplet) => 0,
        }
    }

    /// What can be said of each line of a poem, as far as it is written.
    fn lines(&self, tokens: &[Token]) -> Vec<Measured> {
        let lines = tokens.split_inclusive(|&token| self.is_mark(token));
        let mut measured: Vec<Measured> = Vec::new();
        let mut ends: Vec<Token> = Vec::new();
        // The end mark alone, after the last line, is no line.
        for (index, line) in lines.filter(|line| *line != [END]).enumerate() {
            let is_whole = line.last().is_some_and(|&token| self.is_mark(token) || token == END);
            let words = || line.iter().filter(|&&token| !self.is_mark(token) && token != END);
            let length = words().map(|&token| self.length(token)).sum();
            let end = words().next_back().copied();
            let rhyme = |token| self.find(token).and_then(|word| word.rhyme);
            let is_needed = self.form.rhyming().contains(&index);
            let rhymes = match (ends.first(), end) {
                (None, Some(end)) => rhyme(end).is_some(),
                (Some(&first), Some(end)) => {
                    rhyme(end).is_some() && rhyme(end) == rhyme(first) && !ends.contains(&end)
                }
                (_, None) => false,
            };
            if let Some(end) = end.filter(|_| is_needed) {
                ends.push(end);
            }
            measured.push(Measured {
                length,
                is_long_enough: is_whole.then_some(length == self.form.line_length()),
                rhymes: (is_needed && is_whole).then_some(rhymes),
            });
        }
        measured
    }
}

/// A line of a poem.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Measured {
    /// Characters or syllables.
    length: usize,
    /// Whether they are as many as they should be, once the line is whole.
    is_long_enough: Option<bool>,
    /// Whether it rhymes with the first line, once it is whole and where it should.
    rhymes: Option<bool>,
}

/// Parameters of GPT-3.
const GPT3_PARAMS: &str = "gpt3.params";

impl Figure for Verse {
    const ABILITIES: &'static [&'static str] = &["verse", "couplets"];
    const FACTS: &'static [&'static str] = &[GPT3_PARAMS];
    const HAS_RUNG: bool = true;
    const ID: FigureId = FigureId::Verse;
    const TABLES: &'static [&'static str] = &[];

    type Body = Body;
    type Controls = Controls;
    type View = Scores;

    #[cfg(not(target_arch = "wasm32"))]
    fn made() -> Vec<(String, chapter::DataTable)> {
        made::tables()
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

/// What the model is to write.
fn works(rung: &str, controls: &Controls, lexicon: &Lexicon<'_>) -> Vec<Work> {
    let first = lexicon.fitted(controls.first, 0);
    vec![Work::Write {
        rung: rung.to_owned(),
        prompt: Prompt::Poem(controls.form.kind(), lexicon.line(&first)),
        temperature: controls.temperature as f32,
        top_k: (controls.top_k < ALL_WORDS).then_some(controls.top_k),
        seed: controls.seed.into(),
        top: TOP,
        max_len: u8::MAX,
    }]
}

/// Controls, poem and picture.
#[component]
pub fn Body(props: &BodyProps<Verse>) -> Html {
    let BodyProps { data, controls, .. } = props;
    let language = props.language;
    // The shell asks for the same view and has shown the reason if there is none.
    let scores = Verse::view(controls, data).ok();
    let lexicon = Lexicon::new(controls.form, data).ok();
    let rung = scores.as_ref().map(|scores| scores.chosen().rung.clone()).unwrap_or_default();
    let asked = lexicon.as_ref().map(|lexicon| works(&rung, controls, lexicon)).unwrap_or_default();
    let live = use_writing(Verse::ID, &asked);
    let (Some(scores), Some(lexicon), Ok(ladder)) = (scores, lexicon, data.ladder()) else {
        return Html::default();
    };
    let set_rung = props.edit(|controls, rung| controls.rung = rung);
    let ability = Verse::ABILITIES[index_of(&Form::ALL, &controls.form)];

    html! {
        <>
            { Segmented {
                label: words::form_label(language),
                name: "verse-form",
                choices: Form::ALL.map(|form| words::form(form, language)).to_vec(),
                selected: index_of(&Form::ALL, &controls.form),
                on_select: props.edit(|controls, index| {
                    let own = Controls::default();
                    (controls.form, controls.first, controls.at) = (Form::ALL[index], own.first, None);
                }),
            }.view() }
            <div class="controls verse__first">{ for first_line(props, &lexicon) }</div>
            <div class="controls">
                { rung_slider(ladder, &controls.rung, language, &set_rung) }
                { Slider {
                    label: words::temperature(language).into(),
                    value: controls.temperature,
                    min: 0.0,
                    max: HOTTEST,
                    step: 0.1,
                    text: format!("{:.1}", controls.temperature),
                    on_input: props.edit(|controls, temperature: f64| {
                        (controls.temperature, controls.at) = ((10.0 * temperature).round() / 10.0, None);
                    }),
                }.view() }
                { Slider {
                    label: words::top_k(language).into(),
                    value: controls.top_k.into(),
                    min: 1.0,
                    max: ALL_WORDS.into(),
                    step: 1.0,
                    text: words::candidates(controls.top_k, language),
                    on_input: props.edit(|controls, top_k: f64| {
                        (controls.top_k, controls.at) = (top_k as u16, None);
                    }),
                }.view() }
            </div>
            <div class="chips">
                <button type="button" class="button" onclick={props.edit(|controls, _: MouseEvent| {
                    let next = if f64::from(controls.seed) < LAST_SEED { controls.seed + 1 } else { 1 };
                    (controls.seed, controls.at) = (next, None);
                })}>{ words::another(language) }</button>
            </div>
            { poem(props, &live, &lexicon) }
            { rung_line(ladder, &controls.rung, Some(ability), data.value(GPT3_PARAMS).unwrap_or(1.0), language) }
            <ScoreBoard
                figure={Verse::ID}
                drawing={Drawing::of::<Verse>(scores.clone())}
                {scores}
                tests={vec![tasks::Ability::Verse, tasks::Ability::Couplets]}
                data={data.clone()}
                on_measured={props.on_measured.clone()}
                on_rung={set_rung}
                {language}
            />
        </>
    }
}

/// A list of words for each slot of the first line.
fn first_line(props: &BodyProps<Verse>, lexicon: &Lexicon<'_>) -> Vec<Html> {
    let language = props.language;
    let first = lexicon.fitted(props.controls.first, 0);
    let list = |(slot, own): (usize, &Vec<PoemWord<'_>>)| {
        let shown = |word: &PoemWord<'_>| -> AttrValue {
            let text = lexicon.text(word.token);
            if language == Language::En && text != word.gloss {
                format!("{text} {}", word.gloss).into()
            } else {
                text.to_owned().into()
            }
        };
        let (controls, data) = (props.controls.clone(), props.data.clone());
        let on_select = props.on_change.reform(move |index| {
            let mut controls = controls.clone();
            if let Ok(lexicon) = Lexicon::new(controls.form, &data) {
                controls.first[slot] = index;
                (controls.first, controls.at) = (lexicon.fitted(controls.first, slot), None);
            }
            controls
        });
        Select {
            label: words::slot(lexicon.form, slot, language),
            choices: own.iter().map(shown).collect(),
            selected: first[slot],
            on_select,
        }
        .view()
    };
    lexicon.slots.iter().enumerate().map(list).collect()
}

/// The poem, its rules, and the rivals of one of its words.
fn poem(props: &BodyProps<Verse>, live: &UseReducerHandle<Live>, lexicon: &Lexicon<'_>) -> Html {
    let language = props.language;
    if let Some(reason) = &live.failure {
        let live = live.dispatcher();
        let on_retry = Callback::from(move |()| live.dispatch(Action::Retry));
        return html! { <Failure {language} message={model_failed(language)} reason={reason.clone()} {on_retry} /> };
    }
    let none = Answer::default();
    let answer = live.answers.first().unwrap_or(&none);
    let given = answer.prompt.get(1..).unwrap_or_default();
    let tokens: Vec<Token> =
        given.iter().copied().chain(answer.tokens.iter().map(|wrote| wrote.token)).collect();
    let mut next = 0_usize;
    let lines = tokens.split_inclusive(|&token| lexicon.is_mark(token)).zip(lexicon.lines(&tokens));
    let lines = lines.map(|(line, measured)| {
        let words = line.iter().map(|&token| {
            // What the reader has put together has no rivals.
            let index = next.checked_sub(given.len());
            next += 1;
            verse_word(props, token, index, lexicon)
        });
        let words: Vec<Html> = words.collect();
        html! {
            <li class="verse__line" lang={if lexicon.form == Form::Verse { "zh" } else { "en" }}>
                <span class="verse__words">{ words }</span>
                { measure(measured, lexicon.form, language) }
            </li>
        }
    });
    let lines: Vec<Html> = lines.collect();
    let outcome = match live.loading {
        Some((loaded, total)) => loading_weights(loaded, total, language),
        None if !live.is_done() => model_prepares(language).to_owned(),
        None => {
            let first = lexicon.fitted(props.controls.first, 0);
            words::outcome(answer, lexicon.is_held_out(&first), props.controls.temperature, language)
        }
    };
    html! {
        <>
            <ol class="verse" data-form={lexicon.form.code()} aria-busy={(!live.is_done()).to_string()}>{ lines }</ol>
            { rules(answer, language) }
            <div class="verse__outcome">{ remark(outcome) }</div>
            { rivals(props.controls.at.and_then(|at| answer.tokens.get(at)), |token| lexicon.text(token), language) }
        </>
    }
}

/// A word of the poem; one that the model wrote can be chosen, to see what else could stand there.
fn verse_word(props: &BodyProps<Verse>, token: Token, index: Option<usize>, lexicon: &Lexicon<'_>) -> Html {
    let text = match token {
        END => return Html::default(),
        _ => lexicon.text(token).to_owned(),
    };
    if lexicon.is_mark(token) {
        return html! { <span>{ text }</span> };
    }
    let gloss = lexicon.find(token).map(|word| word.gloss);
    let gloss = gloss.filter(|gloss| props.language == Language::En && *gloss != text).map(str::to_owned);
    let content = html! { <>{ text }if let Some(gloss) = gloss { <small lang="en">{ gloss }</small> }</> };
    let Some(index) = index else {
        return html! { <span class="word" data-given="">{ content }</span> };
    };
    let is_chosen = props.controls.at == Some(index);
    let choose = props.edit(|controls, at: Option<usize>| controls.at = at);
    word_button(content, is_chosen, &choose.reform(move |()| (!is_chosen).then_some(index)))
}

/// Length and rhyme of a line.
fn measure(line: Measured, form: Form, language: Language) -> Html {
    let part = |text: String, is_kept: Option<bool>| {
        let mark = match is_kept {
            Some(true) => " ✓",
            Some(false) => " ✗",
            None => "",
        };
        html! { <span data-kept={is_kept.map(|is_kept| is_kept.to_string())}>{ text }{ mark }</span> }
    };
    html! {
        <span class="verse__measure" lang={language.tag()}>
            { part(words::length(line.length, form, language), line.is_long_enough) }
            if line.rhymes.is_some() { { part(words::rhyme(language).to_owned(), line.rhymes) } }
        </span>
    }
}

/// The three rules, which light up when the poem is judged.
fn rules(answer: &Answer, language: Language) -> Html {
    let kept = |rule: Rule| {
        let grade = answer.grade.as_ref()?;
        grade.rules.iter().find(|own| own.rule == rule).map(|own| own.kept)
    };
    let light = |rule: Rule| {
        let kept = kept(rule);
        html! {
            <li data-kept={kept.map(|kept| kept.to_string())}>
                { words::rule(rule, language) }
                { match kept { Some(true) => " ✓", Some(false) => " ✗", None => " …" } }
            </li>
        }
    };
    html! { <ul class="verse__rules">{ for [Rule::Grammar, Rule::Rhyme, Rule::Meter].map(light) }</ul> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Controls as _;
    use crate::figures::writing::opening;

    fn controls(state: &str) -> Controls {
        Controls::from_state(&State::parse(state))
    }

    fn data() -> FigureData {
        FigureData::of::<Verse>()
    }

    fn say(lexicon: &Lexicon<'_>, tokens: &[Token]) -> String {
        tokens.iter().map(|&token| lexicon.text(token)).collect()
    }

    #[test]
    fn a_state_and_its_address_are_the_same() {
        for state in ["form=couplet&w=1.0.0.0.5&t=0.7&k=5&s=12&at=3&rung=1x8", "t=0", "k=1", "w=0.0.1.0"] {
            assert_eq!(controls(state).to_state().to_string(), state);
        }
        assert_eq!(controls("form=ode&w=x&t=hot&k=&s=-&at=x"), Controls::default());
        assert_eq!(controls("t=99&s=1e9").to_state().to_string(), "t=2&s=9999");
    }

    #[test]
    fn the_opening_is_the_chapters_first_line() {
        let data = data();
        let lexicon = Lexicon::new(Form::Verse, &data).unwrap();
        assert_eq!(say(&lexicon, &lexicon.line(&[0; MAX_SLOTS])), "在数据的海洋里游弋，");
        assert!(lexicon.is_held_out(&[0; MAX_SLOTS]));
        let couplets = Lexicon::new(Form::Couplet, &data).unwrap();
        let first = couplets.fitted([0; MAX_SLOTS], 0);
        assert_eq!(first, [0; MAX_SLOTS], "the opening fits");
        assert!(couplets.is_held_out(&first), "{}", say(&couplets, &couplets.line(&first)));
    }

    #[test]
    fn whatever_is_chosen_the_first_line_is_one_of_the_language() {
        let data = data();
        let corpus = tasks::Corpus::new();
        let mut rng = tasks::Rng::new(3);
        for form in Form::ALL {
            let lexicon = Lexicon::new(form, &data).unwrap();
            for _ in 0..300 {
                let wanted = std::array::from_fn(|_| rng.below(20));
                let kept = rng.below(form.n_slots());
                let first = lexicon.fitted(wanted, kept);
                let line = lexicon.line(&first);
                assert!(
                    corpus.poem(form.kind(), &line, &mut rng).is_some(),
                    "{wanted:?} {kept}: {}",
                    say(&lexicon, &line)
                );
                if wanted[kept] < lexicon.slots[kept].len() {
                    assert_eq!(first[kept], wanted[kept], "the word just chosen stays");
                }
            }
        }
    }

    #[test]
    fn lines_are_measured_as_the_judge_does() {
        let data = data();
        let corpus = tasks::Corpus::new();
        let mut rng = tasks::Rng::new(4);
        for (form, ability) in
            [(Form::Verse, tasks::Ability::Verse), (Form::Couplet, tasks::Ability::Couplets)]
        {
            let lexicon = Lexicon::new(form, &data).unwrap();
            for _ in 0..200 {
                let item = corpus.item(ability, &mut rng);
                let mut answer = item.reference.clone();
                // Some poems are spoilt.
                if rng.below(2) == 0 {
                    let at = rng.below(answer.len() - 1);
                    answer[at] = lexicon.all[rng.below(lexicon.all.len())].token;
                }
                let grade = corpus.grade(&item, &answer);
                let poem = [&item.prompt[1..], &answer].concat();
                let lines = lexicon.lines(&poem);
                let n_lines = if form == Form::Verse { 4 } else { 2 };
                if lines.len() == n_lines && lexicon.text(poem[poem.len() - 2]) == form.marks()[1] {
                    let meter = lines.iter().all(|line| line.is_long_enough == Some(true));
                    assert_eq!(grade.keeps(Rule::Meter), Some(meter), "{}", say(&lexicon, &poem));
                    let rhyme = lines.iter().all(|line| line.rhymes != Some(false));
                    assert_eq!(grade.keeps(Rule::Rhyme), Some(rhyme), "{}", say(&lexicon, &poem));
                }
            }
        }
    }

    #[test]
    fn the_largest_model_opens_with_a_poem_that_keeps_the_rules() {
        let data = data();
        for form in Form::ALL {
            let controls = Controls { form, ..Controls::default() };
            let lexicon = Lexicon::new(form, &data).unwrap();
            let live = opening(&works("6x128", &controls, &lexicon));
            assert!(live.is_done(), "{:?}", live.failure);
            let answer = &live.answers[0];
            let grade = answer.grade.as_ref().unwrap();
            assert_eq!(grade.rules.len(), 3);
            assert!(answer.tokens.iter().all(|wrote| wrote.next.len() == usize::from(TOP)));
            println!(
                "{} {:?}",
                say(&lexicon, &answer.tokens.iter().map(|one| one.token).collect::<Vec<_>>()),
                grade.rules
            );
            let small = opening(&works("1x8", &controls, &lexicon));
            assert!(!small.answers[0].grade.as_ref().unwrap().correct, "the smallest does not");
        }
    }

    #[test]
    fn a_hotter_or_another_draw_is_another_poem() {
        let data = data();
        let lexicon = Lexicon::new(Form::Verse, &data).unwrap();
        let written = |state: &str| {
            let live = opening(&works("4x64", &controls(state), &lexicon));
            live.answers[0].tokens.iter().map(|wrote| wrote.token).collect::<Vec<_>>()
        };
        assert_eq!(written("t=0&s=1"), written("t=0&s=2"), "without chance there is one poem");
        assert_eq!(written("t=0"), written("k=1"), "the likeliest word is the first of them");
        assert_ne!(written("s=1"), written("s=2"));
    }
}
