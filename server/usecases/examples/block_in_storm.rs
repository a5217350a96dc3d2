//! `block_in_storm [FOLDER]`: how long owners wait for their block while strangers offer ten times as many passwords as
//! this machine can hash, each from an address of its own, on both databases. Run it below `scripts/with-postgres`; with
//! FOLDER the figures are also written there. The time is that of the use case, to its commit; while the mass brake asks
//! once more, of both requests together.
#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a figure is printed, and what cannot be measured must fail"
)]

mod storm;

use domain::SignedDuration;
use domain::password::Password;
use domain::suspension::Door;
use keys::{ArgonHasher, Pool, SystemClock, SystemEntropy};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;
use storm::{Storm, figure, rate, request};
use testkit::{PASSWORD, Rig};
use usecases::block_by_code::{NotBlocked, block_by_code};
use usecases::block_by_password::block_by_password;
use usecases::block_by_session::block_by_session;
use usecases::confirm_block::confirm_block;
use usecases::context::House;
use usecases::finish_enrolment::finish_enrolment;
use usecases::keep_codes::see_codes;
use usecases::ports::chance::Clock as _;
use usecases::suspend::Opened;
use usecases::who::who;

/// Owners who block by each of the doors.
const OWNERS: u32 = 100;
const DOORS: [Door; 3] = [Door::Session, Door::Code, Door::Password];

/// What an owner needs for her door: her blocking code, and a session where that is her door.
async fn owner(rig: &Rig, p: u32, door: Door) -> String {
    let browser = u128::from(p) + 1;
    let flow = rig.proved(browser, p).await;
    rig.choose(browser, flow).await;
    let app = rig.register(browser, flow).await;
    finish_enrolment(&rig.browser(browser), flow).await.expect("an enrolment");
    let (sheet, _) = see_codes(&rig.browser(browser), flow).await.expect("a sheet");
    if door == Door::Session {
        rig.sign_in(browser, p, &app).await;
    }
    sheet.blocking.printed()
}

/// Her block, in milliseconds; none when it did not succeed.
async fn block(rig: &Rig, house: &Arc<House>, p: u32, door: Door, code: &str) -> Option<f64> {
    let cx = || request(rig, house, u128::from(p) + 1);
    let name = format!("p{p}");
    let begun = Instant::now();
    let opened: Result<Opened, NotBlocked> = match door {
        Door::Session => {
            let here = who(&cx()).await.ok()??;
            block_by_session(&cx(), &here).await.map(Opened::Blocked).map_err(Into::into)
        }
        Door::Code => block_by_code(&cx(), &name, code).await,
        _ => block_by_password(&cx(), &name, Password::typed(PASSWORD.to_owned())).await,
    };
    if let Opened::Asked(flow) = opened.ok()? {
        confirm_block(&cx(), flow).await.ok()?;
    }
    Some(begun.elapsed().as_secs_f64() * 1000.0)
}

async fn measure(database: &str, rig: Rig, folder: Option<&PathBuf>) {
    rig.clock.set(&(SystemClock.now() - SignedDuration::from_mins(5)).to_string());
    let mut owners = Vec::new();
    for (first, door) in (0..).map(|wave| wave * OWNERS).zip(DOORS) {
        for p in first..first + OWNERS {
            owners.push((p, door, owner(&rig, p, door).await));
        }
    }
    let hasher = ArgonHasher::start(Pool::default(), Arc::new(SystemEntropy)).expect("a pool");
    let house = rig.house_on(Arc::new(SystemClock), Arc::new(hasher));
    let (rate, hash) = rate(&house).await;
    let mut tx = rig.change().await;
    for (p, _, _) in &owners {
        let person = rig.person(*p).await.id;
        tx.set_password_hash(person, &hash, house.clock.now()).await.expect("a password");
    }
    tx.commit().await.expect("passwords");

    let rig = Arc::new(rig);
    let storm = Storm::begin(&rig, &house, rate, OWNERS * 3).await;
    for door in DOORS {
        let (mut times, mut failed) = (Vec::new(), 0_u32);
        for (p, _, code) in owners.iter().filter(|(_, of, _)| *of == door) {
            match block(&rig, &house, *p, door, code).await {
                Some(time) => times.push(time),
                None => failed += 1,
            }
        }
        let limit = if door == Door::Password { 2000.0 } else { 500.0 };
        let name = format!("block-{}-{database}-p99", door.word().trim_start_matches("by-"));
        let about = format!("in a storm of {rate:.0} logins/s");
        figure(folder.map(PathBuf::as_path), &name, times, (limit, failed), &about, "block_in_storm");
    }
    println!("{database}: {} guesses offered at {rate:.0} a second", storm.end().await);
}

#[tokio::main]
async fn main() {
    let folder = std::env::args_os().nth(1).map(PathBuf::from);
    measure("sqlite", Rig::on_sqlite().await, folder.as_ref()).await;
    measure("postgres", Rig::on_postgres().await, folder.as_ref()).await;
}
