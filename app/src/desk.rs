//! The desk: a browser's request as the pages see it. Pages read through it and hand it what was typed; they know
//! no store, no session and no use case, so each can be shown by a test without a database.

mod answer;
mod asking;
mod auditor;
mod audits;
mod blocking;
mod contact;
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
pub use blocking::{BlockReceipt, CodeSheet, ServiceEnding, WasItYou};
pub use contact::{
    AcceptedShown, ChangeContactPage, ChannelShown, ContactPage, DataPage, DataReadyPage, KeptFor,
    OwnTermsPage, StepUpPage, VerifyPage,
};
pub use forms::{
    AcceptForm, ApartForm, AppForm, ApproveTermsForm, BeginForm, BeginTermsForm, BlockCodeForm,
    BlockMitidForm, BlockNowForm, BlockPasswordForm, CancelForm, ChangeForm, CodeForm, ConfirmBlockForm,
    ContactForm, ContactGoesForm, DeclineForm, DeviceForm, DrawForm, EndForm, EndRelationForm, ExportForm,
    FiguresForm, FindForm, FinishForm, Journey, KeepCodesForm, KeepForm, KeyAskForm, KeyForm, MethodCodeForm,
    MethodForm, MethodNameForm, NewKeyForm, NoticeForm, PassForm, PasswordForm, PhoneNumberForm,
    ProposeTermsForm, ProveForm, ReconfirmForm, RecoveryForm, RoleForm, RowForm, SearchForm, SentCodeForm,
    SignInForm, SignOutForm, StepUpForm, TrailForm, TurnForm, Typed, WithdrawTermsForm, WriteTermsForm,
};
pub use keys::{
    ApartPage, Ask, DeviceSetup, KeyPage, KeySetup, MethodPage, MethodShown, MethodsPage, OpenMethodsPage,
    RecoveryPage, RegainPage, RegainStep, WaysPage,
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
use domain::Date;
use domain::factor::PasskeyKind;
use domain::ids::{EventId, ExportJobId, FlowId};

/// One request of one browser. Put into the context of every page and every server function by the HTTP edge.
///
/// *Looking* (`GET`) changes nothing a person did not do before. *Doing* (`POST`) always gives an [`Answer`], also
/// when the house is on fire: then the answer leads to [`Desk::broken`]'s page. Nothing here may put a secret or a CPR
/// number into an address.
#[async_trait]
pub trait Desk: Send + Sync {
    /// The request itself: language, path, who is signed in.
    fn asking(&self) -> &Asking;
    /// What is the same on every page: whose house this is, how to call, today's files.
    fn house(&self) -> &House;

    /// What the last `POST` of this browser left for this path ([`Asking::path`]). Reading it takes it away.
    async fn flash(&self) -> Flash;
    /// Keeps it for this browser until `path` is looked at. Lost flashes are lost words, never lost facts: a failure is
    /// logged and swallowed.
    async fn keep_flash(&self, path: &str, flash: Flash);

    /// `/log-ind` (no flow: to the portal) and `/log-ind/{flow}`. A flow that waits for another step answers
    /// [`Stop::Go`] there; so do all pages of a flow.
    async fn sign_in_page(&self, flow: Option<FlowId>) -> Seen<SignInPage>;
    /// `/log-ind/{flow}/kode`
    async fn code_page(&self, flow: FlowId) -> Seen<CodePage>;
    /// `/log-ind/noegle` and `/log-ind/{flow}/noegle`
    async fn key_page(&self, flow: Option<FlowId>) -> Seen<KeyPage>;
    /// `/log-ind/{flow}/andre-veje`
    async fn ways_page(&self, flow: FlowId) -> Seen<WaysPage>;
    /// `/log-ind/{flow}/adgangskode`: her password is known from leaks.
    async fn leaked_page(&self, flow: FlowId) -> Seen<LeakedPage>;
    /// Page 9 where it asks about a login method.
    async fn check_page(&self, flow: FlowId) -> Seen<CheckPage>;
    /// `/log-ind/{flow}/gendannelseskode`
    async fn recovery_page(&self, flow: FlowId) -> Seen<RecoveryPage>;
    /// `/log-ind/{flow}/gendan`: what comes after a recovery code.
    async fn regain_page(&self, flow: FlowId) -> Seen<RegainPage>;
    /// `/log-ind/{flow}/kodeviser`, and `/konto/kodeviser` without a flow.
    async fn apart_page(&self, flow: Option<FlowId>) -> Seen<ApartPage>;
    /// `/log-ind/{flow}/pause`: too many attempts.
    async fn pause(&self, flow: FlowId) -> Seen<Pause>;
    /// `/log-ind/{flow}/spaerret`: only after the right password.
    async fn blocked(&self, flow: FlowId) -> Seen<Blocked>;
    /// `/log-ind/fejl`: a sign-in that could not be; what and the reference come from what was left for this browser.
    async fn broken(&self) -> Seen<Broken>;
    /// `/svar/{flow}`: the answer for the service, made once.
    async fn hand_over(&self, flow: FlowId) -> Seen<HandOver>;
    /// `/saml/sso`: the answer that this very request got.
    async fn hand_over_now(&self) -> Seen<HandOver>;
    /// `/log-af/{flow}`: on through the services that are told by her browser; once nobody is left [`Stop::Go`] to how it
    /// went.
    async fn way_out(&self, flow: FlowId) -> Seen<WayOutPage>;
    /// `/logget-ud`, and `/logget-ud/{flow}` with how it went, at any time; over, [`Stop::Go`] to the first.
    async fn signed_out(&self, flow: Option<FlowId>) -> Seen<SignedOut>;

    /// `/kom-i-gang/{token}`: looks at the invitation and uses nothing up (mail scanners open links).
    async fn welcome(&self, token: &str) -> Seen<Welcome>;
    /// `/kom-i-gang/fundet`: after MitID without a link.
    async fn found(&self) -> Seen<Found>;
    /// `/indrullering/{flow}`: how far it is.
    async fn enrolment(&self, flow: FlowId) -> Seen<EnrolmentPage>;
    /// `/indrullering/{flow}/vilkaar/{page}`, and the same below `/log-ind` and `/genaktiver`; counted from one.
    async fn terms_page(&self, journey: Journey, flow: FlowId, page: u8) -> Seen<TermsPage>;
    /// `/indrullering/{flow}/vilkaar/nej`, and the same below `/log-ind` and `/genaktiver`: what follows when she does not
    /// accept. Only while the terms are what comes next in a flow of this browser.
    async fn decline_page(&self, journey: Journey, flow: FlowId) -> Seen<FlowId>;
    /// `/indrullering/{flow}/bekraeft`
    async fn proof_page(&self, flow: FlowId) -> Seen<ProofPage>;
    /// `/indrullering/{flow}/ikke-bekraeftet`, and `/mitid/ikke-bekraeftet` when the flow is lost.
    async fn proof_refused(&self, flow: Option<FlowId>) -> Seen<ProofRefused>;
    /// `/indrullering/{flow}/adgangskode`
    async fn password_page(&self, flow: FlowId) -> Seen<WaitingPage>;
    /// `/indrullering/{flow}/loginmiddel`
    async fn factor_page(&self, flow: FlowId) -> Seen<WaitingPage>;
    /// `/indrullering/{flow}/app`: offers a seed; the same seed again while it is pending.
    async fn app_page(&self, flow: FlowId) -> Seen<AppSetup>;
    /// `/indrullering/{flow}/adgangsnoegle` and `…/sikkerhedsnoegle`
    async fn key_setup(&self, flow: FlowId, kind: PasskeyKind) -> Seen<KeySetup>;
    /// `/indrullering/{flow}/kodeviser`
    async fn device_setup(&self, flow: FlowId) -> Seen<DeviceSetup>;
    /// `/indrullering/{flow}/tjek`
    async fn review(&self, flow: FlowId) -> Seen<Review>;
    /// `/indrullering/{flow}/klar`
    async fn enrolled(&self, flow: FlowId) -> Seen<Enrolled>;

    /// `/genaktiver/{flow}`: the step that is next; with `back` the login methods again.
    async fn reopening(&self, flow: FlowId, back: bool) -> Seen<ReopeningPage>;
    /// `/genaktiver/afvist`: what was left for this browser.
    async fn cannot(&self) -> Seen<Cannot>;
    /// `/glemt-adgangskode/{flow}`
    async fn reset_page(&self, flow: FlowId) -> Seen<ResetPage>;
    /// `/koder/{flow}`: the sheet that was made just now, in this browser.
    async fn sheet(&self, flow: FlowId) -> Seen<CodeSheet>;
    /// `/log-ind/{flow}/bekraeft`, and `/konto/bekraeft` without a flow.
    async fn reconfirm_page(&self, flow: Option<FlowId>) -> Seen<ReconfirmPage>;
    /// `/konto/adgangskode`
    async fn change_page(&self) -> Seen<ChangePage>;
    /// `/konto/adgangskode/{flow}`: after the step-up for it.
    async fn change_page_opened(&self, flow: FlowId) -> Seen<ChangePage>;
    /// `/konto/afslut/{flow}`: which of them to end, after the step-up for it.
    async fn relations_opened(&self, flow: FlowId) -> Seen<RelationsPage>;
    /// `/konto/afslut/{flow}/{relation}`
    async fn relation_opened(&self, flow: FlowId, relation: &str) -> Seen<RelationPage>;
    /// `/konto/aktivitet`
    async fn activity(&self, part: ActivityPart) -> Seen<ActivityPage>;
    /// `/konto/tilknytning`
    async fn relations_page(&self) -> Seen<RelationsPage>;
    /// `/konto/tilknytning/{relation}`: before she ends it; for one that is not hers [`Stop::Go`] to the list.
    async fn relation_page(&self, id: &str) -> Seen<RelationPage>;
    /// `/konto/login`
    async fn sessions(&self) -> Seen<SessionsPage>;

    /// `/konto/bekraeft/{flow}`: confirming again; once it is made [`Stop::Go`] to what it is for.
    async fn step_up_page(&self, flow: FlowId) -> Seen<StepUpPage>;
    /// `/konto/loginmidler`
    async fn methods_page(&self) -> Seen<MethodsPage>;
    /// `/konto/loginmidler/{factor}`; for one that is not hers [`Stop::Go`] to the list.
    async fn method_page(&self, id: &str) -> Seen<MethodPage>;
    /// `/konto/loginmidler/ret/{flow}`: after the step-up.
    async fn open_methods_page(&self, flow: FlowId) -> Seen<OpenMethodsPage>;
    /// `/konto/loginmidler/ret/{flow}/adgangsnoegle` and `…/sikkerhedsnoegle`
    async fn another_key(&self, flow: FlowId, kind: PasskeyKind) -> Seen<KeySetup>;
    /// `/konto/loginmidler/ret/{flow}/app`: offers a seed; the same one again while the step-up lasts.
    async fn another_app(&self, flow: FlowId) -> Seen<AppSetup>;
    /// `/fortsaet/{flow}`: the computer's side of going on with a phone.
    async fn phone_desk(&self, flow: FlowId) -> Seen<PhoneDeskPage>;
    /// `/telefon/{token}`: whether the link opens anything. Changes nothing.
    async fn phone_link(&self, token: &str) -> Seen<()>;
    /// `/paa-telefon/{flow}`: the phone's side.
    async fn phone_page(&self, flow: FlowId) -> Seen<PhonePage>;
    /// `/genaktiver/{flow}/adgangsnoegle` and `…/sikkerhedsnoegle`
    async fn reopening_key(&self, flow: FlowId, kind: PasskeyKind) -> Seen<KeySetup>;
    /// `/log-ind/{flow}/gendan/adgangsnoegle` and `…/sikkerhedsnoegle`
    async fn replacement_key(&self, flow: FlowId, kind: PasskeyKind) -> Seen<KeySetup>;
    /// `/paa-telefon/{flow}/adgangsnoegle`
    async fn phone_key(&self, flow: FlowId) -> Seen<KeySetup>;
    /// `/konto/koder/{flow}`: before a new sheet of codes is made, after the step-up.
    async fn new_sheet_page(&self, flow: FlowId) -> Seen<FlowId>;
    /// `/konto/kodeviser/{flow}`: after the step-up.
    async fn another_device(&self, flow: FlowId) -> Seen<DeviceSetup>;
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
    /// `/revision`; for whoever is no auditor [`Stop::NotAuditor`], as for all pages below it.
    async fn auditor_page(&self) -> Seen<AuditorPage>;
    /// `/revision/udtraek/{flow}`
    async fn export_page(&self, flow: FlowId) -> Seen<ExportPage>;
    /// `/revision/bestilling/{order}`
    async fn order_page(&self, id: ExportJobId) -> Seen<OrderPage>;
    /// `/revision/stikproeve/{flow}`
    async fn sample_page(&self, flow: FlowId) -> Seen<SamplePage>;
    /// `/revision/noegletal` and `/revision/vilkaar`: today, for the period that is offered.
    async fn auditor_day(&self) -> Seen<Date>;
    /// `/revision/noegletal/{flow}`
    async fn figures_page(&self, flow: FlowId) -> Seen<FiguresPage>;
    /// `/revision/haendelser`
    async fn events_start(&self) -> Seen<EventsStart>;
    /// `/revision/haendelser/{flow}`, and what is older than a row of it; behind none that is there [`Stop::Go`] to the newest.
    async fn events_page(&self, flow: FlowId, behind: Option<EventId>) -> Seen<EventsPage>;
    /// `/revision/haendelse/{flow}`
    async fn row_page(&self, flow: FlowId) -> Seen<RowPage>;
    /// `/revision/vilkaar/{flow}`
    async fn acceptance_page(&self, flow: FlowId) -> Seen<AcceptancePage>;
    /// `/revision/krav`
    async fn requirements_page(&self) -> Seen<RequirementsPage>;
    /// `/konto/vilkaar`
    async fn own_terms_page(&self) -> Seen<OwnTermsPage>;

    /// `/administration/vilkaar`: for administrators; anybody else [`Stop::Go`] to the overview, and so below.
    async fn publication_page(&self) -> Seen<PublicationPage>;
    /// `/administration/vilkaar/side/{page}`: a page of her own draft.
    async fn write_terms_page(&self, page: u8) -> Seen<WriteTermsPage>;
    /// `/administration/vilkaar/{flow}`: to propose her own draft or to publish another's, after the step-up.
    async fn open_draft_page(&self, flow: FlowId) -> Seen<OpenDraftPage>;

    /// `/indrullering/{flow}/koder`: the printed sheet, until she says that she has it.
    async fn code_sheet(&self, flow: FlowId) -> Seen<CodeSheet>;

    /// `/spaer/nu`: the question before a block by an open session; without one [`Stop::Go`] to `/spaer`.
    async fn block_page(&self) -> Seen<()>;
    /// `/spaer/bekraeft/{flow}`: the same question where the flow knows who.
    async fn confirm_block_page(&self, flow: FlowId) -> Seen<FlowId>;
    /// `/spaer/kvittering`: of the block this browser did; without one [`Stop::Go`] to `/spaer`.
    async fn block_receipt(&self) -> Seen<BlockReceipt>;
    /// `/var-det-dig/{token}`: what the letter told; none when the link is dead. Changes nothing.
    async fn was_it_you(&self, token: &str) -> Seen<Option<WasItYou>>;

    /// `/overblik`; without a session [`Stop::Go`] to `/log-ind`.
    async fn overview(&self) -> Seen<Overview>;
    /// The texts of the municipality: help, accessibility, privacy, service description, terms.
    async fn document(&self, document: Document) -> Seen<TextPage>;
    /// `/driftsstatus`: what works now.
    async fn status_page(&self) -> Seen<StatusPage>;

    /// User name and password.
    async fn sign_in(&self, form: SignInForm) -> Answer;
    /// The code.
    async fn give_code(&self, form: CodeForm) -> Answer;
    /// A recovery code.
    async fn give_recovery_code(&self, form: RecoveryForm) -> Answer;
    /// Off to MitID after a recovery code.
    async fn prove_recovery(&self, form: FinishForm) -> Answer;
    /// The app that replaces what she does not have.
    async fn replace_app(&self, form: AppForm) -> Answer;
    /// A passkey or security key, alone, before the password or after it.
    async fn show_key(&self, form: KeyForm) -> Answer;
    /// A passkey in the place of MitID, to open a blocked login.
    async fn reopen_by_key(&self, form: KeyForm) -> Answer;
    /// The same, to choose a new password.
    async fn reset_by_key(&self, form: KeyForm) -> Answer;
    /// Brings a code device into step again.
    async fn bring_together(&self, form: ApartForm) -> Answer;
    /// Begins with an invitation.
    async fn begin(&self, form: BeginForm) -> Answer;
    /// Begins without one: off to MitID to find out whose invitation is whose.
    async fn find(&self, form: FindForm) -> Answer;
    /// "Næste" in the terms.
    async fn turn_page(&self, form: TurnForm) -> Answer;
    /// Accepts the terms.
    async fn accept_terms(&self, form: AcceptForm) -> Answer;
    /// Declines them.
    async fn decline_terms(&self, form: DeclineForm) -> Answer;
    /// Off to MitID to prove who she is.
    async fn prove(&self, form: ProveForm) -> Answer;
    /// Chooses the password.
    async fn choose_password(&self, form: PasswordForm) -> Answer;
    /// Verifies the first code of an authenticator app and keeps the app.
    async fn add_app(&self, form: AppForm) -> Answer;
    /// Registers the passkey or security key that answered.
    async fn add_key(&self, form: NewKeyForm) -> Answer;
    /// Takes a code device into use.
    async fn add_device(&self, form: DeviceForm) -> Answer;
    /// Finishes the enrolment.
    async fn finish(&self, form: FinishForm) -> Answer;
    /// Off to MitID to open her login again.
    async fn start_reopening(&self, form: FindForm) -> Answer;
    /// The new password of a reopening.
    async fn reopen_password(&self, form: PasswordForm) -> Answer;
    /// What she keeps.
    async fn reopen_factors(&self, form: KeepForm) -> Answer;
    /// The new app of a reopening.
    async fn reopen_app(&self, form: AppForm) -> Answer;
    /// She looked at what happened.
    async fn reopen_activity(&self, form: FinishForm) -> Answer;
    /// Opens the login.
    async fn reopen(&self, form: FinishForm) -> Answer;
    /// Off to MitID to choose a new password.
    async fn start_reset(&self, form: FindForm) -> Answer;
    /// The new password of a reset.
    async fn reset_password(&self, form: PasswordForm) -> Answer;
    /// Makes a new sheet of codes.
    async fn renew_sheet(&self, form: FinishForm) -> Answer;
    /// The sheet is on paper.
    async fn keep_sheet(&self, form: KeepCodesForm) -> Answer;
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
    /// Registers one more passkey or security key.
    async fn add_another_key(&self, form: NewKeyForm) -> Answer;
    /// Adds one more authenticator app.
    async fn add_another_app(&self, form: AppForm) -> Answer;
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
    /// The key answers that is to count from the reopening on.
    async fn reopen_with_key(&self, form: NewKeyForm) -> Answer;
    /// The key answers that stands in for a login method that is gone.
    async fn replace_with_key(&self, form: NewKeyForm) -> Answer;
    /// The key of the phone answers.
    async fn make_phone_key(&self, form: NewKeyForm) -> Answer;
    /// Yes to what the phone made.
    async fn confirm_phone(&self, form: FinishForm) -> Answer;
    /// No, or not now.
    async fn leave_phone(&self, form: FinishForm) -> Answer;
    /// Takes one more code device into use.
    async fn add_another_device(&self, form: DeviceForm) -> Answer;
    /// Gives a login method another name.
    async fn rename_method(&self, form: MethodNameForm) -> Answer;
    /// Asks for this one first from now on.
    async fn prefer_method(&self, form: MethodForm) -> Answer;
    /// She is not asked again whether she still has this one.
    async fn put_off_check(&self, form: MethodForm) -> Answer;
    /// Removes one.
    async fn remove_method(&self, form: MethodForm) -> Answer;
    /// Tries out a key.
    async fn test_key(&self, form: KeyForm) -> Answer;
    /// Tries out what shows codes.
    async fn test_code(&self, form: MethodCodeForm) -> Answer;
    /// A new address for notices.
    async fn ask_contact(&self, form: ContactForm) -> Answer;
    /// Takes an address away.
    async fn remove_contact(&self, form: ContactGoesForm) -> Answer;
    /// The code that was sent to a new address.
    async fn verify_contact(&self, form: SentCodeForm) -> Answer;
    /// Says that the printed codes are kept.
    async fn keep_codes(&self, form: KeepCodesForm) -> Answer;
    /// Blocks whoever is signed in here.
    async fn block_now(&self, form: BlockNowForm) -> Answer;
    /// Blocks by the printed code.
    async fn block_by_code(&self, form: BlockCodeForm) -> Answer;
    /// Blocks by user name and password.
    async fn block_by_password(&self, form: BlockPasswordForm) -> Answer;
    /// Off to MitID to block.
    async fn block_by_mitid(&self, form: BlockMitidForm) -> Answer;
    /// The last yes.
    async fn confirm_block(&self, form: ConfirmBlockForm) -> Answer;
    /// Blocks by the link in a notice.
    async fn block_by_notice(&self, form: NoticeForm) -> Answer;
    /// Makes an export of a period, or orders it.
    async fn make_export(&self, form: ExportForm) -> Answer;
    /// Cancels one that was ordered.
    async fn cancel_export(&self, form: CancelForm) -> Answer;
    /// Draws a sample of people.
    async fn draw_sample(&self, form: DrawForm) -> Answer;
    /// Makes the export of everything about one person.
    async fn read_trail(&self, form: TrailForm) -> Answer;
    /// Counts the figures of a period.
    async fn take_figures(&self, form: FiguresForm) -> Answer;
    /// Looks for rows of the trail.
    async fn search_trail(&self, form: SearchForm) -> Answer;
    /// Opens a row of the trail.
    async fn show_row(&self, form: RowForm) -> Answer;
    /// Accepts a role proposed to her.
    async fn accept_role(&self, form: RoleForm) -> Answer;
    /// Begins a draft of new terms.
    async fn begin_terms(&self, form: BeginTermsForm) -> Answer;
    /// Writes a page of it.
    async fn write_terms(&self, form: WriteTermsForm) -> Answer;
    /// Proposes it.
    async fn propose_terms(&self, form: ProposeTermsForm) -> Answer;
    /// Publishes another's.
    async fn approve_terms(&self, form: ApproveTermsForm) -> Answer;
    /// Withdraws one.
    async fn withdraw_terms(&self, form: WithdrawTermsForm) -> Answer;
    /// Does not wait for a service on the way out.
    async fn pass_on(&self, form: PassForm) -> Answer;
    /// Signs out.
    async fn sign_out(&self, form: SignOutForm) -> Answer;
}
