//! Code samples as escaped HTML with a few classes, for a style sheet to color.
//!
//! The classes are `hl-comment`, `hl-string`, `hl-number`, `hl-constant`, `hl-keyword`, `hl-operator`,
//! `hl-function`, `hl-parameter`, `hl-builtin` and `hl-type`. Spans do not nest.

use std::sync::LazyLock;

use syntect::{
    parsing::{ParseState, Scope, ScopeStack, SyntaxSet},
    util::LinesWithEndings,
};

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// Scope prefixes of TextMate grammars and their class; of several that match, the first counts.
static CLASSES: LazyLock<Vec<(Scope, &str)>> = LazyLock::new(|| {
    [
        ("comment", "hl-comment"),
        ("string", "hl-string"),
        ("constant.numeric", "hl-number"),
        ("constant", "hl-constant"),
        ("keyword.operator", "hl-operator"),
        ("keyword", "hl-keyword"),
        ("storage", "hl-keyword"),
        ("entity.name.function", "hl-function"),
        ("variable.function", "hl-function"),
        ("variable.parameter", "hl-parameter"),
        ("support", "hl-builtin"),
        ("entity.name", "hl-type"),
    ]
    .into_iter()
    .filter_map(|(prefix, class)| Some((Scope::new(prefix).ok()?, class)))
    .collect()
});

/// The code as escaped HTML, highlighted if `language` (`python`, `rust`, …) is one that is known.
pub fn to_html(code: &str, language: &str) -> String {
    let code = code.strip_suffix('\n').unwrap_or(code);
    if language.is_empty() {
        return escape(code);
    }
    // A grammar that fails on a line is no reason to lose the line: it is then shown plain.
    highlighted(code, language).unwrap_or_else(|| escape(code))
}

fn highlighted(code: &str, language: &str) -> Option<String> {
    let syntax = SYNTAXES.find_syntax_by_token(language)?;
    let mut state = ParseState::new(syntax);
    let mut scopes = ScopeStack::new();
    let mut spans = Spans::default();
    for line in LinesWithEndings::from(code) {
        let mut written = 0;
        for (position, change) in state.parse_line(line, &SYNTAXES).ok()? {
            spans.push(&line[written..position], class(&scopes));
            scopes.apply(&change).ok()?;
            written = position;
        }
        spans.push(&line[written..], class(&scopes));
    }
    Some(spans.finish())
}

/// The class of the innermost scope that has one.
fn class(scopes: &ScopeStack) -> Option<&'static str> {
    scopes.as_slice().iter().rev().find_map(|scope| {
        CLASSES.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)).map(|(_, class)| *class)
    })
}

/// HTML being written, with one span for neighbors of one class.
#[derive(Default)]
struct Spans {
    html: String,
    open: Option<&'static str>,
}

impl Spans {
    fn push(&mut self, text: &str, class: Option<&'static str>) {
        if text.is_empty() {
            return;
        }
        // White space looks the same in every class.
        if class != self.open && !text.trim().is_empty() {
            self.close();
            if let Some(class) = class {
                self.html.extend(["<span class=\"", class, "\">"]);
            }
            self.open = class;
        }
        self.html.push_str(&escape(text));
    }

    fn close(&mut self) {
        if self.open.take().is_none() {
            return;
        }
        // Trailing white space belongs outside.
        let end = self.html.trim_end().len();
        self.html.insert_str(end, "</span>");
    }

    fn finish(mut self) -> String {
        self.close();
        self.html
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn python_gets_classes_and_nothing_else() {
        assert_eq!(
            to_html("# 需求\ndef f(n):\n    if n <= 1:\n        return f(n-1)\n", "python"),
            "<span class=\"hl-comment\"># 需求</span>\n\
             <span class=\"hl-keyword\">def</span> <span class=\"hl-function\">f</span>(\
             <span class=\"hl-parameter\">n</span>):\n    \
             <span class=\"hl-keyword\">if</span> n <span class=\"hl-operator\">&lt;=</span> \
             <span class=\"hl-number\">1</span>:\n        \
             <span class=\"hl-keyword\">return</span> <span class=\"hl-function\">f</span>(n\
             <span class=\"hl-operator\">-</span><span class=\"hl-number\">1</span>)"
        );
    }

    #[test]
    fn every_class_is_known_to_the_grammar_library() {
        assert_eq!(CLASSES.len(), 12);
    }

    #[test]
    fn unknown_and_absent_languages_are_escaped() {
        assert_eq!(to_html("a < b && c\n", ""), "a &lt; b &amp;&amp; c");
        assert_eq!(to_html("a < b\n", "klingon"), "a &lt; b");
    }
}
