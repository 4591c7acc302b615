//! A figure without its type, for all that is the same for every figure.
//!
//! What is generic over figures is compiled once for each of them, and a reader's phone fetches every copy: shell and
//! canvas alone would be 10 kB a figure. So they are written against these two types, and only what is behind them
//! knows the figure.

use std::any::Any;
use std::rc::Rc;

use chapter::{DataTable, FigureId, Language};
use yew::prelude::*;
use yew::virtual_dom::VComp;

use super::{BodyProps, Controls as _, Figure, FigureData, FigureError, Series, State};
use crate::plot::{DrawError, Frame, Look, Picture};

/// A view of some figure.
#[derive(Clone)]
pub struct Drawing(Rc<dyn AnyView>);

impl Drawing {
    /// A view of the figure `F`.
    pub fn of<F: Figure>(view: F::View) -> Self {
        Self(Rc::new(Viewed::<F>(view)))
    }

    /// Whether the figure's pictures are tall, [`Figure::TALL`].
    pub fn is_tall(&self) -> bool {
        self.0.is_tall()
    }

    /// The plot's frame within a picture of this look, [`Figure::frame`].
    pub fn frame(&self, look: &Look) -> Frame {
        self.0.frame(look)
    }

    /// Draws the view, [`Figure::draw`].
    ///
    /// # Errors
    /// When the backend fails.
    pub fn draw(&self, picture: &Picture<'_>, look: &Look) -> Result<(), DrawError> {
        self.0.draw(picture, look)
    }

    /// The view in words, [`Figure::describe`].
    pub fn describe(&self, language: Language) -> String {
        self.0.describe(language)
    }

    /// Every plotted series, [`Figure::series`].
    pub fn series(&self, language: Language) -> Vec<Series> {
        self.0.series(language)
    }
}

impl PartialEq for Drawing {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0) || self.0.is_equal(&*other.0)
    }
}

trait AnyView: Any {
    fn is_tall(&self) -> bool;
    fn frame(&self, look: &Look) -> Frame;
    fn draw(&self, picture: &Picture<'_>, look: &Look) -> Result<(), DrawError>;
    fn describe(&self, language: Language) -> String;
    fn series(&self, language: Language) -> Vec<Series>;
    fn is_equal(&self, other: &dyn Any) -> bool;
}

struct Viewed<F: Figure>(F::View);

impl<F: Figure> AnyView for Viewed<F> {
    fn is_tall(&self) -> bool {
        F::TALL
    }

    fn frame(&self, look: &Look) -> Frame {
        F::frame(&self.0, look)
    }

    fn draw(&self, picture: &Picture<'_>, look: &Look) -> Result<(), DrawError> {
        F::draw(&self.0, picture, look)
    }

    fn describe(&self, language: Language) -> String {
        F::describe(&self.0, language)
    }

    fn series(&self, language: Language) -> Vec<Series> {
        F::series(&self.0, language)
    }

    fn is_equal(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<Self>().is_some_and(|other| self.0 == other.0)
    }
}

/// The controls of some figure.
#[derive(Clone)]
pub struct Settings(Rc<dyn AnyControls>);

impl Settings {
    /// Controls of the figure `F`.
    pub fn of<F: Figure>(controls: F::Controls) -> Self {
        Self(Rc::new(Controlled::<F>(controls)))
    }

    /// What the body of a figure asks the shell for: everything but the controls.
    pub fn body(&self, given: Given) -> Html {
        self.0.body(given)
    }

    /// The figure.
    pub fn figure(&self) -> FigureId {
        self.0.figure()
    }

    /// The controls of the same figure that a state describes.
    #[must_use]
    pub fn with_state(&self, state: &State) -> Self {
        self.0.with_state(state)
    }

    /// The controls that differ from the default, by name.
    pub fn to_state(&self) -> State {
        self.0.to_state()
    }

    /// What the figure shows for these controls.
    ///
    /// # Errors
    /// As [`Figure::view`].
    pub fn view(&self, data: &FigureData) -> Result<Drawing, FigureError> {
        self.0.view(data)
    }
}

impl PartialEq for Settings {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0) || self.0.is_equal(&*other.0)
    }
}

/// What a pointer that is dragged over the plot does, by [`BodyProps::drag`].
pub struct Drag {
    /// Asks for the controls of a place.
    pub on_point: Callback<(f64, f64)>,
    /// What would be drawn for it.
    pub preview: Callback<(f64, f64), Option<Drawing>>,
}

impl Drag {
    /// A drag that makes such controls of a place.
    pub fn new(
        edited: Rc<dyn Fn((f64, f64)) -> Settings>,
        on_settings: Callback<Settings>,
        data: Rc<FigureData>,
    ) -> Self {
        let preview = Rc::clone(&edited);
        Self {
            on_point: Callback::from(move |place| on_settings.emit(edited(place))),
            preview: Callback::from(move |place| preview(place).view(&data).ok()),
        }
    }
}

/// What the shell gives to a figure's body beside the controls; see [`BodyProps`].
pub struct Given {
    /// The data that the figure asked for.
    pub data: Rc<FigureData>,
    /// The reader's language.
    pub language: Language,
    /// Asks for other controls.
    pub on_change: Callback<Settings>,
    /// Takes the tables of what was measured here.
    pub on_measured: Callback<Vec<(String, DataTable)>>,
    /// How often the reader has reset the figure.
    pub resets: u32,
}

trait AnyControls: Any {
    fn figure(&self) -> FigureId;
    fn with_state(&self, state: &State) -> Settings;
    fn to_state(&self) -> State;
    fn view(&self, data: &FigureData) -> Result<Drawing, FigureError>;
    fn body(&self, given: Given) -> Html;
    fn is_equal(&self, other: &dyn Any) -> bool;
}

struct Controlled<F: Figure>(F::Controls);

impl<F: Figure> AnyControls for Controlled<F> {
    fn figure(&self) -> FigureId {
        F::ID
    }

    fn with_state(&self, state: &State) -> Settings {
        Settings::of::<F>(F::Controls::from_state(state))
    }

    fn to_state(&self) -> State {
        self.0.to_state()
    }

    fn view(&self, data: &FigureData) -> Result<Drawing, FigureError> {
        F::view(&self.0, data).map(Drawing::of::<F>)
    }

    fn body(&self, given: Given) -> Html {
        let Given { data, language, on_change, on_measured, resets } = given;
        let on_settings = on_change.clone();
        let on_change = on_change.reform(Settings::of::<F>);
        let controls = self.0.clone();
        let props = BodyProps { data, language, controls, on_change, on_settings, on_measured, resets };
        VComp::new::<F::Body>(Rc::new(props), None).into()
    }

    fn is_equal(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<Self>().is_some_and(|other| self.0 == other.0)
    }
}
