//! The floors of the loss are the entropies of what is really drawn.

use std::collections::{HashMap, HashSet};

use tasks::{
    Corpus, Kind, Pair, Rng, Split, Task, Token,
    vocabulary::{END, SEPARATOR},
};

/// Rows for each Monte Carlo estimate.
const N_ROWS: usize = 4_000;

#[test]
fn floors_equal_the_mean_surprise_of_a_reader_who_knows_the_generator() {
    let corpus = Corpus::new();
    let mut rng = Rng::new(31);
    for kind in Kind::ALL {
        let floor = corpus.floor(kind);
        let (mut sum, mut sum_of_squares, mut n_targets) = (0.0, 0.0, 0);
        for _ in 0..N_ROWS {
            let row = corpus.sample_kind(kind, &mut rng, Split::Train);
            let surprise = -corpus.log_probability(&row);
            sum += surprise;
            sum_of_squares += surprise * surprise;
            n_targets += row.n_targets();
        }
        let n = N_ROWS as f64;
        let mean = sum / n;
        let standard_error = ((sum_of_squares / n - mean * mean).max(0.0) / n).sqrt();
        // Five standard errors; where every row is equally likely there is only rounding.
        let tolerance = 5.0 * standard_error + 1e-9 * mean;
        assert!((mean - floor.nats_per_row).abs() < tolerance, "{}: {mean} {floor:?}", kind.name());
        // At most 22 tokens more or fewer in a row (arithmetic): a standard error below 0.2.
        assert!((n_targets as f64 / n - floor.targets_per_row).abs() < 1.0, "{}", kind.name());
        println!(
            "{:<10} {:8.3} nats/row {:7.3} targets/row {:.4} nats/token (estimate {mean:.3} ± {standard_error:.3})",
            kind.name(),
            floor.nats_per_row,
            floor.targets_per_row,
            floor.nats_per_token()
        );
    }
    let floor = corpus.mixture_floor();
    println!(
        "mixture    {:8.3} {:7.3} {:.4}",
        floor.nats_per_row,
        floor.targets_per_row,
        floor.nats_per_token()
    );
}

/// Pearson's χ² of counts against equal shares of `n_cells`, in standard deviations from its mean (n_cells − 1, with
/// variance 2(n_cells − 1)).
fn excess_of_chi_square(counts: &HashMap<Vec<Token>, u32>, n_cells: usize) -> f64 {
    let n: u32 = counts.values().sum();
    let expected = f64::from(n) / n_cells as f64;
    let seen: f64 = counts.values().map(|&count| (f64::from(count) - expected).powi(2) / expected).sum();
    let unseen = (n_cells - counts.len()) as f64 * expected;
    let freedom = (n_cells - 1) as f64;
    (seen + unseen - freedom) / (2.0 * freedom).sqrt()
}

#[test]
fn what_is_said_to_be_uniform_is() {
    let corpus = Corpus::new();
    let mut rng = Rng::new(32);
    let documents = |kind: Kind, n_rows: usize, rng: &mut Rng| {
        let mut documents = Vec::new();
        for _ in 0..n_rows {
            let row = corpus.sample_kind(kind, rng, Split::Train);
            documents.extend(row.tokens()[1..].split_inclusive(|&token| token == END).map(<[Token]>::to_vec));
        }
        documents
    };
    let mut check = |kind: Kind, n_rows: usize, part: std::ops::Range<usize>| {
        let mut counts = HashMap::new();
        for document in documents(kind, n_rows, &mut rng) {
            *counts.entry(document[part.start..part.end.min(document.len())].to_vec()).or_insert(0) += 1;
        }
        let n_cells = corpus.counts(kind).expect("documents that can be listed").train;
        let excess = excess_of_chi_square(&counts, n_cells);
        assert!(counts.len() <= n_cells && excess.abs() < 5.0, "{}: {excess}", kind.name());
    };
    // At least five expected in a cell. Whole programs; first lines of verses; middle words of couplets.
    check(Kind::Code, 15_000, 0..20);
    check(Kind::Verse, 20_000, 0..7);
    check(Kind::Couplets, 10_000, 1..5);
}

#[test]
fn kinds_of_problems_are_equally_frequent() {
    let corpus = Corpus::new();
    let mut rng = Rng::new(33);
    let fraction = corpus.vocabulary().token("of the original").expect("a word");
    let mut counts = [0_u32; 3];
    for _ in 0..6_000 {
        let row = corpus.sample_kind(Kind::Arithmetic, &mut rng, Split::Train);
        for document in row.tokens()[1..].split_inclusive(|&token| token == END) {
            counts[document.iter().filter(|&&token| token == fraction).count()] += 1;
        }
    }
    // 12,000 problems: no, one or two fractions in proportion 1 : 2 : 1; standard deviations 47, 55, 47.
    assert!(counts[0].abs_diff(3_000) < 235 && counts[1].abs_diff(6_000) < 275, "{counts:?}");
}

#[test]
fn tasks_and_words_of_examples_are_equally_frequent() {
    let corpus = Corpus::new();
    let mut rng = Rng::new(34);
    let tasks = Task::ALL;
    let seen: Vec<HashSet<(Token, Token)>> = tasks
        .iter()
        .map(|&task| corpus.pairs(task).filter(|pair| pair.1 == Pair::Seen).map(|pair| pair.0).collect())
        .collect();
    let mut n_rows = vec![0_u32; tasks.len()];
    let mut n_pairs: Vec<HashMap<(Token, Token), u32>> = vec![HashMap::new(); tasks.len()];
    for _ in 0..28_000 {
        let row = corpus.sample_kind(Kind::Examples, &mut rng, Split::Train);
        let pairs: Vec<(Token, Token)> = row.tokens()[1..].chunks(3).map(|part| (part[0], part[1])).collect();
        let of = |task: &HashSet<_>| pairs.iter().all(|pair| task.contains(pair));
        let task = seen.iter().position(of).expect("a row follows a task and shows nothing held out");
        n_rows[task] += 1;
        for pair in pairs {
            *n_pairs[task].entry(pair).or_default() += 1;
        }
    }
    for (task, pairs) in n_pairs.iter().enumerate() {
        // Mean 1,000, standard deviation 31.
        assert!(n_rows[task].abs_diff(1_000) < 155, "{:?}: {}", tasks[task], n_rows[task]);
        assert_eq!(pairs.len(), seen[task].len(), "every trained pair occurs");
        let expected = 20.0 * f64::from(n_rows[task]) / pairs.len() as f64;
        // At least 350 each, with a standard deviation below 16. The held-out openings make words that begin few of
        // them up to 2 % more frequent.
        let is_near = |&count: &u32| (f64::from(count) - expected).abs() < 80.0 + 0.02 * expected;
        assert!(pairs.values().all(is_near), "{:?}: {expected} {pairs:?}", tasks[task]);
    }
}

#[test]
fn maps_of_two_to_six_keys_are_equally_frequent() {
    let corpus = Corpus::new();
    let mut rng = Rng::new(35);
    let mut counts = [0_u32; 7];
    for _ in 0..10_000 {
        let row = corpus.sample_kind(Kind::Maps, &mut rng, Split::Train);
        let pairs = row.tokens()[1..].split(|&token| token == SEPARATOR).filter(|pair| pair.len() == 2);
        counts[pairs.collect::<HashSet<_>>().len()] += 1;
    }
    // Mean 2,000, standard deviation 40.
    assert!(counts[2..].iter().all(|&count| count.abs_diff(2_000) < 200), "{counts:?}");
}
