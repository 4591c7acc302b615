//! Rust's formatter and linter, which a minimal installation of Rust leaves out.

use std::process::Command;

use crate::command::{run, succeeds};
use crate::failure::Result;
use crate::report;

/// Adds `rustfmt` and `clippy` where they are missing.
///
/// # Errors
/// If one is missing and rustup cannot add it.
pub fn ensure() -> Result {
    for (subcommand, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if !succeeds(Command::new("cargo").args([subcommand, "--version"])) {
            report::step(&format!("{component}: rustup component add, a few seconds"), || {
                run(Command::new("rustup").args(["component", "add", component]))
                    .map_err(|failure| failure.with_remedy(format!("install Rust's {component} component")))
            })?;
        }
    }
    Ok(())
}
