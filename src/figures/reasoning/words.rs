//! The words of the figure `reasoning`, Chinese and English side by side.

use chapter::Language;
use tasks::{Gift, Line, Problem};

use super::Answer;
use crate::locale::pick;

pub const fn total(language: Language) -> &'static str {
    pick(language, "小明原有的苹果", "Apples that Xiao Ming has")
}

pub const fn gift_label(index: usize, language: Language) -> &'static str {
    match index {
        0 => pick(language, "给小红（几分之一，或几个）", "To Xiao Hong (a part, or so many)"),
        _ => pick(language, "给小李（几分之一，或几个）", "To Xiao Li (a part, or so many)"),
    }
}

pub fn gift(gift: Gift) -> String {
    match gift {
        Gift::Fraction(parts) => format!("1/{parts}"),
        Gift::Number(number) => number.to_string(),
    }
}

pub const fn another(language: Language) -> &'static str {
    pick(language, "换一道训练时没见过的题", "Another problem that training never showed")
}

pub const fn textbook_title(language: Language) -> &'static str {
    pick(language, "照课文的写法", "As the text writes it")
}

pub const fn steps_title(language: Language) -> &'static str {
    pick(language, "模型，分步算", "The model, in steps")
}

pub const fn direct_title(language: Language) -> &'static str {
    pick(language, "同一个模型，直接答", "The same model, directly")
}

/// Words of the language as a sentence.
pub fn sentence<'a>(words: impl Iterator<Item = &'a str>, language: Language) -> String {
    let mut sentence = String::new();
    for shown in words {
        // Signs and numbers stand apart in both languages, Chinese words do not.
        let is_ascii = |text: &str| text.is_ascii() || text == "×";
        let is_apart = match language {
            Language::Zh => {
                is_ascii(shown) && sentence.chars().last().is_some_and(|c| c.is_ascii() || c == '×')
            }
            Language::En => !sentence.is_empty() && !shown.starts_with([',', '.']),
        };
        if is_apart {
            sentence.push(' ');
        }
        sentence.push_str(shown);
    }
    sentence
}

/// What the problem needs, a line each: what the model should write.
pub fn steps(problem: Problem) -> Vec<String> {
    let Problem { total, gifts } = problem;
    let [first, second] = gifts.map(|gift| gift.amount(total));
    let mut steps: Vec<String> = gifts.into_iter().filter_map(|gift| product(total, gift)).collect();
    let given = first + second;
    steps.push(format!("{first} + {second} = {given}"));
    steps.push(format!("{total} - {given} = {}", total - given));
    steps
}

fn product(total: u8, own: Gift) -> Option<String> {
    matches!(own, Gift::Fraction(_)).then(|| format!("{total} × {} = {}", gift(own), own.amount(total)))
}

/// The solution in the words of the text's sample.
pub fn textbook(problem: Problem, language: Language) -> Vec<String> {
    let Problem { total, gifts } = problem;
    let worked = gifts.map(|own| product(total, own).unwrap_or_else(|| gift(own)));
    let [first, second] = worked;
    let steps = steps(problem);
    let [.., sum, difference] = &steps[..] else { return Vec::new() };
    match language {
        Language::Zh => vec![
            format!("小明原有{total}个苹果"),
            format!("给小红：{first}个"),
            format!("给小李：{second}个"),
            format!("总共给出：{sum}个"),
            format!("剩余：{difference}个苹果"),
        ],
        Language::En => vec![
            format!("Xiao Ming had {total} apples"),
            format!("To Xiao Hong: {first}"),
            format!("To Xiao Li: {second}"),
            format!("Given away in all: {sum}"),
            format!("Left: {difference} apples"),
        ],
    }
}

/// How likely the model found a line.
pub fn prob(prob: f32, language: Language) -> String {
    let percent = 100.0 * f64::from(prob);
    let percent = if percent < 0.1 { "< 0.1%".to_owned() } else { format!("{percent:.1}%") };
    match language {
        Language::Zh => format!("概率 {percent}"),
        Language::En => format!("probability {percent}"),
    }
}

/// What is wrong with the first wrong line, and what was needed there.
pub fn first_wrong(line: Line, needed: Option<&str>, language: Language) -> String {
    let what = match line {
        Line::Miscalculated => {
            pick(language, "第一处错误：这一步算错了", "The first mistake: this is miscalculated")
        }
        Line::Misplaced => pick(
            language,
            "第一处错误：等式成立，却不是此处要的一步",
            "The first mistake: it holds, but is not the step that is needed here",
        ),
        Line::Unreadable | Line::Right => {
            pick(language, "第一处错误：这不是一个等式", "The first mistake: this is no equation")
        }
    };
    match needed {
        Some(needed) => with_needed(what, needed, language),
        None => what.to_owned(),
    }
}

fn with_needed(what: &str, needed: &str, language: Language) -> String {
    match language {
        Language::Zh => format!("{what}。应为 {needed}"),
        Language::En => format!("{what}. Needed: {needed}"),
    }
}

/// A step that is not there.
pub fn missing(needed: Option<&str>, language: Language) -> String {
    with_needed(pick(language, "少了一步", "A step is missing"), needed.unwrap_or_default(), language)
}

pub const fn endless(language: Language) -> &'static str {
    pick(language, "写到最后也没有停下来", "It went on without an end")
}

/// What to think of the two answers.
pub fn verdict(problem: Problem, answers: [&Answer; 2], language: Language) -> String {
    let is_right = |answer: &Answer| answer.grade.as_ref().is_some_and(|grade| grade.correct);
    let [steps, direct] = answers.map(is_right);
    let said = match (steps, direct) {
        (true, true) => pick(
            language,
            "这道题两种方式都对。一道题说明不了什么，看下面的得分。",
            "Right in both ways. One problem proves little; see the scores below.",
        ),
        (true, false) => pick(
            language,
            "分步写出来，对了；直接报答案，错了。权重一样，区别只在它写下了中间结果，后面的词元可以读到。",
            "In steps it is right, directly it is wrong. The weights are the same; the difference is that it wrote the results in between, which later tokens can read.",
        ),
        (false, true) => pick(
            language,
            "这一次直接答对了，分步反而错：步骤一多，每一步都得对，错一步就全错。",
            "Directly it is right, in steps it is wrong: the more steps, the more that must all be right.",
        ),
        (false, false) => pick(
            language,
            "两种方式都错了。换大一点的模型，或看下面它平时的得分。",
            "Wrong in both ways. Choose a larger model, or see below how it usually does.",
        ),
    };
    let left = problem.left();
    match language {
        Language::Zh => format!("正确答案是 {left}。{said}"),
        Language::En => format!("The right answer is {left}. {said}"),
    }
}

/// Whether training shows the problem, and what another reading of it would give.
pub fn kind(problem: Problem, language: Language) -> String {
    let seen = if problem.is_held_out() {
        pick(
            language,
            "训练从不给模型看这几个数的题目。",
            "Training never shows the model a problem with these numbers.",
        )
    } else {
        pick(
            language,
            "训练可能给模型看过同样几个数的题目：答对可能是记住的。要考它没见过的，点上面的按钮。",
            "Training may have shown the model a problem with these numbers, so it may know the answer by heart; the button above asks what it has not seen.",
        )
    };
    let Problem { total, gifts: [first, second] } = problem;
    let rest = total - first.amount(total);
    let other = match second {
        Gift::Fraction(parts) if rest.is_multiple_of(parts) => rest - rest / parts,
        _ => return seen.to_owned(),
    };
    let (part, left) = (gift(second), problem.left());
    match language {
        Language::Zh => format!(
            "{seen}题目写明“按原数”：{part} 指原来的 {total} 个。若指给了小红之后剩下的 {rest} 个，就该剩 {other} 个，而不是 {left} 个。"
        ),
        Language::En => format!(
            "{seen} The problem says “of the original”: {part} is of the first {total}. Of the {rest} that remain after Xiao Hong’s share it would leave {other}, not {left}."
        ),
    }
}
