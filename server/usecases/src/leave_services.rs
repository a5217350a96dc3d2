//! A session of ours is over: applications that can be told without the browser are told, inside the transaction of the use
//! case that ends it (NSIS 6.5; OIDC Back-Channel Logout). Told by `end_visits`, like after a block.

use crate::context::Cx;
use crate::fault::Fault;
use crate::ports::store::Tx;
use domain::connection::Connection;
use domain::ids::{PersonId, SessionId};
use domain::visit::Ending;

/// Asks them to end what came of this session. SAML services keep to their own single logout.
pub(crate) async fn leave_services(
    cx: &Cx,
    tx: &mut dyn Tx,
    person: PersonId,
    session: SessionId,
) -> Result<(), Fault> {
    let visits = tx.visits_of(person, cx.now).await?;
    for visit in visits.iter().filter(|it| it.session == session && it.ending == Ending::None) {
        if let Some(connection @ Connection::Oidc(_)) = tx.connection(visit.relying_party).await?
            && connection.is_told()
        {
            tx.end_visit(visit.id, Ending::Asked, Some(cx.now)).await?;
        }
    }
    Ok(())
}
