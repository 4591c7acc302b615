//! The words of the figure `perplexity`, Chinese and English side by side.

use chapter::{Language, Unit};

use super::{Scene, View};
use crate::locale::number::{quantity, significant};
use crate::locale::pick;

pub const fn scene_label(language: Language) -> &'static str {
    pick(language, "看什么", "Show")
}

pub const fn scene(scene: Scene, language: Language) -> &'static str {
    match scene {
        Scene::Words => pick(language, "困惑度是什么", "What it is"),
        Scene::Sizes => pick(language, "随规模下降", "By size"),
        Scene::SuperGlue => "SuperGLUE",
    }
}

pub const fn words(language: Language) -> &'static str {
    pick(language, "困惑度 = 同样可能的下一个词有几个", "Perplexity = how many equally likely next words")
}

pub const fn size(language: Language) -> &'static str {
    pick(language, "GPT-3 的规模", "Size of GPT-3")
}

pub fn one_word(view: &View, language: Language) -> String {
    let count = significant(view.words, Some(3));
    let chance = quantity(100.0 / view.words, Unit::Percent, Some(3), language);
    match language {
        Language::Zh => format!("在 {count} 个词中猜一个，每个 {chance}"),
        Language::En => format!("a guess among {count} words, {chance} each"),
    }
}

pub const fn set_to(language: Language) -> &'static str {
    pick(language, "设为", "Set to")
}

pub fn chip(name: &str, perplexity: f64, language: Language) -> String {
    match language {
        Language::Zh => format!("{name}（表 5-2）{perplexity}"),
        Language::En => format!("{name} (Table 5-2) {perplexity}"),
    }
}

pub const fn probability(language: Language) -> &'static str {
    pick(language, "每个词的概率 1/k", "Probability of each word, 1/k")
}

pub const fn loss(language: Language) -> &'static str {
    pick(language, "损失 ln k（奈特）", "Loss, ln k (nats)")
}

pub const fn bits(language: Language) -> &'static str {
    pick(language, "要问几个是非题 log₂k", "Yes-or-no questions, log₂ k")
}

pub const fn perplexity(language: Language) -> &'static str {
    pick(language, "困惑度", "perplexity")
}

pub const fn score(language: Language) -> &'static str {
    pick(language, "分数", "score")
}

pub const fn params_axis(language: Language) -> &'static str {
    pick(language, "参数量", "parameters")
}

pub const fn perplexity_axis(language: Language) -> &'static str {
    pick(language, "困惑度（越低越好）", "perplexity (lower is better)")
}

pub const fn score_axis(language: Language) -> &'static str {
    pick(language, "SuperGLUE 平均分", "average on SuperGLUE")
}

pub const fn by_table(language: Language) -> &'static str {
    pick(language, "表 5-2 的数字", "As Table 5-2 has it")
}

pub const fn treebank(language: Language) -> &'static str {
    pick(
        language,
        "Penn Treebank 上的困惑度，未专门训练：GPT-2 的四种规模和 GPT-3",
        "Perplexity on the Penn Treebank, zero-shot: four sizes of GPT-2, and GPT-3",
    )
}

pub const fn shots(index: usize, language: Language) -> &'static str {
    match index {
        0 => pick(language, "零样本", "Zero-shot"),
        1 => pick(language, "单样本", "One-shot"),
        _ => pick(language, "少样本（32 例）", "Few-shot (32 examples)"),
    }
}

pub const fn human(language: Language) -> &'static str {
    pick(language, "人类水平", "Human level")
}

pub fn human_level(score: f64, language: Language) -> String {
    format!("{} {}", human(language), significant(score, Some(3)))
}

pub const fn equally_likely(language: Language) -> &'static str {
    pick(language, "同样可能的词；红色的是猜中的那个", "Equally likely words; the red one is the right guess")
}

pub const fn row_label(language: Language) -> &'static str {
    pick(language, "让我们的模型读一段它没见过的话", "Let a model of ours read what it has never seen")
}

/// A kind of row by its name in the data.
pub fn kind(name: &str, language: Language) -> &'static str {
    match name {
        "verse" => pick(language, "中文诗", "Verse"),
        "couplets" => pick(language, "英文对句", "Couplet"),
        "arithmetic" => pick(language, "算题", "Sum"),
        _ => pick(language, "示例", "Examples"),
    }
}

pub fn guesses(word: &str, language: Language) -> String {
    match language {
        Language::Zh => {
            format!("模型读到“{word}”之前的猜测（点任一词查看；词下的数是 1/p，等于在几个词中猜）")
        }
        Language::En => format!(
            "What the model expected before “{word}” (tap a word to see; below each is 1/p, as if guessed among so many)"
        ),
    }
}

pub const fn row_perplexity(language: Language) -> &'static str {
    pick(language, "这段话的困惑度", "Perplexity of this text")
}

pub const fn mean_loss(language: Language) -> &'static str {
    pick(language, "平均损失（奈特/词元）", "Mean loss, nats per token")
}

pub const fn board(language: Language) -> &'static str {
    pick(language, "把上面的格子设为", "Set the board above to")
}

/// Why the two series of perplexities must not be mixed.
pub const fn series(view: &View, language: Language) -> &'static str {
    match view.scene {
        Scene::Words => pick(
            language,
            "困惑度 k 就是 e 的损失次方：损失为 L 的模型，平均起来就像在 eᴸ 个同样可能的词中犹豫。",
            "Perplexity is e to the power of the loss: a model with loss L hesitates, on average, as if between eᴸ equally likely words.",
        ),
        Scene::Sizes | Scene::SuperGlue => pick(
            language,
            "表 5-2 没有写明语料，只有同一语料、同样算法的困惑度才能相比；Penn Treebank 上的五个数能比，它们确实随规模下降。",
            "Table 5-2 names no text, and perplexities compare only on one text, counted alike; the five on the Penn Treebank do compare, and they do fall with size.",
        ),
    }
}

/// What the scores are, and what the chapter has in their place.
pub fn superglue(view: &View, language: Language) -> String {
    let picked = &view.superglue[view.size];
    let [zero, _, few] = picked.by_examples.map(|score| significant(score, Some(3)));
    let human = significant(view.human, Some(3));
    let stated = significant(view.stated_human, None);
    let name = &picked.name;
    match language {
        Language::Zh => format!(
            "{name}：提示里没有例子得 {zero} 分，有 32 个例子得 {few} 分。人类水平 {human}（教材：约 {stated}）。表 5-2 给 GPT-1 和 GPT-2 的分数没有找到出处；与它们大小相近的 GPT-3，有例子时得分都更高。"
        ),
        Language::En => format!(
            "{name} scores {zero} with no examples in the prompt and {few} with 32. The human level is {human} (the textbook: about {stated}). For the scores of GPT-1 and GPT-2 in Table 5-2 no source was found; the GPT-3 models of about their size score higher when given examples."
        ),
    }
}

/// The picture in a sentence or two.
pub fn description(view: &View, language: Language) -> String {
    match view.scene {
        Scene::Words => format!("{}{}", opening(view, language), series(view, language)),
        Scene::Sizes => {
            let list: Vec<String> =
                view.treebank.iter().map(|one| format!("{} {}", one.name, one.perplexity)).collect();
            match language {
                Language::Zh => {
                    format!("困惑度随参数量下降的折线：{}。{}", list.join("，"), series(view, language))
                }
                Language::En => format!(
                    "Perplexity falls with parameters: {}. {}",
                    list.join(", "),
                    series(view, language)
                ),
            }
        }
        Scene::SuperGlue => match language {
            Language::Zh => {
                format!("GPT-3 八种规模的 SuperGLUE 平均分，三条上升的折线。{}", superglue(view, language))
            }
            Language::En => format!(
                "Averages on SuperGLUE of the eight sizes of GPT-3, three rising lines. {}",
                superglue(view, language)
            ),
        },
    }
}

fn opening(view: &View, language: Language) -> String {
    let one = one_word(view, language);
    match language {
        Language::Zh => format!("一百个格子里涂色的是同样可能的词：{one}。"),
        Language::En => {
            format!("Of a board of a hundred squares, the filled ones are equally likely words: {one}. ")
        }
    }
}
