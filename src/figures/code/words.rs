//! The words of the figure `code`, Chinese and English side by side.

use chapter::Language;
use tasks::{ProgramError, Recurrence};

use super::Outcome;
use super::calls::count;
use crate::locale::number::named;
use crate::locale::pick;

pub const fn sequences(language: Language) -> &'static str {
    pick(language, "现成的数列", "Sequences to start from")
}

pub const fn sequence_names(language: Language) -> [&'static str; 5] {
    match language {
        Language::Zh => ["课文的斐波那契数", "从 1 起的斐波那契数", "2 的幂", "三角形数", "平方数"],
        Language::En => {
            ["The text’s Fibonacci", "Fibonacci from 1", "Powers of two", "Triangular", "Squares"]
        }
    }
}

pub const fn another(language: Language) -> &'static str {
    pick(language, "换一个训练时没见过的", "One that training never showed")
}

pub const fn terms_label(language: Language) -> &'static str {
    pick(language, "前六项（0 到 99，可以改）", "The first six terms (0 to 99, yours to change)")
}

pub fn term(index: usize, language: Language) -> String {
    match language {
        Language::Zh => format!("第 {} 项 f({index})", index + 1),
        Language::En => format!("term {}, f({index})", index + 1),
    }
}

pub const fn written(language: Language) -> &'static str {
    pick(language, "模型写的程序，一个词一个词", "The program, as the model writes it")
}

pub const fn in_python(language: Language) -> &'static str {
    pick(language, "同样的程序，用 Python 写", "The same program in Python")
}

pub const fn run_to(language: Language) -> &'static str {
    pick(language, "运行到", "Run up to")
}

pub const fn columns(language: Language) -> [&'static str; 4] {
    match language {
        Language::Zh => ["项", "怎么算", "程序", "应为"],
        Language::En => ["term", "how", "program", "true"],
    }
}

/// The program's two numbers and its sum.
fn parts<'a>(tokens: &'a [&'a str]) -> Option<([&'a str; 2], &'a [&'a str])> {
    let &["def", first, second, "return", ref sum @ ..] = tokens else { return None };
    Some(([first, second], sum.strip_suffix(&["<end>"]).unwrap_or(sum)))
}

/// A program of the language as Python.
pub fn python(tokens: &[&str]) -> Option<String> {
    let ([first, second], sum) = parts(tokens)?;
    let sum = sum.join(" ");
    Some(format!("def f(n):\n    if n < 2:\n        return [{first}, {second}][n]\n    return {sum}"))
}

/// The value of a term, with a minus sign rather than a hyphen.
pub fn value_of(term: i64) -> String {
    let sign = if term < 0 { "−" } else { "" };
    format!("{sign}{}", term.unsigned_abs())
}

/// How a term is computed: the sum with numbers in the place of what they stand for; nothing for the two starts.
pub fn substituted(tokens: &[&str], n: usize, terms: &[i64]) -> String {
    let Some((_, sum)) = parts(tokens).filter(|_| n > 1) else { return String::new() };
    let value = |n: usize| match terms.get(n) {
        Some(&term) if term < 0 => format!("({})", value_of(term)),
        Some(&term) => value_of(term),
        None => String::new(),
    };
    let words = sum.iter().map(|&word| match word {
        "f(n-1)" => value(n - 1),
        "f(n-2)" => value(n - 2),
        "n" => n.to_string(),
        "*" => "×".to_owned(),
        "-" => "−".to_owned(),
        _ => word.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// What to think of the program.
pub fn outcome(outcome: &Outcome, recurrence: Option<Recurrence>, language: Language) -> String {
    let verdict = match (outcome, language) {
        (Outcome::Right, Language::Zh) => "十二项全对：前六项给它看过，后六项没有。".to_owned(),
        (Outcome::Right, Language::En) => {
            "All twelve terms are right: six that it was shown, and six that it was not.".to_owned()
        }
        (Outcome::Fits, Language::Zh) => {
            "给出的六项都对。这种小程序里没有别的规律与它们相符，往后的对错无从说起。".to_owned()
        }
        (Outcome::Fits, Language::En) => {
            "It makes the six given terms. No rule of this language does, so nobody can say how it should go on.".to_owned()
        }
        (Outcome::Misses(n), Language::Zh) => format!("能运行，但 f({n}) 就和给出的不一样。"),
        (Outcome::Misses(n), Language::En) => format!("It runs, but f({n}) is not the given one."),
        (Outcome::MissesLater(n), Language::Zh) => format!("给出的六项都对，往后却错了：f({n}) 不对。"),
        (Outcome::MissesLater(n), Language::En) => {
            format!("It makes the six given terms, but goes wrong later: f({n}) is not the true one.")
        }
        (Outcome::Broken(ProgramError::TooLarge { n }), Language::Zh) => {
            format!("能运行，但 f({n}) 超过了一万亿，解释器停了下来。")
        }
        (Outcome::Broken(ProgramError::TooLarge { n }), Language::En) => {
            format!("It runs, but f({n}) is beyond a trillion, where the interpreter stops.")
        }
        (Outcome::Broken(ProgramError::Unexpected { place, .. }), Language::Zh) => {
            format!("这不是程序：第 {} 个词不该出现在那里，无法运行。", place + 1)
        }
        (Outcome::Broken(ProgramError::Unexpected { place, .. }), Language::En) => {
            format!("This is no program: word {} cannot stand where it does. It cannot be run.", place + 1)
        }
        (Outcome::Broken(ProgramError::Unfinished { .. }), Language::Zh) => "程序没有写完，无法运行。".to_owned(),
        (Outcome::Broken(ProgramError::Unfinished { .. }), Language::En) => {
            "The program has no end, so it cannot be run.".to_owned()
        }
    };
    let seen = match recurrence {
        Some(own) if own.is_held_out() => {
            pick(language, "训练从不给它看这个数列。", "Training never shows it this sequence.")
        }
        Some(_) => pick(
            language,
            "训练可能给它看过这个数列，答对可能是记住的。",
            "Training may have shown it this sequence, so it may know the program by heart.",
        ),
        None => pick(
            language,
            "它学过的小程序都产生不了这六项。",
            "None of the programs that it learned from makes these six terms.",
        ),
    };
    format!("{verdict}{}{seen}", pick(language, "", " "))
}

pub const fn calls_title(language: Language) -> &'static str {
    pick(
        language,
        "课文里的递归函数：调用一次 fibonacci(n)，一共要调用多少次",
        "The text’s recursive function: the calls that one fibonacci(n) makes",
    )
}

/// A number that has come to stand for the growth: far beyond what can be drawn.
const FAR: u8 = 40;

pub fn calls(n: u8, language: Language) -> String {
    let own = count(n);
    let far = named(count(FAR) as f64, Some(3), language);
    let times = |of: u64| own as f64 / of as f64;
    let growth = match n.checked_sub(1).map(count) {
        Some(before) if n > 1 => match language {
            Language::Zh => format!("是 n = {} 时的 {:.3} 倍；", n - 1, times(before)),
            Language::En => format!(", {:.3} times as many as for n = {}", times(before), n - 1),
        },
        _ => String::new(),
    };
    // fib(1) asks for nothing else; all others ask for every number below.
    let distinct = if n == 1 { 1 } else { n + 1 };
    match language {
        Language::Zh => format!(
            "n = {n}：共调用 {own} 次，{growth}其中只有 {distinct} 次算的是新的数。n = {FAR} 时要调用约 {far} 次。"
        ),
        Language::En => format!(
            "n = {n}: {own} calls{growth}; only {distinct} of them compute a number for the first time. For n = {FAR} it would be about {far}."
        ),
    }
}

/// The tree for those who cannot see it.
pub fn tree(calls: usize, distinct: usize, language: Language) -> String {
    match language {
        Language::Zh => format!("调用树：共 {calls} 次调用，{distinct} 次算新的数，其余是重复。"),
        Language::En => {
            format!("Call tree: {calls} calls, {distinct} of them for a new number, the rest over again.")
        }
    }
}
