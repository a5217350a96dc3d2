//! A right password that is known from leaks: she is told and asked to change it, and past its grace her login is held
//! (security decision 8). What was found is in the trail; nothing is kept of the password itself.

use crate::context::Cx;
use crate::fault::Fault;
use crate::hold::hold;
use crate::ports::store::Tx;
use crate::record::{Entry, record, tell};
use crate::suspend::warn_in_time;
use domain::audit::{Actor, EventKind};
use domain::ids::PersonId;
use domain::notice::Template;
use domain::password::{LEAKED_GRACE, LEAKED_HOLD};
use domain::standing::{Hold, Origin};
use domain::{Date, Timestamp};

/// The last day a password may be used that was found leaked then.
pub(crate) fn last_day(found_at: Timestamp) -> Date {
    domain::calendar::copenhagen_day(until(found_at))
}

fn until(found_at: Timestamp) -> Timestamp {
    found_at.saturating_add(LEAKED_GRACE).unwrap_or(found_at)
}

/// Until when a leaked password may be used, counted from the first sign-in it was found at; that one is written and told.
/// Her row is held steady, so nobody replaces it meanwhile.
pub(crate) async fn grace(cx: &Cx, tx: &mut dyn Tx, person: PersonId) -> Result<Timestamp, Fault> {
    let set_at = tx.password_set_at(person).await?;
    let found = tx.rows_about(person, &[EventKind::PasswordLeaked.word()], 1).await?;
    let of_this_one = |at: &Timestamp| set_at.is_none_or(|set| set <= *at);
    if let Some(at) = found.first().map(|row| row.at).filter(of_this_one) {
        return Ok(until(at));
    }
    let until = until(cx.now);
    record(cx, tx, Entry::by(EventKind::PasswordLeaked, person).fact("until", until)).await?;
    tell(cx, tx, person, Template::PasswordLeaked).await?;
    Ok(until)
}

/// What came of closing a login.
pub(crate) enum Closed {
    /// It is held for it, by this answer or by one beside it.
    Held(Hold),
    /// It was held for something else meanwhile, which ended whatever was under way.
    HeldOtherwise,
    /// She has another password by now.
    Replaced,
}

/// Past its grace her login is held, as her own: nobody else has to let her in again, she opens it with MitID, another
/// password and her login methods gone through. In a transaction of its own, for a hold locks flows and person in an order
/// of its own; so whether she still has the password with this hash is asked again, her row locked.
pub(crate) async fn close(cx: &Cx, person: PersonId, leaked: Option<&str>) -> Result<Closed, Fault> {
    let mut tx = cx.house.store.begin("hold_leaked_password").await?;
    tx.person_for_update(person).await?;
    if tx.password_hash(person).await?.as_deref() != leaked {
        return Ok(Closed::Replaced);
    }
    let standing = tx.standing(person).await?;
    if let Some(held) = standing.holds().iter().find(|hold| hold.reason == LEAKED_HOLD) {
        return Ok(Closed::Held(held.clone()));
    }
    if !standing.is_active() {
        return Ok(Closed::HeldOtherwise);
    }
    let id = hold(cx, tx.as_mut(), person, &Actor::System, (Origin::Owner, LEAKED_HOLD)).await?;
    warn_in_time(cx, tx.as_mut(), person).await?;
    tell(cx, tx.as_mut(), person, Template::HeldForLeak).await?;
    tx.commit().await?;
    Ok(Closed::Held(Hold { id, origin: Origin::Owner, reason: LEAKED_HOLD.to_owned(), at: cx.now }))
}
