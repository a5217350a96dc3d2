//! `a_year FOLDER [PEOPLE]`: lives a year into a folder that no demo was started in yet, and prints what is known of it as
//! JSON. `nsis-id demo --data FOLDER` goes on with it. The year ended two days ago, so that whatever the demo does by
//! itself lies behind it. Its auditor and its administrator sign in with the password that is printed.
//!
//! It is no part of the programme: an example, built for the tests alone.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "what is known is printed, and a year that cannot be lived must fail"
)]

use audit::OutsideFile;
use domain::SignedDuration;
use domain::calendar::copenhagen_day;
use domain::password::Password;
use keys::{
    ArgonHasher, Ed25519, KekSource, KeyRing, LocalVault, Pool, RingOnDisk, SystemClock, SystemEntropy,
};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use storage_sqlite::SqliteStore;
use testkit::{Calendar, Login, Rig, Year};
use usecases::ports::chance::{Clock as _, Entropy};
use usecases::ports::people::Hasher as _;
use usecases::ports::store::{Stamp, Store};

/// So many people where nobody says how many.
const FEW: u32 = 120;

/// What both sign in with.
const PASSWORD: &str = "tre våde kajakker i oktober";

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().expect("a folder"));
    let people = arguments.next().map_or_else(|| Year::people(FEW), |many| many.parse().expect("a number"));
    std::fs::create_dir_all(&folder).expect("a folder");
    let today = copenhagen_day(SystemClock.now());
    let first = today.checked_sub(SignedDuration::from_hours(24 * 366)).expect("a day within reach");
    let entropy: Arc<dyn Entropy> = Arc::new(SystemEntropy);
    let kept = keys_in(&folder, Calendar::from(first), &entropy);
    let vault = LocalVault::new(&kept, Arc::clone(&entropy)).expect("a vault");
    // Where the demo keeps its records; checkpoints it signs itself, for they name its address.
    let outside = folder.join("outside");
    std::fs::create_dir_all(&outside).expect("a folder");
    let rig = Rig::on(store_in(&folder).await).keeping(Arc::new(OutsideFile::at(outside.join("records"))));
    let rig = rig.under(Arc::new(vault), Arc::new(Ed25519));
    let on_disk = RingOnDisk::of(&kept, Arc::clone(&entropy));
    let year = Box::pin(Year::lived(&rig, &on_disk, first, people)).await;
    let hasher = ArgonHasher::start(Pool::default(), entropy).expect("threads");
    for login in [&year.auditor, &year.administrator] {
        let hash = hasher.hash(Password::typed(PASSWORD.to_owned())).await.expect("a hash");
        takes(&rig, login, &hash).await;
    }
    let mut facts = year.facts();
    for login in ["auditor", "administrator"] {
        if let Some(login) = facts.get_mut(login).and_then(serde_json::Value::as_object_mut) {
            login.insert("password".to_owned(), PASSWORD.into());
        }
    }
    println!("{facts}");
}

/// Makes the keys, as the demo would.
fn keys_in(folder: &Path, calendar: Calendar, entropy: &Arc<dyn Entropy>) -> KeyRing {
    let kek = KekSource::bare_file(folder.join("kek"), Stamp::Demo).expect("a demo's key");
    let kek = kek.create(Arc::clone(entropy)).expect("a new key");
    let ring = folder.join("keys.toml");
    KeyRing::create(ring, kek, calendar.morning(-60), entropy.as_ref()).expect("a new ring")
}

/// Makes the database, as the demo would.
async fn store_in(folder: &Path) -> Arc<dyn Store> {
    let store = SqliteStore::open(&folder.join("nsis-id.db")).await.expect("a file");
    store.migrate().await.expect("tables");
    let mut tx = store.begin("stamp").await.expect("a store");
    tx.set_stamp(Stamp::Demo).await.expect("a new database");
    tx.commit().await.expect("a store");
    Arc::new(store)
}

/// Lets her sign in where passwords are really hashed.
async fn takes(rig: &Rig, login: &Login, hash: &str) {
    let id = rig.person(login.n).await.id;
    let mut tx = rig.change().await;
    tx.set_password_hash(id, hash, rig.clock.now()).await.expect("a store");
    tx.commit().await.expect("a store");
}
