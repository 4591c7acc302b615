//! A Rust compiler that can compile for wasm32, by the least intrusive way that works here.

use std::fmt::{self, Display, Formatter};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::debian_std;
use crate::command::{find, output};
use crate::failure::{Failure, Result};
use crate::project::Project;
use crate::report;

/// Cargo's name of the platform.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Which compiler compiles the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WasmCompiler {
    /// The one that `cargo` uses anyway.
    Default,
    /// Debian's, with a standard library built in this checkout.
    Debian,
}

impl WasmCompiler {
    /// What to put into `RUSTC`, if anything.
    pub fn rustc(self, project: &Project) -> Option<PathBuf> {
        match self {
            Self::Default => None,
            Self::Debian => Some(project.bin().join("rustc-wasm")),
        }
    }
}

impl Display for WasmCompiler {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Default => "the toolchain in use",
            Self::Debian => "Debian's, with the standard library in .tools/sysroot",
        })
    }
}

/// What there is to start from.
#[derive(Clone, Copy, Debug)]
struct Found {
    compiler: Option<WasmCompiler>,
    rustup: bool,
    apt: bool,
}

/// One way to a compiler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Use(WasmCompiler),
    RustupTargetAdd,
    BuildDebianStd,
}

/// The ways to try, in order.
fn ways(found: Found) -> Vec<Way> {
    if let Some(compiler) = found.compiler {
        return vec![Way::Use(compiler)];
    }
    let mut ways = Vec::new();
    if found.rustup {
        ways.push(Way::RustupTargetAdd);
    }
    if found.apt {
        ways.push(Way::BuildDebianStd);
    }
    ways
}

/// Finds or makes a compiler for wasm32.
///
/// # Errors
/// If every way fails, each of which has then said why.
pub fn ensure(project: &Project) -> Result<WasmCompiler> {
    let found = Found {
        compiler: present(project),
        rustup: find("rustup").is_some(),
        apt: find("apt-get").is_some(),
    };
    let ways = ways(found);
    for way in &ways {
        let result = match way {
            Way::Use(compiler) => Ok(*compiler),
            Way::RustupTargetAdd => rustup_target_add(),
            Way::BuildDebianStd => debian_std::build(project).map(|()| WasmCompiler::Debian),
        };
        match result {
            Ok(compiler) => return Ok(compiler),
            Err(failure) => report::note(&failure.to_string()),
        }
    }
    let why = if ways.is_empty() {
        "and neither rustup nor apt-get is here to bring it"
    } else {
        "and no way to it worked (see the notes above)"
    };
    Err(Failure::new(format!("the Rust in use has no standard library for {TARGET}, {why}"))
        .with_remedy(format!("install Rust from https://rustup.rs and run `rustup target add {TARGET}`")))
}

/// A compiler that is there already; the toolchain's own before the fallback, once it has the target.
fn present(project: &Project) -> Option<WasmCompiler> {
    if toolchain_has_target() {
        Some(WasmCompiler::Default)
    } else {
        debian_std::is_current(project).then_some(WasmCompiler::Debian)
    }
}

/// Whether the compiler in use has a standard library for wasm32.
fn toolchain_has_target() -> bool {
    output(Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET]))
        .is_some_and(|folder| holds_std(Path::new(&folder)))
}

fn holds_std(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| {
        entries
            .any(|entry| entry.is_ok_and(|entry| entry.file_name().to_string_lossy().starts_with("libstd-")))
    })
}

fn rustup_target_add() -> Result<WasmCompiler> {
    report::step(&format!("wasm32: `rustup target add {TARGET}`, a few seconds"), || {
        // Its output is long where the download is barred, and says no more than that.
        output(Command::new("rustup").args(["target", "add", TARGET]))
            .filter(|_| toolchain_has_target())
            .map(|_| WasmCompiler::Default)
            .ok_or_else(|| Failure::new(format!("rustup could not add {TARGET}")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_is_used_before_anything_is_installed() {
        for compiler in [WasmCompiler::Default, WasmCompiler::Debian] {
            let found = Found { compiler: Some(compiler), rustup: true, apt: true };
            assert_eq!(ways(found), [Way::Use(compiler)]);
        }
    }

    #[test]
    fn rustup_is_tried_before_the_system_is_changed() {
        let fresh = Found { compiler: None, rustup: true, apt: true };
        assert_eq!(ways(fresh), [Way::RustupTargetAdd, Way::BuildDebianStd]);
    }

    #[test]
    fn a_mac_without_rustup_has_no_way() {
        assert_eq!(ways(Found { compiler: None, rustup: false, apt: false }), []);
    }
}
