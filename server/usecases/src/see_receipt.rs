//! The receipt of a block, as long as the block lasts.

use crate::context::Cx;
use crate::fault::Fault;
use crate::suspend::Receipt;
use domain::Timestamp;
use domain::ids::{RelyingPartyId, SessionId};
use domain::visit::{Ending, Visit};
use std::collections::BTreeMap;

/// What of her sessions at services is known now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptSeen {
    /// The receipt.
    pub receipt: Receipt,
    /// Where she was logged in; none when too little is known of who sits here.
    pub services: Option<Vec<ServiceSeen>>,
}

/// One service of a receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceSeen {
    /// What people call it.
    pub name: String,
    /// Until when it may stay open by itself.
    pub until: Timestamp,
    /// What came of ending it.
    pub ending: Ending,
}

/// Reads it again: what services answered meanwhile shows. None once the login was opened again.
pub async fn see_receipt(cx: &Cx, receipt: &Receipt) -> Result<Option<ReceiptSeen>, Fault> {
    let mut tx = cx.house.store.reading("see_receipt").await?;
    let standing = tx.standing(receipt.person).await?;
    if !standing.holds().iter().any(|hold| hold.id == receipt.hold) {
        return Ok(None);
    }
    let mut services = Vec::new();
    if receipt.lists_services {
        // As of the block: what ended by itself meanwhile was open then, and what she opened later is not hers to be
        // told of here.
        let visits = tx.visits_of(receipt.person, receipt.at).await?;
        for ((service, _), (until, ending)) in stays_of(visits.iter().filter(|it| it.began_at <= receipt.at))
        {
            let known = tx.connection(service).await?;
            let name = known.map(|it| it.display_name().to_owned()).unwrap_or_default();
            services.push(ServiceSeen { name, until, ending });
        }
    }
    let services = receipt.lists_services.then_some(services);
    Ok(Some(ReceiptSeen { receipt: receipt.clone(), services }))
}

type Stays = BTreeMap<(RelyingPartyId, SessionId), (Timestamp, Ending)>;

/// One line for each browser of hers at each service: the latest end, and the worst of what came of ending them.
fn stays_of<'a>(visits: impl Iterator<Item = &'a Visit>) -> Stays {
    visits.fold(Stays::new(), |mut stays, visit| {
        let stay = stays.entry((visit.relying_party, visit.session)).or_insert((visit.until, visit.ending));
        let worse = if rank(visit.ending) > rank(stay.1) { visit.ending } else { stay.1 };
        *stay = (stay.0.max(visit.until), worse);
        stays
    })
}

/// The higher, the longer it may stay open; of confirmed ends the later one.
fn rank(ending: Ending) -> (u8, Option<Timestamp>) {
    match ending {
        Ending::Confirmed(at) => (0, Some(at)),
        Ending::Asked => (1, None),
        Ending::None | Ending::NotConfirmed => (2, None),
    }
}
