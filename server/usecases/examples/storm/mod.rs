//! Strangers who offer ten times as many passwords as this machine can hash, each from an address of its own.

use domain::password::Password;
use keys::Pool;
use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};
use testkit::{PASSWORD, Rig};
use tokio::task::{JoinHandle, JoinSet};
use usecases::context::{Cx, House};
use usecases::show_password::{Attempt, show_password};

/// How much more than can be hashed is offered.
const TIMES: f64 = 10.0;

/// A request to this house, now.
pub(crate) fn request(rig: &Rig, house: &Arc<House>, browser: u128) -> Cx {
    Cx { house: Arc::clone(house), now: house.clock.now(), ..rig.browser(browser) }
}

/// Ten times the passwords a second this house can hash; and a hash of the password everybody has.
pub(crate) async fn rate(house: &House) -> (f64, String) {
    let begun = Instant::now();
    let hash = house.hasher.hash(Password::typed(PASSWORD.to_owned())).await.expect("a hash");
    let workers = u32::try_from(Pool::default().workers.get()).map_or(1.0, f64::from);
    (TIMES * workers / begun.elapsed().as_secs_f64(), hash)
}

/// A storm until it is told to stop.
pub(crate) struct Storm {
    over: Arc<AtomicBool>,
    running: JoinHandle<u32>,
}

impl Storm {
    /// Guesses at so many people's names, at this house. The queue for hashing is full when it returns.
    pub(crate) async fn begin(rig: &Arc<Rig>, house: &Arc<House>, a_second: f64, people: u32) -> Self {
        let over = Arc::new(AtomicBool::new(false));
        let storm = blow(Arc::clone(rig), Arc::clone(house), a_second, people, Arc::clone(&over));
        let running = tokio::spawn(storm);
        tokio::time::sleep(Duration::from_secs(5)).await;
        Self { over, running }
    }

    /// How many guesses were offered.
    pub(crate) async fn end(self) -> u32 {
        self.over.store(true, Ordering::Relaxed);
        self.running.await.expect("a storm")
    }
}

/// Offers guesses at a steady rate, however many wait.
async fn blow(rig: Arc<Rig>, house: Arc<House>, a_second: f64, people: u32, over: Arc<AtomicBool>) -> u32 {
    let offered = Arc::new(AtomicU32::new(0));
    let (mut tick, mut all, mut n) = (tokio::time::interval(Duration::from_millis(10)), JoinSet::new(), 0);
    let mut due = 0.0;
    while !over.load(Ordering::Relaxed) {
        tick.tick().await;
        due += a_second / 100.0;
        while due >= 1.0 {
            due -= 1.0;
            all.spawn(stranger(Arc::clone(&rig), Arc::clone(&house), (n, people), Arc::clone(&offered)));
            n += 1;
        }
        while all.try_join_next().is_some() {}
    }
    all.shutdown().await;
    offered.load(Ordering::Relaxed)
}

/// One guess of a stranger at an address nobody else has.
async fn stranger(rig: Arc<Rig>, house: Arc<House>, (n, people): (u32, u32), offered: Arc<AtomicU32>) {
    let mut cx = request(&rig, &house, 1_000_000 + u128::from(n));
    cx.source.address = Ipv4Addr::from_bits(0x0A00_0000 + n).into();
    offered.fetch_add(1, Ordering::Relaxed);
    if let Ok(flow) = cx.handle() {
        let name = format!("p{}", n % people);
        let password = Password::typed(format!("wrong {n}"));
        drop(show_password(&cx, Attempt::Begins(flow), &name, password).await);
    }
}

/// Prints a figure, and leaves it in the folder.
pub(crate) fn figure(
    folder: Option<&Path>,
    name: &str,
    mut times: Vec<f64>,
    (limit, failed): (f64, u32),
    about: &str,
    command: &str,
) {
    times.sort_by(f64::total_cmp);
    let at = |percent: usize| times.get(times.len() * percent / 100).or(times.last()).copied();
    let p99 = at(99).unwrap_or(f64::INFINITY);
    let ok = failed == 0 && p99 <= limit;
    println!(
        "{name}: {p99:.0} ms, median {:.0} ms, {failed} failed (limit {limit} ms)",
        at(50).unwrap_or(0.0)
    );
    if let Some(folder) = folder {
        let many = times.len();
        let figure = format!(
            r#"{{"name":"{name}","value":{p99:.0},"unit":"ms of {many}, {failed} failed, {about}","limit":{limit},"ok":{ok},"command":"scripts/with-postgres cargo run --release -p usecases --example {command}"}}"#
        );
        std::fs::write(folder.join(format!("{name}.json")), figure).expect("a folder");
    }
}
