//! `fuzz_for TARGET|all [SECONDS [SEED]]`: feeds a target with its corpus, changed at random, for that long. Says the seed it
//! begins with, which repeats a run, how much it tried and what took longest. An input that makes a target panic is written
//! to `findings/`, and the programme fails.

use fuzz::mutate::Dice;
use fuzz::{TARGETS, Target};
use std::error::Error;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut asked = std::env::args().skip(1);
    let name = asked.next().ok_or("usage: fuzz_for TARGET|all [SECONDS [SEED]]")?;
    let seconds = asked.next().map_or(Ok(60), |text| text.parse::<u64>())?;
    let seed = match asked.next() {
        Some(text) => text.parse::<u64>()?,
        None => u64::from(SystemTime::now().duration_since(UNIX_EPOCH)?.subsec_nanos()),
    };
    let mut targets = TARGETS.iter().filter(|target| name == "all" || target.name == name).peekable();
    if targets.peek().is_none() {
        return Err(format!("no target {name}: {:?}", TARGETS.map(|target| target.name)).into());
    }
    let mut good = true;
    for target in targets {
        good &= feed(target, Duration::from_secs(seconds), seed)?;
    }
    Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// True when nothing was found.
fn feed(target: &Target, time: Duration, seed: u64) -> Result<bool, Box<dyn Error>> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let corpus = corpus(&here.join("corpus").join(target.name))?;
    println!("{}: {} inputs to begin with, seed {seed}", target.name, corpus.len());
    let (mut dice, begun, mut tried, mut longest) = (Dice::new(seed), Instant::now(), 0_u64, Duration::ZERO);
    let mut inputs = corpus.clone();
    while begun.elapsed() < time || !inputs.is_empty() {
        // Every one as it is first.
        let input = inputs.pop().unwrap_or_else(|| dice.mutated(&corpus));
        let since = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| (target.run)(&input)));
        longest = longest.max(since.elapsed());
        tried += 1;
        if outcome.is_err() {
            let file = keep(&here.join("findings"), target, &input)?;
            println!("{}: FOUND after {tried}: {}", target.name, file.display());
            return Ok(false);
        }
    }
    println!("{}: {tried} tried, nothing found; the longest took {longest:?}", target.name);
    Ok(true)
}

fn corpus(folder: &Path) -> Result<Vec<Vec<u8>>, Box<dyn Error>> {
    let mut files = std::fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<PathBuf>, _>>()?;
    // In an order that is the same on every machine, or a seed would repeat nothing.
    files.sort();
    Ok(files.iter().map(std::fs::read).collect::<Result<_, _>>()?)
}

fn keep(folder: &Path, target: &Target, input: &[u8]) -> Result<PathBuf, Box<dyn Error>> {
    std::fs::create_dir_all(folder)?;
    let file = folder.join(format!("{}-{:08x}", target.name, checksum(input)));
    std::fs::write(&file, input)?;
    Ok(file)
}

/// FNV-1a: one name for one input.
fn checksum(input: &[u8]) -> u32 {
    input.iter().fold(0x811c_9dc5, |sum, byte| (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}
