//! The words of arithmetic problems: English first, then what a Chinese reader sees. The order of the words is right
//! in both languages.

/// The first three are the chapter's 小明, 小红 and 小李.
pub(crate) const NAMES: [(&str, &str); 8] = [
    ("Xiaoming", "小明"),
    ("Xiaohong", "小红"),
    ("Xiaoli", "小李"),
    ("Xiaohua", "小华"),
    ("Xiaogang", "小刚"),
    ("Xiaofang", "小芳"),
    ("Xiaomei", "小美"),
    ("Xiaowang", "小王"),
];

/// The first is the chapter's.
pub(crate) const OBJECTS: [(&str, &str); 8] = [
    ("apples", "个苹果"),
    ("books", "本书"),
    ("candies", "颗糖"),
    ("pencils", "支铅笔"),
    ("flowers", "朵花"),
    ("stamps", "张邮票"),
    ("marbles", "颗弹珠"),
    ("cards", "张卡片"),
];

/// 1/2 to 1/10; `FRACTIONS[i]` is one over `i + 2`.
pub(crate) const FRACTIONS: [&str; 9] = ["1/2", "1/3", "1/4", "1/5", "1/6", "1/7", "1/8", "1/9", "1/10"];

pub(crate) const HAS: (&str, &str) = ("has", "有");
pub(crate) const GIVES: (&str, &str) = ("gives", "给");
pub(crate) const COMMA: (&str, &str) = (",", "，");
/// Said after every fraction, so that "gives 1/3, gives 1/4" cannot be read as a quarter of the rest.
pub(crate) const OF_THE_ORIGINAL: (&str, &str) = ("of the original", "（按原数）");
pub(crate) const ASK_STEPS: (&str, &str) = (". How many are left? Step by step:", "。还剩多少？分步算：");
pub(crate) const ASK_DIRECT: (&str, &str) = (". How many are left? Answer:", "。还剩多少？直接答：");
pub(crate) const TIMES: &str = "×";
pub(crate) const EQUALS: &str = "=";
