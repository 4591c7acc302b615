//! What the lab tells of a training, and of the model that comes of it.

use tasks::Token;

use super::Point;
use crate::lab::{Guess, Report, Variant};

/// How far a training is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Progress {
    /// None has begun.
    #[default]
    Idle,
    /// It runs.
    Running,
    /// The reader has stopped it.
    Paused,
    /// All steps are made.
    Done,
}

/// A training on its way.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trainer {
    /// What is trained.
    pub variant: Variant,
    /// From which seed.
    pub seed: u64,
    /// How far it is.
    pub progress: Progress,
    /// The steps so far.
    pub points: Vec<Point>,
    /// The sequence of the attention maps.
    pub probe: Vec<Token>,
    /// Attention maps by step, layer by layer and head by head: `[32, 32]` in units of 1/255.
    pub snapshots: Vec<(u32, Vec<Vec<u8>>)>,
    /// Why it cannot go on.
    pub problem: Option<String>,
}

impl Trainer {
    /// Takes in a report; whether there is something new to draw. Single steps are drawn with the next snapshot: the
    /// eye does not follow a hundred a second.
    pub fn hear(&mut self, report: Report) -> bool {
        match report {
            Report::Began { probe, .. } => self.probe = probe,
            Report::Step(step) => {
                let recipe = self.variant.recipe(self.seed);
                self.points.push(Point {
                    step: step.step.into(),
                    loss: step.repeat_loss.into(),
                    accuracy: step.repeat_accuracy.into(),
                    prefix: recipe.best_of_last_layer(&step.prefix).into(),
                    previous: recipe.best_of_first_layer(&step.previous).into(),
                    flops: step.flops,
                });
                return false;
            }
            Report::Snapshot { step, maps } => self.snapshots.push((step, maps)),
            Report::Finished => self.progress = Progress::Done,
            Report::Failed(problem) => {
                (self.progress, self.problem) = (Progress::Idle, Some(problem.to_string()));
            }
            _ => return false,
        }
        true
    }
}

/// What the trained model does when it is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Probe {
    /// Share of repeats that it gets right, and their mean loss, nats.
    pub copying: Option<(f32, f32)>,
    /// What it holds to follow what the reader typed.
    pub guesses: Vec<Guess>,
    /// Why it does not answer.
    pub problem: Option<String>,
}

impl Probe {
    /// Takes in a report.
    pub fn hear(&mut self, report: Report) {
        match report {
            Report::Copying { loss, accuracy } => {
                (self.copying, self.problem) = (Some((accuracy, loss)), None);
            }
            Report::Reading { next, .. } => self.guesses = next.into_iter().next().unwrap_or_default(),
            Report::Failed(problem) => self.problem = Some(problem.to_string()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::{Problem, Step};

    #[test]
    fn steps_gather_until_a_snapshot_and_the_end_is_known() {
        let mut trainer = Trainer { progress: Progress::Running, seed: 1, ..Trainer::default() };
        let step = Step {
            step: 3,
            loss: 3.0,
            repeat_loss: 2.0,
            repeat_accuracy: 0.25,
            prefix: vec![0.9, 0.5],
            previous: vec![0.75, 0.1],
            flops: 1e6,
        };
        assert!(!trainer.hear(Report::Step(step)));
        let point = Point { step: 3.0, loss: 2.0, accuracy: 0.25, prefix: 0.5, previous: 0.75, flops: 1e6 };
        assert_eq!(trainer.points, [point]);
        assert!(trainer.hear(Report::Snapshot { step: 4, maps: Vec::new() }));
        assert!(trainer.hear(Report::Finished));
        assert_eq!(trainer.progress, Progress::Done);
        assert!(trainer.hear(Report::Failed(Problem::Damaged)));
        assert!(trainer.problem.is_some());
    }

    #[test]
    fn an_answer_ends_the_last_problem() {
        let mut probe = Probe::default();
        probe.hear(Report::Failed(Problem::Damaged));
        probe.hear(Report::Copying { loss: 0.5, accuracy: 0.75 });
        assert_eq!((probe.problem, probe.copying), (None, Some((0.75, 0.5))));
    }
}
