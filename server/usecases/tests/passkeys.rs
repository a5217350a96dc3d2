//! Passkeys and security keys: registering them, signing in and confirming with them, and what is done with them later.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot begin must fail"
)]

use domain::audit::EventKind;
use domain::ceremony::QUESTIONS_AT_ONCE;
use domain::factor::{
    Aaguid, Added, FactorKind, MeanKind, ModelRule, ModelStatus, Models, NotAdmitted, NotRemoved, Passkey,
    PasskeyKind, RiskNote, Unknown, Worth,
};
use domain::ids::{FactorId, FlowId};
use domain::notice::Template;
use domain::password::Password;
use domain::proofing::Purpose;
use domain::sign_in::Step;
use domain::standing::Origin;
use domain::step_up::{NotFresh, StepUpFor};
use domain::throttle::SOURCE_A_MINUTE;
use domain::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use testkit::{App, PASSWORD, Rig, SoftKey, sent_to};
use usecases::begin_sign_in::{begin_sign_in, see_sign_in};
use usecases::begin_step_up::begin_step_up;
use usecases::change_factors::{FactorsKept, prefer_factor, remove_factor, rename_factor};
use usecases::change_password::{Change, NotChanged, change_password, see_code_door};
use usecases::context::Cx;
use usecases::end_association::{Left, NotEnded, end_association};
use usecases::finish_enrolment::finish_enrolment;
use usecases::flows::NoFlow;
use usecases::overview::overview;
use usecases::ports::ceremonies::KeyRefused;
use usecases::prove_by_key::{NotProved, ask_proof_key, prove_by_key};
use usecases::register_another_app::{AnotherAppRefused, offer_another_app, register_another_app};
use usecases::register_passkey::{
    PasskeyRefused, ask_another_passkey, ask_passkey, register_another_passkey, register_passkey,
};
use usecases::see_factors::{FactorSeen, Ways, see_factors, see_ways};
use usecases::show_code::SignedIn;
use usecases::show_passkey::{KeyAccepted, KeyWrong, ask_key, show_key};
use usecases::show_password::{Attempt, PasswordAccepted, show_password};
use usecases::show_step_up::{NotShown, Showing};
use usecases::show_step_up_key::{ask_step_up_key, show_step_up_key};
use usecases::test_factor::{ask_test, test_code, test_key};
use usecases::who::who;

const MODEL: u128 = 7;

/// A house that knows one good model.
fn knowing(rig: Rig) -> Rig {
    let model = Aaguid::read(uuid::Uuid::from_u128(MODEL)).unwrap();
    rig.knowing(Models::default().knowing(BTreeMap::from([(model, ModelStatus::Good)])))
}

/// A key that counts alone there.
fn strong(number: u128) -> SoftKey {
    SoftKey { model: MODEL, attested: true, ..SoftKey::numbered(number) }
}

/// Registers a key in an enrolment; gives what came of it.
async fn registered(cx: &Cx, flow: FlowId, key: &SoftKey) -> Result<FactorId, PasskeyRefused> {
    let asking = ask_passkey(cx, flow, PasskeyKind::Passkey).await?;
    register_passkey(cx, asking.ceremony, "Min telefon".into(), &key.answer(&asking.options)).await
}

/// Day one of the p-th person in the n-th browser, with this key and no app; the key knows whose it is then.
async fn enrol(rig: &Rig, browser: u128, p: u32, key: &mut SoftKey) -> FactorId {
    let flow = rig.proved(browser, p).await;
    rig.choose(browser, flow).await;
    let id = registered(&rig.browser(browser), flow, key).await.unwrap();
    finish_enrolment(&rig.browser(browser), flow).await.unwrap();
    rig.letters().await;
    key.person = Some(rig.person(p).await.id);
    id
}

/// Answers to a new sign-in, as far as the key.
async fn try_in(cx: &Cx, key: &SoftKey) -> Result<KeyAccepted, KeyWrong> {
    let flow: FlowId = cx.handle().unwrap();
    let asking = ask_key(cx, Attempt::Begins(flow)).await?;
    show_key(cx, asking.ceremony, &key.answer(&asking.options)).await
}

async fn sign_in(cx: &Cx, key: &SoftKey) -> SignedIn {
    match try_in(cx, key).await.unwrap() {
        KeyAccepted::SignedIn(signed) => *signed,
        KeyAccepted::PasswordNext(_) => panic!("it did not count alone"),
    }
}

/// A step-up for her login methods, made with a key.
async fn step_up(rig: &Rig, browser: u128, key: &SoftKey) -> FlowId {
    step_up_for(rig, browser, key, StepUpFor::Factors).await
}

async fn step_up_for(rig: &Rig, browser: u128, key: &SoftKey, purpose: StepUpFor) -> FlowId {
    let cx = rig.browser(browser);
    let here = who(&cx).await.unwrap().unwrap();
    let flow = begin_step_up(&cx, &here, purpose).await.unwrap();
    let asking = ask_step_up_key(&cx, &here, flow).await.unwrap();
    let shown = show_step_up_key(&cx, &here, asking.ceremony, &key.answer(&asking.options)).await.unwrap();
    assert_eq!(shown, (flow, purpose));
    flow
}

/// Adds one more from the account.
async fn add(rig: &Rig, by: &SoftKey, new: &SoftKey) -> Result<FactorId, PasskeyRefused> {
    let flow = step_up(rig, 1, by).await;
    let (cx, here) = (rig.cx(), rig.here().await);
    let asking = ask_another_passkey(&cx, &here, flow, PasskeyKind::SecurityKey).await?;
    let answer = new.answer(&asking.options);
    register_another_passkey(&cx, &here, asking.ceremony, "Nøglebundt".into(), &answer).await
}

async fn remove(rig: &Rig, by: &SoftKey, id: FactorId) -> Result<(), FactorsKept> {
    let flow = step_up(rig, 1, by).await;
    remove_factor(&rig.cx(), &rig.here().await, flow, id).await
}

async fn seen(rig: &Rig) -> Vec<FactorSeen> {
    see_factors(&rig.cx(), &rig.here().await).await.unwrap()
}

async fn kinds(rig: &Rig, browser: u128) -> Vec<FactorKind> {
    who(&rig.browser(browser)).await.unwrap().unwrap().session.kinds()
}

testkit::on_both! {
    a_good_passkey_alone_signs_in_and_any_other_asks_for_the_password
    a_security_key_stands_beside_a_password
    an_answer_counts_once_in_its_browser_within_five_minutes
    an_answer_for_one_thing_is_none_for_another
    nobody_elses_key_stands_beside_a_password
    a_copied_key_blocks_the_login_and_is_taken_away
    a_denied_model_and_a_key_that_is_known_are_not_registered
    a_key_whose_model_is_denied_later_opens_nothing_and_is_no_way_in
    a_rule_for_a_model_narrows_and_widens_what_its_keys_count_for
    where_a_list_closes_only_attested_models_of_it_are_registered
    another_key_takes_a_step_up_made_for_it_with_a_factor
    one_more_app_takes_a_step_up_and_one_right_code
    passkeys_that_are_only_offered_begin_no_sign_in
    a_browser_keeps_a_handful_of_questions_open_and_the_newest_is_answered
    asked_anew_the_question_before_is_over
    answers_made_up_do_not_fill_the_trail_and_the_right_one_signs_in
    the_last_way_in_stays
    of_two_removals_at_once_one_way_in_stays
    a_method_added_by_recovery_removes_no_older_one_for_an_hour
    methods_are_named_chosen_tried_and_seen_with_where
    another_name_takes_a_step_up_of_its_own_and_is_told
    a_hold_between_question_and_answer_is_seen
    a_key_goes_on_where_codes_are_stopped
    a_key_changes_the_password_beside_the_current_one
    a_key_ends_a_relation
}

async fn a_good_passkey_alone_signs_in_and_any_other_asks_for_the_password(rig: Rig) {
    let rig = knowing(rig);
    let mut key = strong(1);
    enrol(&rig, 1, 0, &mut key).await;
    let signed = sign_in(&rig.browser(2), &key).await;
    assert_eq!((signed.next, signed.to_service), (Step::Go, false));
    assert_eq!(kinds(&rig, 2).await, [FactorKind::PasskeyAlone]);
    // The same key without a word of its maker: one factor.
    let mut synced = SoftKey { eligible: true, backed_up: true, ..SoftKey::numbered(2) };
    enrol(&rig, 3, 1, &mut synced).await;
    let cx = rig.browser(4);
    let KeyAccepted::PasswordNext(flow) = try_in(&cx, &synced).await.unwrap() else { panic!("alone") };
    let next = see_sign_in(&cx, flow).await.unwrap();
    assert_eq!((next.step, next.known_as.as_deref()), (Step::Password, Some("p1")));
    assert!(who(&cx).await.unwrap().is_none(), "nobody is signed in yet");
    let password = Password::typed(PASSWORD.to_owned());
    let accepted = show_password(&cx, flow, "p1", password).await.unwrap();
    let PasswordAccepted::SignedIn(signed) = accepted else { panic!("{accepted:?}") };
    assert_eq!(signed.next, Step::Go);
    assert_eq!(kinds(&rig, 4).await, [FactorKind::Passkey, FactorKind::Password]);
    // Another person's password after her key: a code of that person is what comes next.
    let KeyAccepted::PasswordNext(flow) = try_in(&cx, &synced).await.unwrap() else { panic!("alone") };
    let password = Password::typed(PASSWORD.to_owned());
    let next = show_password(&cx, flow, "p0", password).await.unwrap();
    assert!(matches!(next, PasswordAccepted::SecondNext { .. }), "{next:?}");
    assert_eq!(see_sign_in(&cx, flow).await.unwrap().step, Step::Code);
}

async fn a_security_key_stands_beside_a_password(rig: Rig) {
    let app = rig.enrol(1, 0).await;
    rig.sign_in(1, 0, &app).await;
    let id = rig.person(0).await.id;
    let u2f = SoftKey { verifies: false, counter: 1, ..SoftKey::numbered(3) };
    let flow = rig.step_up(&app, StepUpFor::Factors).await;
    let (cx, here) = (rig.cx(), rig.here().await);
    let asking = ask_another_passkey(&cx, &here, flow, PasskeyKind::SecurityKey).await.unwrap();
    let answer = u2f.answer(&asking.options);
    register_another_passkey(&cx, &here, asking.ceremony, "YubiKey".into(), &answer).await.unwrap();
    let cx = rig.browser(2);
    assert!(matches!(try_in(&cx, &u2f).await, Err(KeyWrong::Refused)), "alone it would be one factor");
    let flow = rig.password_shown(2, 0).await;
    let ways = see_ways(&cx, flow).await.unwrap();
    assert_eq!(
        ways,
        Ways { code: true, app: true, device: false, key: true, key_first: false, recovery: 10 }
    );
    let asking = ask_key(&cx, flow).await.unwrap();
    let used = SoftKey { counter: 2, ..u2f };
    let shown = show_key(&cx, asking.ceremony, &used.answer(&asking.options)).await.unwrap();
    assert!(matches!(shown, KeyAccepted::SignedIn(_)));
    assert_eq!(kinds(&rig, 2).await, [FactorKind::Password, FactorKind::Passkey]);
    let kept = rig.look().await.passkeys_of(id).await.unwrap();
    assert_eq!((kept[0].counter, kept[0].used_at), (2, Some(cx.now)));
}

async fn an_answer_counts_once_in_its_browser_within_five_minutes(rig: Rig) {
    let rig = knowing(rig);
    let mut key = strong(1);
    enrol(&rig, 1, 0, &mut key).await;
    let begun = |cx: Cx| async move { ask_key(&cx, Attempt::Begins(cx.handle().unwrap())).await.unwrap() };
    let asking = begun(rig.browser(2)).await;
    let answer = key.answer(&asking.options);
    let elsewhere = show_key(&rig.browser(3), asking.ceremony, &answer).await;
    assert!(matches!(elsewhere, Err(KeyWrong::NoFlow(NoFlow::Gone))), "{elsewhere:?}");
    // Two instances, one answer: one of them takes it.
    let twin = rig.twin().await;
    let (one, other) = (rig.browser(2), Cx { house: twin.house.clone(), ..rig.browser(2) });
    let (one, two) =
        tokio::join!(show_key(&one, asking.ceremony, &answer), show_key(&other, asking.ceremony, &answer));
    assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
    // A wrong answer spends it too.
    let asking = begun(rig.browser(2)).await;
    let (cx, refused) = (rig.browser(2), rig.events(EventKind::SignInRefused).await);
    assert!(matches!(show_key(&cx, asking.ceremony, "nonsense").await, Err(KeyWrong::Refused)));
    let again = show_key(&cx, asking.ceremony, &key.answer(&asking.options)).await;
    assert!(matches!(again, Err(KeyWrong::NoFlow(NoFlow::Gone))), "{again:?}");
    assert_eq!(rig.events(EventKind::SignInRefused).await, refused + 1);
    let other = begun(rig.browser(2)).await;
    let asking = begun(rig.browser(2)).await;
    let stale = show_key(&cx, asking.ceremony, &key.answer(&other.options)).await;
    assert!(matches!(stale, Err(KeyWrong::Refused)), "another question's answer: {stale:?}");
    rig.clock.advance(SignedDuration::from_mins(5));
    let late = show_key(&rig.browser(2), other.ceremony, &key.answer(&other.options)).await;
    assert!(matches!(late, Err(KeyWrong::NoFlow(NoFlow::Gone))), "{late:?}");
}

async fn an_answer_for_one_thing_is_none_for_another(rig: Rig) {
    let rig = knowing(rig);
    let mut key = strong(1);
    let id = enrol(&rig, 1, 0, &mut key).await;
    sign_in(&rig.cx(), &key).await;
    let (cx, here) = (rig.cx(), rig.here().await);
    let test = || async { ask_test(&cx, &here, Some(id)).await.unwrap() };
    let asking = test().await;
    let signed = show_key(&cx, asking.ceremony, &key.answer(&asking.options)).await;
    assert!(matches!(signed, Err(KeyWrong::NoFlow(NoFlow::Gone))), "{signed:?}");
    let made = show_step_up_key(&cx, &here, asking.ceremony, &key.answer(&asking.options)).await;
    assert!(matches!(made, Err(NotShown::NoFlow(NoFlow::Gone))), "{made:?}");
    let tested = test_key(&cx, &here, asking.ceremony, &key.answer(&asking.options)).await.unwrap();
    assert_eq!((tested.factor, tested.worth), (id, Worth::Alone), "no other use spent it");
    // A step-up made with a key for one thing is none for another.
    let flow = begin_step_up(&cx, &here, StepUpFor::OwnData).await.unwrap();
    let asking = ask_step_up_key(&cx, &here, flow).await.unwrap();
    show_step_up_key(&cx, &here, asking.ceremony, &key.answer(&asking.options)).await.unwrap();
    let refused = remove_factor(&cx, &here, flow, id).await;
    assert!(matches!(refused, Err(FactorsKept::NotFresh(NotFresh::OtherPurpose))), "{refused:?}");
    let refused = ask_another_passkey(&cx, &here, flow, PasskeyKind::Passkey).await;
    assert!(matches!(refused, Err(PasskeyRefused::NotFresh(NotFresh::OtherPurpose))), "{refused:?}");
}

async fn nobody_elses_key_stands_beside_a_password(rig: Rig) {
    let rig = knowing(rig);
    let (mut hers, mut others) = (strong(1), strong(2));
    enrol(&rig, 1, 0, &mut hers).await;
    enrol(&rig, 2, 1, &mut others).await;
    let cx = rig.browser(3);
    let flow = rig.password_shown(3, 0).await;
    let asking = ask_key(&cx, flow).await.unwrap();
    let wrong = show_key(&cx, asking.ceremony, &others.answer(&asking.options)).await;
    assert!(matches!(wrong, Err(KeyWrong::Refused)), "{wrong:?}");
    // One question asked of anybody, answered once a password was shown: still of nobody else.
    let begun = begin_sign_in(&cx).await.unwrap();
    let asking = ask_key(&cx, begun).await.unwrap();
    rig.show_password(&cx, begun, 0).await;
    let wrong = show_key(&cx, asking.ceremony, &others.answer(&asking.options)).await;
    assert!(matches!(wrong, Err(KeyWrong::NotNow)), "{wrong:?}");
    assert!(who(&cx).await.unwrap().is_none());
    // A key that says it is another person's.
    let liar = SoftKey { person: others.person, ..hers };
    assert!(matches!(try_in(&cx, &liar).await, Err(KeyWrong::Refused)));
    assert!(matches!(try_in(&cx, &strong(9)).await, Err(KeyWrong::Refused)), "nobody's");
}

async fn a_copied_key_blocks_the_login_and_is_taken_away(rig: Rig) {
    let rig = knowing(rig);
    let mut key = SoftKey { counter: 5, ..strong(1) };
    enrol(&rig, 1, 0, &mut key).await;
    key.counter = 6;
    sign_in(&rig.cx(), &key).await;
    let copy = SoftKey { counter: 6, ..key.clone() };
    let refused = try_in(&rig.browser(2), &copy).await;
    let Err(KeyWrong::Held(hold)) = refused else { panic!("{refused:?}") };
    assert_eq!((hold.origin, hold.reason.as_str()), (Origin::Owner, "key-copied"));
    assert!(who(&rig.cx()).await.unwrap().is_none(), "her session is over too");
    assert!(!rig.standing(0).await.is_active());
    let person = rig.person(0).await.id;
    assert!(rig.look().await.passkeys_of(person).await.unwrap().is_empty());
    assert_eq!(rig.events(EventKind::KeyMistrusted).await, 1);
    assert_eq!(sent_to(&rig.letters().await, Template::KeyCopied).len(), 2, "work and private");
    key.counter = 50;
    assert!(matches!(try_in(&rig.browser(2), &key).await, Err(KeyWrong::Refused)), "nor the right one");
}

async fn a_denied_model_and_a_key_that_is_known_are_not_registered(rig: Rig) {
    let denied = Aaguid::read(uuid::Uuid::from_u128(MODEL)).unwrap();
    let rig = rig.knowing(Models::new(BTreeMap::from([(denied, ModelRule::Deny)]), false));
    let flow = rig.proved(1, 0).await;
    rig.choose(1, flow).await;
    let cx = rig.cx();
    let refused = registered(&cx, flow, &strong(1)).await;
    assert!(matches!(refused, Err(PasskeyRefused::NotAdmitted(NotAdmitted::Denied))), "{refused:?}");
    let unverified = SoftKey { verifies: false, ..SoftKey::numbered(1) };
    let refused = registered(&cx, flow, &unverified).await;
    assert!(matches!(refused, Err(PasskeyRefused::NotAdmitted(NotAdmitted::NotVerified))), "{refused:?}");
    let key = SoftKey::numbered(1);
    let asking = ask_passkey(&cx, flow, PasskeyKind::Passkey).await.unwrap();
    let unnamed = register_passkey(&cx, asking.ceremony, " ".into(), &key.answer(&asking.options)).await;
    assert!(matches!(unnamed, Err(PasskeyRefused::Name)), "{unnamed:?}");
    register_passkey(&cx, asking.ceremony, "Telefon".into(), &key.answer(&asking.options)).await.unwrap();
    let again = registered(&cx, flow, &key).await;
    assert!(matches!(again, Err(PasskeyRefused::Known)), "{again:?}");
    let other = rig.proved(2, 1).await;
    let again = registered(&rig.browser(2), other, &key).await;
    assert!(matches!(again, Err(PasskeyRefused::Known)), "somebody else's: {again:?}");
    let asking = ask_passkey(&cx, flow, PasskeyKind::Passkey).await.unwrap();
    let wrong = register_passkey(&cx, asking.ceremony, "Ny".into(), "nonsense").await;
    assert!(matches!(wrong, Err(PasskeyRefused::Answer(KeyRefused::Malformed))), "{wrong:?}");
    assert_eq!(rig.events(EventKind::FactorRefused).await, 5);
    rig.clock.advance(SignedDuration::from_mins(61));
    let late = ask_passkey(&rig.cx(), flow, PasskeyKind::Passkey).await;
    assert!(late.is_err(), "the proof ran out: {late:?}");
}

/// A house that decided this of the model, which the metadata calls good.
fn ruling(rig: Rig, rule: ModelRule, only_listed: bool) -> Rig {
    let model = Aaguid::read(uuid::Uuid::from_u128(MODEL)).unwrap();
    let models = Models::new(BTreeMap::from([(model, rule)]), only_listed);
    rig.knowing(models.knowing(BTreeMap::from([(model, ModelStatus::Good)])))
}

async fn a_key_whose_model_is_denied_later_opens_nothing_and_is_no_way_in(rig: Rig) {
    let app = rig.enrol(1, 0).await;
    rig.sign_in(1, 0, &app).await;
    let flow = rig.step_up(&app, StepUpFor::Factors).await;
    let (cx, here) = (rig.cx(), rig.here().await);
    let asking = ask_another_passkey(&cx, &here, flow, PasskeyKind::Passkey).await.unwrap();
    let key = SoftKey { person: Some(here.person.id), ..strong(1) };
    let answer = key.answer(&asking.options);
    let id = register_another_passkey(&cx, &here, asking.ceremony, "Telefon".into(), &answer).await.unwrap();
    prefer_factor(&cx, &here, id).await.unwrap();
    let question = ask_key(&rig.browser(4), Attempt::Begins(rig.browser(4).handle().unwrap())).await.unwrap();
    let rig = ruling(rig, ModelRule::Deny, false);
    let late = show_key(&rig.browser(4), question.ceremony, &key.answer(&question.options)).await;
    assert!(matches!(late, Err(KeyWrong::Refused)), "question before: {late:?}");
    assert!(matches!(try_in(&rig.browser(3), &key).await, Err(KeyWrong::Refused)), "anybody's key");
    let flow = rig.password_shown(2, 0).await;
    let only_code = Ways { code: true, app: true, device: false, key: false, key_first: false, recovery: 10 };
    assert_eq!(see_ways(&rig.browser(2), flow).await.unwrap(), only_code, "though she chose it");
    assert!(matches!(ask_key(&rig.browser(2), flow).await, Err(KeyWrong::NoKey)));
    let (cx, here) = (rig.cx(), rig.here().await);
    let question = begin_step_up(&cx, &here, StepUpFor::Factors).await.unwrap();
    assert!(matches!(ask_step_up_key(&cx, &here, question).await, Err(NotShown::Key)));
    assert!(matches!(ask_test(&cx, &here, Some(id)).await, Err(NotShown::Key)));
    assert!(matches!(prefer_factor(&cx, &here, id).await, Err(FactorsKept::Unknown(Unknown))));
    let all = seen(&rig).await;
    let [first, second] = &all[..] else { panic!("{all:?}") };
    let seen_by_her = overview(&cx, &here).await.unwrap();
    assert_eq!(
        (seen_by_her.methods.len(), seen_by_her.counting),
        (2, [first.id].into()),
        "the overview knows it too"
    );
    assert_eq!((first.worth, first.last), (Some(Worth::Beside), true));
    assert_eq!((second.id, second.worth, second.last), (id, None, false));
    let flow = rig.step_up(&app, StepUpFor::Factors).await;
    let last = remove_factor(&rig.cx(), &rig.here().await, flow, first.id).await;
    assert!(matches!(last, Err(FactorsKept::NotRemoved(NotRemoved::LastWayIn))), "{last:?}");
    let flow = rig.step_up(&app, StepUpFor::Factors).await;
    remove_factor(&rig.cx(), &rig.here().await, flow, id).await.unwrap();
    assert_eq!(seen(&rig).await.iter().map(|it| it.id).collect::<Vec<_>>(), [first.id]);
}

async fn a_rule_for_a_model_narrows_and_widens_what_its_keys_count_for(rig: Rig) {
    let rig = ruling(rig, ModelRule::Beside, false);
    let mut key = strong(1);
    enrol(&rig, 1, 0, &mut key).await;
    let beside = try_in(&rig.browser(2), &key).await;
    assert!(matches!(beside, Ok(KeyAccepted::PasswordNext(_))), "attested and good, but: {beside:?}");
    let rig = ruling(rig, ModelRule::Allow, false);
    sign_in(&rig.browser(2), &key).await;
    assert_eq!(kinds(&rig, 2).await, [FactorKind::PasskeyAlone]);
    let mut synced = SoftKey { model: MODEL, eligible: true, backed_up: true, ..SoftKey::numbered(2) };
    enrol(&rig, 3, 1, &mut synced).await;
    let copied = try_in(&rig.browser(4), &synced).await;
    assert!(matches!(copied, Ok(KeyAccepted::PasswordNext(_))), "{copied:?}");
    let rig = ruling(rig, ModelRule::Alone(RiskNote::try_from("R-12".to_owned()).unwrap()), false);
    sign_in(&rig.browser(4), &synced).await;
    assert_eq!(kinds(&rig, 4).await, [FactorKind::PasskeyAlone]);
    let unverified = SoftKey { verifies: false, ..synced };
    assert!(
        matches!(try_in(&rig.browser(5), &unverified).await, Err(KeyWrong::Refused)),
        "nothing waives that"
    );
}

async fn where_a_list_closes_only_attested_models_of_it_are_registered(rig: Rig) {
    let rig = ruling(rig, ModelRule::Allow, true);
    let flow = rig.proved(1, 0).await;
    rig.choose(1, flow).await;
    let others = [
        SoftKey::numbered(1),
        SoftKey { attested: false, ..strong(2) },
        SoftKey { model: MODEL + 1, ..strong(3) },
    ];
    for other in others {
        let refused = registered(&rig.cx(), flow, &other).await;
        assert!(matches!(refused, Err(PasskeyRefused::NotAdmitted(NotAdmitted::NotListed))), "{refused:?}");
    }
    registered(&rig.cx(), flow, &strong(4)).await.unwrap();
    assert_eq!(rig.events(EventKind::FactorRefused).await, 3);
}

async fn another_key_takes_a_step_up_made_for_it_with_a_factor(rig: Rig) {
    let rig = knowing(rig);
    let mut key = strong(1);
    enrol(&rig, 1, 0, &mut key).await;
    sign_in(&rig.cx(), &key).await;
    let (cx, here) = (rig.cx(), rig.here().await);
    // A thief at the open session who knows the password, and nothing else.
    let flow = begin_step_up(&cx, &here, StepUpFor::Factors).await.unwrap();
    let asked = ask_another_passkey(&cx, &here, flow, PasskeyKind::Passkey).await;
    assert!(matches!(asked, Err(PasskeyRefused::NotFresh(NotFresh::NotShown))), "{asked:?}");
    let asking = ask_step_up_key(&cx, &here, flow).await.unwrap();
    let thiefs = SoftKey { person: key.person, ..strong(66) };
    let shown = show_step_up_key(&cx, &here, asking.ceremony, &thiefs.answer(&asking.options)).await;
    assert!(matches!(shown, Err(NotShown::Key)), "{shown:?}");
    let second = add(&rig, &key, &strong(2)).await.unwrap();
    assert_eq!(sent_to(&rig.letters().await, Template::FactorAdded).len(), 2, "work and private");
    let kept = rig.look().await.passkeys_of(here.person.id).await.unwrap();
    let kept = kept.iter().find(|it| it.id == second).unwrap();
    assert_eq!((kept.added, kept.name.as_str()), (Added::StepUp, "Nøglebundt"));
    // The step-up went with it: asked before, answered after, it opens nothing more.
    let flow = step_up(&rig, 1, &key).await;
    let one = ask_another_passkey(&cx, &here, flow, PasskeyKind::SecurityKey).await.unwrap();
    let two = ask_another_passkey(&cx, &here, flow, PasskeyKind::Passkey).await.unwrap();
    let third = strong(3).answer(&one.options);
    register_another_passkey(&cx, &here, one.ceremony, "Tre".into(), &third).await.unwrap();
    let fourth = strong(4).answer(&two.options);
    let spent = register_another_passkey(&cx, &here, two.ceremony, "Fire".into(), &fourth).await;
    assert!(matches!(spent, Err(PasskeyRefused::NoFlow(NoFlow::Gone))), "{spent:?}");
}

async fn the_last_way_in_stays(rig: Rig) {
    let rig = knowing(rig);
    let mut key = strong(1);
    let first = enrol(&rig, 1, 0, &mut key).await;
    sign_in(&rig.cx(), &key).await;
    let last = remove(&rig, &key, first).await;
    assert!(matches!(last, Err(FactorsKept::NotRemoved(NotRemoved::LastWayIn))), "{last:?}");
    let mut second = strong(2);
    let id = add(&rig, &key, &second).await.unwrap();
    second.person = key.person;
    let nobodys = remove(&rig, &key, uuid::Uuid::from_u128(5).into()).await;
    assert!(matches!(nobodys, Err(FactorsKept::NotRemoved(NotRemoved::Unknown))), "{nobodys:?}");
    rig.letters().await;
    remove(&rig, &second, first).await.unwrap();
    assert_eq!(sent_to(&rig.letters().await, Template::FactorRemoved).len(), 2, "to both addresses");
    assert_eq!(seen(&rig).await.iter().map(|it| (it.id, it.last)).collect::<Vec<_>>(), [(id, true)]);
    assert!(matches!(try_in(&rig.browser(2), &key).await, Err(KeyWrong::Refused)), "it opens nothing more");
    assert_eq!(rig.events(EventKind::FactorRefused).await, 2);
}

async fn of_two_removals_at_once_one_way_in_stays(rig: Rig) {
    let rig = knowing(rig);
    let mut key = strong(1);
    let first = enrol(&rig, 1, 0, &mut key).await;
    sign_in(&rig.cx(), &key).await;
    let second = add(&rig, &key, &strong(2)).await.unwrap();
    let (one, two) = (step_up(&rig, 1, &key).await, step_up(&rig, 1, &key).await);
    let (cx, here) = (rig.cx(), rig.here().await);
    let (one, two) =
        tokio::join!(remove_factor(&cx, &here, one, first), remove_factor(&cx, &here, two, second));
    assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
    assert_eq!(seen(&rig).await.len(), 1);
}

async fn a_method_added_by_recovery_removes_no_older_one_for_an_hour(rig: Rig) {
    let rig = knowing(rig);
    let mut old = strong(1);
    let first = enrol(&rig, 1, 0, &mut old).await;
    sign_in(&rig.cx(), &old).await;
    rig.clock.advance(SignedDuration::from_mins(1));
    let mut young = strong(2);
    let second = add(&rig, &old, &young).await.unwrap();
    young.person = old.person;
    // As a reset with MitID will add one.
    let person = rig.person(0).await.id;
    let mut tx = rig.change().await;
    let key = tx.passkeys_of(person).await.unwrap().into_iter().find(|key| key.id == second).unwrap();
    tx.remove_passkey(person, second).await.unwrap();
    tx.add_passkey(&Passkey { added: Added::Recovery, ..key }).await.unwrap();
    tx.commit().await.unwrap();
    let refused = remove(&rig, &young, first).await;
    assert!(matches!(refused, Err(FactorsKept::NotRemoved(NotRemoved::CoolOff(_)))), "{refused:?}");
    rig.clock.advance(SignedDuration::from_mins(59));
    sign_in(&rig.cx(), &old).await;
    assert!(remove(&rig, &young, first).await.is_err(), "a minute early");
    rig.clock.advance(SignedDuration::from_mins(1));
    remove(&rig, &young, first).await.unwrap();
}

async fn methods_are_named_chosen_tried_and_seen_with_where(rig: Rig) {
    let rig = knowing(rig);
    let app: App = rig.enrol(1, 0).await;
    rig.sign_in(1, 0, &app).await;
    let flow = rig.step_up(&app, StepUpFor::Factors).await;
    let (cx, here) = (rig.cx(), rig.here().await);
    let asking = ask_another_passkey(&cx, &here, flow, PasskeyKind::Passkey).await.unwrap();
    let key = SoftKey { eligible: true, ..SoftKey::numbered(1) };
    let answer = key.answer(&asking.options);
    let id = register_another_passkey(&cx, &here, asking.ceremony, "Telefon".into(), &answer).await.unwrap();
    let flow = rig.step_up(&app, StepUpFor::Factors).await;
    let cx = rig.cx();
    rename_factor(&cx, &here, flow, id, "  Min   nye telefon ".into()).await.unwrap();
    let nobodys = uuid::Uuid::from_u128(5).into();
    assert!(matches!(prefer_factor(&cx, &here, nobodys).await, Err(FactorsKept::Unknown(_))));
    prefer_factor(&cx, &here, id).await.unwrap();
    let all = seen(&rig).await;
    let [first, second] = &all[..] else { panic!("{all:?}") };
    assert_eq!(
        (first.name.as_str(), first.primary, first.last, first.worth),
        ("Phone", false, false, Some(Worth::Beside))
    );
    assert_eq!((first.address.as_str(), first.browser.as_str()), ("192.0.2.1", "Firefox, Linux"));
    assert_eq!((second.name.as_str(), second.primary, second.synced), ("Min nye telefon", true, true));
    assert_eq!((second.used_at, second.address.as_str()), (None::<Timestamp>, ""), "never used");
    let asking = ask_test(&cx, &here, Some(id)).await.unwrap();
    let tested = test_key(&cx, &here, asking.ceremony, &key.answer(&asking.options)).await.unwrap();
    assert_eq!((tested.factor, tested.worth), (id, Worth::Beside));
    let wrong = test_code(&cx, &here, &app.wrong_code(cx.now)).await;
    assert!(matches!(wrong, Err(NotShown::Wrong { left: 9 })), "a guess like any other: {wrong:?}");
    rig.clock.advance(SignedDuration::from_secs(30));
    let cx = rig.cx();
    assert_eq!(test_code(&cx, &here, &app.code(cx.now)).await.unwrap().factor, first.id);
    assert_eq!(seen(&rig).await[1].address, "192.0.2.1");
    let flow = rig.password_shown(2, 0).await;
    let ways = see_ways(&rig.browser(2), flow).await.unwrap();
    assert_eq!(
        ways,
        Ways { code: true, app: true, device: false, key: true, key_first: true, recovery: 10 },
        "she chose it"
    );
    let before = begin_sign_in(&rig.browser(2)).await.unwrap();
    assert_eq!(
        see_ways(&rig.browser(2), before).await.unwrap(),
        Ways::default(),
        "nothing before the password"
    );
}

async fn another_name_takes_a_step_up_of_its_own_and_is_told(rig: Rig) {
    let app: App = rig.enrol(1, 0).await;
    rig.sign_in(1, 0, &app).await;
    rig.letters().await;
    let id = seen(&rig).await[0].id;
    let renames = async |flow, id, name: &str| {
        let (cx, here) = (rig.cx(), rig.here().await);
        rename_factor(&cx, &here, flow, id, name.to_owned()).await
    };
    let (cx, here) = (rig.cx(), rig.here().await);
    let asked = begin_step_up(&cx, &here, StepUpFor::Factors).await.unwrap();
    let unmade = renames(asked, id, "Thief's").await;
    assert!(matches!(unmade, Err(FactorsKept::NotFresh(NotFresh::NotShown))), "{unmade:?}");
    let other = rig.step_up(&app, StepUpFor::OwnData).await;
    let other = renames(other, id, "Thief's").await;
    assert!(matches!(other, Err(FactorsKept::NotFresh(NotFresh::OtherPurpose))), "{other:?}");
    let flow = rig.step_up(&app, StepUpFor::Factors).await;
    let unfit = renames(flow, id, " ").await;
    assert!(matches!(unfit, Err(FactorsKept::Name)), "{unfit:?}");
    let nobodys = renames(flow, uuid::Uuid::from_u128(5).into(), "x").await;
    assert!(matches!(nobodys, Err(FactorsKept::Unknown(_))), "{nobodys:?}");
    renames(flow, id, "Tablet").await.unwrap();
    let twice = renames(flow, id, "Thief's").await;
    assert!(matches!(twice, Err(FactorsKept::NoFlow(NoFlow::Gone))), "spent: {twice:?}");
    assert_eq!(seen(&rig).await[0].name, "Tablet");
    assert_eq!(rig.events(EventKind::FactorRenamed).await, 1);
    let letters = rig.letters().await;
    assert_eq!(sent_to(&letters, Template::FactorRenamed).len(), 2, "work and private");
    assert!(letters.iter().all(|letter| letter.text.contains("Tablet")), "{letters:?}");
}

async fn a_hold_between_question_and_answer_is_seen(rig: Rig) {
    let rig = knowing(rig);
    let mut key = strong(1);
    enrol(&rig, 1, 0, &mut key).await;
    sign_in(&rig.cx(), &key).await;
    let cx = rig.browser(2);
    let asking = ask_key(&cx, Attempt::Begins(cx.handle().unwrap())).await.unwrap();
    let here = rig.here().await;
    let step_up = begin_step_up(&rig.cx(), &here, StepUpFor::Factors).await.unwrap();
    let confirm = ask_step_up_key(&rig.cx(), &here, step_up).await.unwrap();
    usecases::block_by_session::block_by_session(&rig.cx(), &here).await.unwrap();
    let held = show_key(&cx, asking.ceremony, &key.answer(&asking.options)).await;
    assert!(matches!(held, Err(KeyWrong::Held(_))), "{held:?}");
    assert!(who(&cx).await.unwrap().is_none());
    let made = show_step_up_key(&rig.cx(), &here, confirm.ceremony, &key.answer(&confirm.options)).await;
    assert!(made.is_err(), "{made:?}");
}

async fn a_key_goes_on_where_codes_are_stopped(rig: Rig) {
    let app = rig.enrol(1, 0).await;
    rig.sign_in(1, 0, &app).await;
    let flow = rig.step_up(&app, StepUpFor::Factors).await;
    let (cx, here) = (rig.cx(), rig.here().await);
    let asking = ask_another_passkey(&cx, &here, flow, PasskeyKind::Passkey).await.unwrap();
    let key = SoftKey::numbered(1);
    let answer = key.answer(&asking.options);
    register_another_passkey(&cx, &here, asking.ceremony, "Telefon".into(), &answer).await.unwrap();
    for _ in 0..10 {
        assert!(test_code(&cx, &here, &app.wrong_code(cx.now)).await.is_err());
    }
    assert!(matches!(test_code(&cx, &here, &app.code(cx.now)).await, Err(NotShown::CodesClosed(_))));
    let cx = rig.browser(2);
    let flow = rig.password_shown(2, 0).await;
    let asking = ask_key(&cx, flow).await.unwrap();
    let shown = show_key(&cx, asking.ceremony, &key.answer(&asking.options)).await.unwrap();
    assert!(matches!(shown, KeyAccepted::SignedIn(_)));
}

async fn one_more_app_takes_a_step_up_and_one_right_code(rig: Rig) {
    let rig = knowing(rig);
    let mut key = strong(1);
    enrol(&rig, 1, 0, &mut key).await;
    sign_in(&rig.cx(), &key).await;
    let (cx, here) = (rig.cx(), rig.here().await);
    let asked = begin_step_up(&cx, &here, StepUpFor::Factors).await.unwrap();
    let early = offer_another_app(&cx, &here, asked).await;
    assert!(matches!(early, Err(AnotherAppRefused::NotFresh(NotFresh::NotShown))));
    let flow = step_up(&rig, 1, &key).await;
    let offer = offer_another_app(&cx, &here, flow).await.unwrap();
    let again = offer_another_app(&cx, &here, flow).await.unwrap();
    assert_eq!(*offer.secret, *again.secret, "a reload breaks nothing");
    let app = App::with_seed(&offer.secret);
    let (right, wrong) = (app.code(cx.now), app.wrong_code(cx.now));
    let refused = register_another_app(&cx, &here, flow, "App".into(), &wrong).await;
    assert!(matches!(refused, Err(AnotherAppRefused::Code)));
    let id = register_another_app(&cx, &here, flow, "App".into(), &right).await.unwrap();
    let kept: Vec<_> = seen(&rig).await.into_iter().map(|it| (it.id, it.kind)).collect();
    assert_eq!((kept.len(), kept.contains(&(id, MeanKind::App))), (2, true));
    let twice = register_another_app(&cx, &here, flow, "App".into(), &right).await;
    assert!(matches!(twice, Err(AnotherAppRefused::NoFlow(NoFlow::Gone))), "the step-up is spent");
    let mut look = rig.look().await;
    let apps = look.apps_of(rig.person(0).await.id).await.unwrap();
    assert_eq!((apps.len(), apps[0].0.added), (1, Added::StepUp));
}

async fn passkeys_that_are_only_offered_begin_no_sign_in(rig: Rig) {
    let cx = rig.cx();
    let before = rig.events(EventKind::SignInBegun).await;
    for _ in 0..3 {
        ask_key(&cx, Attempt::Begins(cx.handle().unwrap())).await.unwrap();
    }
    assert_eq!(rig.events(EventKind::SignInBegun).await, before);
    let rig = knowing(rig);
    let mut key = strong(1);
    enrol(&rig, 1, 0, &mut key).await;
    let before = rig.events(EventKind::SignInBegun).await;
    sign_in(&rig.browser(2), &key).await;
    assert_eq!(rig.events(EventKind::SignInBegun).await, before + 1, "the right answer begins one");
}

async fn questions(rig: &Rig) -> i64 {
    rig.number("select count(*) from flows where cast(about as text) like '{\"Ceremony\"%'").await
}

async fn a_browser_keeps_a_handful_of_questions_open_and_the_newest_is_answered(rig: Rig) {
    let rig = knowing(rig);
    let mut key = strong(1);
    enrol(&rig, 1, 0, &mut key).await;
    let (before, mut asked) = (questions(&rig).await, Vec::new());
    for _ in 0..50 {
        rig.clock.advance(SignedDuration::from_secs(1));
        let cx = rig.browser(2);
        asked.push(ask_key(&cx, Attempt::Begins(cx.handle().unwrap())).await.unwrap());
    }
    assert_eq!(questions(&rig).await, before + i64::from(QUESTIONS_AT_ONCE));
    let other = rig.browser(3);
    ask_key(&other, Attempt::Begins(other.handle().unwrap())).await.unwrap();
    assert_eq!(
        questions(&rig).await,
        before + i64::from(QUESTIONS_AT_ONCE) + 1,
        "another browser has its own"
    );
    let (cx, oldest, newest) = (rig.browser(2), &asked[0], &asked[49]);
    let over = show_key(&cx, oldest.ceremony, &key.answer(&oldest.options)).await;
    assert!(matches!(over, Err(KeyWrong::NoFlow(NoFlow::Gone))), "{over:?}");
    let shown = show_key(&cx, newest.ceremony, &key.answer(&newest.options)).await;
    assert!(matches!(shown, Ok(KeyAccepted::SignedIn(_))), "{shown:?}");
}

async fn asked_anew_the_question_before_is_over(rig: Rig) {
    let mut key = SoftKey::numbered(1);
    enrol(&rig, 1, 0, &mut key).await;
    let (cx, flow) = (rig.browser(2), rig.password_shown(2, 0).await);
    let (first, second) = (ask_key(&cx, flow).await.unwrap(), ask_key(&cx, flow).await.unwrap());
    let over = show_key(&cx, first.ceremony, &key.answer(&first.options)).await;
    assert!(matches!(over, Err(KeyWrong::NoFlow(NoFlow::Gone))), "at a sign-in: {over:?}");
    let shown = show_key(&cx, second.ceremony, &key.answer(&second.options)).await;
    assert!(matches!(shown, Ok(KeyAccepted::SignedIn(_))), "{shown:?}");

    let here = who(&cx).await.unwrap().unwrap();
    let flow = begin_step_up(&cx, &here, StepUpFor::Factors).await.unwrap();
    let first = ask_step_up_key(&cx, &here, flow).await.unwrap();
    let second = ask_step_up_key(&cx, &here, flow).await.unwrap();
    let over = show_step_up_key(&cx, &here, first.ceremony, &key.answer(&first.options)).await;
    assert!(matches!(over, Err(NotShown::NoFlow(NoFlow::Gone))), "confirming again: {over:?}");
    show_step_up_key(&cx, &here, second.ceremony, &key.answer(&second.options)).await.unwrap();

    let stranger = rig.browser(9);
    let first = ask_proof_key(&stranger, Purpose::Reset).await.unwrap();
    let kept = ask_proof_key(&stranger, Purpose::Reopening).await.unwrap();
    ask_proof_key(&stranger, Purpose::Reset).await.unwrap();
    let over = prove_by_key(&stranger, Purpose::Reset, first.ceremony, &key.answer(&first.options)).await;
    assert!(matches!(over, Err(NotProved::NoFlow(NoFlow::Gone))), "instead of MitID: {over:?}");
    let other = prove_by_key(&stranger, Purpose::Reopening, kept.ceremony, &key.answer(&kept.options)).await;
    assert!(matches!(other, Err(NotProved::NotEnough(_))), "the other one still asks: {other:?}");
}

async fn answers_made_up_do_not_fill_the_trail_and_the_right_one_signs_in(rig: Rig) {
    let rig = knowing(rig);
    let mut key = strong(1);
    enrol(&rig, 1, 0, &mut key).await;
    let before = rig.events(EventKind::SignInRefused).await;
    let a_minute = u64::from(SOURCE_A_MINUTE);
    for n in 0..100 {
        let refused = try_in(&rig.browser(200 + n), &strong(8)).await;
        assert!(matches!(refused, Err(KeyWrong::Refused)), "{n}: {refused:?}");
    }
    assert_eq!(rig.events(EventKind::SignInRefused).await - before, a_minute, "of a key nobody has");
    let unverified = SoftKey { verifies: false, ..key.clone() };
    for n in 0..100 {
        let refused = try_in(&rig.browser(2), &unverified).await;
        assert!(matches!(refused, Err(KeyWrong::Refused)), "{n}: {refused:?}");
    }
    assert_eq!(rig.events(EventKind::SignInRefused).await - before, 2 * a_minute, "of hers, by nobody");
    rig.clock.advance(SignedDuration::from_secs(61));
    assert!(try_in(&rig.browser(2), &strong(8)).await.is_err());
    assert_eq!(rig.events(EventKind::SignInRefused).await - before, 2 * a_minute + 1, "worth a row again");
    sign_in(&rig.browser(2), &key).await;
}

async fn changes(rig: &Rig, flow: FlowId, current: &str, new: &str) -> Result<(), NotChanged> {
    let typed = |text: &str| Password::typed(text.to_owned());
    let change = Change {
        current: typed(current),
        new: typed(new),
        showing: Showing::StepUp(flow),
        end_others: false,
    };
    change_password(&rig.cx(), &rig.here().await, change).await
}

async fn a_key_changes_the_password_beside_the_current_one(rig: Rig) {
    const NEW: &str = "tolv gule tulipaner";
    let rig = knowing(rig);
    let mut key = strong(1);
    enrol(&rig, 1, 0, &mut key).await;
    sign_in(&rig.cx(), &key).await;
    let other = step_up(&rig, 1, &key).await;
    let refused = changes(&rig, other, PASSWORD, NEW).await;
    assert!(matches!(refused, Err(NotChanged::NotFresh(NotFresh::OtherPurpose))), "{refused:?}");
    let left = || async {
        let (cx, here) = (rig.cx(), rig.here().await);
        see_code_door(&cx, &here).await.unwrap()
    };
    let before = left().await;
    let flow = step_up_for(&rig, 1, &key, StepUpFor::Password).await;
    let guess = changes(&rig, flow, "en tyvs bedste bud", NEW).await;
    assert!(matches!(guess, Err(NotChanged::Wrong)), "{guess:?}");
    assert_ne!(left().await, before, "a guess is counted");
    let again = changes(&rig, flow, PASSWORD, NEW).await;
    assert!(matches!(again, Err(NotChanged::NotFresh(_))), "a guess spends it: {again:?}");
    let flow = step_up_for(&rig, 1, &key, StepUpFor::Password).await;
    let same = changes(&rig, flow, PASSWORD, PASSWORD).await;
    assert!(matches!(same, Err(NotChanged::SameAsBefore)), "{same:?}");
    // Of many guesses at once one is looked at, whether it is right or not.
    let flow = step_up_for(&rig, 1, &key, StepUpFor::Password).await;
    let (one, two, three) = tokio::join!(
        changes(&rig, flow, "en tyvs næste bud", "en tyvs næste bud"),
        changes(&rig, flow, PASSWORD, PASSWORD),
        changes(&rig, flow, "en tyvs sidste bud", "en tyvs sidste bud"),
    );
    let passed_over = |it: &Result<(), NotChanged>| matches!(it, Err(NotChanged::NotFresh(_)));
    let tried = [one, two, three];
    assert_eq!(tried.iter().filter(|it| passed_over(it)).count(), 2, "{tried:?}");
    let flow = step_up_for(&rig, 1, &key, StepUpFor::Password).await;
    let weak = changes(&rig, flow, PASSWORD, "p0").await;
    assert!(matches!(weak, Err(NotChanged::Weak(_))), "{weak:?}");
    changes(&rig, flow, PASSWORD, NEW).await.unwrap();
    let spent = changes(&rig, flow, NEW, PASSWORD).await;
    assert!(matches!(spent, Err(NotChanged::NotFresh(_))), "{spent:?}");
    let old = step_up_for(&rig, 1, &key, StepUpFor::Password).await;
    rig.clock.advance(SignedDuration::from_mins(5));
    let late = changes(&rig, old, NEW, PASSWORD).await;
    assert!(matches!(late, Err(NotChanged::NotFresh(_))), "{late:?}");
    let flow = begin_sign_in(&rig.browser(2)).await.unwrap();
    show_password(&rig.browser(2), flow, "p0", Password::typed(NEW.to_owned())).await.unwrap();
}

async fn a_key_ends_a_relation(rig: Rig) {
    let rig = knowing(rig);
    let mut key = strong(1);
    enrol(&rig, 1, 0, &mut key).await;
    sign_in(&rig.cx(), &key).await;
    let relation = rig.relations(0).await[0].id;
    let other = Showing::StepUp(step_up(&rig, 1, &key).await);
    let refused = end_association(&rig.cx(), &rig.here().await, relation, &other).await;
    assert!(matches!(refused, Err(NotEnded::NotFresh(NotFresh::OtherPurpose))), "{refused:?}");
    assert!(rig.standing(0).await.is_active());
    let made = Showing::StepUp(step_up_for(&rig, 1, &key, StepUpFor::Relation).await);
    let left = end_association(&rig.cx(), &rig.here().await, relation, &made).await.unwrap();
    assert_eq!(left, Left::Nothing);
    assert!(!rig.standing(0).await.is_active());
}
