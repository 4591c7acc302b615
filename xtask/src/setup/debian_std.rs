//! The fallback for machines that cannot download from rustup: Debian's current compiler, which ships for
//! building browsers, and its source, from which the standard library for wasm32 is built.
//!
//! The library goes into a sysroot of this checkout. It links to the compiler's own library for the host,
//! which build scripts and procedural macros need, so that nothing is written outside the checkout.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::apt;
use super::install_folder::{clear, failure, install};
use super::wasm_compiler::TARGET;
use crate::command::{output, run};
use crate::failure::{Failure, Result};
use crate::project::Project;
use crate::report;

/// Debian's compiler; rustup's comes first on the PATH, hence the full path.
pub const RUSTC: &str = "/usr/bin/rustc";
const CARGO: &str = "/usr/bin/cargo";

/// Where the compiler's own libraries and the source lie.
const SYSTEM_RUSTLIB: &str = "/usr/lib/rustlib";

/// Name of the empty crate whose dependencies are the libraries wanted.
const EMPTY_CRATE: &str = "std-for-wasm32";

const MANIFEST: &str = "\
[package]
name = \"std-for-wasm32\"
edition = \"2024\"

[lib]
path = \"lib.rs\"

[workspace]
";

/// Whether a library is there that was built for the compiler as it is now.
pub fn is_current(project: &Project) -> bool {
    let stamp = fs::read_to_string(stamp_file(&sysroot(project))).ok();
    stamp.is_some() && stamp == compiler_identity()
}

/// Installs the compiler if it is missing and builds the library.
///
/// # Errors
/// If Debian does not offer the packages, they cannot be installed, or the build fails.
pub fn build(project: &Project) -> Result {
    install_packages()?;
    let identity = compiler_identity()
        .ok_or_else(|| Failure::new(format!("{RUSTC} does not tell its version, although just installed")))?;
    let what = format!("standard library for {TARGET}: compiling Debian's source, about 1 minute");
    report::step(&what, || {
        install(project, &sysroot(project), |new| {
            compile(&new.join("build"))?;
            assemble(new)?;
            clear(&new.join("build"))?;
            // Last: its presence says that all the rest is there.
            fs::write(stamp_file(new), &identity).map_err(|error| failure(new, &error))
        })
    })?;
    // Cargo does not see that the library has changed and would mix objects of both.
    clear(&project.target().join(TARGET))
}

fn sysroot(project: &Project) -> PathBuf {
    project.tools().join("sysroot")
}

fn stamp_file(sysroot: &Path) -> PathBuf {
    sysroot.join("built-for")
}

/// What tells one compiler from another: an update of the package changes the library's hashes even when
/// the compiler calls itself the same.
fn compiler_identity() -> Option<String> {
    let compiler = output(Command::new(RUSTC).arg("-vV"))?;
    let package = output(Command::new("dpkg-query").args(["-W", "-f", "${Version}", "rustc-web"]))?;
    Some(format!("{compiler}\npackage: {package}\n"))
}

fn install_packages() -> Result {
    if !apt::offers("rustc-web") {
        return Err(Failure::new("this system's apt offers no rustc-web package (Debian 12 does)"));
    }
    // The linker must be of the same LLVM release as the compiler.
    let depends = output(Command::new("apt-cache").args(["depends", "rust-web-llvm"])).unwrap_or_default();
    let llvm = llvm_major(&depends)
        .ok_or_else(|| Failure::new("apt-cache does not say which LLVM rust-web-llvm depends on"))?;
    let linker = format!("lld-{llvm}");
    apt::ensure(
        "Debian's Rust compiler and its source",
        &["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm", &linker],
        "about 1 minute",
    )
}

fn llvm_major(depends: &str) -> Option<u32> {
    depends.lines().find_map(|line| line.trim().strip_prefix("Depends: llvm-")?.parse().ok())
}

fn compile(folder: &Path) -> Result {
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(folder.join("Cargo.toml"), MANIFEST))
        .and_then(|()| fs::write(folder.join("lib.rs"), ""))
        .map_err(|error| failure(folder, &error))?;
    let mut cargo = Command::new(CARGO);
    cargo
        .current_dir(folder)
        // `proc_macro` and `test` besides std: wasm-bindgen's tests ask for the latter.
        .args(["build", "--release", "-Zbuild-std=std,panic_abort,proc_macro,test", "--target", TARGET])
        .args(["--target-dir", "target"])
        .env("RUSTC", RUSTC)
        // Building std is an unstable feature of a stable compiler; the page itself needs none.
        .env("RUSTC_BOOTSTRAP", "1")
        // Without bitcode in the library, `lto = true` fails ("can't find section .llvmbc").
        .env("RUSTFLAGS", "-Cembed-bitcode=yes")
        .env_remove("LD_LIBRARY_PATH");
    run(&mut cargo)
}

/// Lays out a sysroot from the libraries compiled under `sysroot/build`.
fn assemble(sysroot: &Path) -> Result {
    let host = host_triple()?;
    let rustlib = sysroot.join("lib/rustlib");
    let libraries = rustlib.join(TARGET).join("lib");
    fs::create_dir_all(&libraries).map_err(|error| failure(&libraries, &error))?;

    let compiled = sysroot.join("build/target").join(TARGET).join("release/deps");
    let entries = fs::read_dir(&compiled).map_err(|error| failure(&compiled, &error))?;
    for entry in entries {
        let file = entry.map_err(|error| failure(&compiled, &error))?.path();
        if is_library(&file) {
            let name = file.file_name().expect("an entry of a folder has a name");
            fs::rename(&file, libraries.join(name)).map_err(|error| failure(&file, &error))?;
        }
    }
    let link = rustlib.join(&host);
    std::os::unix::fs::symlink(Path::new(SYSTEM_RUSTLIB).join(&host), &link)
        .map_err(|error| failure(&link, &error))
}

/// Whether a produced file is part of the standard library.
fn is_library(file: &Path) -> bool {
    let own = format!("lib{}-", EMPTY_CRATE.replace('-', "_"));
    let is_own = file.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&own));
    file.extension().is_some_and(|extension| extension == "rlib") && !is_own
}

fn host_triple() -> Result<String> {
    output(Command::new(RUSTC).arg("-vV"))
        .and_then(|text| text.lines().find_map(|line| line.strip_prefix("host: ").map(str::to_owned)))
        .ok_or_else(|| Failure::new(format!("{RUSTC} does not tell for which machine it compiles")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_linker_follows_the_llvm_that_the_compiler_depends_on() {
        let depends = "rust-web-llvm\n  Depends: libc6\n  Depends: llvm-22\n  Conflicts: <rust-llvm>\n";
        assert_eq!(llvm_major(depends), Some(22));
        assert_eq!(llvm_major("rust-web-llvm\n"), None);
    }

    #[test]
    fn the_empty_crate_is_no_part_of_the_library() {
        assert!(is_library(Path::new("libstd-723a93f9dad40af0.rlib")));
        assert!(!is_library(Path::new("libstd_for_wasm32-e729eb9eae443602.rlib")));
        assert!(!is_library(Path::new("libstd-723a93f9dad40af0.rmeta")));
    }

    #[test]
    fn the_manifest_names_the_empty_crate() {
        assert!(MANIFEST.contains(&format!("name = \"{EMPTY_CRATE}\"")));
    }
}
