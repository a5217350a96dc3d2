//! Drafts and published versions of the terms.

use crate::shared::{fault, one};
use crate::tx::SqliteTx;
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::DraftId;
use domain::publication::{Draft, Pages, Published};
use domain::terms::TermsHash;
use sqlx::types::{Json, Uuid};
use usecases::ports::store::{Publications, StoreFault};

#[async_trait]
impl Publications for SqliteTx {
    async fn published_terms(&mut self) -> Result<Vec<Published>, StoreFault> {
        let all = sqlx::query_scalar!(
            r#"select record as "record: Json<Published>" from terms_published order by number desc"#
        );
        let all = all.fetch_all(self.db()).await.map_err(fault)?;
        Ok(all.into_iter().map(|Json(published)| published).collect())
    }

    async fn published_pages(&mut self, terms: TermsHash) -> Result<Option<Pages>, StoreFault> {
        let hash = terms.bytes().as_slice();
        let pages = sqlx::query_scalar!(
            r#"select pages as "pages: Json<Pages>" from terms_published where hash = $1"#,
            hash
        );
        Ok(pages.fetch_optional(self.db()).await.map_err(fault)?.map(|Json(pages)| pages))
    }

    async fn publish_terms(&mut self, published: &Published, pages: &Pages) -> Result<(), StoreFault> {
        let (number, hash) = (i64::from(published.number), published.terms.hash.bytes().as_slice());
        let (version, record, pages) = (published.terms.version.as_str(), Json(published), Json(pages));
        let publish = sqlx::query!(
            "insert into terms_published (number, hash, version, record, pages) values ($1, $2, $3, $4, $5)",
            number,
            hash,
            version,
            record,
            pages
        );
        publish.execute(self.db()).await.map_err(fault).map(drop)
    }

    async fn open_draft(&mut self) -> Result<Option<Draft>, StoreFault> {
        let draft = sqlx::query_scalar!(
            r#"select record as "record: Json<Draft>" from terms_drafts where ended_at is null"#
        );
        Ok(draft.fetch_optional(self.db()).await.map_err(fault)?.map(|Json(draft)| draft))
    }

    /// The only writer holds the whole file.
    async fn draft_for_update(&mut self, id: DraftId) -> Result<Option<Draft>, StoreFault> {
        let id = Uuid::from(id);
        let draft = sqlx::query_scalar!(
            r#"select record as "record: Json<Draft>" from terms_drafts where id = $1"#,
            id
        );
        Ok(draft.fetch_optional(self.db()).await.map_err(fault)?.map(|Json(draft)| draft))
    }

    async fn add_draft(&mut self, draft: &Draft) -> Result<bool, StoreFault> {
        let (id, record) = (Uuid::from(draft.id), Json(draft));
        let ended_at = draft.ended_at().map(Timestamp::as_microsecond);
        let add = sqlx::query!(
            "insert into terms_drafts (id, record, ended_at) values ($1, $2, $3) on conflict do nothing",
            id,
            record,
            ended_at
        );
        Ok(add.execute(self.db()).await.map_err(fault)?.rows_affected() == 1)
    }

    async fn put_draft(&mut self, draft: &Draft) -> Result<(), StoreFault> {
        let (id, record) = (Uuid::from(draft.id), Json(draft));
        let ended_at = draft.ended_at().map(Timestamp::as_microsecond);
        let put = sqlx::query!(
            "update terms_drafts set record = $2, ended_at = $3 where id = $1 and ended_at is null",
            id,
            record,
            ended_at
        );
        one(put.execute(self.db()).await.map_err(fault)?.rows_affected(), "a draft that has ended")
    }
}
