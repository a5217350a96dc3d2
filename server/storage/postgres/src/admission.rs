//! All that stands between what somebody showed and her session, in three questions: it is asked at every sign-in.

use crate::shared::{ProvedRow, fault};
use crate::tx::PgTx;
use domain::audit::EventKind;
use domain::ids::{Epoch, PersonId};
use domain::publication::Published;
use domain::reconfirmation::Proved;
use domain::standing::Standing;
use domain::terms::Accepted;
use sqlx::types::{Json, Uuid};
use usecases::ports::store::{Admission, Relations as _, StoreFault};
use usecases::ports::vault::Mac;

/// What there is once of her.
struct AdmissionRow {
    epoch: i64,
    held: bool,
    renamed_at: Option<i64>,
    proved_at: Option<i64>,
    level: Option<String>,
    accepted: Option<Json<Accepted>>,
    /// The newest first.
    published: Option<Json<Vec<Published>>>,
    elsewhere: bool,
}

/// See [`usecases::ports::store::Sessions::admission`]. First the lock and then the look: a statement that waits for a lock
/// goes on with what it saw before.
pub(crate) async fn of(
    tx: &mut PgTx,
    id: PersonId,
    sources: &[Mac],
) -> Result<Option<Admission>, StoreFault> {
    if !tx.holds_steady(id).await? {
        return Ok(None);
    }
    let Some(row) = once(tx, Uuid::from(id), sources).await? else { return Ok(None) };
    let associations = tx.associations_of(id).await?;
    let holds = if row.held { tx.holds_of(id).await? } else { Vec::new() };
    let renamed_at = row.renamed_at;
    let proved = row.proved_at.zip(row.level).map(|(at, level)| ProvedRow { at, level, renamed_at });
    Ok(Some(Admission {
        standing: Standing::of(holds, Epoch(row.epoch)),
        associations,
        published: row.published.map_or_else(Vec::new, |Json(published)| published),
        accepted: row.accepted.map(|Json(accepted)| accepted.terms),
        proved: proved.map(Proved::try_from).transpose()?,
        elsewhere: row.elsewhere,
    }))
}

/// A sign-in of hers is looked for among her own rows of the trail: those of the kind are everybody's.
async fn once(tx: &mut PgTx, person: Uuid, sources: &[Mac]) -> Result<Option<AdmissionRow>, StoreFault> {
    let sources = listed(sources);
    let signed_in = EventKind::SignedIn.word();
    let row = sqlx::query_as!(
        AdmissionRow,
        r#"select p.epoch as "epoch!", exists (select 1 from holds h where h.person = p.id) as "held!",
           p.renamed_at as "renamed_at?", f.at as "proved_at?", f.level as "level?", c.accepted as "accepted?: _",
           (select json_agg(t.record order by t.number desc) from terms_published t) as "published?: _",
           case when exists (select 1 from known_sources s where s.person = p.id and s.source = any($2)) then false
                else exists (select 1 from audit_events e where e.subject = p.id and e.kind || '' = $3) end as "elsewhere!"
           from persons p
           left join lateral (select at, level from proofings where person = p.id
               and at > coalesce(p.proofs_void_at, -1) order by at desc, id desc limit 1) f on true
           left join lateral (select accepted from acceptances where person = p.id
               order by at desc, id desc limit 1) c on true
           where p.id = $1"#,
        person,
        &sources,
        signed_in
    );
    row.fetch_optional(tx.db()).await.map_err(fault)
}

/// MACs as one value.
pub(crate) fn listed(macs: &[Mac]) -> Vec<Vec<u8>> {
    macs.iter().map(|mac| mac.to_vec()).collect()
}
