//! Every figure, by walking the registry: it shows what the text describes, draws, and says what it shows.

use std::fs;
use std::path::Path;

use chapter::{FigureId, Language, Provenance};
use chapter_compiler::{Essay, compile};
use essay::components::csv;
use essay::figure::{Controls, Figure, FigureData, State, needs};
use essay::figures::{Visitor, visit};
use essay::plot::{Look, Palette, Size, svg};

fn essay() -> Essay {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    compile(&content, &needs()).unwrap_or_else(|problems| panic!("\n{problems}"))
}

/// Calls `check` with every figure's type and data.
fn for_every_figure(check: &mut dyn FnMut(FigureId, &FigureData)) {
    let essay = essay();
    for needs in needs() {
        check(needs.figure, &FigureData::collect(&essay, &needs));
    }
}

struct Shown<'a>(&'a FigureData, Language);

/// What a figure shows in the state that the text describes.
struct Showing {
    description: String,
    pictures: Vec<String>,
    csv: String,
    unsourced: Vec<String>,
}

impl Visitor for Shown<'_> {
    type Output = Showing;

    fn visit<F: Figure>(self) -> Showing {
        let Self(data, language) = self;
        let view = F::view(&F::Controls::default(), data).expect("the default can be shown");
        // A phone, a desktop, and a box too small for anything: each must draw.
        let sizes = [(288.0, 340.0), (760.0, 420.0), (40.0, 40.0)];
        let pictures = sizes
            .map(|(width, height)| {
                let look =
                    Look { size: Size { width, height }, density: 2.0, palette: Palette::light(), language };
                svg::document(&look, |picture| F::draw(&view, picture, &look)).expect("it draws")
            })
            .into();
        let series = F::series(&view, language);
        let unsourced = series
            .iter()
            .filter(|one| {
                let known = |key: &str| data.references.iter().any(|work| work.key == key);
                // What the project measured names the file that it stands in.
                let is_file = |file: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join(file).is_file();
                match one.provenance {
                    Provenance::Published => !one.source.as_deref().is_some_and(known),
                    Provenance::Project => {
                        one.source.as_deref() != F::MEASUREMENTS || !F::MEASUREMENTS.is_some_and(is_file)
                    }
                    _ => false,
                }
            })
            .map(|one| one.name.clone())
            .collect();
        Showing { description: F::describe(&view, language), pictures, csv: csv(&series, data), unsourced }
    }
}

#[test]
fn every_figure_draws_at_every_size() {
    for_every_figure(&mut |figure, data| {
        for picture in visit(figure, Shown(data, Language::Zh)).pictures {
            assert!(picture.starts_with("<svg") && picture.trim_end().ends_with("</svg>"), "{figure:?}");
            // One rectangle is the background.
            let shapes =
                ["<text", "<polyline", "<rect", "<circle"].map(|shape| picture.matches(shape).count());
            assert!(shapes.iter().sum::<usize>() > 3, "{figure:?} is empty");
        }
    });
}

#[test]
fn every_figure_describes_itself_in_both_languages() {
    for_every_figure(&mut |figure, data| {
        let [zh, en] = Language::ALL.map(|language| visit(figure, Shown(data, language)).description);
        let is_chinese = |text: &str| text.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter));
        assert!(zh.chars().count() > 20 && is_chinese(&zh), "{figure:?}: {zh}");
        assert!(en.len() > 40 && !is_chinese(&en), "{figure:?}: {en}");
    });
}

#[test]
fn every_series_names_a_work_of_the_figure_or_a_file_of_the_project() {
    for_every_figure(&mut |figure, data| {
        let unsourced = visit(figure, Shown(data, Language::En)).unsourced;
        assert!(unsourced.is_empty(), "{figure:?}: {unsourced:?}");
    });
}

#[test]
fn every_figure_exports_its_numbers_with_provenance() {
    for_every_figure(&mut |figure, data| {
        let csv = visit(figure, Shown(data, Language::En)).csv;
        let mut lines = csv.lines();
        let header = lines.next().unwrap_or_default();
        assert!(header.ends_with("provenance,source"), "{figure:?}: {header}");
        assert!(lines.clone().count() > 1, "{figure:?} exports nothing");
        let words = ["here", "project", "published", "textbook", "schematic"];
        assert!(lines.all(|line| words.iter().any(|word| line.contains(&format!(",{word},")))), "{figure:?}");
    });
}

/// Where the pictures are that figures must go on drawing: an SVG element a line, colors by their role.
const PICTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pictures");

/// Set to anything, this variable makes the test below write the pictures instead of comparing them. Look at what changed
/// (`git diff --word-diff tests/pictures`) before you commit it.
const RENEW: &str = "RENEW_PICTURES";

struct Picture<'a>(&'a FigureData);

impl Visitor for Picture<'_> {
    type Output = String;

    fn visit<F: Figure>(self) -> String {
        let view = F::view(&F::Controls::default(), self.0).expect("the default can be shown");
        let size = Size { width: 560.0, height: if F::TALL { 640.0 } else { 420.0 } };
        let svg =
            svg::twin(size, Language::En, |picture, look| F::draw(&view, picture, look)).expect("it draws");
        svg.replace('\n', "").replace('<', "\n<").replace("\n</text>", "</text>").trim_start().to_owned()
            + "\n"
    }
}

/// The first line in which two texts differ: its number, and of both the part around the difference.
fn first_difference(drawn: &str, stored: &str) -> String {
    let (drawn, stored): (Vec<_>, Vec<_>) = (drawn.lines().collect(), stored.lines().collect());
    let line =
        |lines: &[&str], index: usize| lines.get(index).copied().unwrap_or("(no such line)").to_owned();
    let differs = |&index: &usize| line(&drawn, index) != line(&stored, index);
    let index = (0..drawn.len().max(stored.len())).find(differs).unwrap_or_default();
    let [drawn, stored] = [drawn, stored].map(|lines| line(&lines, index));
    let same = drawn.chars().zip(stored.chars()).take_while(|(one, other)| one == other).count();
    let around = |text: &str| -> String { text.chars().skip(same.saturating_sub(80)).take(160).collect() };
    format!("line {}\n     now: …{}\n  stored: …{}", index + 1, around(&drawn), around(&stored))
}

#[test]
fn every_figure_draws_the_stored_picture() {
    let mut differences = String::new();
    for_every_figure(&mut |figure, data| {
        let drawn = visit(figure, Picture(data));
        let file = Path::new(PICTURES).join(format!("{}.svg", figure.slug()));
        if std::env::var_os(RENEW).is_some() {
            fs::create_dir_all(PICTURES).and_then(|()| fs::write(&file, drawn)).expect("it can be written");
            return;
        }
        let stored = fs::read_to_string(&file).unwrap_or_default();
        if drawn != stored {
            differences += &format!("{}: {}\n", figure.slug(), first_difference(&drawn, &stored));
        }
    });
    assert!(differences.is_empty(), "\n{differences}Meant so? {RENEW}=1 cargo test --test figures\n");
}

struct Default<'a>(&'a FigureData);

impl Visitor for Default<'_> {
    type Output = ();

    fn visit<F: Figure>(self) {
        let controls = F::Controls::default();
        assert_eq!(
            controls.to_state(),
            State::default(),
            "{:?}: the default leaves the address clean",
            F::ID
        );
        assert!(F::Controls::from_state(&State::default()) == controls, "{:?}", F::ID);
        // Whatever an address says, there is something to show.
        let junk = "axis=zzz&at=NaN&alpha=999&scale=-1e999&x=&second=%F0&unknown=1&&&=";
        let controls = F::Controls::from_state(&State::parse(junk));
        assert!(F::view(&controls, self.0).is_ok(), "{:?}", F::ID);
    }
}

#[test]
fn every_figure_takes_any_address() {
    for_every_figure(&mut |figure, data| visit(figure, Default(data)));
}

#[test]
fn a_figure_without_its_data_says_what_is_missing() {
    struct Empty;
    impl Visitor for Empty {
        type Output = String;
        fn visit<F: Figure>(self) -> String {
            F::view(&F::Controls::default(), &FigureData::default())
                .err()
                .map_or_else(String::new, |e| e.to_string())
        }
    }
    for figure in FigureId::ALL {
        assert!(visit(figure, Empty).contains("do not hold"), "{figure:?}");
    }
}
