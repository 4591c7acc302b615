//! Prints a training row of each kind, an item and a few counts: a first look at the language.

use tasks::{Ability, Corpus, Kind, Reader, Rng, Split, vocabulary::N_TOKENS};

fn main() {
    let corpus = Corpus::new();
    let mut rng = Rng::new(1);
    println!("{N_TOKENS} words");
    for kind in Kind::ALL {
        let row = corpus.sample_kind(kind, &mut rng, Split::Train);
        let floor = corpus.floor(kind);
        println!(
            "\n== {} ({:.3} nats per token at least; {:?})",
            kind.name(),
            floor.nats_per_token(),
            corpus.counts(kind)
        );
        println!("{}", corpus.text(kind, row.tokens(), Reader::Chinese));
    }
    println!("\nmixture: {:.4} nats per token at least", corpus.mixture_floor().nats_per_token());
    println!("\n== items");
    for ability in Ability::PUBLISHED {
        let item = corpus.item(ability, &mut rng);
        let words = |tokens: &[_]| -> String {
            tokens.iter().map(|&token| corpus.vocabulary().text(token)).collect::<Vec<_>>().join(" ")
        };
        println!("{}: {} | {}", ability.name(), words(&item.prompt), words(&item.reference));
    }
}
