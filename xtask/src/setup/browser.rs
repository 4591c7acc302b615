//! The browser that tests run in, and the driver through which WebAssembly tests reach it.

use std::env;
use std::path::{Path, PathBuf};

use super::apt;
use crate::command::find;
use crate::failure::{Failure, Result};

/// Names under which a Chromium comes, Debian's and Ubuntu's first: their driver fits them.
const CHROMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Where macOS keeps it.
const MAC_CHROMES: [&str; 2] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/// A browser of the Chromium family with its driver.
#[derive(Debug)]
pub struct Browser {
    /// The browser's program.
    pub chrome: PathBuf,
    /// The driver's program.
    pub chromedriver: PathBuf,
}

/// Finds the browser, or installs Chromium with apt.
///
/// # Errors
/// If there is none and none can be installed.
pub fn ensure() -> Result<Browser> {
    if let Some(browser) = installed() {
        return Ok(browser);
    }
    let missing = || {
        Failure::new("the tests need Chromium or Chrome, and its chromedriver").with_remedy(
            "install both, or name them in the environment variables CHROME and CHROMEDRIVER; \
             `cargo xtask test --quick` leaves out the tests that need them",
        )
    };
    if find("apt-get").is_none() {
        return Err(missing());
    }
    // Ubuntu's packages of these names fetch the snap.
    let packages = if apt::offers("chromium") {
        ["chromium", "chromium-driver"]
    } else {
        ["chromium-browser", "chromium-chromedriver"]
    };
    apt::ensure("Chromium for the tests", &packages, "about 1 minute")?;
    installed().ok_or_else(missing)
}

fn installed() -> Option<Browser> {
    let chrome = named_by("CHROME")
        .or_else(|| CHROMES.iter().find_map(|name| find(name)))
        .or_else(|| MAC_CHROMES.iter().map(PathBuf::from).find(|file| file.is_file()))?;
    let chromedriver = named_by("CHROMEDRIVER").or_else(|| find("chromedriver"))?;
    Some(Browser { chrome, chromedriver })
}

fn named_by(variable: &str) -> Option<PathBuf> {
    let file = PathBuf::from(env::var_os(variable)?);
    // A bare name is looked up like any command.
    if file.components().count() == 1 { find(&file.to_string_lossy()) } else { existing(&file) }
}

fn existing(file: &Path) -> Option<PathBuf> {
    file.is_file().then(|| file.to_owned())
}
