//! `keys rewrap`.

use crate::cli::{NewKek, Where};
use crate::fault::CommandFault;
use crate::wiring::{self, Plan};
use crate::{operator, say};
use keys::{Kek, KekSource, KeyRing, OtherKek};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use usecases::ports::ring::KekKind;
use usecases::ports::store::Stamp;
use usecases::rewrap_ring::{Rewrapped, rewrap_ring};

/// Wraps the ring under another key-encryption key. A run that ended before the trail was told is run again and tells it.
pub(crate) async fn run(
    at: &Where,
    to: &NewKek,
    passphrase_from: Option<&Path>,
    reason: &str,
) -> Result<ExitCode, CommandFault> {
    let by = operator::at_the_command_line(reason)?;
    let mut plan = super::super::plan(at)?;
    if !plan.ring.exists() {
        return Err(CommandFault::refused("there is no key ring yet: `nsis-id keys create` makes one"));
    }
    let source = source(to, passphrase_from, plan.stamp)?;
    let new = taken_up(to, &source)?;
    if opens(&plan, &new) {
        if loaded(&plan.kek).is_ok_and(|old| opens(&plan, &old)) {
            return Err(CommandFault::refused(
                "the key ring lies under this key-encryption key, which the configuration opens: nothing was changed. \
                 Name another one with --to",
            ));
        }
        plan.kek = source;
    }
    let installation = wiring::open(plan).await?;
    let other = OtherKek::of(&installation.ring, new);
    let done = rewrap_ring(&installation.operator()?, &installation.ring, &other, &by, kind(to)).await;
    report(
        done.map_err(CommandFault::during(
            "wrapping the key ring; run it again, and it goes on where it was",
        ))?,
        to,
    );
    Ok(ExitCode::SUCCESS)
}

fn report(done: Rewrapped, to: &NewKek) {
    let Rewrapped { keys, now } = done;
    say(&if now {
        format!("{keys} keys, retired ones too, are wrapped under the new key-encryption key")
    } else {
        format!("{keys} keys were wrapped under it already; the trail tells of it now")
    });
    say(&match to {
        NewKek::Credential(name) => {
            format!("now: `credential = \"{name}\"` alone under [keys], and in the unit")
        }
        NewKek::Passphrase(file) => format!(
            "now: `passphrase_file = \"{}\"` and `passphrase_from` under [keys], no `credential`",
            file.display()
        ),
        NewKek::Bare(file) => format!("now: put {} in the place of the demo's own", file.display()),
    });
    say(
        "start every instance again with it: what runs goes on with the keys it has, and takes up no rotation until then",
    );
    say(
        "copy the ring to every machine and to its safes; copies of it from before open with the old key-encryption key: \
         delete those, then destroy that key",
    );
    say(
        "where somebody may have read the old one and a copy of the ring: run `nsis-id keys rotate` after that",
    );
}

fn kind(to: &NewKek) -> KekKind {
    match to {
        NewKek::Credential(_) => KekKind::Credential,
        NewKek::Passphrase(_) => KekKind::Passphrase,
        NewKek::Bare(_) => KekKind::Bare,
    }
}

fn source(to: &NewKek, passphrase_from: Option<&Path>, stamp: Stamp) -> Result<KekSource, CommandFault> {
    let failed = "finding the new key-encryption key";
    match (to, passphrase_from) {
        (NewKek::Passphrase(file), Some(from)) => {
            let passphrase = keys::kek::read_passphrase(from);
            let passphrase = passphrase.map_err(CommandFault::during("reading the passphrase"))?;
            Ok(KekSource::passphrase_file(file.clone(), passphrase))
        }
        (NewKek::Passphrase(_), None) => Err(CommandFault::refused(
            "--passphrase-from must say where the new file's passphrase is read from",
        )),
        (_, Some(_)) => Err(CommandFault::refused("--passphrase-from goes with --to passphrase:FILE alone")),
        (NewKek::Credential(name), None) => KekSource::credential(name).map_err(CommandFault::during(failed)),
        (NewKek::Bare(file), None) => {
            KekSource::bare_file(file.clone(), stamp).map_err(CommandFault::during(failed))
        }
    }
}

/// Takes it up; a file that is not there is made, and one that is stays.
fn taken_up(to: &NewKek, source: &KekSource) -> Result<Arc<dyn Kek>, CommandFault> {
    match to {
        NewKek::Passphrase(file) | NewKek::Bare(file) if !file.exists() => {
            let made = source.create(wiring::chance().1);
            made.map_err(CommandFault::during("making the new key-encryption key"))
        }
        _ => loaded(source),
    }
}

fn loaded(source: &KekSource) -> Result<Arc<dyn Kek>, CommandFault> {
    source.load(wiring::chance().1).map_err(CommandFault::during("taking up the new key-encryption key"))
}

fn opens(plan: &Plan, kek: &Arc<dyn Kek>) -> bool {
    KeyRing::load(&plan.ring, Arc::clone(kek)).is_ok()
}
