//! Which tools each command needs.

use std::fs;

use super::browser::{self, Browser};
use super::cargo_tool::CargoTool;
use super::launchers::Tools;
use super::wasm_compiler::{self, WasmCompiler};
use super::{fonts, launchers, node, rust_components};
use crate::failure::{Failure, Result};
use crate::project::Project;
use crate::report;
use crate::versions;

/// What building and serving the page needs: a compiler for wasm32, wasm-bindgen, wasm-split and Trunk.
///
/// # Errors
/// If one of them is missing and cannot be installed.
pub fn for_page(project: &Project) -> Result<WasmCompiler> {
    let lock_file = fs::read_to_string(project.root.join("Cargo.lock"))
        .map_err(|error| Failure::new(format!("Cargo.lock cannot be read: {error}")))?;
    let wasm_bindgen = CargoTool {
        package: "wasm-bindgen-cli",
        version: &versions::locked(&lock_file, "wasm-bindgen")?,
        programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
        flags: &[],
        takes: "about 2 minutes",
    };
    let wasm_split = CargoTool {
        package: "wasm_split_cli_support",
        version: versions::WASM_SPLIT,
        programs: &["wasm-split-cli"],
        flags: &["--features", "build-binary"],
        takes: "about a minute",
    };
    // Without default features: no self-update check, and rustls instead of the system's OpenSSL headers.
    let trunk = CargoTool {
        package: "trunk",
        version: versions::TRUNK,
        programs: &["trunk"],
        flags: &["--no-default-features", "--features", "rustls"],
        takes: "about 5 minutes",
    };

    let compiler = wasm_compiler::ensure(project)?;
    let tools = Tools {
        wasm_bindgen: wasm_bindgen.ensure(project)?,
        wasm_split: wasm_split.ensure(project)?,
        trunk: trunk.ensure(project)?,
    };
    launchers::write_all(project, compiler, &tools)?;
    Ok(compiler)
}

/// What a release build needs besides: binaryen, to make the module smaller.
///
/// The page works without, so that a failure here is a note.
///
/// # Errors
/// If what [`for_page`] installs is missing and cannot be installed.
pub fn for_publication(project: &Project) -> Result<WasmCompiler> {
    let compiler = for_page(project)?;
    if let Err(failure) = node::ensure_packages(project) {
        report::note(&format!("the module will not be made smaller by wasm-opt; {failure}"));
    }
    Ok(compiler)
}

/// What `test --quick` needs: all for a publication, and Rust's formatter and linter.
///
/// # Errors
/// If one of them is missing and cannot be installed.
pub fn for_tests_without_browser(project: &Project) -> Result<WasmCompiler> {
    rust_components::ensure()?;
    let compiler = for_page(project)?;
    node::ensure_packages(project)?;
    Ok(compiler)
}

/// What the tests in a browser need besides: the browser and a Chinese font.
///
/// # Errors
/// If one of them is missing and cannot be installed.
pub fn for_tests_in_browser() -> Result<Browser> {
    let browser = browser::ensure()?;
    fonts::ensure_chinese()?;
    Ok(browser)
}

/// What benchmarks compare with, besides all that the tests in a browser need.
///
/// # Errors
/// If it is missing and cannot be installed.
pub fn for_comparison(project: &Project) -> Result {
    node::ensure_peers(project)
}

/// Everything but what only benchmarks need, for `cargo xtask setup`.
///
/// # Errors
/// If one of the tools is missing and cannot be installed.
pub fn all(project: &Project) -> Result {
    let compiler = for_tests_without_browser(project)?;
    let browser = for_tests_in_browser()?;
    println!("Everything is installed.");
    println!("  compiler for WebAssembly: {compiler}");
    println!("  browser for the tests:    {}", browser.chrome.display());
    println!("  Trunk by itself:          .tools/bin/trunk serve (or build)");
    Ok(())
}
