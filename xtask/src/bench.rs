//! `cargo xtask bench`: how fast the mathematics and the page are on this machine.

use std::fs;

use crate::build;
use crate::command::{in_project, run};
use crate::failure::{Failure, Result};
use crate::project::Project;
use crate::report;
use crate::setup::{self, Browser, WasmCompiler};

/// Runs the benchmarks of every crate that has some, then those of the page.
///
/// # Errors
/// If a tool can't be installed, or a benchmark does not run to its end.
pub fn run_all(project: &Project) -> Result {
    for package in crates_with_benches(project)? {
        report::step(&format!("benchmarks of {package}"), || {
            run(in_project(project, "cargo").args(["bench", "--package", &package]))
        })?;
    }
    let compiler = setup::for_publication(project)?;
    let browser = setup::for_tests_in_browser()?;
    report::step("particles in a browser", || particles(project, compiler, &browser))?;
    report::step("release build", || build::release(project))?;
    report::step("the page in a browser", || {
        let mut node = in_project(project, "node");
        node.arg(project.browser_tests().join("bench.mjs"));
        run(node.env("CHROME", &browser.chrome).env("ESSAY_DIST", project.dist()))
    })
}

/// Steps of the particles with and without vectors, and in plain JavaScript.
fn particles(project: &Project, compiler: WasmCompiler, browser: &Browser) -> Result {
    const TARGET: &str = "wasm32-unknown-unknown";
    let mut cargo = in_project(project, "cargo");
    cargo.args([
        "build",
        "--release",
        "--package",
        "particles",
        "--example",
        "in_browser",
        "--target",
        TARGET,
    ]);
    if let Some(rustc) = compiler.rustc(project) {
        cargo.env("RUSTC", rustc);
    }
    run(&mut cargo)?;
    let module = project.target().join(TARGET).join("release/examples/in_browser.wasm");
    let mut node = in_project(project, "node");
    node.arg(project.browser_tests().join("particles-bench.mjs"));
    run(node.env("CHROME", &browser.chrome).env("PARTICLES_WASM", module))
}

/// Names of the crates under `crates/` whose manifest lists a benchmark; each is named after its folder.
fn crates_with_benches(project: &Project) -> Result<Vec<String>> {
    let folder = project.root.join("crates");
    let entries = fs::read_dir(&folder)
        .map_err(|error| Failure::new(format!("{} cannot be read: {error}", folder.display())))?;
    let mut names: Vec<String> = entries
        .filter_map(std::result::Result::ok)
        .filter(|entry| {
            let manifest = fs::read_to_string(entry.path().join("Cargo.toml"));
            manifest.is_ok_and(|text| text.lines().any(|line| line.trim() == "[[bench]]"))
        })
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    Ok(names)
}
