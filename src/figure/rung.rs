//! The size of the project's models that the reader has chosen.

use chapter::Ladder;

use super::State;

/// A choice among the sizes of the project's models, by name: `3x48`. The largest unless the reader has chosen another.
///
/// Figures that run a model keep one in their controls and say so by [`Figure::HAS_RUNG`](super::Figure::HAS_RUNG); the
/// shell then carries a choice made in one of them over to the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rung(Option<String>);

impl Rung {
    /// Its control's name, in states and in addresses.
    pub const KEY: &'static str = "rung";

    /// The size at an index, from the smallest on.
    pub fn at(ladder: &Ladder, index: usize) -> Self {
        let is_largest = index + 1 >= ladder.rungs.len();
        Self(ladder.rungs.get(index).filter(|_| !is_largest).map(|rung| rung.name.clone()))
    }

    /// The choice that a state describes. A name that no model has means the largest, as [`of`](Self::of) finds out.
    pub fn from_state(state: &State) -> Self {
        Self(state.text(Self::KEY).map(str::to_owned))
    }

    /// A state with this choice in it, if it is not the default.
    #[must_use]
    pub fn write(&self, state: State) -> State {
        match &self.0 {
            Some(name) => state.with(Self::KEY, name),
            None => state,
        }
    }

    /// Its index among the models, which are not empty.
    pub fn index(&self, ladder: &Ladder) -> usize {
        let named = self.0.as_ref().and_then(|name| ladder.rungs.iter().position(|rung| rung.name == *name));
        named.unwrap_or(ladder.rungs.len().saturating_sub(1))
    }

    /// The model; `None` if there are no models at all.
    pub fn of<'a>(&self, ladder: &'a Ladder) -> Option<&'a chapter::Rung> {
        ladder.rungs.get(self.index(ladder))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ladder() -> Ladder {
        let rung = |name: &str| chapter::Rung {
            name: name.to_owned(),
            params_non_embedding: 1,
            params: 2,
            shipped_seed: 0,
            runs: vec![],
        };
        Ladder { floor: 1.0, abilities: vec![], rungs: ["1x8", "2x16", "4x64"].map(rung).to_vec() }
    }

    #[test]
    fn state_and_back() {
        let ladder = ladder();
        for index in 0..3 {
            let rung = Rung::at(&ladder, index);
            assert_eq!(Rung::from_state(&rung.write(State::default())), rung);
            assert_eq!(rung.index(&ladder), index);
        }
        assert_eq!(
            Rung::at(&ladder, 2),
            Rung::default(),
            "the largest is the default and not in the address"
        );
    }

    #[test]
    fn an_unknown_size_is_the_largest() {
        let ladder = ladder();
        for text in ["rung=9x9", "rung=", "", "rung=%00"] {
            let rung = Rung::from_state(&State::parse(text));
            assert_eq!(rung.of(&ladder).map(|rung| rung.name.as_str()), Some("4x64"), "{text}");
        }
        let none = Ladder { rungs: vec![], ..ladder };
        assert_eq!(Rung::default().of(&none), None);
    }
}
