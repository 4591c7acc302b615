//! The style sheet, scripts, fonts and icon, published under names that carry their content's hash, so that a host may
//! let browsers keep them for ever.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::error::{Error, list, read, write};

/// Style sheets in the order in which they build on each other; those of single figures come before print.
const STYLES: [&str; 6] = ["tokens", "base", "layout", "prose", "figure", "controls"];

/// From the name in `index.html` to the published name.
pub type Assets = BTreeMap<&'static str, String>;

/// Publishes everything and returns the names.
pub fn publish(project: &Path, staging: &Path) -> Result<Assets, Error> {
    let folder = project.join("assets");
    let mut assets = Assets::new();
    for name in ["theme.js", "boot.js", "reload.js", "icon.svg"] {
        let published = publish_one(name, read(&folder.join(name))?.as_bytes(), staging)?;
        assets.insert(name, published);
    }
    assets.insert("essay.css", publish_one("essay.css", style_sheet(project, staging)?.as_bytes(), staging)?);
    let manifest = manifest(&assets["icon.svg"]);
    assets.insert("manifest.webmanifest", publish_one("manifest.webmanifest", manifest.as_bytes(), staging)?);
    Ok(assets)
}

/// Writes a file as `stem-hash.ending` and returns that name.
pub fn publish_one(name: &str, content: &[u8], staging: &Path) -> Result<String, Error> {
    let (stem, ending) = name.split_once('.').unwrap_or((name, ""));
    let published = format!("{stem}-{}.{ending}", hash(content));
    write(&staging.join(&published), content)?;
    Ok(published)
}

/// All style sheets as one, without comments, with the fonts under their published names.
fn style_sheet(project: &Path, staging: &Path) -> Result<String, Error> {
    let styles = project.join("styles");
    let mut paths: Vec<_> = STYLES.iter().map(|name| styles.join(format!("{name}.css"))).collect();
    let of_figures = styles.join("figures");
    if of_figures.is_dir() {
        paths.extend(list(&of_figures)?);
    }
    paths.push(styles.join("print.css"));
    let mut sheet = String::new();
    for path in paths {
        sheet.push_str(&without_comments(&read(&path)?));
    }
    for path in list(&project.join("assets/fonts"))? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.extension().is_some_and(|ending| ending == "woff2") {
            let content = fs::read(&path).map_err(|error| Error::File { path, error })?;
            sheet = sheet.replace(&format!("fonts/{name}"), &publish_one(&name, &content, staging)?);
        }
    }
    Ok(sheet)
}

/// A style sheet without its comments and indentation. The style sheets hold no string with `/*` in it.
fn without_comments(css: &str) -> String {
    let mut kept = String::new();
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    kept.lines().map(str::trim).filter(|line| !line.is_empty()).flat_map(|line| [line, "\n"]).collect()
}

/// The web app manifest.
fn manifest(icon: &str) -> String {
    let manifest = serde_json::json!({
        "name": "规模与涌现 · Scale & Emergence",
        "short_name": "规模与涌现",
        "start_url": "./index.html",
        "display": "minimal-ui",
        "background_color": "#fbfaf7",
        "theme_color": "#1f5f8b",
        "icons": [{ "src": icon, "sizes": "any", "type": "image/svg+xml" }],
    });
    manifest.to_string()
}

/// Sixteen hexadecimal digits of FNV-1a: tells editions of a file apart; it is no protection against forgery.
pub fn hash(content: &[u8]) -> String {
    let hash = content.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_go() {
        assert_eq!(without_comments("/* a */a {\n  color: red; /* b\n c */\n}\n\n"), "a {\ncolor: red;\n}\n");
    }

    #[test]
    fn the_hash_is_fnv_1a() {
        // Test vectors of the function's authors: the empty text and "a".
        assert_eq!(hash(b""), "cbf29ce484222325");
        assert_eq!(hash(b"a"), "af63dc4c8601ec8c");
    }
}
