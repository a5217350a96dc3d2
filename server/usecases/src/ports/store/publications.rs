//! Versions of the terms: drafts, and what was published.

use super::StoreFault;
use async_trait::async_trait;
use domain::ids::DraftId;
use domain::publication::{Draft, Pages, Published};
use domain::terms::TermsHash;

/// Drafts and published versions of the terms.
#[async_trait]
pub trait Publications {
    /// Every version that was published, the newest first.
    async fn published_terms(&mut self) -> Result<Vec<Published>, StoreFault>;
    /// What one of them says.
    async fn published_pages(&mut self, terms: TermsHash) -> Result<Option<Pages>, StoreFault>;
    /// Adds one. It is never changed or taken away; a number, name or text that is there already is a conflict.
    async fn publish_terms(&mut self, published: &Published, pages: &Pages) -> Result<(), StoreFault>;

    /// The draft that goes on, where there is one.
    async fn open_draft(&mut self) -> Result<Option<Draft>, StoreFault>;
    /// One draft, locked until this transaction ends.
    async fn draft_for_update(&mut self, id: DraftId) -> Result<Option<Draft>, StoreFault>;
    /// Adds one; false while another goes on: there is one at a time.
    async fn add_draft(&mut self, draft: &Draft) -> Result<bool, StoreFault>;
    /// Changes one that has not ended.
    async fn put_draft(&mut self, draft: &Draft) -> Result<(), StoreFault>;
}
