//! The figures: one file each, and the one place that maps a [`FigureId`] to its code.

use chapter::FigureId;

use crate::figure::Figure;

mod code;
mod compute_optimal;
mod emergence;
mod few_shot;
mod freezing;
mod gpt_growth;
mod induction_lab;
mod ladder;
#[cfg(target_arch = "wasm32")]
pub mod parts;
mod perplexity;
mod reasoning;
mod scale_race;
mod scaling_law;
mod scores;
mod thresholds;
mod training_cost;
mod verse;
mod vocabulary;
mod writing;

pub use code::Code;
pub use compute_optimal::ComputeOptimal;
pub use emergence::Emergence;
pub use few_shot::FewShot;
pub use freezing::Freezing;
pub use gpt_growth::GptGrowth;
pub use induction_lab::InductionLab;
pub use ladder::Ladder;
pub use perplexity::Perplexity;
pub use reasoning::Reasoning;
pub use scale_race::ScaleRace;
pub use scaling_law::ScalingLaw;
pub use thresholds::Thresholds;
pub use training_cost::TrainingCost;
pub use verse::Verse;

/// Something that is done with a figure's type.
pub trait Visitor {
    /// What comes of it.
    type Output;

    /// Does it.
    fn visit<F: Figure>(self) -> Self::Output;
}

/// Calls a visitor with the type behind an id. Exhaustive on purpose: a figure without code does not compile.
pub fn visit<V: Visitor>(figure: FigureId, visitor: V) -> V::Output {
    match figure {
        FigureId::GptGrowth => visitor.visit::<GptGrowth>(),
        FigureId::ScalingLaw => visitor.visit::<ScalingLaw>(),
        FigureId::Ladder => visitor.visit::<Ladder>(),
        FigureId::Emergence => visitor.visit::<Emergence>(),
        FigureId::FewShot => visitor.visit::<FewShot>(),
        FigureId::Code => visitor.visit::<Code>(),
        FigureId::Reasoning => visitor.visit::<Reasoning>(),
        FigureId::Verse => visitor.visit::<Verse>(),
        FigureId::Thresholds => visitor.visit::<Thresholds>(),
        FigureId::Freezing => visitor.visit::<Freezing>(),
        FigureId::ScaleRace => visitor.visit::<ScaleRace>(),
        FigureId::ComputeOptimal => visitor.visit::<ComputeOptimal>(),
        FigureId::Perplexity => visitor.visit::<Perplexity>(),
        FigureId::InductionLab => visitor.visit::<InductionLab>(),
        FigureId::TrainingCost => visitor.visit::<TrainingCost>(),
    }
}

/// Whether a figure runs a model whose size the reader chooses, [`Figure::HAS_RUNG`].
pub fn has_rung(figure: FigureId) -> bool {
    struct HasRung;

    impl Visitor for HasRung {
        type Output = bool;

        fn visit<F: Figure>(self) -> bool {
            F::HAS_RUNG
        }
    }

    visit(figure, HasRung)
}
