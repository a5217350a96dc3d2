//! Opening one's own blocked login: MitID → new password → go through the factors → look at what happened → confirm.
//!
//! Staged in a flow and applied in one transaction at the confirmation (security decision 12): until then nothing
//! has changed. It only takes away: a removed factor, an old password or an old code never comes back.

use crate::enrolment::PendingSeed;
use crate::factor::AuthenticatorApp;
use crate::ids::{FactorId, PersonId};
use crate::proofing::{FreshProof, Purpose};
use crate::suspension::SUSPECT_BEFORE;
use crate::terms::{Accepted, Reading, TermsHash, TermsVersion};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// From the proof to the confirmation.
pub const REOPENING_HOLDS: SignedDuration = SignedDuration::from_mins(60);

/// One reopening under way. Exists only after a proof made for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reopening {
    /// Who proved herself.
    pub person: PersonId,
    proof: FreshProof,
    stage: Stage,
    #[serde(default)]
    terms: Terms,
}

/// The terms in force, where she has not accepted them yet: read and accepted here, and kept at the confirmation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
enum Terms {
    #[default]
    NotAsked,
    Reading(Reading),
    Accepted(Accepted),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Stage {
    Proved,
    Password { sealed_hash: Vec<u8> },
    Reviewed { sealed_hash: Vec<u8>, factors: Factors },
    Looked { sealed_hash: Vec<u8>, factors: Factors },
}

/// What becomes of her factors.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Factors {
    keep: BTreeSet<FactorId>,
    seed: Option<PendingSeed>,
    new: Option<NewApp>,
}

impl Factors {
    /// A login has two factors, so a password alone opens nothing again.
    fn suffice(&self) -> bool {
        !self.keep.is_empty() || self.new.is_some()
    }
}

/// An app that answered rightly during the reopening and counts from the confirmation on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewApp {
    /// The app.
    pub app: AuthenticatorApp,
    /// Its seed, sealed where it will stand.
    pub sealed: Vec<u8>,
}

/// What a person has to do next. Step one, the proof, is behind her.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReopeningStep {
    /// Choose a new password.
    Password,
    /// Say which factors are hers.
    Factors,
    /// Register a new app: she kept none.
    App,
    /// Look at what happened.
    Activity,
    /// Read and accept the terms in force, at this page.
    Terms {
        /// Counted from one.
        page: u8,
    },
    /// Confirm.
    Confirm,
}

/// Why a step is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotYet {
    /// Another step comes first.
    #[error("another step comes first")]
    StepBefore,
    /// The hour after the proof is over.
    #[error("the proof has run out")]
    ProofRanOut,
    /// The proof was made for something else.
    #[error("a proof for another purpose")]
    WrongProof,
}

/// Everything a confirmed reopening applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reopened {
    /// The new password's hash, sealed.
    pub sealed_hash: Vec<u8>,
    /// The factors she keeps; every other is removed.
    pub keep: BTreeSet<FactorId>,
    /// The app she registered meanwhile.
    pub new: Option<NewApp>,
    /// The accept of the terms in force, where she gave it here.
    pub accepted: Option<Accepted>,
    /// The proof it rests on.
    pub proof: FreshProof,
}

impl Reopening {
    /// Begins with a proof made for it.
    ///
    /// # Errors
    /// [`NotYet::WrongProof`]
    pub fn begin(person: PersonId, proof: FreshProof) -> Result<Self, NotYet> {
        if proof.purpose != Purpose::Reopening {
            return Err(NotYet::WrongProof);
        }
        Ok(Self { person, proof, stage: Stage::Proved, terms: Terms::NotAsked })
    }

    /// What comes next.
    pub fn step(&self) -> ReopeningStep {
        match &self.stage {
            Stage::Proved => ReopeningStep::Password,
            Stage::Password { .. } => ReopeningStep::Factors,
            Stage::Reviewed { factors, .. } if !factors.suffice() => ReopeningStep::App,
            Stage::Reviewed { .. } => ReopeningStep::Activity,
            Stage::Looked { .. } => match &self.terms {
                Terms::Reading(reading) => ReopeningStep::Terms { page: reading.next_page() },
                Terms::NotAsked | Terms::Accepted(_) => ReopeningStep::Confirm,
            },
        }
    }

    /// The terms in force are not what she accepted: they are read before she confirms. What was read of another version
    /// is void.
    #[must_use]
    pub fn with_terms(self, current: &TermsVersion) -> Self {
        Self { terms: Terms::Reading(Reading::begin(current)), ..self }
    }

    /// The reading under way, when it is what comes next.
    pub fn reading(&self) -> Option<&Reading> {
        match (&self.stage, &self.terms) {
            (Stage::Looked { .. }, Terms::Reading(reading)) => Some(reading),
            _ => None,
        }
    }

    /// She turned a page.
    #[must_use]
    pub fn read(self, reading: Reading) -> Self {
        Self { terms: Terms::Reading(reading), ..self }
    }

    /// She accepted what she read; it counts from the confirmation on.
    #[must_use]
    pub fn agreed(self, accepted: Accepted) -> Self {
        Self { terms: Terms::Accepted(accepted), ..self }
    }

    /// Which terms she accepted here.
    pub fn accepted(&self) -> Option<TermsHash> {
        match &self.terms {
            Terms::Accepted(accepted) => Some(accepted.terms),
            Terms::NotAsked | Terms::Reading(_) => None,
        }
    }

    /// Until when it may be confirmed.
    pub fn until(&self) -> Timestamp {
        self.proof.at.saturating_add(REOPENING_HOLDS).unwrap_or(self.proof.at)
    }

    /// What she said she keeps, once she said it.
    pub fn kept(&self) -> Option<&BTreeSet<FactorId>> {
        self.factors().map(|factors| &factors.keep)
    }

    /// The app she registered meanwhile.
    pub fn new_app(&self) -> Option<&AuthenticatorApp> {
        self.factors().and_then(|factors| factors.new.as_ref()).map(|new| &new.app)
    }

    /// The seed offered and not yet verified.
    pub fn pending_seed(&self) -> Option<&PendingSeed> {
        self.factors().and_then(|factors| factors.seed.as_ref())
    }

    fn factors(&self) -> Option<&Factors> {
        match &self.stage {
            Stage::Proved | Stage::Password { .. } => None,
            Stage::Reviewed { factors, .. } | Stage::Looked { factors, .. } => Some(factors),
        }
    }

    /// A new password was chosen; choosing again replaces it and keeps what was said of the factors.
    ///
    /// # Errors
    /// [`NotYet::ProofRanOut`]
    pub fn password(self, sealed_hash: Vec<u8>, now: Timestamp) -> Result<Self, NotYet> {
        self.in_time(now)?;
        let stage = match self.stage {
            Stage::Looked { factors, .. } => Stage::Looked { sealed_hash, factors },
            Stage::Reviewed { factors, .. } => Stage::Reviewed { sealed_hash, factors },
            Stage::Proved | Stage::Password { .. } => Stage::Password { sealed_hash },
        };
        Ok(Self { stage, ..self })
    }

    /// She said which factors are hers. Saying it again leads on from here anew; an app registered meanwhile stays.
    ///
    /// # Errors
    /// [`NotYet`]
    pub fn review(self, keep: BTreeSet<FactorId>, now: Timestamp) -> Result<Self, NotYet> {
        self.in_time(now)?;
        let (sealed_hash, before) = match self.stage {
            Stage::Proved => return Err(NotYet::StepBefore),
            Stage::Password { sealed_hash } => (sealed_hash, Factors::default()),
            Stage::Reviewed { sealed_hash, factors } | Stage::Looked { sealed_hash, factors } => {
                (sealed_hash, factors)
            }
        };
        Ok(Self { stage: Stage::Reviewed { sealed_hash, factors: Factors { keep, ..before } }, ..self })
    }

    /// Remembers a seed that was offered; only while an app is what she needs.
    ///
    /// # Errors
    /// [`NotYet`]
    pub fn offer_seed(self, seed: PendingSeed, now: Timestamp) -> Result<Self, NotYet> {
        self.with_app(now, |factors| Factors { seed: Some(seed), ..factors })
    }

    /// The offered app answered rightly.
    ///
    /// # Errors
    /// [`NotYet`]
    pub fn add_app(self, new: NewApp, now: Timestamp) -> Result<Self, NotYet> {
        self.with_app(now, |factors| Factors { seed: None, new: Some(new), ..factors })
    }

    fn with_app(self, now: Timestamp, change: impl FnOnce(Factors) -> Factors) -> Result<Self, NotYet> {
        self.in_time(now)?;
        match self.stage {
            Stage::Reviewed { sealed_hash, factors } if !factors.suffice() => {
                Ok(Self { stage: Stage::Reviewed { sealed_hash, factors: change(factors) }, ..self })
            }
            _ => Err(NotYet::StepBefore),
        }
    }

    /// She looked at what happened lately.
    ///
    /// # Errors
    /// [`NotYet`]
    pub fn look(self, now: Timestamp) -> Result<Self, NotYet> {
        self.in_time(now)?;
        match self.stage {
            Stage::Looked { .. } => Ok(self),
            Stage::Reviewed { sealed_hash, factors } if factors.suffice() => {
                Ok(Self { stage: Stage::Looked { sealed_hash, factors }, ..self })
            }
            _ => Err(NotYet::StepBefore),
        }
    }

    /// She confirmed.
    ///
    /// # Errors
    /// [`NotYet`]
    pub fn confirm(self, now: Timestamp) -> Result<Reopened, NotYet> {
        self.in_time(now)?;
        let Stage::Looked { sealed_hash, factors } = self.stage else { return Err(NotYet::StepBefore) };
        let accepted = match self.terms {
            Terms::NotAsked => None,
            Terms::Accepted(accepted) => Some(accepted),
            Terms::Reading(_) => return Err(NotYet::StepBefore),
        };
        Ok(Reopened { sealed_hash, keep: factors.keep, new: factors.new, accepted, proof: self.proof })
    }

    fn in_time(&self, now: Timestamp) -> Result<(), NotYet> {
        if now < self.until() { Ok(()) } else { Err(NotYet::ProofRanOut) }
    }
}

/// Whether a factor is marked for removal beforehand: added within the hour before the block, or after it.
pub fn suspect(added_at: Timestamp, blocked_at: Timestamp) -> bool {
    let from = blocked_at.saturating_sub(SUSPECT_BEFORE).unwrap_or(blocked_at);
    added_at >= from
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::factor::{Added, FactorName, TimeStep};
    use proptest::prelude::*;
    use uuid::Uuid;

    fn proof(purpose: Purpose) -> FreshProof {
        FreshProof {
            proofing: Uuid::from_u128(1).into(),
            purpose,
            flow: Uuid::from_u128(2).into(),
            at: Timestamp::UNIX_EPOCH,
        }
    }
    fn begun() -> Reopening {
        Reopening::begin(Uuid::from_u128(3).into(), proof(Purpose::Reopening)).unwrap()
    }
    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(minute * 60).unwrap()
    }

    #[test]
    fn a_proof_for_something_else_opens_nothing() {
        for other in
            [Purpose::Enrolment, Purpose::Finding, Purpose::Blocking, Purpose::Reset, Purpose::Reconfirmation]
        {
            let refused = Reopening::begin(Uuid::from_u128(3).into(), proof(other));
            assert_eq!(refused, Err(NotYet::WrongProof));
        }
    }

    fn id(n: u128) -> FactorId {
        Uuid::from_u128(n).into()
    }
    fn app() -> NewApp {
        let app = AuthenticatorApp {
            id: id(9),
            person: Uuid::from_u128(3).into(),
            name: FactorName::try_from("New".to_owned()).unwrap(),
            added_at: at(1),
            added: Added::Recovery,
            used_at: None,
            last_step: TimeStep(1),
        };
        NewApp { app, sealed: vec![1] }
    }
    fn seed() -> PendingSeed {
        PendingSeed { sealed: vec![1], at: at(1) }
    }

    #[derive(Clone, Debug)]
    enum Try {
        Password,
        Review(bool),
        Seed,
        App,
        Look,
        Confirm,
    }

    proptest! {
        #[test]
        fn no_order_of_requests_skips_a_step(
            tries in prop::collection::vec(
                prop::sample::select(vec![
                    Try::Password, Try::Review(true), Try::Review(false), Try::Seed, Try::App, Try::Look, Try::Confirm,
                ]),
                0..12,
            ),
        ) {
            let (mut reopening, mut password, mut reviewed, mut looked) = (begun(), false, false, false);
            let (mut keeps, mut new) = (false, false);
            for one in tries {
                let fits = reviewed && (keeps || new);
                let next = match one {
                    Try::Password => {
                        password = true;
                        reopening.clone().password(vec![1], at(1))
                    }
                    Try::Review(keep) => {
                        let kept = keep.then(|| id(1)).into_iter().collect();
                        let next = reopening.clone().review(kept, at(1));
                        prop_assert_eq!(next.is_ok(), password);
                        if next.is_ok() {
                            (reviewed, looked, keeps) = (true, false, keep);
                        }
                        next
                    }
                    Try::Seed => {
                        let next = reopening.clone().offer_seed(seed(), at(1));
                        prop_assert_eq!(next.is_ok(), reviewed && !keeps && !new);
                        next
                    }
                    Try::App => {
                        let next = reopening.clone().add_app(app(), at(1));
                        prop_assert_eq!(next.is_ok(), reviewed && !keeps && !new);
                        new |= next.is_ok();
                        next
                    }
                    Try::Look => {
                        let next = reopening.clone().look(at(1));
                        prop_assert_eq!(next.is_ok(), fits);
                        looked |= next.is_ok();
                        next
                    }
                    Try::Confirm => {
                        let done = reopening.clone().confirm(at(1));
                        prop_assert_eq!(done.is_ok(), password && fits && looked);
                        if let Ok(done) = done {
                            prop_assert!(!done.keep.is_empty() || done.new.is_some(), "two factors, always");
                        }
                        continue;
                    }
                };
                if let Ok(next) = next {
                    reopening = next;
                }
            }
        }
    }

    #[test]
    fn who_keeps_nothing_registers_an_app_first() {
        let bare = begun().password(vec![1], at(1)).unwrap().review(BTreeSet::new(), at(2)).unwrap();
        assert_eq!(bare.step(), ReopeningStep::App);
        assert_eq!(bare.clone().look(at(3)), Err(NotYet::StepBefore));
        let ready = bare.offer_seed(seed(), at(3)).unwrap().add_app(app(), at(3)).unwrap();
        assert_eq!((ready.step(), ready.pending_seed()), (ReopeningStep::Activity, None));
        assert_eq!(ready.look(at(4)).unwrap().confirm(at(5)).unwrap().new, Some(app()));
    }

    #[test]
    fn terms_she_has_not_accepted_are_read_and_accepted_before_she_confirms() {
        use crate::terms::Accepting;
        let hash = TermsHash::of(["new"]);
        let current =
            TermsVersion { hash, version: "2.0".into(), date: jiff::civil::date(2026, 11, 1), pages: 2 };
        let by = || Accepting { address: "::1".into(), agent: "test".into() };
        let early = begun().with_terms(&current);
        assert_eq!(
            (early.step(), early.reading()),
            (ReopeningStep::Password, None),
            "the steps before come first"
        );
        let kept = BTreeSet::from([id(1)]);
        let asked = early.password(vec![1], at(1)).unwrap().review(kept, at(1)).unwrap().look(at(1)).unwrap();
        assert_eq!(asked.step(), ReopeningStep::Terms { page: 1 });
        assert_eq!(asked.clone().confirm(at(2)), Err(NotYet::StepBefore));
        let reading = asked.reading().unwrap().clone();
        assert!(reading.clone().accept(true, hash, at(2), by()).is_err(), "a page is missing");
        let read = asked.read(reading.turn(1, hash, at(2)).unwrap());
        assert_eq!(read.step(), ReopeningStep::Terms { page: 2 });
        assert_eq!(read.clone().confirm(at(2)), Err(NotYet::StepBefore), "read is not accepted");
        let accepted = read.reading().unwrap().clone().accept(true, hash, at(3), by()).unwrap();
        let ready = read.agreed(accepted.clone());
        assert_eq!((ready.step(), ready.accepted()), (ReopeningStep::Confirm, Some(hash)));
        assert_eq!(ready.clone().confirm(at(4)).unwrap().accepted, Some(accepted));
        assert_eq!(
            ready.with_terms(&current).step(),
            ReopeningStep::Terms { page: 1 },
            "another version is read anew"
        );
    }

    #[test]
    fn after_the_hour_nothing_goes_on() {
        let kept = BTreeSet::from([id(1)]);
        let ready = begun().password(vec![1], at(1)).unwrap().review(kept.clone(), at(2)).unwrap();
        let ready = ready.look(at(2)).unwrap();
        assert!(ready.clone().confirm(at(59)).is_ok());
        let late = [
            ready.clone().confirm(at(60)).map(drop),
            ready.clone().look(at(60)).map(drop),
            ready.clone().review(kept, at(60)).map(drop),
            ready.clone().offer_seed(seed(), at(60)).map(drop),
            ready.password(vec![2], at(60)).map(drop),
        ];
        assert_eq!(late, [Err(NotYet::ProofRanOut); 5]);
    }
}
