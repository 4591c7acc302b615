//! The site: every page as complete static HTML, in the folder where Trunk has put the program.
//!
//! Compiles `content/`, publishes the style sheet, scripts and fonts under names that carry their hash, writes each
//! figure's data as a file of its own, and fills `index.html` for every language and every embedded figure.

mod assets;
mod error;
mod figures;
mod lab;
mod markup;
mod offline;
mod opening;
mod pages;
mod parts;
mod template;

use std::env;
use std::path::{Path, PathBuf};

pub use error::Error;

/// Set by Trunk: the folder that becomes `dist/`.
const STAGING: &str = "TRUNK_STAGING_DIR";
/// Set by Trunk: `debug` or `release`.
const PROFILE: &str = "TRUNK_PROFILE";
/// Set by whoever publishes, optional: the site's absolute address, for previews and the sitemap.
const ADDRESS: &str = "ESSAY_ADDRESS";

/// Renders the site into the folder that Trunk names.
///
/// # Errors
/// When the program was not started by Trunk, the content has problems, or a file cannot be read or written.
pub fn render() -> Result<(), Error> {
    let staging = PathBuf::from(env::var_os(STAGING).ok_or(Error::NotFromTrunk)?);
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let is_release = env::var(PROFILE).is_ok_and(|profile| profile == "release");

    let essay = chapter_compiler::compile(&project.join("content"), &crate::figure::needs())?;
    let assets = assets::publish(project, &staging)?;
    let lab = lab::publish(project, &staging)?;
    let index = parts::publish(&error::read(&staging.join("index.html"))?, &staging)?;
    let template = template::Template::new(index, &assets, lab, is_release)?;
    let figures = figures::publish(&essay, &staging)?;
    let address = env::var(ADDRESS).ok().filter(|address| !address.is_empty());
    let opening = opening::picture()?;
    let site =
        pages::Site { essay: &essay, figures: &figures, opening: &opening, template: &template, address };
    pages::write(&site, &staging)?;
    if is_release {
        offline::write_worker(project, &staging)?;
    }
    Ok(())
}
