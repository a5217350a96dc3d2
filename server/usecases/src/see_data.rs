//! The page about her own data (page 41).

use crate::context::Cx;
use crate::fault::Fault;
use crate::ports::store::Tx;
use crate::ports::vault::KeyUse;
use crate::record::cpr_place;
use crate::who::Here;
use domain::ids::PersonId;

/// What the page about her data shows: her masked number and the units she works in.
pub async fn see_data(cx: &Cx, here: &Here) -> Result<(String, Vec<String>), Fault> {
    let mut tx = cx.house.store.reading("see_data").await?;
    let today = cx.today();
    let relations = tx.associations_of(here.person.id).await?;
    let units = relations.into_iter().filter(|it| it.active_on(today)).map(|it| it.unit).collect();
    Ok((masked_cpr(cx, tx.as_mut(), here.person.id).await?, units))
}

/// The date of birth in her number; what follows it opens doors and stays sealed.
pub(crate) async fn masked_cpr(cx: &Cx, tx: &mut dyn Tx, id: PersonId) -> Result<String, Fault> {
    let Some(sealed) = tx.cpr_of(id).await? else { return Ok(String::new()) };
    let clear = cx.house.vault.open(KeyUse::CprSeal, &cpr_place(id), &sealed)?;
    let birth = clear.get(..6).and_then(|digits| core::str::from_utf8(digits).ok()).unwrap_or_default();
    Ok(format!("{birth}-****"))
}
