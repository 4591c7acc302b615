//! At build time: the words of poems, and what an English reader is told of the Chinese ones.

use std::sync::LazyLock;

use chapter::{DataTable, Provenance};
use tasks::{Corpus, PoemWord};

use super::{Form, POEM_WORDS};
use crate::figures::vocabulary::{self, WORDS};
use crate::stage::{row, table};

/// The words that open the figure: the chapter's first line, and a line of our own that training never shows.
const OPENING: [&str; 9] = ["数据", "海洋", "里", "游弋", "small", "robot", "listens", "by", "sea"];

/// The words that are the same in all poems.
const FIXED: [&[&str]; 2] = [&["在", "的", "我是", "也是"], &["the"]];

/// What Chinese words mean.
const GLOSSES: [(&str, &str); 104] = [
    ("在", "in"),
    ("的", "of"),
    ("我是", "I am"),
    ("也是", "and am"),
    ("里", "within"),
    ("中", "amid"),
    ("机器人", "robots"),
    ("计算机", "computers"),
    ("互联网", "internet"),
    ("大自然", "nature"),
    ("图书馆", "libraries"),
    ("神经元", "neurons"),
    ("数据", "data"),
    ("算法", "algorithms"),
    ("知识", "knowledge"),
    ("语言", "language"),
    ("代码", "code"),
    ("时间", "time"),
    ("信息", "information"),
    ("思想", "thought"),
    ("故事", "stories"),
    ("文字", "writing"),
    ("海洋", "ocean"),
    ("森林", "forest"),
    ("星河", "Milky Way"),
    ("花园", "garden"),
    ("山谷", "valley"),
    ("夜空", "night sky"),
    ("田野", "fields"),
    ("长廊", "arcade"),
    ("梦", "dream"),
    ("心", "heart"),
    ("歌", "song"),
    ("光", "light"),
    ("风", "wind"),
    ("雪", "snow"),
    ("人类", "human"),
    ("未来", "future"),
    ("古老", "ancient"),
    ("崭新", "brand-new"),
    ("遥远", "distant"),
    ("宁静", "tranquil"),
    ("年轻", "young"),
    ("辽阔", "vast"),
    ("智慧", "wisdom’s"),
    ("世界", "world’s"),
    ("文明", "culture’s"),
    ("记忆", "memory’s"),
    ("生命", "life’s"),
    ("时代", "era’s"),
    ("心灵", "soul’s"),
    ("大地", "earth’s"),
    ("飞翔", "soar"),
    ("歌唱", "sing"),
    ("流淌", "flow"),
    ("遥望", "look afar"),
    ("光芒", "radiance"),
    ("远方", "far lands"),
    ("翅膀", "wings"),
    ("希望", "hope"),
    ("思考", "ponder"),
    ("燃烧", "burn"),
    ("寻找", "search"),
    ("奔跑", "run"),
    ("歌谣", "ballad"),
    ("波涛", "waves"),
    ("路标", "signpost"),
    ("火苗", "flame"),
    ("聆听", "listen"),
    ("前行", "press on"),
    ("苏醒", "awaken"),
    ("辉映", "glimmer"),
    ("黎明", "dawn"),
    ("身影", "figure"),
    ("风景", "landscape"),
    ("结晶", "crystal"),
    ("呼唤", "call"),
    ("盘旋", "circle"),
    ("流连", "linger"),
    ("期盼", "long for"),
    ("诗篇", "poem"),
    ("港湾", "harbour"),
    ("家园", "homeland"),
    ("答案", "answer"),
    ("漫游", "roam"),
    ("行走", "walk"),
    ("停留", "stay"),
    ("等候", "wait"),
    ("绿洲", "oasis"),
    ("宇宙", "universe"),
    ("源头", "source"),
    ("节奏", "rhythm"),
    ("追寻", "pursue"),
    ("低吟", "murmur"),
    ("飞奔", "dash"),
    ("降临", "descend"),
    ("声音", "voice"),
    ("脚印", "footprint"),
    ("星辰", "stars"),
    ("彩云", "bright clouds"),
    ("游弋", "cruise"),
    ("沉迷", "get lost"),
    ("栖息", "nest"),
    ("回忆", "recall"),
];

/// Those of the last rhyme's nouns; apart, to keep the table above readable.
const LAST_GLOSSES: [(&str, &str); 4] =
    [("奇迹", "miracle"), ("谜题", "riddle"), ("晨曦", "first light"), ("友谊", "friendship")];

/// The words of all and those of poems; made once, for the tests ask many times.
pub fn tables() -> Vec<(String, DataTable)> {
    static TABLES: LazyLock<[DataTable; 2]> = LazyLock::new(|| {
        let corpus = Corpus::new();
        [vocabulary::made(&corpus), poem_words(&corpus)]
    });
    let names = [WORDS, POEM_WORDS].map(str::to_owned);
    names.into_iter().zip(TABLES.clone()).collect()
}

fn poem_words(corpus: &Corpus) -> DataTable {
    let vocabulary = corpus.vocabulary();
    let mut rows = Vec::new();
    for (index, form) in Form::ALL.into_iter().enumerate() {
        let mut words = corpus.poem_words(form.kind());
        words.extend(FIXED[index].iter().map(|&text| {
            let token = vocabulary.token(text).expect("the language has the word");
            // A word of Chinese verse has as many syllables as characters; `the` has one.
            let length = if text.is_ascii() { 1 } else { text.chars().count() };
            PoemWord { token, slot: None, length, rhyme: None }
        }));
        words.sort_by_key(|word| !OPENING.contains(&vocabulary.text(word.token)));
        rows.extend(words.into_iter().map(|PoemWord { token, slot, length, rhyme }| {
            let text = vocabulary.text(token);
            let number = |number: Option<usize>| number.map_or(-1.0, |number| number as f64);
            let values = vec![index as f64, token.into(), number(slot), length as f64, number(rhyme)];
            row(gloss(text).unwrap_or(text), values)
        }));
    }
    table(Provenance::Project, &["form", "token", "slot", "length", "rhyme"], rows)
}

fn gloss(text: &str) -> Option<&'static str> {
    GLOSSES.iter().chain(&LAST_GLOSSES).find(|(own, _)| *own == text).map(|(_, gloss)| *gloss)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_chinese_word_is_explained() {
        let corpus = Corpus::new();
        for word in corpus.poem_words(tasks::Kind::Verse) {
            let text = corpus.vocabulary().text(word.token);
            assert!(gloss(text).is_some(), "{text}");
        }
        let count = tables()[1].1.rows.iter().filter(|row| row.values[2] >= 0.0).count();
        assert_eq!(count, 16 + 14 + 2 + 28 + 12 + 12 + 12 + 8 + 72, "every word of first lines");
    }
}
