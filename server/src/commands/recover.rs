//! `recover`, `outside begin`, and the comparison at the start.

use crate::cli::Where;
use crate::fault::CommandFault;
use crate::wiring::{self, Installation};
use crate::{operator, say, tell};
use std::path::Path;
use std::process::ExitCode;
use usecases::begin_outside::begin_outside;
use usecases::compare_outside::{compare_outside, see_outside};
use usecases::outside::{Apart, State};
use usecases::ports::store::Recovered;
use usecases::recover::{NotRecovered, recover};
use usecases::take_up_signing_keys::take_up_signing_keys;

/// Compares the database with what is kept outside before anybody is served. Apart, the house is served all the same: its
/// doors for blocking are open.
pub(super) async fn compare(installation: &Installation) -> Result<(), CommandFault> {
    let state = compare_outside(&installation.operator()?)
        .await
        .map_err(CommandFault::during("comparing the database with what is kept outside"))?;
    if let State::Apart(apart) = state {
        tell(&format!("NOBODY CAN SIGN IN, only blocking works: {apart}"));
    }
    Ok(())
}

/// The same for `check-config`, which changes nothing. A file that is not there yet is made when it is served.
pub(super) async fn check(installation: &Installation) -> Result<(), CommandFault> {
    let files = [("file", &installation.plan.outside), ("checkpoints", &installation.plan.checkpoints)];
    for (name, file) in files.iter().filter_map(|(name, file)| file.as_ref().map(|file| (name, file))) {
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
        if !folder.unwrap_or(Path::new(".")).is_dir() {
            return Err(CommandFault::refused(format!(
                "outside.{name}: there is no folder for {}",
                file.display()
            )));
        }
    }
    let comparing = "comparing the database with what is kept outside";
    let state = see_outside(&installation.house).await.map_err(CommandFault::during(comparing))?;
    match state {
        State::Apart(Apart::Moved) if !kept_before(installation).await? => Ok(()),
        State::Apart(apart) => Err(CommandFault::refused(apart.to_string())),
        State::Agrees(_) | State::Unwatched => Ok(()),
    }
}

async fn kept_before(installation: &Installation) -> Result<bool, CommandFault> {
    let asking = "asking the database what is kept outside";
    let mut tx =
        installation.house.store.look("outside_files").await.map_err(CommandFault::during(asking))?;
    Ok(tx.outside_files().await.map_err(CommandFault::during(asking))? > 0)
}

/// Brings a restored database up to what is kept outside.
pub(crate) async fn run(at: &Where, reason: &str, anyway: bool) -> Result<ExitCode, CommandFault> {
    let by = operator::at_the_command_line(reason)?;
    let installation = wiring::open(super::plan(at)?).await?;
    match recover(&installation.operator()?, &installation.ring, &by, anyway).await {
        Ok(done) => {
            report(&done);
            if let Err(fault) = take_up_signing_keys(&installation.house).await {
                tell(&format!("the signing keys: {fault}"));
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(NotRecovered::Agrees) => {
            say(&NotRecovered::Agrees.to_string());
            Ok(ExitCode::SUCCESS)
        }
        Err(fault @ (NotRecovered::Apart(_) | NotRecovered::NotNamed)) => {
            Err(CommandFault::refused(fault.to_string()))
        }
        Err(fault) => {
            Err(CommandFault::during("recovering; run it again, and it goes on where it was")(fault))
        }
    }
}

fn report(done: &Recovered) {
    say(&format!("{} records were missing in the database", done.records));
    say(&format!(
        "{} holds put again; of {} people everything they sign in with taken away again, and {} authenticators besides",
        done.holds, done.revoked, done.factors
    ));
    say(&format!("{} people open their logins with MitID: what they sign in with is lost", done.opened_anew));
    say(&format!("{} keys retired again", done.keys));
    say(&format!("{} people: signed out everywhere, invitations and recovery codes void", done.people));
    for person in &done.unknown {
        tell(&format!("the database does not know {person}: import HR's newest file, then she enrols anew"));
    }
    for person in &done.erased {
        say(&format!("{person} was erased before the backup was restored, and is erased again"));
    }
    say("what runs opens again by itself. Now import HR's newest file");
}

/// Begins a file outside.
pub(crate) async fn begin(at: &Where, reason: &str) -> Result<ExitCode, CommandFault> {
    let by = operator::at_the_command_line(reason)?;
    let installation = wiring::open(super::plan(at)?).await?;
    let name = begin_outside(&installation.operator()?, &by)
        .await
        .map_err(CommandFault::during("beginning the file outside"))?;
    say(&format!("{name} is begun; `serve` writes what the database knows"));
    say(
        "if the database was restored from a backup, run `nsis-id recover --anyway` too: this file knows no more than it",
    );
    Ok(ExitCode::SUCCESS)
}
