//! A figure's state as it stands in an address: names and values.

use std::fmt;

use crate::browser;

/// Names and values of controls, such as `axis=n&x=1.75e11`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State(Vec<(String, String)>);

impl State {
    /// Reads `name=value&name=value`; parts without `=` are ignored. Percent signs are not decoded: the page's own
    /// states never need them.
    pub fn parse(text: &str) -> Self {
        text.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('=')).collect()
    }

    /// The value of a control.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.pairs().find(|(own, _)| *own == name).map(|(_, value)| value)
    }

    /// The value of a numeric control, clamped to a range; `None` if it is absent or not a finite number.
    pub fn number(&self, name: &str, range: std::ops::RangeInclusive<f64>) -> Option<f64> {
        let value = browser::parse_number(self.text(name)?).filter(|value| value.is_finite())?;
        Some(value.clamp(*range.start(), *range.end()))
    }

    /// The one of `all` whose code is the value of a control; `None` if it is absent or there is no such code.
    pub fn choice<T: Copy>(&self, name: &str, all: &[T], code: fn(T) -> &'static str) -> Option<T> {
        let text = self.text(name)?;
        all.iter().copied().find(|&one| code(one) == text)
    }

    /// Whether a switch is on; `None` if it is absent or neither `on` nor `off`.
    pub fn switch(&self, name: &str) -> Option<bool> {
        match self.text(name)? {
            "on" => Some(true),
            "off" => Some(false),
            _ => None,
        }
    }

    /// The state with one more value.
    #[must_use]
    pub fn with(self, name: &str, value: impl fmt::Display) -> Self {
        let mut state = self.without(name);
        state.0.push((name.to_owned(), value.to_string()));
        state
    }

    /// The state without a control.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.0.retain(|(own, _)| own != name);
        self
    }

    /// The state with one more value if a condition holds: a control that differs from its default.
    #[must_use]
    pub fn with_if(self, condition: bool, name: &str, value: impl fmt::Display) -> Self {
        if condition { self.with(name, value) } else { self }
    }

    /// Names and values.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for State {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        Self(pairs.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }
}

impl fmt::Display for State {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (name, value)) in self.pairs().enumerate() {
            let separator = if index == 0 { "" } else { "&" };
            write!(out, "{separator}{name}={value}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_back() {
        let state = State::parse("?axis=d&x=3e11");
        assert_eq!(state.text("axis"), Some("d"));
        assert_eq!(State::parse(&state.to_string()), state);
    }

    #[test]
    fn bad_values_are_clamped_or_dropped() {
        let state = State::parse("a=7&b=word&c=NaN&d&e=inf");
        assert_eq!(state.number("a", 0.0..=1.0), Some(1.0));
        for name in ["b", "c", "d", "e", "f"] {
            assert_eq!(state.number(name, 0.0..=1.0), None, "{name}");
        }
        assert_eq!(State::parse("s=maybe").switch("s"), None);
        let code = |yes| if yes { "yes" } else { "no" };
        let choice = |text| State::parse(text).choice("c", &[false, true], code);
        assert_eq!((choice("c=yes"), choice("c=perhaps"), choice("")), (Some(true), None, None));
    }
}
