//! The experiment within the page: steps for each frame, the reader's pushes, and the canvas.

use std::cell::RefCell;

use chapter::Provenance;
use web_sys::HtmlCanvasElement;
use yew::Callback;

use super::experiment::{Experiment, Measured};
use super::{NOW, VISITED};
use crate::browser;
use crate::plot::{Palette, Size};
use crate::stage::{Painter, Scene, Show, Snapshot};

/// Steps that the step button takes: 0.16 units of time, enough to see and to look at the order once.
pub const STEPS_BY_HAND: usize = 40;
/// Steps taken between two looks at the clock.
const STEPS_PER_GLANCE: usize = 10;
/// Milliseconds that the steps of one frame may take. What does not fit is left out: time then passes more slowly on
/// the stage, but no step becomes longer.
const FRAME_BUDGET: f64 = 7.0;
/// Longest time between two frames that is made up for, milliseconds.
const LONGEST_FRAME: f64 = 50.0;

/// What the component decides.
pub struct Steering {
    pub steps_per_second: f64,
    pub show: Show,
    pub palette: Palette,
    pub size: Option<Size>,
    /// Takes the tables of what was measured here.
    pub on_measured: Callback<Vec<(String, chapter::DataTable)>>,
    /// Takes the temperature at which annealing has ended.
    pub on_bath: Callback<f64>,
}

/// What tells experiments apart: size, seed, and how often the figure has been reset.
pub type Run = (super::Size, u32, u32);

/// Experiment, canvas and the reader's hand.
#[derive(Default)]
pub struct Lab {
    experiment: Option<Experiment>,
    run: Option<Run>,
    painter: Option<Painter>,
    steering: Option<Steering>,
    /// Part of a step that is due.
    due: f64,
    /// Where the pointer was, CSS pixels, and when, milliseconds.
    hand: Option<([f64; 2], f64)>,
    /// Place and velocity of a push that the next frame makes, in sigma and units of time.
    push: Option<([f64; 2], [f64; 2])>,
}

impl Lab {
    /// Takes the component's decisions.
    pub fn steer(&mut self, steering: Steering) {
        self.steering = Some(steering);
    }

    /// Begins an experiment, unless it is this run already: with the particles of `moment`, or with a liquid.
    pub fn begin(&mut self, run: Run, n_particles: usize, bath: f64, moment: Option<Snapshot>) {
        if self.run == Some(run) {
            return;
        }
        let seed = run.1.into();
        let experiment = match moment {
            Some(moment) => Experiment::resumed(&moment, bath, seed),
            None => Experiment::liquid(n_particles, bath, seed),
        };
        // The sizes and the recorded box are this project's own and known to be possible.
        debug_assert!(experiment.is_ok());
        self.experiment = experiment.ok();
        self.run = Some(run);
    }

    /// Takes the canvas to paint on.
    pub fn attach(&mut self, canvas: HtmlCanvasElement) {
        self.painter = Painter::new(canvas);
    }

    /// Sets the temperature of the bath.
    pub fn set_bath(&mut self, bath: f64) {
        if let Some(experiment) = &mut self.experiment {
            experiment.set_bath(bath);
        }
    }

    /// Sets the temperature to `from` and lets it fall slowly to `to`.
    pub fn anneal(&mut self, from: f64, to: f64) {
        if let Some(experiment) = &mut self.experiment {
            experiment.anneal(from, to);
        }
    }

    /// The temperature of the bath and what was last measured.
    pub fn measured(&self) -> Option<(f64, Measured)> {
        self.experiment.as_ref().map(|experiment| (experiment.bath(), *experiment.latest()))
    }

    /// A frame, so many milliseconds after the one before.
    pub fn frame(lab: &RefCell<Self>, elapsed: f64) {
        let steps = {
            let mut lab = lab.borrow_mut();
            if let (Some((center, velocity)), Some(experiment)) = (lab.push.take(), &mut lab.experiment) {
                experiment.push(center, velocity);
            }
            let rate = lab.steering.as_ref().map_or(0.0, |steering| steering.steps_per_second);
            lab.due += rate * elapsed.min(LONGEST_FRAME) / 1000.0;
            let whole = lab.due.floor();
            lab.due -= whole;
            whole as usize
        };
        Self::advance(lab, steps);
    }

    /// Takes steps, as many as fit into a frame, paints, and tells what was measured.
    pub fn advance(lab: &RefCell<Self>, steps: usize) {
        let told = {
            let mut lab = lab.borrow_mut();
            let told = lab.take_steps(steps);
            lab.paint();
            told
        };
        // Not while the lab is borrowed: the component looks into it when it is told.
        if let Some(tell) = told {
            tell();
        }
    }

    fn take_steps(&mut self, steps: usize) -> Option<Box<dyn FnOnce()>> {
        let (experiment, steering) = (self.experiment.as_mut()?, self.steering.as_ref()?);
        let was_annealing = experiment.is_annealing();
        let clock = browser::window().and_then(|window| window.performance());
        let now = || clock.as_ref().map_or(0.0, web_sys::Performance::now);
        let end = now() + FRAME_BUDGET;
        let (mut left, mut dotted) = (steps, false);
        while left > 0 && now() <= end {
            let some = left.min(STEPS_PER_GLANCE);
            dotted |= experiment.advance(some);
            left -= some;
        }
        let ended = (was_annealing && !experiment.is_annealing()).then(|| experiment.bath());
        if !dotted && ended.is_none() {
            return None;
        }
        let tables = vec![
            (VISITED.to_owned(), experiment.visited()),
            (NOW.to_owned(), experiment.snapshot().to_table(Provenance::Here)),
        ];
        let (on_measured, on_bath) = (steering.on_measured.clone(), steering.on_bath.clone());
        Some(Box::new(move || {
            on_measured.emit(tables);
            if let Some(bath) = ended {
                on_bath.emit(bath);
            }
        }))
    }

    /// Paints the particles as they are.
    pub fn paint(&mut self) {
        let (Some(experiment), Some(painter), Some(steering)) =
            (&self.experiment, &mut self.painter, &self.steering)
        else {
            return;
        };
        let Some(size) = steering.size else { return };
        painter.paint(&Scene {
            positions: experiment.microstate().positions(),
            periodic_box: experiment.microstate().periodic_box(),
            order: experiment.order(),
            voronoi: experiment.voronoi(),
            show: steering.show,
            palette: steering.palette,
            size,
        });
    }

    /// The reader's hand is at this place of the stage (CSS pixels) at this time (milliseconds).
    pub fn drag(&mut self, at: [f64; 2], time: f64) {
        let before = self.hand.replace((at, time));
        let (Some((from, since)), Some(experiment), Some(steering)) =
            (before, &self.experiment, &self.steering)
        else {
            return;
        };
        let Some(size) = steering.size.filter(|_| time > since) else { return };
        let sides = experiment.microstate().periodic_box().sides();
        let sigma = sides[0] / size.width;
        // Seconds of the reader, in units of the particles' time.
        let passed = (time - since) / 1000.0 * steering.steps_per_second * experiment.time_step();
        let velocity = [0, 1].map(|axis| (at[axis] - from[axis]) * sigma / passed);
        self.push = Some((at.map(|coordinate| coordinate * sigma), velocity));
    }

    /// The reader's hand is gone.
    pub fn release(&mut self) {
        self.hand = None;
    }
}
