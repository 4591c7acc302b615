//! Which version of every tool the project uses. This is the only place that says so, except for
//! what `Cargo.lock` and `tests/browser/package-lock.json` already pin.

use crate::failure::{Failure, Result};

/// Trunk: the last release that compiles with the Rust this project asks for (0.22 needs 1.96).
pub const TRUNK: &str = "0.21.14";

/// Cuts the page's module into parts; of the same series as the crate `wasm_split_helpers`.
pub const WASM_SPLIT: &str = "0.2.4";

/// Oldest major version of Node that Playwright, Lighthouse and the tests' own scripts run on.
pub const NODE_OLDEST: u32 = 20;

/// Node from npm, taken where the system's own is older, as in Debian 12 (18).
pub const NODE_FROM_NPM: &str = "22.23.3";

/// The version of `package` in the text of a `Cargo.lock`.
///
/// wasm-bindgen's tool and library refuse to work together unless they are equal to the letter, so the
/// tool's version is read from where the library's is decided.
///
/// # Errors
/// If the lock file does not hold the package.
pub fn locked(lock_file: &str, package: &str) -> Result<String> {
    let name = format!("name = \"{package}\"");
    lock_file
        .lines()
        .skip_while(|line| *line != name)
        .nth(1)
        .and_then(|line| line.strip_prefix("version = \""))
        .and_then(|rest| rest.strip_suffix('"'))
        .map(str::to_owned)
        .ok_or_else(|| {
            Failure::new(format!("Cargo.lock does not name {package}, whose version a tool must equal"))
                .with_remedy("run `cargo metadata > /dev/null`, which completes Cargo.lock, and try again")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = "\
[[package]]
name = \"wasm-bindgen-shared\"
version = \"9.9.9\"

[[package]]
name = \"wasm-bindgen\"
version = \"0.2.129\"
source = \"registry\"
";

    #[test]
    fn the_version_is_the_one_below_the_exact_name() {
        assert_eq!(locked(LOCK, "wasm-bindgen").unwrap(), "0.2.129");
    }

    #[test]
    fn a_package_that_is_not_locked_is_an_error() {
        assert!(locked(LOCK, "wasm").is_err());
    }
}
