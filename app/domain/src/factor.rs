//! What a person proves to be herself with, and what combinations are worth (NSIS 3.2.1).

use crate::ids::{FactorId, PersonId};
use crate::level::AssuranceLevel;
use crate::person::Malformed;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The category of a factor. Two of one category are one (NSIS 3.2.1.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Category {
    /// Something only she knows.
    Knowledge,
    /// Something only she has.
    Possession,
}

/// One kind of factor, as used in a sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum FactorKind {
    /// A password.
    Password,
    /// A code from an authenticator app (RFC 6238).
    AuthenticatorApp,
    /// A code from a hardware code device (RFC 4226, RFC 6238).
    CodeDevice,
}

impl FactorKind {
    /// What category it belongs to.
    pub fn category(self) -> Category {
        match self {
            Self::Password => Category::Knowledge,
            Self::AuthenticatorApp | Self::CodeDevice => Category::Possession,
        }
    }

    /// Whether its proof differs each time (NSIS 3.3.1.4).
    pub fn is_dynamic(self) -> bool {
        matches!(self, Self::AuthenticatorApp | Self::CodeDevice)
    }
}

/// What the factors of one sign-in add up to: Substantial needs two categories and a dynamic proof; one factor is Low.
pub fn authentication_level(used: &[FactorKind]) -> Option<AssuranceLevel> {
    let first = used.first()?.category();
    let two_categories = used.iter().any(|kind| kind.category() != first);
    let dynamic = used.iter().any(|kind| kind.is_dynamic());
    Some(if two_categories && dynamic { AssuranceLevel::Substantial } else { AssuranceLevel::Low })
}

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

/// A time step of RFC 6238: seconds since 1970 divided by thirty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TimeStep(pub i64);

impl TimeStep {
    /// The step of an instant.
    pub fn at(now: Timestamp) -> Self {
        Self(now.as_second().div_euclid(30))
    }
}

/// An authenticator app that counts: verified once, its seed kept sealed elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthenticatorApp {
    /// Which.
    pub id: FactorId,
    /// Whose.
    pub person: PersonId,
    /// What she calls it.
    pub name: FactorName,
    /// Since when.
    pub added_at: Timestamp,
    /// When it last answered.
    pub used_at: Option<Timestamp>,
    /// The newest step a code was accepted for; none at or below it is accepted again.
    pub last_step: TimeStep,
}

/// The first of `matching` steps that was not used yet. `matching` are those within ±1 of now whose code fits.
pub fn unused_step(last: TimeStep, matching: &[TimeStep]) -> Option<TimeStep> {
    matching.iter().copied().filter(|step| *step > last).min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use FactorKind::{AuthenticatorApp as App, Password};

    #[test]
    fn only_two_categories_with_a_dynamic_proof_are_substantial() {
        assert_eq!(authentication_level(&[]), None);
        assert_eq!(authentication_level(&[Password]), Some(AssuranceLevel::Low));
        assert_eq!(authentication_level(&[Password, Password]), Some(AssuranceLevel::Low));
        assert_eq!(authentication_level(&[App, App]), Some(AssuranceLevel::Low));
        assert_eq!(authentication_level(&[Password, App]), Some(AssuranceLevel::Substantial));
    }

    #[test]
    fn a_step_is_accepted_once_and_never_an_older_one() {
        assert_eq!(unused_step(TimeStep(10), &[TimeStep(9), TimeStep(10)]), None);
        assert_eq!(unused_step(TimeStep(10), &[TimeStep(10), TimeStep(11)]), Some(TimeStep(11)));
    }
}
