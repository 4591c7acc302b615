//! Mounts the figure in a real browser, without the page around it.
//!
//! What needs the finished page (addresses, pointers, themes, embedding) is tested in `browser/`.
#![cfg(target_arch = "wasm32")]

use std::rc::Rc;

use chapter::{Column, DataTable, Fact, FigureId, Language, Provenance, Row, Unit};
use essay::components::{FigureShell, figure_shell::Props};
use essay::figure::{Controls as _, Figure, FigureData, Settings, State};
use essay::figures::ScalingLaw;
use essay::page::figure_events;
use essay::particle_kernel;
use js_sys::Promise;
use particles::{Microstate, Parameters, Simulation, SystemSize};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Document, Element, HtmlCanvasElement};
use yew::{AppHandle, AttrValue, Renderer};

wasm_bindgen_test_configure!(run_in_browser);

/// Longest wait for a state of the page, in pauses of 20 ms: 10 s, far beyond what a slow machine needs.
const PATIENCE: u32 = 500;

fn settings(state: &str) -> Settings {
    Settings::of::<ScalingLaw>(<ScalingLaw as Figure>::Controls::from_state(&State::parse(state)))
}

fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

async fn pause() {
    let promise = Promise::new(&mut |resolve, _| {
        web_sys::window()
            .unwrap()
            .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 20)
            .unwrap();
    });
    JsFuture::from(promise).await.unwrap();
}

/// A figure in a frame of the page, removed when the test ends.
struct Mounted {
    frame: Element,
    handle: Option<AppHandle<FigureShell>>,
}

impl Mounted {
    fn new(data: FigureData, state: &str) -> Self {
        let frame = document().create_element("figure").unwrap();
        frame.set_id("fig-scaling-law");
        document().body().unwrap().append_child(&frame).unwrap();
        // The page's style sheet, which gives a plot its height, is not here.
        frame.set_inner_html("<div></div>");
        let style = document().create_element("style").unwrap();
        style.set_text_content(Some(
            ".plot { width: 600px; height: 400px } canvas { width: 100%; height: 100% }",
        ));
        frame.append_child(&style).unwrap();
        let island = frame.first_element_child().unwrap();
        let props = Props {
            settings: settings(state),
            data: Rc::new(data),
            language: Language::En,
            title: AttrValue::from("A law"),
            on_ready: yew::Callback::noop(),
        };
        let handle = Renderer::<FigureShell>::with_root_and_props(island, props).render();
        Self { frame, handle: Some(handle) }
    }

    fn find(&self, selector: &str) -> Option<Element> {
        self.frame.query_selector(selector).unwrap()
    }

    fn text(&self, selector: &str) -> String {
        self.find(selector).and_then(|element| element.text_content()).unwrap_or_default()
    }

    /// Whether the canvas holds anything but nothing: a blank one of the same size encodes differently.
    fn is_painted(&self) -> bool {
        let Some(canvas) = self.find("canvas").and_then(|canvas| canvas.dyn_into::<HtmlCanvasElement>().ok())
        else {
            return false;
        };
        let blank: HtmlCanvasElement = document().create_element("canvas").unwrap().dyn_into().unwrap();
        blank.set_width(canvas.width());
        blank.set_height(canvas.height());
        canvas.to_data_url().unwrap() != blank.to_data_url().unwrap()
    }

    async fn wait_until(&self, what: &str, holds: impl Fn(&Self) -> bool) {
        for _ in 0..PATIENCE {
            if holds(self) {
                return;
            }
            pause().await;
        }
        panic!("{what}; the figure reads: {}", self.frame.text_content().unwrap_or_default());
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        if let Some(handle) = self.handle.take() {
            handle.destroy();
        }
        self.frame.remove();
    }
}

/// Kaplan et al. 2020, equations 1.1 to 1.3, with round ranges of fit, and one model to mark.
fn data() -> FigureData {
    let values = [
        ("units.pf_day", 8.64e19),
        ("kaplan.n_c", 8.8e13),
        ("kaplan.alpha_n", 0.076),
        ("kaplan.fit_n_min", 768.0),
        ("kaplan.fit_n_max", 1.5e9),
    ];
    let fact = |(key, value): (&str, f64)| Fact {
        key: key.to_owned(),
        value,
        unit: Unit::One,
        digits: None,
        source: Some("kaplan2020".to_owned()),
        place: "for this test".to_owned(),
        provenance: Provenance::Published,
    };
    let table = |columns: &[&str], label: &str, values: &[f64]| DataTable {
        source: "brown2020".to_owned(),
        place: "Table 2.1".to_owned(),
        provenance: Provenance::Published,
        columns: columns.iter().map(|name| Column { name: (*name).to_owned(), unit: Unit::One }).collect(),
        rows: vec![Row {
            label: label.to_owned(),
            zh: None,
            values: values.to_vec(),
            source: None,
            tags: Vec::new(),
        }],
    };
    FigureData {
        facts: values.into_iter().map(fact).collect(),
        tables: vec![
            ("gpt-params".to_owned(), table(&["params"], "GPT-2", &[1.5e9])),
            ("gpt3-sizes".to_owned(), table(&["params"], "GPT-3 175B", &[1.75e11])),
        ],
        references: Vec::new(),
        ladder: None,
    }
}

#[wasm_bindgen_test]
async fn a_mounted_figure_paints_its_canvas() {
    let figure = Mounted::new(data(), "");
    figure.wait_until("nothing was painted", Mounted::is_painted).await;
    // L(N) = (8.8e13 / 1.75e11)^0.076 = 1.604
    assert!(figure.text(".readouts").contains("1.60"), "{}", figure.text(".readouts"));
}

#[wasm_bindgen_test]
async fn a_damaged_state_is_survived() {
    let figure = Mounted::new(data(), "axis=zzz&at=NaN&alpha=999&scale=-1e999&x=%00&=&&second=&y");
    figure.wait_until("nothing was painted", Mounted::is_painted).await;
    assert!(figure.find(".failure").is_none());
}

#[wasm_bindgen_test]
async fn missing_data_are_told_with_a_way_to_try_again() {
    let figure = Mounted::new(FigureData::default(), "");
    figure.wait_until("no failure is shown", |figure| figure.find(".failure[role=alert]").is_some()).await;
    assert!(figure.text(".failure").contains("kaplan"), "names what is missing: {}", figure.text(".failure"));
    assert!(figure.find(".failure button").is_some());
    assert!(figure.find("canvas").is_none());
}

#[wasm_bindgen_test]
async fn a_mounted_figure_can_be_set_from_outside() {
    let figure = Mounted::new(data(), "");
    figure.wait_until("nothing was painted", Mounted::is_painted).await;
    let before = figure.text(".readouts");
    figure_events::set(FigureId::ScalingLaw, &State::parse("at=1e9"));
    figure.wait_until("the point did not move", |figure| figure.text(".readouts") != before).await;
    // (8.8e13 / 1e9)^0.076 = 2.375
    assert!(figure.text(".readouts").contains("2.38"), "{}", figure.text(".readouts"));
}

#[wasm_bindgen_test]
fn particles_make_the_same_run_with_vectors_to_the_last_bit() {
    let kernel = particle_kernel::kernel().expect("this browser has vectors");
    for n_particles in [16, 256] {
        let size = SystemSize::new(n_particles).unwrap();
        let mut without = Simulation::new(Microstate::crystal(size, 0.8, 0.7, 1).unwrap());
        let mut with = without.clone().with_kernel(kernel.clone());
        for simulation in [&mut without, &mut with] {
            simulation.advance(&Parameters::default(), 2000);
        }
        assert_eq!(with.microstate(), without.microstate());
        assert_eq!(with.potential_energy(), without.potential_energy());
    }
}
