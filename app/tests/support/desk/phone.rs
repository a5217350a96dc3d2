//! Samples: going on with a phone: the computer's side and the phone's.

use super::{Samples, now};
use app::desk::{
    Answer, AppForm, BeginForm, EnrolmentCounter as _, FinishForm, KeySetup, NewKeyForm, PhoneCounter,
    PhoneDeskPage, PhoneNumberForm, PhonePage, Seen,
};
use async_trait::async_trait;
use domain::factor::PasskeyKind;
use domain::ids::FlowId;

#[async_trait]
impl PhoneCounter for Samples {
    async fn phone_desk(&self, flow: FlowId) -> Seen<PhoneDeskPage> {
        let stage = self.phone.0.clone();
        self.give(PhoneDeskPage { flow, enrolment: None, until: now(), stage, word: "shown" })
    }
    async fn phone_link(&self, _: &str) -> Seen<()> {
        self.give(())
    }
    async fn phone_page(&self, flow: FlowId) -> Seen<PhonePage> {
        self.give(PhonePage { flow, stage: self.phone.1.clone(), word: "opened" })
    }
    async fn phone_key(&self, flow: FlowId) -> Seen<KeySetup> {
        self.key_setup(flow, PasskeyKind::Passkey).await
    }

    async fn begin_phone(&self, form: FinishForm) -> Answer {
        self.hear(&form)
    }
    async fn begin_phone_enrolling(&self, form: FinishForm) -> Answer {
        self.hear(&form)
    }
    async fn open_phone(&self, form: BeginForm) -> Answer {
        self.hear(&form)
    }
    async fn admit_phone(&self, form: PhoneNumberForm) -> Answer {
        self.hear(&form)
    }
    async fn choose_phone_app(&self, form: FinishForm) -> Answer {
        self.hear(&form)
    }
    async fn make_phone_app(&self, form: AppForm) -> Answer {
        self.hear(&form)
    }
    async fn make_phone_key(&self, form: NewKeyForm) -> Answer {
        self.hear(&form)
    }
    async fn confirm_phone(&self, form: FinishForm) -> Answer {
        self.hear(&form)
    }
    async fn leave_phone(&self, form: FinishForm) -> Answer {
        self.hear(&form)
    }
}
