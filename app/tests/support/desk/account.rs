//! Samples: her own account: what happened, what she may change, and the step-up for it.

use super::{Samples, now};
use app::desk::{
    AcceptedShown, AccountCounter, ActivityPage, ActivityPart, Answer, ChangeContactPage, ChangeForm,
    ChangePage, ChannelShown, CodeForm, ContactForm, ContactGoesForm, ContactPage, DataPage, DataReadyPage,
    EndForm, EndRelationForm, FinishForm, KeyForm, NewTermsShown, OwnTermsPage, ReconfirmForm, ReconfirmPage,
    RelationPage, RelationShown, RelationsPage, RoleForm, Seen, SentCodeForm, ServiceShown, SessionShown,
    SessionsPage, StepUpForm, StepUpPage, VerifyPage,
};
use async_trait::async_trait;
use domain::audit::EventKind;
use domain::connection::LogoutKind;
use domain::contact::ChannelKind;
use domain::ids::FlowId;
use domain::reconfirmation::Reconfirmation;
use domain::retention::Periods;
use domain::step_up::StepUpFor;
use jiff::civil::date;

fn relation(n: u128) -> RelationShown {
    RelationShown {
        id: uuid::Uuid::from_u128(n).into(),
        unit: "Hjemmeplejen Nord".into(),
        employee_number: format!("100{n}"),
        starts_on: date(2026, 11, 1),
        ends_on: None,
    }
}

#[async_trait]
impl AccountCounter for Samples {
    async fn reconfirm_page(&self, flow: Option<FlowId>) -> Seen<ReconfirmPage> {
        let service = flow.map(|_| "Omsorg & Pleje".to_owned());
        let may_put_off = flow.is_some() && !matches!(self.reconfirm, Reconfirmation::Overdue(_));
        self.give(ReconfirmPage { flow, service, state: self.reconfirm, may_put_off })
    }
    async fn change_page(&self) -> Seen<ChangePage> {
        let names = vec!["Maja".into(), "Holm".into()];
        let (has_codes, has_key, _) = self.has;
        let (user_name, codes) = ("maja.holm".into(), self.codes);
        let from = self.code_from;
        self.give(ChangePage { user_name, names, step_up: None, has_codes, from, has_key, codes })
    }
    async fn change_page_opened(&self, flow: FlowId) -> Seen<ChangePage> {
        Ok(ChangePage { step_up: Some(flow), ..self.change_page().await? })
    }
    async fn relations_page(&self) -> Seen<RelationsPage> {
        self.give(RelationsPage { step_up: None, relations: vec![relation(1), relation(2)] })
    }
    async fn relation_page(&self, _: &str) -> Seen<RelationPage> {
        let ((has_codes, has_key, _), last) = (self.has, self.last_relation);
        let (codes, from, relation) = (self.codes, self.code_from, relation(1));
        self.give(RelationPage { relation, last, step_up: None, has_codes, from, has_key, codes })
    }
    async fn relations_opened(&self, flow: FlowId) -> Seen<RelationsPage> {
        Ok(RelationsPage { step_up: Some(flow), ..self.relations_page().await? })
    }
    async fn relation_opened(&self, flow: FlowId, id: &str) -> Seen<RelationPage> {
        Ok(RelationPage { step_up: Some(flow), ..self.relation_page(id).await? })
    }
    async fn activity(&self, part: ActivityPart, page: u32) -> Seen<ActivityPage> {
        let rows = EventKind::ALL.iter().map(|kind| self.happened(*kind)).collect();
        self.give(ActivityPage { part, page, older: page < 3, rows, kept: Periods::default().into() })
    }
    async fn sessions(&self) -> Seen<SessionsPage> {
        let session = |n, this| SessionShown {
            id: uuid::Uuid::from_u128(n).into(),
            began_at: now(),
            seen_at: now(),
            this,
            agent: self.agent.clone(),
            address: "192.0.2.1".into(),
        };
        let kinds = [LogoutKind::BackChannel, LogoutKind::FrontChannel, LogoutKind::None];
        let services =
            kinds.map(|logout| ServiceShown { name: "Omsorg & Pleje".into(), until: now(), logout });
        let services = services.to_vec();
        self.give(SessionsPage { sessions: vec![session(1, true), session(2, false)], services })
    }
    async fn step_up_page(&self, flow: FlowId) -> Seen<StepUpPage> {
        let ((code, key, key_first), codes) = (self.has, self.codes);
        let purpose = StepUpFor::Contact(ChannelKind::Mobile);
        self.give(StepUpPage { flow, purpose, codes, code, from: self.code_from, key, key_first })
    }
    async fn new_sheet_page(&self, flow: FlowId) -> Seen<FlowId> {
        self.give(flow)
    }
    async fn contact_page(&self) -> Seen<ContactPage> {
        let channel = |kind, own: bool, cools_off| ChannelShown {
            kind,
            address: Some("maja@privat.example".into()),
            own,
            besides: own.then(|| "gammel@privat.example".into()),
            cools_off,
        };
        let channels = vec![
            channel(ChannelKind::PrivateMail, true, Some(now())),
            ChannelShown { address: None, ..channel(ChannelKind::Mobile, false, None) },
        ];
        self.give(ContactPage { work_mail: Some("maja@kommune.example".into()), channels })
    }
    async fn change_contact_page(&self, flow: FlowId) -> Seen<ChangeContactPage> {
        self.give(ChangeContactPage { flow, kind: ChannelKind::PrivateMail, may_go: true })
    }
    async fn verify_contact_page(&self, flow: FlowId) -> Seen<VerifyPage> {
        self.give(VerifyPage { flow, address: "ny@privat.example".into(), until: now() })
    }
    async fn data_page(&self) -> Seen<DataPage> {
        self.give(DataPage {
            name: "Maja Holm".into(),
            user_name: "maja.holm".into(),
            cpr: "610190-****".into(),
            units: vec!["Hjemmepleje Nord".into()],
            told: vec![("Lønportalen".into(), now())],
            kept: Periods::default().into(),
        })
    }
    async fn data_ready_page(&self, flow: FlowId) -> Seen<DataReadyPage> {
        self.give(DataReadyPage { flow, until: now() })
    }
    async fn own_terms_page(&self) -> Seen<OwnTermsPage> {
        self.give(OwnTermsPage {
            accepted: vec![AcceptedShown {
                version: "1.0".into(),
                current: true,
                at: now(),
                agent: self.agent.clone(),
                address: "192.0.2.1".into(),
                reference: "7K3Q-92AB".into(),
            }],
            new: Some(NewTermsShown {
                version: "2.0".into(),
                from: date(2026, 12, 1),
                holds: false,
                asks: true,
                accept_by: Some(date(2026, 12, 20)),
            }),
        })
    }

    async fn reconfirm(&self, form: ReconfirmForm) -> Answer {
        self.hear(&form)
    }
    async fn put_off(&self, form: ReconfirmForm) -> Answer {
        self.hear(&form)
    }
    async fn change_password(&self, form: ChangeForm) -> Answer {
        self.hear(&form)
    }
    async fn end_relation(&self, form: EndRelationForm) -> Answer {
        self.hear(&form)
    }
    async fn end_session(&self, form: EndForm) -> Answer {
        self.hear(&form)
    }
    async fn begin_step_up(&self, form: StepUpForm) -> Answer {
        self.hear(&form)
    }
    async fn show_step_up(&self, form: CodeForm) -> Answer {
        self.hear(&form)
    }
    async fn show_step_up_key(&self, form: KeyForm) -> Answer {
        self.hear(&form)
    }
    async fn renew_sheet(&self, form: FinishForm) -> Answer {
        self.hear(&form)
    }
    async fn ask_contact(&self, form: ContactForm) -> Answer {
        self.hear(&form)
    }
    async fn remove_contact(&self, form: ContactGoesForm) -> Answer {
        self.hear(&form)
    }
    async fn verify_contact(&self, form: SentCodeForm) -> Answer {
        self.hear(&form)
    }
    async fn accept_role(&self, form: RoleForm) -> Answer {
        self.hear(&form)
    }
}
