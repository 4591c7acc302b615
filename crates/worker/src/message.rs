//! What goes between a page and its lab.
//!
//! A *client* is whoever wants something of its own: usually a figure, or one part of a figure whose work should not
//! replace that of another part. A client has at most one *run*: to start the next ends the one before. Events carry
//! client and run, so that those of an ended run that were already on the way can be told apart and dropped.
//!
//! Nothing here computes: this is all that the page links.

use serde::{Deserialize, Serialize};
use tasks::{Ability, Kind, Line, Pair, Rule, Story, Style, Task, Token};

use crate::induction::Recipe;
use crate::language::{AbilityWire, KindWire, LineWire, PairWire, RuleWire, StoryWire, StyleWire, TaskWire};

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ClientId(pub u32);

impl ClientId {
    /// In events that belong to nobody: the answer to bytes that are no request.
    pub const NOBODY: Self = Self(u32::MAX);
}

/// One of a client's runs. The client counts them itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunId(pub u32);

/// What a page asks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Do this instead of what the client wanted before.
    Start {
        /// Who asks.
        client: ClientId,
        /// Comes back in every event.
        run: RunId,
        /// What to do.
        work: Work,
    },
    /// Stop until [`Resume`](Self::Resume), which goes on exactly where it was.
    Pause(ClientId),
    /// Go on.
    Resume(ClientId),
    /// End the run without a further event, and forget the client with the model that it trained.
    Leave(ClientId),
    /// Whether the reader sees the client's figure. Work for what is seen gets most of the time; work for the rest
    /// goes on slowly.
    Seen(ClientId, Visibility),
    /// Whether the reader sees the page at all. Nothing runs for a hidden page.
    Page(Visibility),
}

/// Whether something is on the reader's screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Visibility {
    /// It is.
    Visible,
    /// It is not.
    Hidden,
}

/// What the lab can do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Work {
    /// Read a prompt: [`Report::Reading`].
    Read {
        /// Which model reads.
        model: Model,
        /// What it reads.
        prompt: Prompt,
        /// Heads that are cut off, as layer and head from 0.
        ablated: Vec<(u8, u8)>,
        /// How many guesses of the next token to report.
        top: u8,
        /// Whether to guess after every token, or only what follows the last one.
        places: Places,
        /// What to report of where heads looked.
        attention: Attention,
    },
    /// Continue a prompt token by token: [`Report::Asked`], a [`Report::Wrote`] for each token, and [`Report::Graded`]
    /// if the prompt has a right answer.
    Write {
        /// Name of the model, such as `4x64`.
        rung: String,
        /// What to continue.
        prompt: Prompt,
        /// 0 always takes the most likely token, 1 draws from the model's own distribution.
        temperature: f32,
        /// Draw from so many of the most likely tokens only.
        top_k: Option<u16>,
        /// Seed of the draws.
        seed: u64,
        /// How many guesses to report with each token.
        top: u8,
        /// Most tokens to write. Writing also ends at the end mark, at the end of the context, and where the prompt
        /// has a right answer without an end mark, at its length.
        max_len: u8,
    },
    /// Measure tests on fresh items in turns: [`Report::Tallies`] as the counts grow.
    Score {
        /// Name of the model.
        rung: String,
        /// What to test.
        tests: Vec<Test>,
        /// Items of each test.
        items: u32,
        /// Seed of the items and of what is drawn in answers.
        seed: u64,
    },
    /// Measure the loss on fresh rows like those of training: [`Report::Losses`] as the rows grow.
    Loss {
        /// Name of the model.
        rung: String,
        /// Rows of each kind.
        rows: u32,
        /// Seed of the rows.
        seed: u64,
    },
    /// Train a small attention-only model from scratch: [`Report::Began`], a [`Report::Step`] for each step, and a
    /// [`Report::Snapshot`] now and then. The model can be read ([`Model::Trained`]) from its first snapshot on.
    Train(Recipe),
    /// Measure how well the model that a client trained copies on fresh sequences, with heads cut off:
    /// [`Report::Copying`].
    Copy {
        /// Who trained it.
        trainer: ClientId,
        /// Heads that are cut off, as layer and head from 0.
        ablated: Vec<(u8, u8)>,
        /// Seed of the sequences.
        seed: u64,
    },
    /// A checksum of a model's weights as they are in memory: [`Report::Checksum`].
    Checksum {
        /// Which model.
        model: Model,
    },
}

/// A model that the lab has or can get.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Model {
    /// A trained model of the essay by its name, such as `4x64`; fetched when first asked for.
    Rung(String),
    /// What a client has trained here.
    Trained(ClientId),
}

/// Something to read or to continue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Prompt {
    /// Any tokens, with the kind's marker first.
    Tokens(Vec<Token>),
    /// The first line of a poem of this kind, with its mark at the end; the rest is asked for.
    Poem(#[serde(with = "KindWire")] Kind, Vec<Token>),
    /// A problem of things given away.
    Problem(#[serde(with = "StoryWire")] Story, #[serde(with = "StyleWire")] Style),
}

/// A kind of question with a right answer.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Test {
    /// One of the published abilities.
    Ability(#[serde(with = "AbilityWire")] Ability),
    /// Examples of one task.
    Task {
        /// The task.
        #[serde(with = "TaskWire")]
        task: Task,
        /// Whether training shows the pair that is asked for. The examples' pairs it does show, and if that too is
        /// asked for, a prompt of at most two examples can be the beginning of a row of training.
        #[serde(with = "PairWire")]
        pair: Pair,
        /// Examples before the question, at most 19.
        shots: u8,
        /// Whether the examples are right.
        labels: Labels,
    },
    /// A map of two to six letters that is made up for the prompt; a key of one of its examples is asked for.
    Map {
        /// Examples before the question, at most 19. Without any the question cannot be answered.
        shots: u8,
    },
}

/// Whether examples are right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Labels {
    /// They are.
    True,
    /// Each has the answer of the next one, and the last that of the first.
    Shuffled,
}

/// After which tokens to guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Places {
    /// After each.
    All,
    /// After the last.
    Last,
}

/// What to report of where heads looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Attention {
    /// Nothing.
    None,
    /// Where every head looked from the last token.
    Last,
    /// The whole map of one head.
    Head {
        /// Layer, from 0.
        layer: u8,
        /// Head, from 0.
        head: u8,
    },
    /// The whole maps of all heads.
    Maps,
}

/// What the lab tells a page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Whose run.
    pub client: ClientId,
    /// Which run.
    pub run: RunId,
    /// What happened.
    pub report: Report,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Report {
    /// The run waits for weights, of which so many bytes are there.
    Loading {
        /// Bytes that have come.
        loaded: u32,
        /// Bytes in all.
        total: u32,
    },
    /// What was read.
    Reading {
        /// The tokens of the prompt.
        prompt: Vec<Token>,
        /// A right answer, if there is one.
        reference: Vec<Token>,
        /// The most likely next tokens after each place that was asked for, the likeliest first.
        next: Vec<Vec<Guess>>,
        /// For [`Places::All`], how surprising each token of the prompt after the first was, nats.
        losses: Vec<f32>,
        /// The maps that were asked for, layer by layer and head by head.
        attention: Vec<AttentionMap>,
    },
    /// A prompt with a right answer; both empty for none.
    Asked {
        /// The prompt.
        prompt: Vec<Token>,
        /// A right answer, empty if any will do.
        reference: Vec<Token>,
    },
    /// The next token that was written.
    Wrote {
        /// The token and its probability in the distribution that it was drawn from.
        token: Guess,
        /// The most likely tokens in the model's own distribution.
        next: Vec<Guess>,
    },
    /// How good an answer is.
    Graded(Grade),
    /// Counts so far, one for each test.
    Tallies(Vec<Tally>),
    /// Losses so far.
    Losses {
        /// Each kind of row.
        kinds: Vec<KindLoss>,
        /// The loss on the mixture that was trained on, nats per token.
        mixture: f32,
        /// Standard error of that mean over rows, nats.
        standard_error: f32,
    },
    /// Training begins.
    Began {
        /// The sequence whose attention maps the snapshots show.
        probe: Vec<Token>,
        /// Its period.
        period: u8,
        /// Parameters of the model.
        params: u32,
    },
    /// A training step was made.
    Step(Step),
    /// How far the model is after so many steps.
    Snapshot {
        /// Steps made.
        step: u32,
        /// The attention maps of the probe, layer by layer and head by head: each `[32, 32]`, row-major, in units of
        /// 1/255.
        maps: Vec<Vec<u8>>,
    },
    /// How well a model copies.
    Copying {
        /// Mean loss of repeated tokens, nats.
        loss: f32,
        /// Share of repeated tokens that were the most likely one.
        accuracy: f32,
    },
    /// FNV-1a over the bits of the weights.
    Checksum(u32),
    /// The run is at its end.
    Finished,
    /// The run cannot go on.
    Failed(Problem),
}

/// Why a run cannot go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Problem {
    /// Bytes that are no message.
    #[error("a message was damaged on its way")]
    Damaged,
    /// The request asks for what there is not.
    #[error("{0}")]
    Refused(String),
    /// The weights could not be had.
    #[error("the weights of {rung} could not be loaded: {reason}")]
    Weights {
        /// Name of the model.
        rung: String,
        /// What went wrong.
        reason: String,
    },
    /// The lab's program broke down; only the page can tell.
    #[error("the lab broke down: {0}")]
    Crashed(String),
}

/// A token and how likely it is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Guess {
    /// The token.
    pub token: Token,
    /// Its probability.
    pub prob: f32,
}

/// Where one head looked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AttentionMap {
    /// Layer, from 0.
    pub layer: u8,
    /// Head, from 0.
    pub head: u8,
    /// One row of probabilities over all tokens for each token, or for the last one only.
    pub probs: Vec<f32>,
}

/// A rule of an answer, and whether it was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The rule.
    #[serde(with = "RuleWire")]
    pub rule: Rule,
    /// Whether the answer keeps it.
    pub kept: bool,
}

/// How good an answer is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grade {
    /// It keeps every rule, or, where there are none, equals the reference.
    pub correct: bool,
    /// It equals the reference.
    pub exact: bool,
    /// The rules.
    pub rules: Vec<Kept>,
    /// Each line of a problem's answer in steps.
    pub lines: Vec<Judged>,
}

/// What is true of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged(#[serde(with = "LineWire")] pub Line);

/// A test's counts so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tally {
    /// Items.
    pub items: u32,
    /// Items that the model answered right; see [`wilson`](crate::wilson) for how sure their share is.
    pub correct: u32,
    /// Items of which every token of the reference was the most likely one.
    pub exact: u32,
    /// Tokens of the references.
    pub tokens: u32,
    /// Those that were the most likely one.
    pub matched: u32,
    /// Summed loss of the references' tokens, nats.
    pub nats: f64,
}

/// The loss on one kind of row so far.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct KindLoss {
    /// The kind.
    #[serde(with = "KindWire")]
    pub kind: Kind,
    /// Rows.
    pub rows: u32,
    /// Nats per token.
    pub loss: f32,
    /// Standard error of that mean over rows, nats.
    pub standard_error: f32,
}

/// One training step, measured on its own batch before the weights change: sequences that the model has never seen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Number of the step, from 0.
    pub step: u32,
    /// Mean loss of all tokens, nats.
    pub loss: f32,
    /// Mean loss of tokens in repeats, nats.
    pub repeat_loss: f32,
    /// Share of tokens in repeats that were the most likely one.
    pub repeat_accuracy: f32,
    /// For each head, layer by layer: attention from a repeated token to what followed its earlier occurrences.
    pub prefix: Vec<f32>,
    /// For each head, layer by layer: attention to the token before.
    pub previous: Vec<f32>,
    /// Floating-point operations of all steps up to and with this one.
    pub flops: f64,
}

/// Bytes that are no message of this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the bytes are no message")]
pub struct Damaged;

/// The bytes of a message.
///
/// # Panics
/// Never: messages hold nothing that the format lacks.
pub fn encode<T: Serialize>(message: &T) -> Vec<u8> {
    match postcard::to_allocvec(message) {
        Ok(bytes) => bytes,
        Err(_) => unreachable!("a message has only what the format can write"),
    }
}

/// The message in some bytes.
///
/// # Errors
/// [`Damaged`] if they are none, or more than one.
pub fn decode<T: for<'de> Deserialize<'de>>(bytes: &[u8]) -> Result<T, Damaged> {
    match postcard::take_from_bytes(bytes) {
        Ok((message, [])) => Ok(message),
        _ => Err(Damaged),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tasks::{Family, Language};

    fn requests() -> Vec<Request> {
        let start = |work| Request::Start { client: ClientId(7), run: RunId(300), work };
        let write = |prompt| {
            start(Work::Write {
                rung: "2x16".to_owned(),
                prompt,
                temperature: 0.5,
                top_k: Some(3),
                seed: 1,
                top: 5,
                max_len: 64,
            })
        };
        let task = Task::Translate { from: Language::English, to: Language::Chinese };
        let ability = Ability::Examples { family: Family::Letters, pair: Pair::HeldOut, shots: 8 };
        vec![
            Request::Pause(ClientId(1)),
            Request::Seen(ClientId(1), Visibility::Hidden),
            start(Work::Checksum { model: Model::Rung("4x64".to_owned()) }),
            start(Work::Train(Recipe::default())),
            write(Prompt::Tokens(vec![1, 600])),
            write(Prompt::Problem(Story::CHAPTER, Style::Steps)),
            write(Prompt::Poem(Kind::Couplets, vec![1, 2])),
            start(Work::Score {
                rung: "4x64".to_owned(),
                tests: vec![Test::Task { task, pair: Pair::Seen, shots: 3, labels: Labels::Shuffled }],
                items: 9,
                seed: 1,
            }),
            start(Work::Score {
                rung: "4x64".to_owned(),
                tests: vec![Test::Ability(ability)],
                items: 200,
                seed: u64::MAX,
            }),
        ]
    }

    #[test]
    fn messages_survive_the_way() {
        for request in requests() {
            assert_eq!(decode(&encode(&request)), Ok(request));
        }
    }

    #[test]
    fn damaged_messages_are_errors_or_other_messages_but_never_panics() {
        for request in requests() {
            let bytes = encode(&request);
            for len in 0..bytes.len() {
                assert_eq!(decode::<Request>(&bytes[..len]), Err(Damaged), "{request:?} cut to {len}");
            }
            assert_eq!(decode::<Request>(&[&bytes[..], &[0]].concat()), Err(Damaged));
            for at in 0..bytes.len() {
                for bit in 0..8 {
                    let mut bytes = bytes.clone();
                    bytes[at] ^= 1 << bit;
                    // Whatever comes out was read to its end.
                    if let Ok(other) = decode::<Request>(&bytes) {
                        assert_eq!(decode(&encode(&other)), Ok(other));
                    }
                }
            }
        }
    }
}
