//! `audit verify`.

use crate::cli::Where;
use crate::fault::CommandFault;
use crate::{say, tell, wiring};
use std::process::ExitCode;

/// Follows the chain; exit code 3 when it does not hold.
pub(crate) async fn verify(at: &Where) -> Result<ExitCode, CommandFault> {
    let installation = wiring::open(super::plan(at)?).await?;
    let report = audit::verify(installation.house.store.as_ref(), installation.house.vault.as_ref())
        .await
        .map_err(CommandFault::during("verifying the trail"))?;
    say(&format!("{} rows follow the chain, {} are not in it yet", report.checked, report.unsequenced));
    match report.first {
        None => Ok(ExitCode::SUCCESS),
        Some(tampered) => {
            tell(&format!("TAMPERED: {tampered}"));
            Ok(ExitCode::from(3))
        }
    }
}
