//! Her own account: what happened, what she may change, and the step-up for it.

use crate::desk::BrowserDesk;
use app::desk::{
    AccountCounter, ActivityPage, ActivityPart, Answer, ChangeContactPage, ChangeForm, ChangePage, CodeForm,
    ContactForm, ContactGoesForm, ContactPage, DataPage, DataReadyPage, EndForm, EndRelationForm, FinishForm,
    KeyForm, OwnTermsPage, ReconfirmForm, ReconfirmPage, RelationPage, RelationsPage, RoleForm, Seen,
    SentCodeForm, SessionsPage, StepUpForm, StepUpPage, VerifyPage,
};
use async_trait::async_trait;
use domain::ids::FlowId;

#[async_trait]
impl AccountCounter for BrowserDesk {
    async fn reconfirm_page(&self, flow: Option<FlowId>) -> Seen<ReconfirmPage> {
        self.see_reconfirm(flow).await
    }
    async fn change_page(&self) -> Seen<ChangePage> {
        self.see_change().await
    }
    async fn change_page_opened(&self, flow: FlowId) -> Seen<ChangePage> {
        self.see_change_opened(flow).await
    }
    async fn relations_page(&self) -> Seen<RelationsPage> {
        self.see_relations().await
    }
    async fn relation_page(&self, id: &str) -> Seen<RelationPage> {
        self.see_relation(id).await
    }
    async fn relations_opened(&self, flow: FlowId) -> Seen<RelationsPage> {
        self.see_relations_opened(flow).await
    }
    async fn relation_opened(&self, flow: FlowId, relation: &str) -> Seen<RelationPage> {
        self.see_relation_opened(flow, relation).await
    }
    async fn activity(&self, part: ActivityPart, page: u32) -> Seen<ActivityPage> {
        self.see_activity(part, page).await
    }
    async fn sessions(&self) -> Seen<SessionsPage> {
        self.see_sessions().await
    }
    async fn step_up_page(&self, flow: FlowId) -> Seen<StepUpPage> {
        self.see_step_up(flow).await
    }
    async fn new_sheet_page(&self, flow: FlowId) -> Seen<FlowId> {
        self.see_new_sheet(flow).await
    }
    async fn contact_page(&self) -> Seen<ContactPage> {
        self.see_contact_page().await
    }
    async fn change_contact_page(&self, flow: FlowId) -> Seen<ChangeContactPage> {
        self.see_change_contact(flow).await
    }
    async fn verify_contact_page(&self, flow: FlowId) -> Seen<VerifyPage> {
        self.see_verify(flow).await
    }
    async fn data_page(&self) -> Seen<DataPage> {
        self.see_data_page().await
    }
    async fn data_ready_page(&self, flow: FlowId) -> Seen<DataReadyPage> {
        self.see_data_ready(flow).await
    }
    async fn own_terms_page(&self) -> Seen<OwnTermsPage> {
        self.see_own_terms().await
    }

    async fn reconfirm(&self, form: ReconfirmForm) -> Answer {
        self.do_reconfirm(form).await
    }
    async fn put_off(&self, form: ReconfirmForm) -> Answer {
        self.do_put_off(form).await
    }
    async fn change_password(&self, form: ChangeForm) -> Answer {
        self.do_change(form).await
    }
    async fn end_relation(&self, form: EndRelationForm) -> Answer {
        self.do_end_relation(form).await
    }
    async fn end_session(&self, form: EndForm) -> Answer {
        self.do_end_session(form).await
    }
    async fn begin_step_up(&self, form: StepUpForm) -> Answer {
        self.do_begin_step_up(form).await
    }
    async fn show_step_up(&self, form: CodeForm) -> Answer {
        self.do_show_step_up(form).await
    }
    async fn show_step_up_key(&self, form: KeyForm) -> Answer {
        self.do_step_up_key(form).await
    }
    async fn renew_sheet(&self, form: FinishForm) -> Answer {
        self.do_renew_sheet(form).await
    }
    async fn ask_contact(&self, form: ContactForm) -> Answer {
        self.do_ask_contact(form).await
    }
    async fn remove_contact(&self, form: ContactGoesForm) -> Answer {
        self.do_remove_contact(form).await
    }
    async fn verify_contact(&self, form: SentCodeForm) -> Answer {
        self.do_verify_contact(form).await
    }
    async fn accept_role(&self, form: RoleForm) -> Answer {
        self.do_role(form).await
    }
}
