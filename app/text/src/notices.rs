//! The mails a person gets when something happens to a login: what, when, where, a reference, and what to do
//! if it was somebody else. Danish first, English below. Never a code, never a CPR number.

mod happening;
mod letter;
mod said;
#[cfg(test)]
mod tests;
mod values;
mod wording;
mod written;

pub use happening::{Happening, SecretCode, SecretLink, Sender};
pub use letter::Mail;

use crate::Say;
use jiff::Timestamp;

/// A notice, with what only this kind of notice needs.
#[derive(Clone, Copy, Debug)]
pub enum NoticeText<'a> {
    /// The invitation; it opens only what comes before the proof (security decision 1).
    Welcome {
        /// Where to begin.
        link: SecretLink<'a>,
        /// The last moment the link works.
        until: Timestamp,
    },
    /// The enrolment has been begun and not finished.
    Reminder {
        /// Where to go on.
        link: SecretLink<'a>,
        /// The last moment the link works.
        until: Timestamp,
        /// How many steps are left.
        steps: u8,
    },
    /// Receipt for an acceptance of the terms (NSIS 3.1.1.4).
    TermsAccepted {
        /// The accepted version.
        version: &'a str,
    },
    /// A proof of identity went well.
    IdentityConfirmed {
        /// The way of proof, from [`crate::words`].
        how: Say,
    },
    /// A factor was added.
    FactorAdded {
        /// What its owner called it.
        nickname: &'a str,
        /// The kind of factor, from [`crate::words`].
        kind: Say,
    },
    /// A factor got another name.
    FactorRenamed {
        /// What its owner calls it now.
        nickname: &'a str,
        /// The kind of factor, from [`crate::words`].
        kind: Say,
    },
    /// A password was chosen.
    PasswordSet,
    /// Sign-in by code was stopped after too many wrong ones (security decision 19).
    CodesStopped,
    /// Receipt for a block by its owner (NSIS 3.2.3.5).
    Blocked,
    /// The login was opened again by its owner.
    Reopened,
    /// In a week a login that stays blocked is closed for good.
    RevocationNear,
    /// It stayed blocked and was closed for good.
    Revoked,
    /// A new printed sheet; the old one is dead.
    CodesPrinted,
    /// Her password is known from leaks.
    PasswordLeaked {
        /// The last day it may be used.
        last: jiff::civil::Date,
    },
    /// A recovery code was used up.
    RecoveryCodeUsed {
        /// How many are left.
        left: u32,
    },
    /// A factor was removed.
    FactorRemoved,
    /// To the organisation: many logins were blocked within minutes (security decision 10).
    MassBlocking {
        /// The organisation's name.
        organisation: &'a str,
    },
    /// To the person: an association became active (NSIS 5.2.11).
    AssociationActive {
        /// The organisation's name.
        organisation: &'a str,
    },
    /// To the organisation: an association became active (NSIS 5.2.11).
    AssociationActiveToOrganisation {
        /// The organisation's name.
        organisation: &'a str,
        /// The person's whole name.
        person: &'a str,
        /// The number HR knows the person by.
        employee_number: &'a str,
    },
    /// To the organisation: a person ended her own association (NSIS 5.2.1).
    AssociationEndedToOrganisation {
        /// The organisation's name.
        organisation: &'a str,
        /// The person's whole name.
        person: &'a str,
        /// The number HR knows the relation by.
        employee_number: &'a str,
    },
    /// An association ended, and with it the login on that organisation's behalf (NSIS 5.2.3).
    AssociationClosed {
        /// The organisation's name.
        organisation: &'a str,
    },
    /// She confirms anew with MitID by a day that is near (service description, condition 7).
    ReconfirmationNear {
        /// The last day for it.
        last: jiff::civil::Date,
    },
    /// New terms are to be accepted by a day that is near (notice 4).
    TermsNear {
        /// The last day for it.
        last: jiff::civil::Date,
    },
    /// She did not accept the terms in time: her login is closed, and she opens it with MitID (NSIS 3.2.3.4).
    HeldForTerms,
    /// HR changed her name, so she confirms anew with MitID (condition 6).
    NameChanged,
    /// HR names another CPR number than the one she proved, so her login is held (security decision 21).
    NumberChanged,
    /// To the person: a role waits for its bearer (security decision 22).
    RoleProposed {
        /// The role, from [`crate::words`].
        role: Say,
        /// Who proposed it.
        proposer: &'a str,
    },
    /// A backup was restored and what she changed since is lost: she opens her login with MitID (security decision 7).
    OpenAnew,
    /// There are two of one of her keys (security decision 8): her login is blocked, and she opens it with MitID.
    KeyCopied,
    /// To each administrator: a backup was restored and brought up to date (security decisions 7 and 22).
    DatabaseRecovered,
    /// Where her notices go was changed: to the old and the new address.
    ContactChanged,
    /// The code that verifies a new address, to that address.
    ContactCode {
        /// The code.
        code: SecretCode<'a>,
        /// The last moment it works.
        until: Timestamp,
    },
    /// Everything that is kept about her was opened to be taken out.
    OwnDataTaken,
    /// An auditor read what the log says about her.
    ReadByAuditor,
    /// Her last relation ended, and with it her roles and what she was proposed for (security decision 22).
    RolesEnded,
    /// To each administrator: the last who held a role left (security decision 22).
    RoleUnheld {
        /// The roles nobody holds now; none where somebody does again.
        roles: &'a [domain::role::RoleKind],
    },
    /// To each administrator: the database was brought to another version (security decision 22).
    DatabaseMigrated,
    /// To each administrator: a file outside the database was begun anew (security decisions 7 and 22).
    OutsideBegun,
    /// To each administrator: keys were made, rotated or retired (security decisions 22 and 24).
    KeysChanged,
    /// To each administrator: the certificate of the key that signs by SAML ends soon (NSIS 6.11).
    KeyEnds,
    /// To each administrator: a list of HR's was imported and changed something (security decision 22).
    FeedImported,
    /// To each administrator: code devices were delivered, handed out, taken back or put out of use (security decision 22).
    DevicesChanged,
    /// A code device was handed out to her.
    DeviceHandedOut,
    /// The seed of her code device is known by others, so her login is held (security decision 8).
    SeedLeaked,
    /// A refresh token of hers came a second time, so her login is held (security decision 8).
    TokenReused,
    /// The municipality closed her login (notice 16).
    HeldByMunicipality,
    /// The municipality lifted its hold: what is left is hers to open, with MitID.
    HoldLifted,
    /// The municipality closed her old login, after HR named another CPR number: she enrols anew.
    BeginsAnew,
    /// In browsers and networks that were never used before somebody signed in, or knew the password (notice 12).
    NewPlace {
        /// Whether somebody signed in.
        inside: bool,
        /// How many such places there were besides the one that is named.
        also: u32,
    },
    /// After the right password so many wrong codes came in a row that there is a pause.
    CodesPaused,
    /// With her MitID, or a passkey of hers, somebody began to choose another password, and did not.
    ResetLeft,
    /// She went on using a password that is known from leaks: her login is closed, and she opens it with MitID.
    HeldForLeak,
    /// To each administrator: a login was held by an operator, or a hold lifted (security decision 22).
    HoldsChanged,
    /// To each administrator: an operator asked that somebody be erased, or a second one did it (security decision 29).
    Erasure,
    /// To each administrator: a draft of new terms was proposed, withdrawn or published (security decision 22).
    TermsHandled,
    /// To each administrator: a connection to a service was added or changed (security decision 22).
    ServiceSaved,
    /// To each administrator: metadata of a service waits, is wrong, or runs out (security decision 26).
    ServiceAttention,
    /// To each administrator: a role was proposed for somebody (security decision 22).
    RoleProposedToAdministrators {
        /// The role, from [`crate::words`].
        role: Say,
        /// Who proposed it.
        proposer: &'a str,
        /// The whole name of the person it is for.
        person: &'a str,
    },
}
