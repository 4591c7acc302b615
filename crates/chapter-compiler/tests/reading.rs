//! What the Markdown of an essay becomes.

mod small_essay;

use std::collections::BTreeSet;

use chapter::{Block, Chapter, FigureId, Inline, Language};
use small_essay::{compile, edited, sources};

/// The Chinese chapter whose opening is this Markdown.
fn chapter_opening_with(markdown: &str) -> Chapter {
    let [zh, _] = small_essay_with(markdown).chapters;
    zh
}

fn small_essay_with(opening: &str) -> chapter_compiler::Essay {
    let mut sources = sources();
    sources.insert("zh/00-opening.md", opening);
    sources.insert("en/00-opening.md", opening);
    compile(&sources).unwrap_or_else(|problems| panic!("{problems}"))
}

/// The only paragraph of an opening.
fn paragraph(markdown: &str) -> Vec<Inline> {
    match chapter_opening_with(markdown).opening.as_slice() {
        [Block::Paragraph(content)] => content.clone(),
        other => panic!("not one paragraph: {other:?}"),
    }
}

/// The text that a reader sees.
fn plain(inlines: &[Inline]) -> String {
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text(text) | Inline::Code(text) => text.clone(),
            Inline::Strong(content)
            | Inline::Emphasis(content)
            | Inline::Link { content, .. }
            | Inline::NoteLink { content, .. }
            | Inline::SectionLink { content, .. }
            | Inline::FigureLink { content, .. } => plain(content),
            Inline::LineBreak => "\n".into(),
            Inline::Math(_) | Inline::Citation { .. } | Inline::Fact(_) | Inline::Note(_) => String::new(),
        })
        .collect()
}

fn text(text: &str) -> Inline {
    Inline::Text(text.into())
}

#[test]
fn the_small_essay_has_its_structure() {
    let essay = compile(&sources()).unwrap_or_else(|problems| panic!("{problems}"));
    let [zh, en] = &essay.chapters;
    assert_eq!((zh.title.as_str(), zh.description.as_str()), ("T", "D"));
    assert_eq!(zh.opening, [Block::Paragraph(vec![text("Opening.")])]);
    assert_eq!([essay.chapter(Language::Zh), essay.chapter(Language::En)], [zh, en]);
    assert_eq!([zh.language, en.language], Language::ALL);
    assert_eq!(en.sections[0].slug, "large");
    assert_eq!(en.sections[0].heading, [text("1 Large")]);
    assert_eq!(en.sections[0].parts[0].slug, "parts");
    assert_eq!(en.sections[0].parts[0].heading, [text("Parts")]);
    let sizes = &essay.tables["sizes"];
    assert_eq!(sizes.column("params"), Some(vec![1.25e8, 1.75e11]));
}

#[test]
fn a_chapter_has_the_works_facts_and_notes_it_needs() {
    let [zh, en] = compile(&sources()).unwrap().chapters;
    let keys: Vec<&str> = zh.references.iter().map(|work| work.key.as_str()).collect();
    assert_eq!(keys, ["brown2020", "kaplan2020"], "by author, though listed the other way around");
    let facts: Vec<&str> = zh.facts.keys().map(String::as_str).collect();
    assert_eq!(facts, ["kaplan.alpha_n", "kaplan.n_c"], "one of the text, one of the figure");
    let citation = Inline::Citation { key: "brown2020".into(), locator: Vec::new() };
    assert_eq!(zh.notes[0].content, [text("注 "), citation.clone(), text("。")]);
    assert_eq!(en.notes[0].content, [text("Note "), citation, text(".")]);
}

#[test]
fn notes_are_in_the_order_of_their_marks() {
    let mut sources = sources();
    let notes = sources.text("notes.toml").unwrap().to_owned();
    sources.insert("notes.toml", format!("{notes}\n[[note]]\nkey = \"first\"\nzh = \"一\"\nen = \"One\"\n"));
    sources.insert("zh/00-opening.md", "开篇。<note:first>\n");
    sources.insert("en/00-opening.md", "Opening.<note:first>\n");
    let [zh, _] = compile(&sources).unwrap_or_else(|problems| panic!("{problems}")).chapters;
    let keys: Vec<&str> = zh.notes.iter().map(|note| note.key.as_str()).collect();
    assert_eq!(keys, ["first", "data"]);
}

#[test]
fn figures_have_number_title_and_caption() {
    let [zh, _] = compile(&sources()).unwrap().chapters;
    for (index, figure) in zh.figures().enumerate() {
        assert_eq!(figure.number, index + 1);
        assert_eq!(figure.title, [text("A "), Inline::Emphasis(vec![text("title")])]);
        assert_eq!(figure.caption, [vec![text("What to see.")], vec![text("What to try.")]]);
    }
    let placed: BTreeSet<FigureId> = zh.figures().map(|figure| figure.figure).collect();
    assert_eq!(placed, BTreeSet::from(FigureId::ALL));
}

#[test]
fn addresses_become_what_they_name() {
    let content =
        paragraph("<cite:brown2020> [Table 2.2](cite:brown2020) <fact:kaplan.n_c> [a *b*](sec:parts)");
    let works: Vec<&Inline> = content.iter().filter(|inline| **inline != text(" ")).collect();
    let citation = |locator| Inline::Citation { key: "brown2020".into(), locator };
    let linked = vec![text("a "), Inline::Emphasis(vec![text("b")])];
    assert_eq!(
        works,
        [
            &citation(Vec::new()),
            &citation(vec![text("Table 2.2")]),
            &Inline::Fact("kaplan.n_c".into()),
            &Inline::SectionLink { slug: "parts".into(), content: linked },
        ]
    );
    assert_eq!(
        paragraph("[x](fig:scaling-law)"),
        [Inline::FigureLink { figure: FigureId::ScalingLaw, state: String::new(), content: vec![text("x")] }]
    );
    assert_eq!(
        paragraph("[x](fig:scaling-law?a=1&b=2)"),
        [Inline::FigureLink {
            figure: FigureId::ScalingLaw,
            state: "a=1&b=2".into(),
            content: vec![text("x")]
        }]
    );
    assert_eq!(
        paragraph("<https://example.org/a>"),
        [Inline::Link { href: "https://example.org/a".into(), content: vec![text("https://example.org/a")] }]
    );
}

#[test]
fn lines_of_chinese_join_without_a_space() {
    assert_eq!(paragraph("模型越大。\n效果越好"), [text("模型越大。效果越好")]);
    assert_eq!(paragraph("模型越大\n效果越好"), [text("模型越大效果越好")]);
    assert_eq!(paragraph("阵营。\nGoogle 的"), [text("阵营。Google 的")]);
    assert_eq!(paragraph("参数的\nGPT-3 的"), [text("参数的 GPT-3 的")]);
    assert_eq!(paragraph("One line.\nAnother."), [text("One line. Another.")]);
}

#[test]
fn a_line_joins_across_markup_and_note_marks() {
    assert_eq!(plain(&paragraph("**模型**\n*越大*")), "模型越大");
    assert_eq!(plain(&paragraph("模型。<cite:brown2020>\n越大")), "模型。越大");
    assert_eq!(plain(&paragraph("a **b**\n`c` d")), "a b c d");
}

#[test]
fn bold_may_end_at_chinese_punctuation() {
    assert_eq!(
        paragraph("说：**重点：**后面"),
        [text("说："), Inline::Strong(vec![text("重点：")]), text("后面")]
    );
}

#[test]
fn halves_of_a_bold_phrase_are_one() {
    let whole = [Inline::Strong(vec![text("训练数据规模")])];
    assert_eq!(paragraph("**训练数据规模**"), whole);
    assert_eq!(paragraph("**训练数据****规模**"), whole);
    assert_eq!(paragraph("**训练数据**\n**规模**"), whole);
}

#[test]
fn inline_formulas_are_mathml_and_dollars_are_dollars() {
    assert_eq!(
        paragraph("the $N$ of 4 dollars"),
        [text("the "), Inline::Math("<math><mi>N</mi></math>".into()), text(" of 4 dollars")]
    );
    assert_eq!(paragraph("from $4 to $5 million"), [text("from $4 to $5 million")]);
}

#[test]
fn displayed_formulas_code_and_lists_are_blocks() {
    let chapter = chapter_opening_with("```math\nN\n```\n\n```\na < b  \n```\n\n- one\n- two\n");
    let [Block::Math(mathml), Block::Code(code), Block::List { ordered: false, items }] =
        chapter.opening.as_slice()
    else {
        panic!("{:?}", chapter.opening);
    };
    assert_eq!(mathml, "<math display=\"block\"><mi>N</mi></math>");
    assert_eq!((code.language.as_str(), code.html.as_str()), ("", "a &lt; b  "));
    assert_eq!(
        items,
        &[vec![Block::Paragraph(vec![text("one")])], vec![Block::Paragraph(vec![text("two")])]]
    );
}

#[test]
fn an_emphasised_paragraph_after_a_table_is_its_caption() {
    let table = "| **A** | b **C** |\n|---|---|\n| **1** | 2 |\n";
    let [Block::Table(with)] = &chapter_opening_with(&format!("{table}\n*表 5-1 大小*\n")).opening[..]
    else {
        panic!("the caption is part of the table");
    };
    assert_eq!(with.caption, [text("表 5-1 大小")]);
    assert_eq!(with.header[0], [text("A")], "wholly bold header cells lose the bold");
    assert_eq!(with.header[1], [text("b "), Inline::Strong(vec![text("C")])]);
    assert_eq!(with.rows[0][0], [Inline::Strong(vec![text("1")])], "other cells keep it");

    let opening = chapter_opening_with(&format!("{table}\n*not only* emphasis\n")).opening;
    let [Block::Table(without), Block::Paragraph(_)] = &opening[..] else { panic!("{opening:?}") };
    assert_eq!(without.caption, []);
}

#[test]
fn a_computed_fact_may_show_its_arithmetic_instead_of_a_source() {
    let computed = "place = \"5.8e13 / 0.66 = 8.8e13\"";
    let sources = edited(
        "facts.toml",
        "value = 8.8e13\nunit = \"params\"\nsource = \"kaplan2020\"\nplace = \"Equation 1.1\"",
        &format!("value = 8.8e13\nunit = \"params\"\n{computed}"),
    );
    assert_eq!(compile(&sources).unwrap().chapters[0].facts["kaplan.n_c"].source, None);
}
