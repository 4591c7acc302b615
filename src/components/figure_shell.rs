//! What every figure has around its body: state in the address, reset, share menu, data table, failure notice.

use std::rc::Rc;

use chapter::Language;
use gloo::timers::callback::Timeout;
use yew::prelude::*;

use super::share_menu::Save;
use super::share_menu::ShareMenu;
use super::{Failure, csv, data_tables, download};
use crate::figure::{BodyProps, Controls as _, Figure, FigureData, State};
use crate::locale::words;
use crate::page::address;
use crate::page::figure_events::use_set_event;
use crate::plot::{Look, Palette, Size, svg, with_credit};

/// Pause after the last change before the address is rewritten, milliseconds: browsers limit how often it may be.
const ADDRESS_PAUSE: u32 = 300;
/// Size of exported pictures, CSS pixels.
const EXPORT: Size = Size { width: 760.0, height: 460.0 };

/// Properties of [`FigureShell`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The facts, tables and works that the figure asked for.
    pub data: Rc<FigureData>,
    /// The reader's language.
    pub language: Language,
    /// Title of the figure, for exported pictures.
    pub title: AttrValue,
    /// State to begin with.
    pub state: State,
    /// Called once the figure stands in the page.
    pub on_ready: Callback<()>,
}

/// The interactive part of a figure.
#[component]
pub fn FigureShell<F: Figure>(props: &Props) -> Html {
    let language = props.language;
    let controls = use_state_eq(|| F::Controls::from_state(&props.state));
    let table_open = use_state_eq(|| false);

    use_effect_with((), {
        let on_ready = props.on_ready.clone();
        move |()| on_ready.emit(())
    });
    use_set_event(F::ID, {
        let controls = controls.clone();
        move |state: &State| controls.set(F::Controls::from_state(state))
    });
    use_effect_with((*controls).clone(), {
        let began = props.state.clone();
        move |controls| {
            let state = controls.to_state();
            // The first state came from the address: nothing to write.
            let pause = (crate::IS_PAGE && state != F::Controls::from_state(&began).to_state()
                || address::has_state(F::ID))
            .then(|| Timeout::new(ADDRESS_PAUSE, move || address::write_state(F::ID, &state)));
            move || drop(pause)
        }
    });

    let on_change = {
        let controls = controls.clone();
        Callback::from(move |changed| controls.set(changed))
    };
    let reset = {
        let controls = controls.clone();
        Callback::from(move |()| controls.set(F::Controls::default()))
    };
    let view = match F::view(&controls, &props.data) {
        Ok(view) => view,
        Err(error) => {
            return html! {
                <Failure {language} message={words::not_shown(language)} reason={error.to_string()} on_retry={reset} />
            };
        }
    };
    let description = F::describe(&view, language);
    let state = controls.to_state();
    let saves = saves::<F>(&view, props);

    html! {
        <fieldset class="figure__island" disabled={!crate::IS_PAGE}>
            <p class="visually-hidden">{ description }</p>
            { body::<F>(BodyProps { data: Rc::clone(&props.data), language, controls: (*controls).clone(), on_change }) }
            <div class="figure__tools">
                <button type="button" class="button" onclick={reset.reform(|_| ())}>{ words::reset(language) }</button>
                <button type="button" class="button" aria-expanded={table_open.to_string()} onclick={
                    let table_open = table_open.clone();
                    Callback::from(move |_| table_open.set(!*table_open))
                }>{ words::data(language) }</button>
                <ShareMenu
                    {language}
                    link={address::link_to(F::ID, &state)}
                    embed={address::embed_code(F::ID, &state, &props.title)}
                    {saves}
                />
            </div>
            if *table_open {
                { data_tables(&F::series(&view, language), &props.data, language) }
            }
        </fieldset>
    }
}

fn body<F: Figure>(props: BodyProps<F>) -> Html {
    yew::virtual_dom::VComp::new::<F::Body>(Rc::new(props), None).into()
}

/// The files that a reader can save of a view.
fn saves<F: Figure>(view: &F::View, props: &Props) -> Vec<Save> {
    let (language, slug) = (props.language, F::ID.slug());
    let save = |label, make: Box<dyn Fn() -> Result<(), String>>| Save {
        label,
        save: Callback::from(move |()| make()),
    };
    vec![
        save(words::save_png(language), {
            let (view, title, data) = (view.clone(), props.title.clone(), Rc::clone(&props.data));
            Box::new(move || png::<F>(&view, language, &title, &credit::<F>(&view, &data, language)))
        }),
        save(words::save_svg(language), {
            let (view, title, data) = (view.clone(), props.title.clone(), Rc::clone(&props.data));
            Box::new(move || {
                let credit = credit::<F>(&view, &data, language);
                let look = Look { size: EXPORT, density: 4.0, palette: Palette::light(), language };
                let text = svg::document(&look, |picture| {
                    with_credit(picture, &look, &title, &credit, |inner, look| F::draw(&view, inner, look))
                })
                .map_err(|error| error.to_string())?;
                download::text(&format!("{slug}.svg"), "image/svg+xml", &text)
            })
        }),
        save(words::save_csv(language), {
            let (view, data) = (view.clone(), Rc::clone(&props.data));
            Box::new(move || {
                // The mark at the start tells spreadsheets that the text is UTF-8.
                let text = format!("\u{feff}{}", csv(&F::series(&view, language), &data));
                download::text(&format!("{slug}.csv"), "text/csv;charset=utf-8", &text)
            })
        }),
    ]
}

/// The line under an exported picture: sources and where it comes from.
fn credit<F: Figure>(view: &F::View, data: &FigureData, language: Language) -> String {
    let mut sources: Vec<String> = F::series(view, language)
        .iter()
        .filter_map(|one| one.source.as_deref().map(|key| data.cite(key)))
        .collect();
    sources.dedup();
    let separator = if language == Language::Zh { "；" } else { "; " };
    let listed = words::labelled(words::sources(language), &sources.join(separator), language);
    format!("{listed} · {}", words::essay(language))
}

/// Draws the view on a canvas of its own at two pixels a CSS pixel and saves it.
#[cfg(target_arch = "wasm32")]
fn png<F: Figure>(view: &F::View, language: Language, title: &str, credit: &str) -> Result<(), String> {
    use plotters::drawing::IntoDrawingArea;
    use plotters::style::Color as _;
    use wasm_bindgen::JsCast;

    let look = Look { size: EXPORT, density: 2.0, palette: crate::browser::palette(), language };
    let canvas = crate::browser::document()
        .and_then(|document| document.create_element("canvas").ok())
        .and_then(|element| element.dyn_into::<web_sys::HtmlCanvasElement>().ok())
        .ok_or("no canvas")?;
    canvas.set_width(look.stroke(look.size.width));
    canvas.set_height(look.stroke(look.size.height));
    let backend = plotters_canvas::CanvasBackend::with_canvas_object(canvas.clone()).ok_or("no canvas")?;
    let picture = crate::plot::Backend::Canvas(backend).into_drawing_area();
    picture
        .fill(&look.palette.surface.to_rgba())
        .map_err(crate::plot::DrawError::from)
        .and_then(|()| with_credit(&picture, &look, title, credit, |inner, look| F::draw(view, inner, look)))
        .map_err(|error| error.to_string())?;
    let data = canvas.to_data_url().map_err(|error| crate::browser::message(&error))?;
    download::address(&format!("{}.png", F::ID.slug()), &data)
}

/// There is no canvas at build time, and nothing to press.
#[cfg(not(target_arch = "wasm32"))]
fn png<F: Figure>(_: &F::View, _: Language, _: &str, _: &str) -> Result<(), String> {
    Err("no canvas".to_owned())
}
