//! What was shown in an attempt: password, code and key, in whatever order, and when it is enough.

use super::{OutOfTurn, SignIn, Stage};
use crate::factor::{FactorKind, Worth};
use crate::ids::PersonId;
use jiff::Timestamp;

/// Enough was shown, in this very attempt. Only a [`SignIn`] gives one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub(super) person: PersonId,
    pub(super) factors: Vec<(FactorKind, Timestamp)>,
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
    /// The password was right. Typing it again in the same attempt starts over with that person; so does another
    /// person's after a key.
    ///
    /// # Errors
    /// [`OutOfTurn`] once signed in or given up.
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
            | Stage::Signed { .. }
            | Stage::GivenUp => Err(OutOfTurn),
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
}
