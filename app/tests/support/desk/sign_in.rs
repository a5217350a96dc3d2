//! Samples: signing in, going on to a service, and signing out.

use super::{OnTheWayOut, Samples, flow, now, setup};
use app::desk::{
    Answer, ApartForm, ApartPage, AppForm, Blocked, Broken, Carried, CheckPage, CodeForm, CodePage,
    EnrolmentCounter as _, FinishForm, GiveUpForm, HandOver, KeyForm, KeyPage, KeySetup, LeakedPage,
    LeftToDo, MethodForm, NewKeyForm, PassForm, Pause, PausedDoor, RecoveryForm, RecoveryPage, RegainPage,
    RegainStep, Seen, SignInCounter, SignInForm, SignInPage, SignOutForm, SignedOut, ToldInFrame, WayOutPage,
    WayOutStep, WaysPage,
};
use async_trait::async_trait;
use domain::factor::PasskeyKind;
use domain::ids::FlowId;

#[async_trait]
impl SignInCounter for Samples {
    async fn sign_in_page(&self, flow: Option<FlowId>) -> Seen<SignInPage> {
        let service = flow.map(|_| "Omsorg & Pleje".to_owned());
        self.give(SignInPage {
            flow,
            service,
            behind: self.behind.clone(),
            hint: self.hint.clone(),
            again_as: None,
            known_as: self.known_as.clone(),
        })
    }
    async fn code_page(&self, flow: FlowId) -> Seen<CodePage> {
        self.give(CodePage { flow, service: Some("Omsorg & Pleje".into()), from: self.code_from })
    }
    async fn key_page(&self, flow: Option<FlowId>) -> Seen<KeyPage> {
        let service = flow.map(|_| "Omsorg & Pleje".to_owned());
        self.give(KeyPage { flow, service, after_password: flow.is_some() })
    }
    async fn ways_page(&self, flow: FlowId) -> Seen<WaysPage> {
        let service = Some("Omsorg & Pleje".into());
        self.give(WaysPage { flow, service, code: true, key: true, device: true, recovery: 4 })
    }
    async fn leaked_page(&self, flow: FlowId) -> Seen<LeakedPage> {
        self.give(LeakedPage { flow, service: Some("Aula".into()), until: now() })
    }
    async fn check_page(&self, flow: FlowId) -> Seen<CheckPage> {
        let method = (!self.proved).then(|| (uuid::Uuid::from_u128(7).into(), "Min tablet".to_owned()));
        self.give(CheckPage { flow, service: Some("Aula".into()), method })
    }
    async fn recovery_page(&self, flow: FlowId) -> Seen<RecoveryPage> {
        self.give(RecoveryPage { flow, service: None, left: 3 })
    }
    async fn regain_page(&self, flow: FlowId) -> Seen<RegainPage> {
        let step = if self.proved { RegainStep::App(Box::new(setup())) } else { RegainStep::Prove };
        self.give(RegainPage { flow, service: Some("Aula".into()), step, left: 9 })
    }
    async fn replacement_key(&self, flow: FlowId, kind: PasskeyKind) -> Seen<KeySetup> {
        self.key_setup(flow, kind).await
    }
    async fn apart_page(&self, flow: Option<FlowId>) -> Seen<ApartPage> {
        self.give(ApartPage { flow })
    }
    async fn pause(&self, flow: FlowId) -> Seen<Pause> {
        self.give(Pause { flow, service: Some("Aula".into()), door: PausedDoor::Code, until: Some(now()) })
    }
    async fn blocked(&self, flow: FlowId) -> Seen<Blocked> {
        let (service, reference) = (Some("Aula".into()), "SP-7K3Q".into());
        self.give(Blocked { flow, service, by: self.blocked_by, at: now(), reference })
    }
    async fn broken(&self) -> Seen<Broken> {
        self.give(Broken { kind: self.broken, reference: "7K3Q-92AB".into(), service: None })
    }
    async fn hand_over(&self, _: FlowId) -> Seen<HandOver> {
        self.give(HandOver {
            service: "Omsorg & Pleje".into(),
            address: "https://service.example/acs".into(),
            origins: vec!["https://service.example".into()],
            carried: Carried::Form(vec![
                ("SAMLResponse", "PHJlc3BvbnNlLz4=".into()),
                ("RelayState", "a\"b<c".into()),
            ]),
            refusal: self.given_up,
        })
    }
    async fn hand_over_now(&self) -> Seen<HandOver> {
        self.hand_over(flow()).await
    }
    async fn way_out(&self, flow: FlowId) -> Seen<WayOutPage> {
        let step = match self.way_out {
            OnTheWayOut::Shows => WayOutStep::Show(vec![ToldInFrame {
                service: "Omsorg & Pleje".into(),
                address: "https://service.example/fc?iss=a&sid=b".into(),
                origin: "https://service.example".into(),
            }]),
            OnTheWayOut::Waits => WayOutStep::Waits("Omsorg & Pleje".into()),
            OnTheWayOut::Tells => WayOutStep::Tell(self.hand_over(flow).await?),
        };
        self.give(WayOutPage { flow, step })
    }
    async fn signed_out(&self, flow: Option<FlowId>) -> Seen<SignedOut> {
        let Some(flow) = flow else { return self.give(SignedOut::default()) };
        self.give(SignedOut {
            closed: vec!["Journal".into()],
            being_told: vec!["Løn".into()],
            waiting: vec!["Vagtplan".into()],
            still_open: vec![("Omsorg & Pleje".into(), now())],
            left: Some(LeftToDo { flow, ask: true, tell: true }),
        })
    }

    async fn sign_in(&self, form: SignInForm) -> Answer {
        self.hear(&form)
    }
    async fn give_code(&self, form: CodeForm) -> Answer {
        self.hear(&form)
    }
    async fn give_up(&self, form: GiveUpForm) -> Answer {
        self.hear(&form)
    }
    async fn show_key(&self, form: KeyForm) -> Answer {
        self.hear(&form)
    }
    async fn put_off_check(&self, form: MethodForm) -> Answer {
        self.hear(&form)
    }
    async fn give_recovery_code(&self, form: RecoveryForm) -> Answer {
        self.hear(&form)
    }
    async fn prove_recovery(&self, form: FinishForm) -> Answer {
        self.hear(&form)
    }
    async fn replace_app(&self, form: AppForm) -> Answer {
        self.hear(&form)
    }
    async fn replace_with_key(&self, form: NewKeyForm) -> Answer {
        self.hear(&form)
    }
    async fn bring_together(&self, form: ApartForm) -> Answer {
        self.hear(&form)
    }
    async fn pass_on(&self, form: PassForm) -> Answer {
        self.hear(&form)
    }
    async fn sign_out(&self, form: SignOutForm) -> Answer {
        self.hear(&form)
    }
}
