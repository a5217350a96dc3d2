//! All there is about a line of HR's, in one question: it is asked of every line of every file.

use crate::shared::{KnownRow, fault};
use crate::trail::hex;
use crate::tx::SqliteTx;
use sqlx::types::{Json, Uuid};
use usecases::ports::store::{LineOnRecord, Named, StoreFault};

/// See [`usecases::ports::store::People::line_on_record`].
pub(crate) async fn of(tx: &mut SqliteTx, named: Named<'_>) -> Result<LineOnRecord, StoreFault> {
    let indexes = Json(named.indexes.iter().map(|index| hex(index)).collect::<Vec<_>>());
    let (cvr, number, name) = (named.cvr.to_string(), named.employee_number, named.user_name.as_str());
    let row = sqlx::query_as!(
        KnownRow,
        r#"select p.id as "person?: Uuid", p.user_name as "user_name?", p.given_name as "given_name?",
           p.family_name as "family_name?", p.work_mail as "work_mail?", p.private_mail as "private_mail?",
           p.mobile as "mobile?", p.epoch as "epoch?",
           a.id as "relation?: Uuid", a.person as "relation_of?: Uuid", a.cvr as "cvr?",
           a.employee_number as "employee_number?", a.unit as "unit?", a.starts_on as "starts_on?",
           a.ends_on as "ends_on?", a.activated_at as "activated_at?", a.closed_at as "closed_at?",
           n.person as "name_owner?: Uuid"
           from (select 1) here
           left join persons p on p.id =
               (select id from persons where cpr_index in (select unhex(value) from json_each($1)) limit 1)
           left join associations a on a.id =
               (select id from associations where cvr = $2 and employee_number = $3
                order by closed_at is not null, closed_at desc limit 1)
           left join user_names n on n.name = $4"#,
        indexes,
        cvr,
        number,
        name
    );
    row.fetch_one(tx.db()).await.map_err(fault)?.try_into()
}
