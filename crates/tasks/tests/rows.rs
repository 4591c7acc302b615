//! What is true of every row and every item, whatever its kind.

use std::collections::HashSet;

use tasks::{
    Ability, CONTEXT_LEN, Corpus, Grader, Kind, NO_TARGET, Reader, Rng, Rule, Split, Style, Token,
    vocabulary::{END, N_TOKENS, PAD, marker},
};

const N_ROWS: usize = 300;

#[test]
fn the_same_seed_gives_the_same_rows_and_items() {
    let corpora = [Corpus::new(), Corpus::new()];
    for split in [Split::Train, Split::Test] {
        let rows = |corpus: &Corpus| {
            let mut rng = Rng::new(11);
            (0..N_ROWS).map(|_| corpus.sample_row(&mut rng, split)).collect::<Vec<_>>()
        };
        assert_eq!(rows(&corpora[0]), rows(&corpora[1]));
    }
    for ability in Ability::PUBLISHED {
        let items = |corpus: &Corpus| corpus.items(ability, 50, &mut Rng::new(12));
        assert_eq!(items(&corpora[0]), items(&corpora[1]));
    }
}

/// Trained models are bound to the language: change it (words, hold-outs, facts, generators) and they must be trained
/// again. This number is the FNV-1a hash of what the test below draws; whoever changes the language records it anew.
const FINGERPRINT: u64 = 0xa07a_dbb9_5b68_6e29;

#[test]
fn the_language_is_the_one_that_models_were_trained_on() {
    let corpus = Corpus::new();
    let mut rng = Rng::new(10);
    let mut fingerprint = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |bytes: &[u8]| {
        for &byte in bytes {
            fingerprint = (fingerprint ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    for token in 0..N_TOKENS as Token {
        add(corpus.vocabulary().text(token).as_bytes());
    }
    for kind in Kind::ALL {
        for split in [Split::Train, Split::Test] {
            for _ in 0..N_ROWS {
                corpus.sample_kind(kind, &mut rng, split).tokens().iter().for_each(|t| add(&t.to_le_bytes()));
            }
        }
    }
    assert_eq!(fingerprint, FINGERPRINT, "{fingerprint:#018x}");
}

#[test]
fn other_seeds_give_other_rows() {
    let corpus = Corpus::new();
    for kind in Kind::ALL {
        let rows: HashSet<_> = (0..N_ROWS as u64)
            .map(|seed| corpus.sample_kind(kind, &mut Rng::new(seed), Split::Train))
            .collect();
        assert_eq!(rows.len(), N_ROWS, "{}", kind.name());
    }
}

#[test]
fn rows_have_a_marker_words_and_padding_and_targets_one_later() {
    let corpus = Corpus::new();
    let mut rng = Rng::new(13);
    for _ in 0..20 * N_ROWS {
        let split = if rng.below(2) == 0 { Split::Train } else { Split::Test };
        let row = corpus.sample_row(&mut rng, split);
        let n = row.tokens().len();
        assert_eq!(row.tokens()[0], marker(row.kind()));
        assert!(row.tokens()[1..].iter().all(|&t| usize::from(t) < N_TOKENS && t != PAD));
        assert!(row.inputs()[n..].iter().all(|&token| token == PAD));
        assert_eq!(row.targets()[..n - 1], row.tokens()[1..]);
        assert!(row.targets()[n - 1..].iter().all(|&target| target == NO_TARGET));
        assert!((0..CONTEXT_LEN).filter(|&i| row.is_answer(i)).all(|i| i > 1 && i < n));
        assert!(!corpus.text(row.kind(), row.tokens(), Reader::Chinese).is_empty());
    }
}

#[test]
fn items_have_prompts_that_differ_and_references_that_are_right() {
    let corpus = Corpus::new();
    for ability in Ability::PUBLISHED {
        let items = corpus.items(ability, 500, &mut Rng::new(15));
        // Without an example there are only as many prompts as words: 256.
        let n = if matches!(ability, Ability::Examples { shots: 0, .. }) { 200 } else { 500 };
        assert!(items.len() >= n, "{}: {}", ability.name(), items.len());
        let prompts: HashSet<&Vec<Token>> = items.iter().map(|item| &item.prompt).collect();
        assert_eq!(prompts.len(), items.len());
        for item in &items {
            let grade = corpus.grade(item, &item.reference);
            assert!(
                grade.correct && grade.exact && grade.n_matched == grade.n_expected,
                "{item:?}: {grade:?}"
            );
            assert_eq!(item.prompt[0], marker(ability.kind()));
            assert!(item.reference.len() <= item.max_answer_len());
            assert!(item.prompt.len() + item.max_answer_len() <= CONTEXT_LEN);
        }
    }
}

#[test]
fn a_corrupted_answer_is_wrong() {
    let corpus = Corpus::new();
    let mut rng = Rng::new(16);
    for ability in Ability::PUBLISHED {
        for item in corpus.items(ability, 200, &mut rng) {
            let mut answer = item.reference.clone();
            let at = rng.below(answer.len());
            let other = rng.below(N_TOKENS) as Token;
            if answer[at] == other {
                continue;
            }
            answer[at] = other;
            let grade = corpus.grade(&item, &answer);
            assert!(!grade.exact && grade.n_matched == grade.n_expected - 1);
            // One word of a poem or one number of a program can be exchanged for another that is right as well, but
            // hardly by chance: such a grade must keep every rule.
            let may_differ = matches!(item.grader, Grader::Verse | Grader::Couplet | Grader::Code(_));
            assert!(!grade.correct || may_differ, "{}: {answer:?}", ability.name());
            assert!(!corpus.grade(&item, &[]).correct);
            assert!(!corpus.grade(&item, &item.reference[..item.reference.len() - 1]).correct);
        }
    }
}

#[test]
fn any_tokens_can_be_graded() {
    let corpus = Corpus::new();
    let mut rng = Rng::new(17);
    for ability in Ability::PUBLISHED {
        let item = corpus.item(ability, &mut rng);
        for _ in 0..500 {
            let answer: Vec<Token> =
                (0..rng.below(CONTEXT_LEN)).map(|_| rng.below(N_TOKENS) as Token).collect();
            assert!(!corpus.grade(&item, &answer).correct || answer == item.reference);
            let _ = corpus.text(Kind::ALL[rng.below(8)], &answer, Reader::Chinese);
        }
    }
}

#[test]
fn a_program_is_right_if_it_continues_the_sequence() {
    let corpus = Corpus::new();
    let item = corpus.fibonacci();
    let grade = |text| {
        let grade = corpus.grade(&item, &corpus.vocabulary().tokens(text).expect("known words"));
        let rules = [Rule::Runs, Rule::ShownTerms, Rule::HiddenTerms].map(|rule| grade.keeps(rule));
        (grade.correct, grade.exact, rules.map(|kept| kept.expect("a rule of code")))
    };
    assert_eq!(grade("def 1 1 return f(n-1) + f(n-2) <end>"), (true, true, [true; 3]));
    assert_eq!(grade("def 1 1 return f(n-2) + f(n-1) <end>"), (true, false, [true; 3]));
    assert_eq!(grade("def 1 1 return f(n-1) + 1 <end>"), (false, false, [true, false, false]));
    assert_eq!(grade("def 1 1 return f(n-1) + f(n-2)"), (false, false, [false; 3]));
}

#[test]
fn the_chapters_own_lines_are_items() {
    let corpus = Corpus::new();
    let words = |text| corpus.vocabulary().tokens(text).expect("known words");
    let greetings = corpus.greetings();
    assert_eq!(greetings.prompt, words("<examples> Hello 你好 ; Thank you 谢谢 ; Good morning"));
    assert_eq!(greetings.reference, words("早上好"));
    assert_eq!(corpus.fibonacci().prompt, words("<code> 1 1 2 3 5 8"));
    assert_eq!(corpus.apples(Style::Direct).reference, [words("10")[0], END]);
    for item in [greetings, corpus.fibonacci(), corpus.apples(Style::Steps), corpus.apples(Style::Direct)] {
        assert!(corpus.grade(&item, &item.reference).correct);
    }
}
