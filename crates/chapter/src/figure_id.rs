//! The registry of figures: every figure the essay has, by the name that its address uses.

use serde::{Deserialize, Serialize};

/// A figure of the essay.
///
/// Adding a variant here makes the compiler ask for the figure's file, and the content tests for its directive in
/// each language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FigureId {
    /// Parameters and training data of GPT-1, GPT-2 and GPT-3.
    GptGrowth,
    /// Loss against parameters, tokens and compute, after Kaplan et al. 2020.
    ScalingLaw,
    /// Loss of the project's own models against their size, with a line to drag and two sizes to predict.
    Ladder,
    /// Abilities against size, in three ways of scoring.
    Emergence,
    /// A small model that learns tasks from examples in its prompt.
    FewShot,
    /// Programs that a small model writes for the sequences it is shown.
    Code,
    /// Word problems answered by a small model, in steps and directly.
    Reasoning,
    /// Poems that a small model completes, judged by rules.
    Verse,
    /// The text's three thresholds of size, against published scores.
    Thresholds,
    /// The best model and text for a training budget, after Hoffmann et al. 2022.
    ComputeOptimal,
    /// What perplexity is, and how perplexity and SuperGLUE change with size.
    Perplexity,
    /// A two-dimensional liquid that freezes.
    Freezing,
    /// Parameters, tokens and operations of landmark models by date.
    ScaleRace,
    /// A small transformer whose induction heads form while it trains in the page.
    InductionLab,
    /// What training a model costs: device time, money, electricity and carbon.
    TrainingCost,
}

impl FigureId {
    /// Every figure, in the order of the text.
    pub const ALL: [Self; 15] = [
        Self::GptGrowth,
        Self::ScalingLaw,
        Self::ComputeOptimal,
        Self::Ladder,
        Self::Emergence,
        Self::FewShot,
        Self::Code,
        Self::Reasoning,
        Self::Verse,
        Self::Thresholds,
        Self::Perplexity,
        Self::Freezing,
        Self::ScaleRace,
        Self::TrainingCost,
        Self::InductionLab,
    ];

    /// The name in addresses, file names and ids: `scaling-law`.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::GptGrowth => "gpt-growth",
            Self::ScalingLaw => "scaling-law",
            Self::Ladder => "ladder",
            Self::Emergence => "emergence",
            Self::FewShot => "few-shot",
            Self::Code => "code",
            Self::Reasoning => "reasoning",
            Self::Verse => "verse",
            Self::Thresholds => "thresholds",
            Self::ComputeOptimal => "compute-optimal",
            Self::Perplexity => "perplexity",
            Self::Freezing => "freezing",
            Self::ScaleRace => "scale-race",
            Self::InductionLab => "induction-lab",
            Self::TrainingCost => "training-cost",
        }
    }

    /// The figure with this slug, if there is one.
    ///
    /// ```
    /// use chapter::FigureId;
    /// assert_eq!(FigureId::from_slug("scaling-law"), Some(FigureId::ScalingLaw));
    /// assert_eq!(FigureId::from_slug("scaling-lore"), None);
    /// ```
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|figure| figure.slug() == slug)
    }
}
