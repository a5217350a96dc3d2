//! What a right password is held against once more, in three questions.

use crate::admission::listed;
use crate::shared::fault;
use crate::tx::PgTx;
use domain::audit::EventKind;
use domain::ids::{Epoch, FlowId, PersonId};
use domain::standing::Standing;
use sqlx::types::Uuid;
use usecases::ports::store::{Flows as _, PasswordShown, StoreFault};
use usecases::ports::vault::Mac;

/// What there is of her.
struct ShownRow {
    epoch: i64,
    hash: Option<String>,
    held: bool,
    has_keys: bool,
    elsewhere: bool,
}

/// See [`usecases::ports::store::Credentials::password_shown`]. First the locks and then the look: a statement that waits for
/// a lock goes on with what it saw before.
pub(crate) async fn of(
    tx: &mut PgTx,
    flow: FlowId,
    id: PersonId,
    sources: &[Mac],
) -> Result<PasswordShown, StoreFault> {
    let flow = tx.flow_for_update(flow).await?;
    let row = if tx.holds_steady(id).await? { once(tx, Uuid::from(id), sources).await? } else { None };
    let Some(row) = row else {
        return Ok(PasswordShown { flow, standing: None, hash: None, has_keys: false, elsewhere: false });
    };
    let holds = if row.held { tx.holds_of(id).await? } else { Vec::new() };
    let standing = Some(Standing::of(holds, Epoch(row.epoch)));
    let ShownRow { hash, has_keys, elsewhere, .. } = row;
    Ok(PasswordShown { flow, standing, hash, has_keys, elsewhere })
}

async fn once(tx: &mut PgTx, person: Uuid, sources: &[Mac]) -> Result<Option<ShownRow>, StoreFault> {
    let (sources, signed_in) = (listed(sources), EventKind::SignedIn.word());
    let row = sqlx::query_as!(
        ShownRow,
        r#"select p.epoch as "epoch!", w.hash as "hash?",
           exists (select 1 from holds h where h.person = p.id) as "held!",
           exists (select 1 from passkeys y where y.person = p.id) as "has_keys!",
           case when exists (select 1 from known_sources s where s.person = p.id and s.source = any($2)) then false
                else exists (select 1 from audit_events e where e.subject = p.id and e.kind || '' = $3) end as "elsewhere!"
           from persons p left join passwords w on w.person = p.id where p.id = $1"#,
        person,
        &sources,
        signed_in
    );
    row.fetch_optional(tx.db()).await.map_err(fault)
}
