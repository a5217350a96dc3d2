//! What forms send. Everything is text and everything may be missing: what it means is decided behind the desk, and
//! answered with words instead of a status code.

macro_rules! forms {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty),* $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
        #[serde(default)]
        pub struct $name { $($(#[$field_doc])* pub $field: $kind,)* }
    )+};
}

macro_rules! of_a_flow {
    ($($name:ident),+) => {$(
        impl $name {
            /// The flow, when it is one.
            pub fn flow(&self) -> Option<domain::ids::FlowId> { $crate::desk::forms::flow_id(&self.flow) }
        }
    )+};
}

macro_rules! of_a_method {
    ($($name:ident),+) => {$(
        impl $name {
            /// The login method, when it is one.
            pub fn factor(&self) -> Option<domain::ids::FactorId> { self.factor.parse().ok() }
        }
    )+};
}

macro_rules! of_a_draft {
    ($($name:ident),+) => {$(
        impl $name {
            /// The draft, when it is one.
            pub fn draft(&self) -> Option<domain::ids::DraftId> { self.draft.parse().ok() }
        }
    )+};
}

mod auditing;
mod blocking;
mod enrolling;
mod methods;
mod own;
mod publication;
mod reading;
mod signing_in;
mod typed;

pub use auditing::{CancelForm, DrawForm, ExportForm, FiguresForm, RowForm, SearchForm, TrailForm};
pub use blocking::{
    BlockCodeForm, BlockMitidForm, BlockNowForm, BlockPasswordForm, ConfirmBlockForm, NoticeForm,
};
pub use enrolling::{
    AppForm, BeginForm, FindForm, FinishForm, KeepCodesForm, KeepForm, PasswordForm, ProveForm,
};
pub use methods::{
    ApartForm, DeviceForm, KeyAskForm, KeyForm, MethodCodeForm, MethodForm, MethodNameForm, NewKeyForm,
};
pub use own::{
    ChangeForm, ContactForm, ContactGoesForm, EndRelationForm, RoleForm, SentCodeForm, StepUpForm,
};
pub use publication::{
    ApproveTermsForm, BeginTermsForm, ProposeTermsForm, WithdrawTermsForm, WriteTermsForm,
};
pub use reading::{AcceptForm, DeclineForm, Journey, TurnForm};
pub use signing_in::{
    CodeForm, EndForm, GiveUpForm, PassForm, PhoneNumberForm, ReconfirmForm, RecoveryForm, SignInForm,
    SignOutForm,
};
pub use typed::Typed;

use domain::ids::FlowId;

/// Reads a flow's handle as a form or an address carries it.
pub(crate) fn flow_id(text: &str) -> Option<FlowId> {
    text.parse().ok()
}
