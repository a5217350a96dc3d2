//! What a right password is held against once more, in one question.

use crate::admission::hexed;
use crate::shared::{FlowRow, fault};
use crate::tx::SqliteTx;
use domain::audit::EventKind;
use domain::flow::{About, Flow};
use domain::ids::{Epoch, FlowId, PersonId};
use domain::standing::Standing;
use sqlx::types::{Json, Uuid};
use usecases::ports::store::{PasswordShown, StoreFault};
use usecases::ports::vault::Mac;

/// A flow and a person, each where it is there.
struct ShownRow {
    flow: Option<Uuid>,
    browser: Option<Uuid>,
    of: Option<Uuid>,
    of_epoch: Option<i64>,
    expires_at: Option<i64>,
    about: Option<Json<About>>,
    epoch: Option<i64>,
    hash: Option<String>,
    held: bool,
    has_keys: bool,
    elsewhere: bool,
}

/// See [`usecases::ports::store::Credentials::password_shown`]. The only writer holds the whole file.
pub(crate) async fn of(
    tx: &mut SqliteTx,
    flow: FlowId,
    id: PersonId,
    sources: &[Mac],
) -> Result<PasswordShown, StoreFault> {
    let (flow, person, sources) = (Uuid::from(flow), Uuid::from(id), hexed(sources));
    let signed_in = EventKind::SignedIn.word();
    let row = sqlx::query_as!(
        ShownRow,
        r#"select f.id as "flow?: Uuid", f.browser as "browser?: Uuid", f.person as "of?: Uuid", f.epoch as "of_epoch?",
           f.expires_at as "expires_at?", f.about as "about?: _", p.epoch as "epoch?",
           w.hash as "hash?", exists (select 1 from holds h where h.person = $2) as "held!: bool",
           exists (select 1 from passkeys y where y.person = $2) as "has_keys!: bool",
           case when exists (select 1 from known_sources s where s.person = $2
                             and s.source in (select unhex(value) from json_each($3))) then false
                else (select e.number from audit_events e where e.subject = $2 and +e.kind = $4
                      order by e.number desc limit 1) is not null end as "elsewhere!: bool"
           from (select 1) left join flows f on f.id = $1 left join persons p on p.id = $2
           left join passwords w on w.person = p.id"#,
        flow,
        person,
        sources,
        signed_in
    );
    let mut row = row.fetch_one(tx.db()).await.map_err(fault)?;
    let flow = row.flow()?;
    let ShownRow { epoch, hash, held, has_keys, elsewhere, .. } = row;
    let standing = match epoch {
        Some(epoch) => {
            let holds = if held { tx.holds_of(id).await? } else { Vec::new() };
            Some(Standing::of(holds, Epoch(epoch)))
        }
        None => None,
    };
    Ok(PasswordShown { flow, standing, hash, has_keys, elsewhere })
}

impl ShownRow {
    fn flow(&mut self) -> Result<Option<Flow>, StoreFault> {
        let (Some(id), Some(browser), Some(expires_at), Some(about)) =
            (self.flow, self.browser, self.expires_at, self.about.take())
        else {
            return Ok(None);
        };
        let row = FlowRow { id, browser, person: self.of, epoch: self.of_epoch, expires_at, about };
        row.try_into().map(Some)
    }
}
