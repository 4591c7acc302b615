//! One run of the tests: its steps, how long each took, and how many tests there were.

use std::time::{Duration, Instant};

use crate::failure::{Failure, Result};
use crate::report::duration;
use crate::tally::Tally;

/// The steps so far.
#[derive(Default)]
pub struct Session {
    times: Vec<(&'static str, Duration)>,
    tally: Tally,
}

impl Session {
    /// Runs a step under a heading. A step that reports no tests is one check of its own.
    ///
    /// # Errors
    /// Those of the step, which end the session with its summary.
    pub fn step(&mut self, name: &'static str, work: impl FnOnce() -> Result<Tally>) -> Result {
        self.timed(name, work).and_then(|tally| {
            self.tally += if tally == Tally::default() { Tally { passed: 1, failed: 0 } } else { tally };
            if tally.failed == 0 { Ok(()) } else { Err(self.failed(name, &Failure::new("tests failed"))) }
        })
    }

    /// Runs something that is not a check, under a heading.
    ///
    /// # Errors
    /// Those of the work, which end the session with its summary.
    pub fn timed<T>(&mut self, name: &'static str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        println!("\n==> {name}");
        let start = Instant::now();
        let result = work();
        self.times.push((name, start.elapsed()));
        result.map_err(|failure| {
            self.tally += Tally { passed: 0, failed: 1 };
            self.failed(name, &failure)
        })
    }

    /// Prints how long each step took and, last, the numbers of tests.
    pub fn summarize(&self) {
        println!();
        for (name, time) in &self.times {
            println!("{:>12}  {name}", duration(*time));
        }
        let total = self.times.iter().map(|(_, time)| *time).sum();
        println!("{:>12}  in all", duration(total));
        println!("\n{}", self.tally);
    }

    fn failed(&self, name: &str, failure: &Failure) -> Failure {
        self.summarize();
        Failure::new(format!("the step \"{name}\" failed; {failure}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_without_tests_count_as_one_check() {
        let mut session = Session::default();
        session.step("format", || Ok(Tally::default())).unwrap();
        session.step("tests", || Ok(Tally { passed: 5, failed: 0 })).unwrap();
        session.timed("set-up", || Ok(())).unwrap();
        assert_eq!(session.tally, Tally { passed: 6, failed: 0 });
    }

    #[test]
    fn a_failing_step_is_named_and_counted() {
        let mut session = Session::default();
        let failure = session.step("lints", || Err(Failure::new("two warnings"))).unwrap_err().to_string();
        assert!(failure.contains("\"lints\"") && failure.contains("two warnings"), "{failure}");
        assert_eq!(session.tally, Tally { passed: 0, failed: 1 });
    }

    #[test]
    fn failed_tests_fail_the_step_even_if_their_program_ends_well() {
        let mut session = Session::default();
        assert!(session.step("tests", || Ok(Tally { passed: 5, failed: 1 })).is_err());
    }
}
