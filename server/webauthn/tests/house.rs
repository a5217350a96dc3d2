//! The ceremonies against the house itself, without a browser: its use cases and databases, and an authenticator made of
//! software that really signs. On both databases.
#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test that cannot begin must fail")]

#[expect(dead_code, reason = "what only other tests make it say")]
mod soft;

use domain::SignedDuration;
use domain::audit::EventKind;
use domain::factor::{Aaguid, FactorKind, ModelStatus, Models, NotAdmitted, PasskeyKind};
use domain::ids::{FactorId, FlowId};
use domain::step_up::StepUpFor;
use soft::{Maker, Signer, Soft};
use std::collections::BTreeMap;
use std::sync::Arc;
use testkit::Rig;
use usecases::begin_step_up::begin_step_up;
use usecases::change_factors::remove_factor;
use usecases::context::Cx;
use usecases::finish_enrolment::finish_enrolment;
use usecases::flows::NoFlow;
use usecases::ports::ceremonies::KeyRefused;
use usecases::register_passkey::{
    PasskeyRefused, ask_another_passkey, ask_passkey, register_another_passkey, register_passkey,
};
use usecases::show_passkey::{KeyAccepted, KeyWrong, ask_key, show_key};
use usecases::show_password::Attempt;
use usecases::show_step_up_key::{ask_step_up_key, show_step_up_key};
use usecases::who::who;
use uuid::Uuid;
use webauthn::{Keys, Metadata, ModelStatement};

testkit::on_both! {
    a_key_that_signs_is_registered_on_day_one_and_signs_in_after_the_password
    a_passkey_of_a_good_model_signs_in_alone
    what_was_sent_before_changed_or_made_elsewhere_opens_nothing
    a_counter_that_goes_back_closes_the_login
    one_that_is_copied_to_a_cloud_counts_beside_the_password_from_then_on
    of_several_each_answers_and_one_that_was_removed_does_not
    a_u2f_key_is_taken_with_its_makers_statement_and_counts_beside_the_password
    what_comes_after_five_minutes_opens_and_adds_nothing
}

const SITE: &str = "https://login.nordby.example";
const HOST: &str = "login.nordby.example";

fn model() -> Uuid {
    Uuid::from_u128(0xf1d0)
}

/// A house that asks and verifies in earnest, and knows one good model.
fn in_earnest(rig: Rig) -> (Rig, Maker) {
    let maker = Maker::of(model());
    let roots = vec![maker.root.clone()];
    let statement = ModelStatement { model: model(), name: "Model".into(), roots, status: ModelStatus::Good };
    let keys = Keys::of(SITE, "Nordby Kommune", Metadata::of([statement]).unwrap()).unwrap();
    let known = BTreeMap::from([(Aaguid::read(model()).unwrap(), ModelStatus::Good)]);
    let models = Models::default().knowing(known);
    (rig.with_keys(Arc::new(keys)).knowing(models), maker)
}

/// Day one of the p-th person in the first browser, with a key.
async fn enrolled(rig: &Rig, p: u32, key: &mut Soft, maker: Option<&Maker>) {
    let flow = rig.proved(1, p).await;
    rig.choose(1, flow).await;
    let cx = rig.browser(1);
    let asked = ask_passkey(&cx, flow, PasskeyKind::Passkey).await.unwrap();
    let answer = key.create(&asked.options, maker);
    register_passkey(&cx, asked.ceremony, "Min telefon".into(), &answer).await.unwrap();
    finish_enrolment(&rig.browser(1), flow).await.unwrap();
}

/// Asked after the p-th person's password in this browser; gives the ceremony and the options.
async fn asked(rig: &Rig, browser: u128, p: u32) -> (Cx, FlowId, String) {
    let flow = rig.password_shown(browser, p).await;
    let cx = rig.browser(browser);
    let asking = ask_key(&cx, Attempt::GoesOn(flow)).await.unwrap();
    (cx, asking.ceremony, asking.options)
}

async fn kinds(cx: &Cx) -> Vec<FactorKind> {
    who(cx).await.unwrap().unwrap().session.kinds()
}

async fn a_key_that_signs_is_registered_on_day_one_and_signs_in_after_the_password(rig: Rig) {
    let (rig, _) = in_earnest(rig);
    for (p, key) in [(0, Signer::es256()), (1, Signer::rs256())] {
        let id = Uuid::from_u128(u128::from(p)).as_bytes().to_vec();
        let mut key = Soft { id, key, ..Soft::at(SITE, HOST) };
        enrolled(&rig, p, &mut key, None).await;
        let (cx, ceremony, options) = asked(&rig, 2, p).await;
        let shown = show_key(&cx, ceremony, &key.get(&options)).await.unwrap();
        assert!(matches!(shown, KeyAccepted::SignedIn(_)), "{shown:?}");
        assert_eq!(kinds(&cx).await, [FactorKind::Password, FactorKind::Passkey]);
    }
}

async fn a_passkey_of_a_good_model_signs_in_alone(rig: Rig) {
    let (rig, maker) = in_earnest(rig);
    let mut key = Soft { model: model(), ..Soft::at(SITE, HOST) };
    enrolled(&rig, 0, &mut key, Some(&maker)).await;
    let cx = rig.browser(2);
    let asking = ask_key(&cx, Attempt::Begins(cx.handle().unwrap())).await.unwrap();
    let shown = show_key(&cx, asking.ceremony, &key.get(&asking.options)).await.unwrap();
    assert!(matches!(shown, KeyAccepted::SignedIn(_)), "{shown:?}");
    assert_eq!(kinds(&cx).await, [FactorKind::PasskeyAlone]);
    // The same key that does not verify its owner now is not let in alone.
    key.verifies = false;
    let cx = rig.browser(3);
    let asking = ask_key(&cx, Attempt::Begins(cx.handle().unwrap())).await.unwrap();
    let shown = show_key(&cx, asking.ceremony, &key.get(&asking.options)).await;
    assert!(!matches!(shown, Ok(KeyAccepted::SignedIn(_))), "{shown:?}");
    assert!(who(&cx).await.unwrap().is_none());
}

async fn what_was_sent_before_changed_or_made_elsewhere_opens_nothing(rig: Rig) {
    let (rig, _) = in_earnest(rig);
    let mut key = Soft::at(SITE, HOST);
    enrolled(&rig, 0, &mut key, None).await;
    let (cx, ceremony, options) = asked(&rig, 2, 0).await;
    let right = key.get(&options);
    // Made for another site, and by another key that says it is this one.
    for mut wrong in [
        Soft { origin: "https://evil.example".into(), ..again(&key) },
        Soft { rp_id: "evil.example".into(), ..again(&key) },
        again(&key),
    ] {
        let (cx, ceremony, options) = asked(&rig, 3, 0).await;
        let refused = show_key(&cx, ceremony, &wrong.get(&options)).await;
        assert!(matches!(refused, Err(KeyWrong::Refused)), "{refused:?}");
        assert!(who(&cx).await.unwrap().is_none());
    }
    // The right answer under another question, in another browser, and twice.
    let (other, later, _) = asked(&rig, 4, 0).await;
    assert!(show_key(&other, later, &right).await.is_err(), "an old answer to a new question");
    assert!(show_key(&rig.browser(4), ceremony, &right).await.is_err(), "in another browser");
    show_key(&cx, ceremony, &right).await.unwrap();
    assert!(show_key(&cx, ceremony, &right).await.is_err(), "once");
    assert_eq!(rig.events(EventKind::SignedIn).await, 1);
}

/// The same name and owner, and another private key.
fn again(key: &Soft) -> Soft {
    Soft { id: key.id.clone(), user: key.user.clone(), ..Soft::at(SITE, HOST) }
}

async fn a_counter_that_goes_back_closes_the_login(rig: Rig) {
    let (rig, _) = in_earnest(rig);
    let mut key = Soft { counter: 5, ..Soft::at(SITE, HOST) };
    enrolled(&rig, 0, &mut key, None).await;
    key.counter = 6;
    let (cx, ceremony, options) = asked(&rig, 2, 0).await;
    show_key(&cx, ceremony, &key.get(&options)).await.unwrap();
    key.counter = 2;
    let (cx, ceremony, options) = asked(&rig, 3, 0).await;
    let copied = show_key(&cx, ceremony, &key.get(&options)).await;
    assert!(matches!(copied, Err(KeyWrong::Held(_))), "{copied:?}");
    assert!(!rig.standing(0).await.is_active());
}

/// Asked before anybody is known; gives what came of it.
async fn alone(rig: &Rig, browser: u128, key: &mut Soft) -> Result<KeyAccepted, KeyWrong> {
    let cx = rig.browser(browser);
    let asking = ask_key(&cx, Attempt::Begins(cx.handle().unwrap())).await.unwrap();
    show_key(&cx, asking.ceremony, &key.get(&asking.options)).await
}

async fn one_that_is_copied_to_a_cloud_counts_beside_the_password_from_then_on(rig: Rig) {
    let (rig, maker) = in_earnest(rig);
    let mut key = Soft { model: model(), ..Soft::at(SITE, HOST) };
    enrolled(&rig, 0, &mut key, Some(&maker)).await;
    assert!(matches!(alone(&rig, 2, &mut key).await, Ok(KeyAccepted::SignedIn(_))));
    (key.eligible, key.backed_up) = (true, true);
    assert!(matches!(alone(&rig, 3, &mut key).await, Ok(KeyAccepted::PasswordNext(_))));
    let (cx, ceremony, options) = asked(&rig, 4, 0).await;
    show_key(&cx, ceremony, &key.get(&options)).await.unwrap();
    assert_eq!(kinds(&cx).await, [FactorKind::Password, FactorKind::Passkey]);
    // A key cannot cease to be one that may be copied: this is another.
    (key.eligible, key.backed_up) = (false, false);
    assert!(matches!(alone(&rig, 5, &mut key).await, Err(KeyWrong::Refused)));
    // One that was copied before it was registered never counts alone.
    let id = vec![8; 16];
    let mut synced = Soft { id, model: model(), eligible: true, backed_up: true, ..Soft::at(SITE, HOST) };
    enrolled(&rig, 1, &mut synced, Some(&maker)).await;
    assert!(matches!(alone(&rig, 6, &mut synced).await, Ok(KeyAccepted::PasswordNext(_))));
}

/// A step-up for her login methods in the first browser, made with this key.
async fn stepped_up(rig: &Rig, key: &mut Soft) -> FlowId {
    let (cx, here) = (rig.cx(), rig.here().await);
    let flow = begin_step_up(&cx, &here, StepUpFor::Factors).await.unwrap();
    let asking = ask_step_up_key(&cx, &here, flow).await.unwrap();
    show_step_up_key(&cx, &here, asking.ceremony, &key.get(&asking.options)).await.unwrap();
    flow
}

/// One more from the account, let in by a key she has; the maker states what it is where there is one.
async fn another(
    rig: &Rig,
    (by, new): (&mut Soft, &mut Soft),
    (kind, maker): (PasskeyKind, Option<&Maker>),
) -> Result<FactorId, PasskeyRefused> {
    let flow = stepped_up(rig, by).await;
    let (cx, here) = (rig.cx(), rig.here().await);
    let asking = ask_another_passkey(&cx, &here, flow, kind).await?;
    let answer = new.create(&asking.options, maker);
    register_another_passkey(&cx, &here, asking.ceremony, "Nøglebundt".into(), &answer).await
}

/// Signed in in the first browser with the password and this key.
async fn signed_in(rig: &Rig, key: &mut Soft) {
    let (cx, ceremony, options) = asked(rig, 1, 0).await;
    show_key(&cx, ceremony, &key.get(&options)).await.unwrap();
}

async fn of_several_each_answers_and_one_that_was_removed_does_not(rig: Rig) {
    let (rig, _) = in_earnest(rig);
    let (mut first, mut second) = (Soft::at(SITE, HOST), Soft::at(SITE, HOST));
    (second.id, second.key) = (vec![2; 16], Signer::rs256());
    enrolled(&rig, 0, &mut first, None).await;
    signed_in(&rig, &mut first).await;
    another(&rig, (&mut first, &mut second), (PasskeyKind::SecurityKey, None)).await.unwrap();
    let twice = another(&rig, (&mut first, &mut again(&second)), (PasskeyKind::SecurityKey, None)).await;
    assert!(
        matches!(twice, Err(PasskeyRefused::Answer(KeyRefused::Other))),
        "it was to be left out: {twice:?}"
    );
    for (browser, key) in [(2, &mut first), (3, &mut second)] {
        let (cx, ceremony, options) = asked(&rig, browser, 0).await;
        assert_eq!(options.matches("\"public-key\"").count(), 2, "both are asked for: {options}");
        show_key(&cx, ceremony, &key.get(&options)).await.unwrap();
    }
    let person = rig.person(0).await.id;
    let hers = rig.look().await.passkeys_of(person).await.unwrap();
    let gone = hers.iter().find(|it| it.credential.0 == first.id).unwrap().id;
    let flow = stepped_up(&rig, &mut second).await;
    remove_factor(&rig.cx(), &rig.here().await, flow, gone).await.unwrap();
    let (cx, ceremony, options) = asked(&rig, 4, 0).await;
    let refused = show_key(&cx, ceremony, &first.get(&options)).await;
    assert!(matches!(refused, Err(KeyWrong::Refused)), "{refused:?}");
    assert!(matches!(alone(&rig, 5, &mut first).await, Err(KeyWrong::Refused)));
    let (cx, ceremony, options) = asked(&rig, 6, 0).await;
    show_key(&cx, ceremony, &second.get(&options)).await.unwrap();
}

async fn a_u2f_key_is_taken_with_its_makers_statement_and_counts_beside_the_password(rig: Rig) {
    let (rig, maker) = in_earnest(rig);
    let mut phone = Soft::at(SITE, HOST);
    enrolled(&rig, 0, &mut phone, None).await;
    signed_in(&rig, &mut phone).await;
    let u2f = || Soft { id: vec![3; 32], u2f: true, verifies: false, counter: 1, ..Soft::at(SITE, HOST) };
    let mut liar = Soft { tampers: true, ..u2f() };
    let key = (PasskeyKind::SecurityKey, Some(&maker));
    let refused = another(&rig, (&mut phone, &mut liar), key).await;
    assert!(matches!(refused, Err(PasskeyRefused::Answer(KeyRefused::Attestation))), "{refused:?}");
    let unverified = another(&rig, (&mut phone, &mut u2f()), (PasskeyKind::Passkey, Some(&maker))).await;
    assert!(
        matches!(
            unverified,
            Err(PasskeyRefused::Answer(KeyRefused::NotVerified)
                | PasskeyRefused::NotAdmitted(NotAdmitted::NotVerified))
        ),
        "a passkey must know her: {unverified:?}"
    );
    let mut stick = u2f();
    let id = another(&rig, (&mut phone, &mut stick), key).await.unwrap();
    let person = rig.person(0).await.id;
    let hers = rig.look().await.passkeys_of(person).await.unwrap();
    let kept = hers.iter().find(|it| it.id == id).unwrap();
    assert_eq!(kept.registered.kind, PasskeyKind::SecurityKey);
    stick.counter = 2;
    let (cx, ceremony, options) = asked(&rig, 2, 0).await;
    show_key(&cx, ceremony, &stick.get(&options)).await.unwrap();
    assert_eq!(kinds(&cx).await, [FactorKind::Password, FactorKind::Passkey]);
    assert!(!matches!(alone(&rig, 3, &mut stick).await, Ok(KeyAccepted::SignedIn(_))));
}

async fn what_comes_after_five_minutes_opens_and_adds_nothing(rig: Rig) {
    let late = SignedDuration::from_mins(5);
    let (rig, _) = in_earnest(rig);
    let mut key = Soft::at(SITE, HOST);
    let flow = rig.proved(1, 0).await;
    rig.choose(1, flow).await;
    let asking = ask_passkey(&rig.cx(), flow, PasskeyKind::Passkey).await.unwrap();
    let answer = key.create(&asking.options, None);
    rig.clock.advance(late);
    let added = register_passkey(&rig.cx(), asking.ceremony, "Min telefon".into(), &answer).await;
    assert!(matches!(added, Err(PasskeyRefused::NoFlow(NoFlow::Gone))), "{added:?}");
    assert_eq!(rig.events(EventKind::FactorAdded).await, 0);

    let asking = ask_passkey(&rig.cx(), flow, PasskeyKind::Passkey).await.unwrap();
    let answer = key.create(&asking.options, None);
    register_passkey(&rig.cx(), asking.ceremony, "Min telefon".into(), &answer).await.unwrap();
    finish_enrolment(&rig.cx(), flow).await.unwrap();
    let (cx, ceremony, options) = asked(&rig, 2, 0).await;
    let right = key.get(&options);
    rig.clock.advance(late);
    let shown = show_key(&rig.browser(2), ceremony, &right).await;
    assert!(matches!(shown, Err(KeyWrong::NoFlow(NoFlow::Gone))), "{shown:?}");
    assert!(who(&cx).await.unwrap().is_none());
    assert_eq!(rig.events(EventKind::SignedIn).await, 0);
}
