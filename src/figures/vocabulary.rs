//! The words of the models' language as figures show them.

use chapter::Language;
use tasks::Token;

use crate::figure::FigureData;

/// Name of the table of the words, in the order of their tokens. Its one column says whether a prompt may have the word:
/// all but the marks.
pub const WORDS: &str = "words";

/// A word as a reader of this language sees it.
pub fn word(data: &FigureData, token: Token, language: Language) -> &str {
    let words = data.table(WORDS).ok();
    let row = words.and_then(|words| words.rows.get(usize::from(token)));
    row.map_or("?", |row| row.name(language))
}

/// The table, made by the build for the figures that show words.
#[cfg(not(target_arch = "wasm32"))]
pub fn made(corpus: &tasks::Corpus) -> chapter::DataTable {
    use crate::stage::{row, table};

    let vocabulary = corpus.vocabulary();
    let rows = (0..tasks::vocabulary::N_TOKENS as Token).map(|token| {
        let text = vocabulary.text(token);
        let chinese = vocabulary.display(token, tasks::Reader::Chinese);
        let is_mark = text.starts_with('<') || text == ";";
        let mut row = row(text, vec![f64::from(u8::from(!is_mark))]);
        row.zh = (!is_mark && chinese != text).then(|| chinese.to_owned());
        row
    });
    table(chapter::Provenance::Project, &["offered"], rows.collect())
}

/// The table alone with its name, for [`Figure::made`](crate::figure::Figure::made); made once, for the tests ask many
/// times.
#[cfg(not(target_arch = "wasm32"))]
pub fn tables() -> Vec<(String, chapter::DataTable)> {
    static TABLE: std::sync::LazyLock<chapter::DataTable> =
        std::sync::LazyLock::new(|| made(&tasks::Corpus::new()));
    vec![(WORDS.to_owned(), TABLE.clone())]
}
