//! Going on with a phone: the computer's side and the phone's.

use crate::desk::{
    Answer, AppForm, BeginForm, FinishForm, KeySetup, NewKeyForm, PhoneDeskPage, PhoneNumberForm, PhonePage,
    Seen,
};
use async_trait::async_trait;
use domain::ids::FlowId;

/// Going on with a phone: the computer's side and the phone's.
#[async_trait]
pub trait PhoneCounter: Send + Sync {
    /// `/fortsaet/{flow}`: the computer's side of going on with a phone.
    async fn phone_desk(&self, flow: FlowId) -> Seen<PhoneDeskPage>;
    /// `/telefon/{token}`: whether the link opens anything. Changes nothing.
    async fn phone_link(&self, token: &str) -> Seen<()>;
    /// `/paa-telefon/{flow}`: the phone's side.
    async fn phone_page(&self, flow: FlowId) -> Seen<PhonePage>;
    /// `/paa-telefon/{flow}/adgangsnoegle`
    async fn phone_key(&self, flow: FlowId) -> Seen<KeySetup>;

    /// Goes on with a phone, from the account.
    async fn begin_phone(&self, form: FinishForm) -> Answer;
    /// Goes on with a phone, in an enrolment.
    async fn begin_phone_enrolling(&self, form: FinishForm) -> Answer;
    /// This browser is the phone.
    async fn open_phone(&self, form: BeginForm) -> Answer;
    /// The number of the phone, at the computer.
    async fn admit_phone(&self, form: PhoneNumberForm) -> Answer;
    /// An app, on the phone.
    async fn choose_phone_app(&self, form: FinishForm) -> Answer;
    /// The app of the phone answers.
    async fn make_phone_app(&self, form: AppForm) -> Answer;
    /// The key of the phone answers.
    async fn make_phone_key(&self, form: NewKeyForm) -> Answer;
    /// Yes to what the phone made.
    async fn confirm_phone(&self, form: FinishForm) -> Answer;
    /// No, or not now.
    async fn leave_phone(&self, form: FinishForm) -> Answer;
}
