//! The words of the figure `ladder`, Chinese and English side by side.

use chapter::{Language, Unit};
use scaling::fit::Estimate;

use super::{Against, FitTo, Here, Measure, View};
use crate::components::Stage;
use crate::locale::number::{quantity, significant};
use crate::locale::pick;

pub const fn axis(language: Language) -> &'static str {
    pick(language, "横轴", "Loss against")
}

pub const fn against(against: Against, language: Language) -> &'static str {
    match against {
        Against::Params => pick(language, "参数量 N", "Parameters N"),
        Against::Tokens => pick(language, "训练词元数 D", "Training tokens D"),
    }
}

pub const fn x_title(against: Against, language: Language) -> &'static str {
    match against {
        Against::Params => pick(language, "参数量 N（不含嵌入层）", "parameters N (without embeddings)"),
        Against::Tokens => pick(language, "训练词元数 D", "training tokens D"),
    }
}

pub const fn y_axis(language: Language) -> &'static str {
    pick(language, "纵轴", "Plot")
}

pub const fn measure(measure: Measure, language: Language) -> &'static str {
    match measure {
        Measure::Loss => pick(language, "损失", "loss"),
        Measure::Reducible => pick(language, "损失高出下限的部分", "loss above the floor"),
    }
}

pub const fn y_title(measure: Measure, language: Language) -> &'static str {
    match measure {
        Measure::Loss => pick(language, "损失 L（奈特/词元）", "loss L (nats per token)"),
        Measure::Reducible => {
            pick(language, "损失减下限（奈特/词元）", "loss above the floor (nats per token)")
        }
    }
}

pub fn entropy(entropy: f64, language: Language) -> String {
    format!(
        "{} {}",
        pick(language, "下限：语言的熵", "floor: the language’s entropy"),
        significant(entropy, Some(3))
    )
}

pub const fn task(against: Against, language: Language) -> &'static str {
    match against {
        Against::Params => pick(
            language,
            "最大的两种规模先遮住了。拖动红线的两端，让它穿过看得见的点，再伸到你认为那两个点会落下的地方，然后揭晓。",
            "The two largest sizes are hidden. Drag the ends of the red line until it runs through the dots you can see and on to where you expect the hidden ones; then reveal them.",
        ),
        Against::Tokens => pick(
            language,
            "训练最后的两个点先遮住了。拖动红线的两端，画出你预计的走势，然后揭晓。",
            "The last two points of the training are hidden. Drag the ends of the red line to where you expect it to go; then reveal them.",
        ),
    }
}

pub fn outcome(miss: &str, fit: Option<String>, language: Language) -> String {
    let fit = fit.map_or_else(String::new, |fit| match language {
        Language::Zh => format!("只用较小规模做的最小二乘拟合偏离 {fit}。"),
        Language::En => format!(" Least squares on the smaller ones is off by {fit}."),
    });
    match language {
        Language::Zh => format!("在先前遮住的点上，你的线平均偏离 {miss}。{fit}"),
        Language::En => {
            format!("At the points that were hidden, your line is off by {miss} on average.{fit}")
        }
    }
}

pub const fn handle(language: Language) -> &'static str {
    pick(language, "你的线的高度", "Height of your line")
}

pub fn line_text(height: f64, exponent: f64, language: Language) -> String {
    let height = significant(height, Some(3));
    match language {
        Language::Zh => format!("高度 {height} 奈特，斜率 −{exponent:.2}"),
        Language::En => format!("height {height} nats, slope −{exponent:.2}"),
    }
}

pub const fn exponent(language: Language) -> &'static str {
    pick(language, "你的线：指数 α（斜率 −α）", "Your line: exponent α (slope −α)")
}

pub const fn height(against: Against, language: Language) -> &'static str {
    match against {
        Against::Params => {
            pick(language, "高度：N = 10⁴ 处（奈特，自下限算起）", "Height at N = 10⁴, nats above its floor")
        }
        Against::Tokens => {
            pick(language, "高度：D = 10⁶ 处（奈特，自下限算起）", "Height at D = 10⁶, nats above its floor")
        }
    }
}

pub const fn floor(language: Language) -> &'static str {
    pick(language, "这条线的下限 E（奈特）", "Floor E of your line, nats")
}

pub const fn typical_miss(language: Language) -> &'static str {
    pick(language, "与可见各点的平均偏差", "Typical miss of the visible dots")
}

pub const fn fit(language: Language) -> &'static str {
    pick(language, "最小二乘拟合", "Least-squares fit")
}

pub const fn fit_to(fit: FitTo, language: Language) -> &'static str {
    match fit {
        FitTo::None => pick(language, "不显示", "none"),
        FitTo::Smaller => pick(language, "不含最大两种", "without the last two"),
        FitTo::All => pick(language, "全部可见点", "all visible dots"),
    }
}

pub const fn fit_line(language: Language) -> &'static str {
    pick(language, "最小二乘拟合，细线为 95% 区间", "Least-squares fit; thin lines: 95% interval")
}

pub const fn interval_ends(language: Language) -> [&'static str; 2] {
    match language {
        Language::Zh => ["区间下端", "区间上端"],
        Language::En => ["interval, low", "interval, high"],
    }
}

pub const fn fitted_exponent(language: Language) -> &'static str {
    pick(language, "拟合指数 α，95% 区间", "Fitted exponent α, 95% interval")
}

pub fn estimate(estimate: Estimate) -> String {
    let [value, low, high] =
        [estimate.value, estimate.interval.low, estimate.interval.high].map(|value| format!("{value:.3}"));
    format!("{value} ({low}…{high})")
}

pub const fn r_squared(language: Language) -> &'static str {
    pick(language, "拟合优度 R²", "R² of the fit")
}

pub const fn worst(language: Language) -> &'static str {
    pick(language, "拟合的最大偏差", "Largest deviation from it")
}

pub const fn no_fit(language: Language) -> &'static str {
    pick(
        language,
        "可见的点太少，或者不随规模下降，拟合不出幂律。",
        "There are too few visible dots for a power law, or they do not fall.",
    )
}

pub const fn cards(language: Language) -> &'static str {
    pick(language, "打开模型卡片", "Open a model’s card")
}

pub const fn size(language: Language) -> &'static str {
    pick(language, "层数 × 宽度", "Layers × width")
}

pub const fn params(language: Language) -> &'static str {
    pick(language, "参数量 N，不含嵌入层", "Parameters N, without embeddings")
}

pub const fn all_params(language: Language) -> &'static str {
    pick(language, "全部参数", "All parameters")
}

pub const fn tokens(language: Language) -> &'static str {
    pick(language, "训练词元数", "Training tokens")
}

pub const fn flops(language: Language) -> &'static str {
    pick(language, "训练运算量（FLOP）", "Training compute, FLOP")
}

pub const fn seeds(language: Language) -> &'static str {
    pick(language, "随机种子数", "Seeds")
}

pub const fn loss(language: Language) -> &'static str {
    pick(language, "损失（奈特/词元）", "Loss, nats per token")
}

pub const fn held_card(language: Language) -> &'static str {
    pick(
        language,
        "损失与得分先遮住，等你画出预测。",
        "Loss and scores are hidden until you have drawn your prediction.",
    )
}

pub const fn dots(against: Against, language: Language) -> &'static str {
    match against {
        Against::Params => pick(
            language,
            "本项目训练的模型，每个种子一个点",
            "Models trained by this project, a dot for each seed",
        ),
        Against::Tokens => pick(
            language,
            "同一次训练途中的损失，学习率到最后才降下来",
            "Losses on the way of one run; its learning rate falls only at the end",
        ),
    }
}

pub const fn line(language: Language) -> &'static str {
    pick(language, "你的线", "Your line")
}

pub const fn here(language: Language) -> &'static str {
    pick(language, "刚才在这台设备上测出的", "Measured just now on this device")
}

pub const fn here_columns(language: Language) -> [&'static str; 2] {
    match language {
        Language::Zh => ["标准误", "新生成的文本行数"],
        Language::En => ["standard error", "fresh rows"],
    }
}

pub fn measure_again(name: &str, language: Language) -> String {
    match language {
        Language::Zh => format!("在这台设备上重测 {name} 的损失"),
        Language::En => format!("Measure the loss of {name} again, on this device"),
    }
}

pub fn measured_here(here: &Here, measured: Measure, language: Language) -> String {
    let Here { dot, standard_error, rows } = here;
    let (name, loss) = (&dot.name, significant(dot.loss, Some(4)));
    let (what, error) = (measure(measured, language), significant(*standard_error, Some(1)));
    match language {
        Language::Zh => format!(
            "在新生成的 {rows} 行文本上，这台设备测得 {name} 的{what}为 {loss} ± {error} 奈特/词元（± 后为标准误）。它运行的正是随页面发布的权重；圆圈是我们用同一份权重在另一批文本上测的。"
        ),
        Language::En => format!(
            "On {rows} freshly made rows of text, this device finds a {what} of {loss} ± {error} nats per token for {name} (± one standard error). It runs the very weights that are published; the ring is our own measurement of them on other rows."
        ),
    }
}

/// The picture in a sentence or two.
pub fn description(view: &View, language: Language) -> String {
    let written = |dot: &super::Dot| {
        let input = quantity(dot.input, view.against.unit(), Some(3), language);
        (input, significant(dot.loss, Some(3)))
    };
    let (first, last) = (view.shown().next().map(written), view.shown().last().map(written));
    let (Some((from, high)), Some((to, low))) = (first, last) else { return String::new() };
    let held = match (view.stage == Stage::Draw && view.held_from.is_finite(), language) {
        (false, _) => "",
        (true, Language::Zh) => "其余的点先遮住，等读者画出预测。",
        (true, Language::En) => " The rest is hidden until the reader has drawn a prediction.",
    };
    let fit = view.fit.as_ref().map_or_else(String::new, |(fit, _)| {
        let alpha = estimate(fit.exponent);
        match language {
            Language::Zh => format!("最小二乘拟合的指数为 {alpha}。"),
            Language::En => format!(" The least-squares line has the exponent {alpha}."),
        }
    });
    let (measure, unit) = (measure(view.measure, language), Unit::Count);
    let n = quantity(view.shown().count() as f64, unit, None, language);
    match language {
        Language::Zh => format!(
            "双对数坐标上的 {n} 个点：从 {from} 到 {to}，{measure}由 {high} 变为 {low} 奈特/词元。{fit}{held}"
        ),
        Language::En => format!(
            "{n} dots on logarithmic axes: from {from} to {to}, the {measure} goes from {high} to {low} nats per token.{fit}{held}"
        ),
    }
}
