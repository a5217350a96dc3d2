//! Samples: opening a blocked login again, and choosing a new password for a forgotten one.

use super::{Samples, now, setup};
use app::desk::{
    Answer, AppForm, Cannot, CodeSheet, EnrolmentCounter as _, FactorShown, FindForm, FinishForm,
    KeepCodesForm, KeepForm, KeyForm, KeySetup, NewKeyForm, PasswordForm, ReopeningCounter, ReopeningPage,
    ReopeningShown, ResetPage, Seen,
};
use async_trait::async_trait;
use domain::audit::EventKind;
use domain::contact::ChannelKind;
use domain::factor::{MeanKind, PasskeyKind};
use domain::ids::FlowId;
use domain::reopening::ReopeningStep;

fn factor(n: u128, name: &str, goes: bool) -> FactorShown {
    let id = uuid::Uuid::from_u128(n).into();
    let kind = MeanKind::Key(PasskeyKind::Passkey);
    FactorShown { id, kind, name: name.into(), added_at: now(), used_at: Some(now()), goes }
}

fn factors() -> Vec<FactorShown> {
    vec![factor(1, "Min telefon", false), factor(2, "Ukendt telefon", true)]
}

#[async_trait]
impl ReopeningCounter for Samples {
    async fn reopening(&self, flow: FlowId, back: bool) -> Seen<ReopeningPage> {
        let step = if back { ReopeningStep::Factors } else { self.reopening };
        let step = match step {
            ReopeningStep::Password => ReopeningShown::Password {
                user_name: "maja.holm".into(),
                names: vec!["Maja".into(), "Holm".into()],
            },
            ReopeningStep::Factors => ReopeningShown::Factors(factors()),
            ReopeningStep::App => ReopeningShown::App(Box::new(setup())),
            ReopeningStep::Activity => ReopeningShown::Activity(vec![self.happened(EventKind::Held)]),
            ReopeningStep::Terms { .. } | ReopeningStep::Confirm => {
                let taken_back = vec![ChannelKind::Mobile];
                ReopeningShown::Confirm { factors: factors(), new_app: Some("Ny".into()), taken_back }
            }
        };
        self.give(ReopeningPage { flow, step, until: now() })
    }
    async fn reopening_key(&self, flow: FlowId, kind: PasskeyKind) -> Seen<KeySetup> {
        self.key_setup(flow, kind).await
    }
    async fn cannot(&self) -> Seen<Cannot> {
        self.give(self.cannot)
    }
    async fn reset_page(&self, flow: FlowId) -> Seen<ResetPage> {
        self.give(ResetPage { flow, user_name: "maja.holm".into(), names: vec!["Maja".into()] })
    }
    async fn sheet(&self, flow: FlowId) -> Seen<CodeSheet> {
        self.give(CodeSheet {
            flow,
            user_name: "maja.holm".into(),
            at: now(),
            replaces: self.replaces,
            renewed: self.replaces.is_some(),
            url: "https://login.example.dk".into(),
            blocking: "AAAA-BBBB-CCCC".into(),
            recovery: (0..10).map(|n| format!("{n}AAAB-BBBC-CCCD")).collect(),
        })
    }

    async fn start_reopening(&self, form: FindForm) -> Answer {
        self.hear(&form)
    }
    async fn reopen_by_key(&self, form: KeyForm) -> Answer {
        self.hear(&form)
    }
    async fn reopen_password(&self, form: PasswordForm) -> Answer {
        self.hear(&form)
    }
    async fn reopen_factors(&self, form: KeepForm) -> Answer {
        self.hear(&form)
    }
    async fn reopen_app(&self, form: AppForm) -> Answer {
        self.hear(&form)
    }
    async fn reopen_with_key(&self, form: NewKeyForm) -> Answer {
        self.hear(&form)
    }
    async fn reopen_activity(&self, form: FinishForm) -> Answer {
        self.hear(&form)
    }
    async fn reopen(&self, form: FinishForm) -> Answer {
        self.hear(&form)
    }
    async fn start_reset(&self, form: FindForm) -> Answer {
        self.hear(&form)
    }
    async fn reset_by_key(&self, form: KeyForm) -> Answer {
        self.hear(&form)
    }
    async fn reset_password(&self, form: PasswordForm) -> Answer {
        self.hear(&form)
    }
    async fn keep_sheet(&self, form: KeepCodesForm) -> Answer {
        self.hear(&form)
    }
}
