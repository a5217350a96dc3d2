//! `verify_bench [EVENTS] [FOLDER]`: how many events a second the verifier takes, over an export made for it. Prints the
//! figure as JSON; with FOLDER also writes it there.
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a bench measures real time and prints it"
)]
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a bench that cannot begin must fail")]

use audit::verify_export;
use domain::Timestamp;
use domain::audit::checkpoint::{Checkpoint, Note, Seal};
use domain::audit::tree::Frontier;
use domain::audit::{FORMAT, Follower, Hash, Origin, Row};
use keys::{Ed25519, KekSource, KeyRing, LocalVault, SystemEntropy};
use sha2::{Digest as _, Sha256};
use std::fs::File;
use std::io::{BufReader, BufWriter, Write as _};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;
use usecases::export_trail::format::{Closing, Header, Line, NAME};
use usecases::ports::store::Stamp;
use usecases::ports::vault::{KeyUse, Vault};

/// The bar, in events a second.
const BAR: f64 = 200_000.0;
const ORIGIN: &str = "login.eksempel.test/trail";

fn main() {
    let mut args = std::env::args().skip(1);
    let events: u64 = args.next().map_or(Ok(1_000_000), |many| many.parse()).expect("a number of events");
    let folder = tempfile::tempdir().unwrap();
    let vault = vault(folder.path());
    let file = folder.path().join("export");
    generate(&file, events, &vault);
    let size = std::fs::metadata(&file).unwrap().len();
    let keys = vault.public_keys(KeyUse::Checkpoints).unwrap();
    let began = Instant::now();
    let reader = BufReader::with_capacity(1 << 20, File::open(&file).unwrap());
    let sound = verify_export(reader, &keys, &Ed25519, &[]).unwrap();
    let seconds = began.elapsed().as_secs_f64();
    assert_eq!(sound.to, events);
    let events = f64::from(u32::try_from(events).expect("fewer than four thousand million"));
    let (rate, bytes) = (events / seconds, f64::from(u32::try_from(size / 1_000_000).unwrap_or(u32::MAX)));
    let figure = serde_json::json!({
        "name": "verify-export",
        "value": rate.round(),
        "unit": format!("events per second of {events}, {:.0} MB per second", bytes / seconds),
        "limit": BAR,
        "ok": rate >= BAR,
        "command": "cargo run --release -p audit --example verify_bench",
    });
    println!("{figure}");
    if let Some(figures) = args.next() {
        std::fs::create_dir_all(&figures).unwrap();
        std::fs::write(Path::new(&figures).join("verify-export.json"), figure.to_string()).unwrap();
    }
}

fn vault(folder: &Path) -> LocalVault {
    let kek = KekSource::bare_file(folder.join("kek"), Stamp::Demo).unwrap();
    let kek = kek.create(Arc::new(SystemEntropy)).unwrap();
    let at = Timestamp::UNIX_EPOCH;
    let ring = KeyRing::create(folder.join("keys.toml"), kek, at, &SystemEntropy).unwrap();
    LocalVault::new(&ring, Arc::new(SystemEntropy)).unwrap()
}

/// As `audit export` writes it: rows of the length a sign-in leaves.
fn generate(file: &Path, events: u64, vault: &LocalVault) {
    let mut out = BufWriter::with_capacity(1 << 20, File::create(file).unwrap());
    let mut digest = Sha256::new();
    let mut put = |value: &dyn erased::Json| {
        let line = value.line();
        digest.update(&line);
        out.write_all(&line).unwrap();
    };
    let header = Header {
        format: NAME.to_owned(),
        origin: ORIGIN.to_owned(),
        from: 1,
        to: events,
        size: events,
        chain: Hash::START,
        before: Vec::new(),
        after: Vec::new(),
    };
    put(&header);
    let (mut follower, mut tree) = (Follower::default(), Frontier::default());
    for number in 1..=events {
        let row = row(number);
        let link = follower.append(&row);
        tree.push(row.leaf(), |_, _| {});
        put(&Line::of(&link, &row));
    }
    let at = Timestamp::UNIX_EPOCH;
    let (size, root) = (tree.size(), tree.root());
    let checkpoint = Checkpoint { origin: ORIGIN.to_owned(), size, root, number: 1, at, given_up: None };
    put(&Closing::Checkpoint(signed(vault, checkpoint.text())));
    let digest = Hash(digest.finalize().into());
    let seal = Seal { origin: ORIGIN.to_owned(), from: 1, to: events, digest, at };
    out.write_all(&erased::Json::line(&Closing::Seal(signed(vault, seal.text())))).unwrap();
    out.flush().unwrap();
}

fn signed(vault: &LocalVault, text: String) -> String {
    let (key, signature) = vault.sign(KeyUse::Checkpoints, text.as_bytes()).unwrap();
    Note::signed(text, ORIGIN, &key, signature).written()
}

fn row(number: u64) -> Row {
    let instance = uuid::Uuid::from_u128(7).into();
    let id = uuid::Uuid::from_u64_pair(0x0192_0000_0000_7000, number);
    Row {
        id: id.into(),
        format: FORMAT,
        at: Timestamp::from_microsecond(1_793_530_800_000_000 + i64::try_from(number).unwrap()).unwrap(),
        kind: "sign-in.done".to_owned(),
        actor: format!("{{\"Person\":\"{id}\"}}"),
        subject: Some(id.into()),
        request: id.into(),
        facts: format!("{{\"factors\":\"password+app\",\"session\":\"{id}\"}}"),
        personal: vec![u8::try_from(number % 251).unwrap(); 120],
        origin: Some(Origin { instance, lane: 1, number }),
        mac: Sha256::digest(number.to_be_bytes()).into(),
    }
}

mod erased {
    /// A line of JSON with its end.
    pub(super) trait Json {
        fn line(&self) -> Vec<u8>;
    }

    impl<T: serde::Serialize> Json for T {
        fn line(&self) -> Vec<u8> {
            let mut line = serde_json::to_vec(self).unwrap();
            line.push(b'\n');
            line
        }
    }
}
