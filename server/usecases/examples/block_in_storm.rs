//! `block_in_storm [FOLDER]`: how long owners wait for their block by each door while strangers offer ten times as many
//! passwords as this machine can hash, each from an address of its own, on both databases; and on two instances beside
//! each other on one PostgreSQL. Run it below `scripts/with-postgres`; with FOLDER the figures are also written there. The
//! time is that of the use case, to its commit; while the mass brake asks once more, of both requests together. By MitID
//! it is that of the last yes: the way there is the broker's.
#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a figure is printed, and what cannot be measured must fail"
)]

mod storm;

use domain::SignedDuration;
use domain::ids::FlowId;
use domain::password::Password;
use domain::proofing::Purpose;
use domain::suspension::Door;
use keys::{ArgonHasher, Pool, SystemClock, SystemEntropy};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;
use storm::{Storm, figure, rate, request};
use testkit::{PASSWORD, Rig, good_answer, hr};
use usecases::block_by_code::{NotBlocked, block_by_code};
use usecases::block_by_notice::block_by_notice;
use usecases::block_by_password::block_by_password;
use usecases::block_by_session::block_by_session;
use usecases::confirm_block::confirm_block;
use usecases::context::House;
use usecases::finish_enrolment::finish_enrolment;
use usecases::finish_proof::{Proved, finish_proof};
use usecases::keep_codes::see_codes;
use usecases::ports::chance::Clock as _;
use usecases::suspend::Opened;
use usecases::who::who;

/// Owners who block by each of the doors.
const OWNERS: u32 = 100;

/// One of the instances beside each other.
struct Instance {
    rig: Arc<Rig>,
    house: Arc<House>,
}

/// What opens a door to one owner.
struct Key {
    p: u32,
    door: Door,
    /// Her blocking code, or the link in a letter of hers; empty where her door takes neither.
    secret: String,
}

async fn owner(rig: &Rig, p: u32, door: Door) -> Key {
    let browser = u128::from(p) + 1;
    let flow = rig.proved(browser, p).await;
    rig.choose(browser, flow).await;
    let app = rig.register(browser, flow).await;
    finish_enrolment(&rig.browser(browser), flow).await.expect("an enrolment");
    let (sheet, _) = see_codes(&rig.browser(browser), flow).await.expect("a sheet");
    let letters = rig.letters().await;
    let secret = match door {
        Door::Code => sheet.blocking.printed(),
        Door::Notice => letters.iter().find_map(|letter| letter.not_me()).expect("a link").to_owned(),
        Door::Session => {
            rig.sign_in(browser, p, &app).await;
            String::new()
        }
        Door::Mitid | Door::Password => String::new(),
    };
    Key { p, door, secret }
}

/// Back from MitID, where the last yes is asked; made right before it, for it is not asked for long.
async fn question(rig: &Rig, p: u32) -> Option<FlowId> {
    rig.clock.set(&SystemClock.now().to_string());
    let browser = u128::from(p) + 1;
    let callback = rig.trip_for(browser, Purpose::Blocking, None).await;
    rig.mitid.answers(good_answer(&hr::cpr(p), rig.cx().now));
    match finish_proof(&rig.browser(browser), "test", &callback).await {
        Ok(Proved::Blocking(flow)) => Some(flow),
        _ => None,
    }
}

/// Her block, in milliseconds; none when it did not succeed.
async fn block(Instance { rig, house }: &Instance, Key { p, door, secret }: &Key) -> Option<f64> {
    let cx = || request(rig, house, u128::from(*p) + 1);
    let name = format!("p{p}");
    let asked = if *door == Door::Mitid { Some(question(rig, *p).await?) } else { None };
    let begun = Instant::now();
    let opened: Result<Opened, NotBlocked> = match door {
        Door::Session => {
            let here = who(&cx()).await.ok()??;
            block_by_session(&cx(), &here).await.map(Opened::Blocked).map_err(Into::into)
        }
        Door::Code => block_by_code(&cx(), &name, secret).await,
        Door::Notice => block_by_notice(&cx(), secret).await,
        Door::Password => block_by_password(&cx(), &name, Password::typed(PASSWORD.to_owned())).await,
        Door::Mitid => Ok(Opened::Asked(asked?)),
    };
    if let Opened::Asked(flow) = opened.ok()? {
        confirm_block(&cx(), flow).await.ok()?;
    }
    Some(begun.elapsed().as_secs_f64() * 1000.0)
}

fn instance(rig: Rig) -> Instance {
    let hasher = ArgonHasher::start(Pool::default(), Arc::new(SystemEntropy)).expect("a pool");
    let house = rig.house_on(Arc::new(SystemClock), Arc::new(hasher));
    Instance { rig: Arc::new(rig), house }
}

/// Owners' blocks, each at the next of these instances.
async fn measure(database: &str, rig: Rig, twin: Option<Rig>, folder: Option<&Path>) {
    let mut owners = Vec::new();
    for (first, door) in (0..).map(|wave| wave * OWNERS).zip(Door::ALL) {
        for p in first..first + OWNERS {
            // A sign-in moves this clock on, and nobody's session is to begin in times to come.
            rig.clock.set(&(SystemClock.now() - SignedDuration::from_mins(5)).to_string());
            owners.push(owner(&rig, p, door).await);
        }
    }
    let instances: Vec<Instance> = [Some(rig), twin].into_iter().flatten().map(instance).collect();
    let first = instances.first().expect("an instance");
    let (rate, hash) = rate(&first.house).await;
    let mut tx = first.rig.change().await;
    for key in &owners {
        let person = first.rig.person(key.p).await.id;
        tx.set_password_hash(person, &hash, first.house.clock.now()).await.expect("a password");
    }
    tx.commit().await.expect("passwords");

    // Its share at each: the machine is the same.
    let share = rate / f64::from(u32::try_from(instances.len()).unwrap_or(1));
    let mut storms = Vec::new();
    for Instance { rig, house } in &instances {
        storms.push(Storm::begin(rig, house, share, OWNERS * 5).await);
    }
    for door in Door::ALL {
        let (mut times, mut failed) = (Vec::new(), 0_u32);
        let here = instances.iter().cycle();
        for (at, key) in here.zip(owners.iter().filter(|key| key.door == door)) {
            match block(at, key).await {
                Some(time) => times.push(time),
                None => failed += 1,
            }
        }
        let limit = if door == Door::Password { 2000.0 } else { 500.0 };
        let name = format!("block-{}-{database}-p99", door.word().trim_start_matches("by-"));
        let about = format!("in a storm of {rate:.0} logins/s");
        figure(folder, &name, times, (limit, failed), &about, "block_in_storm");
    }
    for storm in storms {
        println!("{database}: {} guesses offered, of {rate:.0} a second in all", storm.end().await);
    }
}

#[tokio::main]
async fn main() {
    let folder = std::env::args_os().nth(1).map(PathBuf::from);
    let folder = folder.as_deref();
    measure("sqlite", Rig::on_sqlite().await, None, folder).await;
    measure("postgres", Rig::on_postgres().await, None, folder).await;
    let rig = Rig::on_postgres().await;
    let twin = rig.twin().await;
    measure("two-postgres", rig, Some(twin), folder).await;
}
