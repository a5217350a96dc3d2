//! A person's session at a service, begun by a token of ours: what a block must end, or honestly say it cannot
//! (security decision 11).

use crate::ids::{PersonId, RelyingPartyId, SessionId, VisitId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How often a service is told before we give up; the receipt then says until when it may stay open.
const TRIES: u32 = 6;

/// One token handed out, as far as its end matters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// Which.
    pub id: VisitId,
    /// Whose.
    pub person: PersonId,
    /// The session of ours it came from.
    pub session: SessionId,
    /// At which service.
    pub relying_party: RelyingPartyId,
    /// The name the service knows her by.
    pub name_id: String,
    /// The service's own session, by the index we gave it.
    pub session_index: String,
    /// Since when.
    pub began_at: Timestamp,
    /// When the service must have ended it by itself.
    pub until: Timestamp,
    /// What came of ending it.
    pub ending: Ending,
}

/// What came of ending a visit early.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ending {
    /// Nobody asked for it.
    None,
    /// The service is being told.
    Asked,
    /// The service said that it is over.
    Confirmed(Timestamp),
    /// The service cannot be told, or did not confirm: it may stay open until its own end.
    NotConfirmed,
}

impl Ending {
    /// The word kept in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Asked => "asked",
            Self::Confirmed(_) => "confirmed",
            Self::NotConfirmed => "not-confirmed",
        }
    }

    /// Reads the word and, for a confirmed end, when.
    pub fn from_word(word: &str, at: Option<Timestamp>) -> Option<Self> {
        match (word, at) {
            ("none", _) => Some(Self::None),
            ("asked", _) => Some(Self::Asked),
            ("confirmed", Some(at)) => Some(Self::Confirmed(at)),
            ("not-confirmed", _) => Some(Self::NotConfirmed),
            _ => None,
        }
    }
}

/// When to tell a service again after `failures` tries: seconds at first, because somebody waits for it.
pub fn tell_again_after(failures: u32) -> Option<SignedDuration> {
    (failures < TRIES).then(|| SignedDuration::from_secs(1 << failures.min(8)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_are_kept_by_word() {
        let at = Timestamp::UNIX_EPOCH;
        for ending in [Ending::None, Ending::Asked, Ending::Confirmed(at), Ending::NotConfirmed] {
            assert_eq!(Ending::from_word(ending.word(), Some(at)), Some(ending));
        }
        assert_eq!(Ending::from_word("confirmed", None), None);
        assert_eq!(Ending::from_word("maybe", Some(at)), None);
    }

    #[test]
    fn telling_slows_down_and_ends() {
        assert_eq!(tell_again_after(0), Some(SignedDuration::from_secs(1)));
        assert_eq!(tell_again_after(5), Some(SignedDuration::from_secs(32)));
        assert_eq!(tell_again_after(6), None);
    }
}
