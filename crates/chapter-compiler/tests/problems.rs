//! Every rule of the content, broken once: the problem has the right line and says what to mend.

mod small_essay;

use chapter_compiler::{Sources, compile_sources};
use small_essay::{NEEDS, compile, edited, edited_in, sources};

const SECTION: &str = "zh/01-large.md";

fn problems(sources: &Sources) -> Vec<String> {
    compile(sources)
        .err()
        .map(|problems| problems.iter().map(ToString::to_string).collect())
        .unwrap_or_default()
}

/// Claims that an edit of one file causes these problems and no others.
#[track_caller]
fn broken(path: &str, old: &str, new: &str, expected: &[&str]) {
    assert_eq!(problems(&edited(path, old, new)), expected);
}

#[test]
fn the_unbroken_essay_has_no_problems() {
    assert_eq!(problems(&sources()), Vec::<String>::new());
}

#[test]
fn unknown_names_are_reported_with_the_nearest_known_one() {
    broken(
        SECTION,
        "the section](sec:large)",
        "the section](sec:larg)",
        &["content/zh/01-large.md:7: unknown section \"larg\"; did you mean \"large\"?"],
    );
    broken(
        SECTION,
        "fig:scaling-law?",
        "fig:scaling-lore?",
        &["content/zh/01-large.md:7: unknown figure \"scaling-lore\"; did you mean \"scaling-law\"?"],
    );
    broken(
        SECTION,
        "<fact:kaplan.alpha_n>",
        "<fact:kaplan.aplha_n>",
        &["content/zh/01-large.md:3: unknown fact \"kaplan.aplha_n\"; did you mean \"kaplan.alpha_n\"?"],
    );
    broken(
        SECTION,
        "cite:brown2020",
        "cite:brown2002",
        &["content/zh/01-large.md:3: unknown reference \"brown2002\"; did you mean \"brown2020\"?"],
    );
    broken(
        SECTION,
        "One <note:data>",
        "One <note:data> <note:date>",
        &["content/zh/01-large.md:3: unknown note \"date\"; did you mean \"data\"?"],
    );
}

#[test]
fn lines_count_within_paragraphs_items_cells_captions_and_notes() {
    broken(
        SECTION,
        "One ",
        "One\ntwo\n<fact:no-such-thing> ",
        &["content/zh/01-large.md:5: unknown fact \"no-such-thing\""],
    );
    broken(
        SECTION,
        "One ",
        "- one\n\n- two\n  <fact:no-such-thing>\n\nOne ",
        &["content/zh/01-large.md:6: unknown fact \"no-such-thing\""],
    );
    broken(
        SECTION,
        "| 1     |",
        "| <fact:no-such-thing> |",
        &["content/zh/01-large.md:11: unknown fact \"no-such-thing\""],
    );
    broken(
        SECTION,
        "What to try.",
        "What to try.\n<fact:no-such-thing>",
        &["content/zh/01-large.md:27: unknown fact \"no-such-thing\""],
    );
    broken(
        "notes.toml",
        "\"Note <cite:brown2020>.\"",
        "\"\"\"\nNote <cite:brown2020>.\n<fact:no-such-thing>\"\"\"",
        &["content/notes.toml:7: unknown fact \"no-such-thing\""],
    );
}

#[test]
fn needs_of_figures_are_checked() {
    let mut needs = NEEDS;
    needs[0].facts = &["kaplan.n_c", "kaplan.n_d"];
    needs[0].tables = &["sizes", "size"];
    assert_eq!(
        compile_sources(&sources(), &needs).unwrap_err().to_string(),
        "content/data/size.toml:1: unknown table \"size\"; did you mean \"sizes\"? (needed by figure \
         \"scaling-law\")\n\
         content/facts.toml:1: unknown fact \"kaplan.n_d\"; did you mean \"kaplan.n_c\"? (needed by figure \
         \"scaling-law\")"
    );
}

#[test]
fn unused_entries_are_reported() {
    let sources = edited_in(
        edited(SECTION, "<note:data>, <fact:kaplan.alpha_n>, ", ""),
        "en/01-large.md",
        "<note:data>, <fact:kaplan.alpha_n>, ",
        "",
    );
    assert_eq!(
        problems(&sources),
        [
            "content/facts.toml:2: fact \"kaplan.alpha_n\" is not used",
            "content/notes.toml:2: note \"data\" is not used",
        ]
    );
    broken(
        "references.toml",
        "[[reference]]\nkey = \"brown2020\"",
        "[[reference]]\nkey = \"wei2022\"\nauthors = \"W\"\n\
        short = \"W\"\nyear = 2022\ntitle = \"E\"\nvenue = \"V\"\n\n[[reference]]\nkey = \"brown2020\"",
        &["content/references.toml:10: reference \"wei2022\" is not used"],
    );
    assert_eq!(
        compile_sources(&small_essay::sources(), &[]).unwrap_err().to_string(),
        "content/data/sizes.toml:1: table \"sizes\" is not used\n\
         content/facts.toml:10: fact \"kaplan.n_c\" is not used"
    );
}

#[test]
fn keys_are_unique() {
    broken(
        "facts.toml",
        "key = \"kaplan.n_c\"",
        "key = \"kaplan.alpha_n\"",
        &[
            "content/facts.toml:1: unknown fact \"kaplan.n_c\" (needed by figure \"scaling-law\")",
            "content/facts.toml:10: fact \"kaplan.alpha_n\" is already at line 2",
        ],
    );
}

#[test]
fn a_note_is_used_once_in_each_language() {
    broken(
        SECTION,
        "<note:data>",
        "<note:data> <note:data>",
        &["content/zh/01-large.md:3: note \"data\" is already used at content/zh/01-large.md:3"],
    );
    broken(
        SECTION,
        "<note:data>, ",
        "",
        &["content/en/01-large.md:3: note \"data\" has no counterpart in content/zh/01-large.md"],
    );
}

#[test]
fn a_note_is_one_paragraph_without_notes() {
    broken(
        "notes.toml",
        "\"Note <cite:brown2020>.\"",
        "\"Note <note:data>.\"",
        &["content/notes.toml:5: note \"data\" inside a note"],
    );
    broken(
        "notes.toml",
        "\"Note <cite:brown2020>.\"",
        "\"One.\\n\\nTwo.\"",
        &["content/notes.toml:5: a note must be one paragraph"],
    );
}

#[test]
fn both_languages_have_the_same_files() {
    let mut sources = sources();
    sources.insert("en/02-more.md", "## 2 More\n");
    assert_eq!(
        problems(&sources),
        ["content/zh/02-more.md:1: missing file: content/en/02-more.md has no counterpart",]
    );
}

#[test]
fn both_languages_have_the_same_parts_blocks_and_figures() {
    broken(
        SECTION,
        "### Parts {#parts}\n",
        "",
        &["content/en/01-large.md:5: part \"parts\" has no counterpart in content/zh/01-large.md"],
    );
    broken(
        SECTION,
        "```python\nx = 1\n```\n",
        "",
        &["content/en/01-large.md:15: python code block has no counterpart in content/zh/01-large.md"],
    );
    broken(
        SECTION,
        "```math\nL(N)\n```\n",
        "",
        &["content/en/01-large.md:19: displayed formula has no counterpart in content/zh/01-large.md"],
    );
    broken(
        SECTION,
        "| 1     | 2     |\n",
        "",
        &[
            "content/en/01-large.md:9: table of 2 columns and 1 rows has no counterpart in content/zh/01-large.md",
            "content/zh/01-large.md:9: table of 2 columns and 0 rows has no counterpart in content/en/01-large.md",
        ],
    );
    broken(
        SECTION,
        "::: figure scaling-law A *title*\nWhat to see.\n\nWhat to try.\n:::\n",
        "",
        &["content/en/01-large.md:23: figure \"scaling-law\" has no counterpart in content/zh/01-large.md"],
    );
}

#[test]
fn both_languages_have_the_same_order() {
    let old = "### Parts {#parts}";
    let (one_two, two_one) = ("### One {#one}\n\n### Two {#two}", "### Two {#two}\n\n### One {#one}");
    let sources = edited_in(edited(SECTION, old, one_two), "en/01-large.md", old, two_one);
    assert_eq!(
        problems(&sources),
        ["content/en/01-large.md:5: part \"two\" stands where content/zh/01-large.md:5 has part \"one\"",]
    );
}

#[test]
fn every_figure_is_placed_once() {
    let figure = "::: figure scaling-law A *title*\nWhat to see.\n\nWhat to try.\n:::\n";
    let sources = edited_in(edited(SECTION, figure, ""), "en/01-large.md", figure, "");
    assert_eq!(
        problems(&sources),
        [
            "content/en/chapter.toml:1: figure \"scaling-law\" is placed in no section",
            "content/zh/chapter.toml:1: figure \"scaling-law\" is placed in no section",
        ]
    );
    let twice = format!("{figure}\n{figure}");
    let sources = edited_in(edited(SECTION, figure, &twice), "en/01-large.md", figure, &twice);
    assert_eq!(
        problems(&sources),
        [
            "content/en/01-large.md:29: figure \"scaling-law\" is already placed at content/en/01-large.md:23",
            "content/zh/01-large.md:29: figure \"scaling-law\" is already placed at content/zh/01-large.md:23",
        ]
    );
}

#[test]
fn a_figure_has_title_caption_and_end() {
    broken(
        SECTION,
        "scaling-law A *title*",
        "scaling-law",
        &["content/zh/01-large.md:23: figure \"scaling-law\" has no title"],
    );
    broken(
        SECTION,
        "What to see.\n\nWhat to try.\n",
        "",
        &["content/zh/01-large.md:23: figure \"scaling-law\" has no caption"],
    );
    broken(
        SECTION,
        "What to try.\n",
        "- What to try.\n",
        &["content/zh/01-large.md:26: the caption of figure \"scaling-law\" may hold paragraphs only"],
    );
    broken(
        SECTION,
        "What to try.\n:::\n",
        "What to try.\n\n### More {#more}\n",
        &[
            "content/zh/01-large.md:23: figure \"scaling-law\" is not closed: \":::\" is missing",
            "content/zh/01-large.md:28: part \"more\" has no counterpart in content/en/01-large.md",
        ],
    );
    broken(
        SECTION,
        "## 1 Large\n",
        "## 1 Large\n:::\n",
        &["content/zh/01-large.md:2: \":::\" closes nothing"],
    );
    broken(
        SECTION,
        "## 1 Large\n",
        "## 1 Large\n::: aside x\n:::\n",
        &["content/zh/01-large.md:2: unknown directive \"::: aside x\"; there is ::: figure <slug> <title>"],
    );
}

#[test]
fn headings_follow_the_files() {
    broken(
        SECTION,
        "## 1 Large\n",
        "",
        &["content/zh/01-large.md:1: a section's file starts with its heading, \"## …\""],
    );
    broken(
        SECTION,
        " {#parts}",
        "",
        &[
            "content/en/01-large.md:5: part \"parts\" has no counterpart in content/zh/01-large.md",
            "content/zh/01-large.md:5: the heading of a part ends with its slug, \"### … {#some-words}\"",
        ],
    );
    broken(
        SECTION,
        "One ",
        "#### Deep\n\n## Another\n\nOne ",
        &[
            "content/zh/01-large.md:3: headings are \"##\" for the section and \"###\" for its parts",
            "content/zh/01-large.md:5: second section in one file: each has its own",
        ],
    );
    broken(
        "zh/00-opening.md",
        "Opening.",
        "## Opening",
        &["content/zh/00-opening.md:1: the opening has no headings"],
    );
}

#[test]
fn slugs_are_unique_and_plain() {
    let double = "### Parts {#parts}\n\n### Again {#large}";
    let sources = edited_in(
        edited(SECTION, "### Parts {#parts}", double),
        "en/01-large.md",
        "### Parts {#parts}",
        double,
    );
    assert_eq!(
        problems(&sources),
        [
            "content/en/01-large.md:7: slug \"large\" is already at content/en/01-large.md:1",
            "content/zh/01-large.md:7: slug \"large\" is already at content/zh/01-large.md:1",
        ]
    );
    let mut sources = small_essay::sources();
    sources.insert("zh/2-Large.md", "## 2\n");
    assert_eq!(
        problems(&sources),
        ["content/zh/2-Large.md:1: file name is not of the form 01-some-words.md"]
    );
}

#[test]
fn a_published_fact_names_a_known_source() {
    broken(
        "facts.toml",
        "source = \"kaplan2020\"\n",
        "",
        &["content/facts.toml:2: fact \"kaplan.alpha_n\" is published but names no source and no arithmetic"],
    );
    broken(
        "facts.toml",
        "\"kaplan2020\"",
        "\"kaplan2002\"",
        &["content/facts.toml:2: unknown reference \"kaplan2002\"; did you mean \"kaplan2020\"?"],
    );
}

#[test]
fn data_tables_are_rectangular_and_have_a_source() {
    broken(
        "data/sizes.toml",
        "[1.75e11, 3e11]",
        "[1.75e11]",
        &["content/data/sizes.toml:11: row \"Large\" has 1 values for 2 columns"],
    );
    broken(
        "data/sizes.toml",
        "name = \"tokens\"",
        "name = \"params\"",
        &["content/data/sizes.toml:7: column \"params\" appears twice"],
    );
    broken(
        "data/sizes.toml",
        "source = \"brown2020\"",
        "source = \"brown202\"",
        &["content/data/sizes.toml:1: unknown reference \"brown202\"; did you mean \"brown2020\"?"],
    );
    broken(
        "data/sizes.toml",
        "values = [1.75e11, 3e11]",
        "values = [1.75e11, nan], source = \"brown202\"",
        &["content/data/sizes.toml:11: unknown reference \"brown202\"; did you mean \"brown2020\"?"],
    );
}

#[test]
fn broken_toml_is_reported_with_its_line_and_the_rest_is_read() {
    let sources = edited("facts.toml", "value = 0.076", "value = \"0.076\"");
    let sources = edited_in(sources, "facts.toml", "value = 8.8e13", "valeu = 8.8e13");
    assert_eq!(
        problems(&sources),
        [
            "content/facts.toml:4: invalid type: string \"0.076\", expected f64",
            "content/facts.toml:12: unknown field `valeu`, expected one of `key`, `value`, `unit`, `digits`, `source`, \
         `place`, `provenance`",
        ]
    );
    broken(
        "zh/chapter.toml",
        "\"T\"",
        "\"T",
        &["content/zh/chapter.toml:1: TOML: invalid basic string, expected `\"`"],
    );
    broken(
        "notes.toml",
        "[[note]]",
        "[[notes]]",
        &[
            "content/en/01-large.md:3: unknown note \"data\"",
            "content/notes.toml:2: expected [[note]], found \"notes\"",
            "content/zh/01-large.md:3: unknown note \"data\"",
        ],
    );
}

#[test]
fn missing_files_are_reported() {
    let mut sources = sources();
    sources.remove("en/chapter.toml");
    assert_eq!(problems(&sources), ["content/en/chapter.toml:1: missing file"]);
}

#[test]
fn formulas_are_checked_with_their_lines() {
    broken(SECTION, "L(N)", "L\n\\nope", &["content/zh/01-large.md:21: formula: Unknown command \"\\nope\""]);
    broken(
        SECTION,
        "One ",
        "One\n$\\nope$ ",
        &["content/zh/01-large.md:4: formula: Unknown command \"\\nope\""],
    );
    broken(
        SECTION,
        "One ",
        "One $$N$$ ",
        &["content/zh/01-large.md:3: $$…$$: write a displayed formula as a fenced block ```math"],
    );
}

#[test]
fn what_is_not_in_the_format_is_refused() {
    let refused = |markdown: &str, line: usize, what: &str| {
        let expected = format!("content/zh/00-opening.md:{line}: {what}");
        broken("zh/00-opening.md", "Opening.", markdown, &[&expected]);
    };
    refused("a\nb <br> c", 2, "raw HTML <br>");
    refused("<div>\na\n</div>", 1, "raw HTML <div>");
    refused("![a](b.png)", 1, "image \"b.png\": pictures are figures");
    refused("> a", 1, "block quotes are not part of the content format");
    refused("a\n\n---", 3, "rules are not part of the content format");
    refused("    a", 1, "indented code: write it as a fenced block");
    refused("3. a", 1, "numbered list starts at 3: it would be shown from 1");
    refused("[a](https://a.org \"b\")", 1, "link title \"b\" would not be shown");
    refused(
        "[a](b.html)",
        1,
        "\"b.html\" is no address; there are cite:, fact:, note:, fig:, sec: and https://",
    );
    refused("[a](fact:kaplan.n_c)", 1, "a fact has no text of its own: <fact:kaplan.n_c>");
    refused("<sec:large>", 1, "a link to a section needs a text: [text](sec:large)");
    refused("<fig:scaling-law>", 1, "a link to a figure needs a text: [text](fig:scaling-law)");
    refused("[a](fig:scaling-law?a)", 1, "figure state \"a\" is not control=value&…");
}

#[test]
fn an_unclosed_fence_is_reported() {
    let path = "zh/00-opening.md";
    let sources =
        edited_in(edited(path, "Opening.", "```\nOpening."), "en/00-opening.md", "Opening.", "```\nx\n```");
    assert_eq!(problems(&sources), ["content/zh/00-opening.md:1: fenced block is not closed"]);
}

#[test]
fn no_problem_hides_another() {
    let sources = edited(SECTION, "<fact:kaplan.alpha_n>", "<fact:a> <cite:b> <note:c>");
    let sources = edited_in(sources, "facts.toml", "source = \"kaplan2020\"\n", "");
    let sources = edited_in(sources, "data/sizes.toml", "[1.25e8, 3e11]", "[]");
    let sources = edited_in(sources, "en/01-large.md", "L(N)", "\\nope");
    assert_eq!(problems(&sources).len(), 6);
}

#[test]
fn models_that_cannot_be_read_or_lack_an_ability_are_reported() {
    const MODELS: &str = "models/manifest.json";
    broken(
        MODELS,
        "\"maps\"",
        "\"mops\"",
        &[
            "content/models/manifest.json:1: unknown ability \"maps\"; did you mean \"mops\"? (needed by figure \"scaling-law\")",
        ],
    );
    let damaged = problems(&edited(MODELS, "\"tokens\": 30000", "\"tokens\": -1"));
    assert!(damaged[1].starts_with("content/models/manifest.json:7: invalid value"), "{damaged:?}");
}
