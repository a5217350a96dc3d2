//! A session of ours is over, or a login is closed: services that can be told without the browser are told, inside the
//! transaction of the use case that ends it (NSIS 6.5; OIDC Back-Channel Logout; SAML logout over SOAP). The queue is
//! worked off by `end_visits`.

use crate::context::Cx;
use crate::fault::Fault;
use crate::ports::store::Tx;
use domain::ids::{PersonId, SessionId};
use domain::visit::Ending;

/// Asks those that can be told to end what came of this session; the others keep it until it ends by itself.
pub(crate) async fn leave_services(
    cx: &Cx,
    tx: &mut dyn Tx,
    person: PersonId,
    session: SessionId,
) -> Result<(), Fault> {
    let visits = tx.visits_of(person, cx.now).await?;
    for visit in visits.iter().filter(|it| it.session == session && it.ending == Ending::None) {
        if tx.connection(visit.relying_party).await?.is_some_and(|known| known.is_told()) {
            tx.end_visit(visit.id, Ending::Asked, Some(cx.now)).await?;
        }
    }
    Ok(())
}

/// Services that can be told without her browser are told; of the others the receipt says how long they may stay open.
pub(crate) async fn end_visits(cx: &Cx, tx: &mut dyn Tx, person: PersonId) -> Result<(), Fault> {
    for service in tx.services_visited(person, cx.now).await? {
        let told = tx.connection(service).await?.is_some_and(|known| known.is_told());
        let (ending, due) = if told { (Ending::Asked, Some(cx.now)) } else { (Ending::NotConfirmed, None) };
        tx.end_visits_at(person, service, ending, due).await?;
    }
    Ok(())
}
