//! `cargo xtask build`: the page for publication.

use std::fs;
use std::path::PathBuf;

use crate::command::{in_project, run};
use crate::failure::{Failure, Result};
use crate::page_weight;
use crate::project::Project;
use crate::report;
use crate::setup;

/// Installs what is missing, builds into `dist/` and prints what a reader's browser fetches.
///
/// # Errors
/// If a tool can't be installed, the build fails, or the module that it made does not load.
pub fn run_with_setup(project: &Project) -> Result {
    setup::for_publication(project)?;
    release(project)?;
    println!("\nThe page is in {}", project.dist().display());
    if setup::has_node(project) {
        println!("{}", page_weight::measure(project)?);
    } else {
        report::note("without Node the module was not loaded for a check, and sizes are not shown");
    }
    Ok(())
}

/// Builds the page with tools that are already there.
///
/// # Errors
/// If Trunk fails, or the module that it made does not load.
pub fn release(project: &Project) -> Result {
    run(in_project(project, project.bin().join("trunk")).args(["build", "--release"]))?;
    if setup::has_node(project) { check_modules_load(project) } else { Ok(()) }
}

/// Optimisers have written modules that no browser accepts (binaryen 132 with all features on), which one
/// would otherwise learn from readers.
fn check_modules_load(project: &Project) -> Result {
    const SCRIPT: &str = "for (const file of process.argv.slice(1)) \
        new WebAssembly.Module(require('fs').readFileSync(file))";
    run(in_project(project, "node").args(["-e", SCRIPT]).args(modules(project)?))
        .map_err(|_| Failure::new("a WebAssembly module was built but does not load"))
}

/// The page's module and those of the lab, which lie in a folder of their own.
fn modules(project: &Project) -> Result<Vec<PathBuf>> {
    let mut modules = Vec::new();
    let mut folders = vec![project.dist()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder)
            .map_err(|error| Failure::new(format!("{} cannot be read: {error}", folder.display())))?;
        for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "wasm") {
                modules.push(path);
            }
        }
    }
    Ok(modules)
}
