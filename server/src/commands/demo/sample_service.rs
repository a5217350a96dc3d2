//! The demo's own service, connected as `service add` connects a real one.

use super::{SERVICE, permit};
use crate::fault::CommandFault;
use crate::wiring::Installation;
use domain::{SignedDuration, Timestamp};
use saml::certificate::Certificate;
use saml::keygen::{self, CertificateWish};
use simulator::{SampleService, ServiceConfig};
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use usecases::ports::chance::Entropy;
use usecases::ports::saml::Variant;
use usecases::save_connection::{Settings, save_connection};
use zeroize::Zeroizing;

/// Its key and certificate. They are kept, for a key takes half a second to make on a small machine; they are a stranger's
/// to the house, and nobody trusts them outside the demo.
const KEY: &str = "sample-service.key";
const CERTIFICATE: &str = "sample-service.crt";
/// How long a certificate lasts, and when before its end it is made anew.
const YEAR: SignedDuration = SignedDuration::from_hours(24 * 365);
const MONTH: SignedDuration = SignedDuration::from_hours(24 * 30);

type Own = (Zeroizing<Vec<u8>>, Certificate);

/// Saves its metadata as a connection and gives its pages.
pub(super) async fn connect(
    installation: &Installation,
    folder: &Path,
) -> Result<axum::Router, CommandFault> {
    let address = format!("{}{SERVICE}", installation.plan.public_url);
    let (clock, entropy) = (Arc::clone(&installation.house.clock), Arc::clone(&installation.house.entropy));
    let now = clock.now();
    let (key, certificate) = match kept(folder, now) {
        Some(kept) => kept,
        None => make(folder, &address, now, entropy.as_ref())?,
    };
    let metadata = SampleService::metadata(&address, certificate.der());
    let settings = Settings {
        display_name: Some("Prøvetjenesten".to_owned()),
        loopback_http: true,
        ..Settings::default()
    };
    save_connection(&installation.operator()?, "demo", "the demo's sample service", &metadata, settings)
        .await
        .map_err(CommandFault::during("connecting the sample service"))?;
    let ours = installation.house.saml.metadata(Variant { without_post: true, ..Variant::default() });
    let idp_metadata = ours.ok_or_else(|| CommandFault::refused("there is no metadata of ours"))?;
    let config =
        ServiceConfig { address, certificate: certificate.der().to_vec(), key, idp_metadata, clock, entropy };
    SampleService::router(permit(installation)?, config)
        .map_err(CommandFault::during("making the sample service"))
}

/// What an earlier run left; none where that is not whole or ends soon.
fn kept(folder: &Path, now: Timestamp) -> Option<Own> {
    let key = Zeroizing::new(fs::read(folder.join(KEY)).ok()?);
    let certificate = Certificate::from_der(&fs::read(folder.join(CERTIFICATE)).ok()?).ok()?;
    let lasts = certificate.not_after() > now.saturating_add(MONTH).ok()?;
    let one = saml::sign::SigningKey::new(&key, certificate.clone()).is_ok();
    (lasts && one).then_some((key, certificate))
}

fn make(folder: &Path, address: &str, now: Timestamp, entropy: &dyn Entropy) -> Result<Own, CommandFault> {
    let key = keygen::signing_key().map_err(CommandFault::during("making the sample service's key"))?;
    let mut serial = [0u8; 16];
    entropy.fill(&mut serial).map_err(CommandFault::during("drawing random bytes"))?;
    let wish = CertificateWish {
        common_name: address,
        organisation: "Prøvetjenesten",
        serial,
        not_before: now,
        not_after: now.saturating_add(YEAR).unwrap_or(now),
    };
    let certificate = keygen::self_signed(&key, &wish)
        .map_err(CommandFault::during("making the sample service's certificate"))?;
    let kept =
        keep(&folder.join(KEY), &key).and_then(|()| keep(&folder.join(CERTIFICATE), certificate.der()));
    kept.map_err(CommandFault::during("keeping the sample service's key"))?;
    Ok((key, certificate))
}

/// Writes a file that only its owner reads.
fn keep(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)?.write_all(bytes)
}
