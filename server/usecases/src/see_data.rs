//! The page about her own data (page 41).

use crate::called::{service_of, services_of};
use crate::context::Cx;
use crate::fault::Fault;
use crate::ports::store::Tx;
use crate::ports::vault::KeyUse;
use crate::record::cpr_place;
use crate::who::Here;
use domain::Timestamp;
use domain::audit::EventKind;
use domain::ids::PersonId;
use std::collections::BTreeMap;

/// How many of the newest rows are looked at for who was told: years of an ordinary login.
const TOLD: u32 = 1_000;

/// What the page about her data shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AboutHer {
    /// Her number, masked.
    pub cpr: String,
    /// The units she works in.
    pub units: Vec<String>,
    /// Services that were told about her, and when last; the latest first.
    pub told: Vec<(String, Timestamp)>,
}

/// Reads it. Only ever her own: who she is comes from the session, never from the request.
pub async fn see_data(cx: &Cx, here: &Here) -> Result<AboutHer, Fault> {
    let mut tx = cx.house.store.reading("see_data").await?;
    let today = cx.today();
    let relations = tx.associations_of(here.person.id).await?;
    let units = relations.into_iter().filter(|it| it.active_on(today)).map(|it| it.unit).collect();
    let cpr = masked_cpr(cx, tx.as_mut(), here.person.id).await?;
    Ok(AboutHer { cpr, units, told: told(tx.as_mut(), here.person.id).await? })
}

/// Who was given something about her (GDPR, article 15(1)(c)).
async fn told(tx: &mut dyn Tx, id: PersonId) -> Result<Vec<(String, Timestamp)>, Fault> {
    let kinds = [EventKind::TokenIssued, EventKind::TokenRenewed, EventKind::ClaimsTold];
    let rows = tx.rows_about(id, &kinds.map(EventKind::word), TOLD).await?;
    let names = services_of(tx, &rows).await?;
    let mut last = BTreeMap::new();
    for row in &rows {
        if let Some(name) = service_of(row).and_then(|id| names.get(&id)) {
            let at = last.entry(name.clone()).or_insert(row.at);
            *at = row.at.max(*at);
        }
    }
    let mut told: Vec<_> = last.into_iter().collect();
    told.sort_by_key(|(_, at)| std::cmp::Reverse(*at));
    Ok(told)
}

/// The date of birth in her number; what follows it opens doors and stays sealed.
pub(crate) async fn masked_cpr(cx: &Cx, tx: &mut dyn Tx, id: PersonId) -> Result<String, Fault> {
    let Some(sealed) = tx.cpr_of(id).await? else { return Ok(String::new()) };
    let clear = cx.house.vault.open(KeyUse::CprSeal, &cpr_place(id), &sealed)?;
    let birth = clear.get(..6).and_then(|digits| core::str::from_utf8(digits).ok()).unwrap_or_default();
    Ok(format!("{birth}-****"))
}
