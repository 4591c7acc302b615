//! Which language a model was trained on.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tasks::{Ability, Corpus, Kind, Rng, Split};

use crate::files;

/// Rows and items of each sort that the fingerprint looks at: enough that a change of any generator shows.
const N_SAMPLES: usize = 64;

/// The language of a manifest: what identifies it, and the least loss that any model can reach in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Language {
    /// Hash of the vocabulary, the mixture, and samples of rows and items. Models of languages that differ cannot be
    /// compared, nor trained further.
    pub fingerprint: String,
    /// Tokens in the vocabulary.
    pub vocab_size: usize,
    /// Entropy of the whole mixture, in nats per token.
    pub floor: f64,
    /// Share among rows and entropy of each kind of row.
    pub kinds: BTreeMap<String, KindFloor>,
}

/// A kind of row in the mixture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KindFloor {
    /// Share among rows, from 0 to 1.
    pub share: f64,
    /// Mean number of tokens to predict in a row.
    pub tokens_per_row: f64,
    /// Entropy, in nats per token.
    pub floor: f64,
}

impl Language {
    /// The language of a corpus.
    pub fn new(corpus: &Corpus) -> Self {
        let kind_floor = |kind| {
            let floor = corpus.floor(kind);
            KindFloor {
                share: corpus.mixture().share(kind),
                tokens_per_row: floor.targets_per_row,
                floor: floor.nats_per_token(),
            }
        };
        Self {
            fingerprint: fingerprint(corpus),
            vocab_size: tasks::vocabulary::N_TOKENS,
            floor: corpus.mixture_floor().nats_per_token(),
            kinds: Kind::ALL.iter().map(|&kind| (kind.name().to_owned(), kind_floor(kind))).collect(),
        }
    }
}

fn fingerprint(corpus: &Corpus) -> String {
    let vocabulary = corpus.vocabulary();
    let mut bytes = Vec::new();
    for token in 0..tasks::vocabulary::N_TOKENS {
        bytes.extend(vocabulary.text(token as u16).bytes().chain([0]));
    }
    let rng = &mut Rng::new(0);
    for kind in Kind::ALL {
        // Shares are sums of decimals: their last bits mean nothing.
        bytes.extend(((corpus.mixture().share(kind) * 1e9).round() as u64).to_le_bytes());
        for split in [Split::Train, Split::Test] {
            for _ in 0..N_SAMPLES {
                let row = corpus.sample_kind(kind, rng, split);
                bytes.extend(row.inputs().iter().flat_map(|token| token.to_le_bytes()));
            }
        }
    }
    for ability in Ability::PUBLISHED {
        for item in corpus.items(ability, N_SAMPLES, rng) {
            bytes.extend(item.prompt.iter().chain(&item.reference).flat_map(|token| token.to_le_bytes()));
        }
    }
    files::sha256(&bytes)[..16].to_owned()
}

#[cfg(test)]
mod tests {
    use tasks::Mixture;

    use super::*;

    #[test]
    fn another_mixture_is_another_language() {
        let mixture = Mixture::new([0.3, 0.12, 0.08, 0.18, 0.12, 0.05, 0.05, 0.10]).unwrap();
        let other = Language::new(&Corpus::with_mixture(mixture));
        let language = Language::new(&Corpus::new());
        assert_eq!(language, Language::new(&Corpus::new()));
        assert_ne!(language.fingerprint, other.fingerprint);
    }
}
