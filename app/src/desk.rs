//! The desk: a browser's request as the pages see it. Pages read through it and hand it what was typed; they know
//! no store, no session and no use case, so each can be shown by a test without a database.

mod answer;
mod asking;
mod auditor;
mod audits;
mod blocking;
mod contact;
mod counter;
mod forms;
mod keys;
mod own;
mod phone;
mod publication;
mod seen;
mod status;

pub use answer::{Answer, Destination, Flash, Kept, Slip, Tiding};
pub use asking::{Asking, Assets, House, Visitor};
pub use auditor::{AuditorPage, ExportPage, OrderPage, OrderShown, OrderStage, SamplePage, TrailShown};
pub use audits::{
    AcceptancePage, BuildShown, ChainShown, ChainWrong, EventsPage, EventsStart, FiguresPage, FoundShown,
    OutsideAnswer, OutsideShown, RequirementsPage, RowPage, SignedShown,
};
pub use blocking::{BlockQuestion, BlockReceipt, CodeSheet, ServiceEnding, WasItYou};
pub use contact::{
    AcceptedShown, ChangeContactPage, ChannelShown, ContactPage, DataPage, DataReadyPage, KeptFor,
    NewTermsShown, OwnTermsPage, StepUpPage, VerifyPage,
};
pub use counter::{
    AccountCounter, AuditorCounter, BlockCounter, EnrolmentCounter, MethodsCounter, PhoneCounter,
    PublicationCounter, ReopeningCounter, SignInCounter,
};
pub use forms::{
    AcceptForm, ApartForm, AppForm, ApproveTermsForm, BeginForm, BeginTermsForm, BlockCodeForm,
    BlockMitidForm, BlockNowForm, BlockPasswordForm, CancelForm, ChangeForm, CodeForm, ConfirmBlockForm,
    ContactForm, ContactGoesForm, DeclineForm, DeviceForm, DrawForm, EndForm, EndRelationForm, ExportForm,
    FiguresForm, FindForm, FinishForm, GiveUpForm, Journey, KeepCodesForm, KeepForm, KeyAskForm, KeyForm,
    MethodCodeForm, MethodForm, MethodNameForm, NewKeyForm, NoticeForm, PassForm, PasswordForm,
    PhoneNumberForm, ProposeTermsForm, ProveForm, ReconfirmForm, RecoveryForm, RoleForm, RowForm, SearchForm,
    SentCodeForm, SignInForm, SignOutForm, StepUpForm, TrailForm, TurnForm, Typed, WithdrawTermsForm,
    WriteTermsForm,
};
pub use keys::{
    ApartPage, Ask, DeviceSetup, KeyPage, KeySetup, MethodPage, MethodShown, MethodsPage, OpenMethodsPage,
    RecoveryPage, RegainPage, RegainStep, RemovalPage, WaysPage,
};
pub use own::{
    ActivityPage, ActivityPart, Cannot, CannotWhy, ChangePage, FactorShown, HappenedShown, ReconfirmPage,
    RelationPage, RelationShown, RelationsPage, ReopeningPage, ReopeningShown, ResetPage, ServiceShown,
    SessionShown, SessionsPage,
};
pub use phone::{PhoneDeskPage, PhoneDeskStage, PhonePage, PhoneStage};
pub use publication::{DraftShown, OpenDraft, OpenDraftPage, PublicationPage, WriteTermsPage};
pub use seen::{
    AppSetup, Blocked, BlockedBy, Broken, BrokenKind, Carried, CheckPage, CodeFrom, CodePage, Document,
    Enrolled, EnrolmentPage, Found, HandOver, LeakedPage, LeftToDo, MethodLine, Overview, Pause, PausedDoor,
    PendingRole, ProofPage, ProofRefused, Review, Seen, SignInPage, SignedOut, StepState, Stop, Tasks,
    TermsPage, TextPage, ToldInFrame, WaitingPage, WayOutPage, WayOutStep, Welcome,
};
pub use status::StatusPage;

use async_trait::async_trait;

/// One request of one browser. Put into the context of every page and every server function by the HTTP edge.
///
/// *Looking* (`GET`) changes nothing a person did not do before. *Doing* (`POST`) always gives an [`Answer`], also
/// when the house is on fire: then the answer leads to [`SignInCounter::broken`]'s page. Nothing here may put a secret
/// or a CPR number into an address.
///
/// Each subject has a counter of its own, with its pages and its forms; here is what all of them share.
#[async_trait]
pub trait Desk:
    SignInCounter
    + EnrolmentCounter
    + ReopeningCounter
    + AccountCounter
    + MethodsCounter
    + PhoneCounter
    + AuditorCounter
    + PublicationCounter
    + BlockCounter
    + Send
    + Sync
{
    /// The request itself: language, path, who is signed in.
    fn asking(&self) -> &Asking;
    /// What is the same on every page: whose house this is, how to call, today's files.
    fn house(&self) -> &House;

    /// What the last `POST` of this browser left for this path ([`Asking::path`]). Reading it takes it away.
    async fn flash(&self) -> Flash;
    /// Keeps it for this browser until `path` is looked at. Lost flashes are lost words, never lost facts: a failure is
    /// logged and swallowed.
    async fn keep_flash(&self, path: &str, flash: Flash);

    /// `/overblik`; without a session [`Stop::Go`] to `/log-ind`.
    async fn overview(&self) -> Seen<Overview>;
    /// The texts of the municipality: help, accessibility, privacy, service description, terms.
    async fn document(&self, document: Document) -> Seen<TextPage>;
    /// `/driftsstatus`: what works now.
    async fn status_page(&self) -> Seen<StatusPage>;
}
