//! The audit trail: what an event is, how a row is encoded, and how rows are chained (NSIS 4.1.4, 6.7).
//!
//! A row's hash covers the ciphertext of its personal part, never clear text that could be guessed, so that a
//! person's part can be shredded and the chain still verify. It covers what can be emptied by a digest, so that a row that
//! was kept long enough goes and its place, time and kind still verify.

pub mod catalogue;
pub mod checkpoint;
pub mod tree;
mod walk;

pub use walk::{Tampered, Walk};

use crate::ids::{EventId, InstanceId, PersonId, RequestId};
use core::fmt;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// What happened. The word is part of the format: never change one, add another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum EventKind {
    /// The HR feed was read.
    FeedImported,
    /// A line made or changed a person or association.
    PersonImported,
    /// A line of the feed was refused.
    FeedRefused,
    /// An association's end was reached.
    AssociationClosed,
    /// An association became active.
    AssociationActivated,
    /// A hold was put on a login.
    Held,
    /// Holds on a login were lifted.
    HoldLifted,
    /// One operator asked that a hold be lifted; a second must say the same.
    LiftAsked,
    /// An operator would not be obeyed about a hold.
    HoldRefused,
    /// A welcome link was made.
    Invited,
    /// An enrolment was begun.
    EnrolmentBegun,
    /// A step of an enrolment was refused.
    EnrolmentRefused,
    /// A page of the terms was shown.
    TermsPageShown,
    /// The terms were accepted.
    TermsAccepted,
    /// The terms were declined.
    TermsDeclined,
    /// Somebody was sent to MitID.
    ProofStarted,
    /// MitID proved who somebody is.
    IdentityProved,
    /// MitID did not.
    ProofRefused,
    /// A password was set.
    PasswordSet,
    /// A password was not taken.
    PasswordRefused,
    /// An authenticator was offered.
    FactorOffered,
    /// An authenticator was registered.
    FactorAdded,
    /// An authenticator's code was wrong.
    FactorRefused,
    /// An enrolment was finished.
    EnrolmentFinished,
    /// An enrolment that was not finished in time was revoked, with what was chosen in it.
    EnrolmentRevoked,
    /// Password and login methods were taken away.
    MeansRevoked,
    /// A sign-in was begun.
    SignInBegun,
    /// User name and password were right.
    PasswordAccepted,
    /// User name or password was wrong.
    SignInRefused,
    /// Sign-in by code was stopped until a proof.
    CodesStopped,
    /// A proof opened sign-in by code again.
    CodesReopened,
    /// Both factors were right.
    SignedIn,
    /// Somebody signed out.
    SignedOut,
    /// A service's request was received.
    RequestReceived,
    /// A service's request was refused.
    RequestRefused,
    /// A token was issued.
    TokenIssued,
    /// A token was refused at the moment of issue.
    TokenRefused,
    /// An application asked for a sign-in.
    ApplicationAsked,
    /// An application was refused something.
    ApplicationRefused,
    /// An application got a code to exchange for tokens.
    CodeIssued,
    /// An application got newer tokens for a refresh token.
    TokenRenewed,
    /// A code or refresh token came a second time, or by somebody else: what came of it ended.
    TokenReused,
    /// An application gave a token back.
    TokenRevoked,
    /// An application was told about a person.
    ClaimsTold,
    /// A role was proposed.
    RoleProposed,
    /// A role was accepted by its owner.
    RoleAccepted,
    /// A role was not proposed.
    RoleRefused,
    /// A connection was added or changed.
    ConnectionSaved,
    /// A key was made.
    KeyCreated,
    /// A rotation of keys was begun, or taken up again after it was interrupted.
    RotationBegun,
    /// Keys were rotated.
    KeysRotated,
    /// A key's life ended.
    KeyRetired,
    /// A key that signs by SAML was published ahead.
    KeyPublished,
    /// A key signs by SAML from now on, and the one before it does no more.
    KeyActivated,
    /// A key was destroyed: nothing of it is kept.
    KeyDestroyed,
    /// The certificate of the key that signs by SAML ends soon.
    KeyEnds,
    /// People whose own keys of the trail were lost got new ones.
    PersonKeysReplaced,
    /// A connection is signed for by one key until a day.
    ConnectionPinned,
    /// A connection is signed for by the key that signs for all.
    ConnectionUnpinned,
    /// The database was brought to a version of the programme.
    DatabaseMigrated,
    /// Many owners blocked their logins within minutes.
    MassBlocking,
    /// Somebody tried to block a login without the right to.
    BlockRefused,
    /// A reopening was begun with a proof.
    ReopeningBegun,
    /// A step of a reopening was done.
    ReopeningStep,
    /// A reopening was refused.
    ReopeningRefused,
    /// Its owner opened a blocked login again.
    Reopened,
    /// A login its owner blocked and did not open in time was closed for good.
    SuspensionRevoked,
    /// A reset of the password was begun with a proof.
    ResetBegun,
    /// Letters were queued that tell her to confirm anew who she is.
    ReconfirmationNear,
    /// Letters were queued that tell her to accept new terms.
    TermsNear,
    /// A draft of new terms was begun.
    TermsDraftBegun,
    /// A page of a draft was written.
    TermsDraftWritten,
    /// A draft was proposed: another administrator may publish it.
    TermsProposed,
    /// A draft was withdrawn.
    TermsDraftWithdrawn,
    /// A draft of new terms ended because nobody went on with it.
    TermsDraftRanOut,
    /// New terms were published.
    TermsPublished,
    /// A draft went no further.
    TermsDraftRefused,
    /// She was asked to confirm anew and put it off.
    ReconfirmationPutOff,
    /// She confirmed anew who she is.
    Reconfirmed,
    /// A new sheet of codes was made.
    CodesPrinted,
    /// She was asked whether she still has a login method, and put it off.
    FactorCheckPutOff,
    /// A right password is known from leaks; from now on it may be used for a while.
    PasswordLeaked,
    /// She was asked to change a leaked password, and put it off.
    PasswordPutOff,
    /// A recovery code was shown beside the password, and is used up.
    RecoveryCodeUsed,
    /// An authenticator was taken away.
    FactorRemoved,
    /// A login method got another name.
    FactorRenamed,
    /// A login method is asked for first from now on.
    FactorPreferred,
    /// A login method was tried out and works.
    FactorTested,
    /// An instance began to serve with a model of keys that counts for more than the rule for all.
    ModelWidened,
    /// A passkey or security key answered rightly; her password comes next.
    KeyAccepted,
    /// A passkey or security key answered rightly and is not trusted.
    KeyMistrusted,
    /// A service was told that a session is over.
    ServiceTold,
    /// A browser brought a service's message about logging out in a form.
    LogoutBrought,
    /// A service sent her to log out.
    LogoutReceived,
    /// A service's message about logging out was not believed, or is about nobody here.
    LogoutRefused,
    /// Her browser was sent to a service with the request to end her session there.
    LogoutAsked,
    /// A service that sent her to log out was answered.
    LogoutAnswered,
    /// A notice was delivered.
    NoticeSent,
    /// A notice could not be delivered.
    NoticeFailed,
    /// Somebody at an open session confirmed again who she is.
    StepUpDone,
    /// Somebody at an open session did not.
    StepUpRefused,
    /// A code was sent to a new address for notices.
    ContactAsked,
    /// Where a person's notices go was changed by her.
    ContactChanged,
    /// Where her notices go was not changed.
    ContactRefused,
    /// Such a change was taken back when her blocked login was opened.
    ContactTakenBack,
    /// A person took her own data out.
    OwnDataTaken,
    /// The clocks of this instance and of the database went apart, or further apart.
    ClocksApart,
    /// They agree again.
    ClocksAgree,
    /// A place outside was begun, where records are kept.
    OutsideBegun,
    /// The database and what is kept outside do not agree: nothing is issued.
    OutsideApart,
    /// They agree: issuing goes on.
    OutsideAgrees,
    /// A recovery of a database that fell behind was begun, or taken up again.
    RecoveryBegun,
    /// Somebody's login was brought back to what is kept outside.
    LoginRecovered,
    /// A recovery is done.
    Recovered,
    /// A place outside was begun, where checkpoints of the trail are kept.
    CheckpointsBegun,
    /// The trail is not the one the last checkpoint outside stands for, or none can be kept: none is signed.
    CheckpointsApart,
    /// It is: checkpoints are signed and kept again.
    CheckpointsAgree,
    /// Rows of the trail wait that are not as this house wrote them: they get no place in the chain.
    RowsRefused,
    /// Rows of the trail were taken out into a file.
    TrailExported,
    /// Rows of the trail were emptied because they were kept long enough.
    RowsExpired,
    /// A day's deletions by rule are done.
    RetentionDone,
    /// One operator asked that somebody be erased; a second must approve it.
    ErasureProposed,
    /// Somebody was not erased.
    ErasureRefused,
    /// Somebody was erased: her key of the trail is destroyed, and what else was kept of her is gone.
    PersonErased,
    /// An auditor made an export.
    ExportMade,
    /// An auditor ordered a long export.
    ExportOrdered,
    /// A file of one that was ordered was taken out.
    ExportTaken,
    /// One that was ordered was cancelled.
    ExportCancelled,
    /// One that was ordered could not be made.
    ExportFailed,
    /// An auditor drew a sample of people.
    SampleDrawn,
    /// An auditor named the case for which she reads what is restricted of a person.
    CaseNamed,
    /// An auditor read what the trail holds about a person.
    TrailRead,
    /// An auditor looked for rows of the trail.
    TrailSearched,
    /// An auditor took the figures of a period.
    FiguresTaken,
    /// Somebody without the role asked for what only auditors read.
    AuditorRefused,
    /// Code devices were delivered.
    DevicesImported,
    /// A delivery of code devices was refused.
    DevicesRefused,
    /// A code device was handed out.
    DeviceHandedOut,
    /// A code device was not handed out, or not taken back.
    DeviceRefused,
    /// A code device came back, or was lost.
    DeviceReturned,
    /// Two codes in a row brought a code device and us together again.
    DeviceResynchronised,
    /// Somebody said that seeds of code devices are known by others.
    SeedsLeaked,
    /// A code device was put out of use: its seed is known by others.
    DeviceLeaked,
    /// A link was shown with which a login method is added on a phone.
    PhoneOffered,
    /// Such a link was opened.
    PhoneOpened,
    /// The number of a phone was typed where the link was shown.
    PhoneAdmitted,
    /// A phone made a login method, which waits for a yes where the link was shown.
    PhoneAnswered,
    /// Going on with a phone was refused, or ended.
    PhoneRefused,
    /// What services are told of somebody was registered.
    PersonRegistered,
    /// New metadata of a service was taken.
    MetadataTaken,
    /// New metadata of a service waits for an administrator.
    MetadataWaits,
    /// Metadata of a service could not be fetched, or was refused; or the registration of an application was.
    MetadataRefused,
}

impl EventKind {
    /// Every kind, for the catalogue.
    pub const ALL: &[Self] = &[
        Self::FeedImported,
        Self::PersonImported,
        Self::FeedRefused,
        Self::AssociationClosed,
        Self::AssociationActivated,
        Self::Held,
        Self::HoldLifted,
        Self::LiftAsked,
        Self::HoldRefused,
        Self::Invited,
        Self::EnrolmentBegun,
        Self::EnrolmentRefused,
        Self::TermsPageShown,
        Self::TermsAccepted,
        Self::TermsDeclined,
        Self::ProofStarted,
        Self::IdentityProved,
        Self::ProofRefused,
        Self::PasswordSet,
        Self::PasswordRefused,
        Self::FactorOffered,
        Self::FactorAdded,
        Self::FactorRefused,
        Self::EnrolmentFinished,
        Self::EnrolmentRevoked,
        Self::MeansRevoked,
        Self::SignInBegun,
        Self::PasswordAccepted,
        Self::SignInRefused,
        Self::CodesStopped,
        Self::CodesReopened,
        Self::SignedIn,
        Self::SignedOut,
        Self::RequestReceived,
        Self::RequestRefused,
        Self::TokenIssued,
        Self::TokenRefused,
        Self::ApplicationAsked,
        Self::ApplicationRefused,
        Self::CodeIssued,
        Self::TokenRenewed,
        Self::TokenReused,
        Self::TokenRevoked,
        Self::ClaimsTold,
        Self::RoleProposed,
        Self::RoleAccepted,
        Self::RoleRefused,
        Self::ConnectionSaved,
        Self::KeyCreated,
        Self::RotationBegun,
        Self::KeysRotated,
        Self::KeyRetired,
        Self::KeyPublished,
        Self::KeyActivated,
        Self::KeyDestroyed,
        Self::KeyEnds,
        Self::PersonKeysReplaced,
        Self::ConnectionPinned,
        Self::ConnectionUnpinned,
        Self::DatabaseMigrated,
        Self::MassBlocking,
        Self::BlockRefused,
        Self::ReopeningBegun,
        Self::ReopeningStep,
        Self::ReopeningRefused,
        Self::Reopened,
        Self::SuspensionRevoked,
        Self::ResetBegun,
        Self::ReconfirmationNear,
        Self::TermsNear,
        Self::TermsDraftBegun,
        Self::TermsDraftWritten,
        Self::TermsProposed,
        Self::TermsDraftWithdrawn,
        Self::TermsDraftRanOut,
        Self::TermsPublished,
        Self::TermsDraftRefused,
        Self::ReconfirmationPutOff,
        Self::Reconfirmed,
        Self::CodesPrinted,
        Self::FactorCheckPutOff,
        Self::PasswordLeaked,
        Self::PasswordPutOff,
        Self::RecoveryCodeUsed,
        Self::FactorRemoved,
        Self::FactorRenamed,
        Self::FactorPreferred,
        Self::FactorTested,
        Self::ModelWidened,
        Self::KeyAccepted,
        Self::KeyMistrusted,
        Self::ServiceTold,
        Self::LogoutBrought,
        Self::LogoutReceived,
        Self::LogoutRefused,
        Self::LogoutAsked,
        Self::LogoutAnswered,
        Self::NoticeSent,
        Self::NoticeFailed,
        Self::StepUpDone,
        Self::StepUpRefused,
        Self::ContactAsked,
        Self::ContactChanged,
        Self::ContactRefused,
        Self::ContactTakenBack,
        Self::OwnDataTaken,
        Self::ClocksApart,
        Self::ClocksAgree,
        Self::OutsideBegun,
        Self::OutsideApart,
        Self::OutsideAgrees,
        Self::RecoveryBegun,
        Self::LoginRecovered,
        Self::Recovered,
        Self::CheckpointsBegun,
        Self::CheckpointsApart,
        Self::CheckpointsAgree,
        Self::RowsRefused,
        Self::TrailExported,
        Self::RowsExpired,
        Self::RetentionDone,
        Self::ErasureProposed,
        Self::ErasureRefused,
        Self::PersonErased,
        Self::ExportMade,
        Self::ExportOrdered,
        Self::ExportTaken,
        Self::ExportCancelled,
        Self::ExportFailed,
        Self::SampleDrawn,
        Self::CaseNamed,
        Self::TrailRead,
        Self::TrailSearched,
        Self::FiguresTaken,
        Self::AuditorRefused,
        Self::DevicesImported,
        Self::DevicesRefused,
        Self::DeviceHandedOut,
        Self::DeviceRefused,
        Self::DeviceReturned,
        Self::DeviceResynchronised,
        Self::SeedsLeaked,
        Self::DeviceLeaked,
        Self::PhoneOffered,
        Self::PhoneOpened,
        Self::PhoneAdmitted,
        Self::PhoneAnswered,
        Self::PhoneRefused,
        Self::PersonRegistered,
        Self::MetadataTaken,
        Self::MetadataWaits,
        Self::MetadataRefused,
    ];

    /// The word kept in the trail, such as `terms.accepted`.
    #[expect(clippy::too_many_lines, reason = "a table, one word for each kind")]
    pub fn word(self) -> &'static str {
        match self {
            Self::FeedImported => "feed.imported",
            Self::PersonImported => "feed.person",
            Self::FeedRefused => "feed.refused",
            Self::AssociationClosed => "association.closed",
            Self::AssociationActivated => "association.activated",
            Self::Held => "login.held",
            Self::HoldLifted => "login.hold-lifted",
            Self::LiftAsked => "login.lift-asked",
            Self::HoldRefused => "login.hold-refused",
            Self::Invited => "enrolment.invited",
            Self::EnrolmentBegun => "enrolment.begun",
            Self::EnrolmentRefused => "enrolment.refused",
            Self::TermsPageShown => "terms.page-shown",
            Self::TermsAccepted => "terms.accepted",
            Self::TermsDeclined => "terms.declined",
            Self::ProofStarted => "proof.started",
            Self::IdentityProved => "proof.accepted",
            Self::ProofRefused => "proof.refused",
            Self::PasswordSet => "password.set",
            Self::PasswordRefused => "password.refused",
            Self::FactorOffered => "factor.offered",
            Self::FactorAdded => "factor.added",
            Self::FactorRefused => "factor.refused",
            Self::EnrolmentFinished => "enrolment.finished",
            Self::EnrolmentRevoked => "enrolment.revoked",
            Self::MeansRevoked => "means.revoked",
            Self::SignInBegun => "sign-in.begun",
            Self::PasswordAccepted => "sign-in.password",
            Self::SignInRefused => "sign-in.refused",
            Self::CodesStopped => "sign-in.codes-stopped",
            Self::CodesReopened => "sign-in.codes-reopened",
            Self::SignedIn => "sign-in.done",
            Self::SignedOut => "sign-out",
            Self::RequestReceived => "saml.request",
            Self::RequestRefused => "saml.refused",
            Self::TokenIssued => "token.issued",
            Self::TokenRefused => "token.refused",
            Self::ApplicationAsked => "oidc.request",
            Self::ApplicationRefused => "oidc.refused",
            Self::CodeIssued => "oidc.code",
            Self::TokenRenewed => "token.renewed",
            Self::TokenReused => "token.reused",
            Self::TokenRevoked => "token.revoked",
            Self::ClaimsTold => "claims.told",
            Self::RoleProposed => "role.proposed",
            Self::RoleAccepted => "role.accepted",
            Self::RoleRefused => "role.refused",
            Self::ConnectionSaved => "connection.saved",
            Self::KeyCreated => "key.created",
            Self::RotationBegun => "key.rotation-begun",
            Self::KeysRotated => "key.rotated",
            Self::KeyRetired => "key.retired",
            Self::KeyPublished => "key.published",
            Self::KeyActivated => "key.activated",
            Self::KeyDestroyed => "key.destroyed",
            Self::KeyEnds => "key.ends",
            Self::PersonKeysReplaced => "key.persons-replaced",
            Self::ConnectionPinned => "connection.pinned",
            Self::ConnectionUnpinned => "connection.unpinned",
            Self::DatabaseMigrated => "database.migrated",
            Self::MassBlocking => "login.mass-blocking",
            Self::BlockRefused => "login.block-refused",
            Self::ReopeningBegun => "reopening.begun",
            Self::ReopeningStep => "reopening.step",
            Self::ReopeningRefused => "reopening.refused",
            Self::Reopened => "login.reopened",
            Self::SuspensionRevoked => "login.revoked",
            Self::ResetBegun => "reset.begun",
            Self::ReconfirmationNear => "reconfirmation.near",
            Self::TermsNear => "terms.near",
            Self::TermsDraftBegun => "terms.draft-begun",
            Self::TermsDraftWritten => "terms.draft-written",
            Self::TermsProposed => "terms.proposed",
            Self::TermsDraftWithdrawn => "terms.draft-withdrawn",
            Self::TermsDraftRanOut => "terms.draft-ran-out",
            Self::TermsPublished => "terms.published",
            Self::TermsDraftRefused => "terms.draft-refused",
            Self::ReconfirmationPutOff => "reconfirmation.put-off",
            Self::Reconfirmed => "reconfirmation.done",
            Self::CodesPrinted => "codes.printed",
            Self::FactorCheckPutOff => "factor.check-put-off",
            Self::PasswordLeaked => "password.leaked",
            Self::PasswordPutOff => "password.put-off",
            Self::RecoveryCodeUsed => "codes.recovery-used",
            Self::FactorRemoved => "factor.removed",
            Self::FactorRenamed => "factor.renamed",
            Self::FactorPreferred => "factor.preferred",
            Self::FactorTested => "factor.tested",
            Self::ModelWidened => "factor.model-widened",
            Self::KeyAccepted => "sign-in.key",
            Self::KeyMistrusted => "factor.mistrusted",
            Self::ServiceTold => "service.told",
            Self::LogoutBrought => "logout.brought",
            Self::LogoutReceived => "logout.request",
            Self::LogoutRefused => "logout.refused",
            Self::LogoutAsked => "logout.asked",
            Self::LogoutAnswered => "logout.answered",
            Self::NoticeSent => "notice.sent",
            Self::NoticeFailed => "notice.failed",
            Self::StepUpDone => "step-up.done",
            Self::StepUpRefused => "step-up.refused",
            Self::ContactAsked => "contact.code-sent",
            Self::ContactChanged => "contact.changed",
            Self::ContactRefused => "contact.refused",
            Self::ContactTakenBack => "contact.taken-back",
            Self::OwnDataTaken => "own-data.taken",
            Self::ClocksApart => "clocks.apart",
            Self::ClocksAgree => "clocks.agree",
            Self::OutsideBegun => "outside.begun",
            Self::OutsideApart => "outside.apart",
            Self::OutsideAgrees => "outside.agrees",
            Self::RecoveryBegun => "recovery.begun",
            Self::LoginRecovered => "recovery.login",
            Self::Recovered => "recovery.done",
            Self::CheckpointsBegun => "checkpoints.begun",
            Self::CheckpointsApart => "checkpoints.apart",
            Self::CheckpointsAgree => "checkpoints.agree",
            Self::RowsRefused => "trail.refused",
            Self::TrailExported => "trail.exported",
            Self::RowsExpired => "trail.expired",
            Self::RetentionDone => "retention.done",
            Self::ErasureProposed => "erasure.proposed",
            Self::ErasureRefused => "erasure.refused",
            Self::PersonErased => "erasure.done",
            Self::ExportMade => "export.made",
            Self::ExportOrdered => "export.ordered",
            Self::ExportTaken => "export.taken",
            Self::ExportCancelled => "export.cancelled",
            Self::ExportFailed => "export.failed",
            Self::SampleDrawn => "sample.drawn",
            Self::CaseNamed => "trail.case-named",
            Self::TrailRead => "trail.read",
            Self::TrailSearched => "trail.searched",
            Self::FiguresTaken => "figures.taken",
            Self::AuditorRefused => "auditor.refused",
            Self::DevicesImported => "devices.imported",
            Self::DevicesRefused => "devices.refused",
            Self::DeviceHandedOut => "device.handed-out",
            Self::DeviceRefused => "device.refused",
            Self::DeviceReturned => "device.returned",
            Self::DeviceResynchronised => "device.resynchronised",
            Self::SeedsLeaked => "devices.seeds-leaked",
            Self::DeviceLeaked => "device.leaked",
            Self::PhoneOffered => "phone.offered",
            Self::PhoneOpened => "phone.opened",
            Self::PhoneAdmitted => "phone.admitted",
            Self::PhoneAnswered => "phone.answered",
            Self::PhoneRefused => "phone.refused",
            Self::PersonRegistered => "person.registered",
            Self::MetadataTaken => "connection.metadata",
            Self::MetadataWaits => "connection.metadata-waits",
            Self::MetadataRefused => "connection.metadata-refused",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.word() == word)
    }
}

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Actor {
    /// A person, known by proof, password or session.
    Person(PersonId),
    /// Somebody who has not said or proved who she is.
    Unknown,
    /// The system itself.
    System,
    /// Somebody at the command line, by the operating system's name.
    Operator(String),
}

impl Actor {
    /// Under whose key what an event seals lies, for one about `subject`: where from is the whereabouts of whoever did it, so
    /// a person's goes with her when she is erased, whomever she did something with. Of what nobody known did, it goes with
    /// whom it is about; none: with the house.
    pub fn seals_for(&self, subject: Option<PersonId>) -> Option<PersonId> {
        match self {
            Self::Person(person) => Some(*person),
            Self::Unknown | Self::System | Self::Operator(_) => subject,
        }
    }
}

/// One event before it is sealed into a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Which.
    pub id: EventId,
    /// When.
    pub at: Timestamp,
    /// What.
    pub kind: EventKind,
    /// By whom.
    pub actor: Actor,
    /// About whom.
    pub subject: Option<PersonId>,
    /// In which request.
    pub request: RequestId,
    /// Facts without personal data: levels, words, ids of messages.
    pub facts: BTreeMap<&'static str, String>,
    /// Facts about the person or her whereabouts: address, browser. Sealed under the subject's own key.
    pub personal: BTreeMap<&'static str, String>,
}

/// The format of rows written today: 3 covers the content of a row by a digest, so that it can be emptied and what is left
/// still proves when it was written and what it was; 2 says which instance wrote the row; 1 did not.
pub const FORMAT: i16 = 3;
/// From this format on a row can be emptied.
pub const EMPTIABLE: i16 = 3;

/// Who wrote a row. An instance writes on a few lanes side by side, one transaction at a time on each, and counts the
/// rows of each lane from one without a gap: a row that was committed and taken away before it was chained leaves one
/// (security decision 28). One counter for all would make every transaction of an instance wait for the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Origin {
    /// One run of the programme.
    pub instance: InstanceId,
    /// One of its lanes, counted from one.
    pub lane: u32,
    /// The row on that lane, counted from one.
    pub number: u64,
}

/// One row of the trail as kept: everything but its place in the chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Which.
    pub id: EventId,
    /// The format of the row.
    pub format: i16,
    /// When, to the microsecond in UTC.
    pub at: Timestamp,
    /// What, as a word of the catalogue.
    pub kind: String,
    /// By whom, as JSON.
    pub actor: String,
    /// About whom.
    pub subject: Option<PersonId>,
    /// In which request.
    pub request: RequestId,
    /// The facts, as JSON with sorted keys.
    pub facts: String,
    /// The personal part, sealed.
    pub personal: Vec<u8>,
    /// Who wrote it; none in a row of format 1.
    pub origin: Option<Origin>,
    /// A MAC over [`Row::encoded`] under a key the database does not hold.
    pub mac: [u8; 32],
}

impl Row {
    /// The bytes that are hashed and authenticated: every field but the MAC, each with its length before it. From format 3
    /// on what can be emptied is in them as its digest.
    pub fn encoded(&self) -> Vec<u8> {
        if let Some(left) = self.emptied() {
            return left.encoded();
        }
        let mut fields = Fields::with_room_for(256 + self.facts.len() + self.personal.len());
        fields.add(&self.format.to_be_bytes());
        fields.add(uuid::Uuid::from(self.id).as_bytes());
        fields.add(&self.at.as_microsecond().to_be_bytes());
        fields.add(self.kind.as_bytes());
        self.content(&mut fields);
        if self.format >= 2 {
            fields.origin(self.origin);
        }
        fields.0
    }

    /// What can be emptied: by whom, about whom, in which request, and what.
    fn content(&self, fields: &mut Fields) {
        fields.add(self.actor.as_bytes());
        fields.add(self.subject.map(uuid::Uuid::from).as_ref().map_or(&[][..], |id| id.as_bytes()));
        fields.add(uuid::Uuid::from(self.request).as_bytes());
        fields.add(self.facts.as_bytes());
        fields.add(&self.personal);
    }

    /// What is left of it when it is emptied; none of a row from before that was possible.
    pub fn emptied(&self) -> Option<Emptied> {
        if self.format < EMPTIABLE {
            return None;
        }
        let mut content = Fields::with_room_for(128 + self.facts.len() + self.personal.len());
        self.content(&mut content);
        Some(Emptied {
            id: self.id,
            format: self.format,
            at: self.at,
            kind: self.kind.clone(),
            origin: self.origin,
            body: Hash(Sha256::digest(content.0).into()),
            mac: self.mac,
        })
    }

    /// The leaf of this row: its encoding and its MAC.
    pub fn leaf(&self) -> Hash {
        leaf(&self.encoded(), &self.mac)
    }
}

/// What is left of a row whose content is gone by rule: enough to prove its place, when it was written and what it was, and
/// nothing of whom it was about. Its MAC and its leaf are those of the row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Emptied {
    /// Which.
    pub id: EventId,
    /// The format of the row.
    pub format: i16,
    /// When it was written.
    pub at: Timestamp,
    /// What it was, as a word of the catalogue.
    pub kind: String,
    /// Who wrote it.
    pub origin: Option<Origin>,
    /// The digest of what is gone. A request's id and ciphertext are in it, so nobody guesses what it was.
    pub body: Hash,
    /// The MAC.
    pub mac: [u8; 32],
}

impl Emptied {
    /// As [`Row::encoded`] of the row.
    pub fn encoded(&self) -> Vec<u8> {
        let mut fields = Fields::with_room_for(256);
        fields.add(&self.format.to_be_bytes());
        fields.add(uuid::Uuid::from(self.id).as_bytes());
        fields.add(&self.at.as_microsecond().to_be_bytes());
        fields.add(self.kind.as_bytes());
        fields.origin(self.origin);
        fields.add(&self.body.0);
        fields.0
    }

    /// As [`Row::leaf`] of the row.
    pub fn leaf(&self) -> Hash {
        leaf(&self.encoded(), &self.mac)
    }
}

/// Fields one behind the other, each with its length before it.
struct Fields(Vec<u8>);

impl Fields {
    fn with_room_for(bytes: usize) -> Self {
        Self(Vec::with_capacity(bytes))
    }

    fn add(&mut self, value: &[u8]) {
        self.0.extend_from_slice(&u64::try_from(value.len()).unwrap_or(u64::MAX).to_be_bytes());
        self.0.extend_from_slice(value);
    }

    fn origin(&mut self, origin: Option<Origin>) {
        let Some(Origin { instance, lane, number }) = origin else {
            (0..3).for_each(|_| self.add(&[]));
            return;
        };
        self.add(uuid::Uuid::from(instance).as_bytes());
        self.add(&lane.to_be_bytes());
        self.add(&number.to_be_bytes());
    }
}

fn leaf(encoded: &[u8], mac: &[u8; 32]) -> Hash {
    Hash(Sha256::new().chain_update([0]).chain_update(encoded).chain_update(mac).finalize().into())
}

/// A hash in the chain.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// What stands before the first row.
    pub const START: Self = Self([0; 32]);

    /// The link after this one: covers the place, the link before and the row.
    #[must_use]
    pub fn then(self, place: i64, leaf: Hash) -> Self {
        let hash = Sha256::new()
            .chain_update([1])
            .chain_update(place.to_be_bytes())
            .chain_update(self.0)
            .chain_update(leaf.0);
        Self(hash.finalize().into())
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().take(8).try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// One link: the place of a row, and the chain's hash there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Counted from one, without gaps.
    pub place: i64,
    /// Which row.
    pub event: EventId,
    /// The leaf of the row; none in a link from before leaves were kept.
    pub leaf: Option<Hash>,
    /// The chain's hash after it.
    pub hash: Hash,
}

/// Follows the chain row by row.
#[derive(Clone, Debug)]
pub struct Follower {
    place: i64,
    hash: Hash,
}

impl Default for Follower {
    fn default() -> Self {
        Self { place: 0, hash: Hash::START }
    }
}

impl Follower {
    /// Goes on from a place already followed.
    pub fn at(place: i64, hash: Hash) -> Self {
        Self { place, hash }
    }

    /// How far it came.
    pub fn place(&self) -> i64 {
        self.place
    }

    /// The chain's hash there.
    pub fn hash(&self) -> Hash {
        self.hash
    }

    /// Appends a row; gives the link to keep.
    pub fn append(&mut self, row: &Row) -> Link {
        self.place += 1;
        let leaf = row.leaf();
        self.hash = self.hash.then(self.place, leaf);
        Link { place: self.place, event: row.id, leaf: Some(leaf), hash: self.hash }
    }

    /// Checks the next link against its row; gives its leaf. `authentic` tells whether the row's MAC holds.
    ///
    /// # Errors
    /// [`Tampered`]
    pub fn check(&mut self, link: &Link, row: Option<&Row>, authentic: bool) -> Result<Hash, Tampered> {
        let place = self.place + 1;
        if link.place != place {
            return Err(Tampered::Broken { place });
        }
        let row = row.ok_or(Tampered::Removed { place })?;
        if !authentic {
            return Err(Tampered::Changed { place, event: row.id });
        }
        self.follow(link, row.leaf())
    }

    /// Checks the next link without its row, by the leaf that is kept with it; gives the leaf.
    ///
    /// # Errors
    /// [`Tampered`]
    pub fn follow(&mut self, link: &Link, leaf: Hash) -> Result<Hash, Tampered> {
        let place = self.place + 1;
        let expected = self.hash.then(place, leaf);
        if link.place != place || expected != link.hash || link.leaf.is_some_and(|kept| kept != leaf) {
            return Err(Tampered::Broken { place });
        }
        (self.place, self.hash) = (place, expected);
        Ok(leaf)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn row(n: u128) -> Row {
        Row {
            id: Uuid::from_u128(n).into(),
            format: FORMAT,
            at: Timestamp::UNIX_EPOCH,
            kind: "terms.accepted".into(),
            actor: "\"System\"".into(),
            subject: None,
            request: Uuid::from_u128(1).into(),
            facts: "{}".into(),
            personal: vec![1, 2, 3],
            origin: None,
            mac: [7; 32],
        }
    }

    fn chain(rows: &[Row]) -> Vec<Link> {
        let mut follower = Follower::default();
        rows.iter().map(|row| follower.append(row)).collect()
    }

    fn verify(links: &[Link], rows: &[Row]) -> Result<(), Tampered> {
        let mut follower = Follower::default();
        links.iter().try_for_each(|link| {
            follower.check(link, rows.iter().find(|row| row.id == link.event), true).map(drop)
        })
    }

    #[test]
    fn what_is_left_of_an_emptied_row_has_its_leaf_and_nothing_of_its_content() {
        let whole = Row {
            origin: Some(Origin { instance: Uuid::from_u128(5).into(), lane: 2, number: 9 }),
            ..row(1)
        };
        let left = whole.emptied().unwrap();
        assert_eq!((left.encoded(), left.leaf()), (whole.encoded(), whole.leaf()));
        for other in [
            Row { actor: "\"Unknown\"".into(), ..whole.clone() },
            Row { subject: Some(Uuid::from_u128(3).into()), ..whole.clone() },
            Row { request: Uuid::from_u128(2).into(), ..whole.clone() },
            Row { facts: "{ }".into(), ..whole.clone() },
            Row { personal: vec![1, 2], ..whole.clone() },
            Row { at: Timestamp::MAX, ..whole.clone() },
            Row { kind: "sign-in.done".into(), ..whole.clone() },
            Row { origin: None, ..whole.clone() },
            Row { mac: [8; 32], ..whole.clone() },
        ] {
            assert_ne!(other.leaf(), left.leaf(), "{other:?}");
        }
        assert_eq!(Row { format: 2, ..whole }.emptied(), None, "its leaf covers the content itself");
    }

    proptest! {
        #[test]
        fn a_changed_removed_or_swapped_row_breaks_the_chain(count in 2usize..12, at in 0usize..12, how in 0u8..3) {
            let rows: Vec<Row> = (1u128..=count.try_into().unwrap()).map(row).collect();
            let links = chain(&rows);
            prop_assert!(verify(&links, &rows).is_ok());
            let at = at % count;
            let mut bad_rows = rows.clone();
            let mut bad_links = links.clone();
            match how {
                0 => bad_rows[at].facts = "{\"level\":\"High\"}".into(),
                1 => { bad_rows.remove(at); }
                _ => {
                    let other = (at + 1) % count;
                    let event = bad_links[at].event;
                    bad_links[at].event = bad_links[other].event;
                    bad_links[other].event = event;
                }
            }
            prop_assert!(verify(&bad_links, &bad_rows).is_err());
        }
    }

    #[test]
    fn no_two_kinds_share_a_word_and_each_is_in_the_catalogue() {
        let words: std::collections::BTreeSet<_> = EventKind::ALL.iter().map(|kind| kind.word()).collect();
        assert_eq!(words.len(), EventKind::ALL.len());
        assert_eq!(EventKind::from_word("terms.accepted"), Some(EventKind::TermsAccepted));
    }
}
