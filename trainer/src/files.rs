//! Files that are either whole or not there.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::{Error, Result};

/// The SHA-256 of some bytes, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Writes a file beside its place and then moves it there, so that a reader never sees half of it, and an interruption
/// leaves the old one.
///
/// # Errors
/// [`Error::File`].
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let beside = PathBuf::from(beside);
    fs::write(&beside, bytes)
        .and_then(|()| fs::rename(&beside, path))
        .map_err(|error| Error::file(path, error))
}

/// The bytes of a file; `None` if there is none.
///
/// # Errors
/// [`Error::File`] if it is there and cannot be read.
pub fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::file(path, error)),
    }
}

/// The bytes of a file.
///
/// # Errors
/// [`Error::File`].
pub fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(|error| Error::file(path, error))
}

/// Writes data as JSON for people and programs.
///
/// # Errors
/// [`Error::File`], [`Error::Json`].
pub fn write_json<T: Serialize>(path: &Path, data: &T) -> Result<()> {
    let mut text = serde_json::to_string_pretty(data).map_err(|error| Error::json(path, error))?;
    text.push('\n');
    write(path, text.as_bytes())
}

/// Reads data from JSON; `None` if there is no file.
///
/// # Errors
/// [`Error::File`], [`Error::Json`].
pub fn read_json<T: DeserializeOwned>(path: &Path) -> Result<Option<T>> {
    let Some(bytes) = read_if_there(path)? else { return Ok(None) };
    serde_json::from_slice(&bytes).map(Some).map_err(|error| Error::json(path, error))
}

/// Makes a folder and those above it.
///
/// # Errors
/// [`Error::File`].
pub fn make_folder(path: &Path) -> Result<()> {
    fs::create_dir_all(path).map_err(|error| Error::file(path, error))
}

/// A lock that no two processes hold; it ends with the value or the process.
///
/// # Errors
/// [`Error::File`], and [`Error::Busy`] if another process holds it and `wait` is false.
pub fn lock(path: &Path, wait: bool) -> Result<fs::File> {
    let file = fs::File::create(path).map_err(|error| Error::file(path, error))?;
    if wait {
        file.lock().map_err(|error| Error::file(path, error))?;
    } else {
        file.try_lock().map_err(|error| match error {
            fs::TryLockError::WouldBlock => Error::Busy { path: path.to_owned() },
            fs::TryLockError::Error(error) => Error::file(path, error),
        })?;
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hash_equals_the_published_example() {
        // FIPS 180-4, the message "abc".
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256(b"abc"), expected);
    }
}
