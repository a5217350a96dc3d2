//! The count of wrong answers.

use crate::admission::hexed;
use crate::batch::{values, words};
use crate::credentials::apps;
use crate::devices::devices_of;
use crate::shared::{AppRow, DeviceRow, SLOTS, all, count, fault, time_if, wrong, wrong_codes};
use crate::tx::{SqliteTx, later};
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::PersonId;
use domain::throttle::{CodeCount, Wrong};
use sqlx::types::Uuid;
use usecases::ports::store::{CodesOnRecord, GuessDoors, Guesses, StoreFault, WrongAnswers};
use usecases::ports::vault::Mac;

macro_rules! codes {
    ($person:expr, $door:expr, $since:expr) => {
        sqlx::query_as!(
            CodesRow,
            r#"select c.in_a_row as "in_a_row?", c.last_at, c.since_proof as "since_proof?", c.stopped_at,
               (select count(*) from wrong_answers where door = $2 and at >=
                   max($3, coalesce((select max(at) from proofings where person = $1
                       and at > coalesce((select proofs_void_at from persons where id = $1), -1)), $3))) as "lately!: i64"
               from (select 1) left join wrong_codes c on c.person = $1"#,
            $person,
            $door,
            $since
        )
    };
}

#[async_trait]
impl WrongAnswers for SqliteTx {
    /// The only writer holds the whole file.
    async fn wrong_for_update(&mut self, door: Mac) -> Result<Wrong, StoreFault> {
        let door = door.as_slice();
        let row = sqlx::query!("select in_a_row, last_at from wrong_doors where door = $1", door);
        let Some(row) = row.fetch_optional(self.db()).await.map_err(fault)? else {
            return Ok(Wrong::default());
        };
        wrong(row.in_a_row, row.last_at)
    }

    async fn wrong_since(&mut self, door: Mac, since: Timestamp) -> Result<u32, StoreFault> {
        let (door, since) = (door.as_slice(), since.as_microsecond());
        let times = sqlx::query_scalar!(
            "select count(*) from wrong_answers where door = $1 and at >= $2",
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

    /// As above.
    async fn guesses_for_update(&mut self, at: &GuessDoors) -> Result<Guesses, StoreFault> {
        let (own, source, account) = (at.own.as_slice(), at.source.0.as_slice(), at.account.0.as_slice());
        let newer = |n: u32| i64::from(n.saturating_sub(1));
        let (newer_at_source, newer_at_account) = (newer(at.source.1), newer(at.account.1));
        let (owner, sources) = &at.owner;
        let (owner, sources) = (Uuid::from(*owner), hexed(sources));
        let row = sqlx::query!(
            r#"select (select in_a_row from wrong_doors where door = $1) as "in_a_row?: i64",
               (select last_at from wrong_doors where door = $1) as "last_at?: i64",
               (select at from wrong_answers where door = $2 order by at desc limit 1 offset $3) as "at_source?: i64",
               (select at from wrong_answers where door = $4 order by at desc limit 1 offset $5) as "at_account?: i64",
               exists (select 1 from known_sources where person = $6
                       and source in (select unhex(value) from json_each($7))) as "known!: bool""#,
            own,
            source,
            newer_at_source,
            account,
            newer_at_account,
            owner,
            sources
        );
        let row = row.fetch_one(self.db()).await.map_err(fault)?;
        let wrong = wrong(row.in_a_row.unwrap_or(0), row.last_at)?;
        let (at_source, at_account) = (time_if(row.at_source)?, time_if(row.at_account)?);
        Ok(Guesses { wrong, at_source, at_account, knows_source: row.known })
    }

    async fn count_wrong(&mut self, door: Mac, at: Timestamp) -> Result<Wrong, StoreFault> {
        let (door, micros) = (door.as_slice(), at.as_microsecond());
        let row = sqlx::query!(
            r#"insert into wrong_doors (door, in_a_row, total, last_at) values ($1, 1, 1, $2)
               on conflict (door) do update
               set in_a_row = wrong_doors.in_a_row + 1, total = wrong_doors.total + 1, last_at = excluded.last_at
               returning in_a_row, total"#,
            door,
            micros
        );
        let row = row.fetch_one(self.db()).await.map_err(fault)?;
        let slot = row.total % SLOTS;
        let note = sqlx::query!(
            "insert into wrong_answers (door, slot, at) values ($1, $2, $3)
             on conflict (door, slot) do update set at = excluded.at",
            door,
            slot,
            micros
        );
        note.execute(self.db()).await.map_err(fault)?;
        Ok(Wrong { count: count(row.in_a_row)?, last: Some(at) })
    }

    async fn count_wrong_at(&mut self, doors: &[Mac], at: Timestamp) -> Result<(), StoreFault> {
        let ([one, two, three], at) = (three(doors), at.as_microsecond());
        // Two statements and one message. Every parameter has its own number: each statement binds its own.
        later!(self, "insert into wrong_doors (door, in_a_row, total, last_at)
             select column1, 1, 1, $4 from (values ($1), ($2), ($3)) where column1 is not null
             on conflict (door) do update
             set in_a_row = wrong_doors.in_a_row + 1, total = wrong_doors.total + 1, last_at = excluded.last_at;
             insert into wrong_answers (door, slot, at)
             select door, total % $5, $6 from wrong_doors where door in ($7, $8, $9)
             on conflict (door, slot) do update set at = excluded.at",
            one,
            two,
            three,
            at,
            SLOTS,
            at,
            one,
            two,
            three)
    }

    async fn take_back_wrong(&mut self, doors: &[Mac], at: Timestamp) -> Result<(), StoreFault> {
        let ([one, two, three], at) = (three(doors), at.as_microsecond());
        later!(self, "update wrong_doors set in_a_row = case when in_a_row > 0 then in_a_row - 1 else 0 end
             where door in ($1, $2, $3);
             delete from wrong_answers where (door, slot) in
                (select door, min(slot) from wrong_answers where door in ($4, $5, $6) and at = $7 group by door)",
            one,
            two,
            three,
            one,
            two,
            three,
            at)
    }

    async fn forget_wrong(&mut self, door: Mac) -> Result<(), StoreFault> {
        let door = door.as_slice();
        later!(self, "update wrong_doors set in_a_row = 0, last_at = null where door = $1", door)
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

    /// As above.
    async fn codes_for_update(&mut self, id: PersonId) -> Result<CodeCount, StoreFault> {
        let id = Uuid::from(id);
        let row = sqlx::query_as!(
            CodesRow,
            r#"select in_a_row as "in_a_row?", last_at, since_proof as "since_proof?", stopped_at, 0 as "lately!: i64"
               from wrong_codes where person = $1"#,
            id
        );
        let row = row.fetch_optional(self.db()).await.map_err(fault)?;
        row.map_or(Ok(CodeCount::default()), |row| row.count())
    }

    async fn codes_since(
        &mut self,
        id: PersonId,
        door: Mac,
        since: Timestamp,
    ) -> Result<(CodeCount, u32), StoreFault> {
        let (id, door, since) = (Uuid::from(id), door.as_slice(), since.as_microsecond());
        let row = codes!(id, door, since).fetch_one(self.db()).await.map_err(fault)?;
        Ok((row.count()?, count(row.lately)?))
    }

    /// Three questions and one message.
    async fn codes_with_means(
        &mut self,
        id: PersonId,
        door: Mac,
        since: Timestamp,
    ) -> Result<CodesOnRecord, StoreFault> {
        let (id, door, since) = (Uuid::from(id), door.as_slice(), since.as_microsecond());
        let counted = || codes!(id, door, since);
        let (apps, devices) = (|| apps!(id), || devices_of!(id));
        let asked = [words(counted()), words(apps()), words(devices())];
        let [row, of_apps, of_devices] = self.batch(values(counted())?, asked).await?;
        let row = counted().fetch_one(row).await.map_err(fault)?;
        Ok(CodesOnRecord {
            count: row.count()?,
            lately: count(row.lately)?,
            apps: all(apps().fetch_all(of_apps).await.map_err(fault)?)?,
            devices: all(devices().fetch_all(of_devices).await.map_err(fault)?)?,
        })
    }

    /// The same question: nothing is locked by asking.
    async fn look_at_codes(
        &mut self,
        id: PersonId,
        door: Mac,
        since: Timestamp,
    ) -> Result<(CodeCount, u32), StoreFault> {
        self.codes_since(id, door, since).await
    }

    async fn keep_codes(&mut self, id: PersonId, codes: CodeCount) -> Result<(), StoreFault> {
        let (id, in_a_row) = (Uuid::from(id), i64::from(codes.wrong.count));
        let (last_at, stopped_at) = (
            codes.wrong.last.map(Timestamp::as_microsecond),
            codes.stopped_at.map(Timestamp::as_microsecond),
        );
        let since_proof = i64::from(codes.since_password);
        later!(
            self,
            "insert into wrong_codes (person, in_a_row, last_at, since_proof, stopped_at)
             values ($1, $2, $3, $4, $5)
             on conflict (person) do update set in_a_row = excluded.in_a_row, last_at = excluded.last_at,
                since_proof = excluded.since_proof, stopped_at = excluded.stopped_at",
            id,
            in_a_row,
            last_at,
            since_proof,
            stopped_at
        )
    }
}

struct CodesRow {
    in_a_row: Option<i64>,
    last_at: Option<i64>,
    since_proof: Option<i64>,
    stopped_at: Option<i64>,
    lately: i64,
}

impl CodesRow {
    fn count(&self) -> Result<CodeCount, StoreFault> {
        let in_a_row = (self.in_a_row.unwrap_or(0), self.last_at);
        wrong_codes(in_a_row, self.since_proof.unwrap_or(0), self.stopped_at)
    }
}

/// The first three; no door where there are fewer.
fn three(doors: &[Mac]) -> [Option<&[u8]>; 3] {
    [0, 1, 2].map(|at| doors.get(at).map(<[u8; 32]>::as_slice))
}
