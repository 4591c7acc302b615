//! Where runs and published models lie.

use std::path::{Path, PathBuf};

use crate::Settings;

/// The two folders that the program writes to.
#[derive(Clone, Debug)]
pub struct Folders {
    /// Runs, one folder each; ignored by git and safe to delete.
    pub runs: PathBuf,
    /// Published weights and their manifest.
    pub models: PathBuf,
}

impl Folders {
    /// Those of the checkout that Cargo runs the program from.
    pub fn of_project() -> Self {
        // Cargo says where the package lies; checkouts that share a target folder share this program.
        let package =
            std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let root = Path::new(&package).parent().unwrap_or(Path::new(".")).to_owned();
        let target = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
        // Not "train", where Cargo keeps what it builds in the profile of that name.
        Self { runs: root.join(target).join("training"), models: root.join("content/models") }
    }

    /// The folder of a run: one for each size, seed and length.
    pub fn run(&self, settings: &Settings) -> PathBuf {
        let Settings { size, seed, steps, .. } = settings;
        self.runs.join(format!("{size}-seed{seed}-{steps}steps"))
    }

    /// The manifest of what is published.
    pub fn manifest(&self) -> PathBuf {
        self.models.join("manifest.json")
    }
}
