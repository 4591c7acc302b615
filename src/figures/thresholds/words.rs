//! The words of the figure `thresholds`, Chinese and English side by side.

use chapter::{Language, Unit};

use super::{Ability, Family, View};
use crate::locale::number::quantity;
use crate::locale::pick;

pub const fn ability_label(language: Language) -> &'static str {
    pick(language, "能力", "Ability")
}

pub const fn ability(ability: Ability, language: Language) -> &'static str {
    match ability {
        Ability::Examples => pick(language, "上下文学习", "In-context learning"),
        Ability::Code => pick(language, "写代码", "Code"),
        Ability::Reasoning => pick(language, "数学推理", "Reasoning"),
    }
}

/// The text's threshold as it stands in the plot.
pub const fn threshold(ability: Ability, language: Language) -> &'static str {
    match ability {
        Ability::Examples => pick(language, "上下文学习：10 亿", "in-context learning: 1 billion"),
        Ability::Code => pick(language, "代码：300–500 亿", "code: 30–50 billion"),
        Ability::Reasoning => {
            pick(language, "复杂推理：1000 亿以上", "complex reasoning: 100 billion and up")
        }
    }
}

pub const fn params(language: Language) -> &'static str {
    pick(language, "参数量", "parameters")
}

pub const fn up_to(language: Language) -> &'static str {
    pick(language, "至", "up to")
}

pub const fn score(ability: Ability, language: Language) -> &'static str {
    match ability {
        Ability::Examples => {
            pick(language, "看过示例后多答对（百分点）", "gain from examples (percentage points)")
        }
        Ability::Code => pick(language, "HumanEval 一次做对（%）", "HumanEval, first attempt (%)"),
        Ability::Reasoning => pick(language, "GSM8K 应用题，带步骤（%）", "GSM8K, with worked steps (%)"),
    }
}

pub const fn evidence(ability: Ability, language: Language) -> &'static str {
    match ability {
        Ability::Examples => pick(
            language,
            "GPT-3 八种规模，三种问答；大点是过线的最小模型",
            "GPT-3 in eight sizes on three sets of questions; large: the smallest above the bar",
        ),
        Ability::Code | Ability::Reasoning => pick(
            language,
            "2021、2022 年的模型；大点是过线的最小模型",
            "Models of 2021 and 2022; large: the smallest above the bar",
        ),
    }
}

pub const fn later(language: Language) -> &'static str {
    pick(language, "后来的小模型（2024 年）", "A later small model (2024)")
}

pub const fn thresholds(language: Language) -> &'static str {
    pick(language, "本节所说的三个门槛", "The three thresholds of the text")
}

pub const fn bar(language: Language) -> &'static str {
    pick(language, "多少算“会了”", "The bar for “able”")
}

pub const fn family(ability: Ability, language: Language) -> &'static str {
    match ability {
        Ability::Examples => pick(language, "题目", "Questions"),
        Ability::Code | Ability::Reasoning => pick(language, "模型系列", "Family"),
    }
}

pub const fn smallest(language: Language) -> &'static str {
    pick(language, "过线的最小模型", "Smallest above the bar")
}

pub const fn compared(language: Language) -> &'static str {
    pick(language, "与本节的门槛相比", "Against the text’s threshold")
}

/// How the smallest model of a family above the bar stands to the text's threshold.
pub fn verdict(family: &Family, first: Option<f64>, (low, high): (f64, f64), language: Language) -> String {
    let times = |factor: f64| quantity(factor, Unit::Times, Some(2), language);
    let Some(params) = first else {
        let largest = family.scores.last().map_or(0.0, |&(params, _)| params);
        let largest = quantity(largest, Unit::Params, Some(2), language);
        return match language {
            Language::Zh => format!("测到 {largest} 为止都没有过线"),
            Language::En => format!("none up to {largest}"),
        };
    };
    // Sizes are few: one within a tenth of the threshold is at it.
    if params < low / 1.1 {
        match language {
            Language::Zh => format!("门槛是它的 {}", times(low / params)),
            Language::En => format!("the threshold is {} as large", times(low / params)),
        }
    } else if params > high * 1.1 {
        match language {
            Language::Zh => format!("是门槛的 {}", times(params / high)),
            Language::En => format!("{} the threshold", times(params / high)),
        }
    } else {
        pick(language, "相符", "agrees").to_owned()
    }
}

/// The picture in a sentence or two.
pub fn description(view: &View, language: Language) -> String {
    let found: Vec<String> = view
        .families
        .iter()
        .map(|family| {
            let first = family.first_above(view.bar);
            let size = first.map_or_else(
                || pick(language, "没有", "none").to_owned(),
                |(params, _)| quantity(params, Unit::Params, Some(2), language),
            );
            format!("{} {size}", family.name(language))
        })
        .collect();
    let found = found.join(pick(language, "、", ", "));
    let (name, bar) = (score(view.ability, language), quantity(view.bar, Unit::Percent, None, language));
    let threshold = threshold(view.ability, language);
    match language {
        Language::Zh => format!(
            "{name}随参数量的变化，并标出本节的三个门槛（{threshold}）。以 {bar} 为线，各系列过线的最小模型：{found}。"
        ),
        Language::En => format!(
            "Published scores, {name}, by parameters, with the three thresholds of the text ({threshold}). With the bar at {bar}, the smallest model above it: {found}."
        ),
    }
}
