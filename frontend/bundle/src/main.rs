//! `bundle SITE WASM…`: turns the compiled WASM into the folder a browser is served from. Each WASM is a module of its own,
//! named as its file is; the first one is the pages' own.
//!
//! Steps, one module each: bind and shrink the WASM ([`browser`]), name every file after its content ([`pack`]),
//! weigh the result ([`budget`]). An unchanged input ([`inputs`]) leaves the folder alone. Runs in the checkout's root.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs, io};

mod browser;
mod budget;
mod inputs;
mod pack;

/// Any step may fail; the message says what and where, and `main` prints it.
type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

const USAGE: &str = "usage: bundle SITE WASM…";

fn main() -> ExitCode {
    let (words, code) = match run() {
        Ok(report) => (report, ExitCode::SUCCESS),
        Err(why) => (format!("bundle: {why}\n"), ExitCode::FAILURE),
    };
    // A report nobody can read is a failure too.
    io::stdout().write_all(words.as_bytes()).map_or(ExitCode::FAILURE, |()| code)
}

fn run() -> Outcome<String> {
    let mut arguments = env::args_os().skip(1).map(PathBuf::from);
    let Some(site) = arguments.next() else { return Err(USAGE.into()) };
    let modules: Vec<PathBuf> = arguments.collect();
    if modules.is_empty() {
        return Err(USAGE.into());
    }
    let stamp = site.with_extension("stamp");
    let key = inputs::key(&modules)?;
    if site.join(pack::MANIFEST).exists() && fs::read_to_string(&stamp).is_ok_and(|last| last == key) {
        return Ok(String::new());
    }
    let report = build(&modules, &site)?;
    fs::write(stamp, key)?;
    Ok(report)
}

/// Builds beside the old folder and swaps at the end, so that a failure leaves the last good one.
fn build(modules: &[PathBuf], site: &Path) -> Outcome<String> {
    let (work, fresh) = (site.with_extension("work"), site.with_extension("new"));
    for folder in [&work, &fresh] {
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        fs::create_dir_all(folder)?;
    }
    let parts = browser::parts(modules, &work)?;
    pack::pack(&parts, &fresh)?;
    tool(Command::new("node").arg("style/compress.mjs").arg(&fresh))?;
    let report = budget::weigh(&fresh)?;
    if site.exists() {
        fs::remove_dir_all(site)?;
    }
    fs::rename(&fresh, site)?;
    fs::remove_dir_all(&work)?;
    Ok(report)
}

/// Runs a tool to its end; its own words are the error.
fn tool(command: &mut Command) -> Outcome<()> {
    let output = command.output().map_err(|e| format!("{}: {e}", command.get_program().display()))?;
    if output.status.success() {
        return Ok(());
    }
    let words = String::from_utf8_lossy(&output.stderr);
    Err(format!("{} failed: {words}", command.get_program().display()).into())
}
