//! The experiment within the page: steps for each frame, the reader's pushes, and the canvas.

use std::cell::RefCell;

use chapter::{DataTable, Provenance};
use web_sys::HtmlCanvasElement;
use yew::Callback;

use super::{Experiment, Measured, Painter, Scene, Show, Snapshot};
use crate::browser;
use crate::plot::{Palette, Size};

/// Name of the table of the states that the experiment has visited: heating, temperature, order, energy.
pub const VISITED: &str = "visited";
/// Name of the table of the particles as they were at the last of them; see [`Snapshot::from_table`].
pub const NOW: &str = "now";

/// Steps that a step button takes: enough to see, and to look at the order once.
pub const STEPS_BY_HAND: usize = 40;
/// Steps taken between two looks at the clock.
const STEPS_PER_GLANCE: usize = 10;
/// Most and least milliseconds that the steps of a frame may take. What does not fit is left out: time then passes more
/// slowly on the stage, but no step becomes longer.
const FRAME_BUDGET: (f64, f64) = (6.0, 1.5);
/// Milliseconds that a frame's budget loses to the one before while frames come late, and gains while they do not: from
/// most to least in a second, and back in some fifteen, or a machine at its limit would try again all the time.
const LOSS: f64 = 0.1;
const GAIN: f64 = 0.005;
/// Milliseconds between frames that are late, and how many frames the mean looks back on.
const LATE_FRAME: f64 = 24.0;
const FRAMES_OF_MEAN: f64 = 30.0;
/// Longest time between two frames that is made up for, milliseconds.
const LONGEST_FRAME: f64 = 50.0;

/// What the component decides.
pub struct Steering {
    /// Units of the particles' time that pass in a second.
    pub time_per_second: f64,
    /// What is shown.
    pub show: Show,
    /// Colors.
    pub palette: Palette,
    /// Size of the canvas, CSS pixels, once it is known.
    pub size: Option<Size>,
    /// Takes the tables [`VISITED`] and [`NOW`] whenever a state has been measured.
    pub on_measured: Option<Callback<Vec<(String, DataTable)>>>,
    /// Takes the temperature at which annealing has ended.
    pub on_bath: Callback<f64>,
}

/// What tells experiments apart: the number of particles, the seed, and how often the figure has been reset.
pub type Run = (usize, u32, u32);

/// Experiment, canvas and the reader's hand.
#[derive(Default)]
pub struct Lab {
    experiment: Option<Experiment>,
    run: Option<Run>,
    painter: Option<Painter>,
    steering: Option<Steering>,
    /// Part of a step that is due.
    due: f64,
    /// Mean time between frames, milliseconds.
    pace: f64,
    /// Milliseconds that are spared of the steps of each frame, because frames came late.
    spared: f64,
    /// Whether that has not been enough: until nothing is spared any more, fewer pixels are painted.
    is_coarse: bool,
    /// What was measured and is still to be told.
    untold: Option<Box<dyn FnOnce()>>,
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
    pub fn begin(&mut self, run: Run, bath: f64, moment: Option<&Snapshot>) {
        if self.run == Some(run) {
            return;
        }
        let (n_particles, seed, _) = run;
        let experiment = match moment {
            Some(moment) => {
                moment.to_microstate(bath, seed.into()).map(|state| Experiment::resumed(state, bath))
            }
            None => Experiment::liquid(n_particles, bath, seed.into()),
        };
        // The sizes and the recorded boxes are this project's own and known to be possible.
        debug_assert!(experiment.is_ok());
        self.experiment = experiment.ok();
        self.run = Some(run);
        self.untold = None;
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
        let (steps, untold) = lab.borrow_mut().begin_frame(elapsed);
        // To tell is to draw the plots anew: that has a frame of its own, which keeps either short. The lab isn't
        // borrowed meanwhile: the component looks into it when it is told.
        if let Some(tell) = untold {
            tell();
        } else {
            let mut lab = lab.borrow_mut();
            lab.untold = lab.take_steps(steps);
            lab.paint();
        }
    }

    /// Notes the pace; returns the steps that are due and what is to be told.
    fn begin_frame(&mut self, elapsed: f64) -> (usize, Option<Box<dyn FnOnce()>>) {
        if let (Some((center, velocity)), Some(experiment)) = (self.push.take(), &mut self.experiment) {
            experiment.push(center, velocity);
        }
        let elapsed = elapsed.min(LONGEST_FRAME);
        self.pace += (elapsed - self.pace) / FRAMES_OF_MEAN;
        let most = FRAME_BUDGET.0 - FRAME_BUDGET.1;
        if self.pace > LATE_FRAME {
            self.is_coarse |= self.spared >= most;
            self.spared = (self.spared + LOSS).min(most);
        } else {
            self.spared = (self.spared - GAIN).max(0.0);
            self.is_coarse &= self.spared > 0.0;
        }
        let rate = self.steering.as_ref().map_or(0.0, |steering| steering.time_per_second);
        let time_step = self.experiment.as_ref().map_or(1.0, Experiment::time_step);
        self.due += rate / time_step * elapsed / 1000.0;
        let untold = self.untold.take();
        let steps = if untold.is_some() { 0.0 } else { self.due.floor() };
        self.due -= steps;
        (steps as usize, untold)
    }

    /// Takes steps, as many as fit into a frame, paints, and tells what was measured.
    pub fn advance(lab: &RefCell<Self>, steps: usize) {
        let untold = {
            let mut lab = lab.borrow_mut();
            let untold = [lab.untold.take(), lab.take_steps(steps)];
            lab.paint();
            untold
        };
        for tell in untold.into_iter().flatten() {
            tell();
        }
    }

    fn take_steps(&mut self, steps: usize) -> Option<Box<dyn FnOnce()>> {
        let (experiment, steering) = (self.experiment.as_mut()?, self.steering.as_ref()?);
        let was_annealing = experiment.is_annealing();
        let clock = browser::window().and_then(|window| window.performance());
        let now = || clock.as_ref().map_or(0.0, web_sys::Performance::now);
        let end = now() + FRAME_BUDGET.0 - self.spared;
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
        let measured = steering.on_measured.clone().map(|on_measured| {
            let now = experiment.snapshot().to_table(Provenance::Here);
            (on_measured, vec![(VISITED.to_owned(), experiment.visited()), (NOW.to_owned(), now)])
        });
        let on_bath = steering.on_bath.clone();
        Some(Box::new(move || {
            if let Some((on_measured, tables)) = measured {
                on_measured.emit(tables);
            }
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
            // More than two device pixels a CSS pixel cost time and show nothing more of a disc.
            most_density: if self.is_coarse { 1.0 } else { 2.0 },
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
        let passed = (time - since) / 1000.0 * steering.time_per_second;
        let velocity = [0, 1].map(|axis| (at[axis] - from[axis]) * sigma / passed);
        self.push = Some((at.map(|coordinate| coordinate * sigma), velocity));
    }

    /// The reader's hand is gone.
    pub fn release(&mut self) {
        self.hand = None;
    }
}
