//! Employees come from HR: what a file does, and what it may not do (security decision 21).
#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test that cannot begin must fail")]

use domain::audit::EventKind;
use domain::cpr::Cpr;
use domain::factor::FactorKind;
use domain::hr::{HrLine, LineError, LineFault, SweepRefused};
use domain::session::Session;
use domain::standing::Origin;
use testkit::{Rig, day, hours, hr};
use usecases::begin_enrolment::look_at_link;
use usecases::close_associations::close_associations;
use usecases::import_employees::{Feed, ImportError, ImportOptions, ImportReport, import_employees};
use usecases::ports::vault::{KeyUse, Sealed};
use usecases::record::cpr_place;
use usecases::{Operator, Reason};

/// Added, changed, unchanged, ended, refused.
fn counts(report: &ImportReport) -> [usize; 5] {
    [report.added, report.changed, report.unchanged, report.ended, report.errors.len()]
}

/// A line of a relation that began in January and ends.
fn ending(n: u32, last: &str) -> HrLine {
    HrLine { ends_on: Some(day(last)), ..begun(n) }
}

fn begun(n: u32) -> HrLine {
    HrLine { starts_on: day("2026-01-01"), ..hr::line(n) }
}

fn with_cpr(line: HrLine, n: u32) -> HrLine {
    HrLine { cpr: Cpr::parse(&hr::cpr(n)).unwrap(), ..line }
}

fn refused(line: u64, column: &'static str, reason: LineFault) -> Vec<LineError> {
    vec![LineError { line, column, reason }]
}

async fn cpr_on_record(rig: &Rig, n: u32) -> String {
    let id = rig.person(n).await.id;
    let sealed = rig.look().await.cpr_of(id).await.unwrap().unwrap();
    let clear = rig.house.vault.open(KeyUse::CprSeal, &cpr_place(id), &sealed).unwrap();
    String::from_utf8(clear.to_vec()).unwrap()
}

/// Everything an import could change, without the record of the runs and the trail.
async fn state(rig: &Rig) -> Vec<i64> {
    let mut numbers = Vec::new();
    for table in ["persons", "user_names", "holds", "associations", "invitations", "outbox"] {
        numbers.push(rig.number(&format!("select count(*) from {table}")).await);
    }
    numbers.push(rig.number("select count(*) from associations where closed_at is null").await);
    numbers.push(rig.number("select coalesce(sum(epoch), 0) from persons").await);
    numbers
}

#[tokio::test]
async fn a_new_line_makes_a_person_with_a_relation_and_an_invitation_to_her_private_mail() {
    let rig = Rig::on_sqlite().await;
    let report = rig.import(vec![hr::line(0)]).await.unwrap();
    assert_eq!(counts(&report), [1, 0, 0, 0, 0]);
    assert_eq!(cpr_on_record(&rig, 0).await, hr::cpr(0));
    assert_eq!(rig.relations(0).await.len(), 1);
    let letters = rig.letters().await;
    assert_eq!((letters.len(), letters[0].to.as_str()), (1, "p0@private.example"));
    look_at_link(&rig.cx(), letters[0].token().unwrap()).await.unwrap();
}

#[tokio::test]
async fn somebody_without_a_private_mail_is_invited_at_work() {
    let rig = Rig::on_sqlite().await;
    let mut line = hr::line(0);
    line.contact.private_mail = None;
    rig.import(vec![line]).await.unwrap();
    assert_eq!(rig.letters().await[0].to, "p0@nordby.example");
}

#[tokio::test]
async fn the_same_file_again_changes_nothing() {
    let rig = Rig::on_sqlite().await;
    let file = || (0..120).map(hr::line).chain([ending(200, "2026-10-01")]).collect::<Vec<_>>();
    let first = rig.import(file()).await.unwrap();
    assert_eq!(counts(&first), [120, 0, 1, 0, 0]);
    let (before, changes) = (state(&rig).await, rig.events(EventKind::PersonImported).await);
    rig.clock.advance(hours(24));
    let again = rig.import(file()).await.unwrap();
    assert_eq!(counts(&again), [0, 0, 121, 0, 0]);
    assert_eq!(state(&rig).await, before);
    assert_eq!(rig.events(EventKind::PersonImported).await, changes);
}

#[tokio::test]
async fn every_run_is_recorded_with_its_file_source_and_operator() {
    let rig = Rig::on_sqlite().await;
    rig.import(vec![hr::line(0)]).await.unwrap();
    rig.import(vec![hr::line(0)]).await.unwrap();
    assert_eq!(rig.events(EventKind::FeedImported).await, 2);
    let with_hash =
        "select count(*) from imports where operator = 'ops1' and source = 'hr.csv' and length(hash) = 32";
    assert_eq!(rig.number(with_hash).await, 2);
    let by_operator =
        "select count(*) from audit_events where kind = 'feed.person' and actor = '{\"Operator\":\"ops1\"}'";
    assert_eq!(rig.number(by_operator).await, 1);
    let why = sealed_reasons(&rig).await;
    assert_eq!(why, ["a usual day", "a usual day"], "the reason of every run, and nowhere in clear");
}

/// The reasons of the runs of the feed, opened.
async fn sealed_reasons(rig: &Rig) -> Vec<String> {
    let rows = rig.look().await.unsequenced(1000).await.unwrap();
    let of_feed = rows.into_iter().filter(|row| row.kind.starts_with("feed.") && row.subject.is_none());
    let reasons = of_feed.map(|row| {
        assert!(!row.facts.contains("usual day"));
        let place = format!("audit_events/personal/{}", row.id);
        let clear = rig.house.vault.open(KeyUse::People, &place, &Sealed(row.personal)).unwrap();
        let personal: std::collections::BTreeMap<String, String> = serde_json::from_slice(&clear).unwrap();
        personal["reason"].clone()
    });
    reasons.collect()
}

#[tokio::test]
async fn the_same_cpr_number_is_one_person_with_several_relations() {
    let rig = Rig::on_sqlite().await;
    let second = HrLine { employee_number: "77".into(), unit: "Skolen".into(), ..hr::line(0) };
    let report = rig.import(vec![hr::line(0), second]).await.unwrap();
    assert_eq!(counts(&report), [2, 0, 0, 0, 0]);
    assert_eq!(rig.number("select count(*) from persons").await, 1);
    assert_eq!(rig.relations(0).await.len(), 2);
    assert_eq!(rig.letters().await.len(), 1, "one invitation, not two");
}

#[tokio::test]
async fn her_first_open_line_speaks_for_her_so_that_two_that_differ_do_not_undo_each_other() {
    let rig = Rig::on_sqlite().await;
    let old = HrLine {
        employee_number: "7".into(),
        user_name: "old".try_into().unwrap(),
        ..ending(0, "2026-10-01")
    };
    let other = HrLine { employee_number: "9".into(), user_name: "other".try_into().unwrap(), ..hr::line(0) };
    let file = || vec![old.clone(), hr::line(0), other.clone()];
    rig.import(file()).await.unwrap();
    assert_eq!(rig.relations(0).await.len(), 2, "found under the name of her first open line");
    assert_eq!(counts(&rig.import(file()).await.unwrap()), [0, 0, 3, 0, 0]);
    assert_eq!(rig.number("select count(*) from user_names").await, 1);
}

#[tokio::test]
async fn a_line_that_is_not_there_changes_nothing() {
    let rig = Rig::on_sqlite().await;
    rig.import((0..60).map(hr::line).collect()).await.unwrap();
    let before = state(&rig).await;
    rig.import(vec![hr::line(3)]).await.unwrap();
    assert_eq!(state(&rig).await, before);
}

#[tokio::test]
async fn a_changed_line_changes_the_person_and_the_relation() {
    let rig = Rig::on_sqlite().await;
    rig.import(vec![hr::line(0)]).await.unwrap();
    let married = HrLine {
        family_name: "Nyt Navn".try_into().unwrap(),
        unit: "Skolen".into(),
        ends_on: Some(day("2027-01-31")),
        ..hr::line(0)
    };
    assert_eq!(counts(&rig.import(vec![married.clone()]).await.unwrap()), [0, 1, 0, 0, 0]);
    assert_eq!(rig.person(0).await.family_name, married.family_name);
    let relation = &rig.relations(0).await[0];
    assert_eq!((relation.unit.as_str(), relation.ends_on), ("Skolen", married.ends_on));
}

#[tokio::test]
async fn a_corrected_mail_address_gets_a_new_link_and_kills_the_old_one() {
    let rig = Rig::on_sqlite().await;
    rig.import(vec![hr::line(0)]).await.unwrap();
    let first = rig.letters().await;
    rig.clock.advance(hours(1));
    let mut line = hr::line(0);
    line.contact.private_mail = "right@private.example".try_into().ok();
    rig.import(vec![line]).await.unwrap();
    let second = rig.letters().await;
    assert_eq!(second[0].to, "right@private.example");
    assert!(look_at_link(&rig.cx(), second[0].token().unwrap()).await.is_ok());
    assert!(look_at_link(&rig.cx(), first[0].token().unwrap()).await.is_err());
}

#[tokio::test]
async fn another_mail_address_of_somebody_whose_login_works_invites_nobody() {
    let rig = Rig::on_sqlite().await;
    rig.import(vec![hr::line(0)]).await.unwrap();
    rig.letters().await;
    rig.activate(0).await;
    let mut line = hr::line(0);
    line.contact.private_mail = "other@private.example".try_into().ok();
    rig.import(vec![line]).await.unwrap();
    assert!(rig.letters().await.is_empty());
}

#[tokio::test]
async fn a_user_name_somebody_has_or_had_is_not_given_to_another() {
    let rig = Rig::on_sqlite().await;
    rig.import(vec![hr::line(0), hr::line(1)]).await.unwrap();
    rig.import(vec![HrLine { user_name: "renamed".try_into().unwrap(), ..hr::line(0) }]).await.unwrap();
    for (wanted, column) in [("renamed", "user_name"), ("p0", "user_name")] {
        let newcomer = HrLine { user_name: wanted.try_into().unwrap(), ..hr::line(5) };
        let known = HrLine { user_name: wanted.try_into().unwrap(), unit: "Skolen".into(), ..hr::line(1) };
        let before = state(&rig).await;
        for line in [newcomer, known] {
            let report = rig.import(vec![line]).await.unwrap();
            assert_eq!(report.errors, refused(2, column, LineFault::UserNameTaken), "{wanted}");
        }
        assert_eq!(state(&rig).await, before);
        assert_eq!(
            rig.relations(1).await[0].unit,
            hr::line(1).unit,
            "the rest of the line is not taken either"
        );
    }
    let back = rig.import(vec![hr::line(0)]).await.unwrap();
    assert_eq!(counts(&back), [0, 1, 0, 0, 0], "her own old name is hers");
}

#[tokio::test]
async fn an_employee_number_of_another_person_is_refused() {
    let rig = Rig::on_sqlite().await;
    rig.import(vec![hr::line(0), hr::line(1)]).await.unwrap();
    let swapped = with_cpr(hr::line(0), 1);
    let report = rig.import(vec![swapped]).await.unwrap();
    assert_eq!(report.errors, refused(2, "employee_number", LineFault::EmployeeNumberTaken));
    assert_eq!(cpr_on_record(&rig, 0).await, hr::cpr(0));
}

#[tokio::test]
async fn a_wrong_cpr_number_is_corrected_before_anybody_proved_it_and_the_old_link_dies() {
    let rig = Rig::on_sqlite().await;
    rig.import(vec![hr::line(0)]).await.unwrap();
    let first = rig.letters().await;
    rig.clock.advance(hours(1));
    let report = rig.import(vec![with_cpr(hr::line(0), 9)]).await.unwrap();
    assert_eq!((counts(&report), report.cpr_changes), ([0, 1, 0, 0, 0], 1));
    assert_eq!(cpr_on_record(&rig, 0).await, hr::cpr(9));
    assert_eq!(rig.number("select count(*) from persons").await, 1);
    assert!(look_at_link(&rig.cx(), first[0].token().unwrap()).await.is_err());
    assert_eq!(rig.letters().await.len(), 1);
    assert_eq!(counts(&rig.import(vec![with_cpr(hr::line(0), 9)]).await.unwrap()), [0, 0, 1, 0, 0]);
}

#[tokio::test]
async fn a_correction_that_would_take_a_name_is_refused_whole() {
    let rig = Rig::on_sqlite().await;
    rig.import(vec![hr::line(0), hr::line(1)]).await.unwrap();
    let line = HrLine { user_name: hr::line(1).user_name, ..with_cpr(hr::line(0), 9) };
    let report = rig.import(vec![line]).await.unwrap();
    assert_eq!(report.errors, refused(2, "user_name", LineFault::UserNameTaken));
    assert_eq!(cpr_on_record(&rig, 0).await, hr::cpr(0));
}

#[tokio::test]
async fn the_number_a_person_proved_is_never_overwritten_and_holds_her_login_once() {
    let rig = Rig::on_sqlite().await;
    rig.import(vec![hr::line(0), hr::line(1)]).await.unwrap();
    rig.prove(0).await;
    rig.activate(0).await;
    sign_in(&rig, 0).await;
    for stolen in [9, 9, 1] {
        let line = HrLine { unit: "Skolen".into(), ..with_cpr(hr::line(0), stolen) };
        let report = rig.import(vec![line]).await.unwrap();
        assert_eq!(report.errors, refused(2, "cpr", LineFault::ProvedCprChanged));
    }
    assert_eq!(cpr_on_record(&rig, 0).await, hr::cpr(0));
    assert_eq!(rig.relations(0).await[0].unit, hr::line(0).unit);
    let standing = rig.standing(0).await;
    assert_eq!(standing.holds().len(), 1);
    assert_eq!(
        (standing.holds()[0].origin, standing.holds()[0].reason.as_str()),
        (Origin::Reconfirmation, "feed-cpr-changed")
    );
    assert_eq!(standing.epoch().0, 1);
    assert_eq!(rig.events(EventKind::Held).await, 1);
    assert_eq!(rig.events(EventKind::FeedRefused).await, 3);
    assert!(rig.look().await.session_in(rig.cx().browser).await.unwrap().is_none());
}

async fn sign_in(rig: &Rig, n: u32) {
    let (cx, person) = (rig.cx(), rig.person(n).await);
    let session = Session {
        id: cx.id().unwrap(),
        person: person.id,
        epoch: person.epoch,
        browser: cx.browser,
        shown: vec![(FactorKind::Password, cx.now)],
        began_at: cx.now,
        seen_at: cx.now,
    };
    let mut tx = rig.house.store.begin("test").await.unwrap();
    tx.add_session(&session).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_file_that_ends_everyone_is_refused_and_changes_nothing_until_somebody_says_why() {
    let rig = Rig::on_sqlite().await;
    rig.import((0..40).map(begun).collect()).await.unwrap();
    let before = state(&rig).await;
    for last in ["2026-10-31", "2026-11-03"] {
        let refused = rig.import((0..40).map(|n| ending(n, last)).collect()).await.unwrap_err();
        let expected = SweepRefused::EndsTooMany { ended: 40, open: 40 };
        assert!(matches!(refused, ImportError::Refused(why) if why == expected), "{last}");
    }
    assert_eq!(state(&rig).await, before);
    assert_eq!((rig.events(EventKind::FeedRefused).await, rig.events(EventKind::FeedImported).await), (2, 1));

    let confirmed = ImportOptions {
        by: Operator { name: "ops1".into(), reason: Reason::new("The school closes").unwrap() },
        confirmed: true,
        ..hr::by_operator()
    };
    let file = hr::feed((0..40).map(|n| ending(n, "2026-10-31")));
    let report = import_employees(&rig.cx(), file, confirmed).await.unwrap();
    assert_eq!(counts(&report), [0, 0, 0, 40, 0]);
    assert_eq!(rig.number("select count(*) from associations where closed_at is null").await, 0);
    assert_eq!(
        rig.number("select count(*) from audit_events where facts like '%The school%'").await,
        0,
        "sealed"
    );
}

#[tokio::test]
async fn twenty_that_end_are_a_usual_day_and_so_are_ten_corrections_but_not_eleven() {
    let rig = Rig::on_sqlite().await;
    rig.import((0..60).map(begun).collect()).await.unwrap();
    let report = rig.import((0..20).map(|n| ending(n, "2026-10-31")).collect()).await.unwrap();
    assert_eq!(report.ended, 20);
    let corrected = |count| (0..count).map(|n| with_cpr(begun(30 + n), 500 + n)).collect::<Vec<_>>();
    let refused = rig.import(corrected(11)).await.unwrap_err();
    assert!(matches!(refused, ImportError::Refused(SweepRefused::ChangesTooMany { changes: 11 })));
    assert_eq!(rig.import(corrected(10)).await.unwrap().cpr_changes, 10);
}

#[tokio::test]
async fn an_end_in_the_past_closes_the_relation_and_without_another_one_the_login() {
    let rig = Rig::on_sqlite().await;
    rig.import(vec![begun(0)]).await.unwrap();
    rig.prove(0).await;
    rig.activate(0).await;
    sign_in(&rig, 0).await;
    let report = rig.import(vec![ending(0, "2026-11-01")]).await.unwrap();
    assert_eq!(counts(&report), [0, 0, 0, 1, 0]);
    assert!(rig.relations(0).await[0].closed_at.is_some());
    assert_eq!(rig.standing(0).await.holds()[0].origin, Origin::Association);
    assert!(rig.look().await.session_in(rig.cx().browser).await.unwrap().is_none());
    assert_eq!(rig.events(EventKind::AssociationClosed).await, 1);
    let letters = rig.letters().await;
    assert_eq!(
        letters.iter().map(|letter| letter.subject.as_str()).collect::<Vec<_>>(),
        ["association-closed"]
    );
    assert_eq!(letters[0].to, "p0@private.example", "the mailbox at work may be closed already");
    assert_eq!(counts(&rig.import(vec![ending(0, "2026-11-01")]).await.unwrap()), [0, 0, 1, 0, 0]);
}

#[tokio::test]
async fn the_last_day_counts_and_the_day_after_closes() {
    let rig = Rig::on_sqlite().await;
    rig.import(vec![ending(0, "2026-11-02"), hr::line(1)]).await.unwrap();
    rig.clock.set("2026-11-02T22:59:59Z");
    assert_eq!(close_associations(&rig.cx()).await.unwrap(), 0);
    rig.clock.set("2026-11-02T23:00:00Z");
    assert_eq!(close_associations(&rig.cx()).await.unwrap(), 1);
    assert_eq!(close_associations(&rig.cx()).await.unwrap(), 0);
    assert!(!rig.standing(0).await.is_active() && rig.standing(1).await.is_active());
    assert!(
        rig.letters().await.iter().all(|letter| letter.to.starts_with("p1@")),
        "no link to a closed login"
    );
}

#[tokio::test]
async fn many_that_are_over_are_closed_in_batches_each_once() {
    let rig = Rig::on_sqlite().await;
    rig.import((0..60).map(|n| ending(n, "2026-11-10")).collect()).await.unwrap();
    rig.clock.set("2026-11-11T08:00:00Z");
    assert_eq!(close_associations(&rig.cx()).await.unwrap(), 60);
    assert_eq!(rig.events(EventKind::AssociationClosed).await, 60);
    assert_eq!(rig.number("select count(*) from holds").await, 60);
}

#[tokio::test]
async fn the_login_stays_open_while_another_relation_is_left() {
    let rig = Rig::on_sqlite().await;
    let second = HrLine { employee_number: "77".into(), ..begun(0) };
    rig.import(vec![begun(0), second.clone()]).await.unwrap();
    rig.import(vec![ending(0, "2026-10-31")]).await.unwrap();
    assert!(rig.standing(0).await.is_active());
    rig.import(vec![HrLine { ends_on: Some(day("2026-10-31")), ..second }]).await.unwrap();
    assert_eq!(rig.standing(0).await.holds().len(), 1);
}

#[tokio::test]
async fn a_relation_that_ended_is_not_opened_again_but_a_new_one_may_begin() {
    let rig = Rig::on_sqlite().await;
    rig.import(vec![begun(0)]).await.unwrap();
    rig.import(vec![ending(0, "2026-10-31")]).await.unwrap();
    let reopened = rig.import(vec![begun(0)]).await.unwrap();
    assert_eq!(reopened.errors, refused(2, "employee_number", LineFault::Ended));
    let back = HrLine { starts_on: day("2026-12-01"), ..begun(0) };
    assert_eq!(counts(&rig.import(vec![back]).await.unwrap()), [1, 0, 0, 0, 0]);
    assert_eq!(rig.relations(0).await.len(), 2);
}

#[tokio::test]
async fn a_relation_that_was_over_before_we_heard_of_it_makes_nobody() {
    let rig = Rig::on_sqlite().await;
    assert_eq!(counts(&rig.import(vec![ending(0, "2026-10-31")]).await.unwrap()), [0, 0, 1, 0, 0]);
    assert_eq!(rig.number("select count(*) from persons").await, 0);
}

#[tokio::test]
async fn what_cannot_be_read_or_stands_twice_is_reported_in_the_order_of_the_file() {
    let rig = Rig::on_sqlite().await;
    let unreadable = LineError { line: 3, column: "cpr", reason: LineFault::Malformed };
    let at = |line, n| Ok(HrLine { line, ..hr::line(n) });
    let lines = vec![at(2, 0), Err(unreadable.clone()), at(4, 0), at(5, 1)];
    let report = import_employees(&rig.cx(), Feed { lines, hash: [0; 32] }, hr::by_operator()).await.unwrap();
    let twice = LineError { line: 4, column: "employee_number", reason: LineFault::Twice };
    assert_eq!(report.errors, [unreadable, twice]);
    assert_eq!(counts(&report), [2, 0, 0, 0, 2]);
}
