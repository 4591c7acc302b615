//! The words of the figure `few-shot`, Chinese and English side by side.

use chapter::{Language, Provenance};
use tasks::Token;

use super::{Prompt, Task, View};
use crate::lab::{AttentionMap, Guess};
use crate::locale::pick;

pub const fn task_label(language: Language) -> &'static str {
    pick(language, "示例做的是什么", "What the examples do")
}

pub const fn task(task: Task, language: Language) -> &'static str {
    match task {
        Task::EnglishChinese => pick(language, "英语 → 汉语", "English → Chinese"),
        Task::ChineseEnglish => pick(language, "汉语 → 英语", "Chinese → English"),
        Task::EnglishFrench => pick(language, "英语 → 法语", "English → French"),
        Task::FrenchJapanese => pick(language, "法语 → 日语", "French → Japanese"),
        Task::Category => pick(language, "词 → 类别", "word → category"),
        Task::NextLetter => pick(language, "字母 → 下一个字母", "letter → next letter"),
        Task::Capital => pick(language, "小写 → 大写", "small letter → capital"),
        Task::Add10 => pick(language, "数 → 加 10", "number → plus 10"),
        Task::Double => pick(language, "数 → 加倍", "number → twice"),
        Task::Map => pick(language, "随手编的对应表", "a map that you make up"),
    }
}

pub const fn pair_label(language: Language) -> &'static str {
    pick(language, "问的这一对，训练时见过吗", "The pair asked for, in training")
}

pub const fn pairs(language: Language) -> [&'static str; 2] {
    match language {
        Language::Zh => ["从未见过", "见过"],
        Language::En => ["never shown", "shown"],
    }
}

pub const fn shots(language: Language) -> &'static str {
    pick(language, "示例个数", "number of examples")
}

pub const fn share_axis(language: Language) -> &'static str {
    pick(language, "答对的比例（%）", "right answers (%)")
}

pub const fn other(language: Language) -> &'static str {
    pick(language, "换一组示例", "Other examples")
}

pub const fn wrong(language: Language) -> &'static str {
    pick(language, "把示例的答案对调", "Swap the examples’ answers")
}

pub const fn question(language: Language) -> &'static str {
    pick(language, "要模型回答的词", "Word for the model to answer")
}

pub fn input(row: usize, language: Language) -> String {
    match language {
        Language::Zh => format!("示例 {} 的词", row + 1),
        Language::En => format!("Example {}, word", row + 1),
    }
}

pub fn output(row: usize, language: Language) -> String {
    match language {
        Language::Zh => format!("示例 {} 的答案", row + 1),
        Language::En => format!("Example {}, answer", row + 1),
    }
}

pub fn raise(row: usize, language: Language) -> String {
    match language {
        Language::Zh => format!("示例 {} 上移", row + 1),
        Language::En => format!("Move example {} up", row + 1),
    }
}

pub fn remove(row: usize, language: Language) -> String {
    match language {
        Language::Zh => format!("删去示例 {}", row + 1),
        Language::En => format!("Remove example {}", row + 1),
    }
}

pub fn unknown(text: &str, language: Language) -> String {
    match language {
        Language::Zh => format!("模型的词表里没有“{text}”。它只认得玩具语言里的词，请从提示中选一个。"),
        Language::En => {
            format!(
                "“{text}” is not in the model’s vocabulary. It knows the words of its toy language only: pick one from the list."
            )
        }
    }
}

pub const fn head_label(language: Language) -> &'static str {
    pick(language, "注意力头（弧线：它看向哪里）", "Attention head (arcs: its look)")
}

pub fn head(map: &AttentionMap, language: Language) -> String {
    let (layer, head) = (map.layer + 1, map.head + 1);
    match language {
        Language::Zh => format!("第 {layer} 层第 {head} 头"),
        Language::En => format!("layer {layer}, head {head}"),
    }
}

pub const fn answers(language: Language) -> &'static str {
    pick(language, "模型认为最可能的五个答案", "The five answers that the model finds likeliest")
}

pub fn measure(rung: &str, prompts: u32, language: Language) -> String {
    match language {
        Language::Zh => format!("当场测量 {rung}：0 到 8 个示例，各 {prompts} 道新题"),
        Language::En => format!("Measure {rung} here: {prompts} new prompts for each of 0 to 8 examples"),
    }
}

/// What to think of the likeliest answer.
pub fn verdict(prompt: &Prompt, guess: Guess, word: impl Fn(Token) -> String, language: Language) -> String {
    let percent = format!("{:.1}%", 100.0 * f64::from(guess.prob));
    let said = word(guess.token);
    let (right, is_seen) = match prompt.expected() {
        None => {
            return match language {
                Language::Zh => format!(
                    "模型最可能答“{said}”（{percent}）。这一问没有标准答案：示例没有说，或者前后不一。"
                ),
                Language::En => format!(
                    "Likeliest: “{said}” ({percent}). This question has no right answer: the examples do not tell it, or contradict each other."
                ),
            };
        }
        Some((token, is_seen)) => (token, is_seen),
    };
    let is_right = right == guess.token;
    let right = word(right);
    let mut said = match (is_right, language) {
        (true, Language::Zh) => format!("模型答“{said}”（{percent}），对了。"),
        (true, Language::En) => format!("The model says “{said}” ({percent}), which is right."),
        (false, Language::Zh) => format!("模型最可能答“{said}”（{percent}），正确答案是“{right}”。"),
        (false, Language::En) => {
            format!("Likeliest: “{said}” ({percent}); the right answer is “{right}”.")
        }
    };
    said += match (prompt.n_shots(), is_right, prompt.is_shuffled(), prompt.is_map(), is_seen) {
        (0, ..) => {
            pick(language, "没有示例，它无从知道要做什么。", " Without examples it cannot know what to do.")
        }
        (_, true, true, false, _) => pick(
            language,
            "示例的答案全是错的，它照样答对：它只从示例里认出了“是哪种任务”，答案来自权重。",
            " Every example is wrong, and still it is right: the examples only told it which task this is, and the answer came from the weights.",
        ),
        (_, false, true, false, _) => {
            pick(language, "错误的示例把它带偏了。", " The wrong examples led it astray.")
        }
        (_, true, _, true, _) => pick(
            language,
            "这张表是刚编的，训练时不可能见过：答案只能来自示例。",
            " This map was made up just now: the answer can only come from the examples.",
        ),
        (_, true, _, false, false) => pick(
            language,
            "训练从未给它看过这一对；两个词它都在别处见过，是示例告诉它该怎么接。",
            " Training never showed it this pair; it had met both words elsewhere, and the examples told it how to join them.",
        ),
        (_, true, _, false, true) => pick(
            language,
            "这一对训练时见过，示例的作用是告诉它要做哪种任务。",
            " Training had shown it this pair; what the examples tell is which task to do.",
        ),
        (_, false, ..) => "",
    };
    said
}

/// The weights' checksum before and after.
pub fn weights(before: Option<u32>, after: Option<u32>, language: Language) -> String {
    let written = |sum: Option<u32>| sum.map_or_else(|| "…".to_owned(), |sum| format!("{sum:08x}"));
    let verdict = match before.zip(after) {
        None => pick(language, "权重校验和", "Checksum of the weights"),
        Some((before, after)) if before == after => {
            pick(language, "权重一个也没有变。校验和", "Not a single weight has changed. Checksum")
        }
        Some(_) => pick(language, "权重变了！校验和", "The weights have changed! Checksum"),
    };
    let (before, after) = (written(before), written(after));
    match language {
        Language::Zh => format!("{verdict}：第一次回答前 {before}，这次回答后 {after}"),
        Language::En => format!("{verdict} before the first answer: {before}; after this one: {after}"),
    }
}

pub const fn columns(language: Language) -> [&'static str; 5] {
    match language {
        Language::Zh => ["示例个数", "答对", "95% 区间下限", "上限", "题数"],
        Language::En => ["examples", "right", "95% interval from", "to", "prompts"],
    }
}

/// What is counted, in words.
fn counted(view: &View, language: Language) -> String {
    let mut name = task(view.counted.task, language).to_owned();
    if view.counted.task != Task::Map {
        let [held_out, seen] = pairs(language);
        let pair = if view.counted.is_held_out { held_out } else { seen };
        name += &match language {
            Language::Zh => format!("，问的一对训练时{pair}"),
            Language::En => format!(", the pair asked for {pair} in training"),
        };
    }
    if view.counted.is_shuffled {
        name += pick(language, "，示例答案对调", ", the examples’ answers swapped");
    }
    name
}

pub fn series(view: &View, provenance: Provenance, language: Language) -> String {
    let where_ = match provenance {
        Provenance::Here => pick(language, "此处实测", "measured here"),
        _ => pick(language, "项目实测", "measured by the project"),
    };
    let counted = counted(view, language);
    match language {
        Language::Zh => format!("{counted}（{where_}）"),
        Language::En => format!("{counted} ({where_})"),
    }
}

pub fn recorded(rung: &str, language: Language) -> String {
    match language {
        Language::Zh => format!("选中的模型 {rung}，色带是 95% 区间"),
        Language::En => format!("The chosen model {rung}, with its 95% interval"),
    }
}

pub const fn others(language: Language) -> &'static str {
    pick(language, "其他大小的模型", "The other sizes")
}

pub fn here(view: &View, language: Language) -> String {
    let rungs: Vec<&str> = view.here.iter().map(|curve| curve.rung.as_str()).collect();
    let rungs = rungs.join(", ");
    match language {
        Language::Zh => format!("刚才在这里测的 {rungs}"),
        Language::En => format!("{rungs} as measured here just now"),
    }
}

fn percent(share: f64) -> String {
    format!("{:.1}%", 100.0 * share)
}

/// The chosen model at the chosen number of examples.
pub fn reading(view: &View, language: Language) -> String {
    let counted = counted(view, language);
    let (n, rung) = (view.shots, &view.rung);
    let Some(curve) = view.chosen() else {
        return match language {
            Language::Zh => format!("{counted}；{rung} 还没有测过。"),
            Language::En => format!("{counted}: {rung} has not been measured yet."),
        };
    };
    let share = percent(curve.share(n));
    let [low, high] = curve.interval(n).map(percent);
    let prompts = curve.prompts;
    match language {
        Language::Zh => format!(
            "{counted}：{n} 个示例，{rung} 在 {prompts} 道题里答对 {share}（95% 区间 {low}–{high}）。"
        ),
        Language::En => format!(
            "{counted}: with {n} examples, {rung} is right in {share} of {prompts} prompts (95% interval {low}–{high})."
        ),
    }
}

/// The picture in a sentence or two.
pub fn description(view: &View, language: Language) -> String {
    let ends: Vec<String> = view
        .recorded
        .iter()
        .map(|curve| {
            let [none, most] = [0, super::MAX_SHOTS].map(|shots| percent(curve.share(shots)));
            format!("{}: {none} → {most}", curve.rung)
        })
        .collect();
    let reading = reading(view, language);
    match language {
        Language::Zh => format!(
            "答对的比例随示例个数的变化。{reading}各种大小的模型从没有示例到八个示例：{}。",
            ends.join("，")
        ),
        Language::En => format!(
            "Right answers against the number of examples. {reading} Each size from no example to eight: {}.",
            ends.join(", ")
        ),
    }
}
