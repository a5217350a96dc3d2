//! Adding a service by its metadata.

use crate::context::Cx;
use crate::fault::Fault;
use crate::operator::tell_administrators;
use crate::ports::saml::NotTaken;
use crate::ports::store::StoreFault;
use crate::record::{Entry, record};
use domain::audit::{Actor, EventKind};
use domain::notice::Template;
use domain::relying_party::{ContextRef, Encryption, RelyingParty};

/// Why a connection is not saved.
#[derive(Debug, thiserror::Error)]
pub enum NotSaved {
    /// The metadata cannot be used; says what is wrong.
    #[error(transparent)]
    Metadata(#[from] NotTaken),
    /// Assertions would leave unencrypted, or to a plain http address.
    #[error("{0}")]
    Unsafe(&'static str),
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<StoreFault> for NotSaved {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault.into())
    }
}

/// What an operator sets beside the metadata.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// What people call it; else its host.
    pub display_name: Option<String>,
    /// Other than what the metadata asks for.
    pub encryption: Option<Encryption>,
    /// Other than the level's address.
    pub context_ref: Option<ContextRef>,
    /// Who vouches for the service's certificate on the line without a browser.
    pub back_channel_ca: BackChannelCa,
    /// Plain http on a loopback host is good enough: in the demo only.
    pub loopback_http: bool,
}

/// Who vouches for the service's certificate on the line without a browser.
#[derive(Clone, Debug, Default)]
pub enum BackChannelCa {
    /// Whoever did before; for a new connection the public authorities.
    #[default]
    AsBefore,
    /// The public authorities.
    Public,
    /// This one alone, as DER.
    Own(Vec<u8>),
}

impl BackChannelCa {
    /// What is kept of it, and the word for the trail.
    fn over(self, before: Option<&RelyingParty>) -> (Option<Vec<u8>>, &'static str) {
        match (self, before.and_then(|before| before.back_channel_ca.clone())) {
            (Self::Own(given), _) => (Some(given), "given"),
            (Self::AsBefore, Some(kept)) => (Some(kept), "kept"),
            (Self::Public, Some(_)) => (None, "dropped"),
            (Self::AsBefore | Self::Public, None) => (None, "public"),
        }
    }
}

/// Adds a connection, or replaces that of the same entity id.
pub async fn save_connection(
    cx: &Cx,
    operator: &str,
    reason: &str,
    metadata: &str,
    settings: Settings,
) -> Result<RelyingParty, NotSaved> {
    let mut rp = cx.house.saml.connection(metadata, cx.id().map_err(Fault::from)?, cx.now)?;
    rp.display_name = settings.display_name.unwrap_or(rp.display_name);
    rp.encryption = settings.encryption.unwrap_or(rp.encryption);
    rp.context_ref = settings.context_ref.unwrap_or(rp.context_ref);
    if rp.encryption_certificate.is_empty() {
        return Err(NotSaved::Unsafe("the metadata names no certificate to encrypt to"));
    }
    if !rp.assertion_consumers.iter().all(|address| safe(address, settings.loopback_http)) {
        return Err(NotSaved::Unsafe("an address for answers is not https"));
    }
    if !rp.soap_logout.iter().all(|address| safe(address, settings.loopback_http)) {
        return Err(NotSaved::Unsafe("the address for logouts without a browser is not https"));
    }
    let mut front = rp.front_logout.iter().flat_map(|front| [&front.requests_to, &front.answers_to]);
    if !front.all(|address| safe(address, settings.loopback_http)) {
        return Err(NotSaved::Unsafe("an address for logouts through the browser is not https"));
    }
    let mut tx = cx.house.store.begin("save_connection").await?;
    let before = tx.relying_party_by_entity(&rp.entity_id).await?;
    let (authority, vouches) = settings.back_channel_ca.over(before.as_ref());
    rp.back_channel_ca = authority;
    rp.id = before.map_or(rp.id, |before| before.id);
    tx.put_relying_party(&rp).await?;
    let entry = Entry::new(EventKind::ConnectionSaved, Actor::Operator(operator.to_owned()))
        .fact("service", &rp.entity_id)
        .fact("encryption", format!("{:?}", rp.encryption))
        .fact("back-channel", rp.soap_logout.is_some())
        .fact("back-channel-authority", vouches)
        .fact("front-channel", rp.front_logout.is_some())
        .personal("reason", reason);
    record(cx, tx.as_mut(), entry).await?;
    tell_administrators(cx, tx.as_mut(), Template::ServiceSaved).await?;
    tx.commit().await?;
    Ok(rp)
}

fn safe(address: &str, loopback_http: bool) -> bool {
    let loopback =
        ["http://localhost:", "http://localhost/", "http://127.0.0.1:", "http://127.0.0.1/", "http://[::1]:"];
    address.starts_with("https://")
        || (loopback_http && loopback.iter().any(|start| address.starts_with(start)))
}
