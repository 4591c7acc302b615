//! What a line break inside a paragraph becomes: nothing between Chinese characters, else a space.
//!
//! The content has one sentence a line. CommonMark leaves such a break to the renderer, and browsers make a space of
//! it, which Chinese does not have between sentences. The rule, after the segment break rules of CSS Text:
//! - beside full-width punctuation the break vanishes, whatever the other side is: the mark carries its own space;
//! - between two Chinese (or other wide) characters it vanishes;
//! - otherwise it is one space.

use chapter::Language;

/// Whether a line break between these two characters vanishes in a text of this language. `None` stands for the
/// start or the end of the paragraph, as beside a mark that ends it.
pub fn joins(before: Option<char>, after: Option<char>, language: Language) -> bool {
    let (Some(before), Some(after)) = (before, after) else {
        return language == Language::Zh;
    };
    if is_full_width_punctuation(before, language) || is_full_width_punctuation(after, language) {
        return true;
    }
    is_wide(before) && is_wide(after)
}

/// Curly quotes, dashes and ellipses have one code point for both scripts: they are full width in Chinese only.
fn is_full_width_punctuation(c: char, language: Language) -> bool {
    match c {
        '\u{3000}'..='\u{3003}'
        | '\u{3008}'..='\u{3011}'
        | '\u{3014}'..='\u{301F}'
        | '\u{FE30}'..='\u{FE4F}'
        | '\u{FF01}'..='\u{FF0F}'
        | '\u{FF1A}'..='\u{FF20}'
        | '\u{FF3B}'..='\u{FF40}'
        | '\u{FF5B}'..='\u{FF65}' => true,
        '“' | '”' | '‘' | '’' | '—' | '…' | '·' => language == Language::Zh,
        _ => false,
    }
}

/// Characters that fill a square: radicals, kana, bopomofo, enclosed forms, ideographs and full-width forms.
const fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{2E80}'..='\u{A4CF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE4F}'
        | '\u{FF01}'..='\u{FF60}'
        | '\u{FFE0}'..='\u{FFE6}'
        | '\u{20000}'..='\u{3FFFD}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn join(before: char, after: char) -> bool {
        joins(Some(before), Some(after), Language::Zh)
    }

    #[test]
    fn a_break_between_chinese_characters_vanishes() {
        assert!(join('大', '好'));
        assert!(join('。', '模'));
        assert!(join('模', '（'));
    }

    #[test]
    fn a_break_between_scripts_is_a_space() {
        assert!(!join('的', 'G'));
        assert!(!join('3', '的'));
        assert!(!join('a', 'b'));
    }

    #[test]
    fn full_width_punctuation_needs_no_space_even_beside_latin() {
        assert!(join('。', 'G'));
        assert!(join('3', '，'));
    }

    #[test]
    fn quotes_are_full_width_in_chinese_only() {
        assert!(join('”', '模'));
        assert!(!joins(Some('”'), Some('w'), Language::En));
    }
}
