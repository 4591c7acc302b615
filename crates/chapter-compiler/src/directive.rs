//! Figures in Markdown: the `:::` directive, cut out before the rest is read as CommonMark.
//!
//! ```text
//! ::: figure scaling-law Loss falls as a *power law*
//! What to look at.
//!
//! What to try, in another paragraph.
//! :::
//! ```
//!
//! The first line names the figure and gives its title, which is inline Markdown; the caption is one or more
//! paragraphs; `:::` alone on a line ends it.

/// A piece of a Markdown file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Segment<'a> {
    /// CommonMark.
    Markdown {
        /// The text.
        text: &'a str,
        /// Line of the file on which it starts, from 1.
        first_line: usize,
    },
    /// A directive.
    Directive {
        /// What follows `:::` on its first line.
        head: &'a str,
        /// The lines between the first and the closing one.
        body: &'a str,
        /// Line of its first line.
        line: usize,
        /// Whether it has a closing `:::`. One that has none ends at the next heading or directive.
        closed: bool,
    },
}

/// Cuts a file into Markdown and directives. A `:::` inside fenced code is code.
pub fn segments(file: &str) -> Vec<Segment<'_>> {
    let mut segments = Vec::new();
    let mut fence: Option<&str> = None;
    // The head and line of the open directive, if one is open, and where the current segment's text starts.
    let mut open: Option<(&str, usize)> = None;
    let (mut start, mut start_line) = (0, 1);
    let mut position = 0;
    for (index, whole_line) in file.split_inclusive('\n').enumerate() {
        let (line_start, number) = (position, index + 1);
        position += whole_line.len();
        let line = whole_line.trim();
        if let Some(mark) = fence {
            let closes = line.starts_with(mark) && line.trim_start_matches(&mark[..1]).is_empty();
            fence = if closes { None } else { fence };
            continue;
        }
        if let Some(mark) = fence_mark(line) {
            fence = Some(mark);
            continue;
        }
        let marker = line.strip_prefix(":::").map(str::trim);
        let cuts = marker.is_some() || (open.is_some() && line.starts_with("##"));
        if !cuts {
            continue;
        }
        let text = &file[start..line_start];
        let is_end = marker == Some("");
        if is_end && open.is_none() {
            // A closing line with none open is a directive without a head: its reader reports it.
            push(&mut segments, None, text, start_line, false);
            push(&mut segments, Some(("", number)), "", number, true);
        } else {
            push(&mut segments, open.take(), text, start_line, is_end);
            open = marker.filter(|_| !is_end).map(|head| (head, number));
        }
        (start, start_line) = if marker.is_some() { (position, number + 1) } else { (line_start, number) };
    }
    push(&mut segments, open, &file[start..], start_line, false);
    segments
}

fn push<'a>(
    segments: &mut Vec<Segment<'a>>,
    directive: Option<(&'a str, usize)>,
    text: &'a str,
    first_line: usize,
    closed: bool,
) {
    match directive {
        Some((head, line)) => segments.push(Segment::Directive { head, body: text, line, closed }),
        None if text.trim().is_empty() => {}
        None => segments.push(Segment::Markdown { text, first_line }),
    }
}

/// The run of backticks or tildes that opens fenced code on this line.
fn fence_mark(line: &str) -> Option<&str> {
    let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = line.len() - line.trim_start_matches(mark).len();
    // Backticks after the run make the line inline code instead.
    let is_fence = length >= 3 && (mark == '~' || !line[length..].contains('`'));
    is_fence.then(|| &line[..length])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_cut_out_with_its_line() {
        assert_eq!(
            segments("before\n\n::: figure a Title\nCaption.\n:::\nafter\n"),
            [
                Segment::Markdown { text: "before\n\n", first_line: 1 },
                Segment::Directive { head: "figure a Title", body: "Caption.\n", line: 3, closed: true },
                Segment::Markdown { text: "after\n", first_line: 6 },
            ]
        );
    }

    #[test]
    fn colons_in_code_are_code() {
        let text = "````\n```\n::: figure a T\n````\n";
        assert_eq!(segments(text), [Segment::Markdown { text, first_line: 1 }]);
    }

    #[test]
    fn an_unclosed_figure_ends_at_the_next_heading_directive_or_end() {
        assert_eq!(
            segments("::: figure a A\none\n### Part {#p}\n::: figure b B\ntwo\n::: figure c C\nthree\n"),
            [
                Segment::Directive { head: "figure a A", body: "one\n", line: 1, closed: false },
                Segment::Markdown { text: "### Part {#p}\n", first_line: 3 },
                Segment::Directive { head: "figure b B", body: "two\n", line: 4, closed: false },
                Segment::Directive { head: "figure c C", body: "three\n", line: 6, closed: false },
            ]
        );
    }

    #[test]
    fn a_closing_line_alone_is_an_empty_directive() {
        assert_eq!(
            segments("a\n:::\nb\n"),
            [
                Segment::Markdown { text: "a\n", first_line: 1 },
                Segment::Directive { head: "", body: "", line: 2, closed: true },
                Segment::Markdown { text: "b\n", first_line: 3 },
            ]
        );
    }
}
