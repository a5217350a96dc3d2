//! Adding an application by its registration.

use crate::context::{Cx, hex};
use crate::fault::Fault;
use crate::operator::{Operator, tell_administrators};
use crate::ports::oidc::NotRegistered;
use crate::ports::store::StoreFault;
use crate::record::record;
use domain::audit::EventKind;
use domain::notice::Template;
use domain::oidc::client::{Client, ClientAuth, hash};
use zeroize::Zeroizing;

/// Why an application is not saved. Nothing is changed then.
#[derive(Debug, thiserror::Error)]
pub enum NotSaved {
    /// Its registration cannot be used; says what is wrong.
    #[error(transparent)]
    Registration(#[from] NotRegistered),
    /// A SAML service has this name.
    #[error("this name is that of a SAML service")]
    Taken,
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<StoreFault> for NotSaved {
    fn from(fault: StoreFault) -> Self {
        match fault {
            StoreFault::Conflict(_) => Self::Taken,
            fault => Self::Fault(fault.into()),
        }
    }
}

/// What an operator says.
#[derive(Clone, Debug)]
pub struct Registering {
    /// Who, and why.
    pub by: Operator,
    /// The registration, JSON.
    pub text: String,
    /// The authority (DER) behind the certificate of its back channel; none: the public ones.
    pub back_channel_ca: Option<Vec<u8>>,
    /// Make a new secret, where the application has one.
    pub new_secret: bool,
    /// Plain http on a loopback host is good enough: in the demo only.
    pub loopback_http: bool,
}

/// Adds an application, or replaces that of the same client id. Gives its secret when one was made: it is shown once, and
/// only its hash is kept. What is refused changes nothing and leaves its event.
pub async fn save_client(
    cx: &Cx,
    registering: Registering,
) -> Result<(Client, Option<Zeroizing<String>>), NotSaved> {
    let by = registering.by.clone();
    let mut service = None;
    let saved = save(cx, registering, &mut service).await;
    match &saved {
        Ok(_) | Err(NotSaved::Fault(_)) => {}
        Err(refused) => {
            let entry = by.entry(EventKind::MetadataRefused).fact("protocol", "oidc");
            let entry = service.iter().fold(entry, |entry, service| entry.fact("service", service));
            let mut tx = cx.house.store.begin("refuse_client").await?;
            record(cx, tx.as_mut(), entry.fact("why", refused)).await?;
            tx.commit().await?;
        }
    }
    saved
}

/// `service` is told whose registration it is as soon as that is known.
async fn save(
    cx: &Cx,
    registering: Registering,
    service: &mut Option<String>,
) -> Result<(Client, Option<Zeroizing<String>>), NotSaved> {
    let mut random = Zeroizing::new([0u8; 32]);
    cx.house.entropy.fill(random.as_mut_slice()).map_err(Fault::from)?;
    let secret = Zeroizing::new(hex(random.as_slice()));
    let id = cx.id().map_err(Fault::from)?;
    let Registering { by, text, back_channel_ca, new_secret, loopback_http } = registering;
    let read = cx.house.oidc.registration(&text, id, hash(secret.as_bytes()), loopback_http)?;
    let mut client = Client { back_channel_ca, ..read };
    *service = Some(client.client_id.clone());
    let mut tx = cx.house.store.begin("save_client").await?;
    let before = tx.client(&client.client_id).await?;
    let kept = match (&client.auth, before.as_ref().map(|before| &before.auth)) {
        (ClientAuth::SecretBasic(_), Some(kept @ ClientAuth::SecretBasic(_))) if !new_secret => {
            Some(kept.clone())
        }
        _ => None,
    };
    let made = matches!(client.auth, ClientAuth::SecretBasic(_)) && kept.is_none();
    client.auth = kept.unwrap_or(client.auth);
    client.id = before.map_or(client.id, |before| before.id);
    tx.put_client(&client).await?;
    let entry = by
        .entry(EventKind::ConnectionSaved)
        .fact("service", &client.client_id)
        .fact("protocol", "oidc")
        .fact("proves-itself", client.auth.method())
        .fact("new-secret", made)
        .fact("back-channel", client.back_channel_logout.is_some())
        .fact("front-channel", client.front_channel_logout.is_some());
    let keys = client.auth.keys_digest();
    let entry = keys.iter().fold(entry, |entry, keys| entry.fact("keys", hex(keys)));
    record(cx, tx.as_mut(), entry).await?;
    tell_administrators(cx, tx.as_mut(), Template::ServiceSaved).await?;
    tx.commit().await?;
    Ok((client, made.then_some(secret)))
}
