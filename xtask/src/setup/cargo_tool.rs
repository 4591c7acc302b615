//! Tools that come as a crate: taken from the machine if the version fits, otherwise compiled.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::install_folder::{clear, failure, install};
use crate::command::{find_outside, output, path_with, run};
use crate::failure::Result;
use crate::project::Project;
use crate::report;

/// A crate with programs that the project calls.
pub struct CargoTool<'a> {
    /// Name of the crate on crates.io.
    pub package: &'a str,
    /// The exact version wanted.
    pub version: &'a str,
    /// Its programs that the project calls.
    pub programs: &'a [&'a str],
    /// Further arguments of `cargo install`.
    pub flags: &'a [&'a str],
    /// How long compiling takes on two cores, in words.
    pub takes: &'a str,
}

impl CargoTool<'_> {
    /// The folder that holds the programs, installed now if it was not there.
    ///
    /// # Errors
    /// If the crate cannot be downloaded or compiled.
    pub fn ensure(&self, project: &Project) -> Result<PathBuf> {
        let folder = project.tools().join(format!("{}-{}", self.package, self.version));
        let bin = folder.join("bin");
        if self.programs.iter().all(|program| bin.join(program).is_file()) {
            return Ok(bin);
        }
        let name = format!("{} {}", self.package, self.version);
        if let Some(programs) = self.on_this_machine(&project.bin()) {
            report::step(&format!("{name}: copying the one on this machine"), || {
                install(project, &folder, |new| copy_into(&new.join("bin"), &programs))
            })?;
        } else {
            report::step(&format!("{name}: compiling, {}", self.takes), || {
                install(project, &folder, |new| self.compile_into(new))
            })?;
        }
        Ok(bin)
    }

    /// The programs on the PATH, if all are there in the wanted version.
    fn on_this_machine(&self, own_bin: &Path) -> Option<Vec<PathBuf>> {
        self.programs
            .iter()
            .map(|program| {
                let file = find_outside(program, own_bin)?;
                let answer = output(Command::new(&file).arg("--version"))?;
                (version_in(&answer) == Some(self.version)).then_some(file)
            })
            .collect()
    }

    /// Unoptimised, which halves the compile time and costs a fraction of a second per run.
    fn compile_into(&self, folder: &Path) -> Result {
        let mut cargo = Command::new("cargo");
        cargo
            .args(["install", self.package, "--version", self.version, "--locked", "--debug"])
            .args(self.flags)
            .arg("--root")
            .arg(folder)
            .arg("--target-dir")
            .arg(folder.join("target"))
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            // Or Cargo advises to add a folder to the PATH that is about to be renamed.
            .env("PATH", path_with(&folder.join("bin")))
            .env_remove("RUSTC");
        run(&mut cargo).map_err(|failure| {
            failure.with_remedy(format!(
                "`cargo install {} --version {} --locked`, then run this command again",
                self.package, self.version
            ))
        })?;
        clear(&folder.join("target"))
    }
}

fn copy_into(bin: &Path, programs: &[PathBuf]) -> Result {
    fs::create_dir_all(bin).map_err(|error| failure(bin, &error))?;
    for program in programs {
        let copy = bin.join(program.file_name().expect("a program found on the PATH has a name"));
        fs::copy(program, &copy).map_err(|error| failure(program, &error))?;
    }
    Ok(())
}

/// The version in what a program answers to `--version`, as in `trunk 0.21.14`.
fn version_in(answer: &str) -> Option<&str> {
    answer.split_whitespace().nth(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_the_second_word() {
        assert_eq!(version_in("trunk 0.21.14"), Some("0.21.14"));
        assert_eq!(version_in("wasm-bindgen 0.2.129 (abc 2026)"), Some("0.2.129"));
        assert_eq!(version_in("trunk"), None);
    }
}
