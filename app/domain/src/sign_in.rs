//! One attempt to sign in, credited to one request of one service.

use crate::enrolment::PendingSeed;
use crate::factor::{FactorKind, Worth};
use crate::ids::{PersonId, SessionId};
use crate::oidc::request::AuthorizeRequest;
use crate::proofing::{FreshProof, Purpose};
use crate::relying_party::ServiceRequest;
use crate::reopening::NotYet;
use crate::terms::Reading;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// From the proof after a recovery code to the method that replaces the missing one.
pub const REPLACING_HOLDS: SignedDuration = SignedDuration::from_mins(15);

/// Where a sign-in leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// To the portal's own overview.
    Portal,
    /// To a service that asked by SAML.
    Service(Box<ServiceRequest>),
    /// To an application that asked by OpenID Connect.
    Application(Box<AuthorizeRequest>),
}

impl Target {
    /// What people call the service it leads to; none for the portal.
    pub fn service(&self) -> Option<&str> {
        match self {
            Self::Portal => None,
            Self::Service(request) => Some(&request.display_name),
            Self::Application(request) => Some(&request.display_name),
        }
    }
}

/// One attempt to sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {
    /// Where it leads.
    pub target: Target,
    stage: Stage,
    /// The password shown in it is known from leaks, and may be used until then.
    #[serde(default)]
    leaked: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Stage {
    Identify,
    Code { person: PersonId, password_at: Timestamp },
    Key { person: PersonId, shown_at: Timestamp },
    Recovery { person: PersonId, password_at: Timestamp },
    Replace { person: PersonId, password_at: Timestamp, proof: FreshProof, seed: Option<PendingSeed> },
    Terms { session: SessionId, reading: Reading },
    Reconfirm { session: SessionId, asked: Asked },
    Leaked { session: SessionId },
    Check { session: SessionId },
    Signed { session: SessionId },
}

/// What a person has to do next in a sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    /// User name and password, or a passkey.
    Identify,
    /// A second factor beside the password: a code, a passkey or a security key.
    Code,
    /// The password beside a passkey that does not count alone.
    Password,
    /// A recovery code was shown beside the password: prove with MitID who she is (security decision 16).
    Recover,
    /// She proved it: add what replaces the login method she does not have.
    Replace,
    /// Read and accept new terms, at this page.
    Terms {
        /// Counted from one.
        page: u8,
    },
    /// Confirm anew with MitID who she is.
    Reconfirm,
    /// Change a password that is known from leaks, or put it off.
    ChangePassword,
    /// Say whether she still has a login method that she added four weeks ago and did not use since, or put it off.
    CheckMethod,
    /// Go where it leads.
    Go,
}

/// How she is asked to confirm anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Asked {
    /// Ahead of time: she may put it off.
    InTime,
    /// It is overdue where she goes: it must be done first.
    Overdue,
}

/// A step that does not belong to the stage the attempt is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("another step comes first")]
pub struct OutOfTurn;

/// Enough was shown, in this very attempt. Only a [`SignIn`] gives one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    person: PersonId,
    factors: Vec<(FactorKind, Timestamp)>,
}

impl Shown {
    /// Who.
    pub fn person(&self) -> PersonId {
        self.person
    }

    /// What was shown, and when.
    pub fn factors(&self) -> &[(FactorKind, Timestamp)] {
        &self.factors
    }

    /// The words of what was shown, such as `password+app`.
    pub fn words(&self) -> String {
        self.factors.iter().map(|(kind, _)| kind.word()).collect::<Vec<_>>().join("+")
    }
}

/// After a right password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PasswordShown {
    /// A second factor comes next.
    SecondNext(SignIn),
    /// A key was shown before it: that is enough.
    Enough(Shown),
}

/// After a right answer of a passkey or security key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyShown {
    /// It does not count alone: her password comes next.
    PasswordNext(SignIn),
    /// That is enough.
    Enough(Shown),
}

impl SignIn {
    /// Begins.
    pub fn begin(target: Target) -> Self {
        Self { target, stage: Stage::Identify, leaked: None }
    }

    /// Begins with a session that is already there and good enough.
    pub fn with_session(target: Target, session: SessionId) -> Self {
        Self { target, stage: Stage::Signed { session }, leaked: None }
    }

    /// What comes next.
    pub fn step(&self) -> Step {
        match &self.stage {
            Stage::Identify => Step::Identify,
            Stage::Code { .. } => Step::Code,
            Stage::Key { .. } => Step::Password,
            Stage::Recovery { .. } => Step::Recover,
            Stage::Replace { .. } => Step::Replace,
            Stage::Terms { reading, .. } => Step::Terms { page: reading.next_page() },
            Stage::Reconfirm { .. } => Step::Reconfirm,
            Stage::Leaked { .. } => Step::ChangePassword,
            Stage::Check { .. } => Step::CheckMethod,
            Stage::Signed { .. } => Step::Go,
        }
    }

    /// The password was right. Typing it again in the same attempt starts over with that person; so does another
    /// person's after a key.
    ///
    /// # Errors
    /// [`OutOfTurn`] once signed in.
    pub fn password_shown(self, person: PersonId, at: Timestamp) -> Result<PasswordShown, OutOfTurn> {
        match self.stage {
            Stage::Key { person: hers, shown_at } if hers == person => {
                let factors = vec![(FactorKind::Passkey, shown_at), (FactorKind::Password, at)];
                Ok(PasswordShown::Enough(Shown { person, factors }))
            }
            Stage::Identify
            | Stage::Code { .. }
            | Stage::Key { .. }
            | Stage::Recovery { .. }
            | Stage::Replace { .. } => {
                let stage = Stage::Code { person, password_at: at };
                Ok(PasswordShown::SecondNext(Self { stage, ..self }))
            }
            Stage::Terms { .. }
            | Stage::Reconfirm { .. }
            | Stage::Leaked { .. }
            | Stage::Check { .. }
            | Stage::Signed { .. } => Err(OutOfTurn),
        }
    }

    /// Whose second factor is awaited.
    pub fn awaiting_code(&self) -> Option<PersonId> {
        match self.stage {
            Stage::Code { person, .. } => Some(person),
            _ => None,
        }
    }

    /// Whose password is awaited, after her key.
    pub fn awaiting_password(&self) -> Option<PersonId> {
        match self.stage {
            Stage::Key { person, .. } => Some(person),
            _ => None,
        }
    }

    /// A second factor that is typed was right.
    ///
    /// # Errors
    /// [`OutOfTurn`] before the password, for a password again, and for a recovery code, which signs nobody in.
    pub fn code_shown(&self, kind: FactorKind, at: Timestamp) -> Result<Shown, OutOfTurn> {
        match self.stage {
            Stage::Code { person, password_at }
                if !matches!(kind, FactorKind::Password | FactorKind::RecoveryCode) =>
            {
                let factors = vec![(FactorKind::Password, password_at), (kind, at)];
                Ok(Shown { person, factors })
            }
            _ => Err(OutOfTurn),
        }
    }

    /// A code of her printed sheet was right, beside her password. It opens a proof of who she is and nothing else (security
    /// decision 16).
    ///
    /// # Errors
    /// [`OutOfTurn`] before the password.
    pub fn recovery_shown(self) -> Result<Self, OutOfTurn> {
        match self.stage {
            Stage::Code { person, password_at } => {
                Ok(Self { stage: Stage::Recovery { person, password_at }, ..self })
            }
            _ => Err(OutOfTurn),
        }
    }

    /// Who may prove who she is after a recovery code; also once more, when the time after a proof is over.
    pub fn awaiting_proof(&self) -> Option<PersonId> {
        match self.stage {
            Stage::Recovery { person, .. } | Stage::Replace { person, .. } => Some(person),
            _ => None,
        }
    }

    /// She proved who she is, after a recovery code: she may add what replaces the method she does not have.
    ///
    /// # Errors
    /// [`OutOfTurn`] without a recovery code before, and for a proof made for something else.
    pub fn recovered(self, proof: FreshProof) -> Result<Self, OutOfTurn> {
        match self.stage {
            Stage::Recovery { person, password_at } | Stage::Replace { person, password_at, .. }
                if proof.purpose == Purpose::Recovery =>
            {
                let stage = Stage::Replace { person, password_at, proof, seed: None };
                Ok(Self { stage, ..self })
            }
            _ => Err(OutOfTurn),
        }
    }

    /// Who adds a replacement, by which proof, while that holds.
    ///
    /// # Errors
    /// [`NotYet`]
    pub fn replacing(&self, now: Timestamp) -> Result<(PersonId, FreshProof), NotYet> {
        match &self.stage {
            Stage::Replace { person, proof, .. } => {
                let until = proof.at.saturating_add(REPLACING_HOLDS).unwrap_or(proof.at);
                if now < until { Ok((*person, *proof)) } else { Err(NotYet::ProofRanOut) }
            }
            _ => Err(NotYet::StepBefore),
        }
    }

    /// Offers the seed of a new app in it; the one before is dead.
    ///
    /// # Errors
    /// [`NotYet`]
    pub fn offering(self, offered: PendingSeed, now: Timestamp) -> Result<Self, NotYet> {
        self.replacing(now)?;
        match self.stage {
            Stage::Replace { person, password_at, proof, .. } => {
                let stage = Stage::Replace { person, password_at, proof, seed: Some(offered) };
                Ok(Self { stage, ..self })
            }
            _ => Err(NotYet::StepBefore),
        }
    }

    /// The seed that is offered in it.
    pub fn offered(&self) -> Option<&PendingSeed> {
        match &self.stage {
            Stage::Replace { seed, .. } => seed.as_ref(),
            _ => None,
        }
    }

    /// A new method of this kind was added by a right answer of it: with the password that is enough.
    ///
    /// # Errors
    /// [`NotYet`]
    pub fn replaced(&self, by: FactorKind, now: Timestamp) -> Result<Shown, NotYet> {
        let (person, _) = self.replacing(now)?;
        match self.stage {
            Stage::Replace { password_at, .. } => {
                Ok(Shown { person, factors: vec![(FactorKind::Password, password_at), (by, now)] })
            }
            _ => Err(NotYet::StepBefore),
        }
    }

    /// A passkey or security key of this person answered rightly: alone, before her password, or after it.
    ///
    /// # Errors
    /// [`OutOfTurn`] once signed in, and beside the password of somebody else.
    pub fn key_shown(self, person: PersonId, worth: Worth, at: Timestamp) -> Result<KeyShown, OutOfTurn> {
        match (&self.stage, worth) {
            (Stage::Code { person: hers, .. }, _) if *hers == person => {
                Ok(KeyShown::Enough(self.code_shown(worth.kind(), at)?))
            }
            (Stage::Identify | Stage::Key { .. }, Worth::Alone) => {
                Ok(KeyShown::Enough(Shown { person, factors: vec![(worth.kind(), at)] }))
            }
            (Stage::Identify | Stage::Key { .. }, Worth::Beside) => {
                let stage = Stage::Key { person, shown_at: at };
                Ok(KeyShown::PasswordNext(Self { stage, ..self }))
            }
            _ => Err(OutOfTurn),
        }
    }

    /// A session was created for it; with a reading when new terms must be accepted first.
    #[must_use]
    pub fn signed(self, session: SessionId, new_terms: Option<Reading>) -> Self {
        let stage = match new_terms {
            Some(reading) => Stage::Terms { session, reading },
            None => Stage::Signed { session },
        };
        Self { stage, ..self }
    }

    /// A session is there, and she is asked to confirm anew who she is.
    #[must_use]
    pub fn asked(self, session: SessionId, asked: Asked) -> Self {
        Self { stage: Stage::Reconfirm { session, asked }, ..self }
    }

    /// The password that is shown in it is known from leaks; it may be used until then. None takes that back.
    #[must_use]
    pub fn leaked(self, until: Option<Timestamp>) -> Self {
        Self { leaked: until, ..self }
    }

    /// Until when the leaked password shown in it may be used; none where it is not known to be leaked.
    pub fn leaked_until(&self) -> Option<Timestamp> {
        self.leaked
    }

    /// A session is there, and she is asked to change her leaked password.
    #[must_use]
    pub fn asked_to_change(self, session: SessionId) -> Self {
        Self { stage: Stage::Leaked { session }, ..self }
    }

    /// A session is there, and she is asked whether she still has one of her login methods.
    #[must_use]
    pub fn asked_to_check(self, session: SessionId) -> Self {
        Self { stage: Stage::Check { session }, ..self }
    }

    /// How she is asked to confirm anew, while she is.
    pub fn asks(&self) -> Option<Asked> {
        match self.stage {
            Stage::Reconfirm { asked, .. } => Some(asked),
            _ => None,
        }
    }

    /// She put off what she was asked.
    ///
    /// # Errors
    /// [`OutOfTurn`] when nothing was asked, or it must be done first.
    pub fn put_off(self) -> Result<Self, OutOfTurn> {
        match self.stage {
            Stage::Leaked { session }
            | Stage::Check { session }
            | Stage::Reconfirm { session, asked: Asked::InTime } => {
                Ok(Self { stage: Stage::Signed { session }, ..self })
            }
            _ => Err(OutOfTurn),
        }
    }

    /// She confirmed anew, by a proof made for that.
    ///
    /// # Errors
    /// [`OutOfTurn`] when nothing was asked, or the proof was made for something else.
    pub fn reconfirmed(self, proof: &FreshProof) -> Result<Self, OutOfTurn> {
        match self.stage {
            Stage::Reconfirm { session, .. } if proof.purpose == Purpose::Reconfirmation => {
                Ok(Self { stage: Stage::Signed { session }, ..self })
            }
            _ => Err(OutOfTurn),
        }
    }

    /// The session it led to.
    pub fn session(&self) -> Option<SessionId> {
        match &self.stage {
            Stage::Terms { session, .. }
            | Stage::Reconfirm { session, .. }
            | Stage::Leaked { session }
            | Stage::Check { session }
            | Stage::Signed { session } => Some(*session),
            Stage::Identify
            | Stage::Code { .. }
            | Stage::Key { .. }
            | Stage::Recovery { .. }
            | Stage::Replace { .. } => None,
        }
    }

    /// The reading of new terms, while there is one.
    pub fn reading(&self) -> Option<&Reading> {
        match &self.stage {
            Stage::Terms { reading, .. } => Some(reading),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn maja() -> PersonId {
        Uuid::from_u128(1).into()
    }
    fn other() -> PersonId {
        Uuid::from_u128(2).into()
    }
    fn after_password() -> SignIn {
        match SignIn::begin(Target::Portal).password_shown(maja(), NOW).unwrap() {
            PasswordShown::SecondNext(it) => it,
            PasswordShown::Enough(_) => panic!("a password alone was enough"),
        }
    }

    #[test]
    fn a_code_without_a_password_is_out_of_turn() {
        let it = SignIn::begin(Target::Portal);
        assert_eq!(it.code_shown(FactorKind::AuthenticatorApp, NOW), Err(OutOfTurn));
        let it = after_password();
        assert_eq!(it.code_shown(FactorKind::Password, NOW), Err(OutOfTurn), "two passwords are one");
        assert_eq!(it.code_shown(FactorKind::RecoveryCode, NOW), Err(OutOfTurn), "written down long before");
        let others = [FactorKind::Password, FactorKind::RecoveryCode];
        for kind in FactorKind::ALL.into_iter().filter(|kind| !others.contains(kind)) {
            let shown = it.code_shown(kind, NOW).unwrap();
            assert_eq!(
                (shown.person(), shown.factors()),
                (maja(), &[(FactorKind::Password, NOW), (kind, NOW)][..])
            );
        }
        assert_eq!(it.code_shown(FactorKind::AuthenticatorApp, NOW).unwrap().words(), "password+app");
    }

    #[test]
    fn a_passkey_that_counts_alone_signs_in_and_another_one_asks_for_its_owners_password() {
        let begun = SignIn::begin(Target::Portal);
        let KeyShown::Enough(shown) = begun.clone().key_shown(maja(), Worth::Alone, NOW).unwrap() else {
            panic!()
        };
        assert_eq!(shown.factors(), [(FactorKind::PasskeyAlone, NOW)]);
        let KeyShown::PasswordNext(it) = begun.key_shown(maja(), Worth::Beside, NOW).unwrap() else {
            panic!()
        };
        assert_eq!((it.step(), it.awaiting_password(), it.session()), (Step::Password, Some(maja()), None));
        assert_eq!(
            it.code_shown(FactorKind::AuthenticatorApp, NOW),
            Err(OutOfTurn),
            "two possessions are one"
        );
        let PasswordShown::Enough(shown) = it.clone().password_shown(maja(), NOW).unwrap() else { panic!() };
        assert_eq!(shown.words(), "passkey+password");
        let PasswordShown::SecondNext(it) = it.password_shown(other(), NOW).unwrap() else { panic!() };
        assert_eq!(it.awaiting_code(), Some(other()), "another person's key counts for nothing");
    }

    #[test]
    fn after_a_password_any_key_of_hers_is_enough_and_nobody_elses() {
        for (worth, words) in [(Worth::Beside, "password+passkey"), (Worth::Alone, "password+passkey-alone")]
        {
            let KeyShown::Enough(shown) = after_password().key_shown(maja(), worth, NOW).unwrap() else {
                panic!()
            };
            assert_eq!(shown.words(), words);
            assert_eq!(after_password().key_shown(other(), worth, NOW), Err(OutOfTurn));
        }
        let signed = after_password().signed(Uuid::from_u128(3).into(), None);
        assert_eq!(signed.key_shown(maja(), Worth::Alone, NOW), Err(OutOfTurn));
    }

    #[test]
    fn whatever_is_shown_in_whatever_order_enough_is_substantial() {
        use crate::factor::authentication_level;
        let keys = [Worth::Alone, Worth::Beside];
        let alone = keys.map(|worth| SignIn::begin(Target::Portal).key_shown(maja(), worth, NOW).unwrap());
        let second = keys.map(|worth| after_password().key_shown(maja(), worth, NOW).unwrap());
        for shown in alone.into_iter().chain(second) {
            if let KeyShown::Enough(shown) = shown {
                let kinds: Vec<_> = shown.factors().iter().map(|(kind, _)| *kind).collect();
                assert_eq!(authentication_level(&kinds), Some(crate::level::AssuranceLevel::Substantial));
            }
        }
    }

    #[test]
    fn what_an_instance_of_before_wrote_is_read() {
        let id = Uuid::from_u128(1);
        let old = format!(
            r#"{{"target":"Portal","stage":{{"Code":{{"person":"{id}","password_at":"1970-01-01T00:00:00Z"}}}}}}"#
        );
        assert_eq!(serde_json::from_str::<SignIn>(&old).unwrap(), after_password());
    }

    #[test]
    fn nobody_becomes_somebody_else_after_signing_in() {
        let it = SignIn::begin(Target::Portal).signed(Uuid::from_u128(3).into(), None);
        assert_eq!(it.password_shown(Uuid::from_u128(2).into(), Timestamp::UNIX_EPOCH), Err(OutOfTurn));
    }

    fn proof(purpose: Purpose) -> FreshProof {
        let (proofing, flow) = (Uuid::from_u128(1).into(), Uuid::from_u128(2).into());
        FreshProof::mitid(proofing, (purpose, flow), Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn confirming_anew_is_put_off_only_in_time_and_done_only_by_a_proof_made_for_it() {
        let session: SessionId = Uuid::from_u128(3).into();
        let early = SignIn::begin(Target::Portal).asked(session, Asked::InTime);
        let late = SignIn::begin(Target::Portal).asked(session, Asked::Overdue);
        assert_eq!((early.step(), early.session()), (Step::Reconfirm, Some(session)));
        assert_eq!(early.clone().put_off().unwrap().step(), Step::Go);
        assert_eq!(late.clone().put_off(), Err(OutOfTurn));
        for other in Purpose::ALL.into_iter().filter(|it| *it != Purpose::Reconfirmation) {
            assert_eq!(late.clone().reconfirmed(&proof(other)), Err(OutOfTurn));
        }
        let right = proof(Purpose::Reconfirmation);
        assert_eq!(late.reconfirmed(&right).unwrap().step(), Step::Go);
        assert_eq!(SignIn::begin(Target::Portal).reconfirmed(&right), Err(OutOfTurn), "nobody is signed in");
    }

    #[test]
    fn a_recovery_code_opens_a_proof_and_nothing_else() {
        let begun = SignIn::begin(Target::Portal);
        assert_eq!(begun.clone().recovery_shown(), Err(OutOfTurn), "the password comes first");
        let it = after_password().recovery_shown().unwrap();
        assert_eq!((it.step(), it.awaiting_proof(), it.session()), (Step::Recover, Some(maja()), None));
        assert_eq!(it.awaiting_code(), None);
        assert_eq!(it.code_shown(FactorKind::AuthenticatorApp, NOW), Err(OutOfTurn));
        assert_eq!(it.clone().key_shown(maja(), Worth::Beside, NOW), Err(OutOfTurn));
        assert_eq!(
            it.replaced(FactorKind::AuthenticatorApp, NOW),
            Err(NotYet::StepBefore),
            "no proof, no method"
        );
        for other in Purpose::ALL.into_iter().filter(|it| *it != Purpose::Recovery) {
            assert_eq!(it.clone().recovered(proof(other)), Err(OutOfTurn), "{other:?}");
        }
        assert_eq!(after_password().recovered(proof(Purpose::Recovery)), Err(OutOfTurn), "no code, no proof");
        let PasswordShown::SecondNext(again) = it.password_shown(maja(), NOW).unwrap() else { panic!() };
        assert_eq!(again.step(), Step::Code, "she found her phone after all");
    }

    #[test]
    fn after_the_proof_a_method_is_added_in_a_quarter_of_an_hour_and_signs_in_with_the_password() {
        let it = after_password().recovery_shown().unwrap().recovered(proof(Purpose::Recovery)).unwrap();
        let late = NOW + REPLACING_HOLDS;
        assert_eq!((it.step(), it.session()), (Step::Replace, None));
        assert_eq!(it.replacing(NOW).unwrap().0, maja());
        assert_eq!(it.replacing(late), Err(NotYet::ProofRanOut));
        assert_eq!(it.replaced(FactorKind::Passkey, late), Err(NotYet::ProofRanOut));
        let seed = PendingSeed { sealed: vec![1], at: NOW };
        assert_eq!(it.clone().offering(seed.clone(), late), Err(NotYet::ProofRanOut));
        let it = it.offering(seed.clone(), NOW).unwrap();
        assert_eq!(it.offered(), Some(&seed));
        assert_eq!(it.replaced(FactorKind::AuthenticatorApp, NOW).unwrap().words(), "password+app");
        assert_eq!(it.replaced(FactorKind::Passkey, NOW).unwrap().words(), "password+passkey");
        let again = it.recovered(FreshProof { at: late, ..proof(Purpose::Recovery) }).unwrap();
        assert_eq!((again.offered(), again.replacing(late).is_ok()), (None, true), "proved once more");
    }

    #[test]
    fn a_leaked_password_asks_for_another_once_and_may_be_put_off() {
        let session: SessionId = Uuid::from_u128(3).into();
        let it = SignIn::begin(Target::Portal).leaked(Some(NOW));
        let PasswordShown::SecondNext(it) = it.password_shown(maja(), NOW).unwrap() else { panic!() };
        assert_eq!(it.leaked_until(), Some(NOW), "it is known until the session begins");
        let asked = it.asked_to_change(session);
        assert_eq!((asked.step(), asked.session()), (Step::ChangePassword, Some(session)));
        assert_eq!(asked.clone().password_shown(maja(), NOW), Err(OutOfTurn));
        assert_eq!(asked.put_off().unwrap().step(), Step::Go);
    }

    #[test]
    fn a_method_that_is_asked_about_stops_nobody() {
        let session: SessionId = Uuid::from_u128(3).into();
        let asked = SignIn::begin(Target::Portal).asked_to_check(session);
        assert_eq!((asked.step(), asked.session()), (Step::CheckMethod, Some(session)));
        assert_eq!(asked.clone().password_shown(maja(), NOW), Err(OutOfTurn));
        assert_eq!(asked.put_off().unwrap().step(), Step::Go);
    }
}
