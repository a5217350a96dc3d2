//! All that stands between what somebody showed and her session, in one message: it is asked at every sign-in.

use crate::batch::{values, words};
use crate::shared::{AssociationRow, ProvedRow, all, fault};
use crate::tx::SqliteTx;
use domain::audit::EventKind;
use domain::ids::{Epoch, PersonId};
use domain::publication::Published;
use domain::reconfirmation::Proved;
use domain::standing::Standing;
use domain::terms::Accepted;
use sqlx::types::{Json, Uuid};
use usecases::ports::store::{Admission, StoreFault};
use usecases::ports::vault::Mac;

/// What there is once of her.
struct AdmissionRow {
    epoch: i64,
    held: bool,
    renamed_at: Option<i64>,
    proved_at: Option<i64>,
    level: Option<String>,
    accepted: Option<Json<Accepted>>,
    elsewhere: bool,
}

/// What was published, as one of several questions.
struct PublishedRow {
    record: Json<Published>,
}

macro_rules! published {
    () => {
        sqlx::query_as!(
            PublishedRow,
            r#"select record as "record: _" from terms_published order by number desc"#
        )
    };
}

/// See [`usecases::ports::store::Sessions::admission`]. The only writer holds the whole file.
pub(crate) async fn of(
    tx: &mut SqliteTx,
    id: PersonId,
    sources: &[Mac],
) -> Result<Option<Admission>, StoreFault> {
    let (person, sources, signed_in) = (Uuid::from(id), hexed(sources), EventKind::SignedIn.word());
    let who = || {
        sqlx::query_as!(
            AdmissionRow,
            r#"select p.epoch as "epoch!",
               exists (select 1 from holds h where h.person = p.id) as "held!: bool",
               p.renamed_at, f.at as "proved_at?", f.level as "level?", c.accepted as "accepted?: _",
               case when exists (select 1 from known_sources s where s.person = p.id
                                 and s.source in (select unhex(value) from json_each($2))) then false
                    else (select e.number from audit_events e where e.subject = p.id and +e.kind = $3
                          order by e.number desc limit 1) is not null end as "elsewhere!: bool"
               from persons p
               left join proofings f on f.id =
                   (select id from proofings where person = p.id and at > coalesce(p.proofs_void_at, -1)
                    order by at desc, id desc limit 1)
               left join acceptances c on c.id =
                   (select id from acceptances where person = p.id order by at desc, id desc limit 1)
               where p.id = $1"#,
            person,
            sources,
            signed_in
        )
    };
    let relations = || {
        sqlx::query_as!(
            AssociationRow,
            r#"select id as "id: Uuid", person as "person: Uuid", cvr, employee_number, unit, starts_on, ends_on,
               activated_at, closed_at from associations where person = $1 order by starts_on, id"#,
            person
        )
    };
    let terms = || published!();
    let asked = [words(who()), words(relations()), words(terms())];
    let [about_her, hers, held_out] = tx.batch(values(who())?, asked).await?;
    let Some(row) = who().fetch_optional(about_her).await.map_err(fault)? else { return Ok(None) };
    let associations = all(relations().fetch_all(hers).await.map_err(fault)?)?;
    let published = terms().fetch_all(held_out).await.map_err(fault)?;
    let holds = if row.held { tx.holds_of(id).await? } else { Vec::new() };
    let renamed_at = row.renamed_at;
    let proved = row.proved_at.zip(row.level).map(|(at, level)| ProvedRow { at, level, renamed_at });
    Ok(Some(Admission {
        standing: Standing::of(holds, Epoch(row.epoch)),
        associations,
        published: published.into_iter().map(|row| row.record.0).collect(),
        accepted: row.accepted.map(|Json(accepted)| accepted.terms),
        proved: proved.map(Proved::try_from).transpose()?,
        elsewhere: row.elsewhere,
    }))
}

/// MACs as one value, each in hexadecimal.
pub(crate) fn hexed(macs: &[Mac]) -> Json<Vec<String>> {
    Json(macs.iter().map(|mac| crate::trail::hex(mac)).collect())
}
