//! Opening a blocked login with a new passkey or security key, where no other method is kept. On both databases.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test that cannot begin must fail")]

use domain::SignedDuration;
use domain::factor::{Added, FactorKind, MeanKind, PasskeyKind};
use domain::ids::FlowId;
use domain::notice::Template;
use domain::password::Password;
use domain::proofing::Purpose;
use domain::reopening::ReopeningStep;
use std::collections::BTreeSet;
use testkit::{Rig, SoftKey, good_answer, hours, hr, sent_to};
use usecases::begin_sign_in::begin_sign_in;
use usecases::block_by_session::block_by_session;
use usecases::context::Cx;
use usecases::finish_proof::{Proved, finish_proof};
use usecases::flows::NoFlow;
use usecases::reopen::reopen;
use usecases::reopen_activity::reopen_activity;
use usecases::reopen_app::NewAppRefused;
use usecases::reopen_factors::reopen_factors;
use usecases::reopen_key::{ask_reopening_key, reopen_key};
use usecases::reopen_password::reopen_password;
use usecases::see_factors::see_factors;
use usecases::see_reopening::see_reopening;
use usecases::show_passkey::{KeyAccepted, ask_key, show_key};
use usecases::show_password::{Attempt, show_password};
use usecases::who::who;

testkit::on_both! {
    a_key_is_kept_aside_and_counts_once_the_login_is_open
    a_key_is_asked_for_only_where_nothing_is_kept_and_taken_once_here_and_in_time
    a_block_meanwhile_leaves_no_key
}

const NEW: &str = "elleve blå violer";

fn typed(text: &str) -> Password {
    Password::typed(text.to_owned())
}

/// Somebody who lost her phone and blocked her login; proved anew in the second browser, with a new password.
async fn begun(rig: &Rig) -> FlowId {
    let app = rig.enrol(1, 0).await;
    rig.clock.advance(hours(2));
    rig.sign_in(1, 0, &app).await;
    block_by_session(&rig.cx(), &rig.here().await).await.unwrap();
    rig.letters().await;
    let callback = rig.trip_for(2, Purpose::Reopening, None).await;
    rig.mitid.answers(good_answer(&hr::cpr(0), rig.cx().now));
    let proved = finish_proof(&rig.browser(2), "test", &callback).await.unwrap();
    let Proved::Reopening(flow) = proved else { panic!("{proved:?}") };
    reopen_password(&rig.browser(2), flow, typed(NEW)).await.unwrap();
    flow
}

/// The same, keeping nothing.
async fn bare(rig: &Rig) -> FlowId {
    let flow = begun(rig).await;
    reopen_factors(&rig.browser(2), flow, BTreeSet::new()).await.unwrap();
    flow
}

async fn answers(cx: &Cx, flow: FlowId, key: &SoftKey) -> Result<(), NewAppRefused> {
    let asked = ask_reopening_key(cx, flow, PasskeyKind::Passkey).await?;
    reopen_key(cx, asked.ceremony, "Min nøgle".into(), &key.answer(&asked.options)).await
}

async fn keys(rig: &Rig) -> Vec<Added> {
    let person = rig.person(0).await.id;
    rig.look().await.passkeys_of(person).await.unwrap().into_iter().map(|key| key.added).collect()
}

async fn a_key_is_kept_aside_and_counts_once_the_login_is_open(rig: Rig) {
    let flow = bare(&rig).await;
    let (cx, key) = (rig.browser(2), SoftKey::numbered(1));
    assert_eq!(see_reopening(&cx, flow).await.unwrap().step, ReopeningStep::App);
    answers(&cx, flow, &key).await.unwrap();
    let seen = see_reopening(&cx, flow).await.unwrap();
    assert_eq!((seen.step, seen.new_app.as_deref()), (ReopeningStep::Activity, Some("Min nøgle")));
    assert!(keys(&rig).await.is_empty(), "nothing has changed before the confirmation");
    reopen_activity(&cx, flow).await.unwrap();
    reopen(&cx, flow).await.unwrap();
    assert_eq!(keys(&rig).await, [Added::Recovery], "it removes nothing older for an hour");
    assert!(!sent_to(&rig.letters().await, Template::FactorAdded).is_empty());
    // With her password it signs her in, and it is all she has.
    let cx = rig.browser(3);
    let sign_in = begin_sign_in(&cx).await.unwrap();
    show_password(&cx, sign_in, "p0", typed(NEW)).await.unwrap();
    let asked = ask_key(&cx, Attempt::GoesOn(sign_in)).await.unwrap();
    let shown = show_key(&cx, asked.ceremony, &key.answer(&asked.options)).await.unwrap();
    assert!(matches!(shown, KeyAccepted::SignedIn(_)), "{shown:?}");
    let here = who(&cx).await.unwrap().unwrap();
    assert_eq!(here.session.kinds(), [FactorKind::Password, FactorKind::Passkey]);
    let methods: Vec<_> = see_factors(&cx, &here).await.unwrap().into_iter().map(|it| it.kind).collect();
    assert_eq!(methods, [MeanKind::Key(PasskeyKind::Passkey)]);
}

async fn a_key_is_asked_for_only_where_nothing_is_kept_and_taken_once_here_and_in_time(rig: Rig) {
    let flow = begun(&rig).await;
    let (cx, key) = (rig.browser(2), SoftKey::numbered(1));
    let early = answers(&cx, flow, &key).await;
    assert!(matches!(early, Err(NewAppRefused::NotYet(_))), "the factors come first: {early:?}");
    let kept = see_reopening(&cx, flow).await.unwrap().apps.into_iter().map(|(app, _)| app.id).collect();
    reopen_factors(&cx, flow, kept).await.unwrap();
    let kept = answers(&cx, flow, &key).await;
    assert!(matches!(kept, Err(NewAppRefused::NotYet(_))), "she keeps her app: {kept:?}");
    reopen_factors(&cx, flow, BTreeSet::new()).await.unwrap();
    let elsewhere = answers(&rig.browser(3), flow, &key).await;
    assert!(matches!(elsewhere, Err(NewAppRefused::NoFlow(NoFlow::Gone))), "{elsewhere:?}");
    let asked = ask_reopening_key(&cx, flow, PasskeyKind::SecurityKey).await.unwrap();
    let answer = key.answer(&asked.options);
    let stolen = reopen_key(&rig.browser(3), asked.ceremony, "Thief".into(), &answer).await;
    assert!(matches!(stolen, Err(NewAppRefused::NoFlow(NoFlow::Gone))), "{stolen:?}");
    let nameless = reopen_key(&cx, asked.ceremony, " ".into(), &answer).await;
    assert!(matches!(nameless, Err(NewAppRefused::Name)), "{nameless:?}");
    reopen_key(&cx, asked.ceremony, "Key".into(), &answer).await.unwrap();
    let twice = reopen_key(&cx, asked.ceremony, "Key".into(), &answer).await;
    assert!(matches!(twice, Err(NewAppRefused::NoFlow(NoFlow::Gone))), "{twice:?}");
    reopen_activity(&cx, flow).await.unwrap();
    rig.clock.advance(SignedDuration::from_mins(61));
    assert!(reopen(&rig.browser(2), flow).await.is_err(), "an hour after the proof");
    assert!(keys(&rig).await.is_empty());
}

async fn a_block_meanwhile_leaves_no_key(rig: Rig) {
    let flow = bare(&rig).await;
    let cx = rig.browser(2);
    let asked = ask_reopening_key(&cx, flow, PasskeyKind::Passkey).await.unwrap();
    usecases::block_by_password::block_by_password(&rig.browser(4), "p0", typed(testkit::PASSWORD))
        .await
        .unwrap();
    let answer = SoftKey::numbered(1).answer(&asked.options);
    let late = reopen_key(&cx, asked.ceremony, "Key".into(), &answer).await;
    assert!(late.is_err(), "a new block ends it");
    assert!(reopen(&cx, flow).await.is_err());
    assert!(keys(&rig).await.is_empty());
}
