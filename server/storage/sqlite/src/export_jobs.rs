//! Long exports that auditors ordered, and their files while they can be taken.

use crate::shared::fault;
use crate::tx::{SqliteTx, later};
use async_trait::async_trait;
use domain::Timestamp;
use domain::evidence::Job;
use domain::ids::{ExportJobId, PersonId};
use sqlx::types::{Json, Uuid};
use usecases::ports::store::{ExportJobs, StoreFault};
use usecases::ports::vault::Sealed;

#[async_trait]
impl ExportJobs for SqliteTx {
    async fn add_export_job(&mut self, job: &Job) -> Result<(), StoreFault> {
        let (id, person, about) = (Uuid::from(job.id), Uuid::from(job.by), job.order.about.map(Uuid::from));
        let (stage, ordered_at, record) = (job.stage().word(), job.order.at.as_microsecond(), Json(job));
        later!(
            self,
            "insert into export_jobs (id, person, about, stage, ordered_at, record)
             values ($1, $2, $3, $4, $5, $6)",
            id,
            person,
            about,
            stage,
            ordered_at,
            record
        )
    }

    async fn export_job(&mut self, id: ExportJobId) -> Result<Option<Job>, StoreFault> {
        let id = Uuid::from(id);
        let job =
            sqlx::query_scalar!(r#"select record as "record: Json<Job>" from export_jobs where id = $1"#, id);
        Ok(job.fetch_optional(self.db()).await.map_err(fault)?.map(|Json(job)| job))
    }

    /// The only writer holds the whole file.
    async fn export_job_for_update(&mut self, id: ExportJobId) -> Result<Option<Job>, StoreFault> {
        self.export_job(id).await
    }

    async fn export_jobs_of(&mut self, person: PersonId) -> Result<Vec<Job>, StoreFault> {
        let person = Uuid::from(person);
        let jobs = sqlx::query_scalar!(
            r#"select record as "record!: Json<Job>" from export_jobs
               where person = $1 order by stage = 'over', ordered_at desc, id limit 50"#,
            person
        );
        let jobs = jobs.fetch_all(self.db()).await.map_err(fault)?;
        Ok(jobs.into_iter().map(|Json(job)| job).collect())
    }

    async fn exports_wait(&mut self, now: Timestamp) -> Result<bool, StoreFault> {
        let now = now.as_microsecond();
        let waits = sqlx::query_scalar!(
            r#"select exists (
                   select 1 from export_jobs
                   where stage = 'ordered' or (stage = 'running' and leased_until <= $1)
                       or (stage = 'ready' and ends_at <= $1)
               ) or exists (
                   select 1 from export_jobs j where j.ends_at <= $1
                       and exists (select 1 from export_pieces p where p.job = j.id)
               ) as "it!: bool""#,
            now
        );
        waits.fetch_one(self.db()).await.map_err(fault)
    }

    async fn due_export_job(&mut self, now: Timestamp) -> Result<Option<Job>, StoreFault> {
        let now = now.as_microsecond();
        let job = sqlx::query_scalar!(
            r#"select record as "record: Json<Job>" from export_jobs
               where stage = 'ordered' or (stage = 'running' and leased_until <= $1)
               order by ordered_at, id limit 1"#,
            now
        );
        Ok(job.fetch_optional(self.db()).await.map_err(fault)?.map(|Json(job)| job))
    }

    async fn spent_export_jobs(&mut self, now: Timestamp, limit: u32) -> Result<Vec<Job>, StoreFault> {
        let (now, limit) = (now.as_microsecond(), i64::from(limit));
        let jobs = sqlx::query_scalar!(
            r#"select record as "record: Json<Job>" from export_jobs
               where stage = 'ready' and ends_at <= $1 order by ends_at, id limit $2"#,
            now,
            limit
        );
        let jobs = jobs.fetch_all(self.db()).await.map_err(fault)?;
        Ok(jobs.into_iter().map(|Json(job)| job).collect())
    }

    async fn put_export_job(&mut self, job: &Job, leased_until: Option<Timestamp>) -> Result<(), StoreFault> {
        let (id, stage, record) = (Uuid::from(job.id), job.stage().word(), Json(job));
        let leased_until = leased_until.map(Timestamp::as_microsecond);
        let ends_at = job.ends_at().map(Timestamp::as_microsecond);
        later!(
            self,
            "update export_jobs set stage = $2, leased_until = $3, ends_at = $4, record = $5 where id = $1",
            id,
            stage,
            leased_until,
            ends_at,
            record;
            or "an order of an export that is not there"
        )
    }

    async fn add_export_piece(
        &mut self,
        id: ExportJobId,
        (file, number): (&str, u32),
        sealed: &Sealed,
    ) -> Result<(), StoreFault> {
        let (id, number, sealed) = (Uuid::from(id), i64::from(number), sealed.0.as_slice());
        later!(
            self,
            "insert into export_pieces (job, file, number, sealed) values ($1, $2, $3, $4)",
            id,
            file,
            number,
            sealed
        )
    }

    async fn export_piece(
        &mut self,
        id: ExportJobId,
        (file, number): (&str, u32),
    ) -> Result<Option<Sealed>, StoreFault> {
        let (id, number) = (Uuid::from(id), i64::from(number));
        let piece = sqlx::query_scalar!(
            "select sealed from export_pieces where job = $1 and file = $2 and number = $3",
            id,
            file,
            number
        );
        Ok(piece.fetch_optional(self.db()).await.map_err(fault)?.map(Sealed))
    }

    async fn drop_export_pieces(&mut self, id: ExportJobId, limit: u32) -> Result<u64, StoreFault> {
        let (id, limit) = (Uuid::from(id), i64::from(limit));
        let gone = sqlx::query!(
            "delete from export_pieces
             where rowid in (select p.rowid from export_pieces p where p.job = $1 limit $2)",
            id,
            limit
        );
        Ok(gone.execute(self.db()).await.map_err(fault)?.rows_affected())
    }

    async fn drop_spent_pieces(&mut self, since: Timestamp, limit: u32) -> Result<u64, StoreFault> {
        let (since, limit) = (since.as_microsecond(), i64::from(limit));
        let gone = sqlx::query!(
            "delete from export_pieces where rowid in (
                 select p.rowid from export_jobs j join export_pieces p on p.job = j.id
                 where j.ends_at <= $1 limit $2)",
            since,
            limit
        );
        Ok(gone.execute(self.db()).await.map_err(fault)?.rows_affected())
    }

    async fn prune_export_jobs(&mut self, before: Timestamp, limit: u32) -> Result<u64, StoreFault> {
        let (before, limit) = (before.as_microsecond(), i64::from(limit));
        let gone = sqlx::query!(
            "delete from export_jobs where id in (
                 select j.id from export_jobs j where j.ends_at < $1
                     and not exists (select 1 from export_pieces p where p.job = j.id) limit $2)",
            before,
            limit
        );
        Ok(gone.execute(self.db()).await.map_err(fault)?.rows_affected())
    }
}
