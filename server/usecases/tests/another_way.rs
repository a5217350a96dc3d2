//! Choosing another way at a sign-in: it leads everywhere she has something, and looking costs no attempt.
#![expect(clippy::unwrap_used, reason = "a test that cannot begin must fail")]

use domain::SignedDuration;
use domain::audit::EventKind;
use domain::factor::PasskeyKind;
use testkit::{Rig, SoftKey};
use usecases::see_factors::{Ways, see_ways};
use usecases::show_code::{CodeWrong, show_code};
use usecases::show_passkey::ask_key;
use usecases::show_recovery_code::show_recovery_code;

testkit::on_both! {
    asking_for_every_way_again_and_again_costs_no_attempt_and_writes_no_refusal
}

async fn asking_for_every_way_again_and_again_costs_no_attempt_and_writes_no_refusal(rig: Rig) {
    let flow = rig.proved(1, 0).await;
    rig.choose(1, flow).await;
    let app = rig.register(1, flow).await;
    let key = SoftKey::numbered(7);
    let (cx, kind) = (rig.browser(1), PasskeyKind::SecurityKey);
    let asked = usecases::register_passkey::ask_passkey(&cx, flow, kind).await.unwrap();
    let answer = key.answer(&asked.options);
    usecases::register_passkey::register_passkey(&cx, asked.ceremony, "Key".into(), &answer).await.unwrap();
    usecases::finish_enrolment::finish_enrolment(&cx, flow).await.unwrap();

    let flow = rig.password_shown(2, 0).await;
    let cx = rig.browser(2);
    let wrong = show_code(&cx, flow, &app.wrong_code(cx.now)).await;
    assert!(matches!(wrong, Err(CodeWrong::Wrong { left: 9 })), "{wrong:?}");
    let refused = rig.events(EventKind::SignInRefused).await;
    for _ in 0..15 {
        let ways = see_ways(&cx, flow).await.unwrap();
        assert_eq!(
            ways,
            Ways { code: true, app: true, device: false, key: true, key_first: false, recovery: 10 }
        );
        // A dialog that is opened and closed answers nothing, and nothing counts.
        ask_key(&cx, flow).await.unwrap();
    }
    assert_eq!(rig.events(EventKind::SignInRefused).await, refused);
    let wrong = show_recovery_code(&cx, flow, "no code").await;
    assert!(matches!(wrong, Err(CodeWrong::Wrong { left: 8 })), "one more, and no more than one: {wrong:?}");
    rig.clock.advance(SignedDuration::from_mins(1));
    let cx = rig.browser(2);
    show_code(&cx, flow, &app.code(cx.now)).await.unwrap();
}
