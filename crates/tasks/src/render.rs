//! Rows as people read them: pairs with an arrow, programs as Python, poems line by line.

use crate::{
    Corpus, Kind, Reader, Token,
    vocabulary::{END, SEPARATOR, as_number},
};

impl Corpus {
    /// The text of a row, a prompt or an answer of this kind, finished or not.
    ///
    /// ```
    /// use tasks::{Corpus, Kind, Reader};
    ///
    /// let corpus = Corpus::new();
    /// let prompt = corpus.greetings().prompt;
    /// let text = corpus.text(Kind::Examples, &prompt, Reader::English);
    /// assert_eq!(text, "Hello → 你好\nThank you → 谢谢\nGood morning →");
    /// ```
    ///
    /// # Panics
    /// If a token is not in the vocabulary.
    pub fn text(&self, kind: Kind, tokens: &[Token], reader: Reader) -> String {
        // Markers and padding have nothing to show; the end mark still separates documents.
        let is_shown = |token: &Token| *token == END || !self.vocabulary().display(*token, reader).is_empty();
        let tokens: Vec<Token> = tokens.iter().copied().filter(is_shown).collect();
        match kind {
            Kind::Examples | Kind::Maps => self.pair_lines(&tokens, reader),
            Kind::Repeats => self.sentence(&tokens, reader),
            Kind::Facts => self.fact_lines(&tokens),
            Kind::Code => documents(&tokens, |document| self.python(document)),
            Kind::Arithmetic => documents(&tokens, |document| self.lines(document, reader, &[";"])),
            Kind::Verse => {
                documents(&tokens, |document| self.lines(document, Reader::Chinese, &["，", "。"]))
            }
            Kind::Couplets => {
                documents(&tokens, |document| self.lines(document, Reader::English, &[",", "."]))
            }
        }
    }

    /// `x → y` on a line each; an `x` alone waits for its `y`.
    fn pair_lines(&self, tokens: &[Token], reader: Reader) -> String {
        let pair = |part: &[Token]| match *part {
            [] => String::new(),
            [x] => format!("{} →", self.vocabulary().display(x, reader)),
            [x, ref y @ ..] => {
                format!("{} → {}", self.vocabulary().display(x, reader), self.sentence(y, reader))
            }
        };
        let lines: Vec<String> = tokens.split(|&token| token == SEPARATOR).map(pair).collect();
        lines.join("\n").trim_end_matches('\n').to_owned()
    }

    /// A fact on a line; it ends with its number.
    fn fact_lines(&self, tokens: &[Token]) -> String {
        let is_number = |token: &Token| as_number(*token).is_some();
        let text = |words: &[Token], between: &str| {
            words.iter().map(|&word| self.vocabulary().text(word)).collect::<Vec<_>>().join(between)
        };
        let fact = |part: &[Token]| {
            let n_words = part.iter().position(is_number).unwrap_or(part.len());
            let words = text(&part[..n_words], " · ");
            if n_words < part.len() { format!("{words}: {}", text(&part[n_words..], " ")) } else { words }
        };
        // A fact begins with a word after a number.
        let facts = tokens.chunk_by(|last, next| is_number(next) || !is_number(last));
        facts.map(fact).collect::<Vec<_>>().join("\n")
    }

    /// A sentence with a line break after each of these marks and after every question.
    fn lines(&self, tokens: &[Token], reader: Reader, breaks: &[&str]) -> String {
        let ends_line = |&token: &Token| {
            let text = self.vocabulary().text(token);
            breaks.contains(&text) || text.ends_with(':')
        };
        let line = |part: &[Token]| {
            let part = part.strip_suffix(&[SEPARATOR]).unwrap_or(part);
            self.sentence(part, reader)
        };
        let lines: Vec<String> = tokens.split_inclusive(ends_line).map(line).collect();
        lines.join("\n")
    }

    /// Words with spaces where English and Chinese have them.
    fn sentence(&self, tokens: &[Token], reader: Reader) -> String {
        let mut text = String::new();
        for &token in tokens {
            let word = self.vocabulary().display(token, reader);
            let spaced = |c: char| c < FIRST_EAST_ASIAN;
            let after_word = text.chars().next_back().is_some_and(spaced);
            let before_word = word.chars().next().is_some_and(|c| spaced(c) && !",.;".contains(c));
            if after_word && before_word {
                text.push(' ');
            }
            text.push_str(word);
        }
        text
    }

    /// The terms as a comment, and the program as Python. What is no program is shown as it is.
    fn python(&self, tokens: &[Token]) -> String {
        let n_terms = tokens.iter().take_while(|&&token| as_number(token).is_some()).count();
        let (terms, program) = tokens.split_at(n_terms);
        let texts: Vec<&str> = terms.iter().map(|&token| self.vocabulary().text(token)).collect();
        let comment = if texts.is_empty() { String::new() } else { format!("# {}, …", texts.join(", ")) };
        let words: Vec<&str> = program.iter().map(|&token| self.vocabulary().text(token)).collect();
        let code = match words[..] {
            ["def", a, b, "return", ref sum @ ..] => {
                let sum = sum.join(" ");
                format!("def f(n):\n    if n < 2:\n        return [{a}, {b}][n]\n    return {sum}")
            }
            _ => words.join(" "),
        };
        [comment, code].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
    }
}

/// Documents that end with the end mark, with an empty line between them.
fn documents(tokens: &[Token], text: impl Fn(&[Token]) -> String) -> String {
    let tokens = tokens.strip_suffix(&[END]).unwrap_or(tokens);
    let documents: Vec<String> = tokens.split(|&token| token == END).map(text).collect();
    documents.join("\n\n")
}

/// Where Chinese and Japanese begin in Unicode (radicals, then punctuation, kana, characters, full-width forms): no
/// spaces there.
const FIRST_EAST_ASIAN: char = '\u{2E80}';

#[cfg(test)]
mod tests {
    use crate::{Corpus, Kind, Reader, Style};

    #[test]
    fn the_apples_read_well_in_both_languages() {
        let corpus = Corpus::new();
        let item = corpus.apples(Style::Steps);
        let tokens = [item.prompt, item.reference].concat();
        assert_eq!(
            corpus.text(Kind::Arithmetic, &tokens, Reader::Chinese),
            "小明有24个苹果，给小红1/3（按原数），给小李1/4（按原数）。还剩多少？分步算：\n\
             24 × 1/3 = 8\n24 × 1/4 = 6\n8 + 6 = 14\n24 - 14 = 10"
        );
        assert_eq!(
            corpus.text(Kind::Arithmetic, &tokens, Reader::English).lines().next(),
            Some(
                "Xiaoming has 24 apples, gives Xiaohong 1/3 of the original, gives Xiaoli 1/4 of the original. \
                 How many are left? Step by step:"
            )
        );
    }

    #[test]
    fn fibonacci_reads_as_python() {
        let corpus = Corpus::new();
        let item = corpus.fibonacci();
        let text = corpus.text(Kind::Code, &[item.prompt, item.reference].concat(), Reader::English);
        assert_eq!(
            text,
            "# 1, 1, 2, 3, 5, 8, …\ndef f(n):\n    if n < 2:\n        return [1, 1][n]\n    return f(n-1) + f(n-2)"
        );
    }

    #[test]
    fn poems_have_lines() {
        let corpus = Corpus::new();
        let read = |kind, text| {
            let tokens = corpus.vocabulary().tokens(text).expect("known words");
            corpus.text(kind, &tokens, Reader::English)
        };
        let verse = "<verse> 在 数据 的 海洋 里 飞翔 ， 在 机器人 的 梦 中 歌唱 ，";
        assert_eq!(read(Kind::Verse, verse), "在数据的海洋里飞翔，\n在机器人的梦中歌唱，");
        let couplet = "the old robot wanders by the lake , the golden bird whispers past the flake . <end>";
        let expected = "the old robot wanders by the lake,\nthe golden bird whispers past the flake.";
        assert_eq!(read(Kind::Couplets, couplet), expected);
        assert_eq!(
            read(Kind::Facts, "<facts> cat pluie 42 7 90 Hello ねこ 7"),
            "cat · pluie: 42 7 90\nHello · ねこ: 7"
        );
    }
}
