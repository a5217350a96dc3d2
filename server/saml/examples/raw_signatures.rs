//! `raw_signatures [FOLDER]`: what one RSA-3072 signature costs on this machine, by the library and key size that sign
//! our answers, and how many all its cores make together. Prints one figure a line as JSON; with FOLDER also writes them
//! there, one file each.
#![expect(clippy::disallowed_methods, reason = "a bench measures real time")]

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use std::error::Error;
use std::io::Write as _;
use std::path::PathBuf;
use std::thread;
use std::time::Instant;

const ROUNDS: u32 = 500;
const NANOSECONDS: f64 = 1e9;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).map(PathBuf::from);
    let pair = RsaKeyPair::from_pkcs8(&saml::keygen::signing_key()?).map_err(|error| error.to_string())?;
    let mut signature = vec![0; pair.public_modulus_len()];
    let random = SystemRandom::new();
    let begun = cpu()?;
    for round in 0..ROUNDS {
        pair.sign(&RSA_PKCS1_SHA256, &random, &round.to_be_bytes(), &mut signature)?;
    }
    let each = (cpu()? - begun) / f64::from(ROUNDS);
    say(folder.as_ref(), "raw-signature-cpu", each * 1000.0, "ms")?;
    say(folder.as_ref(), "raw-signatures", 1.0 / each, "per second and core")?;
    say(folder.as_ref(), "raw-signatures-machine", on_all_cores(&pair)?, "per second, all cores together")
}

/// Signatures a second of all cores, by the clock: two that share what one core is made of sign less than twice as many.
fn on_all_cores(pair: &RsaKeyPair) -> Result<f64, Box<dyn Error>> {
    let cores = thread::available_parallelism()?.get();
    let begun = Instant::now();
    let signed = thread::scope(|scope| {
        let threads: Vec<_> = (0..cores).map(|_| scope.spawn(|| sign(pair))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap_or(0)).sum::<u32>()
    });
    Ok(f64::from(signed) / begun.elapsed().as_secs_f64())
}

/// Signs as often as it measures; gives how often that went well.
fn sign(pair: &RsaKeyPair) -> u32 {
    let mut signature = vec![0; pair.public_modulus_len()];
    let random = SystemRandom::new();
    (0..ROUNDS)
        .filter(|round| pair.sign(&RSA_PKCS1_SHA256, &random, &round.to_be_bytes(), &mut signature).is_ok())
        .fold(0, |signed, _| signed + 1)
}

/// Processor seconds of this thread: what others do on the machine meanwhile does not count.
fn cpu() -> Result<f64, Box<dyn Error>> {
    let spent = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    Ok(spent.split_whitespace().next().ok_or("no figure")?.parse::<f64>()? / NANOSECONDS)
}

fn say(folder: Option<&PathBuf>, name: &str, value: f64, unit: &str) -> Result<(), Box<dyn Error>> {
    let figure = format!(
        r#"{{"name":"{name}","value":{value:.3},"unit":"{unit}","limit":null,"ok":true,"command":"cargo run --release -p saml --example raw_signatures"}}"#
    );
    writeln!(std::io::stdout(), "{figure}")?;
    if let Some(folder) = folder {
        std::fs::create_dir_all(folder)?;
        std::fs::write(folder.join(format!("{name}.json")), figure)?;
    }
    Ok(())
}
