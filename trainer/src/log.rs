//! The log of a run as data: one JSON object a line.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::{Error, Result, files};

/// A line.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Steps made.
    pub step: u64,
    /// Tokens predicted so far.
    pub tokens: u64,
    /// Mean training loss since the line before, in nats per token.
    pub loss: f64,
    /// Loss on a small, fixed set of new rows of each kind, in nats per token.
    pub kinds: BTreeMap<String, f64>,
    /// Factor on all learning rates in the last step.
    pub learning_rate: f32,
    /// Time spent on steps so far.
    pub seconds: f64,
}

/// A log that is being written.
#[derive(Debug)]
pub struct Log {
    path: PathBuf,
    file: File,
}

impl Log {
    /// Opens the log of a run that has made some steps. What was written later, before an interruption, is dropped: it
    /// will be written again.
    pub fn open(path: &Path, steps: u64) -> Result<Self> {
        let text = files::read_if_there(path)?.unwrap_or_default();
        let is_kept =
            |line: &&[u8]| serde_json::from_slice::<Line>(line).is_ok_and(|line| line.step <= steps);
        let kept: Vec<&[u8]> = text.split(|&byte| byte == b'\n').filter(is_kept).collect();
        let mut kept = kept.join(&b'\n');
        if !kept.is_empty() {
            kept.push(b'\n');
        }
        files::write(path, &kept)?;
        let file = OpenOptions::new().append(true).open(path).map_err(|error| Error::file(path, error))?;
        Ok(Self { path: path.to_owned(), file })
    }

    /// Adds a line.
    pub fn write(&mut self, line: &Line) -> Result<()> {
        let mut text = serde_json::to_vec(line).map_err(|error| Error::json(&self.path, error))?;
        text.push(b'\n');
        self.file.write_all(&text).map_err(|error| Error::file(&self.path, error))
    }
}
