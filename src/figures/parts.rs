//! The parts of the program that a browser fetches when a figure comes near: one for each section, and what they
//! share.
//!
//! Only what is reachable from here and from nowhere else leaves the page's first module, so nothing else in the page
//! may name a figure's type or Yew. The build cuts the module apart (`.tools/bin/wasm-bindgen`).

use chapter::FigureId;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use crate::components::{self, Mount};
use crate::figure::{Controls as _, Figure, Settings};

/// Puts a figure into the page.
///
/// # Errors
/// If its part of the program cannot be fetched; it may be tried again.
pub async fn mount(figure: FigureId, mount: Mount) -> Result<(), SplitLoaderError> {
    match figure {
        FigureId::GptGrowth
        | FigureId::ScalingLaw
        | FigureId::ComputeOptimal
        | FigureId::Ladder
        | FigureId::Perplexity => bigger(figure, mount).await,
        FigureId::Emergence | FigureId::FewShot | FigureId::Code | FigureId::Reasoning | FigureId::Verse => {
            emergence(figure, mount).await
        }
        FigureId::Thresholds
        | FigureId::Freezing
        | FigureId::ScaleRace
        | FigureId::TrainingCost
        | FigureId::InductionLab => consequences(figure, mount).await,
    }
}

/// Mounts the figures of one part. Figures of other parts are left out of it, so the list of each part stands twice: in
/// [`mount`], where a figure without a part does not compile, and here, where one in the wrong part is refused.
macro_rules! part {
    ($(#[$doc:meta])* $part:ident: $($figure:ident),*) => {
        $(#[$doc])*
        #[wasm_split($part, fallible)]
        fn $part(figure: FigureId, mount: Mount) -> Result<(), SplitLoaderError> {
            match figure {
                $(FigureId::$figure => mount_one::<super::$figure>(mount),)*
                _ => (mount.on_done)(Err("the figure is in another part of the program".to_owned())),
            }
            Ok(())
        }
    };
}

part! {
    /// Figures of 5.4.1.
    bigger: GptGrowth, ScalingLaw, ComputeOptimal, Ladder, Perplexity
}
part! {
    /// Figures of 5.4.2.
    emergence: Emergence, FewShot, Code, Reasoning, Verse
}
part! {
    /// Figures of 5.4.3.
    consequences: Thresholds, Freezing, ScaleRace, TrainingCost, InductionLab
}

fn mount_one<F: Figure>(mount: Mount) {
    components::mount(|state| Settings::of::<F>(F::Controls::from_state(state)), mount);
}
