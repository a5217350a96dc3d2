//! The face towards the use cases.

use crate::certificate::{Certificates, NoAuthority};
use crate::keys::{KeyFault, KeySet, OwnKey};
use crate::{assertion, authorize, discovery, front, keys, paths, registration, token};
use domain::Timestamp;
use domain::ids::RelyingPartyId;
use domain::oidc::client::Client;
use domain::oidc::request::AuthorizeRequest;
use domain::visit::Visit;
use std::sync::{Arc, PoisonError, RwLock};
use usecases::ports::oidc::{
    Asserted, Hint, IdToken, LogoutPost, NotAsked, NotRegistered, OidcWire, Parameters, TokenKeyKind,
    Unsigned,
};
use zeroize::Zeroizing;

/// Reads requests and writes tokens for one issuer, with the keys it was given last.
pub struct Wire {
    issuer: String,
    audiences: Vec<String>,
    keys: RwLock<Arc<KeySet>>,
    certificates: Option<Certificates>,
}

impl core::fmt::Debug for Wire {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Wire").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

impl Wire {
    /// For this issuer: our public address, without a slash at its end. Signs nothing before it has keys.
    pub fn new(issuer: &str) -> Self {
        // Libraries name the issuer, the token endpoint or the endpoint at hand (RFC 7523 3, RFC 9126 2).
        let endpoints = [paths::TOKEN, paths::PAR, paths::INTROSPECT, paths::REVOKE];
        let audiences = [""].into_iter().chain(endpoints).map(|path| format!("{issuer}{path}")).collect();
        Self { issuer: issuer.to_owned(), audiences, keys: RwLock::default(), certificates: None }
    }

    /// The same, where applications may prove themselves by certificates.
    #[must_use]
    pub fn with_certificates(self, certificates: Certificates) -> Self {
        Self { certificates: Some(certificates), ..self }
    }

    /// Believes none of the certificates that these lists, DER, name as revoked, from now on ([`Certificates::refuse_revoked`]);
    /// nothing where none are believed.
    ///
    /// # Errors
    /// [`NoAuthority`]: the lists of before go on, or what is newer than one of these.
    pub fn refuse_revoked(&self, lists: &[Vec<u8>]) -> Result<(), NoAuthority> {
        self.certificates.as_ref().map_or(Ok(()), |certificates| certificates.refuse_revoked(lists))
    }

    /// Signs and verifies with these from now on.
    ///
    /// # Errors
    /// [`KeyFault`]: those of before go on.
    pub fn take_up(&self, keys: &[OwnKey]) -> Result<(), KeyFault> {
        let keys = Arc::new(KeySet::of(keys)?);
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = keys;
        Ok(())
    }

    fn keys(&self) -> Arc<KeySet> {
        Arc::clone(&self.keys.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl OidcWire for Wire {
    fn registration(
        &self,
        text: &str,
        id: RelyingPartyId,
        secret: [u8; 32],
        loopback_http: bool,
    ) -> Result<Client, NotRegistered> {
        let client = registration::read(text, id, secret, loopback_http)?;
        let method = client.auth.method();
        let known = self.certificates.as_ref().is_some_and(|it| it.methods().contains(&method));
        if client.auth.is_by_certificate() && !known {
            return Err(NotRegistered(format!(
                "token_endpoint_auth_method: {method} takes client_certificates in the configuration, \
                 tls_client_auth authorities there as well"
            )));
        }
        Ok(client)
    }

    fn read(
        &self,
        parameters: &Parameters,
        client: &Client,
        now: Timestamp,
    ) -> Result<AuthorizeRequest, NotAsked> {
        authorize::read(parameters, client, now, |text| {
            self.hint(text, now).filter(|hint| hint.client_id == client.client_id).map(|hint| hint.visit)
        })
    }

    fn claims_to_be(&self, text: &str) -> Option<String> {
        assertion::claims_to_be(text)
    }

    fn assertion(&self, client: &Client, text: &str, now: Timestamp) -> Result<Asserted, &'static str> {
        assertion::verify(client, text, &self.audiences, now)
    }

    fn certificate(
        &self,
        client: &Client,
        shown: Option<&[u8]>,
        now: Timestamp,
    ) -> Result<[u8; 32], &'static str> {
        self.certificates.as_ref().ok_or("certificates-off")?.verify(client, shown, now)
    }

    fn id_token(&self, client: &Client, says: &IdToken<'_>, now: Timestamp) -> Result<String, Unsigned> {
        token::id_token(&self.keys(), &self.issuer, client, says, now)
    }

    fn hint(&self, text: &str, now: Timestamp) -> Option<Hint> {
        token::hint(&self.keys(), &self.issuer, text, now)
    }

    fn logout(&self, to: &Client, visit: &Visit, id: String, now: Timestamp) -> Result<LogoutPost, Unsigned> {
        let address = to.back_channel_logout.clone().ok_or(Unsigned("no-back-channel"))?;
        let token = token::logout_token(&self.keys(), &self.issuer, (to, visit), id, now)?;
        Ok(LogoutPost { address, token, authority: to.back_channel_ca.clone() })
    }

    fn front_logout(&self, to: &Client, sessions: &[String]) -> Vec<String> {
        to.front_channel_logout
            .as_ref()
            .map(|to| front::addresses(to, &self.issuer, sessions))
            .unwrap_or_default()
    }

    fn new_key(&self, kind: TokenKeyKind) -> Result<Zeroizing<Vec<u8>>, Unsigned> {
        keys::new_key(kind)
    }

    fn discovery(&self) -> String {
        discovery::document(&self.issuer, self.certificates.as_ref()).to_string()
    }

    fn keys(&self) -> String {
        self.keys().published().to_string()
    }
}
