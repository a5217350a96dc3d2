//! A passkey in the place of MitID: it opens a blocked login and chooses a new password where it alone is Substantial and the
//! proof of who she is holds still, and nothing else does. On both databases.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot begin must fail"
)]

use domain::SignedDuration;
use domain::audit::EventKind;
use domain::factor::{Aaguid, FactorKind, ModelStatus, Models, PasskeyKind};
use domain::ids::{FactorId, FlowId};
use domain::notice::Template;
use domain::password::Password;
use domain::person::UserName;
use domain::proofing::Purpose;
use domain::renewal::NotEnough;
use domain::standing::Origin;
use domain::step_up::StepUpFor;
use domain::suspension::CannotReopen;
use domain::throttle::SOURCE_A_MINUTE;
use std::collections::{BTreeMap, BTreeSet};
use testkit::{PASSWORD, Rig, SoftKey, hours, hr, sent_to};
use usecases::begin_sign_in::begin_sign_in;
use usecases::begin_step_up::begin_step_up;
use usecases::block_by_password::block_by_password;
use usecases::block_by_session::block_by_session;
use usecases::change_factors::remove_factor;
use usecases::context::Cx;
use usecases::finish_enrolment::finish_enrolment;
use usecases::flows::NoFlow;
use usecases::hold_login::hold_login;
use usecases::prove_by_key::{NotProved, ask_proof_key, prove_by_key};
use usecases::register_passkey::{
    ask_another_passkey, ask_passkey, register_another_passkey, register_passkey,
};
use usecases::reopen::{NotOpened, reopen};
use usecases::reopen_activity::reopen_activity;
use usecases::reopen_factors::reopen_factors;
use usecases::reopen_password::{StepRefused, reopen_password};
use usecases::reset_password::reset_password;
use usecases::see_reopening::see_reopening;
use usecases::show_passkey::{KeyAccepted, KeyWrong, ask_key, show_key};
use usecases::show_password::{Attempt, PasswordWrong, show_password};
use usecases::show_step_up_key::{ask_step_up_key, show_step_up_key};
use usecases::who::{Here, who};

const NEW: &str = "tolv gule tulipaner";
const MODEL: u128 = 7;
const DAY: i64 = 24;
const BOTH: [Purpose; 2] = [Purpose::Reopening, Purpose::Reset];

testkit::on_both! {
    a_passkey_that_counts_alone_leads_to_a_new_password
    a_passkey_that_counts_alone_opens_a_blocked_login
    a_weaker_key_is_sent_to_mitid
    somebody_elses_key_opens_her_own_login_and_no_other
    an_answer_counts_once_for_what_it_was_asked_in_its_browser_and_its_time
    what_others_hold_and_what_is_closed_for_good_stays_closed
    a_key_that_was_taken_away_opens_nothing
    a_key_taken_away_meanwhile_ends_the_reset_it_began
    where_the_proof_is_over_or_void_only_mitid_does
    a_proof_that_is_void_at_the_confirmation_opens_nothing
    a_key_added_lately_opens_nothing_and_a_block_stops_its_clock
    a_copied_key_opens_nothing_and_blocks
    a_login_blocked_before_it_was_active_begins_anew_with_mitid
    a_thiefs_key_is_marked_for_removal_and_dead_after_the_reopening_and_older_ones_stay
    answers_of_keys_nobody_has_do_not_fill_the_trail
}

fn typed(text: &str) -> Password {
    Password::typed(text.to_owned())
}

/// A house that knows one good model.
fn knowing(rig: Rig) -> Rig {
    let model = Aaguid::read(uuid::Uuid::from_u128(MODEL)).unwrap();
    rig.knowing(Models::default().knowing(BTreeMap::from([(model, ModelStatus::Good)])))
}

/// A key that counts alone there.
fn strong(number: u128) -> SoftKey {
    SoftKey { model: MODEL, attested: true, ..SoftKey::numbered(number) }
}

/// An enrolment of the p-th person in the n-th browser with this key, not finished; the key knows whose it is then.
async fn begins(rig: &Rig, browser: u128, p: u32, key: &mut SoftKey) -> (FlowId, FactorId) {
    let (flow, cx) = (rig.proved(browser, p).await, rig.browser(browser));
    rig.choose(browser, flow).await;
    let asking = ask_passkey(&cx, flow, PasskeyKind::Passkey).await.unwrap();
    let answer = key.answer(&asking.options);
    let id = register_passkey(&cx, asking.ceremony, "Min telefon".into(), &answer).await.unwrap();
    key.person = Some(rig.person(p).await.id);
    (flow, id)
}

async fn enrol(rig: &Rig, browser: u128, p: u32, key: &mut SoftKey) -> FactorId {
    let (flow, id) = begins(rig, browser, p, key).await;
    finish_enrolment(&rig.browser(browser), flow).await.unwrap();
    rig.letters().await;
    id
}

async fn try_in(cx: &Cx, key: &SoftKey) -> Result<KeyAccepted, KeyWrong> {
    let flow: FlowId = cx.handle().unwrap();
    let asking = ask_key(cx, Attempt::Begins(flow)).await.unwrap();
    show_key(cx, asking.ceremony, &key.answer(&asking.options)).await
}

/// Signs in with a key, or as far as the password.
async fn sign_in(cx: &Cx, key: &SoftKey) -> KeyAccepted {
    try_in(cx, key).await.unwrap()
}

async fn here(rig: &Rig, browser: u128) -> Here {
    who(&rig.browser(browser)).await.unwrap().unwrap()
}

async fn blocks(rig: &Rig, browser: u128, key: &SoftKey) {
    sign_in(&rig.browser(browser), key).await;
    block_by_session(&rig.browser(browser), &here(rig, browser).await).await.unwrap();
}

async fn proves(rig: &Rig, purpose: Purpose, key: &SoftKey) -> Result<FlowId, NotProved> {
    let cx = rig.browser(9);
    let asking = ask_proof_key(&cx, purpose).await.unwrap();
    prove_by_key(&cx, purpose, asking.ceremony, &key.answer(&asking.options)).await
}

/// As far as the confirmation, keeping these.
async fn ready(rig: &Rig, flow: FlowId, keep: BTreeSet<FactorId>) {
    let cx = rig.browser(9);
    reopen_password(&cx, flow, typed(NEW)).await.unwrap();
    reopen_factors(&cx, flow, keep).await.unwrap();
    reopen_activity(&cx, flow).await.unwrap();
}

async fn facts(rig: &Rig, p: u32, kind: EventKind) -> String {
    let person = rig.person(p).await.id;
    let rows = rig.look().await.rows_about(person, &[kind.word()], 1).await.unwrap();
    rows.first().map(|row| row.facts.clone()).unwrap_or_default()
}

/// Nothing was begun and nothing changed.
async fn untouched(rig: &Rig) {
    let begun = rig.events(EventKind::ReopeningBegun).await + rig.events(EventKind::ResetBegun).await;
    assert_eq!(begun, 0);
}

async fn a_passkey_that_counts_alone_leads_to_a_new_password(rig: Rig) {
    let rig = knowing(rig);
    let mut key = strong(1);
    let id = enrol(&rig, 1, 0, &mut key).await;
    sign_in(&rig.cx(), &key).await;
    let flow = proves(&rig, Purpose::Reset, &key).await.unwrap();
    assert!(who(&rig.browser(9)).await.unwrap().is_none(), "it signs nobody in");
    assert!(who(&rig.cx()).await.unwrap().is_some(), "nothing has changed before the new password");
    reset_password(&rig.browser(9), flow, typed(NEW)).await.unwrap();
    assert!(who(&rig.cx()).await.unwrap().is_none(), "whoever knew the old one is out");
    let again = reset_password(&rig.browser(9), flow, typed(NEW)).await;
    assert!(matches!(again, Err(StepRefused::NoFlow(NoFlow::Gone))), "once: {again:?}");
    for (password, right) in [(PASSWORD, false), (NEW, true)] {
        let cx = rig.browser(2);
        let sign_in = begin_sign_in(&cx).await.unwrap();
        let shown = show_password(&cx, sign_in, "p0", typed(password)).await;
        assert_eq!(!matches!(shown, Err(PasswordWrong::Wrong { .. })), right);
    }
    for kind in [EventKind::ResetBegun, EventKind::PasswordSet] {
        let facts = facts(&rig, 0, kind).await;
        assert!(facts.contains(r#""by":"passkey""#) && facts.contains(&id.to_string()), "{kind:?}: {facts}");
    }
    assert_eq!(rig.events(EventKind::IdentityProved).await, 1, "on day one; a key proves nothing new");
    rig.clock.advance(hours(1));
    let letters = rig.letters().await;
    assert_eq!(sent_to(&letters, Template::PasswordSet).len(), 2, "work and private");
    assert_eq!(sent_to(&letters, Template::ResetLeft).len(), 0);
    proves(&rig, Purpose::Reset, &key).await.unwrap();
    rig.clock.advance(hours(1));
    assert_eq!(sent_to(&rig.letters().await, Template::ResetLeft).len(), 2, "begun and not finished");
}

async fn a_passkey_that_counts_alone_opens_a_blocked_login(rig: Rig) {
    let rig = knowing(rig);
    let mut key = strong(1);
    let id = enrol(&rig, 1, 0, &mut key).await;
    rig.clock.advance(hours(2));
    blocks(&rig, 1, &key).await;
    let flow = proves(&rig, Purpose::Reopening, &key).await.unwrap();
    let early = reopen(&rig.browser(9), flow).await;
    assert!(matches!(early, Err(NotOpened::NotYet(_))), "no step is skipped: {early:?}");
    ready(&rig, flow, BTreeSet::from([id])).await;
    assert!(!rig.standing(0).await.is_active());
    rig.letters().await;
    reopen(&rig.browser(9), flow).await.unwrap();
    assert!(rig.standing(0).await.is_active());
    assert_eq!(sent_to(&rig.letters().await, Template::Reopened).len(), 2);
    sign_in(&rig.browser(2), &key).await;
    assert_eq!(here(&rig, 2).await.session.kinds(), [FactorKind::PasskeyAlone]);
    for kind in [EventKind::ReopeningBegun, EventKind::Reopened] {
        let facts = facts(&rig, 0, kind).await;
        assert!(facts.contains(r#""by":"passkey""#) && facts.contains(&id.to_string()), "{kind:?}: {facts}");
    }
}

async fn a_weaker_key_is_sent_to_mitid(rig: Rig) {
    let rig = knowing(rig);
    let others = [
        SoftKey { attested: false, ..strong(2) },
        SoftKey { model: MODEL + 1, ..strong(3) },
        SoftKey { eligible: true, ..strong(4) },
    ];
    let mut weak = Vec::new();
    for (p, key) in (1..).zip(others) {
        let mut key = key;
        enrol(&rig, 10 + u128::from(p), p, &mut key).await;
        weak.push(key);
    }
    for key in &weak {
        for purpose in BOTH {
            let refused = proves(&rig, purpose, key).await;
            assert!(matches!(refused, Err(NotProved::NotEnough(NotEnough::Weak))), "{key:?}: {refused:?}");
        }
    }
    assert!(facts(&rig, 1, EventKind::ProofRefused).await.contains("weak-key"));
    // Who holds a login is told to nobody whose key is weak.
    block_by_password(&rig.browser(2), "p1", typed(PASSWORD)).await.unwrap();
    let refused = proves(&rig, Purpose::Reset, &weak[0]).await;
    assert!(matches!(refused, Err(NotProved::NotEnough(NotEnough::Weak))), "{refused:?}");
    let mut good = strong(1);
    enrol(&rig, 1, 0, &mut good).await;
    for purpose in BOTH {
        let unlocked_by_nobody = proves(&rig, purpose, &SoftKey { verifies: false, ..good.clone() }).await;
        assert!(matches!(unlocked_by_nobody, Err(NotProved::Refused)), "{unlocked_by_nobody:?}");
    }
    assert_eq!(rig.events(EventKind::ProofRefused).await, 9);
    untouched(&rig).await;
}

async fn somebody_elses_key_opens_her_own_login_and_no_other(rig: Rig) {
    let rig = knowing(rig);
    let (mut hers, mut others) = (strong(1), strong(2));
    enrol(&rig, 1, 0, &mut hers).await;
    enrol(&rig, 5, 1, &mut others).await;
    blocks(&rig, 1, &hers).await;
    let not_blocked = proves(&rig, Purpose::Reopening, &others).await;
    assert!(matches!(not_blocked, Err(NotProved::Held(CannotReopen::NotBlocked))), "{not_blocked:?}");
    for key in [SoftKey { person: hers.person, ..others.clone() }, strong(8)] {
        for purpose in BOTH {
            let refused = proves(&rig, purpose, &key).await;
            assert!(matches!(refused, Err(NotProved::Refused)), "{key:?}: {refused:?}");
        }
    }
    untouched(&rig).await;
    let flow = proves(&rig, Purpose::Reset, &others).await.unwrap();
    reset_password(&rig.browser(9), flow, typed(NEW)).await.unwrap();
    let hers = rig.person(0).await.id;
    let set = rig.look().await.rows_about(hers, &[EventKind::PasswordSet.word()], 9).await.unwrap();
    assert_eq!(set.len(), 1, "hers is the one of day one");
    assert!(!rig.standing(0).await.is_active(), "and stays blocked");
}

async fn an_answer_counts_once_for_what_it_was_asked_in_its_browser_and_its_time(rig: Rig) {
    let rig = knowing(rig);
    let mut key = strong(1);
    enrol(&rig, 1, 0, &mut key).await;
    let cx = rig.browser(9);
    let gone = |what: Result<FlowId, NotProved>| matches!(what, Err(NotProved::NoFlow(NoFlow::Gone)));

    let asking = ask_proof_key(&cx, Purpose::Reset).await.unwrap();
    let answer = key.answer(&asking.options);
    assert!(
        gone(prove_by_key(&rig.browser(8), Purpose::Reset, asking.ceremony, &answer).await),
        "another browser"
    );
    assert!(gone(prove_by_key(&cx, Purpose::Reopening, asking.ceremony, &answer).await), "for the other");
    assert!(show_key(&cx, asking.ceremony, &answer).await.is_err(), "to sign in");
    prove_by_key(&cx, Purpose::Reset, asking.ceremony, &answer).await.unwrap();
    assert!(gone(prove_by_key(&cx, Purpose::Reset, asking.ceremony, &answer).await), "twice");

    let fresh = ask_proof_key(&cx, Purpose::Reset).await.unwrap();
    let replayed = prove_by_key(&cx, Purpose::Reset, fresh.ceremony, &answer).await;
    assert!(matches!(replayed, Err(NotProved::Refused)), "an answer to another question: {replayed:?}");
    let flow: FlowId = cx.handle().unwrap();
    let to_sign_in = ask_key(&cx, Attempt::Begins(flow)).await.unwrap();
    let taken =
        prove_by_key(&cx, Purpose::Reset, to_sign_in.ceremony, &key.answer(&to_sign_in.options)).await;
    assert!(gone(taken), "one that was asked to sign in");
    for other in Purpose::ALL.into_iter().filter(|purpose| !BOTH.contains(purpose)) {
        assert!(matches!(ask_proof_key(&cx, other).await, Err(NoFlow::Gone)), "{other:?}");
    }
    let late = ask_proof_key(&cx, Purpose::Reset).await.unwrap();
    rig.clock.advance(SignedDuration::from_mins(5));
    let late = prove_by_key(&rig.browser(9), Purpose::Reset, late.ceremony, &key.answer(&late.options)).await;
    assert!(gone(late), "too late");
    assert_eq!(rig.events(EventKind::ResetBegun).await, 1);
}

async fn what_others_hold_and_what_is_closed_for_good_stays_closed(rig: Rig) {
    let rig = knowing(rig);
    let mut key = strong(1);
    enrol(&rig, 1, 0, &mut key).await;
    blocks(&rig, 1, &key).await;
    let blocked = proves(&rig, Purpose::Reset, &key).await;
    assert!(
        matches!(blocked, Err(NotProved::Held(CannotReopen::NotBlocked))),
        "opening comes first: {blocked:?}"
    );
    rig.clock.advance(hours(31 * DAY));
    for purpose in BOTH {
        let late = proves(&rig, purpose, &key).await;
        assert!(matches!(late, Err(NotProved::Held(CannotReopen::Revoked))), "{late:?}");
    }
    let name = UserName::try_from("p0").unwrap();
    hold_login(&rig.cx(), &hr::operator("ops1"), &name, Origin::Security).await.unwrap();
    for purpose in BOTH {
        let Err(NotProved::Held(CannotReopen::HeldByOthers(hold))) = proves(&rig, purpose, &key).await else {
            panic!("{purpose:?}")
        };
        assert_eq!(hold.origin, Origin::Security);
    }
    untouched(&rig).await;
}

/// Takes one away with another.
async fn remove(rig: &Rig, by: &SoftKey, id: FactorId) {
    let flow = step_up(rig, by).await;
    remove_factor(&rig.cx(), &here(rig, 1).await, flow, id).await.unwrap();
}

async fn step_up(rig: &Rig, by: &SoftKey) -> FlowId {
    let (cx, here) = (rig.cx(), here(rig, 1).await);
    let flow = begin_step_up(&cx, &here, StepUpFor::Factors).await.unwrap();
    let asking = ask_step_up_key(&cx, &here, flow).await.unwrap();
    show_step_up_key(&cx, &here, asking.ceremony, &by.answer(&asking.options)).await.unwrap();
    flow
}

/// Adds one from the account; it knows whose it is then.
async fn add(rig: &Rig, by: &SoftKey, new: &mut SoftKey) -> FactorId {
    let flow = step_up(rig, by).await;
    let (cx, here) = (rig.cx(), here(rig, 1).await);
    let asking = ask_another_passkey(&cx, &here, flow, PasskeyKind::Passkey).await.unwrap();
    let answer = new.answer(&asking.options);
    new.person = by.person;
    register_another_passkey(&cx, &here, asking.ceremony, "Nøglebundt".into(), &answer).await.unwrap()
}

async fn a_key_that_was_taken_away_opens_nothing(rig: Rig) {
    let rig = knowing(rig);
    let (mut old, mut new) = (strong(1), strong(2));
    let id = enrol(&rig, 1, 0, &mut old).await;
    sign_in(&rig.cx(), &old).await;
    add(&rig, &old, &mut new).await;
    remove(&rig, &new, id).await;
    for purpose in BOTH {
        let gone = proves(&rig, purpose, &old).await;
        assert!(matches!(gone, Err(NotProved::Refused)), "{gone:?}");
    }
    untouched(&rig).await;
}

async fn a_key_taken_away_meanwhile_ends_the_reset_it_began(rig: Rig) {
    let rig = knowing(rig);
    let (mut old, mut new) = (strong(1), strong(2));
    let id = enrol(&rig, 1, 0, &mut old).await;
    sign_in(&rig.cx(), &old).await;
    add(&rig, &old, &mut new).await;
    let before = rig.look().await.password_hash(rig.person(0).await.id).await.unwrap();
    let flow = proves(&rig, Purpose::Reset, &old).await.unwrap();
    remove(&rig, &new, id).await;
    let late = reset_password(&rig.browser(9), flow, typed(NEW)).await;
    assert!(matches!(late, Err(StepRefused::NoFlow(NoFlow::Gone))), "{late:?}");
    assert_eq!(rig.look().await.password_hash(rig.person(0).await.id).await.unwrap(), before);
}

async fn where_the_proof_is_over_or_void_only_mitid_does(rig: Rig) {
    let rig = knowing(rig);
    let mut keys = Vec::new();
    for p in 0..2 {
        let mut key = strong(1 + u128::from(p));
        enrol(&rig, 10 + u128::from(p), p, &mut key).await;
        keys.push(key);
    }
    let [void, renamed] = &keys[..] else { panic!("two") };
    let ids = [rig.person(0).await.id, rig.person(1).await.id];
    rig.clock.advance(hours(1));
    let mut tx = rig.change().await;
    tx.void_proofs(ids[0], rig.cx().now).await.unwrap();
    tx.note_renamed(ids[1], rig.cx().now).await.unwrap();
    tx.commit().await.unwrap();
    for key in [void, renamed] {
        let refused = proves(&rig, Purpose::Reset, key).await;
        assert!(matches!(refused, Err(NotProved::NotEnough(NotEnough::Unproved))), "{refused:?}");
    }
    rig.prove(1).await;
    rig.clock.advance(hours(370 * DAY));
    blocks(&rig, 3, renamed).await;
    for purpose in BOTH {
        let late = proves(&rig, purpose, renamed).await;
        assert!(matches!(late, Err(NotProved::NotEnough(NotEnough::Unproved))), "a year later: {late:?}");
    }
    untouched(&rig).await;
}

async fn a_proof_that_is_void_at_the_confirmation_opens_nothing(rig: Rig) {
    let rig = knowing(rig);
    let mut key = strong(1);
    let id = enrol(&rig, 1, 0, &mut key).await;
    rig.clock.advance(hours(2));
    blocks(&rig, 1, &key).await;
    let flow = proves(&rig, Purpose::Reopening, &key).await.unwrap();
    ready(&rig, flow, BTreeSet::from([id])).await;
    let mut tx = rig.change().await;
    tx.void_proofs(rig.person(0).await.id, rig.cx().now).await.unwrap();
    tx.commit().await.unwrap();
    let refused = reopen(&rig.browser(9), flow).await;
    assert!(matches!(refused, Err(NotOpened::Missing)), "{refused:?}");
    assert!(!rig.standing(0).await.is_active());
}

async fn a_key_added_lately_opens_nothing_and_a_block_stops_its_clock(rig: Rig) {
    let rig = knowing(rig);
    let (mut hers, mut thiefs) = (strong(1), strong(2));
    enrol(&rig, 1, 0, &mut hers).await;
    sign_in(&rig.cx(), &hers).await;
    add(&rig, &hers, &mut thiefs).await;
    rig.clock.advance(hours(10 * DAY - 1));
    let young = proves(&rig, Purpose::Reset, &thiefs).await;
    assert!(matches!(young, Err(NotProved::NotEnough(NotEnough::Young))), "{young:?}");
    // She answers the letter and blocks: whoever added it waits in vain.
    blocks(&rig, 1, &hers).await;
    rig.clock.advance(hours(DAY));
    let waited = proves(&rig, Purpose::Reopening, &thiefs).await;
    assert!(matches!(waited, Err(NotProved::NotEnough(NotEnough::Young))), "{waited:?}");
    untouched(&rig).await;
    proves(&rig, Purpose::Reopening, &hers).await.unwrap();
}

async fn a_copied_key_opens_nothing_and_blocks(rig: Rig) {
    let rig = knowing(rig);
    let mut key = SoftKey { counter: 5, ..strong(1) };
    enrol(&rig, 1, 0, &mut key).await;
    let copied = proves(&rig, Purpose::Reset, &SoftKey { counter: 4, ..key.clone() }).await;
    assert!(matches!(copied, Err(NotProved::Held(CannotReopen::NotBlocked))), "{copied:?}");
    assert!(rig.standing(0).await.held_by(Origin::Owner));
    let gone = proves(&rig, Purpose::Reopening, &SoftKey { counter: 6, ..key }).await;
    assert!(matches!(gone, Err(NotProved::Refused)), "it was taken away: {gone:?}");
    untouched(&rig).await;
}

async fn a_login_blocked_before_it_was_active_begins_anew_with_mitid(rig: Rig) {
    let rig = knowing(rig);
    let mut key = strong(1);
    begins(&rig, 1, 0, &mut key).await;
    for purpose in BOTH {
        let early = proves(&rig, purpose, &key).await;
        assert!(early.is_err(), "{purpose:?}: {early:?}");
    }
    block_by_password(&rig.browser(2), "p0", typed(PASSWORD)).await.unwrap();
    let refused = proves(&rig, Purpose::Reopening, &key).await;
    assert!(matches!(refused, Err(NotProved::NotEnough(NotEnough::Unproved))), "{refused:?}");
    untouched(&rig).await;
}

async fn a_thiefs_key_is_marked_for_removal_and_dead_after_the_reopening_and_older_ones_stay(rig: Rig) {
    let rig = knowing(rig);
    let (mut hers, mut older, mut thiefs) = (strong(1), strong(2), strong(3));
    let first = enrol(&rig, 1, 0, &mut hers).await;
    rig.clock.advance(hours(3));
    // The thief sits at her open session: half an hour before she notices and blocks.
    sign_in(&rig.cx(), &hers).await;
    let second = add(&rig, &hers, &mut older).await;
    rig.clock.advance(SignedDuration::from_mins(31));
    sign_in(&rig.cx(), &hers).await;
    let third = add(&rig, &hers, &mut thiefs).await;
    rig.clock.advance(SignedDuration::from_mins(30));
    blocks(&rig, 1, &hers).await;
    let flow = proves(&rig, Purpose::Reopening, &hers).await.unwrap();
    let seen = see_reopening(&rig.browser(9), flow).await.unwrap();
    let goes: BTreeMap<FactorId, bool> = seen.keys.iter().map(|(key, goes)| (key.id, *goes)).collect();
    assert_eq!(goes, BTreeMap::from([(first, false), (second, false), (third, true)]));
    // She leaves the page as it is.
    let keep: BTreeSet<FactorId> = goes.into_iter().filter(|(_, goes)| !goes).map(|(id, _)| id).collect();
    ready(&rig, flow, keep).await;
    let person = rig.person(0).await.id;
    assert_eq!(rig.look().await.passkeys_of(person).await.unwrap().len(), 3, "not before she confirms");
    reopen(&rig.browser(9), flow).await.unwrap();
    assert_eq!(rig.events(EventKind::FactorRemoved).await, 1);
    let removed = facts(&rig, 0, EventKind::FactorRemoved).await;
    assert!(removed.contains(&third.to_string()) && removed.contains("reopening"), "{removed}");
    let dead = try_in(&rig.browser(7), &thiefs).await;
    assert!(matches!(dead, Err(KeyWrong::Refused)), "{dead:?}");
    for purpose in BOTH {
        let dead = proves(&rig, purpose, &thiefs).await;
        assert!(matches!(dead, Err(NotProved::Refused)), "{purpose:?}: {dead:?}");
    }
    for (browser, key) in [(5, &hers), (6, &older)] {
        sign_in(&rig.browser(browser), key).await;
        assert!(who(&rig.browser(browser)).await.unwrap().is_some(), "{key:?} opens as before");
    }
}

async fn answers_of_keys_nobody_has_do_not_fill_the_trail(rig: Rig) {
    let rig = knowing(rig);
    let mut key = strong(1);
    enrol(&rig, 1, 0, &mut key).await;
    let made_up = strong(8);
    for n in 0..100 {
        let refused = proves(&rig, BOTH[n % 2], &made_up).await;
        assert!(matches!(refused, Err(NotProved::Refused)), "{n}: {refused:?}");
    }
    assert_eq!(rig.events(EventKind::ProofRefused).await, u64::from(SOURCE_A_MINUTE));
    // What is tried with a key of hers is written down each time, and the right answer still counts.
    let unverified = SoftKey { verifies: false, ..key.clone() };
    assert!(proves(&rig, Purpose::Reset, &unverified).await.is_err());
    assert_eq!(rig.events(EventKind::ProofRefused).await, u64::from(SOURCE_A_MINUTE) + 1);
    proves(&rig, Purpose::Reset, &key).await.unwrap();
}
