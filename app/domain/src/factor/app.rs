//! Authenticator apps: codes that follow the clock (RFC 6238).

use super::{Added, FactorName};
use crate::ids::{FactorId, PersonId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

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
    /// On what ground. What was written before this was kept came with an enrolment, or is older than an hour.
    #[serde(default)]
    pub added: Added,
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

    #[test]
    fn a_step_is_accepted_once_and_never_an_older_one() {
        assert_eq!(unused_step(TimeStep(10), &[TimeStep(9), TimeStep(10)]), None);
        assert_eq!(unused_step(TimeStep(10), &[TimeStep(10), TimeStep(11)]), Some(TimeStep(11)));
    }
}
