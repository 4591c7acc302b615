//! A run as bytes: everything that is needed to continue as if it had never stopped.
//!
//! Little-endian: magic; length of the header (`u32`); the header as JSON (settings, progress, generator, steps of the
//! optimizer); weights, first and second moments (`f32` each, in the order of the layout); SHA-256 of all before.

use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tasks::Rng;
use transformer::Parameters;
use transformer::optimizer::{Optimizer, State};

use crate::{Error, Progress, Result, Settings, Training, files};

const MAGIC: &[u8; 8] = b"essayrun";
const HASH: usize = 32;

#[derive(Serialize, Deserialize)]
struct Header {
    settings: Settings,
    progress: Progress,
    rng: [u64; 2],
    optimizer_steps: u64,
}

/// Saves a run.
///
/// # Errors
/// If the file cannot be written.
pub fn save(training: &Training, path: &Path) -> Result<()> {
    let state = training.optimizer.state();
    let header = Header {
        settings: training.settings.clone(),
        progress: training.progress,
        rng: training.rng.state(),
        optimizer_steps: state.steps,
    };
    let header = serde_json::to_vec(&header).map_err(|error| Error::json(path, error))?;
    let mut bytes = MAGIC.to_vec();
    bytes.extend((header.len() as u32).to_le_bytes());
    bytes.extend(header);
    for values in [training.parameters.values(), &state.first, &state.second] {
        bytes.extend(values.iter().flat_map(|value| value.to_le_bytes()));
    }
    let hash = Sha256::digest(&bytes);
    bytes.extend(hash);
    files::write(path, &bytes)
}

/// Reads a run of these settings back; `None` if none has been saved.
///
/// # Errors
/// [`Error::Checkpoint`] if the file is damaged, [`Error::OtherSettings`] if it belongs to another run.
pub fn load(settings: &Settings, path: &Path) -> Result<Option<Training>> {
    let Some(bytes) = files::read_if_there(path)? else { return Ok(None) };
    let bad = |what| Error::Checkpoint { path: path.to_owned(), what };
    let (content, hash) = bytes.split_last_chunk::<HASH>().ok_or_else(|| bad("it is too short"))?;
    if Sha256::digest(content)[..] != hash[..] {
        return Err(bad("it is damaged"));
    }
    let content = content.strip_prefix(MAGIC).ok_or_else(|| bad("it is no saved run"))?;
    let (len, content) = content.split_first_chunk().ok_or_else(|| bad("it is too short"))?;
    let (header, content) = content
        .split_at_checked(u32::from_le_bytes(*len) as usize)
        .ok_or_else(|| bad("its header is too short"))?;
    let header: Header = serde_json::from_slice(header)
        .map_err(|_| bad("it was written by another version of the trainer"))?;
    let differences = header.settings.differences(settings);
    if !differences.is_empty() {
        return Err(Error::OtherSettings { path: path.to_owned(), differences });
    }

    let config = settings.config()?;
    let (words, _) = content.as_chunks();
    let values: Vec<f32> = words.iter().map(|&word| f32::from_le_bytes(word)).collect();
    let n_params = config.n_params() as usize;
    let wrong_size = || bad("it holds a model of another size");
    if values.len() != 3 * n_params {
        return Err(wrong_size());
    }
    let part = |index: usize| values[index * n_params..][..n_params].to_vec();
    let parameters = Parameters::from_values(&config, part(0)).ok_or_else(wrong_size)?;
    let state = State { steps: header.optimizer_steps, first: part(1), second: part(2) };
    let optimizer = Optimizer::from_state(&config, Settings::optimizer(), state).ok_or_else(wrong_size)?;
    let rng = Rng::from_state(header.rng);
    Ok(Some(Training::from_parts(header.settings, parameters, optimizer, rng, header.progress)))
}
