//! The words of the figure `induction-lab`, Chinese and English side by side.

use chapter::{Language, Provenance, Unit};

use super::View;
use super::maps::Maps;
use crate::lab::Variant;
use crate::locale::number::{quantity, scientific, significant};
use crate::locale::pick;

pub const fn variant_label(language: Language) -> &'static str {
    pick(language, "训练什么", "What to train")
}

pub const fn variant(variant: Variant, language: Language) -> &'static str {
    match variant {
        Variant::TwoLayers => pick(language, "两层注意力（能成）", "two layers of attention (works)"),
        Variant::OneLayer => pick(language, "只有一层", "one layer only"),
        Variant::NarrowHeads => pick(language, "注意力头太窄", "narrow heads"),
        Variant::FixedPeriod => pick(language, "周期固定：可以作弊", "one fixed period: a way to cheat"),
        Variant::Zipf => pick(language, "词有常见有罕见", "common and rare tokens"),
    }
}

/// What is to be expected of a variant, and how often it came true.
pub fn prediction(view: &View, language: Language) -> String {
    let [seeds, formed, copied] = [view.counts.seeds, view.counts.formed, view.counts.copied];
    let why = match view.variant {
        Variant::TwoLayers => pick(
            language,
            "第一层的头学会看前一个词元，第二层的头就能找到“上次出现之后是什么”：两者几乎同时成形，损失随之骤降。",
            "A head of the first layer learns to look one token back; with its help a head of the second finds what followed the last time. Both form almost at once, and the loss drops with them.",
        ),
        Variant::OneLayer => pick(
            language,
            "没有前一层告诉它每个词元的前面是什么，单独一层找不到该抄哪里：不会有陡降。",
            "With no layer below to tell what stands before each token, one layer cannot find the place to copy from: expect no drop.",
        ),
        Variant::NarrowHeads => pick(
            language,
            "宽度只有 8 的头难以分清 28 种词元：匹配来得很晚，也不准。",
            "Heads only 8 wide can hardly tell 28 tokens apart: matching comes late and stays poor.",
        ),
        Variant::FixedPeriod => pick(
            language,
            "周期总是 16，位置又是背下来的：只要记住往回看几格就够了，不必匹配。损失照样陡降，匹配的头却没有出现。",
            "The period is always 16 and positions are learned by heart: to look back a fixed number of places is enough, with nothing to match. The loss drops all the same, but no matching head appears.",
        ),
        Variant::Zipf => pick(
            language,
            "常见的词元在一段里反复出现，“上次之后是什么”有好几个答案：陡降变缓，常常来不及发生。",
            "Common tokens recur within the string, so that “what followed the last time” has several answers: the drop is softer and often comes too late.",
        ),
    };
    match language {
        Language::Zh => format!(
            "{why}我们用 {seeds} 个种子各训练过一次：到第 300 步，{formed} 次匹配得分过半；{copied} 次在某一步抄对了九成以上。"
        ),
        Language::En => format!(
            "{why} In our runs from {seeds} seeds, the matching score had passed one half by step 300 in {formed}; {copied} copied more than nine in ten at some step."
        ),
    }
}

pub const fn speed_label(language: Language) -> &'static str {
    pick(language, "速度", "Speed")
}

pub const fn speeds(language: Language) -> [&'static str; 2] {
    match language {
        Language::Zh => ["看得清", "全速"],
        Language::En => ["to be followed", "full"],
    }
}

pub const fn start(is_begun: bool, language: Language) -> &'static str {
    if is_begun {
        pick(language, "从头再训练一次", "Train again from scratch")
    } else {
        pick(language, "在这台设备上训练", "Train it on this device")
    }
}

pub const fn hold(is_paused: bool, language: Language) -> &'static str {
    if is_paused { pick(language, "继续", "Go on") } else { pick(language, "暂停", "Pause") }
}

pub fn other_seed(seed: u64, language: Language) -> String {
    match language {
        Language::Zh => format!("种子 {seed}，换一个"),
        Language::En => format!("Seed {seed}: take another"),
    }
}

pub const fn step_axis(language: Language) -> &'static str {
    pick(language, "训练步数", "training step")
}

pub const fn loss_axis(language: Language) -> &'static str {
    pick(language, "可抄词元的损失（奈特）", "loss of what can be copied, nats")
}

pub const fn score_axis(language: Language) -> &'static str {
    pick(language, "两种头的得分", "scores of the two heads")
}

pub const fn scrub(language: Language) -> &'static str {
    pick(language, "看第几步", "Look at step")
}

pub const fn loss(language: Language) -> &'static str {
    pick(language, "可抄词元的损失（奈特）", "Loss of what can be copied, nats")
}

pub const fn accuracy(language: Language) -> &'static str {
    pick(language, "抄对的比例", "Copied right")
}

pub const fn previous(language: Language) -> &'static str {
    pick(language, "看前一个词元（第一层）", "Looks one token back (first layer)")
}

pub const fn prefix(language: Language) -> &'static str {
    pick(language, "匹配得分（最后一层）", "Matching score (last layer)")
}

pub const fn columns(language: Language) -> [&'static str; 6] {
    match language {
        Language::Zh => {
            ["步", "可抄词元的损失", "抄对的比例", "匹配得分", "看前一个词元的得分", "累计运算量"]
        }
        Language::En => [
            "step",
            "loss of what can be copied",
            "share copied right",
            "prefix-matching score",
            "previous-token score",
            "operations so far",
        ],
    }
}

pub fn run(view: &View, provenance: Provenance, language: Language) -> String {
    let seed = if provenance == Provenance::Here { view.seed } else { super::FIRST_SEED };
    let of = variant(view.variant, language);
    match (provenance, language) {
        (Provenance::Here, Language::Zh) => format!("刚才在这台设备上训练的：{of}，种子 {seed}"),
        (Provenance::Here, Language::En) => format!("Trained just now on this device: {of}, seed {seed}"),
        (_, Language::Zh) => format!("事先录下的一次训练：{of}，种子 {seed}"),
        (_, Language::En) => format!("A recorded run: {of}, seed {seed}"),
    }
}

/// What is read off at the scrubber.
pub fn reading(view: &View, language: Language) -> String {
    let point = view.point();
    let (step, loss) = (point.step, significant(point.loss, Some(3)));
    match language {
        Language::Zh => format!("第 {step} 步，损失 {loss}，匹配得分 {:.2}", point.prefix),
        Language::En => format!("step {step}, loss {loss}, matching score {:.2}", point.prefix),
    }
}

pub fn maps(maps: &Maps, language: Language) -> String {
    let step = maps.step;
    let origin = match (maps.is_recorded, language) {
        (true, Language::Zh) => "录下的",
        (true, Language::En) => "recorded",
        (false, Language::Zh) => "这台设备上的",
        (false, Language::En) => "from this device",
    };
    match language {
        Language::Zh => {
            format!(
                "第 {step} 步之后每个头在看哪里（{origin}）：从上到下是正在读的词元，从左到右是它看的词元"
            )
        }
        Language::En => format!(
            "Where each head looks after {step} steps ({origin}): the token being read from top to bottom, what it looks at from left to right"
        ),
    }
}

pub fn head((layer, head): (u8, u8), language: Language) -> String {
    let (layer, head) = (layer + 1, head + 1);
    match language {
        Language::Zh => format!("第 {layer} 层，头 {head}"),
        Language::En => format!("layer {layer}, head {head}"),
    }
}

pub fn map(name: &str, language: Language) -> String {
    match language {
        Language::Zh => format!("注意力图：{name}"),
        Language::En => format!("Attention map: {name}"),
    }
}

pub const fn after(language: Language) -> &'static str {
    pick(
        language,
        "训练好了：切断一个头，看它还会不会抄",
        "Trained: cut off a head and see whether it still copies",
    )
}

pub fn cut(of: (u8, u8), language: Language) -> String {
    match language {
        Language::Zh => format!("切断{}", head(of, language)),
        Language::En => format!("Cut off {}", head(of, language)),
    }
}

pub fn copying(result: Option<(f32, f32)>, is_cut: bool, language: Language) -> String {
    let Some((accuracy, loss)) = result else {
        return pick(language, "正在测量……", "Measuring …").to_owned();
    };
    let share = quantity(100.0 * f64::from(accuracy), Unit::Percent, Some(3), language);
    match (is_cut, language) {
        (false, Language::Zh) => format!("完整的模型在新序列上抄对 {share}，损失 {loss:.2} 奈特。"),
        (true, Language::Zh) => format!("切断之后只抄对 {share}，损失 {loss:.2} 奈特。"),
        (false, Language::En) => {
            format!("Whole, the model copies {share} of new sequences right, with a loss of {loss:.2} nats.")
        }
        (true, Language::En) => {
            format!("With the head cut off it copies {share} right, with a loss of {loss:.2} nats.")
        }
    }
}

pub const fn typed(language: Language) -> &'static str {
    pick(
        language,
        "输入一串字母，再把它的开头重复一遍（至多 32 个）：模型猜下一个是",
        "Type letters, then begin them again (32 at most). What the model expects next:",
    )
}

pub const fn same_circuit(language: Language) -> &'static str {
    pick(
        language,
        "少样本学习：更大的模型怎样从示例里读出答案",
        "Few-shot learning: how a larger model reads its answer from examples",
    )
}

pub const fn compute(language: Language) -> &'static str {
    pick(language, "花掉的运算量（FLOP），对数刻度", "Operations spent (FLOP), on a logarithmic axis")
}

pub fn compute_text(spent: f64, gpt3: f64, language: Language) -> String {
    let times = scientific(gpt3 / spent.max(1.0), Some(1));
    let (spent, gpt3) = (scientific(spent, Some(2)), scientific(gpt3, Some(3)));
    match language {
        Language::Zh => {
            format!("到这一步用了 {spent} 次浮点运算；训练 GPT-3 用了 {gpt3} 次，约为 {times} 倍。")
        }
        Language::En => format!(
            "So far {spent} floating-point operations; the training of GPT-3 took {gpt3}, about {times} times as many."
        ),
    }
}

/// The picture in a sentence or two.
pub fn description(view: &View, language: Language) -> String {
    let shown = view.shown();
    let (Some(first), Some(last)) = (shown.first(), shown.last()) else { return String::new() };
    let half = shown.iter().find(|point| point.prefix > 0.5);
    let of = variant(view.variant, language);
    let (from, to) = (significant(first.loss, Some(3)), significant(last.loss, Some(3)));
    let half = match (half, language) {
        (Some(point), Language::Zh) => format!("匹配得分在第 {} 步过半。", point.step),
        (Some(point), Language::En) => format!(" The matching score passes one half at step {}.", point.step),
        (None, Language::Zh) => "匹配得分始终不到一半。".to_owned(),
        (None, Language::En) => " The matching score never reaches one half.".to_owned(),
    };
    match language {
        Language::Zh => {
            format!("训练曲线（{of}）：{} 步里，可抄词元的损失由 {from} 变为 {to} 奈特。{half}", last.step)
        }
        Language::En => format!(
            "Training curves ({of}): over {} steps the loss of what can be copied goes from {from} to {to} nats.{half}",
            last.step
        ),
    }
}
