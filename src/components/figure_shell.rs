//! What every figure has around its body: state in the address, reset, share menu, data table, failure notice.

use std::rc::Rc;

use chapter::Language;
use gloo::timers::callback::Timeout;
use yew::prelude::*;

use super::share_menu::{File, ShareMenu, Text};
use super::{Failure, csv, data_tables, download};
use crate::figure::{Drawing, FigureData, Given, Rung, Settings, State};
use crate::figures;
use crate::locale::words;
use crate::page::figure_events::{use_rung_event, use_set_event};
use crate::page::{address, figure_events};
use crate::plot::{Look, Palette, Size, svg, with_credit};

/// Pause after the last change before the address is rewritten, milliseconds: browsers limit how often it may be.
const ADDRESS_PAUSE: u32 = 300;

/// Size of exported pictures, CSS pixels.
fn export_size(view: &Drawing) -> Size {
    Size { width: 760.0, height: if view.is_tall() { 720.0 } else { 460.0 } }
}

/// What it takes to put a figure into the page. It crosses the border between the page's module and a figure's.
#[cfg(target_arch = "wasm32")]
pub struct Mount {
    /// Where the figure goes.
    pub island: web_sys::Element,
    /// Its data as the build wrote them, on the way.
    pub data: std::pin::Pin<Box<dyn Future<Output = Result<Vec<u8>, String>>>>,
    /// Tells what it shows at first. Asked last of all: a phrase may set the figure while it loads.
    pub state: Box<dyn Fn() -> State>,
    /// The reader's language.
    pub language: Language,
    /// Its title, for exported pictures.
    pub title: String,
    /// Called once it stands in the page, or with the reason why it does not.
    pub on_done: Box<dyn Fn(Result<(), String>)>,
}

/// Puts a figure into the page as soon as its data are there; `settings` reads a state as the figure's controls.
#[cfg(target_arch = "wasm32")]
pub fn mount(settings: fn(&State) -> Settings, mount: Mount) {
    wasm_bindgen_futures::spawn_local(async move {
        let Mount { island, data, state, language, title, on_done } = mount;
        let bytes = data.await;
        match bytes.and_then(|bytes| postcard::from_bytes(&bytes).map_err(|error| error.to_string())) {
            Ok(data) => {
                let on_ready = Callback::from(move |()| on_done(Ok(())));
                let settings = settings(&state());
                let props = Props { settings, data: Rc::new(data), language, title: title.into(), on_ready };
                // The figure lives as long as the page: its handle is not kept.
                drop(yew::Renderer::<FigureShell>::with_root_and_props(island, props).render());
            }
            Err(reason) => on_done(Err(reason)),
        }
    });
}

/// Properties of [`FigureShell`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The controls to begin with, and with them the figure.
    pub settings: Settings,
    /// The facts, tables and works that the figure asked for.
    pub data: Rc<FigureData>,
    /// The reader's language.
    pub language: Language,
    /// Title of the figure, for exported pictures.
    pub title: AttrValue,
    /// Called once the figure stands in the page.
    pub on_ready: Callback<()>,
}

/// The interactive part of a figure.
#[component]
pub fn FigureShell(props: &Props) -> Html {
    let language = props.language;
    let figure = props.settings.figure();
    let has_rung = figures::has_rung(figure);
    let controls = use_state_eq(|| match figure_events::chosen_rung().filter(|_| has_rung) {
        Some(chosen) => with_rung(&props.settings, &chosen),
        None => props.settings.clone(),
    });
    let table_open = use_state_eq(|| false);
    // What the build gave, and what a running figure has measured since.
    let data = use_state(|| Rc::clone(&props.data));
    let resets = use_state_eq(|| 0);

    use_effect_with((), {
        let on_ready = props.on_ready.clone();
        move |()| on_ready.emit(())
    });
    use_set_event(figure, {
        let (controls, given) = (controls.clone(), props.settings.clone());
        move |state: &State| {
            controls.set(given.with_state(state));
            if has_rung {
                figure_events::choose_rung(state);
            }
        }
    });
    use_rung_event({
        let controls = controls.clone();
        move |chosen: &State| {
            if has_rung {
                controls.set(with_rung(&controls, chosen));
            }
        }
    });
    use_effect_with((*controls).clone(), {
        let began = props.settings.to_state();
        move |controls| {
            let state = controls.to_state();
            let pause = crate::IS_PAGE.then(|| {
                Timeout::new(ADDRESS_PAUSE, move || {
                    // The first state came from the address: nothing to write.
                    if state != began || address::has_state(figure) {
                        address::write_state(figure, &state);
                    }
                })
            });
            move || drop(pause)
        }
    });

    let on_change = {
        let controls = controls.clone();
        Callback::from(move |changed: Settings| {
            let state = changed.to_state();
            controls.set(changed);
            if has_rung {
                figure_events::choose_rung(&state);
            }
        })
    };
    let reset = {
        let (controls, given) = (controls.clone(), props.settings.clone());
        let (data, given_data, resets) = (data.clone(), Rc::clone(&props.data), resets.clone());
        Callback::from(move |()| {
            controls.set(given.with_state(&State::default()));
            data.set(Rc::clone(&given_data));
            resets.set(*resets + 1);
            if has_rung {
                figure_events::choose_rung(&State::default());
            }
        })
    };
    let on_measured = {
        let (data, given) = (data.clone(), Rc::clone(&props.data));
        Callback::from(move |tables| data.set(Rc::new(given.with_tables(tables))))
    };
    // What is taken away is made of what is shown when the reader asks for it, not with each redraw.
    let shown = use_mut_ref(|| None::<Shown>);
    let write = {
        let (shown, title) = (Rc::clone(&shown), props.title.clone());
        use_callback((), move |text, ()| {
            let shown = shown.borrow();
            let state = shown.as_ref().map(|shown| shown.settings.to_state()).unwrap_or_default();
            match text {
                Text::Link => address::link_to(figure, &state),
                Text::Embed => address::embed_code(figure, &state, &title),
            }
        })
    };
    let save = {
        let shown = Rc::clone(&shown);
        use_callback((), move |file, ()| shown.borrow().as_ref().map_or(Ok(()), |shown| shown.save(file)))
    };
    let view = match controls.view(&data) {
        Ok(view) => view,
        Err(error) => {
            return html! {
                <Failure {language} message={words::not_shown(language)} reason={error.to_string()} on_retry={reset} />
            };
        }
    };
    let description = view.describe(language);
    *shown.borrow_mut() = Some(Shown {
        view: view.clone(),
        settings: (*controls).clone(),
        data: Rc::clone(&props.data),
        language,
        title: props.title.clone(),
    });

    html! {
        <fieldset class="figure__island" disabled={!crate::IS_PAGE}>
            <p class="visually-hidden">{ description }</p>
            { controls.body(Given {
                data: Rc::clone(&data),
                language,
                on_change,
                on_measured,
                resets: *resets,
            }) }
            <div class="figure__tools">
                <button type="button" class="button" onclick={reset.reform(|_| ())}>{ words::reset(language) }</button>
                <button type="button" class="button" aria-expanded={table_open.to_string()} onclick={
                    let table_open = table_open.clone();
                    Callback::from(move |_| table_open.set(!*table_open))
                }>{ words::data(language) }</button>
                <ShareMenu {language} {write} {save} />
            </div>
            if *table_open {
                { data_tables(&view.series(language), &data, language) }
            }
        </fieldset>
    }
}

/// The same controls with the size of the models that a state names.
fn with_rung(settings: &Settings, chosen: &State) -> Settings {
    settings.with_state(&Rung::from_state(chosen).write(settings.to_state().without(Rung::KEY)))
}

/// What the figure shows.
struct Shown {
    view: Drawing,
    settings: Settings,
    data: Rc<FigureData>,
    language: Language,
    title: AttrValue,
}

impl Shown {
    /// Makes a file and hands it to the reader.
    fn save(&self, file: File) -> Result<(), String> {
        let Self { view, settings, data, language, title } = self;
        let (slug, language) = (settings.figure().slug(), *language);
        match file {
            File::Png => png(slug, view, language, title, &credit(view, data, language)),
            File::Svg => {
                let credit = credit(view, data, language);
                let look =
                    Look { size: export_size(view), density: 4.0, palette: Palette::light(), language };
                let text = svg::document(&look, |picture| {
                    with_credit(picture, &look, title, &credit, &|inner, look| view.draw(inner, look))
                })
                .map_err(|error| error.to_string())?;
                download::text(&format!("{slug}.svg"), "image/svg+xml", &text)
            }
            File::Csv => {
                // The mark at the start tells spreadsheets that the text is UTF-8.
                let text = format!("\u{feff}{}", csv(&view.series(language), data));
                download::text(&format!("{slug}.csv"), "text/csv;charset=utf-8", &text)
            }
        }
    }
}

/// The line under an exported picture: sources and where it comes from.
fn credit(view: &Drawing, data: &FigureData, language: Language) -> String {
    let mut sources: Vec<String> = view
        .series(language)
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
fn png(slug: &str, view: &Drawing, language: Language, title: &str, credit: &str) -> Result<(), String> {
    use wasm_bindgen::JsCast;

    let look = Look { size: export_size(view), density: 2.0, palette: crate::browser::palette(), language };
    let canvas = crate::browser::document()
        .and_then(|document| document.create_element("canvas").ok())
        .and_then(|element| element.dyn_into::<web_sys::HtmlCanvasElement>().ok())
        .ok_or("no canvas")?;
    crate::canvas::paint(&canvas, &look, &|picture| {
        with_credit(picture, &look, title, credit, &|inner, look| view.draw(inner, look))
    })
    .map_err(|error| error.to_string())?;
    let data = canvas.to_data_url().map_err(|error| crate::browser::message(&error))?;
    download::address(&format!("{slug}.png"), &data)
}

/// There is no canvas at build time, and nothing to press.
#[cfg(not(target_arch = "wasm32"))]
fn png(_: &str, _: &Drawing, _: Language, _: &str, _: &str) -> Result<(), String> {
    Err("no canvas".to_owned())
}
