//! The lab: the worker's programs, the script that runs them, and the models' weights, none of which a browser fetches
//! before a figure asks for them.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::assets::hash;
use super::error::{Error, read, write};

/// What Trunk writes for each of the worker's programs, under names without a hash.
const PROGRAMS: [&str; 4] = ["engine.js", "engine_bg.wasm", "engine_simd.js", "engine_simd_bg.wasm"];

/// Folder of the lab in the site.
pub const LAB: &str = "lab/";
/// Folder of the weights in the site.
pub const MODELS: &str = "models/";

/// Puts programs and script into a folder named after their content, so that an old script never meets a new program,
/// and the shipped weights beside it. Returns the folder, relative to the site's.
pub fn publish(project: &Path, staging: &Path) -> Result<String, Error> {
    let models = project.join("content/models");
    let manifest = read(&models.join("manifest.json"))?;
    let shipped = shipped(&manifest).ok_or(Error::Models)?;
    let mut listed = Vec::new();
    for (name, file, bytes) in shipped {
        copy(&models.join(&file), &staging.join(MODELS).join(&file))?;
        listed.push(serde_json::json!([name, [format!("../../{MODELS}{file}"), bytes]]));
    }
    let listed = Value::Array(listed).to_string();
    let script = read(&project.join("assets/lab.js"))?.replace("{models}", &listed);

    let mut identity = script.clone().into_bytes();
    for program in PROGRAMS {
        let path = staging.join(program);
        identity.extend(fs::read(&path).map_err(|error| Error::File { path, error })?);
    }
    let folder = format!("{LAB}{}/", hash(&identity));
    for program in PROGRAMS {
        copy(&staging.join(program), &staging.join(&folder).join(program))?;
        let path = staging.join(program);
        fs::remove_file(&path).map_err(|error| Error::File { path, error })?;
    }
    write(&staging.join(&folder).join("lab.js"), script)?;
    Ok(folder)
}

fn copy(from: &Path, to: &Path) -> Result<(), Error> {
    write(to, fs::read(from).map_err(|error| Error::File { path: from.to_owned(), error })?)
}

/// Name, file and bytes of everything whose weights are shipped, as the trainer's manifest has them: each size (`4x64`),
/// and what it was after some steps (`4x64@100`) where that was kept.
fn shipped(manifest: &str) -> Option<Vec<(String, String, u64)>> {
    let manifest: Value = serde_json::from_str(manifest).ok()?;
    let mut shipped = Vec::new();
    for model in manifest["models"].as_array()? {
        let size = model["size"].as_str()?;
        let mut ship = |name: String, weights: &Value| {
            let file = weights["file"].as_str()?.to_owned();
            shipped.push((name, file, weights["bytes"].as_u64()?));
            Some(())
        };
        let runs = model["runs"].as_array()?;
        let last = runs.iter().find(|run| run["settings"]["seed"] == model["shipped_seed"])?;
        ship(size.to_owned(), &last["weights"])?;
        for snapshot in runs.iter().filter_map(|run| run["snapshots"].as_array()).flatten() {
            ship(format!("{size}@{}", snapshot["step"].as_u64()?), &snapshot["weights"])?;
        }
    }
    Some(shipped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_each_size_the_shipped_seed_and_every_snapshot_are_published() {
        let manifest = r#"{"models": [{"size": "1x8", "shipped_seed": 1, "runs": [
            {"settings": {"seed": 0}},
            {"settings": {"seed": 1}, "weights": {"file": "1x8-abc.bin", "bytes": 7}, "snapshots": [
                {"step": 50, "weights": {"file": "1x8-def.bin", "bytes": 6}}]}
        ]}]}"#;
        let expected = [("1x8", "1x8-abc.bin", 7), ("1x8@50", "1x8-def.bin", 6)];
        let expected = expected.map(|(name, file, bytes)| (name.to_owned(), file.to_owned(), bytes));
        assert_eq!(shipped(manifest), Some(expected.to_vec()));
        assert_eq!(shipped("{}"), None);
        assert_eq!(shipped(&manifest.replace("\"shipped_seed\": 1", "\"shipped_seed\": 2")), None);
    }
}
