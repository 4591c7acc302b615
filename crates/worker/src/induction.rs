//! The small model whose induction heads form while the reader looks on (Olsson et al. 2022, "In-context learning and
//! induction heads"): recipe, sequences, and the scores that show the heads.
//!
//! Attention only, width 32, one head a layer, rotary positions; every sequence repeats a random string of its own
//! period. The settings are those that the project's prototypes found to make the change sharp and reliable.

use serde::{Deserialize, Serialize};
use transformer::model::Workspace;
use transformer::{Architecture, Config, Error, Generator, Unembedding};

/// Tokens that sequences are made of.
pub const VOCAB_SIZE: usize = 28;
/// Tokens of a sequence.
pub const CONTEXT_LEN: usize = 32;
/// Sequences in a training step.
pub const BATCH: usize = 16;

/// Base of the rotary frequencies: the longest wavelength is about twenty contexts.
const ROTARY_BASE: f32 = 100.0;

/// What to train and on what.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recipe {
    /// Layers. An induction head needs the layer below it, so one layer never gets there.
    pub n_layer: u8,
    /// Width of the residual stream.
    pub d_model: u8,
    /// Heads in each layer; their width is `d_model / n_head`.
    pub n_head: u8,
    /// How positions are told apart.
    pub positions: Positions,
    /// How long the repeated strings are.
    pub periods: Periods,
    /// How tokens are drawn.
    pub tokens: Tokens,
    /// Seed of the weights and the sequences.
    pub seed: u64,
    /// Steps in all, at most 5,000.
    pub steps: u32,
    /// Steps between snapshots of the attention maps.
    pub snapshot_every: u32,
}

/// How a model tells positions apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Positions {
    /// By rotation, so that heads see distances.
    Rotary,
    /// By a trained vector for each position.
    Learned,
}

/// How long the repeated strings are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Periods {
    /// 8 to 16, drawn for each sequence.
    Random,
    /// Always 16: with learned positions a head may then look at a fixed place instead of matching anything.
    Fixed,
}

/// How tokens are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tokens {
    /// All equally likely.
    Uniform,
    /// The r-th with probability proportional to 1/r, as words are.
    Zipf,
}

impl Default for Recipe {
    /// Two layers of one head: of eight seeds of the prototype all changed, around step 185.
    fn default() -> Self {
        Self {
            n_layer: 2,
            d_model: 32,
            n_head: 1,
            positions: Positions::Rotary,
            periods: Periods::Random,
            tokens: Tokens::Uniform,
            seed: 1,
            steps: 450,
            snapshot_every: 10,
        }
    }
}

/// The recipe and the ways to make it fail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Variant {
    /// The recipe itself.
    #[default]
    TwoLayers,
    /// Without the layer below, a head cannot know what came before the tokens that it looks at.
    OneLayer,
    /// Heads of width 8 tell 28 tokens apart badly.
    NarrowHeads,
    /// One period for all and a vector for each position: to look back so many places is enough.
    FixedPeriod,
    /// Tokens as uneven as words: the frequent ones are ambiguous to match.
    Zipf,
}

impl Variant {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::TwoLayers, Self::OneLayer, Self::NarrowHeads, Self::FixedPeriod, Self::Zipf];

    /// The name in addresses and data files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TwoLayers => "two-layers",
            Self::OneLayer => "one-layer",
            Self::NarrowHeads => "narrow-heads",
            Self::FixedPeriod => "fixed-period",
            Self::Zipf => "zipf",
        }
    }

    /// What to train.
    pub fn recipe(self, seed: u64) -> Recipe {
        let recipe = Recipe { seed, ..Recipe::default() };
        match self {
            Self::TwoLayers => recipe,
            Self::OneLayer => Recipe { n_layer: 1, ..recipe },
            Self::NarrowHeads => Recipe { d_model: 16, n_head: 2, ..recipe },
            Self::FixedPeriod => Recipe { positions: Positions::Learned, periods: Periods::Fixed, ..recipe },
            Self::Zipf => Recipe { tokens: Tokens::Zipf, ..recipe },
        }
    }
}

impl Recipe {
    /// The best score of a head of the last layer, given one for each head, layer by layer.
    pub fn best_of_last_layer(&self, scores: &[f32]) -> f32 {
        let n_head = usize::from(self.n_head);
        scores.iter().rev().take(n_head).copied().fold(0.0, f32::max)
    }

    /// The best score of a head of the first layer.
    pub fn best_of_first_layer(&self, scores: &[f32]) -> f32 {
        scores.iter().take(self.n_head.into()).copied().fold(0.0, f32::max)
    }

    /// The shape of the model.
    ///
    /// # Errors
    /// If the dimensions do not fit together.
    pub(crate) fn config(&self) -> Result<Config, Error> {
        Config::new(Architecture {
            vocab_size: VOCAB_SIZE,
            context_len: CONTEXT_LEN,
            n_layer: self.n_layer.into(),
            n_head: self.n_head.into(),
            d_model: self.d_model.into(),
            d_ff: None,
            unembedding: Unembedding::Untied,
            positions: match self.positions {
                Positions::Rotary => transformer::Positions::Rotary { base: ROTARY_BASE },
                Positions::Learned => transformer::Positions::Learned,
            },
        })
    }
}

/// Sequences, each a random string, again and again.
#[derive(Debug)]
pub struct Rows {
    /// `[n, 32]`
    pub inputs: Vec<u16>,
    /// `[n, 32]`
    pub targets: Vec<u16>,
    /// `[n]`
    pub periods: Vec<usize>,
}

impl Rows {
    /// Draws `n` sequences.
    pub fn draw(recipe: &Recipe, n: usize, generator: &mut Generator) -> Self {
        let mut rows = Self { inputs: Vec::new(), targets: Vec::new(), periods: Vec::new() };
        for _ in 0..n {
            let period = match recipe.periods {
                Periods::Random => 8 + generator.below(9) as usize,
                Periods::Fixed => CONTEXT_LEN / 2,
            };
            let string: Vec<u16> = (0..period).map(|_| token(recipe.tokens, generator)).collect();
            let tiled = |at: usize| string[at % period];
            rows.inputs.extend((0..CONTEXT_LEN).map(tiled));
            rows.targets.extend((1..=CONTEXT_LEN).map(tiled));
            rows.periods.push(period);
        }
        rows
    }

    /// The positions whose token repeats an earlier one of its string, as sequence and position.
    pub fn repeats(&self) -> impl Iterator<Item = (usize, usize)> {
        let positions = |(row, &period): (usize, &usize)| (period..CONTEXT_LEN).map(move |at| (row, at));
        self.periods.iter().enumerate().flat_map(positions)
    }

    /// Mean over the repeats of some number of each.
    pub fn mean_over_repeats(&self, of: impl Fn(usize, usize) -> f64) -> f32 {
        let (sum, n) = self.repeats().fold((0.0, 0_u32), |(sum, n), (row, at)| (sum + of(row, at), n + 1));
        (sum / f64::from(n)) as f32
    }

    /// The share of repeats where the target has the largest of the logits `[n, 32, vocab_size]`.
    pub fn accuracy(&self, logits: &[f32]) -> f32 {
        self.mean_over_repeats(|row, at| {
            let index = row * CONTEXT_LEN + at;
            let guess = transformer::likeliest(&logits[index * VOCAB_SIZE..][..VOCAB_SIZE]);
            f64::from(u8::from(guess == Some(self.targets[index])))
        })
    }

    /// The prefix-matching score of a head: its attention from a repeat to whatever followed an earlier occurrence of
    /// the present token, all of which an induction head attends to.
    pub fn prefix_score(&self, workspace: &Workspace, layer: usize, head: usize) -> Result<f32, Error> {
        let maps = self.maps(workspace, layer, head)?;
        Ok(self.mean_over_repeats(|row, at| {
            let tokens = &self.inputs[row * CONTEXT_LEN..][..CONTEXT_LEN];
            let follows = |past: &usize| tokens[past - 1] == tokens[at];
            let seen = &maps[row][at * CONTEXT_LEN..];
            (1..=at).filter(follows).map(|past| f64::from(seen[past])).sum()
        }))
    }

    /// The previous-token score of a head: its attention from a repeat to the position before.
    pub fn previous_score(&self, workspace: &Workspace, layer: usize, head: usize) -> Result<f32, Error> {
        let maps = self.maps(workspace, layer, head)?;
        Ok(self.mean_over_repeats(|row, at| f64::from(maps[row][at * CONTEXT_LEN + at - 1])))
    }

    fn maps<'w>(&self, workspace: &'w Workspace, layer: usize, head: usize) -> Result<Vec<&'w [f32]>, Error> {
        (0..self.periods.len()).map(|row| workspace.attention_map(row, layer, head)).collect()
    }
}

fn token(tokens: Tokens, generator: &mut Generator) -> u16 {
    match tokens {
        Tokens::Uniform => generator.below(VOCAB_SIZE as u64) as u16,
        Tokens::Zipf => {
            let weight = |rank: usize| 1.0 / (rank + 1) as f64;
            let mut point = generator.uniform() * (0..VOCAB_SIZE).map(weight).sum::<f64>();
            let passes = |&rank: &usize| {
                point -= weight(rank);
                point < 0.0
            };
            // Rounding can leave the point just above the sum.
            (0..VOCAB_SIZE).find(passes).unwrap_or(VOCAB_SIZE - 1) as u16
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sequences_repeat_with_their_period_and_targets_follow() {
        let generator = &mut Generator::from_seed(1);
        let recipe = Recipe::default();
        let rows = Rows::draw(&recipe, 50, generator);
        for (row, &period) in rows.periods.iter().enumerate() {
            let inputs = &rows.inputs[row * CONTEXT_LEN..][..CONTEXT_LEN];
            let targets = &rows.targets[row * CONTEXT_LEN..][..CONTEXT_LEN];
            assert!((8..=16).contains(&period));
            assert!((period..CONTEXT_LEN).all(|at| inputs[at] == inputs[at - period]));
            assert_eq!(inputs[1..], targets[..CONTEXT_LEN - 1]);
        }
        let fixed = Rows::draw(&Recipe { periods: Periods::Fixed, ..recipe }, 5, generator);
        assert_eq!(fixed.periods, [16; 5]);
        assert_eq!(fixed.repeats().count(), 5 * 16);
    }

    #[test]
    fn zipf_tokens_are_as_frequent_as_their_rank_says() {
        let generator = &mut Generator::from_seed(2);
        let mut counts = [0_u32; VOCAB_SIZE];
        for _ in 0..20_000 {
            counts[usize::from(token(Tokens::Zipf, generator))] += 1;
        }
        // Σ 1/r over 28 ranks is 3.927: 5093 and 2546 expected, standard deviations 62 and 47.
        assert!((4850..5350).contains(&counts[0]) && (2350..2750).contains(&counts[1]), "{counts:?}");
    }
}
