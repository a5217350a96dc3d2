//! What is known to have happened, and where an auditor must find it.

use domain::Timestamp;
use domain::audit::{Actor, EventKind as K};
use domain::ids::PersonId;
use std::collections::{BTreeMap, BTreeSet};

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// When.
    pub at: Timestamp,
    /// What.
    pub kind: K,
    /// By whom.
    pub by: Actor,
    /// About whom. Of a letter only its kind is known, and when it left.
    pub about: Option<PersonId>,
    /// Some of what must stand beside it.
    pub facts: BTreeMap<&'static str, String>,
}

impl Known {
    pub(super) fn of(at: Timestamp, kind: K, by: Actor, about: Option<PersonId>) -> Self {
        Self { at, kind, by, about, facts: BTreeMap::new() }
    }

    /// Something somebody did to her own login.
    pub(super) fn own(at: Timestamp, kind: K, person: PersonId) -> Self {
        Self::of(at, kind, Actor::Person(person), Some(person))
    }

    pub(super) fn fact(&mut self, name: &'static str, value: impl ToString) -> &mut Self {
        self.facts.insert(name, value.to_string());
        self
    }

    pub(super) fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.fact(name, value);
        self
    }

    /// Whether it is a letter.
    pub fn is_notice(&self) -> bool {
        matches!(self.kind, K::NoticeSent | K::NoticeFailed)
    }

    fn says(&self, name: &str) -> &str {
        self.facts.get(name).map_or("", String::as_str)
    }

    /// Numbers of the exports it must stand in, from what each is for.
    pub fn exports(&self) -> BTreeSet<u8> {
        let person = self.about.map(|_| 2);
        let privileged = self.is_privileged().then_some(9);
        self.own_exports().iter().copied().chain(person).chain(privileged).collect()
    }

    /// What operators did, what people did to others or for the house, and what was tried of that.
    fn is_privileged(&self) -> bool {
        match self.kind {
            K::TermsDraftBegun
            | K::TermsDraftWritten
            | K::TermsProposed
            | K::TermsPublished
            | K::AuditorRefused => true,
            _ => match self.by {
                Actor::Operator(_) => true,
                Actor::Person(person) => self.about != Some(person),
                Actor::System | Actor::Unknown => false,
            },
        }
    }

    fn own_exports(&self) -> &'static [u8] {
        match self.kind {
            K::Invited
            | K::EnrolmentBegun
            | K::TermsAccepted
            | K::PasswordSet
            | K::FactorAdded
            | K::CodesPrinted
            | K::DeviceHandedOut
            | K::EnrolmentFinished => &[1],
            K::IdentityProved => &[1, 3],
            K::ProofRefused => &[3],
            K::Held if self.says("origin") == "register" => &[3, 4],
            K::Held | K::BlockRefused | K::SuspensionRevoked | K::FactorRemoved | K::DeviceLeaked => &[4],
            K::MassBlocking | K::SeedsLeaked => &[4, 17],
            K::HoldRefused => &[4, 5],
            K::HoldLifted
            | K::LiftAsked
            | K::ReopeningBegun
            | K::ReopeningStep
            | K::Reopened
            | K::ResetBegun => &[5],
            K::AssociationClosed => &[6],
            K::FeedImported => &[6, 7],
            K::FeedRefused | K::PersonImported | K::AssociationActivated => &[7],
            K::RoleProposed | K::RoleAccepted | K::RoleRefused | K::RoleEnded => &[8],
            K::ExportMade | K::TrailVerified | K::TrailExported | K::ClocksApart | K::ClocksAgree => &[10],
            K::OutsideBegun | K::CheckpointsBegun => &[10, 13],
            K::RequestReceived
            | K::RequestRefused
            | K::ApplicationAsked
            | K::ApplicationRefused
            | K::CodeIssued
            | K::TokenIssued
            | K::TokenRenewed
            | K::TokenReused => &[11],
            K::KeyCreated | K::RotationBegun | K::KeysRotated | K::KeyRetired => &[12],
            K::ConnectionSaved => &[13],
            K::DoorMeasured => &[14],
            K::RowsExpired | K::RetentionDone | K::ErasureRefused => &[15],
            K::TermsProposed | K::TermsPublished | K::DocumentPublished => &[16],
            K::RecoveryBegun | K::Recovered => &[17],
            K::NoticeSent | K::NoticeFailed => self.letter(),
            _ => &[],
        }
    }

    fn letter(&self) -> &'static [u8] {
        match self.says("template") {
            "blocked" | "held-by-municipality" | "held-for-leak" | "held-for-terms" | "revoked" => &[4],
            "reopened" | "hold-lifted" => &[5],
            "association-closed" | "ended-to-organisation" => &[6],
            "active" | "active-to-organisation" => &[7],
            _ => &[],
        }
    }
}
