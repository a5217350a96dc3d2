//! Opening a blocked login again, and choosing a new password for a forgotten one.

use crate::desk::BrowserDesk;
use app::desk::{
    Answer, AppForm, Cannot, CodeSheet, FindForm, FinishForm, KeepCodesForm, KeepForm, KeyForm, KeySetup,
    NewKeyForm, PasswordForm, ReopeningCounter, ReopeningPage, ResetPage, Seen,
};
use async_trait::async_trait;
use domain::factor::PasskeyKind;
use domain::ids::FlowId;
use domain::proofing::Purpose;

#[async_trait]
impl ReopeningCounter for BrowserDesk {
    async fn reopening(&self, flow: FlowId, back: bool) -> Seen<ReopeningPage> {
        self.see_reopening(flow, back).await
    }
    async fn reopening_key(&self, flow: FlowId, kind: PasskeyKind) -> Seen<KeySetup> {
        self.see_reopening_key(flow, kind).await
    }
    async fn cannot(&self) -> Seen<Cannot> {
        self.see_cannot().await
    }
    async fn reset_page(&self, flow: FlowId) -> Seen<ResetPage> {
        self.see_reset(flow).await
    }
    async fn sheet(&self, flow: FlowId) -> Seen<CodeSheet> {
        self.see_sheet(flow).await
    }

    async fn start_reopening(&self, _form: FindForm) -> Answer {
        self.do_start(Purpose::Reopening, "/genaktiver").await
    }
    async fn reopen_by_key(&self, form: KeyForm) -> Answer {
        self.do_prove_by_key(Purpose::Reopening, form).await
    }
    async fn reopen_password(&self, form: PasswordForm) -> Answer {
        self.do_reopen_password(form).await
    }
    async fn reopen_factors(&self, form: KeepForm) -> Answer {
        self.do_reopen_factors(form).await
    }
    async fn reopen_app(&self, form: AppForm) -> Answer {
        self.do_reopen_app(form).await
    }
    async fn reopen_with_key(&self, form: NewKeyForm) -> Answer {
        self.do_reopen_with_key(form).await
    }
    async fn reopen_activity(&self, form: FinishForm) -> Answer {
        self.do_reopen_activity(form).await
    }
    async fn reopen(&self, form: FinishForm) -> Answer {
        self.do_reopen(form).await
    }
    async fn start_reset(&self, _form: FindForm) -> Answer {
        self.do_start(Purpose::Reset, "/glemt-adgangskode").await
    }
    async fn reset_by_key(&self, form: KeyForm) -> Answer {
        self.do_prove_by_key(Purpose::Reset, form).await
    }
    async fn reset_password(&self, form: PasswordForm) -> Answer {
        self.do_reset(form).await
    }
    async fn keep_sheet(&self, form: KeepCodesForm) -> Answer {
        self.do_sheet(form).await
    }
}
