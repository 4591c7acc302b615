//! Running text: CommonMark inlines to [`Inline`]s.

use chapter::{FigureId, Inline, Language};
use comrak::nodes::{Node, NodeLink, NodeValue};

use crate::{
    address::{Address, is_figure_state},
    line_join::joins,
    math,
    nearest::unknown,
    reader::Reader,
};

impl Reader<'_> {
    /// The running text under a node of a document that starts after `lines_before` lines of the file.
    pub fn inlines(&mut self, node: Node<'_>, lines_before: usize) -> Vec<Inline> {
        let raw = self.raw_inlines(node, lines_before);
        let mut breaks = line_breaks(&raw, self.language).into_iter();
        tidy(raw, &mut breaks)
    }

    /// As [`Self::inlines`], with line breaks still in the text.
    fn raw_inlines(&mut self, node: Node<'_>, lines_before: usize) -> Vec<Inline> {
        node.children().filter_map(|child| self.raw_inline(child, lines_before)).collect()
    }

    fn raw_inline(&mut self, node: Node<'_>, lines_before: usize) -> Option<Inline> {
        let data = node.data();
        let line = lines_before + data.sourcepos.start.line;
        match &data.value {
            NodeValue::Text(text) => Some(Inline::Text(text.to_string())),
            NodeValue::SoftBreak => Some(Inline::Text("\n".into())),
            NodeValue::LineBreak => Some(Inline::LineBreak),
            NodeValue::Code(code) => Some(Inline::Code(code.literal.clone())),
            NodeValue::Emph => Some(Inline::Emphasis(self.raw_inlines(node, lines_before))),
            NodeValue::Strong => Some(Inline::Strong(self.raw_inlines(node, lines_before))),
            NodeValue::Math(formula) if formula.display_math => {
                self.problem(line, "$$…$$: write a displayed formula as a fenced block ```math");
                None
            }
            NodeValue::Math(formula) => match math::inline(&formula.literal) {
                Ok(mathml) => Some(Inline::Math(mathml)),
                Err(error) => {
                    self.problem(line + error.lines_before, error.what);
                    None
                }
            },
            NodeValue::Link(link) => self.link(link, node, line, lines_before),
            NodeValue::HtmlInline(html) => {
                self.problem(line, format!("raw HTML {html}"));
                None
            }
            NodeValue::Image(image) => {
                self.problem(line, format!("image \"{}\": pictures are figures", image.url));
                None
            }
            _ => {
                self.problem(line, "this Markdown is not part of the content format");
                None
            }
        }
    }

    fn link(&mut self, link: &NodeLink, node: Node<'_>, line: usize, lines_before: usize) -> Option<Inline> {
        let Some(address) = Address::parse(&link.url) else {
            let what = "is no address; there are cite:, fact:, note:, fig:, sec: and https://";
            self.problem(line, format!("\"{}\" {what}", link.url));
            return None;
        };
        if !link.title.is_empty() {
            self.problem(line, format!("link title \"{}\" would not be shown", link.title));
        }
        let content = self.raw_inlines(node, lines_before);
        let is_bare = content == [Inline::Text(link.url.clone())];
        match address {
            Address::Work(key) => {
                if self.library.references.contains_key(key) {
                    self.met.references.insert(key.to_owned());
                } else {
                    let known = self.library.references.keys().map(String::as_str);
                    self.problem(line, unknown("reference", key, known));
                }
                let locator = if is_bare { Vec::new() } else { content };
                Some(Inline::Citation { key: key.to_owned(), locator })
            }
            Address::Fact(key) => {
                if !is_bare {
                    self.problem(line, format!("a fact has no text of its own: <fact:{key}>"));
                }
                if self.library.facts.contains_key(key) {
                    self.met.facts.insert(key.to_owned());
                } else {
                    let known = self.library.facts.keys().map(String::as_str);
                    self.problem(line, unknown("fact", key, known));
                }
                Some(Inline::Fact(key.to_owned()))
            }
            Address::Note(key) if is_bare => self.note_mark(key, line),
            // That the note stands somewhere is sure: one that does not is reported as unused.
            Address::Note(key) => {
                self.is_note(key, line).then(|| Inline::NoteLink { key: key.to_owned(), content })
            }
            Address::Figure { slug, state } => self.figure_link(slug, state, content, is_bare, line),
            Address::Section(slug) => {
                if is_bare {
                    self.problem(line, format!("a link to a section needs a text: [text](sec:{slug})"));
                }
                let place = self.place(line);
                self.met.section_links.push((slug.to_owned(), place));
                Some(Inline::SectionLink { slug: slug.to_owned(), content })
            }
            Address::Web(href) => Some(Inline::Link { href: href.to_owned(), content }),
        }
    }

    /// Whether there is a note with this key; an unknown one is reported.
    fn is_note(&mut self, key: &str, line: usize) -> bool {
        let is_known = self.library.notes.contains_key(key);
        if !is_known {
            let known = self.library.notes.keys().map(String::as_str);
            self.problem(line, unknown("note", key, known));
        }
        is_known
    }

    fn note_mark(&mut self, key: &str, line: usize) -> Option<Inline> {
        if self.in_note {
            self.problem(line, format!("note \"{key}\" inside a note"));
            return None;
        }
        if !self.is_note(key, line) {
            return None;
        }
        if let Some((_, first)) = self.met.notes.iter().find(|(met, _)| met == key) {
            let what = format!("note \"{key}\" is already used at {first}");
            self.problem(line, what);
            return None;
        }
        let place = self.place(line);
        self.met.notes.push((key.to_owned(), place));
        self.landmark(line, format!("note \"{key}\""));
        Some(Inline::Note(key.to_owned()))
    }

    fn figure_link(
        &mut self,
        slug: &str,
        state: &str,
        content: Vec<Inline>,
        is_bare: bool,
        line: usize,
    ) -> Option<Inline> {
        if is_bare {
            self.problem(line, format!("a link to a figure needs a text: [text](fig:{slug})"));
        }
        if !state.is_empty() && !is_figure_state(state) {
            self.problem(line, format!("figure state \"{state}\" is not control=value&…"));
        }
        let figure = self.figure(slug, line)?;
        Some(Inline::FigureLink { figure, state: state.to_owned(), content })
    }

    /// The figure with this slug; an unknown one is reported.
    pub fn figure(&mut self, slug: &str, line: usize) -> Option<FigureId> {
        let figure = FigureId::from_slug(slug);
        if figure.is_none() {
            self.problem(line, unknown("figure", slug, FigureId::ALL.map(FigureId::slug)));
        }
        figure
    }
}

/// For each line break of the text, in order, whether it vanishes.
fn line_breaks(inlines: &[Inline], language: Language) -> Vec<bool> {
    let mut visible = Vec::new();
    visible_characters(inlines, &mut visible);
    let is_break = |c: &&char| **c == '\n';
    (0..visible.len())
        .filter(|index| visible[*index] == '\n')
        .map(|index| {
            let before = visible[..index].iter().rev().find(|c| !is_break(c));
            let after = visible[index..].iter().find(|c| !is_break(c));
            joins(before.copied(), after.copied(), language)
        })
        .collect()
}

/// The characters that a reader sees, as far as they matter for line breaks. The marks of notes and citations hang
/// on the sentence before them, so that they do not come between it and the next.
fn visible_characters(inlines: &[Inline], visible: &mut Vec<char>) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => visible.extend(text.chars()),
            Inline::LineBreak => visible.push(' '),
            Inline::Math(_) => visible.push('x'),
            Inline::Fact(_) => visible.push('0'),
            Inline::Note(_) | Inline::Citation { .. } => {}
            Inline::Strong(content)
            | Inline::Emphasis(content)
            | Inline::Link { content, .. }
            | Inline::NoteLink { content, .. }
            | Inline::SectionLink { content, .. }
            | Inline::FigureLink { content, .. } => visible_characters(content, visible),
        }
    }
}

/// Joins lines as decided by `breaks`, and merges neighbors that are one: texts, and the halves of a bold phrase.
fn tidy(inlines: Vec<Inline>, breaks: &mut impl Iterator<Item = bool>) -> Vec<Inline> {
    let mut tidied: Vec<Inline> = Vec::new();
    for inline in inlines {
        let inline = match inline {
            Inline::Text(text) => Inline::Text(join_lines(&text, breaks)),
            Inline::Strong(content) => Inline::Strong(heal_bold(tidy(content, breaks))),
            Inline::Emphasis(content) => Inline::Emphasis(tidy(content, breaks)),
            Inline::Link { href, content } => Inline::Link { href, content: tidy(content, breaks) },
            Inline::NoteLink { key, content } => Inline::NoteLink { key, content: tidy(content, breaks) },
            Inline::SectionLink { slug, content } => {
                Inline::SectionLink { slug, content: tidy(content, breaks) }
            }
            Inline::FigureLink { figure, state, content } => {
                Inline::FigureLink { figure, state, content: tidy(content, breaks) }
            }
            // A locator is read apart from the sentence it is in.
            Inline::Citation { key, locator } => {
                Inline::Citation { key, locator: tidy(locator, &mut std::iter::repeat(false)) }
            }
            other @ (Inline::LineBreak
            | Inline::Code(_)
            | Inline::Math(_)
            | Inline::Fact(_)
            | Inline::Note(_)) => other,
        };
        match (tidied.last_mut(), inline) {
            (_, Inline::Text(text)) if text.is_empty() => {}
            (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
            (Some(Inline::Strong(before)), Inline::Strong(content)) => {
                before.extend(content);
                *before = tidy(std::mem::take(before), &mut std::iter::empty());
            }
            (_, inline) => tidied.push(inline),
        }
    }
    tidied
}

fn join_lines(text: &str, breaks: &mut impl Iterator<Item = bool>) -> String {
    let mut joined = String::with_capacity(text.len());
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 && !breaks.next().unwrap_or(false) {
            joined.push(' ');
        }
        joined.push_str(line);
    }
    joined
}

/// `**训练数据****规模**` is one bold phrase to a reader, but CommonMark's rule of three keeps the four asterisks in
/// the middle as text.
fn heal_bold(content: Vec<Inline>) -> Vec<Inline> {
    let heal = |inline| match inline {
        Inline::Text(text) => Inline::Text(text.replace("****", "")),
        other => other,
    };
    content.into_iter().map(heal).collect()
}
