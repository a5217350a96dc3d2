//! `erase propose` and `erase approve`: two operators erase a person.

use crate::cli::Where;
use crate::fault::CommandFault;
use crate::{operator, say, wiring};
use domain::person::UserName;
use domain::restriction::restricts;
use std::process::ExitCode;
use usecases::approve_erasure::approve_erasure;
use usecases::erasure::NotErased;
use usecases::propose_erasure::propose_erasure;

/// The first voice.
pub(crate) async fn propose(at: &Where, user_name: &str, reason: &str) -> Result<ExitCode, CommandFault> {
    let by = operator::at_the_command_line(reason)?;
    let name = named(user_name)?;
    let installation = wiring::open(super::plan(at)?).await?;
    let proposed = propose_erasure(&installation.operator()?, &by, &name).await;
    proposed.map_err(refused("proposing the erasure"))?;
    say("noted; a second, other operator must approve it within two weeks: `nsis-id erase approve`");
    Ok(ExitCode::SUCCESS)
}

/// The second voice.
pub(crate) async fn approve(at: &Where, user_name: &str, reason: &str) -> Result<ExitCode, CommandFault> {
    let by = operator::at_the_command_line(reason)?;
    let name = named(user_name)?;
    let installation = wiring::open(super::plan(at)?).await?;
    let erased = approve_erasure(&installation.operator()?, &by, &name).await;
    let person = erased.map_err(refused("erasing"))?;
    say(&format!(
        "erased; what is left is the id {person} in the trail and in the records outside. Her key of the trail is in no \
         backup of the database; copies of the keys from before still have it: keep them no longer than 30 days. \
         `nsis-id recover` erases her again in a backup that is restored"
    ));
    Ok(ExitCode::SUCCESS)
}

fn named(user_name: &str) -> Result<UserName, CommandFault> {
    UserName::try_from(user_name).map_err(CommandFault::during("reading the user name"))
}

fn refused(what: &'static str) -> impl Fn(NotErased) -> CommandFault {
    move |fault| match fault {
        NotErased::Refused(why) if restricts(why) => CommandFault::refused(format!(
            "{why}. Until then what is kept of her is restricted: an auditor reads it for a case alone"
        )),
        fault @ (NotErased::Nobody | NotErased::Refused(_)) => CommandFault::refused(fault.to_string()),
        fault @ NotErased::Fault(_) => CommandFault::during(what)(fault),
    }
}
