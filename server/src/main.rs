//! NSIS-ID: the programme.

mod background;
mod cli;
mod commands;
mod config;
mod core_dumps;
mod database;
mod fault;
mod operator;
mod probe;
mod results;
mod site;
mod texts;
mod wiring;

use clap::Parser as _;
use std::io::Write as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("NSIS_ID_LOG")
                .unwrap_or_else(|_| "info,sqlx=warn,tower_sessions=warn".into()),
        )
        .with_writer(std::io::stderr)
        // A log nobody reads any more stops nothing.
        .log_internal_errors(false)
        .init();
    // The one crypto provider; a second caller would find it set already.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    match done(cli) {
        Ok(code) => code,
        Err(fault) => {
            tell(&format!("nsis-id: {}", fault::chain(&fault)));
            ExitCode::FAILURE
        }
    }
}

fn done(cli: cli::Cli) -> Result<ExitCode, fault::CommandFault> {
    core_dumps::forbid()?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(fault::CommandFault::during("starting the runtime"))?;
    runtime.block_on(commands::run(cli))
}

/// Says something to whoever started the programme. Who closed the pipe does not want to hear more; the work goes on.
pub(crate) fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Says what went wrong to whoever started the programme, if they still listen.
pub(crate) fn tell(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}
