//! What the developer sees while steps run.

use std::time::{Duration, Instant};

use crate::failure::Result;

/// Announces a step that takes a while, runs it, and says how long it took.
///
/// # Errors
/// Those of the step.
pub fn step<T>(what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("==> {what}");
    let start = Instant::now();
    let result = work()?;
    println!("    done in {}", duration(start.elapsed()));
    Ok(result)
}

/// A line about something that the developer should know but need not act on.
pub fn note(text: &str) {
    println!("    note: {text}");
}

/// A duration as one says it: `4 min 05 s` or `1.3 s`.
pub fn duration(elapsed: Duration) -> String {
    let seconds = elapsed.as_secs();
    if seconds >= 60 {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    } else {
        format!("{:.1} s", elapsed.as_secs_f64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_switch_to_minutes_at_sixty_seconds() {
        assert_eq!(duration(Duration::from_millis(1_340)), "1.3 s");
        assert_eq!(duration(Duration::from_secs(245)), "4 min 05 s");
    }
}
