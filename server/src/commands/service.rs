//! `service add METADATA`.

use crate::cli::Where;
use crate::fault::CommandFault;
use crate::{operator, say, wiring};
use domain::relying_party::{ContextRef, Encryption};
use std::path::Path;
use std::process::ExitCode;
use usecases::ports::store::Stamp;
use usecases::save_connection::{Settings, save_connection};

/// Adds a connection.
pub(crate) async fn add(
    at: &Where,
    metadata: &Path,
    reason: &str,
    name: Option<String>,
    encryption: Option<&str>,
    context: Option<&str>,
) -> Result<ExitCode, CommandFault> {
    let by = operator::at_the_command_line(reason)?;
    let text = std::fs::read_to_string(metadata).map_err(CommandFault::during("reading the metadata"))?;
    let installation = wiring::open(super::plan(at)?).await?;
    let settings = Settings {
        display_name: name,
        encryption: encryption.and_then(|word| match word {
            "oaep-sha256-gcm" => Some(Encryption::Oaep256Gcm),
            "oaep-mgf1p-gcm" => Some(Encryption::OaepMgf1pGcm),
            "oaep-mgf1p-cbc" => Some(Encryption::OaepMgf1pCbc),
            _ => None,
        }),
        context_ref: context.and_then(|word| match word {
            "level-uri" => Some(ContextRef::LevelUri),
            "nsis" => Some(ContextRef::Nsis),
            "echo" => Some(ContextRef::Echo),
            _ => None,
        }),
        loopback_http: installation.plan.stamp == Stamp::Demo,
    };
    let rp = save_connection(&installation.operator()?, &by.name, by.reason.as_str(), &text, settings)
        .await
        .map_err(CommandFault::during("saving the service"))?;
    say(&format!("{} is connected as {}", rp.entity_id, rp.display_name));
    Ok(ExitCode::SUCCESS)
}
