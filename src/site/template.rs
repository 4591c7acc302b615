//! The frame of a page: `index.html` as Trunk wrote it.

use super::assets::Assets;
use super::error::Error;

/// A page's own parts.
pub struct Page<'a> {
    /// Attributes of the root element, `name="value"` each.
    pub root: String,
    /// What stands in the head.
    pub head: &'a str,
    /// What stands in the body.
    pub body: &'a str,
    /// From the page to the site's folder: empty, `../` or `../../`.
    pub up: &'static str,
}

/// The frame, with the published names of all files.
pub struct Template {
    before_root: String,
    before_head: String,
    before_body: String,
    after_body: String,
    /// Folder of the lab, relative to the site's.
    lab: String,
    is_release: bool,
}

const ROOT: &str = "<html lang=\"zh-CN\">";
const HEAD: &str = "<!--head-->";
const BODY: &str = "<!--body-->";

impl Template {
    /// Trunk's page with the published names put in.
    pub fn new(mut text: String, assets: &Assets, lab: String, is_release: bool) -> Result<Self, Error> {
        for (name, published) in assets {
            text = text.replace(&format!("\"./{name}\""), &format!("\"./{published}\""));
        }
        if !is_release {
            let reload = format!("<script src=\"./{}\"></script></body>", assets["reload.js"]);
            text = text.replace("</body>", &reload);
        }
        let (before_root, rest) = text.split_once(ROOT).ok_or(Error::Template(ROOT))?;
        let (before_head, rest) = rest.split_once(HEAD).ok_or(Error::Template(HEAD))?;
        let (before_body, after_body) = rest.split_once(BODY).ok_or(Error::Template(BODY))?;
        Ok(Self {
            before_root: before_root.to_owned(),
            before_head: without_comments(before_head),
            before_body: before_body.to_owned(),
            after_body: after_body.to_owned(),
            lab,
            is_release,
        })
    }

    /// A complete page.
    pub fn fill(&self, page: &Page<'_>) -> String {
        let Page { root, head, body, up } = page;
        let offline = if self.is_release { format!(" data-offline=\"{up}sw.js\"") } else { String::new() };
        // The frame's own addresses start at the site's folder.
        let from_here = |text: &str| text.replace("=\"./", &format!("=\"{up}"));
        format!(
            "{}<html {root} data-figures=\"waking\" data-lab=\"{up}{}\"{offline}>{}{head}{}{body}{}",
            self.before_root,
            self.lab,
            from_here(&self.before_head),
            from_here(&self.before_body),
            from_here(&self.after_body),
        )
    }
}

/// The comments of `index.html` are for developers.
fn without_comments(html: &str) -> String {
    let mut kept = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once("<!--") {
        kept.push_str(before);
        rest = after.split_once("-->").map_or("", |(_, after)| after);
    }
    kept + rest
}
