//! The table itself: one entry for each kind of event.

use super::{About, By, Group, Keep, Outcome};
use crate::audit::EventKind;

const PERSON: &[By] = &[By::Person];
const UNKNOWN: &[By] = &[By::Unknown];
const SYSTEM: &[By] = &[By::System];
const OPERATOR: &[By] = &[By::Operator];
const SHE_OR_NOBODY: &[By] = &[By::Person, By::Unknown];
const SHE_OR_OPERATOR: &[By] = &[By::Person, By::Operator];
const HOUSE: &[By] = &[By::System, By::Operator];
const ANYBODY: &[By] = &[By::Person, By::Unknown, By::System, By::Operator];
const SHE_OR_SYSTEM: &[By] = &[By::Person, By::System];
const KNOWN: &[By] = &[By::Person, By::System, By::Operator];
const REASON: &[&str] = &["reason"];

impl EventKind {
    /// What is to be known of it.
    // A table is read in columns.
    #[rustfmt::skip]
    #[expect(clippy::too_many_lines, reason = "a table, one entry for each kind")]
    pub fn about(self) -> About {
        use Group as G;
        use Keep::{Central, Exchange, SignIn, Trail};
        use Outcome::{Done, Failed, Refused, Seen};
        let (group, by, of_person, outcome, keep, facts, sealed, nsis): (_, _, _, _, _, &[&str], &[&str], &[&str]) = match self {
            Self::FeedImported => (
                G::People, OPERATOR, false, Done, Central,
                &["import", "sha256", "source", "lines", "ending", "cpr-changes", "unreadable", "confirmed"], REASON, &["5.2.3", "5.2.8"],
            ),
            Self::PersonImported => (
                G::People, OPERATOR, true, Done, Central,
                &["import", "line", "change"], &[], &["5.2.8"],
            ),
            Self::FeedRefused => (
                G::People, OPERATOR, false, Refused, Central,
                &["import", "sha256", "source", "lines", "ending", "cpr-changes", "open", "line", "column", "reason"], REASON, &["5.2.8"],
            ),
            Self::AssociationClosed => (
                G::People, KNOWN, true, Done, Central,
                &["association", "cvr"], &[], &["5.2.1", "5.2.3"],
            ),
            Self::AssociationActivated => (
                G::People, KNOWN, true, Done, Central,
                &["import", "association", "cvr", "source"], &[], &["5.2.7", "5.2.8", "5.2.10"],
            ),
            Self::Invited => (G::Enrolment, KNOWN, true, Done, Central, &["import", "after"], &[], &["3.2.2"]),
            Self::EnrolmentBegun => (G::Enrolment, UNKNOWN, true, Done, Central, &["terms"], &[], &["3.1.1"]),
            Self::EnrolmentRefused => (
                G::Enrolment, SHE_OR_NOBODY, true, Refused, Central,
                &["why"], &[], &["3.1.1"],
            ),
            Self::EnrolmentFinished => (G::Enrolment, PERSON, true, Done, Central, &[], &[], &["3.1.1", "3.2.2"]),
            Self::EnrolmentRevoked => (G::Enrolment, SYSTEM, true, Done, Central, &["why", "means"], &[], &["3.2.2"]),
            Self::TermsPageShown => (
                G::Terms, SHE_OR_NOBODY, true, Seen, Central,
                &["page", "terms"], &[], &["3.1.1", "4.1.2.3"],
            ),
            Self::TermsAccepted => (
                G::Terms, PERSON, true, Done, Central,
                &["terms", "pages", "ticked-at"], &[], &["3.1.1", "4.1.2.3"],
            ),
            Self::TermsDeclined => (G::Terms, SHE_OR_NOBODY, true, Refused, Central, &["terms"], &[], &["3.2.3.4"]),
            Self::TermsNear => (G::Terms, SYSTEM, true, Seen, Central, &["terms", "letters"], &[], &["3.1.1"]),
            Self::TermsDraftBegun => (
                G::Terms, PERSON, true, Done, Central,
                &["draft", "version", "replaces", "session-factors", "session-level"], &[], &["3.1.1"],
            ),
            Self::TermsDraftWritten => (G::Terms, PERSON, true, Done, Central, &["draft", "page", "terms", "session-factors", "session-level"], &[], &["3.1.1"]),
            Self::TermsProposed => (
                G::Terms, PERSON, true, Done, Central,
                &["draft", "version", "terms", "replaces", "session-factors", "session-level"], &[], &["3.1.1", "4.1.2.3"],
            ),
            Self::TermsDraftWithdrawn => (G::Terms, PERSON, true, Done, Central, &["draft", "version", "session-factors", "session-level"], &[], &["3.1.1"]),
            Self::TermsDraftRanOut => (G::Terms, SYSTEM, false, Done, Central, &["draft", "version"], &[], &["3.1.1"]),
            Self::TermsPublished => (
                G::Terms, PERSON, true, Done, Central,
                &["draft", "version", "terms", "replaces", "holds-from", "binds", "accept-by", "session-factors", "session-level"], &[], &["3.1.1", "4.1.2.3"],
            ),
            Self::TermsDraftRefused => (G::Terms, PERSON, true, Refused, Central, &["why", "for", "session-factors", "session-level"], &[], &["3.1.1", "4.1.2.3"]),
            Self::ProofStarted => (G::Proof, UNKNOWN, true, Seen, Central, &["profile", "for"], &[], &["3.1.2"]),
            Self::IdentityProved => (
                G::Proof, PERSON, true, Done, Central,
                &["level", "process", "register", "proofing"], &[], &["3.1.2.4", "3.1.2.5", "3.1.2.6"],
            ),
            Self::ProofRefused => (
                G::Proof, SHE_OR_NOBODY, true, Refused, Central,
                &["why", "for", "by", "factor"], &[], &["3.1.2"],
            ),
            Self::ReconfirmationNear => (
                G::Proof, SYSTEM, true, Seen, Central,
                &["proofing", "letters"], &[], &["3.2.4"],
            ),
            Self::ReconfirmationPutOff => (G::Proof, PERSON, true, Seen, Central, &[], &[], &["3.2.4"]),
            Self::Reconfirmed => (G::Proof, PERSON, true, Done, Central, &["proofing", "why"], &[], &["3.2.4"]),
            Self::PasswordSet => (
                G::Means, PERSON, true, Done, Central,
                &["during", "proofing", "by", "factor", "sessions-ended"], &[], &["3.2.1", "3.2.4"],
            ),
            Self::PasswordRefused => (G::Means, PERSON, true, Refused, Central, &["why"], &[], &["3.3.1.3"]),
            Self::ResetBegun => (G::Means, PERSON, true, Done, Central, &["proofing", "by", "factor"], &[], &["3.2.4"]),
            Self::FactorOffered => (G::Means, PERSON, true, Seen, Central, &["kind", "during"], &[], &["3.2.1"]),
            Self::FactorAdded => (
                G::Means, PERSON, true, Done, Central,
                &["kind", "factor", "serial", "during", "ground", "verified", "backup-eligible", "attested", "model"], &[], &["3.2.1"],
            ),
            Self::FactorRefused => (
                G::Means, PERSON, true, Refused, Central,
                &["why", "kind", "factor", "during", "for"], &[], &["3.3.1.3"],
            ),
            Self::FactorRemoved => (G::Means, KNOWN, true, Done, Central, &["factor", "kind", "why", "during"], REASON, &["3.2.3"]),
            Self::FactorRenamed | Self::FactorPreferred => (G::Means, PERSON, true, Done, Central, &["factor"], &[], &["3.2.1"]),
            Self::FactorTested => (G::Means, PERSON, true, Done, Central, &["factor", "counts"], &[], &["3.2.1"]),
            Self::ModelWidened => (
                G::Means, SYSTEM, false, Seen, Central,
                &["model", "counts", "level", "risk-note"], &[], &["3.2.1"],
            ),
            Self::KeyMistrusted => (G::Means, UNKNOWN, true, Refused, Central, &["factor", "why"], &[], &["3.2.3.4", "3.3.1.3"]),
            Self::MeansRevoked => (
                G::Means, KNOWN, true, Done, Central,
                &["import", "means", "why"], &[], &["3.2.3"],
            ),
            Self::CodesPrinted => (G::Means, PERSON, true, Done, Central, &["recovery"], &[], &["3.2.3.1"]),
            Self::FactorCheckPutOff => (G::Means, PERSON, true, Seen, Central, &["factor"], &[], &["3.2.1"]),
            Self::PasswordLeaked => (G::Means, PERSON, true, Refused, Central, &["until"], &[], &["3.2.3.4", "3.3.1.3"]),
            Self::PasswordPutOff => (G::Means, PERSON, true, Seen, Central, &[], &[], &["3.2.3.4"]),
            Self::RecoveryCodeUsed => (G::Means, PERSON, true, Done, Central, &["left"], &[], &["3.2.1", "3.2.4"]),
            Self::CodesStopped => (
                G::Means, SYSTEM, true, Done, Central,
                &["in-a-row", "since-password"], &[], &["3.3.1.5"],
            ),
            Self::CodesReopened => (G::Means, PERSON, true, Done, Central, &["by"], &[], &["3.3.1.5"]),
            Self::DevicesImported => (
                G::Means, OPERATOR, false, Done, Central,
                &["sha256", "source", "devices", "signed"], REASON, &["3.2.1", "3.2.2"],
            ),
            Self::DevicesRefused => (
                G::Means, OPERATOR, false, Refused, Central,
                &["sha256", "source", "devices", "signed", "refused"], REASON, &["3.2.2"],
            ),
            Self::DeviceHandedOut => (G::Means, OPERATOR, true, Done, Central, &["device", "serial"], REASON, &["3.2.2"]),
            Self::DeviceRefused => (G::Means, OPERATOR, true, Refused, Central, &["serial", "why", "during"], REASON, &["3.2.2"]),
            Self::DeviceReturned => (G::Means, OPERATOR, true, Done, Central, &["device", "serial", "why"], REASON, &["3.2.3"]),
            Self::DeviceResynchronised => (G::Means, PERSON, true, Done, Central, &["factor", "passed"], &[], &["3.2.1"]),
            Self::SeedsLeaked => (
                G::Means, OPERATOR, false, Done, Central,
                &["devices", "unknown", "sha256"], REASON, &["3.2.3.4"],
            ),
            Self::DeviceLeaked => (G::Means, HOUSE, true, Done, Central, &["device", "serial", "recovered"], REASON, &["3.2.3.4"]),
            Self::PhoneOffered => (G::Means, PERSON, true, Seen, Central, &["for"], &[], &["3.2.1"]),
            Self::PhoneOpened => (G::Means, UNKNOWN, true, Done, Central, &[], &[], &["3.2.1"]),
            Self::PhoneAdmitted | Self::PhoneAnswered => (G::Means, PERSON, true, Done, Central, &[], &[], &["3.2.1"]),
            Self::PhoneRefused => (G::Means, SHE_OR_NOBODY, true, Refused, Central, &["why"], &[], &["3.2.1", "3.3.1.3"]),
            Self::SignInBegun => (G::SignIn, UNKNOWN, false, Seen, SignIn, &[], &[], &["6.7"]),
            Self::PasswordAccepted => (G::SignIn, PERSON, true, Done, SignIn, &["new-place"], &[], &["3.3.1"]),
            Self::SignInRefused => (
                G::SignIn, SHE_OR_NOBODY, true, Refused, SignIn,
                &["factor", "why"], &[], &["3.3.1.3"],
            ),
            Self::SignedIn => (
                G::SignIn, PERSON, true, Done, SignIn,
                &["session", "factors", "factor", "new-place"], &[], &["3.3.1", "6.1"],
            ),
            Self::KeyAccepted => (G::SignIn, PERSON, true, Done, SignIn, &["factor"], &[], &["3.3.1"]),
            Self::SignedOut => (G::SignIn, PERSON, true, Done, SignIn, &["session", "from"], &[], &["6.5"]),
            Self::StepUpDone => (G::SignIn, PERSON, true, Done, SignIn, &["for", "by", "session", "factor"], &[], &["3.3.1"]),
            Self::StepUpRefused => (G::SignIn, PERSON, true, Refused, SignIn, &["why"], &[], &["3.3.1.3"]),
            Self::RequestReceived => (
                G::Services, UNKNOWN, false, Done, Exchange,
                &["service", "message", "force", "passive", "level", "requesters"], &[], &["6.7", "6.8"],
            ),
            Self::RequestRefused => (
                G::Services, UNKNOWN, false, Refused, Exchange,
                &["service", "why"], &[], &["6.7"],
            ),
            Self::ApplicationAsked => (
                G::Services, UNKNOWN, false, Done, Exchange,
                &["service", "message", "at", "pushed", "force", "passive", "max-age", "level"], &[], &["6.7", "6.8"],
            ),
            Self::ApplicationRefused => (
                G::Services, UNKNOWN, false, Refused, Exchange,
                &["service", "in-response-to", "at", "why", "error", "claimed"], &[], &["6.7"],
            ),
            Self::CodeIssued => (
                G::Services, PERSON, true, Done, Exchange,
                &["service", "in-response-to", "response", "visit", "asked", "level", "cause", "encrypted"], &[], &["6.1", "6.7"],
            ),
            Self::TokenRenewed => (
                G::Services, PERSON, true, Done, Exchange,
                &["service", "in-response-to", "response", "visit", "generation", "asked", "level", "cause", "cvr", "encrypted"], &[], &["6.1", "6.2", "6.7"],
            ),
            Self::TokenReused => (
                G::Services, UNKNOWN, true, Refused, Exchange,
                &["service", "visit", "why"], &[], &["3.2.3.4", "6.7"],
            ),
            Self::TokenRevoked => (G::Services, UNKNOWN, true, Done, Exchange, &["service", "visit"], &[], &["6.5", "6.7"]),
            Self::ClaimsTold => (
                G::Services, UNKNOWN, true, Done, Exchange,
                &["service", "in-response-to", "visit", "claims", "level", "encrypted"], &[], &["6.7"],
            ),
            Self::TokenIssued => (
                G::Services, PERSON, true, Done, Exchange,
                &["service", "in-response-to", "response", "assertion", "visit", "generation", "asked", "level", "cause", "cvr", "encrypted"], &[], &["6.1", "6.2", "6.7", "6.9", "6.10"],
            ),
            Self::TokenRefused => (
                G::Services, SYSTEM, true, Refused, Exchange,
                &["service", "why", "in-response-to", "response"], &[], &["3.3.1.1", "6.7"],
            ),
            Self::ServiceTold => (
                G::Services, SYSTEM, true, Done, Exchange,
                &["visit", "service", "in-response-to", "response", "outcome", "why"], &[], &["6.5", "6.7"],
            ),
            Self::LogoutBrought => (
                G::Services, UNKNOWN, false, Seen, Exchange,
                &["service", "message"], &[], &["6.7"],
            ),
            Self::LogoutReceived => (
                G::Services, PERSON, true, Done, Exchange,
                &["service", "message", "session"], &[], &["6.5", "6.7"],
            ),
            Self::LogoutRefused => (
                G::Services, UNKNOWN, false, Refused, Exchange,
                &["service", "message", "response", "why"], &[], &["6.5", "6.7"],
            ),
            Self::LogoutAsked => (
                G::Services, SYSTEM, true, Done, Exchange,
                &["service", "message", "visit"], &[], &["6.5", "6.7"],
            ),
            Self::LogoutAnswered => (
                G::Services, SYSTEM, true, Done, Exchange,
                &["service", "in-response-to", "response", "outcome"], &[], &["6.5", "6.7"],
            ),
            Self::ConnectionSaved => (
                G::Services, OPERATOR, false, Done, Central,
                &["service", "profile", "name-id", "release", "encryption", "fresh-minutes", "protocol", "proves-itself", "new-secret", "back-channel", "back-channel-authority", "front-channel", "keys"], REASON, &["6.10"],
            ),
            Self::PersonRegistered => (
                G::Services, OPERATOR, true, Done, Central,
                &["line", "sha256", "change"], REASON, &["6.9"],
            ),
            Self::MetadataTaken => (
                G::Services, HOUSE, false, Done, Central,
                &["service", "change", "signed", "until"], REASON, &["6.3"],
            ),
            Self::MetadataWaits => (
                G::Services, SYSTEM, false, Refused, Central,
                &["service", "change", "sha256"], &[], &["6.3"],
            ),
            Self::MetadataRefused => (
                G::Services, HOUSE, false, Refused, Central,
                &["service", "protocol", "why"], REASON, &["6.3"],
            ),
            Self::Held => (
                G::Blocking, ANYBODY, true, Done, Central,
                &["hold", "origin", "reason", "recovered", "took-ms"], REASON, &["3.2.3"],
            ),
            Self::HoldLifted => (
                G::Blocking, KNOWN, true, Done, Central,
                &["import", "origin", "why", "reason", "holds", "proofing"], REASON, &["3.2.3.3"],
            ),
            Self::LiftAsked => (G::Blocking, OPERATOR, true, Done, Central, &["origin", "holds"], REASON, &["3.2.3.3"]),
            Self::HoldRefused => (
                G::Blocking, OPERATOR, true, Refused, Central,
                &["during", "origin", "why"], &["reason", "user-name"], &["3.2.3", "3.2.3.3"],
            ),
            Self::MassBlocking => (G::Blocking, SYSTEM, false, Seen, Central, &["more-than"], &[], &["3.2.3.2"]),
            Self::BlockRefused => (
                G::Blocking, SHE_OR_NOBODY, true, Refused, Central,
                &["door", "why"], &[], &["3.2.3.2"],
            ),
            Self::ReopeningBegun => (
                G::Blocking, PERSON, true, Done, Central,
                &["proofing", "by", "factor"], &[], &["3.2.3.3"],
            ),
            Self::ReopeningStep => (
                G::Blocking, PERSON, true, Done, Central,
                &["step", "kept", "of"], &[], &["3.2.3.3"],
            ),
            Self::ReopeningRefused => (
                G::Blocking, PERSON, true, Refused, Central,
                &["why", "for"], &[], &["3.2.3.3"],
            ),
            Self::Reopened => (
                G::Blocking, PERSON, true, Done, Central,
                &["proofing", "by", "factor", "kept", "new"], &[], &["3.2.3.3"],
            ),
            Self::SuspensionRevoked => (G::Blocking, SYSTEM, true, Done, Central, &["why", "means"], &[], &["3.2.3"]),
            Self::NoticeSent => (
                G::Notices, SYSTEM, true, Done, Central,
                &["notice", "template", "channel", "attempts"], &["to"], &["3.2.3.5", "5.2.11"],
            ),
            Self::NoticeFailed => (
                G::Notices, SYSTEM, true, Failed, Central,
                &["notice", "template", "channel", "why", "final"], &["to"], &["3.2.3.5", "5.2.11"],
            ),
            Self::ContactAsked => (G::Notices, PERSON, true, Seen, Central, &["kind"], &["to"], &["3.2.3.5"]),
            Self::ContactChanged => (
                G::Notices, PERSON, true, Done, Central,
                &["kind", "to", "session-factors", "session-level"], &["old", "new"], &["3.2.3.5"],
            ),
            Self::ContactRefused => (G::Notices, PERSON, true, Refused, Central, &["kind", "why"], &[], &["3.2.3.5"]),
            Self::ContactTakenBack => (
                G::Notices, KNOWN, true, Done, Central,
                &["kind", "during", "session-factors", "session-level"], &[], &["3.2.3.5"],
            ),
            Self::OwnDataTaken => (G::People, PERSON, true, Done, Central, &["session-factors", "session-level"], &[], &["4.1.4"]),
            Self::RoleProposed => (
                G::Roles, OPERATOR, true, Done, Central,
                &["role", "second"], REASON, &["4.1.5.7"],
            ),
            Self::RoleAccepted => (G::Roles, PERSON, true, Done, Central, &["role", "session-factors", "session-level"], &[], &["4.1.5.7"]),
            Self::RoleRefused => (
                G::Roles, SHE_OR_OPERATOR, true, Refused, Central,
                &["role", "why"], &["reason", "user-name"], &["4.1.5.7"],
            ),
            Self::RoleEnded => (G::Roles, KNOWN, true, Done, Central, &["role", "was", "why"], &[], &["4.1.5.7"]),
            Self::KeyCreated => (
                G::Keys, HOUSE, false, Done, Central,
                &["key", "purpose", "kind", "signs-from", "version", "brought"], REASON, &["4.1.6.3", "6.11"],
            ),
            Self::RotationBegun => (
                G::Keys, OPERATOR, false, Done, Central,
                &["rotation", "resumed", "keys"], REASON, &["6.11"],
            ),
            Self::KeysRotated => (
                G::Keys, OPERATOR, false, Done, Central,
                &["rotation", "keys", "cprs", "indexes", "seeds", "trail-keys", "signing-keys", "left"], REASON, &["6.11"],
            ),
            Self::KeyRetired => (
                G::Keys, HOUSE, false, Done, Central,
                &["key", "purpose", "kind", "version", "urgent", "recovered"], REASON, &["6.11"],
            ),
            Self::KeyPublished => (
                G::Keys, OPERATOR, false, Done, Central,
                &["key", "purpose", "signs-from"], REASON, &["6.11"],
            ),
            Self::KeyActivated => (
                G::Keys, HOUSE, false, Done, Central,
                &["key", "purpose", "replaced", "urgent", "recovered"], REASON, &["6.11"],
            ),
            Self::KeyDestroyed => (
                G::Keys, OPERATOR, false, Done, Central,
                &["key", "purpose", "urgent"], REASON, &["6.11"],
            ),
            Self::KeyEnds => (G::Keys, SYSTEM, false, Seen, Central, &["key", "purpose", "until"], &[], &["6.11"]),
            Self::PersonKeysReplaced => (
                G::Keys, OPERATOR, false, Done, Central,
                &["people", "store"], REASON, &["4.1.4"],
            ),
            Self::RingRewrapped => (
                G::Keys, OPERATOR, false, Done, Central,
                &["kek", "keys"], REASON, &["4.1.6.3", "6.11"],
            ),
            Self::PersonCopiesKept => (
                G::Keys, OPERATOR, false, Done, Central,
                &["made", "kept", "gone", "too-old", "strange"], REASON, &["4.1.4"],
            ),
            Self::ConnectionPinned => (
                G::Services, OPERATOR, false, Done, Central,
                &["service", "key", "until"], REASON, &["6.11"],
            ),
            Self::ConnectionUnpinned => (
                G::Services, OPERATOR, false, Done, Central,
                &["service", "key"], REASON, &["6.11"],
            ),
            Self::DatabaseMigrated => (G::House, OPERATOR, false, Done, Central, &["version"], REASON, &["4.1.6.4"]),
            Self::ClocksApart | Self::ClocksAgree => (
                G::House, SYSTEM, false, Seen, Central,
                &["apart-ms", "issuing"], &[], &["6.7"],
            ),
            Self::OutsideBegun => (G::House, HOUSE, false, Done, Central, &["by", "file"], REASON, &["4.1.6.4"]),
            Self::OutsideApart => (G::House, SYSTEM, false, Seen, Central, &["why"], &[], &["4.1.6.4"]),
            Self::OutsideAgrees | Self::CheckpointsAgree => (
                G::House, SYSTEM, false, Seen, Central,
                &[], &[], &["4.1.6.4"],
            ),
            Self::RecoveryBegun => (
                G::House, OPERATOR, false, Done, Central,
                &["recovery", "resumed", "after", "up-to"], REASON, &["4.1.3.3"],
            ),
            Self::LoginRecovered => (
                G::House, SYSTEM, true, Done, Central,
                &["holds", "means", "factors", "opens-anew"], &[], &["4.1.3.3"],
            ),
            Self::Recovered => (
                G::House, OPERATOR, false, Done, Central,
                &["recovery", "records", "holds", "revoked", "factors", "opened-anew", "keys", "people", "unknown", "erased"], REASON, &["4.1.3.3"],
            ),
            Self::CheckpointsBegun => (G::House, SYSTEM, false, Done, Central, &["up-to"], &[], &["6.7"]),
            Self::CheckpointsApart => (G::House, SYSTEM, false, Seen, Central, &["why"], &[], &["6.7"]),
            Self::RowsRefused => (G::House, SYSTEM, false, Refused, Central, &["row", "rows"], &[], &["6.7"]),
            Self::TrailExported => (
                G::House, OPERATOR, false, Done, Central,
                &["from", "to", "checkpoint", "sha256"], REASON, &["4.1.4", "6.7"],
            ),
            Self::ErasureProposed => (G::People, OPERATOR, true, Done, Central, &[], REASON, &["4.1.4"]),
            Self::ErasureRefused => (G::People, OPERATOR, true, Refused, Central, &["during", "why"], REASON, &["4.1.4"]),
            Self::PersonErased => (G::People, HOUSE, true, Done, Central, &["recovered"], REASON, &["4.1.4"]),
            Self::RowsExpired => (G::House, SYSTEM, false, Done, Trail, &["category", "before", "rows"], &[], &["4.1.4"]),
            Self::RetentionDone => (
                G::House, SYSTEM, false, Done, Central,
                &["central", "exchange", "sign-in", "sessions", "flows", "messages", "guesses", "sources", "notices", "visits", "authorizations", "exports"], &[], &["4.1.4"],
            ),
            Self::ExportMade => (
                G::House, PERSON, false, Done, Central,
                &["export", "period", "rows", "sha256", "job", "session-factors", "session-level"], &[], &["4.1.5.7", "4.1.7.5"],
            ),
            Self::ExportOrdered => (
                G::House, PERSON, false, Done, Central,
                &["export", "period", "job", "of", "session-factors", "session-level"], &[], &["4.1.5.7", "4.1.7.5"],
            ),
            Self::ExportTaken => (
                G::House, PERSON, false, Done, Central,
                &["export", "job", "form", "session-factors", "session-level"], &[], &["4.1.5.7", "4.1.7.5"],
            ),
            Self::ExportCancelled => (
                G::House, SHE_OR_SYSTEM, false, Done, Central,
                &["export", "job", "why", "session-factors", "session-level"], &[], &["4.1.5.7", "4.1.7.5"],
            ),
            Self::ExportFailed => (G::House, SYSTEM, false, Failed, Central, &["export", "job", "why"], &[], &["4.1.7.5"]),
            Self::SampleDrawn => (G::House, PERSON, false, Done, Central, &["seed", "people", "of", "session-factors", "session-level"], &[], &["4.1.7.5"]),
            Self::CaseNamed => (G::Roles, PERSON, true, Done, Central, &["case", "session-factors", "session-level"], &[], &["4.1.4"]),
            Self::TrailRead => (G::Roles, PERSON, true, Done, Central, &["rows", "row", "session-factors", "session-level"], &[], &["4.1.4", "4.1.5.7"]),
            Self::PartRead => (G::Roles, PERSON, true, Done, Central, &["export", "period", "job"], &[], &["4.1.4", "4.1.5.7"]),
            Self::ManyRead => (
                G::Roles, PERSON, false, Done, Central,
                &["export", "period", "people", "job"], &[], &["4.1.4", "4.1.5.7"],
            ),
            Self::NameRead => (G::Roles, PERSON, true, Done, Central, &["seed"], &[], &["4.1.4", "4.1.5.7"]),
            Self::TrailSearched => (G::Roles, PERSON, false, Done, Central, &["period", "sought", "session-factors", "session-level"], &[], &["4.1.4", "4.1.5.7"]),
            Self::FiguresTaken => (G::House, PERSON, false, Done, Central, &["period", "session-factors", "session-level"], &[], &["4.1.5.7", "4.1.7.5"]),
            Self::AuditorRefused => (G::Roles, PERSON, true, Refused, Central, &["for", "session-factors", "session-level"], &[], &["4.1.5.7"]),
            Self::DoorMeasured => (
                G::House, OPERATOR, false, Seen, Central,
                &["day", "door", "probes", "worked", "longest-failure", "longest-silence", "p99-ms"], REASON, &["3.2.3.6"],
            ),
            Self::TrailVerified => (
                G::House, OPERATOR, false, Seen, Central,
                &["outcome", "why", "rows", "waiting", "checkpoint"], &[], &["6.7"],
            ),
            Self::DocumentPublished => (
                G::House, SYSTEM, false, Done, Central,
                &["document", "version", "holds-from", "sha256"], &[], &["4.1.2"],
            ),
        };
        About { group, says: self.says(), by, of_person, outcome, keep, facts, sealed, nsis }
    }
}
