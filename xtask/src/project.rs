//! Where things lie in the checkout.

use std::path::{Path, PathBuf};

/// The checkout this program was compiled in.
pub struct Project {
    /// Its top folder.
    pub root: PathBuf,
}

impl Project {
    /// The checkout that `cargo xtask` was called in.
    pub fn here() -> Self {
        // Cargo tells a program that it runs where its package lies. What was true at compile time may not
        // be: checkouts that share a target folder share this program.
        let manifest_folder =
            std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let root = Path::new(&manifest_folder).parent().expect("xtask lies inside the workspace").to_owned();
        Self { root }
    }

    /// Everything that set-up installs; ignored by git and safe to delete.
    pub fn tools(&self) -> PathBuf {
        self.root.join(".tools")
    }

    /// The tools to call; comes first on the PATH of every child that builds the page.
    pub fn bin(&self) -> PathBuf {
        self.tools().join("bin")
    }

    /// The finished page, as `build` leaves it.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The tests that drive a browser, with their Node packages.
    pub fn browser_tests(&self) -> PathBuf {
        self.root.join("tests/browser")
    }

    /// The programs of others that benchmarks run beside ours.
    pub fn peers(&self) -> PathBuf {
        self.browser_tests().join("peers")
    }

    /// Cargo's folder for compiled code.
    pub fn target(&self) -> PathBuf {
        std::env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| self.root.join("target"), |folder| self.root.join(folder))
    }
}
