//! `keys create`, `keys rotate`, `keys roll`, `keys retire`, `keys replace-lost`, `keys rewrap`, `keys person-copies`,
//! `keys saml`.

pub(crate) mod copies;
pub(crate) mod rewrap;
pub(crate) mod signing;

use crate::cli::Where;
use crate::fault::CommandFault;
use crate::{operator, say, tell, wiring};
use std::process::ExitCode;
use std::time::Duration;
use usecases::note_new_store::note_new_store;
use usecases::ports::vault::KeyUse;
use usecases::replace_lost_keys::replace_lost_keys;
use usecases::retire_keys::{Stays, retire_keys};
use usecases::rotate_keys::{Ask, Rotated, rotate_keys};

/// How long announced keys are known before they seal: longer than a request that began before takes to look
/// somebody up.
const SETTLE: Duration = Duration::from_secs(2);

/// Makes what is missing.
pub(crate) async fn create(at: &Where, reason: &str) -> Result<ExitCode, CommandFault> {
    let by = operator::at_the_command_line(reason)?;
    let plan = super::plan(at)?;
    let installation = wiring::create(plan).await?;
    installation.meet_keys(Some(&by)).await?;
    installation.make_token_keys(Some(&by), false).await?;
    say(&format!("the keys are there: ring {}", installation.plan.ring.display()));
    say(KEEP_COPIES);
    Ok(ExitCode::SUCCESS)
}

const KEEP_COPIES: &str =
    "keep a copy of the ring and of what opens it in two places, apart from each other and from the database";

/// Gives purposes new keys and seals anew what is kept; goes on with a rotation that was interrupted. Exit code 2 when
/// something could not be sealed anew.
pub(crate) async fn rotate(
    at: &Where,
    purposes: &[String],
    announce_only: bool,
    reason: &str,
) -> Result<ExitCode, CommandFault> {
    let by = operator::at_the_command_line(reason)?;
    let installation = wiring::open(super::plan(at)?).await?;
    let purposes = purposes.iter().filter_map(|word| KeyUse::from_word(word)).collect();
    let ask = Ask { by, purposes, announce_only, settle: SETTLE };
    let rotated = rotate_keys(&installation.operator()?, &installation.ring, &ask)
        .await
        .map_err(CommandFault::during("rotating the keys; run it again, and it goes on where it was"))?;
    report(&rotated);
    Ok(if rotated.left.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

fn report(rotated: &Rotated) {
    if rotated.resumed {
        say("a rotation was under way; this run went on with it");
    }
    for (purpose, version) in &rotated.targets {
        say(&format!("{} version {version}", purpose.word()));
    }
    let Some(done) = rotated.done else {
        return say(
            "announced: copy the ring to every machine that serves, then run `nsis-id keys rotate` again",
        );
    };
    say(&format!(
        "sealed anew: {} CPR numbers ({} indexed anew), {} seeds, {} keys of persons, {} signing keys",
        done.cprs, done.indexes, done.seeds, done.trail_keys, done.signing_keys
    ));
    for purpose in &rotated.left {
        tell(&format!(
            "{}: something does not open and lies under an older key; see the log",
            purpose.word()
        ));
    }
    say(KEEP_COPIES);
    say("the older keys still open; end their lives with `nsis-id keys retire`, which says when it can");
}

const NO_STORE: &str = "the store of people's own keys is not there: bring it back, or put its newest copy in its place; where \
                        it is gone for good, --new-store makes an empty one first";

/// Gives people new keys of their own whose keys are lost.
pub(crate) async fn replace_lost(
    at: &Where,
    new_store: bool,
    reason: &str,
) -> Result<ExitCode, CommandFault> {
    let by = operator::at_the_command_line(reason)?;
    let installation = wiring::open(super::plan(at)?).await?;
    let is_there = installation.database.keys_are_there().await;
    if !is_there {
        if !new_store {
            return Err(CommandFault::refused(NO_STORE));
        }
        let noted = note_new_store(&installation.operator()?, &by).await;
        noted.map_err(CommandFault::during("writing down that a new store of people's own keys is made"))?;
        let made = installation.database.make_keys_anew().await;
        made.map_err(CommandFault::during("making a new store of people's own keys"))?;
    }
    let lost = replace_lost_keys(&installation.operator()?, &by).await;
    let lost = lost.map_err(CommandFault::during("replacing lost keys; run it again"))?;
    say(&match lost.len() {
        0 if is_there => "everybody has a key; nothing was changed".to_owned(),
        0 => "a new store of people's own keys is there; nobody had lost a key".to_owned(),
        many => format!(
            "{many} people have new keys: what the trail holds sealed under the lost ones opens no more"
        ),
    });
    Ok(ExitCode::SUCCESS)
}

/// Gives applications new keys to verify tokens with.
pub(crate) async fn roll(at: &Where, reason: &str) -> Result<ExitCode, CommandFault> {
    let by = operator::at_the_command_line(reason)?;
    let installation = wiring::open(super::plan(at)?).await?;
    match installation.make_token_keys(Some(&by), true).await? {
        0 => say("new keys are published already and take over within a day"),
        made => say(&format!("{made} new keys are published; they sign from tomorrow on, without a restart")),
    }
    Ok(ExitCode::SUCCESS)
}

/// Ends the lives of older keys that nothing needs any more.
pub(crate) async fn retire(at: &Where, reason: &str) -> Result<ExitCode, CommandFault> {
    let by = operator::at_the_command_line(reason)?;
    let installation = wiring::open(super::plan(at)?).await?;
    let found = retire_keys(&installation.operator()?, &installation.ring, &by)
        .await
        .map_err(CommandFault::during("retiring keys"))?;
    for (purpose, version) in &found.retired {
        say(&format!("{} version {version} is retired", purpose.word()));
    }
    for (purpose, version, why) in &found.staying {
        let why = match why {
            Stays::Until(until) => format!("what it sealed may live until {until}"),
            Stays::InUse => {
                "something still lies under an older key and does not open; see the log".to_owned()
            }
            Stays::Sheets => "printed sheets of codes are known by it".to_owned(),
            Stays::Trail => "the trail is read and verified with it".to_owned(),
        };
        say(&format!("{} version {version} goes on: {why}", purpose.word()));
    }
    Ok(ExitCode::SUCCESS)
}
