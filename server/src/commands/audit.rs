//! `audit verify`, `audit export`, `audit keys`, `audit prove`.

mod verify;

pub(crate) use verify::verify;

use crate::cli::Where;
use crate::fault::CommandFault;
use crate::{operator, say, tell, wiring};
use domain::Date;
use domain::calendar::day_begins;
use std::fs::OpenOptions;
use std::io::BufWriter;
use std::path::Path;
use std::process::ExitCode;
use usecases::export_trail::{Which, export_trail};
use usecases::keep_checkpoints::keep_checkpoints;
use usecases::ports::vault::KeyUse;
use usecases::prove_trail::{prove_growth, prove_row};

/// Takes rows out. What happened since the last checkpoint gets one first.
pub(crate) async fn export(
    at: &Where,
    file: &Path,
    days: Option<(Date, Date)>,
    reason: &str,
) -> Result<ExitCode, CommandFault> {
    let by = operator::at_the_command_line(reason)?;
    let installation = wiring::open(super::plan(at)?).await?;
    let which = days.map_or(Ok(Which::All), between)?;
    let cx = installation.operator()?;
    let kept = keep_checkpoints(&cx).await.map_err(CommandFault::during("making a checkpoint"))?;
    if let Some(why) = kept.apart {
        tell(&format!("no new checkpoint was made: {why}"));
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let opened = options.open(file);
    let opened = opened
        .map_err(|error| CommandFault::refused(format!("{} cannot be made: {error}", file.display())))?;
    let mut out = BufWriter::with_capacity(1 << 20, opened);
    match export_trail(&cx, &by, which, &mut out).await {
        Ok(done) => {
            say(&format!(
                "rows {} to {} are in {}, sealed under checkpoint {}",
                done.from,
                done.to,
                file.display(),
                done.checkpoint
            ));
            Ok(ExitCode::SUCCESS)
        }
        Err(fault) => {
            // Half an export is none.
            drop(out);
            let _ = std::fs::remove_file(file);
            Err(CommandFault::during("exporting the trail")(fault))
        }
    }
}

fn between((from, to): (Date, Date)) -> Result<Which, CommandFault> {
    let after = to.tomorrow().ok().filter(|_| from <= to);
    let after = after.ok_or_else(|| CommandFault::refused("--from is a day before --to, or the same"))?;
    Ok(Which::Between(day_begins(from), day_begins(after)))
}

/// Prints the public keys.
pub(crate) async fn keys(at: &Where) -> Result<ExitCode, CommandFault> {
    let installation = wiring::look(super::plan(at)?).await?;
    let keys = installation.house.vault.public_keys(KeyUse::Checkpoints);
    for key in keys.map_err(CommandFault::during("opening the keys"))? {
        say(keys::public::to_pem(&key).trim_end());
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints proofs.
pub(crate) async fn prove(at: &Where, place: u64, since: Option<u64>) -> Result<ExitCode, CommandFault> {
    let proving = "proving a row";
    let installation = wiring::look(super::plan(at)?).await?;
    let store = installation.house.store.as_ref();
    let mut tx = store.reading("prove").await.map_err(CommandFault::during(proving))?;
    let last = tx.last_checkpoint().await.map_err(CommandFault::during(proving))?;
    let last = last.ok_or_else(|| CommandFault::refused("there is no checkpoint yet"))?;
    let size = last.tree.size();
    if place == 0 || place > size {
        return Err(CommandFault::refused(format!("the last checkpoint stands for the places 1 to {size}")));
    }
    let path = prove_row(store, place, size).await.map_err(CommandFault::during(proving))?;
    let mut since_then = None;
    if let Some(number) = since {
        let older = tx.checkpoints_after(number.saturating_sub(1), 1).await;
        let older = older.map_err(CommandFault::during(proving))?.pop().filter(|it| it.number == number);
        let older = older.ok_or_else(|| CommandFault::refused(format!("there is no checkpoint {number}")))?;
        let growth =
            prove_growth(store, older.tree.size(), size).await.map_err(CommandFault::during(proving))?;
        since_then = Some(serde_json::json!({ "checkpoint": older.note, "consistency": hex(&growth) }));
    }
    let mut proof = serde_json::json!({
        "place": place, "size": size, "inclusion": hex(&path), "checkpoint": last.note,
    });
    if let (Some(since), Some(proof)) = (since_then, proof.as_object_mut()) {
        proof.insert("since".to_owned(), since);
    }
    say(&proof.to_string());
    Ok(ExitCode::SUCCESS)
}

fn hex(hashes: &[domain::audit::Hash]) -> Vec<String> {
    let one = |hash: &domain::audit::Hash| {
        hash.0.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
    };
    hashes.iter().map(one).collect()
}
