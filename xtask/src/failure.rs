//! Why a command stopped, in words that help the person at the terminal.

use std::fmt::{self, Display, Formatter};

/// The result of a step that either works or stops the command.
pub type Result<T = ()> = std::result::Result<T, Failure>;

/// What was wanted and did not work, and what the developer can do about it.
///
/// Nothing in this program acts on the kind of a failure, so there is one kind and its words.
#[derive(Debug)]
pub struct Failure {
    what: String,
    remedy: Option<String>,
}

impl Failure {
    /// A failure described by one sentence.
    pub fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), remedy: None }
    }

    /// The same failure with the way to get the wanted thing by hand.
    pub fn with_remedy(self, remedy: impl Into<String>) -> Self {
        Self { remedy: Some(remedy.into()), ..self }
    }
}

impl Display for Failure {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        match &self.remedy {
            Some(remedy) => write!(f, "\n  help: {remedy}"),
            None => Ok(()),
        }
    }
}
