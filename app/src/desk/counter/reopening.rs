//! Opening a blocked login again, and choosing a new password for a forgotten one.

use crate::desk::{
    Answer, AppForm, Cannot, CodeSheet, FindForm, FinishForm, KeepCodesForm, KeepForm, KeyForm, KeySetup,
    NewKeyForm, PasswordForm, ReopeningPage, ResetPage, Seen,
};
use async_trait::async_trait;
use domain::factor::PasskeyKind;
use domain::ids::FlowId;

/// Opening a blocked login again, and choosing a new password for a forgotten one.
#[async_trait]
pub trait ReopeningCounter: Send + Sync {
    /// `/genaktiver/{flow}`: the step that is next; with `back` the login methods again.
    async fn reopening(&self, flow: FlowId, back: bool) -> Seen<ReopeningPage>;
    /// `/genaktiver/{flow}/adgangsnoegle` and `…/sikkerhedsnoegle`
    async fn reopening_key(&self, flow: FlowId, kind: PasskeyKind) -> Seen<KeySetup>;
    /// `/genaktiver/afvist`: what was left for this browser.
    async fn cannot(&self) -> Seen<Cannot>;
    /// `/glemt-adgangskode/{flow}`
    async fn reset_page(&self, flow: FlowId) -> Seen<ResetPage>;
    /// `/koder/{flow}`: the sheet that was made just now, in this browser.
    async fn sheet(&self, flow: FlowId) -> Seen<CodeSheet>;

    /// Off to MitID to open her login again.
    async fn start_reopening(&self, form: FindForm) -> Answer;
    /// A passkey in the place of MitID, to open a blocked login.
    async fn reopen_by_key(&self, form: KeyForm) -> Answer;
    /// The new password of a reopening.
    async fn reopen_password(&self, form: PasswordForm) -> Answer;
    /// What she keeps.
    async fn reopen_factors(&self, form: KeepForm) -> Answer;
    /// The new app of a reopening.
    async fn reopen_app(&self, form: AppForm) -> Answer;
    /// The key answers that is to count from the reopening on.
    async fn reopen_with_key(&self, form: NewKeyForm) -> Answer;
    /// She looked at what happened.
    async fn reopen_activity(&self, form: FinishForm) -> Answer;
    /// Opens the login.
    async fn reopen(&self, form: FinishForm) -> Answer;
    /// Off to MitID to choose a new password.
    async fn start_reset(&self, form: FindForm) -> Answer;
    /// The same, to choose a new password.
    async fn reset_by_key(&self, form: KeyForm) -> Answer;
    /// The new password of a reset.
    async fn reset_password(&self, form: PasswordForm) -> Answer;
    /// The sheet is on paper.
    async fn keep_sheet(&self, form: KeepCodesForm) -> Answer;
}
