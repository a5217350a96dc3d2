//! Blocking one's own login and opening it again (NSIS 3.2.3; *spærre*, *genaktivere*).

use crate::standing::{Hold, Origin, Standing};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// A login its owner blocked this long ago is closed for good: it takes a full enrolment (NSIS 3.2.3).
pub const SUSPENSION_HOLDS: SignedDuration = SignedDuration::from_hours(24 * 30);
/// This long before that she is told.
pub const REVOCATION_TOLD: SignedDuration = SignedDuration::from_hours(24 * 7);
/// What changed this long before a block is suspect at the reopening (security decision 12).
pub const SUSPECT_BEFORE: SignedDuration = SignedDuration::from_hours(1);

/// By which door an owner blocked her login. Blocking needs less proof than using.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Door {
    /// Her open session, without another proof.
    Session,
    /// MitID, with the number HR registered.
    Mitid,
    /// The code on her printed sheet.
    Code,
    /// The link in a notice: "it was not me".
    Notice,
    /// User name and password. If a stranger knows them, blocking is right anyway.
    Password,
}

impl Door {
    /// Every door.
    pub const ALL: [Self; 5] = [Self::Session, Self::Mitid, Self::Code, Self::Notice, Self::Password];

    /// The word kept as the hold's reason and in the trail.
    pub fn word(self) -> &'static str {
        match self {
            Self::Session => "by-session",
            Self::Mitid => "by-mitid",
            Self::Code => "by-code",
            Self::Notice => "by-notice",
            Self::Password => "by-password",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|door| door.word() == word)
    }

    /// Whether the receipt may list services: only whoever showed a session or MitID is told where she was logged in
    /// (security decision 9).
    pub fn may_see_services(self) -> bool {
        matches!(self, Self::Session | Self::Mitid)
    }
}

/// Why an owner may not open her login herself.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CannotReopen {
    /// Nothing holds it.
    #[error("the login is not blocked")]
    NotBlocked,
    /// Somebody else holds it: whose hold it is tells whom to call.
    #[error("held by another than the owner")]
    HeldByOthers(Hold),
    /// Blocked for so long that it is closed; a full enrolment makes a new login.
    #[error("blocked for more than thirty days")]
    Revoked,
}

/// Whether its owner may open a login now: every open hold is hers to settle, and her own block young enough.
///
/// # Errors
/// [`CannotReopen`]
pub fn may_reopen(standing: &Standing, now: Timestamp) -> Result<(), CannotReopen> {
    if let Some(other) = standing.first_of_others() {
        return Err(CannotReopen::HeldByOthers(other.clone()));
    }
    match suspended_since(standing) {
        None if standing.is_active() => Err(CannotReopen::NotBlocked),
        Some(first) if now.duration_since(first) > SUSPENSION_HOLDS => Err(CannotReopen::Revoked),
        // Declined terms alone wait for as long as she likes.
        None | Some(_) => Ok(()),
    }
}

/// Since when the owner's own hold has lasted, while there is one: from it the thirty days count.
pub fn suspended_since(standing: &Standing) -> Option<Timestamp> {
    standing.holds().iter().filter(|hold| hold.origin == Origin::Owner).map(|hold| hold.at).min()
}

/// Since when a login is closed as its owner sees it: her own block; where only others' holds or declined terms close it,
/// the first of those. What was changed in the hour before is suspect (security decision 12).
pub fn blocked_since(standing: &Standing) -> Option<Timestamp> {
    suspended_since(standing).or_else(|| standing.holds().iter().map(|hold| hold.at).min())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Epoch;
    use proptest::prelude::*;

    fn hold(origin: Origin, second: i64) -> Hold {
        Hold {
            id: uuid::Uuid::from_u128(1).into(),
            origin,
            reason: "by-code".into(),
            at: Timestamp::from_second(second).unwrap(),
        }
    }
    fn standing(holds: Vec<Hold>) -> Standing {
        Standing::of(holds, Epoch(1))
    }

    #[test]
    fn only_ones_own_young_block_can_be_opened() {
        let now = Timestamp::from_second(100).unwrap();
        assert_eq!(may_reopen(&standing(vec![]), now), Err(CannotReopen::NotBlocked));
        assert_eq!(may_reopen(&standing(vec![hold(Origin::Owner, 0), hold(Origin::Owner, 50)]), now), Ok(()));
        let late = Timestamp::from_second(31 * 24 * 3600).unwrap();
        assert_eq!(may_reopen(&standing(vec![hold(Origin::Owner, 0)]), late), Err(CannotReopen::Revoked));
    }

    proptest! {
        #[test]
        fn anybody_elses_hold_is_never_opened_by_the_owner(
            own in prop::collection::vec(0i64..1000, 0..4),
            other in prop::sample::select(vec![
                Origin::ServiceDesk, Origin::Security, Origin::Register, Origin::Association, Origin::Reconfirmation,
            ]),
            place in 0usize..4,
        ) {
            let mut holds: Vec<Hold> = own.into_iter().map(|at| hold(Origin::Owner, at)).collect();
            holds.insert(place.min(holds.len()), hold(other, 500));
            let refused = may_reopen(&standing(holds), Timestamp::from_second(1000).unwrap());
            prop_assert!(matches!(refused, Err(CannotReopen::HeldByOthers(hold)) if hold.origin == other));
        }
    }

    #[test]
    fn declined_terms_are_hers_to_settle_and_never_run_out() {
        let late = Timestamp::from_second(90 * 24 * 3600).unwrap();
        assert_eq!(may_reopen(&standing(vec![hold(Origin::Terms, 0)]), late), Ok(()));
        let both = standing(vec![hold(Origin::Terms, 0), hold(Origin::Owner, 1)]);
        assert_eq!(may_reopen(&both, late), Err(CannotReopen::Revoked), "her own block does");
        let others = standing(vec![hold(Origin::Terms, 0), hold(Origin::Security, 1)]);
        assert!(matches!(may_reopen(&others, late), Err(CannotReopen::HeldByOthers(_))));
    }

    #[test]
    fn it_is_closed_since_her_own_block_and_without_one_since_the_first_hold() {
        let at = |second| Some(Timestamp::from_second(second).unwrap());
        let own = [hold(Origin::Terms, 10), hold(Origin::Owner, 30), hold(Origin::Owner, 20)];
        assert_eq!(blocked_since(&standing(own.to_vec())), at(20));
        let terms = [hold(Origin::Terms, 30), hold(Origin::Terms, 10)];
        assert_eq!(blocked_since(&standing(terms.to_vec())), at(10));
        assert_eq!(blocked_since(&standing(vec![])), None);
    }

    #[test]
    fn doors_are_kept_by_word_and_only_two_show_services() {
        for door in Door::ALL {
            assert_eq!(Door::from_word(door.word()), Some(door));
        }
        let showing: Vec<Door> = Door::ALL.into_iter().filter(|door| door.may_see_services()).collect();
        assert_eq!(showing, [Door::Session, Door::Mitid]);
    }
}
