//! `cargo xtask bench`: how fast the mathematics and the page are on this machine.

use std::fs;

use crate::build;
use crate::command::{in_project, run};
use crate::failure::{Failure, Result};
use crate::page_weight;
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
    setup::for_comparison(project)?;
    report::step("particles in a browser", || PARTICLES.run(project, compiler, &browser))?;
    report::step("models in a browser", || ENGINE.run(project, compiler, &browser))?;
    report::step("release build", || build::release(project))?;
    report::step("the page in a browser", || page(project, &browser, "bench.mjs"))?;
    report::step("redraws in a browser, beside uPlot", || page(project, &browser, "redraw-bench.mjs"))?;
    report::step("the stage in a browser", || page(project, &browser, "stage-bench.mjs"))?;
    report::step("the lab's figures in a browser", || page(project, &browser, "lab-bench.mjs"))
}

/// The measurements of the built page that a script takes.
fn page(project: &Project, browser: &Browser, script: &str) -> Result {
    let mut node = in_project(project, "node");
    node.arg(project.browser_tests().join(script));
    run(node.env("CHROME", &browser.chrome).env("ESSAY_DIST", project.dist()))
}

/// A crate's example `in_browser`, which a script calls from a page.
struct InBrowser {
    package: &'static str,
    features: &'static [&'static str],
    /// The profile that the page's own program of this crate is compiled with.
    profile: &'static str,
    /// What makes the compiler go about it as it does for that program.
    flags: &'static str,
    script: &'static str,
    /// The variable in which the script expects the path of the compiled example.
    variable: &'static str,
}

/// Steps of the particles with and without vectors, and in plain JavaScript.
const PARTICLES: InBrowser = InBrowser {
    package: "particles",
    features: &[],
    profile: "release",
    flags: "",
    script: "particles-bench.mjs",
    variable: "PARTICLES_WASM",
};

/// The models with vectors, in plain JavaScript, and in onnxruntime-web.
const ENGINE: InBrowser = InBrowser {
    package: "transformer",
    features: &["simd128"],
    profile: "engine",
    // The lab as a whole is compiled for small code, in which the compiler makes no vectors of its own; in this crate by
    // itself it would.
    flags: "-Cno-vectorize-loops -Cno-vectorize-slp",
    script: "engine-bench.mjs",
    variable: "ENGINE_WASM",
};

impl InBrowser {
    fn run(&self, project: &Project, compiler: WasmCompiler, browser: &Browser) -> Result {
        const TARGET: &str = "wasm32-unknown-unknown";
        let Self { package, features, profile, flags, script, variable } = self;
        let mut cargo = in_project(project, "cargo");
        cargo.args(["build", "--package", package, "--example", "in_browser"]);
        cargo.args(["--target", TARGET, "--profile", profile, "--features", &features.join(",")]);
        cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags);
        if let Some(rustc) = compiler.rustc(project) {
            cargo.env("RUSTC", rustc);
        }
        run(&mut cargo)?;
        let module = project.target().join(TARGET).join(profile).join("examples/in_browser.wasm");
        // As small as the page's modules are made, and with all that the page would share with it.
        let small = module.with_extension("small.wasm");
        run(in_project(project, project.bin().join("wasm-opt"))
            .args(["-Oz", "--all-features", "--strip-debug"])
            .arg(&module)
            .arg("-o")
            .arg(&small))?;
        for bytes in page_weight::compressed(project, &[small])? {
            println!(
                "{bytes:>9}  bytes after brotli: {package}, its vectors, an allocator, what it takes of the library"
            );
        }
        let mut node = in_project(project, "node");
        node.arg(project.browser_tests().join(script));
        run(node.env("CHROME", &browser.chrome).env(variable, module))
    }
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
