//! Signing in, going on to a service, and signing out.

use crate::desk::BrowserDesk;
use app::desk::{
    Answer, ApartForm, ApartPage, AppForm, Blocked, Broken, CheckPage, CodeForm, CodePage, FinishForm,
    GiveUpForm, HandOver, KeyForm, KeyPage, KeySetup, LeakedPage, MethodForm, NewKeyForm, PassForm, Pause,
    RecoveryForm, RecoveryPage, RegainPage, Seen, SignInCounter, SignInForm, SignInPage, SignOutForm,
    SignedOut, WayOutPage, WaysPage,
};
use async_trait::async_trait;
use domain::factor::PasskeyKind;
use domain::ids::FlowId;

#[async_trait]
impl SignInCounter for BrowserDesk {
    async fn sign_in_page(&self, flow: Option<FlowId>) -> Seen<SignInPage> {
        self.see_sign_in(flow).await
    }
    async fn code_page(&self, flow: FlowId) -> Seen<CodePage> {
        self.see_code(flow).await
    }
    async fn key_page(&self, flow: Option<FlowId>) -> Seen<KeyPage> {
        self.see_key(flow).await
    }
    async fn ways_page(&self, flow: FlowId) -> Seen<WaysPage> {
        self.see_ways(flow).await
    }
    async fn leaked_page(&self, flow: FlowId) -> Seen<LeakedPage> {
        self.see_leaked(flow).await
    }
    async fn check_page(&self, flow: FlowId) -> Seen<CheckPage> {
        self.see_check(flow).await
    }
    async fn recovery_page(&self, flow: FlowId) -> Seen<RecoveryPage> {
        self.see_recovery(flow).await
    }
    async fn regain_page(&self, flow: FlowId) -> Seen<RegainPage> {
        self.see_regain(flow).await
    }
    async fn replacement_key(&self, flow: FlowId, kind: PasskeyKind) -> Seen<KeySetup> {
        self.see_replacement_key(flow, kind).await
    }
    async fn apart_page(&self, flow: Option<FlowId>) -> Seen<ApartPage> {
        self.see_apart(flow).await
    }
    async fn pause(&self, flow: FlowId) -> Seen<Pause> {
        self.see_pause(flow).await
    }
    async fn blocked(&self, flow: FlowId) -> Seen<Blocked> {
        self.see_blocked(flow).await
    }
    async fn broken(&self) -> Seen<Broken> {
        self.see_broken().await
    }
    async fn hand_over(&self, _: FlowId) -> Seen<HandOver> {
        // It was made, or refused, before its page was asked for.
        self.see_held()
    }
    async fn hand_over_now(&self) -> Seen<HandOver> {
        self.see_held()
    }
    async fn way_out(&self, flow: FlowId) -> Seen<WayOutPage> {
        self.see_leaving(flow).await
    }
    async fn signed_out(&self, flow: Option<FlowId>) -> Seen<SignedOut> {
        self.see_left(flow).await
    }

    async fn sign_in(&self, form: SignInForm) -> Answer {
        self.do_sign_in(form).await
    }
    async fn give_code(&self, form: CodeForm) -> Answer {
        self.do_code(form).await
    }
    async fn give_up(&self, form: GiveUpForm) -> Answer {
        self.do_give_up(form).await
    }
    async fn show_key(&self, form: KeyForm) -> Answer {
        self.do_key(form).await
    }
    async fn put_off_check(&self, form: MethodForm) -> Answer {
        self.do_put_off_check(form).await
    }
    async fn give_recovery_code(&self, form: RecoveryForm) -> Answer {
        self.do_recovery(form).await
    }
    async fn prove_recovery(&self, form: FinishForm) -> Answer {
        self.do_prove_recovery(form).await
    }
    async fn replace_app(&self, form: AppForm) -> Answer {
        self.do_replace(form).await
    }
    async fn replace_with_key(&self, form: NewKeyForm) -> Answer {
        self.do_replace_with_key(form).await
    }
    async fn bring_together(&self, form: ApartForm) -> Answer {
        self.do_together(form).await
    }
    async fn pass_on(&self, form: PassForm) -> Answer {
        self.do_pass_on(form).await
    }
    async fn sign_out(&self, _form: SignOutForm) -> Answer {
        self.do_sign_out().await
    }
}
