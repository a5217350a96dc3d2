//! Which application asks by the back channel: it proves itself in the one way it was registered for (OIDC Core 9).

use crate::context::Cx;
use crate::doors::an_application_may_be_refused;
use crate::fault::Fault;
use crate::ports::oidc::{Asserted, Parameters};
use crate::ports::store::{StoreFault, Tx};
use crate::record::{Entry, record};
use domain::audit::{Actor, EventKind};
use domain::oidc::client::{Client, ClientAuth};
use domain::oidc::refusal::{ErrorCode, Refusal};

/// What an application shows.
#[derive(Clone, Default)]
pub struct Shown {
    /// Name and secret of an `Authorization: Basic` header, decoded.
    pub basic: Option<(String, String)>,
    /// The form it posted.
    pub parameters: Parameters,
    /// The certificate, DER, whose key a proxy this house trusts saw it hold.
    pub certificate: Option<Vec<u8>>,
}

impl core::fmt::Debug for Shown {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Shown").field("basic", &self.basic.is_some()).finish_non_exhaustive()
    }
}

impl Shown {
    /// A parameter; an empty one counts as none (RFC 6749 3.1).
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.parameters.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }
}

/// Why an application is not served.
#[derive(Debug, thiserror::Error)]
pub enum NotServed {
    /// It is told so.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<StoreFault> for NotServed {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault.into())
    }
}
impl From<crate::ports::vault::VaultFault> for NotServed {
    fn from(fault: crate::ports::vault::VaultFault) -> Self {
        Self::Fault(fault.into())
    }
}
impl From<crate::ports::chance::NoEntropy> for NotServed {
    fn from(fault: crate::ports::chance::NoEntropy) -> Self {
        Self::Fault(fault.into())
    }
}

/// A refusal of an application that did not prove itself.
fn unproved(why: &'static str) -> NotServed {
    Refusal::new(ErrorCode::InvalidClient, why).into()
}

/// A refusal of a grant.
pub(crate) fn invalid_grant(why: &'static str) -> NotServed {
    Refusal::new(ErrorCode::InvalidGrant, why).into()
}

/// A parameter that must be there.
pub(crate) fn needed<'a>(shown: &'a Shown, name: &str, why: &'static str) -> Result<&'a str, NotServed> {
    shown.get(name).ok_or_else(|| Refusal::new(ErrorCode::InvalidRequest, why).into())
}

/// An application that proved itself.
#[derive(Debug)]
pub(crate) struct Proved {
    pub(crate) client: Client,
    statement: Option<Asserted>,
    /// SHA-256 of the certificate it proved itself by: what it is given counts together with that one.
    pub(crate) certificate: Option<[u8; 32]>,
}

impl Proved {
    /// Spends its statement in the transaction that acts on it. A replay is refused.
    pub(crate) async fn spend(&self, tx: &mut dyn Tx) -> Result<(), NotServed> {
        let Some(statement) = &self.statement else { return Ok(()) };
        // Never the id of a message of another kind.
        let id = format!("jwt:{}", statement.id);
        if tx.first_time(self.client.id, &id, statement.until).await? {
            Ok(())
        } else {
            Err(unproved("assertion-replayed"))
        }
    }
}

/// The form field that carries a statement, and the one that says so.
const ASSERTION: &str = "client_assertion";
const ASSERTION_TYPE: &str = "client_assertion_type";
/// RFC 7523 2.2.
const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// Verifies what is shown. Two ways at once are none (RFC 6749 2.3).
pub(crate) async fn prove(cx: &Cx, shown: &Shown) -> Result<Proved, NotServed> {
    if shown.get("client_secret").is_some() {
        return Err(unproved("secret-in-form"));
    }
    let statement = shown.get(ASSERTION);
    let claimed = match (&shown.basic, statement) {
        (Some(_), Some(_)) => return Err(unproved("two-ways")),
        (Some((name, _)), None) => Some(name.clone()),
        (None, Some(statement)) if shown.get(ASSERTION_TYPE) == Some(JWT_BEARER) => {
            cx.house.oidc.claims_to_be(statement)
        }
        (None, Some(_)) => return Err(unproved("assertion-type")),
        (None, None) => shown.get("client_id").map(str::to_owned),
    };
    let claimed = claimed.ok_or_else(|| unproved("nobody"))?;
    if shown.get("client_id").is_some_and(|named| named != claimed) {
        return Err(unproved("another-named"));
    }
    let mut tx = cx.house.store.look("prove_client").await?;
    let client = tx.client(&claimed).await?.ok_or_else(|| unproved("unknown"))?;
    drop(tx);
    let (statement, certificate) = match (&client.auth, &shown.basic, statement) {
        (auth @ ClientAuth::SecretBasic(_), Some((_, secret)), None) if auth.is_secret(secret) => {
            (None, None)
        }
        (ClientAuth::SecretBasic(_), Some(_), None) => return Err(unproved("secret")),
        (ClientAuth::PrivateKeyJwt(_), None, Some(statement)) => {
            (Some(cx.house.oidc.assertion(&client, statement, cx.now).map_err(unproved)?), None)
        }
        (ClientAuth::Certified(_) | ClientAuth::SelfSigned(_), None, None) => {
            let shown = shown.certificate.as_deref();
            (None, Some(cx.house.oidc.certificate(&client, shown, cx.now).map_err(unproved)?))
        }
        (ClientAuth::Public, None, None) => (None, None),
        _ => return Err(unproved("another-way")),
    };
    Ok(Proved { client, statement, certificate })
}

/// Writes down that an application was refused, and why (NSIS 6.7): so many a minute from one source.
pub(crate) async fn noted<T>(
    cx: &Cx,
    at: &'static str,
    shown: &Shown,
    outcome: Result<T, NotServed>,
) -> Result<T, NotServed> {
    if let Err(NotServed::Refused(refusal)) = &outcome {
        let mut tx = cx.house.store.begin("refuse_application").await?;
        if !an_application_may_be_refused(cx, tx.as_mut()).await? {
            tracing::info!(at, why = refusal.why, "an application was refused, as often before");
            return outcome;
        }
        let entry = Entry::new(EventKind::ApplicationRefused, Actor::Unknown)
            .fact("at", at)
            .fact("why", refusal.why)
            .fact("error", refusal.code.word());
        // What it calls itself, as far as that could be a name.
        let named = shown.basic.as_ref().map(|(name, _)| name.as_str()).or_else(|| shown.get("client_id"));
        let named = named.filter(|name| name.len() <= 128 && name.chars().all(|c| c.is_ascii_graphic()));
        let entry = named.into_iter().fold(entry, |entry, name| entry.fact("claimed", name));
        record(cx, tx.as_mut(), entry).await?;
        tx.commit().await?;
    }
    outcome
}
