//! Writes rows of the trail past the use cases, as they do: what a crowd did is written by the hundred.

use super::Known;
use domain::audit::{FORMAT, Row};
use domain::ids::EventId;
use usecases::context::Cx;
use usecases::ports::store::Tx;
use usecases::ports::vault::KeyUse;

/// Writes it, at the instant of the request; where from is sealed.
pub(super) async fn write(cx: &Cx, tx: &mut dyn Tx, known: &Known) {
    let id: EventId = cx.id().expect("chance");
    let place = format!("audit_events/personal/{id}");
    let clear = format!(r#"{{"address":"{}","browser":"{}"}}"#, cx.source.address, cx.source.agent);
    let vault = &cx.house.vault;
    let personal = match known.by.seals_for(known.about) {
        Some(person) => {
            let key = tx.trail_key_of(person).await.expect("a store").expect("a key");
            vault.seal_for(person, &key, &place, clear.as_bytes()).expect("a vault")
        }
        None => vault.seal(KeyUse::People, &place, clear.as_bytes()).expect("a vault").0,
    };
    let origin = tx.mark(cx.house.keeping.instance);
    let mut row = Row {
        id,
        format: FORMAT,
        at: known.at,
        kind: known.kind.word().to_owned(),
        actor: serde_json::to_string(&known.by).expect("an actor"),
        subject: known.about,
        request: cx.request,
        facts: serde_json::to_string(&known.facts).expect("facts"),
        personal,
        origin: Some(origin),
        mac: [0; 32],
    };
    row.mac = vault.mac(KeyUse::Trail, &row.encoded()).expect("a vault");
    tx.append(&row).await.expect("a store");
}
