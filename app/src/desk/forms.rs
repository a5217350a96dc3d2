//! What forms send. Everything is text and everything may be missing: what it means is decided behind the desk, and
//! answered with words instead of a status code.

use core::fmt;
use domain::ids::FlowId;
use domain::password::Password;
use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

/// Something secret as typed: not shown by `Debug`, wiped when dropped.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Typed(String);

impl Typed {
    /// The text.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same as a password.
    pub fn password(&self) -> Password {
        Password::typed(self.0.clone())
    }
}

impl From<&str> for Typed {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Debug for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Typed(…)")
    }
}

impl Drop for Typed {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// Which way a person is on when she reads the terms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", from = "String", into = "String")]
pub enum Journey {
    /// Becoming able to log in.
    #[default]
    Enrolment,
    /// Logging in.
    SignIn,
    /// Opening a blocked login again.
    Reopening,
}

impl Journey {
    /// The first part of its paths.
    pub const fn root(self) -> &'static str {
        match self {
            Self::Enrolment => "/indrullering",
            Self::SignIn => "/log-ind",
            Self::Reopening => "/genaktiver",
        }
    }

    /// The word in its forms.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Enrolment => "indrullering",
            Self::SignIn => "log-ind",
            Self::Reopening => "genaktiver",
        }
    }
}

impl From<String> for Journey {
    fn from(word: String) -> Self {
        let others = [Self::SignIn, Self::Reopening];
        others.into_iter().find(|journey| journey.word() == word).unwrap_or_default()
    }
}
impl From<Journey> for String {
    fn from(journey: Journey) -> Self {
        journey.word().to_owned()
    }
}

macro_rules! forms {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty),* $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, Serialize, Deserialize)]
        #[serde(default)]
        pub struct $name { $($(#[$field_doc])* pub $field: $kind,)* }
    )+};
}

forms! {
    /// User name and password.
    SignInForm {
        /// The flow; empty begins one to the portal.
        flow: String,
        /// As typed.
        user_name: String,
        /// As typed.
        password: Typed,
    }
    /// The number a phone shows.
    PhoneNumberForm {
        /// The computer's flow.
        flow: String,
        /// As typed.
        number: Typed,
    }
    /// The code of an authenticator app.
    CodeForm {
        /// The flow.
        flow: String,
        /// As typed.
        code: Typed,
    }
    /// The invitation's link.
    BeginForm {
        /// The secret of the link.
        token: Typed,
    }
    /// Nothing to say.
    FindForm {
        /// Unused: a form needs a field to be one.
        go: String,
    }
    /// "Næste" under a page of the terms.
    TurnForm {
        /// The way she is on.
        journey: Journey,
        /// The flow.
        flow: String,
        /// The page that was shown, counted from one.
        page: String,
    }
    /// The box and the button under the last page.
    AcceptForm {
        /// The way she is on.
        journey: Journey,
        /// The flow.
        flow: String,
        /// `yes` when ticked.
        accept: String,
    }
    /// "I do not accept".
    DeclineForm {
        /// The way she is on.
        journey: Journey,
        /// The flow.
        flow: String,
    }
    /// Off to MitID.
    ProveForm {
        /// The flow.
        flow: String,
    }
    /// Confirming anew, now or later.
    ReconfirmForm {
        /// The sign-in that asks; empty from the overview.
        flow: String,
    }
    /// A new password.
    PasswordForm {
        /// The flow.
        flow: String,
        /// As typed.
        password: Typed,
    }
    /// A new authenticator app.
    AppForm {
        /// The flow.
        flow: String,
        /// What she calls it.
        name: String,
        /// The first code, as typed.
        code: Typed,
    }
    /// A code from the printed sheet.
    RecoveryForm {
        /// The flow.
        flow: String,
        /// As typed.
        recovery_code: Typed,
    }
    /// The end of the enrolment.
    FinishForm {
        /// The flow.
        flow: String,
    }
    /// Nothing to say: the session says who.
    BlockNowForm {
        /// Unused: a form needs a field to be one.
        go: String,
    }
    /// The printed blocking code.
    BlockCodeForm {
        /// As typed.
        user_name: String,
        /// As typed.
        blocking_code: Typed,
    }
    /// User name and password, to block.
    BlockPasswordForm {
        /// As typed.
        user_name: String,
        /// As typed.
        password: Typed,
    }
    /// Off to MitID, to block.
    BlockMitidForm {
        /// Unused: a form needs a field to be one.
        go: String,
    }
    /// The last yes of a block.
    ConfirmBlockForm {
        /// The flow.
        flow: String,
    }
    /// "It was not me".
    NoticeForm {
        /// The secret of the link.
        token: Typed,
    }
    /// The box under the printed codes.
    KeepCodesForm {
        /// The flow.
        flow: String,
        /// `yes` when ticked.
        saved: String,
    }
    /// An export to make.
    ExportForm {
        /// Its number.
        export: String,
        /// The first day, as typed.
        from: String,
        /// The last day, as typed.
        to: String,
    }
    /// An export that was ordered, to be cancelled.
    CancelForm {
        /// Its order.
        order: String,
    }
    /// A sample to draw.
    DrawForm {
        /// The seed, as typed; empty for one that is drawn.
        seed: String,
        /// How many people, as typed.
        many: String,
    }
    /// A person to read about.
    TrailForm {
        /// Her id, as typed.
        person: String,
        /// The case it is read for, as typed; empty for none.
        case: String,
    }
    /// A period to count.
    FiguresForm {
        /// The first day, as typed.
        from: String,
        /// The last day, as typed.
        to: String,
    }
    /// Rows of the trail to look for.
    SearchForm {
        /// The first day, as typed.
        from: String,
        /// The last day, as typed.
        to: String,
        /// The word of a part of the house; empty for all.
        group: String,
        /// Words of kinds of events, as typed; empty for all.
        kinds: String,
        /// The word of an outcome; empty for all.
        outcome: String,
        /// The reference of a request, or its id, as typed; empty for all.
        reference: String,
        /// A place of the trail, as typed; empty for none.
        place: String,
        /// `accepts` when only accepts of terms are looked for.
        only: String,
    }
    /// A row of the trail to open.
    RowForm {
        /// Its id.
        row: String,
        /// The search it was found by.
        flow: String,
    }
    /// A role to accept.
    RoleForm {
        /// Its id.
        role: String,
    }
    /// What she keeps at a reopening: `keep[0]=…`, one a box.
    KeepForm {
        /// The flow.
        flow: String,
        /// The ids of what she keeps.
        keep: Vec<String>,
    }
    /// Another password, while signed in.
    ChangeForm {
        /// The current one, as typed.
        current: Typed,
        /// The new one, as typed.
        password: Typed,
        /// The step-up she made for it; empty where a code stands beside it.
        flow: String,
        /// The code, as typed.
        code: Typed,
        /// `yes` when her other sessions end too.
        others: String,
    }
    /// A work relation to end.
    EndRelationForm {
        /// Its id.
        relation: String,
        /// `yes` when she is sure.
        sure: String,
        /// The step-up she made for it; empty where a code stands beside it.
        flow: String,
        /// The code, as typed.
        code: Typed,
    }
    /// A draft of new terms to begin.
    BeginTermsForm {
        /// What people will call the version.
        version: String,
    }
    /// A page of a draft of the terms.
    WriteTermsForm {
        /// The draft's id.
        draft: String,
        /// Which page, counted from one.
        page: String,
        /// The Danish heading.
        da_title: String,
        /// The Danish text, as Markdown.
        da_body: String,
        /// The English heading.
        en_title: String,
        /// The English text, as Markdown.
        en_body: String,
    }
    /// A draft of the terms to propose.
    ProposeTermsForm {
        /// The step-up's flow.
        flow: String,
        /// The draft's id.
        draft: String,
    }
    /// A draft of the terms to publish.
    ApproveTermsForm {
        /// The step-up's flow.
        flow: String,
        /// The draft's id.
        draft: String,
        /// The digest of the text she read.
        read: String,
        /// The first day it holds, as typed.
        from: String,
        /// As [`domain::publication::Binds::word`].
        binds: String,
        /// The last day to accept it, as typed.
        accept_by: String,
    }
    /// A draft of the terms to withdraw.
    WithdrawTermsForm {
        /// The draft's id.
        draft: String,
    }
    /// What she confirms again for.
    StepUpForm {
        /// As [`domain::step_up::StepUpFor::word`].
        purpose: String,
    }
    /// A new address for notices.
    ContactForm {
        /// The step-up's flow.
        flow: String,
        /// As [`domain::contact::ChannelKind::word`].
        kind: String,
        /// Whom the page was made for, as [`crate::desk::Visitor::who`].
        who: String,
        /// As typed.
        address: String,
    }
    /// An address to take away.
    ContactGoesForm {
        /// The step-up's flow.
        flow: String,
        /// As [`domain::contact::ChannelKind::word`].
        kind: String,
    }
    /// The code that was sent to a new address.
    SentCodeForm {
        /// The flow.
        flow: String,
        /// As typed.
        sent_code: Typed,
    }
    /// What asks for a ceremony, whatever it is for.
    KeyAskForm {
        /// The flow; empty where a sign-in begins with it, or none is needed.
        flow: String,
        /// As [`domain::factor::PasskeyKind::word`], for a new one.
        kind: String,
        /// The one to try out.
        factor: String,
    }
    /// A new passkey or security key that answered.
    NewKeyForm {
        /// The enrolment, or the step-up.
        flow: String,
        /// As [`domain::factor::PasskeyKind::word`].
        kind: String,
        /// What she calls it.
        name: String,
        /// The ceremony.
        ceremony: String,
        /// What the browser answered, as JSON.
        answer: Typed,
    }
    /// A passkey or security key that answered.
    KeyForm {
        /// The flow.
        flow: String,
        /// The one to try out.
        factor: String,
        /// The ceremony.
        ceremony: String,
        /// What the browser answered, as JSON.
        answer: Typed,
    }
    /// A code device to take into use.
    DeviceForm {
        /// The enrolment, or the step-up.
        flow: String,
        /// What she calls it.
        name: String,
        /// The code it shows, as typed.
        code: Typed,
    }
    /// Two codes of a device in a row.
    ApartForm {
        /// The sign-in; empty at an open session.
        flow: String,
        /// The first one, as typed.
        code: Typed,
        /// The one after it, as typed.
        second: Typed,
    }
    /// One of her login methods.
    MethodForm {
        /// The step-up's flow, where one is needed.
        flow: String,
        /// Its id.
        factor: String,
    }
    /// Another name for one.
    MethodNameForm {
        /// The step-up's flow.
        flow: String,
        /// Its id.
        factor: String,
        /// Whom the page was made for, as [`crate::desk::Visitor::who`].
        who: String,
        /// As typed.
        name: String,
    }
    /// A code of one, to try it out.
    MethodCodeForm {
        /// Its id.
        factor: String,
        /// As typed.
        code: Typed,
    }
    /// A session to end.
    EndForm {
        /// Its id, or `alle`.
        session: String,
    }
    /// What she does while a service does not answer.
    PassForm {
        /// The way out.
        flow: String,
        /// `igen`: asks it once more; `stop`: waits for nobody any more; else goes on without its answer.
        go: String,
    }
    /// Nothing to say.
    SignOutForm {
        /// Unused: a form needs a field to be one.
        go: String,
    }
}

/// Reads a flow's handle as a form or an address carries it.
pub(crate) fn flow_id(text: &str) -> Option<FlowId> {
    text.parse().ok()
}

macro_rules! of_a_flow {
    ($($name:ident),+) => {$(
        impl $name {
            /// The flow, when it is one.
            pub fn flow(&self) -> Option<FlowId> { flow_id(&self.flow) }
        }
    )+};
}
of_a_flow!(
    SignInForm,
    CodeForm,
    PhoneNumberForm,
    TurnForm,
    AcceptForm,
    DeclineForm,
    ProveForm,
    ReconfirmForm,
    PasswordForm,
    AppForm,
    RecoveryForm,
    FinishForm,
    PassForm,
    ConfirmBlockForm,
    ContactForm,
    ContactGoesForm,
    SentCodeForm,
    KeepCodesForm,
    KeepForm,
    KeyAskForm,
    NewKeyForm,
    KeyForm,
    DeviceForm,
    ChangeForm,
    EndRelationForm,
    ProposeTermsForm,
    ApproveTermsForm,
    ApartForm,
    MethodForm,
    MethodNameForm,
    RowForm
);

macro_rules! of_a_method {
    ($($name:ident),+) => {$(
        impl $name {
            /// The login method, when it is one.
            pub fn factor(&self) -> Option<domain::ids::FactorId> { self.factor.parse().ok() }
        }
    )+};
}
of_a_method!(KeyAskForm, KeyForm, MethodForm, MethodNameForm, MethodCodeForm);

macro_rules! of_a_draft {
    ($($name:ident),+) => {$(
        impl $name {
            /// The draft, when it is one.
            pub fn draft(&self) -> Option<domain::ids::DraftId> { self.draft.parse().ok() }
        }
    )+};
}
of_a_draft!(WriteTermsForm, ProposeTermsForm, ApproveTermsForm, WithdrawTermsForm);

impl TurnForm {
    /// The page that was shown; nought when it is no number.
    pub fn page(&self) -> u8 {
        self.page.parse().unwrap_or(0)
    }
}

impl AcceptForm {
    /// Whether the box was ticked.
    pub fn ticked(&self) -> bool {
        self.accept == "yes"
    }
}
