//! What a person calls a login method.

use crate::person::Malformed;
use serde::{Deserialize, Serialize};

/// A name a person gives an authenticator: 1–30 characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FactorName(String);

impl FactorName {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for FactorName {
    type Error = Malformed;
    fn try_from(text: String) -> Result<Self, Malformed> {
        let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let fits = (1..=30).contains(&folded.chars().count()) && !folded.chars().any(char::is_control);
        if fits { Ok(Self(folded)) } else { Err(Malformed("name of a login method")) }
    }
}

impl From<FactorName> for String {
    fn from(name: FactorName) -> Self {
        name.0
    }
}
