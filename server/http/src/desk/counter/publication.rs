//! New terms, from a draft to everybody.

use crate::desk::BrowserDesk;
use app::desk::{
    Answer, ApproveTermsForm, BeginTermsForm, OpenDraftPage, ProposeTermsForm, PublicationCounter,
    PublicationPage, Seen, WithdrawTermsForm, WriteTermsForm, WriteTermsPage,
};
use async_trait::async_trait;
use domain::ids::FlowId;

#[async_trait]
impl PublicationCounter for BrowserDesk {
    async fn publication_page(&self) -> Seen<PublicationPage> {
        self.see_publication().await
    }
    async fn write_terms_page(&self, page: u8) -> Seen<WriteTermsPage> {
        self.see_write_terms(page).await
    }
    async fn open_draft_page(&self, flow: FlowId) -> Seen<OpenDraftPage> {
        self.see_open_draft(flow).await
    }

    async fn begin_terms(&self, form: BeginTermsForm) -> Answer {
        self.do_begin_terms(form).await
    }
    async fn write_terms(&self, form: WriteTermsForm) -> Answer {
        self.do_write_terms(form).await
    }
    async fn propose_terms(&self, form: ProposeTermsForm) -> Answer {
        self.do_propose_terms(form).await
    }
    async fn approve_terms(&self, form: ApproveTermsForm) -> Answer {
        self.do_approve_terms(form).await
    }
    async fn withdraw_terms(&self, form: WithdrawTermsForm) -> Answer {
        self.do_withdraw_terms(form).await
    }
}
