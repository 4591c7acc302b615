//! Sections and their parts: the Markdown files of one language.

use std::collections::BTreeMap;

use chapter::{Block, Inline, Section};

use crate::{
    Sources,
    blocks::Piece,
    reader::{Landmark, Reader},
};

/// The file whose blocks stand before the first section.
pub const OPENING: &str = "00-opening.md";

/// What the files of one language hold.
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// Blocks before the first section.
    pub opening: Vec<Block>,
    /// The sections.
    pub sections: Vec<Section>,
    /// What the other language must have as well, by file name.
    pub landmarks: BTreeMap<String, Vec<Landmark>>,
}

/// The slug in a file name such as `01-bigger-is-better.md`; `None` if the name is not of this form.
pub fn slug_of_file(name: &str) -> Option<&str> {
    let (number, slug) = name.strip_suffix(".md")?.split_once('-')?;
    let is_number = number.len() == 2 && number.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && is_slug(slug)).then_some(slug)
}

/// Whether a name is lower-case letters, digits and single hyphens, as ids and addresses want it.
fn is_slug(name: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    name.split('-').all(is_word)
}

impl Reader<'_> {
    /// Reads every Markdown file of the language's folder, in file-name order.
    pub fn text(&mut self, sources: &Sources) -> Text {
        let mut text = Text::default();
        let folder = self.language.folder();
        for name in sources.names_in(folder, ".md") {
            let path = format!("{folder}/{name}");
            self.file = sources.name(&path);
            let Some(file_slug) = slug_of_file(name) else {
                self.problem(1, "file name is not of the form 01-some-words.md");
                continue;
            };
            let pieces = self.pieces(sources.text(&path).unwrap_or_default());
            if name == OPENING {
                text.opening = self.opening(pieces);
            } else {
                text.sections.push(self.section(file_slug, pieces));
            }
            text.landmarks.insert(name.to_owned(), std::mem::take(&mut self.met.landmarks));
        }
        text
    }

    fn opening(&mut self, pieces: Vec<Piece>) -> Vec<Block> {
        let mut blocks = Vec::new();
        for piece in pieces {
            match piece {
                Piece::Block { block, .. } => blocks.push(block),
                Piece::Heading { line, .. } => self.problem(line, "the opening has no headings"),
            }
        }
        blocks
    }

    /// A section's file: `## heading`, blocks, then parts, each `### heading {#slug}` and blocks.
    ///
    /// The section's slug is the file's. A part's is written in its heading. Both are unique in the chapter.
    fn section(&mut self, slug: &str, pieces: Vec<Piece>) -> Section {
        let mut section =
            Section { slug: slug.to_owned(), heading: Vec::new(), blocks: Vec::new(), parts: Vec::new() };
        let mut pieces = pieces.into_iter().peekable();
        let mut heading_line = 1;
        if let Some(Piece::Heading { content, line, .. }) =
            pieces.next_if(|piece| matches!(piece, Piece::Heading { level: 2, .. }))
        {
            section.heading = content;
            heading_line = line;
        } else {
            self.problem(1, "a section's file starts with its heading, \"## …\"");
        }
        self.section_slug(slug, heading_line);
        for piece in pieces {
            match piece {
                Piece::Block { block, .. } => match section.parts.last_mut() {
                    Some(part) => part.blocks.push(block),
                    None => section.blocks.push(block),
                },
                Piece::Heading { level: 3, content, line } => {
                    section.parts.push(self.part(content, line));
                }
                Piece::Heading { level: 2, line, .. } => {
                    self.problem(line, "second section in one file: each has its own");
                }
                Piece::Heading { line, .. } => {
                    self.problem(line, "headings are \"##\" for the section and \"###\" for its parts");
                }
            }
        }
        section
    }

    fn part(&mut self, content: Vec<Inline>, line: usize) -> Section {
        let (heading, slug) = split_slug(content);
        match &slug {
            Some(slug) if is_slug(slug) => {
                self.section_slug(slug, line);
                self.landmark(line, format!("part \"{slug}\""));
            }
            Some(slug) => self.problem(line, format!("slug \"{slug}\" is not lower-case words with hyphens")),
            None => self.problem(line, "the heading of a part ends with its slug, \"### … {#some-words}\""),
        }
        Section { slug: slug.unwrap_or_default(), heading, blocks: Vec::new(), parts: Vec::new() }
    }

    fn section_slug(&mut self, slug: &str, line: usize) {
        let place = self.place(line);
        if let Some(first) = self.met.sections.get(slug) {
            let what = format!("slug \"{slug}\" is already at {first}");
            self.problem(line, what);
        } else {
            self.met.sections.insert(slug.to_owned(), place);
        }
    }
}

/// Takes `{#slug}` off the end of a heading.
fn split_slug(mut heading: Vec<Inline>) -> (Vec<Inline>, Option<String>) {
    let Some(Inline::Text(last)) = heading.last_mut() else {
        return (heading, None);
    };
    let Some((text, slug)) = last.strip_suffix('}').and_then(|text| text.rsplit_once("{#")) else {
        return (heading, None);
    };
    let (text, slug) = (text.trim_end().to_owned(), slug.to_owned());
    if text.is_empty() {
        heading.pop();
    } else {
        *last = text;
    }
    (heading, Some(slug))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_give_slugs() {
        assert_eq!(slug_of_file("01-bigger-is-better.md"), Some("bigger-is-better"));
        assert_eq!(slug_of_file(OPENING), Some("opening"));
        for name in ["bigger.md", "1-bigger.md", "01-Bigger.md", "01-a--b.md", "01-.md", "01-a.txt"] {
            assert_eq!(slug_of_file(name), None, "{name}");
        }
    }

    #[test]
    fn a_heading_gives_up_its_slug() {
        let heading = |text: &str| vec![Inline::Text(text.into())];
        assert_eq!(
            split_slug(heading("（1）学习 {#in-context}")),
            (heading("（1）学习"), Some("in-context".into()))
        );
        assert_eq!(split_slug(heading("no slug")), (heading("no slug"), None));
    }
}
