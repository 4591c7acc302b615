//! The known name that a mistyped one most likely meant.

/// The candidate closest to `name`, if one is close enough to be a slip of the keyboard: at most a third of its
/// letters wrong, or one in a short name.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (name.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (edit_distance(name, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// `unknown <kind> "<name>"`, with the nearest of the known names where there is one.
pub fn unknown<'a>(kind: &str, name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    match nearest(name, known) {
        Some(meant) => format!("unknown {kind} \"{name}\"; did you mean \"{meant}\"?"),
        None => format!("unknown {kind} \"{name}\""),
    }
}

/// The number of letters to insert, delete, replace or swap with their neighbor that turns `a` into `b`
/// (optimal string alignment).
fn edit_distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before_last = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let replaced = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before_last[j - 2] + 1);
            }
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_counts_single_slips() {
        assert_eq!(edit_distance("gpt1-data", "gpt1-data"), 0);
        assert_eq!(edit_distance("gtp1-data", "gpt1-data"), 1, "swapped");
        assert_eq!(edit_distance("gpt-data", "gpt1-data"), 1, "left out");
        assert_eq!(edit_distance("gpt11-data", "gpt1-data"), 1, "doubled");
        assert_eq!(edit_distance("", "abc"), 3);
        assert_eq!(edit_distance("kitten", "sitting"), 3);
    }

    #[test]
    fn a_slip_finds_its_name_and_another_word_does_not() {
        let known = ["gpt1-data", "gpt3-cost"];
        assert_eq!(nearest("gtp1-data", known), Some("gpt1-data"));
        assert_eq!(nearest("chinchilla", known), None);
        assert_eq!(
            unknown("note", "gpt3-cots", known),
            "unknown note \"gpt3-cots\"; did you mean \"gpt3-cost\"?"
        );
        assert_eq!(unknown("note", "x", known), "unknown note \"x\"");
    }
}
