//! Blocks: paragraphs, lists, tables with their captions, formulas, code samples and figures.
//!
//! - A displayed formula is a fenced block with the info string `math`.
//! - Other fenced blocks are samples; the info string names the language.
//! - A paragraph right after a table that is only emphasis (`*表 5-1 …*`, note marks aside) is its caption.
//! - A table's header cells are bold anyway: one that is wholly bold in the source loses the mark.

use chapter::{Block, CodeBlock, FigureBlock, Inline, TableBlock};
use comrak::{
    Arena,
    nodes::{ListType, Node, NodeCodeBlock, NodeValue},
    parse_document,
};

use crate::{
    directive::{Segment, segments},
    highlight, math,
    reader::{Reader, markdown},
};

/// A block or a heading of a file.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// A heading.
    Heading {
        /// 1 to 6, as the number of `#`.
        level: u8,
        /// What it says.
        content: Vec<Inline>,
        /// Its line.
        line: usize,
    },
    /// A block.
    Block {
        /// The block.
        block: Block,
        /// Its line.
        line: usize,
    },
}

impl Reader<'_> {
    /// The headings and blocks of a file, in order.
    pub fn pieces(&mut self, text: &str) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for segment in segments(text) {
            match segment {
                Segment::Markdown { text, first_line } => {
                    pieces.extend(self.markdown_pieces(text, first_line - 1));
                }
                Segment::Directive { head, body, line, closed } => {
                    let figure = self.figure_block(head, body, line, closed);
                    pieces.extend(figure.map(|block| Piece::Block { block: Block::Figure(block), line }));
                }
            }
        }
        pieces
    }

    /// The single paragraph that a text consists of, which starts after `lines_before` lines of the file; `what`
    /// names the text should it be something else.
    pub fn paragraph(&mut self, text: &str, lines_before: usize, what: &str) -> Option<Vec<Inline>> {
        let arena = Arena::new();
        let root = parse_document(&arena, text, &markdown());
        let mut blocks = root.children();
        match (blocks.next(), blocks.next()) {
            (Some(node), None) if matches!(node.data().value, NodeValue::Paragraph) => {
                Some(self.inlines(node, lines_before))
            }
            _ => {
                self.problem(lines_before + 1, format!("{what} must be one paragraph"));
                None
            }
        }
    }

    fn markdown_pieces(&mut self, text: &str, lines_before: usize) -> Vec<Piece> {
        let arena = Arena::new();
        let root = parse_document(&arena, text, &markdown());
        let mut pieces: Vec<Piece> = Vec::new();
        for node in root.children() {
            let line = lines_before + node.data().sourcepos.start.line;
            let heading = match node.data().value {
                NodeValue::Heading(heading) => Some(heading),
                _ => None,
            };
            if let Some(heading) = heading {
                let content = self.inlines(node, lines_before);
                pieces.push(Piece::Heading { level: heading.level, content, line });
            } else if let Some(block) = self.block(node, lines_before) {
                match (pieces.last_mut(), block) {
                    (Some(Piece::Block { block: Block::Table(table), .. }), Block::Paragraph(content))
                        if table.caption.is_empty() && is_caption(&content) =>
                    {
                        table.caption = without_emphasis(content);
                    }
                    (_, block) => pieces.push(Piece::Block { block, line }),
                }
            }
        }
        pieces
    }

    fn block(&mut self, node: Node<'_>, lines_before: usize) -> Option<Block> {
        let data = node.data();
        let line = lines_before + data.sourcepos.start.line;
        match &data.value {
            NodeValue::Paragraph => Some(Block::Paragraph(self.inlines(node, lines_before))),
            NodeValue::List(list) => {
                let ordered = list.list_type == ListType::Ordered;
                if ordered && list.start != 1 {
                    self.problem(
                        line,
                        format!("numbered list starts at {}: it would be shown from 1", list.start),
                    );
                }
                let items = node.children().map(|item| self.item(item, lines_before)).collect();
                Some(Block::List { ordered, items })
            }
            NodeValue::Table(_) => Some(Block::Table(self.table(node, line, lines_before))),
            NodeValue::CodeBlock(code) => self.fenced(code, line),
            NodeValue::HtmlBlock(html) => {
                let first = html.literal.lines().next().unwrap_or_default();
                self.problem(line, format!("raw HTML {first}"));
                None
            }
            NodeValue::Heading(_) => {
                self.problem(line, "heading inside a list");
                None
            }
            NodeValue::BlockQuote => {
                self.problem(line, "block quotes are not part of the content format");
                None
            }
            NodeValue::ThematicBreak => {
                self.problem(line, "rules are not part of the content format");
                None
            }
            _ => {
                self.problem(line, "this Markdown is not part of the content format");
                None
            }
        }
    }

    fn item(&mut self, item: Node<'_>, lines_before: usize) -> Vec<Block> {
        item.children().filter_map(|block| self.block(block, lines_before)).collect()
    }

    fn table(&mut self, node: Node<'_>, line: usize, lines_before: usize) -> TableBlock {
        let mut rows: Vec<Vec<Vec<Inline>>> = node
            .children()
            .map(|row| row.children().map(|cell| self.inlines(cell, lines_before)).collect())
            .collect();
        // The table extension gives every table its header row.
        let header: Vec<Vec<Inline>> = rows.remove(0).into_iter().map(without_bold).collect();
        self.landmark(line, format!("table of {} columns and {} rows", header.len(), rows.len()));
        TableBlock { header, rows, caption: Vec::new() }
    }

    fn fenced(&mut self, code: &NodeCodeBlock, line: usize) -> Option<Block> {
        if !code.fenced {
            self.problem(line, "indented code: write it as a fenced block");
            return None;
        }
        if !code.closed {
            self.problem(line, "fenced block is not closed");
        }
        let language = code.info.trim();
        if language != "math" {
            let kind = if language.is_empty() { "plain" } else { language };
            self.landmark(line, format!("{kind} code block"));
            let html = highlight::to_html(&code.literal, language);
            return Some(Block::Code(CodeBlock { language: language.to_owned(), html }));
        }
        self.landmark(line, "displayed formula".into());
        match math::display(&code.literal) {
            Ok(mathml) => Some(Block::Math(mathml)),
            Err(error) => {
                self.problem(line + 1 + error.lines_before, error.what);
                None
            }
        }
    }

    fn figure_block(&mut self, head: &str, body: &str, line: usize, closed: bool) -> Option<FigureBlock> {
        if head.is_empty() {
            self.problem(line, "\":::\" closes nothing");
            return None;
        }
        let mut words = head.splitn(3, char::is_whitespace);
        let (kind, slug, title) =
            (words.next(), words.next().unwrap_or_default(), words.next().unwrap_or_default());
        if kind != Some("figure") {
            self.problem(
                line,
                format!("unknown directive \"::: {head}\"; there is ::: figure <slug> <title>"),
            );
            return None;
        }
        if !closed {
            self.problem(line, format!("figure \"{slug}\" is not closed: \":::\" is missing"));
        }
        if title.trim().is_empty() {
            self.problem(line, format!("figure \"{slug}\" has no title"));
        }
        let figure = self.figure(slug, line);
        if let Some(figure) = figure {
            if let Some(first) = self.met.figures.get(&figure) {
                let what = format!("figure \"{slug}\" is already placed at {first}");
                self.problem(line, what);
            } else {
                let place = self.place(line);
                self.met.figures.insert(figure, place);
            }
            self.landmark(line, format!("figure \"{slug}\""));
        }
        let title = match title.trim() {
            "" => None,
            title => self.paragraph(title, line - 1, "the title of a figure"),
        };
        let caption = self.caption(slug, body, line);
        // The place of an unknown figure is still read, for its other problems.
        let number = self.met.figures.len();
        figure.map(|figure| FigureBlock { figure, number, title: title.unwrap_or_default(), caption })
    }

    fn caption(&mut self, slug: &str, body: &str, line: usize) -> Vec<Vec<Inline>> {
        let mut caption = Vec::new();
        for piece in self.markdown_pieces(body, line) {
            match piece {
                Piece::Block { block: Block::Paragraph(content), .. } => caption.push(content),
                Piece::Block { line, .. } | Piece::Heading { line, .. } => {
                    self.problem(line, format!("the caption of figure \"{slug}\" may hold paragraphs only"));
                }
            }
        }
        if caption.is_empty() {
            self.problem(line, format!("figure \"{slug}\" has no caption"));
        }
        caption
    }
}

/// Whether a paragraph is only emphasis, note marks aside.
fn is_caption(content: &[Inline]) -> bool {
    let [first, rest @ ..] = content else { return false };
    matches!(first, Inline::Emphasis(_)) && rest.iter().all(|inline| matches!(inline, Inline::Note(_)))
}

fn without_emphasis(content: Vec<Inline>) -> Vec<Inline> {
    let unwrap = |inline| match inline {
        Inline::Emphasis(content) => content,
        other => vec![other],
    };
    content.into_iter().flat_map(unwrap).collect()
}

/// A header cell less the bold that all of it is in, note marks aside.
fn without_bold(cell: Vec<Inline>) -> Vec<Inline> {
    let is_wholly_bold = matches!(cell.first(), Some(Inline::Strong(_)))
        && cell[1..].iter().all(|inline| matches!(inline, Inline::Note(_)));
    if !is_wholly_bold {
        return cell;
    }
    let unwrap = |inline| match inline {
        Inline::Strong(content) => content,
        other => vec![other],
    };
    cell.into_iter().flat_map(unwrap).collect()
}
