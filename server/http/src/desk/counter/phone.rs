//! Going on with a phone: the computer's side and the phone's.

use crate::desk::BrowserDesk;
use app::desk::{
    Answer, AppForm, BeginForm, FinishForm, KeySetup, NewKeyForm, PhoneCounter, PhoneDeskPage,
    PhoneNumberForm, PhonePage, Seen,
};
use async_trait::async_trait;
use domain::ids::FlowId;

#[async_trait]
impl PhoneCounter for BrowserDesk {
    async fn phone_desk(&self, flow: FlowId) -> Seen<PhoneDeskPage> {
        self.see_phone_desk(flow).await
    }
    async fn phone_link(&self, token: &str) -> Seen<()> {
        self.see_phone_link(token).await
    }
    async fn phone_page(&self, flow: FlowId) -> Seen<PhonePage> {
        self.see_phone(flow).await
    }
    async fn phone_key(&self, flow: FlowId) -> Seen<KeySetup> {
        self.see_phone_key(flow).await
    }

    async fn begin_phone(&self, form: FinishForm) -> Answer {
        self.do_begin_phone(form).await
    }
    async fn begin_phone_enrolling(&self, form: FinishForm) -> Answer {
        self.do_begin_phone_enrolling(form).await
    }
    async fn open_phone(&self, form: BeginForm) -> Answer {
        self.do_open_phone(form).await
    }
    async fn admit_phone(&self, form: PhoneNumberForm) -> Answer {
        self.do_admit_phone(form).await
    }
    async fn choose_phone_app(&self, form: FinishForm) -> Answer {
        self.do_choose_phone_app(form).await
    }
    async fn make_phone_app(&self, form: AppForm) -> Answer {
        self.do_make_phone_app(form).await
    }
    async fn make_phone_key(&self, form: NewKeyForm) -> Answer {
        self.do_make_phone_key(form).await
    }
    async fn confirm_phone(&self, form: FinishForm) -> Answer {
        self.do_confirm_phone(form).await
    }
    async fn leave_phone(&self, form: FinishForm) -> Answer {
        self.do_leave_phone(form).await
    }
}
