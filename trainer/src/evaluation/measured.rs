//! The measurements of a model as data.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use tasks::Rule;

/// All measurements of one model at one precision.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// Loss over the whole mixture.
    pub loss: Loss,
    /// Loss on each kind of row.
    pub kinds: BTreeMap<String, Loss>,
    /// Score in each ability.
    pub scores: BTreeMap<String, Score>,
}

/// Mean losses, in nats per token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Loss {
    /// On new rows of the distribution that was trained on, whose entropy is the floor.
    pub fresh: f64,
    /// On rows that contain something held out; no floor is known for them.
    pub held_out: f64,
}

/// A model's score in one ability. Shares are between 0 and 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// Number of items.
    pub items: usize,
    /// Share of the model's own answers that are right: programs by running them, steps and poems by their rules, all
    /// else by comparison. Poems are drawn at temperature 1; other answers are the most likely token each time.
    pub correct: f64,
    /// Share of items where every token of the reference is the most likely one.
    pub exact: f64,
    /// Share of the references' tokens that are the most likely one after the reference so far.
    pub token_accuracy: f64,
    /// Mean loss on the references' tokens, in nats.
    pub nats_per_token: f64,
    /// Share of the model's own answers that keep each rule of the grader.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub rules: BTreeMap<String, f64>,
}

/// A measurement that is not the recorded one.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// What was measured.
    pub what: String,
    /// In the manifest.
    pub recorded: f64,
    /// Now.
    pub remade: f64,
}

/// Largest difference of a share. Kernels of other machines add in another order, which moves logits by about 1e-5 and
/// can turn only answers that are as good as tied; five items of 512 are far more than were ever seen.
const SHARE_TOLERANCE: f64 = 0.01;
/// Largest difference of a loss, in nats: logits that differ by 1e-5 move it by less than that, and the numbers are
/// rounded to 1e-6.
const LOSS_TOLERANCE: f64 = 1e-4;

impl Measured {
    /// The measurements that differ from another's by more than their tolerance, or are missing on one side.
    pub fn differences(&self, remade: &Self) -> Vec<Difference> {
        let (recorded, remade) = (self.values(), remade.values());
        let names: BTreeSet<&String> = recorded.keys().chain(remade.keys()).collect();
        let differs = |name: &String| {
            let (recorded, remade) = (recorded.get(name), remade.get(name));
            let is_near = |((a, tolerance), (b, _)): (&(f64, f64), &(f64, f64))| (a - b).abs() <= *tolerance;
            let number = |value: Option<&(f64, f64)>| value.map_or(f64::NAN, |value| value.0);
            let difference =
                Difference { what: name.clone(), recorded: number(recorded), remade: number(remade) };
            (!recorded.zip(remade).is_some_and(is_near)).then_some(difference)
        };
        names.into_iter().filter_map(differs).collect()
    }

    /// Every number by name, with its tolerance.
    fn values(&self) -> BTreeMap<String, (f64, f64)> {
        let mut values = BTreeMap::new();
        let kinds = self.kinds.iter().map(|(kind, loss)| (format!("loss of {kind}"), loss));
        for (name, loss) in kinds.chain([("loss".to_owned(), &self.loss)]) {
            values.insert(format!("{name}, fresh"), (loss.fresh, LOSS_TOLERANCE));
            values.insert(format!("{name}, held out"), (loss.held_out, LOSS_TOLERANCE));
        }
        for (ability, score) in &self.scores {
            let mut add = |what: &str, value, tolerance| {
                values.insert(format!("{ability}, {what}"), (value, tolerance));
            };
            add("items", score.items as f64, 0.0);
            add("correct", score.correct, SHARE_TOLERANCE);
            add("exact", score.exact, SHARE_TOLERANCE);
            add("token accuracy", score.token_accuracy, SHARE_TOLERANCE);
            // Answers are as short as one token: the mean is over fewer than in a loss.
            add("nats per token", score.nats_per_token, 10.0 * LOSS_TOLERANCE);
            for (rule, share) in &score.rules {
                add(rule, *share, SHARE_TOLERANCE);
            }
        }
        values
    }
}

/// Six decimals: far below the standard error of any share or loss here.
pub fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

/// The name of a rule in data files.
pub const fn rule_name(rule: Rule) -> &'static str {
    match rule {
        Rule::Steps => "steps",
        Rule::Result => "result",
        Rule::Runs => "runs",
        Rule::ShownTerms => "shown-terms",
        Rule::HiddenTerms => "hidden-terms",
        Rule::Grammar => "grammar",
        Rule::Rhyme => "rhyme",
        Rule::Meter => "meter",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_beyond_its_tolerance_is_reported() {
        let score = Score {
            items: 512,
            correct: 0.5,
            exact: 0.5,
            token_accuracy: 0.75,
            nats_per_token: 1.0,
            rules: BTreeMap::from([("rhyme".to_owned(), 0.25)]),
        };
        let mut recorded = Measured { loss: Loss { fresh: 2.0, held_out: 3.0 }, ..Measured::default() };
        recorded.scores.insert("verse".to_owned(), score.clone());
        let mut remade = recorded.clone();
        remade.loss.fresh += 0.9 * LOSS_TOLERANCE;
        assert_eq!(recorded.differences(&remade), []);

        remade.loss.held_out -= 2.0 * LOSS_TOLERANCE;
        remade.scores.insert("verse".to_owned(), Score { rules: BTreeMap::new(), exact: 0.52, ..score });
        let names: Vec<String> =
            recorded.differences(&remade).into_iter().map(|difference| difference.what).collect();
        assert_eq!(names, ["loss, held out", "verse, exact", "verse, rhyme"]);
    }
}
