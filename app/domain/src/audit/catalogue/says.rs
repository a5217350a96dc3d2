//! What each kind of event says to people.

use crate::audit::EventKind;

impl EventKind {
    /// What happened, in a sentence without its stop.
    #[expect(clippy::too_many_lines, reason = "a table, one entry for each kind")]
    pub fn says(self) -> &'static str {
        match self {
            Self::FeedImported => "The HR feed was read",
            Self::PersonImported => "A line made or changed a person or association",
            Self::FeedRefused => "A line of the feed was refused",
            Self::AssociationClosed => "An association's end was reached",
            Self::AssociationActivated => "An association became active",
            Self::Held => "A hold was put on a login",
            Self::HoldLifted => "Holds on a login were lifted",
            Self::LiftAsked => "An operator asked that holds be lifted; a second one must ask the same",
            Self::HoldRefused => "An operator put or lifted no hold",
            Self::Invited => "A welcome link was made",
            Self::EnrolmentBegun => "An enrolment was begun",
            Self::EnrolmentRefused => "A step of an enrolment was refused",
            Self::TermsPageShown => "A page of the terms was shown",
            Self::TermsAccepted => "The terms were accepted",
            Self::TermsDeclined => "The terms were declined",
            Self::ProofStarted => "Somebody was sent to MitID",
            Self::IdentityProved => "MitID proved who somebody is",
            Self::ProofRefused => "MitID, or a passkey in its place, did not prove who somebody is",
            Self::PasswordSet => "A password was set",
            Self::PasswordRefused => "A password was not taken",
            Self::FactorOffered => "An authenticator was offered",
            Self::FactorAdded => "An authenticator was registered",
            Self::FactorRefused => "An authenticator was not accepted",
            Self::PhoneOffered => "A link was shown with which a login method is added on a phone",
            Self::PhoneOpened => "A link for a phone was opened",
            Self::PhoneAdmitted => "The number of a phone was typed where the link was shown",
            Self::PhoneAnswered => {
                "A phone made a login method, which waits for a yes where the link was shown"
            }
            Self::PersonRegistered => "What services are told of somebody was registered",
            Self::MetadataTaken => "New metadata of a service was taken",
            Self::MetadataWaits => "New metadata of a service waits for an administrator",
            Self::MetadataRefused => {
                "Metadata of a service could not be fetched or was refused, or an application's registration was"
            }
            Self::PhoneRefused => "Going on with a phone was refused or ended",
            Self::FactorRenamed => "An authenticator got another name",
            Self::FactorPreferred => "An authenticator was chosen to be asked for first",
            Self::FactorTested => "An authenticator was tried out",
            Self::ModelWidened => {
                "Serving began with a model of keys that counts for more than the rule for all"
            }
            Self::KeyAccepted => "A passkey was accepted before the password",
            Self::KeyMistrusted => "A right answer of a passkey was not trusted",
            Self::ApplicationAsked => "An application's request was received",
            Self::ApplicationRefused => "An application's request was refused",
            Self::CodeIssued => "An application was given a code",
            Self::TokenRenewed => "Tokens were renewed",
            Self::TokenReused => "A code or token was used that was spent",
            Self::TokenRevoked => "An application gave its tokens back",
            Self::ClaimsTold => "An application was told about a person",
            Self::EnrolmentFinished => "An enrolment was finished",
            Self::EnrolmentRevoked => {
                "An enrolment that was not finished in time was revoked, with what was chosen in it"
            }
            Self::MeansRevoked => "Password and login methods were taken away",
            Self::SignInBegun => "A sign-in was begun",
            Self::PasswordAccepted => "User name and password were right",
            Self::SignInRefused => "User name or password was wrong",
            Self::CodesStopped => "Sign-in by code was stopped until a proof or a new password",
            Self::CodesReopened => "A proof or a new password opened sign-in by code again",
            Self::SignedIn => "Both factors were right",
            Self::SignedOut => "Somebody signed out",
            Self::RequestReceived => "A service's request was received",
            Self::RequestRefused => "A service's request was refused",
            Self::TokenIssued => "A token was issued",
            Self::TokenRefused => "A token was refused at the moment of issue",
            Self::RoleProposed => "A role was proposed",
            Self::RoleAccepted => "A role was accepted by its owner",
            Self::RoleRefused => "A role was not proposed, or not accepted",
            Self::RoleEnded => "A role, or a proposal of one, ended before its time",
            Self::ConnectionSaved => "A connection was added or changed",
            Self::KeyCreated => "A key was made",
            Self::RotationBegun => "A rotation of keys was begun, or taken up again after it was interrupted",
            Self::KeysRotated => "Keys were rotated",
            Self::KeyRetired => "A key's life ended",
            Self::KeyPublished => "A key that is to sign by SAML was published ahead",
            Self::KeyActivated => "A key signs by SAML from now on, and the one before it no more",
            Self::KeyDestroyed => "A key was destroyed: nothing of it is kept",
            Self::KeyEnds => {
                "The certificate of the key that signs by SAML ends soon; administrators were told"
            }
            Self::PersonKeysReplaced => {
                "People whose own keys of the trail were lost got new ones; what lay under the old ones opens no more"
            }
            Self::RingRewrapBegun => {
                "Wrapping the key ring under another key-encryption key was begun, or taken up again after it was interrupted"
            }
            Self::RingRewrapped => "The key ring was wrapped under another key-encryption key",
            Self::RingRewrapFailed => {
                "Wrapping the key ring under another key-encryption key did not come to its end: it may lie under either"
            }
            Self::PersonCopiesKept => {
                "The copies of people's own keys were looked at: one may have been made, and old ones deleted"
            }
            Self::ConnectionPinned => "A connection was pinned to one of our keys until a day",
            Self::ConnectionUnpinned => "A connection is pinned to no key of ours any more",
            Self::DatabaseMigrated => "The database was brought to a version of the programme",
            Self::MassBlocking => "Many owners blocked their logins within minutes",
            Self::BlockRefused => "Somebody tried to block a login without the right to",
            Self::ReopeningBegun => "A reopening was begun with a proof",
            Self::ReopeningStep => "A step of a reopening was done",
            Self::ReopeningRefused => "A reopening was refused",
            Self::Reopened => "Its owner opened a blocked login again",
            Self::SuspensionRevoked => {
                "A login its owner blocked and did not open in time was closed for good"
            }
            Self::ResetBegun => "A reset of the password was begun with a proof",
            Self::TermsNear => "Letters were queued that tell her to accept new terms",
            Self::TermsDraftBegun => "An administrator began a draft of new terms",
            Self::TermsDraftWritten => "A page of a draft of new terms was written, added or taken away",
            Self::TermsProposed => "A draft of new terms was proposed: another administrator may publish it",
            Self::TermsDraftWithdrawn => "A draft of new terms was withdrawn",
            Self::TermsDraftRanOut => "A draft of new terms ended because nobody went on with it",
            Self::TermsPublished => "New terms were published by another administrator than their author",
            Self::TermsDraftRefused => "A draft of new terms went no further",
            Self::ReconfirmationNear => "Letters were queued that tell her to confirm anew who she is",
            Self::ReconfirmationPutOff => "She was asked to confirm anew and put it off",
            Self::Reconfirmed => "She confirmed anew who she is",
            Self::CodesPrinted => "A new sheet of codes was made",
            Self::FactorCheckPutOff => "She was asked whether she still has a login method and put it off",
            Self::PasswordLeaked => "A right password is known from leaks",
            Self::PasswordPutOff => "She was asked to change a leaked password and put it off",
            Self::RecoveryCodeUsed => "A recovery code was shown beside the password and is used up",
            Self::FactorRemoved => "An authenticator was taken away",
            Self::ServiceTold => "A service was told that a session is over",
            Self::LogoutBrought => "A browser brought a service's message about logging out in a form",
            Self::LogoutReceived => "A service sent her to log out",
            Self::LogoutRefused => "A service's message about logging out was refused",
            Self::LogoutAsked => "A service was asked through her browser to end her session",
            Self::LogoutAnswered => "A service that sent her to log out was answered",
            Self::NoticeSent => "A notice was delivered",
            Self::NoticeFailed => "A notice could not be delivered",
            Self::StepUpDone => "Somebody at an open session confirmed again who she is",
            Self::StepUpRefused => "Somebody at an open session did not confirm who she is",
            Self::ContactAsked => "A code was sent to a new address for notices",
            Self::ContactChanged => "Where a person's notices go was changed by her",
            Self::ContactRefused => "Where her notices go was not changed",
            Self::ContactTakenBack => "Such a change was taken back when her blocked login was opened",
            Self::OwnDataTaken => "A person took her own data out",
            Self::ClocksApart => {
                "The clocks of this instance and of the database went apart, or further apart"
            }
            Self::ClocksAgree => "The clocks agree again",
            Self::OutsideBegun => "A place outside was begun, where records are kept",
            Self::OutsideApart => "The database and what is kept outside do not agree: nothing is issued",
            Self::OutsideAgrees => "The database and what is kept outside agree: issuing goes on",
            Self::RecoveryBegun => "A recovery of a database that fell behind was begun, or taken up again",
            Self::LoginRecovered => "Somebody's login was brought back to what is kept outside",
            Self::Recovered => "A recovery is done",
            Self::CheckpointsBegun => "A place outside was begun, where checkpoints of the trail are kept",
            Self::CheckpointsApart => {
                "The trail is not the one the last checkpoint outside stands for, or none can be kept: none is signed"
            }
            Self::CheckpointsAgree => "Checkpoints are signed and kept again",
            Self::RowsRefused => {
                "Rows of the trail wait that are not as this house wrote them: they get no place in the chain"
            }
            Self::TrailExported => "Rows of the trail were taken out into a file",
            Self::RowsExpired => "Rows of the trail were emptied because they were kept long enough",
            Self::RetentionDone => "A day's deletions by rule are done",
            Self::ErasureProposed => "An operator proposed to erase somebody; a second one must approve it",
            Self::ErasureRefused => "Somebody was not erased",
            Self::PersonErased => "Somebody was erased, with the key of her part of the trail",
            Self::ExportMade => "An auditor made an export",
            Self::ExportOrdered => "An auditor ordered an export that is too long to be made at once",
            Self::ExportTaken => "An auditor took out a file of an export she had ordered",
            Self::ExportCancelled => "An export that was ordered was cancelled, or its files thrown away",
            Self::ExportFailed => "An export that was ordered could not be made",
            Self::SampleDrawn => "An auditor drew a sample of people",
            Self::CaseNamed => "An auditor named the case for which she reads what is restricted of a person",
            Self::TrailRead => "An auditor read what the trail holds about a person",
            Self::PartRead => {
                "An auditor made an export about everybody, in which something sealed of a person was opened"
            }
            Self::ManyRead => {
                "The same, of more people than are told one by one: each sees it among her activity"
            }
            Self::NameRead => "An auditor drew a person into a sample, and was shown her name",
            Self::TrailSearched => "An auditor looked for rows of the trail",
            Self::FiguresTaken => "An auditor took the figures of a period",
            Self::AuditorRefused => "Somebody without the role asked for what only auditors read",
            Self::DoorMeasured => {
                "A door of a block was asked from another machine for a day; what it answered was handed in"
            }
            Self::TrailVerified => "The whole trail was verified at the command line",
            Self::DocumentPublished => {
                "Serving began with a published text that is another than the one before"
            }
            Self::DevicesImported => "Code devices were delivered",
            Self::DevicesRefused => "A delivery of code devices was refused",
            Self::DeviceHandedOut => "A code device was handed out",
            Self::DeviceRefused => "A code device was not handed out, or not taken back",
            Self::DeviceReturned => "A code device came back, or was lost",
            Self::DeviceResynchronised => "Two codes in a row brought a code device and us together again",
            Self::SeedsLeaked => "Somebody said that seeds of code devices are known by others",
            Self::DeviceLeaked => "A code device was put out of use: its seed is known by others",
        }
    }
}
