//! What the Chinese page makes a browser fetch before its figures run: HTML, CSS, JavaScript and the
//! module, each compressed as a host with brotli sends it. Then the parts of the program that follow when a figure is
//! near, and by itself the lab, which follows when a model is asked for.
//!
//! Fonts, model weights and data of figures are not part of it.

use std::fmt::{self, Display, Formatter};
use std::fs;
use std::path::{Path, PathBuf};

use crate::command::{in_project, output};
use crate::failure::{Failure, Result};
use crate::project::Project;

/// The page that is weighed.
const PAGE: &str = "index.html";

/// File name endings of what counts besides the page itself.
const COUNTED: [&str; 3] = [".css", ".js", ".wasm"];

/// Folder of the program's parts; it holds one folder, named after the build.
const PARTS: &str = "parts";

/// Folder of the lab; it holds one folder, named after the build.
const LAB: &str = "lab";

/// The lab: its script, its program for browsers with 128-bit vectors, which nearly all are, and what JavaScript calls it
/// through.
const ENGINE: [&str; 3] = ["lab.js", "engine_simd.js", "engine_simd_bg.wasm"];

/// Prints the size of each file at brotli's highest quality.
const SCRIPT: &str = "\
const { brotliCompressSync, constants } = require('zlib');
for (const file of process.argv.slice(1)) {
  const bytes = require('fs').readFileSync(file);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  console.log(brotliCompressSync(bytes, { params }).length);
}";

/// The files and their sizes.
#[derive(Debug)]
pub struct PageWeight {
    files: Vec<(String, u64)>,
    parts: Vec<(String, u64)>,
    engine: Vec<(String, u64)>,
}

impl PageWeight {
    /// What comes before any figure, in bytes.
    pub fn first(&self) -> u64 {
        sum(&self.files)
    }

    /// All of it, once every figure has been near, in bytes.
    pub fn total(&self) -> u64 {
        self.first() + sum(&self.parts)
    }

    /// The lab, in bytes.
    pub fn lab(&self) -> u64 {
        sum(&self.engine)
    }
}

fn sum(files: &[(String, u64)]) -> u64 {
    files.iter().map(|(_, bytes)| bytes).sum()
}

impl Display for PageWeight {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "bytes after brotli (quality 11):")?;
        for (name, bytes) in &self.files {
            writeln!(f, "{bytes:>9}  {name}")?;
        }
        writeln!(f, "{:>9}  before any figure", self.first())?;
        for (name, bytes) in &self.parts {
            writeln!(f, "{bytes:>9}  {name}")?;
        }
        writeln!(f, "{:>9}  with the parts of all figures", self.total())?;
        for (name, bytes) in &self.engine {
            writeln!(f, "{bytes:>9}  {name}")?;
        }
        write!(f, "{:>9}  in the lab", self.lab())
    }
}

/// Weighs the page in `dist/`; needs Node.
///
/// # Errors
/// If the page or a file that it names is not there, or Node fails.
pub fn measure(project: &Project) -> Result<PageWeight> {
    let dist = project.dist();
    let page = dist.join(PAGE);
    let html = fs::read_to_string(&page)
        .map_err(|error| Failure::new(format!("{} cannot be read: {error}", page.display())))?;
    let mut names = vec![PAGE.to_owned()];
    names.extend(files_named_in(&html));
    let parts = files_of_build(&dist, PARTS)?;
    let mut engine = files_of_build(&dist, LAB)?;
    engine.retain(|file| ENGINE.iter().any(|name| file.ends_with(&format!("/{name}"))));
    if engine.len() != ENGINE.len() {
        return Err(Failure::new("the lab is not complete"));
    }
    let sized = |names: &[String]| sizes(project, names);
    Ok(PageWeight { files: sized(&names)?, parts: sized(&parts)?, engine: sized(&engine)? })
}

/// What lies in a folder named after the build inside this folder of the site, relative to the page.
fn files_of_build(dist: &Path, folder: &str) -> Result<Vec<String>> {
    let list = |folder: &Path| -> std::io::Result<Vec<PathBuf>> {
        let mut paths: Vec<PathBuf> =
            fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
        paths.sort();
        Ok(paths)
    };
    let mut files = Vec::new();
    for path in list(&dist.join(folder)).into_iter().flatten().flat_map(|build| list(&build)).flatten() {
        let relative = path.strip_prefix(dist).expect("it lies in the folder");
        files.push(relative.display().to_string());
    }
    if files.is_empty() { Err(Failure::new(format!("{folder} is empty"))) } else { Ok(files) }
}

/// Files of the page with their sizes after compression.
fn sizes(project: &Project, names: &[String]) -> Result<Vec<(String, u64)>> {
    let paths: Vec<PathBuf> = names.iter().map(|name| project.dist().join(name)).collect();
    Ok(names.iter().cloned().zip(compressed(project, &paths)?).collect())
}

/// Sizes of files in bytes after brotli; needs Node.
///
/// # Errors
/// If a file is not there, or Node fails.
pub fn compressed(project: &Project, paths: &[PathBuf]) -> Result<Vec<u64>> {
    let mut node = in_project(project, "node");
    node.args(["-e", SCRIPT]).args(paths);
    output(&mut node)
        .and_then(|lines| lines.lines().map(|line| line.parse().ok()).collect())
        .filter(|sizes: &Vec<u64>| sizes.len() == paths.len())
        .ok_or_else(|| Failure::new(format!("Node could not compress all of {paths:?}")))
}

/// Paths of the style sheets, scripts and modules that the root, `link` and `script` elements name in any
/// attribute, each once, relative to the page.
fn files_named_in(html: &str) -> Vec<String> {
    let mut files: Vec<String> = Vec::new();
    for tag in ["<html ", "<link ", "<script "].into_iter().flat_map(|opening| tags(html, opening)) {
        // Odd pieces lie between quotes.
        for value in tag.split('"').skip(1).step_by(2) {
            let file = value.trim_start_matches("./");
            if COUNTED.iter().any(|ending| file.ends_with(ending)) && !files.iter().any(|seen| seen == file) {
                files.push(file.to_owned());
            }
        }
    }
    files
}

/// The attributes of each element that begins with `opening`.
fn tags<'a>(html: &'a str, opening: &str) -> Vec<&'a str> {
    html.split(opening).skip(1).filter_map(|rest| rest.split('>').next()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_that_the_page_loads_counts_once() {
        let html = r#"<html lang="zh-CN" data-offline="sw.js"><link rel="stylesheet" href="./page-1.css"><link rel="canonical" href="https://a.b/">
            <link rel="modulepreload" href="./essay-2.js"><p>see "other.js"</p>
            <script type="module" src="./boot.js" data-js="./essay-2.js" data-wasm="./essay-2_bg.wasm"></script>"#;
        let files = ["sw.js", "page-1.css", "essay-2.js", "boot.js", "essay-2_bg.wasm"];
        assert_eq!(files_named_in(html), files);
    }

    #[test]
    fn totals_are_sums() {
        let weight = PageWeight {
            files: vec![("a".into(), 100), ("b".into(), 28)],
            parts: vec![("c".into(), 7)],
            engine: vec![("d".into(), 60), ("e".into(), 2)],
        };
        assert_eq!((weight.first(), weight.total(), weight.lab()), (128, 135, 62));
        let text = weight.to_string();
        assert!(text.contains("      128  before any figure\n        7  c\n      135  with"), "{text}");
        assert!(text.ends_with("       60  d\n        2  e\n       62  in the lab"), "{text}");
    }
}
