//! Where she is logged in (page 40), and ending one or all of it. Ending takes no step-up: it only takes away.

use crate::context::Cx;
use crate::fault::Fault;
use crate::leave_services::{WayOut, leave_services, way_out};
use crate::ports::store::Tx;
use crate::record::{Entry, record};
use crate::see_activity::{ROWS, personal};
use crate::who::Here;
use domain::Timestamp;
use domain::audit::EventKind;
use domain::connection::{Connection, LogoutKind};
use domain::ids::SessionId;
use domain::leaving::Asker;
use domain::session::Session;
use std::collections::BTreeMap;

/// One of her sessions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionSeen {
    /// Which.
    pub id: SessionId,
    /// Since when.
    pub began_at: Timestamp,
    /// Last used, to the minute.
    pub seen_at: Timestamp,
    /// When it ends if it is not used again.
    pub ends_at: Timestamp,
    /// The one she looks with.
    pub this: bool,
    /// What the browser said about itself when it began, where that was kept.
    pub browser: String,
    /// The address it began from, where that was kept.
    pub address: String,
}

/// A service she is logged in to by us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceOpen {
    /// What people call it.
    pub name: String,
    /// Since when.
    pub began_at: Timestamp,
    /// Until when it may stay open by itself.
    pub until: Timestamp,
    /// How it comes to know that she signed out.
    pub logout: LogoutKind,
}

/// What was ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    /// How many sessions.
    pub many: u64,
    /// The way out through services of the session she looked with, where that was among them and she was at any.
    pub way: Option<WayOut>,
}

/// Her live sessions, the newest first, and services that may be open.
pub async fn see_sessions(cx: &Cx, here: &Here) -> Result<(Vec<SessionSeen>, Vec<ServiceOpen>), Fault> {
    let mut tx = cx.house.store.reading("see_sessions").await?;
    let times = cx.house.policy.session;
    let sessions = tx.sessions_of(here.person.id).await?;
    let mut began = beginnings(cx, tx.as_mut(), here).await?;
    let live = sessions.into_iter().filter(|it| alive(cx, here, it)).map(|it| {
        let mut from = began.remove(&it.id.to_string()).unwrap_or_default();
        SessionSeen {
            id: it.id,
            began_at: it.began_at,
            seen_at: it.seen_at,
            ends_at: it.ends_at(times),
            this: it.id == here.session.id,
            browser: from.remove("browser").unwrap_or_default(),
            address: from.remove("address").unwrap_or_default(),
        }
    });
    let live = live.collect();
    let mut services = Vec::new();
    for visit in tx.visits_of(here.person.id, cx.now).await? {
        let connection = tx.connection(visit.relying_party).await?;
        let logout = connection.as_ref().map_or(LogoutKind::None, Connection::logout);
        let name = connection.map(|it| it.display_name().to_owned()).unwrap_or_default();
        let (began_at, until) = (visit.began_at, visit.until);
        services.push(ServiceOpen { name, began_at, until, logout });
    }
    Ok((live, services))
}

/// Where from each of her sessions began, by its id: the session itself holds none of it, the sign-in's event does.
async fn beginnings(
    cx: &Cx,
    tx: &mut dyn Tx,
    here: &Here,
) -> Result<BTreeMap<String, BTreeMap<String, String>>, Fault> {
    let person = here.person.id;
    let key = tx.trail_key_of(person).await?.ok_or(Fault::NoPersonKey)?;
    let rows = tx.rows_about(person, &[EventKind::SignedIn.word()], ROWS).await?;
    let began = rows.iter().filter_map(|row| {
        let mut facts: BTreeMap<String, String> = serde_json::from_str(&row.facts).ok()?;
        Some((facts.remove("session")?, personal(&cx.house, person, &key, row)))
    });
    Ok(began.collect())
}

/// In its own browser, as it would be there.
fn alive(cx: &Cx, here: &Here, session: &Session) -> bool {
    session.alive(session.browser, here.person.epoch, cx.house.policy.session, cx.now).is_ok()
}

/// Ends one of hers, in whichever browser. Another's, or one that is over, changes nothing.
pub async fn end_session(cx: &Cx, here: &Here, id: SessionId) -> Result<Ended, Fault> {
    end(cx, here, |session| session.id == id).await
}

/// Ends every one of hers, this one too.
pub async fn end_all_sessions(cx: &Cx, here: &Here) -> Result<Ended, Fault> {
    end(cx, here, |_| true).await
}

async fn end(cx: &Cx, here: &Here, which: impl Fn(&Session) -> bool + Send) -> Result<Ended, Fault> {
    let person = here.person.id;
    let mut tx = cx.house.store.begin("end_sessions").await?;
    tx.person_for_update(person).await?;
    let mut ended = Ended { many: 0, way: None };
    for session in tx.sessions_of(person).await?.into_iter().filter(|it| which(it)) {
        if tx.end_session(session.id, cx.now).await? {
            let entry = Entry::by(EventKind::SignedOut, person).fact("session", session.id);
            let own = session.id == here.session.id;
            record(cx, tx.as_mut(), entry.fact("from", if own { "here" } else { "elsewhere" })).await?;
            if own {
                ended.way = way_out(cx, tx.as_mut(), &session, Asker::Portal).await?;
            } else {
                // Another browser's services are not within reach of this one.
                leave_services(cx, tx.as_mut(), person, session.id).await?;
            }
            ended.many += 1;
        }
    }
    tx.commit().await?;
    Ok(ended)
}
