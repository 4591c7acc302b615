//! The service worker: knows every file of this build, and which are only kept once a reader has needed them.

use std::path::Path;

use super::assets::hash;
use super::error::{Error, list, read, write};
use super::lab::{LAB, MODELS};

/// Writes `sw.js`. It must be last: it lists what the others wrote.
pub fn write_worker(project: &Path, staging: &Path) -> Result<(), Error> {
    let mut files = Vec::new();
    collect(staging, "", &mut files)?;
    let on_demand = |file: &mut String| file.starts_with(LAB) || file.starts_with(MODELS);
    let on_demand: Vec<String> = files.extract_if(.., on_demand).collect();
    // Names carry hashes, except for pages: their content belongs to the build's identity too.
    let mut identity = format!("{}\n{}", files.join("\n"), on_demand.join("\n"));
    for file in files.iter().filter(|file| Path::new(file).extension().is_some_and(|ending| ending == "html"))
    {
        identity += &read(&staging.join(file))?;
    }
    let worker = read(&project.join("assets/sw.js"))?
        .replace("{build}", &format!("essay-{}", hash(identity.as_bytes())))
        .replace("{files}", &files.join("\", \""))
        .replace("{on demand}", &on_demand.join("\", \""));
    write(&staging.join("sw.js"), worker)
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<String>) -> Result<(), Error> {
    for path in list(folder)? {
        let name = format!("{prefix}{}", path.file_name().unwrap_or_default().to_string_lossy());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files)?;
        } else if name != "404.html" && !name.starts_with("reload-") {
            files.push(name);
        }
    }
    Ok(())
}
