//! Packages of Debian and Ubuntu.

use std::process::Command;

use crate::command::{line, output, run, succeeds};
use crate::failure::{Failure, Result};
use crate::report;

/// Whether the package can be installed from the configured sources, asking them afresh if need be.
pub fn offers(package: &str) -> bool {
    has_candidate(package) || (update().is_ok() && has_candidate(package))
}

/// Installs those of `packages` that are missing.
///
/// # Errors
/// If something is missing and this user may not install it, or the installation fails.
pub fn ensure(what: &str, packages: &[&str], takes: &str) -> Result {
    let missing: Vec<&str> = packages.iter().copied().filter(|package| !is_installed(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let remedy = format!("sudo apt-get install --no-install-recommends {}", missing.join(" "));
    let wanted = || Failure::new(format!("{what} is missing and could not be installed"));
    report::step(&format!("{what}: apt-get install {}, {takes}", missing.join(" ")), || {
        update()
            .and_then(|()| {
                let mut install = apt_get()?;
                run(install.args(["install", "--yes", "--no-install-recommends"]).args(&missing))
            })
            .map_err(|_| wanted().with_remedy(remedy))
    })
}

fn update() -> Result {
    let mut command = apt_get()?;
    command.args(["update", "--quiet"]);
    // A single broken source among many is no reason to stop: the installation shows whether it mattered.
    if run(&mut command).is_err() {
        report::note(&format!("`{}` reported errors", line(&command)));
    }
    Ok(())
}

/// `apt-get` with the right to install.
fn apt_get() -> Result<Command> {
    const PROGRAM: [&str; 3] = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"];
    if output(Command::new("id").arg("-u")).as_deref() == Some("0") {
        let mut command = Command::new(PROGRAM[0]);
        command.args(&PROGRAM[1..]);
        Ok(command)
    } else if succeeds(Command::new("sudo").args(["--non-interactive", "true"])) {
        let mut command = Command::new("sudo");
        command.arg("--non-interactive").args(PROGRAM);
        Ok(command)
    } else {
        Err(Failure::new("installing system packages needs root or passwordless sudo"))
    }
}

fn has_candidate(package: &str) -> bool {
    output(Command::new("apt-cache").args(["policy", package])).is_some_and(|text| names_candidate(&text))
}

fn names_candidate(policy: &str) -> bool {
    policy
        .lines()
        .filter_map(|line| line.trim().strip_prefix("Candidate: "))
        .any(|version| version != "(none)")
}

fn is_installed(package: &str) -> bool {
    output(Command::new("dpkg-query").args(["-W", "-f", "${db:Status-Status}", package])).as_deref()
        == Some("installed")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_but_unavailable_package_is_not_offered() {
        assert!(names_candidate("chromium:\n  Installed: (none)\n  Candidate: 156.0\n"));
        assert!(!names_candidate("npm:\n  Installed: (none)\n  Candidate: (none)\n"));
        assert!(!names_candidate(""));
    }
}
