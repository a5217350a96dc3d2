//! Two administrators publish terms, and everything that asks for terms in force asks for those. On both databases.
#![expect(clippy::unwrap_used, reason = "a test that cannot begin must fail")]

use domain::Date;
use domain::audit::EventKind;
use domain::notice::Template;
use domain::publication::{Binds, Decision, DraftRefused};
use domain::sign_in::Step;
use domain::standing::Origin;
use domain::step_up::StepUpFor;
use testkit::{Administrator, App, Rig, hours, sent_to};
use usecases::announce_terms::announce_terms;
use usecases::approve_terms::approve_terms;
use usecases::begin_terms::begin_terms;
use usecases::expire_terms::expire_terms;
use usecases::hold_for_terms::hold_for_terms;
use usecases::propose_terms::propose_terms;
use usecases::read_terms::{accept_terms, turn_page};
use usecases::see_terms::{NewTerms, see_terms};
use usecases::see_terms_draft::see_terms_draft;
use usecases::terms_draft::{DraftFailed, may_handle_terms};
use usecases::terms_in_force::see_terms_in_force;
use usecases::who::who;
use usecases::withdraw_terms::withdraw_terms;
use usecases::write_terms::write_terms;

testkit::on_both! {
    one_writes_another_publishes_and_every_instance_says_the_same_from_the_day_on
    its_author_publishes_nothing
    who_is_no_administrator_at_substantial_handles_no_terms
    a_step_up_for_something_else_and_one_that_is_over_publish_nothing
    a_draft_that_was_tampered_with_is_not_published
    published_terms_cannot_be_changed_and_those_that_were_are_shown_to_nobody
    published_twice_at_once_by_two_it_is_published_once
    whoever_accepted_is_asked_again_only_where_everybody_is
    what_she_has_still_to_accept_stands_with_what_she_accepted
    the_day_that_was_published_tells_and_holds
    the_day_goes_on_through_a_version_for_newcomers
    a_draft_is_withdrawn_by_anybody_of_them_and_one_goes_on_at_a_time
    a_draft_nobody_goes_on_with_for_ninety_days_ends_by_itself
    a_refusal_leaves_an_event_and_spends_no_step_up
    a_draft_that_follows_another_version_than_the_newest_is_stale
}

/// Day one is 2 November 2026.
const TODAY: Date = Date::constant(2026, 11, 2);
const EVERYBODY: Binds = Binds::Everybody { accept_by: None };

fn from_today(binds: Binds) -> Decision {
    Decision { from: TODAY, binds }
}

/// What the version is called that holds now.
async fn in_force(rig: &Rig) -> String {
    see_terms_in_force(&rig.cx()).await.unwrap().0.version
}

async fn reads_and_accepts(rig: &Rig, browser: u128, n: u32, app: &App) {
    let signed = rig.sign_in(browser, n, app).await;
    assert_eq!(signed.next, Step::Terms { page: 1 });
    for page in 1..5 {
        turn_page(&rig.browser(browser), signed.flow, page).await.unwrap();
    }
    accept_terms(&rig.browser(browser), signed.flow, true).await.unwrap();
}

fn refused<T>(outcome: Result<T, DraftFailed>) -> Option<DraftRefused> {
    match outcome {
        Err(DraftFailed::Refused(refused)) => Some(refused),
        _ => None,
    }
}

async fn one_writes_another_publishes_and_every_instance_says_the_same_from_the_day_on(rig: Rig) {
    let all = rig.administrators(&[0, 1]).await;
    let [writer, other] = all.as_slice() else { unreachable!("two") };
    writer.propose(&rig, "2.0", "Be kind").await;
    let letters = rig.letters().await;
    assert_eq!(
        sent_to(&letters, Template::TermsHandled),
        ["p0@nordby.example", "p1@nordby.example"],
        "administrators hear of it"
    );
    let seen = see_terms_draft(&other.cx(&rig), &other.here(&rig).await).await.unwrap().draft.unwrap();
    let told: Vec<_> = seen.lines.iter().flatten().filter(|line| line.text.contains("Be kind")).collect();
    assert_eq!(told.len(), 2, "in both languages: {:?}", seen.lines);
    let tomorrow = Decision { from: Date::constant(2026, 11, 3), binds: EVERYBODY };
    let published = other.publish(&rig, tomorrow).await.unwrap();
    assert_eq!((published.number, published.terms.version.as_str()), (1, "2.0"));
    assert_eq!(rig.events(EventKind::TermsPublished).await, 1);
    assert_eq!(sent_to(&rig.letters().await, Template::TermsHandled).len(), 2);
    let twin = rig.twin().await;
    for instance in [&rig, &twin] {
        instance.clock.set("2026-11-02T22:30:00Z");
        assert_eq!(in_force(instance).await, "1.0", "its day has not come");
        instance.clock.set("2026-11-02T23:30:00Z");
        assert_eq!(in_force(instance).await, "2.0", "it is tomorrow in Copenhagen");
    }
    let (terms, pages) = see_terms_in_force(&twin.cx()).await.unwrap();
    assert_eq!(pages.hash("2.0"), terms.hash);
    assert_eq!(terms.date, Date::constant(2026, 11, 3));
}

async fn its_author_publishes_nothing(rig: Rig) {
    let all = rig.administrators(&[0, 1]).await;
    let [writer, other] = all.as_slice() else { unreachable!("two") };
    writer.write(&rig, "2.0", "Be kind").await;
    let early = other.publish(&rig, from_today(EVERYBODY)).await;
    assert_eq!(refused(early), Some(DraftRefused::NotWaiting), "it is being written");
    let draft = rig.look().await.open_draft().await.unwrap().unwrap();
    let flow = other.step_up(&rig, StepUpFor::Terms).await;
    let not_hers = propose_terms(&other.cx(&rig), &other.here(&rig).await, flow, draft.id).await;
    assert_eq!(refused(not_hers), Some(DraftRefused::NotYours));
    let spread = draft.pages.page(2).cloned().unwrap();
    let written = write_terms(&other.cx(&rig), &other.here(&rig).await, draft.id, 1, spread).await;
    assert_eq!(refused(written), Some(DraftRefused::NotYours));
    let flow = writer.step_up(&rig, StepUpFor::Terms).await;
    propose_terms(&writer.cx(&rig), &writer.here(&rig).await, flow, draft.id).await.unwrap();
    let own = writer.publish(&rig, from_today(EVERYBODY)).await;
    assert_eq!(refused(own), Some(DraftRefused::SamePerson));
    assert_eq!((rig.events(EventKind::TermsPublished).await, in_force(&rig).await), (0, "1.0".into()));
    assert_eq!(rig.events(EventKind::TermsDraftRefused).await, 4);
}

async fn who_is_no_administrator_at_substantial_handles_no_terms(rig: Rig) {
    let all = rig.administrators(&[0]).await;
    let [administrator] = all.as_slice() else { unreachable!("one") };
    let app = rig.enrol(8, 7).await;
    rig.sign_in(8, 7, &app).await;
    let (cx, nobody) = (rig.browser(8), who(&rig.browser(8)).await.unwrap().unwrap());
    let refused = begin_terms(&cx, &nobody, "2.0").await;
    assert!(matches!(refused, Err(DraftFailed::NotAllowed)), "{refused:?}");
    assert!(matches!(see_terms_draft(&cx, &nobody).await, Err(DraftFailed::NotAllowed)));
    assert!(!may_handle_terms(&cx, &nobody).await.unwrap());
    let mut by_password = administrator.here(&rig).await;
    assert!(may_handle_terms(&administrator.cx(&rig), &by_password).await.unwrap());
    by_password.session.shown.truncate(1);
    let refused = begin_terms(&administrator.cx(&rig), &by_password, "2.0").await;
    assert!(matches!(refused, Err(DraftFailed::NotAllowed)), "{refused:?}");
    assert_eq!(rig.events(EventKind::TermsDraftBegun).await, 0);
    rig.clock.advance(hours(24 * 366));
    administrator.sign_in(&rig).await;
    let late = administrator.here(&rig).await;
    assert!(!may_handle_terms(&administrator.cx(&rig), &late).await.unwrap(), "the role ran out");
}

async fn a_step_up_for_something_else_and_one_that_is_over_publish_nothing(rig: Rig) {
    let all = rig.administrators(&[0, 1]).await;
    let [writer, other] = all.as_slice() else { unreachable!("two") };
    let draft = writer.propose(&rig, "2.0", "Be kind").await;
    let read = (draft, rig.look().await.open_draft().await.unwrap().unwrap().hash());
    let (sheet, terms) =
        (other.step_up(&rig, StepUpFor::Sheet).await, other.step_up(&rig, StepUpFor::Terms).await);
    let others = writer.step_up(&rig, StepUpFor::Terms).await;
    let (cx, here) = (other.cx(&rig), other.here(&rig).await);
    for flow in [sheet, others] {
        let refused = approve_terms(&cx, &here, flow, read, from_today(EVERYBODY)).await;
        assert!(matches!(refused, Err(DraftFailed::NotFresh(_))), "{refused:?}");
    }
    rig.clock.advance(domain::SignedDuration::from_mins(6));
    let refused = approve_terms(&other.cx(&rig), &here, terms, read, from_today(EVERYBODY)).await;
    assert!(matches!(refused, Err(DraftFailed::NotFresh(_))), "{refused:?}");
    assert_eq!(rig.events(EventKind::TermsPublished).await, 0);
}

async fn a_draft_that_was_tampered_with_is_not_published(rig: Rig) {
    let all = rig.administrators(&[0, 1]).await;
    let [writer, other] = all.as_slice() else { unreachable!("two") };
    let draft = writer.propose(&rig, "2.0", "Be kind").await;
    let read = rig.look().await.open_draft().await.unwrap().unwrap().hash();
    let change = match rig.database() {
        "postgres" => "record = replace(record::text, 'Be kind', 'Be blind')::json",
        _ => "record = replace(record, 'Be kind', 'Be blind')",
    };
    rig.as_owner(&format!("update terms_drafts set {change}")).await;
    let changed = rig.look().await.open_draft().await.unwrap().unwrap().hash();
    assert_ne!(changed, read);
    let flow = other.step_up(&rig, StepUpFor::Terms).await;
    let (cx, here) = (other.cx(&rig), other.here(&rig).await);
    for read in [read, changed] {
        let outcome = approve_terms(&cx, &here, flow, (draft, read), from_today(EVERYBODY)).await;
        assert_eq!(refused(outcome), Some(DraftRefused::OtherText));
    }
    assert_eq!((rig.events(EventKind::TermsPublished).await, in_force(&rig).await), (0, "1.0".into()));
    withdraw_terms(&cx, &here, draft).await.unwrap();
}

async fn published_terms_cannot_be_changed_and_those_that_were_are_shown_to_nobody(rig: Rig) {
    let all = rig.administrators(&[0, 1]).await;
    let [writer, other] = all.as_slice() else { unreachable!("two") };
    let member = rig.enrol(8, 7).await;
    writer.propose(&rig, "2.0", "Be kind").await;
    other.publish(&rig, from_today(EVERYBODY)).await.unwrap();
    let postgres = rig.database() == "postgres";
    let (guard, cast) = if postgres {
        ("alter table terms_published disable trigger user", ("::text", "::json"))
    } else {
        ("drop trigger terms_published_stay", ("", ""))
    };
    rig.as_owner(guard).await;
    let (text, json) = cast;
    let change =
        format!("update terms_published set pages = replace(pages{text}, 'Be kind', 'Be blind'){json}");
    rig.as_owner(&change).await;
    assert!(see_terms_in_force(&rig.cx()).await.is_err());
    let signed = rig.sign_in(8, 7, &member).await;
    assert_eq!(signed.next, Step::Terms { page: 1 }, "nor is she let in without");
    assert!(usecases::read_terms::see_reading(&rig.browser(8), signed.flow).await.is_err());
}

async fn published_twice_at_once_by_two_it_is_published_once(rig: Rig) {
    let all = rig.administrators(&[0, 1, 2]).await;
    let [writer, one, two] = all.as_slice() else { unreachable!("three") };
    let draft = writer.propose(&rig, "2.0", "Be kind").await;
    let read = (draft, rig.look().await.open_draft().await.unwrap().unwrap().hash());
    let flows = (one.step_up(&rig, StepUpFor::Terms).await, two.step_up(&rig, StepUpFor::Terms).await);
    let (first, second) = (one.here(&rig).await, two.here(&rig).await);
    let (one, two) = (one.cx(&rig), two.cx(&rig));
    let (one, two) = tokio::join!(
        approve_terms(&one, &first, flows.0, read, from_today(EVERYBODY)),
        approve_terms(&two, &second, flows.1, read, from_today(EVERYBODY)),
    );
    let late = [one, two].into_iter().filter_map(refused).collect::<Vec<_>>();
    assert_eq!(late, [DraftRefused::NotWaiting]);
    assert_eq!(rig.events(EventKind::TermsPublished).await, 1);
    assert_eq!(rig.look().await.published_terms().await.unwrap().len(), 1);
}

async fn whoever_accepted_is_asked_again_only_where_everybody_is(rig: Rig) {
    let all = rig.administrators(&[0, 1]).await;
    let [writer, other] = all.as_slice() else { unreachable!("two") };
    let member = rig.enrol(8, 7).await;
    publish(&rig, (writer, other), "1.1", Binds::Newcomers).await;
    assert_eq!(in_force(&rig).await, "1.1");
    assert_ne!(rig.sign_in(8, 7, &member).await.next, Step::Terms { page: 1 }, "her accept still counts");
    let newcomer = rig.enrol(9, 8).await;
    rig.sign_in(9, 8, &newcomer).await;
    let here = who(&rig.browser(9)).await.unwrap().unwrap();
    let seen = see_terms(&rig.browser(9), &here).await.unwrap();
    let accepted: Vec<_> =
        seen.accepts.iter().map(|(accept, name)| (accept.accepted.terms, name.as_str())).collect();
    assert_eq!(accepted, [(seen.current, "1.1")], "new people accept the newest");
    assert_eq!(seen.new, None);
    publish(&rig, (writer, other), "2.0", EVERYBODY).await;
    reads_and_accepts(&rig, 8, 7, &member).await;
    assert_ne!(rig.sign_in(8, 7, &member).await.next, Step::Terms { page: 1 }, "once");
    assert_eq!(rig.sign_in(9, 8, &newcomer).await.next, Step::Terms { page: 1 });
}

/// Published from today on.
async fn publish(rig: &Rig, (writer, other): (&Administrator, &Administrator), version: &str, binds: Binds) {
    writer.propose(rig, version, &format!("Be kind, says {version}")).await;
    let decision = Decision { from: rig.cx().today(), binds };
    other.publish(rig, decision).await.unwrap();
    rig.letters().await;
}

async fn chores(rig: &Rig) -> (u64, u64) {
    (announce_terms(&rig.cx()).await.unwrap(), hold_for_terms(&rig.cx()).await.unwrap())
}

async fn what_she_has_still_to_accept_stands_with_what_she_accepted(rig: Rig) {
    let all = rig.administrators(&[0, 1]).await;
    let [writer, other] = all.as_slice() else { unreachable!("two") };
    let here = writer.here(&rig).await;
    let seen = async || see_terms(&writer.cx(&rig), &here).await.unwrap().new;
    assert_eq!(seen().await, None, "nothing is to come");
    let (tomorrow, last) = (Date::constant(2026, 11, 3), Some(Date::constant(2026, 12, 20)));
    writer.propose(&rig, "2.0", "Be kind").await;
    let bound = Binds::Everybody { accept_by: last };
    other.publish(&rig, Decision { from: tomorrow, binds: bound }).await.unwrap();
    writer.propose(&rig, "2.1", "Be kind to all").await;
    other.publish(&rig, Decision { from: tomorrow, binds: Binds::Newcomers }).await.unwrap();
    let coming =
        NewTerms { version: "2.0".into(), from: tomorrow, holds: false, asks: true, accept_by: last };
    assert_eq!(seen().await, Some(coming), "the next one, and not the last");
    rig.clock.set("2026-11-02T23:00:10Z");
    let owed = NewTerms { version: "2.1".into(), from: tomorrow, holds: true, asks: true, accept_by: last };
    assert_eq!(seen().await, Some(owed), "it is tomorrow in Copenhagen");
}

async fn the_day_that_was_published_tells_and_holds(rig: Rig) {
    let all = rig.administrators(&[0, 1]).await;
    let [writer, other] = all.as_slice() else { unreachable!("two") };
    let (in_time, _late) = (rig.enrol(8, 7).await, rig.enrol(9, 8).await);
    // The day of the files counts only for the files.
    rig.terms.accept_by(Date::constant(2026, 11, 5));
    let last = Date::constant(2026, 12, 20);
    publish(&rig, (writer, other), "2.0", Binds::Everybody { accept_by: Some(last) }).await;
    rig.clock.set("2026-11-20T12:00:00Z");
    assert_eq!(chores(&rig).await, (0, 0));
    rig.clock.set("2026-12-07T12:00:00Z");
    let (told, held) = chores(&rig).await;
    assert_eq!((told, held), (4, 0), "everybody who has not accepted it");
    assert_eq!(chores(&rig).await, (0, 0), "once");
    reads_and_accepts(&rig, 8, 7, &in_time).await;
    rig.clock.set("2026-12-21T12:00:00Z");
    assert_eq!(chores(&rig).await, (0, 3));
    assert!(rig.standing(7).await.is_active());
    let standing = rig.standing(8).await;
    assert_eq!(standing.holds().iter().map(|it| it.origin).collect::<Vec<_>>(), [Origin::Terms]);
}

async fn the_day_goes_on_through_a_version_for_newcomers(rig: Rig) {
    let all = rig.administrators(&[0, 1]).await;
    let [writer, other] = all.as_slice() else { unreachable!("two") };
    let _member = rig.enrol(8, 7).await;
    let last = Date::constant(2026, 11, 20);
    publish(&rig, (writer, other), "2.0", Binds::Everybody { accept_by: Some(last) }).await;
    rig.clock.set("2026-11-07T12:00:00Z");
    assert_eq!(chores(&rig).await, (3, 0));
    writer.sign_in(&rig).await;
    other.sign_in(&rig).await;
    publish(&rig, (writer, other), "2.1", Binds::Newcomers).await;
    assert_eq!(chores(&rig).await, (0, 0), "told of it already");
    rig.clock.set("2026-11-21T12:00:00Z");
    assert_eq!(chores(&rig).await, (0, 3));
    assert!(!rig.standing(7).await.is_active());
}

async fn a_draft_is_withdrawn_by_anybody_of_them_and_one_goes_on_at_a_time(rig: Rig) {
    let all = rig.administrators(&[0, 1]).await;
    let [writer, other] = all.as_slice() else { unreachable!("two") };
    let draft = writer.propose(&rig, "2.0", "Be kind").await;
    let (cx, here) = (other.cx(&rig), other.here(&rig).await);
    assert!(matches!(begin_terms(&cx, &here, "3.0").await, Err(DraftFailed::Another)));
    rig.letters().await;
    withdraw_terms(&cx, &here, draft).await.unwrap();
    assert_eq!(refused(withdraw_terms(&cx, &here, draft).await), Some(DraftRefused::NotWaiting));
    assert_eq!(sent_to(&rig.letters().await, Template::TermsHandled).len(), 2);
    assert_eq!(rig.events(EventKind::TermsDraftWithdrawn).await, 1);
    assert!(see_terms_draft(&cx, &here).await.unwrap().draft.is_none());
    let begun = (begin_terms(&cx, &here, "2.0").await, begin_terms(&cx, &here, "2.0").await);
    assert!(begun.0.is_ok() && matches!(begun.1, Err(DraftFailed::Another)));
    assert!(matches!(
        withdraw_terms(&cx, &here, uuid::Uuid::from_u128(5).into()).await,
        Err(DraftFailed::Gone)
    ));
}

async fn a_draft_nobody_goes_on_with_for_ninety_days_ends_by_itself(rig: Rig) {
    let all = rig.administrators(&[0, 1]).await;
    let [writer, other] = all.as_slice() else { unreachable!("two") };
    let draft = writer.propose(&rig, "2.0", "Be kind").await;
    let read = (draft, rig.look().await.open_draft().await.unwrap().unwrap().hash());
    rig.clock.advance(hours(24 * 90 - 1));
    assert!(!expire_terms(&rig.cx()).await.unwrap(), "its last hour");
    rig.clock.advance(hours(1));
    for administrator in &all {
        administrator.sign_in(&rig).await;
    }
    // Also before anything swept it away.
    let flow = other.step_up(&rig, StepUpFor::Terms).await;
    let (cx, here) = (other.cx(&rig), other.here(&rig).await);
    let late = approve_terms(&cx, &here, flow, read, Decision { from: cx.today(), binds: EVERYBODY }).await;
    assert!(matches!(late, Err(DraftFailed::Gone)), "{late:?}");
    rig.letters().await;
    let twin = rig.twin().await;
    twin.clock.set(&rig.cx().now.to_string());
    let (ours, theirs) = (rig.cx(), twin.cx());
    let (one, two) = tokio::join!(expire_terms(&ours), expire_terms(&theirs));
    assert_ne!(one.unwrap(), two.unwrap(), "one of two instances");
    assert_eq!(rig.events(EventKind::TermsDraftRanOut).await, 1);
    assert_eq!(sent_to(&rig.letters().await, Template::TermsHandled).len(), 2);
    assert!(see_terms_draft(&cx, &here).await.unwrap().draft.is_none());
    assert_eq!(refused(withdraw_terms(&cx, &here, draft).await), Some(DraftRefused::NotWaiting));
    begin_terms(&cx, &here, "2.0").await.unwrap();
}

async fn a_refusal_leaves_an_event_and_spends_no_step_up(rig: Rig) {
    let all = rig.administrators(&[0, 1]).await;
    let [writer, other] = all.as_slice() else { unreachable!("two") };
    let draft = writer.propose(&rig, "2.0", "Be kind").await;
    let read = (draft, rig.look().await.open_draft().await.unwrap().unwrap().hash());
    let flow = other.step_up(&rig, StepUpFor::Terms).await;
    let (cx, here) = (other.cx(&rig), other.here(&rig).await);
    let yesterday = Decision { from: Date::constant(2026, 11, 1), binds: EVERYBODY };
    let early = approve_terms(&cx, &here, flow, read, yesterday).await;
    assert_eq!(refused(early), Some(DraftRefused::FirstDay));
    assert_eq!(rig.events(EventKind::TermsDraftRefused).await, 1);
    approve_terms(&cx, &here, flow, read, from_today(EVERYBODY)).await.unwrap();
    let again = approve_terms(&cx, &here, flow, read, from_today(EVERYBODY)).await;
    assert!(matches!(again, Err(DraftFailed::NotFresh(_))), "{again:?}");
}

async fn a_draft_that_follows_another_version_than_the_newest_is_stale(rig: Rig) {
    let all = rig.administrators(&[0, 1]).await;
    let [writer, other] = all.as_slice() else { unreachable!("two") };
    writer.propose(&rig, "2.0", "Be kind").await;
    // An operator put other files in their place meanwhile.
    rig.terms.publish("1.5");
    let stale = other.publish(&rig, from_today(EVERYBODY)).await;
    assert_eq!(refused(stale), Some(DraftRefused::Stale));
    assert_eq!(rig.events(EventKind::TermsPublished).await, 0);
}
