//! A service that trusts our tokens: a SAML 2.0 service provider under OIOSAML 3, as a stranger would write one.
//!
//! It knows the identity provider by its metadata alone and checks everything itself (SAML profiles 4.1.4.3), so that the
//! demo shows what a service learns of a person and that it learns nothing more.

mod answer;
mod cookies;
mod idp;
mod page;
mod request;
mod words;

use crate::config::{is_here, path_of};
use crate::memory::Shelf;
use crate::{DemoOnly, Unmade};
use answer::SignedIn;
use aws_lc_rs::rsa::KeyPair;
use axum::Router;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bergshamra::{KeysManager, keys::loader};
use core::fmt;
use idp::IdentityProvider;
use std::sync::Arc;
use usecases::ports::chance::{Clock, Entropy};
use zeroize::Zeroizing;

/// What the service is made with.
pub struct ServiceConfig {
    /// Where it stands, such as `http://localhost:3000/simulator/tjeneste`; no slash at the end.
    pub address: String,
    /// The key it signs requests with and opens answers with: RSA, PKCS#8 DER.
    pub key: Zeroizing<Vec<u8>>,
    /// The certificate of that key, DER.
    pub certificate: Vec<u8>,
    /// The identity provider's metadata, as published.
    pub idp_metadata: String,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub entropy: Arc<dyn Entropy>,
}

impl fmt::Debug for ServiceConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServiceConfig").field("address", &self.address).finish_non_exhaustive()
    }
}

/// A request that waits for its answer.
#[derive(Clone)]
struct Awaited {
    browser: String,
    relay_state: String,
}

/// What every request sees.
struct Counter {
    address: String,
    certificate: Vec<u8>,
    pair: KeyPair,
    pem: Zeroizing<String>,
    idp: IdentityProvider,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    awaited: Shelf<Awaited>,
    signed_in: Shelf<SignedIn>,
}

impl Counter {
    /// Where answers come.
    fn consumer(&self) -> String {
        format!("{}/svar", self.address)
    }

    /// Its name to the identity provider.
    fn entity_id(&self) -> String {
        entity_id(&self.address)
    }

    /// The path everything is below.
    fn path(&self) -> String {
        path_of(&self.address)
    }

    /// The key that opens answers; the library wants it as PEM.
    fn opening_keys(&self) -> Option<KeysManager> {
        let mut keys = KeysManager::new();
        keys.add_key(loader::load_pem_auto(self.pem.as_bytes(), None).ok()?);
        Some(keys)
    }
}

fn entity_id(address: &str) -> String {
    format!("{address}/metadata")
}

/// The service.
#[derive(Clone, Copy, Debug)]
pub struct SampleService;

impl SampleService {
    /// Its metadata, to be made a connection.
    pub fn metadata(address: &str, certificate: &[u8]) -> String {
        let key = |purpose: &str| {
            format!(
                r#"<md:KeyDescriptor use="{purpose}"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>{}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>"#,
                STANDARD.encode(certificate)
            )
        };
        format!(
            r#"<?xml version="1.0" encoding="UTF-8"?><md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{}"><md:SPSSODescriptor AuthnRequestsSigned="true" WantAssertionsSigned="true" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">{}{}<md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</md:NameIDFormat><md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="{address}/svar" index="0" isDefault="true"/></md:SPSSODescriptor></md:EntityDescriptor>"#,
            entity_id(address),
            key("signing"),
            key("encryption"),
        )
    }

    /// The routes below its address: nest them there.
    ///
    /// # Errors
    /// [`Unmade`]
    pub fn router(_: DemoOnly, config: ServiceConfig) -> Result<Router, Unmade> {
        if !is_here(&config.address) {
            return Err(Unmade::NotHere);
        }
        let counter = Counter {
            pair: KeyPair::from_pkcs8(&config.key).map_err(|_| Unmade::NoKey)?,
            pem: pem(&config.key),
            idp: IdentityProvider::read(&config.idp_metadata).ok_or(Unmade::Metadata)?,
            address: config.address,
            certificate: config.certificate,
            clock: config.clock,
            entropy: config.entropy,
            awaited: Shelf::default(),
            signed_in: Shelf::default(),
        };
        counter.opening_keys().ok_or(Unmade::NoKey)?;
        Ok(Router::new()
            .route("/", get(page::front))
            .route("/log-ind", post(request::sign_in))
            .route("/svar", post(answer::receive))
            .route("/metadata", get(metadata))
            .with_state(Arc::new(counter)))
    }
}

async fn metadata(State(counter): State<Arc<Counter>>) -> Response {
    let text = SampleService::metadata(&counter.address, &counter.certificate);
    ([(CONTENT_TYPE, "application/samlmetadata+xml")], text).into_response()
}

/// RFC 7468 text of a PKCS#8 key.
fn pem(key: &[u8]) -> Zeroizing<String> {
    let mut text = String::from("-----BEGIN PRIVATE KEY-----\n");
    // 48 bytes are 64 letters, the longest line.
    for line in key.chunks(48) {
        text.push_str(&STANDARD.encode(line));
        text.push('\n');
    }
    text.push_str("-----END PRIVATE KEY-----\n");
    Zeroizing::new(text)
}
