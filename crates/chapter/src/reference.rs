//! A cited work.

use serde::{Deserialize, Serialize};

/// A work that the essay cites, as listed in the references.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// Stable key, such as `kaplan2020`.
    pub key: String,
    /// Authors as printed in the list.
    pub authors: String,
    /// The short form used in running text, such as `Kaplan et al.`.
    pub short: String,
    /// Year of the cited version.
    pub year: u16,
    /// Title in its own language.
    pub title: String,
    /// Journal, conference, archive or publisher.
    pub venue: String,
    /// arXiv identifier, such as `2001.08361`.
    #[serde(default)]
    pub arxiv: Option<String>,
    /// Digital object identifier.
    #[serde(default)]
    pub doi: Option<String>,
    /// Address, for works that have neither of the two.
    #[serde(default)]
    pub url: Option<String>,
}

impl Reference {
    /// The address to read the work at, if it has one: its DOI, else arXiv, else its own address.
    pub fn address(&self) -> Option<String> {
        self.doi
            .as_ref()
            .map(|doi| format!("https://doi.org/{doi}"))
            .or_else(|| self.arxiv.as_ref().map(|id| format!("https://arxiv.org/abs/{id}")))
            .or_else(|| self.url.clone())
    }
}
