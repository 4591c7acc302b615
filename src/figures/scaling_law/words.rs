//! The words of the figure `scaling-law`, Chinese and English side by side.

use chapter::{Language, Unit};
use yew::prelude::*;

use super::{FlooredCurve, Input, Point, SecondLaw, Spread, View};
use crate::figure::FigureData;
use crate::locale::number::{quantity, significant};
use crate::locale::pick;

pub const fn axis(language: Language) -> &'static str {
    pick(language, "横轴", "Loss against")
}

pub const fn input(input: Input, language: Language) -> &'static str {
    match input {
        Input::Params => pick(language, "参数量 N", "Parameters N"),
        Input::Tokens => pick(language, "词元数 D", "Tokens D"),
        Input::Compute => pick(language, "计算量 C", "Compute C"),
    }
}

pub const fn input_symbol(input: Input) -> &'static str {
    match input {
        Input::Params => "N",
        Input::Tokens => "D",
        Input::Compute => "C",
    }
}

pub const fn x_title(input: Input, language: Language) -> &'static str {
    match input {
        Input::Params => pick(language, "参数量 N（不含嵌入层）", "parameters N (without embeddings)"),
        Input::Tokens => pick(language, "训练词元数 D", "training tokens D"),
        Input::Compute => pick(language, "训练计算量 C（PF-day）", "training compute C (PF-days)"),
    }
}

pub const fn y_title(language: Language) -> &'static str {
    pick(language, "损失 L（奈特/词元）", "loss L (nats per token)")
}

pub const fn loss(language: Language) -> &'static str {
    pick(language, "损失", "loss")
}

pub const fn predicted_loss(language: Language) -> &'static str {
    pick(language, "预测损失 L（奈特/词元）", "Predicted loss L, nats per token")
}

pub const fn perplexity(language: Language) -> &'static str {
    pick(language, "困惑度 eᴸ", "Perplexity eᴸ")
}

pub const fn lower_loss(input: Input, language: Language) -> &'static str {
    match input {
        Input::Params => {
            pick(language, "损失再降 10%，参数需变为", "For a 10% lower loss, parameters must be")
        }
        Input::Tokens => pick(language, "损失再降 10%，词元需变为", "For a 10% lower loss, tokens must be"),
        Input::Compute => pick(language, "损失再降 10%，算力需变为", "For a 10% lower loss, compute must be"),
    }
}

pub const fn point(language: Language) -> &'static str {
    pick(language, "曲线上的点", "Point on the curve")
}

pub const fn go_to(language: Language) -> &'static str {
    pick(language, "移到", "Go to")
}

pub const fn spread(spread: Spread, language: Language) -> &'static str {
    match spread {
        Spread::Log => pick(language, "对数", "log"),
        Spread::Linear => pick(language, "线性", "linear"),
    }
}

pub const fn x_axis(language: Language) -> &'static str {
    pick(language, "横轴刻度", "Horizontal axis")
}

pub const fn y_axis(language: Language) -> &'static str {
    pick(language, "纵轴刻度", "Vertical axis")
}

/// A symbol with its subscript, such as N_c, after a word.
fn symbol(word: &str, letter: &str, subscript: &str, unit: &str) -> Html {
    html! { <>{ word }{ " " }<i>{ letter }</i><sub>{ subscript }</sub>{ unit }</> }
}

pub fn exponent(input: Input, language: Language) -> Html {
    symbol(pick(language, "指数", "Exponent"), "α", input_symbol(input), "")
}

pub fn scale(input: Input, language: Language) -> Html {
    let unit = match input {
        Input::Params | Input::Tokens => "",
        Input::Compute => pick(language, "（PF-day）", " (PF-days)"),
    };
    symbol(pick(language, "尺度", "Scale"), input_symbol(input), "c", unit)
}

pub const fn published_constants(language: Language) -> &'static str {
    pick(language, "恢复论文中的常数", "Back to the published constants")
}

pub const fn second_law(language: Language) -> &'static str {
    pick(language, "第二条定律", "A second law")
}

pub const fn second(second: SecondLaw, language: Language) -> &'static str {
    match second {
        SecondLaw::None => pick(language, "不显示", "none"),
        SecondLaw::Hoffmann => "Hoffmann",
        SecondLaw::Besiroglu => "Besiroglu",
    }
}

pub const fn published_law(language: Language) -> &'static str {
    pick(language, "缩放定律，按论文常数", "Scaling law, published constants")
}

pub const fn bent_law(language: Language) -> &'static str {
    pick(language, "你弯折的定律", "The law as you bent it")
}

pub const fn marks(language: Language) -> &'static str {
    pick(
        language,
        "已发表的模型：横坐标为公布值，高度为定律的预测",
        "Published models: placed by their published size, at the height the law predicts",
    )
}

pub fn floor(floor: f64, language: Language) -> String {
    format!("{} {}", pick(language, "不可约损失 E =", "irreducible loss E ="), significant(floor, Some(3)))
}

pub fn extrapolated(view: &View, language: Language) -> String {
    let written = |value| quantity(value, view.input.unit(), None, language);
    let (low, high) = (written(view.fitted.0), written(view.fitted.1));
    match language {
        Language::Zh => format!("虚线是外推：论文只在 {low} 到 {high}之间做过拟合，这一点在范围之外。"),
        Language::En => {
            format!(
                "Dashed means extrapolated: the law was fitted between {low} and {high}, and this point lies outside."
            )
        }
    }
}

/// What the second law says at the reader's point, and which constants it uses and why.
pub fn second_remark(
    choice: SecondLaw,
    second: &FlooredCurve,
    point: &Point,
    input: Input,
    data: &FigureData,
    language: Language,
) -> String {
    let zh = language == Language::Zh;
    let slice = match (input, zh) {
        (Input::Params, true) => "（设数据无限）",
        (Input::Params, false) => " (data without limit)",
        (Input::Tokens, true) => "（设参数无限）",
        (Input::Tokens, false) => " (parameters without limit)",
        (Input::Compute, true) => "（参数与数据按最优比例分配）",
        (Input::Compute, false) => " (compute split optimally between the two)",
    };
    let reading = point.second.map_or_else(String::new, |(loss, factor)| {
        let loss = significant(loss.0, Some(3));
        match (factor.map(|factor| quantity(factor, Unit::Times, Some(2), language)), zh) {
            (Some(factor), true) => format!("此处损失 {loss}；再降 10% 需变为 {factor}。"),
            (Some(factor), false) => {
                format!(" gives a loss of {loss} here; 10% less takes {factor} as much. ")
            }
            (None, true) => format!("此处损失 {loss}；再降 10% 已低于下限，多大都不够。"),
            (None, false) => format!(
                " gives a loss of {loss} here; 10% less would lie below its floor, out of reach at any size. "
            ),
        }
    });
    let printed =
        |key: &str| data.fact(key).map_or_else(String::new, |fact| significant(fact.value, Some(2)));
    let why = match (choice, zh) {
        (SecondLaw::None, _) => String::new(),
        (SecondLaw::Hoffmann, true) => format!(
            "常数取论文舍入之前的值：印出的两位指数（{}、{}）已推不出论文自己的最优配比。",
            printed("hoffmann.printed_alpha"),
            printed("hoffmann.printed_beta")
        ),
        (SecondLaw::Hoffmann, false) => format!(
            "Its constants are the paper’s before rounding: the two-digit exponents in print ({} and {}) no longer give the paper’s own optimal split. ",
            printed("hoffmann.printed_alpha"),
            printed("hoffmann.printed_beta")
        ),
        (SecondLaw::Besiroglu, true) => "这是对同一批实验的重新拟合，下限更高。".to_owned(),
        (SecondLaw::Besiroglu, false) => {
            "This is a new fit to the same runs; its floor lies higher. ".to_owned()
        }
    };
    let caution = if zh {
        "两条定律用的语料和分词器不同：比较形状，不要比较高度。"
    } else {
        "The two laws were measured on different text with different tokenizers: compare their shapes, not their heights."
    };
    if zh {
        format!("{}{slice}：{reading}{why}{caution}", second.name)
    } else {
        format!("{}{slice}{reading}{why}{caution}", second.name)
    }
}

/// The picture in a sentence or two.
pub fn description(view: &View, language: Language) -> String {
    let at = quantity(view.point.input, view.input.unit(), Some(3), language);
    let loss = significant(view.point.loss.0, Some(3));
    let alpha = significant(view.law().exponent(), Some(2));
    let factor = quantity(view.point.factor, Unit::Times, Some(2), language);
    let name = input(view.input, language);
    let linear = view.linearity.0 > 0.5 || view.linearity.1 > 0.5;
    match language {
        Language::Zh => {
            let shape = if linear {
                "换成线性刻度后，曲线先陡降，再拖出很长的尾巴"
            } else {
                "双对数坐标上是一条下降的直线"
            };
            format!(
                "损失随{name}变化的曲线，指数 {alpha}，{shape}。当前点：{at}，预测损失 {loss} 奈特/词元；损失再降 10% 需要变为 {factor}。"
            )
        }
        Language::En => {
            let shape = if linear {
                "on a linear axis it falls steeply and then draws out a very long tail"
            } else {
                "a falling straight line on logarithmic axes"
            };
            format!(
                "Loss against {name} with exponent {alpha}: {shape}. The point is at {at}, with a predicted loss of {loss} nats per token; a loss 10% lower takes {factor} as much."
            )
        }
    }
}
