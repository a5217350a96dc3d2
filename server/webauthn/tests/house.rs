//! The ceremonies against the house itself, without a browser: its use cases and databases, and an authenticator made of
//! software that really signs. On both databases.
#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test that cannot begin must fail")]

#[expect(dead_code, reason = "what only other tests make it say")]
mod soft;

use domain::audit::EventKind;
use domain::factor::{Aaguid, FactorKind, ModelStatus, Models, PasskeyKind};
use domain::ids::FlowId;
use soft::{Maker, Signer, Soft};
use std::collections::BTreeMap;
use std::sync::Arc;
use testkit::Rig;
use usecases::context::Cx;
use usecases::finish_enrolment::finish_enrolment;
use usecases::register_passkey::{ask_passkey, register_passkey};
use usecases::show_passkey::{KeyAccepted, KeyWrong, ask_key, show_key};
use usecases::show_password::Attempt;
use usecases::who::who;
use uuid::Uuid;
use webauthn::{Keys, Metadata, ModelStatement};

testkit::on_both! {
    a_key_that_signs_is_registered_on_day_one_and_signs_in_after_the_password
    a_passkey_of_a_good_model_signs_in_alone
    what_was_sent_before_changed_or_made_elsewhere_opens_nothing
    a_counter_that_goes_back_closes_the_login
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
