//! A broker's answer: what of it holds, and for whom.

use super::refusal::Refusal;
use super::{IdentityProofing, Means, PROCESS};
use crate::cpr::{Cpr, CprStatus};
use crate::ids::{PersonId, ProofingId};
use crate::level::AssuranceLevel;
use jiff::{SignedDuration, Timestamp};

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
