//! Everything wrong with the content, each with its place.

use std::{collections::BTreeSet, error::Error, fmt, sync::Arc};

/// A line of a content file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, from the folder that holds `content/`: `content/zh/02-emergence.md`.
    pub file: Arc<str>,
    /// The line, from 1.
    pub line: usize,
}

impl Place {
    /// This line of this file.
    pub fn new(file: &Arc<str>, line: usize) -> Self {
        Self { file: Arc::clone(file), line }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// One thing that is wrong, displayed as `file:line: what`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Where it is to be mended.
    pub place: Place,
    /// What is wrong, in lower case without a full stop, with the nearest known name where there is one.
    pub what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}

/// Every problem of the content, sorted by file and line; displayed one a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems(BTreeSet<Problem>);

impl Problems {
    /// The problems in the order of files and lines.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.0.iter()
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn add(&mut self, place: Place, what: impl Into<String>) {
        self.0.insert(Problem { place, what: what.into() });
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl Error for Problems {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_are_shown_by_file_then_line() {
        let (one, two) = (Arc::from("content/a.md"), Arc::from("content/b.md"));
        let mut problems = Problems::default();
        problems.add(Place::new(&two, 1), "third");
        problems.add(Place::new(&one, 10), "second");
        problems.add(Place::new(&one, 9), "first");
        assert_eq!(
            problems.to_string(),
            "content/a.md:9: first\ncontent/a.md:10: second\ncontent/b.md:1: third"
        );
    }
}
