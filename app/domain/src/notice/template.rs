//! Which messages there are, and what holds of each.

mod manner;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

/// Which message. Letters to the private address were templates of their own before there were channels: an instance of
/// before may still queue one while the database is new, and it is read as a second letter of the same kind.
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
    #[serde(alias = "PasswordSetPrivate")]
    PasswordSet,
    /// Sign-in by code was stopped after too many wrong ones.
    CodesStopped,
    /// The login is active: to the person.
    Active,
    /// A login became active: to the organisation (NSIS 5.2.11).
    ActiveToOrganisation,
    /// The login was blocked: receipt.
    #[serde(alias = "BlockedPrivate")]
    Blocked,
    /// The login was opened again.
    #[serde(alias = "ReopenedPrivate")]
    Reopened,
    /// In a week a blocked login is closed for good.
    RevocationNear,
    /// A login that stayed blocked for thirty days was closed for good.
    Revoked,
    /// A new sheet of codes was made; the old one is dead.
    CodesPrinted,
    /// Her password is known from leaks: she changes it by a day that is near.
    PasswordLeaked,
    /// A recovery code was used up; so many are left.
    RecoveryCodeUsed,
    /// A login method was removed.
    FactorRemoved,
    /// Many logins were blocked within minutes: to the organisation.
    MassBlocking,
    /// A role was proposed: to administrators.
    RoleProposed,
    /// Keys were made, rotated or retired: to administrators.
    KeysChanged,
    /// The certificate of the key that signs by SAML ends soon: to administrators.
    KeyEnds,
    /// A list of HR's was imported and changed something: to administrators.
    FeedImported,
    /// A connection to a service was added or changed: to administrators.
    ServiceSaved,
    /// Metadata of a connected service waits for them, is wrong, or runs out: to administrators.
    ServiceAttention,
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
    /// Where her notices go was changed: to the old and the new address.
    ContactChanged,
    /// The code that verifies a new address, to that address.
    ContactCode,
    /// There are two of one of her keys: it was taken away and her login is blocked; she opens it with MitID.
    KeyCopied,
    /// Everything that is kept about her was opened to be taken out.
    OwnDataTaken,
    /// Code devices were delivered, handed out, taken back or put out of use: to administrators.
    DevicesChanged,
    /// A code device was handed out to her: it waits for its first code.
    DeviceHandedOut,
    /// The seed of her code device is known by others: her login is held.
    SeedLeaked,
    /// A refresh token of hers came a second time: somebody may have copied it, so her login is held (security decision 8).
    TokenReused,
    /// The municipality closed her login: she calls (notice 16).
    HeldByMunicipality,
    /// The municipality lifted its hold: what is left is hers to open, with MitID.
    HoldLifted,
    /// The municipality closed her old login, after HR named another CPR number: she enrols anew.
    BeginsAnew,
    /// A login was held by an operator, or a hold lifted: to administrators.
    HoldsChanged,
    /// An operator asked that somebody be erased, or a second one did it: to administrators.
    Erasure,
    /// Somebody signed in as her, or knew her password, in a browser or a network nobody did before (notice 12).
    NewPlace,
    /// After the right password so many wrong codes came in a row that there is a pause.
    CodesPaused,
    /// With her MitID, or a passkey of hers, somebody began to choose another password, and did not.
    ResetLeft,
    /// She went on using a password that is known from leaks: her login is closed, and hers to open.
    HeldForLeak,
    /// A login method got another name.
    FactorRenamed,
    /// New terms are to be accepted by a day that is near (notice 4).
    TermsNear,
    /// She did not accept the terms in time: her login is closed, and hers to open.
    HeldForTerms,
    /// A draft of new terms was proposed, withdrawn or published: to administrators.
    TermsHandled,
    /// An auditor read what the trail says about her (notice 22).
    ReadByAuditor,
    /// Her last work relation ended, and with it her roles and what she was proposed for.
    RolesEnded,
    /// Nobody holds a role any more: to administrators.
    RoleUnheld,
    /// The database was brought to another version: to administrators.
    DatabaseMigrated,
    /// A file outside the database was begun anew: to administrators.
    OutsideBegun,
}

impl Template {
    /// Every message there is.
    pub const ALL: [Self; 57] = [
        Self::Welcome,
        Self::Reminder,
        Self::TermsAccepted,
        Self::IdentityProved,
        Self::FactorAdded,
        Self::PasswordSet,
        Self::CodesStopped,
        Self::Active,
        Self::ActiveToOrganisation,
        Self::Blocked,
        Self::Reopened,
        Self::RevocationNear,
        Self::Revoked,
        Self::CodesPrinted,
        Self::PasswordLeaked,
        Self::RecoveryCodeUsed,
        Self::FactorRemoved,
        Self::MassBlocking,
        Self::RoleProposed,
        Self::KeysChanged,
        Self::KeyEnds,
        Self::FeedImported,
        Self::ServiceSaved,
        Self::ServiceAttention,
        Self::AssociationClosed,
        Self::OpenAnew,
        Self::DatabaseRecovered,
        Self::EndedToOrganisation,
        Self::ReconfirmationNear,
        Self::NameChanged,
        Self::NumberChanged,
        Self::ContactChanged,
        Self::ContactCode,
        Self::KeyCopied,
        Self::OwnDataTaken,
        Self::DevicesChanged,
        Self::DeviceHandedOut,
        Self::SeedLeaked,
        Self::TokenReused,
        Self::HeldByMunicipality,
        Self::HoldLifted,
        Self::BeginsAnew,
        Self::HoldsChanged,
        Self::Erasure,
        Self::NewPlace,
        Self::CodesPaused,
        Self::ResetLeft,
        Self::HeldForLeak,
        Self::FactorRenamed,
        Self::TermsNear,
        Self::HeldForTerms,
        Self::TermsHandled,
        Self::ReadByAuditor,
        Self::RolesEnded,
        Self::RoleUnheld,
        Self::DatabaseMigrated,
        Self::OutsideBegun,
    ];

    /// The word kept in the trail.
    pub fn word(self) -> &'static str {
        match self {
            Self::Welcome => "welcome",
            Self::Reminder => "reminder",
            Self::TermsAccepted => "terms-accepted",
            Self::IdentityProved => "identity-proved",
            Self::FactorAdded => "factor-added",
            Self::PasswordSet => "password-set",
            Self::CodesStopped => "codes-stopped",
            Self::Active => "active",
            Self::ActiveToOrganisation => "active-to-organisation",
            Self::Blocked => "blocked",
            Self::Reopened => "reopened",
            Self::RevocationNear => "revocation-near",
            Self::Revoked => "revoked",
            Self::CodesPrinted => "codes-printed",
            Self::PasswordLeaked => "password-leaked",
            Self::RecoveryCodeUsed => "recovery-code-used",
            Self::FactorRemoved => "factor-removed",
            Self::MassBlocking => "mass-blocking",
            Self::RoleProposed => "role-proposed",
            Self::KeysChanged => "keys-changed",
            Self::KeyEnds => "key-ends",
            Self::FeedImported => "feed-imported",
            Self::ServiceSaved => "service-saved",
            Self::ServiceAttention => "service-attention",
            Self::AssociationClosed => "association-closed",
            Self::OpenAnew => "open-anew",
            Self::DatabaseRecovered => "database-recovered",
            Self::EndedToOrganisation => "ended-to-organisation",
            Self::ReconfirmationNear => "reconfirmation-near",
            Self::NameChanged => "name-changed",
            Self::NumberChanged => "number-changed",
            Self::ContactChanged => "contact-changed",
            Self::ContactCode => "contact-code",
            Self::KeyCopied => "key-copied",
            Self::OwnDataTaken => "own-data-taken",
            Self::DevicesChanged => "devices-changed",
            Self::DeviceHandedOut => "device-handed-out",
            Self::SeedLeaked => "seed-leaked",
            Self::TokenReused => "token-reused",
            Self::HeldByMunicipality => "held-by-municipality",
            Self::HoldLifted => "hold-lifted",
            Self::BeginsAnew => "begins-anew",
            Self::HoldsChanged => "holds-changed",
            Self::Erasure => "erasure",
            Self::NewPlace => "new-place",
            Self::CodesPaused => "codes-paused",
            Self::ResetLeft => "reset-left",
            Self::HeldForLeak => "held-for-leak",
            Self::FactorRenamed => "factor-renamed",
            Self::TermsNear => "terms-near",
            Self::HeldForTerms => "held-for-terms",
            Self::TermsHandled => "terms-handled",
            Self::ReadByAuditor => "read-by-auditor",
            Self::RolesEnded => "roles-ended",
            Self::RoleUnheld => "role-unheld",
            Self::DatabaseMigrated => "database-migrated",
            Self::OutsideBegun => "outside-begun",
        }
    }
}
