//! `owner_after_storm [FOLDER]`: ten thousand wrong passwords of strangers against one account, with real Argon2id, and how
//! long its owner takes to sign in meanwhile and afterwards, on both databases. Run it below `scripts/with-postgres`; with
//! FOLDER the figures are also written there. Fails above two seconds (security, "Numbers").
#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a figure is printed, and what cannot be measured must fail"
)]

#[expect(dead_code, reason = "this storm has an end of its own")]
mod storm;

use domain::password::Password;
use domain::{SignedDuration, Timestamp};
use keys::{ArgonHasher, Pool, SystemClock, SystemEntropy};
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use storm::{figure, request};
use testkit::{App, PASSWORD, Rig};
use tokio::task::JoinSet;
use usecases::begin_sign_in::begin_sign_in;
use usecases::context::{Cx, Device, House};
use usecases::ports::chance::Clock as _;
use usecases::show_code::show_code;
use usecases::show_password::{PasswordWrong, show_password};

const STORM: u32 = 10_000;
/// Guesses one stranger's address sends, and how many addresses send at a time.
const EACH: u32 = 10;
const AT_ONCE: u32 = 64;
const LIMIT_MS: f64 = 2_000.0;

fn seconds_since(begun: Timestamp) -> f64 {
    SystemClock.now().duration_since(begun).as_secs_f64()
}

/// Her sign-in from the browser she used before, in seconds; `step` later than the last code she used.
async fn owner(rig: &Rig, house: &Arc<House>, device: &Device, app: &App, later: i64) -> f64 {
    let begun = SystemClock.now();
    let cx = || Cx { device: Some(device.clone()), ..request(rig, house, 1) };
    let flow = begin_sign_in(&cx()).await.expect("a flow");
    show_password(&cx(), flow, "p0", Password::typed(PASSWORD.to_owned())).await.expect("no wait for her");
    let code = app.code(Timestamp::from_second(house.clock.now().as_second() + later).expect("a time"));
    show_code(&cx(), flow, &code).await.expect("a session");
    seconds_since(begun)
}

async fn stranger(rig: Arc<Rig>, house: Arc<House>, n: u32, tried: Arc<AtomicU32>) {
    for guess in 0..EACH {
        let mut cx = request(&rig, &house, u128::from(1_000 + n));
        cx.source.address = Ipv4Addr::from_bits(0xC612_0000 + n).into();
        let flow = begin_sign_in(&cx).await.expect("a flow");
        let wrong = show_password(&cx, flow, "p0", Password::typed(format!("wrong {guess}"))).await;
        if matches!(wrong, Err(PasswordWrong::Wrong { .. } | PasswordWrong::Wait(_))) {
            tried.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// Whether she waited no longer than she may.
async fn measure(database: &str, rig: Rig, folder: Option<&Path>) -> bool {
    rig.clock.set(&(SystemClock.now() - SignedDuration::from_mins(5)).to_string());
    let app = rig.enrol(1, 0).await;
    let device = rig.sign_in(1, 0, &app).await.device;
    let hasher = ArgonHasher::start(Pool::default(), Arc::new(SystemEntropy)).expect("a pool");
    let house = rig.house_on(Arc::new(SystemClock), Arc::new(hasher));
    let hash = house.hasher.hash(Password::typed(PASSWORD.to_owned())).await.expect("a hash");
    let mut tx = rig.change().await;
    tx.set_password_hash(rig.person(0).await.id, &hash, house.clock.now()).await.expect("a password");
    tx.commit().await.expect("a password");

    let (rig, tried) = (Arc::new(rig), Arc::new(AtomicU32::new(0)));
    let (begun, mut storm) = (SystemClock.now(), JoinSet::new());
    let (mut next, mut meanwhile) = (0, None);
    while next < STORM / EACH || !storm.is_empty() {
        while next < STORM / EACH && storm.len() < AT_ONCE.try_into().expect("a number") {
            storm.spawn(stranger(Arc::clone(&rig), Arc::clone(&house), next, Arc::clone(&tried)));
            next += 1;
        }
        if meanwhile.is_none() && tried.load(Ordering::Relaxed) >= STORM / 2 {
            meanwhile = Some(owner(&rig, &house, &device, &app, 0).await);
        }
        storm.join_next().await;
    }
    let tried = tried.load(Ordering::Relaxed);
    println!(
        "{database}: {tried} wrong passwords from {} addresses in {:.1} s",
        STORM / EACH,
        seconds_since(begun)
    );
    let after = owner(&rig, &house, &device, &app, 30).await;
    let meanwhile = meanwhile.expect("the storm was long enough");
    println!("owner signs in: {meanwhile:.2} s in the middle of it, {after:.2} s after it");
    let times = vec![meanwhile * 1000.0, after * 1000.0];
    let within = times.iter().all(|time| *time <= LIMIT_MS);
    let about = format!("an owner's sign-in amid {tried} foreign passwords and after them, the slower one");
    let name = format!("owner-after-storm-{database}");
    figure(folder, &name, times, (LIMIT_MS, STORM - tried), &about, "owner_after_storm");
    within && tried == STORM
}

#[tokio::main]
async fn main() -> ExitCode {
    let folder = std::env::args_os().nth(1).map(PathBuf::from);
    let sqlite = measure("sqlite", Rig::on_sqlite().await, folder.as_deref()).await;
    let postgres = measure("postgres", Rig::on_postgres().await, folder.as_deref()).await;
    if sqlite && postgres { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
