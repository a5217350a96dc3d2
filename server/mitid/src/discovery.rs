//! What a broker publishes about itself: endpoints and keys (OpenID Connect Discovery 1.0).

use crate::check::is_loopback;
use crate::profile::BrokerProfile;
use crate::reason::Reason;
use crate::wire;
use domain::{SignedDuration, Timestamp};
use jsonwebtoken::jwk::{Jwk, PublicKeyUse};
use reqwest::Client;
use serde::Deserialize;
use std::sync::Arc;
use tokio::sync::RwLock;
use url::Url;

/// How long it is believed before it is fetched again.
const FRESH: SignedDuration = SignedDuration::from_hours(1);
/// How long it still serves when the broker does not answer.
const STALE: SignedDuration = SignedDuration::from_hours(24);
/// How often an unknown key makes us ask again.
const KEY_PAUSE: SignedDuration = SignedDuration::from_secs(60);

/// Endpoints and keys at one moment.
#[derive(Debug)]
pub(crate) struct Provider {
    pub(crate) authorize: Url,
    pub(crate) token: Url,
    pub(crate) userinfo: Url,
    pub(crate) keys: Vec<Jwk>,
    fetched: Timestamp,
}

#[derive(Deserialize)]
struct Published {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    userinfo_endpoint: String,
    jwks_uri: String,
}

#[derive(Deserialize)]
struct PublishedKeys {
    keys: Vec<serde_json::Value>,
}

/// Remembers one broker's publication.
#[derive(Debug, Default)]
pub(crate) struct Discovery(RwLock<Option<Arc<Provider>>>);

impl Discovery {
    /// The publication, at most an hour old, or a day where the broker does not answer.
    pub(crate) async fn provider(
        &self,
        http: &Client,
        profile: &BrokerProfile,
        now: Timestamp,
    ) -> Result<Arc<Provider>, Reason> {
        let known = self.0.read().await.clone();
        if let Some(fresh) = known.as_ref().filter(|it| it.age(now) < FRESH) {
            return Ok(Arc::clone(fresh));
        }
        match self.refresh(http, profile, now).await {
            Err(Reason::Unreachable | Reason::Status(500..)) => {
                known.filter(|it| it.age(now) < STALE).ok_or(Reason::Unreachable)
            }
            other => other,
        }
    }

    /// The publication again, because it lacks a key; not more than once a minute.
    pub(crate) async fn with_new_keys(
        &self,
        http: &Client,
        profile: &BrokerProfile,
        now: Timestamp,
    ) -> Result<Arc<Provider>, Reason> {
        let known = self.0.read().await.clone();
        match known.filter(|it| it.age(now) < KEY_PAUSE) {
            Some(just_fetched) => Ok(just_fetched),
            None => self.refresh(http, profile, now).await,
        }
    }

    async fn refresh(
        &self,
        http: &Client,
        profile: &BrokerProfile,
        now: Timestamp,
    ) -> Result<Arc<Provider>, Reason> {
        let provider = Arc::new(fetch(http, profile, now).await?);
        *self.0.write().await = Some(Arc::clone(&provider));
        Ok(provider)
    }
}

impl Provider {
    /// A clock that went back makes everything old.
    fn age(&self, now: Timestamp) -> SignedDuration {
        let age = now.duration_since(self.fetched);
        if age.is_negative() { SignedDuration::MAX } else { age }
    }
}

async fn fetch(http: &Client, profile: &BrokerProfile, now: Timestamp) -> Result<Provider, Reason> {
    let address = format!("{}/.well-known/openid-configuration", profile.issuer.trim_end_matches('/'));
    let reply = wire::send(http.get(address)).await?.good()?;
    let published: Published =
        serde_json::from_slice(&reply.body).map_err(|_| Reason::Malformed("configuration"))?;
    let issuer = Url::parse(&profile.issuer).map_err(|_| Reason::Discovery("issuer"))?;
    if published.issuer != profile.issuer {
        return Err(Reason::Discovery("another issuer"));
    }
    let keys = own_endpoint(&published.jwks_uri, &issuer)?;
    Ok(Provider {
        authorize: own_endpoint(&published.authorization_endpoint, &issuer)?,
        token: own_endpoint(&published.token_endpoint, &issuer)?,
        userinfo: own_endpoint(&published.userinfo_endpoint, &issuer)?,
        keys: signing_keys(&wire::send(http.get(keys)).await?.good()?.body)?,
        fetched: now,
    })
}

/// Code, secret and browser go only where the pinned issuer is, and never in clear over a network.
fn own_endpoint(address: &str, issuer: &Url) -> Result<Url, Reason> {
    let endpoint = Url::parse(address).map_err(|_| Reason::Discovery("an endpoint is no address"))?;
    let secure = endpoint.scheme() == "https" || is_loopback(&endpoint);
    if endpoint.origin() == issuer.origin() && secure {
        Ok(endpoint)
    } else {
        Err(Reason::Discovery("an endpoint at another origin"))
    }
}

/// A key of a kind we do not know does not spoil the others.
fn signing_keys(body: &[u8]) -> Result<Vec<Jwk>, Reason> {
    let published: PublishedKeys = serde_json::from_slice(body).map_err(|_| Reason::Malformed("keys"))?;
    let keys = published.keys.into_iter().filter_map(|key| serde_json::from_value::<Jwk>(key).ok());
    Ok(keys.filter(|key| key.common.public_key_use != Some(PublicKeyUse::Encryption)).collect())
}
