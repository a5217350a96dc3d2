//! The table itself: one entry for each export. Whoever builds a source that was missing adds its kinds of events here and
//! takes the gap away.

use super::{Evidence, Gap, Present};
use crate::audit::EventKind;

/// What is to be known of an export.
pub(super) struct Entry {
    pub(super) word: &'static str,
    pub(super) says: &'static str,
    pub(super) nsis: &'static [&'static str],
    pub(super) kinds: &'static [EventKind],
    /// Sealed facts that are opened.
    pub(super) opens: &'static [&'static str],
    /// Which notices belong in it.
    pub(super) notices: &'static [&'static str],
    pub(super) present: Option<Present>,
    pub(super) gaps: &'static [Gap],
}

impl Entry {
    const fn of(word: &'static str, says: &'static str, nsis: &'static [&'static str]) -> Self {
        Self { word, says, nsis, kinds: &[], opens: &[], notices: &[], present: None, gaps: &[] }
    }

    const fn kinds(self, kinds: &'static [EventKind]) -> Self {
        Self { kinds, ..self }
    }

    const fn telling(self, notices: &'static [&'static str]) -> Self {
        Self { notices, ..self }
    }

    /// With what people wrote as a reason.
    const fn with_reasons(self) -> Self {
        Self { opens: &["reason"], ..self }
    }

    const fn beside(self, present: Present) -> Self {
        Self { present: Some(present), ..self }
    }

    const fn without(self, gaps: &'static [Gap]) -> Self {
        Self { gaps, ..self }
    }
}

use EventKind as K;

const MEANS: &[EventKind] = &[
    K::Invited,
    K::EnrolmentBegun,
    K::TermsAccepted,
    K::IdentityProved,
    K::PasswordSet,
    K::FactorAdded,
    K::DeviceHandedOut,
    K::CodesPrinted,
    K::EnrolmentFinished,
    K::EnrolmentRevoked,
];

const BLOCKS: &[EventKind] = &[
    K::Held,
    K::HoldRefused,
    K::MassBlocking,
    K::BlockRefused,
    K::SuspensionRevoked,
    K::MeansRevoked,
    K::FactorRemoved,
    K::DeviceReturned,
    K::DeviceLeaked,
    K::SeedsLeaked,
    K::ServiceTold,
    K::NoticeSent,
    K::NoticeFailed,
];

const REOPENINGS: &[EventKind] = &[
    K::HoldLifted,
    K::LiftAsked,
    K::HoldRefused,
    K::ReopeningBegun,
    K::ReopeningStep,
    K::ReopeningRefused,
    K::Reopened,
    K::ResetBegun,
    K::RecoveryCodeUsed,
    K::CodesReopened,
    K::ReconfirmationNear,
    K::ReconfirmationPutOff,
    K::Reconfirmed,
    K::NoticeSent,
    K::NoticeFailed,
];

const LEAVERS: &[EventKind] = &[K::FeedImported, K::AssociationClosed, K::NoticeSent, K::NoticeFailed];

const LINKS: &[EventKind] = &[
    K::FeedImported,
    K::FeedRefused,
    K::PersonImported,
    K::AssociationActivated,
    K::NoticeSent,
    K::NoticeFailed,
];

const INTEGRITY: &[EventKind] = &[
    K::CheckpointsBegun,
    K::CheckpointsApart,
    K::CheckpointsAgree,
    K::RowsRefused,
    K::TrailVerified,
    K::OutsideBegun,
    K::OutsideApart,
    K::OutsideAgrees,
    K::ClocksApart,
    K::ClocksAgree,
    K::TrailExported,
    K::ExportMade,
    K::ExportOrdered,
    K::ExportTaken,
    K::ExportCancelled,
    K::ExportFailed,
];

const TOKENS: &[EventKind] = &[
    K::RequestReceived,
    K::RequestRefused,
    K::ApplicationAsked,
    K::ApplicationRefused,
    K::CodeIssued,
    K::TokenIssued,
    K::TokenRefused,
    K::TokenRenewed,
    K::TokenReused,
    K::TokenRevoked,
    K::ClaimsTold,
    K::SignedOut,
    K::ServiceTold,
    K::LogoutBrought,
    K::LogoutReceived,
    K::LogoutRefused,
    K::LogoutAsked,
    K::LogoutAnswered,
];

const KEYS: &[EventKind] = &[
    K::KeyCreated,
    K::RotationBegun,
    K::KeysRotated,
    K::KeyPublished,
    K::KeyActivated,
    K::KeyRetired,
    K::KeyDestroyed,
    K::KeyEnds,
    K::PersonKeysReplaced,
    K::RingRewrapBegun,
    K::RingRewrapped,
    K::RingRewrapFailed,
    K::PersonCopiesKept,
    K::ConnectionPinned,
    K::ConnectionUnpinned,
];

const CONFIGURATION: &[EventKind] = &[
    K::ConnectionSaved,
    K::MetadataTaken,
    K::MetadataWaits,
    K::MetadataRefused,
    K::ConnectionPinned,
    K::ConnectionUnpinned,
    K::PersonRegistered,
    K::DatabaseMigrated,
    K::ModelWidened,
    K::OutsideBegun,
    K::CheckpointsBegun,
];

const DOCUMENTS: &[EventKind] = &[
    K::TermsProposed,
    K::TermsDraftWithdrawn,
    K::TermsDraftRanOut,
    K::TermsPublished,
    K::TermsDraftRefused,
    K::TermsNear,
    K::DocumentPublished,
];

const RETENTION: &[EventKind] =
    &[K::RowsExpired, K::RetentionDone, K::ErasureProposed, K::ErasureRefused, K::PersonErased];

const INCIDENTS: &[EventKind] = &[
    K::MassBlocking,
    K::SeedsLeaked,
    K::OutsideApart,
    K::CheckpointsApart,
    K::RowsRefused,
    K::RecoveryBegun,
    K::LoginRecovered,
    K::Recovered,
];

/// What only people with a role do, though it stands at their own logins, and what others tried of it.
pub(super) const OFFICE: &[EventKind] = &[
    K::TermsDraftBegun,
    K::TermsDraftWritten,
    K::TermsProposed,
    K::TermsDraftWithdrawn,
    K::TermsPublished,
    K::TermsDraftRefused,
    K::AuditorRefused,
];

const EVERYTHING: &[&str] = &["3.1", "3.2", "3.3", "4.1", "5.2", "6"];

impl Evidence {
    /// What is to be known of it.
    // A table is read in columns.
    #[rustfmt::skip]
    pub(super) const fn entry(self) -> Entry {
        match self {
            Self::Means => Entry::of("means", "means of login that were issued, with proof, terms and activation", &["3.1.1", "3.1.2", "3.2.2"])
                .kinds(MEANS).without(&[Gap::InPerson]),
            Self::Person => Entry::of("person", "everything the trail holds about one person", EVERYTHING)
                .kinds(EventKind::ALL),
            Self::Register => Entry::of("register", "what the CPR register said, and the logins it closed", &["3.1.2.6", "3.2.3.7"])
                .kinds(&[K::IdentityProved, K::ProofRefused, K::Held]).without(&[Gap::RegisterRuns]),
            Self::Blocks => Entry::of("blocks", "blocks and revocations: who, why, when, and the receipt", &["3.2.3"])
                .kinds(BLOCKS).with_reasons().telling(&["blocked", "held-by-municipality", "held-for-leak", "held-for-terms", "revoked"]),
            Self::Reopenings => Entry::of("reopenings", "reopenings and renewals, with the proof that was used", &["3.2.3.3", "3.2.4"])
                .kinds(REOPENINGS).with_reasons().telling(&["reopened", "hold-lifted"]).without(&[Gap::InPerson]),
            Self::Leavers => Entry::of("leavers", "relations that ended: HR's last day and when the login was closed", &["5.2.3"])
                .kinds(LEAVERS).telling(&["association-closed", "ended-to-organisation"]).without(&[Gap::Orphans]),
            Self::Links => Entry::of("links", "relations that were made: source, level and notices", &["5.2.7", "5.2.8", "5.2.9", "5.2.10", "5.2.11"])
                .kinds(LINKS).with_reasons().telling(&["active", "active-to-organisation"]),
            Self::Staff => Entry::of("staff", "who holds a role, how it was given, and when and why it ended", &["3.1.2.7", "3.1.2.8", "4.1.5.5", "4.1.5.7"])
                .kinds(&[K::RoleProposed, K::RoleAccepted, K::RoleRefused, K::RoleEnded]).with_reasons().beside(Present::Roles)
                .without(&[Gap::Training, Gap::CriminalRecord, Gap::AccessReview]),
            Self::Privileged => Entry::of("privileged", "what operators and people with a role did", &["4.1.5.7"])
                .kinds(EventKind::ALL).with_reasons().without(&[Gap::Alerts]),
            Self::Integrity => Entry::of("integrity", "whether the trail is whole: checkpoints, runs of the verifier, comparisons, clocks, exports", &["6.7"])
                .kinds(INTEGRITY).with_reasons().beside(Present::Checkpoint),
            Self::Tokens => Entry::of("tokens", "tokens and the requests for them", &["6.1", "6.2", "6.3", "6.4", "6.5", "6.6", "6.7", "6.8", "6.9", "6.10"])
                .kinds(TOKENS),
            Self::Keys => Entry::of("keys", "keys and their lives, and the algorithms in use", &["4.1.6", "6.11"])
                .kinds(KEYS).with_reasons().beside(Present::Keys),
            Self::Configuration => Entry::of("configuration", "connections, times and what changed", &["4.1.6.4"])
                .kinds(CONFIGURATION).with_reasons().beside(Present::Settings).without(&[Gap::ConfigurationFile]),
            Self::Uptime => Entry::of("uptime", "how each door of a block answered from outside, as operators handed it in: by period, and day by day", &["3.2.3.6"])
                .kinds(&[K::DoorMeasured]).with_reasons().beside(Present::Uptime),
            Self::Retention => Entry::of("retention", "what was deleted by rule, and when", &["4.1.4.3"])
                .kinds(RETENTION).with_reasons(),
            Self::Documents => Entry::of("documents", "versions of terms, privacy policy and service description", &["4.1.2"])
                .kinds(DOCUMENTS).beside(Present::Terms),
            Self::Incidents => Entry::of("incidents", "restores, and what was held to be an incident", &["4.1.3.3", "4.1.6.4"])
                .kinds(INCIDENTS).with_reasons().without(&[Gap::Incidents]),
            Self::Controls => Entry::of("controls", "the requirements and how each is met, as a draft of the control schema", &["4.1.7.5"])
                .beside(Present::Requirements).without(&[Gap::ControlSchema]),
        }
    }
}
