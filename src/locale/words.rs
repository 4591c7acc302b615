//! The words of the interface, Chinese and English side by side.

use chapter::{Language, Provenance};

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident: $zh:literal, $en:literal;)*) => {
        $($(#[$doc])* pub const fn $name(language: Language) -> &'static str {
            match language {
                Language::Zh => $zh,
                Language::En => $en,
            }
        })*
    };
}

words! {
    /// Name of the essay.
    essay: "规模与涌现", "Scale & Emergence";
    /// Label of this language in a language switch.
    language_name: "中文", "English";
    /// First link of the page.
    skip_to_text: "跳到正文", "Skip to the text";
    /// Heading of the table of contents.
    contents: "目录", "Contents";
    /// Heading of the references.
    references: "参考文献", "References";
    /// Heading of the notes in print.
    notes: "编者按", "Editor’s notes";
    /// Accessible name of a margin note.
    note: "编者按", "Editor’s note";
    /// Accessible name of an anchor link on a heading.
    link_to_section: "本节链接", "Link to this section";
    /// Accessible name of a link from a reference back to where it is cited.
    back_to_text: "回到正文引用处", "Back to the citation";
    /// Link in a citation's card to its entry in the list.
    in_the_list: "见参考文献", "In the references";
    /// Link in a citation's card to the work itself.
    read_it: "阅读原文", "Read it";
    /// Label before a figure's number.
    figure: "图", "Figure";
    /// Label before a source line.
    sources: "数据来源", "Sources";
    /// Before the file of the project's own measurements.
    own_measurements: "本项目的测量", "this project’s measurements,";
    /// Theme button when the theme follows the device.
    theme_auto: "主题：跟随系统", "Theme: follows the device";
    /// Theme button when the theme is light.
    theme_light: "主题：浅色", "Theme: light";
    /// Theme button when the theme is dark.
    theme_dark: "主题：深色", "Theme: dark";
    /// Shown without scripts.
    needs_script: "此浏览器未启用脚本：文字与静态图完整可读，互动图表无法操作。",
        "Scripts are off in this browser: the text and still pictures are complete, but the figures cannot be operated.";
    /// Shown when the page's program could not start or has stopped.
    stopped: "互动图表已停止工作，文字不受影响。", "The interactive figures have stopped; the text is not affected.";
    /// Reloads the page.
    reload: "重新加载", "Reload";
    /// Shown when the browser reports that it is offline.
    offline: "当前离线：正在显示已保存的页面。", "You are offline: this is the saved copy of the page.";
    /// Over a text of a model whose words can be chosen.
    tap_word: "点一个词，看那里还可能是什么。", "Tap a word to see what else could stand there.";
    /// The mark with which a model ends.
    end_mark: "（结束）", "(end)";
    /// Label of the slider over the sizes of the project's models.
    model_size: "模型大小", "Model size";
    /// Put a figure back to its first state.
    reset: "重置", "Reset";
    /// Opens the share menu.
    share: "分享", "Share";
    /// Copies the address of this state.
    copy_link: "复制此状态的链接", "Copy link to this state";
    /// Copies the code that embeds the figure.
    copy_embed: "复制嵌入代码", "Copy embed code";
    /// Saves a bitmap.
    save_png: "保存 PNG 图片", "Save PNG picture";
    /// Saves a vector picture.
    save_svg: "保存 SVG 矢量图", "Save SVG picture";
    /// Saves the plotted numbers.
    save_csv: "保存 CSV 数据", "Save CSV data";
    /// After a copy.
    copied: "已复制", "Copied";
    /// When the clipboard is not allowed.
    copy_by_hand: "浏览器不允许自动复制，请手动复制：", "The browser does not allow copying; copy it by hand:";
    /// When a file could not be made.
    not_saved: "未能生成文件。", "The file could not be made.";
    /// Opens the data table.
    data: "数据表", "Data table";
    /// Column of a data table.
    item: "项目", "Item";
    /// When a figure's data did not come.
    not_loaded: "图表数据未能载入。", "The data of this figure could not be loaded.";
    /// When a figure cannot show a state.
    not_shown: "图表无法显示当前设置。", "The figure cannot show this state.";
    /// Try again.
    retry: "重试", "Try again";
    /// When a model's work in the lab failed; the reason stands below.
    model_failed: "模型没能运行，其余内容不受影响。", "The model could not run; the rest of the page is not affected.";
    /// While a model has not answered yet.
    model_prepares: "模型正在准备……", "The model is getting ready …";
    /// Name of the bar that shows how far a measurement is.
    measuring: "测量进度", "Progress of the measurement";
    /// Link from an embedded figure to the essay.
    read_essay: "阅读全文", "Read the essay";
    /// Heading of the page for addresses that do not exist.
    not_found: "没有这个页面", "There is no such page";
    /// Body of that page.
    not_found_hint: "地址可能已改变，请从首页开始阅读。", "The address may have changed. The essay begins here:";
}

/// How many sources a figure has, and where they stand.
pub fn listed_sources(count: usize, language: Language) -> String {
    match language {
        Language::Zh => format!("{count} 种，数据表逐项注明，书目见参考文献"),
        Language::En => {
            format!("{count} works, named number by number in the data table and listed under References")
        }
    }
}

/// The badge of a provenance.
pub const fn provenance(provenance: Provenance, language: Language) -> &'static str {
    match (provenance, language) {
        (Provenance::Here, Language::Zh) => "本页实测",
        (Provenance::Here, Language::En) => "measured here",
        (Provenance::Project, Language::Zh) => "本项目实测",
        (Provenance::Project, Language::En) => "measured by this project",
        (Provenance::Published, Language::Zh) => "已发表",
        (Provenance::Published, Language::En) => "published",
        (Provenance::Textbook, Language::Zh) => "教材所述",
        (Provenance::Textbook, Language::En) => "from the textbook",
        (Provenance::Schematic, Language::Zh) => "示意",
        (Provenance::Schematic, Language::En) => "schematic",
    }
}

/// An ability of the project's models, by its name in data files; empty for one that no figure shows.
pub fn ability(name: &str, language: Language) -> &'static str {
    let (zh, en) = match name {
        "translation-held-out-4" => ("翻译，4 个示例", "translation, 4 examples"),
        "maps" => ("当场编造的对应表", "made-up maps"),
        "code" => ("写出数列的程序", "code for a sequence"),
        "arithmetic-steps" => ("算术，写步骤", "arithmetic in steps"),
        "arithmetic-direct" => ("算术，直接答", "arithmetic at once"),
        "verse" => ("四行诗", "verse"),
        "couplets" => ("英文对句", "English couplets"),
        _ => return "",
    };
    super::pick(language, zh, en)
}

/// A size of the project's models beside the slider that chooses it.
pub fn rung(name: &str, params: &str, language: Language) -> String {
    match language {
        Language::Zh => format!("{name}，{params} 个参数"),
        Language::En => format!("{name}, {params} parameters"),
    }
}

/// Over the bars of what a model could have written where it wrote this.
pub fn rivals(word: &str, language: Language) -> String {
    match language {
        Language::Zh => {
            format!("写“{word}”的时候，模型认为最可能的几个词（温度为 1 时的概率；打勾的是写下的）")
        }
        Language::En => format!(
            "The words that the model found likeliest where it wrote “{word}” (at temperature 1; the tick marks what it wrote)"
        ),
    }
}

/// While the weights of a model arrive, of which so many bytes are there.
pub fn loading_weights(loaded: u32, total: u32, language: Language) -> String {
    let (loaded, total) = (loaded / 1000, total / 1000);
    match language {
        Language::Zh => format!("正在下载权重：{loaded} / {total} kB"),
        Language::En => format!("Fetching the weights: {loaded} of {total} kB"),
    }
}

/// What the project's model is beside GPT-3.
pub fn toy_model(name: &str, params: &str, times: &str, language: Language) -> String {
    match language {
        Language::Zh => {
            format!(
                "{name}（层数 × 宽度）是一个只学过一种玩具语言的小模型，共 {params} 个参数；GPT-3 是它的约 {times} 倍。"
            )
        }
        Language::En => format!(
            "{name} (layers × width) is a small model of {params} parameters that has learned a toy language; GPT-3 is about {times} times as large. "
        ),
    }
}

/// The score of the project's model beside a single answer of it.
pub fn measured_score(share: &str, low: &str, high: &str, items: &str, language: Language) -> String {
    match language {
        Language::Zh => format!("在 {items} 道没见过的题上，它答对 {share}（95% 区间 {low}–{high}）。"),
        Language::En => {
            format!(
                "On {items} problems that it had never seen it was right in {share} (95% interval {low}–{high})."
            )
        }
    }
}

/// Joins a label and its content: `来源：…`, `Source: …`.
pub fn labelled(label: &str, content: &str, language: Language) -> String {
    match language {
        Language::Zh => format!("{label}：{content}"),
        Language::En => format!("{label}: {content}"),
    }
}
