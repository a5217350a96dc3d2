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
use domain::hr::HrLine;
use domain::password::Password;
use domain::role::RoleKind;
use std::collections::BTreeSet;
use std::future::Future;
use std::path::Path;
use std::time::Duration;
use testkit::{App, PASSWORD, PlainScribe, Rig, day, good_answer, hours, hr};
use usecases::begin_enrolment::begin_enrolment;
use usecases::begin_sign_in::begin_sign_in;
use usecases::choose_password::choose_password;
use usecases::close_associations::close_associations;
use usecases::deliver_notices::deliver_notices;
use usecases::finish_enrolment::finish_enrolment;
use usecases::finish_proof::finish_proof;
use usecases::import_employees::import_employees;
use usecases::issue::issue;
use usecases::meet_keys::meet_keys;
use usecases::note_migration::note_migration;
use usecases::read_terms::{accept_terms, decline_terms, turn_page};
use usecases::receive_request::{Received, receive_request};
use usecases::register_app::{offer_app, register_app};
use usecases::retire_keys::retire_keys;
use usecases::revoke_enrolments::revoke_enrolments;
use usecases::roles::{Proposed, accept_role, propose_role};
use usecases::rotate_keys::{Ask, rotate_keys};
use usecases::save_connection::{Settings, save_connection};
use usecases::show_code::show_code;
use usecases::show_password::show_password;
use usecases::start_proof::start_proof;
use usecases::watch_clocks::watch_clocks;
use usecases::who::{sign_out, who};

/// What changes nothing that the trail must tell, and why.
const WITHOUT_EVENT: &[(&str, &str)] = &[
    ("look_at_link", "reads"),
    ("resume_enrolment", "reads"),
    ("see_enrolment", "reads"),
    ("see_reading", "reads"),
    ("see_sign_in", "reads"),
    ("overview", "reads her own"),
    ("verify_trail", "reads the trail itself"),
    ("sequence_trail", "gives events their place; an event of its own would never end"),
    ("see_clocks", "reads"),
    ("tidy", "deletes what ran out and nobody can use; what it was is in the trail already"),
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
    table
        .leaves("deliver_notices", EventKind::NoticeSent, deliver_notices(&house, &post, &PlainScribe, 9))
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
    let start = start_proof(&cx, Some(flow), "da");
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
    let receive = receive_request(&cx, "https://sp.example|m1");
    let received = table.leaves("receive_request", EventKind::RequestReceived, receive).await.unwrap();
    let Received::Answer(answer) = received else { panic!("a session answers") };
    table.leaves("issue", EventKind::TokenIssued, issue(&cx, answer)).await.unwrap();
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

async fn keys(table: &mut Table) {
    let (cx, ring, by) = (table.rig.cx(), table.rig.ring.clone(), hr::operator("ops1"));
    let meet = meet_keys(&cx, &ring, Some(&by));
    let note = note_migration(&cx, &by, "0.1.0");
    table.leaves("note_migration", EventKind::DatabaseMigrated, note).await.unwrap();
    table.leaves("meet_keys", EventKind::KeyCreated, meet).await.unwrap();
    let ask = Ask { by, purposes: vec![], announce_only: false, settle: Duration::ZERO };
    let rotate = rotate_keys(&cx, &ring, &ask);
    table.leaves("rotate_keys", EventKind::KeysRotated, rotate).await.unwrap();
    table.rig.clock.advance(hours(2));
    let cx = table.rig.cx();
    let retire = retire_keys(&cx, &ring, &ask.by);
    table.leaves("retire_keys", EventKind::KeyRetired, retire).await.unwrap();
}

async fn the_end(table: &mut Table) {
    let cx = table.rig.cx();
    table.leaves("sign_out", EventKind::SignedOut, sign_out(&cx)).await.unwrap();
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
    table.rig.proved(2, 2).await;
    table.rig.clock.advance(hours(24 * 15));
    let cx = table.rig.cx();
    let revoke = revoke_enrolments(&cx);
    assert_eq!(table.leaves("revoke_enrolments", EventKind::EnrolmentRevoked, revoke).await.unwrap(), 1);
    table.rig.database_clock.set_apart(SignedDuration::from_secs(3));
    let watch = watch_clocks(&cx, Agreement::Agree);
    table.leaves("watch_clocks", EventKind::ClocksApart, watch).await.unwrap();
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
    let mut table = Table { rig: Rig::on_sqlite().await, driven: BTreeSet::new() };
    let app = day_one(&mut table).await;
    every_day(&mut table, &app).await;
    a_role(&mut table).await;
    the_end(&mut table).await;
    keys(&mut table).await;

    let mut found = BTreeSet::new();
    use_cases(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    assert!(found.len() > 20, "the folder was read");
    let excepted = WITHOUT_EVENT.iter().map(|(name, _)| *name);
    let known: BTreeSet<String> = table.driven.iter().copied().chain(excepted).map(str::to_owned).collect();
    assert_eq!(found, known, "drive what is new, or say why it leaves no event");
    assert!(WITHOUT_EVENT.iter().all(|(name, _)| !table.driven.contains(name)));
}
