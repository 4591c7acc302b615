//! What the Chinese page makes a browser fetch before its figures run: HTML, CSS, JavaScript and the
//! module, each compressed as a host with brotli sends it.
//!
//! Fonts, model weights and what a figure fetches on demand are not part of it.

use std::fmt::{self, Display, Formatter};
use std::fs;

use crate::command::{in_project, output};
use crate::failure::{Failure, Result};
use crate::project::Project;

/// The page that is weighed.
const PAGE: &str = "index.html";

/// File name endings of what counts besides the page itself.
const COUNTED: [&str; 3] = [".css", ".js", ".wasm"];

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
}

impl PageWeight {
    /// All of them together, in bytes.
    pub fn total(&self) -> u64 {
        self.files.iter().map(|(_, bytes)| bytes).sum()
    }
}

impl Display for PageWeight {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "bytes after brotli (quality 11):")?;
        for (name, bytes) in &self.files {
            writeln!(f, "{bytes:>9}  {name}")?;
        }
        write!(f, "{:>9}  total", self.total())
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

    let mut node = in_project(project, "node");
    node.args(["-e", SCRIPT]).args(names.iter().map(|name| dist.join(name)));
    let sizes: Vec<u64> = output(&mut node)
        .and_then(|lines| lines.lines().map(|line| line.parse().ok()).collect())
        .filter(|sizes: &Vec<u64>| sizes.len() == names.len())
        .ok_or_else(|| Failure::new(format!("Node could not compress all of {}", names.join(", "))))?;
    Ok(PageWeight { files: names.into_iter().zip(sizes).collect() })
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
    fn the_total_is_the_sum() {
        let weight = PageWeight { files: vec![("a".into(), 100), ("b".into(), 28)] };
        assert_eq!(weight.total(), 128);
        assert!(weight.to_string().ends_with("      128  total"));
    }
}
