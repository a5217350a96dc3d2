//! Signing in, going on to a service, and signing out.

use crate::desk::{
    Answer, ApartForm, ApartPage, AppForm, Blocked, Broken, CheckPage, CodeForm, CodePage, FinishForm,
    GiveUpForm, HandOver, KeyForm, KeyPage, KeySetup, LeakedPage, MethodForm, NewKeyForm, PassForm, Pause,
    RecoveryForm, RecoveryPage, RegainPage, Seen, SignInForm, SignInPage, SignOutForm, SignedOut, WayOutPage,
    WaysPage,
};
use async_trait::async_trait;
use domain::factor::PasskeyKind;
use domain::ids::FlowId;

/// Signing in, going on to a service, and signing out.
#[async_trait]
pub trait SignInCounter: Send + Sync {
    /// `/log-ind` (no flow: to the portal) and `/log-ind/{flow}`. A flow that waits for another step answers
    /// `Stop::Go` there; so do all pages of a flow.
    async fn sign_in_page(&self, flow: Option<FlowId>) -> Seen<SignInPage>;
    /// `/log-ind/{flow}/kode`
    async fn code_page(&self, flow: FlowId) -> Seen<CodePage>;
    /// `/log-ind/noegle` and `/log-ind/{flow}/noegle`
    async fn key_page(&self, flow: Option<FlowId>) -> Seen<KeyPage>;
    /// `/log-ind/{flow}/andre-veje`
    async fn ways_page(&self, flow: FlowId) -> Seen<WaysPage>;
    /// `/log-ind/{flow}/adgangskode`: her password is known from leaks.
    async fn leaked_page(&self, flow: FlowId) -> Seen<LeakedPage>;
    /// Page 9 where it asks about a login method.
    async fn check_page(&self, flow: FlowId) -> Seen<CheckPage>;
    /// `/log-ind/{flow}/gendannelseskode`
    async fn recovery_page(&self, flow: FlowId) -> Seen<RecoveryPage>;
    /// `/log-ind/{flow}/gendan`: what comes after a recovery code.
    async fn regain_page(&self, flow: FlowId) -> Seen<RegainPage>;
    /// `/log-ind/{flow}/gendan/adgangsnoegle` and `…/sikkerhedsnoegle`
    async fn replacement_key(&self, flow: FlowId, kind: PasskeyKind) -> Seen<KeySetup>;
    /// `/log-ind/{flow}/kodeviser`, and `/konto/kodeviser` without a flow.
    async fn apart_page(&self, flow: Option<FlowId>) -> Seen<ApartPage>;
    /// `/log-ind/{flow}/pause`: too many attempts.
    async fn pause(&self, flow: FlowId) -> Seen<Pause>;
    /// `/log-ind/{flow}/spaerret`: only after the right password.
    async fn blocked(&self, flow: FlowId) -> Seen<Blocked>;
    /// `/log-ind/fejl`: a sign-in that could not be; what and the reference come from what was left for this browser.
    async fn broken(&self) -> Seen<Broken>;
    /// `/svar/{flow}`: the answer for the service, made once.
    async fn hand_over(&self, flow: FlowId) -> Seen<HandOver>;
    /// `/saml/sso`: the answer that this very request got.
    async fn hand_over_now(&self) -> Seen<HandOver>;
    /// `/log-af/{flow}`: on through the services that are told by her browser; once nobody is left `Stop::Go` to how it
    /// went.
    async fn way_out(&self, flow: FlowId) -> Seen<WayOutPage>;
    /// `/logget-ud`, and `/logget-ud/{flow}` with how it went, at any time; over, `Stop::Go` to the first.
    async fn signed_out(&self, flow: Option<FlowId>) -> Seen<SignedOut>;

    /// User name and password.
    async fn sign_in(&self, form: SignInForm) -> Answer;
    /// The code.
    async fn give_code(&self, form: CodeForm) -> Answer;
    /// She goes back to the service that sent her, which hears that she did not sign in.
    async fn give_up(&self, form: GiveUpForm) -> Answer;
    /// A passkey or security key, alone, before the password or after it.
    async fn show_key(&self, form: KeyForm) -> Answer;
    /// She is not asked again whether she still has this one.
    async fn put_off_check(&self, form: MethodForm) -> Answer;
    /// A recovery code.
    async fn give_recovery_code(&self, form: RecoveryForm) -> Answer;
    /// Off to MitID after a recovery code.
    async fn prove_recovery(&self, form: FinishForm) -> Answer;
    /// The app that replaces what she does not have.
    async fn replace_app(&self, form: AppForm) -> Answer;
    /// The key answers that stands in for a login method that is gone.
    async fn replace_with_key(&self, form: NewKeyForm) -> Answer;
    /// Brings a code device into step again.
    async fn bring_together(&self, form: ApartForm) -> Answer;
    /// Does not wait for a service on the way out.
    async fn pass_on(&self, form: PassForm) -> Answer;
    /// Signs out.
    async fn sign_out(&self, form: SignOutForm) -> Answer;
}
