//! `audit verify`: of a database, of a copy of one away from home, or of an export.

use crate::cli::{Against, Where};
use crate::commands;
use crate::database::Database;
use crate::fault::{self, CommandFault};
use crate::wiring::{self, Installation};
use crate::{operator, say, tell};
use audit::{Unsound, Verified, verify_against, verify_export};
use domain::audit::Tampered;
use domain::audit::checkpoint::{Checkpoint, PublicKey, standing};
use keys::Ed25519;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use usecases::checkpoints::{note, read_lines};
use usecases::note_verification::{Verification, note_verification};
use usecases::ports::store::Store;
use usecases::ports::vault::{KeyUse, Vault};
use usecases::verify_trail::Report;

const VERIFYING: &str = "verifying the trail";

/// Verifies a database or an export; exit code 3 when it does not hold.
pub(crate) async fn verify(at: &Where, what: &Against) -> Result<ExitCode, CommandFault> {
    if let (Some(export), Some(keys)) = (&what.export, &what.public_key) {
        return verify_file(export, &read_keys(keys)?, what.checkpoints.as_deref());
    }
    let subject = match &what.public_key {
        Some(keys) => Subject::away(read_keys(keys)?, what).await?,
        None => Subject::at_home(at, what).await?,
    };
    let (checkpoints, restores) = match subject.checkpoints().await? {
        Ok(all) => standing(all),
        Err(line) => {
            let forged = Tampered::Forged { line };
            let report = Report { checked: 0, unsequenced: 0, first: Some(forged.clone()) };
            subject.note(&report, None, false).await;
            return Ok(tampered(&forged));
        }
    };
    for restore in &restores {
        tell_of_restore(restore);
    }
    let last = checkpoints.last().cloned();
    let vault = subject.vault.as_deref();
    let verified = verify_against(subject.store.as_ref(), vault, checkpoints)
        .await
        .map_err(CommandFault::during(VERIFYING))?;
    let lacks_outside = subject.lacks_outside && last.is_some();
    subject.note(&verified.report, last.as_ref(), lacks_outside).await;
    if lacks_outside {
        tell(
            "MISSING: the checkpoints kept outside are not there; what the database says of itself was compared",
        );
        report(&verified, last.as_ref(), what.backup);
        return Ok(ExitCode::from(3));
    }
    Ok(report(&verified, last.as_ref(), what.backup))
}

fn tell_of_restore(checkpoint: &Checkpoint) {
    if let Some(given_up) = checkpoint.given_up {
        tell(&format!(
            "checkpoint {} of {}: a restored backup went on from place {}; of the trail before it up to {} rows behind \
             that are given up",
            checkpoint.number, checkpoint.at, given_up.kept, given_up.lost
        ));
    }
}

fn report(verified: &Verified, last: Option<&Checkpoint>, backup: bool) -> ExitCode {
    let report = &verified.report;
    say(&format!("{} rows follow the chain, {} are not in it yet", report.checked, report.unsequenced));
    if let Some(last) = last {
        say(&format!(
            "{} checkpoints agree; the newest is number {} of {}, over {} rows",
            verified.agreed, last.number, last.at, last.size
        ));
    }
    match &report.first {
        None => ExitCode::SUCCESS,
        Some(Tampered::Short { end, number, size }) if backup => {
            say(&format!(
                "the backup ends at place {end}; checkpoint {number} stands for {size} rows: it is that much older"
            ));
            ExitCode::SUCCESS
        }
        Some(found) => tampered(found),
    }
}

fn tampered(found: &Tampered) -> ExitCode {
    tell(&format!("TAMPERED: {found}"));
    ExitCode::from(3)
}

/// What is verified, and what it is held against.
struct Subject {
    store: Arc<dyn Store>,
    /// None away from home: rows' MACs are not compared.
    vault: Option<Arc<dyn Vault>>,
    keys: Vec<PublicKey>,
    outside: Option<String>,
    /// A place is configured, and nothing is there.
    lacks_outside: bool,
    /// The installation, where it is its own database that is verified and no copy of it.
    live: Option<Installation>,
}

impl Subject {
    /// Nothing but public keys is at hand.
    async fn away(keys: Vec<PublicKey>, what: &Against) -> Result<Self, CommandFault> {
        let address = what.database.as_deref().ok_or_else(|| {
            CommandFault::refused("--public-key goes with --export or --database: which trail is meant?")
        })?;
        let store = Database::open_existing(address, None).await?.store();
        let outside = what.checkpoints.as_deref().map(read_file).transpose()?;
        Ok(Self { store, vault: None, keys, outside, lacks_outside: false, live: None })
    }

    async fn at_home(at: &Where, what: &Against) -> Result<Self, CommandFault> {
        let installation = wiring::look(commands::plan(at)?).await?;
        let house = Arc::clone(&installation.house);
        let keys = house.vault.public_keys(KeyUse::Checkpoints).map_err(CommandFault::during(VERIFYING))?;
        let store = match &what.database {
            Some(address) => Database::open_existing(address, None).await?.store(),
            None => Arc::clone(&house.store),
        };
        let mut lacks_outside = false;
        let outside = match (&what.checkpoints, &house.keeping.place) {
            (Some(file), _) => Some(read_file(file)?),
            (None, Some(place)) => {
                let text =
                    place.read().await.map_err(CommandFault::during("reading the checkpoints outside"))?;
                lacks_outside = text.is_none();
                text
            }
            (None, None) => None,
        };
        let live = (what.database.is_none() && !what.backup).then_some(installation);
        Ok(Self { store, vault: Some(Arc::clone(&house.vault)), keys, outside, lacks_outside, live })
    }

    /// Lets the trail tell that it was verified. Where it cannot, that is said, and the verdict stands.
    async fn note(&self, report: &Report, last: Option<&Checkpoint>, lacks_outside: bool) {
        let Some(installation) = &self.live else { return };
        let seen = Verification { report, checkpoint: last.map(|it| it.number), lacks_outside };
        let noted = match installation.operator() {
            Ok(cx) => note_verification(&cx, &operator::name(), &seen)
                .await
                .map_err(CommandFault::during("writing down that the trail was verified")),
            Err(fault) => Err(fault),
        };
        if let Err(why) = noted {
            tell(&format!("this run is not in the trail: {}", fault::chain(&why)));
        }
    }

    /// Those kept outside, and behind them those the database has and has not sent yet.
    async fn checkpoints(&self) -> Result<Result<Vec<Checkpoint>, u64>, CommandFault> {
        let mut text = self.outside.clone().unwrap_or_default();
        let last = text.lines().last().and_then(note);
        let mut after = last.and_then(|last| {
            Checkpoint::read(&domain::audit::checkpoint::Note::read(&last)?.text).map(|it| it.number)
        });
        loop {
            let mut tx = self.store.reading("verify").await.map_err(CommandFault::during(VERIFYING))?;
            let page = tx.checkpoints_after(after.unwrap_or(0), 500).await;
            let page = page.map_err(CommandFault::during(VERIFYING))?;
            let Some(end) = page.last() else { break };
            after = Some(end.number);
            for kept in page {
                text += &usecases::checkpoints::line(&kept.note).map_err(CommandFault::during(VERIFYING))?;
            }
        }
        Ok(read_lines(&text, &self.keys, &Ed25519))
    }
}

fn verify_file(
    export: &Path,
    keys: &[PublicKey],
    checkpoints: Option<&Path>,
) -> Result<ExitCode, CommandFault> {
    let outside = match checkpoints.map(read_file).transpose()? {
        None => Vec::new(),
        Some(text) => match read_lines(&text, keys, &Ed25519) {
            Ok(all) => standing(all).0,
            Err(line) => return Ok(tampered(&Tampered::Forged { line })),
        },
    };
    let file = File::open(export).map_err(CommandFault::during("opening the export"))?;
    match verify_export(BufReader::with_capacity(1 << 20, file), keys, &Ed25519, &outside) {
        Ok(sound) => {
            say(&format!(
                "rows {} to {} of {} are as checkpoint {} of {} stands for them; {} checkpoints besides agree",
                sound.from,
                sound.to,
                sound.seal.origin,
                sound.checkpoint.number,
                sound.checkpoint.at,
                sound.agreed
            ));
            say(&format!("the export was made at {}", sound.seal.at));
            Ok(ExitCode::SUCCESS)
        }
        Err(Unsound::Tampered(found)) => Ok(tampered(&found)),
        Err(fault) => Err(CommandFault::during(VERIFYING)(fault)),
    }
}

fn read_keys(file: &Path) -> Result<Vec<PublicKey>, CommandFault> {
    keys::public::from_pem(&read_file(file)?).ok_or_else(|| {
        CommandFault::refused(format!(
            "{} holds no Ed25519 public key in PEM; `nsis-id audit keys` prints them",
            file.display()
        ))
    })
}

fn read_file(file: &Path) -> Result<String, CommandFault> {
    std::fs::read_to_string(file)
        .map_err(|error| CommandFault::refused(format!("cannot read {}: {error}", file.display())))
}
