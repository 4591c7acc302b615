//! The line that shows how a run gets on.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

use crate::Training;

/// Time between lines on a terminal, where each replaces the last, and elsewhere.
const ON_TERMINAL: Duration = Duration::from_millis(500);
const ELSEWHERE: Duration = Duration::from_secs(30);

/// Shows progress on the standard error.
#[derive(Debug)]
pub struct ProgressLine {
    is_terminal: bool,
    start: Instant,
    first_step: u64,
    first_tokens: u64,
    shown: Instant,
    loss: f64,
}

impl ProgressLine {
    /// The line of a run that goes on from here.
    pub fn new(training: &Training) -> Self {
        let now = Instant::now();
        Self {
            is_terminal: std::io::stderr().is_terminal(),
            start: now,
            first_step: training.progress().step,
            first_tokens: training.progress().tokens,
            shown: now,
            loss: f64::NAN,
        }
    }

    /// Shows the line when it is time to; speeds are means since the run was started or continued.
    pub fn update(&mut self, training: &Training) {
        let progress = training.progress();
        self.loss = if progress.recent_tokens > 0 { progress.mean_loss() } else { self.loss };
        if self.shown.elapsed() < if self.is_terminal { ON_TERMINAL } else { ELSEWHERE } {
            return;
        }
        self.shown = Instant::now();
        let settings = training.settings();
        let seconds = self.start.elapsed().as_secs_f64();
        let steps = (progress.step - self.first_step) as f64;
        let left = seconds / steps * (settings.steps - progress.step) as f64;
        let text = format!(
            "{}: step {} of {}, loss {:.3}, {:.0} tokens/s, {:.1} GFLOP/s, {} left",
            settings.name(),
            progress.step,
            settings.steps,
            self.loss,
            (progress.tokens - self.first_tokens) as f64 / seconds,
            steps * training.flops_per_step() / seconds / 1e9,
            duration(left)
        );
        if self.is_terminal {
            // Back to the start of the line, and nothing after it.
            eprint!("\r{text}\x1b[K");
            // A line that cannot be shown is no reason to stop training.
            let _ = std::io::stderr().flush();
        } else {
            eprintln!("{text}");
        }
    }

    /// Leaves the last line where it is.
    pub fn end(&self) {
        if self.is_terminal {
            eprintln!();
        }
    }
}

/// Seconds as one says them.
fn duration(seconds: f64) -> String {
    let minutes = (seconds / 60.0).ceil() as u64;
    if minutes >= 60 {
        format!("{} h {:02} min", minutes / 60, minutes % 60)
    } else {
        format!("{minutes} min")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_rounded_up_to_minutes() {
        assert_eq!([20.0, 61.0, 3601.0].map(duration), ["1 min", "2 min", "1 h 01 min"]);
    }
}
