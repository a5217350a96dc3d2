//! Telling services that a session is over, without the browser (SAML profiles 4.4; security decision 11).

use crate::context::{Cx, House, Source};
use crate::fault::Fault;
use crate::issue::message_id;
use crate::ports::saml::{LogoutAsk, SoapLine};
use crate::record::{Entry, record};
use core::net::{IpAddr, Ipv4Addr};
use domain::audit::EventKind;
use domain::connection::Connection;
use domain::ids::RelyingPartyId;
use domain::oidc::client::Client;
use domain::relying_party::RelyingParty;
use domain::visit::{Ending, Visit, tell_again_after};
use domain::{SignedDuration, Timestamp};
use std::sync::Arc;
use tokio::task::JoinSet;

/// How long a taken visit is ours.
const LEASE: SignedDuration = SignedDuration::from_secs(60);

/// Services that are due to be told. Each is told apart from all others: one that does not answer delays its own alone.
pub async fn services_to_tell(house: &House) -> Result<Vec<RelyingPartyId>, Fault> {
    let mut tx = house.store.look("services_to_tell").await?;
    Ok(tx.services_to_tell(house.clock.now()).await?)
}

/// Tells one service of at most `limit` visits that are due, all at once; gives how many were settled one way or the
/// other.
pub async fn end_visits(
    house: &Arc<House>,
    line: &Arc<dyn SoapLine>,
    service: RelyingPartyId,
    limit: u32,
) -> Result<usize, Fault> {
    let now = house.clock.now();
    let lease = now.saturating_add(LEASE).unwrap_or(now);
    let mut tx = house.store.begin_at_once("take_visits").await?;
    let due = tx.take_visits_to_end(service, now, lease, limit).await?;
    tx.commit().await?;
    let many = due.len();
    // Dropped with its caller: what was not settled is told again after its lease.
    let mut told = JoinSet::new();
    for (visit, failures) in due {
        let (house, line) = (Arc::clone(house), Arc::clone(line));
        told.spawn(async move { end(&house, line.as_ref(), &visit, failures).await });
    }
    let outcomes = told.join_all().await;
    outcomes.into_iter().collect::<Result<(), Fault>>()?;
    Ok(many)
}

async fn end(house: &Arc<House>, line: &dyn SoapLine, visit: &Visit, failures: u32) -> Result<(), Fault> {
    let source = Source { address: IpAddr::V4(Ipv4Addr::LOCALHOST), agent: String::new() };
    let cx = Cx::new(Arc::clone(house), source, uuid::Uuid::nil().into())?;
    let confirmed = ask(&cx, line, visit).await;
    let mut tx = house.store.begin_at_once("end_visit").await?;
    let entry = Entry::by_system(EventKind::ServiceTold).about(visit.person).fact("visit", visit.id);
    let now = house.clock.now();
    let entry = match (&confirmed, tell_again_after(failures).and_then(|pause| now.checked_add(pause).ok())) {
        (Ok(()), _) => {
            tx.end_visit(visit.id, Ending::Confirmed(now), None).await?;
            entry.fact("outcome", "confirmed")
        }
        (Err(why), Some(retry)) if retry < visit.until => {
            tx.visit_not_ended(visit.id, retry).await?;
            entry.fact("outcome", "again").fact("why", why)
        }
        (Err(why), _) => {
            tx.end_visit(visit.id, Ending::NotConfirmed, None).await?;
            entry.fact("outcome", "not-confirmed").fact("why", why)
        }
    };
    record(&cx, tx.as_mut(), entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Why a service did not confirm, as a word for the trail.
async fn ask(cx: &Cx, line: &dyn SoapLine, visit: &Visit) -> Result<(), String> {
    let connection = {
        let mut tx = cx.house.store.look("end_visit").await.map_err(|_| "store")?;
        tx.connection(visit.relying_party).await.map_err(|_| "store")?.ok_or("service-gone")?
    };
    match connection {
        Connection::Saml(service) => ask_service(cx, line, &service, visit).await,
        Connection::Oidc(client) => tell_application(cx, line, &client, visit).await,
    }
}

/// An application is told, and a plain yes is its answer (OIDC Back-Channel Logout 2.8).
async fn tell_application(
    cx: &Cx,
    line: &dyn SoapLine,
    client: &Client,
    visit: &Visit,
) -> Result<(), String> {
    let id: uuid::Uuid = cx.handle().map_err(|_| "no-id")?;
    let now = cx.house.clock.now();
    let told = cx.house.oidc.logout(client, visit, id.to_string(), now).map_err(|why| why.to_string())?;
    line.tell(&told).await.map_err(|down| down.to_string())
}

async fn ask_service(
    cx: &Cx,
    line: &dyn SoapLine,
    service: &RelyingParty,
    visit: &Visit,
) -> Result<(), String> {
    let ask = LogoutAsk {
        id: message_id(cx).map_err(|_| "no-id")?,
        name_id: visit.name_id.clone(),
        session_index: visit.session_index.clone(),
        at: cx.now,
    };
    let message = cx.house.saml.logout(service, &ask).map_err(|why| why.reason)?;
    let answer = line.ask(&message).await.map_err(|down| down.to_string())?;
    let now: Timestamp = cx.house.clock.now();
    cx.house.saml.logged_out(service, &ask, &answer, now).map_err(|why| why.reason)
}
