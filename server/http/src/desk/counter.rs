//! The counter of the desk: each page and form of the portal, and who serves it. Read it like an index.

use super::BrowserDesk;
use app::desk::{
    AcceptForm, AcceptancePage, ActivityPage, ActivityPart, Answer, ApartForm, ApartPage, AppForm, AppSetup,
    ApproveTermsForm, Asking, AuditorPage, BeginForm, BeginTermsForm, BlockCodeForm, BlockMitidForm,
    BlockNowForm, BlockPasswordForm, BlockReceipt, Blocked, Broken, CancelForm, Cannot, ChangeContactPage,
    ChangeForm, ChangePage, CheckPage, CodeForm, CodePage, CodeSheet, ConfirmBlockForm, ContactForm,
    ContactGoesForm, ContactPage, DataPage, DataReadyPage, DeclineForm, Desk, DeviceForm, DeviceSetup,
    Document, DrawForm, EndForm, EndRelationForm, Enrolled, EnrolmentPage, EventsPage, EventsStart,
    ExportForm, ExportPage, FiguresForm, FiguresPage, FindForm, FinishForm, Flash, Found, HandOver, House,
    Journey, KeepCodesForm, KeepForm, KeyForm, KeyPage, KeySetup, LeakedPage, MethodCodeForm, MethodForm,
    MethodNameForm, MethodPage, MethodsPage, NewKeyForm, NoticeForm, OpenDraftPage, OpenMethodsPage,
    OrderPage, Overview, OwnTermsPage, PassForm, PasswordForm, Pause, PhoneDeskPage, PhoneNumberForm,
    PhonePage, ProofPage, ProofRefused, ProposeTermsForm, ProveForm, PublicationPage, ReconfirmForm,
    ReconfirmPage, RecoveryForm, RecoveryPage, RegainPage, RelationPage, RelationsPage, ReopeningPage,
    RequirementsPage, ResetPage, Review, RoleForm, RowForm, RowPage, SamplePage, SearchForm, Seen,
    SentCodeForm, SessionsPage, SignInForm, SignInPage, SignOutForm, SignedOut, StatusPage, StepUpForm,
    StepUpPage, TermsPage, TextPage, TrailForm, TurnForm, VerifyPage, WaitingPage, WasItYou, WayOutPage,
    WaysPage, Welcome, WithdrawTermsForm, WriteTermsForm, WriteTermsPage,
};
use async_trait::async_trait;
use domain::Date;
use domain::factor::PasskeyKind;
use domain::ids::{EventId, ExportJobId, FlowId};
use domain::proofing::Purpose;

#[async_trait]
impl Desk for BrowserDesk {
    fn asking(&self) -> &Asking {
        &self.asking
    }
    fn house(&self) -> &House {
        &self.edge.about
    }

    async fn flash(&self) -> Flash {
        self.said_here().await
    }
    async fn keep_flash(&self, path: &str, flash: Flash) {
        self.say_at(path, flash).await;
    }

    async fn sign_in_page(&self, flow: Option<FlowId>) -> Seen<SignInPage> {
        self.see_sign_in(flow).await
    }
    async fn code_page(&self, flow: FlowId) -> Seen<CodePage> {
        self.see_code(flow).await
    }
    async fn key_page(&self, flow: Option<FlowId>) -> Seen<KeyPage> {
        self.see_key(flow).await
    }
    async fn ways_page(&self, flow: FlowId) -> Seen<WaysPage> {
        self.see_ways(flow).await
    }
    async fn leaked_page(&self, flow: FlowId) -> Seen<LeakedPage> {
        self.see_leaked(flow).await
    }
    async fn check_page(&self, flow: FlowId) -> Seen<CheckPage> {
        self.see_check(flow).await
    }
    async fn recovery_page(&self, flow: FlowId) -> Seen<RecoveryPage> {
        self.see_recovery(flow).await
    }
    async fn regain_page(&self, flow: FlowId) -> Seen<RegainPage> {
        self.see_regain(flow).await
    }
    async fn new_sheet_page(&self, flow: FlowId) -> Seen<FlowId> {
        self.see_new_sheet(flow).await
    }
    async fn apart_page(&self, flow: Option<FlowId>) -> Seen<ApartPage> {
        self.see_apart(flow).await
    }
    async fn pause(&self, flow: FlowId) -> Seen<Pause> {
        self.see_pause(flow).await
    }
    async fn blocked(&self, _flow: FlowId) -> Seen<Blocked> {
        self.see_blocked().await
    }
    async fn broken(&self) -> Seen<Broken> {
        self.see_broken().await
    }
    async fn hand_over(&self, flow: FlowId) -> Seen<HandOver> {
        self.see_hand_over(flow).await
    }
    async fn hand_over_now(&self) -> Seen<HandOver> {
        self.see_held()
    }
    async fn way_out(&self, flow: FlowId) -> Seen<WayOutPage> {
        self.see_leaving(flow).await
    }
    async fn signed_out(&self, flow: Option<FlowId>) -> Seen<SignedOut> {
        self.see_left(flow).await
    }

    async fn welcome(&self, token: &str) -> Seen<Welcome> {
        self.see_welcome(token).await
    }
    async fn found(&self) -> Seen<Found> {
        Ok(Found::default())
    }
    async fn enrolment(&self, flow: FlowId) -> Seen<EnrolmentPage> {
        self.see_tasks(flow).await
    }
    async fn terms_page(&self, journey: Journey, flow: FlowId, page: u8) -> Seen<TermsPage> {
        self.see_terms(journey, flow, page).await
    }
    async fn decline_page(&self, journey: Journey, flow: FlowId) -> Seen<FlowId> {
        self.see_decline(journey, flow).await
    }
    async fn proof_page(&self, flow: FlowId) -> Seen<ProofPage> {
        self.see_proof(flow).await
    }
    async fn proof_refused(&self, flow: Option<FlowId>) -> Seen<ProofRefused> {
        self.see_refused(flow).await
    }
    async fn password_page(&self, flow: FlowId) -> Seen<WaitingPage> {
        self.see_waiting(flow, domain::enrolment::Step::Password).await
    }
    async fn factor_page(&self, flow: FlowId) -> Seen<WaitingPage> {
        self.see_waiting(flow, domain::enrolment::Step::Factor).await
    }
    async fn app_page(&self, flow: FlowId) -> Seen<AppSetup> {
        self.see_app(flow).await
    }
    async fn key_setup(&self, flow: FlowId, kind: PasskeyKind) -> Seen<KeySetup> {
        self.see_key_setup(flow, kind).await
    }
    async fn device_setup(&self, flow: FlowId) -> Seen<DeviceSetup> {
        self.see_device_setup(flow).await
    }
    async fn review(&self, flow: FlowId) -> Seen<Review> {
        self.see_review(flow).await
    }
    async fn enrolled(&self, flow: FlowId) -> Seen<Enrolled> {
        self.see_enrolled(flow).await
    }

    async fn reopening(&self, flow: FlowId, back: bool) -> Seen<ReopeningPage> {
        self.see_reopening(flow, back).await
    }
    async fn cannot(&self) -> Seen<Cannot> {
        self.see_cannot().await
    }
    async fn reset_page(&self, flow: FlowId) -> Seen<ResetPage> {
        self.see_reset(flow).await
    }
    async fn sheet(&self, flow: FlowId) -> Seen<CodeSheet> {
        self.see_sheet(flow).await
    }
    async fn reconfirm_page(&self, flow: Option<FlowId>) -> Seen<ReconfirmPage> {
        self.see_reconfirm(flow).await
    }
    async fn change_page(&self) -> Seen<ChangePage> {
        self.see_change().await
    }
    async fn activity(&self, part: ActivityPart) -> Seen<ActivityPage> {
        self.see_activity(part).await
    }
    async fn relations_page(&self) -> Seen<RelationsPage> {
        self.see_relations().await
    }
    async fn relation_page(&self, id: &str) -> Seen<RelationPage> {
        self.see_relation(id).await
    }
    async fn sessions(&self) -> Seen<SessionsPage> {
        self.see_sessions().await
    }

    async fn step_up_page(&self, flow: FlowId) -> Seen<StepUpPage> {
        self.see_step_up(flow).await
    }
    async fn methods_page(&self) -> Seen<MethodsPage> {
        self.see_methods().await
    }
    async fn method_page(&self, id: &str) -> Seen<MethodPage> {
        self.see_method(id).await
    }
    async fn open_methods_page(&self, flow: FlowId) -> Seen<OpenMethodsPage> {
        self.see_open_methods(flow).await
    }
    async fn another_key(&self, flow: FlowId, kind: PasskeyKind) -> Seen<KeySetup> {
        self.see_another_key(flow, kind).await
    }
    async fn another_app(&self, flow: FlowId) -> Seen<AppSetup> {
        self.see_another_app(flow).await
    }
    async fn change_page_opened(&self, flow: FlowId) -> Seen<ChangePage> {
        self.see_change_opened(flow).await
    }
    async fn relations_opened(&self, flow: FlowId) -> Seen<RelationsPage> {
        self.see_relations_opened(flow).await
    }
    async fn relation_opened(&self, flow: FlowId, relation: &str) -> Seen<RelationPage> {
        self.see_relation_opened(flow, relation).await
    }
    async fn phone_desk(&self, flow: FlowId) -> Seen<PhoneDeskPage> {
        self.see_phone_desk(flow).await
    }
    async fn phone_link(&self, token: &str) -> Seen<()> {
        self.see_phone_link(token).await
    }
    async fn phone_page(&self, flow: FlowId) -> Seen<PhonePage> {
        self.see_phone(flow).await
    }
    async fn reopening_key(&self, flow: FlowId, kind: PasskeyKind) -> Seen<KeySetup> {
        self.see_reopening_key(flow, kind).await
    }
    async fn replacement_key(&self, flow: FlowId, kind: PasskeyKind) -> Seen<KeySetup> {
        self.see_replacement_key(flow, kind).await
    }
    async fn phone_key(&self, flow: FlowId) -> Seen<KeySetup> {
        self.see_phone_key(flow).await
    }
    async fn another_device(&self, flow: FlowId) -> Seen<DeviceSetup> {
        self.see_another_device(flow).await
    }
    async fn contact_page(&self) -> Seen<ContactPage> {
        self.see_contact_page().await
    }
    async fn change_contact_page(&self, flow: FlowId) -> Seen<ChangeContactPage> {
        self.see_change_contact(flow).await
    }
    async fn verify_contact_page(&self, flow: FlowId) -> Seen<VerifyPage> {
        self.see_verify(flow).await
    }
    async fn data_page(&self) -> Seen<DataPage> {
        self.see_data_page().await
    }
    async fn data_ready_page(&self, flow: FlowId) -> Seen<DataReadyPage> {
        self.see_data_ready(flow).await
    }
    async fn auditor_page(&self) -> Seen<AuditorPage> {
        self.see_auditor().await
    }
    async fn export_page(&self, flow: FlowId) -> Seen<ExportPage> {
        self.see_export_page(flow).await
    }
    async fn order_page(&self, id: ExportJobId) -> Seen<OrderPage> {
        self.see_order_page(id).await
    }
    async fn sample_page(&self, flow: FlowId) -> Seen<SamplePage> {
        self.see_sample_page(flow).await
    }
    async fn auditor_day(&self) -> Seen<Date> {
        self.see_auditor_day().await
    }
    async fn figures_page(&self, flow: FlowId) -> Seen<FiguresPage> {
        self.see_figures_page(flow).await
    }
    async fn events_start(&self) -> Seen<EventsStart> {
        self.see_events_start().await
    }
    async fn events_page(&self, flow: FlowId, behind: Option<EventId>) -> Seen<EventsPage> {
        self.see_events_page(flow, behind).await
    }
    async fn row_page(&self, flow: FlowId) -> Seen<RowPage> {
        self.see_row_page(flow).await
    }
    async fn acceptance_page(&self, flow: FlowId) -> Seen<AcceptancePage> {
        self.see_acceptance_page(flow).await
    }
    async fn requirements_page(&self) -> Seen<RequirementsPage> {
        self.see_requirements_page().await
    }
    async fn own_terms_page(&self) -> Seen<OwnTermsPage> {
        self.see_own_terms().await
    }

    async fn publication_page(&self) -> Seen<PublicationPage> {
        self.see_publication().await
    }
    async fn write_terms_page(&self, page: u8) -> Seen<WriteTermsPage> {
        self.see_write_terms(page).await
    }
    async fn open_draft_page(&self, flow: FlowId) -> Seen<OpenDraftPage> {
        self.see_open_draft(flow).await
    }

    async fn code_sheet(&self, flow: FlowId) -> Seen<CodeSheet> {
        self.see_code_sheet(flow).await
    }

    async fn block_page(&self) -> Seen<()> {
        self.see_block_page()
    }
    async fn confirm_block_page(&self, flow: FlowId) -> Seen<FlowId> {
        self.see_confirm_block(flow).await
    }
    async fn block_receipt(&self) -> Seen<BlockReceipt> {
        self.see_block_receipt().await
    }
    async fn was_it_you(&self, token: &str) -> Seen<Option<WasItYou>> {
        self.see_was_it_you(token).await
    }

    async fn overview(&self) -> Seen<Overview> {
        self.see_overview().await
    }
    async fn document(&self, document: Document) -> Seen<TextPage> {
        self.see_document(document).await
    }
    async fn status_page(&self) -> Seen<StatusPage> {
        Ok(self.see_status().await)
    }

    async fn sign_in(&self, form: SignInForm) -> Answer {
        self.do_sign_in(form).await
    }
    async fn give_code(&self, form: CodeForm) -> Answer {
        self.do_code(form).await
    }
    async fn show_key(&self, form: KeyForm) -> Answer {
        self.do_key(form).await
    }
    async fn reopen_by_key(&self, form: KeyForm) -> Answer {
        self.do_prove_by_key(Purpose::Reopening, form).await
    }
    async fn reset_by_key(&self, form: KeyForm) -> Answer {
        self.do_prove_by_key(Purpose::Reset, form).await
    }
    async fn put_off_check(&self, form: MethodForm) -> Answer {
        self.do_put_off_check(form).await
    }
    async fn give_recovery_code(&self, form: RecoveryForm) -> Answer {
        self.do_recovery(form).await
    }
    async fn prove_recovery(&self, form: FinishForm) -> Answer {
        self.do_prove_recovery(form).await
    }
    async fn replace_app(&self, form: AppForm) -> Answer {
        self.do_replace(form).await
    }
    async fn renew_sheet(&self, form: FinishForm) -> Answer {
        self.do_renew_sheet(form).await
    }
    async fn bring_together(&self, form: ApartForm) -> Answer {
        self.do_together(form).await
    }
    async fn begin(&self, form: BeginForm) -> Answer {
        self.do_begin(form).await
    }
    async fn find(&self, _form: FindForm) -> Answer {
        self.do_find().await
    }
    async fn turn_page(&self, form: TurnForm) -> Answer {
        self.do_turn(form).await
    }
    async fn accept_terms(&self, form: AcceptForm) -> Answer {
        self.do_accept(form).await
    }
    async fn decline_terms(&self, form: DeclineForm) -> Answer {
        self.do_decline(form).await
    }
    async fn prove(&self, form: ProveForm) -> Answer {
        self.do_prove(form).await
    }
    async fn choose_password(&self, form: PasswordForm) -> Answer {
        self.do_password(form).await
    }
    async fn add_app(&self, form: AppForm) -> Answer {
        self.do_app(form).await
    }
    async fn add_key(&self, form: NewKeyForm) -> Answer {
        self.do_new_key(form).await
    }
    async fn add_device(&self, form: DeviceForm) -> Answer {
        self.do_device(form).await
    }
    async fn finish(&self, form: FinishForm) -> Answer {
        self.do_finish(form).await
    }
    async fn start_reopening(&self, _form: FindForm) -> Answer {
        self.do_start(Purpose::Reopening, "/genaktiver").await
    }
    async fn reopen_password(&self, form: PasswordForm) -> Answer {
        self.do_reopen_password(form).await
    }
    async fn reopen_factors(&self, form: KeepForm) -> Answer {
        self.do_reopen_factors(form).await
    }
    async fn reopen_app(&self, form: AppForm) -> Answer {
        self.do_reopen_app(form).await
    }
    async fn reopen_activity(&self, form: FinishForm) -> Answer {
        self.do_reopen_activity(form).await
    }
    async fn reopen(&self, form: FinishForm) -> Answer {
        self.do_reopen(form).await
    }
    async fn start_reset(&self, _form: FindForm) -> Answer {
        self.do_start(Purpose::Reset, "/glemt-adgangskode").await
    }
    async fn reset_password(&self, form: PasswordForm) -> Answer {
        self.do_reset(form).await
    }
    async fn keep_sheet(&self, form: KeepCodesForm) -> Answer {
        self.do_sheet(form).await
    }
    async fn reconfirm(&self, form: ReconfirmForm) -> Answer {
        self.do_reconfirm(form).await
    }
    async fn put_off(&self, form: ReconfirmForm) -> Answer {
        self.do_put_off(form).await
    }
    async fn change_password(&self, form: ChangeForm) -> Answer {
        self.do_change(form).await
    }
    async fn end_relation(&self, form: EndRelationForm) -> Answer {
        self.do_end_relation(form).await
    }
    async fn end_session(&self, form: EndForm) -> Answer {
        self.do_end_session(form).await
    }
    async fn begin_step_up(&self, form: StepUpForm) -> Answer {
        self.do_begin_step_up(form).await
    }
    async fn show_step_up(&self, form: CodeForm) -> Answer {
        self.do_show_step_up(form).await
    }
    async fn show_step_up_key(&self, form: KeyForm) -> Answer {
        self.do_step_up_key(form).await
    }
    async fn add_another_key(&self, form: NewKeyForm) -> Answer {
        self.do_another_key(form).await
    }
    async fn add_another_app(&self, form: AppForm) -> Answer {
        self.do_another_app(form).await
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
    async fn reopen_with_key(&self, form: NewKeyForm) -> Answer {
        self.do_reopen_with_key(form).await
    }
    async fn replace_with_key(&self, form: NewKeyForm) -> Answer {
        self.do_replace_with_key(form).await
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
    async fn add_another_device(&self, form: DeviceForm) -> Answer {
        self.do_another_device(form).await
    }
    async fn rename_method(&self, form: MethodNameForm) -> Answer {
        self.do_rename(form).await
    }
    async fn prefer_method(&self, form: MethodForm) -> Answer {
        self.do_prefer(form).await
    }
    async fn remove_method(&self, form: MethodForm) -> Answer {
        self.do_remove(form).await
    }
    async fn test_key(&self, form: KeyForm) -> Answer {
        self.do_test_key(form).await
    }
    async fn test_code(&self, form: MethodCodeForm) -> Answer {
        self.do_test_code(form).await
    }
    async fn ask_contact(&self, form: ContactForm) -> Answer {
        self.do_ask_contact(form).await
    }
    async fn remove_contact(&self, form: ContactGoesForm) -> Answer {
        self.do_remove_contact(form).await
    }
    async fn verify_contact(&self, form: SentCodeForm) -> Answer {
        self.do_verify_contact(form).await
    }
    async fn keep_codes(&self, form: KeepCodesForm) -> Answer {
        self.do_keep_codes(form).await
    }
    async fn block_now(&self, _form: BlockNowForm) -> Answer {
        self.do_block_now().await
    }
    async fn block_by_code(&self, form: BlockCodeForm) -> Answer {
        self.do_block_by_code(form).await
    }
    async fn block_by_password(&self, form: BlockPasswordForm) -> Answer {
        self.do_block_by_password(form).await
    }
    async fn block_by_mitid(&self, _form: BlockMitidForm) -> Answer {
        self.do_block_by_mitid().await
    }
    async fn confirm_block(&self, form: ConfirmBlockForm) -> Answer {
        self.do_confirm_block(form).await
    }
    async fn block_by_notice(&self, form: NoticeForm) -> Answer {
        self.do_block_by_notice(form).await
    }
    async fn make_export(&self, form: ExportForm) -> Answer {
        self.do_make_export(form).await
    }
    async fn cancel_export(&self, form: CancelForm) -> Answer {
        self.do_cancel_export(form).await
    }
    async fn draw_sample(&self, form: DrawForm) -> Answer {
        self.do_draw_sample(form).await
    }
    async fn read_trail(&self, form: TrailForm) -> Answer {
        self.do_read_trail(form).await
    }
    async fn take_figures(&self, form: FiguresForm) -> Answer {
        self.do_take_figures(form).await
    }
    async fn search_trail(&self, form: SearchForm) -> Answer {
        self.do_search_trail(form).await
    }
    async fn show_row(&self, form: RowForm) -> Answer {
        self.do_show_row(form).await
    }
    async fn accept_role(&self, form: RoleForm) -> Answer {
        self.do_role(form).await
    }
    async fn begin_terms(&self, form: BeginTermsForm) -> Answer {
        self.do_begin_terms(form).await
    }
    async fn write_terms(&self, form: WriteTermsForm) -> Answer {
        self.do_write_terms(form).await
    }
    async fn propose_terms(&self, form: ProposeTermsForm) -> Answer {
        self.do_propose_terms(form).await
    }
    async fn approve_terms(&self, form: ApproveTermsForm) -> Answer {
        self.do_approve_terms(form).await
    }
    async fn withdraw_terms(&self, form: WithdrawTermsForm) -> Answer {
        self.do_withdraw_terms(form).await
    }
    async fn pass_on(&self, form: PassForm) -> Answer {
        self.do_pass_on(form).await
    }
    async fn sign_out(&self, _form: SignOutForm) -> Answer {
        self.do_sign_out().await
    }
}
