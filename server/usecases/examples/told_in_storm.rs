//! `told_in_storm [FOLDER]`: while strangers offer ten times as many passwords as this machine can hash, how long until a
//! block's letters leave, on both databases; and how long until a second instance on the same PostgreSQL refuses whoever
//! was blocked on the first. Run it below `scripts/with-postgres`; with FOLDER the figures are also written there. The
//! post office counts and takes no time: what SMTP adds is its own.
#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a figure is printed, and what cannot be measured must fail"
)]

mod storm;

use async_trait::async_trait;
use domain::notice::Template;
use domain::{SignedDuration, Timestamp};
use keys::{ArgonHasher, Pool, SystemClock, SystemEntropy};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use storm::{Storm, figure, rate, request};
use testkit::{Rig, receive};
use tokio::sync::watch;
use usecases::block_by_code::block_by_code;
use usecases::confirm_block::confirm_block;
use usecases::context::House;
use usecases::deliver_notices::deliver_notices;
use usecases::finish_enrolment::finish_enrolment;
use usecases::keep_codes::see_codes;
use usecases::ports::chance::Clock as _;
use usecases::ports::people::{About, Carrier, Letter, NotSent, Post, Scribe, TextMessage};
use usecases::receive_request::{Received, RequestRefused};
use usecases::save_connection::{Settings, save_connection};
use usecases::suspend::Opened;

const OWNERS: u32 = 100;
const SERVICE: &str = "https://sp.example";

/// Writes when it happened, for the post office that counts.
struct Stamping;

impl Scribe for Stamping {
    fn write(&self, about: &About, to: &str) -> Letter {
        let block = about.notice.template == Template::Blocked;
        Letter {
            message_id: about.notice.id.to_string(),
            to: to.to_owned(),
            subject: if block { about.notice.at.to_string() } else { String::new() },
            text: String::new(),
            html: String::new(),
        }
    }

    fn write_short(&self, about: &About, to: &str) -> TextMessage {
        TextMessage { id: about.notice.id.to_string(), to: to.to_owned(), text: String::new() }
    }
}

/// How long each letter of a block took.
#[derive(Default)]
struct Counting(Mutex<Vec<f64>>);

#[async_trait]
impl Post for Counting {
    async fn send(&self, letter: &Letter) -> Result<(), NotSent> {
        if let Ok(at) = letter.subject.parse::<Timestamp>() {
            let took = SystemClock.now().duration_since(at).as_secs_f64() * 1000.0;
            self.0.lock().expect("a whole post office").push(took);
        }
        Ok(())
    }
}

/// An owner with her blocking code and a session in a browser of her own.
async fn owner(rig: &Rig, p: u32) -> String {
    let browser = u128::from(p) + 1;
    let flow = rig.proved(browser, p).await;
    rig.choose(browser, flow).await;
    let app = rig.register(browser, flow).await;
    finish_enrolment(&rig.browser(browser), flow).await.expect("an enrolment");
    let (sheet, _) = see_codes(&rig.browser(browser), flow).await.expect("a sheet");
    rig.sign_in(browser, p, &app).await;
    sheet.blocking.printed()
}

fn hashing(rig: &Rig) -> Arc<House> {
    let hasher = ArgonHasher::start(Pool::default(), Arc::new(SystemEntropy)).expect("a pool");
    rig.house_on(Arc::new(SystemClock), Arc::new(hasher))
}

async fn owners(rig: &Rig) -> Vec<String> {
    save_connection(&rig.cx(), "ops1", "a service", SERVICE, Settings::default()).await.expect("a service");
    let mut codes = Vec::new();
    for p in 0..OWNERS {
        // A sign-in moves this clock on, and nobody's session is to begin in times to come.
        rig.clock.set(&(SystemClock.now() - SignedDuration::from_mins(5)).to_string());
        codes.push(owner(rig, p).await);
    }
    rig.letters().await;
    codes
}

async fn block(rig: &Rig, house: &Arc<House>, p: u32, code: &str) -> bool {
    let cx = || request(rig, house, 10_000 + u128::from(p));
    match block_by_code(&cx(), &format!("p{p}"), code).await {
        Ok(Opened::Blocked(_)) => true,
        Ok(Opened::Asked(flow)) => confirm_block(&cx(), flow).await.is_ok(),
        Err(_) => false,
    }
}

/// How long letters take on one instance.
async fn letters(database: &str, rig: Rig, folder: Option<&Path>) {
    let codes = owners(&rig).await;
    let house = hashing(&rig);
    let rig = Arc::new(rig);
    let (rate, _) = rate(&house).await;
    let post = Arc::new(Counting::default());
    let (stop, mut stopped) = watch::channel(false);
    let (sending, at) = (Arc::clone(&post), Arc::clone(&house));
    let worker = tokio::spawn(async move {
        // As the worker of the programme does: a look every second, twenty at a time while there are any.
        while !*stopped.borrow_and_update() {
            let by = Carrier::Post(sending.as_ref());
            let done = deliver_notices(&at, by, &Stamping, 20).await;
            if done.map_or(true, |done| done.settled() == 0) {
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
    });
    let storm = Storm::begin(&rig, &house, rate, OWNERS).await;
    let mut failed = 0;
    for (p, code) in (0..).zip(&codes) {
        failed += u32::from(!block(&rig, &house, p, code).await);
    }
    let expected = usize::try_from(2 * (OWNERS - failed)).unwrap_or(usize::MAX);
    let patience = Instant::now();
    while post.0.lock().expect("a whole post office").len() < expected
        && patience.elapsed() < Duration::from_secs(90)
    {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    println!("{database}: {} guesses offered at {rate:.0} a second", storm.end().await);
    stop.send(true).ok();
    drop(worker.await);
    let times = post.0.lock().expect("a whole post office").clone();
    failed += u32::try_from(expected.saturating_sub(times.len())).unwrap_or(u32::MAX);
    let about = format!("letters of {OWNERS} blocks in a storm of {rate:.0} logins/s");
    figure(folder, &format!("notices-{database}-p99"), times, (60_000.0, failed), &about, "told_in_storm");
}

/// Asks this instance for a token in her session.
async fn ask(rig: &Rig, house: &Arc<House>, p: u32, message: &str) -> Result<Received, RequestRefused> {
    // The rig's database tells this clock's time, and far apart from the house's nothing is issued.
    rig.clock.set(&SystemClock.now().to_string());
    receive(&request(rig, house, u128::from(p) + 1), &format!("{SERVICE}|{message}")).await
}

/// A block on one instance, seen from another.
async fn two_instances(rig: Rig, folder: Option<&Path>) {
    let codes = owners(&rig).await;
    let twin = rig.twin().await;
    let (here, there) = (hashing(&rig), hashing(&twin));
    let (rig, twin) = (Arc::new(rig), Arc::new(twin));
    let (rate, _) = rate(&here).await;
    // Half of it at each: the machine is the same.
    let storms = [
        Storm::begin(&rig, &here, rate / 2.0, OWNERS).await,
        Storm::begin(&twin, &there, rate / 2.0, OWNERS).await,
    ];
    let (mut times, mut failed) = (Vec::new(), 0);
    for (p, code) in (0..).zip(&codes) {
        let before = ask(&twin, &there, p, &format!("before-{p}")).await;
        if !matches!(before, Ok(Received::Answered(_))) {
            println!("p{p} had no token to lose: {before:?}");
            failed += 1;
            continue;
        }
        let begun = Instant::now();
        if !block(&rig, &here, p, code).await {
            failed += 1;
            continue;
        }
        // The block has committed: not one more token.
        let after = ask(&twin, &there, p, &format!("after-{p}")).await;
        failed += u32::from(matches!(after, Ok(Received::Answered(_))));
        times.push(begun.elapsed().as_secs_f64() * 1000.0);
    }
    for storm in storms {
        println!("two instances: {} guesses offered", storm.end().await);
    }
    let about = format!(
        "from the form at one instance to the refusal at the other, in a storm of {rate:.0} logins/s"
    );
    figure(folder, "block-two-instances-p99", times, (2_000.0, failed), &about, "told_in_storm");
}

#[tokio::main]
async fn main() {
    let folder = std::env::args_os().nth(1).map(PathBuf::from);
    two_instances(Rig::on_postgres().await, folder.as_deref()).await;
    letters("sqlite", Rig::on_sqlite().await, folder.as_deref()).await;
    letters("postgres", Rig::on_postgres().await, folder.as_deref()).await;
}
