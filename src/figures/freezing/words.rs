//! The words of the figure `freezing`, Chinese and English side by side.

use chapter::{Language, Provenance};

use super::{Quantity, Speed, View, fixed};
use crate::locale::pick;
use crate::stage::Show;

pub const fn temperature(language: Language) -> &'static str {
    pick(language, "温度 T", "Temperature T")
}

pub const fn temperature_axis(language: Language) -> &'static str {
    pick(language, "温度 T（ε/k）", "temperature T (ε/k)")
}

pub const fn order_axis(language: Language) -> &'static str {
    pick(language, "序参量 Ψ₆", "order Ψ₆")
}

pub const fn energy_axis(language: Language) -> &'static str {
    pick(language, "每粒子势能（ε）", "potential energy per particle (ε)")
}

pub const fn columns(language: Language) -> [&'static str; 3] {
    match language {
        Language::Zh => ["温度 T", "序参量 Ψ₆", "每粒子势能"],
        Language::En => ["temperature T", "order Ψ₆", "energy per particle"],
    }
}

pub const fn stage(language: Language) -> &'static str {
    pick(
        language,
        "运动中的粒子，颜色表示周围的有序程度",
        "Moving particles, colored by the order around each",
    )
}

pub const fn quench(language: Language) -> &'static str {
    pick(language, "骤冷", "Quench")
}

pub const fn anneal(language: Language) -> &'static str {
    pick(language, "缓冷", "Anneal")
}

pub const fn melt(language: Language) -> &'static str {
    pick(language, "熔化", "Melt")
}

pub const fn pause(language: Language) -> &'static str {
    pick(language, "暂停", "Pause")
}

pub const fn play(language: Language) -> &'static str {
    pick(language, "播放", "Play")
}

pub const fn step(language: Language) -> &'static str {
    pick(language, "走一步", "Step")
}

pub const fn again(language: Language) -> &'static str {
    pick(language, "换一锅", "New liquid")
}

pub const fn order(language: Language) -> &'static str {
    pick(language, "序参量 Ψ₆", "Order Ψ₆")
}

pub const fn energy(language: Language) -> &'static str {
    pick(language, "每粒子势能", "Energy per particle")
}

pub const fn density(language: Language) -> &'static str {
    pick(language, "密度", "Density")
}

pub const fn defects(language: Language) -> &'static str {
    pick(language, "邻居不是六个的", "Without six neighbors")
}

pub const fn n_particles(language: Language) -> &'static str {
    pick(language, "粒子数", "Particles")
}

pub const fn shows(language: Language) -> &'static str {
    pick(language, "显示", "Show")
}

pub const fn show(show: Show, language: Language) -> &'static str {
    match show {
        Show::Particles => pick(language, "粒子", "particles"),
        Show::Bonds => pick(language, "相邻", "neighbors"),
        Show::Defects => pick(language, "缺陷", "defects"),
    }
}

pub const fn speed(language: Language) -> &'static str {
    pick(language, "速度", "Speed")
}

pub const fn speeds(speed: Speed, language: Language) -> &'static str {
    match speed {
        Speed::Slow => pick(language, "慢", "slow"),
        Speed::Normal => pick(language, "中", "normal"),
        Speed::Fast => pick(language, "快", "fast"),
    }
}

pub const fn series(heating: bool, provenance: Provenance, language: Language) -> &'static str {
    match (heating, provenance) {
        (false, Provenance::Here) => pick(language, "此处，降温", "here, cooling"),
        (true, Provenance::Here) => pick(language, "此处，升温", "here, heating"),
        (false, _) => pick(language, "逐级降温，三次平均", "Cooled step by step, mean of three runs"),
        (true, _) => pick(language, "逐级升温，三次平均", "Heated step by step, mean of three runs"),
    }
}

pub const fn dots(language: Language) -> &'static str {
    pick(
        language,
        "你走过的状态：降温为蓝，升温为红；圆圈是此刻",
        "States that you visited, blue after cooling and red after heating; the ring is now",
    )
}

pub fn hot(temperature: &str, language: Language) -> String {
    match language {
        Language::Zh => format!("温度 {temperature}"),
        Language::En => format!("temperature {temperature}"),
    }
}

pub fn small(params: &str, language: Language) -> String {
    match language {
        Language::Zh => format!("参数量 {params}"),
        Language::En => format!("{params} parameters"),
    }
}

pub fn analogy(params: &str, language: Language) -> String {
    match language {
        Language::Zh => format!(
            "若把这个温度放到“涌现”一图的规模轴上，越冷越靠右，同一位置约为 {params}参数。这只是类比：没有任何测量把温度与模型规模联系起来。"
        ),
        Language::En => format!(
            "Put on the size axis of the figure on emergence, with cold to the right, this temperature would stand at about {params} parameters. That is an analogy only: nothing measured connects temperature and size."
        ),
    }
}

pub const fn to_emergence(language: Language) -> &'static str {
    pick(language, "去看“涌现”一图", "See the figure on emergence")
}

/// The two rulers: how much of their change order and energy make around the transition.
pub fn rulers(view: &View, freezing: f64, melting: f64, language: Language) -> String {
    let share = |quantity: Quantity| format!("{:.0}%", 100.0 * view.curve.share_around_transition(quantity));
    let (order, energy) = (share(|point| point.order), share(|point| point.energy));
    let (freezing, melting) = (fixed(freezing, 2), fixed(melting, 2));
    let n = view.n_particles;
    match language {
        Language::Zh => format!(
            "两把尺子（项目实测，{n} 个粒子）：降温到 {freezing} 附近序参量过半，升温到 {melting} 附近失去一半。在这前后各 0.02 的温度里，序参量完成了全程变化的 {order}，势能完成 {energy}。"
        ),
        Language::En => format!(
            "Two rulers (measured by the project, {n} particles): on cooling the order passes one half near {freezing}, on heating it loses it near {melting}. Within 0.02 of these temperatures the order makes {order} of its whole change, the energy {energy}."
        ),
    }
}

/// The picture in a sentence or two.
pub fn description(view: &View, language: Language) -> String {
    let (freezing, melting) = view.curve.freezing_and_melting();
    let [bath, freezing, melting] = [view.bath, freezing, melting].map(|temperature| fixed(temperature, 2));
    let n = view.n_particles;
    match language {
        Language::Zh => format!(
            "{n} 个粒子在温度 {bath} 的热浴中。下方两条曲线是序参量和每粒子势能随温度的变化：降温到 {freezing} 附近液体凝固，序参量陡升；升温到 {melting} 附近晶体熔化；势能在那里变得少得多。"
        ),
        Language::En => format!(
            "{n} particles in a heat bath of temperature {bath}. Two plots show order and potential energy per particle against temperature: on cooling the liquid freezes near {freezing} and the order rises steeply; on heating the crystal melts near {melting}; the energy changes far less there."
        ),
    }
}
