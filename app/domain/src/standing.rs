//! Whether a person's login may be used now (NSIS 3.2.3).

use crate::ids::{Epoch, HoldId};
use crate::password::LEAKED_HOLD;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Who put a hold on a login; only the owner's own can be lifted by her.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Origin {
    /// The person herself.
    Owner,
    /// The service desk, on her behalf.
    ServiceDesk,
    /// Security.
    Security,
    /// The CPR register.
    Register,
    /// Her work relation ended.
    Association,
    /// She declined the terms, or is overdue.
    Terms,
    /// Re-confirmation with MitID is overdue, or the HR feed names another CPR number.
    Reconfirmation,
}

impl Origin {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Owner,
        Self::ServiceDesk,
        Self::Security,
        Self::Register,
        Self::Association,
        Self::Terms,
        Self::Reconfirmation,
    ];

    /// Whether a hold of this origin says that a case is open: while it stands, rows of the trail about its person, or of what
    /// she did, are kept however old they are.
    pub fn keeps_rows(self) -> bool {
        match self {
            Self::ServiceDesk | Self::Security => true,
            // The dead stay in the register: that is no case.
            Self::Register | Self::Owner | Self::Association | Self::Terms | Self::Reconfirmation => false,
        }
    }

    /// Whether the person settles it herself at a reopening, proved with MitID. Her own block she opens; a hold for want of
    /// an agreement (NSIS 3.2.3.4) has no ground any more once she has read and accepted the terms in force. That overrides
    /// nobody: a municipality that wants her login closed puts a hold of its own, and that one stays (security decision 5).
    pub fn settled_by_owner(self) -> bool {
        matches!(self, Self::Owner | Self::Terms)
    }

    /// The word kept in the database and the trail.
    pub fn word(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::ServiceDesk => "service-desk",
            Self::Security => "security",
            Self::Register => "register",
            Self::Association => "association",
            Self::Terms => "terms",
            Self::Reconfirmation => "reconfirmation",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|o| o.word() == word)
    }
}

/// One open reason why a login may not be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// Which.
    pub id: HoldId,
    /// Who put it.
    pub origin: Origin,
    /// Why, as a fixed word of the catalogue, never free text.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

impl Hold {
    /// Whose hold the trail says it is. That its owner may lift one does not make it hers: for a leaked password the issuer
    /// put it (NSIS 3.2.3.4, security decision 8), and whoever reads the trail must not take it for a block of her own.
    pub fn said_origin(&self) -> &'static str {
        match self.origin {
            Origin::Owner if self.reason == LEAKED_HOLD => "issuer",
            origin => origin.word(),
        }
    }
}

/// The open holds on a person and her epoch. Active means: no open hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Standing {
    holds: Vec<Hold>,
    epoch: Epoch,
}

impl Standing {
    /// As read from the store.
    pub fn of(holds: Vec<Hold>, epoch: Epoch) -> Self {
        Self { holds, epoch }
    }

    /// Adds a hold and ends everything issued under the old epoch. A second hold never replaces the first: the
    /// owner's own block must not swallow the municipality's.
    #[must_use]
    pub fn hold(mut self, hold: Hold) -> Self {
        self.holds.push(hold);
        self.epoch = self.epoch.raised();
        self
    }

    /// Lifts the holds of one origin; the others stay. The epoch rises here too: what waited behind the hold is not
    /// let through, it begins anew.
    #[must_use]
    pub fn lift(mut self, origin: Origin) -> Self {
        let before = self.holds.len();
        self.holds.retain(|hold| hold.origin != origin);
        if self.holds.len() < before {
            self.epoch = self.epoch.raised();
        }
        self
    }

    /// Whether nothing holds.
    pub fn is_active(&self) -> bool {
        self.holds.is_empty()
    }

    /// The epoch now.
    pub fn epoch(&self) -> Epoch {
        self.epoch
    }

    /// The oldest open hold that its owner cannot settle herself.
    pub fn first_of_others(&self) -> Option<&Hold> {
        self.holds.iter().find(|hold| !hold.origin.settled_by_owner())
    }

    /// Whether a hold of this origin is open.
    pub fn held_by(&self, origin: Origin) -> bool {
        self.holds.iter().any(|hold| hold.origin == origin)
    }

    /// The open holds.
    pub fn holds(&self) -> &[Hold] {
        &self.holds
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn hold(origin: Origin, n: u128) -> Hold {
        Hold { id: uuid::Uuid::from_u128(n).into(), origin, reason: "test".into(), at: Timestamp::UNIX_EPOCH }
    }

    proptest! {
        #[test]
        fn every_hold_is_kept_and_raises_the_epoch(count in 1u8..10) {
            let start = Standing::default();
            let held = (0..count).fold(start.clone(), |standing, n| standing.hold(hold(Origin::Owner, u128::from(n))));
            prop_assert_eq!(held.holds().len(), usize::from(count));
            prop_assert_eq!(held.epoch(), Epoch(start.epoch().0 + i64::from(count)));
            prop_assert!(!held.is_active());
        }
    }

    #[test]
    fn lifting_takes_one_origin_and_ends_what_waited_behind_it() {
        let held = Standing::default().hold(hold(Origin::Association, 1)).hold(hold(Origin::Owner, 2));
        let lifted = held.clone().lift(Origin::Association);
        assert_eq!(
            (lifted.holds(), lifted.epoch()),
            ([hold(Origin::Owner, 2)].as_slice(), held.epoch().raised())
        );
        assert_eq!(lifted.clone().lift(Origin::Security), lifted, "nothing to lift changes nothing");
    }

    #[test]
    fn origins_are_kept_by_word() {
        assert_eq!(Origin::from_word(Origin::Register.word()), Some(Origin::Register));
        assert_eq!(Origin::from_word("nobody"), None);
    }
}
