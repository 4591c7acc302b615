//! Putting finished runs into `content/models`.

use std::fs;
use std::path::Path;

use crate::manifest::{Manifest, Run, Weights};
use crate::{Error, Folders, Language, Result, Settings, files, readme};

/// Adds a run to the manifest, brings the weights beside it up to date, and writes the table of all sizes.
///
/// # Errors
/// [`Error::OtherLanguage`] if the manifest is about models that cannot be compared with this one;
/// [`Error::NoWeights`] if weights to ship are neither there nor in their run's folder.
pub fn publish(run: Run, language: &Language, folders: &Folders) -> Result<()> {
    files::make_folder(&folders.runs)?;
    files::make_folder(&folders.models)?;
    // Two trainings may end at the same time.
    let _lock = files::lock(&folders.runs.join("manifest.lock"), true)?;
    let mut manifest = read(language, folders)?.unwrap_or_else(|| Manifest::new(language.clone()));
    let config = run.settings.config()?;
    manifest.insert(run, config.n_params(), config.n_params_non_embedding());
    for model in &manifest.models {
        for run in &model.runs {
            let is_shipped = run.settings.seed == model.shipped_seed;
            let snapshots = run.snapshots.iter().map(|snapshot| &snapshot.weights);
            for weights in snapshots.chain(is_shipped.then_some(&run.weights)) {
                provide(weights, &run.settings, folders)?;
            }
        }
    }
    files::write_json(&folders.manifest(), &manifest)?;
    files::write(&folders.models.join("README.md"), readme::text(&manifest).as_bytes())?;
    remove_others(&manifest, &folders.models)
}

/// The manifest, if there is one, which must be about this language.
///
/// # Errors
/// [`Error::OtherLanguage`], and if the file cannot be read.
pub fn read(language: &Language, folders: &Folders) -> Result<Option<Manifest>> {
    let path = folders.manifest();
    let Some(manifest) = files::read_json::<Manifest>(&path)? else { return Ok(None) };
    let (there, here) = (manifest.language.fingerprint.clone(), language.fingerprint.clone());
    if there == here { Ok(Some(manifest)) } else { Err(Error::OtherLanguage { path, there, here }) }
}

/// The weights of a published model.
///
/// # Errors
/// [`Error::Damaged`] if they are not those of the manifest, [`Error::File`] if they are not there.
pub fn read_weights(weights: &Weights, folder: &Path) -> Result<Vec<u8>> {
    let path = folder.join(&weights.file);
    let bytes = files::read(&path)?;
    let found = files::sha256(&bytes);
    if found == weights.sha256 {
        Ok(bytes)
    } else {
        Err(Error::Damaged { path, expected: weights.sha256.clone(), found })
    }
}

/// Makes sure that weights are published, from the folder of their run if need be.
fn provide(weights: &Weights, settings: &Settings, folders: &Folders) -> Result<()> {
    if read_weights(weights, &folders.models).is_ok() {
        return Ok(());
    }
    let Ok(bytes) = read_weights(weights, &folders.run(settings)) else {
        return Err(Error::NoWeights { size: settings.size.clone(), seed: settings.seed });
    };
    files::write(&folders.models.join(&weights.file), &bytes)
}

/// Removes weights that the manifest does not name.
fn remove_others(manifest: &Manifest, folder: &Path) -> Result<()> {
    let named: Vec<&str> = manifest.shipped().map(|(_, weights, _)| weights.file.as_str()).collect();
    for entry in fs::read_dir(folder).map_err(|error| Error::file(folder, error))?.flatten() {
        let path = entry.path();
        let is_weights = path.extension().is_some_and(|extension| extension == "bin");
        if is_weights && !named.iter().any(|&name| entry.file_name() == name) {
            fs::remove_file(&path).map_err(|error| Error::file(&path, error))?;
        }
    }
    Ok(())
}
