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

use domain::SignedDuration;
use domain::password::Password;
use domain::suspension::Door;
use keys::{ArgonHasher, Pool, SystemClock, SystemEntropy};
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};
use testkit::{PASSWORD, Rig};
use tokio::task::JoinSet;
use usecases::begin_sign_in::begin_sign_in;
use usecases::block_by_code::{NotBlocked, block_by_code};
use usecases::block_by_password::block_by_password;
use usecases::block_by_session::block_by_session;
use usecases::confirm_block::confirm_block;
use usecases::context::{Cx, House};
use usecases::finish_enrolment::finish_enrolment;
use usecases::keep_codes::see_codes;
use usecases::ports::chance::Clock as _;
use usecases::show_password::show_password;
use usecases::suspend::Opened;
use usecases::who::who;

/// Owners who block by each of the doors.
const OWNERS: u32 = 100;
const DOORS: [Door; 3] = [Door::Session, Door::Code, Door::Password];
/// How much more than can be hashed is offered.
const TIMES: f64 = 10.0;

fn request(rig: &Rig, house: &Arc<House>, browser: u128) -> Cx {
    Cx { house: Arc::clone(house), now: house.clock.now(), ..rig.browser(browser) }
}

/// One guess of a stranger at an address nobody else has.
async fn stranger(rig: Arc<Rig>, house: Arc<House>, n: u32, offered: Arc<AtomicU32>) {
    let mut cx = request(&rig, &house, 1_000_000 + u128::from(n));
    cx.source.address = Ipv4Addr::from_bits(0x0A00_0000 + n).into();
    offered.fetch_add(1, Ordering::Relaxed);
    if let Ok(flow) = begin_sign_in(&cx).await {
        let name = format!("p{}", n % (OWNERS * 3));
        drop(show_password(&cx, flow, &name, Password::typed(format!("wrong {n}"))).await);
    }
}

/// Offers guesses at a steady rate, however many wait, until it is told to stop.
async fn storm(rig: Arc<Rig>, house: Arc<House>, a_second: f64, over: Arc<AtomicBool>) -> u32 {
    let offered = Arc::new(AtomicU32::new(0));
    let (mut tick, mut all, mut n) = (tokio::time::interval(Duration::from_millis(10)), JoinSet::new(), 0);
    let mut due = 0.0;
    while !over.load(Ordering::Relaxed) {
        tick.tick().await;
        due += a_second / 100.0;
        while due >= 1.0 {
            due -= 1.0;
            all.spawn(stranger(Arc::clone(&rig), Arc::clone(&house), n, Arc::clone(&offered)));
            n += 1;
        }
        while all.try_join_next().is_some() {}
    }
    all.shutdown().await;
    offered.load(Ordering::Relaxed)
}

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
    let begun = Instant::now();
    let hash = house.hasher.hash(Password::typed(PASSWORD.to_owned())).await.expect("a hash");
    let workers = u32::try_from(Pool::default().workers.get()).map_or(1.0, f64::from);
    let rate = TIMES * workers / begun.elapsed().as_secs_f64();
    let mut tx = rig.change().await;
    for (p, _, _) in &owners {
        let person = rig.person(*p).await.id;
        tx.set_password_hash(person, &hash, house.clock.now()).await.expect("a password");
    }
    tx.commit().await.expect("passwords");

    let (rig, over) = (Arc::new(rig), Arc::new(AtomicBool::new(false)));
    let storm = tokio::spawn(storm(Arc::clone(&rig), Arc::clone(&house), rate, Arc::clone(&over)));
    // The queue for hashing is full before the first owner comes.
    tokio::time::sleep(Duration::from_secs(5)).await;
    for door in DOORS {
        let (mut times, mut failed) = (Vec::new(), 0_u32);
        for (p, _, code) in owners.iter().filter(|(_, of, _)| *of == door) {
            match block(&rig, &house, *p, door, code).await {
                Some(time) => times.push(time),
                None => failed += 1,
            }
        }
        times.sort_by(f64::total_cmp);
        let at = |percent: usize| times.get(times.len() * percent / 100).or(times.last()).copied();
        let limit = if door == Door::Password { 2000.0 } else { 500.0 };
        let p99 = at(99).unwrap_or(f64::INFINITY);
        let name = format!("block-{}-{database}-p99", door.word().trim_start_matches("by-"));
        let ok = failed == 0 && p99 <= limit;
        println!(
            "{name}: {p99:.0} ms, median {:.0} ms, {failed} failed (limit {limit} ms)",
            at(50).unwrap_or(0.0)
        );
        if let Some(folder) = folder {
            let figure = format!(
                r#"{{"name":"{name}","value":{p99:.0},"unit":"ms of {OWNERS}, {failed} failed, in a storm of {rate:.0} logins/s","limit":{limit},"ok":{ok},"command":"scripts/with-postgres cargo run --release -p usecases --example block_in_storm"}}"#
            );
            std::fs::write(folder.join(format!("{name}.json")), figure).expect("a folder");
        }
    }
    over.store(true, Ordering::Relaxed);
    println!("{database}: {} guesses offered at {rate:.0} a second", storm.await.expect("a storm"));
}

#[tokio::main]
async fn main() {
    let folder = std::env::args_os().nth(1).map(PathBuf::from);
    measure("sqlite", Rig::on_sqlite().await, folder.as_ref()).await;
    measure("postgres", Rig::on_postgres().await, folder.as_ref()).await;
}
