//! The audit trail: what an event is, how a row is encoded, and how rows are chained (NSIS 4.1.4, 6.7).
//!
//! A row's hash covers the ciphertext of its personal part, never clear text that could be guessed, so that a
//! person's part can be shredded and the chain still verify. It covers what can be emptied by a digest, so that a row that
//! was kept long enough goes and its place, time and kind still verify.
//!
//! Long because every kind of event stands in one list; what is known of each is in [`catalogue`].

pub mod catalogue;
mod chain;
pub mod checkpoint;
mod doer;
mod event;
mod list;
mod row;
mod tampered;
#[cfg(test)]
mod tests;
pub mod tree;
mod walk;
mod words;

pub use chain::{Follower, Hash, Link};
pub use doer::{Doer, Remedy};
pub use event::{Actor, Event};
pub use row::{EMPTIABLE, Emptied, FORMAT, Origin, Row};
pub use tampered::Tampered;
pub use walk::Walk;

use serde::{Deserialize, Serialize};

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
    /// Sign-in by code was stopped until a proof or a new password.
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
    /// A role was ended before its time.
    RoleEnded,
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
    /// Wrapping the key ring under another key-encryption key was begun, or taken up again after it was interrupted.
    RingRewrapBegun,
    /// The key ring was wrapped under another key-encryption key.
    RingRewrapped,
    /// Wrapping it did not come to its end.
    RingRewrapFailed,
    /// The copies of people's own keys of the trail were looked at: one may have been made, and old ones deleted.
    PersonCopiesKept,
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
    /// An auditor made an export about everybody in which something sealed of a person was opened.
    PartRead,
    /// The same of more people than are told one by one.
    ManyRead,
    /// An auditor drew a sample in which a person is: her name was shown.
    NameRead,
    /// An auditor looked for rows of the trail.
    TrailSearched,
    /// An auditor took the figures of a period.
    FiguresTaken,
    /// Somebody without the role asked for what only auditors read.
    AuditorRefused,
    /// How a door of a block answered over a day, as it was asked from elsewhere.
    DoorMeasured,
    /// Somebody at the command line verified the trail.
    TrailVerified,
    /// A published text besides the terms is another than before.
    DocumentPublished,
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
