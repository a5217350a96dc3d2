//! Proving who someone is (NSIS 3.1.2), here with MitID through a broker.

use crate::cpr::{Cpr, CprStatus};
use crate::ids::{FactorId, FlowId, PersonId, ProofingId};
use crate::level::AssuranceLevel;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// What a broker answered, its signature, state, nonce and equal `sub` already checked; nothing in it is believed
/// before [`assess`].
#[derive(Debug)]
pub struct BrokerAnswer {
    /// Which identity scheme, such as `mitid`.
    pub scheme: String,
    /// Whose identity: `private` for a person's own.
    pub identity_type: String,
    /// Level of assurance, where the broker named one we know.
    pub loa: Option<AssuranceLevel>,
    /// Identity assurance level.
    pub ial: Option<AssuranceLevel>,
    /// Authenticator assurance level.
    pub aal: Option<AssuranceLevel>,
    /// When she authenticated.
    pub auth_time: Option<Timestamp>,
    /// Her CPR number, when she has one and the broker released it.
    pub cpr: Option<Cpr>,
    /// The broker's own look-up in the register, when it did one.
    pub register: Option<CprStatus>,
    /// The means used, such as `code_app`.
    pub means: Vec<String>,
    /// Who answered: the broker's issuer.
    pub issuer: String,
    /// The broker's id of this transaction.
    pub transaction: String,
    /// MitID's id of this transaction.
    pub mitid_transaction: String,
    /// SHA-256 of the signed answer, kept as receipt.
    pub receipt: [u8; 32],
}

/// Why a proof with MitID did not succeed. Four pages show these; the person is never blamed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Refusal {
    /// She stopped on the way.
    #[error("aborted by the person")]
    Aborted,
    /// It took too long, cookies were lost, or the answer came twice or to another browser.
    #[error("timed out or lost on the way")]
    Lost,
    /// MitID answered with less than Substantial, or with another kind of identity.
    #[error("level or kind of identity too low")]
    LevelTooLow,
    /// This MitID has no CPR number.
    #[error("no CPR number")]
    NoCpr,
    /// Another person's MitID.
    #[error("another person's CPR number")]
    OtherPerson,
    /// The register says dead, missing or withdrawn.
    #[error("refused by the register")]
    Register,
    /// The register could not be asked; never proofed on a guess.
    #[error("the register gave no answer")]
    RegisterSilent,
    /// A fault at the broker or between us and it.
    #[error("technical fault")]
    Technical,
    /// The answer came to another broker's address than the one the trip went to (mix-up, RFC 9700 section 4.4).
    #[error("came back to another broker's address")]
    OtherBroker,
}

/// Which of the four pages shows a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusalPage {
    /// You stopped: nothing happened, try again when you like.
    Stopped,
    /// Try again.
    Retry,
    /// Not possible this way: see Borgerservice.
    OtherWay,
    /// Not our day: later, with a reference.
    Later,
}

impl Refusal {
    /// The page for this refusal.
    pub fn page(self) -> RefusalPage {
        match self {
            Self::Aborted => RefusalPage::Stopped,
            Self::Lost | Self::OtherBroker => RefusalPage::Retry,
            Self::LevelTooLow | Self::NoCpr | Self::OtherPerson | Self::Register => RefusalPage::OtherWay,
            Self::RegisterSilent | Self::Technical => RefusalPage::Later,
        }
    }

    /// The word that stands in audit events.
    pub fn word(self) -> &'static str {
        match self {
            Self::Aborted => "aborted",
            Self::Lost => "lost",
            Self::LevelTooLow => "level-too-low",
            Self::NoCpr => "no-cpr",
            Self::OtherPerson => "other-person",
            Self::Register => "register-refused",
            Self::RegisterSilent => "register-silent",
            Self::Technical => "technical",
            Self::OtherBroker => "other-broker",
        }
    }
}

/// How old an authentication at the broker may be, and how far its clock may be ahead of ours.
pub const FRESH_FOR: SignedDuration = SignedDuration::from_mins(5);
/// Clock difference accepted between systems.
pub const SKEW: SignedDuration = SignedDuration::from_mins(3);

/// A broker's answer that holds: private MitID at Substantial or better in all three levels, just now.
#[derive(Debug)]
pub struct Assessed {
    answer: BrokerAnswer,
    cpr: Cpr,
    level: AssuranceLevel,
}

/// Checks everything about an answer that does not need to know the person. Asking for a level is not enough:
/// what came back is checked, each level by itself.
///
/// # Errors
/// [`Refusal::LevelTooLow`], [`Refusal::Lost`] when it is not fresh, [`Refusal::NoCpr`].
pub fn assess(mut answer: BrokerAnswer, asked_at: Timestamp, now: Timestamp) -> Result<Assessed, Refusal> {
    let lowest = [answer.loa, answer.ial, answer.aal].into_iter().min().flatten();
    let level = lowest.filter(|level| *level >= AssuranceLevel::Substantial).ok_or(Refusal::LevelTooLow)?;
    if answer.scheme != "mitid" || answer.identity_type != "private" {
        return Err(Refusal::LevelTooLow);
    }
    let auth_time = answer.auth_time.ok_or(Refusal::Lost)?;
    let earliest = asked_at.saturating_sub(SKEW).unwrap_or(asked_at);
    let latest = now.saturating_add(SKEW).unwrap_or(now);
    if auth_time < earliest || auth_time > latest {
        return Err(Refusal::Lost);
    }
    let cpr = answer.cpr.take().ok_or(Refusal::NoCpr)?;
    Ok(Assessed { answer, cpr, level })
}

impl Assessed {
    /// The number she proved to hold.
    pub fn cpr(&self) -> &Cpr {
        &self.cpr
    }

    /// What the broker itself found in the register.
    pub fn broker_register(&self) -> Option<&CprStatus> {
        self.answer.register.as_ref()
    }

    /// Ties the proof to a person: same number, compared in constant time, and the register agrees.
    /// Never the name: it may differ, or be protected.
    ///
    /// # Errors
    /// [`Refusal::OtherPerson`], [`Refusal::Register`].
    pub fn for_person(self, who: Expected<'_>, register: CprStatus) -> Result<IdentityProofing, Refusal> {
        if self.cpr != *who.cpr {
            return Err(Refusal::OtherPerson);
        }
        if !register.status.allows_proofing() {
            return Err(Refusal::Register);
        }
        Ok(IdentityProofing {
            id: who.proofing,
            person: who.person,
            at: who.now,
            level: self.level,
            means: Means::Mitid {
                issuer: self.answer.issuer,
                authenticators: self.answer.means,
                transaction: self.answer.transaction,
                mitid_transaction: self.answer.mitid_transaction,
                receipt: self.answer.receipt,
            },
            register,
            process: PROCESS.to_owned(),
        })
    }
}

/// The version of the described process (NSIS 3.1.2.1) a proofing followed.
pub const PROCESS: &str = "mitid-1";

/// Whom a proof is for.
#[derive(Debug)]
pub struct Expected<'a> {
    /// The person.
    pub person: PersonId,
    /// The number HR registered.
    pub cpr: &'a Cpr,
    /// The id the proofing gets.
    pub proofing: ProofingId,
    /// Now.
    pub now: Timestamp,
}

/// How someone was proved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Means {
    /// With MitID through a broker.
    Mitid {
        /// The broker.
        issuer: String,
        /// The authenticators used.
        authenticators: Vec<String>,
        /// The broker's transaction.
        transaction: String,
        /// MitID's transaction.
        mitid_transaction: String,
        /// Hash of the signed answer.
        receipt: [u8; 32],
    },
}

/// One event that proved who someone is. Cannot be made without a register's answer (NSIS 3.1.2.6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityProofing {
    /// Which.
    pub id: ProofingId,
    /// Who.
    pub person: PersonId,
    /// When.
    pub at: Timestamp,
    /// At what level.
    pub level: AssuranceLevel,
    /// How.
    pub means: Means,
    /// What the register said.
    pub register: CprStatus,
    /// By which process.
    pub process: String,
}

/// What a proof may be spent on. A proof made for one purpose and flow is accepted by no other (security decision 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Purpose {
    /// To get a login.
    Enrolment,
    /// To find out which invitation is hers.
    Finding,
    /// To block her login.
    Blocking,
    /// To open her blocked login again.
    Reopening,
    /// To choose a new password.
    Reset,
    /// To confirm anew who she is, while she is signed in.
    Reconfirmation,
    /// To add a login method in a sign-in that a recovery code brought here (security decision 16).
    Recovery,
}

impl Purpose {
    /// Every purpose.
    pub const ALL: [Self; 7] = [
        Self::Enrolment,
        Self::Finding,
        Self::Blocking,
        Self::Reopening,
        Self::Reset,
        Self::Reconfirmation,
        Self::Recovery,
    ];
}

/// What a proof just made was made with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProvedWith {
    /// With MitID: it is a proofing of its own.
    #[default]
    Mitid,
    /// With a passkey of hers that alone is Substantial: it rests on the proofing that stands (security decision 15).
    Key(FactorId),
}

impl ProvedWith {
    /// The word kept in the trail.
    pub fn word(self) -> &'static str {
        match self {
            Self::Mitid => "mitid",
            Self::Key(_) => "passkey",
        }
    }

    /// The key, where it was one.
    pub fn key(self) -> Option<FactorId> {
        match self {
            Self::Mitid => None,
            Self::Key(id) => Some(id),
        }
    }
}

/// A proof just made, spendable in one flow for one purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreshProof {
    /// Which proofing.
    pub proofing: ProofingId,
    /// What it was made with. An instance of before made none with anything but MitID.
    #[serde(default)]
    pub with: ProvedWith,
    /// What for.
    pub purpose: Purpose,
    /// In which flow.
    pub flow: FlowId,
    /// When.
    pub at: Timestamp,
}

impl FreshProof {
    /// One with MitID, for this purpose in this flow.
    pub fn mitid(proofing: ProofingId, (purpose, flow): (Purpose, FlowId), at: Timestamp) -> Self {
        Self { proofing, with: ProvedWith::Mitid, purpose, flow, at }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cpr::RegisterStatus;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn now() -> Timestamp {
        Timestamp::from_second(1_800_000_000).unwrap()
    }
    fn cpr(text: &str) -> Cpr {
        Cpr::parse(text).unwrap()
    }
    fn answer() -> BrokerAnswer {
        BrokerAnswer {
            scheme: "mitid".into(),
            identity_type: "private".into(),
            loa: Some(AssuranceLevel::Substantial),
            ial: Some(AssuranceLevel::Substantial),
            aal: Some(AssuranceLevel::High),
            auth_time: Some(now()),
            cpr: Some(cpr("6101900001")),
            register: None,
            means: vec!["code_app".into()],
            issuer: "https://broker.test/op".into(),
            transaction: "t".into(),
            mitid_transaction: "m".into(),
            receipt: [0; 32],
        }
    }
    fn register(status: RegisterStatus) -> CprStatus {
        CprStatus { status, source: "test".into(), at: now() }
    }
    fn tie(answer: BrokerAnswer, hr: &str, status: RegisterStatus) -> Result<IdentityProofing, Refusal> {
        let hr = cpr(hr);
        let who = Expected {
            person: Uuid::from_u128(1).into(),
            cpr: &hr,
            proofing: Uuid::from_u128(2).into(),
            now: now(),
        };
        assess(answer, now(), now())?.for_person(who, register(status))
    }

    #[test]
    fn the_right_person_at_substantial_is_proved() {
        let proofing = tie(answer(), "610190-0001", RegisterStatus::Resident).unwrap();
        assert_eq!(proofing.level, AssuranceLevel::Substantial);
    }

    #[test]
    fn each_level_is_demanded_by_itself() {
        type Lower = fn(&mut BrokerAnswer);
        let cases: [Lower; 6] = [
            |a| a.loa = Some(AssuranceLevel::Low),
            |a| a.ial = Some(AssuranceLevel::Low),
            |a| a.aal = Some(AssuranceLevel::Low),
            |a| a.ial = None,
            |a| a.scheme = "mitid_erhverv".into(),
            |a| a.identity_type = "professional".into(),
        ];
        for lower in cases {
            let mut it = answer();
            lower(&mut it);
            assert_eq!(tie(it, "6101900001", RegisterStatus::Resident).unwrap_err(), Refusal::LevelTooLow);
        }
    }

    #[test]
    fn an_old_sign_in_at_the_broker_proves_nothing() {
        for minutes in [-4, 4] {
            let moved = now() + SignedDuration::from_mins(minutes);
            let it = BrokerAnswer { auth_time: Some(moved), ..answer() };
            assert_eq!(assess(it, now(), now()).unwrap_err(), Refusal::Lost);
        }
        assert_eq!(
            assess(BrokerAnswer { auth_time: None, ..answer() }, now(), now()).unwrap_err(),
            Refusal::Lost
        );
    }

    #[test]
    fn another_persons_mitid_and_one_without_cpr_are_refused() {
        assert_eq!(tie(answer(), "6101900002", RegisterStatus::Resident).unwrap_err(), Refusal::OtherPerson);
        let none = BrokerAnswer { cpr: None, ..answer() };
        assert_eq!(tie(none, "6101900001", RegisterStatus::Resident).unwrap_err(), Refusal::NoCpr);
    }

    #[test]
    fn the_dead_the_missing_and_withdrawn_numbers_are_refused() {
        use RegisterStatus::{Dead, Missing, Renumbered, Withdrawn};
        for status in [Dead, Missing, Withdrawn, Renumbered] {
            assert_eq!(tie(answer(), "6101900001", status).unwrap_err(), Refusal::Register);
        }
    }

    proptest! {
        #[test]
        fn nothing_below_substantial_anywhere_is_ever_proved(l in 0u8..4, i in 0u8..4, a in 0u8..4) {
            let level = |n| match n { 0 => None, 1 => Some(AssuranceLevel::Low), 2 => Some(AssuranceLevel::Substantial), _ => Some(AssuranceLevel::High) };
            let it = BrokerAnswer { loa: level(l), ial: level(i), aal: level(a), ..answer() };
            prop_assert_eq!(tie(it, "6101900001", RegisterStatus::Resident).is_ok(), l >= 2 && i >= 2 && a >= 2);
        }
    }
}
