//! `devices …`: the stock of hardware code devices.

use crate::cli::{DeviceFile, Where};
use crate::fault::CommandFault;
use crate::{operator, say, tell, wiring};
use domain::code_device::{Delivery, DeliveryFault, Serial};
use domain::person::UserName;
use seeds::{Unlock, Unreadable};
use std::path::Path;
use std::process::ExitCode;
use usecases::hand_out_device::hand_out_device;
use usecases::hold_leaked_seeds::{Leak, hold_leaked_seeds};
use usecases::import_devices::{NotImported, import_devices};
use usecases::return_device::{Fate, return_device};
use zeroize::Zeroizing;

/// Takes a delivery into the stock, or says what is wrong with it and takes nothing.
pub(crate) async fn import(at: &Where, file: &DeviceFile, reason: &str) -> Result<ExitCode, CommandFault> {
    let by = operator::at_the_command_line(reason)?;
    let delivery = match read(file)? {
        Ok(delivery) => delivery,
        Err(faults) => return Ok(refused(&faults)),
    };
    if delivery.signed {
        tell("the file bears a signature; nobody has checked it");
    }
    let installation = wiring::open(super::plan(at)?).await?;
    match import_devices(&installation.operator()?, delivery, &by, &name(&file.file)).await {
        Ok(count) => say(&format!("imported {count} devices")),
        Err(NotImported::Refused(faults)) => return Ok(refused(&faults)),
        Err(fault) => return Err(CommandFault::during("importing")(fault)),
    }
    Ok(ExitCode::SUCCESS)
}

/// Gives one to somebody.
pub(crate) async fn hand_out(
    at: &Where,
    serial: &str,
    user_name: &str,
    reason: &str,
) -> Result<ExitCode, CommandFault> {
    let by = operator::at_the_command_line(reason)?;
    let serial = number(serial)?;
    let to = UserName::try_from(user_name).map_err(CommandFault::during("reading the user name"))?;
    let installation = wiring::open(super::plan(at)?).await?;
    hand_out_device(&installation.operator()?, &by, &serial, &to)
        .await
        .map_err(CommandFault::during("handing out"))?;
    say("handed out; it counts once she has shown a code of it");
    Ok(ExitCode::SUCCESS)
}

/// Takes one back, or notes that it is lost.
pub(crate) async fn take_back(
    at: &Where,
    serial: &str,
    fate: Fate,
    reason: &str,
) -> Result<ExitCode, CommandFault> {
    let by = operator::at_the_command_line(reason)?;
    let serial = number(serial)?;
    let installation = wiring::open(super::plan(at)?).await?;
    return_device(&installation.operator()?, &by, &serial, fate)
        .await
        .map_err(CommandFault::during("taking back"))?;
    say(match fate {
        Fate::Returned => "in stock again",
        Fate::Lost => "lost: it counts at nobody's login and never goes out again",
    });
    Ok(ExitCode::SUCCESS)
}

/// Puts devices whose seeds are known by others out of use, and holds whoever signs in with one.
pub(crate) async fn leaked(
    at: &Where,
    file: Option<&DeviceFile>,
    serials: &[String],
    reason: &str,
) -> Result<ExitCode, CommandFault> {
    let by = operator::at_the_command_line(reason)?;
    let mut numbers = serials.iter().map(|serial| number(serial)).collect::<Result<Vec<_>, _>>()?;
    let delivery = match file.map(read).transpose()? {
        Some(Err(faults)) => return Ok(refused(&faults)),
        Some(Ok(delivery)) => Some(delivery),
        None => None,
    };
    numbers.extend(delivery.iter().flat_map(|it| it.devices.iter().map(|device| device.serial.clone())));
    numbers.sort_unstable();
    numbers.dedup();
    let leak = Leak { by, serials: numbers, sha256: delivery.map(|it| it.sha256) };
    let installation = wiring::open(super::plan(at)?).await?;
    let done = hold_leaked_seeds(&installation.operator()?, leak)
        .await
        .map_err(CommandFault::during("putting out of use"))?;
    for serial in &done.unknown {
        tell(&format!("{serial}: no device of that number is here"));
    }
    for serial in &done.left {
        tell(&format!("{serial}: changed hands just now; run this again"));
    }
    say(&done.to_string());
    Ok(if done.left.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

/// What is said of every place of a file that is wrong. Nothing of the file was taken.
fn refused(faults: &[DeliveryFault]) -> ExitCode {
    for fault in faults {
        tell(&fault.to_string());
    }
    say("nothing was done");
    ExitCode::from(2)
}

fn read(file: &DeviceFile) -> Result<Result<Delivery, Vec<DeliveryFault>>, CommandFault> {
    let bytes = Zeroizing::new(std::fs::read(&file.file).map_err(CommandFault::during("reading the file"))?);
    match seeds::read(&bytes, &unlock(file)?) {
        Ok(delivery) => Ok(Ok(delivery)),
        Err(Unreadable::Faults(faults)) => Ok(Err(faults)),
        Err(unreadable) => Err(CommandFault::during("reading the file")(unreadable)),
    }
}

/// The key or the password, from a file: what stands on a command line, everybody on the machine can read.
fn unlock(file: &DeviceFile) -> Result<Unlock, CommandFault> {
    let read = |path: &Path| -> Result<Zeroizing<String>, CommandFault> {
        let text = std::fs::read_to_string(path).map(Zeroizing::new);
        text.map_err(CommandFault::during("reading the key or the password"))
    };
    if let Some(path) = &file.key_file {
        let key = seeds::key_in_hex(read(path)?.trim());
        let key = key.ok_or_else(|| {
            CommandFault::refused("the key file must hold 32, 48 or 64 hexadecimal digits, and nothing else")
        })?;
        return Ok(Unlock::Key(key));
    }
    let Some(path) = &file.password_file else { return Ok(Unlock::Nothing) };
    let password = read(path)?;
    Ok(Unlock::Password(Zeroizing::new(password.trim_end_matches(['\r', '\n']).to_owned())))
}

fn number(serial: &str) -> Result<Serial, CommandFault> {
    Serial::try_from(serial.to_owned()).map_err(CommandFault::during("reading the serial number"))
}

fn name(file: &Path) -> String {
    file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
