//! What the build makes of each figure: its data as a file, and its island with the still picture.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::rc::Rc;

use chapter::{FigureId, Language};
use chapter_compiler::{Essay, FigureNeeds};
use essay::components::FigureShell;
use essay::components::figure_shell::Props;
use essay::figure::{Figure, FigureData, State};
use essay::figures::{Visitor, visit};
use yew::prelude::*;

use crate::assets::publish_one;
use crate::error::Error;

/// A figure whose data have been written.
pub struct Published {
    /// Name of its data file, relative to the site's folder.
    pub source: String,
    /// The data.
    pub data: Rc<FigureData>,
}

struct Needs;

impl Visitor for Needs {
    type Output = FigureNeeds;

    fn visit<F: Figure>(self) -> FigureNeeds {
        FigureNeeds { figure: F::ID, facts: F::FACTS, tables: F::TABLES }
    }
}

/// What every figure reads, for the compiler to check.
pub fn needs() -> Vec<FigureNeeds> {
    FigureId::ALL.into_iter().map(|figure| visit(figure, Needs)).collect()
}

/// Writes the data of every figure.
pub fn publish(essay: &Essay, staging: &Path) -> Result<BTreeMap<FigureId, Published>, Error> {
    needs()
        .into_iter()
        .map(|needs| {
            let slug = needs.figure.slug();
            let data = data(essay, &needs);
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

fn data(essay: &Essay, needs: &FigureNeeds) -> FigureData {
    let chapter = essay.chapter(Language::Zh);
    let facts: Vec<_> = needs.facts.iter().filter_map(|&key| chapter.facts.get(key).cloned()).collect();
    let tables: Vec<_> = needs
        .tables
        .iter()
        .filter_map(|&name| Some((name.to_owned(), essay.tables.get(name)?.clone())))
        .collect();
    let cited: BTreeSet<&str> = facts
        .iter()
        .filter_map(|fact| fact.source.as_deref())
        .chain(tables.iter().map(|(_, table)| table.source.as_str()))
        .collect();
    let references =
        chapter.references.iter().filter(|work| cited.contains(work.key.as_str())).cloned().collect();
    FigureData { facts, tables, references }
}

struct Island<'a> {
    data: &'a Rc<FigureData>,
    language: Language,
}

impl Visitor for Island<'_> {
    type Output = Html;

    fn visit<F: Figure>(self) -> Html {
        let props = Props {
            data: Rc::clone(self.data),
            language: self.language,
            title: AttrValue::default(),
            state: State::default(),
        };
        html! { <FigureShell<F> ..props /> }
    }
}

/// The figure's island in the state that the text describes.
pub fn island(figure: FigureId, published: &Published, language: Language) -> Html {
    visit(figure, Island { data: &published.data, language })
}
