//! The words of English couplets, by part of speech, syllables and rhyme.

pub(crate) const THE: &str = "the";
pub(crate) const COMMA: &str = ",";
pub(crate) const STOP: &str = ".";

/// The four slots between `the` and `the`: adjective, noun, verb, preposition; in each, words of one syllable, then
/// words of two.
pub(crate) const SLOTS: [[&[&str]; 2]; 4] = [
    [
        &["old", "bright", "cold", "small", "soft", "wild"],
        &["silent", "golden", "gentle", "lonely", "hidden", "early"],
    ],
    [
        &["bird", "child", "ghost", "fox", "wind", "star"],
        &["robot", "river", "shadow", "poet", "sailor", "stranger"],
    ],
    [
        &["sleeps", "sings", "waits", "glides", "shines", "turns"],
        &["dances", "wanders", "whispers", "listens", "travels", "lingers"],
    ],
    [&["by", "near", "past", "through"], &["beside", "beyond", "below", "above"]],
];

/// Nouns of one syllable that end a line; each row rhymes.
pub(crate) const RHYMES: [[&str; 6]; 12] = [
    ["night", "light", "height", "knight", "flight", "kite"],
    ["day", "way", "bay", "clay", "ray", "sleigh"],
    ["sea", "tree", "key", "bee", "knee", "tea"],
    ["moon", "noon", "tune", "dune", "spoon", "loon"],
    ["rain", "train", "plain", "lane", "grain", "chain"],
    ["stone", "bone", "throne", "phone", "cone", "zone"],
    ["king", "ring", "spring", "wing", "string", "swing"],
    ["wall", "hall", "ball", "fall", "stall", "mall"],
    ["hand", "land", "sand", "band", "strand", "stand"],
    ["lake", "cake", "snake", "rake", "flake", "stake"],
    ["sail", "trail", "tale", "gale", "snail", "whale"],
    ["ground", "sound", "mound", "hound", "pound", "round"],
];
