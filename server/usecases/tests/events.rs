//! Coverage: every use case that changes something leaves an event. A new one that is not driven here fails.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot begin must fail"
)]

use domain::SignedDuration;
use domain::audit::EventKind;
use domain::clocks::Agreement;
use domain::contact::ChannelKind;
use domain::cpr::{CprStatus, RegisterStatus};
use domain::evidence::{Evidence, Job, Measured, Order, Period, Probe, Search};
use domain::factor::{Aaguid, ModelRule, Models, PasskeyKind, RiskNote};
use domain::flow::{About, Flow};
use domain::hr::HrLine;
use domain::ids::FlowId;
use domain::password::Password;
use domain::person::UserName;
use domain::proofing::Purpose;
use domain::publication::{Binds, Decision, PageText, Spread};
use domain::registered::{Registered, RegisteredLine};
use domain::relying_party::Source;
use domain::restriction::Case;
use domain::role::{Role, RoleKind, RoleState};
use domain::sign_in::{SignIn, Step, Target};
use domain::standing::Origin;
use domain::step_up::StepUpFor;
use domain::suspension::Door;
use std::collections::BTreeSet;
use std::future::Future;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use testkit::{
    App, BACK, Gadget, PASSWORD, PlainOutside, PlainScribe, Rig, SoftKey, StubLine, VERIFIER, day,
    good_answer, hours, hr, receive,
};
use usecases::Operator;
use usecases::abandon::abandon;
use usecases::activate_device::{Way, activate_device};
use usecases::activate_signing_key::activate_signing_key;
use usecases::admit_phone::admit_phone;
use usecases::announce_reconfirmation::announce_reconfirmation;
use usecases::announce_terms::announce_terms;
use usecases::approve_erasure::approve_erasure;
use usecases::approve_terms::approve_terms;
use usecases::begin_enrolment::begin_enrolment;
use usecases::begin_outside::begin_outside;
use usecases::begin_sign_in::begin_sign_in;
use usecases::begin_step_up::begin_step_up;
use usecases::begin_terms::begin_terms;
use usecases::block_by_code::block_by_code;
use usecases::block_by_notice::block_by_notice;
use usecases::block_by_password::block_by_password;
use usecases::block_by_session::block_by_session;
use usecases::cancel_export::cancel_export;
use usecases::change_contact::{ask_contact, remove_contact};
use usecases::change_factors::{prefer_factor, remove_factor, rename_factor};
use usecases::change_password::{Change, change_password};
use usecases::check_factors::{put_off_check, see_check};
use usecases::choose_password::choose_password;
use usecases::close_associations::close_associations;
use usecases::compare_outside::compare_outside;
use usecases::confirm_block::confirm_block;
use usecases::confirm_phone::confirm_phone;
use usecases::context::Cx;
use usecases::continue_on_phone::{continue_enrolment_on_phone, continue_on_phone};
use usecases::deliver_notices::deliver_notices;
use usecases::destroy_signing_key::destroy_signing_key;
use usecases::draw_sample::draw_sample;
use usecases::end_association::{Left, end_association};
use usecases::end_roles::end_roles;
use usecases::end_visits::{end_visits, services_to_tell};
use usecases::evidence::Form;
use usecases::exchange_code::exchange_code;
use usecases::expire_terms::expire_terms;
use usecases::export_trail::{Which, export_trail};
use usecases::finish_enrolment::finish_enrolment;
use usecases::finish_proof::{Proved, finish_proof};
use usecases::give_claims::give_claims;
use usecases::hand_in_probes::hand_in_probes;
use usecases::hand_out_device::hand_out_device;
use usecases::hold_for_terms::hold_for_terms;
use usecases::hold_leaked_seeds::{Leak, hold_leaked_seeds};
use usecases::hold_login::hold_login;
use usecases::import_devices::import_devices;
use usecases::import_employees::import_employees;
use usecases::import_signing_key::import_signing_key;
use usecases::introspect::introspect;
use usecases::issue::issue;
use usecases::issue_code::issue_code;
use usecases::keep_checkpoints::keep_checkpoints;
use usecases::keep_codes::see_codes;
use usecases::keep_person_copies::{Ask as CopiesAsked, keep_person_copies};
use usecases::keep_posted::keep_posted;
use usecases::keep_retention::keep_retention;
use usecases::leave::leave;
use usecases::leave_phone::leave_phone;
use usecases::lift_hold::lift_hold;
use usecases::make_export::{Asked, make_export};
use usecases::make_signing_key::{CERTIFICATE_LASTS, make_signing_key};
use usecases::make_token_keys::make_token_keys;
use usecases::meet_keys::meet_keys;
use usecases::name_case::name_case;
use usecases::note_documents::{Published, note_documents};
use usecases::note_migration::note_migration;
use usecases::note_models::note_models;
use usecases::note_new_store::note_new_store;
use usecases::note_verification::{Verification, note_verification};
use usecases::open_phone_link::open_phone_link;
use usecases::pass_on::{Pass, pass_on};
use usecases::pin_service::pin_service;
use usecases::ports::people::Carrier;
use usecases::ports::person_copies::{CopiesFault, CopyFile, PersonCopies};
use usecases::ports::ring::{KekKind, Rewrap, RingFault};
use usecases::ports::saml::{LineDown, MetadataLine, SoapLine};
use usecases::propose_erasure::propose_erasure;
use usecases::propose_terms::propose_terms;
use usecases::prove_by_key::{ask_proof_key, prove_by_key};
use usecases::publish_signing_key::publish_signing_key;
use usecases::push_request::push_request;
use usecases::put_off_reconfirmation::put_off_reconfirmation;
use usecases::read_terms::{accept_terms, decline_terms, turn_page};
use usecases::receive_authorize::receive_authorize;
use usecases::receive_logout::{bring_logout, receive_logout, take_logout};
use usecases::receive_posted::receive_posted;
use usecases::receive_request::Received;
use usecases::recover::recover;
use usecases::refresh_metadata::refresh_metadata;
use usecases::refresh_tokens::refresh_tokens;
use usecases::register_another_app::{offer_another_app, register_another_app};
use usecases::register_app::{offer_app, register_app};
use usecases::register_on_phone::{ask_phone_key, make_phone_app, make_phone_key, offer_phone_app};
use usecases::register_passkey::{
    ask_another_passkey, ask_passkey, register_another_passkey, register_passkey,
};
use usecases::register_people::register_people;
use usecases::renew_sheet::renew_sheet;
use usecases::reopen::reopen;
use usecases::reopen_activity::reopen_activity;
use usecases::reopen_app::{offer_new_app, reopen_app};
use usecases::reopen_factors::reopen_factors;
use usecases::reopen_key::{ask_reopening_key, reopen_key};
use usecases::reopen_password::reopen_password;
use usecases::replace_factor::{offer_replacement, replace_factor};
use usecases::replace_lost_keys::replace_lost_keys;
use usecases::replace_with_key::{ask_replacement_key, replace_with_key};
use usecases::reset_password::reset_password;
use usecases::resynchronise_device::{Place, resynchronise_device};
use usecases::retire_keys::retire_keys;
use usecases::retire_signing_key::retire_signing_key;
use usecases::return_device::{Fate, return_device};
use usecases::revoke_enrolments::revoke_enrolments;
use usecases::revoke_suspended::revoke_suspended;
use usecases::revoke_tokens::revoke_tokens;
use usecases::rewrap_ring::{NotRewrapped, rewrap_ring};
use usecases::roles::{Proposed, accept_role, propose_role};
use usecases::rotate_keys::{Ask, rotate_keys};
use usecases::run_exports::run_exports;
use usecases::save_client::{Registering, save_client};
use usecases::save_connection::{Settings, save_connection};
use usecases::search_trail::{search_trail, see_search};
use usecases::see_on_phone::{DeskStage, PhoneStage, Secret, see_desk, see_phone};
use usecases::see_sessions::{end_all_sessions, end_session};
use usecases::show_code::show_code;
use usecases::show_passkey::{ask_key, show_key};
use usecases::show_password::show_password;
use usecases::show_recovery_code::show_recovery_code;
use usecases::show_row::show_row;
use usecases::show_step_up::{Showing, show_step_up};
use usecases::show_step_up_key::{ask_step_up_key, show_step_up_key};
use usecases::start_proof::start_proof;
use usecases::take_export::take_export;
use usecases::take_figures::take_figures;
use usecases::take_own_data::take_own_data;
use usecases::test_factor::{ask_test, test_code, test_key};
use usecases::unpin_service::unpin_service;
use usecases::verify_contact::verify_contact;
use usecases::verify_trail::Report;
use usecases::vouch_metadata::vouch_metadata;
use usecases::walk_out::go_on;
use usecases::warn_of_key_end::warn_of_key_end;
use usecases::watch_clocks::watch_clocks;
use usecases::who::{sign_out, who};
use usecases::withdraw_terms::withdraw_terms;
use usecases::write_terms::write_terms;

/// What changes nothing that the trail must tell, and why.
const WITHOUT_EVENT: &[(&str, &str)] = &[
    (
        "keep_posted",
        "keeps a message until its browser comes, and that leaves the event; what it refuses leaves one too",
    ),
    ("look_at_link", "reads"),
    ("echo_of_block", "reads"),
    ("look_at_notice", "reads"),
    ("look_at_phone_link", "reads"),
    ("see_desk", "reads"),
    ("see_phone", "reads"),
    ("watch_phone", "reads"),
    ("see_block", "reads"),
    ("services_to_tell", "reads"),
    ("see_way_out", "reads"),
    ("see_codes", "reads"),
    ("device_waits", "reads her own"),
    ("see_receipt", "reads"),
    ("keep_codes", "forgets the page that showed them; that they were made is in the trail"),
    ("resume_enrolment", "reads"),
    ("see_enrolment", "reads"),
    ("see_reading", "reads"),
    ("see_sign_in", "reads"),
    ("overview", "reads her own"),
    ("verify_trail", "reads the trail itself"),
    ("verify_against", "reads the trail itself"),
    ("prove_row", "reads the trail's tree"),
    ("prove_growth", "reads the trail's tree"),
    ("checkpoint_trail", "signs what is in the trail; an event of its own would never end"),
    ("stamp_checkpoint", "has what is signed stamped elsewhere; an event of its own would never end"),
    ("sequence_trail", "gives events their place; what it refuses stands in the contract of the stores"),
    ("keep_person_keys", "destroys what an erasure left of keys; that one left its event"),
    ("see_clocks", "reads"),
    ("see_outside", "reads"),
    ("see_status", "reads"),
    ("see_doors", "reads; what it writes to see whether it can, it takes back"),
    ("ship_outside", "carries outside what has its event already"),
    ("see_outbox", "reads"),
    ("see_excluded", "reads"),
    ("see_late_rows", "reads"),
    ("see_person_keys", "reads"),
    ("see_reopening", "reads"),
    ("see_asked", "reads"),
    ("see_reconfirmation", "reads her own"),
    ("see_associations", "reads her own"),
    ("proved", "reads whose reset it is"),
    ("see_sheet", "reads"),
    ("give_up", "ends an attempt; that the service is answered no for it leaves the event"),
    ("put_sheet_away", "forgets what was shown; that it was made is in the trail"),
    ("see_activity", "reads her own"),
    ("take_activity", "reads her own"),
    ("see_sessions", "reads her own"),
    ("see_code_door", "reads"),
    ("begin_step_up", "asks a question; what she answers leaves an event"),
    ("see_step_up", "reads"),
    ("see_contact", "reads her own"),
    ("see_verifying", "reads"),
    ("ask_key", "asks a question; what she answers leaves an event"),
    ("ask_proof_key", "asks a question; what she answers leaves an event"),
    ("ask_step_up_key", "asks a question; what she answers leaves an event"),
    ("ask_test", "asks a question; what she answers leaves an event"),
    ("see_factors", "reads her own"),
    ("see_ways", "reads"),
    ("asks_for_key", "reads"),
    ("who_waits", "reads who sits here, and notes no use"),
    ("who_waits_along", "reads who sits here, and notes no use"),
    ("note_use", "notes when a session was last used, at most once a minute"),
    ("see_regaining", "reads"),
    ("recovery_left", "reads her own"),
    ("see_check", "reads her own"),
    ("see_check_at_sign_in", "reads"),
    ("see_step_up_ways", "reads her own"),
    ("see_data", "reads her own"),
    ("see_own_data", "reads until when it is open"),
    ("leads_to_application", "reads where a flow leads"),
    ("own_data", "reads what was opened; that it was is in the trail"),
    ("see_terms", "reads her own"),
    ("see_terms_in_force", "reads"),
    ("see_terms_draft", "reads"),
    ("may_handle_terms", "reads her own"),
    ("is_block", "reads what a trip is for"),
    ("see_exports", "reads; each export leaves an event"),
    ("see_export", "reads what was made; that it was is in the trail"),
    ("see_trail", "reads what was made; that it was is in the trail"),
    ("open_export", "reads what was made; that it was is in the trail"),
    ("next_part", "reads on in what was made"),
    ("see_order", "reads how far it is; that it was ordered is in the trail"),
    ("see_orders", "reads her own"),
    ("see_sample", "reads what was drawn; that it was is in the trail"),
    ("see_signing_keys", "reads"),
    ("take_up_signing_keys", "reads; each step of a key's life leaves an event"),
    ("see_search", "reads what was looked for; that it was is in the trail"),
    ("see_row", "reads what was opened; that it was is in the trail"),
    ("see_acceptance", "reads what was opened; that it was is in the trail"),
    ("see_figures", "reads what was taken; that it was is in the trail"),
    ("see_chain", "reads how the trail stands, and nothing of what is in it"),
    ("see_requirements", "reads; what it writes to see whether a door opens, it takes back"),
    ("who", "notes when a session was last used, at most once a minute"),
];

/// Drives use cases and notes which left what they must.
struct Table {
    rig: Rig,
    driven: BTreeSet<&'static str>,
}

impl Table {
    async fn leaves<T>(&mut self, name: &'static str, kind: EventKind, act: impl Future<Output = T>) -> T {
        let before = self.rig.events(kind).await;
        let done = act.await;
        assert!(self.rig.events(kind).await > before, "{name} left no {}", kind.word());
        self.driven.insert(name);
        done
    }
}

async fn day_one(table: &mut Table) -> App {
    let (cx, house) = (table.rig.cx(), table.rig.house.clone());
    let feed = hr::feed([hr::line(0)]);
    table
        .leaves("import_employees", EventKind::PersonImported, import_employees(&cx, feed, hr::by_operator()))
        .await
        .unwrap();
    let post = testkit::PostBox::default();
    let by = Carrier::Post(&post);
    table
        .leaves("deliver_notices", EventKind::NoticeSent, deliver_notices(&house, by, &PlainScribe, 9))
        .await
        .unwrap();
    let token = post.empty()[0].token().unwrap().to_owned();
    let begin = begin_enrolment(&cx, &token);
    let flow = table.leaves("begin_enrolment", EventKind::EnrolmentBegun, begin).await.unwrap();
    table.leaves("turn_page", EventKind::TermsPageShown, turn_page(&cx, flow, 1)).await.unwrap();
    for page in 2..=4 {
        turn_page(&cx, flow, page).await.unwrap();
    }
    // Kept with the proof, which names its giver.
    accept_terms(&cx, flow, true).await.unwrap();
    let start = start_proof(&cx, (Purpose::Enrolment, Some(flow)), "da");
    let address = table.leaves("start_proof", EventKind::ProofStarted, start).await.unwrap();
    let callback = testkit::ScriptedMitid::callback(address.split_once("state=").unwrap().1);
    table.rig.mitid.answers(good_answer(&hr::cpr(0), cx.now));
    let finish = finish_proof(&cx, "test", &callback);
    table.leaves("finish_proof", EventKind::IdentityProved, finish).await.unwrap();
    let choose = choose_password(&cx, flow, Password::typed(PASSWORD.to_owned()));
    table.leaves("choose_password", EventKind::PasswordSet, choose).await.unwrap();
    let offer = table.leaves("offer_app", EventKind::FactorOffered, offer_app(&cx, flow)).await.unwrap();
    let app = App::with_seed(&offer.secret);
    let code = app.code(cx.now);
    let register = register_app(&cx, flow, "Phone".into(), &code);
    table.leaves("register_app", EventKind::FactorAdded, register).await.unwrap();
    let finish = finish_enrolment(&cx, flow);
    table.leaves("finish_enrolment", EventKind::EnrolmentFinished, finish).await.unwrap();
    app
}

async fn every_day(table: &mut Table, app: &App) {
    let cx = table.rig.cx();
    let save = save_connection(&cx, "ops1", "a new service", "https://sp.example", Settings::default());
    table.leaves("save_connection", EventKind::ConnectionSaved, save).await.unwrap();
    let flow = table.leaves("begin_sign_in", EventKind::SignInBegun, begin_sign_in(&cx)).await.unwrap();
    let password = Password::typed(PASSWORD.to_owned());
    let show = show_password(&cx, flow, "p0", password);
    table.leaves("show_password", EventKind::PasswordAccepted, show).await.unwrap();
    table.rig.terms.publish("2.0");
    table.rig.clock.advance(SignedDuration::from_secs(30));
    let cx = table.rig.cx();
    let code = app.code(cx.now);
    table.leaves("show_code", EventKind::SignedIn, show_code(&cx, flow, &code)).await.unwrap();
    for page in 1..=4 {
        turn_page(&cx, flow, page).await.unwrap();
    }
    table.leaves("accept_terms", EventKind::TermsAccepted, accept_terms(&cx, flow, true)).await.unwrap();
    let receive = receive(&cx, "https://sp.example|m1");
    let received = table.leaves("receive_request", EventKind::RequestReceived, receive).await.unwrap();
    assert!(matches!(received, Received::Answered(_)), "a session answers");
    let posted = keep_posted(&cx, "https://sp.example|m3", None).await.unwrap();
    let here = who(&cx).await.unwrap();
    let receive = receive_posted(&cx, here, posted);
    table.leaves("receive_posted", EventKind::RequestReceived, receive).await.unwrap();
    Box::pin(metadata_and_people(table)).await;
    let answer = table.rig.before_answer(&cx, "https://sp.example|m2").await;
    table.leaves("issue", EventKind::TokenIssued, issue(&cx, answer)).await.unwrap();
}

/// Metadata that cannot be fetched.
struct NoMetadata;

#[async_trait::async_trait]
impl MetadataLine for NoMetadata {
    async fn fetch(&self, _address: &str) -> Result<String, LineDown> {
        Err(LineDown("unreachable".into()))
    }
}

/// A service's metadata, and what services are told of people.
async fn metadata_and_people(table: &mut Table) {
    let (cx, by) = (table.rig.cx(), hr::operator("ops1"));
    let source = Some(Source::at("https://fetched.example/metadata".into(), None));
    let settings = Settings { source, ..Settings::default() };
    save_connection(&cx, "ops1", "a new service", "https://fetched.example", settings).await.unwrap();
    let refresh = refresh_metadata(&cx, &NoMetadata, false);
    table.leaves("refresh_metadata", EventKind::MetadataRefused, refresh).await.unwrap();
    let vouch = vouch_metadata(&cx, &NoMetadata, "https://fetched.example", &by, false);
    assert!(table.leaves("vouch_metadata", EventKind::MetadataRefused, vouch).await.is_err());
    let says = Registered { uni_id: Some("maja1234".into()), ..Registered::default() };
    let lines = [RegisteredLine { line: 2, user_name: hr::line(0).user_name, says }];
    let register = register_people(&cx, &lines, [7; 32], &by);
    table.leaves("register_people", EventKind::PersonRegistered, register).await.unwrap();
}

/// An application, from its registration to its logout.
async fn applications(table: &mut Table) {
    let (by, refresh) = (hr::operator("ops1"), r#", "grant_types": ["authorization_code", "refresh_token"]"#);
    let text = format!(
        r#"{{"client_id": "saved", "client_name": "A", "redirect_uris": ["{BACK}"], "token_endpoint_auth_method": "none"}}"#
    );
    let cx = table.rig.cx();
    let saving =
        Registering { by: by.clone(), text, back_channel_ca: None, new_secret: false, loopback_http: false };
    table.leaves("save_client", EventKind::ConnectionSaved, save_client(&cx, saving)).await.unwrap();
    let make = make_token_keys(&cx, Some(&by), false);
    assert_eq!(table.leaves("make_token_keys", EventKind::KeyCreated, make).await.unwrap(), 2);
    let app = table.rig.application("app", refresh).await;
    let fields = app.asks(&[]);
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let shown = app.shows(&cx, &fields);
    table.leaves("push_request", EventKind::ApplicationAsked, push_request(&cx, &shown)).await.unwrap();
    let here = who(&cx).await.unwrap();
    let (asked, session) = (app.asks(&[]), here.as_ref().unwrap().session.id);
    let receive = Box::pin(receive_authorize(&cx, here, &asked));
    table.leaves("receive_authorize", EventKind::ApplicationAsked, receive).await.unwrap();
    let request = cx.house.oidc.read(&asked, &app.client, cx.now).unwrap();
    let sign_in = SignIn::with_session(Target::Application(Box::new(request)), session);
    let flow = Flow::start(cx.handle().unwrap(), cx.browser, About::SignIn(sign_in), cx.now);
    let mut tx = table.rig.change().await;
    tx.add_flow(&flow).await.unwrap();
    tx.commit().await.unwrap();
    let issue = issue_code(&cx, flow.id);
    let answer = table.leaves("issue_code", EventKind::CodeIssued, issue).await.unwrap();
    let code = testkit::field(&answer, "code").unwrap();
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("redirect_uri", BACK),
        ("code_verifier", VERIFIER),
    ];
    let shown = app.shows(&cx, &fields);
    let exchange = exchange_code(&cx, &shown);
    let tokens = table.leaves("exchange_code", EventKind::TokenIssued, exchange).await.unwrap();
    let shown = app.shows(&cx, &[("refresh_token", tokens.refresh_token.as_ref().unwrap())]);
    let refresh = refresh_tokens(&cx, &shown);
    let tokens = table.leaves("refresh_tokens", EventKind::TokenRenewed, refresh).await.unwrap();
    let give = give_claims(&cx, &tokens.access_token, None);
    table.leaves("give_claims", EventKind::ClaimsTold, give).await.unwrap();
    let shown = app.shows(&cx, &[("token", &tokens.access_token)]);
    table.leaves("introspect", EventKind::ClaimsTold, introspect(&cx, &shown)).await.unwrap();
    table.leaves("revoke_tokens", EventKind::TokenRevoked, revoke_tokens(&cx, &shown)).await.unwrap();
    let wrong = [("id_token_hint".to_owned(), "x".to_owned())].into();
    let refused = leave(&cx, None, &wrong);
    assert!(table.leaves("leave", EventKind::ApplicationRefused, refused).await.is_err());
}

async fn a_role(table: &mut Table) {
    let cx = table.rig.cx();
    let name = hr::line(0).user_name;
    let propose = |operator| propose_role(&cx, operator, &name, RoleKind::Auditor, "bootstrap");
    table.leaves("propose_role", EventKind::RoleProposed, propose("ops1")).await.unwrap();
    let Ok(Proposed::NeedsAcceptance(role)) = propose("ops2").await else { panic!("no second voice") };
    let here = who(&cx).await.unwrap().unwrap();
    let accept = accept_role(&cx, &here, role);
    table.leaves("accept_role", EventKind::RoleAccepted, accept).await.unwrap();
}

/// Whoever has the role of auditor by now takes evidence out.
async fn an_auditor(table: &mut Table) {
    let cx = table.rig.cx();
    let here = who(&cx).await.unwrap().unwrap();
    let asked =
        Asked { evidence: Evidence::Person, period: Period::until(cx.now), about: Some(here.person.id) };
    table.leaves("make_export", EventKind::ExportMade, make_export(&cx, &here, asked)).await.unwrap();
    assert_eq!(table.rig.events(EventKind::TrailRead).await, 1);
    let case = Case::read("2026-000123").unwrap();
    let name = name_case(&cx, &here, here.person.id, &case);
    table.leaves("name_case", EventKind::CaseNamed, name).await.unwrap();
    table.leaves("draw_sample", EventKind::SampleDrawn, draw_sample(&cx, &here, "", 3)).await.unwrap();
    // One row is few; that it was ordered as if it were many leaves the event of `make_export`.
    let order = Order {
        evidence: Evidence::Staff,
        period: Period::until(cx.now),
        about: None,
        places: (1, 1),
        waiting: 0,
        since: None,
        present: Vec::new(),
        restricted: Vec::new(),
        at: cx.now,
    };
    let job = Job::ordered(cx.handle().unwrap(), here.person.id, order, 1);
    let mut tx = table.rig.change().await;
    tx.add_export_job(&job).await.unwrap();
    tx.commit().await.unwrap();
    table.leaves("run_exports", EventKind::ExportMade, run_exports(&cx)).await.unwrap();
    let take = take_export(&cx, &here, job.id, Form::Csv);
    table.leaves("take_export", EventKind::ExportTaken, take).await.unwrap();
    let cancel = cancel_export(&cx, &here, job.id);
    table.leaves("cancel_export", EventKind::ExportCancelled, cancel).await.unwrap();
    let period = Period::until(cx.now + SignedDuration::from_secs(1));
    let search = search_trail(&cx, &here, Search::of(period));
    let search = table.leaves("search_trail", EventKind::TrailSearched, search).await.unwrap();
    let row = see_search(&cx, &here, search, None).await.unwrap().rows[0].id;
    let show = show_row(&cx, &here, row, Some(search));
    table.leaves("show_row", EventKind::TrailRead, show).await.unwrap();
    let figures = take_figures(&cx, &here, period);
    table.leaves("take_figures", EventKind::FiguresTaken, figures).await.unwrap();
}

async fn blocks(table: &mut Table) {
    let (browser, name) = (50, |n: u32| hr::line(n).user_name.to_string());
    let flow = table.rig.proved(browser, 20).await;
    table.rig.choose(browser, flow).await;
    let app = table.rig.register(browser, flow).await;
    finish_enrolment(&table.rig.browser(browser), flow).await.unwrap();
    let code = see_codes(&table.rig.browser(browser), flow).await.unwrap().0.blocking.printed();
    table.rig.sign_in(browser, 20, &app).await;
    let cx = table.rig.browser(browser);
    let visited = receive(&cx, "https://sp.example|b1").await.unwrap();
    assert!(matches!(visited, Received::Answered(_)), "a session answers");
    let refuse = block_by_code(&cx, "nobody", &code);
    assert!(table.leaves("block_by_code", EventKind::BlockRefused, refuse).await.is_err());
    let (first, second) = (name(20), name(21));
    let by_code = block_by_code(&cx, &first, &code);
    table.leaves("block_by_code", EventKind::Held, by_code).await.unwrap();
    let (house, line): (_, Arc<dyn SoapLine>) = (table.rig.house.clone(), Arc::new(StubLine::default()));
    let [service] = services_to_tell(&house).await.unwrap()[..] else { panic!("one service is due") };
    let tell = end_visits(&house, &line, service, 9);
    table.leaves("end_visits", EventKind::ServiceTold, tell).await.unwrap();

    let app = table.rig.enrol(browser, 21).await;
    table.rig.sign_in(browser, 21, &app).await;
    let cx = table.rig.browser(browser);
    let here = who(&cx).await.unwrap().unwrap();
    table.leaves("block_by_session", EventKind::Held, block_by_session(&cx, &here)).await.unwrap();
    let by_password = block_by_password(&cx, &second, Password::typed(PASSWORD.to_owned()));
    table.leaves("block_by_password", EventKind::Held, by_password).await.unwrap();

    let flow = table.rig.proved(browser, 22).await;
    let letters = table.rig.letters().await;
    let token = letters.iter().find_map(|letter| letter.not_me()).unwrap().to_owned();
    table.leaves("block_by_notice", EventKind::Held, block_by_notice(&cx, &token)).await.unwrap();
    assert!(see_codes(&cx, flow).await.is_err());

    let callback = table.rig.trip_for(browser, Purpose::Blocking, None).await;
    table.rig.mitid.answers(good_answer(&hr::cpr(21), cx.now));
    let Ok(Proved::Blocking(flow)) = finish_proof(&cx, "test", &callback).await else {
        panic!("no question")
    };
    table.leaves("confirm_block", EventKind::Held, confirm_block(&cx, flow)).await.unwrap();
}

/// Copies of people's own keys in a folder; the one of this name cannot be deleted.
struct Copies(Mutex<Vec<CopyFile>>, String);

impl PersonCopies for Copies {
    fn list(&self) -> Result<Vec<CopyFile>, CopiesFault> {
        Ok(self.0.lock().unwrap().clone())
    }

    fn delete(&self, name: &str) -> Result<(), CopiesFault> {
        if name == self.1 {
            return Err(CopiesFault("it stays".into()));
        }
        self.0.lock().unwrap().retain(|file| file.name != name);
        Ok(())
    }
}

/// Copies of people's own keys: what is due goes where that is asked for, and nothing else ever.
async fn copies(table: &mut Table, by: &Operator) {
    let cx = table.rig.cx();
    let file = |days: i64, end: &str| {
        let written = cx.now - hours(24 * days);
        let name = format!("{}{end}", domain::calendar::copenhagen_day(written));
        CopyFile { name, written: Some(written) }
    };
    let (fresh, due, stuck) = (file(3, ".db"), file(30, ".db"), file(40, ".db"));
    let folder = CopyFile { name: "2020-01-01".to_owned(), written: None };
    let key_ring = CopyFile { name: "keys.toml".to_owned(), written: Some(cx.now - hours(24 * 400)) };
    let (half, old_half) = (file(2, ".half"), file(30, ".half"));
    let mut all = vec![fresh.clone(), due.clone(), stuck.clone(), folder.clone(), key_ring.clone()];
    all.extend([half.clone(), old_half.clone()]);
    let copies = Copies(Mutex::new(all.clone()), stuck.name.clone());
    let looked = keep_person_copies(&cx, &copies, by, CopiesAsked { made: false, delete: false });
    let looked = table.leaves("keep_person_copies", EventKind::PersonCopiesKept, looked).await.unwrap();
    assert_eq!((looked.staying.len(), looked.gone.len(), looked.strange.len()), (3, 0, 4));
    assert_eq!(copies.list().unwrap(), all, "who looks deletes nothing");
    let kept = keep_person_copies(&cx, &copies, by, CopiesAsked { made: true, delete: true }).await.unwrap();
    assert_eq!(kept.gone.iter().map(|(name, _)| name).collect::<Vec<_>>(), [&due.name, &old_half.name]);
    assert_eq!(kept.too_old(), 1, "what cannot be deleted is said to be there");
    assert!(kept.strange.contains(&half.name), "half a copy is none, and yet goes as soon as one");
    assert_eq!(copies.list().unwrap(), [fresh, stuck, folder, key_ring, half]);
}

/// A key-encryption key that wraps.
struct Elsewhere;

impl Rewrap for Elsewhere {
    fn rewrap(&self) -> Result<bool, RingFault> {
        Ok(true)
    }
}

/// One that wraps, and finds it done the next time.
#[derive(Default)]
struct Once(AtomicBool);

impl Rewrap for Once {
    fn rewrap(&self) -> Result<bool, RingFault> {
        Ok(!self.0.swap(true, Ordering::SeqCst))
    }
}

/// One that does not.
struct Nowhere;

impl Rewrap for Nowhere {
    fn rewrap(&self) -> Result<bool, RingFault> {
        Err(RingFault("it cannot be read".into()))
    }
}

/// The ring goes over to another key-encryption key; the trail is told before and after.
async fn rewrapping(table: &mut Table, by: &Operator) {
    let (cx, ring) = (table.rig.cx(), table.rig.ring.clone());
    let wrapped = rewrap_ring(&cx, &ring, &Elsewhere, by, KekKind::Credential);
    let wrapped = table.leaves("rewrap_ring", EventKind::RingRewrapped, wrapped).await.unwrap();
    assert!(wrapped.now && wrapped.keys > 12, "retired ones too: {wrapped:?}");
    assert_eq!(rewraps(table).await, [1, 1, 0], "begun and done");
    let stays = rewrap_ring(&cx, &ring, &Nowhere, by, KekKind::Credential).await;
    assert!(matches!(stays, Err(NotRewrapped::Ring(_))));
    assert_eq!(rewraps(table).await, [2, 1, 1], "begun, and not done");
    let (shut, once) = (table.rig.stumbling(0).0, Once::default());
    let untold = rewrap_ring(&shut, &ring, &once, by, KekKind::Credential).await;
    assert!(matches!(untold, Err(NotRewrapped::Fault(_))) && !once.0.load(Ordering::SeqCst));
    assert_eq!(rewraps(table).await, [2, 1, 1], "nothing was touched where it could not be told");
    let cut = table.rig.stumbling(1).0;
    let half = rewrap_ring(&cut, &ring, &once, by, KekKind::Credential).await;
    assert!(matches!(half, Err(NotRewrapped::Fault(_))) && once.0.load(Ordering::SeqCst));
    assert_eq!(rewraps(table).await, [3, 1, 1], "that it was begun stands there though the power went");
    let again = rewrap_ring(&cx, &ring, &once, by, KekKind::Credential).await.unwrap();
    assert!(!again.now, "no transaction was open while it was wrapped");
    assert_eq!(rewraps(table).await, [4, 2, 1], "and the next run tells of its end");
}

/// How often that was begun, done and not done.
async fn rewraps(table: &Table) -> [u64; 3] {
    let (begun, done) = (EventKind::RingRewrapBegun, EventKind::RingRewrapped);
    let rig = &table.rig;
    [rig.events(begun).await, rig.events(done).await, rig.events(EventKind::RingRewrapFailed).await]
}

async fn keys(table: &mut Table) {
    let (cx, ring, by) = (table.rig.cx(), table.rig.ring.clone(), hr::operator("ops1"));
    let meet = meet_keys(&cx, &ring, Some(&by));
    let note = note_migration(&cx, &by, "0.1.0");
    table.leaves("note_migration", EventKind::DatabaseMigrated, note).await.unwrap();
    let privacy = Published {
        document: "privacy",
        version: "1.0".into(),
        date: day("2026-01-01"),
        digest: "aa".into(),
    };
    let privacy = [privacy];
    let note = note_documents(&cx, &privacy);
    table.leaves("note_documents", EventKind::DocumentPublished, note).await.unwrap();
    let report = Report { checked: 1, unsequenced: 0, first: None };
    let seen = Verification { report: &report, checkpoint: None, lacks_outside: false };
    let note = note_verification(&cx, "ops1", &seen);
    table.leaves("note_verification", EventKind::TrailVerified, note).await.unwrap();
    let probe = Probe { at: cx.now - hours(24), door: Door::Code, millis: 12, worked: true };
    let yesterday = Measured::of_days(&[probe]);
    let hand_in = hand_in_probes(&cx, &by, &yesterday);
    table.leaves("hand_in_probes", EventKind::DoorMeasured, hand_in).await.unwrap();
    let model = |number| Aaguid::read(uuid::Uuid::from_u128(number)).unwrap();
    let wide = ModelRule::Alone(RiskNote::try_from("R-2026-14".to_owned()).unwrap());
    let models = Models::new([(model(1), wide), (model(2), ModelRule::Deny)].into(), false);
    let note = note_models(&cx, &models);
    assert_eq!(table.leaves("note_models", EventKind::ModelWidened, note).await.unwrap(), 1);
    table.leaves("meet_keys", EventKind::KeyCreated, meet).await.unwrap();
    let ask = Ask { by, purposes: vec![], announce_only: false, settle: Duration::ZERO };
    let rotate = rotate_keys(&cx, &ring, &ask);
    table.leaves("rotate_keys", EventKind::KeysRotated, rotate).await.unwrap();
    table.rig.clock.advance(hours(2));
    let cx = table.rig.cx();
    let retire = retire_keys(&cx, &ring, &ask.by);
    table.leaves("retire_keys", EventKind::KeyRetired, retire).await.unwrap();
    copies(table, &ask.by).await;
    rewrapping(table, &ask.by).await;
    let note = note_new_store(&cx, &ask.by);
    table.leaves("note_new_store", EventKind::PersonKeysReplaced, note).await.unwrap();
    table.rig.lose_keys().await;
    let cx = table.rig.twin().await.cx();
    let replace = replace_lost_keys(&cx, &ask.by);
    table.leaves("replace_lost_keys", EventKind::PersonKeysReplaced, replace).await.unwrap();
}

/// A signing key and its successor, each step once.
async fn signing_keys(table: &mut Table) {
    let (cx, by) = (table.rig.cx(), hr::operator("ops1"));
    let mut made = Vec::new();
    for brought in [false, true] {
        let key = if brought {
            let certificate = format!("an authority until {}", cx.now + CERTIFICATE_LASTS).into_bytes();
            let certificates = [certificate];
            let import = import_signing_key(&cx, &by, b"a key", &certificates);
            table.leaves("import_signing_key", EventKind::KeyCreated, import).await.unwrap()
        } else {
            let create = make_signing_key(&cx, &by);
            table.leaves("make_signing_key", EventKind::KeyCreated, create).await.unwrap()
        };
        let publish = publish_signing_key(&cx, &by, key);
        table.leaves("publish_signing_key", EventKind::KeyPublished, publish).await.unwrap();
        let activate = activate_signing_key(&cx, &by, key, true);
        table.leaves("activate_signing_key", EventKind::KeyActivated, activate).await.unwrap();
        made.push(key);
    }
    let soon = Cx { now: cx.now + CERTIFICATE_LASTS - hours(24), ..cx.clone() };
    assert!(table.leaves("warn_of_key_end", EventKind::KeyEnds, warn_of_key_end(&soon)).await.unwrap());
    let (old, service) = (made[0], "https://sp.example");
    let pin = pin_service(&cx, &by, service, old, cx.now + hours(1));
    table.leaves("pin_service", EventKind::ConnectionPinned, pin).await.unwrap();
    let unpin = unpin_service(&cx, &by, service);
    table.leaves("unpin_service", EventKind::ConnectionUnpinned, unpin).await.unwrap();
    let retire = retire_signing_key(&cx, &by, old, false);
    table.leaves("retire_signing_key", EventKind::KeyRetired, retire).await.unwrap();
    let destroy = destroy_signing_key(&cx, &by, old, true);
    table.leaves("destroy_signing_key", EventKind::KeyDestroyed, destroy).await.unwrap();
}

/// A way out through services by the browser, each way once. She is signed out afterwards.
async fn way_out(table: &mut Table) {
    const FRONT: &str = "https://front.no-line.example";
    let cx = table.rig.cx();
    save_connection(&cx, "ops1", "a service", FRONT, Settings::default()).await.unwrap();
    assert!(matches!(receive(&cx, &format!("{FRONT}|o1")).await.unwrap(), Received::Answered(_)));
    let signed = table.leaves("sign_out", EventKind::SignedOut, sign_out(&cx)).await.unwrap();
    let flow = signed.unwrap().flow;
    table.leaves("go_on", EventKind::LogoutAsked, go_on(&cx, flow)).await.unwrap();
    table.leaves("pass_on", EventKind::ServiceTold, pass_on(&cx, flow, Pass::Over)).await.unwrap();
    let stranger = receive_logout(&cx, "https://stranger.example|o2|out|x");
    assert!(table.leaves("receive_logout", EventKind::LogoutRefused, stranger).await.is_err());
    let form = format!("{FRONT}|o3|out|x");
    let bring = bring_logout(&cx, &form);
    let kept = table.leaves("bring_logout", EventKind::LogoutBrought, bring).await.unwrap();
    let take = take_logout(&cx, kept);
    assert!(
        table.leaves("take_logout", EventKind::LogoutRefused, take).await.is_ok(),
        "told that it is nobody's"
    );
}

async fn the_end(table: &mut Table) {
    way_out(table).await;
    let cx = table.rig.cx();
    let token = table.rig.invite(1).await;
    let flow = table.rig.begin(1, &token).await;
    let decline = decline_terms(&cx, flow);
    table.leaves("decline_terms", EventKind::TermsDeclined, decline).await.unwrap();
    let ends = HrLine { ends_on: Some(day("2026-11-02")), ..hr::line(0) };
    table.rig.import(vec![ends]).await.unwrap();
    table.rig.clock.advance(hours(24));
    let cx = table.rig.cx();
    let close = close_associations(&cx);
    assert_eq!(table.leaves("close_associations", EventKind::AssociationClosed, close).await.unwrap(), 1);
    // A role from before relations ended them.
    let person = table.rig.person(0).await.id;
    let state = RoleState::Held { since: cx.now, until: cx.now + hours(24) };
    let role = Role { id: cx.id().unwrap(), person, kind: RoleKind::Registrar, proposed_at: cx.now, state };
    let mut tx = table.rig.change().await;
    tx.put_role(&role).await.unwrap();
    tx.commit().await.unwrap();
    let end = end_roles(&cx);
    assert_eq!(table.leaves("end_roles", EventKind::RoleEnded, end).await.unwrap(), 1);
    table.rig.proved(2, 2).await;
    table.rig.clock.advance(hours(24 * 15));
    let cx = table.rig.cx();
    let revoke = revoke_enrolments(&cx);
    // Hers, and that of who blocked her login before she had one.
    assert_eq!(table.leaves("revoke_enrolments", EventKind::EnrolmentRevoked, revoke).await.unwrap(), 2);
    table.rig.database_clock.set_apart(SignedDuration::from_secs(3));
    let watch = watch_clocks(&cx, Agreement::Agree);
    table.leaves("watch_clocks", EventKind::ClocksApart, watch).await.unwrap();
}

/// The trail is signed for, and taken out.
async fn the_trail(table: &mut Table) {
    while table.rig.sequence().await > 0 {}
    let (cx, by) = (table.rig.cx(), hr::operator("ops1"));
    let keep = keep_checkpoints(&cx);
    table.leaves("keep_checkpoints", EventKind::CheckpointsBegun, keep).await.unwrap();
    let mut file = Vec::new();
    let export = export_trail(&cx, &by, Which::All, &mut file);
    table.leaves("export_trail", EventKind::TrailExported, export).await.unwrap();
    let keep = keep_retention(&cx);
    table.leaves("keep_retention", EventKind::RetentionDone, keep).await.unwrap();
}

/// The file outside is lost, and the database is an older one.
async fn restored(table: &mut Table, outside: &PlainOutside) {
    let (cx, by) = (table.rig.cx(), hr::operator("ops1"));
    outside.put(None);
    let begin = begin_outside(&cx, &by);
    table.leaves("begin_outside", EventKind::OutsideBegun, begin).await.unwrap();
    let ring = table.rig.ring.clone();
    let recover = recover(&cx, &ring, &by, true);
    table.leaves("recover", EventKind::Recovered, recover).await.unwrap();
}

/// What a person does to her own login, from a change of password to a block she lets run out.
async fn own_login(table: &mut Table) {
    // Reminders of others are due by now.
    table.rig.letters().await;
    let app = table.rig.enrol(4, 4).await;
    for browser in [4, 5] {
        table.rig.clock.advance(SignedDuration::from_secs(60));
        table.rig.sign_in(browser, 4, &app).await;
    }
    table.rig.clock.advance(SignedDuration::from_secs(60));
    let cx = table.rig.browser(4);
    let here = who(&cx).await.unwrap().unwrap();
    let other = who(&table.rig.browser(5)).await.unwrap().unwrap().session.id;
    table.leaves("end_session", EventKind::SignedOut, end_session(&cx, &here, other)).await.unwrap();
    let change = Change {
        current: Password::typed(PASSWORD.to_owned()),
        new: Password::typed("tolv gule tulipaner".to_owned()),
        showing: Showing::Code(app.code(cx.now)),
        end_others: false,
    };
    let change = change_password(&cx, &here, change);
    table.leaves("change_password", EventKind::PasswordSet, change).await.unwrap();
    contact(table, &app).await;
    table.leaves("end_all_sessions", EventKind::SignedOut, end_all_sessions(&cx, &here)).await.unwrap();
    let Proved::Reset(flow) = back(table, Purpose::Reset).await else { panic!("no reset") };
    let reset = reset_password(&cx, flow, Password::typed(PASSWORD.to_owned()));
    table.leaves("reset_password", EventKind::PasswordSet, reset).await.unwrap();
    let letters = table.rig.letters().await;
    let token = letters.iter().find_map(|letter| letter.not_me()).unwrap().to_owned();
    block(table).await;
    let Proved::Reopening(flow) = back(table, Purpose::Reopening).await else { panic!("no reopening") };
    let step = EventKind::ReopeningStep;
    let password = Password::typed("elleve blå violer".to_owned());
    table.leaves("reopen_password", step, reopen_password(&cx, flow, password)).await.unwrap();
    let factors = reopen_factors(&cx, flow, BTreeSet::new());
    table.leaves("reopen_factors", step, factors).await.unwrap();
    let offer = offer_new_app(&cx, flow);
    let offer = table.leaves("offer_new_app", EventKind::FactorOffered, offer).await.unwrap();
    let code = App::with_seed(&offer.secret).code(cx.now);
    table.leaves("reopen_app", step, reopen_app(&cx, flow, "New".into(), &code)).await.unwrap();
    table.leaves("reopen_activity", step, reopen_activity(&cx, flow)).await.unwrap();
    table.leaves("reopen", EventKind::Reopened, reopen(&cx, flow)).await.unwrap();
    let late = block_by_notice(&cx, &token);
    assert!(table.leaves("block_by_notice", EventKind::BlockRefused, late).await.is_err(), "from before");
    block_by_password(&cx, "p4", Password::typed("elleve blå violer".to_owned())).await.unwrap();
    let Proved::Reopening(flow) = back(table, Purpose::Reopening).await else { panic!("no reopening") };
    reopen_password(&cx, flow, Password::typed("tolv gule tulipaner".to_owned())).await.unwrap();
    reopen_factors(&cx, flow, BTreeSet::new()).await.unwrap();
    let ask = ask_reopening_key(&cx, flow, PasskeyKind::Passkey);
    let asked = table.leaves("ask_reopening_key", EventKind::FactorOffered, ask).await.unwrap();
    let answer = SoftKey::numbered(70).answer(&asked.options);
    table.leaves("reopen_key", step, reopen_key(&cx, asked.ceremony, "Key".into(), &answer)).await.unwrap();
    table.rig.clock.advance(hours(24 * 31));
    let cx = table.rig.cx();
    let revoke = revoke_suspended(&cx);
    let closed = table.leaves("revoke_suspended", EventKind::SuspensionRevoked, revoke).await.unwrap();
    assert!(closed >= 1, "hers among them");
}

/// New terms: told before their last day.
async fn new_terms(table: &mut Table) {
    let last = domain::calendar::copenhagen_day(table.rig.cx().now);
    table.rig.terms.publish("9.0");
    table.rig.terms.accept_by(last);
    let cx = table.rig.cx();
    table.leaves("announce_terms", EventKind::TermsNear, announce_terms(&cx)).await.unwrap();
    table.rig.clock.advance(hours(25));
    let cx = table.rig.cx();
    table.leaves("hold_for_terms", EventKind::Held, hold_for_terms(&cx)).await.unwrap();
}

/// Terms are published by two administrators.
async fn published_terms(table: &mut Table) {
    let all = table.rig.administrators(&[71, 72]).await;
    let [writer, other] = all.as_slice() else { panic!("two") };
    let (cx, here) = (writer.cx(&table.rig), writer.here(&table.rig).await);
    let begin = begin_terms(&cx, &here, "10.0");
    let draft = table.leaves("begin_terms", EventKind::TermsDraftBegun, begin).await.unwrap();
    let withdraw = withdraw_terms(&cx, &here, draft);
    table.leaves("withdraw_terms", EventKind::TermsDraftWithdrawn, withdraw).await.unwrap();
    let draft = begin_terms(&cx, &here, "10.0").await.unwrap();
    let page = || PageText::typed("New", "Other words.");
    let write = write_terms(&cx, &here, draft, 1, Spread { danish: page(), english: page() });
    table.leaves("write_terms", EventKind::TermsDraftWritten, write).await.unwrap();
    let flow = writer.step_up(&table.rig, StepUpFor::Terms).await;
    let cx = writer.cx(&table.rig);
    let propose = propose_terms(&cx, &here, flow, draft);
    table.leaves("propose_terms", EventKind::TermsProposed, propose).await.unwrap();
    let flow = other.step_up(&table.rig, StepUpFor::Terms).await;
    let (cx, here) = (other.cx(&table.rig), other.here(&table.rig).await);
    let read = table.rig.look().await.open_draft().await.unwrap().unwrap().hash();
    let decision = Decision { from: cx.today(), binds: Binds::Newcomers };
    let approve = approve_terms(&cx, &here, flow, (draft, read), decision);
    table.leaves("approve_terms", EventKind::TermsPublished, approve).await.unwrap();
    begin_terms(&cx, &here, "11.0").await.unwrap();
    let late = Cx { now: cx.now + hours(24 * 90), ..table.rig.cx() };
    table.leaves("expire_terms", EventKind::TermsDraftRanOut, expire_terms(&late)).await.unwrap();
}

/// Confirming anew: told, put off, and done; and what the register says of her holds her login.
async fn confirming_anew(table: &mut Table) {
    table.rig.clock.set("2028-01-10T08:00:00Z");
    let app = table.rig.enrol(6, 6).await;
    table.rig.clock.set("2029-01-05T08:00:00Z");
    let cx = table.rig.browser(6);
    let announce = announce_reconfirmation(&cx);
    table.leaves("announce_reconfirmation", EventKind::ReconfirmationNear, announce).await.unwrap();
    let flow = table.rig.password_shown(6, 6).await;
    assert_eq!(table.rig.show_code(6, flow, &app).await.next, Step::Reconfirm);
    let cx = table.rig.browser(6);
    let put_off = put_off_reconfirmation(&cx, flow);
    table.leaves("put_off_reconfirmation", EventKind::ReconfirmationPutOff, put_off).await.unwrap();
    let callback = table.rig.trip_for(6, Purpose::Reconfirmation, None).await;
    table.rig.mitid.answers(good_answer(&hr::cpr(6), cx.now));
    let finish = finish_proof(&cx, "test", &callback);
    table.leaves("finish_proof", EventKind::Reconfirmed, finish).await.unwrap();
    refused_by_the_register(table, Purpose::Reconfirmation, (6, 6)).await;
}

/// Confirms again for this in her browser.
async fn confirmed(table: &mut Table, app: &App, purpose: StepUpFor) -> FlowId {
    table.rig.clock.advance(SignedDuration::from_secs(30));
    let cx = table.rig.browser(4);
    let here = who(&cx).await.unwrap().unwrap();
    let flow = begin_step_up(&cx, &here, purpose).await.unwrap();
    let code = app.code(cx.now);
    let show = show_step_up(&cx, &here, flow, &code);
    table.leaves("show_step_up", EventKind::StepUpDone, show).await.unwrap();
    flow
}

/// Where her notices go, and her data.
async fn contact(table: &mut Table, app: &App) {
    let (mail, mobile) = (ChannelKind::PrivateMail, ChannelKind::Mobile);
    let made = confirmed(table, app, StepUpFor::Contact(mail)).await;
    let cx = table.rig.browser(4);
    let here = who(&cx).await.unwrap().unwrap();
    let remove = remove_contact(&cx, &here, made, mail);
    table.leaves("remove_contact", EventKind::ContactChanged, remove).await.unwrap();
    let made = confirmed(table, app, StepUpFor::Contact(mobile)).await;
    let cx = table.rig.browser(4);
    let ask = ask_contact(&cx, &here, made, mobile, "12345678");
    let flow = table.leaves("ask_contact", EventKind::ContactAsked, ask).await.unwrap();
    let sms = table.rig.sms().await;
    let code = sms.iter().find_map(|message| message.code()).unwrap().to_owned();
    let wrong = verify_contact(&cx, &here, flow, "0");
    assert!(table.leaves("verify_contact", EventKind::ContactRefused, wrong).await.is_err());
    let verify = verify_contact(&cx, &here, flow, &code);
    table.leaves("verify_contact", EventKind::ContactChanged, verify).await.unwrap();
    let made = confirmed(table, app, StepUpFor::OwnData).await;
    let cx = table.rig.browser(4);
    let take = take_own_data(&cx, &here, made);
    table.leaves("take_own_data", EventKind::OwnDataTaken, take).await.unwrap();
}

async fn block(table: &mut Table) {
    let cx = table.rig.browser(4);
    block_by_password(&cx, "p4", Password::typed(PASSWORD.to_owned())).await.unwrap();
}

/// Back from MitID as the person of [`own_login`].
async fn back(table: &mut Table, purpose: Purpose) -> Proved {
    let callback = table.rig.trip_for(4, purpose, None).await;
    table.rig.mitid.answers(good_answer(&hr::cpr(4), table.rig.cx().now));
    finish_proof(&table.rig.browser(4), "test", &callback).await.unwrap()
}

/// She ends her own relation.
async fn a_relation(table: &mut Table) {
    let app = table.rig.enrol(7, 7).await;
    table.rig.sign_in(7, 7, &app).await;
    table.rig.clock.advance(SignedDuration::from_secs(30));
    let (cx, id) = (table.rig.browser(7), table.rig.relations(7).await[0].id);
    let (here, code) = (who(&cx).await.unwrap().unwrap(), app.code(cx.now));
    let showing = Showing::Code(code.clone());
    let end = end_association(&cx, &here, id, &showing);
    assert_eq!(
        table.leaves("end_association", EventKind::AssociationClosed, end).await.unwrap(),
        Left::Nothing
    );
}

/// Going on with a phone, in an enrolment and from the account.
async fn phones(table: &mut Table) {
    let flow = table.rig.proved(24, 23).await;
    table.rig.choose(24, flow).await;
    let (cx, phone) = (table.rig.browser(24), table.rig.browser(25));
    let show = continue_enrolment_on_phone(&cx, flow);
    let desk = table.leaves("continue_enrolment_on_phone", EventKind::PhoneOffered, show).await.unwrap();
    let DeskStage::Show(Secret(address)) = see_desk(&cx, None, desk).await.unwrap().stage else {
        panic!("no link")
    };
    let open = open_phone_link(&phone, address.rsplit('/').next().unwrap());
    let id = table.leaves("open_phone_link", EventKind::PhoneOpened, open).await.unwrap();
    let PhoneStage::Number(Secret(number)) = see_phone(&phone, id).await.unwrap().stage else {
        panic!("no number")
    };
    let admit = admit_phone(&cx, None, desk, &number);
    table.leaves("admit_phone", EventKind::PhoneAdmitted, admit).await.unwrap();
    let ask = ask_phone_key(&phone, id, PasskeyKind::Passkey);
    let asked = table.leaves("ask_phone_key", EventKind::FactorOffered, ask).await.unwrap();
    let mut key = SoftKey::numbered(23);
    let answer = key.answer(&asked.options);
    let make = make_phone_key(&phone, asked.ceremony, "Phone".into(), &answer);
    table.leaves("make_phone_key", EventKind::PhoneAnswered, make).await.unwrap();
    let confirm = confirm_phone(&cx, None, desk);
    table.leaves("confirm_phone", EventKind::FactorAdded, confirm).await.unwrap();
    finish_enrolment(&cx, flow).await.unwrap();
    key.person = Some(table.rig.person(23).await.id);
    let flow = table.rig.password_shown(24, 23).await;
    let asked = ask_key(&cx, flow).await.unwrap();
    show_key(&cx, asked.ceremony, &key.answer(&asked.options)).await.unwrap();
    let here = who(&cx).await.unwrap().unwrap();
    let flow = begin_step_up(&cx, &here, StepUpFor::Factors).await.unwrap();
    let asked = ask_step_up_key(&cx, &here, flow).await.unwrap();
    show_step_up_key(&cx, &here, asked.ceremony, &key.answer(&asked.options)).await.unwrap();
    let show = continue_on_phone(&cx, &here, flow);
    let desk = table.leaves("continue_on_phone", EventKind::PhoneOffered, show).await.unwrap();
    let seen = see_desk(&cx, Some(&here), desk).await.unwrap().stage;
    let DeskStage::Show(Secret(address)) = seen else { panic!("no link") };
    let id = open_phone_link(&phone, address.rsplit('/').next().unwrap()).await.unwrap();
    let PhoneStage::Number(Secret(number)) = see_phone(&phone, id).await.unwrap().stage else {
        panic!("no number")
    };
    admit_phone(&cx, Some(&here), desk, &number).await.unwrap();
    let offer = offer_phone_app(&phone, id);
    table.leaves("offer_phone_app", EventKind::FactorOffered, offer).await.unwrap();
    let seen = see_phone(&phone, id).await.unwrap().stage;
    let PhoneStage::Make(Some(offer), _) = seen else { panic!("no offer") };
    let code = App::with_seed(&offer.secret).code(phone.now);
    let make = make_phone_app(&phone, id, "Phone".into(), &code);
    table.leaves("make_phone_app", EventKind::PhoneAnswered, make).await.unwrap();
    let leave = leave_phone(&cx, Some(&here), desk);
    table.leaves("leave_phone", EventKind::PhoneRefused, leave).await.unwrap();
}

/// Passkeys: from day one to the day one is put away.
async fn passkeys(table: &mut Table) {
    let (mut key, kind) = (SoftKey::numbered(1), PasskeyKind::Passkey);
    let flow = table.rig.proved(19, 19).await;
    table.rig.choose(19, flow).await;
    let cx = table.rig.browser(19);
    let ask = ask_passkey(&cx, flow, kind);
    let asked = table.leaves("ask_passkey", EventKind::FactorOffered, ask).await.unwrap();
    let answer = key.answer(&asked.options);
    let register = register_passkey(&cx, asked.ceremony, "Phone".into(), &answer);
    table.leaves("register_passkey", EventKind::FactorAdded, register).await.unwrap();
    finish_enrolment(&cx, flow).await.unwrap();
    key.person = Some(table.rig.person(19).await.id);
    let flow = table.rig.password_shown(19, 19).await;
    let asked = ask_key(&cx, flow).await.unwrap();
    let answer = key.answer(&asked.options);
    let show = show_key(&cx, asked.ceremony, &answer);
    table.leaves("show_key", EventKind::SignedIn, show).await.unwrap();
    let asked = ask_proof_key(&cx, Purpose::Reset).await.unwrap();
    let answer = key.answer(&asked.options);
    let prove = prove_by_key(&cx, Purpose::Reset, asked.ceremony, &answer);
    assert!(
        table.leaves("prove_by_key", EventKind::ProofRefused, prove).await.is_err(),
        "not enough alone here"
    );
    let here = who(&cx).await.unwrap().unwrap();
    let flow = begin_step_up(&cx, &here, StepUpFor::Factors).await.unwrap();
    let asked = ask_step_up_key(&cx, &here, flow).await.unwrap();
    let answer = key.answer(&asked.options);
    let show = show_step_up_key(&cx, &here, asked.ceremony, &answer);
    table.leaves("show_step_up_key", EventKind::StepUpDone, show).await.unwrap();
    let ask = ask_another_passkey(&cx, &here, flow, kind);
    let asked = table.leaves("ask_another_passkey", EventKind::FactorOffered, ask).await.unwrap();
    let answer = SoftKey::numbered(2).answer(&asked.options);
    let register = register_another_passkey(&cx, &here, asked.ceremony, "Key".into(), &answer);
    let other = table.leaves("register_another_passkey", EventKind::FactorAdded, register).await.unwrap();
    let asked = ask_test(&cx, &here, None).await.unwrap();
    let answer = key.answer(&asked.options);
    let test = test_key(&cx, &here, asked.ceremony, &answer);
    table.leaves("test_key", EventKind::FactorTested, test).await.unwrap();
    let test = test_code(&cx, &here, "000000");
    assert!(table.leaves("test_code", EventKind::FactorRefused, test).await.is_err());
    let flow = begin_step_up(&cx, &here, StepUpFor::Factors).await.unwrap();
    let asked = ask_step_up_key(&cx, &here, flow).await.unwrap();
    show_step_up_key(&cx, &here, asked.ceremony, &key.answer(&asked.options)).await.unwrap();
    let offer = offer_another_app(&cx, &here, flow);
    let offer = table.leaves("offer_another_app", EventKind::FactorOffered, offer).await.unwrap();
    let code = App::with_seed(&offer.secret).code(cx.now);
    let register = register_another_app(&cx, &here, flow, "App".into(), &code);
    table.leaves("register_another_app", EventKind::FactorAdded, register).await.unwrap();
    let flow = begin_step_up(&cx, &here, StepUpFor::Factors).await.unwrap();
    let asked = ask_step_up_key(&cx, &here, flow).await.unwrap();
    show_step_up_key(&cx, &here, asked.ceremony, &key.answer(&asked.options)).await.unwrap();
    let rename = rename_factor(&cx, &here, flow, other, "Keys".into());
    table.leaves("rename_factor", EventKind::FactorRenamed, rename).await.unwrap();
    let prefer = prefer_factor(&cx, &here, other);
    table.leaves("prefer_factor", EventKind::FactorPreferred, prefer).await.unwrap();
    let flow = begin_step_up(&cx, &here, StepUpFor::Factors).await.unwrap();
    let asked = ask_step_up_key(&cx, &here, flow).await.unwrap();
    show_step_up_key(&cx, &here, asked.ceremony, &key.answer(&asked.options)).await.unwrap();
    let remove = remove_factor(&cx, &here, flow, other);
    table.leaves("remove_factor", EventKind::FactorRemoved, remove).await.unwrap();
}

/// The same, and the register says that she is dead.
async fn refused_by_the_register(table: &mut Table, purpose: Purpose, who: (u128, u32)) {
    refused_by_the_register_in(table, (purpose, None), who).await;
}

async fn refused_by_the_register_in(
    table: &mut Table,
    (purpose, serves): (Purpose, Option<FlowId>),
    (browser, p): (u128, u32),
) {
    let callback = table.rig.trip_for(browser, purpose, serves).await;
    let (cx, person) = (table.rig.browser(browser), table.rig.person(p).await.id);
    let mut answer = good_answer(&hr::cpr(p), cx.now);
    answer.register = answer.register.map(|said| CprStatus { status: RegisterStatus::Dead, ..said });
    table.rig.mitid.answers(answer);
    let refused = finish_proof(&cx, "test", &callback);
    assert!(table.leaves("finish_proof", EventKind::ProofRefused, refused).await.is_err());
    assert!(table.rig.standing(p).await.holds().iter().any(|it| it.origin == Origin::Register));
    let kinds = [EventKind::ProofRefused.word()];
    let rows = table.rig.look().await.rows_about(person, &kinds, 9).await.unwrap();
    assert!(rows.iter().any(|row| row.at == cx.now), "it says about whom");
}

/// A code device, from the box to a leak.
async fn devices(table: &mut Table) {
    let mut gadget = Gadget::button(1);
    let (by, serial) = (hr::operator("ops1"), gadget.serial());
    let app = table.rig.enrol(8, 8).await;
    table.rig.sign_in(8, 8, &app).await;
    let cx = table.rig.browser(8);
    let import = import_devices(&cx, testkit::delivery(vec![gadget.delivered()]), &by, "seeds.csv");
    table.leaves("import_devices", EventKind::DevicesImported, import).await.unwrap();
    let name = hr::line(8).user_name;
    let hand_out = hand_out_device(&cx, &by, &serial, &name);
    table.leaves("hand_out_device", EventKind::DeviceHandedOut, hand_out).await.unwrap();
    table.rig.clock.advance(SignedDuration::from_secs(30));
    let cx = table.rig.browser(8);
    let here = who(&cx).await.unwrap().unwrap();
    let step_up = begin_step_up(&cx, &here, StepUpFor::CodeDevice).await.unwrap();
    show_step_up(&cx, &here, step_up, &app.code(cx.now)).await.unwrap();
    let code = gadget.shows(cx.now);
    let activate = activate_device(&cx, Way::Session(&here, step_up), "Device".into(), &code);
    table.leaves("activate_device", EventKind::FactorAdded, activate).await.unwrap();
    gadget.press(40);
    let (first, second) = (gadget.shows(cx.now), gadget.shows(cx.now));
    let resynchronise = resynchronise_device(&cx, Place::Session(&here), &first, &second);
    table.leaves("resynchronise_device", EventKind::DeviceResynchronised, resynchronise).await.unwrap();
    let take_back = return_device(&cx, &by, &serial, Fate::Returned);
    table.leaves("return_device", EventKind::DeviceReturned, take_back).await.unwrap();
    let leak = hold_leaked_seeds(&cx, Leak { by, serials: vec![serial], sha256: None });
    table.leaves("hold_leaked_seeds", EventKind::DeviceLeaked, leak).await.unwrap();
}

/// Holds of the municipality, and how they go.
async fn holds(table: &mut Table) {
    table.rig.enrol(9, 9).await;
    let (cx, by, name) = (table.rig.browser(9), hr::operator("ops1"), hr::line(9).user_name);
    let put = hold_login(&cx, &by, &name, Origin::Security);
    table.leaves("hold_login", EventKind::Held, put).await.unwrap();
    let nobody = UserName::try_from("nobody").unwrap();
    let refused = hold_login(&cx, &by, &nobody, Origin::Security);
    assert!(table.leaves("hold_login", EventKind::HoldRefused, refused).await.is_err());
    let first = lift_hold(&cx, &by, &name, Origin::Security);
    table.leaves("lift_hold", EventKind::LiftAsked, first).await.unwrap();
    let other = hr::operator("ops2");
    let second = lift_hold(&cx, &other, &name, Origin::Security);
    table.leaves("lift_hold", EventKind::HoldLifted, second).await.unwrap();
}

/// A code of the sheet, what it leads to, and a new sheet.
async fn recovery(table: &mut Table) {
    let flow = table.rig.proved(60, 60).await;
    table.rig.choose(60, flow).await;
    table.rig.register(60, flow).await;
    finish_enrolment(&table.rig.browser(60), flow).await.unwrap();
    let sheet = see_codes(&table.rig.browser(60), flow).await.unwrap().0;
    let flow = table.rig.password_shown(60, 60).await;
    let cx = table.rig.browser(60);
    let refuse = show_recovery_code(&cx, flow, "ABCDE-FGHJ-KMNP");
    assert!(table.leaves("show_recovery_code", EventKind::SignInRefused, refuse).await.is_err());
    let code = sheet.recovery[0].printed();
    let show = show_recovery_code(&cx, flow, &code);
    table.leaves("show_recovery_code", EventKind::RecoveryCodeUsed, show).await.unwrap();
    refused_by_the_register_in(table, (Purpose::Recovery, Some(flow)), (60, 60)).await;
    // The register's word holds her login; that of a sign-in of somebody else is not held.
    let flow = table.rig.proved(61, 61).await;
    table.rig.choose(61, flow).await;
    table.rig.register(61, flow).await;
    finish_enrolment(&table.rig.browser(61), flow).await.unwrap();
    let sheet = see_codes(&table.rig.browser(61), flow).await.unwrap().0;
    let flow = table.rig.password_shown(61, 61).await;
    let cx = table.rig.browser(61);
    show_recovery_code(&cx, flow, &sheet.recovery[0].printed()).await.unwrap();
    let callback = table.rig.trip_for(61, Purpose::Recovery, Some(flow)).await;
    table.rig.mitid.answers(good_answer(&hr::cpr(61), cx.now));
    let finish = finish_proof(&cx, "test", &callback);
    table.leaves("finish_proof", EventKind::IdentityProved, finish).await.unwrap();
    let offer = offer_replacement(&cx, flow);
    let offer = table.leaves("offer_replacement", EventKind::FactorOffered, offer).await.unwrap();
    let app = App::with_seed(&offer.secret);
    let wrong = app.wrong_code(cx.now);
    let refuse = replace_factor(&cx, flow, "Phone".into(), &wrong);
    assert!(table.leaves("replace_factor", EventKind::FactorRefused, refuse).await.is_err());
    let code = app.code(cx.now);
    let replace = replace_factor(&cx, flow, "Phone".into(), &code);
    table.leaves("replace_factor", EventKind::FactorAdded, replace).await.unwrap();
    with_a_key(table, &sheet).await;
    table.rig.clock.advance(SignedDuration::from_secs(60));
    let cx = table.rig.browser(61);
    let here = who(&cx).await.unwrap().unwrap();
    let step_up = begin_step_up(&cx, &here, StepUpFor::Sheet).await.unwrap();
    show_step_up(&cx, &here, step_up, &app.code(cx.now)).await.unwrap();
    let renew = renew_sheet(&cx, &here, step_up);
    table.leaves("renew_sheet", EventKind::CodesPrinted, renew).await.unwrap();
    table.rig.clock.advance(hours(24 * 28));
    let cx = table.rig.browser(61);
    let due = see_check(&cx, &here).await.unwrap().unwrap().id;
    let later = put_off_check(&cx, &here, due);
    table.leaves("put_off_check", EventKind::FactorCheckPutOff, later).await.unwrap();
}

/// The same by a key, in another browser.
async fn with_a_key(table: &mut Table, sheet: &usecases::print_codes::Sheet) {
    let flow = table.rig.password_shown(62, 61).await;
    show_recovery_code(&table.rig.browser(62), flow, &sheet.recovery[1].printed()).await.unwrap();
    let callback = table.rig.trip_for(62, Purpose::Recovery, Some(flow)).await;
    let cx = table.rig.browser(62);
    table.rig.mitid.answers(good_answer(&hr::cpr(61), cx.now));
    finish_proof(&cx, "test", &callback).await.unwrap();
    let ask = ask_replacement_key(&cx, flow, PasskeyKind::Passkey);
    let asked = table.leaves("ask_replacement_key", EventKind::FactorOffered, ask).await.unwrap();
    let answer = SoftKey::numbered(62).answer(&asked.options);
    let replace = replace_with_key(&cx, asked.ceremony, "Key".into(), &answer);
    table.leaves("replace_with_key", EventKind::FactorAdded, replace).await.unwrap();
    let abandon = abandon(&cx, Some(flow));
    table.leaves("abandon", EventKind::SignedOut, abandon).await.unwrap();
}

/// Somebody who left long ago is erased by two operators.
async fn erasing(table: &mut Table) {
    let name = hr::line(70).user_name;
    table.rig.import(vec![hr::line(70)]).await.unwrap();
    let (cx, first) = (table.rig.cx(), hr::operator("ops1"));
    let early = propose_erasure(&cx, &first, &name);
    assert!(table.leaves("propose_erasure", EventKind::ErasureRefused, early).await.is_err());
    let left = HrLine { ends_on: Some(day("2026-11-02")), ..hr::line(70) };
    table.rig.import(vec![left]).await.unwrap();
    table.rig.letters().await;
    table.rig.clock.advance(hours(24 * 31 * 61));
    let (cx, other) = (table.rig.cx(), hr::operator("ops2"));
    let propose = propose_erasure(&cx, &first, &name);
    table.leaves("propose_erasure", EventKind::ErasureProposed, propose).await.unwrap();
    let approve = approve_erasure(&cx, &other, &name);
    table.leaves("approve_erasure", EventKind::PersonErased, approve).await.unwrap();
}

/// The names of all `pub async fn` below a folder, the ports apart.
fn use_cases(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if !path.ends_with("src/ports") {
                use_cases(&path, found);
            }
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let names = text.lines().filter_map(|line| line.trim_start().strip_prefix("pub async fn "));
        found.extend(names.filter_map(|rest| rest.split(['(', '<']).next()).map(str::to_owned));
    }
}

#[tokio::test]
async fn every_use_case_that_changes_something_leaves_an_event() {
    let outside = PlainOutside::default();
    let rig = Rig::on_sqlite().await.keeping(Arc::new(outside.clone()));
    let rig = rig.with_checkpoints(Arc::new(PlainOutside::default()));
    let mut table = Table { rig, driven: BTreeSet::new() };
    let cx = table.rig.cx();
    let compare = compare_outside(&cx);
    table.leaves("compare_outside", EventKind::OutsideBegun, compare).await.unwrap();
    let app = day_one(&mut table).await;
    every_day(&mut table, &app).await;
    Box::pin(applications(&mut table)).await;
    a_role(&mut table).await;
    an_auditor(&mut table).await;
    blocks(&mut table).await;
    the_end(&mut table).await;
    own_login(&mut table).await;
    keys(&mut table).await;
    signing_keys(&mut table).await;
    the_trail(&mut table).await;
    restored(&mut table, &outside).await;
    confirming_anew(&mut table).await;
    a_relation(&mut table).await;
    devices(&mut table).await;
    holds(&mut table).await;
    passkeys(&mut table).await;
    phones(&mut table).await;
    recovery(&mut table).await;
    new_terms(&mut table).await;
    Box::pin(published_terms(&mut table)).await;
    erasing(&mut table).await;

    let mut found = BTreeSet::new();
    use_cases(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    assert!(found.len() > 20, "the folder was read");
    let excepted = WITHOUT_EVENT.iter().map(|(name, _)| *name);
    let known: BTreeSet<String> = table.driven.iter().copied().chain(excepted).map(str::to_owned).collect();
    assert_eq!(found, known, "drive what is new, or say why it leaves no event");
    assert!(WITHOUT_EVENT.iter().all(|(name, _)| !table.driven.contains(name)));
}
