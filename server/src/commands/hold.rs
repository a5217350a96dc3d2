//! `hold put` and `hold lift`: the municipality's own blocks.

use crate::cli::Where;
use crate::fault::CommandFault;
use crate::{operator, say, wiring};
use domain::person::UserName;
use domain::standing::Origin;
use std::process::ExitCode;
use usecases::hold_login::hold_login;
use usecases::lift_hold::{Lifted, lift_hold};

/// Closes a login.
pub(crate) async fn put(
    at: &Where,
    user_name: &str,
    origin: &str,
    reason: &str,
) -> Result<ExitCode, CommandFault> {
    let by = operator::at_the_command_line(reason)?;
    let (name, origin) = (named(user_name)?, meant(origin)?);
    let installation = wiring::open(super::plan(at)?).await?;
    let reference = hold_login(&installation.operator()?, &by, &name, origin)
        .await
        .map_err(CommandFault::during("closing the login"))?;
    say(&format!("closed; the reference she was told is {reference}"));
    Ok(ExitCode::SUCCESS)
}

/// One of the two voices that lift.
pub(crate) async fn lift(
    at: &Where,
    user_name: &str,
    origin: &str,
    reason: &str,
) -> Result<ExitCode, CommandFault> {
    let by = operator::at_the_command_line(reason)?;
    let (name, origin) = (named(user_name)?, meant(origin)?);
    let installation = wiring::open(super::plan(at)?).await?;
    let lifted = lift_hold(&installation.operator()?, &by, &name, origin)
        .await
        .map_err(CommandFault::during("lifting the hold"))?;
    match lifted {
        Lifted::NeedsSecond => say("noted; a second, other operator must now say the same, within two weeks"),
        Lifted::Lifted(left) if left.is_empty() => {
            say("lifted; she has no login yet, and begins with her invitation");
        }
        Lifted::Lifted(left) => {
            let origins: Vec<_> = left.iter().map(|hold| hold.origin.word()).collect();
            say(&format!(
                "lifted; what is left: {} (owner: she opens it herself, with MitID)",
                origins.join(", ")
            ));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn named(user_name: &str) -> Result<UserName, CommandFault> {
    UserName::try_from(user_name).map_err(CommandFault::during("reading the user name"))
}

fn meant(origin: &str) -> Result<Origin, CommandFault> {
    Origin::from_word(origin).ok_or_else(|| CommandFault::refused("no such origin"))
}
