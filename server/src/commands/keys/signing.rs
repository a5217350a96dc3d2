//! `keys saml`: the life of the keys that answers by SAML are signed with.

use crate::cli::{KeyStep, SamlKeys, Where};
use crate::fault::CommandFault;
use crate::{operator, say, wiring};
use domain::ids::KeyId;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use saml::certificate::Certificate;
use std::io::Read as _;
use std::path::Path;
use std::process::ExitCode;
use usecases::activate_signing_key::activate_signing_key;
use usecases::destroy_signing_key::destroy_signing_key;
use usecases::import_signing_key::import_signing_key;
use usecases::make_signing_key::make_signing_key;
use usecases::publish_signing_key::publish_signing_key;
use usecases::retire_signing_key::retire_signing_key;
use usecases::see_signing_keys::{KeySeen, see_signing_keys};
use usecases::{Cx, Operator};
use zeroize::{Zeroize as _, Zeroizing};

/// Runs what was asked.
pub(crate) async fn run(command: SamlKeys) -> Result<ExitCode, CommandFault> {
    match command {
        SamlKeys::List { at } => list(&at).await,
        SamlKeys::Create { at, why } => create(&at, &why.reason).await,
        SamlKeys::Import { at, file, why } => import(&at, &file, &why.reason).await,
        SamlKeys::Publish { step } => publish(&step).await,
        SamlKeys::Activate { step, now } => activate(&step, now).await,
        SamlKeys::Retire { step, now } => retire(&step, now).await,
        SamlKeys::Destroy { step, now } => destroy(&step, now).await,
    }
}

/// Who does it, and where.
async fn opened(at: &Where, reason: &str) -> Result<(Cx, Operator), CommandFault> {
    let by = operator::at_the_command_line(reason)?;
    let installation = wiring::open(super::super::plan(at)?).await?;
    Ok((installation.operator()?, by))
}

async fn list(at: &Where) -> Result<ExitCode, CommandFault> {
    let installation = wiring::open(super::super::plan(at)?).await?;
    let keys = see_signing_keys(&installation.operator()?).await;
    for key in keys.map_err(CommandFault::during("looking at the signing keys"))? {
        say(&line(&key)?);
        for (service, until) in &key.pinned {
            say(&format!("  signs for {service} until {until}"));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn line(key: &KeySeen) -> Result<String, CommandFault> {
    let certificate = Certificate::from_der(&key.certificate);
    let certificate = certificate.map_err(CommandFault::during("reading a certificate of ours"))?;
    let from = key.life.signs_from().map(|from| format!(", may sign from {from}")).unwrap_or_default();
    Ok(format!(
        "{} {} since {}{from}; certificate until {}, SHA-256 {}",
        key.id,
        key.life.word(),
        key.life.since(),
        certificate.not_after(),
        certificate.fingerprint()
    ))
}

async fn create(at: &Where, reason: &str) -> Result<ExitCode, CommandFault> {
    let (cx, by) = opened(at, reason).await?;
    let key = make_signing_key(&cx, &by).await.map_err(CommandFault::during("making a signing key"))?;
    say(&format!("{key} is made; nobody knows of it before `nsis-id keys saml publish {key} --reason …`"));
    Ok(ExitCode::SUCCESS)
}

async fn import(at: &Where, file: &Path, reason: &str) -> Result<ExitCode, CommandFault> {
    let (cx, by) = opened(at, reason).await?;
    let reading = "reading the key and its certificate";
    let pem = handed_over(file).map_err(CommandFault::during(reading))?;
    let certificates = CertificateDer::pem_slice_iter(&pem).map(|it| it.map(|it| it.to_vec()));
    let certificates = certificates.collect::<Result<Vec<_>, _>>().map_err(CommandFault::during(reading))?;
    let mut private = PrivatePkcs8KeyDer::from_pem_slice(&pem).map_err(CommandFault::during(reading))?;
    let taken = import_signing_key(&cx, &by, private.secret_pkcs8_der(), &certificates).await;
    private.zeroize();
    let key = taken.map_err(CommandFault::during("taking the signing key"))?;
    say(&format!("{key} is taken; nobody knows of it before `nsis-id keys saml publish {key} --reason …`"));
    Ok(ExitCode::SUCCESS)
}

/// What a file holds, or what came through a pipe.
fn handed_over(file: &Path) -> std::io::Result<Zeroizing<Vec<u8>>> {
    if file != Path::new("-") {
        return std::fs::read(file).map(Zeroizing::new);
    }
    let mut pem = Zeroizing::new(Vec::<u8>::new());
    std::io::stdin().read_to_end(&mut pem)?;
    Ok(pem)
}

async fn publish(step: &KeyStep) -> Result<ExitCode, CommandFault> {
    let (cx, by) = opened(&step.at, &step.why.reason).await?;
    let from = publish_signing_key(&cx, &by, step.key)
        .await
        .map_err(CommandFault::during("publishing the signing key"))?;
    say("within a minute it stands in /saml/metadata beside the one that signs, and alone in ?keys=next");
    say(&format!("it may sign from {from} on; until then tell every service that takes our key by hand"));
    say(&format!("then: nsis-id keys saml activate {} --reason …", step.key));
    Ok(ExitCode::SUCCESS)
}

async fn activate(step: &KeyStep, now: bool) -> Result<ExitCode, CommandFault> {
    let (cx, by) = opened(&step.at, &step.why.reason).await?;
    let before = activate_signing_key(&cx, &by, step.key, now)
        .await
        .map_err(CommandFault::during("activating the signing key"))?;
    say(&format!("{} signs within a minute, without a restart", step.key));
    if let Some(before) = before {
        say_of_the_one_before(before);
    }
    Ok(ExitCode::SUCCESS)
}

fn say_of_the_one_before(key: KeyId) {
    say(&format!(
        "a service that refuses our answers now holds the old key alone: let it sign for that one with\n  \
         nsis-id service pin ENTITY-ID --key {key} --until DAY --reason …"
    ));
    say(&format!("when nobody needs it any more: nsis-id keys saml retire {key} --reason …"));
}

async fn retire(step: &KeyStep, now: bool) -> Result<ExitCode, CommandFault> {
    let (cx, by) = opened(&step.at, &step.why.reason).await?;
    retire_signing_key(&cx, &by, step.key, now)
        .await
        .map_err(CommandFault::during("retiring the signing key"))?;
    say(&format!("{} signs for nobody any more, within a minute", step.key));
    say(&format!("a day from now: nsis-id keys saml destroy {} --reason …", step.key));
    Ok(ExitCode::SUCCESS)
}

async fn destroy(step: &KeyStep, now: bool) -> Result<ExitCode, CommandFault> {
    let (cx, by) = opened(&step.at, &step.why.reason).await?;
    destroy_signing_key(&cx, &by, step.key, now)
        .await
        .map_err(CommandFault::during("destroying the signing key"))?;
    say(&format!("{} is destroyed; older backups still hold it, sealed", step.key));
    Ok(ExitCode::SUCCESS)
}
