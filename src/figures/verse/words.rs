//! The words of the figure `verse`, Chinese and English side by side.

use chapter::Language;
use tasks::Rule;

use super::{ALL_WORDS, Answer, Form};
use crate::locale::pick;

pub const fn form_label(language: Language) -> &'static str {
    pick(language, "体裁", "Form")
}

pub const fn form(form: Form, language: Language) -> &'static str {
    match form {
        Form::Verse => pick(language, "中文四行诗", "Chinese verse"),
        Form::Couplet => pick(language, "英文对句", "English couplet"),
    }
}

/// What stands in a slot of the first line.
pub const fn slot(form: Form, slot: usize, language: Language) -> &'static str {
    match (form, slot) {
        (Form::Verse, 0) => pick(language, "首句：在……", "First line: in …"),
        (Form::Verse, 1) => pick(language, "的……", "its …"),
        (Form::Verse, 2) => pick(language, "里或中", "within or amid"),
        (Form::Verse, _) => pick(language, "动词，定下韵脚", "verb, which sets the rhyme"),
        (Form::Couplet, 0) => pick(language, "首句：the……", "First line: the …"),
        (Form::Couplet, 1) => pick(language, "名词", "noun"),
        (Form::Couplet, 2) => pick(language, "动词", "verb"),
        (Form::Couplet, 3) => pick(language, "介词", "preposition"),
        (Form::Couplet, _) => pick(language, "the……，定下韵脚", "the …, which sets the rhyme"),
    }
}

pub const fn temperature(language: Language) -> &'static str {
    pick(language, "温度（0：总取最可能的词）", "Temperature (0: always the likeliest word)")
}

pub const fn top_k(language: Language) -> &'static str {
    pick(language, "只从前几个词里抽（top-k）", "Draw from the likeliest few (top-k)")
}

pub fn candidates(top_k: u16, language: Language) -> String {
    match language {
        _ if top_k < ALL_WORDS => top_k.to_string(),
        Language::Zh => "不限".to_owned(),
        Language::En => "all".to_owned(),
    }
}

pub const fn another(language: Language) -> &'static str {
    pick(language, "再写一首", "Write another")
}

/// How long a line is.
pub fn length(length: usize, form: Form, language: Language) -> String {
    match (form, language) {
        (Form::Verse, Language::Zh) => format!("{length} 字"),
        (Form::Couplet, Language::Zh) => format!("{length} 个音节"),
        (Form::Verse, Language::En) => format!("{length} characters"),
        (Form::Couplet, Language::En) => format!("{length} syllables"),
    }
}

pub const fn rhyme(language: Language) -> &'static str {
    pick(language, "押韵", "rhymes")
}

pub const fn rule(rule: Rule, language: Language) -> &'static str {
    match rule {
        Rule::Grammar => pick(language, "句式", "Word order"),
        Rule::Rhyme => pick(language, "押韵", "Rhyme"),
        _ => pick(language, "等长", "Equal length"),
    }
}

/// What to think of the poem.
pub fn outcome(answer: &Answer, is_held_out: bool, temperature: f64, language: Language) -> String {
    let verdict = match answer.grade.as_ref().map(|grade| grade.correct) {
        Some(true) => pick(
            language,
            "三条规则都守住了。守规则不等于写得好：规则是我们定的，好不好由你说。",
            "It keeps all three rules. That does not make it good: the rules are ours, and the judgement is yours.",
        ),
        Some(false) => pick(
            language,
            "这一首没有守住全部规则。再写一首，或者降低温度、换大一点的模型。",
            "It breaks a rule. Write another, lower the temperature or choose a larger model.",
        ),
        None => "",
    };
    let seen = if is_held_out {
        pick(language, "训练从不给它看这一行首句。", "Training never shows it this first line.")
    } else {
        pick(language, "这一行首句，训练时可能见过。", "Training may have shown it this first line.")
    };
    let chance = if temperature == 0.0 {
        pick(language, "温度为 0，每次都是同一首。", "At temperature 0 it is the same poem each time.")
    } else {
        ""
    };
    let all: Vec<&str> = [verdict, seen, chance].into_iter().filter(|part| !part.is_empty()).collect();
    all.join(pick(language, "", " "))
}
