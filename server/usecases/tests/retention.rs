//! What was kept long enough goes, once a day and by rule, and the trail still verifies (NSIS 4.1.4.3). Tampering beside it
//! stands in the contract of the stores.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot begin must fail"
)]

use domain::SignedDuration;
use domain::audit::checkpoint::{Checkpoint, standing};
use domain::audit::{EventKind, Hash, Row, Tampered};
use domain::retention::{Category, Run, utc_day};
use domain::standing::Origin;
use std::collections::BTreeMap;
use std::sync::Arc;
use testkit::{PlainOutside, PlainSignatures, Rig, hr, on_both, receive};
use usecases::checkpoints::read_lines;
use usecases::hold_login::hold_login;
use usecases::keep_checkpoints::keep_checkpoints;
use usecases::keep_retention::{keep_retention, rule_of};
use usecases::ports::store::Store;
use usecases::ports::vault::KeyUse;
use usecases::save_connection::{Settings, save_connection};
use usecases::verify_trail::{Report, verify_against, verify_trail};

on_both! {
    details_of_signing_in_go_after_thirteen_months_and_central_events_after_five_years
    a_run_says_how_many_went_of_each_category_and_from_before_which_day
    many_rows_go_in_small_transactions
    while_a_case_is_open_nothing_about_its_person_is_emptied
    killed_at_any_step_a_run_goes_on_and_nothing_is_lost_or_false
    two_instances_do_the_work_of_one_day_once
    nothing_is_deleted_by_a_clock_that_is_apart
    checkpoints_and_backups_verify_across_emptied_rows
    a_run_that_was_changed_in_the_database_takes_nothing_before_its_time
    without_the_keys_a_rule_counts_under_a_checkpoint_and_not_behind_the_last
    a_row_emptied_without_a_rule_is_found_in_a_backup_too
}

/// Years in which nobody does anything.
const QUIET: &str = "2031-11-03T08:00:00Z";

async fn run(rig: &Rig) -> Run {
    keep_retention(&rig.cx()).await.unwrap().unwrap()
}

async fn sequence(rig: &Rig) {
    while rig.sequence().await > 0 {}
}

async fn verify(rig: &Rig) -> Report {
    verify_trail(rig.house.store.as_ref(), rig.house.vault.as_ref()).await.unwrap()
}

async fn rows(rig: &Rig) -> Vec<Option<Row>> {
    let mut tx = rig.look().await;
    tx.chained_after(0, 10_000).await.unwrap().into_iter().map(|(_, row)| row).collect()
}

fn word(row: &Row) -> &str {
    &row.kind
}

async fn details_of_signing_in_go_after_thirteen_months_and_central_events_after_five_years(rig: Rig) {
    let app = rig.enrol(1, 0).await;
    rig.clock.advance(SignedDuration::from_mins(1));
    rig.sign_in(1, 0, &app).await;
    let service = "https://sp.example";
    save_connection(&rig.cx(), "ops1", "a new service", service, Settings::default()).await.unwrap();
    receive(&rig.cx(), &format!("{service}|_1")).await.unwrap();
    sequence(&rig).await;
    rig.clock.set("2027-12-02T08:00:00Z");
    let day = run(&rig).await;
    assert_eq!(day.gone(Category::SignIn), 0, "its day is not over");
    assert!(day.gone(Category::Sessions) >= 1, "her session went long before: {day:?}");
    rig.clock.set("2027-12-03T00:00:00Z");
    let day = run(&rig).await;
    assert!(day.gone(Category::SignIn) >= 3, "begun, password, done: {day:?}");
    assert_eq!((day.gone(Category::Central), day.gone(Category::Exchange)), (0, 0));
    assert_eq!(rig.events(EventKind::SignedIn).await, 0);
    for kind in [EventKind::TermsAccepted, EventKind::RequestReceived] {
        assert_eq!(rig.events(kind).await, 1, "{kind:?} is kept for five years");
    }
    sequence(&rig).await;
    assert_eq!(verify(&rig).await.first, None);
    rig.clock.set(QUIET);
    assert!(run(&rig).await.gone(Category::Exchange) >= 1, "requests and answers go as well");
    for kind in [EventKind::TermsAccepted, EventKind::RequestReceived] {
        assert_eq!(rig.events(kind).await, 0, "{kind:?}");
    }
    sequence(&rig).await;
    assert_eq!(verify(&rig).await.first, None);
    let left = rows(&rig).await;
    assert!(left.iter().flatten().all(|row| word(row) != EventKind::IdentityProved.word()));
}

async fn a_run_says_how_many_went_of_each_category_and_from_before_which_day(rig: Rig) {
    rig.import((0..3).map(hr::line).collect()).await.unwrap();
    sequence(&rig).await;
    rig.clock.set(QUIET);
    run(&rig).await;
    assert_eq!(keep_retention(&rig.cx()).await.unwrap(), None, "once a day");
    assert_eq!(rig.events(EventKind::RetentionDone).await, 1);
    sequence(&rig).await;
    let rows = rows(&rig).await;
    let of = |kind: EventKind| rows.iter().flatten().find(|row| word(row) == kind.word()).unwrap();
    let facts: BTreeMap<String, String> = serde_json::from_str(&of(EventKind::RetentionDone).facts).unwrap();
    assert_eq!(facts["central"], "7 before 2026-11-03");
    assert_eq!(facts["sign-in"], "0 before 2030-10-03");
    assert_eq!(facts["sessions"], "0 before 2031-10-04");
    assert_eq!(facts.len(), Category::ALL.len(), "{facts:?}");
    let rule = rule_of(of(EventKind::RowsExpired)).unwrap();
    assert_eq!(rule.before.to_string(), "2026-11-03T00:00:00Z");
    assert!(rule.holds());
}

async fn many_rows_go_in_small_transactions(rig: Rig) {
    rig.import((0..300).map(hr::line).collect()).await.unwrap();
    sequence(&rig).await;
    rig.clock.set(QUIET);
    assert_eq!(run(&rig).await.gone(Category::Central), 601);
    assert_eq!(rig.events(EventKind::RowsExpired).await, 4, "200 at a time");
    sequence(&rig).await;
    assert_eq!(verify(&rig).await, Report { checked: 606, unsequenced: 0, first: None });
}

/// How much the trail holds about the n-th person.
async fn about(rig: &Rig, n: u32) -> i64 {
    let who = format!("(select id from persons where user_name = 'p{n}')");
    rig.number(&format!("select count(*) from audit_events where subject = {who}")).await
}

async fn while_a_case_is_open_nothing_about_its_person_is_emptied(rig: Rig) {
    rig.import((0..3).map(hr::line).collect()).await.unwrap();
    let by = hr::operator("ops1");
    for (n, origin) in [(0, Origin::Security), (1, Origin::ServiceDesk)] {
        hold_login(&rig.cx(), &by, &hr::line(n).user_name, origin).await.unwrap();
    }
    sequence(&rig).await;
    let before = (about(&rig, 0).await, about(&rig, 1).await);
    assert!(before.0 >= 3 && before.1 >= 3 && about(&rig, 2).await == 2, "{before:?}");
    rig.clock.set(QUIET);
    run(&rig).await;
    assert_eq!((about(&rig, 0).await, about(&rig, 1).await), before);
    assert_eq!(about(&rig, 2).await, 0, "nobody asks about her");
    sequence(&rig).await;
    assert_eq!(verify(&rig).await.first, None);
    rig.as_owner("delete from holds where origin = 'security'").await;
    rig.clock.set("2031-11-04T08:00:00Z");
    run(&rig).await;
    assert_eq!((about(&rig, 0).await, about(&rig, 1).await), (0, before.1), "once the case is closed");
    sequence(&rig).await;
    assert_eq!(verify(&rig).await.first, None);
}

async fn killed_at_any_step_a_run_goes_on_and_nothing_is_lost_or_false(rig: Rig) {
    rig.import((0..300).map(hr::line).collect()).await.unwrap();
    sequence(&rig).await;
    rig.clock.set(QUIET);
    for steps in 0..60 {
        let (cx, _) = rig.stumbling(steps);
        let done = keep_retention(&cx).await;
        assert_eq!(verify(&rig).await.first, None, "after {steps} steps");
        sequence(&rig).await;
        assert_eq!(verify(&rig).await.first, None, "after {steps} steps, chained");
        if let Ok(Some(run)) = done {
            assert_eq!(run.gone(Category::Central), 601, "counted once, whoever deleted them");
            assert_eq!(rig.events(EventKind::RetentionDone).await, 1);
            assert_eq!(rows(&rig).await.iter().filter(|row| row.is_none()).count(), 601);
            return;
        }
    }
    panic!("it never came to its end");
}

async fn two_instances_do_the_work_of_one_day_once(rig: Rig) {
    rig.import((0..100).map(hr::line).collect()).await.unwrap();
    sequence(&rig).await;
    let twin = rig.twin().await;
    rig.clock.set(QUIET);
    twin.clock.set(QUIET);
    let (mine, other) = (rig.cx(), twin.cx());
    let (mine, other) = tokio::join!(keep_retention(&mine), keep_retention(&other));
    let ended: Vec<Run> = [mine.unwrap(), other.unwrap()].into_iter().flatten().collect();
    assert_eq!(ended.iter().map(|run| run.gone(Category::Central)).collect::<Vec<_>>(), [201]);
    assert_eq!(rig.events(EventKind::RetentionDone).await, 1);
    sequence(&rig).await;
    assert_eq!(verify(&rig).await.first, None);
}

async fn nothing_is_deleted_by_a_clock_that_is_apart(rig: Rig) {
    rig.import(vec![hr::line(0)]).await.unwrap();
    sequence(&rig).await;
    rig.clock.set(QUIET);
    rig.database_clock.set_apart(SignedDuration::from_secs(31));
    assert_eq!(keep_retention(&rig.cx()).await.unwrap(), None);
    assert_eq!(
        (rig.events(EventKind::FeedImported).await, rig.events(EventKind::RetentionDone).await),
        (1, 0)
    );
    rig.database_clock.set_apart(SignedDuration::ZERO);
    assert_eq!(run(&rig).await.gone(Category::Central), 3);
}

async fn a_run_that_was_changed_in_the_database_takes_nothing_before_its_time(rig: Rig) {
    rig.import(vec![hr::line(0)]).await.unwrap();
    sequence(&rig).await;
    let mut planted = Run::begin(utc_day(rig.cx().now), &rig.house.policy.retention);
    for line in &mut planted.lines {
        line.before = "2099-01-01T00:00:00Z".parse().unwrap();
    }
    let mut tx = rig.house.store.begin("test").await.unwrap();
    tx.retention_for_update(&planted).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    let day = run(&rig).await;
    assert_eq!((day.gone(Category::Central), day.gone(Category::Notices)), (0, 0), "{day:?}");
    assert_eq!(rig.events(EventKind::FeedImported).await, 1);
}

/// What the trail is found to be without the keys of the house, held against the checkpoints in that place.
async fn without_keys(rig: &Rig, place: &PlainOutside) -> Option<Tampered> {
    let keys = rig.house.vault.public_keys(KeyUse::Checkpoints).unwrap();
    let (checkpoints, _) = standing(read_lines(&place.text(), &keys, &PlainSignatures).unwrap());
    verify_against(rig.house.store.as_ref(), None, checkpoints).await.unwrap().report.first
}

async fn without_the_keys_a_rule_counts_under_a_checkpoint_and_not_behind_the_last(rig: Rig) {
    let place = PlainOutside::default();
    let rig = rig.with_checkpoints(Arc::new(place.clone()));
    rig.import((0..3).map(hr::line).collect()).await.unwrap();
    sequence(&rig).await;
    keep_checkpoints(&rig.cx()).await.unwrap();
    rig.clock.set(QUIET);
    run(&rig).await;
    for chained in [false, true] {
        if chained {
            sequence(&rig).await;
        }
        let found = without_keys(&rig, &place).await;
        assert!(matches!(found, Some(Tampered::Emptied { .. })), "chained: {chained}: {found:?}");
        assert_eq!(verify(&rig).await.first, None, "whoever has the keys sees who wrote the rule");
    }
    keep_checkpoints(&rig.cx()).await.unwrap();
    assert_eq!(without_keys(&rig, &place).await, None);
}

async fn a_row_emptied_without_a_rule_is_found_in_a_backup_too(rig: Rig) {
    rig.import((0..3).map(hr::line).collect()).await.unwrap();
    sequence(&rig).await;
    // A newer checkpoint than the backup: by itself that is its age.
    let newer = Checkpoint {
        origin: "login.nordby.example/trail".into(),
        size: 900,
        root: Hash::START,
        number: 9,
        at: rig.cx().now,
        given_up: None,
    };
    let found = async || {
        let (store, vault) = (rig.house.store.as_ref(), rig.house.vault.as_ref());
        verify_against(store, Some(vault), vec![newer.clone()]).await.unwrap().report.first
    };
    assert!(matches!(found().await, Some(Tampered::Short { number: 9, .. })));
    rig.unguard_the_trail().await;
    let row = rows(&rig).await.into_iter().nth(1).flatten().unwrap();
    let mut tx = rig.house.store.begin("test").await.unwrap();
    tx.empty_rows(row.id, &[row.emptied().unwrap()]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(found().await, Some(Tampered::Emptied { place: 2 }));
}

async fn checkpoints_and_backups_verify_across_emptied_rows(rig: Rig) {
    let place = PlainOutside::default();
    let rig = rig.with_checkpoints(Arc::new(place.clone()));
    rig.import((0..3).map(hr::line).collect()).await.unwrap();
    sequence(&rig).await;
    keep_checkpoints(&rig.cx()).await.unwrap();
    rig.clock.set(QUIET);
    run(&rig).await;
    rig.import(vec![hr::line(9)]).await.unwrap();
    sequence(&rig).await;
    let kept = keep_checkpoints(&rig.cx()).await.unwrap();
    assert_eq!((kept.signed, kept.apart), (true, None), "the tree goes on over what was emptied");
    let backup = rig.backup().await;
    let holds = |store: Arc<dyn Store>, with_keys: bool| {
        let keys = rig.house.vault.public_keys(KeyUse::Checkpoints).unwrap();
        let (checkpoints, _) = standing(read_lines(&place.text(), &keys, &PlainSignatures).unwrap());
        let vault = Arc::clone(&rig.house.vault);
        async move {
            let vault = with_keys.then_some(vault.as_ref());
            let verified = verify_against(store.as_ref(), vault, checkpoints).await.unwrap();
            assert_eq!((verified.report.first, verified.agreed), (None, 2));
        }
    };
    holds(Arc::clone(&rig.house.store), true).await;
    holds(Arc::clone(&backup), true).await;
    holds(backup, false).await;
}
