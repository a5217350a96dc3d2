//! Printed codes, links in notices, and where a person is logged in.

use crate::shared::{NoticeRow, VisitRow, all, count, fault, time_if};
use crate::tx::PgTx;
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::{Epoch, FactorId, NoticeId, PersonId, RelyingPartyId, VisitId};
use domain::notice::Notice;
use domain::printed::{Printed, PrintedKind};
use domain::visit::{Ending, Visit};
use sqlx::types::Uuid;
use usecases::ports::blocking::Blocking;
use usecases::ports::store::StoreFault;
use usecases::ports::vault::Mac;

#[async_trait]
impl Blocking for PgTx {
    async fn put_printed(
        &mut self,
        id: PersonId,
        kind: PrintedKind,
        macs: &[Mac],
        at: Timestamp,
    ) -> Result<(), StoreFault> {
        let (person, word, at) = (Uuid::from(id), kind.word(), at.as_microsecond());
        let old = sqlx::query!("delete from printed_codes where person = $1 and kind = $2", person, word);
        old.execute(self.db()).await.map_err(fault)?;
        for mac in macs {
            let mac = mac.as_slice();
            let add = sqlx::query!(
                "insert into printed_codes (mac, person, kind, made_at) values ($1, $2, $3, $4)",
                mac,
                person,
                word,
                at
            );
            add.execute(self.db()).await.map_err(fault)?;
        }
        Ok(())
    }

    async fn printed(
        &mut self,
        id: PersonId,
        kind: PrintedKind,
        macs: &[Mac],
    ) -> Result<Option<Printed>, StoreFault> {
        let (person, word) = (Uuid::from(id), kind.word());
        for mac in macs {
            let mac = mac.as_slice();
            let found = sqlx::query!(
                "select spent_at from printed_codes where mac = $1 and person = $2 and kind = $3",
                mac,
                person,
                word
            );
            if let Some(row) = found.fetch_optional(self.db()).await.map_err(fault)? {
                return Ok(Some(row.spent_at.map_or(Printed::Unused, |_| Printed::Used)));
            }
        }
        Ok(None)
    }

    async fn spend_printed(
        &mut self,
        id: PersonId,
        kind: PrintedKind,
        at: Timestamp,
    ) -> Result<(), StoreFault> {
        let (person, word, at) = (Uuid::from(id), kind.word(), at.as_microsecond());
        let spend = sqlx::query!(
            "update printed_codes set spent_at = $3 where person = $1 and kind = $2 and spent_at is null",
            person,
            word,
            at
        );
        spend.execute(self.db()).await.map_err(fault).map(drop)
    }

    async fn use_printed(
        &mut self,
        id: PersonId,
        kind: PrintedKind,
        macs: &[Mac],
        at: Timestamp,
    ) -> Result<bool, StoreFault> {
        let (person, word, at) = (Uuid::from(id), kind.word(), at.as_microsecond());
        for mac in macs {
            let mac = mac.as_slice();
            let used = sqlx::query!(
                "update printed_codes set spent_at = $4 where mac = $1 and person = $2 and kind = $3 and spent_at is null",
                mac,
                person,
                word,
                at
            );
            if used.execute(self.db()).await.map_err(fault)?.rows_affected() == 1 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    async fn oldest_sheet(&mut self) -> Result<Option<Timestamp>, StoreFault> {
        let oldest = sqlx::query_scalar!(
            r#"select made_at from printed_codes where spent_at is null order by made_at limit 1"#
        );
        let oldest = oldest.fetch_optional(self.db()).await.map_err(fault)?;
        time_if(oldest)
    }

    async fn printed_left(&mut self, id: PersonId, kind: PrintedKind) -> Result<u32, StoreFault> {
        let (person, word) = (Uuid::from(id), kind.word());
        let left = sqlx::query_scalar!(
            r#"select count(*) as "left!" from printed_codes where person = $1 and kind = $2 and spent_at is null"#,
            person,
            word
        );
        count(left.fetch_one(self.db()).await.map_err(fault)?)
    }

    async fn note_opened(&mut self, id: PersonId, epoch: Epoch) -> Result<(), StoreFault> {
        let (id, epoch) = (Uuid::from(id), epoch.0);
        let note = sqlx::query!("update persons set opened_epoch = $2 where id = $1", id, epoch);
        note.execute(self.db()).await.map_err(fault).map(drop)
    }

    async fn opened_epoch(&mut self, id: PersonId) -> Result<Epoch, StoreFault> {
        let id = Uuid::from(id);
        let epoch = sqlx::query_scalar!("select opened_epoch from persons where id = $1", id);
        Ok(Epoch(epoch.fetch_one(self.db()).await.map_err(fault)?))
    }

    async fn suspended_before(&mut self, before: Timestamp, limit: u32) -> Result<Vec<PersonId>, StoreFault> {
        let (before, limit) = (before.as_microsecond(), i64::from(limit));
        let held = sqlx::query_scalar!(
            r#"select person from holds where origin = 'owner' and at < $1
               group by person order by min(at), person limit $2"#,
            before,
            limit
        );
        let held = held.fetch_all(self.db()).await.map_err(fault)?;
        Ok(held.into_iter().map(Into::into).collect())
    }

    async fn notice(&mut self, id: NoticeId) -> Result<Option<(Notice, Epoch)>, StoreFault> {
        let id = Uuid::from(id);
        let row = sqlx::query_as!(
            NoticeRow,
            r#"select id, person, template, at, request,
                   due_at, attempts, epoch, channel, flow
               from outbox where id = $1"#,
            id
        );
        let row = row.fetch_optional(self.db()).await.map_err(fault)?;
        row.map(|row| {
            let epoch = Epoch(row.epoch);
            <(Notice, u32)>::try_from(row).map(|(notice, _)| (notice, epoch))
        })
        .transpose()
    }

    async fn remove_app(&mut self, person: PersonId, app: FactorId) -> Result<bool, StoreFault> {
        let (person, app) = (Uuid::from(person), Uuid::from(app));
        let remove =
            sqlx::query!("delete from authenticator_apps where id = $1 and person = $2", app, person);
        if remove.execute(self.db()).await.map_err(fault)?.rows_affected() == 1 {
            return Ok(true);
        }
        let aside = sqlx::query!(
            "update code_devices set life = 'handed-out', name = null, used_at = null
             where id = $1 and holder = $2 and life = 'active'",
            app,
            person
        );
        Ok(aside.execute(self.db()).await.map_err(fault)?.rows_affected() == 1)
    }

    async fn add_visit(&mut self, visit: &Visit) -> Result<(), StoreFault> {
        let (id, person, session) =
            (Uuid::from(visit.id), Uuid::from(visit.person), Uuid::from(visit.session));
        let (relying_party, name_id) = (Uuid::from(visit.relying_party), visit.name_id.as_str());
        let (index, began_at) = (visit.session_index.as_str(), visit.began_at.as_microsecond());
        let until = visit.until.as_microsecond();
        let add = sqlx::query!(
            "insert into visits (id, person, session, relying_party, name_id, session_index, began_at, until)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
            id,
            person,
            session,
            relying_party,
            name_id,
            index,
            began_at,
            until
        );
        add.execute(self.db()).await.map_err(fault).map(drop)
    }

    async fn visits_of(&mut self, id: PersonId, now: Timestamp) -> Result<Vec<Visit>, StoreFault> {
        let (id, now) = (Uuid::from(id), now.as_microsecond());
        let rows = sqlx::query_as!(
            VisitRow,
            r#"select id, person, session,
                   relying_party, name_id, session_index, began_at, until, ending, ended_at,
                   attempts
               from visits where person = $1 and until > $2 order by began_at, id"#,
            id,
            now
        );
        let rows: Vec<(Visit, u32)> = all(rows.fetch_all(self.db()).await.map_err(fault)?)?;
        Ok(rows.into_iter().map(|(visit, _)| visit).collect())
    }

    async fn services_visited(
        &mut self,
        id: PersonId,
        now: Timestamp,
    ) -> Result<Vec<RelyingPartyId>, StoreFault> {
        let (id, now) = (Uuid::from(id), now.as_microsecond());
        let rows = sqlx::query_scalar!(
            "select distinct relying_party from visits where person = $1 and until > $2 and ending = 'none'",
            id,
            now
        );
        let rows = rows.fetch_all(self.db()).await.map_err(fault)?;
        Ok(rows.into_iter().map(Into::into).collect())
    }

    async fn end_visits_at(
        &mut self,
        id: PersonId,
        service: RelyingPartyId,
        ending: Ending,
        due: Option<Timestamp>,
    ) -> Result<(), StoreFault> {
        let (id, service) = (Uuid::from(id), Uuid::from(service));
        let (word, due) = (ending.word(), due.map(Timestamp::as_microsecond));
        let end = sqlx::query!(
            "update visits set ending = $3, due_at = $4, attempts = 0, leased_until = null
             where person = $1 and relying_party = $2 and ending = 'none'",
            id,
            service,
            word,
            due
        );
        end.execute(self.db()).await.map_err(fault).map(drop)
    }

    async fn end_visit(
        &mut self,
        id: VisitId,
        ending: Ending,
        due: Option<Timestamp>,
    ) -> Result<(), StoreFault> {
        let (id, word, due) = (Uuid::from(id), ending.word(), due.map(Timestamp::as_microsecond));
        let ended_at = match ending {
            Ending::Confirmed(at) => Some(at.as_microsecond()),
            Ending::None | Ending::Asked | Ending::NotConfirmed => None,
        };
        // What a service confirmed stays confirmed.
        let end = sqlx::query!(
            "update visits set ending = $2, ended_at = $3, due_at = $4, attempts = 0, leased_until = null
             where id = $1 and ending <> 'confirmed'",
            id,
            word,
            ended_at,
            due
        );
        end.execute(self.db()).await.map_err(fault).map(drop)
    }

    async fn services_to_tell(&mut self, now: Timestamp) -> Result<Vec<RelyingPartyId>, StoreFault> {
        let now = now.as_microsecond();
        let services = sqlx::query_scalar!(
            r#"select distinct relying_party from visits
               where ending = 'asked' and due_at <= $1 and (leased_until is null or leased_until <= $1)"#,
            now
        );
        let services = services.fetch_all(self.db()).await.map_err(fault)?;
        Ok(services.into_iter().map(Into::into).collect())
    }

    async fn take_visits_to_end(
        &mut self,
        service: RelyingPartyId,
        now: Timestamp,
        lease: Timestamp,
        limit: u32,
    ) -> Result<Vec<(Visit, u32)>, StoreFault> {
        let (now, lease, limit) = (now.as_microsecond(), lease.as_microsecond(), i64::from(limit));
        let service = Uuid::from(service);
        let rows = sqlx::query_as!(
            VisitRow,
            r#"update visits set leased_until = $2
               where id in (
                   select id from visits
                   where relying_party = $4 and ending = 'asked' and due_at <= $1
                     and (leased_until is null or leased_until <= $1)
                   order by due_at, id limit $3 for update skip locked
               )
               returning id, person, session,
                   relying_party, name_id, session_index, began_at, until, ending, ended_at,
                   attempts"#,
            now,
            lease,
            limit,
            service
        );
        let mut rows = rows.fetch_all(self.db()).await.map_err(fault)?;
        rows.sort_by_key(|row| (row.began_at, row.id));
        all(rows)
    }

    async fn visit_not_ended(&mut self, id: VisitId, retry: Timestamp) -> Result<(), StoreFault> {
        let (id, retry) = (Uuid::from(id), retry.as_microsecond());
        let again = sqlx::query!(
            "update visits set attempts = attempts + 1, due_at = $2, leased_until = null
             where id = $1 and ending = 'asked'",
            id,
            retry
        );
        again.execute(self.db()).await.map_err(fault).map(drop)
    }

    async fn prune_visits(&mut self, before: Timestamp, limit: u32) -> Result<u64, StoreFault> {
        let (before, limit) = (before.as_microsecond(), i64::from(limit));
        let prune = sqlx::query!(
            "delete from visits where id in (select id from visits where until < $1 limit $2)",
            before,
            limit
        );
        Ok(prune.execute(self.db()).await.map_err(fault)?.rows_affected())
    }
}
