//! The words of the figure `emergence`, Chinese and English side by side.

use chapter::Language;

use super::{Against, Metric, Task, View};
use crate::locale::number::quantity;
use crate::locale::{pick, words};

pub const fn task_label(language: Language) -> &'static str {
    pick(language, "谁，考什么", "Who is tested, and in what")
}

pub const fn task(task: Task, language: Language) -> &'static str {
    match task {
        Task::Addition2 => pick(language, "GPT-3：两位数加法", "GPT-3: 2-digit addition"),
        Task::Addition3 => pick(language, "GPT-3：三位数加法", "GPT-3: 3-digit addition"),
        Task::Addition4 => pick(language, "GPT-3：四位数加法", "GPT-3: 4-digit addition"),
        Task::Multiplication2 => pick(language, "GPT-3：两位数乘法", "GPT-3: 2-digit multiplication"),
        Task::Symbols => pick(language, "GPT-3：去掉词中的杂符", "GPT-3: symbols taken out of words"),
        Task::Trivia => pick(language, "GPT-3：常识问答 TriviaQA", "GPT-3: TriviaQA, knowledge"),
        Task::Lambada => pick(language, "GPT-3：末词预测 LAMBADA", "GPT-3: LAMBADA, last word"),
        Task::MultiRc => pick(language, "GPT-3：多答案阅读题 MultiRC", "GPT-3: MultiRC, several answers"),
        Task::WordInContext => pick(language, "GPT-3：词义辨析 WiC", "GPT-3: WiC, word senses"),
        Task::Arithmetic => pick(language, "我们的模型：算术，写步骤", "Ours: arithmetic in steps"),
        Task::ArithmeticDirect => pick(language, "我们的模型：算术，直接答", "Ours: arithmetic at once"),
        Task::Code => pick(language, "我们的模型：写出数列的程序", "Ours: code for a sequence"),
        Task::Maps => pick(language, "我们的模型：当场编造的对应表", "Ours: made-up maps"),
        Task::Translation => pick(language, "我们的模型：翻译，4 个示例", "Ours: translation, 4 examples"),
        Task::Verse => pick(language, "我们的模型：四行诗", "Ours: verse"),
    }
}

pub const fn metric_label(language: Language) -> &'static str {
    pick(language, "怎样计分", "How answers are scored")
}

pub const fn metric(metric: Metric, language: Language) -> &'static str {
    match metric {
        Metric::Exact => pick(language, "整题全对", "all right"),
        Metric::Token => pick(language, "逐个词元", "per token"),
        Metric::LogProbability => pick(language, "对数概率", "log-probability"),
    }
}

pub const fn y_title(metric: Metric, language: Language) -> &'static str {
    match metric {
        Metric::Exact => pick(language, "整个答案都对的比例（%）", "answers right as a whole (%)"),
        Metric::Token => pick(language, "答案各部分对的比例（%）", "parts of the answer that are right (%)"),
        Metric::LogProbability => {
            pick(language, "正确词元的平均对数概率（奈特）", "mean log-probability of a right token (nats)")
        }
    }
}

pub const fn against_label(language: Language) -> &'static str {
    pick(language, "横轴", "Against")
}

pub const fn against(against: Against, language: Language) -> &'static str {
    match against {
        Against::Params => pick(language, "参数量", "parameters"),
        Against::Loss => pick(language, "损失", "loss"),
    }
}

pub const fn x_title(task: Task, against: Against, language: Language) -> &'static str {
    match (against, task.is_own()) {
        (Against::Params, true) => pick(language, "参数量（不含嵌入层）", "parameters (without embeddings)"),
        (Against::Params, false) => pick(language, "参数量", "parameters"),
        (Against::Loss, true) => {
            pick(language, "损失（奈特/词元），越往右越低", "loss (nats per token), falling")
        }
        (Against::Loss, false) => {
            pick(language, "LAMBADA 零样本损失（奈特），越往右越低", "zero-shot LAMBADA loss (nats), falling")
        }
    }
}

/// A mark of an axis of losses.
pub fn nats_tick(nats: f64) -> String {
    format!("{}", (100.0 * nats).round() / 100.0).replace('-', "−")
}

/// A mark of the vertical axis.
pub fn score_tick(score: f64, metric: Metric) -> String {
    match metric {
        Metric::Exact | Metric::Token => format!("{:.0}", 100.0 * score),
        Metric::LogProbability => nats_tick(score),
    }
}

/// A score with the digits that 512 problems or a printed table allow.
pub fn score(score: f64, metric: Metric) -> String {
    match metric {
        Metric::Exact | Metric::Token => format!("{:.1}%", 100.0 * score),
        Metric::LogProbability => format!("{score:.2}").replace('-', "−"),
    }
}

pub const fn prediction(language: Language) -> &'static str {
    pick(
        language,
        "只给最小的三种规模，其余先遮住。在图上画出你预计的走势（拖动、点按，或用方向键：左右换规模，上下改高度），然后揭晓。",
        "You see the three smallest sizes; the rest is hidden. Draw in the plot how you expect it to go on (drag, tap, or use the arrow keys: left and right choose a size, up and down its height), then reveal it.",
    )
}

pub fn outcome(miss: f64, metric: Metric, language: Language) -> String {
    let miss = match (metric, language) {
        (Metric::LogProbability, Language::Zh) => format!("{miss:.2} 奈特"),
        (Metric::LogProbability, Language::En) => format!("{miss:.2} nats"),
        (_, Language::Zh) => format!("{:.0} 个百分点", 100.0 * miss),
        (_, Language::En) => format!("{:.0} percentage points", 100.0 * miss),
    };
    match language {
        Language::Zh => format!("你画的线平均偏离 {miss}。"),
        Language::En => format!("Your line is off by {miss} on average."),
    }
}

pub const fn handle(draws: bool, language: Language) -> &'static str {
    if draws {
        pick(
            language,
            "你画的线：左右换规模，上下改高度",
            "Your line: left and right choose a size, up and down its height",
        )
    } else {
        pick(language, "读数的规模", "Size that is read")
    }
}

pub const fn at(draws: bool, language: Language) -> &'static str {
    if draws { pick(language, "你画的", "Your line") } else { pick(language, "读数", "Reading") }
}

pub const fn largest_rise(language: Language) -> &'static str {
    pick(language, "相邻两种规模间最大的一跃", "Largest rise from one size to the next")
}

/// The largest rise in figures, a dash if nothing rises.
pub fn rise(view: &View) -> String {
    let rise = view.largest_rise().filter(|(rise, _)| *rise > 0.0);
    rise.map_or_else(
        || "–".to_owned(),
        |(_, index)| {
            let [from, to] = [index - 1, index].map(|index| &view.points[index]);
            let written = |own: Option<f64>| own.map_or_else(String::new, |own| score(own, view.metric));
            format!("{} → {} ({} → {})", written(from.score), written(to.score), from.name, to.name)
        },
    )
}

pub const fn answer_len(language: Language) -> &'static str {
    pick(language, "答案长度 k（词元）", "Answer length k, tokens")
}

/// The name of the model's curve.
pub fn modeled(view: &View, k: f64, language: Language) -> String {
    match (view.metric, language) {
        (Metric::Exact, Language::Zh) => format!("模型 pᵏ，k = {k}：p 是实测的逐词元正确率，k 个都对才算对"),
        (Metric::Exact, Language::En) => {
            format!("The model pᵏ, k = {k}: measured p per token, and all k must be right")
        }
        (_, Language::Zh) => format!("由整题正确率按 {k} 个词元反推，假定各词元互不相干"),
        (_, Language::En) => {
            format!("Worked back from whole answers of {k} tokens, as if each token stood on its own")
        }
    }
}

pub const fn sketch(language: Language) -> &'static str {
    pick(language, "你画的线", "Your line")
}

/// The name of a task of our models in the legend.
pub fn own(name: &str, language: Language) -> String {
    match language {
        Language::Zh => format!("{name}；实心点是发布的模型，小圈是其他种子"),
        Language::En => format!("{name}; filled dots are the published models, small rings other seeds"),
    }
}

/// What a reader should know about these scores.
pub fn remarks(view: &View, language: Language) -> Vec<&'static str> {
    let mut remarks = Vec::new();
    if view.is_one_token {
        remarks.push(pick(
            language,
            "这里每个答案只有一个词元，“整题全对”与“逐个词元”是同一个数：如果仍有一跃，就不能归因于全对才给分。再看看对数概率。",
            "Each answer here is a single token, so “all right” and “per token” are the same number: if there is still a jump, all-or-nothing scoring did not make it. Look at the log-probability too.",
        ));
    }
    if view.task == Task::Verse {
        remarks.push(pick(
            language,
            "诗没有唯一的答案：整首按格律规则评，逐个词元则是同一首参考诗比，两者说的不是一件事。",
            "A poem has no single right answer: as a whole it is judged by the rules of verse, token by token it is compared with one reference; the two do not measure the same thing.",
        ));
    }
    if view.points.iter().all(|point| point.score.is_none()) {
        remarks.push(if view.answer_len.is_some() {
            pick(
                language,
                "论文没有公布这种得分。虚线不是实测，是由整题正确率反推的：假定答案有 k 个词元，各自对错互不相干。真实的 p 可能不是这样。",
                "The paper does not publish this score. The dashed line is not measured but worked back from whole answers, as if each of k tokens were right or wrong on its own; the true p may well differ.",
            )
        } else {
            pick(
                language,
                "论文没有公布这种得分，也无从反推。",
                "The paper does not publish this score, and it cannot be worked back.",
            )
        });
    }
    if view.task == Task::MultiRc {
        remarks.push(pick(
            language,
            "同样的回答，两种计分：一道题的各个选项全判对才算对，或者逐个选项算 F1（见“逐个词元”）。",
            "The same answers, scored twice: a question counts only if every option is judged rightly, or each option counts by itself, as an F1 score (under “per token”).",
        ));
    }
    if view.against == Against::Loss && !view.task.is_own() {
        remarks.push(pick(
            language,
            "八种规模各自的训练损失没有列成表，这里用论文印出的 LAMBADA 零样本困惑度的对数来代替。",
            "The training loss of each size is not printed in a table; the logarithm of the zero-shot LAMBADA perplexity, which is, stands in for it.",
        ));
    }
    remarks
}

/// The picture in a sentence or two.
pub fn description(view: &View, language: Language) -> String {
    let input = |value: f64| quantity(value, view.against.unit(), Some(3), language);
    let read: Vec<String> = view
        .shown()
        .iter()
        .filter_map(|point| Some(format!("{}: {}", input(point.input), score(point.score?, view.metric))))
        .collect();
    let held = match (view.shown().len() < view.points.len(), language) {
        (false, _) => "",
        (true, Language::Zh) => "其余规模先遮住，等读者画出预测。",
        (true, Language::En) => " The other sizes are hidden until the reader has drawn a prediction.",
    };
    let (task, against) = (task(view.task, language), against(view.against, language));
    let scored = words::labelled(metric_label(language), metric(view.metric, language), language);
    match language {
        Language::Zh => format!("{task}，横轴为{against}。{scored}。从左到右：{}。{held}", read.join("，")),
        Language::En => {
            format!("{task}, against {against}. {scored}. From left to right: {}.{held}", read.join(", "))
        }
    }
}
