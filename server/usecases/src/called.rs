//! What people call the services that events name by their own ids.

use crate::fault::Fault;
use crate::ports::store::Tx;
use domain::audit::Row;
use std::collections::{BTreeMap, BTreeSet};

/// The id of the service an event names, where it names one.
pub(crate) fn service_of(row: &Row) -> Option<String> {
    let facts: BTreeMap<String, String> = serde_json::from_str(&row.facts).ok()?;
    facts.get("service").cloned()
}

/// The names of all services these rows name, by their ids; one that is connected no more keeps its id as its name.
pub(crate) async fn services_of(tx: &mut dyn Tx, rows: &[Row]) -> Result<BTreeMap<String, String>, Fault> {
    let ids: BTreeSet<_> = rows.iter().filter_map(service_of).collect();
    let mut names = BTreeMap::new();
    for id in ids {
        let name = called(tx, &id).await?;
        names.insert(id, name);
    }
    Ok(names)
}

async fn called(tx: &mut dyn Tx, id: &str) -> Result<String, Fault> {
    if let Some(service) = tx.relying_party_by_entity(id).await? {
        return Ok(service.display_name);
    }
    let client = tx.client(id).await?;
    Ok(client.map_or_else(|| id.to_owned(), |client| client.display_name))
}
