//! `keys person-copies`.

use crate::cli::Where;
use crate::database::Database;
use crate::fault::{CommandFault, chain};
use crate::wiring::{self, Plan};
use crate::{operator, say, tell};
use domain::Date;
use domain::person_copies::{HALF, is_too_old};
use keys::copies::CopyFolder;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use usecases::keep_person_copies::{Ask, CopiesKept, keep_person_copies};

/// Looks at a folder of copies, makes today's first where that is asked for, and deletes those that are due. Exit code 2 when
/// one is too old, when something there may be a copy and says no day, and when none is left.
pub(crate) async fn run(
    at: &Where,
    folder: &Path,
    (make, delete): (bool, bool),
    reason: &str,
) -> Result<ExitCode, CommandFault> {
    let by = operator::at_the_command_line(reason)?;
    let plan = super::super::plan(at)?;
    lies_apart(&plan, folder)?;
    let installation = wiring::open(plan).await?;
    let cx = installation.operator()?;
    let outcome = if make { made(&installation.database, folder, cx.today()).await } else { Ok(()) };
    // Whatever became of today's copy, the old ones go.
    let ask = Ask { made: make && outcome.is_ok(), delete };
    let kept = keep_person_copies(&cx, &CopyFolder::at(folder), &by, ask).await;
    let is_well = kept.as_ref().is_ok_and(report);
    if let (Err(_), Err(fault)) = (&kept, &outcome) {
        tell(&chain(fault));
    }
    kept.map_err(CommandFault::during("looking after the copies of people's own keys"))?;
    outcome?;
    Ok(if is_well { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

/// Refuses a folder in which anything else of this installation lies: copies have a place of their own, and what is deleted
/// there is a copy.
fn lies_apart(plan: &Plan, folder: &Path) -> Result<(), CommandFault> {
    let finding = || CommandFault::during("finding the folder of copies");
    let own = fs::canonicalize(folder).map_err(finding())?;
    let sqlite = |address: &str| address.strip_prefix("sqlite:").map(PathBuf::from);
    let files = [
        sqlite(&plan.database),
        plan.person_keys.as_deref().and_then(sqlite),
        Some(plan.ring.clone()),
        plan.outside.clone(),
        plan.checkpoints.clone(),
    ];
    for file in files.into_iter().flatten() {
        let beside = file.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if fs::canonicalize(beside).is_ok_and(|beside| beside == own) {
            return Err(CommandFault::refused(format!(
                "{} lies in that folder: name one in which copies lie alone",
                file.display()
            )));
        }
    }
    Ok(())
}

const MAKING: &str = "making a copy of people's own keys";

/// Makes the copy of this day, whole before it has its name; one that was made earlier today gives way to it.
async fn made(database: &Database, folder: &Path, day: Date) -> Result<(), CommandFault> {
    let Database::Sqlite(store) = database else {
        return Err(CommandFault::refused(
            "with PostgreSQL make the copy with pg_dump, named by the day (2026-11-30.sql), and leave out --make",
        ));
    };
    let (half, whole) = (folder.join(format!("{day}{HALF}")), folder.join(format!("{day}.db")));
    taken_away(&half).map_err(CommandFault::during(MAKING))?;
    let copied = store.copy_keys(&half).await.map_err(CommandFault::during(MAKING));
    let settled = copied.and_then(|()| settled(&half, &whole, folder).map_err(CommandFault::during(MAKING)));
    if settled.is_err()
        && let Err(why) = taken_away(&half)
    {
        tell(&format!("{}: half a copy, and it cannot be taken away: {why}", half.display()));
    }
    settled?;
    say(&format!("made {}", whole.display()));
    Ok(())
}

/// Takes away what a run before left, or a link of that name: what it leads to lies elsewhere.
fn taken_away(half: &Path) -> io::Result<()> {
    match fs::remove_file(half) {
        Err(why) if why.kind() != io::ErrorKind::NotFound => Err(why),
        _ => Ok(()),
    }
}

/// Gives it its name, lasting.
fn settled(half: &Path, whole: &Path, folder: &Path) -> io::Result<()> {
    File::open(half)?.sync_all()?;
    fs::rename(half, whole)?;
    File::open(folder)?.sync_all()
}

/// Says what lies there; whether all of it is as it must be.
fn report(kept: &CopiesKept) -> bool {
    let days = |age: &domain::SignedDuration| age.as_hours() / 24;
    for (name, age) in &kept.gone {
        say(&format!("{name}: {} days old, deleted", days(age)));
    }
    for (name, age) in &kept.staying {
        if is_too_old(*age) {
            tell(&format!("{name}: {} days old, TOO OLD: it must go, see --delete", days(age)));
        } else {
            say(&format!("{name}: {} days old", days(age)));
        }
    }
    for name in &kept.strange {
        tell(&format!(
            "{name}: its name begins with no day, it is half a copy, or it is no plain file, so it is left alone: if it is a copy, \
             name it by its day (2026-11-30.db); if it is half of one, delete it; else it belongs elsewhere"
        ));
    }
    if kept.staying.is_empty() {
        tell("no copy of people's own keys is here: make one (--make, or pg_dump)");
    }
    kept.too_old() == 0 && kept.strange.is_empty() && !kept.staying.is_empty()
}
