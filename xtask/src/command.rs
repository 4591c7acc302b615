//! Running other programs: with their output shown, or read.

use std::ffi::{OsStr, OsString};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use crate::failure::{Failure, Result};
use crate::project::Project;
use crate::tally::Tally;

/// Runs `command` with its output going to the terminal.
///
/// # Errors
/// If it cannot be started or does not end well.
pub fn run(command: &mut Command) -> Result {
    let status = command.status().map_err(|error| not_started(command, &error))?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::new(format!("`{}` failed ({status})", line(command))))
    }
}

/// Runs `command` with its output going to the terminal, and counts the tests that it reports.
///
/// # Errors
/// If it cannot be started, or does not end well for another reason than failed tests, which are in the
/// count.
pub fn run_and_count(command: &mut Command) -> Result<Tally> {
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|error| not_started(command, &error))?;
    let output = child.stdout.take().expect("the output was asked for as a pipe");
    let mut tally = Tally::default();
    // Lines that are no UTF-8 cannot be summaries; they are shown as well as can be.
    for bytes in BufReader::new(output).split(b'\n').map_while(std::result::Result::ok) {
        let text = String::from_utf8_lossy(&bytes);
        println!("{text}");
        tally += Tally::from_line(&text);
    }
    let status = child.wait().map_err(|error| not_started(command, &error))?;
    if status.success() || tally.failed > 0 { Ok(tally) } else { Err(ended_badly(command, status)) }
}

/// What `command` prints, trimmed; its error output is dropped.
///
/// `None` if it cannot be started or does not end well, which is how one asks whether a tool is there.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Whether `command` ends well; its output is dropped.
pub fn succeeds(command: &mut Command) -> bool {
    output(command).is_some()
}

/// The first program called `name` on the PATH.
pub fn find(name: &str) -> Option<PathBuf> {
    find_outside(name, Path::new(""))
}

/// The first program called `name` on the PATH that does not lie in `excluded`.
pub fn find_outside(name: &str, excluded: &Path) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .filter(|folder| folder != excluded)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

/// `program`, to be run in the checkout with the project's own tools first on the PATH.
pub fn in_project(project: &Project, program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(&project.root).env("PATH", path_with(&project.bin()));
    command
}

/// The command as one would type it, for messages.
pub fn line(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|part| part.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

fn ended_badly(command: &Command, status: ExitStatus) -> Failure {
    Failure::new(format!("`{}` failed ({status})", line(command)))
}

fn not_started(command: &Command, error: &std::io::Error) -> Failure {
    Failure::new(format!("`{}` could not be started: {error}", line(command)))
}

/// The PATH with `folder` before all others.
pub fn path_with(folder: &Path) -> OsString {
    let rest = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(folder.to_owned()).chain(std::env::split_paths(&rest));
    std::env::join_paths(folders).unwrap_or(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_program_is_reported_as_it_was_typed() {
        let failure = run(Command::new("false").arg("--now")).unwrap_err();
        assert!(failure.to_string().contains("`false --now` failed"), "{failure}");
    }

    #[test]
    fn output_is_trimmed_and_absent_on_failure() {
        assert_eq!(output(Command::new("echo").arg("one two")).as_deref(), Some("one two"));
        assert_eq!(output(&mut Command::new("false")), None);
        assert_eq!(output(&mut Command::new("no-such-program-here")), None);
    }

    #[test]
    fn tests_are_counted_over_all_summaries() {
        let script =
            "echo 'test result: ok. 2 passed; 0 failed;'; echo 'test result: ok. 3 passed; 0 failed;'";
        let tally = run_and_count(Command::new("sh").args(["-c", script])).unwrap();
        assert_eq!(tally, Tally { passed: 5, failed: 0 });
    }

    #[test]
    fn a_program_in_the_excluded_folder_is_passed_over() {
        let shell = find("sh").unwrap();
        let elsewhere = find_outside("sh", shell.parent().unwrap());
        assert_ne!(elsewhere, Some(shell));
    }
}
