//! The picture between title and text: particles caught on their way from liquid to crystal.

use chapter::{Chapter, FigureId};
use particles::{Error, Microstate, PeriodicBox};
use yew::prelude::*;

use crate::locale::pick;
use crate::stage::{self, LIQUID_DENSITY, caught_freezing};

/// Columns and rows of the crystal that fills the strip; a crystal needs an even number of rows to close on itself.
const COLUMNS: usize = 40;
const ROWS: usize = 8;
/// Temperature of the bath, well below freezing.
const BATH: f64 = 0.38;

/// The strip as SVG.
///
/// # Errors
/// If the strip is narrower than the reach of the particles.
pub fn picture() -> Result<String, Error> {
    let row_height = 0.75f64.sqrt();
    let spacing = (1.0 / (row_height * LIQUID_DENSITY)).sqrt();
    let sides = [COLUMNS as f64 * spacing, ROWS as f64 * spacing * row_height];
    let site = |index: usize| {
        let (column, row) = (index % COLUMNS, index / COLUMNS);
        [(column as f64 + 0.5 * (row % 2) as f64) * spacing, row as f64 * spacing * row_height]
    };
    let sites: Vec<_> = (0..COLUMNS * ROWS).map(site).collect();
    let at_rest = vec![[0.0; 2]; sites.len()];
    let crystal = Microstate::new(sites, at_rest, PeriodicBox::new(sides[0], sides[1])?, 1)?;
    Ok(stage::svg(&caught_freezing(crystal, BATH), "opening__still"))
}

/// The strip, and where to find out about it.
pub fn strip(chapter: &Chapter, picture: &str) -> Html {
    let figure = chapter.figures().find(|block| block.figure == FigureId::Freezing);
    let label =
        pick(chapter.language, "凝固途中的模拟粒子，见图 ", "Simulated particles, caught freezing: Figure ");
    html! {
        <>
            <div class="opening" aria-hidden="true" data-opening="">
                { Html::from_html_unchecked(picture.to_owned().into()) }
                <div class="opening__stage"></div>
            </div>
            if let Some(figure) = figure {
                <p class="opening__note">
                    <a href={format!("#fig-{}", figure.figure.slug())}>{ label }{ figure.number }</a>
                </p>
            }
        </>
    }
}
