//! `role propose`.

use crate::cli::Where;
use crate::fault::CommandFault;
use crate::{operator, say, wiring};
use domain::person::UserName;
use domain::role::RoleKind;
use std::process::ExitCode;
use usecases::roles::{Proposed, propose_role};

/// Proposes a role in the name of the operating system's user.
pub(crate) async fn propose(
    at: &Where,
    user_name: &str,
    role: &str,
    reason: &str,
) -> Result<ExitCode, CommandFault> {
    let by = operator::at_the_command_line(reason)?;
    let installation = wiring::open(super::plan(at)?).await?;
    let name = UserName::try_from(user_name).map_err(CommandFault::during("reading the user name"))?;
    let kind = RoleKind::from_word(role).ok_or_else(|| CommandFault::refused("no such role"))?;
    let proposed = propose_role(&installation.operator()?, &by.name, &name, kind, by.reason.as_str())
        .await
        .map_err(CommandFault::during("proposing the role"))?;
    say(match proposed {
        Proposed::NeedsSecond(_) => "proposed; a second, other operator must now propose the same",
        Proposed::NeedsAcceptance(_) => {
            "agreed by two; the person accepts it in the portal after a fresh sign-in"
        }
    });
    Ok(ExitCode::SUCCESS)
}
