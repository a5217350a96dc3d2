//! `import FILE`.

use crate::cli::Where;
use crate::fault::CommandFault;
use crate::{operator, say, tell, wiring};
use std::path::Path;
use std::process::ExitCode;
use usecases::import_employees::{ImportOptions, import_employees};

/// Reads a file of HR's and says what became of every line that was refused.
pub(crate) async fn import(
    at: &Where,
    file: &Path,
    reason: &str,
    confirm: bool,
) -> Result<ExitCode, CommandFault> {
    let by = operator::at_the_command_line(reason)?;
    let bytes = std::fs::read(file).map_err(CommandFault::during("reading the file"))?;
    let installation = wiring::open(super::plan(at)?).await?;
    let feed = directory::read(&bytes).map_err(CommandFault::during("reading the file"))?;
    let options = ImportOptions {
        by,
        source: file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        confirmed: confirm,
    };
    let report = import_employees(&installation.operator()?, feed, options)
        .await
        .map_err(CommandFault::during("importing"))?;
    for error in &report.errors {
        tell(&format!("line {}, column {}: {}", error.line, error.column, error.reason));
    }
    say(&report.to_string());
    Ok(if report.errors.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(2) })
}
