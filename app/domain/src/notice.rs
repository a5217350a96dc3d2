//! Messages to people: which, about what. The text is made at sending (security decision 30).

use crate::ids::{NoticeId, PersonId, RequestId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Which message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Template {
    /// Welcome: how to begin. Carries a link made at sending.
    Welcome,
    /// Something is still missing.
    Reminder,
    /// Receipt for the terms.
    TermsAccepted,
    /// Identity confirmed.
    IdentityProved,
    /// A login method was added.
    FactorAdded,
    /// A password was set anew.
    PasswordSet,
    /// The same to her private mail, as [`Template::BlockedPrivate`]: whoever set it may read her work mail.
    PasswordSetPrivate,
    /// Sign-in by code was stopped after too many wrong ones.
    CodesStopped,
    /// The login is active: to the person.
    Active,
    /// A login became active: to the organisation (NSIS 5.2.11).
    ActiveToOrganisation,
    /// The login was blocked: receipt.
    Blocked,
    /// The same to her private mail, when she has one besides: each leaves and is retried by itself.
    BlockedPrivate,
    /// The login was opened again.
    Reopened,
    /// The same to her private mail, as [`Template::BlockedPrivate`].
    ReopenedPrivate,
    /// In a week a blocked login is closed for good.
    RevocationNear,
    /// A login that stayed blocked for thirty days was closed for good.
    Revoked,
    /// A new sheet of codes was made; the old one is dead.
    CodesPrinted,
    /// A login method was removed.
    FactorRemoved,
    /// Many logins were blocked within minutes: to the organisation.
    MassBlocking,
    /// A role was proposed: to administrators.
    RoleProposed,
    /// Keys were made, rotated or retired: to administrators.
    KeysChanged,
    /// The work relation ended, the login is closed.
    AssociationClosed,
    /// A backup was restored, and what she signed in with since then is lost: she opens her login with MitID.
    OpenAnew,
    /// A backup was restored and brought up to what is kept outside: to administrators.
    DatabaseRecovered,
    /// A person ended her own work relation: to the organisation (NSIS 5.2.1).
    EndedToOrganisation,
    /// She confirms anew with MitID within thirty days, a week, a day.
    ReconfirmationNear,
    /// HR changed her name: she confirms anew with MitID.
    NameChanged,
    /// HR names another CPR number than the one she proved: her login is held.
    NumberChanged,
}

impl Template {
    /// The word kept in the trail.
    pub fn word(self) -> &'static str {
        match self {
            Self::Welcome => "welcome",
            Self::Reminder => "reminder",
            Self::TermsAccepted => "terms-accepted",
            Self::IdentityProved => "identity-proved",
            Self::FactorAdded => "factor-added",
            Self::PasswordSet => "password-set",
            Self::PasswordSetPrivate => "password-set-private",
            Self::CodesStopped => "codes-stopped",
            Self::Active => "active",
            Self::ActiveToOrganisation => "active-to-organisation",
            Self::Blocked => "blocked",
            Self::BlockedPrivate => "blocked-private",
            Self::Reopened => "reopened",
            Self::ReopenedPrivate => "reopened-private",
            Self::RevocationNear => "revocation-near",
            Self::Revoked => "revoked",
            Self::CodesPrinted => "codes-printed",
            Self::FactorRemoved => "factor-removed",
            Self::MassBlocking => "mass-blocking",
            Self::RoleProposed => "role-proposed",
            Self::KeysChanged => "keys-changed",
            Self::AssociationClosed => "association-closed",
            Self::OpenAnew => "open-anew",
            Self::DatabaseRecovered => "database-recovered",
            Self::EndedToOrganisation => "ended-to-organisation",
            Self::ReconfirmationNear => "reconfirmation-near",
            Self::NameChanged => "name-changed",
            Self::NumberChanged => "number-changed",
        }
    }
}

impl Template {
    /// Whether it repeats a letter to the private address, for who has one besides her work mail.
    pub fn to_private(self) -> bool {
        matches!(self, Self::BlockedPrivate | Self::PasswordSetPrivate | Self::ReopenedPrivate)
    }

    /// Whether the letter asks its reader "was it not you?" with a link that blocks her own login. Letters to others,
    /// and those that a login's owner may not have confirmed her address for, carry none.
    pub fn may_block(self) -> bool {
        match self {
            Self::TermsAccepted
            | Self::IdentityProved
            | Self::FactorAdded
            | Self::FactorRemoved
            | Self::PasswordSet
            | Self::PasswordSetPrivate
            | Self::CodesStopped
            | Self::CodesPrinted
            | Self::Active
            | Self::Reopened
            | Self::ReopenedPrivate => true,
            Self::Welcome
            | Self::Reminder
            | Self::ActiveToOrganisation
            | Self::Blocked
            | Self::BlockedPrivate
            | Self::RevocationNear
            | Self::Revoked
            | Self::MassBlocking
            | Self::RoleProposed
            | Self::KeysChanged
            | Self::AssociationClosed
            | Self::OpenAnew
            | Self::DatabaseRecovered
            | Self::EndedToOrganisation
            | Self::ReconfirmationNear
            | Self::NameChanged
            | Self::NumberChanged => false,
        }
    }
}

/// One message waiting to leave. Holds ids only: no text, no address, no secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Which; also the message's own id, so that sending twice is seen as once.
    pub id: NoticeId,
    /// Whom it is about.
    pub person: PersonId,
    /// Which message.
    pub template: Template,
    /// When it happened.
    pub at: Timestamp,
    /// In which request; the reference people quote.
    pub request: RequestId,
    /// Not before then.
    pub due_at: Timestamp,
}

/// When to try again after `attempts` failures: a minute, doubling, at most six hours; none after ten.
pub fn retry_after(attempts: u32) -> Option<SignedDuration> {
    let minutes = 1i64.checked_shl(attempts.saturating_sub(1)).unwrap_or(i64::MAX).min(360);
    (attempts <= 10).then(|| SignedDuration::from_mins(minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retries_slow_down_and_end() {
        assert_eq!(retry_after(1), Some(SignedDuration::from_mins(1)));
        assert_eq!(retry_after(4), Some(SignedDuration::from_mins(8)));
        assert_eq!(retry_after(10), Some(SignedDuration::from_mins(360)));
        assert_eq!(retry_after(11), None);
    }
}
