//! `cargo xtask train` and `cargo xtask evaluate`: the trainer, compiled for speed.

use crate::command::{in_project, run};
use crate::failure::Result;
use crate::project::Project;

/// Passes a command and its options on to the trainer, which explains them itself.
///
/// # Errors
/// If the trainer does not compile, or does not end well.
pub fn run_trainer(project: &Project, command: &str, options: &[String]) -> Result {
    let mut cargo = in_project(project, "cargo");
    cargo.args(["run", "--profile", "train", "--package", "trainer", "--", command]);
    run(cargo.args(options))
}
