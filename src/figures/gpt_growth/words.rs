//! The words of the figure `gpt-growth`, Chinese and English side by side.

use chapter::{Language, Unit};

use super::{Account, Given, Model, NAMES, Scene, View};
use crate::locale::number::{named, quantity};
use crate::locale::pick;

pub const fn scene_label(language: Language) -> &'static str {
    pick(language, "看法", "View")
}

pub const fn scene(scene: Scene, language: Language) -> &'static str {
    match scene {
        Scene::Plane => pick(language, "参数与数据", "Parameters and data"),
        Scene::Dots => pick(language, "一点一个 GPT-1", "A dot per GPT-1"),
    }
}

pub const fn account_label(language: Language) -> &'static str {
    pick(language, "数字取自", "Numbers")
}

pub const fn account(account: Account, language: Language) -> &'static str {
    match account {
        Account::Table => pick(language, "表 5-1", "Table 5-1"),
        Account::Corrected => pick(language, "订正后", "Corrected"),
        Account::Unfiltered => pick(language, "用 45TB 算", "With 45 TB"),
    }
}

pub const fn go_to(scene: Scene, language: Language) -> &'static str {
    match scene {
        Scene::Plane => pick(language, "选中", "Select"),
        Scene::Dots => pick(language, "镜头拉到", "Step back to"),
    }
}

pub const fn model(language: Language) -> &'static str {
    pick(language, "选中的模型", "Selected model")
}

pub const fn room(language: Language) -> &'static str {
    pick(language, "镜头远近", "How far back you stand")
}

pub fn in_view(room: f64, language: Language) -> String {
    let room = named(room, Some(2), language);
    match language {
        Language::Zh => format!("画面容得下 {room} 个点"),
        Language::En => format!("room for {room} dots"),
    }
}

pub fn dots(dots: usize, language: Language) -> String {
    let number = named(dots as f64, None, language);
    match language {
        Language::Zh => format!("{number} 个点"),
        Language::En if dots == 1 => "1 dot".to_owned(),
        Language::En => format!("{number} dots"),
    }
}

pub fn one_dot(view: &View, language: Language) -> String {
    let params = quantity(view.models[0].params.value, Unit::Params, Some(3), language);
    match language {
        Language::Zh => format!("一个点 = {params}参数 = 一个 GPT-1"),
        Language::En => format!("one dot = {params} parameters = one GPT-1"),
    }
}

pub const fn params(language: Language) -> &'static str {
    pick(language, "参数量", "parameters")
}

pub const fn bytes(language: Language) -> &'static str {
    pick(language, "训练数据", "training data")
}

pub const fn x_title(language: Language) -> &'static str {
    pick(language, "参数量（圆的面积与它成正比）", "parameters (areas are to scale)")
}

pub const fn y_title(language: Language) -> &'static str {
    pick(language, "训练数据（字节）", "training data (bytes)")
}

pub const fn params_of(model: usize, language: Language) -> &'static str {
    match model {
        0 => pick(language, "GPT-1 的参数量", "Parameters of GPT-1"),
        1 => pick(language, "GPT-2 的参数量", "Parameters of GPT-2"),
        _ => pick(language, "GPT-3 的参数量", "Parameters of GPT-3"),
    }
}

pub const fn bytes_of(model: usize, language: Language) -> &'static str {
    match model {
        0 => pick(language, "GPT-1 的训练数据", "Training data of GPT-1"),
        1 => pick(language, "GPT-2 的训练数据", "Training data of GPT-2"),
        _ => pick(language, "GPT-3 的训练数据", "Training data of GPT-3"),
    }
}

pub const fn against_first(language: Language) -> &'static str {
    pick(language, "是 GPT-1 的", "Against GPT-1")
}

/// A size with the digits that its source gives.
pub fn written(given: &Given, unit: Unit, language: Language) -> String {
    quantity(given.value, unit, given.digits, language)
}

/// A factor, to the whole number where it is of two digits or more.
pub fn times(factor: f64, language: Language) -> String {
    quantity(
        factor,
        Unit::Times,
        Some(if factor >= 1000.0 {
            4
        } else if factor >= 100.0 {
            3
        } else {
            2
        }),
        language,
    )
}

/// The two factors as the chapter states them and as these numbers give them.
pub fn growth(view: &View, language: Language) -> String {
    let (params, bytes) = view.growth();
    let [params, bytes] = [params, bytes].map(|factor| times(factor, language));
    let stated_params = quantity(view.stated.0, Unit::Times, Some(2), language);
    let stated_bytes = quantity(view.stated.1, Unit::Times, Some(2), language);
    let of = |given: fn(&Model) -> &Given, unit| {
        let [first, _, last] = &view.models;
        format!("{} ÷ {}", written(given(last), unit, language), written(given(first), unit, language))
    };
    let params_of = of(|model| &model.params, Unit::Params);
    let bytes_of = of(|model| &model.bytes, Unit::Bytes);
    let why = match view.account {
        Account::Table => pick(
            language,
            "数据的倍数与表中的数字对不上。",
            "The factor for data does not follow from the table’s own numbers.",
        ),
        Account::Corrected => pick(
            language,
            "GPT-1 的语料是 BooksCorpus，不是 40GB；570GB 只是 GPT-3 语料中的 Common Crawl 部分。",
            "GPT-1 read BooksCorpus, not 40 GB; the 570 GB are only the Common Crawl part of what GPT-3 read.",
        ),
        Account::Unfiltered => pick(
            language,
            "只有拿 GPT-3 过滤之前的原始文本去比表中的 40GB，才得出一千倍上下，而模型并没有读过那么多。",
            "A factor near a thousand appears only if GPT-3’s raw text, before filtering, is set against the 40 GB of the table; the model never read that much.",
        ),
    };
    match language {
        Language::Zh => format!(
            "从 GPT-1 到 GPT-3，参数：{params_of} = {params}（教材：约 {stated_params}）；数据：{bytes_of} = {bytes}（教材：约 {stated_bytes}）。{why}"
        ),
        Language::En => format!(
            "From GPT-1 to GPT-3, parameters: {params_of} = {params} (the textbook: about {stated_params}); data: {bytes_of} = {bytes} (the textbook: about {stated_bytes}). {why}"
        ),
    }
}

pub const fn by_table(language: Language) -> &'static str {
    pick(language, "表 5-1 的数字", "As Table 5-1 has it")
}

pub const fn by_source(language: Language) -> &'static str {
    pick(language, "出自原论文和数据集的数字", "As the papers and the data sets have it")
}

/// The picture in a sentence or two.
pub fn description(view: &View, language: Language) -> String {
    let growth = growth(view, language);
    if view.scene == Scene::Dots {
        let [one, two, three] = view.dots().map(|count| dots(count, language));
        return match language {
            Language::Zh => {
                format!("每个点代表一个 GPT-1：GPT-1 是 {one}，GPT-2 是 {two}，GPT-3 是 {three}。")
            }
            Language::En => {
                format!("Each dot stands for one GPT-1: GPT-1 is {one}, GPT-2 {two}, GPT-3 {three}.")
            }
        };
    }
    let models: Vec<String> = (0..3)
        .map(|index| {
            let model = &view.models[index];
            let params = written(&model.params, Unit::Params, language);
            let bytes = written(&model.bytes, Unit::Bytes, language);
            match language {
                Language::Zh => format!("{} 有 {params}参数、{bytes} 数据", NAMES[index]),
                Language::En => format!("{} with {params} parameters and {bytes}", NAMES[index]),
            }
        })
        .collect();
    match language {
        Language::Zh => format!("三个模型的参数量与训练数据，双对数坐标：{}。{growth}", models.join("；")),
        Language::En => {
            format!("Parameters against training data on logarithmic axes: {}. {growth}", models.join("; "))
        }
    }
}
