//! The words of the figure `training-cost`, Chinese and English side by side.

use chapter::{Language, Unit};
use yew::prelude::*;

use super::{Measure, Run, View};
use crate::figure::FigureData;
use crate::locale::number::{quantity, significant};
use crate::locale::pick;

pub const fn begin_from(language: Language) -> &'static str {
    pick(language, "从这里开始", "Begin from")
}

pub const fn show(language: Language) -> &'static str {
    pick(language, "纵轴", "Show")
}

pub const fn measure(measure: Measure, language: Language) -> &'static str {
    match measure {
        Measure::Hours => pick(language, "机时", "Hours"),
        Measure::Money => pick(language, "费用", "Money"),
        Measure::Energy => pick(language, "用电", "Energy"),
        Measure::Carbon => pick(language, "碳排放", "Carbon"),
    }
}

pub const fn measure_axis(measure: Measure, language: Language) -> &'static str {
    match measure {
        Measure::Hours => pick(language, "机时（加速器·小时）", "device-hours"),
        Measure::Money => pick(language, "费用（美元）", "cost (US dollars)"),
        Measure::Energy => pick(language, "用电（MWh）", "electricity (MWh)"),
        Measure::Carbon => pick(language, "碳排放（吨二氧化碳当量）", "carbon (tonnes of CO₂ equivalent)"),
    }
}

pub const fn flops_axis(language: Language) -> &'static str {
    pick(language, "训练计算量（次浮点运算）", "training compute (floating-point operations)")
}

pub const fn flops(language: Language) -> &'static str {
    pick(language, "计算量 C = 6ND", "Operations C = 6ND")
}

pub const fn device_hours(language: Language) -> &'static str {
    pick(language, "机时（加速器·小时）", "Device-hours")
}

pub const fn tonnes(language: Language) -> &'static str {
    pick(language, "碳排放（吨 CO₂ 当量）", "Carbon, tonnes of CO₂")
}

pub const fn origin(language: Language) -> &'static str {
    pick(language, "范围从何而来", "Where the ranges come from")
}

pub const fn days(language: Language) -> &'static str {
    pick(language, "用时", "Time")
}

pub const fn budget(language: Language) -> &'static str {
    pick(language, "训练计算量", "Training compute")
}

pub fn params(language: Language) -> Html {
    html! { { pick(language, "参数量 N", "Parameters N") } }
}

pub fn tokens(language: Language) -> Html {
    html! { { pick(language, "训练词元数 D", "Training tokens D") } }
}

pub const fn device(language: Language) -> &'static str {
    pick(language, "加速器", "Accelerator")
}

pub fn devices(language: Language) -> Html {
    html! { { pick(language, "同时使用几块", "How many at once") } }
}

pub fn utilization(language: Language) -> Html {
    html! { { pick(language, "算力利用率（MFU）", "Utilization (MFU)") } }
}

pub fn price(language: Language) -> Html {
    html! { { pick(language, "租价（美元/块·小时）", "Rent, US dollars per device-hour") } }
}

pub fn intensity(language: Language) -> Html {
    html! { { pick(language, "电网碳强度（克/千瓦时）", "Carbon intensity, g/kWh") } }
}

pub const fn grid(language: Language) -> &'static str {
    pick(language, "换一个电网", "Take the grid of")
}

pub const fn value(language: Language) -> &'static str {
    pick(language, "估计值", "Estimate")
}

pub const fn range(language: Language) -> &'static str {
    pick(language, "范围", "Range")
}

pub const fn lowest(language: Language) -> &'static str {
    pick(language, "最低", "Lowest")
}

pub const fn highest(language: Language) -> &'static str {
    pick(language, "最高", "Highest")
}

pub const fn estimate(language: Language) -> &'static str {
    pick(
        language,
        "按你的设定估算，色带为可能的范围",
        "Estimate from your settings, with the range left open",
    )
}

pub const fn runs(language: Language) -> &'static str {
    pick(language, "各家公布或他人估计的训练", "Training runs as reported or estimated")
}

pub const fn this_page(language: Language) -> &'static str {
    pick(language, "本页至今的训练", "this page so far")
}

/// What is published of the run at the reader's point, and how much of it the range holds; nothing if there is none.
pub fn comparison(view: &View, data: &FigureData, language: Language) -> Option<String> {
    let reported: Vec<&Run> = view.reported().collect();
    let (low, high) = view.range();
    let held = reported.iter().filter(|run| (low..=high).contains(&run.value)).count();
    let listed: Vec<String> = reported
        .iter()
        .map(|run| {
            let value = quantity(run.value, view.measure.unit(), Some(3), language);
            match language {
                Language::Zh => format!("{value}（{}）", data.cite(&run.source)),
                Language::En => format!("{value} ({})", data.cite(&run.source)),
            }
        })
        .collect();
    let name = &reported.first()?.name;
    let count = reported.len();
    Some(match (language, held == count) {
        (Language::Zh, true) => format!("已发表的 {name}：{}，都在上面的范围之内。", listed.join("、")),
        (Language::Zh, false) => {
            format!("已发表的 {name}：{}，{count} 个中有 {held} 个在上面的范围之内。", listed.join("、"))
        }
        (Language::En, true) => {
            format!("Published for {name}: {}; all within the range above.", listed.join(", "))
        }
        (Language::En, false) => {
            format!("Published for {name}: {}; {held} of {count} within the range above.", listed.join(", "))
        }
    })
}

/// Where the ranges come from.
pub fn ranges(view: &View, data: &FigureData, device: &str, language: Language) -> String {
    let percent = |value: f64| quantity(value, Unit::Percent, Some(3), language);
    let (low, high) = view.utilization.range;
    let (low, high) = (percent(low), percent(high));
    let [exact_low, exact_high] = ["cost.exact_low", "cost.exact_high"]
        .map(|key| data.value(key).map_or_else(|_| String::new(), |value| significant(value, Some(2))));
    let (cheap, dear) = view.price.range;
    let dollars = |value| significant(value, Some(3));
    let overhead = view.overhead;
    let [plain, least, most] =
        [overhead.value, overhead.range.0, overhead.range.1].map(|value| significant(value, Some(3)));
    let rentals = data.table("rentals").map(|table| table.rows.as_slice()).unwrap_or_default();
    let rents: Vec<String> = rentals
        .iter()
        .filter(|row| row.is(device))
        .map(|row| {
            format!(
                "{} ({})",
                row.label,
                row.source.as_deref().map_or_else(String::new, |key| data.cite(key))
            )
        })
        .collect();
    let rents = rents.join(pick(language, "、", ", "));
    let [utilization_low, utilization_high, exact, overhead_low, overhead_mid, overhead_high, peak] = [
        "patterson2021",
        "yin2025",
        "hoffmann2022",
        "luccioni2022",
        "touvron2023a",
        "patterson2021",
        "epochhw2026",
    ]
    .map(|key| data.cite(key));
    let rent = match (language, cheap < dear) {
        (Language::Zh, true) => format!("租价 {} 至 {} 美元，依据 {rents}", dollars(cheap), dollars(dear)),
        (Language::Zh, false) => format!("租价 {} 美元，依据 {rents}", dollars(cheap)),
        (Language::En, true) => format!("rent from ${} to ${}: {rents}", dollars(cheap), dollars(dear)),
        (Language::En, false) => format!("rent of ${}: {rents}", dollars(cheap)),
    };
    match language {
        Language::Zh => format!(
            "大规模训练公布的利用率从 {low}（GPT-3，{utilization_low}）到 {high}（盘古 Ultra，{utilization_high}）；{rent}；逐项计算的运算量是 6ND 的 {exact_low} 至 {exact_high} 倍（{exact}）；实际用电是铭牌功率的 {least}（{overhead_low}）至 {most} 倍（由 {overhead_high} 推得），取 {plain}（{overhead_mid}）。加速器的峰值和功率见 {peak}。只算最后一次正式训练，不含研究、试验、人员和硬件制造。"
        ),
        Language::En => format!(
            "Large runs report utilizations from {low} (GPT-3, {utilization_low}) to {high} (Pangu Ultra, {utilization_high}); {rent}; exact counts of operations are {exact_low} to {exact_high} times 6ND ({exact}); electricity drawn is {least} ({overhead_low}) to {most} times the data-sheet power (from {overhead_high}), {plain} being taken ({overhead_mid}). Peak and power of the accelerators: {peak}. Only the final run counts: no research, trials, staff or making of hardware."
        ),
    }
}

/// The picture in a sentence or two.
pub fn description(view: &View, language: Language) -> String {
    let written = |value: f64| quantity(value, view.measure.unit(), Some(3), language);
    let ((low, high), value) = (view.range(), written(view.value()));
    let (low, high) = (written(low), written(high));
    let flops = quantity(view.flops.value, Unit::Flop, Some(3), language);
    let name = measure_axis(view.measure, language);
    let count = view.runs.len();
    match language {
        Language::Zh => format!(
            "{name}随训练计算量变化，双对数坐标上是一条斜率为一的直线，周围是可能的范围，另有 {count} 个已发表的数据点。当前：{flops} 次浮点运算，约 {value}，范围 {low} 至 {high}。"
        ),
        Language::En => format!(
            "Training compute against {name}: a straight line of slope one on logarithmic axes with a band around it, and {count} published values. The point is at {flops} operations and {value}, between {low} and {high}."
        ),
    }
}
