//! Nothing that a test asks is in training.
//!
//! Two ways: `log_probability` reads a row back and says whether training can produce it at all; and a large sample of
//! training is searched for what the tests ask.

use std::collections::HashSet;

use tasks::{
    Ability, Corpus, Family, Kind, Pair, Rng, Row, Split, Style, Token,
    vocabulary::{END, N_TOKENS, SEPARATOR},
};

const N_TRAINING_ROWS: usize = 200_000;

/// Documents of a row: what stands between end marks, or the whole row where there are none.
fn documents(row: &Row) -> impl Iterator<Item = &[Token]> {
    row.tokens()[1..].split_inclusive(|&token| token == END)
}

fn training(corpus: &Corpus) -> impl Iterator<Item = Row> {
    let mut rng = Rng::new(21);
    (0..N_TRAINING_ROWS).map(move |_| corpus.sample_row(&mut rng, Split::Train))
}

#[test]
fn training_cannot_produce_a_test_row() {
    let corpus = Corpus::new();
    let mut rng = Rng::new(22);
    for kind in Kind::ALL.into_iter().filter(|&kind| kind != Kind::Facts) {
        for _ in 0..2_000 {
            let row = corpus.sample_kind(kind, &mut rng, Split::Test);
            assert_eq!(corpus.log_probability(&row), f64::NEG_INFINITY, "{}", kind.name());
        }
    }
}

#[test]
fn no_document_of_training_begins_like_a_test() {
    let corpus = Corpus::new();
    let asks_by_heart =
        |ability: &Ability| matches!(ability, Ability::Facts | Ability::Examples { shots: 0, .. });
    let mut prompts: HashSet<(Kind, Vec<Token>)> = HashSet::new();
    let mut lengths: HashSet<usize> = HashSet::new();
    let mut rng = Rng::new(23);
    for ability in Ability::PUBLISHED.into_iter().filter(|ability| !asks_by_heart(ability)) {
        for item in corpus.items(ability, 600, &mut rng) {
            lengths.insert(item.prompt.len() - 1);
            prompts.insert((ability.kind(), item.prompt[1..].to_vec()));
        }
    }
    for row in training(&corpus) {
        for document in documents(&row) {
            for &len in lengths.iter().filter(|&&len| len <= document.len()) {
                assert!(!prompts.contains(&(row.kind(), document[..len].to_vec())), "{:?}", row.tokens());
            }
        }
    }
}

#[test]
fn held_out_words_are_never_paired_in_training() {
    let corpus = Corpus::new();
    let mut rng = Rng::new(24);
    let mut held: HashSet<(Token, Token)> = HashSet::new();
    for family in [Family::Translation, Family::Category] {
        let ability = Ability::Examples { family, pair: Pair::HeldOut, shots: 1 };
        let items = corpus.items(ability, 3_000, &mut rng);
        held.extend(items.iter().map(|item| (item.prompt[4], item.reference[0])));
    }
    // Eight of 64 in each of twelve directions and four languages.
    assert_eq!(held.len(), 8 * 16);
    for row in training(&corpus).filter(|row| row.kind() == Kind::Examples) {
        for pair in row.tokens()[1..].split(|&token| token == SEPARATOR).filter(|pair| pair.len() == 2) {
            assert!(!held.contains(&(pair[0], pair[1])));
        }
    }
}

#[test]
fn held_out_words_are_known_from_other_tasks() {
    let corpus = Corpus::new();
    let mut seen = vec![false; N_TOKENS];
    for row in training(&corpus).take(20_000) {
        row.tokens().iter().for_each(|&token| seen[usize::from(token)] = true);
    }
    let unseen: Vec<&str> =
        (1..seen.len()).filter(|&i| !seen[i]).map(|i| corpus.vocabulary().text(i as Token)).collect();
    assert!(unseen.is_empty(), "never in training: {unseen:?}");
}

#[test]
fn the_chapters_own_lines_are_never_in_training() {
    let corpus = Corpus::new();
    let apples = corpus.apples(Style::Steps);
    let words = |text: &str| corpus.vocabulary().tokens(text).expect("known words");
    let lines = [
        words("Good morning 早上好"),
        words("0 1 1 2 3 5 def"),
        words("1 1 2 3 5 8 def"),
        words("在 数据 的 海洋 里 游弋"),
        // The problem with whatever people and things: the steps that only it has.
        words("24 × 1/3 = 8 ; 24 × 1/4 = 6 ;"),
        words("24 × 1/4 = 6 ; 24 × 1/3 = 8 ;"),
        apples.prompt[1..apples.prompt.len() - 1].to_vec(),
    ];
    for row in training(&corpus) {
        for line in &lines {
            let is_inside = row.tokens().windows(line.len()).any(|part| part == line.as_slice());
            assert!(!is_inside, "{:?}", row.tokens());
        }
    }
}
