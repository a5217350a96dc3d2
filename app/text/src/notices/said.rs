//! Which words each kind of notice is told in.

use super::wording::{Wording, short};
use super::{NoticeText, wording};
use crate::Say;

impl NoticeText<'_> {
    /// What goes to a phone; a kind that does not says that there is news, and no more.
    pub(super) const fn short(&self) -> Say {
        match self {
            Self::Welcome { .. } => short::WELCOME,
            Self::FactorAdded { .. } => short::FACTOR_ADDED,
            Self::Blocked => short::BLOCKED,
            Self::Reopened => short::REOPENED,
            Self::HeldByMunicipality => short::HELD_BY_MUNICIPALITY,
            Self::HeldForLeak => short::HELD_FOR_LEAK,
            Self::HoldLifted => short::HOLD_LIFTED,
            Self::ContactChanged => short::CONTACT_CHANGED,
            Self::ContactCode { .. } => short::CONTACT_CODE,
            _ => short::OTHER,
        }
    }

    pub(super) const fn wording(&self) -> &'static Wording {
        match self {
            Self::Welcome { .. } => &wording::login::WELCOME,
            Self::Reminder { .. } => &wording::login::REMINDER,
            Self::TermsAccepted { .. } => &wording::login::TERMS_ACCEPTED,
            Self::IdentityConfirmed { .. } => &wording::login::IDENTITY_CONFIRMED,
            Self::FactorAdded { .. } => &wording::login::FACTOR_ADDED,
            Self::FactorRenamed { .. } => &wording::login::FACTOR_RENAMED,
            Self::PasswordSet => &wording::login::PASSWORD_SET,
            Self::CodesStopped => &wording::login::CODES_STOPPED,
            Self::Blocked => &wording::blocking::BLOCKED,
            Self::Reopened => &wording::blocking::REOPENED,
            Self::RevocationNear => &wording::blocking::REVOCATION_NEAR,
            Self::Revoked => &wording::blocking::REVOKED,
            Self::CodesPrinted => &wording::login::CODES_PRINTED,
            Self::PasswordLeaked { .. } => &wording::login::PASSWORD_LEAKED,
            Self::RecoveryCodeUsed { .. } => &wording::login::RECOVERY_CODE_USED,
            Self::FactorRemoved => &wording::login::FACTOR_REMOVED,
            Self::MassBlocking { .. } => &wording::blocking::MASS_BLOCKING,
            Self::AssociationActive { .. } => &wording::relations::ASSOCIATION_ACTIVE,
            Self::AssociationActiveToOrganisation { .. } => {
                &wording::relations::ASSOCIATION_ACTIVE_ORGANISATION
            }
            Self::AssociationEndedToOrganisation { .. } => {
                &wording::relations::ASSOCIATION_ENDED_ORGANISATION
            }
            Self::AssociationClosed { .. } => &wording::relations::ASSOCIATION_CLOSED,
            Self::ReconfirmationNear { .. } => &wording::herself::RECONFIRMATION_NEAR,
            Self::TermsNear { .. } => &wording::herself::TERMS_NEAR,
            Self::HeldForTerms => &wording::blocking::HELD_FOR_TERMS,
            Self::NameChanged => &wording::herself::NAME_CHANGED,
            Self::NumberChanged => &wording::herself::NUMBER_CHANGED,
            Self::RoleProposed { .. } => &wording::relations::ROLE_PROPOSED,
            Self::RoleProposedToAdministrators { .. } => &wording::relations::ROLE_PROPOSED_ADMINISTRATORS,
            Self::KeysChanged => &wording::house::KEYS_CHANGED,
            Self::KeyEnds => &wording::house::KEY_ENDS,
            Self::FeedImported => &wording::house::FEED_IMPORTED,
            Self::DevicesChanged => &wording::house::DEVICES_CHANGED,
            Self::DeviceHandedOut => &wording::login::DEVICE_HANDED_OUT,
            Self::SeedLeaked => &wording::blocking::SEED_LEAKED,
            Self::TokenReused => &wording::blocking::TOKEN_REUSED,
            Self::HeldByMunicipality => &wording::blocking::HELD_BY_MUNICIPALITY,
            Self::HoldLifted => &wording::blocking::HOLD_LIFTED,
            Self::BeginsAnew => &wording::blocking::BEGINS_ANEW,
            Self::HoldsChanged => &wording::house::HOLDS_CHANGED,
            Self::Erasure => &wording::house::ERASURE,
            Self::TermsHandled => &wording::house::TERMS_HANDLED,
            Self::NewPlace { inside: true, also: 0 } => &wording::login::NEW_PLACE,
            Self::NewPlace { inside: true, .. } => &wording::login::NEW_PLACES,
            Self::NewPlace { inside: false, also: 0 } => &wording::login::PASSWORD_KNOWN,
            Self::NewPlace { inside: false, .. } => &wording::login::PASSWORD_KNOWN_IN_PLACES,
            Self::CodesPaused => &wording::login::CODES_PAUSED,
            Self::ResetLeft => &wording::login::RESET_LEFT,
            Self::HeldForLeak => &wording::blocking::HELD_FOR_LEAK,
            Self::ServiceSaved => &wording::house::SERVICE_SAVED,
            Self::ServiceAttention => &wording::house::SERVICE_ATTENTION,
            Self::OpenAnew => &wording::login::OPEN_ANEW,
            Self::KeyCopied => &wording::login::KEY_COPIED,
            Self::DatabaseRecovered => &wording::house::DATABASE_RECOVERED,
            Self::ContactChanged => &wording::herself::CONTACT_CHANGED,
            Self::ContactCode { .. } => &wording::herself::CONTACT_CODE,
            Self::OwnDataTaken => &wording::herself::OWN_DATA_TAKEN,
            Self::ReadByAuditor => &wording::herself::READ_BY_AUDITOR,
            Self::RolesEnded => &wording::relations::ROLES_ENDED,
            Self::RoleUnheld { .. } => &wording::relations::ROLE_UNHELD,
            Self::DatabaseMigrated => &wording::house::DATABASE_MIGRATED,
            Self::OutsideBegun => &wording::house::OUTSIDE_BEGUN,
        }
    }

    /// What it is about is blocked or closed already: asking to block it would make her doubt that.
    pub(super) const fn of_a_blocked_login(&self) -> bool {
        matches!(
            self,
            Self::Blocked
                | Self::RevocationNear
                | Self::Revoked
                | Self::OpenAnew
                | Self::NumberChanged
                | Self::SeedLeaked
                | Self::KeyCopied
                | Self::TokenReused
                | Self::HeldByMunicipality
                | Self::HeldForLeak
                | Self::HeldForTerms
                | Self::HoldLifted
                | Self::BeginsAnew
        )
    }
}
