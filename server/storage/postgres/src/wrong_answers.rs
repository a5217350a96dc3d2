//! The count of wrong answers.

use crate::admission::listed;
use crate::shared::{SLOTS, count, fault, time_if, wrong, wrong_codes};
use crate::tx::PgTx;
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::PersonId;
use domain::throttle::{CodeCount, Wrong};
use sqlx::types::Uuid;
use usecases::ports::store::{
    CodeDevices as _, CodesOnRecord, Credentials as _, GuessDoors, Guesses, StoreFault, WrongAnswers,
};
use usecases::ports::vault::Mac;

#[async_trait]
impl WrongAnswers for PgTx {
    /// Writing the row as it is locks it, also where it was not there a moment ago.
    async fn wrong_for_update(&mut self, door: Mac) -> Result<Wrong, StoreFault> {
        let door = door.as_slice();
        let row = sqlx::query!(
            r#"insert into wrong_doors (door, in_a_row, total, last_at) values ($1, 0, 0, null)
               on conflict (door) do update set total = wrong_doors.total
               returning in_a_row, last_at as "last_at?""#,
            door
        );
        let row = row.fetch_one(self.db()).await.map_err(fault)?;
        wrong(row.in_a_row, row.last_at)
    }

    async fn wrong_since(&mut self, door: Mac, since: Timestamp) -> Result<u32, StoreFault> {
        let (door, since) = (door.as_slice(), since.as_microsecond());
        let times = sqlx::query_scalar!(
            r#"select count(*) as "count!" from wrong_answers where door = $1 and at >= $2"#,
            door,
            since
        );
        count(times.fetch_one(self.db()).await.map_err(fault)?)
    }

    async fn nth_newest_wrong(&mut self, door: Mac, n: u32) -> Result<Option<Timestamp>, StoreFault> {
        let (door, before_it) = (door.as_slice(), i64::from(n.saturating_sub(1)));
        let at = sqlx::query_scalar!(
            "select at from wrong_answers where door = $1 order by at desc limit 1 offset $2",
            door,
            before_it
        );
        time_if(at.fetch_optional(self.db()).await.map_err(fault)?)
    }

    /// First the locks: who guesses at once sees what those before counted.
    async fn guesses_for_update(&mut self, at: &GuessDoors) -> Result<Guesses, StoreFault> {
        let wrong = self.wrong_for_update(at.own).await?;
        self.wrong_for_update(at.source.0).await?;
        let before_it = |n: u32| i64::from(n.saturating_sub(1));
        let (source, newer_there) = (at.source.0.as_slice(), before_it(at.source.1));
        let (account, newer_by_name) = (at.account.0.as_slice(), before_it(at.account.1));
        let (owner, sources) = (Uuid::from(at.owner.0), listed(&at.owner.1));
        let row = sqlx::query!(
            r#"select (select at from wrong_answers where door = $1 order by at desc limit 1 offset $2) as "at_source?",
               (select at from wrong_answers where door = $3 order by at desc limit 1 offset $4) as "at_account?",
               exists (select 1 from known_sources where person = $5 and source = any($6)) as "knows_source!""#,
            source,
            newer_there,
            account,
            newer_by_name,
            owner,
            &sources
        );
        let row = row.fetch_one(self.db()).await.map_err(fault)?;
        let (at_source, at_account) = (time_if(row.at_source)?, time_if(row.at_account)?);
        Ok(Guesses { wrong, at_source, at_account, knows_source: row.knows_source })
    }

    async fn count_wrong(&mut self, door: Mac, at: Timestamp) -> Result<Wrong, StoreFault> {
        let (door, micros) = (door.as_slice(), at.as_microsecond());
        let row = sqlx::query_scalar!(
            r#"with counted as (insert into wrong_doors (door, in_a_row, total, last_at) values ($1, 1, 1, $2)
                   on conflict (door) do update
                   set in_a_row = wrong_doors.in_a_row + 1, total = wrong_doors.total + 1, last_at = excluded.last_at
                   returning in_a_row, total),
               noted as (insert into wrong_answers (door, slot, at) select $1, total % $3, $2 from counted
                   on conflict (door, slot) do update set at = excluded.at)
               select in_a_row as "in_a_row!" from counted"#,
            door,
            micros,
            SLOTS
        );
        let in_a_row = row.fetch_one(self.db()).await.map_err(fault)?;
        Ok(Wrong { count: count(in_a_row)?, last: Some(at) })
    }

    async fn count_wrong_at(&mut self, doors: &[Mac], at: Timestamp) -> Result<(), StoreFault> {
        for door in doors {
            self.count_wrong(*door, at).await?;
        }
        Ok(())
    }

    async fn take_back_wrong(&mut self, doors: &[Mac], at: Timestamp) -> Result<(), StoreFault> {
        for door in doors {
            self.take_back(*door, at).await?;
        }
        Ok(())
    }

    async fn forget_wrong(&mut self, door: Mac) -> Result<(), StoreFault> {
        let door = door.as_slice();
        let forget =
            sqlx::query!("update wrong_doors set in_a_row = 0, last_at = null where door = $1", door);
        forget.execute(self.db()).await.map_err(fault).map(drop)
    }

    async fn prune_wrong(&mut self, before: Timestamp, limit: u32) -> Result<u64, StoreFault> {
        let (before, limit) = (before.as_microsecond(), i64::from(limit));
        let answers = sqlx::query!(
            "delete from wrong_answers where (door, slot) in
                (select door, slot from wrong_answers where at < $1 limit $2)",
            before,
            limit
        );
        let answers = answers.execute(self.db()).await.map_err(fault)?.rows_affected();
        let doors = sqlx::query!(
            "delete from wrong_doors where door in
                (select door from wrong_doors d where (last_at is null or last_at < $1)
                     and not exists (select 1 from wrong_answers a where a.door = d.door) limit $2)",
            before,
            limit
        );
        Ok(answers + doors.execute(self.db()).await.map_err(fault)?.rows_affected())
    }

    /// Locks as [`WrongAnswers::wrong_for_update`] does.
    async fn codes_for_update(&mut self, id: PersonId) -> Result<CodeCount, StoreFault> {
        let id = Uuid::from(id);
        let row = sqlx::query!(
            r#"insert into wrong_codes (person, in_a_row, last_at, since_proof, stopped_at)
               values ($1, 0, null, 0, null)
               on conflict (person) do update set in_a_row = wrong_codes.in_a_row
               returning in_a_row, last_at as "last_at?", since_proof, stopped_at as "stopped_at?""#,
            id
        );
        let row = row.fetch_one(self.db()).await.map_err(fault)?;
        wrong_codes((row.in_a_row, row.last_at), row.since_proof, row.stopped_at)
    }

    async fn codes_since(
        &mut self,
        id: PersonId,
        door: Mac,
        since: Timestamp,
    ) -> Result<(CodeCount, u32), StoreFault> {
        let count = self.codes_for_update(id).await?;
        Ok((count, self.wrong_since_proof(id, door, since).await?))
    }

    async fn codes_with_means(
        &mut self,
        id: PersonId,
        door: Mac,
        since: Timestamp,
    ) -> Result<CodesOnRecord, StoreFault> {
        // First the lock: a code that was taken meanwhile is seen as used.
        let (count, lately) = self.codes_since(id, door, since).await?;
        let (apps, devices) = (self.apps_of(id).await?, self.devices_of(id).await?);
        Ok(CodesOnRecord { count, lately, apps, devices })
    }

    async fn look_at_codes(
        &mut self,
        id: PersonId,
        door: Mac,
        since: Timestamp,
    ) -> Result<(CodeCount, u32), StoreFault> {
        let person = Uuid::from(id);
        let row = sqlx::query!(
            "select in_a_row, last_at, since_proof, stopped_at from wrong_codes where person = $1",
            person
        );
        let count = match row.fetch_optional(self.db()).await.map_err(fault)? {
            Some(row) => wrong_codes((row.in_a_row, row.last_at), row.since_proof, row.stopped_at)?,
            None => CodeCount::default(),
        };
        Ok((count, self.wrong_since_proof(id, door, since).await?))
    }

    async fn keep_codes(&mut self, id: PersonId, codes: CodeCount) -> Result<(), StoreFault> {
        let (id, in_a_row) = (Uuid::from(id), i64::from(codes.wrong.count));
        let (last_at, stopped_at) = (
            codes.wrong.last.map(Timestamp::as_microsecond),
            codes.stopped_at.map(Timestamp::as_microsecond),
        );
        let since_proof = i64::from(codes.since_password);
        let keep = sqlx::query!(
            "insert into wrong_codes (person, in_a_row, last_at, since_proof, stopped_at)
             values ($1, $2, $3, $4, $5)
             on conflict (person) do update set in_a_row = excluded.in_a_row, last_at = excluded.last_at,
                since_proof = excluded.since_proof, stopped_at = excluded.stopped_at",
            id,
            in_a_row,
            last_at,
            since_proof,
            stopped_at
        );
        keep.execute(self.db()).await.map_err(fault).map(drop)
    }
}

impl PgTx {
    /// How many wrong answers there were at a door since then, and since she was proved the last time.
    async fn wrong_since_proof(
        &mut self,
        id: PersonId,
        door: Mac,
        since: Timestamp,
    ) -> Result<u32, StoreFault> {
        let (door, since, id) = (door.as_slice(), since.as_microsecond(), Uuid::from(id));
        let times = sqlx::query_scalar!(
            r#"select count(*) as "count!" from wrong_answers where door = $1 and at >= greatest($2,
                   (select max(f.at) from proofings f join persons p on p.id = f.person
                    where f.person = $3 and f.at > coalesce(p.proofs_void_at, -1)))"#,
            door,
            since,
            id
        );
        count(times.fetch_one(self.db()).await.map_err(fault)?)
    }

    /// Takes back one.
    async fn take_back(&mut self, door: Mac, at: Timestamp) -> Result<(), StoreFault> {
        let (door, at) = (door.as_slice(), at.as_microsecond());
        let row = sqlx::query!(
            "update wrong_doors set in_a_row = case when in_a_row > 0 then in_a_row - 1 else 0 end
             where door = $1",
            door
        );
        row.execute(self.db()).await.map_err(fault)?;
        let note = sqlx::query!(
            "delete from wrong_answers where door = $1 and slot =
                (select slot from wrong_answers where door = $1 and at = $2 order by slot limit 1)",
            door,
            at
        );
        note.execute(self.db()).await.map_err(fault).map(drop)
    }
}
