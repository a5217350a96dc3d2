//! Adding a service by its metadata.

mod settle;

pub use settle::{BackChannelCa, Freshness, Settings};

use crate::context::{Cx, hex};
use crate::fault::Fault;
use crate::operator::tell_administrators;
use crate::ports::saml::NotTaken;
use crate::ports::store::StoreFault;
use crate::record::{Entry, record};
use domain::audit::{Actor, EventKind};
use domain::notice::Template;
use domain::relying_party::{HandedIn, Incoherent, RelyingParty, Source};
use sha2::{Digest, Sha256};

/// Why a connection is not saved.
#[derive(Debug, thiserror::Error)]
pub enum NotSaved {
    /// The metadata cannot be used; says what is wrong.
    #[error(transparent)]
    Metadata(#[from] NotTaken),
    /// Something would go to a plain http address.
    #[error("{0}")]
    Unsafe(&'static str),
    /// Its settings contradict each other, or would let confidential attributes leave readable.
    #[error(transparent)]
    Incoherent(#[from] Incoherent),
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<StoreFault> for NotSaved {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault.into())
    }
}

/// Adds a connection, or replaces that of the same entity id. Settings nothing is said of stay as they were. What is refused
/// changes nothing and leaves its event.
pub async fn save_connection(
    cx: &Cx,
    operator: &str,
    reason: &str,
    metadata: &str,
    settings: Settings,
) -> Result<RelyingParty, NotSaved> {
    let mut service = None;
    let saved = save(cx, (operator, reason), metadata, settings, &mut service).await;
    match &saved {
        Ok(_) | Err(NotSaved::Fault(_)) => {}
        Err(refused) => {
            let entry = Entry::new(EventKind::MetadataRefused, Actor::Operator(operator.to_owned()));
            let entry = service.iter().fold(entry, |entry, service| entry.fact("service", service));
            let entry = entry.fact("why", refused).personal("reason", reason);
            let mut tx = cx.house.store.begin("refuse_metadata").await?;
            record(cx, tx.as_mut(), entry).await?;
            tx.commit().await?;
        }
    }
    saved
}

/// `service` is told whose metadata it is as soon as that is known.
async fn save(
    cx: &Cx,
    (operator, reason): (&str, &str),
    metadata: &str,
    settings: Settings,
    service: &mut Option<String>,
) -> Result<RelyingParty, NotSaved> {
    let loopback_http = settings.loopback_http;
    let signer = settings.source.as_ref().and_then(|source| source.signer.as_deref());
    let described = cx.house.saml.described(metadata, signer, cx.id().map_err(Fault::from)?, cx.now)?;
    *service = Some(described.connection.entity_id.clone());
    let mut tx = cx.house.store.begin("save_connection").await?;
    // Held: what is kept of it is what is there when this is saved, and no pin that was put or taken meanwhile is lost.
    let before = match tx.relying_party_by_entity(&described.connection.entity_id).await? {
        Some(known) => tx.relying_party_for_update(known.id).await?,
        None => None,
    };
    let (mut rp, vouches) = settings.over(described.connection, before.as_ref());
    // An administrator has just handed in a version: nothing waits any more.
    rp.source = rp.source.map(|source| Source {
        fetched_at: Some(cx.now),
        valid_until: described.valid_until,
        ..Source::at(source.url, source.signer)
    });
    rp.handed_in = HandedIn { valid_until: described.valid_until, warned_of: None };
    rp.coherent()?;
    safe_addresses(&rp, loopback_http)?;
    tx.put_relying_party(&rp).await?;
    record(cx, tx.as_mut(), saved(&rp, operator, reason, vouches)).await?;
    tell_administrators(cx, tx.as_mut(), Template::ServiceSaved).await?;
    tx.commit().await?;
    Ok(rp)
}

fn saved(rp: &RelyingParty, operator: &str, reason: &str, vouches: &'static str) -> Entry {
    let release: Vec<_> = rp.says.release.iter().map(|attribute| attribute.word()).collect();
    Entry::new(EventKind::ConnectionSaved, Actor::Operator(operator.to_owned()))
        .fact("service", &rp.entity_id)
        .fact("profile", rp.says.profile.word())
        .fact("name-id", rp.name_id.word())
        .fact("release", release.join(" "))
        .fact("encryption", format!("{:?}", rp.encryption))
        .fact("fresh-minutes", rp.fresh_within.map_or("none".to_owned(), |time| time.as_mins().to_string()))
        .fact("back-channel", rp.soap_logout.is_some())
        .fact("back-channel-authority", vouches)
        .fact("front-channel", rp.front_logout.is_some())
        .fact("keys", keys(rp))
        .personal("reason", reason)
}

/// SHA-256, in hexadecimal, of the fingerprints (SHA-256) of its signing certificates in their order as numbers, and of the one
/// that is encrypted to: whoever holds the certificates can tell which were saved.
fn keys(rp: &RelyingParty) -> String {
    let mut signing: Vec<_> = rp.signing_certificates.iter().map(Sha256::digest).collect();
    signing.sort_unstable();
    let encryption = Some(&rp.encryption_certificate).filter(|der| !der.is_empty()).map(Sha256::digest);
    hex(&signing.into_iter().chain(encryption).fold(Sha256::new(), Digest::chain_update).finalize())
}

/// Every address that something is sent to, or fetched from, is https.
pub(crate) fn safe_addresses(rp: &RelyingParty, loopback_http: bool) -> Result<(), NotSaved> {
    if !rp.assertion_consumers.iter().all(|address| safe(address, loopback_http)) {
        return Err(NotSaved::Unsafe("an address for answers is not https"));
    }
    if !rp.soap_logout.iter().all(|address| safe(address, loopback_http)) {
        return Err(NotSaved::Unsafe("the address for logouts without a browser is not https"));
    }
    if !rp.logout_addresses().all(|address| safe(address, loopback_http)) {
        return Err(NotSaved::Unsafe("an address for logouts through the browser is not https"));
    }
    if !rp.source.iter().all(|source| safe(&source.url, loopback_http)) {
        return Err(NotSaved::Unsafe("the address of the metadata is not https"));
    }
    Ok(())
}

fn safe(address: &str, loopback_http: bool) -> bool {
    let loopback =
        ["http://localhost:", "http://localhost/", "http://127.0.0.1:", "http://127.0.0.1/", "http://[::1]:"];
    address.starts_with("https://")
        || (loopback_http && loopback.iter().any(|start| address.starts_with(start)))
}
