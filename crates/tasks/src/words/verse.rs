//! The words of Chinese verse, by their place in the line and, at its end, by rhyme.

pub(crate) const AT: &str = "在";
pub(crate) const OF: &str = "的";
/// "In" and "amid": the chapter's own two (海洋里, 森林中).
pub(crate) const INSIDE: [&str; 2] = ["里", "中"];
pub(crate) const I_AM: &str = "我是";
pub(crate) const AND_AM: &str = "也是";
pub(crate) const COMMA: &str = "，";
pub(crate) const STOP: &str = "。";

/// Owners of a place: two characters with a place of two, three with a place of one.
pub(crate) const LONG_OWNERS: [&str; 6] = ["机器人", "计算机", "互联网", "大自然", "图书馆", "神经元"];
pub(crate) const SHORT_OWNERS: [&str; 10] =
    ["数据", "算法", "知识", "语言", "代码", "时间", "信息", "思想", "故事", "文字"];
pub(crate) const LONG_PLACES: [&str; 8] = ["海洋", "森林", "星河", "花园", "山谷", "夜空", "田野", "长廊"];
pub(crate) const SHORT_PLACES: [&str; 6] = ["梦", "心", "歌", "光", "风", "雪"];

/// The third and fourth line: 我是[quality][whose]的[noun].
pub(crate) const QUALITIES: [&str; 8] = ["人类", "未来", "古老", "崭新", "遥远", "宁静", "年轻", "辽阔"];
pub(crate) const WHOSE: [&str; 8] = ["智慧", "世界", "文明", "记忆", "生命", "时代", "心灵", "大地"];

/// Words that end a line and rhyme, by the traditional 十三辙 of Mandarin.
pub(crate) struct Rhyme {
    pub(crate) verbs: [&'static str; 4],
    pub(crate) nouns: [&'static str; 4],
}

pub(crate) const RHYMES: [Rhyme; 7] = [
    // 江阳: -ang -iang -uang.
    Rhyme {
        verbs: ["飞翔", "歌唱", "流淌", "遥望"], nouns: ["光芒", "远方", "翅膀", "希望"]
    },
    // 遥条: -ao -iao.
    Rhyme {
        verbs: ["思考", "燃烧", "寻找", "奔跑"], nouns: ["歌谣", "波涛", "路标", "火苗"]
    },
    // 中东, here -ing only.
    Rhyme {
        verbs: ["聆听", "前行", "苏醒", "辉映"], nouns: ["黎明", "身影", "风景", "结晶"]
    },
    // 言前: -an -ian -uan -üan.
    Rhyme {
        verbs: ["呼唤", "盘旋", "流连", "期盼"], nouns: ["诗篇", "港湾", "家园", "答案"]
    },
    // 油求: -ou -iu.
    Rhyme {
        verbs: ["漫游", "行走", "停留", "等候"], nouns: ["绿洲", "宇宙", "源头", "节奏"]
    },
    // 人辰: -en -in -un -ün.
    Rhyme {
        verbs: ["追寻", "低吟", "飞奔", "降临"], nouns: ["声音", "脚印", "星辰", "彩云"]
    },
    // 一七, here -i only.
    Rhyme {
        verbs: ["游弋", "沉迷", "栖息", "回忆"], nouns: ["奇迹", "谜题", "晨曦", "友谊"]
    },
];
