//! A small essay without problems, in memory, for tests to break in one place.

use chapter::FigureId;
use chapter_compiler::{Essay, FigureNeeds, Problems, Sources, compile_sources};

/// What the figures of the small essay read.
pub const NEEDS: [FigureNeeds; 1] = [FigureNeeds {
    figure: FigureId::ScalingLaw,
    facts: &["kaplan.n_c"],
    tables: &["sizes"],
    abilities: &["maps"],
}];

const SECTION: &str = "\
## 1 Large

One <note:data>, <fact:kaplan.alpha_n>, [Table 2](cite:brown2020).

### Parts {#parts}

See [the figure](fig:scaling-law?axis=log) and [the section](sec:large).

| **A** | **B** |
| ----- | ----- |
| 1     | 2     |

*Table 1 Two numbers*

```python
x = 1
```

```math
L(N)
```

";

const FACTS: &str = r#"
[[fact]]
key = "kaplan.alpha_n"
value = 0.076
unit = "one"
source = "kaplan2020"
place = "Equation 1.1"
provenance = "published"

[[fact]]
key = "kaplan.n_c"
value = 8.8e13
unit = "params"
source = "kaplan2020"
place = "Equation 1.1"
provenance = "published"
"#;

const REFERENCES: &str = r#"
[[reference]]
key = "kaplan2020"
authors = "Kaplan, J., et al."
short = "Kaplan et al."
year = 2020
title = "Scaling Laws"
venue = "arXiv"

[[reference]]
key = "brown2020"
authors = "Brown, T., et al."
short = "Brown et al."
year = 2020
title = "Few-Shot Learners"
venue = "NeurIPS"
"#;

const NOTES: &str = r#"
[[note]]
key = "data"
zh = "注 <cite:brown2020>。"
en = "Note <cite:brown2020>."
"#;

const SIZES: &str = r#"
source = "brown2020"
place = "Table 2.1"
provenance = "published"
columns = [
  { name = "params", unit = "params" },
  { name = "tokens", unit = "tokens" },
]
rows = [
  { label = "Small", values = [1.25e8, 3e11] },
  { label = "Large", values = [1.75e11, 3e11] },
]
"#;

const MODELS: &str = r#"{
  "language": { "floor": 0.9, "vocab_size": 681 },
  "models": [{
    "size": "1x8", "params_non_embedding": 792, "params": 6240, "shipped_seed": 0,
    "runs": [{
      "settings": { "seed": 0 },
      "tokens": 30000, "flops": 1e9,
      "int8": {
        "loss": { "fresh": 2.1 },
        "scores": { "maps": { "items": 512, "correct": 0.1, "token_accuracy": 0.2, "nats_per_token": 3.5 } }
      }
    }]
  }]
}"#;

/// The essay, in both languages the same.
pub fn sources() -> Sources {
    let mut sources = Sources::new("content");
    // The figure that the tests break comes first, so that its lines stay when the essay gets more figures.
    let others = FigureId::ALL.into_iter().filter(|figure| *figure != FigureId::ScalingLaw);
    let figures: Vec<String> = [FigureId::ScalingLaw]
        .into_iter()
        .chain(others)
        .map(|figure| format!("::: figure {} A *title*\nWhat to see.\n\nWhat to try.\n:::\n", figure.slug()))
        .collect();
    let figures = figures.join("\n");
    for language in ["zh", "en"] {
        sources.insert(&format!("{language}/chapter.toml"), "title = \"T\"\ndescription = \"D\"\n");
        sources.insert(&format!("{language}/00-opening.md"), "Opening.\n");
        sources.insert(&format!("{language}/01-large.md"), format!("{SECTION}{figures}"));
    }
    sources.insert("facts.toml", FACTS);
    sources.insert("references.toml", REFERENCES);
    sources.insert("notes.toml", NOTES);
    sources.insert("data/sizes.toml", SIZES);
    sources.insert("models/manifest.json", MODELS);
    sources
}

/// Compiles with the needs above.
pub fn compile(sources: &Sources) -> Result<Essay, Problems> {
    compile_sources(sources, &NEEDS)
}

/// The essay with `old` replaced by `new` in one file.
pub fn edited(path: &str, old: &str, new: &str) -> Sources {
    edited_in(sources(), path, old, new)
}

/// `sources` with `old` replaced by `new` in one file.
pub fn edited_in(mut sources: Sources, path: &str, old: &str, new: &str) -> Sources {
    let text = sources.text(path).expect("a file of the small essay");
    assert!(text.contains(old), "{path} has no {old:?}");
    let text = text.replacen(old, new, 1);
    sources.insert(path, text);
    sources
}
