//! The parts of the program that figures are in (`crate::figures::parts`), as the launcher of wasm-bindgen left them.

use std::fs;
use std::path::Path;

use super::assets::hash;
use super::error::{Error, list, read, write};

/// Where Trunk puts them.
const FOUND: &str = "snippets/parts";
/// The script that fetches the parts, as the tool that makes them names it.
const LOADER: &str = "__wasm_split.js";
/// How that script names the program's script, which Trunk renames.
const PROGRAM: &str = "./essay.js";
/// How that script reads a part: only from hosts that send WebAssembly under its own type, which not all do.
const STREAMING: &str = "WebAssembly.instantiateStreaming(src, imports)";
/// How it reads one from any host, and says so if there is none.
const READING: &str = "src.then((answer) => answer.ok ? answer.arrayBuffer() : Promise.reject(`HTTP ${answer.status}`)).then((bytes) => WebAssembly.instantiate(bytes, imports))";
/// Folder of the parts in the site.
pub const PARTS: &str = "parts/";

/// Publishes the page's program: module and script under a name that tells all its parts apart from those of another
/// build, the parts in a folder of the same name. Returns the text of `index.html` with the new names.
pub fn publish(index: &str, staging: &Path) -> Result<String, Error> {
    let attribute = |name| {
        let (_, rest) = index.split_once(name)?;
        Some(rest.split_once('"')?.0.trim_start_matches("./"))
    };
    let script = attribute("data-js=\"").ok_or(Error::Template("data-js"))?;
    let module = attribute("data-wasm=\"").ok_or(Error::Template("data-wasm"))?;
    let failed = |path: &Path, error| Error::File { path: path.to_owned(), error };
    let bytes = |path: &Path| fs::read(path).map_err(|error| failed(path, error));
    let remove = |path: &Path, remove: fn(&Path) -> std::io::Result<()>| {
        remove(path).map_err(|error| failed(path, error))
    };

    let found = staging.join(FOUND);
    let (program, main) = (read(&staging.join(script))?, bytes(&staging.join(module))?);
    let mut identity = [program.as_bytes(), &main].concat();
    for part in list(&found)? {
        identity.extend(bytes(&part)?);
    }
    let build = hash(&identity);
    let (new_script, new_module) = (format!("essay-{build}.js"), format!("essay-{build}.wasm"));
    let folder = format!("{PARTS}{build}");
    // The two scripts import each other. The module keeps calling the loader as it did.
    let imported = |from: &str| format!("from \"./{from}{LOADER}\"");
    let program = program.replace(&imported(""), &imported(&format!("{folder}/")));
    write(&staging.join(&new_script), program)?;
    write(&staging.join(&new_module), main)?;
    for part in list(&found)? {
        let name = part.file_name().unwrap_or_default();
        let to = staging.join(&folder).join(name);
        if name == LOADER {
            let loader = read(&part)?.replace(STREAMING, READING);
            let (before, after) = loader.split_once(PROGRAM).ok_or(Error::Template(PROGRAM))?;
            write(&to, format!("{before}../../{new_script}{after}"))?;
        } else {
            write(&to, bytes(&part)?)?;
        }
    }
    for old in [script, module] {
        remove(&staging.join(old), |path| fs::remove_file(path))?;
    }
    remove(&staging.join("snippets"), |path| fs::remove_dir_all(path))?;
    Ok(index.replace(script, &new_script).replace(module, &new_module))
}
