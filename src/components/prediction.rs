//! Predict, then reveal: a figure holds back what was measured until the reader has drawn what they expect.
//!
//! What the reader drew stays beside what was measured, and one number says how far off it was.

use std::fmt;

use chapter::Language;
use yew::prelude::*;

use super::remark;
use crate::locale::pick;

/// How far a prediction has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Something is held back, and the reader draws.
    Draw,
    /// Everything is shown.
    Shown,
}

impl Stage {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Draw, Self::Shown];

    /// The stage that a figure begins in: nothing is held back from a reader who cannot draw.
    pub const FIRST: Self = if crate::IS_PAGE { Self::Draw } else { Self::Shown };

    /// Its name in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draw => "draw",
            Self::Shown => "shown",
        }
    }
}

/// What leads a reader from drawing to seeing.
pub struct PredictionBar {
    /// Where the reader is.
    pub stage: Stage,
    /// What to draw, and how.
    pub task: String,
    /// Whether there is a line to compare with.
    pub is_drawn: bool,
    /// How far off the line was, once all is shown; none if nothing was drawn.
    pub outcome: Option<String>,
    /// Asks for the other stage.
    pub on_stage: Callback<Stage>,
    /// The reader's language.
    pub language: Language,
}

impl PredictionBar {
    /// The bar as HTML.
    pub fn view(self) -> Html {
        let Self { stage, task, is_drawn, outcome, on_stage, language } = self;
        let button = |stage: Stage, disabled: bool, words: &'static str| {
            let onclick = on_stage.reform(move |_: MouseEvent| stage);
            html! { <button type="button" class="button" {disabled} {onclick}>{ words }</button> }
        };
        html! {
            <div class="prediction" data-stage={stage.code()}>
                { match stage {
                    Stage::Draw => html! {
                        <>
                            { remark(task) }
                            { button(Stage::Shown, !is_drawn, pick(language, "揭晓", "Reveal")) }
                            { button(Stage::Shown, false, pick(language, "跳过，直接看", "Skip to the answer")) }
                        </>
                    },
                    Stage::Shown => html! {
                        <>
                            { for outcome.map(remark) }
                            { button(Stage::Draw, false, pick(language, "遮住，由我来预测", "Hide it and let me predict")) }
                        </>
                    },
                } }
            </div>
        }
    }
}

/// Steps of a sketch along the vertical axis.
const STEPS: f64 = 1000.0;

/// Heights that a reader drew at some of a row of columns, as parts of the vertical axis.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sketch(Vec<Option<u16>>);

impl Sketch {
    /// Whether nothing is drawn.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Option::is_none)
    }

    /// Draws a column at a height between 0 and 1.
    pub fn draw(&mut self, column: usize, height: f64) {
        if self.0.len() <= column {
            self.0.resize(column + 1, None);
        }
        self.0[column] = Some((height.clamp(0.0, 1.0) * STEPS).round() as u16);
    }

    /// The sketch as points: from `start`, the last one that was given, through the columns at these places. Columns
    /// that the reader jumped over lie on the straight line between their neighbors; the line ends with the last one
    /// drawn.
    pub fn line(&self, start: (f64, f64), columns: &[f64]) -> Vec<(f64, f64)> {
        let mut line = vec![start];
        for (column, height) in self.0.iter().enumerate().take(columns.len()) {
            let Some(height) = height else { continue };
            let end = (columns[column], f64::from(*height) / STEPS);
            let from = line[line.len() - 1];
            for &between in &columns[line.len() - 1..column] {
                let run = end.0 - from.0;
                // Two columns may lie on each other.
                let share = if run == 0.0 { 1.0 } else { (between - from.0) / run };
                line.push((between, from.1 + share * (end.1 - from.1)));
            }
            line.push(end);
        }
        line
    }

    /// Reads what [`Sketch`] writes as text; columns beyond `n` and what is not understood are dropped.
    pub fn parse(text: &str, n: usize) -> Self {
        let height = |text: &str| text.parse().ok().filter(|&height: &u16| f64::from(height) <= STEPS);
        let mut heights: Vec<_> = text.split('.').take(n).map(height).collect();
        while heights.pop_if(|height| height.is_none()).is_some() {}
        Self(heights)
    }
}

/// `250..475`: thousandths of the axis, nothing for a column that was jumped over.
impl fmt::Display for Sketch {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (column, height) in self.0.iter().enumerate() {
            if column > 0 {
                out.write_str(".")?;
            }
            if let Some(height) = height {
                write!(out, "{height}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sketch(columns: &[(usize, f64)]) -> Sketch {
        let mut sketch = Sketch::default();
        for &(column, height) in columns {
            sketch.draw(column, height);
        }
        sketch
    }

    #[test]
    fn columns_that_were_jumped_over_lie_on_the_line() {
        let line = sketch(&[(2, 0.9), (0, 0.3)]).line((0.0, 0.1), &[0.2, 0.6, 0.8, 1.0]);
        assert_eq!(line.len(), 4, "the fourth column is not drawn yet");
        assert_eq!((line[0], line[1], line[3]), ((0.0, 0.1), (0.2, 0.3), (0.8, 0.9)));
        // 0.3 + (0.6 - 0.2) / (0.8 - 0.2) * (0.9 - 0.3), to rounding.
        assert!((line[2].1 - 0.7).abs() < 1e-12);
    }

    #[test]
    fn text_and_back() {
        let drawn = sketch(&[(1, 0.25), (3, 1.7)]);
        assert_eq!(drawn.to_string(), ".250..1000");
        assert_eq!(Sketch::parse(&drawn.to_string(), 9), drawn);
        assert_eq!(Sketch::parse("12.word.1001.-3.5", 4).to_string(), "12");
        assert!(Sketch::parse("", 5).is_empty() && Sketch::default().is_empty());
    }
}
