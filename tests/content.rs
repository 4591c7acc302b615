//! The content as it is: it compiles without a problem, and both languages fit the page.

use std::path::Path;

use chapter::{Block, Inline, Language};
use chapter_compiler::{Essay, compile};
use essay::figure::needs;

fn essay() -> Essay {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    compile(&content, &needs()).unwrap_or_else(|problems| panic!("\n{problems}"))
}

#[test]
fn the_content_has_no_problems() {
    essay();
}

/// The language switch leads to the block with the same number.
#[test]
fn both_languages_have_the_same_blocks_in_the_same_order() {
    let kinds = |language| -> Vec<&'static str> { essay().chapter(language).blocks().map(kind).collect() };
    assert_eq!(kinds(Language::Zh), kinds(Language::En));
}

fn kind(block: &Block) -> &'static str {
    match block {
        Block::Paragraph(_) => "paragraph",
        Block::List { .. } => "list",
        Block::Table(_) => "table",
        Block::Math(_) => "math",
        Block::Code(_) => "code",
        Block::Figure(_) => "figure",
    }
}

#[test]
fn every_note_cites_a_source() {
    for language in Language::ALL {
        for note in &essay().chapter(language).notes {
            assert!(note.content.iter().any(cites), "{} cites nothing in {language:?}", note.key);
        }
    }
}

fn cites(piece: &Inline) -> bool {
    match piece {
        Inline::Citation { .. } => true,
        Inline::Strong(content) | Inline::Emphasis(content) => content.iter().any(cites),
        _ => false,
    }
}

/// The same facts and works stand behind a note in both languages.
#[test]
fn notes_say_the_same_in_both_languages() {
    let essay = essay();
    let sources = |language| -> Vec<(String, Vec<String>)> {
        let notes = &essay.chapter(language).notes;
        notes.iter().map(|note| (note.key.clone(), keys(&note.content))).collect()
    };
    for (zh, en) in sources(Language::Zh).into_iter().zip(sources(Language::En)) {
        assert_eq!(zh, en);
    }
}

/// Keys of facts and works in running text, sorted: the two languages order their clauses differently.
fn keys(content: &[Inline]) -> Vec<String> {
    let mut keys: Vec<String> = content
        .iter()
        .filter_map(|piece| match piece {
            Inline::Citation { key, .. } | Inline::Fact(key) => Some(key.clone()),
            _ => None,
        })
        .collect();
    keys.sort();
    keys.dedup();
    keys
}
