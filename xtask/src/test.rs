//! `cargo xtask test`: everything that must hold, from the quickest check to the slowest.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::build;
use crate::command::{in_project, run, run_and_count};
use crate::failure::{Failure, Result};
use crate::page_weight;
use crate::project::Project;
use crate::session::Session;
use crate::setup::{self, Browser, WasmCompiler};
use crate::tally::Tally;

/// The most that the Chinese page may make a browser fetch before any figure is near, in bytes after brotli.
const FIRST_BUDGET: u64 = 113_000;

/// The most with the parts of all figures, those of the opening among them. The aim was 235 kB: 170 kB for the text, what
/// figures share and the scaling law, 40 kB for the other figures about scale, 25 kB for the particles, their figure and
/// the opening. Nobody waits for that sum any more, since each section's figures are fetched when they are near; this
/// limit keeps it from growing unseen.
const TOTAL_BUDGET: u64 = 484_000;

/// The most that the lab may be: script, program and what lies between. A reader waits for it at the first model, before
/// the model.
const LAB_BUDGET: u64 = 60_000;

/// Runs all checks, or with `quick` those that need no browser, and stops at the first that fails.
///
/// # Errors
/// If a tool cannot be installed or a check fails; the message names the step.
pub fn run_all(project: &Project, quick: bool) -> Result {
    let mut session = Session::default();
    let compiler = session.timed("set-up", || setup::for_tests_without_browser(project))?;
    let browser =
        if quick { None } else { Some(session.timed("set-up of the browser", setup::for_tests_in_browser)?) };

    session.step("format", || check(cargo(project, &["fmt", "--all", "--check"])))?;
    session.step("lints", || {
        check(cargo(project, &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
    })?;
    session.step("native tests", || run_and_count(&mut cargo(project, &["test", "--workspace"])))?;
    session.step("release build", || build::release(project).map(|()| Tally::default()))?;
    session.step("byte budget", || byte_budget(project))?;
    if let Some(browser) = browser {
        session.step("WebAssembly tests", || wasm_tests(project, compiler, &browser))?;
        let files = browser_test_files(project)?;
        session.step("browser tests", || browser_tests(project, &browser, &files))?;
    }
    session.summarize();
    Ok(())
}

fn cargo(project: &Project, arguments: &[&str]) -> Command {
    let mut cargo = in_project(project, "cargo");
    cargo.args(arguments);
    cargo
}

/// Runs a check that reports no tests.
fn check(mut command: Command) -> Result<Tally> {
    run(&mut command).map(|()| Tally::default())
}

fn byte_budget(project: &Project) -> Result<Tally> {
    let weight = page_weight::measure(project)?;
    println!("{weight}");
    let budgets = [
        ("before any figure", weight.first(), FIRST_BUDGET),
        ("in all", weight.total(), TOTAL_BUDGET),
        ("in the lab", weight.lab(), LAB_BUDGET),
    ];
    for (what, bytes, budget) in budgets {
        println!("{budget:>9}  allowed {what}");
        if bytes > budget {
            return Err(Failure::new(format!("the page is {} bytes over its budget {what}", bytes - budget)));
        }
    }
    Ok(Tally::default())
}

/// Tests compiled to WebAssembly and run inside the browser, through its driver.
fn wasm_tests(project: &Project, compiler: WasmCompiler, browser: &Browser) -> Result<Tally> {
    let mut command = cargo(
        project,
        &["test", "--package", "essay", "--target", "wasm32-unknown-unknown", "--test", "web"],
    );
    let runner = project.bin().join("wasm-bindgen-test-runner");
    command
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
        .env("CHROMEDRIVER", &browser.chromedriver);
    if let Some(rustc) = compiler.rustc(project) {
        command.env("RUSTC", rustc);
    }
    run_and_count(&mut command)
}

/// Tests that open the finished page as a reader would.
fn browser_tests(project: &Project, browser: &Browser, files: &[PathBuf]) -> Result<Tally> {
    let mut node = in_project(project, "node");
    node.args(["--test", "--test-reporter=spec"]).args(files);
    run_and_count(node.env("CHROME", &browser.chrome).env("ESSAY_DIST", project.dist()))
}

/// Listed here because Node understands patterns only from version 21 on.
fn browser_test_files(project: &Project) -> Result<Vec<PathBuf>> {
    let folder = project.browser_tests();
    let entries = fs::read_dir(&folder)
        .map_err(|error| Failure::new(format!("{} cannot be read: {error}", folder.display())))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|file| file.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    files.sort();
    Ok(files)
}
