//! A limit that is up closes no door of blocking to the right password: it waits in a slow lane (security decision 10).
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test that cannot begin must fail")]

use domain::SignedDuration;
use domain::audit::EventKind;
use domain::password::Password;
use domain::suspension::Door;
use domain::throttle::SOURCE_A_MINUTE;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use testkit::{PASSWORD, Rig};
use tokio::task::JoinSet;
use usecases::Fault;
use usecases::begin_sign_in::begin_sign_in;
use usecases::block_by_code::NotBlocked;
use usecases::block_by_password::block_by_password;
use usecases::confirm_block::confirm_block;
use usecases::context::Cx;
use usecases::ports::people::{Lane, NotHashed};
use usecases::show_password::{PasswordWrong, show_password};
use usecases::suspend::{Opened, Receipt};

testkit::on_both! {
    the_right_password_blocks_where_the_account_waits
    the_right_password_blocks_where_the_source_waits
    a_late_guess_is_counted_for_the_sign_in_too
    a_name_nobody_has_waits_and_is_refused_as_a_wrong_password_is
    a_full_lane_blocks_nothing_and_counts_nothing
    late_guesses_do_not_bury_what_happened
    forty_owners_at_once_behind_one_address_all_block
}

const WRONG: &str = "wrong enough words";

async fn tried(cx: &Cx, name: &str, text: &str) -> Result<Opened, NotBlocked> {
    block_by_password(cx, name, Password::typed(text.to_owned())).await
}

async fn wrong(cx: &Cx, name: &str, times: u32) {
    for n in 0..times {
        assert!(matches!(tried(cx, name, WRONG).await, Err(NotBlocked::Wrong)), "{n}");
    }
}

fn blocked(outcome: Result<Opened, NotBlocked>) -> Receipt {
    match outcome {
        Ok(Opened::Blocked(receipt)) => receipt,
        other => panic!("not blocked: {other:?}"),
    }
}

/// A stranger's browser behind that address.
fn behind(rig: &Rig, address: impl Into<IpAddr>) -> Cx {
    let mut cx = rig.browser(u128::MAX);
    cx.source.address = address.into();
    cx
}

fn address() -> IpAddr {
    Ipv4Addr::new(203, 0, 113, 7).into()
}

async fn the_right_password_blocks_where_the_account_waits(rig: Rig) {
    rig.enrol(1, 0).await;
    let cx = behind(&rig, address());
    wrong(&cx, "p0", 3).await;
    assert_eq!(rig.hasher.late(), 0, "below the limit all is quick");
    wrong(&cx, "p0", 4).await;
    assert_eq!(rig.hasher.late(), 4);
    assert!(rig.standing(0).await.is_active());
    assert_eq!(blocked(tried(&cx, "p0", PASSWORD).await).door, Door::Password);
    assert_eq!(rig.hasher.late(), 5);
    assert!(!rig.standing(0).await.is_active());
}

async fn the_right_password_blocks_where_the_source_waits(rig: Rig) {
    rig.enrol(1, 0).await;
    let cx = behind(&rig, address());
    for n in 0..SOURCE_A_MINUTE {
        wrong(&cx, &format!("name{n}"), 1).await;
    }
    assert_eq!(rig.hasher.late(), 0);
    blocked(tried(&cx, "p0", PASSWORD).await);
    assert_eq!(rig.hasher.late(), 1);
    assert_eq!(rig.events(EventKind::Held).await, 1);
}

async fn a_late_guess_is_counted_for_the_sign_in_too(rig: Rig) {
    rig.enrol(1, 0).await;
    let begun = rig.cx().now;
    wrong(&behind(&rig, address()), "p0", 4).await;
    let cx = behind(&rig, address());
    let flow = begin_sign_in(&cx).await.unwrap();
    let shown = show_password(&cx, flow, "p0", Password::typed(PASSWORD.to_owned())).await;
    let Err(PasswordWrong::Wait(until)) = shown else { panic!("{shown:?}") };
    assert_eq!(until, begun + SignedDuration::from_secs(16), "two to the fourth");
    blocked(tried(&cx, "p0", PASSWORD).await);
    assert_eq!(rig.hasher.late(), 2, "the fourth, and the right one");
    let again = show_password(&cx, flow, "p0", Password::typed(PASSWORD.to_owned())).await;
    assert!(!matches!(again, Err(PasswordWrong::Wait(_))), "the right one ends the wait: {again:?}");
}

async fn a_name_nobody_has_waits_and_is_refused_as_a_wrong_password_is(rig: Rig) {
    rig.enrol(1, 0).await;
    let mut verified = Vec::new();
    for (n, name) in (1..).zip(["p0", "nobody", "not a name!"]) {
        let cx = behind(&rig, Ipv4Addr::new(203, 0, 113, n));
        let (all, late) = (rig.hasher.verified(), rig.hasher.late());
        wrong(&cx, name, 6).await;
        verified.push((rig.hasher.verified() - all, rig.hasher.late() - late));
    }
    assert_eq!(verified, [(6, 3); 3]);
    assert_eq!(rig.events(EventKind::BlockRefused).await, 18);
}

async fn a_full_lane_blocks_nothing_and_counts_nothing(rig: Rig) {
    rig.enrol(1, 0).await;
    let cx = behind(&rig, address());
    wrong(&cx, "p0", 3).await;
    rig.hasher.are_full(&[Lane::Late]);
    for text in [PASSWORD, WRONG] {
        let full = tried(&cx, "p0", text).await;
        assert!(matches!(full, Err(NotBlocked::Fault(_))), "{full:?}");
    }
    assert!(rig.standing(0).await.is_active());
    assert_eq!(rig.events(EventKind::BlockRefused).await, 3, "nobody looked whether it was wrong");
    assert_eq!(blocked(tried(&rig.browser(2), "p0", PASSWORD).await).door, Door::Password, "from elsewhere");
    rig.hasher.are_full(&[Lane::Blocking]);
    let full = tried(&rig.browser(3), "p0", PASSWORD).await;
    assert!(matches!(full, Err(NotBlocked::Fault(Fault::Hasher(NotHashed::Full)))), "{full:?}");
    rig.hasher.are_full(&[]);
    rig.clock.advance(SignedDuration::from_secs(8));
    wrong(&behind(&rig, address()), "p0", 1).await;
    assert_eq!(rig.hasher.late(), 0, "the wait was of three wrong ones still, and is over");
}

async fn late_guesses_do_not_bury_what_happened(rig: Rig) {
    rig.enrol(1, 0).await;
    let cx = behind(&rig, address());
    wrong(&cx, "p0", 100).await;
    assert_eq!(rig.events(EventKind::BlockRefused).await, 3 + u64::from(SOURCE_A_MINUTE));
    blocked(tried(&cx, "p0", PASSWORD).await);
}

async fn forty_owners_at_once_behind_one_address_all_block(rig: Rig) {
    for p in 0..40 {
        rig.enrol(u128::from(p) + 1, p).await;
    }
    let rig = Arc::new(rig);
    let mut owners = JoinSet::new();
    for p in 0..40 {
        let rig = Arc::clone(&rig);
        owners.spawn(async move {
            let cx = behind(&rig, address());
            match tried(&cx, &format!("p{p}"), PASSWORD).await.unwrap() {
                Opened::Blocked(_) => {}
                Opened::Asked(flow) => {
                    confirm_block(&cx, flow).await.unwrap();
                }
            }
        });
    }
    owners.join_all().await;
    for p in 0..40 {
        assert!(!rig.standing(p).await.is_active(), "owner {p}");
    }
    assert_eq!(rig.events(EventKind::BlockRefused).await, 0);
}
