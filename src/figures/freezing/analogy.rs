//! The temperature as a place on the size axis of the figure `emergence`: an analogy, and said to be one.

use chapter::{FigureId, Language, Provenance};
use yew::prelude::*;

use super::{BATHS, fixed, words};
use crate::browser;
use crate::locale::number::named;
use crate::locale::words::provenance;
use crate::page::figure_events;

/// How far from hot to cold a temperature is, 0 to 1.
fn place(bath: f64) -> f64 {
    ((BATHS.1 - bath) / (BATHS.1 - BATHS.0)).clamp(0.0, 1.0)
}

/// The size at a place of a logarithmic axis from the smallest to the largest.
fn size_at(place: f64, [smallest, largest]: [f64; 2]) -> f64 {
    smallest * (largest / smallest).powf(place)
}

/// The temperature on both axes, with what the comparison is worth.
pub fn analogy(bath: f64, sizes: [f64; 2], language: Language) -> Html {
    let place = place(bath);
    let across = format!("{:.1}%", 100.0 * place);
    let params = |size: f64, digits: usize| named(size, Some(digits), language);
    let here = format!("#fig-{}", FigureId::Emergence.slug());
    // An embedded figure stands alone: the other one is in the essay.
    let stands_alone = figure_events::element(FigureId::Emergence).is_none();
    let essay = browser::root_data("essay").filter(|_| stands_alone);
    html! {
        <div class="analogy">
            <div class="analogy__axes" aria-hidden="true">
                <span>{ words::hot(&fixed(BATHS.1, 1), language) }</span>
                <span>{ fixed(BATHS.0, 1) }</span>
                <svg>
                    <line x2="100%" y1="50%" y2="50%" />
                    <circle cx={across} cy="50%" r="6" />
                </svg>
                <span>{ words::small(&params(sizes[0], 3), language) }</span>
                <span>{ params(sizes[1], 3) }</span>
            </div>
            <p class="analogy__text">
                { words::analogy(&params(size_at(place, sizes), 2), language) }
                <span class="badge" data-provenance={Provenance::Schematic.word()}>
                    { provenance(Provenance::Schematic, language) }
                </span>
            </p>
            <p class="analogy__more">
                // At build time it is not known yet whether there is a page around the figure.
                if crate::IS_PAGE {
                    <a
                        href={essay.as_ref().map_or(here.clone(), |essay| format!("{essay}{here}"))}
                        target={essay.map(|_| "_blank")}
                        rel="noopener"
                    >{ words::to_emergence(language) }</a>
                } else {
                    { words::to_emergence(language) }
                }
            </p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_coldest_bath_stands_at_the_largest_size() {
        let sizes = [1.25e8, 1.75e11];
        let size = |bath| size_at(place(bath), sizes);
        assert!((size(BATHS.0) / sizes[1] - 1.0).abs() < 1e-12 && size(BATHS.1) == sizes[0]);
        // Half way on a logarithmic axis: the geometric mean.
        let middle = size(f64::midpoint(BATHS.0, BATHS.1));
        assert!((middle / (sizes[0] * sizes[1]).sqrt() - 1.0).abs() < 1e-9);
    }
}
