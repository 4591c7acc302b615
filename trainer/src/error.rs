//! What can stop the program, in words for the person at the terminal.

use std::path::{Path, PathBuf};

/// The result of what can fail.
pub type Result<T> = std::result::Result<T, Error>;

/// An error of this program.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The command line asks for something that there is not.
    #[error("{0}")]
    Usage(String),
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// A file of data has another form than expected.
    #[error("{}: {source}", path.display())]
    Json {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        source: serde_json::Error,
    },
    /// The transformer refused.
    #[error(transparent)]
    Model(#[from] transformer::Error),
    /// A saved run that is damaged or of another format.
    #[error("{} cannot be continued: {what}; delete it to begin anew", path.display())]
    Checkpoint {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        what: &'static str,
    },
    /// A saved run of other settings.
    #[error(
        "{} was made with other settings (those there, and those asked for):\n  {}\nDelete its folder to begin anew.",
        path.display(),
        differences.join("\n  ")
    )]
    OtherSettings {
        /// The file.
        path: PathBuf,
        /// Each setting that differs.
        differences: Vec<String>,
    },
    /// Another process is at the same work.
    #[error("another process holds {}", path.display())]
    Busy {
        /// The lock.
        path: PathBuf,
    },
    /// Somebody asked to stop.
    #[error("stopped; the same command continues")]
    Stopped,
    /// The manifest tells of models of another language.
    #[error(
        "{} is about language {there}, and this is {here}; delete it and the weights beside it to begin anew",
        path.display()
    )]
    OtherLanguage {
        /// The manifest.
        path: PathBuf,
        /// Fingerprint in the manifest.
        there: String,
        /// Fingerprint of the corpus.
        here: String,
    },
    /// Weights that ought to be shipped are not on this machine.
    #[error(
        "{size} seed {seed} is now the run to ship, and its weights are not here; train it again with \
         `cargo xtask train --size {size} --seed {seed}`"
    )]
    NoWeights {
        /// Size of the model.
        size: String,
        /// Seed of the run.
        seed: u64,
    },
    /// Weights whose hash is not the manifest's.
    #[error("{} is damaged: its hash is {found}, the manifest has {expected}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Hash in the manifest.
        expected: String,
        /// Hash of the file.
        found: String,
    },
    /// Scores that could not be made again.
    #[error("{0} measurements differ from the manifest by more than their tolerance")]
    Different(usize),
}

impl Error {
    pub(crate) fn file(path: &Path, source: std::io::Error) -> Self {
        Self::File { path: path.to_owned(), source }
    }

    pub(crate) fn json(path: &Path, source: serde_json::Error) -> Self {
        Self::Json { path: path.to_owned(), source }
    }
}
