//! Why the site could not be rendered.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// Why the site could not be rendered.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Started by hand.
    #[error("TRUNK_STAGING_DIR is not set: this program is run by Trunk (`cargo xtask build` or `serve`)")]
    NotFromTrunk,
    /// The content has problems; each is listed with its file and line.
    #[error("{0}")]
    Content(#[from] chapter_compiler::Problems),
    /// A file cannot be read or written.
    #[error("{}: {error}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        error: io::Error,
    },
    /// `index.html` lacks something that pages are made from.
    #[error("index.html as Trunk wrote it lacks {0:?}")]
    Template(&'static str),
    /// The opening's particles have no room.
    #[error("the opening: {0}")]
    Opening(#[from] particles::Error),
    /// The trainer's manifest does not name the shipped weights.
    #[error("content/models/manifest.json does not name the weights of every shipped model")]
    Models,
    /// A figure refused the state that the text describes.
    #[error("figure {figure}: {error}")]
    Figure {
        /// The figure's slug.
        figure: &'static str,
        /// Its reason.
        error: String,
    },
}

/// Reads a text file.
pub fn read(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path).map_err(|error| Error::File { path: path.to_owned(), error })
}

/// Writes a file, making its folder if needed.
pub fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<(), Error> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, content))
        .map_err(|error| Error::File { path: path.to_owned(), error })
}

/// The entries of a folder, by name.
pub fn list(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let read = || -> io::Result<Vec<PathBuf>> {
        let mut paths: Vec<PathBuf> =
            fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
        paths.sort();
        Ok(paths)
    };
    read().map_err(|error| Error::File { path: folder.to_owned(), error })
}
