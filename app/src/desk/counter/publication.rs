//! New terms, from a draft to everybody.

use crate::desk::{
    Answer, ApproveTermsForm, BeginTermsForm, OpenDraftPage, ProposeTermsForm, PublicationPage, Seen,
    WithdrawTermsForm, WriteTermsForm, WriteTermsPage,
};
use async_trait::async_trait;
use domain::ids::FlowId;

/// New terms, from a draft to everybody.
#[async_trait]
pub trait PublicationCounter: Send + Sync {
    /// `/administration/vilkaar`: for administrators; anybody else `Stop::Go` to the overview, and so below.
    async fn publication_page(&self) -> Seen<PublicationPage>;
    /// `/administration/vilkaar/side/{page}`: a page of her own draft.
    async fn write_terms_page(&self, page: u8) -> Seen<WriteTermsPage>;
    /// `/administration/vilkaar/{flow}`: to propose her own draft or to publish another's, after the step-up.
    async fn open_draft_page(&self, flow: FlowId) -> Seen<OpenDraftPage>;

    /// Begins a draft of new terms.
    async fn begin_terms(&self, form: BeginTermsForm) -> Answer;
    /// Writes a page of it.
    async fn write_terms(&self, form: WriteTermsForm) -> Answer;
    /// Proposes it.
    async fn propose_terms(&self, form: ProposeTermsForm) -> Answer;
    /// Publishes another's.
    async fn approve_terms(&self, form: ApproveTermsForm) -> Answer;
    /// Withdraws one.
    async fn withdraw_terms(&self, form: WithdrawTermsForm) -> Answer;
}
