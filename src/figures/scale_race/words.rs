//! The words of the figure `scale-race`, Chinese and English side by side.

use chapter::{Language, Unit};
use yew::prelude::*;

use super::{Counted, Country, Kind, Measure, View, date as date_of};
use crate::figure::FigureData;
use crate::locale::number::{month, quantity, significant};
use crate::locale::pick;

pub const fn show(language: Language) -> &'static str {
    pick(language, "纵轴", "Show")
}

pub const fn measure(measure: Measure, language: Language) -> &'static str {
    match measure {
        Measure::Params => pick(language, "参数量", "Parameters"),
        Measure::Tokens => pick(language, "训练词元", "Tokens"),
        Measure::Flops => pick(language, "计算量", "Compute"),
    }
}

pub const fn axis(measure: Measure, language: Language) -> &'static str {
    match measure {
        Measure::Params => pick(language, "参数量", "parameters"),
        Measure::Tokens => pick(language, "训练词元数", "training tokens"),
        Measure::Flops => {
            pick(language, "训练计算量（次浮点运算）", "training compute (floating-point operations)")
        }
    }
}

pub const fn date(language: Language) -> &'static str {
    pick(language, "发布时间", "release")
}

pub const fn active(language: Language) -> &'static str {
    pick(language, "激活参数", "active parameters")
}

pub const fn range(language: Language) -> &'static str {
    pick(language, "拟合的时间段", "Range of the fit")
}

pub fn from(language: Language) -> Html {
    html! { { pick(language, "从", "Fit from") } }
}

pub fn to(language: Language) -> Html {
    html! { { pick(language, "到", "to") } }
}

pub const fn country_label(language: Language) -> &'static str {
    pick(language, "国家", "Country")
}

pub const fn country(country: Country, language: Language) -> &'static str {
    match country {
        Country::All => pick(language, "全部", "all"),
        Country::Us => pick(language, "美国", "US"),
        Country::Cn => pick(language, "中国", "China"),
        Country::Other => pick(language, "其他", "others"),
    }
}

pub const fn kind_label(language: Language) -> &'static str {
    pick(language, "结构", "Architecture")
}

pub const fn kind(kind: Kind, language: Language) -> &'static str {
    match kind {
        Kind::All => pick(language, "全部", "all"),
        Kind::Dense => pick(language, "稠密", "dense"),
        Kind::Sparse => pick(language, "稀疏", "sparse"),
    }
}

pub const fn counted_label(language: Language) -> &'static str {
    pick(language, "稀疏模型拟合时计", "Of sparse models, fit")
}

pub const fn counted(counted: Counted, language: Language) -> &'static str {
    match counted {
        Counted::Total => pick(language, "总参数", "all parameters"),
        Counted::Active => pick(language, "激活参数", "active ones"),
    }
}

pub const fn models(language: Language) -> &'static str {
    pick(language, "有代表性的语言模型", "Landmark language models")
}

pub const fn dense(language: Language) -> &'static str {
    pick(language, "稠密模型（大点：本节提到的）", "Dense models (large: named in the text)")
}

pub const fn sparse(measure: Measure, language: Language) -> &'static str {
    match measure {
        Measure::Params => pick(
            language,
            "稀疏模型：实点为总参数，圆环为激活参数",
            "Sparse models: the dot is all parameters, the ring the active ones",
        ),
        Measure::Tokens | Measure::Flops => pick(language, "稀疏模型", "Sparse models"),
    }
}

pub const fn trend(language: Language) -> &'static str {
    pick(
        language,
        "所选时间段内的指数拟合，色带为 95% 区间",
        "Exponential fitted within the range, with its 95% band",
    )
}

pub const fn doubling_time(language: Language) -> &'static str {
    pick(language, "翻一番要", "Doubles in")
}

pub const fn interval(language: Language) -> &'static str {
    pick(language, "95% 区间", "95% interval")
}

pub const fn factor(language: Language) -> &'static str {
    pick(language, "每年变为", "Per year")
}

pub const fn fitted(language: Language) -> &'static str {
    pick(language, "拟合的模型数", "Models in the fit")
}

/// What a readout says when there is nothing to read.
const NOTHING: &str = "–";

fn in_months(years: f64) -> String {
    significant(12.0 * years, Some(2))
}

/// The doubling time.
pub fn months(view: &View, language: Language) -> String {
    match view.trend.map(|trend| trend.doubling_time()) {
        Some(years) if years > 0.0 && years < 100.0 => {
            format!("{} {}", in_months(years), pick(language, "个月", "months"))
        }
        Some(_) => pick(language, "不增长", "not growing").to_owned(),
        None => NOTHING.to_owned(),
    }
}

/// Its interval.
pub fn months_interval(view: &View, language: Language) -> String {
    let Some(trend) = &view.trend else { return NOTHING.to_owned() };
    match trend.doubling_time_interval() {
        Some(interval) if interval.low > 0.0 => {
            format!(
                "{}–{} {}",
                in_months(interval.low),
                in_months(interval.high),
                pick(language, "个月", "months")
            )
        }
        Some(_) => pick(language, "在缩小", "shrinking").to_owned(),
        None => pick(language, "看不出趋势", "no clear trend").to_owned(),
    }
}

/// The growth in a year.
pub fn factor_value(view: &View, language: Language) -> String {
    view.trend.map_or_else(
        || NOTHING.to_owned(),
        |trend| quantity(trend.factor().0, Unit::Times, Some(2), language),
    )
}

/// What is not in the plot because it is not published.
pub fn undisclosed(view: &View, data: &FigureData, language: Language) -> String {
    let index = usize::from(language == Language::En);
    let separator = pick(language, "、", ", ");
    let hidden: Vec<String> = data
        .table("undisclosed-models")
        .map(|table| table.rows.as_slice())
        .unwrap_or_default()
        .iter()
        .filter_map(|row| match row.values.as_slice() {
            &[year, of_year] => Some(format!("{} ({})", row.name(language), month(date_of(year, of_year)))),
            _ => None,
        })
        .collect();
    let hidden = hidden.join(separator);
    let without: Vec<&str> = view.without_value.iter().map(|names| names[index].as_str()).collect();
    let without = without.join(separator);
    let name = measure(view.measure, language);
    match (language, without.is_empty()) {
        (Language::Zh, true) => format!("厂商没有公布规模，因而不画：{hidden}。"),
        (Language::Zh, false) => format!("厂商没有公布规模，因而不画：{hidden}。没有公布{name}：{without}。"),
        (Language::En, true) => format!("Not drawn, because their makers publish no size: {hidden}."),
        (Language::En, false) => format!(
            "Not drawn, because their makers publish no size: {hidden}. No published {}: {without}.",
            axis(view.measure, language)
        ),
    }
}

/// The picture in a sentence or two.
pub fn description(view: &View, language: Language) -> String {
    let (from, to) = (month(view.range.0), month(view.range.1));
    let (count, fitted) = (view.models.len(), view.fitted);
    let name = axis(view.measure, language);
    let (doubling, interval) = (months(view, language), months_interval(view, language));
    match language {
        Language::Zh => format!(
            "{count} 个语言模型的{name}与发布时间，2017 至 2025 年，纵轴取对数。{from} 到 {to} 的 {fitted} 个模型上，翻一番的时间：{doubling}（95% 区间：{interval}）。"
        ),
        Language::En => format!(
            "The {name} of {count} language models by date of release, 2017 to 2025, on a logarithmic axis. Over the {fitted} models from {from} to {to}, doubling takes: {doubling} (95% interval: {interval})."
        ),
    }
}
