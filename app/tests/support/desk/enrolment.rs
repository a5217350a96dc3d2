//! Samples: becoming able to log in: link, terms, MitID, password and login method.

use super::{Samples, flow, now, setup};
use app::desk::{
    AcceptForm, Answer, AppForm, AppSetup, BeginForm, CodeSheet, DeclineForm, DeviceForm, DeviceSetup,
    Enrolled, EnrolmentCounter, EnrolmentPage, FindForm, FinishForm, Found, Journey, KeepCodesForm, KeySetup,
    NewKeyForm, PasswordForm, ProofPage, ProofRefused, ProveForm, Review, Seen, StepState, Tasks, TermsPage,
    TurnForm, WaitingPage, Welcome,
};
use async_trait::async_trait;
use domain::factor::PasskeyKind;
use domain::ids::FlowId;
use jiff::civil::date;

fn waiting() -> WaitingPage {
    WaitingPage { flow: flow(), user_name: "maja.holm".into(), names: vec!["Maja".into(), "Holm".into()] }
}

#[async_trait]
impl EnrolmentCounter for Samples {
    async fn welcome(&self, _: &str) -> Seen<Welcome> {
        self.give(Welcome { until: now(), begun: None })
    }
    async fn found(&self) -> Seen<Found> {
        self.give(Found { sent_to: Some("m•••@e•••.dk".into()) })
    }
    async fn enrolment(&self, flow: FlowId) -> Seen<EnrolmentPage> {
        let tasks = Tasks { terms: StepState::Done, proof: StepState::Current, ..Tasks::default() };
        self.give(EnrolmentPage {
            flow,
            tasks,
            next: format!("/indrullering/{flow}/bekraeft"),
            works_from: self.works_from,
        })
    }
    async fn terms_page(&self, journey: Journey, flow: FlowId, page: u8) -> Seen<TermsPage> {
        self.give(TermsPage {
            flow,
            service: (journey == Journey::SignIn).then(|| "Aula".into()),
            page,
            pages: 5,
            heading: "Dit login".into(),
            html: "<p>Teksten.</p>".into(),
            version: "1.0".into(),
            date: date(2026, 11, 1),
        })
    }
    async fn decline_page(&self, _: Journey, flow: FlowId) -> Seen<FlowId> {
        self.give(flow)
    }
    async fn proof_page(&self, flow: FlowId) -> Seen<ProofPage> {
        self.give(ProofPage { flow, again: false })
    }
    async fn proof_refused(&self, flow: Option<FlowId>) -> Seen<ProofRefused> {
        let start = if flow.is_none() { self.start.clone() } else { None };
        self.give(ProofRefused { flow, start, page: self.refusal, reference: "7K3Q-92AB".into() })
    }
    async fn password_page(&self, _: FlowId) -> Seen<WaitingPage> {
        self.give(waiting())
    }
    async fn factor_page(&self, _: FlowId) -> Seen<WaitingPage> {
        self.give(waiting())
    }
    async fn app_page(&self, _: FlowId) -> Seen<AppSetup> {
        // A real desk asks a database: the page must wait for it.
        tokio::task::yield_now().await;
        self.give(setup())
    }
    async fn key_setup(&self, flow: FlowId, kind: PasskeyKind) -> Seen<KeySetup> {
        self.give(KeySetup { flow, kind, proposed_name: "Min nøgle".into() })
    }
    async fn device_setup(&self, flow: FlowId) -> Seen<DeviceSetup> {
        self.give(DeviceSetup { flow, proposed_name: "Min kodeviser".into() })
    }
    async fn review(&self, flow: FlowId) -> Seen<Review> {
        self.give(Review {
            flow,
            name: "Maja Holm".into(),
            user_name: "maja.holm".into(),
            terms: ("1.0".into(), now()),
            proved_at: now(),
            until: now(),
            factors: vec!["Min telefon".into()],
            works_from: self.works_from,
        })
    }
    async fn enrolled(&self, _: FlowId) -> Seen<Enrolled> {
        self.give(Enrolled {
            name: "Maja".into(),
            user_name: "maja.holm".into(),
            at: now(),
            terms: Some(("2.0".into(), now())),
            reference: "7K3Q-92AB".into(),
            reconfirm_by: date(2027, 11, 2),
            works_from: self.works_from,
        })
    }
    async fn code_sheet(&self, flow: FlowId) -> Seen<CodeSheet> {
        self.give(CodeSheet {
            flow,
            user_name: "maja.holm".into(),
            at: now(),
            replaces: None,
            renewed: false,
            url: "https://login.example".into(),
            blocking: "7K3Q-92AB-CDEF".into(),
            recovery: vec!["7K3Q9-2ABC-DEFG".into(); 10],
        })
    }

    async fn begin(&self, form: BeginForm) -> Answer {
        self.hear(&form)
    }
    async fn find(&self, form: FindForm) -> Answer {
        self.hear(&form)
    }
    async fn turn_page(&self, form: TurnForm) -> Answer {
        self.hear(&form)
    }
    async fn accept_terms(&self, form: AcceptForm) -> Answer {
        self.hear(&form)
    }
    async fn decline_terms(&self, form: DeclineForm) -> Answer {
        self.hear(&form)
    }
    async fn prove(&self, form: ProveForm) -> Answer {
        self.hear(&form)
    }
    async fn choose_password(&self, form: PasswordForm) -> Answer {
        self.hear(&form)
    }
    async fn add_app(&self, form: AppForm) -> Answer {
        self.hear(&form)
    }
    async fn add_key(&self, form: NewKeyForm) -> Answer {
        self.hear(&form)
    }
    async fn add_device(&self, form: DeviceForm) -> Answer {
        self.hear(&form)
    }
    async fn finish(&self, form: FinishForm) -> Answer {
        self.hear(&form)
    }
    async fn keep_codes(&self, form: KeepCodesForm) -> Answer {
        self.hear(&form)
    }
}
