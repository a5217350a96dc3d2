//! What follows when something was done: where to go, and what to say there.

use serde::{Deserialize, Serialize};

/// The outcome of a `POST`: always a 303.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Where the browser goes.
    pub go: Destination,
    /// What the page there has to say.
    pub flash: Option<Flash>,
}

/// Where a browser is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// A path of this house, beginning with one `/`.
    Here(String),
    /// A MitID broker; an address our own configuration made, never one from a request.
    Broker(String),
}

impl Answer {
    /// To a page of this house.
    pub fn to(path: impl Into<String>) -> Self {
        Self { go: Destination::Here(path.into()), flash: None }
    }

    /// To a MitID broker.
    pub fn to_broker(address: impl Into<String>) -> Self {
        Self { go: Destination::Broker(address.into()), flash: None }
    }

    /// With something to say there.
    #[must_use]
    pub fn saying(self, flash: Flash) -> Self {
        Self { flash: Some(flash), ..self }
    }
}

/// What is said once, on the next page. Kept on the server; holds no secret, and cannot.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Flash {
    /// What to correct, in the order of the fields.
    pub slips: Vec<Slip>,
    /// What was typed and need not be typed again (WCAG 3.3.7).
    pub kept: Kept,
    /// What happened.
    pub tiding: Option<Tiding>,
}

impl Flash {
    /// One thing to correct.
    pub fn slip(slip: Slip) -> Self {
        Self { slips: vec![slip], ..Self::default() }
    }

    /// Something that happened.
    pub fn tiding(tiding: Tiding) -> Self {
        Self { tiding: Some(tiding), ..Self::default() }
    }

    /// With what was typed.
    #[must_use]
    pub fn keeping(self, kept: Kept) -> Self {
        Self { kept, ..self }
    }
}

/// Typed values worth keeping. There is no room for a secret.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    /// The user name.
    pub user_name: String,
    /// The name of a login method.
    pub factor_name: String,
    /// Which login method was chosen.
    pub factor: String,
    /// The address of a contact channel.
    pub address: String,
    /// That her other sessions end with the old password.
    pub end_others: bool,
    /// The number of an export.
    pub export: String,
    /// The first day of a period, or the one from which terms were to hold.
    pub from: String,
    /// The last day of a period.
    pub to: String,
    /// The seed of a sample.
    pub seed: String,
    /// How many people it has.
    pub many: String,
    /// The id of a person.
    pub person: String,
    /// The number of a case.
    pub case: String,
    /// Part of the house whose events were looked for.
    pub group: String,
    /// Their kinds.
    pub kinds: String,
    /// Their outcome.
    pub outcome: String,
    /// The reference of a request.
    pub reference: String,
    /// A place of the trail.
    pub place: String,
    /// What a version of the terms was to be called.
    pub version: String,
    /// Who was to accept them.
    pub binds: String,
    /// The last day to accept them.
    pub accept_by: String,
}

/// One thing to correct in a form. Each belongs to one field and has one sentence that says what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Slip {
    /// No user name.
    UserNameMissing,
    /// No password.
    PasswordMissing,
    /// User name and password do not belong together; never which.
    NoMatch {
        /// Tries before a wait, said from three downward.
        left: Option<u32>,
    },
    /// No code.
    CodeMissing,
    /// Not six digits.
    CodeShape,
    /// No code of whatever shows hers, where a code device does.
    ShownCodeMissing,
    /// What was typed is shown by no code device.
    ShownCodeShape,
    /// A code device's code did not fit.
    ShownCodeWrong {
        /// Tries left, where that is said.
        left: Option<u32>,
        /// Not the first one: it may have gone apart from us.
        again: bool,
    },
    /// Another code was due.
    CodeWrong {
        /// Tries before a pause, said from three downward.
        left: Option<u32>,
        /// Not the first time: the telephone's clock may be wrong.
        again: bool,
    },
    /// The box under the terms is not ticked.
    BoxNotTicked,
    /// A version of the terms needs another name.
    VersionName,
    /// A part of a page of the terms is too long.
    TermsTooLong(domain::publication::Part),
    /// It has a place to be filled in.
    TermsPlaceholder(domain::publication::Part),
    /// The first day of terms is no day.
    FirstDayShape,
    /// It is too early.
    FirstDayEarly,
    /// It is too far away.
    FirstDayFar,
    /// Nobody said who must accept them.
    BindsMissing,
    /// The last day to accept them is no day.
    LastDayShape,
    /// It is too near, or too far away.
    LastDay,
    /// There is one, and only new people must accept.
    LastDayWithout,
    /// The new password is missing.
    NewPasswordMissing,
    /// As [`domain::password::Weak`].
    PasswordWeak(domain::password::Weak),
    /// The new password is the one she has.
    SamePassword,
    /// No current password.
    CurrentMissing,
    /// Current password or code does not fit; never which.
    NotShown,
    /// No recovery code.
    RecoveryCodeMissing,
    /// No recovery code of hers that is unused.
    RecoveryCodeWrong {
        /// Tries before a pause, said from three downward.
        left: Option<u32>,
    },
    /// No blocking code.
    BlockingCodeMissing,
    /// The box under the printed codes is not ticked.
    CodesNotSaved,
    /// The box of a choice that cannot be undone is not ticked.
    NotSure,
    /// Not a mail address.
    MailShape,
    /// Not a phone number.
    MobileShape,
    /// The address is used already.
    ContactSame,
    /// No code that was sent.
    SentCodeMissing,
    /// Another code was sent.
    SentCodeWrong {
        /// Tries that are left.
        left: u8,
    },
    /// A login method needs a name of 1–30 characters.
    FactorName,
    /// The number of a phone is missing.
    NumberMissing,
    /// It is another number.
    NumberWrong {
        /// Tries that are left.
        left: u8,
    },
    /// No phone opened the link yet.
    NoPhone,
    /// No second code of a device.
    SecondCodeMissing,
    /// No device of hers shows these two codes in a row.
    CodesApart {
        /// Tries before a pause, said from three downward.
        left: Option<u32>,
    },
    /// No export was chosen.
    ExportMissing,
    /// The first day is no day.
    FromShape,
    /// The last day is no day.
    ToShape,
    /// The last day lies before the first.
    PeriodBackwards,
    /// The export is long, and as many as may be are ordered.
    OrdersFull,
    /// Not a seed.
    SeedShape,
    /// Not from one to a hundred.
    SampleSize,
    /// Nobody of that id.
    PersonUnknown,
    /// What is kept of her is restricted, and no case was named, or not as one is.
    CaseMissing,
    /// No kind of event is called that.
    KindUnknown,
    /// No kind of event is all that was asked.
    KindFitsNot,
    /// Not a reference.
    ReferenceShape,
    /// A reference is looked for in fewer days.
    ReferenceLong,
    /// Not a place of the trail.
    PlaceShape,
}

/// Something that happened, said above the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tiding {
    /// Another version of the terms was published while she read.
    TermsChanged,
    /// A page of the terms was left out; this is the one.
    PageLeftOut,
    /// The hour after the proof is over: prove again.
    ProofRanOut,
    /// MitID said yes.
    Proved,
    /// She confirmed anew who she is.
    Reconfirmed,
    /// The password is set.
    PasswordSet,
    /// The authenticator app works.
    AppAdded,
    /// The seed was too old: this is a new one, scan again.
    NewSeed,
    /// A new password after MitID.
    PasswordReset,
    /// The login is open again.
    Reopened,
    /// A session was ended.
    SessionEnded,
    /// A work relation of hers is ended; she has another.
    RelationEnded,
    /// Her last one is ended, and her login closed.
    LastRelationEnded,
    /// The role is hers.
    RoleAccepted,
    /// She holds a role that nobody holds beside it.
    RolesApart,
    /// A row of the trail was emptied meanwhile.
    RowGone,
    /// A draft of terms is begun.
    TermsBegun,
    /// A page of it is saved.
    TermsPageSaved,
    /// It is proposed.
    TermsProposed,
    /// New terms are published.
    TermsPublished,
    /// The draft is withdrawn.
    TermsWithdrawn,
    /// This page of it lacks something.
    TermsIncomplete,
    /// It says nothing new.
    TermsUnchanged,
    /// What it follows is not the newest version any more.
    TermsStale,
    /// It does not say what was proposed.
    TermsOtherText,
    /// Its author does not publish it.
    TermsSamePerson,
    /// It is not where she left it.
    TermsMovedOn,
    /// Its only page cannot go.
    TermsOnlyPage,
    /// It has no such page.
    TermsNoSuchPage,
    /// Notices go to the new address.
    ContactVerified,
    /// Notices go to that address no more.
    ContactRemoved,
    /// Too many codes that did not fit: nothing was changed.
    ContactOver,
    /// It was changed too short a time ago.
    ContactCooling,
    /// It is the last address that reaches her.
    ContactLastWay,
    /// The current password did not fit, after a step-up.
    PasswordNotShown,
    /// The new password is the one she has, after a step-up.
    PasswordSame,
    /// A step-up is over.
    ConfirmAgain,
    /// A login method is added.
    MethodAdded,
    /// It is removed.
    MethodRemoved,
    /// It has its new name.
    MethodRenamed,
    /// It is asked for first.
    MethodPreferred,
    /// It works, beside a password.
    MethodWorks,
    /// It works, and is enough alone.
    MethodWorksAlone,
    /// Another one answered than the one she meant.
    MethodOther,
    /// It is the last way in.
    MethodLast,
    /// What she confirmed with was added by recovery within the hour, which is over then.
    MethodCooling(domain::Timestamp),
    /// She has as many as one may have.
    MethodsFull,
    /// The same in a sign-in, where none can be removed.
    MethodsFullHere,
    /// What was to be done here needs script.
    NeedsScript,
    /// The key cannot be used here.
    KeyRefused,
    /// The key opens nothing here: try again, or MitID.
    ProofKeyRefused,
    /// The key is hers and does not count alone: MitID.
    ProofKeyWeak,
    /// It was added too short a time ago: MitID.
    ProofKeyYoung,
    /// Only a proof with MitID does.
    ProofNeeded,
    /// The new key's answer was not taken.
    KeyNotTaken,
    /// The key is registered already.
    KeyKnown,
    /// The municipality does not admit this kind of key.
    KeyNotAdmitted,
    /// The key did not verify its owner.
    KeyNotVerified,
    /// Nothing was handed out to her that waits for a code.
    NoDevice,
    /// The code device and we agree again.
    DeviceTogether,
    /// Too many codes that did not fit: none is taken now.
    CodesClosed,
    /// The session ran out: sign in again.
    SessionRanOut,
    /// The key counts once the reopening is confirmed.
    KeyStaged,
    /// The session ran out; what was typed is kept until she is back.
    DraftKept,
    /// What she typed before her session ran out waits here.
    DraftWaits,
    /// What she typed before her session ran out stands in the form again.
    DraftBack,
    /// Her enrolment is not finished: until then nothing of hers signs in.
    Unfinished,
    /// The flow ran out or belongs to another browser: start again.
    StartedOver,
    /// The same of an enrolment, which is over too where HR ended or changed what it was begun for.
    EnrolmentOver,
    /// Something failed on our side; nothing was changed, try again.
    TryAgain,
}
