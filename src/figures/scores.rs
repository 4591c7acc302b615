//! How often each size of the project's models is right in an ability or two: the picture below what one of them
//! writes, so that nobody is fooled by a lucky answer, and the measurement of the same in the page.

use chapter::{DataTable, FigureId, Ladder, Language, Provenance, Unit};
use yew::prelude::*;

use crate::components::{LegendEntry, Line, Measuring, PlotCanvas, legend, remark};
use crate::figure::{Drawing, FigureData, FigureError, Rung, Series};
use crate::hooks::use_lab;
use crate::lab::{Report, Tally, Test, Work, wilson};
use crate::locale::number::power_of_ten;
use crate::locale::{self, pick};
use crate::plot::{Axes, Axis, DrawError, Frame, Label, Look, Picture, Plot, Scale};
use crate::stage::{row, table};

/// Name of the table of counts measured here: for each size the items, then the right answers of each ability.
const HERE: &str = "scores-here";
/// Fresh items of each ability.
const ITEMS: u32 = 200;

/// How many items were answered right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// Right answers.
    pub correct: u32,
    /// Items.
    pub items: u32,
}

impl Score {
    /// The share of right answers, percent.
    pub fn percent(self) -> f64 {
        100.0 * f64::from(self.correct) / f64::from(self.items)
    }

    /// The 95 % interval of the share, percent.
    pub fn interval(self) -> [f64; 2] {
        wilson(self.correct, self.items).map(|end| 100.0 * f64::from(end))
    }
}

/// How one size does.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Its name, such as `4x64`.
    pub rung: String,
    /// Parameters without the embedding.
    pub params: f64,
    /// In each ability.
    pub scores: Vec<Score>,
    /// The same of models of this size that were trained from other seeds, which are not published.
    pub others: Vec<Vec<Score>>,
}

/// Plain numbers to draw.
#[derive(Clone, Debug, PartialEq)]
pub struct Scores {
    /// Names of the abilities.
    abilities: &'static [&'static str],
    /// Every size, the smallest first.
    pub points: Vec<Point>,
    /// What was measured here.
    pub here: Vec<Point>,
    /// Index of the chosen size.
    pub at: usize,
}

impl Scores {
    /// The scores of a figure's abilities, in the order of
    /// [`Figure::ABILITIES`](crate::figure::Figure::ABILITIES).
    ///
    /// # Errors
    /// If the data do not hold the models.
    pub fn new(
        abilities: &'static [&'static str],
        rung: &Rung,
        data: &FigureData,
    ) -> Result<Self, FigureError> {
        let ladder = data.ladder()?;
        let points = ladder.rungs.iter().filter_map(|rung| {
            let shipped = rung.shipped()?;
            let score = |score: &chapter::Score| Score {
                correct: (score.correct * score.items as f64).round() as u32,
                items: score.items as u32,
            };
            let scores = |run: &chapter::Run| run.scores.iter().map(score).collect();
            let others = rung.runs.iter().filter(|run| *run != shipped).map(scores);
            let params = rung.params_non_embedding as f64;
            Some(Point { rung: rung.name.clone(), params, scores: scores(shipped), others: others.collect() })
        });
        let points: Vec<Point> = points.collect();
        let here = data.table(HERE).map(|table| &table.rows[..]).unwrap_or_default().iter();
        let here = here.filter_map(|row| {
            let point = points.iter().find(|point| point.rung == row.label)?;
            let (&items, correct) = row.values.split_first()?;
            let score = |&correct: &f64| Score { correct: correct as u32, items: items as u32 };
            Some(Point { scores: correct.iter().map(score).collect(), others: Vec::new(), ..point.clone() })
        });
        Ok(Self { abilities, here: here.collect(), at: rung.index(ladder).min(points.len() - 1), points })
    }

    /// The chosen size, as measured by the project.
    pub fn chosen(&self) -> &Point {
        &self.points[self.at]
    }

    fn x(&self) -> Scale {
        let [first, last] = [0, self.points.len() - 1].map(|index| self.points[index].params);
        Scale::new(first / 1.6, last * 1.8, 0.0)
    }

    /// The size whose column is nearest to a place on the horizontal axis.
    pub fn nearest(&self, params: f64) -> usize {
        let x = self.x();
        let distance = |index: usize| (x.place(self.points[index].params) - x.place(params)).abs();
        (0..self.points.len())
            .fold(0, |best, index| if distance(index) < distance(best) { index } else { best })
    }

    /// [`Figure::frame`](crate::figure::Figure::frame).
    pub fn frame(&self, look: &Look) -> Frame {
        Frame::new(self.x(), Scale::linear(0.0, 100.0), look)
    }

    /// [`Figure::draw`](crate::figure::Figure::draw).
    ///
    /// # Errors
    /// When the backend fails.
    pub fn draw(&self, picture: &Picture<'_>, look: &Look) -> Result<(), DrawError> {
        let frame = self.frame(look);
        let colors = look.palette;
        Axes {
            x: Axis { title: x_title(look.language), format: &power_of_ten },
            y: Axis { title: y_title(look.language), format: &|value| format!("{value}") },
        }
        .draw(picture, &frame, look)?;
        let plot = Plot::new(picture, &frame, look);
        let at = self.chosen().params;
        plot.rule((at, 0.0), (at, 100.0), colors.ink)?;
        let mut curves = Vec::new();
        for (index, color) in (0..self.abilities.len()).zip([colors.published, colors.second]) {
            let points = |value: &dyn Fn(Score) -> f64| -> Vec<(f64, f64)> {
                self.points.iter().map(|point| (point.params, value(point.scores[index]))).collect()
            };
            plot.band(&points(&|score| score.interval()[0]), &points(&|score| score.interval()[1]), color)?;
            for point in &self.points {
                for other in &point.others {
                    plot.ring((point.params, other[index].percent()), 3.0, color)?;
                }
            }
            let shares = points(&Score::percent);
            plot.curve(&shares, color, 2.2)?;
            for &share in &shares {
                plot.dot(share, 4.0, color)?;
            }
            curves.push(shares);
        }
        for point in &self.here {
            for score in &point.scores {
                plot.circle((point.params, score.percent()), 7.0, colors.accent)?;
            }
        }
        let names = self.points.iter().map(|point| Label {
            // At the highest curve, to be clear of all where they run along the axis.
            at: (point.params, point.scores.iter().map(|score| score.percent()).fold(0.0, f64::max)),
            radius: 6.0,
            text: &point.rung,
            color: colors.muted,
        });
        // Empty names keep the others off the curves and the middle of the rings, which they may touch.
        let rings = self.points.iter().flat_map(|point| {
            let at = |score: &Score| (point.params, score.percent());
            let label = move |score| Label { at: at(score), radius: 0.0, text: "", color: colors.muted };
            point.others.iter().flatten().map(label)
        });
        let between = curves.iter().flat_map(|curve| Label::along(curve, &frame, colors.muted));
        let kept_clear = rings.chain(between);
        plot.labels(&names.chain(kept_clear).collect::<Vec<_>>())
    }

    fn names(&self, language: Language) -> Vec<&'static str> {
        self.abilities.iter().map(|name| locale::words::ability(name, language)).collect()
    }

    /// [`Figure::series`](crate::figure::Figure::series).
    pub fn series(&self, language: Language) -> Vec<Series> {
        let columns: Vec<(String, Unit)> = columns(language)
            .into_iter()
            .zip([Unit::Params, Unit::Percent, Unit::Percent, Unit::Percent, Unit::Count])
            .map(|(name, unit)| (name.to_owned(), unit))
            .collect();
        let names = self.names(language);
        let series = |index: usize, provenance, is_other: bool, points: &[Point]| Series {
            name: series_name(names[index], provenance, is_other, language),
            provenance,
            source: (provenance == Provenance::Project).then(|| FigureData::MODELS.to_owned()),
            columns: columns.clone(),
            rows: points
                .iter()
                .map(|point| {
                    let score = point.scores[index];
                    let [low, high] = score.interval();
                    let values = vec![point.params, score.percent(), low, high, score.items.into()];
                    (point.rung.clone(), values)
                })
                .collect(),
        };
        // Models of other seeds, one a row, beside the published ones.
        let others = self.points.iter().flat_map(|point| {
            let alone =
                |scores: &Vec<Score>| Point { scores: scores.clone(), others: Vec::new(), ..point.clone() };
            point.others.iter().map(alone).collect::<Vec<_>>()
        });
        let others: Vec<Point> = others.collect();
        let all = [
            (Provenance::Project, false, &self.points),
            (Provenance::Project, true, &others),
            (Provenance::Here, false, &self.here),
        ];
        let mut all: Vec<Series> = all
            .into_iter()
            .flat_map(|(provenance, is_other, points)| {
                let series = &series;
                (0..self.abilities.len()).map(move |index| series(index, provenance, is_other, points))
            })
            .collect();
        all.retain(|series| !series.rows.is_empty());
        all
    }

    /// The chosen model in each ability: as measured here, or else by the project.
    pub fn reading(&self, language: Language) -> String {
        let chosen = self.chosen();
        let here = self.here.iter().find(|point| point.rung == chosen.rung);
        let point = here.unwrap_or(chosen);
        let shares = self.names(language).into_iter().zip(&point.scores).map(|(name, score)| {
            let [low, high] = score.interval();
            let percent = percent(*score);
            match language {
                Language::Zh => format!("{name} {percent}（95% 区间 {low:.1}–{high:.1}%）"),
                Language::En => format!("{name} {percent} (95% interval {low:.1}–{high:.1}%)"),
            }
        });
        let shares: Vec<String> = shares.collect();
        let (rung, items) = (&point.rung, point.scores.first().map_or(0, |score| score.items));
        match language {
            Language::Zh => format!("{rung}，{items} 道没见过的题，答对：{}。", shares.join("，")),
            Language::En => format!("{rung}, {items} items it has not seen, right: {}.", shares.join(", ")),
        }
    }

    /// [`Figure::describe`](crate::figure::Figure::describe).
    pub fn describe(&self, language: Language) -> String {
        let all: Vec<String> = self
            .points
            .iter()
            .map(|point| {
                let shares: Vec<String> = point.scores.iter().map(|&score| percent(score)).collect();
                format!("{}: {}", point.rung, shares.join(" / "))
            })
            .collect();
        let reading = self.reading(language);
        match language {
            Language::Zh => {
                format!("答对的比例随参数量的变化。{reading}各种大小的模型：{}。", all.join("，"))
            }
            Language::En => {
                format!("Share of right answers against size. {reading} Each size: {}.", all.join(", "))
            }
        }
    }

    fn legend(&self, language: Language) -> Html {
        let entry = |line, name: String, provenance| LegendEntry { line, name, provenance };
        let mut entries: Vec<LegendEntry> = self
            .names(language)
            .into_iter()
            .zip([Line::Published, Line::Second])
            .map(|(name, line)| entry(line, with_band(name, language), Provenance::Project))
            .collect();
        if !self.here.is_empty() {
            entries.push(entry(Line::Accent, here(language).to_owned(), Provenance::Here));
        }
        legend(entries, language)
    }
}

fn percent(score: Score) -> String {
    format!("{:.1}%", score.percent())
}

const fn x_title(language: Language) -> &'static str {
    pick(language, "参数量（不含嵌入层）", "parameters (without embeddings)")
}

const fn y_title(language: Language) -> &'static str {
    pick(language, "答对的题（%）", "right answers (%)")
}

const fn columns(language: Language) -> [&'static str; 5] {
    match language {
        Language::Zh => ["参数量", "答对", "95% 区间下限", "上限", "题数"],
        Language::En => ["parameters", "right", "95% interval from", "to", "items"],
    }
}

fn with_band(name: &str, language: Language) -> String {
    match language {
        Language::Zh => format!("{name}；色带是 95% 区间，空心小点是其他种子训练的同样大小的模型"),
        Language::En => format!(
            "{name}; the band is the 95% interval, small rings are models of the same size from other seeds"
        ),
    }
}

const fn here(language: Language) -> &'static str {
    pick(language, "刚才在这里测的", "Measured here just now")
}

fn series_name(name: &str, provenance: Provenance, is_other: bool, language: Language) -> String {
    let place = match provenance {
        Provenance::Here => pick(language, "此处实测", "measured here"),
        _ if is_other => pick(language, "项目实测，其他种子", "measured by the project, other seeds"),
        _ => pick(language, "项目实测", "measured by the project"),
    };
    match language {
        Language::Zh => format!("{name}（{place}）"),
        Language::En => format!("{name} ({place})"),
    }
}

fn measure(rung: &str, language: Language) -> String {
    match language {
        Language::Zh => format!("当场测量 {rung}：每项 {ITEMS} 道新题"),
        Language::En => format!("Measure {rung} here: {ITEMS} new items of each kind"),
    }
}

/// The table of counts measured here, with one more row in place of any of the same model.
fn measured(data: &FigureData, rung: &str, tallies: &[Tally]) -> DataTable {
    let mut rows = data.table(HERE).map(|table| table.rows.clone()).unwrap_or_default();
    rows.retain(|row| row.label != rung);
    let items = tallies.first().map_or(0, |tally| tally.items);
    let correct = tallies.iter().map(|tally| f64::from(tally.correct));
    rows.push(row(rung, [items.into()].into_iter().chain(correct).collect()));
    table(Provenance::Here, &[], rows)
}

/// Properties of [`ScoreBoard`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The figure.
    pub figure: FigureId,
    /// Its picture.
    pub drawing: Drawing,
    /// What the picture shows.
    pub scores: Scores,
    /// What measures each ability.
    pub tests: Vec<tasks::Ability>,
    /// The figure's data.
    pub data: std::rc::Rc<FigureData>,
    /// Takes what was measured here.
    pub on_measured: Callback<Vec<(String, DataTable)>>,
    /// Takes the size that the reader chooses in the picture.
    pub on_rung: Callback<Rung>,
    /// The reader's language.
    pub language: Language,
}

/// A measurement on its way.
#[derive(Default)]
struct Measurement {
    /// Name of the model.
    of: Option<String>,
    tallies: Vec<Tally>,
    problem: Option<String>,
    /// How many there have been: each asks other items.
    count: u32,
}

/// The picture, what it says of the chosen size, and the button that measures that size anew.
#[component]
pub fn ScoreBoard(props: &Props) -> Html {
    let Props { scores, language, .. } = props;
    let language = *language;
    let measurement = use_mut_ref(Measurement::default);
    let redraw = use_force_update();
    let lab = use_lab(props.figure, {
        let (measurement, redraw) = (measurement.clone(), redraw.clone());
        let (data, on_measured) = (props.data.clone(), props.on_measured.clone());
        move |report| {
            let mut own = measurement.borrow_mut();
            match report {
                Report::Tallies(tallies) => own.tallies = tallies,
                Report::Failed(problem) => (own.of, own.problem) = (None, Some(problem.to_string())),
                Report::Finished => {
                    if let Some(rung) = own.of.take() {
                        on_measured.emit(vec![(HERE.to_owned(), measured(&data, &rung, &own.tallies))]);
                    }
                }
                _ => {}
            }
            redraw.force_update();
        }
    });
    let rung = scores.chosen().rung.clone();
    let on_start = {
        let (measurement, tests) = (measurement.clone(), props.tests.clone());
        Callback::from(move |()| {
            let mut own = measurement.borrow_mut();
            let count = own.count + 1;
            *own = Measurement { of: Some(rung.clone()), count, ..Measurement::default() };
            lab.start(Work::Score {
                rung: rung.clone(),
                tests: tests.iter().copied().map(Test::Ability).collect(),
                items: ITEMS,
                // Other items than the last time.
                seed: 1_000 + u64::from(count),
            });
            redraw.force_update();
        })
    };
    let ladder: Option<&Ladder> = props.data.ladder.as_ref();
    let on_value = {
        let ladder = ladder.cloned().unwrap_or_default();
        props.on_rung.reform(move |index: f64| Rung::at(&ladder, index.max(0.0) as usize))
    };
    let on_point = {
        let scores = scores.clone();
        on_value.reform(move |(params, _): (f64, f64)| scores.nearest(params) as f64)
    };
    let measurement = measurement.borrow();
    let done = measurement.tallies.first().map_or(0, |tally| tally.items);
    let measuring = Measuring {
        label: measure(&scores.chosen().rung, language),
        progress: measurement.of.is_some().then_some((done, ITEMS)),
        problem: measurement.problem.clone(),
        on_start,
    };
    html! {
        <>
            <PlotCanvas
                drawing={props.drawing.clone()}
                {language}
                label={x_title(language)}
                value_text={scores.reading(language)}
                value={scores.at as f64}
                min={0.0}
                max={scores.points.len() as f64 - 1.0}
                step={1.0}
                {on_value}
                {on_point}
            />
            { measuring.view(language) }
            { remark(scores.reading(language)) }
            { scores.legend(language) }
        </>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::Reasoning;

    const ABILITIES: &[&str] = <Reasoning as crate::figure::Figure>::ABILITIES;

    #[test]
    fn what_was_measured_here_is_exported_as_such() {
        let data = FigureData::of::<Reasoning>();
        let tally = |correct| Tally { items: 200, correct, ..Tally::default() };
        let once = measured(&data, "1x8", &[tally(1), tally(2)]);
        let data = data.with_tables(vec![(HERE.to_owned(), once)]);
        let twice = measured(&data, "1x8", &[tally(50), tally(100)]);
        let data = FigureData::of::<Reasoning>().with_tables(vec![(HERE.to_owned(), twice)]);
        let scores = Scores::new(ABILITIES, &Rung::default(), &data).unwrap();
        assert_eq!(scores.here.len(), 1, "the second measurement replaces the first");
        let shares: Vec<f64> = scores.here[0].scores.iter().map(|score| score.percent()).collect();
        assert_eq!(shares, [25.0, 50.0]);
        let series = scores.series(Language::En);
        assert_eq!(series.iter().filter(|one| one.provenance == Provenance::Here).count(), 2);
        assert_eq!(scores.nearest(scores.points[0].params * 1.1), 0);
    }

    #[test]
    fn every_ability_of_a_board_has_a_name() {
        for language in [Language::Zh, Language::En] {
            let scores = Scores::new(ABILITIES, &Rung::default(), &FigureData::of::<Reasoning>()).unwrap();
            assert!(scores.names(language).iter().all(|name| !name.is_empty()));
        }
    }
}
