//! `keys create`, `keys rotate`.

use crate::cli::Where;
use crate::fault::CommandFault;
use crate::{say, wiring};
use std::process::ExitCode;

/// Makes what is missing.
pub(crate) async fn create(at: &Where, _reason: &str) -> Result<ExitCode, CommandFault> {
    let plan = super::plan(at)?;
    wiring::create_keys(&plan).await?;
    say(&format!("the keys are there: ring {}", plan.ring.display()));
    say(
        "keep a copy of the ring and of what opens it in two places, apart from each other and from the database",
    );
    Ok(ExitCode::SUCCESS)
}

/// Gives a purpose a new key and re-seals what is kept under it.
pub(crate) fn rotate(_at: &Where, _purpose: &str, _reason: &str) -> Result<ExitCode, CommandFault> {
    Err(CommandFault::refused("keys cannot be rotated yet"))
}
