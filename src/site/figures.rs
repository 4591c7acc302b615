//! What the build makes of each figure: its data as a file, and its island with the still picture.

use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;

use crate::components::FigureShell;
use crate::components::figure_shell::Props;
use crate::figure::{Figure, FigureData, Settings, needs};
use crate::figures::{Visitor, visit};
use chapter::{FigureId, Language};
use chapter_compiler::Essay;
use yew::prelude::*;

use super::assets::publish_one;
use super::error::Error;

/// A figure whose data have been written.
pub struct Published {
    /// Name of its data file, relative to the site's folder.
    pub source: String,
    /// The data.
    pub data: Rc<FigureData>,
}

/// The file of the project that a figure's own measurements stand in.
pub struct Measurements;

impl Visitor for Measurements {
    type Output = Option<&'static str>;

    fn visit<F: Figure>(self) -> Self::Output {
        F::MEASUREMENTS
    }
}

/// Writes the data of every figure.
pub fn publish(essay: &Essay, staging: &Path) -> Result<BTreeMap<FigureId, Published>, Error> {
    needs()
        .into_iter()
        .map(|needs| {
            let slug = needs.figure.slug();
            let data = FigureData::collect(essay, &needs);
            visit(needs.figure, Check(&data))?;
            let bytes = postcard::to_allocvec(&data)
                .map_err(|error| Error::Figure { figure: slug, error: error.to_string() })?;
            let source = publish_one(&format!("{slug}.data"), &bytes, staging)?;
            Ok((needs.figure, Published { source, data: Rc::new(data) }))
        })
        .collect()
}

/// A figure that cannot show the state that the text describes must stop the build.
struct Check<'a>(&'a FigureData);

impl Visitor for Check<'_> {
    type Output = Result<(), Error>;

    fn visit<F: Figure>(self) -> Self::Output {
        let shown = F::view(&F::Controls::default(), self.0);
        shown.map(drop).map_err(|error| Error::Figure { figure: F::ID.slug(), error: error.to_string() })
    }
}

/// The controls that the text describes.
struct Described;

impl Visitor for Described {
    type Output = Settings;

    fn visit<F: Figure>(self) -> Settings {
        Settings::of::<F>(F::Controls::default())
    }
}

/// The figure's island in the state that the text describes.
pub fn island(figure: FigureId, published: &Published, language: Language) -> Html {
    let props = Props {
        settings: visit(figure, Described),
        data: Rc::clone(&published.data),
        language,
        title: AttrValue::default(),
        on_ready: Callback::noop(),
    };
    html! { <FigureShell ..props /> }
}
