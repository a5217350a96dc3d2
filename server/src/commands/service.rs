//! `service add METADATA`, `service add-oidc REGISTRATION`.

mod settings;

use crate::cli::Where;
use crate::fault::CommandFault;
use crate::{background, operator, say, tell, wiring};
use domain::Date;
use domain::calendar::day_begins;
use domain::ids::KeyId;
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use settings::{Minutes, SettingsFile};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use usecases::pin_service::pin_service;
use usecases::ports::store::Stamp;
use usecases::register_people::register_people;
use usecases::save_client::{Registering, save_client};
use usecases::save_connection::{BackChannelCa, Settings, save_connection};
use usecases::unpin_service::unpin_service;
use usecases::vouch_metadata::vouch_metadata;

/// What the operator wants other than the metadata says.
pub(crate) struct Wishes {
    pub(crate) settings: Option<PathBuf>,
    pub(crate) profile: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) encryption: Option<String>,
    pub(crate) context: Option<String>,
    pub(crate) fresh_minutes: Option<String>,
    pub(crate) back_channel: BackChannel,
}

/// Who vouches for the service's certificate where it is told of logouts.
pub(crate) enum BackChannel {
    AsBefore,
    Public,
    Authority(PathBuf),
}

/// An authority out of a PEM file, as DER; refused when it is none.
fn authority(file: &Path) -> Result<Vec<u8>, CommandFault> {
    let reading = "reading the authority of the back channel";
    let pem = std::fs::read(file).map_err(CommandFault::during(reading))?;
    let authority = CertificateDer::from_pem_slice(&pem).map_err(CommandFault::during(reading))?;
    RootCertStore::empty().add(authority.clone()).map_err(CommandFault::during(reading))?;
    Ok(authority.to_vec())
}

/// The certificate that signs metadata, out of a PEM file, as DER.
fn certificate(file: &Path) -> Result<Vec<u8>, CommandFault> {
    let reading = "reading the certificate that signs the metadata";
    let pem = std::fs::read(file).map_err(CommandFault::during(reading))?;
    let certificate = CertificateDer::from_pem_slice(&pem).map_err(CommandFault::during(reading))?;
    Ok(certificate.to_vec())
}

/// The file of settings, under what was said at the command line.
fn wished(wishes: Wishes, loopback_http: bool) -> Result<Settings, CommandFault> {
    let (file, folder) = match &wishes.settings {
        Some(file) => (SettingsFile::read(file)?, file.parent().unwrap_or_else(|| Path::new(""))),
        None => (SettingsFile::default(), Path::new("")),
    };
    let said = SettingsFile {
        profile: wishes.profile.or(file.profile),
        name: wishes.name.or(file.name),
        encryption: wishes.encryption.or(file.encryption),
        context: wishes.context.or(file.context),
        fresh_minutes: wishes.fresh_minutes.map(Minutes::typed).or(file.fresh_minutes),
        ..file
    };
    let back_channel_ca = match &wishes.back_channel {
        BackChannel::AsBefore => BackChannelCa::AsBefore,
        BackChannel::Public => BackChannelCa::Public,
        BackChannel::Authority(file) => BackChannelCa::Own(authority(file)?),
    };
    Ok(Settings { back_channel_ca, loopback_http, ..said.settings(folder)? })
}

/// Adds a connection.
pub(crate) async fn add(
    at: &Where,
    metadata: &Path,
    reason: &str,
    wishes: Wishes,
) -> Result<ExitCode, CommandFault> {
    let by = operator::at_the_command_line(reason)?;
    let text = std::fs::read_to_string(metadata).map_err(CommandFault::during("reading the metadata"))?;
    let installation = wiring::open(super::plan(at)?).await?;
    let settings = wished(wishes, installation.plan.stamp == Stamp::Demo)?;
    let rp = save_connection(&installation.operator()?, &by.name, by.reason.as_str(), &text, settings)
        .await
        .map_err(CommandFault::during("saving the service"))?;
    say(&format!("{} is connected as {}", rp.entity_id, rp.display_name));
    Ok(ExitCode::SUCCESS)
}

/// Registers what services are told of people.
pub(crate) async fn people(at: &Where, file: &Path, reason: &str) -> Result<ExitCode, CommandFault> {
    let by = operator::at_the_command_line(reason)?;
    let bytes = std::fs::read(file).map_err(CommandFault::during("reading the file"))?;
    let read = directory::read_people(&bytes).map_err(CommandFault::during("reading the file"))?;
    let installation = wiring::open(super::plan(at)?).await?;
    let done = register_people(&installation.operator()?, &read.lines, read.sha256, &by)
        .await
        .map_err(CommandFault::during("registering"))?;
    for (line, why) in &done.refused {
        tell(&format!("line {line}: {why}"));
    }
    say(&format!("{} changed, {} were so already, {} refused", done.changed, done.same, done.refused.len()));
    Ok(if done.refused.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

/// Takes what a service's metadata says now: whoever runs this vouches for it.
pub(crate) async fn refresh(at: &Where, entity_id: &str, reason: &str) -> Result<ExitCode, CommandFault> {
    let by = operator::at_the_command_line(reason)?;
    let installation = wiring::open(super::plan(at)?).await?;
    let line = background::line(&installation)?;
    let loopback_http = installation.plan.stamp == Stamp::Demo;
    let cx = installation.operator()?;
    let taken = vouch_metadata(&cx, line.as_ref(), entity_id, &by, loopback_http);
    let changes = taken.await.map_err(CommandFault::during("taking the metadata"))?;
    if changes.is_empty() {
        say("it says what was known");
    } else {
        say(&format!("taken; it changed: {}", changes.join(", ")));
    }
    Ok(ExitCode::SUCCESS)
}

/// Lets one of our keys sign for it until a day is over.
pub(crate) async fn pin(
    at: &Where,
    entity_id: &str,
    (key, last): (KeyId, Date),
    reason: &str,
) -> Result<ExitCode, CommandFault> {
    let by = operator::at_the_command_line(reason)?;
    let installation = wiring::open(super::plan(at)?).await?;
    let until = day_begins(last.tomorrow().unwrap_or(last));
    pin_service(&installation.operator()?, &by, entity_id, key, until)
        .await
        .map_err(CommandFault::during("pinning the service"))?;
    say(&format!("within a minute {key} signs for {entity_id}, through {last}; then the active one does"));
    Ok(ExitCode::SUCCESS)
}

/// Lets the active key sign for it.
pub(crate) async fn unpin(at: &Where, entity_id: &str, reason: &str) -> Result<ExitCode, CommandFault> {
    let by = operator::at_the_command_line(reason)?;
    let installation = wiring::open(super::plan(at)?).await?;
    unpin_service(&installation.operator()?, &by, entity_id)
        .await
        .map_err(CommandFault::during("taking the pin away"))?;
    say(&format!("the key that is active signs for {entity_id}"));
    Ok(ExitCode::SUCCESS)
}

/// Adds an application. Its secret, where it has one, is said once and kept nowhere.
pub(crate) async fn add_oidc(
    at: &Where,
    registration: &Path,
    reason: &str,
    new_secret: bool,
    back_channel_ca: Option<&Path>,
) -> Result<ExitCode, CommandFault> {
    let by = operator::at_the_command_line(reason)?;
    let reading = CommandFault::during("reading the registration");
    let text = std::fs::read_to_string(registration).map_err(reading)?;
    let back_channel_ca = back_channel_ca.map(authority).transpose()?;
    let installation = wiring::open(super::plan(at)?).await?;
    let loopback_http = installation.plan.stamp == Stamp::Demo;
    let registering = Registering { by, text, back_channel_ca, new_secret, loopback_http };
    let (client, secret) = save_client(&installation.operator()?, registering)
        .await
        .map_err(CommandFault::during("saving the application"))?;
    say(&format!("{} is connected as {}", client.client_id, client.display_name));
    say(&format!(
        "its discovery document: {}/.well-known/openid-configuration",
        installation.plan.public_url
    ));
    if let Some(secret) = secret {
        say(&format!("its secret, shown this once: {}", secret.as_str()));
    }
    Ok(ExitCode::SUCCESS)
}
