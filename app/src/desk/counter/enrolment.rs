//! Becoming able to log in: link, terms, MitID, password and login method.

use crate::desk::{
    AcceptForm, Answer, AppForm, AppSetup, BeginForm, CodeSheet, DeclineForm, DeviceForm, DeviceSetup,
    Enrolled, EnrolmentPage, FindForm, FinishForm, Found, Journey, KeepCodesForm, KeySetup, NewKeyForm,
    PasswordForm, ProofPage, ProofRefused, ProveForm, Review, Seen, TermsPage, TurnForm, WaitingPage,
    Welcome,
};
use async_trait::async_trait;
use domain::factor::PasskeyKind;
use domain::ids::FlowId;

/// Becoming able to log in: link, terms, MitID, password and login method.
#[async_trait]
pub trait EnrolmentCounter: Send + Sync {
    /// `/kom-i-gang/{token}`: looks at the invitation and uses nothing up (mail scanners open links).
    async fn welcome(&self, token: &str) -> Seen<Welcome>;
    /// `/kom-i-gang/fundet`: after MitID without a link.
    async fn found(&self) -> Seen<Found>;
    /// `/indrullering/{flow}`: how far it is.
    async fn enrolment(&self, flow: FlowId) -> Seen<EnrolmentPage>;
    /// `/indrullering/{flow}/vilkaar/{page}`, and the same below `/log-ind` and `/genaktiver`; counted from one.
    async fn terms_page(&self, journey: Journey, flow: FlowId, page: u8) -> Seen<TermsPage>;
    /// `/indrullering/{flow}/vilkaar/nej`, and the same below `/log-ind` and `/genaktiver`: what follows when she does not
    /// accept. Only while the terms are what comes next in a flow of this browser.
    async fn decline_page(&self, journey: Journey, flow: FlowId) -> Seen<FlowId>;
    /// `/indrullering/{flow}/bekraeft`
    async fn proof_page(&self, flow: FlowId) -> Seen<ProofPage>;
    /// `/indrullering/{flow}/ikke-bekraeftet`, and `/mitid/ikke-bekraeftet` when the flow is lost.
    async fn proof_refused(&self, flow: Option<FlowId>) -> Seen<ProofRefused>;
    /// `/indrullering/{flow}/adgangskode`
    async fn password_page(&self, flow: FlowId) -> Seen<WaitingPage>;
    /// `/indrullering/{flow}/loginmiddel`
    async fn factor_page(&self, flow: FlowId) -> Seen<WaitingPage>;
    /// `/indrullering/{flow}/app`: offers a seed; the same seed again while it is pending.
    async fn app_page(&self, flow: FlowId) -> Seen<AppSetup>;
    /// `/indrullering/{flow}/adgangsnoegle` and `…/sikkerhedsnoegle`
    async fn key_setup(&self, flow: FlowId, kind: PasskeyKind) -> Seen<KeySetup>;
    /// `/indrullering/{flow}/kodeviser`
    async fn device_setup(&self, flow: FlowId) -> Seen<DeviceSetup>;
    /// `/indrullering/{flow}/tjek`
    async fn review(&self, flow: FlowId) -> Seen<Review>;
    /// `/indrullering/{flow}/klar`
    async fn enrolled(&self, flow: FlowId) -> Seen<Enrolled>;
    /// `/indrullering/{flow}/koder`: the printed sheet, until she says that she has it.
    async fn code_sheet(&self, flow: FlowId) -> Seen<CodeSheet>;

    /// Begins with an invitation.
    async fn begin(&self, form: BeginForm) -> Answer;
    /// Begins without one: off to MitID to find out whose invitation is whose.
    async fn find(&self, form: FindForm) -> Answer;
    /// "Næste" in the terms.
    async fn turn_page(&self, form: TurnForm) -> Answer;
    /// Accepts the terms.
    async fn accept_terms(&self, form: AcceptForm) -> Answer;
    /// Declines them.
    async fn decline_terms(&self, form: DeclineForm) -> Answer;
    /// Off to MitID to prove who she is.
    async fn prove(&self, form: ProveForm) -> Answer;
    /// Chooses the password.
    async fn choose_password(&self, form: PasswordForm) -> Answer;
    /// Verifies the first code of an authenticator app and keeps the app.
    async fn add_app(&self, form: AppForm) -> Answer;
    /// Registers the passkey or security key that answered.
    async fn add_key(&self, form: NewKeyForm) -> Answer;
    /// Takes a code device into use.
    async fn add_device(&self, form: DeviceForm) -> Answer;
    /// Finishes the enrolment.
    async fn finish(&self, form: FinishForm) -> Answer;
    /// Says that the printed codes are kept.
    async fn keep_codes(&self, form: KeepCodesForm) -> Answer;
}
