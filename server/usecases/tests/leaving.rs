//! Leaving for MitID takes no right, so everybody may, as often as she likes: what a stranger leaves behind by it is
//! bounded, and nobody is refused. Every promise on both databases.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test that cannot begin must fail")]

use domain::SignedDuration;
use domain::audit::EventKind;
use domain::flow::TRIPS_AT_ONCE;
use domain::proofing::{Purpose, Refusal};
use domain::standing::Origin;
use domain::suspension::Door;
use domain::throttle::{OWN_NETWORK_A_MINUTE, SOURCE_A_MINUTE};
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use testkit::{Rig, ScriptedMitid, good_answer, hr};
use usecases::block_by_code::NotBlocked;
use usecases::block_by_notice::block_by_notice;
use usecases::confirm_block::confirm_block;
use usecases::context::Cx;
use usecases::finish_proof::{ProofFailed, Proved, finish_proof};
use usecases::start_proof::start_proof;

testkit::on_both! {
    a_thousand_trips_from_one_source_all_start_and_leave_twenty_rows_a_minute
    a_thousand_sources_keep_no_owner_from_her_block
    an_address_of_the_municipality_is_written_down_more_often
    a_browser_keeps_a_handful_of_trips_open_and_the_newest_lead_back
    who_is_known_is_written_down_each_time_and_loses_no_trip
    callbacks_made_up_do_not_fill_the_trail
    a_dead_link_does_not_fill_the_trail
    a_dead_question_does_not_fill_the_trail
}

/// Of the purposes anybody may leave for.
const ANYBODYS: [Purpose; 4] = [Purpose::Finding, Purpose::Blocking, Purpose::Reopening, Purpose::Reset];

fn from(rig: &Rig, browser: u128, address: impl Into<IpAddr>) -> Cx {
    let mut cx = rig.browser(browser);
    cx.source.address = address.into();
    cx
}

fn stranger() -> Ipv4Addr {
    Ipv4Addr::new(203, 0, 113, 7)
}

/// Leaves; gives what the browser will bring back.
async fn leaves(cx: &Cx, purpose: Purpose) -> BTreeMap<String, String> {
    let address = start_proof(cx, (purpose, None), "da").await.unwrap();
    let (_, state) = address.split_once("state=").unwrap();
    ScriptedMitid::callback(state)
}

/// Blocks the first person's login by MitID from there.
async fn blocks(rig: &Rig, cx: &Cx) {
    let callback = leaves(cx, Purpose::Blocking).await;
    rig.mitid.answers(good_answer(&hr::cpr(0), rig.cx().now));
    match finish_proof(cx, "test", &callback).await {
        Ok(Proved::Blocking(flow)) => assert_eq!(confirm_block(cx, flow).await.unwrap().door, Door::Mitid),
        other => panic!("not asked: {other:?}"),
    }
    assert!(!rig.standing(0).await.is_active());
}

fn purposes() -> impl Iterator<Item = Purpose> {
    ANYBODYS.into_iter().cycle()
}

async fn a_thousand_trips_from_one_source_all_start_and_leave_twenty_rows_a_minute(rig: Rig) {
    rig.enrol(1, 0).await;
    let before = rig.events(EventKind::ProofStarted).await;
    for (n, purpose) in (1000..2000).zip(purposes()) {
        leaves(&from(&rig, n, stranger()), purpose).await;
    }
    let rows = u64::from(SOURCE_A_MINUTE);
    assert_eq!(rig.events(EventKind::ProofStarted).await, before + rows);
    rig.clock.advance(SignedDuration::from_secs(61));
    leaves(&from(&rig, 1, stranger()), Purpose::Finding).await;
    assert_eq!(rig.events(EventKind::ProofStarted).await, before + rows + 1, "worth a row again");
    blocks(&rig, &from(&rig, 9, stranger())).await;
}

async fn a_thousand_sources_keep_no_owner_from_her_block(rig: Rig) {
    rig.enrol(1, 0).await;
    let before = rig.events(EventKind::ProofStarted).await;
    for (n, purpose) in (0..1000u32).zip(purposes()) {
        let address = Ipv4Addr::from_bits(0xC612_0000 + n);
        leaves(&from(&rig, 1000 + u128::from(n), address), purpose).await;
    }
    assert_eq!(rig.events(EventKind::ProofStarted).await, before + 1000, "one each");
    assert!(rig.standing(0).await.is_active());
    blocks(&rig, &rig.browser(9)).await;
}

async fn an_address_of_the_municipality_is_written_down_more_often(rig: Rig) {
    let own = rig.house.policy.own_networks.first().copied().unwrap();
    for n in 0..OWN_NETWORK_A_MINUTE + 20 {
        leaves(&from(&rig, 1000 + u128::from(n), own), Purpose::Finding).await;
    }
    assert_eq!(rig.events(EventKind::ProofStarted).await, u64::from(OWN_NETWORK_A_MINUTE));
}

async fn trips(rig: &Rig) -> i64 {
    rig.number("select count(*) from flows where cast(about as text) like '{\"Mitid\"%'").await
}

async fn a_browser_keeps_a_handful_of_trips_open_and_the_newest_lead_back(rig: Rig) {
    rig.enrol(1, 0).await;
    let before = trips(&rig).await;
    let mut callbacks = Vec::new();
    for _ in 0..50 {
        rig.clock.advance(SignedDuration::from_secs(1));
        callbacks.push(leaves(&rig.browser(9), Purpose::Blocking).await);
    }
    assert_eq!(trips(&rig).await, before + i64::from(TRIPS_AT_ONCE));
    leaves(&rig.browser(8), Purpose::Blocking).await;
    assert_eq!(trips(&rig).await, before + i64::from(TRIPS_AT_ONCE) + 1, "another browser has its own");
    let open = usize::try_from(TRIPS_AT_ONCE).unwrap();
    for (nth, callback) in callbacks.iter().rev().enumerate() {
        rig.mitid.answers(good_answer(&hr::cpr(0), rig.cx().now));
        let done = finish_proof(&rig.browser(9), "test", callback).await;
        if nth < open {
            assert!(matches!(done, Ok(Proved::Blocking(_))), "{nth}: {done:?}");
        } else {
            assert!(matches!(done, Err(ProofFailed::Refused { .. })), "{nth}: {done:?}");
        }
    }
}

async fn who_is_known_is_written_down_each_time_and_loses_no_trip(rig: Rig) {
    let app = rig.enrol(1, 0).await;
    rig.sign_in(1, 0, &app).await;
    let (before, open) = (rig.events(EventKind::ProofStarted).await, trips(&rig).await);
    for _ in 0..30 {
        leaves(&rig.cx(), Purpose::Reconfirmation).await;
    }
    leaves(&rig.cx(), Purpose::Finding).await;
    assert_eq!(rig.events(EventKind::ProofStarted).await, before + 31);
    assert_eq!(trips(&rig).await, open + 31);
}

async fn callbacks_made_up_do_not_fill_the_trail(rig: Rig) {
    rig.enrol(1, 0).await;
    for n in 0..300u128 {
        let made_up = ScriptedMitid::callback(&uuid::Uuid::from_u128(n).to_string());
        let done = finish_proof(&from(&rig, n, stranger()), "test", &made_up).await;
        assert!(matches!(done, Err(ProofFailed::Refused { .. })), "{n}: {done:?}");
    }
    // Nor do trips that were begun and broken off.
    for n in 0..100u128 {
        let cx = from(&rig, n, stranger());
        let callback = leaves(&cx, Purpose::Blocking).await;
        rig.mitid.refuses(Refusal::Aborted);
        assert!(finish_proof(&cx, "test", &callback).await.is_err(), "{n}");
    }
    assert_eq!(rig.events(EventKind::ProofRefused).await, u64::from(SOURCE_A_MINUTE));
    blocks(&rig, &from(&rig, 9, stranger())).await;
}

async fn a_dead_link_does_not_fill_the_trail(rig: Rig) {
    rig.proved(1, 0).await;
    let letters = rig.letters().await;
    let token = letters.iter().find_map(|it| it.not_me()).unwrap();
    rig.clock.advance(SignedDuration::from_hours(24 * 10));
    for n in 0..100 {
        let dead = block_by_notice(&from(&rig, 7, stranger()), token).await;
        assert!(matches!(dead, Err(NotBlocked::Wrong)), "{n}: {dead:?}");
    }
    assert_eq!(rig.events(EventKind::BlockRefused).await, u64::from(SOURCE_A_MINUTE));
}

async fn a_dead_question_does_not_fill_the_trail(rig: Rig) {
    rig.enrol(1, 0).await;
    let cx = from(&rig, 7, stranger());
    let callback = leaves(&cx, Purpose::Blocking).await;
    rig.mitid.answers(good_answer(&hr::cpr(0), rig.cx().now));
    let Ok(Proved::Blocking(asked)) = finish_proof(&cx, "test", &callback).await else { panic!("not asked") };
    // Blocked and opened meanwhile: what was asked before is over.
    blocks(&rig, &rig.browser(9)).await;
    let person = rig.person(0).await.id;
    let mut tx = rig.change().await;
    let epoch = tx.standing(person).await.unwrap().lift(Origin::Owner).epoch();
    tx.lift_holds(person, Origin::Owner, epoch).await.unwrap();
    tx.note_opened(person, epoch).await.unwrap();
    tx.commit().await.unwrap();
    for n in 0..100 {
        let dead = confirm_block(&cx, asked).await;
        assert!(matches!(dead, Err(NotBlocked::Wrong)), "{n}: {dead:?}");
    }
    assert_eq!(rig.events(EventKind::BlockRefused).await, u64::from(SOURCE_A_MINUTE));
    rig.clock.advance(SignedDuration::from_mins(2));
    blocks(&rig, &from(&rig, 7, stranger())).await;
}
