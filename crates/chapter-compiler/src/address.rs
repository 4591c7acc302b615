//! Addresses: how the text names works, facts, notes, figures and sections.
//!
//! | written | means |
//! |---|---|
//! | `<cite:key>` | a citation of a work of `references.toml` |
//! | `[Table 2.2](cite:key)` | the same, with the place in the work |
//! | `<fact:key>` | the value of a fact of `facts.toml` |
//! | `<note:key>` | the mark of a margin note of `notes.toml`, right after the sentence it is about |
//! | `[text](note:key)` | a link to a margin note whose mark stands elsewhere |
//! | `[text](fig:slug)` | a link to a figure |
//! | `[text](fig:slug?metric=exact)` | a phrase that sets the figure's controls and brings it into view |
//! | `[text](sec:slug)` | a link to a section or part |
//! | `[text](https://…)`, `<https://…>` | a link out of the essay |
//!
//! There are no others: no relative links, no images, no raw HTML.

/// What the target of a link names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Address<'a> {
    /// A cited work.
    Work(&'a str),
    /// A fact.
    Fact(&'a str),
    /// A margin note.
    Note(&'a str),
    /// A figure, and the state to set, empty for none.
    Figure {
        /// Name of the figure.
        slug: &'a str,
        /// `control=value&…`.
        state: &'a str,
    },
    /// A section or part.
    Section(&'a str),
    /// A page elsewhere.
    Web(&'a str),
}

impl<'a> Address<'a> {
    /// Reads the target of a link; `None` if it is no address of the essay's.
    pub fn parse(target: &'a str) -> Option<Self> {
        if target.starts_with("https://") {
            return Some(Self::Web(target));
        }
        let (scheme, name) = target.split_once(':')?;
        match scheme {
            "cite" => Some(Self::Work(name)),
            "fact" => Some(Self::Fact(name)),
            "note" => Some(Self::Note(name)),
            "sec" => Some(Self::Section(name)),
            "fig" => {
                let (slug, state) = name.split_once('?').unwrap_or((name, ""));
                Some(Self::Figure { slug, state })
            }
            _ => None,
        }
    }
}

/// Whether `state` has the form `control=value&…`. Which controls and values there are is the figure's to say.
pub fn is_figure_state(state: &str) -> bool {
    state.split('&').all(|pair| pair.split_once('=').is_some_and(|(control, _)| !control.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scheme_is_read() {
        assert_eq!(Address::parse("cite:kaplan2020"), Some(Address::Work("kaplan2020")));
        assert_eq!(Address::parse("fact:kaplan.alpha_n"), Some(Address::Fact("kaplan.alpha_n")));
        assert_eq!(Address::parse("note:gpt1-data"), Some(Address::Note("gpt1-data")));
        assert_eq!(Address::parse("sec:emergence"), Some(Address::Section("emergence")));
        assert_eq!(Address::parse("fig:a"), Some(Address::Figure { slug: "a", state: "" }));
        assert_eq!(Address::parse("fig:a?b=1&c=2"), Some(Address::Figure { slug: "a", state: "b=1&c=2" }));
        assert_eq!(Address::parse("https://a.org/b"), Some(Address::Web("https://a.org/b")));
    }

    #[test]
    fn relative_and_unsafe_targets_are_no_addresses() {
        for target in
            ["en/index.html", "#sec-a", "../x", "http://a.org", "javascript:alert(1)", "mailto:a@b.c"]
        {
            assert_eq!(Address::parse(target), None, "{target}");
        }
    }

    #[test]
    fn a_state_is_pairs() {
        assert!(is_figure_state("metric=exact&x=1"));
        assert!(is_figure_state("note="));
        assert!(!is_figure_state("metric"));
        assert!(!is_figure_state("a=1&"));
        assert!(!is_figure_state("=1"));
    }
}
