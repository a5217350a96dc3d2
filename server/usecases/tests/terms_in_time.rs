//! New terms are to be accepted by a day: told before it, and after it the login is held until they are. On both databases.
#![expect(clippy::unwrap_used, reason = "a test that cannot begin must fail")]

use domain::Date;
use domain::audit::EventKind;
use domain::notice::Template;
use domain::sign_in::Step;
use domain::standing::Origin;
use testkit::{App, Rig, sent_to};
use usecases::announce_terms::announce_terms;
use usecases::block_by_session::block_by_session;
use usecases::hold_for_terms::hold_for_terms;
use usecases::read_terms::{accept_terms, turn_page};
use usecases::who::who;

testkit::on_both! {
    new_terms_are_told_twice_before_their_last_day_and_once_each
    who_accepts_is_told_no_more_and_not_held
    who_did_not_accept_in_time_is_held_once_and_accepts_when_she_opens_it
    without_a_day_nobody_is_told_or_held
    a_day_left_over_from_the_version_before_holds_nobody
    who_never_finished_and_who_is_blocked_hears_nothing
    of_two_instances_one_tells_and_one_holds
}

const WORK: &str = "p0@nordby.example";
/// Day one is 2 November 2026.
const LAST: Date = Date::constant(2026, 12, 20);

/// Somebody who accepted the version before.
async fn behind(rig: &Rig) -> App {
    let app = rig.enrol(1, 0).await;
    rig.terms.publish("2.0");
    rig.terms.accept_by(LAST);
    app
}

/// Both of the day's chores, as they run every five minutes.
async fn chores(rig: &Rig) -> (u64, u64) {
    (announce_terms(&rig.cx()).await.unwrap(), hold_for_terms(&rig.cx()).await.unwrap())
}

async fn reads_and_accepts(rig: &Rig, app: &App) {
    let signed = rig.sign_in(1, 0, app).await;
    assert_eq!(signed.next, Step::Terms { page: 1 });
    for page in 1..5 {
        turn_page(&rig.cx(), signed.flow, page).await.unwrap();
    }
    accept_terms(&rig.cx(), signed.flow, true).await.unwrap();
}

async fn new_terms_are_told_twice_before_their_last_day_and_once_each(rig: Rig) {
    let _ = behind(&rig).await;
    rig.clock.set("2026-12-05T12:00:00Z");
    assert_eq!(chores(&rig).await, (0, 0), "it is far");
    rig.clock.set("2026-12-06T00:30:00Z");
    assert_eq!(chores(&rig).await, (1, 0));
    assert_eq!(chores(&rig).await, (0, 0));
    assert!(sent_to(&rig.letters().await, Template::TermsNear).is_empty(), "not in the night");
    for morning in ["2026-12-06T08:00:00Z", "2026-12-17T08:00:00Z"] {
        rig.clock.set(morning);
        assert_eq!(sent_to(&rig.letters().await, Template::TermsNear), [WORK], "{morning}");
    }
    rig.clock.set("2026-12-20T12:00:00Z");
    assert_eq!(chores(&rig).await, (0, 0), "the last day still holds");
    assert!(sent_to(&rig.letters().await, Template::TermsNear).is_empty());
    assert_eq!(rig.events(EventKind::TermsNear).await, 1);
    assert!(rig.standing(0).await.is_active());
}

async fn who_accepts_is_told_no_more_and_not_held(rig: Rig) {
    let app = behind(&rig).await;
    rig.clock.set("2026-12-06T12:00:00Z");
    assert_eq!(chores(&rig).await, (1, 0));
    assert_eq!(sent_to(&rig.letters().await, Template::TermsNear), [WORK], "what was missed leaves at once");
    reads_and_accepts(&rig, &app).await;
    rig.clock.set("2026-12-17T12:00:00Z");
    assert!(sent_to(&rig.letters().await, Template::TermsNear).is_empty(), "her accept took it back");
    rig.clock.set("2027-01-05T12:00:00Z");
    assert_eq!(chores(&rig).await, (0, 0));
    assert!(rig.standing(0).await.is_active());
}

async fn who_did_not_accept_in_time_is_held_once_and_accepts_when_she_opens_it(rig: Rig) {
    let app = behind(&rig).await;
    rig.clock.set("2026-12-17T12:00:00Z");
    assert_eq!(chores(&rig).await, (1, 0));
    rig.clock.set("2026-12-21T00:30:00Z");
    // Signed in, and looking at the terms for the last hour.
    rig.sign_in(1, 0, &app).await;
    rig.letters().await;
    assert_eq!(chores(&rig).await, (0, 1));
    assert_eq!(chores(&rig).await, (0, 0), "held once");
    let standing = rig.standing(0).await;
    let [held] = standing.holds() else { unreachable!("{standing:?}") };
    assert_eq!((held.origin, held.reason.as_str()), (Origin::Terms, "terms-overdue"));
    assert!(who(&rig.cx()).await.unwrap().is_none(), "her session is over");
    let letters = rig.letters().await;
    assert_eq!(sent_to(&letters, Template::HeldForTerms), [WORK, "p0@private.example"]);
    let reference = usecases::suspend::reference(held.id);
    let told = letters.iter().find(|it| it.subject == Template::HeldForTerms.word()).unwrap();
    assert!(told.text.contains(&reference), "{}", told.text);
    assert!(
        held.origin != Origin::Owner && standing.first_of_others().is_none(),
        "hers to open, by accepting"
    );
}

async fn without_a_day_nobody_is_told_or_held(rig: Rig) {
    rig.enrol(1, 0).await;
    rig.terms.publish("2.0");
    rig.clock.set("2028-01-01T12:00:00Z");
    assert_eq!(chores(&rig).await, (0, 0));
    assert!(rig.standing(0).await.is_active());
}

async fn who_never_finished_and_who_is_blocked_hears_nothing(rig: Rig) {
    let app = behind(&rig).await;
    // Another accepts what holds now and does not finish; she herself blocks her login.
    rig.proved(2, 1).await;
    rig.terms.publish("3.0");
    rig.sign_in(1, 0, &app).await;
    block_by_session(&rig.cx(), &rig.here().await).await.unwrap();
    rig.letters().await;
    rig.clock.set("2026-12-06T12:00:00Z");
    chores(&rig).await;
    assert!(sent_to(&rig.letters().await, Template::TermsNear).is_empty());
    rig.clock.set("2026-12-21T12:00:00Z");
    let (_, held) = chores(&rig).await;
    assert_eq!(held, 1, "a hold is always added: she accepts them when she opens it");
    assert!(rig.standing(1).await.is_active(), "who has no login loses none");
}

async fn of_two_instances_one_tells_and_one_holds(rig: Rig) {
    let _ = behind(&rig).await;
    let twin = rig.twin().await;
    twin.terms.publish("2.0");
    twin.terms.accept_by(LAST);
    let at = |when: &str| {
        rig.clock.set(when);
        twin.clock.set(when);
        (rig.cx(), twin.cx())
    };
    let (here, there) = at("2026-12-07T12:00:00Z");
    let (one, other) = tokio::join!(announce_terms(&here), announce_terms(&there));
    assert_eq!(one.unwrap() + other.unwrap(), 1);
    let (here, there) = at("2026-12-22T12:00:00Z");
    let (one, other) = tokio::join!(hold_for_terms(&here), hold_for_terms(&there));
    assert_eq!(one.unwrap() + other.unwrap(), 1);
    assert_eq!(rig.standing(0).await.holds().len(), 1);
}

async fn a_day_left_over_from_the_version_before_holds_nobody(rig: Rig) {
    let app = behind(&rig).await;
    rig.clock.set("2026-12-07T12:00:00Z");
    assert_eq!(chores(&rig).await, (1, 0));
    reads_and_accepts(&rig, &app).await;
    rig.clock.set("2027-06-01T12:00:00Z");
    rig.terms.publish("3.0");
    assert_eq!(chores(&rig).await, (0, 0), "nobody told her of these");
    assert_eq!(chores(&rig).await, (0, 0), "nor does looking count as telling");
    assert!(rig.standing(0).await.is_active());
}
