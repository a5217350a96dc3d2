//! Signed-in sessions.

use crate::shared::{SessionRow, all, fault};
use crate::tx::PgTx;
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::{BrowserId, PersonId, SessionId};
use domain::person::Person;
use domain::session::Session;
use sqlx::types::{Json, Uuid};
use usecases::ports::store::{Admission, Evidence, People as _, Sessions, StoreFault};
use usecases::ports::vault::Mac;

macro_rules! session {
    ($tail:literal $(, $value:expr)*) => {
        sqlx::query_as!(
            SessionRow,
            r#"select id, person, epoch, browser,
               shown as "shown: _", began_at, seen_at from sessions where ended_at is null and "# + $tail
            $(, $value)*
        )
    };
}

#[async_trait]
impl Sessions for PgTx {
    async fn add_session(&mut self, session: &Session) -> Result<(), StoreFault> {
        let (id, person) = (Uuid::from(session.id), Uuid::from(session.person));
        let (epoch, browser, shown) = (session.epoch.0, Uuid::from(session.browser), Json(&session.shown));
        let (began_at, seen_at) = (session.began_at.as_microsecond(), session.seen_at.as_microsecond());
        let add = sqlx::query!(
            "insert into sessions (id, person, epoch, browser, shown, began_at, seen_at)
             values ($1, $2, $3, $4, $5, $6, $7)",
            id,
            person,
            epoch,
            browser,
            shown as _,
            began_at,
            seen_at
        );
        add.execute(self.db()).await.map_err(fault).map(drop)
    }

    /// Two changes and one statement.
    async fn replace_session(&mut self, session: &Session) -> Result<(), StoreFault> {
        let (id, person) = (Uuid::from(session.id), Uuid::from(session.person));
        let (epoch, browser, shown) = (session.epoch.0, Uuid::from(session.browser), Json(&session.shown));
        let (began_at, seen_at) = (session.began_at.as_microsecond(), session.seen_at.as_microsecond());
        let replace = sqlx::query!(
            "with ended as (update sessions set ended_at = $6 where ended_at is null and browser = $4)
             insert into sessions (id, person, epoch, browser, shown, began_at, seen_at)
             values ($1, $2, $3, $4, $5, $6, $7)",
            id,
            person,
            epoch,
            browser,
            shown as _,
            began_at,
            seen_at
        );
        replace.execute(self.db()).await.map_err(fault).map(drop)
    }

    async fn evidence(&mut self, id: SessionId) -> Result<Option<Evidence>, StoreFault> {
        crate::evidence::of(self, id).await
    }

    async fn admission(&mut self, id: PersonId, sources: &[Mac]) -> Result<Option<Admission>, StoreFault> {
        crate::admission::of(self, id, sources).await
    }

    async fn session_with_person(
        &mut self,
        browser: BrowserId,
    ) -> Result<Option<(Session, Person)>, StoreFault> {
        let Some(session) = self.session_in(browser).await? else { return Ok(None) };
        Ok(self.person(session.person).await?.map(|person| (session, person)))
    }

    async fn session(&mut self, id: SessionId) -> Result<Option<Session>, StoreFault> {
        let id = Uuid::from(id);
        let row = session!("id = $1", id).fetch_optional(self.db()).await.map_err(fault)?;
        row.map(Session::try_from).transpose()
    }

    async fn session_in(&mut self, browser: BrowserId) -> Result<Option<Session>, StoreFault> {
        let browser = Uuid::from(browser);
        let row = session!("browser = $1 order by began_at desc, id desc limit 1", browser);
        row.fetch_optional(self.db()).await.map_err(fault)?.map(Session::try_from).transpose()
    }

    async fn touch_session(&mut self, id: SessionId, at: Timestamp) -> Result<(), StoreFault> {
        let (id, at) = (Uuid::from(id), at.as_microsecond());
        let touch = sqlx::query!(
            "update sessions set seen_at = $2 where id = $1 and ended_at is null and seen_at < $2",
            id,
            at
        );
        touch.execute(self.db()).await.map_err(fault).map(drop)
    }

    async fn end_session(&mut self, id: SessionId, at: Timestamp) -> Result<bool, StoreFault> {
        let (id, at) = (Uuid::from(id), at.as_microsecond());
        let end =
            sqlx::query!("update sessions set ended_at = $2 where id = $1 and ended_at is null", id, at);
        Ok(end.execute(self.db()).await.map_err(fault)?.rows_affected() == 1)
    }

    async fn sessions_of(&mut self, id: PersonId) -> Result<Vec<Session>, StoreFault> {
        let id = Uuid::from(id);
        let rows = session!("person = $1 order by began_at desc, id desc", id);
        all(rows.fetch_all(self.db()).await.map_err(fault)?)
    }

    async fn end_sessions(&mut self, id: PersonId, at: Timestamp) -> Result<u64, StoreFault> {
        let (id, at) = (Uuid::from(id), at.as_microsecond());
        let end =
            sqlx::query!("update sessions set ended_at = $2 where person = $1 and ended_at is null", id, at);
        Ok(end.execute(self.db()).await.map_err(fault)?.rows_affected())
    }

    async fn prune_sessions(&mut self, before: Timestamp, limit: u32) -> Result<u64, StoreFault> {
        let (before, limit) = (before.as_microsecond(), i64::from(limit));
        let prune = sqlx::query!(
            "delete from sessions where id in (select id from sessions where began_at < $1 limit $2)",
            before,
            limit
        );
        Ok(prune.execute(self.db()).await.map_err(fault)?.rows_affected())
    }
}
