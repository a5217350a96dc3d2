//! "Continue on your phone": a computer, a phone, and everybody who should not be either (security decision 20).
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test that cannot begin must fail")]

use domain::SignedDuration;
use domain::audit::EventKind;
use domain::enrolment::NotNow;
use domain::factor::{FactorKind, MOST_MEANS, MeanKind, NotAdded, PasskeyKind};
use domain::ids::FlowId;
use domain::notice::Template;
use domain::on_phone::{Ended, Ground};
use domain::step_up::{NotFresh, StepUpFor};
use testkit::{App, Rig, SoftKey, sent_to};
use usecases::admit_phone::{PhoneNotAdmitted, admit_phone};
use usecases::begin_step_up::begin_step_up;
use usecases::block_by_session::block_by_session;
use usecases::change_factors::remove_factor;
use usecases::confirm_phone::{PhoneNotConfirmed, confirm_phone};
use usecases::context::Cx;
use usecases::continue_on_phone::{NoLink, continue_enrolment_on_phone, continue_on_phone};
use usecases::finish_enrolment::finish_enrolment;
use usecases::flows::NoFlow;
use usecases::leave_phone::leave_phone;
use usecases::open_phone_link::{PhoneLinkRefused, look_at_phone_link, open_phone_link};
use usecases::register_another_app::{offer_another_app, register_another_app};
use usecases::register_on_phone::{NotMade, ask_phone_key, make_phone_app, make_phone_key, offer_phone_app};
use usecases::see_factors::see_factors;
use usecases::see_on_phone::{DeskStage, PhoneStage, Secret, see_desk, see_phone, watch_phone};
use usecases::who::{Here, sign_out, who};

testkit::on_both! {
    an_app_made_on_the_phone_counts_once_the_computer_says_yes
    a_passkey_made_on_the_phone_counts_once_the_computer_says_yes
    day_one_goes_on_with_a_phone
    the_proof_of_day_one_is_fresh_when_the_computer_says_yes
    looking_at_a_link_opens_nothing_and_its_own_phone_may_open_it_again
    a_second_opening_ends_everything
    three_wrong_numbers_end_it
    the_computer_may_leave_at_every_step
    nobody_else_is_the_computer_or_the_phone
    a_link_takes_a_step_up_and_spends_it
    it_ends_with_session_block_and_ten_minutes
    of_two_yes_at_once_one_adds
    two_computers_of_one_person_both_go_on
    links_that_are_not_ours_open_nothing
    a_key_she_has_is_not_added_again
    no_phone_is_added_to_a_full_account
    what_the_computer_showed_counts_no_more_once_it_is_removed
}

/// Somebody signed in at the first browser, who confirmed that it is her; her app, and the session.
async fn at_home(rig: &Rig) -> (App, Here, FlowId) {
    let app = rig.enrol(1, 0).await;
    rig.sign_in(1, 0, &app).await;
    let step_up = rig.step_up(&app, StepUpFor::Factors).await;
    rig.letters().await;
    (app, rig.here().await, step_up)
}

/// The secret of the link a computer shows.
async fn link(cx: &Cx, here: Option<&Here>, desk: FlowId) -> String {
    let seen = see_desk(cx, here, desk).await.unwrap();
    let DeskStage::Show(Secret(address)) = seen.stage else { panic!("{:?}", seen.stage) };
    address.rsplit('/').next().unwrap().to_owned()
}

/// The number a phone shows.
async fn number(cx: &Cx, phone: FlowId) -> String {
    let seen = see_phone(cx, phone).await.unwrap();
    let PhoneStage::Number(Secret(number)) = seen.stage else { panic!("{:?}", seen.stage) };
    assert_eq!(number.len(), 6);
    number
}

/// Another number than this.
fn another(number: &str) -> String {
    let wrong = if number == "000000" { "000001" } else { "000000" };
    wrong.to_owned()
}

/// A computer of an account, and the phone it let in.
struct Pair {
    here: Here,
    desk: FlowId,
    phone: FlowId,
    token: String,
    app: App,
}

async fn opened(rig: &Rig) -> Pair {
    let (app, here, step_up) = at_home(rig).await;
    let desk = continue_on_phone(&rig.cx(), &here, step_up).await.unwrap();
    let token = link(&rig.cx(), Some(&here), desk).await;
    let phone = open_phone_link(&rig.browser(2), &token).await.unwrap();
    Pair { here, desk, phone, token, app }
}

async fn admitted(rig: &Rig) -> Pair {
    let pair = opened(rig).await;
    let shown = number(&rig.browser(2), pair.phone).await;
    admit_phone(&rig.cx(), Some(&pair.here), pair.desk, &shown).await.unwrap();
    pair
}

/// The phone made an app.
async fn made(rig: &Rig) -> (Pair, App) {
    let pair = admitted(rig).await;
    let app = app_on(&rig.browser(2), pair.phone).await;
    (pair, app)
}

async fn app_on(cx: &Cx, phone: FlowId) -> App {
    offer_phone_app(cx, phone).await.unwrap();
    let app = offered(cx, phone).await;
    make_phone_app(cx, phone, "Majas telefon".into(), &app.code(cx.now)).await.unwrap();
    app
}

async fn offered(cx: &Cx, phone: FlowId) -> App {
    let PhoneStage::Make(Some(offer), account) = see_phone(cx, phone).await.unwrap().stage else {
        panic!("nothing offered")
    };
    assert!(account.starts_with('p'), "{account}");
    App::with_seed(&offer.secret)
}

async fn means(rig: &Rig, here: &Here) -> Vec<(MeanKind, String)> {
    let seen = see_factors(&rig.cx(), here).await.unwrap();
    seen.into_iter().map(|it| (it.kind, it.name)).collect()
}

async fn over(cx: &Cx, here: Option<&Here>, desk: FlowId) -> Ended {
    match see_desk(cx, here, desk).await.unwrap().stage {
        DeskStage::Over(how) => how,
        stage => panic!("{stage:?}"),
    }
}

async fn an_app_made_on_the_phone_counts_once_the_computer_says_yes(rig: Rig) {
    let pair = admitted(&rig).await;
    let (cx, phone) = (rig.cx(), rig.browser(2));
    let asked = make_phone_app(&phone, pair.phone, "Majas telefon".into(), "123456").await;
    assert!(matches!(asked, Err(NotMade::NotNext(_))), "nothing was offered: {asked:?}");
    offer_phone_app(&phone, pair.phone).await.unwrap();
    let app = offered(&phone, pair.phone).await;
    offer_phone_app(&phone, pair.phone).await.unwrap();
    let again = offered(&phone, pair.phone).await;
    assert_eq!(app.code(cx.now), again.code(cx.now), "asked twice it is the same");
    let wrong = make_phone_app(&phone, pair.phone, "Majas telefon".into(), &app.wrong_code(cx.now)).await;
    assert!(matches!(wrong, Err(NotMade::Code)), "{wrong:?}");
    let nameless = make_phone_app(&phone, pair.phone, " ".into(), &app.code(cx.now)).await;
    assert!(matches!(nameless, Err(NotMade::Name)), "{nameless:?}");
    let early = confirm_phone(&cx, Some(&pair.here), pair.desk).await;
    assert!(matches!(early, Err(PhoneNotConfirmed::NotNext(_))), "{early:?}");
    make_phone_app(&phone, pair.phone, "Majas telefon".into(), &app.code(cx.now)).await.unwrap();
    assert_eq!(means(&rig, &pair.here).await.len(), 1, "made is not added");
    assert!(sent_to(&rig.letters().await, Template::FactorAdded).is_empty());
    let DeskStage::Confirm(made) = see_desk(&cx, Some(&pair.here), pair.desk).await.unwrap().stage else {
        panic!("nothing to confirm")
    };
    assert_eq!((made.kind(), made.name.as_str()), (MeanKind::App, "Majas telefon"));
    let from = (made.from.agent.as_str(), made.from.address.as_str());
    assert_eq!(from, (phone.source.agent.as_str(), phone.source.address.to_string().as_str()), "whose phone");
    let (ground, _) = confirm_phone(&cx, Some(&pair.here), pair.desk).await.unwrap();
    assert!(matches!(ground, Ground::Account(_)));
    let hers = means(&rig, &pair.here).await;
    assert!(hers.contains(&(MeanKind::App, "Majas telefon".into())), "{hers:?}");
    assert!(!sent_to(&rig.letters().await, Template::FactorAdded).is_empty());
    // It opens a sign-in, once.
    rig.sign_in(3, 0, &app).await;
    let twice = confirm_phone(&rig.cx(), Some(&pair.here), pair.desk).await;
    assert!(matches!(twice, Err(PhoneNotConfirmed::NotNext(_))), "{twice:?}");
    assert_eq!(over(&rig.cx(), Some(&pair.here), pair.desk).await, Ended::Confirmed);
    assert!(matches!(see_phone(&rig.browser(2), pair.phone).await.unwrap().stage, PhoneStage::Over(_)));
    assert_eq!(means(&rig, &pair.here).await.len(), 2);
}

async fn a_passkey_made_on_the_phone_counts_once_the_computer_says_yes(rig: Rig) {
    let pair = admitted(&rig).await;
    let (cx, phone) = (rig.cx(), rig.browser(2));
    let asking = ask_phone_key(&phone, pair.phone, PasskeyKind::Passkey).await.unwrap();
    let mut key = SoftKey::numbered(1);
    let answer = key.answer(&asking.options);
    let elsewhere = make_phone_key(&rig.browser(3), asking.ceremony, "Telefon".into(), &answer).await;
    assert!(matches!(elsewhere, Err(NotMade::NoFlow(NoFlow::Gone))), "{elsewhere:?}");
    make_phone_key(&phone, asking.ceremony, "Telefon".into(), &answer).await.unwrap();
    let twice = make_phone_key(&phone, asking.ceremony, "Telefon".into(), &answer).await;
    assert!(matches!(twice, Err(NotMade::NoFlow(NoFlow::Gone))), "{twice:?}");
    assert_eq!(means(&rig, &pair.here).await.len(), 1, "made is not added");
    confirm_phone(&cx, Some(&pair.here), pair.desk).await.unwrap();
    let hers = means(&rig, &pair.here).await;
    assert!(hers.contains(&(MeanKind::Key(PasskeyKind::Passkey), "Telefon".into())), "{hers:?}");
    key.person = Some(pair.here.person.id);
    let flow = rig.password_shown(4, 0).await;
    let fourth = rig.browser(4);
    let asking = usecases::show_passkey::ask_key(&fourth, flow).await.unwrap();
    usecases::show_passkey::show_key(&fourth, asking.ceremony, &key.answer(&asking.options)).await.unwrap();
    let signed_in = who(&fourth).await.unwrap().unwrap();
    assert!(signed_in.session.kinds().contains(&FactorKind::Passkey));
}

async fn day_one_goes_on_with_a_phone(rig: Rig) {
    let flow = rig.proved(1, 0).await;
    rig.choose(1, flow).await;
    let cx = rig.cx();
    let desk = continue_enrolment_on_phone(&cx, flow).await.unwrap();
    let token = link(&cx, None, desk).await;
    let phone = open_phone_link(&rig.browser(2), &token).await.unwrap();
    admit_phone(&cx, None, desk, &number(&rig.browser(2), phone).await).await.unwrap();
    let app = app_on(&rig.browser(2), phone).await;
    assert!(finish_enrolment(&cx, flow).await.is_err(), "made is not added");
    let (ground, _) = confirm_phone(&cx, None, desk).await.unwrap();
    assert_eq!(ground, Ground::Enrolment(flow));
    finish_enrolment(&cx, flow).await.unwrap();
    rig.sign_in(1, 0, &app).await;
}

async fn the_proof_of_day_one_is_fresh_when_the_computer_says_yes(rig: Rig) {
    let flow = rig.proved(1, 0).await;
    rig.choose(1, flow).await;
    // Somebody who keeps her enrolment open, though its proof grows old.
    for _ in 0..4 {
        rig.clock.advance(SignedDuration::from_mins(14));
        rig.choose(1, flow).await;
    }
    let desk = continue_enrolment_on_phone(&rig.cx(), flow).await.unwrap();
    let token = link(&rig.cx(), None, desk).await;
    let phone = open_phone_link(&rig.browser(2), &token).await.unwrap();
    admit_phone(&rig.cx(), None, desk, &number(&rig.browser(2), phone).await).await.unwrap();
    app_on(&rig.browser(2), phone).await;
    rig.clock.advance(SignedDuration::from_mins(6));
    let late = confirm_phone(&rig.cx(), None, desk).await;
    assert!(
        matches!(late, Err(PhoneNotConfirmed::NotNow(NotNow::ProofRanOut, id)) if id == flow),
        "{late:?}"
    );
    assert_eq!(rig.events(EventKind::FactorAdded).await, 0);
}

async fn looking_at_a_link_opens_nothing_and_its_own_phone_may_open_it_again(rig: Rig) {
    let (_, here, step_up) = at_home(&rig).await;
    let desk = continue_on_phone(&rig.cx(), &here, step_up).await.unwrap();
    let token = link(&rig.cx(), Some(&here), desk).await;
    for browser in 2..6 {
        look_at_phone_link(&rig.browser(browser), &token).await.unwrap();
    }
    assert_eq!(watch_phone(&rig.cx(), desk).await.unwrap(), "shown");
    assert_eq!(rig.events(EventKind::PhoneOpened).await, 0);
    let phone = open_phone_link(&rig.browser(2), &token).await.unwrap();
    assert_eq!(open_phone_link(&rig.browser(2), &token).await.unwrap(), phone);
    assert_eq!(watch_phone(&rig.cx(), desk).await.unwrap(), "opened");
    assert_eq!(watch_phone(&rig.browser(2), phone).await.unwrap(), "opened");
}

async fn a_second_opening_ends_everything(rig: Rig) {
    for step in 0..3 {
        let rig = rig_like(&rig).await;
        let (pair, app) = match step {
            0 => (opened(&rig).await, None),
            1 => (admitted(&rig).await, None),
            _ => {
                let (pair, app) = made(&rig).await;
                (pair, Some(app))
            }
        };
        let second = open_phone_link(&rig.browser(3), &pair.token).await;
        assert!(matches!(second, Err(PhoneLinkRefused::Dead)), "{second:?}");
        assert_eq!(over(&rig.cx(), Some(&pair.here), pair.desk).await, Ended::SecondOpening);
        let confirmed = confirm_phone(&rig.cx(), Some(&pair.here), pair.desk).await;
        assert!(matches!(confirmed, Err(PhoneNotConfirmed::NotNext(_))), "{confirmed:?}");
        assert!(matches!(see_phone(&rig.browser(2), pair.phone).await.unwrap().stage, PhoneStage::Over(_)));
        assert!(ask_phone_key(&rig.browser(2), pair.phone, PasskeyKind::Passkey).await.is_err());
        assert!(look_at_phone_link(&rig.browser(2), &pair.token).await.is_err());
        assert_eq!(means(&rig, &pair.here).await.len(), 1);
        if let Some(app) = app {
            rig.clock.advance(SignedDuration::from_secs(30));
            let flow = rig.password_shown(4, 0).await;
            let cx = rig.browser(4);
            assert!(usecases::show_code::show_code(&cx, flow, &app.code(cx.now)).await.is_err());
        }
        assert_eq!(rig.events(EventKind::PhoneRefused).await, 1);
    }
}

/// A house of its own on the same kind of database.
async fn rig_like(rig: &Rig) -> Rig {
    if rig.database() == "sqlite" { Rig::on_sqlite().await } else { Rig::on_postgres().await }
}

async fn three_wrong_numbers_end_it(rig: Rig) {
    let (_, here, step_up) = at_home(&rig).await;
    let (cx, phone) = (rig.cx(), rig.browser(2));
    let desk = continue_on_phone(&cx, &here, step_up).await.unwrap();
    let token = link(&cx, Some(&here), desk).await;
    let early = admit_phone(&cx, Some(&here), desk, "123456").await;
    assert!(matches!(early, Err(PhoneNotAdmitted::NoPhone)), "costs nothing: {early:?}");
    let id = open_phone_link(&phone, &token).await.unwrap();
    let right = number(&phone, id).await;
    for expected in [2, 1, 0] {
        let wrong = admit_phone(&cx, Some(&here), desk, &another(&right)).await;
        assert!(matches!(wrong, Err(PhoneNotAdmitted::Wrong { left }) if left == expected), "{wrong:?}");
    }
    let late = admit_phone(&cx, Some(&here), desk, &right).await;
    assert!(matches!(late, Err(PhoneNotAdmitted::NotNext(_))), "{late:?}");
    assert_eq!(over(&cx, Some(&here), desk).await, Ended::WrongNumbers);
    assert!(offer_phone_app(&phone, id).await.is_err());
    assert_eq!(rig.events(EventKind::PhoneRefused).await, 3);
    // As people read it aloud.
    let rig = rig_like(&rig).await;
    let pair = opened(&rig).await;
    let shown = number(&rig.browser(2), pair.phone).await;
    let (first, last) = shown.split_at(3);
    admit_phone(&rig.cx(), Some(&pair.here), pair.desk, &format!(" {first} {last} ")).await.unwrap();
}

async fn the_computer_may_leave_at_every_step(rig: Rig) {
    let (pair, _) = made(&rig).await;
    leave_phone(&rig.cx(), Some(&pair.here), pair.desk).await.unwrap();
    assert_eq!(over(&rig.cx(), Some(&pair.here), pair.desk).await, Ended::Left);
    assert!(confirm_phone(&rig.cx(), Some(&pair.here), pair.desk).await.is_err());
    assert_eq!(means(&rig, &pair.here).await.len(), 1);
    let rig = rig_like(&rig).await;
    let pair = opened(&rig).await;
    leave_phone(&rig.cx(), Some(&pair.here), pair.desk).await.unwrap();
    assert!(offer_phone_app(&rig.browser(2), pair.phone).await.is_err());
    let second = open_phone_link(&rig.browser(3), &pair.token).await;
    assert!(second.is_err());
    assert_eq!(over(&rig.cx(), Some(&pair.here), pair.desk).await, Ended::Left, "as it ended first");
}

async fn nobody_else_is_the_computer_or_the_phone(rig: Rig) {
    let (pair, _) = made(&rig).await;
    // The phone's own browser is no computer, signed in or not, and another session of hers is not this one.
    rig.sign_in(3, 0, &pair.app).await;
    for browser in [2, 3] {
        let cx = rig.browser(browser);
        let here = who(&cx).await.unwrap();
        assert!(matches!(see_desk(&cx, here.as_ref(), pair.desk).await, Err(NoFlow::Gone)));
        let confirmed = confirm_phone(&cx, here.as_ref(), pair.desk).await;
        assert!(matches!(confirmed, Err(PhoneNotConfirmed::NoFlow(NoFlow::Gone))), "{confirmed:?}");
        assert!(leave_phone(&cx, here.as_ref(), pair.desk).await.is_err());
        assert!(admit_phone(&cx, here.as_ref(), pair.desk, "123456").await.is_err());
        assert!(watch_phone(&cx, pair.desk).await.is_err());
    }
    // The right browser, but nobody is signed in there.
    let cx = rig.cx();
    assert!(see_desk(&cx, None, pair.desk).await.is_err());
    assert!(confirm_phone(&cx, None, pair.desk).await.is_err());
    // The computer is no phone, nor is anybody else.
    for browser in [1, 3] {
        let cx = rig.browser(browser);
        assert!(see_phone(&cx, pair.phone).await.is_err());
        assert!(offer_phone_app(&cx, pair.phone).await.is_err());
        assert!(ask_phone_key(&cx, pair.phone, PasskeyKind::Passkey).await.is_err());
    }
    assert!(see_phone(&cx, pair.desk).await.is_err(), "one flow is not the other");
    assert_eq!(means(&rig, &pair.here).await.len(), 1);
    confirm_phone(&cx, Some(&pair.here), pair.desk).await.unwrap();
}

async fn a_link_takes_a_step_up_and_spends_it(rig: Rig) {
    let (app, here, step_up) = at_home(&rig).await;
    let cx = rig.cx();
    let asked = begin_step_up(&cx, &here, StepUpFor::Factors).await.unwrap();
    let early = continue_on_phone(&cx, &here, asked).await;
    assert!(matches!(early, Err(NoLink::NotFresh(NotFresh::NotShown))), "{early:?}");
    continue_on_phone(&cx, &here, step_up).await.unwrap();
    let twice = continue_on_phone(&cx, &here, step_up).await;
    assert!(matches!(twice, Err(NoLink::NoFlow(NoFlow::Gone))), "{twice:?}");
    let other = rig.step_up(&app, StepUpFor::Sheet).await;
    let other = continue_on_phone(&rig.cx(), &here, other).await;
    assert!(matches!(other, Err(NoLink::NotFresh(NotFresh::OtherPurpose))), "{other:?}");
    let old = rig.step_up(&app, StepUpFor::Factors).await;
    rig.clock.advance(SignedDuration::from_mins(5));
    let late = continue_on_phone(&rig.cx(), &here, old).await;
    assert!(late.is_err(), "{late:?}");
    let unproved = rig.begin(5, &rig.invite(7).await).await;
    let unproved = continue_enrolment_on_phone(&rig.browser(5), unproved).await;
    assert!(matches!(unproved, Err(NoLink::NotNow(NotNow::StepBefore))), "{unproved:?}");
}

async fn it_ends_with_session_block_and_ten_minutes(rig: Rig) {
    let (pair, _) = made(&rig).await;
    sign_out(&rig.cx()).await.unwrap();
    let out = confirm_phone(&rig.cx(), Some(&pair.here), pair.desk).await;
    assert!(matches!(out, Err(PhoneNotConfirmed::NoFlow(NoFlow::Gone))), "{out:?}");
    // Nor does signing in again in that browser take it up.
    rig.sign_in(1, 0, &pair.app).await;
    let anew = confirm_phone(&rig.cx(), Some(&rig.here().await), pair.desk).await;
    assert!(matches!(anew, Err(PhoneNotConfirmed::NoFlow(NoFlow::Gone))), "{anew:?}");

    let rig = rig_like(&rig).await;
    let (pair, _) = made(&rig).await;
    block_by_session(&rig.cx(), &pair.here).await.unwrap();
    let held = confirm_phone(&rig.cx(), Some(&pair.here), pair.desk).await;
    assert!(matches!(held, Err(PhoneNotConfirmed::NoFlow(NoFlow::Gone))), "{held:?}");
    assert!(see_phone(&rig.browser(2), pair.phone).await.is_err());

    let rig = rig_like(&rig).await;
    let pair = admitted(&rig).await;
    rig.clock.advance(SignedDuration::from_secs(599));
    offer_phone_app(&rig.browser(2), pair.phone).await.unwrap();
    let app = offered(&rig.browser(2), pair.phone).await;
    let cx = rig.browser(2);
    make_phone_app(&cx, pair.phone, "Telefon".into(), &app.code(cx.now)).await.unwrap();
    rig.clock.advance(SignedDuration::from_secs(1));
    let late = confirm_phone(&rig.cx(), Some(&pair.here), pair.desk).await;
    assert!(
        matches!(late, Err(PhoneNotConfirmed::NoFlow(NoFlow::Gone))),
        "what is done makes no more time: {late:?}"
    );
    assert!(see_phone(&rig.browser(2), pair.phone).await.is_err());
    assert!(look_at_phone_link(&rig.browser(2), &pair.token).await.is_err());
    assert_eq!(rig.events(EventKind::FactorAdded).await, 1);
}

async fn of_two_yes_at_once_one_adds(rig: Rig) {
    let (pair, _) = made(&rig).await;
    let cx = rig.cx();
    let yes = || confirm_phone(&cx, Some(&pair.here), pair.desk);
    let (one, other) = tokio::join!(yes(), yes());
    assert_eq!(u8::from(one.is_ok()) + u8::from(other.is_ok()), 1, "{one:?} {other:?}");
    assert_eq!(means(&rig, &pair.here).await.len(), 2);
}

async fn two_computers_of_one_person_both_go_on(rig: Rig) {
    let (pair, _) = made(&rig).await;
    let step_up = rig.step_up(&pair.app, StepUpFor::Factors).await;
    let cx = rig.cx();
    let other = continue_on_phone(&cx, &pair.here, step_up).await.unwrap();
    let token = link(&cx, Some(&pair.here), other).await;
    let phone = open_phone_link(&rig.browser(3), &token).await.unwrap();
    admit_phone(&cx, Some(&pair.here), other, &number(&rig.browser(3), phone).await).await.unwrap();
    app_on(&rig.browser(3), phone).await;
    let yes = |desk| confirm_phone(&cx, Some(&pair.here), desk);
    let (one, two) = tokio::join!(yes(pair.desk), yes(other));
    assert!(one.is_ok() && two.is_ok(), "neither waits for the other for ever: {one:?} {two:?}");
    assert_eq!(means(&rig, &pair.here).await.len(), 3);
}

async fn links_that_are_not_ours_open_nothing(rig: Rig) {
    let pair = opened(&rig).await;
    let (id, mac) = pair.token.split_at(32);
    let turned: String = mac.chars().rev().collect();
    let other_flow = format!("{}{mac}", uuid::Uuid::from(pair.phone).simple());
    let cut = pair.token.get(..63).unwrap().to_owned();
    for token in [String::new(), "x".repeat(64), "ø".repeat(32), format!("{id}{turned}"), other_flow, cut] {
        assert!(matches!(look_at_phone_link(&rig.browser(3), &token).await, Err(PhoneLinkRefused::Dead)));
        assert!(matches!(open_phone_link(&rig.browser(3), &token).await, Err(PhoneLinkRefused::Dead)));
    }
    assert_eq!(watch_phone(&rig.cx(), pair.desk).await.unwrap(), "opened", "guesses end nothing");
}

async fn a_key_she_has_is_not_added_again(rig: Rig) {
    let pair = admitted(&rig).await;
    let phone = rig.browser(2);
    let asking = ask_phone_key(&phone, pair.phone, PasskeyKind::Passkey).await.unwrap();
    let answer = SoftKey::numbered(1).answer(&asking.options);
    make_phone_key(&phone, asking.ceremony, "Telefon".into(), &answer).await.unwrap();
    // The same key is registered meanwhile from the account.
    let step_up = rig.step_up(&pair.app, StepUpFor::Factors).await;
    let cx = rig.cx();
    let asking =
        usecases::register_passkey::ask_another_passkey(&cx, &pair.here, step_up, PasskeyKind::Passkey).await;
    let asking = asking.unwrap();
    let answer = SoftKey::numbered(1).answer(&asking.options);
    let registered = usecases::register_passkey::register_another_passkey(
        &cx,
        &pair.here,
        asking.ceremony,
        "Her".into(),
        &answer,
    );
    registered.await.unwrap();
    let known = confirm_phone(&cx, Some(&pair.here), pair.desk).await;
    assert!(matches!(known, Err(PhoneNotConfirmed::Known)), "{known:?}");
    assert_eq!(
        over(&cx, Some(&pair.here), pair.desk).await,
        Ended::Refused,
        "nobody is told that it was added"
    );
    assert_eq!(means(&rig, &pair.here).await.len(), 2);
}

async fn no_phone_is_added_to_a_full_account(rig: Rig) {
    let (pair, _) = made(&rig).await;
    // From the account, while the computer waits for its yes: it is full then.
    for n in 1..MOST_MEANS {
        one_more(&rig, &pair, &format!("App {n}")).await;
    }
    let full = confirm_phone(&rig.cx(), Some(&pair.here), pair.desk).await;
    assert!(matches!(full, Err(PhoneNotConfirmed::NotAdded(NotAdded::TooMany))), "{full:?}");
    assert_eq!(over(&rig.cx(), Some(&pair.here), pair.desk).await, Ended::Refused);
    assert_eq!(means(&rig, &pair.here).await.len(), MOST_MEANS);
}

async fn what_the_computer_showed_counts_no_more_once_it_is_removed(rig: Rig) {
    let (pair, _) = made(&rig).await;
    let first = see_factors(&rig.cx(), &pair.here).await.unwrap().remove(0).id;
    let other = one_more(&rig, &pair, "Den anden").await;
    let step_up = rig.step_up(&other, StepUpFor::Factors).await;
    remove_factor(&rig.cx(), &pair.here, step_up, first).await.unwrap();
    let gone = confirm_phone(&rig.cx(), Some(&pair.here), pair.desk).await;
    assert!(matches!(gone, Err(PhoneNotConfirmed::NotAdded(NotAdded::OtherPurpose))), "{gone:?}");
    assert_eq!(over(&rig.cx(), Some(&pair.here), pair.desk).await, Ended::Refused);
    assert_eq!(means(&rig, &pair.here).await, [(MeanKind::App, "Den anden".to_owned())]);
}

/// One more app, from the account itself.
async fn one_more(rig: &Rig, pair: &Pair, name: &str) -> App {
    let step_up = rig.step_up(&pair.app, StepUpFor::Factors).await;
    let cx = rig.cx();
    let app = App::with_seed(&offer_another_app(&cx, &pair.here, step_up).await.unwrap().secret);
    let code = app.code(cx.now);
    register_another_app(&cx, &pair.here, step_up, name.into(), &code).await.unwrap();
    app
}
