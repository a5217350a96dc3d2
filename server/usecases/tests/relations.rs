//! A person ends her own work relation (NSIS 5.2.1). Every promise on both databases.
#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test that cannot begin must fail")]

use domain::SignedDuration;
use domain::audit::EventKind;
use domain::hr::{HrLine, LineFault};
use domain::standing::Origin;
use domain::throttle::CodeDoor;
use testkit::{App, Posted, Rig, day, hours, hr};
use usecases::begin_sign_in::begin_sign_in;
use usecases::block_by_session::block_by_session;
use usecases::end_association::{Left, NotEnded, end_association, see_associations};
use usecases::show_code::{CodeWrong, show_code};
use usecases::show_step_up::Showing;
use usecases::who::{Here, sign_out, who};

testkit::on_both! {
    the_last_one_closes_the_login_at_once_and_everybody_concerned_is_told
    with_another_one_the_login_stays
    a_file_of_hrs_that_still_lists_it_opens_nothing
    a_line_with_a_later_first_day_invites_her_anew
    without_a_fresh_code_nothing_is_ended_and_guesses_count
    somebody_elses_and_an_ended_one_are_unknown
    who_signed_out_or_blocked_meanwhile_ends_nothing
}

/// Somebody who is signed in, with a code she has not used.
async fn signed_in(rig: &Rig) -> App {
    let app = rig.enrol(1, 0).await;
    rig.sign_in(1, 0, &app).await;
    rig.clock.advance(SignedDuration::from_secs(30));
    app
}

async fn here(rig: &Rig) -> Here {
    who(&rig.cx()).await.unwrap().unwrap()
}

/// Another relation of the same person.
fn another() -> HrLine {
    HrLine { employee_number: "90210".to_owned(), unit: "Natholdet".to_owned(), ..hr::line(0) }
}

async fn end(rig: &Rig, app: &App, number: &str) -> Result<Left, NotEnded> {
    let relation = rig.relations(0).await.into_iter().find(|it| it.employee_number == number).unwrap();
    end_association(&rig.cx(), &here(rig).await, relation.id, &Showing::Code(app.code(rig.cx().now))).await
}

fn subjects(letters: &[Posted]) -> Vec<(&str, &str)> {
    let mut told: Vec<_> = letters.iter().map(|it| (it.subject.as_str(), it.to.as_str())).collect();
    told.sort_unstable();
    told
}

async fn the_last_one_closes_the_login_at_once_and_everybody_concerned_is_told(rig: Rig) {
    let app = signed_in(&rig).await;
    assert_eq!(end(&rig, &app, "1000").await.unwrap(), Left::Nothing);
    assert!(who(&rig.cx()).await.unwrap().is_none(), "signed out everywhere");
    let standing = rig.standing(0).await;
    assert_eq!((standing.holds().len(), standing.holds()[0].origin), (1, Origin::Association));
    assert!(rig.relations(0).await[0].closed_at.is_some());
    let letters = rig.letters().await;
    let expected =
        [("association-closed", "p0@private.example"), ("ended-to-organisation", "it@nordby.example")];
    assert_eq!(subjects(&letters), expected);
    assert!(
        letters.iter().any(|it| it.text.contains("EmployeeNumber(\"1000\")")),
        "HR finds it: {letters:?}"
    );
    let hers = rig.person(0).await.id;
    let rows = rig.look().await.rows_about(hers, &[EventKind::AssociationClosed.word()], 9).await.unwrap();
    assert!(rows.len() == 1 && rows[0].actor.contains(&hers.to_string()), "by herself: {rows:?}");
    let flow = rig.password_shown(1, 0).await;
    rig.clock.advance(SignedDuration::from_secs(30));
    let refused = show_code(&rig.cx(), flow, &app.code(rig.cx().now)).await;
    assert!(matches!(refused, Err(CodeWrong::Held(hold)) if hold.origin == Origin::Association));
}

async fn with_another_one_the_login_stays(rig: Rig) {
    let app = signed_in(&rig).await;
    rig.import(vec![hr::line(0), another()]).await.unwrap();
    rig.letters().await;
    let (open, _) = see_associations(&rig.cx(), &here(&rig).await).await.unwrap();
    assert_eq!(open.len(), 2);
    assert_eq!(end(&rig, &app, "1000").await.unwrap(), Left::Login);
    assert!(rig.standing(0).await.is_active());
    assert!(who(&rig.cx()).await.unwrap().is_none(), "what was open spoke for the one that ended");
    assert_eq!(rig.letters().await.len(), 2);
    rig.sign_in(1, 0, &app).await;
    let (open, _) = see_associations(&rig.cx(), &here(&rig).await).await.unwrap();
    assert_eq!(open.iter().map(|it| it.unit.as_str()).collect::<Vec<_>>(), ["Natholdet"]);
}

async fn a_file_of_hrs_that_still_lists_it_opens_nothing(rig: Rig) {
    let app = signed_in(&rig).await;
    end(&rig, &app, "1000").await.unwrap();
    let relations = rig.relations(0).await;
    for days in [0, 1, 30] {
        rig.clock.advance(hours(24 * days));
        let report = rig.import(vec![hr::line(0)]).await.unwrap();
        let reasons: Vec<LineFault> = report.errors.iter().map(|error| error.reason).collect();
        assert_eq!(reasons, [LineFault::Ended], "HR hears of it at every run");
    }
    assert_eq!(rig.relations(0).await, relations);
    assert!(!rig.standing(0).await.is_active());
    let gone = HrLine { ends_on: Some(day("2026-11-02")), ..hr::line(0) };
    let report = rig.import(vec![gone]).await.unwrap();
    assert!(report.errors.is_empty(), "until HR says so too: {report:?}");
}

async fn a_line_with_a_later_first_day_invites_her_anew(rig: Rig) {
    let app = signed_in(&rig).await;
    end(&rig, &app, "1000").await.unwrap();
    rig.letters().await;
    rig.clock.advance(hours(24 * 10));
    let report = rig.import(vec![HrLine { starts_on: day("2026-11-12"), ..hr::line(0) }]).await.unwrap();
    assert_eq!((report.added, report.errors.len()), (1, 0));
    assert!(rig.standing(0).await.is_active());
    assert!(rig.letters().await.iter().any(|letter| letter.token().is_some()), "from the start");
    let hers = rig.person(0).await.id;
    assert!(rig.look().await.password_hash(hers).await.unwrap().is_none(), "nothing she had works");
}

async fn without_a_fresh_code_nothing_is_ended_and_guesses_count(rig: Rig) {
    let app = signed_in(&rig).await;
    let (here, id) = (here(&rig).await, rig.relations(0).await[0].id);
    let used = app.code(rig.cx().now - SignedDuration::from_secs(30));
    for code in ["", "123", used.as_str()] {
        let refused = end_association(&rig.cx(), &here, id, &Showing::Code(code.to_owned())).await;
        assert!(matches!(refused, Err(NotEnded::Wrong)), "{code:?}");
    }
    for _ in 0..7 {
        let wrong = app.wrong_code(rig.cx().now);
        assert!(matches!(
            end_association(&rig.cx(), &here, id, &Showing::Code(wrong.clone())).await,
            Err(NotEnded::Wrong)
        ));
    }
    let closed = end_association(&rig.cx(), &here, id, &Showing::Code(app.code(rig.cx().now))).await;
    assert!(matches!(closed, Err(NotEnded::CodesClosed(CodeDoor::Paused(_)))), "the right one waits too");
    let (_, door) = see_associations(&rig.cx(), &here).await.unwrap();
    assert!(matches!(door, CodeDoor::Paused(_)), "and the page says so");
    assert!(rig.relations(0).await[0].closed_at.is_none());
    assert_eq!(rig.events(EventKind::FactorRefused).await, 11);
    let told: Vec<_> = rig.letters().await.into_iter().map(|letter| letter.subject).collect();
    assert_eq!(told, ["codes-paused", "codes-paused"], "and of nothing else");
}

async fn somebody_elses_and_an_ended_one_are_unknown(rig: Rig) {
    let app = signed_in(&rig).await;
    rig.import(vec![hr::line(0), another()]).await.unwrap();
    rig.enrol(2, 1).await;
    rig.clock.advance(SignedDuration::from_secs(30));
    let hers = rig.relations(1).await[0].id;
    let code = app.code(rig.cx().now);
    let refused = end_association(&rig.cx(), &here(&rig).await, hers, &Showing::Code(code.clone())).await;
    assert!(matches!(refused, Err(NotEnded::Unknown)), "and her code is not used up");
    assert!(rig.relations(1).await[0].closed_at.is_none());
    let own = rig.relations(0).await[0].id;
    end_association(&rig.cx(), &here(&rig).await, own, &Showing::Code(code.clone())).await.unwrap();
    rig.sign_in(1, 0, &app).await;
    rig.clock.advance(SignedDuration::from_secs(30));
    let again =
        end_association(&rig.cx(), &here(&rig).await, own, &Showing::Code(app.code(rig.cx().now))).await;
    assert!(matches!(again, Err(NotEnded::Unknown)), "twice");
}

async fn who_signed_out_or_blocked_meanwhile_ends_nothing(rig: Rig) {
    let app = signed_in(&rig).await;
    let (page, id) = (here(&rig).await, rig.relations(0).await[0].id);
    sign_out(&rig.cx()).await.unwrap();
    let out = end_association(&rig.cx(), &page, id, &Showing::Code(app.code(rig.cx().now))).await;
    assert!(matches!(out, Err(NotEnded::SignedOut)));
    rig.sign_in(1, 0, &app).await;
    let page = here(&rig).await;
    block_by_session(&rig.cx(), &page).await.unwrap();
    rig.clock.advance(SignedDuration::from_secs(30));
    let blocked = end_association(&rig.cx(), &page, id, &Showing::Code(app.code(rig.cx().now))).await;
    assert!(matches!(blocked, Err(NotEnded::SignedOut)));
    assert!(begin_sign_in(&rig.cx()).await.is_ok());
    assert!(rig.relations(0).await[0].closed_at.is_none());
}
