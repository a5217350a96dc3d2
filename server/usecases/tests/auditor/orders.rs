//! Long exports: ordered, made aside, taken, cancelled, and what becomes of them when something goes wrong.

use super::{AUDITOR, auditor, events, later, november, signed_in, with_role};
use domain::SignedDuration;
use domain::audit::checkpoint::Note;
use domain::audit::{EventKind, Hash};
use domain::erasure::ErasureRefused;
use domain::evidence::{
    CancelledFor, Evidence, FILES_HOLD, FailedFor, Job, JobRefused, JobState, LEASE, MOST_OPEN, MOST_TRIES,
    Order, RESTRICTED, Stage,
};
use domain::hr::HrLine;
use domain::ids::ExportJobId;
use domain::restriction::Case;
use domain::retention::Category;
use domain::role::RoleKind;
use domain::standing::Origin;
use serde_json::Value;
use sha2::{Digest, Sha256};
use testkit::{PlainSignatures, Rig, day, hours, hr};
use usecases::auditor::{NotAuditor, NotSeen};
use usecases::block_by_session::block_by_session;
use usecases::cancel_export::{NotCancelled, cancel_export};
use usecases::erasure::NotErased;
use usecases::evidence::Form;
use usecases::hold_login::hold_login;
use usecases::keep_retention::keep_retention;
use usecases::make_export::{Asked, NotMade, Prepared, make_export};
use usecases::name_case::name_case;
use usecases::ports::vault::{KeyUse, Signatures};
use usecases::propose_erasure::propose_erasure;
use usecases::run_exports::run_exports;
use usecases::see_order::{see_order, see_orders};
use usecases::take_export::take_export;
use usecases::who::Here;

testkit::on_both! {
    a_long_export_is_made_aside_and_its_files_are_those_of_the_signed_manifest
    of_one_person_a_long_one_holds_every_row_too
    of_who_asked_too_early_to_be_erased_a_long_one_is_taken_for_a_case_alone
    cancelled_while_it_is_made_it_stops_and_nothing_of_it_is_left
    killed_while_it_is_made_it_is_begun_anew_once_the_lease_is_over
    one_that_breaks_off_each_time_is_given_up
    two_instances_make_each_order_once
    another_auditor_reads_takes_and_cancels_nothing_of_it
    who_lost_the_role_gets_nothing_made_and_nothing_more_of_a_file
    files_are_gone_after_a_day_and_the_order_a_day_later
    no_more_than_a_few_orders_are_open
    of_orders_given_at_once_no_more_are_taken
}

/// The auditor of a house where even these few rows are many.
async fn long(rig: Rig) -> (Rig, Here) {
    let rig = rig.reading_at_once(5);
    let here = auditor(&rig).await;
    later(&rig).await;
    (rig, here)
}

async fn ordered(rig: &Rig, here: &Here, asked: Asked) -> ExportJobId {
    let made = make_export(&rig.browser(AUDITOR), here, asked).await.unwrap();
    let Prepared::Ordered(id) = made else { unreachable!("it is long") };
    id
}

/// The order, whoever may see it.
async fn job(rig: &Rig, id: ExportJobId) -> Job {
    rig.look().await.export_job(id).await.unwrap().unwrap()
}

/// Makes what waits, and drops what is spent, until nothing is left of either; gives how many were made. PostgreSQL lets go of a
/// row that a refusal had locked a moment after the refusal was told, and passes over it until then.
async fn run_out(rig: &Rig) -> u64 {
    let mut made = run_exports(&rig.cx()).await.unwrap();
    while rig.look().await.exports_wait(rig.cx().now).await.unwrap() {
        tokio::task::yield_now().await;
        made += run_exports(&rig.cx()).await.unwrap();
    }
    made
}

async fn pieces(rig: &Rig) -> i64 {
    rig.number("select count(*) from export_pieces").await
}

/// A file, whole.
async fn taken(rig: &Rig, here: &Here, id: ExportJobId, form: Form) -> String {
    let (_, mut taking) = take_export(&rig.browser(AUDITOR), here, id, form).await.unwrap();
    let mut whole = Vec::new();
    while let Some(part) = taking.next_part().await.unwrap() {
        whole.extend(part);
    }
    String::from_utf8(whole).unwrap()
}

/// Takes both files, holds them against the manifest, and gives the rows.
async fn rows(rig: &Rig, here: &Here, id: ExportJobId) -> Vec<Value> {
    let manifest = job(rig, id).await.manifest().unwrap();
    for (form, part) in Form::ALL.into_iter().zip(&manifest.parts) {
        let text = taken(rig, here, id, form).await;
        assert_eq!(part.bytes, u64::try_from(text.len()).unwrap(), "{form:?}");
        assert_eq!(part.digest, Hash(Sha256::digest(&text).into()), "{form:?}");
    }
    let told: Value = serde_json::from_str(&taken(rig, here, id, Form::Json).await).unwrap();
    let rows = told["rows"].as_array().unwrap().clone();
    assert_eq!(u64::try_from(rows.len()).unwrap(), manifest.rows);
    rows
}

async fn a_long_export_is_made_aside_and_its_files_are_those_of_the_signed_manifest(rig: Rig) {
    let (rig, here) = long(rig).await;
    rig.import((1..900).map(hr::line).collect()).await.unwrap();
    later(&rig).await;
    let id = ordered(&rig, &here, november(Evidence::Privileged)).await;
    let waits = see_order(&rig.browser(AUDITOR), &here, id).await.unwrap();
    assert_eq!((waits.stage(), waits.percent(), waits.word()), (Stage::Ordered, 0, "ordered"));
    assert!(waits.of > 1000, "more than a page: {}", waits.of);
    let early = take_export(&rig.browser(AUDITOR), &here, id, Form::Csv).await;
    assert!(matches!(early, Err(NotSeen::NoFlow(_))), "there is nothing yet");
    assert_eq!(rig.events(EventKind::ExportMade).await, 0);
    // Others go on meanwhile; what was ordered does not.
    rig.import(vec![hr::line(950)]).await.unwrap();
    later(&rig).await;
    assert_eq!(run_exports(&rig.cx()).await.unwrap(), 1);
    assert_eq!(run_exports(&rig.cx()).await.unwrap(), 0, "once");
    let ready = see_order(&rig.browser(AUDITOR), &here, id).await.unwrap();
    let JobState::Ready { manifest, taken_at: None, .. } = &ready.state else { unreachable!("{ready:?}") };
    let note = Note::read(manifest).unwrap();
    let keys = rig.house.vault.public_keys(KeyUse::Checkpoints).unwrap();
    assert!(note.is_signed_by(&keys, |key, data, by| PlainSignatures.holds(key, data, by)));
    assert!(pieces(&rig).await > 2, "its files lie in pieces");
    assert!(!rig.holds(b"\"word\":\"privileged\"").await, "sealed");
    let rows = rows(&rig, &here, id).await;
    assert!(events(&rows).contains(&"feed.person") && rows.len() > 898, "{}", rows.len());
    let late = rig.person(950).await.id.to_string();
    assert!(!rows.iter().any(|row| row["about"].as_str() == Some(&late)), "ordered before she came");
    let counted = [EventKind::ExportOrdered, EventKind::ExportMade, EventKind::ExportTaken];
    let mut told = Vec::new();
    for kind in counted {
        told.push(rig.events(kind).await);
    }
    assert_eq!(told, [1, 1, 3]);
    rig.clock.advance(SignedDuration::from_mins(20));
    let again = {
        // The letters of all who came.
        while !rig.letters().await.is_empty() {}
        let app = rig.enrol(7, 905).await;
        with_role(&rig, (7, 905), &app, RoleKind::Auditor).await
    };
    assert_eq!(see_orders(&rig.browser(7), &again).await.unwrap(), [], "only her own");
    assert!(matches!(job(&rig, id).await.state, JobState::Ready { taken_at: Some(_), .. }));
}

async fn of_one_person_a_long_one_holds_every_row_too(rig: Rig) {
    let (rig, here) = long(rig).await;
    rig.enrol(2, 1).await;
    later(&rig).await;
    let about = rig.person(1).await.id;
    let id = ordered(&rig, &here, Asked { about: Some(about), ..november(Evidence::Person) }).await;
    assert_eq!(rig.events(EventKind::TrailRead).await, 0, "nothing was read yet");
    assert_eq!(run_exports(&rig.cx()).await.unwrap(), 1);
    let rows = rows(&rig, &here, id).await;
    assert_eq!(u64::try_from(rows.len()).unwrap(), job(&rig, id).await.of);
    assert!(rows.iter().all(|row| row["about"].as_str() == Some(about.to_string().as_str())));
    assert!(events(&rows).contains(&"enrolment.finished"), "{rows:?}");
    assert_eq!(rig.events(EventKind::TrailRead).await, 1, "she sees that it was read");
}

async fn of_who_asked_too_early_to_be_erased_a_long_one_is_taken_for_a_case_alone(rig: Rig) {
    let (rig, here) = long(rig).await;
    rig.enrol(2, 1).await;
    later(&rig).await;
    let person = rig.person(1).await.id;
    let id = ordered(&rig, &here, Asked { about: Some(person), ..november(Evidence::Person) }).await;
    assert_eq!(run_exports(&rig.cx()).await.unwrap(), 1);
    let name = hr::line(1).user_name;
    hold_login(&rig.cx(), &hr::operator("ops1"), &name, Origin::Security).await.unwrap();
    later(&rig).await;
    let before = ordered(&rig, &here, november(Evidence::Blocks)).await;
    assert_eq!(run_exports(&rig.cx()).await.unwrap(), 1);
    let everybody = ordered(&rig, &here, november(Evidence::Blocks)).await;
    rig.import(vec![HrLine { ends_on: Some(day("2026-11-01")), ..hr::line(1) }]).await.unwrap();
    let early = propose_erasure(&rig.cx(), &hr::operator("ops1"), &name).await;
    assert!(matches!(early, Err(NotErased::Refused(ErasureRefused::NotExpired))), "{early:?}");
    for made in [id, before] {
        let refused = take_export(&rig.browser(AUDITOR), &here, made, Form::Csv).await;
        assert!(matches!(refused, Err(NotSeen::NoFlow(_))), "it was made before");
    }
    assert_eq!(run_exports(&rig.cx()).await.unwrap(), 1);
    let blocks = rows(&rig, &here, everybody).await;
    let held = blocks.iter().find(|row| row["event"].as_str() == Some("login.held")).unwrap();
    assert_eq!(held["sealed"]["reason"].as_str(), Some(RESTRICTED), "restricted since it was ordered");
    let case = Case::read("2026-000123").unwrap();
    name_case(&rig.browser(AUDITOR), &here, person, &case).await.unwrap();
    assert!(taken(&rig, &here, id, Form::Csv).await.contains("enrolment.finished"));
    assert!(taken(&rig, &here, before, Form::Csv).await.contains("login.held"));
}

async fn cancelled_while_it_is_made_it_stops_and_nothing_of_it_is_left(rig: Rig) {
    let (rig, here) = long(rig).await;
    for before in ["claim_export", "keep_pieces", "finish_export"] {
        let id = ordered(&rig, &here, november(Evidence::Means)).await;
        let (cx, reader) = (rig.browser(AUDITOR), here.clone());
        let meanwhile =
            rig.meanwhile(9, before, async move { cancel_export(&cx, &reader, id).await.unwrap() });
        assert_eq!(run_exports(&meanwhile).await.unwrap(), 0, "{before}");
        let gone = job(&rig, id).await;
        assert!(
            matches!(gone.state, JobState::Cancelled { why: CancelledFor::Asked, .. }),
            "{before}: {gone:?}"
        );
        run_exports(&rig.cx()).await.unwrap();
        assert_eq!(pieces(&rig).await, 0, "{before}");
        let twice = cancel_export(&rig.browser(AUDITOR), &here, id).await;
        assert!(matches!(twice, Err(NotCancelled::Refused(JobRefused::Over))), "{before}");
    }
    assert_eq!(rig.events(EventKind::ExportCancelled).await, 3);
    assert_eq!(rig.events(EventKind::ExportMade).await, 0);
    // Files that are there are thrown away, also while one is taken.
    let id = ordered(&rig, &here, november(Evidence::Means)).await;
    run_exports(&rig.cx()).await.unwrap();
    let (_, mut taking) = take_export(&rig.browser(AUDITOR), &here, id, Form::Csv).await.unwrap();
    cancel_export(&rig.browser(AUDITOR), &here, id).await.unwrap();
    assert!(matches!(taking.next_part().await, Err(NotSeen::NoFlow(_))), "no further");
    run_exports(&rig.cx()).await.unwrap();
    assert_eq!(pieces(&rig).await, 0);
}

async fn killed_while_it_is_made_it_is_begun_anew_once_the_lease_is_over(rig: Rig) {
    let (rig, here) = long(rig).await;
    let id = ordered(&rig, &here, november(Evidence::Means)).await;
    // Before the first page; before that again, the earlier pieces dropped; after all pieces and before the end.
    for (tries, steps) in [(1, 4), (2, 5), (3, 7)] {
        let (cx, _) = rig.stumbling(steps);
        assert!(run_exports(&cx).await.is_err(), "try {tries}: the power went");
        assert_eq!(job(&rig, id).await.tries(), Some(tries));
        assert_eq!(run_exports(&rig.cx()).await.unwrap(), 0, "try {tries}: somebody may be at it");
        rig.clock.advance(LEASE);
    }
    assert_eq!(pieces(&rig).await, 2, "of the third try");
    assert_eq!(rig.events(EventKind::ExportMade).await, 0);
    assert_eq!(run_exports(&rig.cx()).await.unwrap(), 1);
    assert_eq!(pieces(&rig).await, 2);
    let rows = rows(&rig, &here, id).await;
    assert!(events(&rows).contains(&"enrolment.finished"), "{rows:?}");
    assert_eq!(rig.events(EventKind::ExportMade).await, 1);
}

async fn one_that_breaks_off_each_time_is_given_up(rig: Rig) {
    let (rig, here) = long(rig).await;
    let id = ordered(&rig, &here, november(Evidence::Means)).await;
    for _ in 0..MOST_TRIES {
        let (cx, _) = rig.stumbling(4);
        assert!(run_exports(&cx).await.is_err());
        rig.clock.advance(LEASE);
    }
    assert_eq!(run_exports(&rig.cx()).await.unwrap(), 0);
    let gone = see_order(&rig.browser(AUDITOR), &here, id).await.unwrap();
    assert!(matches!(gone.state, JobState::Failed { why: FailedFor::Interrupted, .. }), "{gone:?}");
    assert_eq!(rig.events(EventKind::ExportFailed).await, 1);
}

async fn two_instances_make_each_order_once(rig: Rig) {
    let (rig, here) = long(rig).await;
    let one = ordered(&rig, &here, november(Evidence::Means)).await;
    let other = ordered(&rig, &here, november(Evidence::Staff)).await;
    let twin = rig.twin().await;
    twin.clock.advance(SignedDuration::from_mins(1));
    let (here_cx, there_cx) = (rig.cx(), twin.cx());
    let (first, second) = tokio::join!(run_exports(&here_cx), run_exports(&there_cx));
    assert_eq!(first.unwrap() + second.unwrap(), 2);
    assert_eq!(rig.events(EventKind::ExportMade).await, 2);
    for id in [one, other] {
        assert!(!rows(&rig, &here, id).await.is_empty());
    }
}

async fn another_auditor_reads_takes_and_cancels_nothing_of_it(rig: Rig) {
    let rig = rig.reading_at_once(5);
    let app = rig.enrol(AUDITOR, 0).await;
    let here = with_role(&rig, (AUDITOR, 0), &app, RoleKind::Auditor).await;
    let others = rig.enrol(2, 1).await;
    let other = with_role(&rig, (2, 1), &others, RoleKind::Auditor).await;
    later(&rig).await;
    let id = ordered(&rig, &here, november(Evidence::Means)).await;
    let cx = rig.browser(2);
    for _ in 0..2 {
        assert!(matches!(see_order(&cx, &other, id).await, Err(NotSeen::NoFlow(_))));
        assert!(matches!(take_export(&cx, &other, id, Form::Csv).await, Err(NotSeen::NoFlow(_))));
        assert!(matches!(cancel_export(&cx, &other, id).await, Err(NotCancelled::Unknown)));
        assert_eq!(see_orders(&cx, &other).await.unwrap(), []);
        run_out(&rig).await;
    }
    // Her own next session is not another auditor.
    rig.clock.advance(SignedDuration::from_mins(1));
    let again = signed_in(&rig, AUDITOR, 0, &app).await;
    assert!(!rows(&rig, &again, id).await.is_empty());
    let app = rig.enrol(3, 2).await;
    let nobody = signed_in(&rig, 3, 2, &app).await;
    let refused = cancel_export(&rig.browser(3), &nobody, id).await;
    assert!(matches!(refused, Err(NotCancelled::NotAuditor(NotAuditor::NoRole))));
    assert_eq!(rig.events(EventKind::AuditorRefused).await, 1);
}

async fn who_lost_the_role_gets_nothing_made_and_nothing_more_of_a_file(rig: Rig) {
    let (rig, here) = long(rig).await;
    let ready = ordered(&rig, &here, november(Evidence::Means)).await;
    run_exports(&rig.cx()).await.unwrap();
    let (_, mut taking) = take_export(&rig.browser(AUDITOR), &here, ready, Form::Csv).await.unwrap();
    // Blocked while one is made.
    let made = ordered(&rig, &here, november(Evidence::Means)).await;
    let waits = ordered(&rig, &here, november(Evidence::Staff)).await;
    let (cx, reader) = (rig.browser(AUDITOR), here.clone());
    let block = async move { block_by_session(&cx, &reader).await.map(drop).unwrap() };
    assert_eq!(run_exports(&rig.meanwhile(9, "keep_pieces", block)).await.unwrap(), 0);
    for id in [made, waits] {
        let gone = job(&rig, id).await;
        assert!(matches!(gone.state, JobState::Cancelled { why: CancelledFor::RoleLost, .. }), "{gone:?}");
    }
    assert_eq!(rig.events(EventKind::ExportCancelled).await, 2);
    let broken = taking.next_part().await;
    assert!(matches!(broken, Err(NotSeen::NotAuditor(NotAuditor::NoRole))), "the file breaks off");
    assert!(matches!(see_orders(&rig.browser(AUDITOR), &here).await, Err(NotAuditor::NoRole)));
    // The role itself is taken away before anybody begins.
    let app = rig.enrol(2, 1).await;
    let second = with_role(&rig, (2, 1), &app, RoleKind::Auditor).await;
    let made = make_export(&rig.browser(2), &second, november(Evidence::Means)).await.unwrap();
    let Prepared::Ordered(id) = made else { unreachable!("it is long") };
    rig.as_owner("delete from roles").await;
    assert_eq!(run_exports(&rig.cx()).await.unwrap(), 0);
    assert!(matches!(job(&rig, id).await.state, JobState::Cancelled { why: CancelledFor::RoleLost, .. }));
    assert_eq!(rig.events(EventKind::ExportMade).await, 1, "before");
}

async fn files_are_gone_after_a_day_and_the_order_a_day_later(rig: Rig) {
    let (rig, here) = long(rig).await;
    let id = ordered(&rig, &here, november(Evidence::Means)).await;
    run_exports(&rig.cx()).await.unwrap();
    assert!(pieces(&rig).await > 0);
    rig.clock.advance(FILES_HOLD);
    let late = take_export(&rig.browser(AUDITOR), &here, id, Form::Csv).await;
    assert!(matches!(late, Err(NotSeen::NoFlow(_))), "also before anybody deletes them");
    assert_eq!(run_out(&rig).await, 0);
    assert!(matches!(job(&rig, id).await.state, JobState::Expired { taken: false, .. }));
    assert_eq!(pieces(&rig).await, 0);
    let day = keep_retention(&rig.cx()).await.unwrap().unwrap();
    assert_eq!(day.gone(Category::Exports), 0, "its page says why for a day");
    rig.clock.advance(hours(48));
    let day = keep_retention(&rig.cx()).await.unwrap().unwrap();
    assert_eq!(day.gone(Category::Exports), 1);
    assert_eq!(rig.look().await.export_job(id).await.unwrap(), None);
    // Where nobody makes exports the rule alone takes files whose time is over.
    let id = ordered(&rig, &here, november(Evidence::Means)).await;
    run_exports(&rig.cx()).await.unwrap();
    rig.clock.advance(hours(72));
    let day = keep_retention(&rig.cx()).await.unwrap().unwrap();
    assert_eq!((day.gone(Category::Exports), pieces(&rig).await), (1, 0));
    assert_eq!(rig.look().await.export_job(id).await.unwrap(), None);
}

async fn no_more_than_a_few_orders_are_open(rig: Rig) {
    let (rig, here) = long(rig).await;
    let mut last = None;
    for _ in 0..MOST_OPEN {
        last = Some(ordered(&rig, &here, november(Evidence::Means)).await);
    }
    let cx = rig.browser(AUDITOR);
    let more = make_export(&cx, &here, november(Evidence::Means)).await;
    assert!(matches!(more, Err(NotMade::TooMany)));
    // However many came and went after those that are open.
    let mut tx = rig.change().await;
    let job = tx.export_job(last.unwrap()).await.unwrap().unwrap();
    for number in 1..=50_u32 {
        let id = uuid::Uuid::from_u128(u128::from(number)).into();
        let order = Order { at: cx.now + hours(i64::from(number)), ..job.order.clone() };
        let state = JobState::Cancelled { at: cx.now, why: CancelledFor::Asked };
        tx.add_export_job(&Job { id, order, state, ..job.clone() }).await.unwrap();
    }
    tx.commit().await.unwrap();
    let seen = see_orders(&cx, &here).await.unwrap();
    assert_eq!(seen.iter().filter(|job| job.is_open(cx.now)).count(), MOST_OPEN, "she sees them all");
    assert!(seen.is_sorted_by(|one, next| one.order.at >= next.order.at), "among the others");
    let more = make_export(&cx, &here, november(Evidence::Means)).await;
    assert!(matches!(more, Err(NotMade::TooMany)));
    cancel_export(&cx, &here, last.unwrap()).await.unwrap();
    ordered(&rig, &here, november(Evidence::Means)).await;
    assert_eq!(rig.events(EventKind::ExportOrdered).await, u64::try_from(MOST_OPEN).unwrap() + 1);
}

async fn of_orders_given_at_once_no_more_are_taken(rig: Rig) {
    let (rig, here) = long(rig).await;
    let cx = rig.browser(AUDITOR);
    let order = || make_export(&cx, &here, november(Evidence::Means));
    let all = tokio::join!(order(), order(), order(), order(), order());
    let all = [all.0, all.1, all.2, all.3, all.4];
    assert_eq!(all.iter().filter(|it| matches!(it, Ok(Prepared::Ordered(_)))).count(), MOST_OPEN);
    assert_eq!(all.iter().filter(|it| matches!(it, Err(NotMade::TooMany))).count(), all.len() - MOST_OPEN);
    assert_eq!(see_orders(&cx, &here).await.unwrap().len(), MOST_OPEN);
}
