//! Becoming able to log in: link, terms, MitID, password and login method.

use crate::desk::BrowserDesk;
use app::desk::{
    AcceptForm, Answer, AppForm, AppSetup, BeginForm, CodeSheet, DeclineForm, DeviceForm, DeviceSetup,
    Enrolled, EnrolmentCounter, EnrolmentPage, FindForm, FinishForm, Found, Journey, KeepCodesForm, KeySetup,
    NewKeyForm, PasswordForm, ProofPage, ProofRefused, ProveForm, Review, Seen, TermsPage, TurnForm,
    WaitingPage, Welcome,
};
use async_trait::async_trait;
use domain::factor::PasskeyKind;
use domain::ids::FlowId;

#[async_trait]
impl EnrolmentCounter for BrowserDesk {
    async fn welcome(&self, token: &str) -> Seen<Welcome> {
        self.see_welcome(token).await
    }
    async fn found(&self) -> Seen<Found> {
        Ok(Found::default())
    }
    async fn enrolment(&self, flow: FlowId) -> Seen<EnrolmentPage> {
        self.see_tasks(flow).await
    }
    async fn terms_page(&self, journey: Journey, flow: FlowId, page: u8) -> Seen<TermsPage> {
        self.see_terms(journey, flow, page).await
    }
    async fn decline_page(&self, journey: Journey, flow: FlowId) -> Seen<FlowId> {
        self.see_decline(journey, flow).await
    }
    async fn proof_page(&self, flow: FlowId) -> Seen<ProofPage> {
        self.see_proof(flow).await
    }
    async fn proof_refused(&self, flow: Option<FlowId>) -> Seen<ProofRefused> {
        self.see_refused(flow).await
    }
    async fn password_page(&self, flow: FlowId) -> Seen<WaitingPage> {
        self.see_waiting(flow, domain::enrolment::Step::Password).await
    }
    async fn factor_page(&self, flow: FlowId) -> Seen<WaitingPage> {
        self.see_waiting(flow, domain::enrolment::Step::Factor).await
    }
    async fn app_page(&self, flow: FlowId) -> Seen<AppSetup> {
        self.see_app(flow).await
    }
    async fn key_setup(&self, flow: FlowId, kind: PasskeyKind) -> Seen<KeySetup> {
        self.see_key_setup(flow, kind).await
    }
    async fn device_setup(&self, flow: FlowId) -> Seen<DeviceSetup> {
        self.see_device_setup(flow).await
    }
    async fn review(&self, flow: FlowId) -> Seen<Review> {
        self.see_review(flow).await
    }
    async fn enrolled(&self, flow: FlowId) -> Seen<Enrolled> {
        self.see_enrolled(flow).await
    }
    async fn code_sheet(&self, flow: FlowId) -> Seen<CodeSheet> {
        self.see_code_sheet(flow).await
    }

    async fn begin(&self, form: BeginForm) -> Answer {
        self.do_begin(form).await
    }
    async fn find(&self, _form: FindForm) -> Answer {
        self.do_find().await
    }
    async fn turn_page(&self, form: TurnForm) -> Answer {
        self.do_turn(form).await
    }
    async fn accept_terms(&self, form: AcceptForm) -> Answer {
        self.do_accept(form).await
    }
    async fn decline_terms(&self, form: DeclineForm) -> Answer {
        self.do_decline(form).await
    }
    async fn prove(&self, form: ProveForm) -> Answer {
        self.do_prove(form).await
    }
    async fn choose_password(&self, form: PasswordForm) -> Answer {
        self.do_password(form).await
    }
    async fn add_app(&self, form: AppForm) -> Answer {
        self.do_app(form).await
    }
    async fn add_key(&self, form: NewKeyForm) -> Answer {
        self.do_new_key(form).await
    }
    async fn add_device(&self, form: DeviceForm) -> Answer {
        self.do_device(form).await
    }
    async fn finish(&self, form: FinishForm) -> Answer {
        self.do_finish(form).await
    }
    async fn keep_codes(&self, form: KeepCodesForm) -> Answer {
        self.do_keep_codes(form).await
    }
}
