//! Her own account: what happened, what she may change, and the step-up for it.

use crate::desk::{
    ActivityPage, ActivityPart, Answer, ChangeContactPage, ChangeForm, ChangePage, CodeForm, ContactForm,
    ContactGoesForm, ContactPage, DataPage, DataReadyPage, EndForm, EndRelationForm, FinishForm, KeyForm,
    OwnTermsPage, ReconfirmForm, ReconfirmPage, RelationPage, RelationsPage, RoleForm, Seen, SentCodeForm,
    SessionsPage, StepUpForm, StepUpPage, VerifyPage,
};
use async_trait::async_trait;
use domain::ids::FlowId;

/// Her own account: what happened, what she may change, and the step-up for it.
#[async_trait]
pub trait AccountCounter: Send + Sync {
    /// `/log-ind/{flow}/bekraeft`, and `/konto/bekraeft` without a flow.
    async fn reconfirm_page(&self, flow: Option<FlowId>) -> Seen<ReconfirmPage>;
    /// `/konto/adgangskode`
    async fn change_page(&self) -> Seen<ChangePage>;
    /// `/konto/adgangskode/{flow}`: after the step-up for it.
    async fn change_page_opened(&self, flow: FlowId) -> Seen<ChangePage>;
    /// `/konto/tilknytning`
    async fn relations_page(&self) -> Seen<RelationsPage>;
    /// `/konto/tilknytning/{relation}`: before she ends it; for one that is not hers `Stop::Go` to the list.
    async fn relation_page(&self, id: &str) -> Seen<RelationPage>;
    /// `/konto/afslut/{flow}`: which of them to end, after the step-up for it.
    async fn relations_opened(&self, flow: FlowId) -> Seen<RelationsPage>;
    /// `/konto/afslut/{flow}/{relation}`
    async fn relation_opened(&self, flow: FlowId, relation: &str) -> Seen<RelationPage>;
    /// `/konto/aktivitet`, a page of it, from one on.
    async fn activity(&self, part: ActivityPart, page: u32) -> Seen<ActivityPage>;
    /// `/konto/login`
    async fn sessions(&self) -> Seen<SessionsPage>;
    /// `/konto/bekraeft/{flow}`: confirming again; once it is made `Stop::Go` to what it is for.
    async fn step_up_page(&self, flow: FlowId) -> Seen<StepUpPage>;
    /// `/konto/koder/{flow}`: before a new sheet of codes is made, after the step-up.
    async fn new_sheet_page(&self, flow: FlowId) -> Seen<FlowId>;
    /// `/konto/kontakt`
    async fn contact_page(&self) -> Seen<ContactPage>;
    /// `/konto/kontakt/{flow}`: after the step-up.
    async fn change_contact_page(&self, flow: FlowId) -> Seen<ChangeContactPage>;
    /// `/konto/kontakt/{flow}/kode`
    async fn verify_contact_page(&self, flow: FlowId) -> Seen<VerifyPage>;
    /// `/konto/data`
    async fn data_page(&self) -> Seen<DataPage>;
    /// `/konto/data/{flow}`
    async fn data_ready_page(&self, flow: FlowId) -> Seen<DataReadyPage>;
    /// `/konto/vilkaar`
    async fn own_terms_page(&self) -> Seen<OwnTermsPage>;

    /// Off to MitID to confirm anew.
    async fn reconfirm(&self, form: ReconfirmForm) -> Answer;
    /// Not now.
    async fn put_off(&self, form: ReconfirmForm) -> Answer;
    /// Another password, while signed in.
    async fn change_password(&self, form: ChangeForm) -> Answer;
    /// Ends one of her work relations.
    async fn end_relation(&self, form: EndRelationForm) -> Answer;
    /// Ends one of her sessions, or all.
    async fn end_session(&self, form: EndForm) -> Answer;
    /// Asks to confirm again, for one thing.
    async fn begin_step_up(&self, form: StepUpForm) -> Answer;
    /// Confirms again.
    async fn show_step_up(&self, form: CodeForm) -> Answer;
    /// Confirms again with a passkey or security key.
    async fn show_step_up_key(&self, form: KeyForm) -> Answer;
    /// Makes a new sheet of codes.
    async fn renew_sheet(&self, form: FinishForm) -> Answer;
    /// A new address for notices.
    async fn ask_contact(&self, form: ContactForm) -> Answer;
    /// Takes an address away.
    async fn remove_contact(&self, form: ContactGoesForm) -> Answer;
    /// The code that was sent to a new address.
    async fn verify_contact(&self, form: SentCodeForm) -> Answer;
    /// Accepts a role proposed to her.
    async fn accept_role(&self, form: RoleForm) -> Answer;
}
