//! Counting tests from what the test programs print.

use std::fmt::{self, Display, Formatter};
use std::ops::AddAssign;

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Tests that passed.
    pub passed: u32,
    /// Tests that failed.
    pub failed: u32,
}

impl Tally {
    /// What one line of output adds: a summary line of Rust's test harness
    /// (`test result: ok. 12 passed; 0 failed; …`) or of Node's (`ℹ pass 12`, `ℹ fail 0`).
    pub fn from_line(line: &str) -> Self {
        let mut tally = Self::default();
        if let Some(summary) = line.trim().strip_prefix("test result: ") {
            let words: Vec<&str> = summary.split_whitespace().collect();
            for pair in words.windows(2) {
                let count = pair[0].parse().unwrap_or(0);
                match pair[1].trim_end_matches([';', ',']) {
                    "passed" => tally.passed = count,
                    "failed" => tally.failed = count,
                    _ => {}
                }
            }
        } else if let Some(count) = line.strip_prefix("ℹ pass ") {
            tally.passed = count.trim().parse().unwrap_or(0);
        } else if let Some(count) = line.strip_prefix("ℹ fail ") {
            tally.failed = count.trim().parse().unwrap_or(0);
        }
        tally
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl Display for Tally {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_harnesses_are_understood() {
        let rust = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; finished in 0.02s";
        assert_eq!(Tally::from_line(rust), Tally { passed: 12, failed: 3 });
        assert_eq!(Tally::from_line("ℹ pass 7"), Tally { passed: 7, failed: 0 });
        assert_eq!(Tally::from_line("ℹ fail 2"), Tally { passed: 0, failed: 2 });
    }

    #[test]
    fn other_lines_count_nothing() {
        for line in ["running 3 tests", "test a::b ... ok", "ℹ tests 9", "12 passed"] {
            assert_eq!(Tally::from_line(line), Tally::default(), "{line}");
        }
    }
}
