//! NSIS-ID: the programme.

mod background;
mod cli;
mod commands;
mod config;
mod database;
mod fault;
mod site;
mod operator;
mod texts;
mod wiring;

use clap::Parser as _;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("NSIS_ID_LOG")
                .unwrap_or_else(|_| "info,sqlx=warn".into()),
        )
        .with_writer(std::io::stderr)
        .init();
    // The one crypto provider; a second caller would find it set already.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    match commands::run(cli).await {
        Ok(code) => code,
        Err(fault) => {
            tell(&format!("nsis-id: {}", fault::chain(&fault)));
            ExitCode::FAILURE
        }
    }
}

/// Says something to whoever started the programme.
#[expect(clippy::print_stdout, reason = "the command line's own voice")]
pub(crate) fn say(line: &str) {
    println!("{line}");
}

/// Says what went wrong to whoever started the programme.
#[expect(clippy::print_stderr, reason = "the command line's own voice")]
pub(crate) fn tell(line: &str) {
    eprintln!("{line}");
}
