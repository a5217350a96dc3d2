//! Becoming able to log in: terms → proof → password → factor → active (*indrullering*).
//!
//! Before the proof an attempt belongs to the browser that started it; from the proof to activation everything
//! happens in one session within the hour. To go on later or elsewhere takes a new proof (security decision 1).

use crate::ids::PersonId;
use crate::proofing::{FreshProof, Purpose};
use crate::terms::{Accepted, Accepting, NotRead, Reading, TermsHash, TermsVersion};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// From proof to activation.
pub const PROOF_HOLDS: SignedDuration = SignedDuration::from_mins(60);

/// From the newest proof to activation, over all attempts: what is not finished by then is revoked.
pub const UNFINISHED_HOLDS: SignedDuration = SignedDuration::from_hours(24 * 14);

/// One attempt to enrol, bound to one browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolment {
    /// Whose invitation opened it. Says nothing about who sits there until the proof.
    pub invited: PersonId,
    stage: Stage,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Stage {
    Reading(Reading),
    Accepted(Option<Accepted>),
    Proved {
        proof: FreshProof,
        seed: Option<PendingSeed>,
    },
    Finished {
        at: Timestamp,
        #[serde(default)]
        sheet: Option<Vec<u8>>,
    },
}

/// An authenticator seed that was offered and is not verified yet; sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingSeed {
    /// The sealed seed.
    pub sealed: Vec<u8>,
    /// When it was made.
    pub at: Timestamp,
}

/// What a person has to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    /// Read the terms, at this page.
    Terms {
        /// Counted from one.
        page: u8,
    },
    /// Prove who she is.
    Proof,
    /// Choose a password.
    Password,
    /// Register a factor.
    Factor,
    /// Look at everything and finish.
    Finish,
    /// Take her printed codes with her.
    Codes,
    /// Nothing: it is done.
    Done,
}

/// What of the later steps is already on record for the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct OnRecord {
    /// A password is set.
    pub password: bool,
    /// A factor besides it is registered.
    pub factor: bool,
}

/// Why a step of an enrolment is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotNow {
    /// The terms are not read or accepted as they must be.
    #[error(transparent)]
    Terms(#[from] NotRead),
    /// Another step comes first.
    #[error("another step comes first")]
    StepBefore,
    /// The hour after the proof is over; a new proof opens it again.
    #[error("the proof has run out")]
    ProofRanOut,
    /// It is finished already.
    #[error("already finished")]
    Finished,
    /// The proof was made for something else.
    #[error("a proof for another purpose")]
    WrongProof,
}

impl Enrolment {
    /// Begins with the terms, or with the proof when this person has accepted the current terms before.
    pub fn begin(invited: PersonId, terms: &TermsVersion, accepted_before: bool) -> Self {
        let stage =
            if accepted_before { Stage::Accepted(None) } else { Stage::Reading(Reading::begin(terms)) };
        Self { invited, stage }
    }

    /// What comes next.
    pub fn step(&self, on_record: OnRecord) -> Step {
        match &self.stage {
            Stage::Reading(reading) => Step::Terms { page: reading.next_page() },
            Stage::Accepted(_) => Step::Proof,
            Stage::Proved { .. } if !on_record.password => Step::Password,
            Stage::Proved { .. } if !on_record.factor => Step::Factor,
            Stage::Proved { .. } => Step::Finish,
            Stage::Finished { sheet: Some(_), .. } => Step::Codes,
            Stage::Finished { sheet: None, .. } => Step::Done,
        }
    }

    /// The reading under way, while there is one.
    pub fn reading(&self) -> Option<&Reading> {
        match &self.stage {
            Stage::Reading(reading) => Some(reading),
            _ => None,
        }
    }

    /// Records that a page of the terms was shown.
    ///
    /// # Errors
    /// [`NotNow::Terms`], [`NotNow::StepBefore`] when the terms are behind her.
    pub fn turn_page(self, page: u8, current: TermsHash, at: Timestamp) -> Result<Self, NotNow> {
        let Stage::Reading(reading) = self.stage else { return Err(NotNow::StepBefore) };
        Ok(Self { stage: Stage::Reading(reading.turn(page, current, at)?), ..self })
    }

    /// Accepts the terms.
    ///
    /// # Errors
    /// As [`Reading::accept`].
    pub fn accept(
        self,
        ticked: bool,
        current: TermsHash,
        at: Timestamp,
        by: Accepting,
    ) -> Result<Self, NotNow> {
        let Stage::Reading(reading) = self.stage else { return Err(NotNow::StepBefore) };
        Ok(Self { stage: Stage::Accepted(Some(reading.accept(ticked, current, at, by)?)), ..self })
    }

    /// Starts reading anew when another version was published meanwhile.
    #[must_use]
    pub fn with_new_terms(self, terms: &TermsVersion) -> Self {
        match self.stage {
            Stage::Reading(_) | Stage::Accepted(_) => {
                Self { stage: Stage::Reading(Reading::begin(terms)), ..self }
            }
            Stage::Proved { .. } | Stage::Finished { .. } => self,
        }
    }

    /// The accept still waiting for a proof to be stored with, if any.
    ///
    /// # Errors
    /// [`NotNow::StepBefore`] before the accept, [`NotNow::Finished`] after the end.
    pub fn waiting_accept(&self) -> Result<Option<&Accepted>, NotNow> {
        match &self.stage {
            Stage::Accepted(accepted) => Ok(accepted.as_ref()),
            Stage::Reading(_) => Err(NotNow::StepBefore),
            Stage::Proved { .. } => Ok(None),
            Stage::Finished { .. } => Err(NotNow::Finished),
        }
    }

    /// Goes on with a fresh proof.
    ///
    /// # Errors
    /// [`NotNow::WrongProof`], [`NotNow::StepBefore`], [`NotNow::Finished`].
    pub fn proved(self, proof: FreshProof) -> Result<Self, NotNow> {
        if proof.purpose != Purpose::Enrolment {
            return Err(NotNow::WrongProof);
        }
        match self.stage {
            Stage::Accepted(_) | Stage::Proved { .. } => {
                Ok(Self { stage: Stage::Proved { proof, seed: None }, ..self })
            }
            Stage::Reading(_) => Err(NotNow::StepBefore),
            Stage::Finished { .. } => Err(NotNow::Finished),
        }
    }

    /// The proof, while its hour lasts.
    ///
    /// # Errors
    /// [`NotNow`]
    pub fn proof(&self, now: Timestamp) -> Result<FreshProof, NotNow> {
        match &self.stage {
            Stage::Proved { proof, .. } if now.duration_since(proof.at) <= PROOF_HOLDS => Ok(*proof),
            Stage::Proved { .. } => Err(NotNow::ProofRanOut),
            Stage::Finished { .. } => Err(NotNow::Finished),
            Stage::Reading(_) | Stage::Accepted(_) => Err(NotNow::StepBefore),
        }
    }

    /// Goes back to the proof once its hour is over.
    #[must_use]
    pub fn without_proof(self) -> Self {
        match self.stage {
            Stage::Proved { .. } => Self { stage: Stage::Accepted(None), ..self },
            _ => self,
        }
    }

    /// When it was finished.
    pub fn finished_at(&self) -> Option<Timestamp> {
        match self.stage {
            Stage::Finished { at, .. } => Some(at),
            _ => None,
        }
    }

    /// The sealed sheet, until she says that she keeps it.
    pub fn sheet(&self) -> Option<&[u8]> {
        match &self.stage {
            Stage::Finished { sheet, .. } => sheet.as_deref(),
            _ => None,
        }
    }

    /// Forgets the sheet: she has it.
    ///
    /// # Errors
    /// [`NotNow::StepBefore`] before the end.
    pub fn sheet_kept(self) -> Result<Self, NotNow> {
        match self.stage {
            Stage::Finished { at, .. } => Ok(Self { stage: Stage::Finished { at, sheet: None }, ..self }),
            _ => Err(NotNow::StepBefore),
        }
    }

    /// The seed offered and not yet verified.
    pub fn pending_seed(&self) -> Option<&PendingSeed> {
        match &self.stage {
            Stage::Proved { seed, .. } => seed.as_ref(),
            _ => None,
        }
    }

    /// Remembers, or with none forgets, an offered seed.
    ///
    /// # Errors
    /// As [`Enrolment::proof`].
    pub fn offer_seed(self, offered: Option<PendingSeed>, now: Timestamp) -> Result<Self, NotNow> {
        let proof = self.proof(now)?;
        Ok(Self { stage: Stage::Proved { proof, seed: offered }, ..self })
    }

    /// Ends it: proof within the hour, password and factor on record. `sheet` are her printed codes, sealed, for the
    /// page that shows them.
    ///
    /// # Errors
    /// [`NotNow`]
    pub fn finish(self, on_record: OnRecord, sheet: Vec<u8>, at: Timestamp) -> Result<Self, NotNow> {
        self.proof(at)?;
        if self.step(on_record) == Step::Finish {
            Ok(Self { stage: Stage::Finished { at, sheet: Some(sheet) }, ..self })
        } else {
            Err(NotNow::StepBefore)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn terms() -> TermsVersion {
        TermsVersion { hash: TermsHash::of(["a"]), version: "1.0".into(), date: date(2026, 11, 1), pages: 2 }
    }
    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + minute * 60).unwrap()
    }
    fn proof(minute: i64) -> FreshProof {
        let (proofing, flow) = (Uuid::from_u128(1).into(), Uuid::from_u128(2).into());
        FreshProof::mitid(proofing, (Purpose::Enrolment, flow), at(minute))
    }
    fn by() -> Accepting {
        Accepting { address: "::1".into(), agent: String::new() }
    }
    const BOTH: OnRecord = OnRecord { password: true, factor: true };

    #[derive(Clone, Debug)]
    enum Act {
        Turn(u8),
        Accept(bool),
        Prove(i64),
        Offer(i64),
        Finish(i64, bool, bool),
    }

    fn act() -> impl Strategy<Value = Act> {
        prop_oneof![
            (1u8..4).prop_map(Act::Turn),
            any::<bool>().prop_map(Act::Accept),
            (0i64..30).prop_map(Act::Prove),
            (0i64..120).prop_map(Act::Offer),
            (0i64..120, any::<bool>(), any::<bool>()).prop_map(|(m, p, f)| Act::Finish(m, p, f)),
        ]
    }

    proptest! {
        #[test]
        fn nobody_finishes_without_terms_proof_password_and_factor(acts in proptest::collection::vec(act(), 0..20)) {
            let hash = terms().hash;
            let mut it = Enrolment::begin(Uuid::from_u128(9).into(), &terms(), false);
            let (mut accepted, mut proved) = (false, None);
            for act in acts {
                let next = match act {
                    Act::Turn(page) => it.clone().turn_page(page, hash, at(0)),
                    Act::Accept(tick) => it.clone().accept(tick, hash, at(0), by()).inspect(|_| accepted = tick),
                    Act::Prove(minute) => it.clone().proved(proof(minute)).inspect(|_| proved = Some(minute)),
                    Act::Offer(minute) => it.clone().offer_seed(None, at(minute)),
                    Act::Finish(minute, password, factor) => it.clone().finish(OnRecord { password, factor }, vec![], at(minute)).inspect(|_| {
                        assert!(accepted && password && factor);
                        assert!(proved.is_some_and(|proved| minute - proved <= 60));
                    }),
                };
                if let Ok(next) = next { it = next; }
            }
        }
    }

    #[test]
    fn after_the_hour_only_a_new_proof_helps() {
        let it = Enrolment::begin(Uuid::from_u128(9).into(), &terms(), true).proved(proof(0)).unwrap();
        assert_eq!(it.proof(at(61)), Err(NotNow::ProofRanOut));
        assert_eq!(it.clone().finish(BOTH, vec![], at(61)), Err(NotNow::ProofRanOut));
        let again = it.without_proof();
        assert_eq!(again.step(BOTH), Step::Proof);
        assert!(again.proved(proof(70)).unwrap().finish(BOTH, vec![], at(71)).is_ok());
    }

    #[test]
    fn a_proof_for_another_purpose_is_refused() {
        let it = Enrolment::begin(Uuid::from_u128(9).into(), &terms(), true);
        assert_eq!(it.proved(FreshProof { purpose: Purpose::Finding, ..proof(0) }), Err(NotNow::WrongProof));
    }

    #[test]
    fn terms_that_change_midway_are_read_from_the_first_page() {
        let it = Enrolment::begin(Uuid::from_u128(9).into(), &terms(), false)
            .turn_page(1, terms().hash, at(0))
            .unwrap();
        let new = TermsVersion { hash: TermsHash::of(["b"]), ..terms() };
        assert_eq!(it.clone().turn_page(2, new.hash, at(0)), Err(NotNow::Terms(NotRead::NewVersion)));
        assert_eq!(it.with_new_terms(&new).step(OnRecord::default()), Step::Terms { page: 1 });
    }
}
