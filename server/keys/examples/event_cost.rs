//! `event_cost [FOLDER]`: what an event of the trail takes of the processor before the database sees it: its personal part is
//! sealed under the person's key, and the row is vouched for. Prints the figure as JSON; with FOLDER also writes it there.

use domain::Timestamp;
use domain::audit::{FORMAT, Origin, Row};
use domain::ids::{EventId, InstanceId, PersonId};
use keys::{KekSource, KeyRing, LocalVault, SystemEntropy};
use std::error::Error;
use std::fmt::Display;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use usecases::ports::store::Stamp;
use usecases::ports::vault::{KeyUse, Vault as _};

const ROUNDS: u32 = 5000;
const NANOSECONDS: f64 = 1e9;
const ID: &str = "01920000-0000-7000-8000-000000000001";
/// As long as a service's answer leaves it.
const FACTS: &str = r#"{"asked":"Substantial","assertion":"_0192000000007000800000000000001a","cause":"Session","cvr":"29189897","encrypted":"true","in-response-to":"_01920000000070008000000000000001","level":"Substantial","response":"_0192000000007000800000000000001r","service":"https://fagsystem.eksempel.test/saml/metadata"}"#;
const PERSONAL: &str = r#"{"address":"192.0.2.17","browser":"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}"#;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).map(PathBuf::from);
    let place = tempfile::tempdir()?;
    let vault = vault(place.path())?;
    let person: PersonId = id()?;
    let key = vault.person_key(person)?;
    let begun = cpu()?;
    for number in 1..=ROUNDS {
        let sealed = vault.seal_for(person, &key, "audit_events/personal", PERSONAL.as_bytes())?;
        let row = row(person, sealed, u64::from(number))?;
        vault.mac(KeyUse::Trail, &row.encoded())?;
    }
    say(folder, (cpu()? - begun) * 1000.0 / f64::from(ROUNDS))
}

/// The same for everybody and everything: nobody looks one up.
fn id<T: FromStr<Err: Display>>() -> Result<T, String> {
    ID.parse().map_err(|error: T::Err| error.to_string())
}

fn vault(folder: &Path) -> Result<LocalVault, Box<dyn Error>> {
    let kek = KekSource::bare_file(folder.join("kek"), Stamp::Demo)?.create(Arc::new(SystemEntropy))?;
    let ring = KeyRing::create(folder.join("keys.toml"), kek, Timestamp::UNIX_EPOCH, &SystemEntropy)?;
    Ok(LocalVault::new(&ring, Arc::new(SystemEntropy))?)
}

fn row(person: PersonId, personal: Vec<u8>, number: u64) -> Result<Row, Box<dyn Error>> {
    let event: EventId = id()?;
    let instance: InstanceId = id()?;
    Ok(Row {
        id: event,
        format: FORMAT,
        at: Timestamp::UNIX_EPOCH,
        kind: "token.issued".to_owned(),
        actor: format!("{{\"Person\":\"{person}\"}}"),
        subject: Some(person),
        request: id()?,
        facts: FACTS.to_owned(),
        personal,
        origin: Some(Origin { instance, lane: 1, number }),
        mac: [0; 32],
    })
}

/// Processor seconds of this thread: what others do on the machine meanwhile does not count.
fn cpu() -> Result<f64, Box<dyn Error>> {
    let spent = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    Ok(spent.split_whitespace().next().ok_or("no figure")?.parse::<f64>()? / NANOSECONDS)
}

fn say(folder: Option<PathBuf>, value: f64) -> Result<(), Box<dyn Error>> {
    let figure = format!(
        r#"{{"name":"event-cpu","value":{value:.4},"unit":"ms to seal and vouch for one event","limit":null,"ok":true,"command":"cargo run --release -p keys --example event_cost"}}"#
    );
    writeln!(std::io::stdout(), "{figure}")?;
    if let Some(folder) = folder {
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join("event-cpu.json"), figure)?;
    }
    Ok(())
}
