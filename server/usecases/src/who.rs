//! Who sits at this browser, and until when.

use crate::context::Cx;
use crate::fault::Fault;
use crate::leave_services::{WayOut, way_out};
use crate::ports::records::Along;
use crate::ports::store::{StoreFault, Tx};
use crate::record::{Entry, record};
use domain::Timestamp;
use domain::audit::EventKind;
use domain::ids::PersonId;
use domain::leaving::Asker;
use domain::person::Person;
use domain::session::Session;

/// Somebody who is signed in here now.
#[derive(Clone, Debug)]
pub struct Here {
    /// Who.
    pub person: Person,
    /// In which session.
    pub session: Session,
    /// When it ends if it is not used again.
    pub ends_at: Timestamp,
}

/// Who is signed in at this browser; notes the use at most once a minute. The session's epoch is compared with the
/// person's at every request, so a hold ends it at once.
pub async fn who(cx: &Cx) -> Result<Option<Here>, Fault> {
    match who_waits(cx).await? {
        Some(here) => Ok(Some(note_use(cx, here).await?)),
        None => Ok(None),
    }
}

/// Notes at most once a minute that she uses her session, which goes on by it.
pub async fn note_use(cx: &Cx, mut here: Here) -> Result<Here, Fault> {
    if here.session.wants_touch(cx.now) {
        // Ahead of the line: nobody who is signed in waits behind a storm of strangers' passwords, least of all to block.
        let mut tx = cx.house.store.begin_at_once("touch_session").await?;
        tx.touch_session(here.session.id, cx.now).await?;
        tx.commit().await?;
        here.session.seen_at = cx.now;
        here.ends_at = here.session.ends_at(cx.house.policy.session);
    }
    Ok(here)
}

/// The same, and no use is noted: for a page that asks by itself how far something is, as she may have left, and for whoever
/// sees first whether her cookie was given that session. It keeps no session open.
pub async fn who_waits(cx: &Cx) -> Result<Option<Here>, Fault> {
    let mut tx = cx.house.store.look("who").await?;
    let found = tx.session_with_person(cx.browser).await?;
    Ok(found.and_then(|found| alive(cx, found)))
}

/// The same where it was found along with her browser's record; else it is asked for.
pub async fn who_waits_along(cx: &Cx, along: Option<Along>) -> Result<Option<Here>, Fault> {
    match along.filter(|along| along.browser == cx.browser) {
        Some(along) => Ok(along.here.and_then(|found| alive(cx, found))),
        None => who_waits(cx).await,
    }
}

/// Whether she is the one signed in at this browser, as what is changed now finds it. A session that cannot be read is none:
/// no block fails for what its receipt may tell.
pub(crate) async fn is_signed_in(cx: &Cx, tx: &mut dyn Tx, person: PersonId) -> Result<bool, Fault> {
    let found = match tx.session_with_person(cx.browser).await {
        Err(StoreFault::Unreadable(what)) => {
            tracing::error!(what, "the session of a browser that blocks cannot be read");
            return Ok(false);
        }
        found => found?,
    };
    Ok(found.and_then(|found| alive(cx, found)).is_some_and(|here| here.person.id == person))
}

fn alive(cx: &Cx, (session, person): (Session, Person)) -> Option<Here> {
    let times = cx.house.policy.session;
    session.alive(cx.browser, person.epoch, times, cx.now).ok()?;
    Some(Here { ends_at: session.ends_at(times), person, session })
}

/// Ends the session of this browser. Without one it is no fault: she is signed out. Gives the way out through services,
/// where she was at any.
pub async fn sign_out(cx: &Cx) -> Result<Option<WayOut>, Fault> {
    sign_out_for(cx, Asker::Portal).await
}

/// The same for whoever wants to hear how it went.
pub(crate) async fn sign_out_for(cx: &Cx, asker: Asker) -> Result<Option<WayOut>, Fault> {
    let mut tx = cx.house.store.begin("sign_out").await?;
    let way = end_here(cx, tx.as_mut(), asker).await?;
    tx.commit().await?;
    Ok(way)
}

/// The same within what is changed anyway.
pub(crate) async fn end_here(cx: &Cx, tx: &mut dyn Tx, asker: Asker) -> Result<Option<WayOut>, Fault> {
    let Some(session) = tx.session_in(cx.browser).await? else { return Ok(None) };
    // A token that is being issued out of it is seen from here on, or sees that it is over.
    tx.person_for_update(session.person).await?;
    if !tx.end_session(session.id, cx.now).await? {
        return Ok(None);
    }
    let entry = Entry::by(EventKind::SignedOut, session.person).fact("session", session.id);
    record(cx, tx, entry).await?;
    way_out(cx, tx, &session, asker).await
}
