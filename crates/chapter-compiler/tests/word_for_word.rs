//! The Chinese content is the textbook's chapter word for word, once everything of ours is taken away: notes,
//! citations, figures, and links, whose text stays.
//!
//! The chapter as it was published is a fixture. It is read here by a reader of a few lines that shares nothing with
//! the compiler, so that neither can hide a slip of the other.

use std::{fs, path::PathBuf};

use chapter::{Block, Chapter, FigureId, Inline, Section};
use chapter_compiler::{FigureNeeds, compile};

/// What a reader sees of a block, without its markup.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Plain {
    Heading {
        level: usize,
        text: String,
    },
    Paragraph(String),
    Item(String),
    Row(Vec<String>),
    Caption(String),
    /// A displayed formula; its TeX is compared apart.
    Formula,
    Code {
        language: String,
        text: String,
    },
}

#[test]
fn the_chinese_content_is_the_textbook_word_for_word() {
    let fixture = fixture();
    let (front_matter, body) = split_front_matter(&fixture);
    let chapter = chinese_chapter();
    let head = format!("title: {}\ndescription: {}\n", chapter.title, chapter.description);
    assert_eq!(head, front_matter);

    let (ours, textbook) = (plain_chapter(&chapter), plain_fixture(body));
    for (ours, textbook) in ours.iter().zip(&textbook) {
        assert_eq!(ours, textbook);
    }
    assert_eq!(ours.len(), textbook.len(), "blocks");
}

#[test]
fn the_formulas_are_the_textbooks() {
    let mut ours = Vec::new();
    let mut files: Vec<PathBuf> =
        fs::read_dir(path("content/zh")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in files {
        ours.extend(formulas(&fs::read_to_string(file).unwrap()));
    }
    assert_eq!(ours, formulas(&fixture()));
}

#[test]
fn the_fixtures_reader_sees_every_letter_of_it() {
    let fixture = fixture();
    let (_, body) = split_front_matter(&fixture);
    let whole = plain_fixture(body);
    for (position, letter) in body.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
        // The TeX is compared by the test above.
        let line = &body[body[..position].rfind('\n').map_or(0, |newline| newline + 1)..];
        if line.starts_with("L(N)") {
            continue;
        }
        let changed = format!("{}{}{}", &body[..position], '?', &body[position + letter.len_utf8()..]);
        assert_ne!(plain_fixture(&changed), whole, "{letter} at byte {position} may change unseen");
    }
}

fn path(inside: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "../..", inside].iter().collect()
}

fn fixture() -> String {
    fs::read_to_string(path("tests/fixtures/chapter.zh.md")).expect("the chapter as it was published")
}

fn split_front_matter(fixture: &str) -> (&str, &str) {
    let fixture = fixture.strip_prefix("---\n").expect("front matter");
    fixture.split_once("---\n").expect("end of the front matter")
}

/// The published chapter's blocks. It has one paragraph, item or row a line, and no markup but bold in them.
fn plain_fixture(body: &str) -> Vec<Plain> {
    let mut blocks = Vec::new();
    let mut lines = body.lines();
    while let Some(line) = lines.next() {
        let text = line.replace("**", "");
        if let Some(language) = line.strip_prefix("```") {
            let code: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            let (language, text) = (language.to_owned(), code.join("\n"));
            blocks.push(if language == "math" { Plain::Formula } else { Plain::Code { language, text } });
        } else if line.starts_with('#') {
            let level = line.len() - line.trim_start_matches('#').len();
            blocks.push(Plain::Heading { level, text: line[level..].trim().to_owned() });
        } else if let Some(item) = text.strip_prefix("- ") {
            blocks.push(Plain::Item(item.to_owned()));
        } else if line.starts_with("| -") {
            assert!(line.chars().all(|c| "|- ".contains(c)), "a table's rule has letters: {line}");
        } else if let Some(row) = text.strip_prefix('|').and_then(|row| row.strip_suffix('|')) {
            blocks.push(Plain::Row(row.split('|').map(|cell| cell.trim().to_owned()).collect()));
        } else if let Some(caption) = text.strip_prefix('*') {
            blocks.push(Plain::Caption(caption.trim_end_matches('*').to_owned()));
        } else if !line.is_empty() {
            blocks.push(Plain::Paragraph(text));
        }
    }
    blocks
}

/// The TeX of the displayed formulas of a Markdown text.
fn formulas(text: &str) -> Vec<String> {
    text.split("```math\n").skip(1).filter_map(|rest| rest.split("```").next()).map(str::to_owned).collect()
}

fn chinese_chapter() -> Chapter {
    let [zh, _] = compile(&path("content"), &[needs_everything()])
        .unwrap_or_else(|problems| panic!("{problems}"))
        .chapters;
    zh
}

/// Which figure needs which numbers is no concern of this test: one is said to need them all.
fn needs_everything() -> FigureNeeds {
    let facts = fs::read_to_string(path("content/facts.toml")).expect("facts");
    let keys = facts.lines().filter_map(|line| line.strip_prefix("key = \"")?.strip_suffix('"'));
    let tables = fs::read_dir(path("content/data")).expect("data").flatten();
    let names = tables.filter_map(|file| Some(file.path().file_stem()?.to_str()?.to_owned()));
    FigureNeeds {
        figure: FigureId::ALL[0],
        facts: leak(keys.map(str::to_owned)),
        tables: leak(names),
        abilities: &[],
    }
}

fn leak(names: impl Iterator<Item = String>) -> &'static [&'static str] {
    let names: Vec<&'static str> = names.map(|name| &*name.leak()).collect();
    names.leak()
}

fn plain_chapter(chapter: &Chapter) -> Vec<Plain> {
    let mut blocks = Vec::new();
    plain_blocks(&chapter.opening, &mut blocks);
    for section in &chapter.sections {
        plain_section(section, 2, &mut blocks);
    }
    blocks
}

fn plain_section(section: &Section, level: usize, plain: &mut Vec<Plain>) {
    plain.push(Plain::Heading { level, text: plain_text(&section.heading) });
    plain_blocks(&section.blocks, plain);
    for part in &section.parts {
        plain_section(part, level + 1, plain);
    }
}

fn plain_blocks(blocks: &[Block], plain: &mut Vec<Plain>) {
    for block in blocks {
        match block {
            Block::Paragraph(content) => plain.push(Plain::Paragraph(plain_text(content))),
            Block::List { ordered, items } => {
                assert!(!ordered, "the textbook's lists have no numbers");
                for item in items {
                    let [Block::Paragraph(content)] = &item[..] else {
                        panic!("more than a sentence: {item:?}")
                    };
                    plain.push(Plain::Item(plain_text(content)));
                }
            }
            Block::Table(table) => {
                let row = |cells: &Vec<Vec<Inline>>| {
                    Plain::Row(cells.iter().map(|cell| plain_text(cell)).collect())
                };
                plain.push(row(&table.header));
                plain.extend(table.rows.iter().map(row));
                plain.push(Plain::Caption(plain_text(&table.caption)));
            }
            Block::Math(_) => plain.push(Plain::Formula),
            Block::Code(code) => {
                plain.push(Plain::Code { language: code.language.clone(), text: without_tags(&code.html) });
            }
            Block::Figure(_) => {}
        }
    }
}

fn plain_text(inlines: &[Inline]) -> String {
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text(text) => text.clone(),
            Inline::Strong(content)
            | Inline::Link { content, .. }
            | Inline::NoteLink { content, .. }
            | Inline::SectionLink { content, .. }
            | Inline::FigureLink { content, .. } => plain_text(content),
            Inline::Note(_) | Inline::Citation { .. } => String::new(),
            Inline::Emphasis(_) | Inline::LineBreak | Inline::Code(_) | Inline::Math(_) | Inline::Fact(_) => {
                panic!("the textbook has none of these in its sentences: {inline:?}")
            }
        })
        .collect()
}

fn without_tags(html: &str) -> String {
    let mut pieces = html.split('<');
    let first = pieces.next().unwrap_or_default().to_owned();
    let text = pieces.fold(first, |text, piece| text + piece.split_once('>').map_or("", |(_, after)| after));
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}
