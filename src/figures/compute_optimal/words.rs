//! The words of the figure `compute-optimal`, Chinese and English side by side.

use chapter::{Language, Unit};
use scaling::Allocation;

use super::{Constants, View};
use crate::figure::FigureData;
use crate::locale::number::{quantity, scientific, significant};
use crate::locale::pick;

pub const fn params_axis(language: Language) -> &'static str {
    pick(language, "参数量 N", "parameters N")
}

pub const fn tokens_axis(language: Language) -> &'static str {
    pick(language, "训练词元数 D；曲线上损失相等", "training tokens D; along a curve the loss is equal")
}

pub const fn loss_axis(language: Language) -> &'static str {
    pick(language, "同一预算下的损失 L（奈特/词元）", "loss L within the budget (nats per token)")
}

pub const fn loss(language: Language) -> &'static str {
    pick(language, "按定律的损失", "loss by the law")
}

pub const fn budget(language: Language) -> &'static str {
    pick(language, "训练计算量 C = 6ND（FLOP）", "Training compute C = 6ND (FLOPs)")
}

pub const fn constants_label(language: Language) -> &'static str {
    pick(language, "定律的常数取自", "Constants of the law")
}

pub const fn constants(constants: Constants) -> &'static str {
    match constants {
        Constants::Besiroglu => "Besiroglu",
        Constants::Hoffmann => "Hoffmann",
    }
}

pub const fn instead_of(language: Language) -> &'static str {
    pick(language, "用它的算力，本该训练什么？", "What should have been trained instead of …?")
}

pub const fn own_size(language: Language) -> &'static str {
    pick(language, "你的模型的参数量", "Parameters of your model")
}

pub const fn best_params(language: Language) -> &'static str {
    pick(language, "最优：参数量", "Best: parameters")
}

pub const fn best_tokens(language: Language) -> &'static str {
    pick(language, "最优：词元数", "Best: tokens")
}

pub const fn best_per_param(language: Language) -> &'static str {
    pick(language, "最优：每参数词元", "Best: tokens per parameter")
}

pub const fn best_loss(language: Language) -> &'static str {
    pick(language, "最优：损失", "Best: loss")
}

pub const fn own_params(language: Language) -> &'static str {
    pick(language, "你的：参数量", "Yours: parameters")
}

pub const fn own_tokens(language: Language) -> &'static str {
    pick(language, "你的：词元数", "Yours: tokens")
}

pub const fn own_per_param(language: Language) -> &'static str {
    pick(language, "你的：每参数词元", "Yours: tokens per parameter")
}

pub const fn own_loss(language: Language) -> &'static str {
    pick(language, "你的：损失", "Yours: loss")
}

pub const fn frontier(language: Language) -> &'static str {
    pick(language, "谷底：各种预算下的最优模型", "Bottom of the valley: the best model for each budget")
}

pub const fn models(language: Language) -> &'static str {
    pick(
        language,
        "已发表的稠密模型：位置为公布值，损失为定律的预测",
        "Published dense models: placed by their published sizes; losses are the law’s",
    )
}

pub const fn tabulated(language: Language) -> &'static str {
    pick(
        language,
        "Hoffmann 等人另两种方法列出的最优模型",
        "Best models as tabulated by the other two approaches of Hoffmann et al.",
    )
}

pub const fn own(language: Language) -> &'static str {
    pick(language, "你的模型", "Your model")
}

/// What the line through the map is.
pub fn own_line(view: &View, language: Language) -> String {
    let flops = scientific(view.flops().0, Some(3));
    match language {
        Language::Zh => format!("{flops} FLOP 能训练的所有模型，和你选的一个"),
        Language::En => format!("All models that {flops} FLOPs can train, and the one you chose"),
    }
}

fn size(model: Allocation, language: Language) -> String {
    let params = quantity(model.params.0, Unit::Params, Some(3), language);
    let tokens = quantity(model.tokens.0, Unit::Tokens, Some(3), language);
    match language {
        Language::Zh => format!("{params}参数、{tokens}词元"),
        Language::En => format!("{params} parameters on {tokens} tokens"),
    }
}

pub fn value_text(view: &View, language: Language) -> String {
    size(view.own, language)
}

/// What the budget should have been spent on, in a sentence or two.
pub fn answer(view: &View, language: Language) -> String {
    let flops = scientific(view.flops().0, Some(3));
    let best = size(view.best, language);
    let [own_loss, best_loss] = [view.own, view.best].map(|model| significant(view.loss(model).0, Some(4)));
    let enough = quantity(100.0 * view.enough(), Unit::Percent, Some(2), language);
    let name = view.chosen().map_or(own(language), |model| &model.name);
    let is_bigger = view.own.params.0 > view.best.params.0;
    let is_outside = view.best.params.0 > view.fitted[0].1 || view.best.tokens.0 > view.fitted[1].1;
    match language {
        Language::Zh => {
            let verdict = if view.enough() > 0.99 {
                format!("{name} 几乎就在谷底。")
            } else {
                let side =
                    if is_bigger { "偏大，读得太少" } else { "偏小，读得比训练最优更多" };
                format!("{name} {side}；要得到同样的损失，本来用 {enough} 的算力就够了。")
            };
            let outside = if is_outside { "（已超出论文的实验范围，是外推。）" } else { "" };
            format!(
                "{flops} FLOP 最好用来训练 {best}，损失 {best_loss}，{name} 是 {own_loss}。{verdict}{outside}"
            )
        }
        Language::En => {
            let verdict = if view.enough() > 0.99 {
                format!("{name} lies almost at the bottom of the valley.")
            } else {
                let side = if is_bigger {
                    "is larger and has read too little"
                } else {
                    "is smaller and has read more"
                };
                format!("{name} {side}; {enough} of the compute would have been enough for the same loss.")
            };
            let outside =
                if is_outside { " (This lies beyond the paper’s runs: an extrapolation.)" } else { "" };
            format!(
                "{flops} FLOPs are best spent on {best}, for a loss of {best_loss}; {name} has {own_loss}. {verdict}{outside}"
            )
        }
    }
}

/// The chosen constants, how well they are known, and what the others say.
pub fn uncertainty(view: &View, data: &FigureData, language: Language) -> String {
    let value = |key: &str, digits| {
        data.fact(key).map_or_else(String::new, |fact| significant(fact.value, Some(digits)))
    };
    let prefix = view.constants.code();
    let is_refit = view.constants == Constants::Besiroglu;
    let constant = |name: &str, key: &str, digits| {
        let own = value(&format!("{prefix}.{key}"), digits);
        if is_refit {
            let end = |end: &str| value(&format!("{prefix}.{key}_{end}"), digits);
            format!("{name} = {own} ({}–{})", end("low"), end("high"))
        } else {
            format!("{name} = {own}")
        }
    };
    let list = [
        constant("E", "e", 4),
        constant("A", "a", 4),
        constant("B", "b", 4),
        constant("α", "alpha", 3),
        constant("β", "beta", 3),
    ];
    let other = size(view.other_best, language);
    let other_name = data.cite(view.constants.other().source());
    let (low, high) = (value("hoffmann.exponent_low", 3), value("hoffmann.exponent_high", 3));
    match language {
        Language::Zh => {
            let known = if is_refit {
                "括号内是 95% 区间，五个数的误差彼此相关。".to_owned()
            } else {
                format!(
                    "论文没有给出这些常数的误差，只说 N 随 C 增长的指数在 {low} 到 {high} 之间；重新拟合的人认为这窄得不可信。"
                )
            };
            format!(
                "L = E + A/Nᵅ + B/Dᵝ：{}。{known}换用 {other_name} 的常数，同样的算力最好训练 {other}：这就是不确定的程度。",
                list.join("，")
            )
        }
        Language::En => {
            let known = if is_refit {
                "In brackets are 95% intervals; the errors of the five are correlated.".to_owned()
            } else {
                format!(
                    "The paper gives no errors for these, only an interval of {low} to {high} for the exponent with which N grows with C; those who fitted the law again hold it far too narrow."
                )
            };
            format!(
                "L = E + A/Nᵅ + B/Dᵝ with {}. {known} By the constants of {other_name}, the same compute is best spent on {other}: that is how uncertain the answer is.",
                list.join(", ")
            )
        }
    }
}

/// The picture in a sentence or two.
pub fn description(view: &View, language: Language) -> String {
    let answer = answer(view, language);
    match language {
        Language::Zh => format!(
            "上图是参数量与词元数平面上的等损失线，一条斜线是预算能训练的所有模型；下图是沿这条斜线的损失，呈谷形。{answer}"
        ),
        Language::En => format!(
            "Above, contours of equal loss over parameters and tokens, crossed by the line of all models that the budget can train; below, the loss along that line, a valley. {answer}"
        ),
    }
}
