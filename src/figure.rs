//! The contract of a figure: what each must provide so that everything else about it is shared.
//!
//! A figure is one file under [`crate::figures`]. The shared rest (state in the address, static picture, data table,
//! exports, share menu, reset, failure) is written once against this trait.

use chapter::{DataTable, Fact, FigureId, Ladder, Language, Provenance, Reference, Unit};
use serde::{Deserialize, Serialize};
use yew::html::BaseComponent;
use yew::{Callback, Properties};

use crate::plot::{DrawError, Frame, Look, Picture};

mod any;
#[cfg(not(target_arch = "wasm32"))]
mod collect;
mod rung;
mod state;

pub use any::{Drag, Drawing, Given, Settings};
#[cfg(not(target_arch = "wasm32"))]
pub use collect::needs;
pub use rung::Rung;
pub use state::State;

/// A figure of the essay.
pub trait Figure: Sized + PartialEq + 'static {
    /// Its name in the registry.
    const ID: FigureId;
    /// Keys of the facts that it reads.
    const FACTS: &'static [&'static str];
    /// Names of the tables under `content/data/` that it reads.
    const TABLES: &'static [&'static str];
    /// Abilities of the project's models whose scores it reads; empty for a figure that is not about the models.
    const ABILITIES: &'static [&'static str] = &[];
    /// The file of the project with the measurements of its own that the figure shows; its series name it as their source.
    const MEASUREMENTS: Option<&'static str> =
        if Self::ABILITIES.is_empty() { None } else { Some(FigureData::MODELS) };
    /// Whether its controls hold a [`Rung`]. The reader chooses it once for all such figures of the page.
    const HAS_RUNG: bool = false;
    /// Whether its picture needs more height than others: two plots, one above the other.
    const TALL: bool = false;

    /// Tables that the build makes for it by this project's own crates, beside those of the content. They are for what
    /// was measured by the project or takes too long to compute in the page.
    #[cfg(not(target_arch = "wasm32"))]
    fn made() -> Vec<(String, DataTable)> {
        Vec::new()
    }

    /// All that the reader can change. The default is the picture that the text describes.
    type Controls: Controls;
    /// Plain numbers to draw.
    type View: Clone + PartialEq + 'static;
    /// Controls, picture and readouts; placed inside the shared shell.
    type Body: BaseComponent<Properties = BodyProps<Self>>;

    /// What to draw for these controls.
    ///
    /// # Errors
    /// When the data lack something, or the controls ask for what cannot be computed.
    fn view(controls: &Self::Controls, data: &FigureData) -> Result<Self::View, FigureError>;

    /// The plot's frame within a picture of this look.
    fn frame(view: &Self::View, look: &Look) -> Frame;

    /// Draws the view.
    ///
    /// # Errors
    /// When the backend fails.
    fn draw(view: &Self::View, picture: &Picture<'_>, look: &Look) -> Result<(), DrawError>;

    /// One or two sentences for a reader who cannot see the picture.
    fn describe(view: &Self::View, language: Language) -> String;

    /// Every plotted series, for the data table and the exported file.
    fn series(view: &Self::View, language: Language) -> Vec<Series>;
}

/// What the reader can change in a figure, and its form in an address.
pub trait Controls: Clone + PartialEq + Default + 'static {
    /// The controls that differ from the default, by name.
    fn to_state(&self) -> State;

    /// The controls that a state describes. Unknown names are ignored; values out of range are clamped, values that
    /// are not understood are dropped.
    fn from_state(state: &State) -> Self;
}

/// What a figure's body is given.
#[derive(Clone, Properties, PartialEq)]
pub struct BodyProps<F: Figure> {
    /// The data that the figure asked for.
    pub data: std::rc::Rc<FigureData>,
    /// The reader's language.
    pub language: Language,
    /// Current controls.
    pub controls: F::Controls,
    /// Asks for other controls.
    pub on_change: Callback<F::Controls>,
    /// The same for controls without their type.
    pub on_settings: Callback<Settings>,
    /// Takes the tables of what was measured here, in this page, in place of those given before. They join the figure's
    /// data, so that [`Figure::view`] and all that is made from it (exports, data table) know what a running figure has
    /// found.
    pub on_measured: Callback<Vec<(String, DataTable)>>,
    /// How often the reader has reset the figure: one that runs starts anew when this grows.
    pub resets: u32,
}

impl<F: Figure> BodyProps<F> {
    /// What a pointer over the plot does: the controls that `edit` makes of a place. Between two renderings only the last
    /// place counts, so `edit` must not add to what it finds.
    pub fn drag(&self, edit: impl Fn(&mut F::Controls, (f64, f64)) + 'static) -> Drag {
        let controls = self.controls.clone();
        let edited = move |place| {
            let mut controls = controls.clone();
            edit(&mut controls, place);
            Settings::of::<F>(controls)
        };
        Drag::new(std::rc::Rc::new(edited), self.on_settings.clone(), std::rc::Rc::clone(&self.data))
    }

    /// A callback that asks for the controls as `edit` changes them.
    pub fn edit<T: 'static>(&self, edit: fn(&mut F::Controls, T)) -> Callback<T> {
        let controls = self.controls.clone();
        self.on_change.reform(move |value| {
            let mut controls = controls.clone();
            edit(&mut controls, value);
            controls
        })
    }
}

/// The facts, tables and works that a figure asked for by name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FigureData {
    /// Facts.
    pub facts: Vec<Fact>,
    /// Tables with their names.
    pub tables: Vec<(String, DataTable)>,
    /// Works that those facts and tables cite.
    pub references: Vec<Reference>,
    /// The project's models, for a figure about them.
    pub ladder: Option<Ladder>,
}

impl FigureData {
    /// Where the models' numbers stand in the project: the source of every series of them.
    pub const MODELS: &'static str = "content/models/manifest.json";

    /// A fact by its key.
    pub fn fact(&self, key: &str) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.key == key)
    }

    /// The project's models.
    ///
    /// # Errors
    /// If the data do not hold them.
    pub fn ladder(&self) -> Result<&Ladder, FigureError> {
        let ladder = self.ladder.as_ref().filter(|ladder| !ladder.rungs.is_empty());
        ladder.ok_or_else(|| FigureError::Missing("models".to_owned()))
    }

    /// The value of a fact.
    ///
    /// # Errors
    /// If the data do not hold it.
    pub fn value(&self, key: &str) -> Result<f64, FigureError> {
        self.fact(key).map(|fact| fact.value).ok_or_else(|| FigureError::Missing(key.to_owned()))
    }

    /// A table.
    ///
    /// # Errors
    /// If the data do not hold it.
    pub fn table(&self, name: &str) -> Result<&DataTable, FigureError> {
        self.tables
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, table)| table)
            .ok_or_else(|| FigureError::Missing(name.to_owned()))
    }

    /// The data with more tables.
    #[must_use]
    pub fn with_tables(&self, tables: Vec<(String, DataTable)>) -> Self {
        let mut data = self.clone();
        data.tables.extend(tables);
        data
    }

    /// The short form of a work and its year, `Kaplan et al. 2020`; the key itself for a work that is not there.
    pub fn cite(&self, key: &str) -> String {
        self.references
            .iter()
            .find(|work| work.key == key)
            .map_or_else(|| key.to_owned(), |work| format!("{} {}", work.short, work.year))
    }
}

/// Why a figure cannot show what it was asked for.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum FigureError {
    /// A fact, a table or a column is not in the figure's data.
    #[error("the data do not hold {0:?}")]
    Missing(String),
    /// The subject crate refused.
    #[error(transparent)]
    Scaling(#[from] scaling::Error),
}

/// A plotted series.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Name in the reader's language.
    pub name: String,
    /// Where its points come from.
    pub provenance: Provenance,
    /// Key of the work, for published series.
    pub source: Option<String>,
    /// Names and units of the numbers in each row.
    pub columns: Vec<(String, Unit)>,
    /// A label (possibly empty) and numbers.
    pub rows: Vec<(String, Vec<f64>)>,
}
