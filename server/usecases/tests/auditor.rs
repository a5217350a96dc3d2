//! An auditor takes evidence out: what is in it, who reads it, what proves it, and who is told.
#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test that cannot begin must fail")]

#[path = "auditor/orders.rs"]
mod orders;
#[path = "auditor/year.rs"]
mod year;

use domain::SignedDuration;
use domain::audit::checkpoint::Note;
use domain::audit::{Doer, EventKind, Hash, Tampered};
use domain::calendar::days_before;
use domain::erasure::ErasureRefused;
use domain::evidence::{Broken, Collected, Evidence, Manifest, Measured, Period, RESTRICTED, Search};
use domain::factor::{FactorKind, authentication_level};
use domain::hr::HrLine;
use domain::ids::{FlowId, PersonId};
use domain::level::AssuranceLevel;
use domain::password::{LEAKED_HOLD, Password};
use domain::restriction::Case;
use domain::role::RoleKind;
use domain::standing::Origin;
use domain::suspension::Door;
use domain::throttle::SOURCE_A_MINUTE;
use serde_json::Value;
use sha2::{Digest, Sha256};
use testkit::{App, FewLeaks, PlainSignatures, Rig, day, hours, hr};
use usecases::auditor::{NotAuditor, NotSeen};
use usecases::begin_sign_in::begin_sign_in;
use usecases::block_by_session::block_by_session;
use usecases::close_associations::close_associations;
use usecases::context::Cx;
use usecases::draw_sample::{NotDrawn, Opened as OpenSample, draw_sample, see_sample};
use usecases::erasure::NotErased;
use usecases::evidence::Form;
use usecases::hand_in_probes::{NotHandedIn, hand_in_probes};
use usecases::hold_login::hold_login;
use usecases::keep_retention::keep_retention;
use usecases::make_export::{Asked, NotMade, Prepared, make_export};
use usecases::name_case::{NotNamed, name_case};
use usecases::note_documents::{Published, note_documents};
use usecases::note_verification::{Verification, note_verification};
use usecases::ports::vault::{KeyUse, Sealed, Signatures};
use usecases::propose_erasure::propose_erasure;
use usecases::roles::{Proposed, accept_role, propose_role};
use usecases::search_trail::{search_trail, see_search};
use usecases::see_activity::{Which, see_activity};
use usecases::see_chain::see_chain;
use usecases::see_export::{Opened, open_export, see_export, see_trail};
use usecases::see_exports::see_exports;
use usecases::see_requirements::see_requirements;
use usecases::show_password::{PasswordAccepted, PasswordWrong, show_password};
use usecases::show_row::{NotShown, show_row};
use usecases::take_figures::{see_figures, take_figures};
use usecases::verify_trail::{Report, verify_trail};
use usecases::who::{Here, sign_out, who};

#[path = "auditor/looks.rs"]
mod looks;

testkit::on_both! {
    an_export_holds_what_happened_in_its_period_and_nothing_besides
    a_manifest_is_signed_by_the_key_of_the_checkpoints_and_its_files_are_those_that_are_taken
    a_reason_is_opened_where_the_export_needs_it_and_an_address_nowhere_but_in_the_trail_of_one_person
    a_login_held_for_a_leaked_password_stands_in_the_export_as_closed_by_the_issuer
    the_last_day_of_hr_stands_beside_the_instant_a_relation_was_closed
    what_nobody_collects_yet_is_said_in_the_export_and_signed
    days_of_doors_are_handed_in_once_and_stand_in_export_and_figures
    of_two_hand_ins_at_once_each_day_of_a_door_counts_once
    a_run_of_the_verifier_stands_in_the_export_whatever_it_found
    texts_and_algorithms_stand_beside_what_happened
    nobody_without_the_role_reads_anything_and_that_she_asked_is_in_the_trail
    a_role_that_ended_and_a_session_that_ended_read_nothing
    an_auditor_in_a_session_at_low_reads_and_takes_nothing
    an_export_belongs_to_its_session_and_its_browser
    whoever_is_read_about_sees_it_and_not_where_the_auditor_sat
    whoever_is_read_about_gets_one_letter_a_day_and_it_says_no_more
    what_is_kept_of_who_asked_too_early_to_be_erased_is_read_for_a_case_alone
    what_is_sealed_of_who_is_restricted_comes_out_of_an_export_about_everybody_for_a_case_alone
    two_auditors_who_name_a_case_at_once_are_both_seen_and_each_reads_for_her_own
    where_the_auditor_sat_lies_under_her_own_key_and_goes_with_her
    a_sample_is_drawn_again_by_its_seed_and_shows_who_is_in_it
    a_row_that_was_changed_or_taken_away_is_told_from_one_that_went_by_rule
    what_went_by_rule_is_counted_and_is_nothing_wrong
    a_trail_whose_first_row_is_empty_began_when_it_began
    what_has_no_place_yet_is_counted_and_comes_in_the_next_export
}

const AUDITOR: u128 = 1;

/// Gives the p-th person, who signs in at this browser, a role; she is there.
async fn with_role(rig: &Rig, (browser, p): (u128, u32), app: &App, kind: RoleKind) -> Here {
    let name = hr::line(p).user_name;
    let mut role = None;
    for operator in ["ops1", "ops2"] {
        let proposed = propose_role(&rig.cx(), operator, &name, kind, "the audit of the year").await;
        if let Proposed::NeedsAcceptance(id) = proposed.unwrap() {
            role = Some(id);
        }
    }
    let here = signed_in(rig, browser, p, app).await;
    accept_role(&rig.browser(browser), &here, role.unwrap()).await.unwrap();
    here
}

async fn signed_in(rig: &Rig, browser: u128, p: u32, app: &App) -> Here {
    rig.sign_in(browser, p, app).await;
    who(&rig.browser(browser)).await.unwrap().unwrap()
}

/// The auditor, who is the first person.
async fn auditor(rig: &Rig) -> Here {
    let app = rig.enrol(AUDITOR, 0).await;
    with_role(rig, (AUDITOR, 0), &app, RoleKind::Auditor).await
}

/// A moment later, with all that happened in its place in the trail.
async fn later(rig: &Rig) {
    rig.clock.advance(SignedDuration::from_secs(1));
    while rig.sequence().await > 0 {}
}

fn november(evidence: Evidence) -> Asked {
    let period = Period::of_days(day("2026-11-01"), day("2026-11-30")).unwrap();
    Asked { evidence, period, about: None }
}

/// Makes one; gives its flow and what it is.
async fn made(rig: &Rig, here: &Here, asked: Asked) -> (FlowId, Opened, Manifest) {
    later(rig).await;
    made_now(rig, here, asked).await
}

/// The same, whatever has its place in the trail by now.
async fn made_now(rig: &Rig, here: &Here, asked: Asked) -> (FlowId, Opened, Manifest) {
    let cx = rig.browser(AUDITOR);
    let made = make_export(&cx, here, asked).await.unwrap();
    let Prepared::Made(flow) = made else { unreachable!("it is short") };
    let made = see_export(&cx, here, flow).await.unwrap();
    let note = Note::read(&made.manifest).unwrap();
    let manifest = Manifest::read(&note.text).unwrap();
    (flow, made, manifest)
}

/// A file, whole.
async fn file(rig: &Rig, here: &Here, flow: FlowId, form: Form) -> String {
    let mut reading = open_export(&rig.browser(AUDITOR), here, flow, form).await.unwrap();
    let mut whole = Vec::new();
    while let Some(part) = reading.next_part().await.unwrap() {
        whole.extend(part);
    }
    String::from_utf8(whole).unwrap()
}

/// The rows of the JSON file.
async fn rows(rig: &Rig, here: &Here, asked: Asked) -> Vec<Value> {
    let (flow, _, manifest) = made(rig, here, asked).await;
    let told: Value = serde_json::from_str(&file(rig, here, flow, Form::Json).await).unwrap();
    let rows = told["rows"].as_array().unwrap().clone();
    assert_eq!(u64::try_from(rows.len()).unwrap(), manifest.rows);
    rows
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn events(rows: &[Value]) -> Vec<&str> {
    rows.iter().map(|row| row["event"].as_str().unwrap()).collect()
}

async fn an_export_holds_what_happened_in_its_period_and_nothing_besides(rig: Rig) {
    let here = auditor(&rig).await;
    rig.enrol(2, 1).await;
    let means = rows(&rig, &here, november(Evidence::Means)).await;
    let second = rig.person(1).await.id.to_string();
    let of_second: Vec<_> =
        means.iter().filter(|row| row["about"].as_str() == Some(&second)).cloned().collect();
    for event in [
        "enrolment.begun",
        "terms.accepted",
        "proof.accepted",
        "password.set",
        "factor.added",
        "enrolment.finished",
    ] {
        assert!(events(&of_second).contains(&event), "{event}: {of_second:?}");
    }
    assert!(events(&means).iter().all(|event| !event.starts_with("sign-in")), "{means:?}");
    let roles = rows(&rig, &here, november(Evidence::Staff)).await;
    assert_eq!(events(&roles), ["role.proposed", "role.proposed", "role.accepted"]);
    let before = Period::of_days(day("2026-10-01"), day("2026-10-31")).unwrap();
    let october = Asked { period: before, ..november(Evidence::Means) };
    assert_eq!(rows(&rig, &here, october).await, Vec::<Value>::new());
}

async fn a_manifest_is_signed_by_the_key_of_the_checkpoints_and_its_files_are_those_that_are_taken(rig: Rig) {
    let here = auditor(&rig).await;
    rig.enrol(2, 1).await;
    for evidence in Evidence::ALL {
        let about = (evidence == Evidence::Person).then_some(rig.person(1).await.id);
        let (flow, made, manifest) = made(&rig, &here, Asked { about, ..november(evidence) }).await;
        let note = Note::read(&made.manifest).unwrap();
        let keys = rig.house.vault.public_keys(KeyUse::Checkpoints).unwrap();
        let holds = |key: &_, data: &[u8], by: &_| PlainSignatures.holds(key, data, by);
        assert!(note.is_signed_by(&keys, holds), "{evidence:?}");
        let changed = Note { text: note.text.replace("rows", "rovs"), ..note };
        assert!(!changed.is_signed_by(&keys, holds), "{evidence:?}");
        assert_eq!(manifest.evidence, evidence);
        for (form, part) in Form::ALL.into_iter().zip(&manifest.parts) {
            // Others go on meanwhile; what was asked for does not.
            let newcomer = 50 + u32::from(evidence.number()) * 2 + u32::from(form == Form::Csv);
            rig.import(vec![hr::line(newcomer)]).await.unwrap();
            later(&rig).await;
            let text = file(&rig, &here, flow, form).await;
            assert_eq!(part.name, format!("{}.{}", evidence.file(), form.word()));
            assert_eq!(part.bytes, u64::try_from(text.len()).unwrap(), "{evidence:?}");
            assert_eq!(part.digest, Hash(Sha256::digest(&text).into()), "{evidence:?} {form:?}");
        }
    }
    let many = u64::try_from(Evidence::ALL.len()).unwrap();
    assert_eq!((rig.events(EventKind::ExportMade).await, rig.events(EventKind::TrailRead).await), (many, 1));
}

async fn a_reason_is_opened_where_the_export_needs_it_and_an_address_nowhere_but_in_the_trail_of_one_person(
    rig: Rig,
) {
    let here = auditor(&rig).await;
    rig.enrol(2, 1).await;
    let name = hr::line(1).user_name;
    hold_login(&rig.cx(), &hr::operator("ops1"), &name, Origin::Security).await.unwrap();
    let blocks = rows(&rig, &here, november(Evidence::Blocks)).await;
    let held = blocks.iter().find(|row| row["event"].as_str() == Some("login.held")).unwrap();
    assert_eq!((held["by"].as_str(), held["who"].as_str()), (Some("operator"), Some("ops1")));
    assert_eq!(held["sealed"]["reason"].as_str(), Some("a usual day"));
    assert!(!blocks.iter().any(|row| row.to_string().contains("192.0.2.1")), "{blocks:?}");
    let about = Some(rig.person(1).await.id);
    let trail = rows(&rig, &here, Asked { about, ..november(Evidence::Person) }).await;
    assert!(trail.iter().any(|row| row["sealed"]["address"].as_str() == Some("192.0.2.1")), "{trail:?}");
    let cpr = hr::cpr(1);
    assert!(!trail.iter().any(|row| row.to_string().contains(&cpr)), "no number in it");
    let again = made_of(&rig, &here, about).await;
    let shown = see_trail(&rig.browser(AUDITOR), &here, again).await.unwrap();
    assert_eq!(shown.len(), trail.len() + 1, "that it was read is in it from now on");
}

/// The second person's password, shown again; it stands on the list of leaked ones.
async fn shows_leaked(rig: &Rig) -> Result<PasswordAccepted, PasswordWrong> {
    let flow = begin_sign_in(&rig.browser(2)).await.unwrap();
    show_password(&rig.browser(2), flow, "p1", Password::typed(FewLeaks::LEAKED.to_owned())).await
}

async fn a_login_held_for_a_leaked_password_stands_in_the_export_as_closed_by_the_issuer(rig: Rig) {
    rig.enrol(2, 1).await;
    let hash = rig.house.hasher.hash(Password::typed(FewLeaks::LEAKED.to_owned())).await.unwrap();
    let (person, now) = (rig.person(1).await.id, rig.cx().now);
    let mut tx = rig.change().await;
    tx.set_password_hash(person, &hash, now).await.unwrap();
    tx.commit().await.unwrap();
    shows_leaked(&rig).await.unwrap();
    rig.clock.advance(hours(24 * 7));
    assert!(matches!(shows_leaked(&rig).await, Err(PasswordWrong::Held(_))), "past its grace");
    let here = auditor(&rig).await;
    let blocks = rows(&rig, &here, november(Evidence::Blocks)).await;
    let leaked = |row: &&Value| row["facts"]["reason"] == LEAKED_HOLD && row["event"] == "login.held";
    let held = blocks.iter().find(leaked).unwrap();
    assert_eq!([&held["by"], &held["facts"]["origin"]], ["system", "issuer"], "no block of her own: {held}");
}

/// One more export of one person, by its flow.
async fn made_of(rig: &Rig, here: &Here, about: Option<PersonId>) -> FlowId {
    made(rig, here, Asked { about, ..november(Evidence::Person) }).await.0
}

async fn the_last_day_of_hr_stands_beside_the_instant_a_relation_was_closed(rig: Rig) {
    rig.enrol(2, 1).await;
    rig.import(vec![HrLine { ends_on: Some(day("2026-11-05")), ..hr::line(1) }]).await.unwrap();
    let name = hr::line(1).user_name;
    propose_role(&rig.cx(), "ops1", &name, RoleKind::Registrar, "the desk of the year").await.unwrap();
    rig.clock.advance(hours(24 * 4));
    close_associations(&rig.cx()).await.unwrap();
    let here = auditor(&rig).await;
    let leavers = rows(&rig, &here, november(Evidence::Leavers)).await;
    let closed = leavers.iter().find(|row| row["event"].as_str() == Some("association.closed")).unwrap();
    assert_eq!(closed["facts"]["last-day"].as_str(), Some("2026-11-05"));
    assert!(closed["at"].as_str().unwrap().starts_with("2026-11-06"), "{closed}");
    // What she was proposed for ended with it: when and why stands in what happened, and in what is.
    let roles = rows(&rig, &here, november(Evidence::Staff)).await;
    let ended = roles.iter().find(|row| row["event"] == "role.ended").unwrap();
    assert_eq!(ended["facts"]["why"], "association-ended");
    assert!(ended["at"].as_str().unwrap().starts_with("2026-11-06"), "{ended}");
    let now = present(&rig, &here, november(Evidence::Staff)).await;
    let held = now.iter().find(|it| it["role"] == "registrar").unwrap();
    assert_eq!([&held["state"], &held["ended-for"]], ["ended", "association-ended"], "{held}");
    assert!(held["until"].as_str().unwrap().starts_with("2026-11-06"), "{held}");
}

async fn what_nobody_collects_yet_is_said_in_the_export_and_signed(rig: Rig) {
    let here = auditor(&rig).await;
    for evidence in [Evidence::Leavers, Evidence::Controls, Evidence::Uptime] {
        let (flow, made, _) = made(&rig, &here, november(evidence)).await;
        let open = evidence.collected() == Collected::InPart;
        assert_eq!(open, evidence != Evidence::Uptime);
        assert_eq!(made.manifest.contains("\nopen "), open, "{}", made.manifest);
        let told = file(&rig, &here, flow, Form::Json).await;
        assert_eq!(told.contains("not collected before"), open, "{told}");
    }
}

/// The rows of the present in the JSON file.
async fn present(rig: &Rig, here: &Here, asked: Asked) -> Vec<Value> {
    let (flow, ..) = made(rig, here, asked).await;
    let told: Value = serde_json::from_str(&file(rig, here, flow, Form::Json).await).unwrap();
    told["present"].as_array().unwrap().clone()
}

async fn days_of_doors_are_handed_in_once_and_stand_in_export_and_figures(rig: Rig) {
    let by = hr::operator("ops1");
    let of = |text: &str, worked| Measured {
        day: day(text),
        door: Door::Code,
        probes: 1440,
        worked,
        longest_failure: 120,
        longest_silence: 61,
        p99: 12,
    };
    let today = rig.cx().today();
    let refused = hand_in_probes(&rig.cx(), &by, &[of(&today.to_string(), 1)]).await;
    assert!(matches!(refused, Err(NotHandedIn::NotOver(day)) if day == today), "{refused:?}");
    rig.clock.advance(hours(24 * 3));
    let days = [of("2026-11-02", 1440), of("2026-11-03", 1430)];
    let handed_in = hand_in_probes(&rig.cx(), &by, &days).await.unwrap();
    assert_eq!((handed_in.new, handed_in.known), (2, 0));
    // Who hands the same days in again says nothing else of them.
    let again = hand_in_probes(&rig.cx(), &by, &[of("2026-11-03", 1440), of("2026-11-01", 1000)]).await;
    assert_eq!(again.map(|it| (it.new, it.known)).unwrap(), (1, 1));
    assert_eq!(rig.events(EventKind::DoorMeasured).await, 3);
    let many: Vec<_> = (1..=32).map(|n| Measured { day: days_before(today, n), ..days[0] }).collect();
    let refused = hand_in_probes(&rig.cx(), &by, &many).await;
    assert!(matches!(refused, Err(NotHandedIn::TooMany)), "{refused:?}");

    let here = auditor(&rig).await;
    let told = rows(&rig, &here, november(Evidence::Uptime)).await;
    let said: Vec<_> =
        told.iter().map(|row| (text(&row["facts"]["day"]), text(&row["facts"]["worked"]))).collect();
    let expected = [("2026-11-02", "1440"), ("2026-11-03", "1430"), ("2026-11-01", "1000")];
    assert_eq!(said, expected.map(|(day, worked)| (day.to_owned(), worked.to_owned())));
    let doors = present(&rig, &here, november(Evidence::Uptime)).await;
    let code = doors.iter().find(|it| it["door"] == Door::Code.word()).unwrap();
    assert_eq!(
        (text(&code["days"]), text(&code["probes"]), text(&code["worked"])),
        ("3".into(), "4320".into(), "3870".into())
    );
    assert_eq!((doors.len(), text(&code["available-percent"])), (5, "89.583".to_owned()));
    let cx = rig.browser(AUDITOR);
    let second = Period::of_days(day("2026-11-02"), day("2026-11-02")).unwrap();
    let flow = take_figures(&cx, &here, second).await.unwrap();
    let (figures, _) = see_figures(&cx, &here, flow).await.unwrap();
    let code = figures.uptime.doors.iter().find(|it| it.door == Door::Code).unwrap();
    assert_eq!((figures.uptime.of, code.days, code.share()), (1, 1, Some(100_000)));
    // A day somebody made better since is no day that was handed in.
    rig.unguard_the_trail().await;
    let better = r#"facts = replace(facts, '"worked":"1000"', '"worked":"1440"')"#;
    rig.as_owner(&format!("update audit_events set {better} where kind = 'door.measured'")).await;
    let doors = present(&rig, &here, november(Evidence::Uptime)).await;
    let code = doors.iter().find(|it| it["door"] == Door::Code.word()).unwrap();
    assert_eq!((text(&code["days"]), text(&code["worked"])), ("2".into(), "2870".into()));
}

async fn of_two_hand_ins_at_once_each_day_of_a_door_counts_once(rig: Rig) {
    rig.clock.advance(hours(24 * 3));
    let (ops1, ops2) = (hr::operator("ops1"), hr::operator("ops2"));
    let of = |text: &str, worked| {
        let day = day(text);
        let p99 = 12;
        Door::ALL.map(|door| Measured {
            day,
            door,
            probes: 1440,
            worked,
            longest_failure: 120,
            longest_silence: 61,
            p99,
        })
    };
    // One waits for the other, which is done a moment later than she began.
    let (by, first) = (ops1.clone(), of("2026-11-03", 1440));
    let later_on = Cx { now: rig.cx().now + SignedDuration::from_secs(1), ..rig.cx() };
    let meanwhile = rig.meanwhile(9, "hand_in_probes", async move {
        assert_eq!(hand_in_probes(&later_on, &by, &first).await.unwrap().new, 5);
    });
    let told = hand_in_probes(&meanwhile, &ops2, &of("2026-11-03", 1000)).await.unwrap();
    assert_eq!((told.new, told.known), (0, 5), "what was said first stays");

    let (one, other) = (of("2026-11-02", 1440), of("2026-11-02", 1000));
    let (cx, beside) = (rig.cx(), rig.cx());
    let both = tokio::join!(hand_in_probes(&cx, &ops1, &one), hand_in_probes(&beside, &ops2, &other));
    assert!(both.0.unwrap().new + both.1.unwrap().new >= 5, "each may write what the other does");
    rig.clock.advance(SignedDuration::from_mins(1));
    let again = hand_in_probes(&rig.cx(), &ops1, &one).await.unwrap();
    assert_eq!((again.new, again.known), (0, 5));

    let here = auditor(&rig).await;
    let cx = rig.browser(AUDITOR);
    let days = Period::of_days(day("2026-11-02"), day("2026-11-03")).unwrap();
    let flow = take_figures(&cx, &here, days).await.unwrap();
    let (figures, _) = see_figures(&cx, &here, flow).await.unwrap();
    for it in &figures.uptime.doors {
        assert_eq!((it.days, it.probes), (2, 2880), "{it:?}");
        assert!(
            [2880, 2440].contains(&it.worked),
            "what one of the two said, and the first of the third: {it:?}"
        );
    }
    let doors = present(&rig, &here, november(Evidence::Uptime)).await;
    assert!(doors.iter().all(|it| text(&it["probes"]) == "2880"), "the export says the same: {doors:?}");
}

async fn a_run_of_the_verifier_stands_in_the_export_whatever_it_found(rig: Rig) {
    let here = auditor(&rig).await;
    later(&rig).await;
    let report = verify_trail(rig.house.store.as_ref(), rig.house.vault.as_ref()).await.unwrap();
    let broken = Report { first: Some(Tampered::Removed { place: 4 }), ..report.clone() };
    for (report, checkpoint, lacks_outside) in
        [(&report, Some(3), false), (&report, None, true), (&broken, Some(3), false)]
    {
        let seen = Verification { report, checkpoint, lacks_outside };
        note_verification(&rig.cx(), "ops1", &seen).await.unwrap();
    }
    let told = rows(&rig, &here, november(Evidence::Integrity)).await;
    let runs: Vec<_> = told.iter().filter(|row| row["event"] == EventKind::TrailVerified.word()).collect();
    let checked = report.checked.to_string();
    assert!(
        runs.iter().all(|row| row["who"] == "ops1" && row["facts"]["rows"] == checked.as_str()),
        "{runs:?}"
    );
    let found = runs.iter().map(|row| ["outcome", "checkpoint", "why"].map(|name| text(&row["facts"][name])));
    let expected = [
        ["whole", "3", ""],
        ["outside-missing", "", ""],
        ["tampered", "3", "the row at place 4 was removed"],
    ];
    assert_eq!(found.collect::<Vec<_>>(), expected.map(|run| run.map(str::to_owned)));
}

async fn texts_and_algorithms_stand_beside_what_happened(rig: Rig) {
    let privacy = |version: &str, digest: &str| {
        let (version, digest) = (version.to_owned(), digest.to_owned());
        [Published { document: "privacy", version, date: day("2026-01-01"), digest }]
    };
    for (version, digest, new) in [("1.0", "aa", 1), ("1.0", "aa", 0), ("2.0", "bb", 1), ("2.0", "bb", 0)] {
        let told = note_documents(&rig.cx(), &privacy(version, digest)).await.unwrap();
        assert_eq!(told, new, "{version}");
        rig.clock.advance(SignedDuration::from_secs(60));
    }
    let here = auditor(&rig).await;
    let told = rows(&rig, &here, november(Evidence::Documents)).await;
    let told = told.iter().filter(|row| row["event"] == EventKind::DocumentPublished.word());
    let versions: Vec<_> = told.map(|row| text(&row["facts"]["version"])).collect();
    assert_eq!(versions, ["1.0", "2.0"]);
    let now = present(&rig, &here, november(Evidence::Documents)).await;
    let document = now.iter().find(|it| it["what"] == "document").unwrap();
    assert_eq!([&document["document"], &document["version"], &document["sha256"]], ["privacy", "2.0", "bb"]);
    let keys = present(&rig, &here, november(Evidence::Keys)).await;
    let algorithms: Vec<_> = keys.iter().filter(|it| it["what"] == "algorithm").collect();
    assert_eq!(algorithms.len(), domain::algorithms::IN_USE.len());
    assert!(algorithms.iter().any(|it| it["algorithm"] == "Ed25519 (RFC 8032)"), "{algorithms:?}");
}

async fn nobody_without_the_role_reads_anything_and_that_she_asked_is_in_the_trail(rig: Rig) {
    let app = rig.enrol(2, 1).await;
    let administrator = with_role(&rig, (2, 1), &app, RoleKind::Administrator).await;
    let cx = rig.browser(2);
    let refused = make_export(&cx, &administrator, november(Evidence::Means)).await;
    assert!(matches!(refused, Err(NotMade::NotAuditor(NotAuditor::NoRole))));
    let refused = draw_sample(&cx, &administrator, "", 5).await;
    assert!(matches!(refused, Err(NotDrawn::NotAuditor(NotAuditor::NoRole))));
    assert!(matches!(see_exports(&cx, &administrator).await, Err(NotAuditor::NoRole)));
    let (period, row) = (november(Evidence::Means).period, uuid::Uuid::from_u128(5).into());
    let refused = search_trail(&cx, &administrator, Search::of(period)).await;
    assert!(matches!(refused, Err(NotAuditor::NoRole)));
    let refused = take_figures(&cx, &administrator, period).await;
    assert!(matches!(refused, Err(NotAuditor::NoRole)));
    let refused = show_row(&cx, &administrator, row, None).await;
    assert!(matches!(refused, Err(NotShown::NotAuditor(NotAuditor::NoRole))));
    assert!(matches!(see_chain(&cx, &administrator).await, Err(NotAuditor::NoRole)));
    assert!(matches!(see_requirements(&cx, &administrator).await, Err(NotAuditor::NoRole)));
    assert_eq!(rig.events(EventKind::AuditorRefused).await, 5);
    for _ in 0..SOURCE_A_MINUTE {
        let refused = search_trail(&cx, &administrator, Search::of(period)).await;
        assert!(matches!(refused, Err(NotAuditor::NoRole)));
    }
    assert_eq!(rig.events(EventKind::AuditorRefused).await, u64::from(SOURCE_A_MINUTE), "so many a minute");
    let ordinary = rig.enrol(5, 5).await;
    let ordinary = signed_in(&rig, 5, 5, &ordinary).await;
    let refused = search_trail(&rig.browser(5), &ordinary, Search::of(period)).await;
    assert!(matches!(refused, Err(NotAuditor::NoRole)), "she has no role at all");
    for kind in [RoleKind::Registrar, RoleKind::ServiceDesk] {
        let (n, p) =
            (if kind == RoleKind::Registrar { 3 } else { 4 }, u32::from(kind == RoleKind::Registrar) + 2);
        let app = rig.enrol(n, p).await;
        let here = with_role(&rig, (n, p), &app, kind).await;
        assert!(matches!(see_exports(&rig.browser(n), &here).await, Err(NotAuditor::NoRole)), "{kind:?}");
    }
    assert_eq!((rig.events(EventKind::ExportMade).await, rig.events(EventKind::SampleDrawn).await), (0, 0));
    assert_eq!((rig.events(EventKind::TrailSearched).await, rig.events(EventKind::TrailRead).await), (0, 0));
    assert_eq!(rig.events(EventKind::FiguresTaken).await, 0);
}

async fn a_role_that_ended_and_a_session_that_ended_read_nothing(rig: Rig) {
    let app = rig.enrol(AUDITOR, 0).await;
    let here = with_role(&rig, (AUDITOR, 0), &app, RoleKind::Auditor).await;
    let cx = rig.browser(AUDITOR);
    assert!(see_exports(&cx, &here).await.is_ok());
    let mut by_password = here.clone();
    by_password.session.shown.truncate(1);
    assert!(matches!(see_exports(&cx, &by_password).await, Err(NotAuditor::NoRole)), "half a login");
    sign_out(&cx).await.unwrap();
    assert!(matches!(see_exports(&cx, &here).await, Err(NotAuditor::NoRole)), "signed out");
    rig.clock.advance(hours(24 * 365));
    rig.prove(0).await;
    let here = signed_in(&rig, AUDITOR, 0, &app).await;
    let late = make_export(&rig.browser(AUDITOR), &here, november(Evidence::Means)).await;
    assert!(matches!(late, Err(NotMade::NotAuditor(NotAuditor::NoRole))), "the year is over");
}

async fn an_auditor_in_a_session_at_low_reads_and_takes_nothing(rig: Rig) {
    let here = auditor(&rig).await;
    let cx = rig.browser(AUDITOR);
    assert!(see_exports(&cx, &here).await.is_ok(), "she holds the role");
    let (password, recovery) = (FactorKind::Password, FactorKind::RecoveryCode);
    for low in [&[password][..], &[password, recovery], &[FactorKind::AuthenticatorApp]] {
        let mut less = here.clone();
        less.session.shown = low.iter().map(|kind| (*kind, cx.now)).collect();
        assert_eq!(authentication_level(&less.session.kinds()), Some(AssuranceLevel::Low));
        assert!(matches!(see_exports(&cx, &less).await, Err(NotAuditor::NoRole)), "{low:?}");
        let taken = make_export(&cx, &less, november(Evidence::Means)).await;
        assert!(matches!(taken, Err(NotMade::NotAuditor(NotAuditor::NoRole))), "{low:?}");
    }
    assert_eq!(rig.events(EventKind::AuditorRefused).await, 3, "each that was asked for");
    assert_eq!(rig.events(EventKind::ExportMade).await, 0);
}

async fn an_export_belongs_to_its_session_and_its_browser(rig: Rig) {
    let app = rig.enrol(AUDITOR, 0).await;
    let here = with_role(&rig, (AUDITOR, 0), &app, RoleKind::Auditor).await;
    let (flow, ..) = made(&rig, &here, november(Evidence::Staff)).await;
    let elsewhere = see_export(&rig.browser(9), &here, flow).await;
    assert!(matches!(elsewhere, Err(NotSeen::NoFlow(_))), "another browser");
    rig.clock.advance(SignedDuration::from_secs(60));
    let again = signed_in(&rig, AUDITOR, 0, &app).await;
    let other = see_export(&rig.browser(AUDITOR), &again, flow).await;
    assert!(matches!(other, Err(NotSeen::NoFlow(_))), "another session");
    let (flow, ..) = made(&rig, &again, november(Evidence::Staff)).await;
    rig.clock.advance(SignedDuration::from_mins(16));
    let late = open_export(&rig.browser(AUDITOR), &again, flow, Form::Csv).await;
    assert!(matches!(late, Err(NotSeen::NoFlow(_))), "a quarter of an hour later");
    block_by_session(&rig.browser(AUDITOR), &again).await.unwrap();
    let blocked = see_exports(&rig.browser(AUDITOR), &again).await;
    assert!(matches!(blocked, Err(NotAuditor::NoRole)), "a blocked login");
}

async fn whoever_is_read_about_sees_it_and_not_where_the_auditor_sat(rig: Rig) {
    let here = auditor(&rig).await;
    let app = rig.enrol(2, 1).await;
    made_of(&rig, &here, Some(rig.person(1).await.id)).await;
    rig.clock.advance(SignedDuration::from_secs(30));
    let read_of = signed_in(&rig, 2, 1, &app).await;
    let seen = see_activity(&rig.browser(2), &read_of, Which::Changes, 1).await.unwrap().rows;
    let read = seen.iter().find(|it| it.kind == EventKind::TrailRead).unwrap();
    assert!(read.by == Doer::Another && read.address.is_empty() && read.browser.is_empty(), "{read:?}");
    let nobody = Asked { about: Some(uuid::Uuid::from_u128(5).into()), ..november(Evidence::Person) };
    let refused = make_export(&rig.browser(AUDITOR), &here, nobody).await;
    assert!(matches!(refused, Err(NotMade::Nobody)));
}

async fn whoever_is_read_about_gets_one_letter_a_day_and_it_says_no_more(rig: Rig) {
    let here = auditor(&rig).await;
    rig.enrol(2, 1).await;
    let about = rig.person(1).await;
    while !rig.letters().await.is_empty() {}
    made_of(&rig, &here, Some(about.id)).await;
    made_of(&rig, &here, Some(about.id)).await;
    let accepts =
        Search { kinds: vec![EventKind::TermsAccepted], ..Search::of(november(Evidence::Means).period) };
    let cx = rig.browser(AUDITOR);
    let flow = search_trail(&cx, &here, accepts).await.unwrap();
    let found = see_search(&cx, &here, flow, None).await.unwrap();
    let row = found.rows.iter().find(|row| row.line.about == Some(about.id)).unwrap();
    show_row(&cx, &here, row.id, Some(flow)).await.unwrap();
    assert_eq!(rig.events(EventKind::TrailRead).await, 3);
    // Her own trail is no news to her.
    made_of(&rig, &here, Some(here.person.id)).await;
    let told = rig.letters().await;
    let [letter] = &told[..] else { unreachable!("one, however often: {told:?}") };
    assert_eq!((letter.subject.as_str(), letter.to.as_str()), ("read-by-auditor", "p1@nordby.example"));
    let (id, name) = (here.person.id.to_string(), here.person.full_name());
    for unsaid in ["192.0.2.1", "Firefox", name.as_str(), id.as_str(), "/var-det-dig/"] {
        assert!(!letter.text.contains(unsaid), "{unsaid}: {}", letter.text);
    }
    rig.clock.advance(hours(24));
    made_of(&rig, &here, Some(about.id)).await;
    assert_eq!(rig.letters().await.len(), 1, "another day, another letter");
}

async fn what_is_kept_of_who_asked_too_early_to_be_erased_is_read_for_a_case_alone(rig: Rig) {
    let app = rig.enrol(AUDITOR, 0).await;
    let here = with_role(&rig, (AUDITOR, 0), &app, RoleKind::Auditor).await;
    let her_app = rig.enrol(2, 1).await;
    rig.clock.advance(SignedDuration::from_secs(30));
    let subject = signed_in(&rig, 2, 1, &her_app).await;
    let (person, case) = (subject.person.id, Case::read("2026-000123").unwrap());
    let no_auditor = name_case(&rig.browser(2), &subject, person, &case).await;
    assert!(matches!(no_auditor, Err(NotNamed::NotAuditor(NotAuditor::NoRole))), "{no_auditor:?}");
    rig.import(vec![HrLine { ends_on: Some(day("2026-11-01")), ..hr::line(1) }]).await.unwrap();
    let about_her =
        || Asked { evidence: Evidence::Person, period: Period::until(rig.cx().now), about: Some(person) };
    made(&rig, &here, about_her()).await;
    let accepted = rig.look().await.rows_about(person, &[EventKind::TermsAccepted.word()], 1).await.unwrap();

    let early = propose_erasure(&rig.cx(), &hr::operator("ops1"), &hr::line(1).user_name).await;
    assert!(matches!(early, Err(NotErased::Refused(ErasureRefused::NotExpired))), "{early:?}");
    let cx = rig.browser(AUDITOR);
    let read = make_export(&cx, &here, about_her()).await;
    assert!(matches!(read, Err(NotMade::Restricted)), "{read:?}");
    let row = show_row(&cx, &here, accepted[0].id, None).await;
    assert!(matches!(row, Err(NotShown::Restricted(it)) if it == person), "{row:?}");
    let drawn = draw_sample(&cx, &here, "all", 100).await.unwrap();
    let drawn = see_sample(&cx, &here, drawn).await.unwrap().people;
    let unnamed: Vec<_> = drawn.iter().filter(|it| it.name == "–" && it.user_name == "–").collect();
    assert!(drawn.len() > 1 && unnamed.len() == 1 && unnamed[0].id == person, "{drawn:?}");

    name_case(&cx, &here, person, &case).await.unwrap();
    let named = rig.look().await.rows_about(person, &[EventKind::CaseNamed.word()], 9).await.unwrap();
    let said = r#"{"case":"2026-000123","session-factors":"password+app","session-level":"Substantial"}"#;
    assert_eq!(named.iter().map(|row| row.facts.as_str()).collect::<Vec<_>>(), [said]);
    made(&rig, &here, about_her()).await;
    show_row(&rig.browser(AUDITOR), &here, accepted[0].id, None).await.unwrap();

    rig.clock.advance(hours(25));
    let here = signed_in(&rig, AUDITOR, 0, &app).await;
    let read = make_export(&rig.browser(AUDITOR), &here, about_her()).await;
    assert!(matches!(read, Err(NotMade::Restricted)), "a case holds for a day: {read:?}");
    let back = HrLine { employee_number: "2001".to_owned(), starts_on: day("2026-11-03"), ..hr::line(1) };
    rig.import(vec![back]).await.unwrap();
    made(&rig, &here, about_her()).await;
}

/// The second person, who left and asked too early to be erased.
async fn restricted(rig: &Rig) -> PersonId {
    rig.enrol(2, 1).await;
    rig.import(vec![HrLine { ends_on: Some(day("2026-11-01")), ..hr::line(1) }]).await.unwrap();
    let early = propose_erasure(&rig.cx(), &hr::operator("ops1"), &hr::line(1).user_name).await;
    assert!(matches!(early, Err(NotErased::Refused(ErasureRefused::NotExpired))), "{early:?}");
    rig.person(1).await.id
}

async fn what_is_sealed_of_who_is_restricted_comes_out_of_an_export_about_everybody_for_a_case_alone(
    rig: Rig,
) {
    let here = auditor(&rig).await;
    let person = restricted(&rig).await;
    rig.import(vec![hr::line(2)]).await.unwrap();
    for name in [hr::line(1).user_name, hr::line(2).user_name] {
        hold_login(&rig.cx(), &hr::operator("ops1"), &name, Origin::Security).await.unwrap();
    }
    let reasons = async |evidence| {
        let rows = rows(&rig, &here, november(evidence)).await;
        let of = |row: &Value| row["sealed"]["reason"].as_str().map(str::to_owned);
        let (of_her, others): (Vec<_>, Vec<_>) =
            rows.iter().partition(|row| row["about"].as_str() == Some(person.to_string().as_str()));
        (
            of_her.into_iter().filter_map(of).collect::<Vec<_>>(),
            others.into_iter().filter_map(of).collect::<Vec<_>>(),
        )
    };
    let mut marks = 0;
    for evidence in Evidence::ALL.into_iter().filter(|it| *it != Evidence::Person) {
        let (of_her, others) = reasons(evidence).await;
        assert!(of_her.iter().all(|it| it == RESTRICTED), "{evidence:?}: {of_her:?}");
        assert!(others.iter().all(|it| it != RESTRICTED), "{evidence:?}: {others:?}");
        marks += of_her.len();
    }
    assert!(marks > 2, "the hold, in the exports it is in: {marks}");
    assert_eq!(reasons(Evidence::Blocks).await.1, ["a usual day"], "the other's is opened");

    // Whoever reads what was made before reads the same, also when she named a case meanwhile.
    let (flow, _, manifest) = made(&rig, &here, november(Evidence::Blocks)).await;
    name_case(&rig.browser(AUDITOR), &here, person, &Case::read("2026-000123").unwrap()).await.unwrap();
    let table = file(&rig, &here, flow, Form::Csv).await;
    let digest = Hash(Sha256::digest(&table).into());
    assert!(manifest.parts.iter().any(|part| part.digest == digest), "{manifest:?}");
    assert_eq!(table.matches(RESTRICTED).count(), 1, "{table}");
    let (of_her, others) = reasons(Evidence::Blocks).await;
    assert!(of_her.iter().any(|it| it == "a usual day") && others == ["a usual day"], "{of_her:?}");
    assert!(!of_her.iter().any(|it| it == RESTRICTED), "{of_her:?}");
}

async fn two_auditors_who_name_a_case_at_once_are_both_seen_and_each_reads_for_her_own(rig: Rig) {
    let here = auditor(&rig).await;
    let app = rig.enrol(3, 2).await;
    let other = with_role(&rig, (3, 2), &app, RoleKind::Auditor).await;
    let person = restricted(&rig).await;
    let about_her = || Asked { about: Some(person), ..november(Evidence::Person) };
    let case = Case::read("2026-000123").unwrap();
    let (one, two) = (rig.browser(AUDITOR), rig.browser(3));
    name_case(&one, &here, person, &case).await.unwrap();
    let read = make_export(&two, &other, about_her()).await;
    assert!(matches!(read, Err(NotMade::Restricted)), "another's case is not hers: {read:?}");

    let named = tokio::join!(name_case(&one, &here, person, &case), name_case(&two, &other, person, &case));
    assert!(named.0.is_ok() && named.1.is_ok(), "{named:?}");
    let rows = rig.look().await.rows_about(person, &[EventKind::CaseNamed.word()], 9).await.unwrap();
    let by = |who: &Here| rows.iter().filter(|row| row.actor.contains(&who.person.id.to_string())).count();
    assert_eq!((rows.len(), by(&here), by(&other)), (3, 2, 1), "{rows:?}");
    later(&rig).await;
    for (cx, who) in [(rig.browser(AUDITOR), &here), (rig.browser(3), &other)] {
        let read = make_export(&cx, who, about_her()).await;
        assert!(matches!(read, Ok(Prepared::Made(_))), "{read:?}");
    }
}

async fn where_the_auditor_sat_lies_under_her_own_key_and_goes_with_her(rig: Rig) {
    let here = auditor(&rig).await;
    rig.enrol(2, 1).await;
    let (herself, other) = (here.person.id, rig.person(1).await.id);
    made_of(&rig, &here, Some(other)).await;
    let mut tx = rig.look().await;
    let keys =
        (tx.trail_key_of(herself).await.unwrap().unwrap(), tx.trail_key_of(other).await.unwrap().unwrap());
    let rows = tx.unsequenced(100).await.unwrap();
    let did = |kind: EventKind| rows.iter().find(|row| row.kind == kind.word()).unwrap();
    let vault = &rig.house.vault;
    for (row, about) in [(did(EventKind::TrailRead), Some(other)), (did(EventKind::ExportMade), None)] {
        assert_eq!(row.subject, about);
        let place = format!("audit_events/personal/{}", row.id);
        let opened = vault.open_for(herself, &keys.0, &place, &row.personal).unwrap();
        assert!(String::from_utf8_lossy(&opened).contains("192.0.2.1"), "{}", row.kind);
        assert!(vault.open_for(other, &keys.1, &place, &row.personal).is_err(), "{}", row.kind);
        assert!(vault.open(KeyUse::People, &place, &Sealed(row.personal.clone())).is_err(), "{}", row.kind);
    }
}

async fn a_sample_is_drawn_again_by_its_seed_and_shows_who_is_in_it(rig: Rig) {
    let here = auditor(&rig).await;
    rig.import((1..30).map(hr::line).collect()).await.unwrap();
    let cx = rig.browser(AUDITOR);
    let mut drawn = Vec::new();
    for seed in ["november-2026", "november-2026", "december", ""] {
        let flow = draw_sample(&cx, &here, seed, 5).await.unwrap();
        let OpenSample { sample, people, .. } = see_sample(&cx, &here, flow).await.unwrap();
        assert_eq!((sample.of, sample.people.len(), people.len()), (30, 5, 5));
        assert!(people.iter().all(|it| it.name.contains("Prøve") && it.user_name.starts_with('p')));
        drawn.push(sample);
    }
    assert_eq!(drawn[0], drawn[1]);
    assert_ne!(drawn[0].people, drawn[2].people);
    assert_eq!(drawn[3].seed.len(), 16, "a seed was drawn and is told");
    assert_eq!(rig.events(EventKind::SampleDrawn).await, 4);
    assert!(matches!(draw_sample(&cx, &here, "a b", 5).await, Err(NotDrawn::Seed)));
    assert!(matches!(draw_sample(&cx, &here, "a", 0).await, Err(NotDrawn::Size)));
    assert!(matches!(draw_sample(&cx, &here, "a", 101).await, Err(NotDrawn::Size)));
}

/// The first place of a row of this kind.
async fn place_of(rig: &Rig, kind: EventKind) -> i64 {
    let kind = kind.word();
    rig.number(&format!(
        "select min(c.place) from audit_chain c join audit_events e on e.id = c.event where e.kind = '{kind}'"
    ))
    .await
}

async fn a_row_that_was_changed_or_taken_away_is_told_from_one_that_went_by_rule(rig: Rig) {
    let here = auditor(&rig).await;
    let (flow, _, manifest) = made(&rig, &here, november(Evidence::Staff)).await;
    let whole = manifest.rows;
    assert_eq!((manifest.gone, manifest.broken), (0, None));
    assert!(file(&rig, &here, flow, Form::Json).await.contains("role.accepted"));
    rig.unguard_the_trail().await;
    // Taken away, with its link in the chain and without.
    let begun = place_of(&rig, EventKind::EnrolmentBegun).await;
    rig.as_owner("delete from audit_events where kind = 'enrolment.begun'").await;
    let (.., manifest) = made(&rig, &here, november(Evidence::Staff)).await;
    let one = Some(Broken { many: 1, first: begun });
    assert_eq!((manifest.rows, manifest.gone, manifest.broken), (whole, 0, one));
    rig.as_owner(&format!("delete from audit_chain where place = {begun}")).await;
    let (.., manifest) = made(&rig, &here, november(Evidence::Staff)).await;
    assert_eq!((manifest.rows, manifest.gone, manifest.broken), (whole, 0, one));
    // Changed: the house does not vouch for what it says.
    assert!(begun < place_of(&rig, EventKind::RoleAccepted).await);
    rig.as_owner("update audit_events set facts = facts || ' ' where kind = 'role.accepted'").await;
    let (flow, _, manifest) = made(&rig, &here, november(Evidence::Staff)).await;
    let two = Some(Broken { many: 2, first: begun });
    assert_eq!((manifest.rows, manifest.gone, manifest.broken), (whole - 1, 0, two));
    for form in Form::ALL {
        assert!(!file(&rig, &here, flow, form).await.contains("role.accepted"), "{form:?}");
    }
    // Emptied as the programme empties, and no rule of the trail says so.
    let mut tx = rig.change().await;
    let (link, row) = tx.chained_after(begun, 1).await.unwrap().pop().unwrap();
    let row = row.unwrap();
    assert_eq!(link.place, begun + 1);
    tx.empty_rows(row.id, &[row.emptied().unwrap()]).await.unwrap();
    tx.commit().await.unwrap();
    let (.., manifest) = made(&rig, &here, november(Evidence::Links)).await;
    assert_eq!((manifest.gone, manifest.broken), (0, Some(Broken { many: 3, first: begun })));
    // Of the trail of one person, too.
    let asked = Asked { about: Some(here.person.id), ..november(Evidence::Person) };
    let (.., manifest) = made(&rig, &here, asked).await;
    assert!(manifest.broken.is_some_and(|it| it.many == 1), "the changed row is about her: {manifest:?}");
}

async fn what_went_by_rule_is_counted_and_is_nothing_wrong(rig: Rig) {
    rig.import((20..23).map(hr::line).collect()).await.unwrap();
    later(&rig).await;
    rig.clock.set("2031-11-10T08:00:00Z");
    keep_retention(&rig.cx()).await.unwrap().unwrap();
    let here = auditor(&rig).await;
    let (.., manifest) = made(&rig, &here, november(Evidence::Links)).await;
    assert_eq!((manifest.rows, manifest.gone, manifest.broken), (0, 7, None));
}

async fn a_trail_whose_first_row_is_empty_began_when_it_began(rig: Rig) {
    let here = auditor(&rig).await;
    later(&rig).await;
    let began = see_exports(&rig.browser(AUDITOR), &here).await.unwrap();
    assert!(began.is_some());
    rig.unguard_the_trail().await;
    let mut tx = rig.house.store.begin("test").await.unwrap();
    let (_, row) = tx.chained_after(0, 1).await.unwrap().pop().unwrap();
    let row = row.unwrap();
    tx.empty_rows(row.id, &[row.emptied().unwrap()]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(see_exports(&rig.browser(AUDITOR), &here).await.unwrap(), began);
    let (.., manifest) = made(&rig, &here, november(Evidence::Staff)).await;
    assert_eq!(manifest.since, began);
}

async fn what_has_no_place_yet_is_counted_and_comes_in_the_next_export(rig: Rig) {
    let here = auditor(&rig).await;
    later(&rig).await;
    let (.., whole) = made_now(&rig, &here, november(Evidence::Links)).await;
    rig.clock.advance(SignedDuration::from_secs(5));
    rig.import(vec![hr::line(1)]).await.unwrap();
    rig.clock.advance(SignedDuration::from_secs(5));
    let (flow, opened, manifest) = made_now(&rig, &here, november(Evidence::Links)).await;
    // What was exported before waits too: that it was made is an event.
    assert!(manifest.waiting > 1 && opened.manifest.contains("\nwaiting "), "{}", opened.manifest);
    assert_eq!(
        (manifest.rows, manifest.period.before),
        (whole.rows, whole.period.before),
        "where the trail ends"
    );
    let told: Value = serde_json::from_str(&file(&rig, &here, flow, Form::Json).await).unwrap();
    assert_eq!(told["waiting"].as_u64(), Some(manifest.waiting));
    let (.., next) = made(&rig, &here, november(Evidence::Links)).await;
    assert_eq!(next.waiting, 0);
    assert!(next.rows > whole.rows && next.period.before > whole.period.before);
}
